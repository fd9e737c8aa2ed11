"""What a run means: requirements, areas, the verdict in a sentence."""

from __future__ import annotations

import msgspec
import pytest

from harness.evidence import Run, RunEnd
from reports.model import Findings
from reports.tests.runs import CATALOGUE, HEADER, findings, mixed, scenario
from reports.words import WORST_FIRST


def verdicts(found: Findings) -> dict[str, str]:
    return {key: row.verdict for key, row in found.rows.items()}


def test_a_requirement_is_as_its_worst_scenario_says() -> None:
    assert verdicts(mixed()) == {
        "PA-CONN-001": "nonconformant",
        "PA-CONN-002": "warning",
        "PA-CONN-003": "refuted",
        "FLOW-001": "harness_error",
        "FLOW-002": "not_measured",
    }


@pytest.mark.parametrize("verdict", WORST_FIRST[1:5])
def test_one_broken_scenario_outweighs_any_other(verdict: str) -> None:
    found = findings(scenario(verdict), scenario("nonconformant"), scenario(verdict))

    assert found.rows["PA-CONN-001"].verdict == "nonconformant"


def test_what_one_scenario_measured_is_measured() -> None:
    found = findings(scenario("not_measured"), scenario("conformant"))

    assert found.rows["PA-CONN-001"].verdict == "conformant"


def test_a_scenario_that_stopped_at_one_requirement_measured_no_other() -> None:
    found = findings(scenario("nonconformant", "PA-CONN-001", "FLOW-002"))

    [part] = found.rows["FLOW-002"].parts
    assert (part.verdict, part.note) == ("not_measured", "stopped at PA-CONN-001")


def test_a_check_of_another_requirement_counts_there() -> None:
    one = scenario("nonconformant", "PA-CONN-001")
    assert one.failure is not None
    one.failure.requirement = "FLOW-002"

    found = findings(one)

    assert found.rows["FLOW-002"].verdict == "nonconformant"
    assert found.rows["PA-CONN-001"].verdict == "not_measured"
    assert [row.id for row, _ in found.broken("nonconformant")] == ["FLOW-002"]


def test_a_requirement_that_no_scenario_asked_for_is_not_run() -> None:
    assert findings(scenario()).rows["FLOW-001"].verdict == "not_run"


def test_a_requirement_of_another_version_is_kept_apart() -> None:
    found = findings(scenario("nonconformant", "OLD-001"))

    assert found.rows["OLD-001"].verdict == "nonconformant"
    assert [area.title for area in found.areas] == ["Connections", "Flow", "Other"]


def test_broken_requirements_stand_in_the_order_of_the_catalogue() -> None:
    found = findings(scenario("nonconformant", "FLOW-002"), scenario("nonconformant"))

    assert [row.id for row, _ in found.broken("nonconformant")] == ["PA-CONN-001", "FLOW-002"]


def test_reasons_are_grouped_the_most_frequent_first() -> None:
    found = findings(
        scenario("not_measured", reason="rare"),
        *(scenario("not_measured", reason="often", number=n) for n in range(3)),
    )

    assert [(one.reason, len(one.results)) for one in found.groups("not_measured")] == [
        ("often", 3),
        ("rare", 1),
    ]


ALL = [scenario("conformant", key) for key in CATALOGUE]


@pytest.mark.parametrize(
    ("fakes", "sentence"),
    [
        ([], "The product conforms."),
        (["PingOne"], "The product conforms."),
        (["PingAccess", "PingOne"], "The fakes conform."),
    ],
)
def test_fakes_behind_live_settings_are_no_product(fakes: list[str], sentence: str) -> None:
    header = msgspec.structs.replace(HEADER, fakes=fakes)
    end = RunEnd(ended="", counts={})

    found = Findings(Run(header=header, scenarios=ALL, end=end, damaged=[]), CATALOGUE)

    assert found.headline.sentence == sentence


STOPPED = RunEnd(ended="", counts={}, interrupted=True)


@pytest.mark.parametrize(
    ("found", "state", "sentence", "detail"),
    [
        (
            findings(*ALL),
            "good",
            "The product conforms.",
            "None of 5 measured requirements is broken.",
        ),
        (
            findings(*ALL, scenario("warning", "PA-CONN-002")),
            "good",
            "The product conforms.",
            "No MUST of 5 measured requirements is broken.",
        ),
        (
            mixed(),
            "bad",
            "The product does not conform.",
            (
                "1 of 3 measured requirements is broken, in Connections. 1 scenario could not be "
                "judged. 1 of 5 requirements has no verdict."
            ),
        ),
        (
            findings(*ALL[:2], end=False),
            "partial",
            "The run was stopped: no verdict yet.",
            (
                "Stopped after 2 of 5 scenarios; this is what was found until then. None of "
                "2 measured requirements is broken. 3 of 5 requirements have no verdict."
            ),
        ),
        (
            findings(scenario("nonconformant"), end=STOPPED),
            "bad",
            "The product does not conform.",
            (
                "Stopped after 1 of 5 scenarios; this is what was found until then. 1 of 1 "
                "measured requirement is broken, in Connections. 4 of 5 requirements have no "
                "verdict."
            ),
        ),
        (
            findings(*ALL, scenario("harness_error")),
            "open",
            "No verdict: the harness itself failed.",
            "None of 4 measured requirements is broken. 1 scenario could not be judged.",
        ),
        (
            findings(),
            "open",
            "Nothing was measured.",
            "5 of 5 requirements have no verdict.",
        ),
    ],
)
def test_the_verdict_is_a_sentence(found: Findings, state: str, sentence: str, detail: str) -> None:
    assert (found.headline.state, found.headline.sentence) == (state, sentence)
    assert found.headline.detail == detail


@pytest.mark.parametrize(
    ("one", "sentence"),
    [(scenario(), "The fakes conform."), (scenario("nonconformant"), "The fakes do not conform.")],
)
def test_fakes_are_not_called_the_product(one: object, sentence: str) -> None:
    import msgspec  # noqa: PLC0415 - to copy a struct

    header = msgspec.structs.replace(HEADER, target="embedded")

    assert findings(one, header=header).headline.sentence == sentence  # type: ignore[arg-type]
