"""The routes of the platform API."""

from __future__ import annotations

from fakes.pingone.platform import applications as a
from fakes.pingone.platform import credentials as c
from fakes.pingone.platform import environments
from fakes.pingone.platform import gateways as g
from fakes.pingone.platform import resource_attributes as ra
from fakes.pingone.platform import resources as r
from fakes.pingone.platform import users as u
from fakes.pingone.routing import ENV, Route

GATEWAY = f"{ENV}/gateways/{{}}"
APPLICATION = f"{ENV}/applications/{{}}"
RESOURCE = f"{ENV}/resources/{{}}"
USER = f"{ENV}/users/{{}}"

ROUTES: dict[str, dict[str, Route]] = {
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
}
"""Methods and handlers by path; `{}` stands for an id."""

UNIMPLEMENTED: dict[str, tuple[str, ...]] = {
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
