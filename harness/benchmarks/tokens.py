"""Ratios of writing spoiled tokens: in bulk against raw signing, posted against only drawn."""

from __future__ import annotations

from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import HealthCheck, given, seed, settings

from harness import elliptic, jose
from harness.bulk import Bulk
from harness.cli.targets import Embedded, Wanted
from harness.recorder import Record
from harness.strategies.tokens import malformed

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.jose import Signer
    from harness.strategies.tokens import Case

EXAMPLES = 600
WARM = 4_000
"""Tokens that are written before it counts: a campaign is long."""

CLAIMS = (
    ("aud", "https://api.pingone.com"),
    ("authUrl", "https://auth.pingone.com"),
    ("environmentId", "3c8f6f4c-9f0a-4a53-9d5e-0a7d7b1f2c11"),
    ("gatewayId", "5d1a7e0b-2f64-4c0e-8d39-6b1f0c9e7a22"),
    ("gatewayType", "PING_FEDERATE"),
    ("iat", 1_767_225_600),
    ("iss", "wss://gateways.pingone.com"),
    ("jti", "7e2b8f1c-3a75-4d1f-9e4a-7c2f1d0e8b33"),
)


def token_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    rsa = jose.rs256_signer(generate_private_key(65537, 2048))
    curve = elliptic.es256_signer(elliptic.stranger_key())
    secret = jose.hmac_signer(32 * b"k")
    return [
        ("spoiled tokens / raw signing, HS256", bulk(secret, "HS256", 6_000, rounds), 0.1, False),
        ("spoiled tokens / raw signing, ES256", bulk(curve, "ES256", 3_000, rounds), 0.5, False),
        ("spoiled tokens / raw signing, RS256", bulk(rsa, "RS256", 500, rounds), 0.5, False),
        ("property that posts one token / draws it (rate)", posted(rounds), 0.6, False),
    ]


def bulk(signer: Signer, alg: str, tokens: int, rounds: int) -> float:
    """Rate of tokens in bulk over that of signatures alone."""
    base = jose.Draft(header=(("alg", alg),), claims=CLAIMS).compact(signer)
    covered = base.rpartition(".")[0].encode("ascii")
    made = Bulk(base, seed=1, signer=signer)
    for number in range(WARM if alg == "HS256" else WARM // 4):
        made.texts(made.recipe(number))

    def writing(start: int) -> None:
        for number in range(start, start + tokens):
            made.texts(made.recipe(number))

    def signing() -> None:
        for _ in range(tokens):
            signer(covered)

    rates = [
        _seconds(signing) / _seconds(partial(writing, WARM + n * tokens)) for n in range(rounds)
    ]
    return median(rates)


def posted(rounds: int) -> float:
    """Rate of a property that saves one malformed credential, over one that only draws it."""
    target = Embedded(Wanted("embedded", None, 0, "bench"))
    target.fresh()
    scenario = target.session.scenario(Record("bench"))
    credential = scenario.pingone.add_credential()
    body = scenario.product.admin.pingone_connection_body(credential)
    save = scenario.product.api.add_pingone_connection

    def without(case: Case) -> None:
        assert case.token is not None  # noqa: S101

    def posting(case: Case) -> None:
        answer = save(json={**body, "credential": {"value": case.token}})
        assert answer.is_client_error  # noqa: S101

    def timed(number: int, example: Callable[[Case], None]) -> float:
        drawn = _settings(given(malformed(credential.token))(example))
        return _seconds(seed(number)(drawn))

    ratios = [timed(n, without) / timed(n, posting) for n in range(rounds + 1)]
    return median(ratios[1:])


_settings = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def _seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started
