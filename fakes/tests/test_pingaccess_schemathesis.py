"""Schemathesis, with the vendor's own description, finds nothing that is not listed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from fakes.defects import defect
from fakes.handles import FACTORY_LOGIN
from fakes.pingaccess.vendor_paths import UNMODELLED
from fakes.served import ServedWorld
from fakes.tests.vendor_patches import NOBODY, patched

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASE = "7.3"
"""The release that the description is of."""

SPEC = Path(__file__).parents[3] / "shared/vendor/pa-admin-api-7.3.openapi.yaml"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "response_schema_conformance",
    "content_type_conformance",
)

pytestmark = pytest.mark.skipif(not SPEC.exists(), reason="the vendor's description is not here")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = yaml.load(SPEC.read_text("utf-8"), yaml.CSafeLoader)
    path = tmp_path_factory.mktemp("described") / "admin-api.json"
    path.write_text(json.dumps(patched(spec, UNMODELLED), default=str), "utf-8")
    return path


@pytest.fixture
def served() -> Iterator[ServedWorld]:
    """A served pair whose own ACME servers are elsewhere: of the public ones it would say 501."""
    with ServedWorld(seed=0, release=RELEASE) as world:
        servers = world.world.fake_pingaccess.store.table("acmeServers")
        for row in list(servers):
            servers.put(row["id"], {**row, "url": NOBODY})
        yield world


def fuzzed(served: ServedWorld, described: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What Schemathesis says of the served fake."""
    ca = described.with_name("ca.pem")
    ca.write_bytes(served.ca_pem)
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(described)),
        *("--url", f"{served.admin_url}/pa-admin-api/v3", "--tls-verify", str(ca)),
        *("--header", "X-XSRF-Header: PingAccess", "--checks", ",".join(CHECKS)),
        *("--seed", "1", "--generation-database", "none", "--no-color", *options),
    ]
    return subprocess.run(
        command, cwd=described.parent, capture_output=True, text=True, check=False
    )


def test_nothing_is_found_with_a_login(served: ServedWorld, described: Path) -> None:
    found = fuzzed(
        served,
        described,
        *("--auth", ":".join(FACTORY_LOGIN), "--max-examples", "12"),
        *("--phases", "examples,fuzzing,stateful"),
    )
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr


def test_nothing_is_found_without_a_login(served: ServedWorld, described: Path) -> None:
    found = fuzzed(served, described, "--max-examples", "1", "--phases", "examples,fuzzing")
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr
    operations = re.search(r"Selected: (\d+)/", found.stdout)
    assert operations is not None
    assert f"{operations[1]} operations returned only 401/403 responses" in found.stdout


def test_a_fake_that_answers_201_is_found(described: Path) -> None:
    with ServedWorld(seed=0, release=RELEASE, defects=(defect("PA-D-436"),)) as wrong:
        found = fuzzed(
            wrong,
            described,
            *("--auth", ":".join(FACTORY_LOGIN), "--phases", "examples,fuzzing"),
            *("--include-path", "/sharedSecrets", "--max-examples", "5"),
        )
    assert found.returncode == 1, found.stdout
    assert "Undocumented status code" in found.stdout
