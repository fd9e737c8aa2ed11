"""What a new tenant holds: organisation, environments, workers, predictors; once per seed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.clock import EPOCH_S, iso
from fakes.pingone.auth.signing_keys import first_key
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
    roles = {name: {"id": stream.uuid(), "name": name} for name in ROLES}
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
        kid,
        _places(faker),
        {
            "environments": {row["id"]: row for row in (first, second)},
            "applications": {row["id"]: row for row in (worker, other)},
            "roles": {name: dict(role) for name, role in roles.items()},
            "roleAssignments": {
                row["id"]: {"assignments": _assignments(stream, roles, first["id"])}
                for row in (worker, other)
            },
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


def _assignments(
    stream: Stream, roles: dict[str, dict[str, str]], environment_id: str
) -> list[dict[str, Any]]:
    return [assignment(stream.uuid(), role, environment_id) for role in roles.values()]


def assignment(key: str, role: dict[str, str], environment_id: str) -> dict[str, Any]:
    """A role assignment whose scope is one environment."""
    return {
        "id": key,
        "role": {"id": role["id"]},
        "name": role["name"],
        "scope": {"id": environment_id, "type": "ENVIRONMENT"},
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
