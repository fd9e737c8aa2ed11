"""Ratios of comparing: a diff of many scenarios, and an upgrade check of a large configuration."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from harness.upgrades.export import Export

SMALL, LARGE = 50, 5_000
DIFFED, RUN = 3_000, 100
_PACONFORM = str(Path(sys.executable).with_name("paconform"))


def upgrade_ratios(rounds: int) -> list[tuple[str, float, float, bool]]:
    """Name, value, bound, and whether the bound is an upper one."""
    small = [_child(SMALL) for _ in range(rounds)]
    large = _child(LARGE)
    linear = large["seconds"] / median(one["seconds"] for one in small) / (LARGE / SMALL)
    return [
        (f"upgrade-check, each application: {LARGE:,} / {SMALL}", linear, 1.1, True),
        (f"upgrade-check of {LARGE:,}, peak MiB of 500", large["peak_mib"] / 500, 1, True),
        (f"diff of {DIFFED:,} scenarios / run of {RUN}", diff_ratio(rounds), 1, True),
    ]


def generated(applications: int) -> Export:
    """An export with so many applications, two resources each, and what they name."""
    numbers = range(1, applications + 1)
    few = range(1, max(2, applications // 10) + 1)
    data: dict[str, Any] = {
        "virtualHosts": [{"id": 1, "host": "www.example.com", "port": 443}],
        "sites": [_site(one) for one in few],
        "rejectionHandlers": [_handler()],
        "rules": [_rule(one) for one in few],
        "webSessions": [_session(one) for one in few],
        "applications": [_application(one, len(few)) for one in numbers],
        "resources": [
            _resource(number, one) for one in numbers for number in (2 * one - 1, 2 * one)
        ],
    }
    return Export("7.3.0.2", {"version": "7.3.0.2", "data": data})


def diff_ratio(rounds: int) -> float:
    """Seconds of a diff of two runs of many scenarios, over those of a run of few."""
    with tempfile.TemporaryDirectory() as folder:
        old, new, few = (str(Path(folder, name)) for name in ("old", "new", "few"))
        _timed(_PACONFORM, "run", "--out", old)
        chosen = _first(Path(old), RUN)
        _cut(Path(old), DIFFED)
        Path(new).mkdir()
        text = Path(old, "evidence.jsonl").read_text("utf-8")
        Path(new, "evidence.jsonl").write_text(text.replace(" 200", " 201"), "utf-8")
        ratios = [
            _timed(_PACONFORM, "diff", old, new)
            / _timed(_PACONFORM, "run", "--out", few, "--overwrite", *chosen)
            for _ in range(rounds)
        ]
    return median(ratios)


def _first(run: Path, count: int) -> list[str]:
    """The files of the suite that hold the first so many scenarios of a run."""
    lines = (run / "evidence.jsonl").read_text("utf-8").splitlines()[1 : count + 1]
    root = Path(__file__).resolve().parents[2] / "scenarios"
    return [str(root / json.loads(line)["id"]) for line in lines]


def _cut(run: Path, count: int) -> None:
    path = run / "evidence.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[: count + 1], lines[-1]]), "utf-8")


def _timed(*command: str) -> float:
    started = perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    assert done.returncode in (0, 4), command  # noqa: S101 - else nothing was measured
    return perf_counter() - started


def _child(applications: int) -> dict[str, float]:
    command = [sys.executable, "-m", "harness.benchmarks.upgrades", str(applications)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - ours
    told: dict[str, float] = json.loads(run.stdout)
    return told


def _site(number: int) -> dict[str, Any]:
    return {"id": number, "name": f"site-{number}", "targets": [f"host-{number}.example.com:443"]}


def _handler() -> dict[str, Any]:
    return {
        "id": 2,
        "name": "Default API Rejection Handler",
        "className": "com.pingidentity.pa.policy.rejectionhandler.errortemplate."
        "ErrorTemplateRejectionHandlerPlugin",
        "configuration": {
            "responseCode": 403,
            "templateFile": "oauth.error.json",
            "contentType": "JSON",
        },
    }


def _rule(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"rule-{number}",
        "className": "com.pingidentity.pa.policy.RejectionRule",
        "supportedDestinations": ["Site", "Agent"],
        "configuration": {"rejectionHandler": "2"},
    }


def _session(number: int) -> dict[str, Any]:
    credentials = {"clientId": "shop", "clientSecret": {"value": f"canary-secret-{number}"}}
    return {
        "id": number,
        "name": f"session-{number}",
        "audience": "shop",
        "clientCredentials": credentials,
    }


def _application(number: int, few: int) -> dict[str, Any]:
    named = number % few + 1
    return {
        "id": number,
        "name": f"application-{number}",
        "contextRoot": f"/application-{number}",
        "applicationType": "Web",
        "defaultAuthType": "Web",
        "destination": "Site",
        "spaSupportEnabled": False,
        "enabled": True,
        "siteId": named,
        "agentId": 0,
        "webSessionId": named,
        "virtualHostIds": [1],
        "policy": {"Web": [{"type": "Rule", "id": named}], "API": []},
    }


def _resource(number: int, application: int) -> dict[str, Any]:
    root = number % 2 == 1
    return {
        "id": number,
        "applicationId": application,
        "name": "Root Resource" if root else f"page-{number}",
        "methods": ["*"],
        "pathPatterns": [{"pattern": "/*" if root else "/page", "type": "WILDCARD"}],
        "rootResource": root,
        "unprotected": False,
        "enabled": True,
        "auditLevel": "ON",
        "policy": {"Web": [], "API": []},
    }


def _main(applications: int) -> None:
    from harness.cli.upgrade import answer  # noqa: PLC0415 - a process of its own measures it
    from harness.cli.upgrade_sides import collect_seldom  # noqa: PLC0415 - the same

    collect_seldom()
    export = generated(applications)
    answer(generated(2), "7.3", "9.1")  # what is loaded once is no part of it
    started = process_time()  # what others do on the machine is no part of it either
    found = answer(export, "7.3", "9.1")
    seconds = process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mib": peak, "reasons": len(found.reasons)}))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
