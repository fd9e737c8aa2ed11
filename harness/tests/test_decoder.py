"""The strict reader agrees with the label of every mutation."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from joserfc import jwe
from joserfc.jwk import ECKey

from harness import elliptic, jose
from harness.mutations import MUTATIONS, Judge, Mutation, Verdict, by_id, relative, spoil
from harness.mutations.rows import STRANGER_TRUSTED
from harness.tests.decoder import judge, judge_jws
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY, folder, vectors

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

KEY = ISSUER_KEY.public_key()
STRANGER = elliptic.stranger_key().public_key()
REJECTED = [mutation for mutation in MUTATIONS if mutation.verdict is Verdict.REJECT]
ACCEPTED = [mutation for mutation in MUTATIONS if mutation.verdict is Verdict.ACCEPT]
OPEN = [m for m in MUTATIONS if m not in REJECTED and m not in ACCEPTED]


def test_a_credential_is_accepted() -> None:
    assert judge(CREDENTIAL, key=KEY).complaints == ()


def test_a_credential_of_an_own_origin_is_accepted_only_when_it_is_given() -> None:
    draft = jose.read(CREDENTIAL)
    claims = jose.having(draft.claims, "aud", "https://localhost:1")
    claims = jose.having(claims, "authUrl", "https://localhost:2")
    token = jose.edited_claims(draft, claims).compact(ISSUER)
    origins = frozenset({"https://localhost:1", "https://localhost:2"})

    assert judge(token, origins=origins).accepted
    assert len(judge(token).complaints) == 2


@pytest.mark.parametrize("mutation", REJECTED, ids=lambda mutation: mutation.id)
def test_what_must_be_rejected_is_rejected(mutation: Mutation) -> None:
    """Even when PingOne itself had signed the header and claims that it edits."""
    signer = ISSUER if mutation.plain else jose.nobody

    assert not judge(spoil(CREDENTIAL, mutation, signer=signer).text, key=KEY).accepted


@pytest.mark.parametrize(
    "mutation",
    [mutation for mutation in REJECTED if mutation.judge is Judge.READER],
    ids=lambda mutation: mutation.id,
)
def test_what_the_reader_can_see_needs_no_key(mutation: Mutation) -> None:
    assert not judge(spoil(CREDENTIAL, mutation).text).accepted


@pytest.mark.parametrize("mutation", ACCEPTED, ids=lambda mutation: mutation.id)
def test_what_must_be_accepted_is_accepted_under_the_issuers_signature(mutation: Mutation) -> None:
    """Under the stranger's, where the row asks for a reader that trusts it."""
    key = STRANGER if mutation.needs == STRANGER_TRUSTED else KEY
    token = spoil(CREDENTIAL, mutation, signer=ISSUER).text

    assert judge(token, key=key, now_s=relative.ISSUED).complaints == ()


UNTIMELY = {"JWT-TIM-001", "JWT-TIM-011", "JWT-VBW-004", "JWT-VBW-013"}


@pytest.mark.parametrize(
    "mutation", [m for m in REJECTED if m.kind in UNTIMELY], ids=lambda mutation: mutation.id
)
def test_a_wrong_time_is_rejected_under_the_issuers_signature(mutation: Mutation) -> None:
    token = spoil(CREDENTIAL, mutation, signer=ISSUER).text

    assert judge(token, key=KEY).accepted
    assert not judge(token, key=KEY, now_s=relative.ISSUED).accepted


@pytest.mark.parametrize(("after_s", "accepted"), [(-61, False), (-60, False), (-59, True)])
def test_the_leeway_has_two_sides(after_s: int, accepted: bool) -> None:
    draft = relative.time_claim(jose.read(CREDENTIAL), "exp", after_s)

    assert judge(draft.compact(ISSUER), key=KEY, now_s=relative.ISSUED).accepted is accepted


PAYLOAD = CREDENTIAL.split(".")[1]
UNSECURED = jose.b64url(b'{"alg":"none"}')


@pytest.mark.parametrize(
    ("mutation", "inside"),
    [
        ("JWT-SER-008.none", f"{UNSECURED}.{PAYLOAD}."),
        ("JWT-SER-009.claims", jose.unb64url(PAYLOAD).decode()),
        ("JWT-SER-014.token", CREDENTIAL),
    ],
)
def test_what_is_sealed_can_be_opened_by_a_library(mutation: str, inside: str) -> None:
    secret = jose.b64url(elliptic.SCALAR.to_bytes(32, "big"))
    key = ECKey.import_key({**elliptic.public_jwk(), "d": secret})

    opened = jwe.decrypt_compact(spoil(CREDENTIAL, by_id(mutation)).text, key)

    assert (opened.plaintext or b"").decode() == inside


@pytest.mark.parametrize(
    "mutation",
    [mutation for mutation in MUTATIONS if mutation.resigns],
    ids=lambda mutation: mutation.id,
)
def test_no_edit_of_header_or_claims_passes_without_the_issuers_key(mutation: Mutation) -> None:
    assert mutation.refused_from_us
    assert not judge(spoil(CREDENTIAL, mutation).text, key=KEY).accepted


@pytest.mark.parametrize("mutation", OPEN, ids=lambda mutation: mutation.id)
def test_what_is_open_is_judged_without_an_error(mutation: Mutation) -> None:
    assert isinstance(judge(spoil(CREDENTIAL, mutation, signer=ISSUER).text).complaints, tuple)


def test_the_complaint_names_the_part_and_not_the_token() -> None:
    spoiled = spoil(CREDENTIAL, by_id("JWT-B64-006.3f"))

    complaints = judge(spoiled.text).complaints

    assert complaints == ("payload: characters outside of base64url",)
    assert not any(secret in complaint for secret in spoiled.secrets for complaint in complaints)


@pytest.mark.parametrize("depth", [8, 31, 33, 100_000])
def test_depth_is_bounded_before_the_json_reader_sees_it(depth: int) -> None:
    draft = jose.read(CREDENTIAL)
    deep = jose.Raw("[" * depth + "]" * depth)
    token = jose.edited_claims(draft, (*draft.claims, ("x", deep))).compact(ISSUER)

    assert judge(token, key=KEY).accepted is (depth < 32)


def test_all_faults_of_the_claims_are_told_at_once() -> None:
    draft = jose.read(CREDENTIAL)
    token = jose.edited_claims(draft, (("iss", "x"),)).compact(ISSUER)

    assert {complaint.split(":")[0] for complaint in judge(token).complaints} == {
        "environmentId",
        "gatewayId",
        "jti",
        "gatewayType",
        "iss",
        "aud",
        "authUrl",
        "iat",
    }


def test_the_base_token_of_these_tests_has_the_documented_claims() -> None:
    assert json.loads(jose.unb64url(CREDENTIAL.split(".")[1]))["gatewayType"] == "PING_FEDERATE"


# --- public vectors, where they are beside the project ---------------------------------------

WYCHEPROOF = "wycheproof_json_web_signature.json"


def _wycheproof(alg: str) -> list[tuple[Any, str, str]]:
    """Key, token and verdict of every case whose key is for this algorithm."""
    groups = vectors(WYCHEPROOF)["testGroups"]
    cases = [
        (group.get("public") or group["private"], case)
        for group in groups
        for case in group["tests"]
    ]
    return [
        (key, case["jws"], case["result"])
        for key, case in cases
        if key.get("alg") == alg and isinstance(case.get("jws"), str)
    ]


def _public_key(jwk: Any) -> RSAPublicKey:
    n, e = (int.from_bytes(jose.unb64url(jwk[member]), "big") for member in ("n", "e"))
    return RSAPublicNumbers(e, n).public_key()


def test_signatures_are_judged_as_wycheproof_does() -> None:
    """Modified padding, signatures and payloads, missing parts, other algorithms: 233 cases."""
    cases = _wycheproof("RS256")
    wrong = [
        (token[:60], result)
        for key, token, result in cases
        if (judge_jws(token, key=_public_key(key)) == ()) is not (result == "valid")
    ]

    assert len(cases) > 200
    # a JWS without a payload is legal, and no JWT (RFC 7519 section 7.2, 10)
    assert [token.count("..") for token, _ in wrong] == [1] * len(wrong)


def _curve_key(jwk: Any) -> EllipticCurvePublicKey:
    x, y = (int.from_bytes(jose.unb64url(jwk[member]), "big") for member in ("x", "y"))
    return EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()


def test_elliptic_signatures_are_judged_as_wycheproof_does() -> None:
    """R and S at their edges, of other lengths, in DER: every case whose key is for ES256."""
    cases = [(key, *rest) for key, *rest in _wycheproof("ES256") if key.get("crv") == "P-256"]
    wrong = [
        (token[:60], result)
        for key, token, result in cases
        if (judge_jws(token, key=_curve_key(key)) == ()) is not (result == "valid")
    ]

    assert len(cases) > 30
    # a JWS without a payload is legal, and no JWT; a key for encryption is not known to the reader
    assert [token for token, _ in wrong if token.count("..") != 1] == []


def test_base64url_is_judged_as_wycheproof_does() -> None:
    """Of the HMAC cases only the form is judged: a signature cannot be without its key."""
    cases = _wycheproof("HS256")
    valid = [judge_jws(token) for _, token, result in cases if result == "valid"]
    foreign = [token for _, token, result in cases if result == "invalid" and _dirty(token)]

    assert set(valid) == {("alg: not RS256",)}
    assert foreign
    assert {"alg: not RS256" in judge_jws(token) for token in foreign} == {False}


def _dirty(token: str) -> bool:
    return re.fullmatch(r"[\w-]+(\.[\w-]+){2}", token, re.ASCII) is None


Place: TypeAlias = "Callable[[bytes], tuple[str, ...]]"

SUITE = "JSONTestSuite/test_parsing"


def _as_header(data: bytes) -> tuple[str, ...]:
    draft = replace(jose.read(CREDENTIAL), header_bytes=data, signature=None)
    return judge(draft.compact(ISSUER), key=KEY).complaints


def _as_payload(data: bytes) -> tuple[str, ...]:
    draft = replace(jose.read(CREDENTIAL), payload_bytes=data, signature=None)
    return judge(draft.compact(ISSUER), key=KEY).complaints


PLACES = pytest.mark.parametrize("place", [_as_header, _as_payload], ids=["header", "payload"])
UNREAD = re.compile(r"size|(header|payload): (no JSON|empty|nested|a number|-?\w+ is no JSON)")


@PLACES
def test_what_the_json_test_suite_calls_no_json_is_not_read(place: Place) -> None:
    said = {path.name: place(path.read_bytes()) for path in folder(f"{SUITE}/n_*.json")}

    assert len(said) > 100
    assert [name for name, complaints in said.items() if not UNREAD.match(complaints[0])] == []


@PLACES
def test_objects_of_the_json_test_suite_are_read_and_other_values_are_not(place: Place) -> None:
    """An object that has a name twice is read by others and refused here (RFC 7515 section 4)."""
    said = {path.name: place(path.read_bytes())[0] for path in folder(f"{SUITE}/y_*.json")}
    objects = {name for name in said if name.startswith("y_object")}
    read = {name for name, complaint in said.items() if not UNREAD.match(complaint)}

    assert len(objects) > 5
    assert read == objects
    assert {name for name in read if "twice" in said[name]} == {
        name for name in objects if "duplicated" in name
    }


@PLACES
def test_what_the_json_test_suite_leaves_open_is_judged_without_an_error(place: Place) -> None:
    assert all(place(path.read_bytes()) for path in folder(f"{SUITE}/i_*.json"))


def test_no_naughty_string_is_a_token_or_breaks_the_reader() -> None:
    for text in vectors("blns/blns.json"):
        assert judge(text).complaints
        draft = jose.read(CREDENTIAL)
        header = jose.edited_header(draft, jose.having(draft.header, "kid", text))
        claims = jose.edited_claims(draft, jose.having(draft.claims, "gatewayName", text))
        assert judge(header.compact(ISSUER), key=KEY).complaints == ()
        assert judge(claims.compact(ISSUER), key=KEY).claims["gatewayName"] == text


def test_no_paseto_is_a_token() -> None:
    for path in folder("paseto/*.json"):
        for case in json.loads(path.read_text("utf-8"))["tests"]:
            assert judge(case["token"]).complaints


def test_no_jwe_of_the_cookbook_is_a_token() -> None:
    for path in folder("ietf-jose-cookbook/jwe/*.json"):
        output = json.loads(path.read_text("utf-8"))["output"]
        assert all(judge(json.dumps(form)).complaints for form in output.values())
        assert judge(output.get("compact", "")).complaints


def test_no_other_form_of_a_jws_of_the_cookbook_is_a_token() -> None:
    """JSON serializations, detached and unencoded payloads: all are legal, and none is a JWT."""
    for path in folder("ietf-jose-cookbook/**/*.json"):
        output = json.loads(path.read_text("utf-8")).get("output", {})
        for name, form in output.items() if isinstance(output, dict) else ():
            if name != "compact":
                assert judge(json.dumps(form)).complaints
            elif isinstance(form, str):
                assert judge(form).complaints  # their payloads are no claims of a credential


@PLACES
def test_what_json_readers_take_differently_is_refused_or_read_once(place: Place) -> None:
    """Names twice, numbers that no double holds, half surrogate pairs: never an error."""
    said = {
        path.name: place(path.read_bytes()) for path in folder("JSONTestSuite/test_transform/*")
    }

    assert len(said) > 15
    assert all(said.values())
    twice = [name for name in said if "duplicated" in name or "same_key" in name]
    assert twice
    assert all("a name stands twice" in said[name][0] for name in twice)
