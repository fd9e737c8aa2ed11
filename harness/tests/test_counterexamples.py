"""The file of counterexamples fits its schema, and the strict reader says what it says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from harness import jose
from harness.bulk import Bulk, written
from harness.counterexamples import FILE, Counterexample, counterexamples
from harness.tests.decoder import judge
from harness.tests.tokens import CREDENTIAL, ISSUER, ISSUER_KEY

KEY = ISSUER_KEY.public_key()


def test_the_file_fits_its_schema() -> None:
    held = json.loads(FILE.read_text("utf-8"))
    schema = json.loads(FILE.with_suffix(".schema.json").read_text("utf-8"))
    tests = [test for group in held["testGroups"] for test in group["tests"]]

    Draft202012Validator.check_schema(schema)
    assert [*Draft202012Validator(schema).iter_errors(held)] == []
    assert [test["tcId"] for test in tests] == [*range(1, held["numberOfTests"] + 1)]
    assert {flag for test in tests for flag in test["flags"]} == set(held["notes"])


@pytest.mark.parametrize("signer", [jose.nobody, ISSUER], ids=["nobody", "issuer"])
@pytest.mark.parametrize("one", counterexamples(), ids=lambda one: written(one.recipe))
def test_the_strict_reader_says_the_same(one: Counterexample, signer: jose.Signer) -> None:
    bulk = Bulk(CREDENTIAL, signer=signer)
    _, text = bulk.texts(one.recipe)

    assert bulk.must_be_refused(one.recipe, text) is (one.result == "invalid")
    assert one.result == "acceptable" or judge(text, key=KEY).accepted is one.valid
