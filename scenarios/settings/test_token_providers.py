"""Token providers: who issues tokens, and what the product learns of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from harness.checks import (
    expect_deleted,
    expect_equal,
    expect_members,
    expect_refused,
    expect_saved,
    expect_unchanged,
)
from harness.product import PingOne, Product
from scenarios.collection import UNKNOWN_NUMBER

Json = dict[str, Any]

PROVIDERS = ("pingone4c", "oidc_provider", "admin_token_provider", "pingfederate_runtime")
"""Settings that name an issuer (admin API 7.3, the members issuer)."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One token provider of a product, and a body that names PingOne."""

    read: Callable[..., httpx.Response]
    update: Callable[..., httpx.Response]
    reset: Callable[..., httpx.Response]
    metadata: Callable[..., httpx.Response]
    body: Json

    def stored(self) -> Json:
        """The setting as it is now."""
        return expect_saved(self.read())


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest, product: Product, pingone: PingOne) -> Provider:
    """One token provider, on a product that may be changed."""
    product.restorable("changes who issues tokens")
    api, noun = product.api, request.param
    body = {
        "issuer": expect_saved(pingone.api.openid_configuration())["issuer"],
        "description": "PingOne",
        "trustedCertificateGroupId": product.admin.pingone_trust(),
    }
    if noun == "admin_token_provider":
        body |= {"sslProtocols": [], "sslCiphers": []}
    return Provider(
        getattr(api, f"get_{noun}"),
        getattr(api, f"update_{noun}"),
        getattr(api, f"delete_{noun}"),
        getattr(api, f"get_{noun}_metadata"),
        body,
    )


@pytest.mark.requirement("PA-SET-012")
def test_an_issuer_is_stored_and_reset(provider: Provider) -> None:
    """Source: admin API 7.3, the operations of token providers (200; reset to defaults)."""
    first = provider.stored()

    saved = expect_saved(provider.update(json=provider.body))

    expect_members(saved, provider.body, "the answer")
    expect_equal(provider.stored(), saved, "what is read")
    expect_deleted(provider.reset())
    expect_equal(provider.stored(), first, "the setting after its reset")


@pytest.mark.requirement("PA-SET-012")
def test_a_provider_without_an_issuer_is_refused(provider: Provider) -> None:
    """Source: admin API 7.3, issuer (required); that the refusal names it is assumed."""
    saved = expect_saved(provider.update(json=provider.body))

    for body in (
        {**provider.body, "issuer": None},
        {key: value for key, value in provider.body.items() if key != "issuer"},
    ):
        expect_refused(provider.update(json=body), field="issuer")

    expect_unchanged(saved, provider.stored(), "the setting")


@pytest.mark.requirement("PA-SET-013")
def test_the_metadata_are_those_that_the_issuer_publishes(
    provider: Provider, pingone: PingOne
) -> None:
    """Source: admin API 7.3, OIDCProviderMetadata; OpenID Connect Discovery 1.0 section 4."""
    published = expect_saved(pingone.api.openid_configuration())
    expect_saved(provider.update(json=provider.body))

    shown = expect_saved(provider.metadata())

    wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    expect_members(shown, {name: published[name] for name in wanted}, "the metadata")


@pytest.mark.requirement("PA-SET-008")
def test_a_provider_trusts_only_a_group_that_exists(provider: Provider) -> None:
    """Source: assumed; no document names the refusal."""
    saved = expect_saved(provider.update(json=provider.body))
    member = "trustedCertificateGroupId"

    answer = provider.update(json={**provider.body, member: UNKNOWN_NUMBER})

    expect_refused(answer, field=member)
    expect_unchanged(saved, provider.stored(), "the setting")


@pytest.mark.requirement("PA-SET-009")
def test_a_group_that_a_provider_trusts_cannot_be_deleted(
    product: Product, provider: Provider
) -> None:
    """Source: assumed, general rule of the product family for objects in use."""
    group = product.admin.add_trusted_certificate_group()
    saved = expect_saved(provider.update(json=provider.body))
    moved = {**provider.body, "trustedCertificateGroupId": group["id"]}
    expect_saved(provider.update(json=moved))

    expect_refused(product.api.delete_trusted_certificate_group(group["id"]))

    expect_saved(product.api.get_trusted_certificate_group(group["id"]))
    expect_equal(expect_saved(provider.update(json=provider.body)), saved, "the setting")
    expect_deleted(product.api.delete_trusted_certificate_group(group["id"]))


@pytest.mark.requirement("PA-SET-014")
def test_a_pingfederate_that_cannot_be_reached_is_not_saved(product: Product) -> None:
    """Source: pa_configuring_pf_administration (tested at save, not saved where it fails)."""
    product.restorable("changes where PingFederate is administered")
    before = expect_saved(product.api.get_pingfederate_admin())
    body = {
        "host": "pingfederate.invalid",
        "port": 9999,
        "adminUsername": "administrator",
        "adminPassword": product.admin.hidden("pingfederate-password"),
    }

    answer = product.api.update_pingfederate_admin(json=body)

    expect_refused(answer)
    expect_unchanged(before, expect_saved(product.api.get_pingfederate_admin()), "the setting")
