"""Gateways: the PingOne side of a PingAccess connection (P1-GW)."""

import pytest

from harness.checks import (
    expect_equal,
    expect_error,
    expect_members,
    expect_status,
    expect_that,
    expect_unchanged,
)
from harness.product import PingOne
from scenarios.pingone.bodies import LDAP, REFUSED, Json
from scenarios.pingone.resource import Resource, json_object, known


@pytest.mark.requirement("P1-GW-001")
def test_a_new_gateway_is_read_back_as_it_was_made(gateways: Resource, pingone: PingOne) -> None:
    """Created with 201 and an id, it is read alone and in the list with what was sent.

    Source: PingOne management API, CreateGateway (201), ReadOneGateway, ReadAllGateways.
    """
    body = gateways.good(description="For PingAccess")

    made = gateways.create(body)

    expect_members(made, body, "the new gateway")
    expect_members(made, {"environment": {"id": pingone.environment_id}}, "the new gateway")
    expect_that(bool(made.get("id")), "an id", made)
    gateways.expect_kept(made)


@pytest.mark.requirement("P1-GW-001")
def test_a_gateway_may_be_made_disabled(gateways: Resource) -> None:
    """`enabled` is kept as it is sent, not as it usually is.

    Source: PingOne management API, gateways, data model: enabled.
    """
    made = gateways.create(enabled=False)

    expect_equal(gateways.stored(made["id"])["enabled"], False, "enabled")


@pytest.mark.requirement("P1-GW-002")
def test_an_update_replaces_the_whole_gateway(gateways: Resource) -> None:
    """The name and state are the new ones, the description that was not sent is gone.

    Source: PingOne management API, UpdateGateway (200, PUT replaces).
    """
    made = gateways.create(description="before")
    body = gateways.good(enabled=False)

    updated = json_object(gateways.update(made["id"], json=body), 200)

    expect_members(updated, {"id": made["id"], **body}, "the updated gateway")
    expect_equal(updated.get("description") or None, None, "a description that was not sent")
    gateways.expect_kept(updated)


@pytest.mark.requirement("P1-GW-003")
def test_the_type_of_a_gateway_never_changes(gateways: Resource) -> None:
    """An update with another type is refused or leaves the type alone.

    Source: PingOne management API, gateways: type is immutable.
    """
    made = gateways.create()

    answer = gateways.update(made["id"], json=gateways.good(type="API_GATEWAY_INTEGRATION"))

    expect_status(answer, 200, 400)
    expect_equal(gateways.stored(made["id"])["type"], "PING_FEDERATE", "type after an update")


@pytest.mark.requirement("P1-GW-004")
def test_a_deleted_gateway_is_gone(gateways: Resource) -> None:
    """204, then 404 alone and for a second deletion, and not in the list.

    Source: PingOne management API, DeleteGateway (204).
    """
    kept, gone = gateways.create(), gateways.create()

    expect_status(gateways.delete(gone["id"]), 204)

    gateways.expect_gone(gone["id"])
    gateways.expect_kept(kept)


@pytest.mark.requirement("P1-GW-004")
def test_the_name_of_a_deleted_gateway_is_free(gateways: Resource) -> None:
    """A new gateway may take the name of one that is gone.

    Source: PingOne management API, gateways: name is unique among those there are.
    """
    body = gateways.good()
    expect_status(gateways.delete(gateways.create(body)["id"]), 204)

    gateways.expect_kept(gateways.create(body))


@pytest.mark.requirement("P1-GW-005")
@pytest.mark.parametrize("member", ["name", "type", "enabled"])
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_gateway_without_a_required_member_is_refused(
    gateways: Resource, act: str, member: str
) -> None:
    """The error names the member that is missing, on create and on update.

    Source: PingOne Go SDK, management openapi, Gateway.required; PingOne error codes.
    """
    stored = gateways.create()
    body = {key: value for key, value in gateways.good().items() if key != member}

    gateways.refuses(body, target=member, over=stored if act == "update" else None)


@pytest.mark.requirement("P1-GW-005")
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("type", "PING_ACCESS"),
        ("type", "ping_federate"),
        ("type", 7),
        ("type", None),
        ("name", None),
        ("name", ""),
        ("name", 7),
        ("enabled", "true"),
        ("enabled", 1),
        ("enabled", None),
    ],
)
def test_a_value_that_the_member_does_not_take_is_refused(
    gateways: Resource, member: str, value: object
) -> None:
    """The error names the member whose value is wrong.

    Source: PingOne Go SDK, management openapi, Gateway and EnumGatewayType; PingOne error codes.
    """
    gateways.create()

    gateways.refuses(gateways.good(**{member: value}), target=member)


@pytest.mark.requirement("P1-GW-006")
def test_a_second_gateway_of_the_same_name_is_refused(gateways: Resource) -> None:
    """The first stays the only one.

    Source: PingOne management API, gateways: name is unique in the environment.
    """
    body = gateways.good()
    made = gateways.create(body)

    expect_status(gateways.attempt({**body, "description": "second"}), *REFUSED)

    same = [item["id"] for item in gateways.all() if item["name"] == body["name"]]
    expect_equal(same, [made["id"]], "gateways of this name")


@pytest.mark.requirement("P1-GW-007")
def test_the_refusal_of_a_taken_name_says_that_it_is_not_unique(gateways: Resource) -> None:
    """The platform's error for uniqueness names the member.

    Source: assumed; Terraform provider: uniqueness violations are 400 INVALID_DATA.
    """
    body = gateways.good()
    gateways.create(body)

    expect_error(
        gateways.attempt(body), 400, "INVALID_DATA", detail="UNIQUENESS_VIOLATION", target="name"
    )


@pytest.mark.requirement("P1-GW-008")
def test_an_update_to_a_taken_name_is_refused(gateways: Resource) -> None:
    """Neither of the two gateways changes; keeping one's own name is no clash.

    Source: PingOne management API, gateways: name is unique in the environment.
    """
    first, second = gateways.create(), gateways.create()
    own = {**gateways.good(), "name": second["name"]}
    expect_status(gateways.update(second["id"], json=own), 200)

    answer = gateways.update(second["id"], json={**own, "name": first["name"]})

    expect_status(answer, *REFUSED)
    expect_unchanged(known(first), known(gateways.stored(first["id"])), "the first gateway")
    expect_equal(gateways.stored(second["id"])["name"], second["name"], "the second's name")


@pytest.mark.requirement("P1-GW-009")
def test_a_name_may_be_written_in_any_script(gateways: Resource) -> None:
    """Letters with and without marks, digits and the five other characters are kept.

    Source: PingOne management API, gateways, data model: name.
    """
    name = f"{gateways.good()['name']} Zürich/東京 1.0 O'Neill_e\u0301"

    made = gateways.create(name=name)

    expect_equal(gateways.stored(made["id"])["name"], name, "name")


@pytest.mark.requirement("P1-GW-009")
@pytest.mark.parametrize("character", ["<", '"', "&", "%", "\\", "\n", "\u0000", "\u2028"])
def test_a_name_with_any_other_character_is_refused(gateways: Resource, character: str) -> None:
    """Markup, quotes and controls are not in the alphabet of names.

    Source: PingOne management API, gateways, data model: name.
    """
    name = gateways.create()["name"]

    gateways.refuses(gateways.good(name=f"{name}{character}2"), target="name")


@pytest.mark.requirement("P1-GW-010")
@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("id", "11111111-2222-4333-8444-555555555555"),
        ("environment", {"id": "11111111-2222-4333-8444-555555555555"}),
        ("credentials", [{"id": "11111111-2222-4333-8444-555555555555"}]),
        ("createdAt", "2001-01-01T00:00:00.000Z"),
    ],
)
def test_a_read_only_member_is_not_the_clients(
    gateways: Resource, member: str, value: object
) -> None:
    """A value that is sent for it is refused or left out, never kept.

    Source: PingOne management API, gateways, data model (read only).
    """
    body = gateways.good(**{member: value})

    expect_status(gateways.attempt(body), 201, 400)

    same = [item for item in gateways.all() if item["name"] == body["name"]]
    kept = [item for item in same if item.get(member) == value]
    expect_equal(kept, [], f"gateways that kept the {member} that was sent")


@pytest.mark.requirement("P1-GW-010")
def test_an_update_does_not_move_a_gateway_to_another_id(gateways: Resource) -> None:
    """The path says which gateway is updated; an id in the body moves nothing.

    Source: PingOne management API, UpdateGateway; data model: id is read only.
    """
    first, second = gateways.create(), gateways.create()
    body = gateways.good(id=second["id"])

    expect_status(gateways.update(first["id"], json=body), 200, 400)

    expect_unchanged(known(second), known(gateways.stored(second["id"])), "the other gateway")
    expect_equal(gateways.stored(first["id"])["id"], first["id"], "the id of the updated gateway")


@pytest.mark.requirement("P1-GW-011")
def test_a_gateway_shows_its_credentials_by_id(gateways: Resource, pingone: PingOne) -> None:
    """None before there are some, then each by its id and without its text.

    Source: PingOne management API, gateways, data model: credentials.
    """
    gateway = gateways.create()
    before: Json = gateways.stored(gateway["id"])
    credentials = [pingone.add_credential(gateway) for _ in range(2)]

    after = gateways.stored(gateway["id"])

    expect_equal(before.get("credentials"), None, "credentials of a new gateway")
    shown = sorted(item["id"] for item in after.get("credentials") or ())
    expect_equal(shown, sorted(credential.id for credential in credentials), "credentials")


@pytest.mark.requirement("P1-GW-012")
@pytest.mark.parametrize("member", [name for name in LDAP if name != "type"])
def test_a_gateway_to_a_directory_needs_its_members(gateways: Resource, member: str) -> None:
    """The same body with the member is saved; without it, the error names it.

    Source: PingOne Go SDK, management openapi, GatewayTypeLDAP.
    """
    made = gateways.create(**LDAP)
    expect_equal(gateways.stored(made["id"])["type"], "LDAP", "type of the gateway")

    body = {**gateways.good(), **LDAP}
    del body[member]
    gateways.refuses(body, target=member)
