"""What other programs read is what they take: the rules of their schemas, in `formats`.

Sources: windyroad/JUnit-Schema, JUnit.xsd (Ant); jenkinsci/xunit-plugin, junit-10.xsd (Jenkins);
ctrf-io/ctrf, ctrf.schema.json; SARIF 2.1.0 (OASIS), sections 3.13 to 3.49; HAR 1.2 (W3C draft).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from harness.evidence import Body, ExchangeRecord
from reports import ctrf, har, junit, sarif, summary
from reports.tests.formats import CTRF, HAR, JUNIT, SARIF
from reports.tests.runs import EXCHANGES, HEADER, findings, mixed, scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model import Findings


ODD = "\x1b[31m \u202e</script>\ud800\x00\ufffe ]]>" + "x" * 9000
ODD_HEADER = msgspec.structs.replace(
    HEADER, label="  ", started="0005-01-01", product={"": ODD, ODD: ""}, tool=""
)


def hostile() -> Findings:
    """A run of a product that writes what it likes, and of damaged evidence."""
    exchange = ExchangeRecord("pingaccess", ODD, ODD, error=ODD, request_body=Body(ODD, 1, ODD))
    odd = scenario(
        "nonconformant", ODD, title=ODD, area=ODD, traffic=[ODD], exchanges=[exchange], id=ODD
    )
    empty = scenario("nonconformant", title="", area="", id="", reason="", duration_ms=1e300)
    return findings(odd, empty, scenario("no such verdict"), end=None, header=ODD_HEADER)


RUNS = {"nothing": findings, "mixed": mixed, "hostile": hostile}
every = pytest.mark.parametrize("make", RUNS.values(), ids=RUNS)


def broken(element: ET.Element) -> Iterator[str]:
    """What both schemas would say of the element and all in it."""
    rule = JUNIT.get(element.tag)
    if rule is None:
        yield f"{element.tag} is unknown"
        return
    yield from (f"{element.tag} lacks {name}" for name in rule.must.keys() - element.attrib.keys())
    for name, value in element.attrib.items():
        allowed = (rule.must | rule.may).get(name)
        if allowed is None or not re.fullmatch(allowed, value, re.DOTALL):
            yield f"{element.tag}: {name}={value[:40]!r}"
    if not re.fullmatch(rule.inside, "".join(f"{child.tag} " for child in element)):
        yield f"{element.tag} has {[child.tag for child in element][:9]}"
    if not rule.text and (element.text or "").strip():
        yield f"{element.tag} has text"
    for child in element:
        yield from broken(child)


@every
def test_junit_is_what_ant_and_jenkins_take(make: Any) -> None:
    text = junit.document(make())
    root = ET.fromstring(text)  # noqa: S314 - our own

    assert list(broken(root)) == []
    suite = root[0]
    tags = [child.tag for case in suite.iter("testcase") for child in case]
    named = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    assert {name: tags.count(tag) for name, tag in named.items()} == {
        name: int(suite.attrib[name]) for name in named
    }
    assert not re.search("[\x00-\x08\x1b\u202e\ufffe]", text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' hostname="localhost"', ""),
        ("<properties>", "<properties><other />"),
        ('time="1.500">', 'time="1,5">'),
        ("<system-err />", ""),
        ('timestamp="2026-11-24T08:00:00"', 'timestamp="2026-11-24T08:00:00Z"'),
        ('<skipped message="the reason of not_measured" />', "<skipped /><error type='x' />"),
    ],
)
def test_the_rules_of_junit_find_what_breaks_them(old: str, new: str) -> None:
    text = junit.document(mixed())
    assert old in text

    assert list(broken(ET.fromstring(text.replace(old, new))))  # noqa: S314 - our own


JSON = {"ctrf": (ctrf, CTRF), "sarif": (sarif, SARIF), "har": (har, HAR)}


@every
@pytest.mark.parametrize("name", JSON)
def test_json_is_what_its_schema_allows(name: str, make: Any) -> None:
    module, schema = JSON[name]

    errors = list(
        jsonschema.Draft202012Validator(schema).iter_errors(json.loads(module.document(make())))
    )

    assert [(list(one.absolute_path), one.message[:200]) for one in errors] == []


@pytest.mark.parametrize("name", JSON)
def test_the_schemas_refuse_a_member_more_and_a_member_less(name: str) -> None:
    module, schema = JSON[name]
    whole = json.loads(module.document(mixed()))
    validator = jsonschema.Draft202012Validator(schema)
    first = next(iter(whole))

    assert not validator.is_valid({**whole, "other": 1})
    assert not validator.is_valid({key: value for key, value in whole.items() if key != first})


# --- sizes


def test_sarif_is_bounded_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 3)
    found = findings(
        *(scenario("refuted", "PA-CONN-003", number=n) for n in range(4)),
        scenario("nonconformant", number=9, title=ODD),
    )

    [run] = json.loads(sarif.document(found))["runs"]

    assert [one["level"] for one in run["results"]] == ["error", "note", "note"]
    assert max(len(one["message"]["text"]) for one in run["results"]) <= sarif.LONGEST + 1
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "2 more results are in evidence.jsonl"


def test_the_summary_fits_a_comment_whatever_a_product_says() -> None:
    odd = "*_<&" * 3000
    kinds = ("nonconformant", "refuted", "warning", "harness_error", "not_measured")
    many = [
        scenario(kind, f"X-{n}{odd}", reason=f"{n}{odd}", number=n)
        for kind in kinds
        for n in range(30)
    ]

    text = summary.text(findings(*many, header=msgspec.structs.replace(HEADER, label=odd)))

    assert len(text) < 65_536
    assert text.startswith("## ❌ The product does not conform.\n")
    assert text.endswith("\n… more in index.html\n")


def test_har_is_bounded_and_leaves_out_what_is_conformant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(har, "LARGEST", 3_000)
    found = findings(
        *(scenario(exchanges=EXCHANGES, number=n) for n in range(3)), scenario("warning")
    )

    log = json.loads(har.document(found))["log"]

    assert [page["id"] for page in log["pages"]] == ["scenario-4"]
    assert log["comment"] == "3 scenarios did not fit and are in evidence.jsonl only"
