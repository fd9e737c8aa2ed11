"""The routes of both hosts, on one screen, and how a path finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from fakes.pingone import applications as a
from fakes.pingone import (
    authorize,
    devices,
    discovery,
    environments,
    evaluations,
    flows,
    oauth,
    signoff,
    token_services,
)
from fakes.pingone import credentials as c
from fakes.pingone import gateways as g
from fakes.pingone import key_rotation as k
from fakes.pingone import policy_sets as s
from fakes.pingone import predictors as p
from fakes.pingone import resource_attributes as ra
from fakes.pingone import resources as r
from fakes.pingone import users as u
from fakes.pingone.protect import feedback, profiles, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.pingone.errors import Answer

Handler: TypeAlias = "Callable[[Any, Any], Answer]"
Door = Literal["open", "bearer", "environment"]


class Route(NamedTuple):
    """Who answers, who may ask, and whether a JSON object is read first.

    `open` asks for nothing; `bearer` for a good token; `environment` for a role there as well.
    `types` are content types of actions on the same URL, beside JSON's own where it is `plain`;
    `bodiless`: a body may be left out.
    """

    handler: Handler
    door: Door = "environment"
    body: bool = False
    types: tuple[str, ...] = ()
    bodiless: bool = False
    plain: bool = True


ENV = "/v1/environments/{}"
GATEWAY = f"{ENV}/gateways/{{}}"
APPLICATION = f"{ENV}/applications/{{}}"
RESOURCE = f"{ENV}/resources/{{}}"
USER = f"{ENV}/users/{{}}"

ROUTES: dict[str, dict[str, Route]] = {
    "/{}/as/token": {"POST": Route(oauth.token, "open")},
    "/{}/as/authorize": {
        "GET": Route(authorize.authorize, "open"),
        "POST": Route(authorize.authorize, "open"),
    },
    "/{}/as/par": {"POST": Route(authorize.pushed, "open")},
    "/{}/as/resume": {"GET": Route(authorize.resume, "open")},
    "/{}/flows/{}": {"GET": Route(flows.get_flow, "open"), "POST": Route(flows.act, "open")},
    "/{}/signon/": {"GET": Route(flows.show_page, "open"), "POST": Route(flows.send_page, "open")},
    "/{}/as/signoff": {
        "GET": Route(signoff.signoff, "open"),
        "POST": Route(signoff.signoff, "open"),
    },
    "/{}/as/device_authorization": {"POST": Route(devices.device_authorization, "open")},
    "/{}/device": {
        "GET": Route(devices.show_page, "open"),
        "POST": Route(devices.send_page, "open"),
    },
    "/{}/as/introspect": {"POST": Route(token_services.introspect, "open")},
    "/{}/as/revoke": {"POST": Route(token_services.revoke, "open")},
    "/{}/as/userinfo": {
        "GET": Route(token_services.userinfo, "open"),
        "POST": Route(token_services.userinfo, "open"),
    },
    "/{}/as/jwks": {"GET": Route(discovery.jwks, "open")},
    "/{}/as/.well-known/openid-configuration": {
        "GET": Route(discovery.openid_configuration, "open")
    },
    "/.well-known/oauth-authorization-server/{}/as": {
        "GET": Route(discovery.oauth_metadata, "open")
    },
    "/v1/environments": {"GET": Route(environments.get_environments, "bearer")},
    ENV: {"GET": Route(environments.get_environment, "bearer")},
    f"{ENV}/gateways": {"GET": Route(g.get_gateways), "POST": Route(g.add_gateway, body=True)},
    GATEWAY: {
        "GET": Route(g.get_gateway),
        "PUT": Route(g.update_gateway, body=True),
        "DELETE": Route(g.delete_gateway),
    },
    f"{GATEWAY}/instances": {"GET": Route(g.get_gateway_instances)},
    f"{GATEWAY}/roleAssignments": {"GET": Route(g.get_gateway_role_assignments)},
    f"{GATEWAY}/credentials": {
        "GET": Route(c.get_gateway_credentials),
        "POST": Route(c.add_gateway_credential),
    },
    f"{GATEWAY}/credentials/{{}}": {
        "GET": Route(c.get_gateway_credential),
        "DELETE": Route(c.delete_gateway_credential),
    },
    f"{ENV}/applications": {
        "GET": Route(a.get_applications),
        "POST": Route(a.add_application, body=True),
    },
    APPLICATION: {
        "GET": Route(a.get_application),
        "PUT": Route(a.update_application, body=True),
        "DELETE": Route(a.delete_application),
    },
    f"{APPLICATION}/secret": {
        "GET": Route(a.get_application_secret),
        "POST": Route(a.rotate_application_secret, body=True, bodiless=True),
    },
    f"{APPLICATION}/grants": {
        "GET": Route(r.get_application_grants),
        "POST": Route(r.add_application_grant, body=True),
    },
    f"{APPLICATION}/grants/{{}}": {"DELETE": Route(r.delete_application_grant)},
    f"{ENV}/resources": {
        "GET": Route(r.get_resources),
        "POST": Route(r.add_resource, body=True),
    },
    RESOURCE: {
        "GET": Route(r.get_resource),
        "PUT": Route(r.update_resource, body=True),
        "DELETE": Route(r.delete_resource),
    },
    f"{RESOURCE}/secret": {
        "GET": Route(r.get_resource_secret),
        "POST": Route(r.rotate_resource_secret, body=True, bodiless=True),
    },
    f"{RESOURCE}/scopes": {
        "GET": Route(r.get_resource_scopes),
        "POST": Route(r.add_resource_scope, body=True),
    },
    f"{RESOURCE}/attributes": {
        "GET": Route(ra.get_resource_attributes),
        "POST": Route(ra.add_resource_attribute, body=True),
    },
    f"{RESOURCE}/attributes/{{}}": {"DELETE": Route(ra.delete_resource_attribute)},
    f"{RESOURCE}/scopes/{{}}": {"DELETE": Route(r.delete_resource_scope)},
    f"{ENV}/keyRotationPolicies": {"GET": Route(k.get_key_rotation_policies)},
    f"{ENV}/keyRotationPolicies/{{}}": {
        "GET": Route(k.get_key_rotation_policy),
        "PUT": Route(k.update_key_rotation_policy, body=True),
    },
    f"{ENV}/populations": {
        "GET": Route(u.get_populations),
        "POST": Route(u.add_population, body=True),
    },
    f"{ENV}/populations/{{}}": {"GET": Route(u.get_population)},
    f"{ENV}/users": {
        "GET": Route(u.get_users),
        "POST": Route(u.add_user, body=True, types=(u.IMPORT,)),
    },
    USER: {
        "GET": Route(u.get_user),
        "PUT": Route(u.update_user, body=True),
        "DELETE": Route(u.delete_user),
    },
    f"{USER}/password": {
        "GET": Route(u.get_password),
        "PUT": Route(u.set_password, body=True, types=(u.SET_PASSWORD,)),
    },
    f"{USER}/enabled": {"PUT": Route(u.set_enabled, body=True)},
    f"{ENV}/riskPredictors": {
        "GET": Route(p.get_risk_predictors),
        "POST": Route(p.add_risk_predictor, body=True),
    },
    f"{ENV}/riskPredictors/{{}}": {
        "GET": Route(p.get_risk_predictor),
        "PUT": Route(p.update_risk_predictor, body=True),
        "DELETE": Route(p.delete_risk_predictor),
    },
    f"{ENV}/riskPolicySets": {
        "GET": Route(s.get_risk_policy_sets),
        "POST": Route(s.add_risk_policy_set, body=True),
    },
    f"{ENV}/riskPolicySets/{{}}": {
        "GET": Route(s.get_risk_policy_set),
        "PUT": Route(s.update_risk_policy_set, body=True),
        "DELETE": Route(s.delete_risk_policy_set),
    },
    f"{ENV}/riskEvaluations": {"POST": Route(evaluations.add_risk_evaluation, body=True)},
    f"{ENV}/riskEvaluations/{{}}": {"GET": Route(evaluations.get_risk_evaluation)},
    f"{ENV}/riskEvaluations/{{}}/event": {
        "PUT": Route(evaluations.update_risk_evaluation_event, body=True)
    },
    f"{ENV}/riskFeedback": {
        "POST": Route(feedback.add_risk_feedback, body=True, types=(feedback.SINGLE, feedback.BULK))
    },
    f"{ENV}/riskSettings": {
        "GET": Route(settings.get_risk_settings),
        "PUT": Route(settings.update_risk_settings, body=True),
    },
    f"{ENV}/riskUserProfile": {
        "POST": Route(
            profiles.reset_risk_user_profile, body=True, types=(profiles.RESET,), plain=False
        )
    },
}
"""Methods and handlers by path; `{}` stands for an id."""

UNIMPLEMENTED: dict[str, tuple[str, ...]] = {
    f"{ENV}/keyRotationPolicies": ("POST",),
    f"{ENV}/keyRotationPolicies/{{}}": ("DELETE",),
    f"{APPLICATION}/grants/{{}}": ("GET", "PUT"),
    f"{RESOURCE}/scopes/{{}}": ("GET", "PUT"),
    f"{RESOURCE}/attributes/{{}}": ("GET", "PUT"),
    f"{ENV}/populations/{{}}": ("PUT", "DELETE"),
    USER: ("PATCH",),
    f"{USER}/password": ("POST",),
    f"{USER}/enabled": ("GET",),
    "/v1/environments": ("POST",),
    ENV: ("PUT", "DELETE"),
    f"{GATEWAY}/roleAssignments": ("POST",),
}
"""Documented methods that this fake does not implement, of paths that it knows."""


class Node:
    """One step of a path: what follows it, and what answers there."""

    __slots__ = ("methods", "steps", "variable")

    def __init__(self) -> None:
        self.steps: dict[str, Node] = {}
        self.variable: Node | None = None
        self.methods: dict[str, Route] | None = None


def _tree() -> Node:
    root = Node()
    for path, methods in ROUTES.items():
        node = root
        for step in path.split("/")[1:]:
            node = _next(node, step)
        node.methods = methods
    return root


def _next(node: Node, step: str) -> Node:
    if step != "{}":
        return node.steps.setdefault(step, Node())
    node.variable = node.variable or Node()
    return node.variable


_ROOT = _tree()


def find(path: str) -> tuple[dict[str, Route] | None, list[str]]:
    """What answers at a path, and its ids; None where nothing does."""
    node, ids = _ROOT, []
    for step in path.split("/")[1:]:
        follows = node.steps.get(step)
        if follows is None:
            follows = node.variable
            if follows is None:
                return None, []
            ids.append(step)
        node = follows
    return node.methods, ids


def unimplemented(path: str, method: str) -> bool:
    """Whether PingOne documents the method there and the fake does not do it."""
    known = (pattern for pattern, methods in UNIMPLEMENTED.items() if method in methods)
    return any(find(pattern)[0] is find(path)[0] for pattern in known)
