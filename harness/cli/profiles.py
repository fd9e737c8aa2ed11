"""Hypothesis profiles: `ci` draws the same every time, `deep` goes on looking."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

COMMON = {
    "deadline": None,
    "report_multiple_bugs": False,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def load() -> None:
    """Both profiles, and in force the one that PACONFORM_HYPOTHESIS_PROFILE names (else `ci`)."""
    settings.register_profile("ci", derandomize=True, database=None, **COMMON)  # type: ignore[arg-type]
    settings.register_profile("deep", max_examples=1_000, **COMMON)  # type: ignore[arg-type]
    settings.load_profile(os.environ.get("PACONFORM_HYPOTHESIS_PROFILE", "ci"))
