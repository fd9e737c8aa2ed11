"""Every collection answers the same way to create, read, update and delete."""

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_items,
    expect_members,
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from scenarios.administration.kinds import KINDS
from scenarios.administration.stock import Stock
from scenarios.collection import UNKNOWN_NUMBER, expect_absent, expect_found, expect_gone

FALLING_BACK = [noun for noun, kind in KINDS.items() if kind.optional]


@pytest.mark.requirement("PA-ADMIN-028")
def test_adding_answers_with_the_object_as_it_is_stored(stock: Stock) -> None:
    """Source: admin API 7.3, the add operations (200) and the get operations."""
    body = stock.body(**stock.kind.edit)

    added = expect_saved(stock.collection.create(body))

    expected = {stock.kind.member: body[stock.kind.member], **stock.kind.edit}
    expect_members(added, expected, "the answer")
    expect_equal(stock.collection.stored(added["id"]), added, "what is read")


@pytest.mark.requirement("PA-ADMIN-029")
def test_the_list_holds_every_object_as_it_is_read_alone(stock: Stock) -> None:
    """Source: admin API 7.3, the collection schemas (items)."""
    added = [stock.made() for _ in range(2)]

    listed = expect_items(stock.collection.listed())

    for one in added:
        found = [item for item in listed if item["id"] == one["id"]]
        expect_equal(found, [stock.collection.stored(one["id"])], "the object in the list")


@pytest.mark.requirement("PA-ADMIN-075")
@pytest.mark.parametrize("stock", ["virtual_host", "rule"], indirect=True)
def test_a_list_that_is_not_paged_is_whole(stock: Stock) -> None:
    """Longer than any page that a product might cut by itself.

    Source: assumed; the vendor's scripts list without paging and search what they get.
    """
    part = stock.name("many")
    added = [stock.made(f"{part}-{number}")["id"] for number in range(30)]

    expect_found(stock.collection.listed, {"filter": part}, added)
    listed = [item["id"] for item in expect_items(stock.collection.listed())]
    expect_equal(sorted(set(added) - set(listed)), [], "objects that the list lacks")


DEFAULTS: dict[str, dict[str, object]] = {
    "third_party_service": {"trustedCertificateGroupId": 0},
    "virtual_host": {"agentResourceCacheTTL": 900, "keyPairId": 0, "trustedCertificateGroupId": 0},
    "site": {"trustedCertificateGroupId": 0, "siteAuthenticatorIds": []},
    "web_session": {"failOnUnsupportedPreservationContentType": False},
}


@pytest.mark.requirement("PA-ADMIN-074")
@pytest.mark.parametrize("stock", DEFAULTS, indirect=True)
def test_what_is_left_out_gets_its_default(stock: Stock) -> None:
    """Source: export of 6.0 (virtual hosts); terraform-provider-pingaccess (sites); WebSession."""
    defaults = DEFAULTS[stock.kind.noun]
    body = {key: value for key, value in stock.body().items() if key not in defaults}

    added = expect_saved(stock.collection.create(body))
    updated = expect_saved(stock.collection.update(added["id"], json=body))

    for shown in (added, updated, stock.collection.stored(added["id"])):
        expect_members(shown, defaults, "the object")


@pytest.mark.requirement("PA-ADMIN-035")
def test_an_update_stores_what_it_answers_and_touches_no_other(stock: Stock) -> None:
    """Source: admin API 7.3, the update operations (200)."""
    stored, bystander = stock.made(), stock.made()
    body = stock.body(**stock.kind.edit)

    updated = expect_saved(stock.collection.update(stored["id"], json=body))

    member = stock.kind.member
    expected = {"id": stored["id"], member: body[member], **stock.kind.edit}
    expect_members(updated, expected, "the answer")
    expect_equal(stock.collection.stored(stored["id"]), updated, "what is stored")
    expect_equal(stock.collection.named(stored[member]), [], "objects of the old name")
    expect_unchanged(bystander, stock.collection.stored(bystander["id"]), "the other object")


@pytest.mark.requirement("PA-ADMIN-036")
def test_the_path_of_an_update_decides_and_not_an_id_in_its_body(stock: Stock) -> None:
    """Source: admin API 7.3, the id of every schema (ignored when updating)."""
    stored, other = stock.made(), stock.made()
    body = stock.body(id=other["id"])

    updated = expect_saved(stock.collection.update(stored["id"], json=body))

    expect_equal(updated["id"], stored["id"], "id")
    expect_equal(stock.collection.stored(stored["id"]), updated, "what is stored")
    expect_unchanged(other, stock.collection.stored(other["id"]), "the object that was named")


@pytest.mark.requirement("PA-ADMIN-037")
@pytest.mark.parametrize("stock", FALLING_BACK, indirect=True)
def test_an_optional_member_that_is_left_out_falls_back_to_its_default(stock: Stock) -> None:
    """The default is what an object has that never had the member.

    Source: assumed; the vendor's scripts read, edit and write whole objects.
    """
    (member, value), *_ = stock.kind.optional.items()
    stored = stock.made(**{member: value})
    expect_members(stored, {member: value}, "the object before")
    body = stock.body(stored[stock.kind.member])
    body.pop(member, None)
    plain = stock.body()
    plain.pop(member, None)
    default = stock.stored(plain).get(member)

    updated = expect_saved(stock.collection.update(stored["id"], json=body))

    expect_equal(updated.get(member), default, member)


@pytest.mark.requirement("PA-ADMIN-038")
def test_a_deleted_object_is_gone(stock: Stock) -> None:
    """Source: admin API 7.3, the delete operations (200, no content)."""
    stored, other = stock.made(), stock.made()

    answer = stock.collection.delete(stored["id"])

    expect_deleted(answer)
    expect_equal(answer.content, b"", "body of the answer")
    expect_gone(stock.collection, stored["id"], stored[stock.kind.member])
    expect_unchanged(other, stock.collection.stored(other["id"]), "the other object")


@pytest.mark.requirement("PA-ADMIN-038")
def test_a_deleted_object_leaves_its_name_free(stock: Stock) -> None:
    """Source: admin API 7.3, the delete operations: nothing of it is left."""
    body = stock.body()
    first = stock.stored(body)
    expect_deleted(stock.collection.delete(first["id"]))

    second = expect_saved(stock.collection.create(body))

    found = stock.collection.named(body[stock.kind.member])
    expect_equal([item["id"] for item in found], [second["id"]], "objects of the name")


@pytest.mark.requirement("PA-ADMIN-039")
def test_an_id_that_nothing_has_is_not_found(stock: Stock) -> None:
    """Source: assumed, REST clients of the API expect a 404."""
    unknown = UNKNOWN_NUMBER if stock.kind.number else "0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f"
    body = stock.body()

    expect_absent(stock.collection.get(unknown))
    expect_absent(stock.collection.update(unknown, json=body))
    expect_absent(stock.collection.delete(unknown))
    expect_equal(stock.collection.named(body[stock.kind.member]), [], "objects of the name")


@pytest.mark.requirement("PA-ADMIN-039")
@pytest.mark.parametrize(
    "key", ["-1", "0", "99999999999999999999", "x", "1e3", "%00", "..%2fversion", "é"]
)
def test_an_id_that_is_none_is_answered_with_a_client_error(hosts: Stock, key: str) -> None:
    """Source: assumed; the specification says int32 and nothing of what is not."""
    stored = hosts.made()

    for method in ("GET", "DELETE"):
        answer = hosts.collection.product.api.request(method, f"/virtualhosts/{key}")
        refused = 400 <= answer.status_code < 500
        expect_that(refused, f"a client error to {method} {key}", answer.status_code)
    expect_unchanged(stored, hosts.collection.stored(stored["id"]), "the virtual host")


@pytest.mark.requirement("PA-ADMIN-026")
@pytest.mark.parametrize("act", ["create", "update"])
@pytest.mark.parametrize(
    ("stock", "member"),
    [(noun, member) for noun, kind in KINDS.items() for member in kind.required],
    indirect=["stock"],
)
def test_a_required_member_is_asked_for_by_name(stock: Stock, act: str, member: str) -> None:
    """Left out, and null: each is refused under the member's name.

    Source: inferred from the required members of admin API 7.3; observed for virtual hosts.
    """
    saving = stock.saving(act)

    saving.refuses(saving.without(member), field=member)
    saving.refuses(saving.body(**{member: None}), field=member)

    expect_saved(saving.attempt(saving.good))


@pytest.mark.requirement("PA-ADMIN-026")
@pytest.mark.parametrize("act", ["create", "update"])
def test_an_empty_name_is_refused(stock: Stock, act: str) -> None:
    """Source: assumed; an empty name names nothing."""
    saving = stock.saving(act)

    saving.refuses(saving.body(**{stock.kind.member: ""}), field=stock.kind.member)


@pytest.mark.requirement("PA-ADMIN-042")
def test_the_name_of_another_object_is_refused(stock: Stock) -> None:
    """Source: assumed; documented as unique for connections and key pairs only."""
    member = stock.kind.member
    first, second = stock.made(), stock.made()

    expect_refused(stock.collection.create(stock.body(first[member])))
    answer = stock.collection.update(second["id"], json=stock.body(first[member]))
    expect_refused(answer)

    found = stock.collection.named(first[member])
    expect_equal([item["id"] for item in found], [first["id"]], "objects of the name")
    expect_unchanged(second, stock.collection.stored(second["id"]), "the other object")


@pytest.mark.requirement("PA-ADMIN-042")
def test_an_object_keeps_its_own_name_on_update(stock: Stock) -> None:
    """Source: assumed; the own name is not another's."""
    stored = stock.made()
    body = stock.body(stored[stock.kind.member], **stock.kind.edit)

    expect_saved(stock.collection.update(stored["id"], json=body))


@pytest.mark.requirement("PA-ADMIN-027")
@pytest.mark.parametrize("act", ["create", "update"])
def test_a_refused_save_changes_nothing(stock: Stock, act: str) -> None:
    """With one faulty member beside good changes, none of them is stored.

    Source: assumed; the flash text Save Failed says as much.
    """
    saving = stock.saving(act)
    faulty = (
        next(name for name in stock.kind.required if name != stock.kind.member)
        if len(stock.kind.required) > 1
        else stock.kind.member
    )

    saving.refuses(saving.body(**{**stock.kind.edit, faulty: None}))

    expect_saved(saving.attempt(saving.good))
