"""What no source says of the platform is a named decision, and each other value of it shows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest

from fakes.pingone import CORRECT
from fakes.pingone.decisions.directory import DirectoryDecisions
from fakes.pingone.decisions.lists import ListDecisions
from fakes.pingone.decisions.rates import RateDecisions
from fakes.pingone.decisions.rights import RightDecisions
from fakes.tests.pingone_actors import Actors
from fakes.tests.pingone_logins import Logins
from fakes.tests.pingone_tenant import NOBODYS, evaluation, gateway

if TYPE_CHECKING:
    from collections.abc import Callable

Shown = Any
GROUP = "rlgConfigRpm"


def filtered(path: str, text: str) -> Callable[[Actors], Shown]:
    """How many are found, or the code of the refusal."""

    def shown(tenant: Actors) -> Shown:
        tenant.user("ada")
        answer = tenant.call("GET", f"{path}?filter={quote(text)}").json()
        return answer.get("count", answer.get("code"))

    return shown


def paged(tenant: Actors) -> Shown:
    for name in ("ada", "bob", "cleo"):
        tenant.user(name)
    return tenant.call("GET", "users?limit=2").json()


def longest(tenant: Actors) -> Shown:
    paged(tenant)
    return tenant.call("GET", "users?limit=9").json()["size"]


def by_another_token(tenant: Actors) -> Shown:
    parts = urlsplit(paged(tenant)["_links"]["next"]["href"])
    return tenant.as_admin("GET", f"{parts.path}?{parts.query}").status


def bad_cursor(tenant: Actors) -> Shown:
    return tenant.call("GET", "users?cursor=x").json()["details"][0]["code"]


def with_role(role: str, path: str) -> Callable[[Actors], Shown]:
    def shown(tenant: Actors) -> Shown:
        return tenant.actor().given(role).call("GET", path).status

    return shown


def assigning(tenant: Actors) -> Shown:
    path = f"applications/{tenant.actor('other').id}/roleAssignments"
    admin = tenant.actor("admin").given("Environment Admin")
    return admin.call("POST", path, tenant.assigned("Client Application Developer")).status


def broader(tenant: Actors) -> Shown:
    path = f"applications/{tenant.actor('other').id}/roleAssignments"
    admin = tenant.actor("admin").given("Environment Admin")
    body = tenant.assigned("Identity Data Admin", "ORGANIZATION")
    return admin.call("POST", path, body).status


def twice(tenant: Actors) -> Shown:
    path = f"applications/{tenant.actor().given('Environment Admin').id}/roleAssignments"
    answer = tenant.as_admin("POST", path, tenant.assigned("Environment Admin"))
    return answer.json()["details"][0]["code"] if answer.status == 400 else answer.status


def of_web_app(tenant: Actors) -> Shown:
    body = {
        "name": "web",
        "enabled": True,
        "type": "WEB_APP",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["AUTHORIZATION_CODE"],
        "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC",
    }
    path = f"applications/{tenant.made('applications', body)['id']}/roleAssignments"
    return tenant.call("POST", path, tenant.assigned("Environment Admin")).status


def out_of_scope(tenant: Actors) -> Shown:
    staff = tenant.population("Staff")
    user = tenant.user("ada")
    actor = tenant.actor().given("Identity Data Admin", "POPULATION", staff["id"])
    return actor.call("GET", f"users/{user['id']}").status


def nobodys(tenant: Actors) -> Shown:
    return tenant.actor().call("GET", f"gateways/{NOBODYS}").status


def in_region(tenant: Actors) -> Shown:
    body = {"name": "New", "type": "SANDBOX", "region": "EU", "license": {"id": tenant.licence()}}
    return tenant.as_admin("POST", "/v1/environments", body).status


def production(tenant: Actors) -> Shown:
    return tenant.as_admin("DELETE", "").status


def pending(tenant: Actors) -> Shown:
    body = {"status": "DELETE_PENDING"}
    return tenant.call("PUT", "status", body).json()["hardDeletedAllowedAt"][:10]


def unlicensed(tenant: Actors) -> Shown:
    bill = {"products": [{"type": "PING_ONE_BASE"}]}
    assert tenant.call("PUT", "billOfMaterials", bill).status == 200
    answer = tenant.call("POST", "riskEvaluations", evaluation("ada"))
    return answer.status, answer.json()["details"][0]["code"]


def namesakes(tenant: Actors) -> Shown:
    staff = tenant.population("Staff")
    tenant.made("groups", {"name": "All"})
    body = {"name": "All", "population": {"id": staff["id"]}}
    return tenant.call("POST", "groups", body).status


def default_gone(tenant: Actors) -> Shown:
    [first] = tenant.call("GET", "populations").json()["_embedded"]["populations"]
    return tenant.call("DELETE", f"populations/{first['id']}").status


def full_gone(tenant: Actors) -> Shown:
    staff = tenant.population("Staff")
    tenant.user("ada", population={"id": staff["id"]})
    return tenant.call("DELETE", f"populations/{staff['id']}").status


def member_twice(tenant: Actors) -> Shown:
    group, user = tenant.made("groups", {"name": "All"}), tenant.user("ada")
    path = f"users/{user['id']}/memberOfGroups"
    return [tenant.call("POST", path, {"id": group["id"]}).status for _ in range(2)][1]


def limited(tenant: Actors) -> Shown:
    assert tenant.token
    tenant.fake.put_rate({"group": GROUP, "requests": 1, "seconds": 60})
    return [tenant.call("GET", "gateways") for _ in range(3)][-1]


def grouped(tenant: Actors) -> Shown:
    limited(tenant)
    return tenant.call("GET", "users").status


def counted(tenant: Actors) -> Shown:
    """The statuses at the rate of two in a window, where refusals fill the windows."""
    limited(tenant)
    return tenant.fake.tenant.windows.popitem()[1][1]


def enforced(tenant: Actors) -> Shown:
    return {tenant.call("GET", "gateways").status for _ in range(601)}


CASES: dict[str, tuple[Callable[[Actors], Shown], Shown, Any, Shown]] = {
    "filter_folds": (filtered("users", 'username eq "ADA"'), 1, False, 0),
    "filter_refused_code": (
        filtered("users", "x"),
        "INVALID_REQUEST",
        "INVALID_DATA",
        "INVALID_DATA",
    ),
    "page_longest": (longest, 3, (("users", 2),), 2),
    "cursor_bound_to": (by_another_token, 400, "nothing", 200),
    "cursor_refused_code": (bad_cursor, "INVALID_PARAMETER", "INVALID_VALUE", "INVALID_VALUE"),
    "count_shown": (lambda one: paged(one)["count"], 3, "page", 2),
    "role_rights": (
        with_role("DaVinci Admin", "gateways"),
        403,
        (*CORRECT.role_rights[:-2], ("DaVinci Admin", ("read:gateways",))),
        200,
    ),
    "roles_first": (nobodys, 403, False, 404),
    "assigning_needs": (assigning, 201, "having", 403),
    "assigned_within": (broader, 403, False, 201),
    "covered_assignment_code": (
        twice,
        "UNIQUENESS_VIOLATION",
        "CONSTRAINT_VIOLATION",
        "CONSTRAINT_VIOLATION",
    ),
    "covered_assignments_refused": (twice, "UNIQUENESS_VIOLATION", False, 201),
    "applications_with_roles": (of_web_app, 400, frozenset({"WORKER", "WEB_APP"}), 201),
    "out_of_scope_status": (out_of_scope, 403, 404, 404),
    "region_of_hosts_only": (in_region, 400, False, 201),
    "production_deleted_at_once": (production, 400, True, 204),
    "hard_delete_after_days": (pending, "2026-01-31", 7, "2026-01-08"),
    "unlicensed_status": (unlicensed, (403, "LICENSE_EXCEEDED"), 400, (400, "LICENSE_EXCEEDED")),
    "unlicensed_detail": (
        unlicensed,
        (403, "LICENSE_EXCEEDED"),
        "INSUFFICIENT_PERMISSIONS",
        (403, "INSUFFICIENT_PERMISSIONS"),
    ),
    "name_unique_in": (namesakes, 201, (("groups", "environment"),), 400),
    "default_population_kept": (default_gone, 400, False, 204),
    "full_population_kept": (full_gone, 400, False, 204),
    "deleting_population_status": (full_gone, 400, 409, 409),
    "membership_again_refused": (member_twice, 400, False, 201),
    "base_rates_enforced": (enforced, {200}, True, {200, 429}),
    "rate_groups": (grouped, 200, (("users", GROUP), ("gateways", GROUP)), 429),
    "limited_detail": (
        lambda one: limited(one).json()["details"][0]["code"],
        "LIMIT_EXCEEDED",
        "QUOTA_EXCEEDED",
        "QUOTA_EXCEEDED",
    ),
    "limited_is_counted": (counted, 1, True, 3),
}
"""For each decision what shows, and another value with what shows then."""


@pytest.mark.parametrize("name", CASES)
def test_another_value_of_the_decision_shows(name: str) -> None:
    show, usual, value, otherwise = CASES[name]
    assert show(Actors()) == usual
    assert show(Actors(dataclasses.replace(CORRECT, **{name: value}))) == otherwise


ELSEWHERE = {"user_roles_through"}


def test_every_decision_of_the_platform_that_is_not_documented_is_shown() -> None:
    chapters = (ListDecisions, RightDecisions, DirectoryDecisions, RateDecisions)
    fields = [field for one in chapters for field in dataclasses.fields(one)]
    open_ones = {one.name for one in fields if one.metadata["grade"] != "documented"}
    assert sorted(open_ones - CASES.keys() - ELSEWHERE) == []


def test_through_which_applications_users_have_their_roles_is_chosen() -> None:
    for through, expected in ((CORRECT.user_roles_through, 403), (frozenset({"WEB_APP"}), 201)):
        site = Logins(dataclasses.replace(CORRECT, user_roles_through=through))
        roles = site.call("GET", "/v1/roles").json()["_embedded"]["roles"]
        [role] = [one["id"] for one in roles if one["name"] == "Environment Admin"]
        scope = {"id": site.environment_id, "type": "ENVIRONMENT"}
        body = {"role": {"id": role}, "scope": scope}
        site.made(f"users/{site.user['id']}/roleAssignments", body)
        token = site.tokens()["access_token"]
        answer = site.call("POST", "gateways", gateway(), authorization=f"Bearer {token}")
        assert answer.status == expected, answer
