"""The strict reader agrees with the label of every mutation."""

from __future__ import annotations

import json

import pytest

from harness import jose
from harness.decoder import judge
from harness.mutations import MUTATIONS, Judge, Mutation, Verdict, by_id, spoil
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

KEY = ISSUER_KEY.public_key()
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
    signer = jose.nobody if mutation.judge is Judge.ISSUER else ISSUER

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
    assert judge(spoil(CREDENTIAL, mutation, signer=ISSUER).text, key=KEY).complaints == ()


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
