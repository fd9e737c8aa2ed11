"""A live run judges the product of its settings, and names what keeps it from that."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from harness import evidence
from harness.tests.running import SMALL, Done, errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_live_run_judges_a_product_in_another_process(
    paconform: Callable[..., Done], serve: dict[str, str], tmp_path: Path
) -> None:
    done = paconform("run", SMALL, "--target", "live", "--out", "live", **serve)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "on live (PingAccess fake, version 9." in done.stdout
    assert "The fakes conform." in (tmp_path / "live" / "index.html").read_text("utf-8")
    found = evidence.read(tmp_path / "live")
    assert found.header.fakes == ["PingAccess", "PingOne"]
    assert {one.verdict for one in found.scenarios} == {"conformant"}
    assert paconform("run", "--clean-up", "live", **serve).stdout == "nothing is left of live\n"


def test_a_live_run_writes_only_where_it_may(
    paconform: Callable[..., Done], serve: dict[str, str]
) -> None:
    done = paconform("run", SMALL, "--target", "live", **serve | {"PACONFORM_ALLOW_WRITES": "no"})

    assert done.returncode == 2
    assert "PACONFORM_ALLOW_WRITES" in done.stderr


def test_a_wrong_password_is_tried_once(
    paconform: Callable[..., Done], serve: dict[str, str]
) -> None:
    wrong = serve | {"PACONFORM_PINGACCESS_PASSWORD": "not-the-password"}

    done = paconform("run", SMALL, "--target", "live", **wrong)
    right = paconform("run", SMALL, "--target", "live", **serve)

    assert done.returncode == 2
    assert len(errors(done)) == 1
    assert "PACONFORM_PINGACCESS_PASSWORD" in done.stderr
    assert "not-the-password" not in done.stderr
    assert right.returncode == 0


def test_a_ca_that_does_not_match_is_named(
    paconform: Callable[..., Done], serve: dict[str, str], tmp_path: Path
) -> None:
    from fakes.tls import authority  # noqa: PLC0415 - another seed's CA

    (tmp_path / "other.pem").write_bytes(authority(7).pem)
    (tmp_path / "none.pem").write_text("nothing")
    names = {"other.pem": 5, "none.pem": 2, "nowhere.pem": 2}
    for name, code in names.items():
        wrong = serve | {"PACONFORM_CA_BUNDLE": str(tmp_path / name)}
        done = paconform("run", SMALL, "--target", "live", **wrong)
        assert done.returncode == code, name
        assert len(errors(done)) == 1
        assert "PACONFORM_CA_BUNDLE" in done.stderr


def test_a_product_that_is_not_there_is_unreachable(
    paconform: Callable[..., Done], serve: dict[str, str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"https://localhost:{free.getsockname()[1]}"
    gone = serve | {"PACONFORM_PINGACCESS_ADMIN_URL": url}

    done = paconform("run", SMALL, "--target", "live", **gone)

    assert done.returncode == 5
    assert len(errors(done)) == 1
    assert url in done.stderr
