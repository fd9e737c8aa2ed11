"""What verdicts and grades are called and mean, in every report."""

from __future__ import annotations

NOT_RUN = "not_run"
WORST_FIRST = (
    "nonconformant",
    "harness_error",
    "refuted",
    "warning",
    "conformant",
    "not_measured",
    NOT_RUN,
)
"""A requirement has the first of these that any of its scenarios came to."""

ATTENTION = ("nonconformant", "refuted", "warning", "harness_error", "not_measured")
"""What a reader has to look at, the most important first."""

WORDS = {
    "conformant": "conformant",
    "nonconformant": "nonconformant",
    "refuted": "refuted",
    "warning": "warning",
    "harness_error": "harness error",
    "not_measured": "not measured",
    NOT_RUN: "not run",
}

MEANINGS = {
    "conformant": "every scenario that measured it found what is required",
    "nonconformant": "a MUST is broken: the product's fault",
    "refuted": "our own assumption is wrong on this product: not the product's fault",
    "warning": "a SHOULD or MAY is not followed",
    "harness_error": "the suite or its set-up failed: no verdict on the product",
    "not_measured": "this target cannot show it, or a scenario stopped before it",
    NOT_RUN: "no scenario of this run asks for it",
}

GRADES = {
    "documented": "a vendor document or a specification says so",
    "observed": "a capture of the real product shows it",
    "assumed": "a guess, with its reason: a live product that does otherwise refutes it",
}
