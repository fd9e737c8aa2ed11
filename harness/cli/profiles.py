"""Hypothesis profiles: `ci` draws the same every time, `deep` goes on looking.

Hypothesis draws constants of the modules that are loaded: a test would draw otherwise alone than
among others, and installed otherwise than in a checkout. `ci` goes without them.
What `deep` found is kept beside the tests, and with PACONFORM_HYPOTHESIS_REDIS in a Redis as well,
so that other machines begin with it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import BackgroundWriteDatabase, MultiplexedDatabase
from hypothesis.internal import constants_ast
from hypothesis.internal.conjecture import providers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.database import ExampleDatabase
    from redis import Redis

PROFILE, REDIS = "PACONFORM_HYPOTHESIS_PROFILE", "PACONFORM_HYPOTHESIS_REDIS"

COMMON: Mapping[str, Any] = {
    "deadline": None,
    "report_multiple_bugs": False,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}

PATIENCE_S = 5

LOOKED_FOR = "_get_local_constants"
"""What Hypothesis asks for constants of modules. There is no setting for it, so that a version that
has it no more draws as it likes; the tests tell."""

_of_loaded_modules = getattr(providers, LOOKED_FOR, None)
_none = getattr(constants_ast, "Constants", None)


def load(environment: Mapping[str, str] = os.environ) -> None:
    """Both profiles, and in force the one that PACONFORM_HYPOTHESIS_PROFILE names (else `ci`).

    UsageError where it names none, or where the Redis cannot be used.
    """
    name, url = environment.get(PROFILE, "ci"), environment.get(REDIS)
    if name not in ("ci", "deep"):
        raise pytest.UsageError(f"{PROFILE}: {name[:40]!r} is none of ci, deep")
    settings.register_profile("ci", derandomize=True, database=None, **COMMON)
    own = settings.get_profile("default").database
    database = shared(own, _redis(url)) if url and name == "deep" else own
    settings.register_profile("deep", max_examples=1_000, database=database, **COMMON)
    settings.load_profile(name)
    if _of_loaded_modules and _none:
        setattr(providers, LOOKED_FOR, _none if name == "ci" else _of_loaded_modules)


def shared(own: ExampleDatabase | None, redis: Redis) -> ExampleDatabase:
    """Both databases at once; nobody waits for what is written to the Redis."""
    from hypothesis.extra.redis import RedisExampleDatabase  # noqa: PLC0415 - of an extra

    theirs = BackgroundWriteDatabase(RedisExampleDatabase(redis))
    return theirs if own is None else MultiplexedDatabase(own, theirs)


def _redis(url: str) -> Redis:
    """A Redis that answers; the address may hold a password and is not shown."""
    try:
        from redis import Redis, RedisError  # noqa: PLC0415 - of an extra
    except ImportError:
        raise pytest.UsageError(
            f"{REDIS}: the package redis is not there; pip install '.[shared]' in the clone"
        ) from None
    try:
        found = Redis.from_url(url, socket_connect_timeout=PATIENCE_S, socket_timeout=PATIENCE_S)
        found.ping()
    except ValueError:
        raise pytest.UsageError(
            f"{REDIS}: no address of a Redis; it looks like redis://HOST:6379/0"
        ) from None
    except RedisError as error:
        raise pytest.UsageError(
            f"{REDIS}: the Redis cannot be used ({type(error).__name__}); start it, or unset this"
        ) from None
    return found
