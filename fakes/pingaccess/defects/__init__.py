"""Defects of the core of the fake PingAccess: each one field with one wrong value."""

from __future__ import annotations

from fakes.pingaccess.defects.application_use import APPLICATION_USE
from fakes.pingaccess.defects.applications import APPLICATIONS
from fakes.pingaccess.defects.around import AROUND
from fakes.pingaccess.defects.assignment import ASSIGNMENT
from fakes.pingaccess.defects.callers import CALLERS
from fakes.pingaccess.defects.connections import CONNECTIONS
from fakes.pingaccess.defects.door import DOOR
from fakes.pingaccess.defects.key_pairs import KEY_PAIRS
from fakes.pingaccess.defects.policies import POLICIES
from fakes.pingaccess.defects.records import RECORDS
from fakes.pingaccess.defects.releases import RELEASES
from fakes.pingaccess.defects.resources import RESOURCES
from fakes.pingaccess.defects.rules import RULES
from fakes.pingaccess.defects.settings import SETTINGS
from fakes.pingaccess.defects.traffic import TRAFFIC
from fakes.pingaccess.defects.users import USERS
from fakes.pingaccess.defects.workflows import WORKFLOWS

DEFECTS = (
    *(*CONNECTIONS, *POLICIES),
    *(*APPLICATIONS, *APPLICATION_USE, *RESOURCES, *ASSIGNMENT),
    *(*DOOR, *RECORDS, *USERS, *RULES, *TRAFFIC, *WORKFLOWS, *AROUND),
    *(*SETTINGS, *CALLERS, *KEY_PAIRS, *RELEASES),
)
"""Ids: up to 099 connections, risk policies and the procedure; 1xx applications, resources and
assignment; 4xx administration; 6xx the rest of the admin API; 7xx releases. 2xx and 3xx are
those of the parts."""
