"""Defects of the core of the fake PingAccess: each one field with one wrong value."""

from __future__ import annotations

from fakes.pingaccess.defects_admin import ADMINISTRATION
from fakes.pingaccess.defects_around import AROUND
from fakes.pingaccess.defects_assignment import ASSIGNMENT
from fakes.pingaccess.defects_objects import OBJECTS

DEFECTS = (*OBJECTS, *ASSIGNMENT, *ADMINISTRATION, *AROUND)
"""Ids: up to 099 connections, risk policies and the procedure; 1xx applications, resources and
assignment; 4xx administration; 6xx what stands around applications, and settings. 2xx and 3xx are
those of the parts."""
