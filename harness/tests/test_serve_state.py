"""A `paconform serve --state` that is killed comes back with everything that it answered."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from harness.tests.running import PACONFORM, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = 5
API = "/pa-admin-api/v3"
LISTS = (
    "/virtualhosts", "/rules", "/sites", "/thirdPartyServices", "/applications", "/riskPolicies",
    "/pingone/connections", "/trustedCertificateGroups", "/certificates", "/webSessions",
    "/adminConfig", "/httpConfig/monitoring", "/defaults/entities/application",
    "/highAvailability/availabilityProfiles", "/highAvailability/loadBalancingStrategies",
)  # fmt: skip


def command(folder: Path, *more: str) -> list[str]:
    """`serve` with its files in a folder."""
    files = ["--state", str(folder / "state.db"), "--env-file", str(folder / "serve.env")]
    return [PACONFORM, "serve", *files, *more]


@contextmanager
def served(folder: Path) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """A running `serve`, which must be killed inside."""
    with subprocess.Popen(
        command(folder), env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline()), process
        assert process.wait(30) == -signal.SIGKILL


def client(ready: dict[str, Any]) -> httpx.Client:
    """The administrator."""
    context = ssl.create_default_context(cafile=ready["ca_bundle"])
    return httpx.Client(
        base_url=ready["pingaccess_admin_url"] + API,
        auth=("Administrator", "2Access"),
        headers={"X-XSRF-Header": "PingAccess"},
        verify=context,
        trust_env=False,
        timeout=10,
    )


def pingone_secrets(ready: dict[str, Any], folder: Path) -> tuple[httpx.Client, str]:
    """A client of the PingOne environment, and the JWT of a new gateway credential."""
    lines = (folder / "serve.env").read_text().splitlines()[1:]
    settings = dict(line.removeprefix("export ").split("=", 1) for line in lines if line)
    found = {name: value.strip("'\"") for name, value in settings.items()}
    environment_id = found["PACONFORM_PINGONE_ENVIRONMENT_ID"]
    worker = (found["PACONFORM_PINGONE_CLIENT_ID"], found["PACONFORM_PINGONE_CLIENT_SECRET"])
    context = ssl.create_default_context(cafile=ready["ca_bundle"])
    api = httpx.Client(
        base_url=f"{ready['pingone_api_url']}/environments/{environment_id}",
        verify=context,
        trust_env=False,
    )
    grant = {"grant_type": "client_credentials"}
    token = api.post(
        f"{ready['pingone_auth_url']}/{environment_id}/as/token", data=grant, auth=worker
    )
    api.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
    gateway = api.post("/gateways", json={"name": "g", "type": "PING_FEDERATE", "enabled": True})
    made = api.post(f"/gateways/{gateway.json()['id']}/credentials")
    return api, str(made.json()["credential"])


def everything(admin: httpx.Client) -> dict[str, bytes]:
    """Every list and setting, as it was read."""
    return {path: admin.get(path).raise_for_status().content for path in LISTS}


def add_until_killed(ready: dict[str, Any], life: int, answered: dict[str, bytes]) -> None:
    """Objects, made one after the other; what is answered is noted."""
    with client(ready) as admin, suppress(httpx.TransportError):
        for number in range(10_000):
            body = {"host": f"h{life}x{number}x{threading.get_ident()}", "port": 443}
            made = admin.post("/virtualhosts", json=body)
            answered[f"/virtualhosts/{made.json()['id']}"] = made.content


def test_what_was_answered_is_there_after_each_kill(tmp_path: Path) -> None:
    answered: dict[str, bytes] = {}
    for life in range(KILLS):
        with served(tmp_path) as (ready, process):
            if life:
                with client(ready) as admin:
                    lost = [at for at, body in answered.items() if admin.get(at).content != body]
                assert lost == []
            load = [
                threading.Thread(target=add_until_killed, args=(ready, life, answered))
                for _ in range(2)
            ]
            for thread in load:
                thread.start()
            load[0].join(0.3)
            os.kill(process.pid, signal.SIGKILL)
            for thread in load:
                thread.join()
    assert len(answered) > KILLS


def test_a_killed_serve_comes_back_where_it_was_and_reads_the_same(tmp_path: Path) -> None:
    with served(tmp_path) as (first, process), client(first) as admin:
        api, credential = pingone_secrets(first, tmp_path)
        body = {"name": "P", "credential": {"value": credential}}
        connection = admin.post("/pingone/connections", json=body).raise_for_status().json()["id"]
        before, gateways = everything(admin), api.get("/gateways").content
        os.kill(process.pid, signal.SIGKILL)
    with served(tmp_path) as (again, process), client(again) as admin:
        assert {**again, "pid": 0, "control_token": ""} == {**first, "pid": 0, "control_token": ""}
        assert everything(admin) == before
        assert api.get("/gateways").content == gateways
        metadata = admin.get(f"/pingone/connections/{connection}/metadata").json()
        assert metadata["credentialStatus"] == "VALID"
        os.kill(process.pid, signal.SIGKILL)
    api.close()


@pytest.mark.parametrize(
    ("more", "words"), [(("--seed", "7"), "--seed 7"), (("--release", "8.0"), "--release 8.0")]
)
def test_a_file_of_another_pair_is_refused(
    tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    with served(tmp_path) as (_, process):
        other = tmp_path / "other"
        other.mkdir()
        taken = [*command(other)[:2], "--state", str(tmp_path / "state.db"), "--env-file", "e"]
        assert "another `paconform serve` has it" in refusal(taken, other)
        os.kill(process.pid, signal.SIGKILL)
    assert words in refusal(command(tmp_path, *more), tmp_path)


def test_a_file_that_is_not_of_ours_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_text("dear diary")
    assert "left as it is" in refusal(command(tmp_path), tmp_path)
    assert (tmp_path / "state.db").read_text() == "dear diary"


def test_a_disk_that_is_full_at_the_start_leaves_nothing(tmp_path: Path) -> None:
    script = 'ulimit -f 8; exec "$@"'
    assert "state.db" in refusal(["bash", "-c", script, "-", *command(tmp_path)], tmp_path)
    assert not list(tmp_path.glob("state.db*"))


def refusal(arguments: list[str], folder: Path) -> str:
    """The only line of error of a command that ends with 2."""
    done = subprocess.run(
        arguments, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done
    assert done.stdout == ""
    lines = [
        line for line in done.stderr.splitlines() if line and not line.startswith(("Usage:", "Try"))
    ]
    assert len(lines) == 1, lines
    return lines[0]
