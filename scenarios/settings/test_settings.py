"""Every setting answers the same way to read, replace and reset."""

from typing import Any

import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_hidden,
    expect_members,
    expect_saved,
    expect_status,
    expect_unchanged,
)
from harness.clients.admin_operations import OPERATIONS
from scenarios.answered import hidden_in
from scenarios.settings.settings import SETTINGS, Chosen

Json = dict[str, Any]

KNOWN = [noun for noun, setting in SETTINGS.items() if setting.factory]
NEEDING = [noun for noun, setting in SETTINGS.items() if setting.required]
SECRET = ("authorization_server", "pingfederate_access_tokens")


@pytest.mark.requirement("PA-SET-001")
@pytest.mark.parametrize("setting", KNOWN, indirect=True)
def test_a_new_product_has_the_values_of_public_exports(setting: Chosen) -> None:
    """Source: three configuration exports in pingidentity-server-profiles, which agree."""
    setting.product.resettable("looks at a product that nobody has configured")
    expect_members(setting.stored(), dict(setting.setting.factory), "the setting")


@pytest.mark.requirement("PA-SET-002")
def test_a_setting_is_stored_as_it_is_sent(setting: Chosen) -> None:
    """Source: admin API 7.3, the update operations of settings (200)."""
    body = setting.edited()

    saved = setting.saves(body)

    expected = {name: value for name, value in body.items() if not list(hidden_in(value))}
    expect_members(saved, expected, "the answer")


@pytest.mark.requirement("PA-SET-002")
def test_a_setting_can_be_sent_back_as_it_was_read(setting: Chosen) -> None:
    """Source: the vendor's own scripts read, edit and write whole objects."""
    saved = setting.saves(setting.edited())

    again = setting.saves(saved)

    expect_unchanged(saved, again, "the setting")


@pytest.mark.requirement("PA-SET-002")
def test_a_setting_is_no_other_one(setting: Chosen) -> None:
    """Source: admin API 7.3, the settings have paths of their own."""
    others = [one.of(setting.product) for one in SETTINGS.values() if one != setting.setting]
    before = [other.stored() for other in others]

    setting.saves(setting.edited())

    expect_unchanged(before, [other.stored() for other in others], "the other settings")


@pytest.mark.requirement("PA-SET-003")
def test_a_reset_setting_is_what_it_was_at_first(setting: Chosen) -> None:
    """Source: admin API 7.3, the delete operations of settings (reset to default values)."""
    first = setting.stored()
    setting.saves(setting.edited())

    answer = setting.reset()

    expect_deleted(answer)
    expect_equal(answer.content, b"", "body of the answer")
    expect_equal(setting.stored(), first, "the setting")


@pytest.mark.requirement("PA-SET-003")
def test_what_was_never_changed_can_be_reset(setting: Chosen) -> None:
    """Source: admin API 7.3, the delete operations of settings (reset to default values)."""
    first = setting.stored()

    expect_deleted(setting.reset())

    expect_equal(setting.stored(), first, "the setting")


@pytest.mark.requirement("PA-SET-004")
def test_a_setting_with_a_faulty_member_is_refused_whole(setting: Chosen) -> None:
    """The good changes beside it are not stored either.

    Source: assumed; that the member is not allowed is documented (types, enumerations, ranges).
    """
    body = setting.edited()

    setting.refuses({**body, **setting.setting.wrong}, field=next(iter(setting.setting.wrong)))

    setting.saves(body)


@pytest.mark.requirement("PA-SET-004")
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"on"'], ids=repr)
def test_what_is_no_object_is_refused(setting: Chosen, content: bytes) -> None:
    """Source: admin API endpoints page (application/json); the statuses are not documented."""
    before = setting.stored()
    headers = {"Content-Type": "application/json"}

    answer = setting.update(content=content, headers=headers)

    expect_status(answer, 400, 422)
    expect_unchanged(before, setting.stored(), "the setting")


@pytest.mark.requirement("PA-SET-005")
@pytest.mark.parametrize("setting", NEEDING, indirect=True)
def test_a_required_member_of_a_setting_is_asked_for_by_name(setting: Chosen) -> None:
    """Left out, and null.

    Source: admin API 7.3, the required members; that the refusal names them is assumed.
    """
    member, body = setting.setting.required, setting.edited()
    without = {name: value for name, value in body.items() if name != member}

    setting.refuses(without, field=member)
    setting.refuses({**body, member: None}, field=member)

    setting.saves(body)


@pytest.mark.requirement("PA-SET-006")
@pytest.mark.parametrize("setting", SECRET, indirect=True)
def test_no_answer_shows_a_secret_of_a_setting(setting: Chosen) -> None:
    """Source: admin API 7.3, HiddenField; web session fixtures of pingaccess-sdk-go."""
    body = setting.edited()
    ((_, hidden),) = hidden_in(setting.setting.edit(setting.product))
    secret = hidden["value"]
    body["clientCredentials"]["clientSecret"] = {"value": secret}

    updated = setting.update(json=body)
    refused = setting.update(json={**body, **setting.setting.wrong})
    read = setting.read()

    expect_hidden(secret, updated, refused, read, setting.reset())
    for answer in (updated, read):
        shown = expect_saved(answer)["clientCredentials"]["clientSecret"]
        expect_equal(list(shown), ["encryptedValue"], "members of the client secret")


@pytest.mark.requirement("PA-SET-007")
def test_there_is_no_second_one_of_a_setting(setting: Chosen) -> None:
    """Source: admin API 7.3, the paths of settings (no POST)."""
    body = setting.edited()
    before = setting.stored()
    path = OPERATIONS[f"update_{setting.setting.noun}"][1]

    answer = setting.product.api.request("POST", path, json=body)

    expect_status(answer, 404, 405)
    expect_unchanged(before, setting.stored(), "the setting")
