"""Every entity of the admin API that this fake has, in one list."""

from __future__ import annotations

from fakes.pingaccess.access import users as u
from fakes.pingaccess.access.administration import ADMINISTRATION
from fakes.pingaccess.acme.accounts import ACCOUNTS as ACME_ACCOUNTS
from fakes.pingaccess.acme.requests import REQUESTS as ACME_REQUESTS
from fakes.pingaccess.acme.servers import ACME_DEFAULT, ACME_SERVERS
from fakes.pingaccess.connections import connections as k
from fakes.pingaccess.keys import certificates as c
from fakes.pingaccess.keys.listeners import HTTPS_LISTENERS
from fakes.pingaccess.keys.pairs import KEY_PAIRS
from fakes.pingaccess.plugins.entities import PLUGIN_ENTITIES
from fakes.pingaccess.providers.token_providers import TOKEN_PROVIDERS
from fakes.pingaccess.system import agents as n
from fakes.pingaccess.system.singletons import SINGLETONS
from fakes.pingaccess.traffic import applications as a
from fakes.pingaccess.traffic import policies as p
from fakes.pingaccess.traffic import services as s
from fakes.pingaccess.traffic import sites as t

ROUTED = (
    u.USERS,
    k.CONNECTIONS,
    p.RISK_POLICIES,
    c.GROUPS,
    c.CERTIFICATES,
    KEY_PAIRS,
    HTTPS_LISTENERS,
    p.CHALLENGE_POLICIES,
    p.RULES,
    p.RULE_SETS,
    t.WEB_SESSIONS,
    t.SITES,
    t.VIRTUAL_HOSTS,
    a.APPLICATIONS,
    n.AGENTS,
    n.ENGINES,
    n.REPLICA_ADMINS,
    n.SHARED_SECRETS,
    n.SIDEBAND_CLIENTS,
    s.PROXIES,
    s.THIRD_PARTY_SERVICES,
    s.ENGINE_LISTENERS,
    s.REDIRECTS,
    s.GLOBAL_UNPROTECTED,
    s.AUTHN_REQ_LISTS,
    ACME_SERVERS,
    *PLUGIN_ENTITIES,
)
"""The collections that are read and saved at their own path."""

SETTINGS = (*SINGLETONS, *TOKEN_PROVIDERS, *ADMINISTRATION, ACME_DEFAULT)
"""The settings that there is one of."""

NESTED = (a.RESOURCES, ACME_ACCOUNTS, ACME_REQUESTS)
"""The collections that lie at the path of the object that they belong to."""

ENTITIES = (*ROUTED, *NESTED, *SETTINGS)
"""Everything that can use another object."""

TABLES = {entity.table: entity for entity in (*ROUTED, *NESTED)}
"""The collections by the table that they lie in."""
