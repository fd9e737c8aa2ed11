"""The routes of the admin API."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from fakes.pingaccess.access import sessions as i
from fakes.pingaccess.access import users as u
from fakes.pingaccess.access.administration import TOKEN_PROVIDER as ADMIN_PROVIDER
from fakes.pingaccess.acme.routes import ACME
from fakes.pingaccess.answers import ok
from fakes.pingaccess.archives import workflows as g
from fakes.pingaccess.connections import connections as k
from fakes.pingaccess.entities import ENTITIES, ROUTED, SETTINGS, TABLES
from fakes.pingaccess.keys import certificates as c
from fakes.pingaccess.keys import files as kf
from fakes.pingaccess.keys import listeners as h
from fakes.pingaccess.keys import pairs as kp
from fakes.pingaccess.keys import requests as kr
from fakes.pingaccess.keys import sets as ks
from fakes.pingaccess.keys import views as v
from fakes.pingaccess.objects import records as r
from fakes.pingaccess.objects import settings as s
from fakes.pingaccess.objects.modified import resources_of
from fakes.pingaccess.plugins.entities import PLUGIN_ENTITIES
from fakes.pingaccess.problems import not_found
from fakes.pingaccess.providers import issuers as iss
from fakes.pingaccess.providers.token_providers import (
    OIDC_PROVIDER,
    PINGFEDERATE,
    PINGFEDERATE_RUNTIME,
    PROVIDERS,
)
from fakes.pingaccess.system import licence as lc
from fakes.pingaccess.system import nodes as nf
from fakes.pingaccess.system.agents import ENGINES, REPLICA_ADMINS
from fakes.pingaccess.system.choices import CHOICES, choices
from fakes.pingaccess.system.singletons import (
    AUTH_TOKENS,
    OAUTH_KEYS,
    PINGONE_FOR_CUSTOMERS,
    WEB_SESSION_MANAGEMENT,
)
from fakes.pingaccess.traffic import applications as a
from fakes.pingaccess.traffic import policies as p
from fakes.pingaccess.traffic import resource_order as o
from fakes.pingaccess.traffic.application_rules import GENERATORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Entity
    from fakes.pingaccess.state import State
    from fakes.store import Row

Handler: TypeAlias = "Callable[[State, Call], Response]"
Methods: TypeAlias = "dict[str, Handler | None]"


def version(state: State, _: Call) -> Response:
    """What answers (admin API 7.3, VersionDocClass)."""
    return ok(state, {"version": state.behaviour.version})


def _records(entity: Entity) -> dict[str, Methods]:
    """The operations that an entity has, at the path of all and at that of one."""
    verbs: dict[str, tuple[str, Handler]] = {
        "LIST": ("GET", lambda state, call: r.get_all(state, entity, call)),
        "POST": ("POST", lambda state, call: r.add(state, entity, call)),
        "GET": ("GET", lambda state, call: r.get(state, entity, call)),
        "PUT": ("PUT", lambda state, call: r.update(state, entity, call)),
        "DELETE": ("DELETE", lambda state, call: r.delete(state, entity, call, ENTITIES)),
    }
    paths: dict[str, Methods] = {entity.path: {}, f"{entity.path}/{{}}": {}}
    for verb in entity.verbs:
        method, handler = verbs[verb]
        path = entity.path if verb in ("LIST", "POST") else f"{entity.path}/{{}}"
        paths[path][method] = handler
    return paths


def setting_methods(entity: Entity) -> Methods:
    """The operations on a setting that there is one of."""
    methods: Methods = {
        "GET": lambda state, call: s.get(state, entity, call),
        "PUT": lambda state, call: s.update(state, entity, call),
        "DELETE": lambda state, call: s.reset(state, entity, call),
    }
    return {method: methods[method] for method in sorted(entity.verbs)}


def _key_set(entity: Entity) -> Methods:
    """The operations on the keys of a setting."""
    return {
        "GET": lambda state, call: ks.get(state, entity, call),
        "PUT": lambda state, call: ks.update(state, entity, call),
    }


def _metadata(entity: Entity) -> Methods:
    """What the issuer of a setting says of itself."""
    return {"GET": lambda state, call: iss.metadata(state, entity, call)}


def _descriptors(path: str, family: str) -> dict[str, Methods]:
    """The page of all, and that of one (admin API 7.3: two families have no page of one)."""
    pages: dict[str, Methods] = {
        f"{path}/descriptors": {"GET": lambda state, call: p.descriptors(state, family, call)}
    }
    if family not in _LISTED_ONLY:
        pages[f"{path}/descriptors/{{}}"] = {
            "GET": lambda state, call: p.descriptor(state, family, call)
        }
    return pages


_LISTED_ONLY = frozenset({"accessTokenValidators", "hsmProviders"})


def _certificates(view: Entity) -> dict[str, Methods]:
    """What engines or agents can be told to expect: read only."""
    return {
        view.path: {"GET": lambda state, call: v.get_all(state, view, call)},
        f"{view.path}/{{}}": {"GET": lambda state, call: v.get(state, view, call)},
    }


def _choices(path: str) -> Methods:
    return {"GET": lambda state, call: choices(state, path, call)}


def _application(state: State, call: Call) -> Row:
    return r.found(state, a.APPLICATIONS, call.ids[0])


def _resource(state: State, call: Call) -> Row:
    """The application of the path, after it is sure that the resource is one of it."""
    application = _application(state, call)
    resource = r.found(state, a.RESOURCES, call.ids[1])
    if resource["applicationId"] != application["id"] and not state.behaviour.resources_of_any:
        raise not_found(a.RESOURCES.label, call.ids[1], state.behaviour)
    return application


def _get_resources(state: State, call: Call) -> Response:
    rows = list(resources_of(state, _application(state, call)["id"]))
    return r.get_all(state, a.RESOURCES, call, rows)


def _add_resource(state: State, call: Call) -> Response:
    return r.add(state, a.RESOURCES, call, _application(state, call)["id"])


def _get_resource(state: State, call: Call) -> Response:
    _resource(state, call)
    return r.get(state, a.RESOURCES, call)


def _update_resource(state: State, call: Call) -> Response:
    return r.update(state, a.RESOURCES, call, _resource(state, call)["id"])


def _delete_resource(state: State, call: Call) -> Response:
    _resource(state, call)
    return r.delete(state, a.RESOURCES, call, ENTITIES)


KEY_PAIRS: dict[str, Methods] = {
    "/keyPairs/generate": {"POST": lambda state, call: r.add(state, kr.GENERATION, call)},
    "/keyPairs/import": {"POST": lambda state, call: r.add(state, kp.KEY_PAIRS, call)},
    "/keyPairs/keyAlgorithms": {"GET": kr.key_algorithms},
    "/keyPairs/subjectAlternativeTypes": {"GET": kr.san_types},
    "/keyPairs/{}/certificate": {"GET": kf.certificate},
    "/keyPairs/{}/chainCertificates/{}": {"DELETE": kp.delete_chain_certificate},
    "/keyPairs/{}/csr": {
        "GET": kr.generate_csr,
        "POST": lambda state, call: r.update(state, kr.RESPONSE, call),
        "PUT": lambda state, call: r.update(state, kr.RESPONSE, call),
    },
    "/keyPairs/{}/pem": {"POST": kf.as_pem},
    "/keyPairs/{}/pkcs12": {"POST": kf.as_pkcs12},
}
"""Beside the operations that key pairs have in common with other entities."""

NODES: dict[str, Methods] = {
    "/adminConfig/replicaAdmins/{}/config": {
        "POST": lambda state, call: nf.node_file(state, REPLICA_ADMINS, call)
    },
    "/agents/{}/config/{}": {"GET": nf.agent_file},
    "/engines/registration/token": {"POST": nf.registration_token},
    "/engines/status": {"GET": nf.engines_status},
    "/engines/{}/config": {"POST": lambda state, call: nf.node_file(state, ENGINES, call)},
}
"""What the nodes of a cluster are given."""

ROUTES: dict[str, Methods] = {
    "/version": {"GET": version},
    "/adminSessionInfo": {"GET": i.info, "DELETE": i.end},
    "/adminSessionInfo/checkOnly": {"GET": i.check},
    "/users/{}/password": {"PUT": u.update_password},
    "/pingone/connections/{}/metadata": {
        "GET": lambda state, call: k.metadata(state, k.CONNECTIONS, call)
    },
    "/certificates/{}/file": {"GET": lambda state, call: c.file(state, c.CERTIFICATES, call)},
    "/rulesets/elementTypes": {"GET": p.element_types},
    "/rulesets/successCriteria": {"GET": p.success_criteria},
    "/applications/resources": {"GET": lambda state, call: r.get_all(state, a.RESOURCES, call)},
    "/applications/resources/methods": {"GET": a.methods},
    "/applications/{}/resourceMatchingEvaluationOrder": {"GET": o.evaluation_order},
    "/applications/{}/resources/autoOrder": {"GET": o.auto_order},
    "/applications/{}/resources": {"GET": _get_resources, "POST": _add_resource},
    "/applications/{}/resources/{}": {
        "GET": _get_resource,
        "PUT": _update_resource,
        "DELETE": _delete_resource,
    },
    "/license": {"GET": lc.get, "POST": lc.update, "PUT": lc.update},
    "/backup": {"GET": g.backup},
    "/config/export": {"GET": g.config_export},
    "/config/export/workflows": {
        "GET": lambda state, call: g.workflows(state, g.EXPORTS, call),
        "POST": g.add_export,
    },
    "/config/export/workflows/{}": {"GET": lambda state, call: g.workflow(state, g.EXPORTS, call)},
    "/config/export/workflows/{}/data": {"GET": g.exported_data},
    "/config/import": {"POST": lambda state, call: g.config_import(state, TABLES, call)},
    "/config/import/workflows": {
        "GET": lambda state, call: g.workflows(state, g.IMPORTS, call),
        "POST": lambda state, call: g.add_import(state, TABLES, call),
    },
    "/config/import/workflows/{}": {"GET": lambda state, call: g.workflow(state, g.IMPORTS, call)},
}
"""Methods and handlers by path; `{}` stands for an id. Those of entities and plugins follow."""

ROUTES.update(KEY_PAIRS | NODES | ACME)
for _entity in ROUTED:
    ROUTES.update(_records(_entity))
ROUTES["/keyPairs/{}"]["PATCH"] = lambda state, call: r.update(state, kp.CHAIN, call)
ROUTES["/httpsListeners"] = {"GET": h.get_all}
ROUTES["/httpsListeners/{}"] = {"GET": h.get, "PUT": h.update}
for _view in (v.ENGINE_CERTIFICATES, v.AGENT_CERTIFICATES):
    ROUTES.update(_certificates(_view))
for _entity in SETTINGS:
    ROUTES[_entity.path] = setting_methods(_entity)
for _entity in (AUTH_TOKENS, OAUTH_KEYS, WEB_SESSION_MANAGEMENT):
    ROUTES[f"{_entity.path}/keySet"] = _key_set(_entity)
for _entity in (
    OIDC_PROVIDER,
    PINGFEDERATE,
    PINGFEDERATE_RUNTIME,
    PINGONE_FOR_CUSTOMERS,
    ADMIN_PROVIDER,
):
    ROUTES[f"{_entity.path}/metadata"] = _metadata(_entity)
ROUTES["/auth/oidc/scopes"] = {"GET": iss.admin_scopes}
ROUTES["/webSessionManagement/oidcScopes"] = {"GET": iss.scopes}
ROUTES.update(_descriptors(OIDC_PROVIDER.path, PROVIDERS))
for _entity in (p.RISK_POLICIES, p.RULES, *PLUGIN_ENTITIES):
    ROUTES.update(_descriptors(_entity.path, str(_entity.family)))
for _part in ("requestMatchers", "responseFilters", "responseGenerators"):
    ROUTES.update(_descriptors(f"/{p.ACP}/{_part}", f"{p.ACP}/{_part}"))
ROUTES.update(_descriptors(f"/{GENERATORS}", GENERATORS))
for _path in CHOICES:
    ROUTES[_path] = _choices(_path)
