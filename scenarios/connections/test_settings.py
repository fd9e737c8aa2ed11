"""The settings of a connection are kept as they were sent, and fall back when they are not."""

from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_equal,
    expect_members,
    expect_saved,
    expect_that,
    not_measured,
)
from harness.product import PingOne, Product
from scenarios.collection import Collection, Saving

Json = dict[str, Any]

PROTOCOLS = ["TLSv1.2", "TLSv1.3"]
CIPHERS = ["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]


@pytest.mark.requirement("PA-CONN-002")
def test_the_settings_of_a_connection_are_kept_as_sent(saving: Saving) -> None:
    """Source: admin API 7.3, schema PingOneConnection."""
    settings = {
        "description": "kept",
        "useProxy": False,
        "sslProtocols": PROTOCOLS,
        "sslCiphers": CIPHERS,
    }

    saved = saving.saves(saving.body(**settings))

    expect_members(saved, settings, "the answer")
    expect_members(saving.collection.stored(saved["id"]), settings, "what is stored")


def by_proxy(answer: httpx.Response) -> Json:
    """The connection that was saved to use a proxy; not measured where it was refused.

    A save asks PingOne, so a product that has no proxy cannot save it.
    """
    if answer.is_client_error:
        not_measured(f"useProxy was refused ({answer.status_code}): there may be no proxy")
    return expect_saved(answer)


@pytest.mark.requirement("PA-CONN-002")
def test_the_use_of_a_proxy_is_kept_as_sent(saving: Saving) -> None:
    """Source: admin API 7.3, PingOneConnection.useProxy."""
    saved = by_proxy(saving.attempt(saving.body(useProxy=True)))

    expect_members(saved, {"useProxy": True}, "the answer")
    expect_members(saving.collection.stored(saved["id"]), {"useProxy": True}, "what is stored")


@pytest.mark.requirement("PA-CONN-002")
def test_no_protocols_and_ciphers_mean_all_of_them(saving: Saving) -> None:
    """Source: admin API 7.3, PingOneConnection.sslProtocols and sslCiphers (empty to use all)."""
    everything: dict[str, object] = {"sslProtocols": [], "sslCiphers": []}

    saved = saving.saves(saving.body(**everything))

    expect_members(saved, everything, "the answer")


@pytest.mark.requirement("PA-CONN-060")
def test_an_update_without_optional_members_resets_them(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, the vendor's scripts read, edit and write whole objects."""
    stored = product.admin.add_pingone_connection(pingone.add_credential(), description="to go")
    body = {key: stored[key] for key in stored if key != "description"}

    expect_saved(connections.update(stored["id"], json=body))

    now = connections.stored(stored["id"])
    expect_that(not now.get("description"), "no description", now.get("description"))


@pytest.mark.requirement("PA-CONN-060")
def test_an_update_that_does_not_speak_of_a_proxy_uses_none(
    product: Product, pingone: PingOne, connections: Collection
) -> None:
    """Source: assumed, the vendor's scripts read, edit and write whole objects."""
    body = product.admin.pingone_connection_body(pingone.add_credential())
    stored = by_proxy(connections.create({**body, "useProxy": True}))
    silent = {key: stored[key] for key in stored if key != "useProxy"}

    expect_saved(connections.update(stored["id"], json=silent))

    expect_equal(connections.stored(stored["id"]).get("useProxy"), False, "useProxy")
