"""What a new PingAccess holds, before anybody has configured anything."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fakes.pingaccess.access.administration import ADMINISTRATION
from fakes.pingaccess.access.users import PASSWORDS, password_row
from fakes.pingaccess.acme.servers import ACME_DEFAULT, SERVERS
from fakes.pingaccess.keys.listeners import listener
from fakes.pingaccess.plugins.later import PLUGINS
from fakes.pingaccess.system.singletons import SINGLETONS, unset

if TYPE_CHECKING:
    from fakes.pingaccess.behaviour import Behaviour
    from fakes.store import Key, Row, Snapshot

FACTORY_PASSWORD = "2Access"  # noqa: S105 - the vendor's own, printed in its documents
"""Of the user Administrator (observed: the vendor's own scripts)."""


def factory(behaviour: Behaviour) -> Snapshot:
    """Every table of a new product; shared, and never changed."""
    ids = dict(behaviour.system_group_ids)
    groups = tuple((name, ids[name]) for name in _GROUPS if name in behaviour.system_groups)
    return _factory(
        behaviour.administrator,
        groups,
        behaviour.https_listeners,
        behaviour.system_challenge_policies,
    )


@lru_cache(maxsize=8)
def _factory(
    administrator: tuple[tuple[str, object], ...],
    system_groups: tuple[tuple[str, int], ...],
    listeners: tuple[tuple[int, str], ...],
    challenge_policies: tuple[str, ...],
) -> Snapshot:
    """All rows by table.

    Profiles, strategies, handlers and virtual hosts: the vendor's exports of 6.0 to 7.0.4.
    """
    tables: dict[str, list[Row]] = {
        "users": [{**_ADMINISTRATOR, **dict(administrator)}],
        PASSWORDS: [password_row(1, FACTORY_PASSWORD)],
        "trustedCertificateGroups": [_group(key, name) for name, key in system_groups],
        "availabilityProfiles": [_AVAILABILITY],
        "loadBalancingStrategies": [_ROUND_ROBIN],
        "rejectionHandlers": [
            _handler(1, "Default Web Rejection Handler", 403, *_WEB),
            _handler(2, "Default API Rejection Handler", 403, *_API),
            _handler(3, "Default Rate Limiting Rejection Handler", 429, *_API),
        ],
        "engineListeners": [_LISTENER],
        "keyPairs": [_key_pair(key, name) for key, name in listeners],
        "httpsListeners": [listener(key, name, key) for key, name in listeners],
        "acmeServers": list(SERVERS),
        "authnChallengePolicies": [_challenge_policy(name) for name in challenge_policies],
        "virtualHosts": [_host(1, "localhost"), _host(2, "*")],
    }
    singles = (*SINGLETONS, *ADMINISTRATION, ACME_DEFAULT)
    settings = {entity.table: unset(entity) for entity in singles if entity.exported}
    kept: dict[Key, Row] = {name: {"section": section} for name, section in settings.items()}
    return {**{name: _by_id(rows) for name, rows in tables.items()}, "kept": kept}


def _by_id(rows: list[Row]) -> dict[Key, Row]:
    return {row["id"]: row for row in rows}


def _group(key: int, name: str) -> Row:
    return {
        "id": key,
        "name": name,
        "useJavaTrustStore": False,
        "systemGroup": True,
        "ignoreAllCertificateErrors": False,
        "skipCertificateDateCheck": False,
        "revocationChecking": None,
        "certIds": (),
        _GROUPS[name]: True,
    }


def _handler(key: int, name: str, status: int, template: str, kind: str) -> Row:
    return {
        "className": _HANDLER,
        "id": key,
        "name": name,
        "configuration": {"responseCode": status, "templateFile": template, "contentType": kind},
    }


def _key_pair(key: int, name: str) -> Row:
    """The key pair of a listener (observed: the aliases in the export of 6.0)."""
    return {"id": key, "alias": f"Generated: {name}", "hsmProviderId": 0, "generated": name}


def _challenge_policy(name: str) -> Row:
    """A policy of the product's own; its id and what it holds are assumed."""
    generator = PLUGINS[f"authenticationChallengePolicies/responseGenerators/{_GENERATORS[name]}"]
    part = {"className": generator.class_name, "configuration": {}}
    return {
        "id": str(UUID(bytes=sha256(name.encode()).digest()[:16], version=4)),
        "name": name,
        "description": None,
        "system": True,
        "challengeResponseChain": [],
        "defaultChallengeResponse": {"generator": part, "filter": None},
    }


_GENERATORS = {"Device Authorization Grant": "DeviceAuthorization"}
"""What each of them answers with (D91 pa_authentication)."""


def _host(key: int, host: str) -> Row:
    return {
        "id": key,
        "host": host,
        "port": 3000,
        "agentResourceCacheTTL": 900,
        "keyPairId": 0,
        "trustedCertificateGroupId": 0,
    }


_GROUPS = {"Java Trust Store": "useJavaTrustStore", "Trust Any": "ignoreAllCertificateErrors"}
"""The system groups, and the one flag that each has."""
_HANDLER = (
    "com.pingidentity.pa.policy.rejectionhandler.errortemplate.ErrorTemplateRejectionHandlerPlugin"
)
_WEB = ("policy.error.page.template.html", "HTML")
_API = ("oauth.error.json", "JSON")
_ADMINISTRATOR: dict[str, Any] = {
    "id": 1,
    "username": "Administrator",
    "email": None,
    "slaAccepted": False,
    "firstLogin": False,
    "showTutorial": True,
}
_LISTENER: dict[str, Any] = {
    "id": 1,
    "name": "Default Engine Listener",
    "port": 3000,
    "secure": True,
    "trustedCertificateGroupId": 0,
}
_AVAILABILITY: dict[str, Any] = {
    "className": "com.pingidentity.pa.ha.availability.ondemand.OnDemandAvailabilityPlugin",
    "id": 1,
    "name": "Default Availability Profile",
    "configuration": {
        "connectTimeout": 10000,
        "pooledConnectionTimeout": -1,
        "readTimeout": -1,
        "maxRetries": 2,
        "retryDelay": 250,
        "failedRetryTimeout": 60,
        "failureHttpStatusCodes": [],
    },
}
_ROUND_ROBIN: dict[str, Any] = {
    "className": "com.pingidentity.pa.ha.lb.roundrobin.CookieBasedRoundRobinPlugin",
    "id": 1,
    "name": "Default Round Robin Strategy",
    "configuration": {"stickySessionEnabled": True, "cookieName": "PA_S"},
}
