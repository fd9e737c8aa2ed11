"""PingOne fails in some way: the save is refused, nothing is stored, and the message says which."""

from collections.abc import Iterator

import pytest

from harness.checks import (
    expect_refused,
    expect_saved,
    expect_that,
    expect_unchanged,
)
from harness.clients.control import Control
from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving
from scenarios.connections.credentials import expect_credential_in_use, value, words

UNREACHABLE = ("reach", "connect", "unavailable", "resolve")
LATE = ("time", "timeout")
BROKEN = ("error", "status", "503", "500", "unavailable")
NONSENSE = ("answer", "response", "understand", "unexpected", "invalid", "parse", "read")
UNTRUSTED = ("certificate", "trust", "tls", "ssl", "pkix")
OTHER_HOST = ("host", "certificate", "name")

KINDS = ("unreachable", "timeout", "status", "nonsense", "empty", "truncated", "certificate")


@pytest.fixture
def faults(product: Product) -> Iterator[Control]:
    """The control door, on which faults are set and which is left without any."""
    control = product.needs_control("failures of PingOne on the way from PingAccess")
    yield control
    control.clear_faults()


def expect_refused_during(
    control: Control, saving: Saving, fault: dict[str, object], telling: tuple[str, ...]
) -> None:
    """Holds when a good body is refused during a fault, with one of the words, and saved after.

    Status and words are assumed: no document shows such a refusal.
    """
    control.set_faults(fault)
    answer = saving.attempt(saving.good)
    control.clear_faults()
    refusal = expect_refused(answer, assumed=True)
    saving.expect_nothing_stored()
    said = words(refusal)
    told = any(word in said for word in telling)
    expect_that(told, f"one of {telling} in the message", said, assumed=True)
    saving.saves(saving.good)


@pytest.mark.requirement("PA-CONN-027")
def test_pingone_cannot_be_reached(faults: Control, saving: Saving) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3; the text is assumed."""
    expect_refused_during(faults, saving, {"host": "auth", "kind": "unreachable"}, UNREACHABLE)


@pytest.mark.requirement("PA-CONN-028")
def test_pingone_does_not_answer_in_time(faults: Control, saving: Saving) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3; the text is assumed."""
    expect_refused_during(faults, saving, {"host": "auth", "kind": "timeout"}, LATE)


@pytest.mark.requirement("PA-CONN-029")
def test_pingone_answers_with_a_server_error(faults: Control, saving: Saving) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3; the text is assumed."""
    fault = {"host": "auth", "kind": "status", "status": 503}
    expect_refused_during(faults, saving, fault, BROKEN)


@pytest.mark.requirement("PA-CONN-030")
@pytest.mark.parametrize("kind", ["nonsense", "empty", "truncated"])
def test_pingone_answers_nonsense(
    faults: Control, product: Product, pingone: PingOne, connections: Collection, kind: str
) -> None:
    """Source: PingOne connections and risk policies endpoints page 7.3; the text is assumed."""
    credential = pingone.add_credential()
    control = product.admin.add_pingone_connection(credential)
    good = product.admin.pingone_connection_body(credential)
    saving = Saving("create", connections, control, good)
    expect_refused_during(faults, saving, {"host": "auth", "kind": kind}, NONSENSE)


@pytest.mark.requirement("PA-CONN-031")
def test_pingone_shows_an_untrusted_certificate(faults: Control, saving: Saving) -> None:
    """Source: admin API 7.3, PingOneConnection.trustedCertificateGroupId; the text is assumed."""
    expect_refused_during(faults, saving, {"host": "auth", "kind": "certificate"}, UNTRUSTED)


@pytest.mark.requirement("PA-CONN-032")
def test_pingone_shows_a_certificate_for_another_host(faults: Control, saving: Saving) -> None:
    """Source: assumed, TLS without the host's name protects nothing."""
    expect_refused_during(faults, saving, {"host": "auth", "kind": "hostname"}, OTHER_HOST)


@pytest.mark.requirement("PA-CONN-033")
@pytest.mark.parametrize("kind", [*KINDS, "hostname"])
def test_the_management_api_fails_after_a_good_exchange(
    faults: Control, product: Product, pingone: PingOne, connections: Collection, kind: str
) -> None:
    """A failure of the management API alone is refused, on create and on update.

    Source: PingOne connections and risk policies endpoints page 7.3 (the runtime metadata).
    """
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    body = product.admin.pingone_connection_body(credential)

    faults.set_faults({"host": "api", "kind": kind, "status": 503})
    expect_refused(connections.create(body))
    expect_refused(connections.update(stored["id"], json={**stored, "description": kind}))
    faults.clear_faults()

    expect_unchanged(stored, connections.stored(stored["id"]), "the connection")
    expect_saved(connections.create(body))


@pytest.mark.requirement("PA-CONN-056")
@pytest.mark.parametrize("kind", ["unreachable", "status", "nonsense", "certificate"])
def test_an_update_during_a_failure_changes_nothing(
    faults: Control, product: Product, pingone: PingOne, connections: Collection, kind: str
) -> None:
    """Whatever fails, the connection keeps its members and its credential.

    Source: PingOne connections and risk policies endpoints page 7.3 (every edit).
    """
    credential = pingone.add_credential()
    stored = product.admin.add_pingone_connection(credential)
    fresh = pingone.add_credential()
    edit = {**stored, "name": product.name("edited"), "credential": value(fresh.token)}

    faults.set_faults({"host": "any", "kind": kind, "status": 502})
    expect_refused(connections.update(stored["id"], json=edit))
    faults.clear_faults()

    expect_unchanged(stored, connections.stored(stored["id"]), f"the connection after {kind}")
    expect_credential_in_use(product, stored["id"], credential, "after the refusal")
    expect_saved(connections.update(stored["id"], json=edit))
