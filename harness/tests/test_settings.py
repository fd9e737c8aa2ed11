"""Settings come from three places, and every fault is one line with a way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BadSettings
from harness.patterns import Patterns, patterns_in
from harness.settings import HOW, NAMES, NEEDED, SECRET, Settings, document, load

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = "3f8a1c52-0d1b-4e7a-9a44-6b1f0c2d3e4f"
GOOD = {
    "pingaccess_admin_url": "https://pa.example:9000",
    "pingaccess_username": "Administrator",
    "pingaccess_password": "pa-pass-word",
    "pingaccess_engine_url": "https://pa.example:3000",
    "pingone_api_url": "https://api.pingone.eu/v1",
    "pingone_auth_url": "https://auth.pingone.eu",
    "pingone_environment_id": ENVIRONMENT,
    "pingone_client_id": "client",
    "pingone_client_secret": "client-sec-ret",
    "control_url": "https://localhost:1",
    "control_token": "control-to-ken",
    "fakes": "https://localhost:2 https://localhost:3",
}
GOOD_ENVIRON = {f"PACONFORM_{name.upper()}": value for name, value in GOOD.items()}


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "paconform.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint(*arguments: Any) -> str:
    with pytest.raises(BadSettings) as caught:
        load(*arguments)
    return str(caught.value)


def test_without_settings_there_is_nothing() -> None:
    assert load({}, None, {}) == Settings()


@pytest.mark.parametrize("place", ["environ", "file", "options"])
def test_every_setting_is_taken_from_every_place(tmp_path: Path, place: str) -> None:
    lines = "".join(f"{name} = {value!r}\n" for name, value in GOOD.items())
    found = {
        "environ": lambda: load({**GOOD_ENVIRON, "PACONFORM_ALLOW_WRITES": "yes"}),
        "file": lambda: load({}, toml(tmp_path, lines + "allow_writes = true\n")),
        "options": lambda: load({}, None, {**GOOD, "allow_writes": True}),
    }[place]()

    assert {name: getattr(found, name) for name in GOOD} == GOOD
    assert found.allow_writes


def test_an_option_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    path = toml(tmp_path, "".join(f'{name} = "file"\n' for name in NEEDED[1:3]))
    environ = {"PACONFORM_PINGACCESS_PASSWORD": "environ", "PACONFORM_PINGONE_CLIENT_ID": "environ"}

    found = load(environ, path, {"pingone_client_id": "option", "pingone_auth_url": None})

    assert found.pingaccess_username == "file"
    assert found.pingaccess_password == "environ"
    assert found.pingone_client_id == "option"


def test_an_empty_variable_is_none() -> None:
    assert load({"PACONFORM_CA_BUNDLE": "", "PACONFORM_ALLOW_WRITES": ""}) == Settings()


def test_a_slash_at_the_end_of_a_url_is_taken_off() -> None:
    found = load({"PACONFORM_PINGONE_API_URL": "https://api.pingone.eu/v1/"})

    assert found.pingone_api_url == "https://api.pingone.eu/v1"


def test_other_tools_variables_are_left_alone() -> None:
    assert load({"PACONFORM_HYPOTHESIS_PROFILE": "deep", "PATH": "/bin"}) == Settings()


# --- faults


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("pingaccess_admin_url", "https://pa:9000/pa-admin-api", "without /pa-admin-api"),
        ("pingaccess_admin_url", "https://pa:9000/pa-admin-api/v3/", "without /pa-admin-api"),
        ("pingaccess_admin_url", "pa.example:9000", "is no https URL"),
        ("pingaccess_admin_url", "https://", "is no https URL"),
        ("pingaccess_admin_url", "https://pa:99999", "is no URL"),
        ("pingaccess_admin_url", "ftp://pa", "is no https URL"),
        ("pingaccess_engine_url", "https://pa:3000/app", "without a path"),
        ("pingone_api_url", "https://api.pingone.eu", "with /v1 at its end"),
        ("pingone_api_url", "https://api.pingone.eu/v1?x=1", "with /v1 at its end"),
        ("pingone_auth_url", "https://auth.pingone.eu/x/as", "without a path"),
        ("pingone_environment_id", "prod", "is no UUID"),
        ("allow_writes", "perhaps", "set it to 1 or 0"),
        ("ca_bundle", "/nowhere/ca.pem", "is not there or no file"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_the_way_out(name: str, value: str, said: str) -> None:
    line = complaint({f"PACONFORM_{name.upper()}": value})

    assert line.startswith(f"PACONFORM_{name.upper()}: {value!r}")
    assert said in line
    assert "; " in line
    assert "\n" not in line


def test_every_setting_says_what_it_has_to_be() -> None:
    assert list(HOW) == list(NAMES)


def test_a_login_in_a_url_is_refused_and_not_repeated() -> None:
    line = complaint({"PACONFORM_PINGACCESS_ADMIN_URL": "https://me:hunter22@pa:9000"})

    assert "a login stands in the URL" in line
    assert "hunter22" not in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pingaccess_pasword = 'x'", "pingaccess_pasword is no setting; did you mean pingaccess_p"),
        ("colour = 'red'", "colour is no setting; there are pingaccess_admin_url"),
        ("pingaccess_username = 1", "pingaccess_username: 1 is a number, not a text"),
        ("pingaccess_password = 12345678", "pingaccess_password: '***' is a number, not a text"),
        ("pingone_client_secret = ['abcdef']", "pingone_client_secret: '***' is a list"),
        ("allow_writes = 'yes'", "allow_writes: 'yes' is not true or false"),
        ("ca_bundle = {a = 1}", "ca_bundle: {'a': 1} is a table"),
        ("pingaccess_password = 'half", "is not whole TOML (at end of document)"),
        ("pingaccess_password", "is not whole TOML (at"),
    ],
)
def test_a_fault_in_the_file_is_named_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    line = complaint({}, toml(tmp_path, text))

    assert line.startswith(str(tmp_path / "paconform.toml"))
    assert said in line
    assert "half" not in line
    assert "\n" not in line


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "cannot be read (No such file" in complaint({}, tmp_path / "none.toml")
    assert "cannot be read (Is a directory" in complaint({}, tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"a = '\xe9'")
    assert "is not UTF-8" in complaint({}, tmp_path / "latin.toml")


def test_a_misspelt_variable_or_option_is_told_with_the_nearest() -> None:
    line = complaint({"PACONFORM_PINGACCES_ADMIN_URL": "https://pa"})

    assert line == (
        "PACONFORM_PINGACCES_ADMIN_URL: is no setting; did you mean PACONFORM_PINGACCESS_ADMIN_URL?"
    )
    assert "did you mean ca_bundle?" in complaint({}, None, {"ca_bundel": "x"})


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = toml(tmp_path, "nonsense = 1\npingone_api_url = 'x'")

    lines = complaint({"PACONFORM_ALLOW_WRITES": "hm"}, path).splitlines()

    assert len(lines) == 3


# --- a live run


def test_a_live_run_can_begin_with_everything() -> None:
    load(GOOD_ENVIRON, None, {"allow_writes": True}).needed_for_live()


def test_what_a_live_run_lacks_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        load({}).needed_for_live()

    assert all(f"PACONFORM_{name.upper()}" in str(caught.value) for name in NEEDED)
    assert "CONTROL" not in str(caught.value)


def test_a_live_run_writes_only_where_it_may() -> None:
    with pytest.raises(
        BadSettings, match=r"^PACONFORM_ALLOW_WRITES: a live run makes objects in https://pa"
    ):
        load(GOOD_ENVIRON).needed_for_live()


def test_only_the_addresses_of_a_serve_are_those_of_fakes() -> None:
    """What it left in the environment says nothing of a product that is set afterwards."""
    found = load(GOOD_ENVIRON)

    assert found.is_fake("https://localhost:2")
    assert not found.is_fake(found.pingaccess_admin_url)
    assert not Settings().is_fake("")


# --- secrets


def test_no_secret_is_shown() -> None:
    found = load(GOOD_ENVIRON)

    assert {GOOD[name] for name in SECRET} == found.secrets()
    assert all(secret not in repr(found) for secret in found.secrets())
    assert "pingaccess_username='Administrator'" in repr(found)
    assert all(f"{name}=" in repr(found) for name in NAMES)


@pytest.mark.parametrize("text", ["a=" + "[" * 50_000, "#" * 1_000_001])
def test_a_file_that_is_too_much_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "paconform.toml"
    file.write_text(text)
    with pytest.raises(BadSettings, match=re.escape(str(file))):
        load({}, file)


# --- patterns of what else is secret


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("redact = 'cust-[0-9]+'", "is no list of texts"),
        ("redact = [1]", "is no list of texts"),
        ("redact = ['cust-[0-9']", "is no pattern of Python"),
        ("redact = ['x*']", "matches no letters at all"),
        (f"redact = {['x'] * 101}", "has 101 patterns"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    path = toml(tmp_path, text)

    with pytest.raises(BadSettings, match=complaint) as caught:
        load({}, path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_patterns_are_no_settings_of_the_product(tmp_path: Path) -> None:
    path = toml(tmp_path, "redact = ['cust-[0-9]+']")

    assert load({}, path) == Settings()
    assert patterns_in(document(path), path).found_in("a cust-12 b") == [(2, 9, "cust-12")]


def test_the_first_group_of_a_pattern_is_what_is_secret() -> None:
    found = Patterns([re.compile("tenant=([a-z]+)")]).found_in("tenant=acme&x=tenant%3Dcorp")

    assert set(found) == {(7, 11, "acme"), (23, 27, "corp")}
