"""The routes of the platform API."""

from __future__ import annotations

from fakes.pingone.platform import applications as a
from fakes.pingone.platform import bills, grants
from fakes.pingone.platform import credentials as c
from fakes.pingone.platform import environments as e
from fakes.pingone.platform import gateways as g
from fakes.pingone.platform import instances as i
from fakes.pingone.platform import memberships as m
from fakes.pingone.platform import organizations as o
from fakes.pingone.platform import resource_attributes as ra
from fakes.pingone.platform import resources as r
from fakes.pingone.platform import users as u
from fakes.pingone.platform.directory import GROUPS, POPULATIONS
from fakes.pingone.platform.role_assignments import HOLDERS
from fakes.pingone.routing import ENV, Route

GATEWAY = f"{ENV}/gateways/{{}}"
APPLICATION = f"{ENV}/applications/{{}}"
RESOURCE = f"{ENV}/resources/{{}}"
USER = f"{ENV}/users/{{}}"

ENTITIES = (POPULATIONS, GROUPS, u.USERS, *HOLDERS)
"""What is routed by what it is."""

ROUTES: dict[str, dict[str, Route]] = {
    "/v1/organizations": {"GET": Route(o.get_organizations, "bearer")},
    "/v1/organizations/{}": {"GET": Route(o.get_organization, "bearer")},
    "/v1/organizations/{}/licenses": {"GET": Route(o.get_licenses, "bearer")},
    "/v1/organizations/{}/licenses/{}": {"GET": Route(o.get_license, "bearer")},
    "/v1/roles": {"GET": Route(o.get_roles, "bearer")},
    "/v1/roles/{}": {"GET": Route(o.get_role, "bearer")},
    "/v1/environments": {
        "GET": Route(e.get_environments, "bearer"),
        "POST": Route(e.add_environment, "bearer", body=True),
    },
    ENV: {
        "GET": Route(e.get_environment, "bearer"),
        "PUT": Route(e.update_environment, "bearer", body=True),
        "DELETE": Route(e.delete_environment, "bearer"),
    },
    f"{ENV}/status": {"PUT": Route(e.update_environment_status, body=True)},
    f"{ENV}/billOfMaterials": {
        "GET": Route(bills.get_bill_of_materials),
        "PUT": Route(bills.update_bill_of_materials, body=True),
    },
    f"{ENV}/gateways": {"GET": Route(g.get_gateways), "POST": Route(g.add_gateway, body=True)},
    GATEWAY: {
        "GET": Route(g.get_gateway),
        "PUT": Route(g.update_gateway, body=True),
        "DELETE": Route(g.delete_gateway),
    },
    f"{GATEWAY}/instances": {"GET": Route(i.get_gateway_instances)},
    f"{GATEWAY}/instances/{{}}": {"GET": Route(i.get_gateway_instance)},
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
        "GET": Route(grants.get_application_grants),
        "POST": Route(grants.add_application_grant, body=True),
    },
    f"{APPLICATION}/grants/{{}}": {
        "GET": Route(grants.get_application_grant),
        "PUT": Route(grants.update_application_grant, body=True),
        "DELETE": Route(grants.delete_application_grant),
    },
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
    f"{RESOURCE}/attributes/{{}}": {
        "GET": Route(ra.get_resource_attribute),
        "PUT": Route(ra.update_resource_attribute, body=True),
        "DELETE": Route(ra.delete_resource_attribute),
    },
    f"{RESOURCE}/scopes/{{}}": {
        "GET": Route(r.get_resource_scope),
        "PUT": Route(r.update_resource_scope, body=True),
        "DELETE": Route(r.delete_resource_scope),
    },
    **{path: few for one in ENTITIES for path, few in one.routes().items()},
    f"{USER}/password": {
        "GET": Route(u.get_password),
        "PUT": Route(u.set_password, body=True, types=(u.SET_PASSWORD,)),
    },
    f"{USER}/enabled": {"GET": Route(u.get_enabled), "PUT": Route(u.set_enabled, body=True)},
    f"{USER}/population": {"PUT": Route(u.set_population, body=True)},
    f"{USER}/memberOfGroups": {
        "GET": Route(m.get_memberships),
        "POST": Route(m.add_membership, body=True),
    },
    f"{USER}/memberOfGroups/{{}}": {
        "GET": Route(m.get_membership),
        "DELETE": Route(m.delete_membership),
    },
}
"""Methods and handlers by path; `{}` stands for an id."""

UNIMPLEMENTED: dict[str, tuple[str, ...]] = {
    f"{USER}/password": ("POST",),
    f"{USER}/population": ("GET",),
}
"""Documented methods that this fake does not implement, of paths that it knows."""
