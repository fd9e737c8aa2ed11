"""What a new tenant holds: organisation, environments, workers, predictors; once per seed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.clock import EPOCH_S, iso
from fakes.pingone.auth.signing_keys import first_key
from fakes.pingone.platform import assignments, bills, organization_seeds
from fakes.pingone.platform.directory_seeds import directory
from fakes.pingone.protect.seeds import default_policy_set, default_predictors
from fakes.seed import Stream

if TYPE_CHECKING:
    from fakes.store import Snapshot

ROLES = ("Environment Admin", "Identity Data Admin")
"""Roles that the seeded workers have in the first environment."""

CREATED = iso(EPOCH_S - 90 * 86_400)
"""When everything seeded was made: a quarter before the clock starts."""


class Place(NamedTuple):
    """Where an address is, as far as Protect knows."""

    latitude: float
    longitude: float
    city: str
    country: str


class Seeded(NamedTuple):
    """The tenant of one seed; rows are shared and never changed."""

    organization_id: str
    organization_name: str
    environment_id: str
    second_environment_id: str
    client_id: str
    client_secret: str
    post_client_id: str
    post_client_secret: str
    admin_client_id: str
    admin_client_secret: str
    kid: str
    places: tuple[Place, ...]
    rows: Snapshot

    def __repr__(self) -> str:
        return f"Seeded(environment_id={self.environment_id!r}, …)"


@lru_cache(maxsize=64)
def seeded(seed: int) -> Seeded:
    """The tenant that `seed` stands for."""
    from faker import Faker  # noqa: PLC0415 - tenths of a second, once per seed

    faker = Faker("en_US")
    faker.seed_instance(seed)
    stream = Stream(seed, "pingone/tenant")
    organization = {"id": stream.uuid(), "name": faker.unique.company()}
    first = _environment(stream, f"{faker.unique.company()} Production", "PRODUCTION", organization)
    second = _environment(stream, f"{faker.unique.company()} Sandbox", "SANDBOX", organization)
    worker = _worker(stream, first["id"], "CLIENT_SECRET_BASIC", "Worker")
    other = _worker(stream, first["id"], "CLIENT_SECRET_POST", "Worker that posts its secret")
    apart = Stream(seed, "pingone/organization")
    admin = _worker(apart, first["id"], "CLIENT_SECRET_BASIC", "Organization administrator")
    roles = organization_seeds.roles(apart)
    usual = [roles[name] for name in ROLES]
    predictors = default_predictors(stream, first["id"], CREATED)
    policy_set = default_policy_set(stream, first["id"], CREATED)
    kid = stream.uuid()
    second_kid = Stream(seed, "pingone/kid/pingone-tokens-b").uuid()
    return Seeded(
        organization["id"],
        organization["name"],
        first["id"],
        second["id"],
        worker["id"],
        worker["secret"],
        other["id"],
        other["secret"],
        admin["id"],
        admin["secret"],
        kid,
        _places(faker),
        {
            "environments": {row["id"]: row for row in (first, second)},
            "applications": {row["id"]: row for row in (worker, other, admin)},
            "roles": roles,
            "organizations": {
                organization["id"]: organization_seeds.organization(organization, CREATED)
            },
            "licenses": organization_seeds.licenses((first, second)),
            bills.TABLE: {
                row["id"]: bills.first(row["id"], products)
                for row, products in zip((first, second), organization_seeds.PRODUCTS, strict=True)
            },
            assignments.TABLE: organization_seeds.holdings(
                apart,
                (
                    (worker, usual, (first["id"], "ENVIRONMENT")),
                    (other, usual, (first["id"], "ENVIRONMENT")),
                    (admin, roles.values(), (organization["id"], "ORGANIZATION")),
                ),
            ),
            "riskPredictors": {row["id"]: row for row in predictors},
            "riskPolicySets": {policy_set["id"]: policy_set},
            "signingKeys": {
                first["id"]: first_key(first["id"], kid, "pingone-tokens"),
                second["id"]: first_key(second["id"], second_kid, "pingone-tokens-b"),
            },
            **directory(Stream(seed, "pingone/directory"), (first["id"], second["id"]), CREATED),
        },
    )


def _environment(
    stream: Stream, name: str, kind: str, organization: dict[str, str]
) -> dict[str, Any]:
    return {
        "id": stream.uuid(),
        "name": name,
        "organization": {"id": organization["id"]},
        "type": kind,
        "license": {"id": stream.uuid()},
        "status": "ACTIVE",
        "createdAt": CREATED,
        "updatedAt": CREATED,
    }


def _worker(stream: Stream, environment_id: str, method: str, name: str) -> dict[str, Any]:
    return {
        "id": stream.uuid(),
        "environment": {"id": environment_id},
        "name": name,
        "enabled": True,
        "type": "WORKER",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["CLIENT_CREDENTIALS"],
        "tokenEndpointAuthMethod": method,
        "createdAt": CREATED,
        "updatedAt": CREATED,
        "secret": stream.token(64),
    }


def _places(faker: Any) -> tuple[Place, ...]:
    """Eight places; the name of a country is in small letters (create risk evaluation page)."""
    from faker.providers.date_time import Provider  # noqa: PLC0415 - once per seed

    countries = {one.alpha_2_code: one.name.lower() for one in Provider.countries}
    drawn = (faker.location_on_land() for _ in range(8))
    return tuple(
        Place(float(lat), float(long), city, countries.get(code, ""))
        for lat, long, city, code, _ in drawn
    )
