"""What was answered is there after a kill, and a file that cannot be used is left as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.message import Request, encode
from fakes.pingaccess.routes import ROUTES
from fakes.served import ServedWorld
from fakes.state_file import House, Kept, StateFile
from fakes.state_text import read, written
from fakes.store import Store
from fakes.tests import killed
from fakes.tests.pingaccess_bodies import BESIDE, NAMELESS, SETTINGS
from fakes.tests.pingaccess_core import Admin
from fakes.tests.pingone_tenant import Tenant
from fakes.tests.state_files import ABOUT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def left_by_a_kill(path: Path) -> Path:
    """A copy of what a kill at this moment leaves."""
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    for one in path.parent.glob(f"{path.name}*"):
        shutil.copy(one, folder)
    return folder / path.name


def outcome(path: Path, mode: str, kills: int = 0) -> dict[str, Any]:
    """What `killed.py` tells."""
    program = [sys.executable, killed.__file__, str(path), str(kills), mode]
    root = str(Path(killed.__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": root}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


# --- kills ---


def test_nothing_that_was_answered_is_lost_in_200_kills(path: Path) -> None:
    told = outcome(path, "load", 200)
    assert told["lost"] == ""
    assert told["kills"] == 200
    assert told["answered"] > 400


def test_that_check_finds_a_pair_that_answers_before_it_keeps(path: Path) -> None:
    assert outcome(path, "forgetful", 200)["lost"]


def test_an_import_that_is_killed_leaves_the_old_configuration_untouched(path: Path) -> None:
    told = outcome(path, "import")
    assert told["torn"] == 0
    assert told["complete"] == 1
    assert told["untouched"] > 10


# --- what is read ---


def test_every_list_and_setting_reads_the_same_after_a_restart(path: Path) -> None:
    admin = kept_admin(path)
    for where, body in (BESIDE | NAMELESS).items():
        admin.add(where, body(admin, "kept"))
    for where, setting in SETTINGS.items():
        admin.update(where, setting)
    admin.risk_policy()
    admin.resource(admin.application(webSessionId=admin.web_session()["id"]))
    admin.rule()
    assert everything(kept_admin(left_by_a_kill(path))) == everything(admin)


def test_what_was_never_changed_reads_the_same_after_a_restart(path: Path) -> None:
    fresh = everything(kept_admin(path))
    assert everything(kept_admin(left_by_a_kill(path))) == fresh == everything(Admin())


def test_what_users_did_is_remembered_after_a_restart(path: Path) -> None:
    tenant = kept_tenant(path)
    made = tenant.evaluated("eve", None, ip="192.0.2.1")
    done = {"completionStatus": "SUCCESS"}
    assert tenant.call("PUT", f"riskEvaluations/{made['id']}/event", done).status == 200
    again = kept_tenant(left_by_a_kill(path))
    details = again.evaluated("eve", None, ip="198.51.100.1")["details"]
    assert details["geoVelocity"]["level"] == "HIGH"
    assert details["ipVelocityByUser"]["velocity"]["distinctCount"] == 2


def test_a_credential_and_a_token_are_good_after_a_restart(path: Path) -> None:
    tenant = kept_tenant(path)
    gateway = tenant.call("POST", "gateways", GATEWAY).json()["id"]
    made = tenant.call("POST", f"gateways/{gateway}/credentials").json()
    again = kept_tenant(left_by_a_kill(path))
    again.__dict__["token"] = tenant.token
    assert again.exchange(made["credential"]).status == 200
    assert again.call("GET", f"gateways/{gateway}").status == 200
    assert again.call("DELETE", f"gateways/{gateway}/credentials/{made['id']}").status == 204
    third = kept_tenant(left_by_a_kill(again.fake.__dict__["path"]))
    assert third.exchange(made["credential"]).status == 400


def test_no_id_is_given_again_after_a_restart(path: Path) -> None:
    tenant, admin = kept_tenant(path), kept_admin(path.with_name("other.db"))
    given_ids = {tenant.call("POST", "gateways", GATEWAY).json()["id"]}
    rule = admin.rule()["id"]
    assert admin.send("DELETE", f"/rules/{rule}").status == 200
    again = kept_admin(left_by_a_kill(path.with_name("other.db")))
    assert again.rule()["id"] > rule
    other = kept_tenant(left_by_a_kill(path))
    assert other.call("POST", "gateways", GATEWAY | {"name": "b"}).json()["id"] not in given_ids


def test_no_correlation_id_is_given_again_after_a_restart(path: Path) -> None:
    tenant = kept_tenant(path)
    other = kept_tenant(left_by_a_kill(path))
    name = tenant.fake.tenant.behaviour.correlation_header
    drawn = [dict(one.grant().headers)[name] for one in (tenant, tenant, other, other)]
    assert len(set(drawn)) == 4


def test_a_user_who_is_locked_out_stays_so(path: Path) -> None:
    admin = kept_admin(path)
    answers = [admin.send("GET", "/rules", login=("Administrator", "x")) for _ in range(20)]
    assert answers[-1].status == 401
    assert admin.send("GET", "/rules").status == 401
    assert kept_admin(left_by_a_kill(path)).send("GET", "/rules").status == 401


# --- the control door ---


@pytest.mark.parametrize("act", ["reset", "restore"])
def test_what_the_control_door_did_is_kept(path: Path, act: str) -> None:
    pair = killed.kept(StateFile(path))
    assert pair.world.fake_pingaccess.state.ids
    before = killed.digest(pair.world)
    pair.door.handle(Request("POST", "/snapshot"))
    for number in range(10):
        core, asked = killed.request(pair, number)
        core.handle(asked)
    changed = killed.digest(pair.world)
    done = pair.door.handle(Request("POST", f"/{act}", body=encode({"id": "1"})))
    assert done.status == 200
    now = killed.digest(pair.world)
    assert now == before != changed
    assert killed.digest(killed.kept(StateFile(left_by_a_kill(path))).world) == now


def test_a_full_disk_is_told_and_nothing_has_changed(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pair = killed.kept(file := StateFile(path))
    before, now_s = killed.digest(pair.world), pair.world.clock.now_s()
    pages = file._db.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 - a small disk
    file._db.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 - the same
    targets = [f"s{number}.example.com:443" for number in range(1000)]
    core, large = killed.admin(pair, "POST", "/sites", {"name": "large", "targets": targets})
    refused = core.handle(large)
    assert refused.status == 507
    assert str(path) in refused.json()["error"]
    assert [record.getMessage() for record in caplog.records] == [refused.json()["error"]]
    assert core.handle(killed.admin(pair, "GET", "/sites")[1]).json()["items"] == []
    assert killed.digest(pair.world) == before
    assert pair.world.clock.now_s() == now_s
    file._db.execute("PRAGMA max_page_count = 1000000")  # noqa: SLF001 - there is room again
    assert core.handle(large).status == 200
    left = killed.kept(StateFile(left_by_a_kill(path)))
    assert killed.digest(left.world) == killed.digest(pair.world) != before


def test_what_breaks_in_the_middle_has_not_happened(path: Path) -> None:
    class Breaking:
        """Changes something, and fails."""

        def handle(self, request: Request) -> Any:
            """Nothing: it raises."""
            store.table("rules").put(1, {"id": 1})
            raise ZeroDivisionError(request.method)

    class Rows:
        """A part with rows only."""

        def __init__(self) -> None:
            self.store = store

        def beside(self) -> dict[str, Any]:
            """Nothing."""
            return {}

        def bring_back(self, rows: Any, _: Any) -> None:
            """These rows."""
            self.store.restore(rows)

    store = Store()
    with StateFile(path) as file:
        house = House("part", Rows())
        file.attach(ABOUT, house)
        with pytest.raises(ZeroDivisionError):
            Kept(Breaking(), file, house).handle(Request("GET", "/"))
        with file.kept(house):
            assert not store.table("rules").rows


# --- a served pair ---


def test_a_served_pair_comes_back_at_its_ports(path: Path) -> None:
    with ServedWorld(state=path, seed=3, release="8.0") as served:
        urls = (served.admin_url, served.pingone_url, served.control_url)
        served.world.clock.advance(5)
        served.reset()
        now_s = served.world.clock.now_s()
    with ServedWorld(state=path) as again:
        assert (again.admin_url, again.pingone_url, again.control_url) == urls
        assert (again.world.seed, again.world.release) == (3, "8.0")
        assert again.world.clock.now_s() == now_s


# --- the text of rows ---

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
NAMES = st.text(max_size=3) | st.integers() | st.sampled_from(["()", "{}"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(NAMES, inner, max_size=4)
    ),
)


@given(VALUES)
def test_a_row_is_read_as_it_was_written(value: Any) -> None:
    assert repr(read(written(value))) == repr(value)


def test_what_a_row_may_not_hold_is_named() -> None:
    with pytest.raises(TypeError, match="bytes"):
        written({"a": [b"1"]})


# --- arrangements ---

GATEWAY = {"name": "a", "type": "PING_FEDERATE", "enabled": True}


def kept_admin(path: Path) -> Admin:
    """An administrator of a fake whose state is in the file."""
    admin = Admin()
    file = StateFile(path)
    house = House("pingaccess", admin.fake.state)
    file.attach(ABOUT, house)
    admin.fake.handle = Kept(_Plain(admin.fake.handle), file, house).handle  # type: ignore[method-assign]
    return admin


def kept_tenant(path: Path) -> Tenant:
    """A fake PingOne whose state is in the file."""
    tenant = Tenant()
    file = StateFile(path)
    house = House("pingone", tenant.fake.tenant)
    file.attach(ABOUT, house)
    tenant.fake.handle = Kept(_Plain(tenant.fake.handle), file, house).handle  # type: ignore[method-assign]
    tenant.fake.__dict__["path"] = path
    return tenant


class _Plain:
    def __init__(self, handle: Any) -> None:
        self.handle = handle


ASKED_OUTSIDE = ("/metadata", "/scopes", "/oidcScopes")
"""What issuers are asked for each time, so that nothing of it is kept."""


def everything(admin: Admin) -> dict[str, bytes]:
    """The body of every list, setting and object, by path."""
    found = {}
    for where, methods in ROUTES.items():
        if "GET" not in methods or "{}" in where or where.endswith(ASKED_OUTSIDE):
            continue
        answer = admin.send("GET", where)
        found[where] = answer.body
        listed = answer.status == 200 and answer.body.startswith(b'{"items"')
        items = answer.json()["items"] if listed else ()
        ids = [item["id"] for item in items if isinstance(item, dict) and "id" in item]
        for one in (f"{where}/{key}" for key in ids if f"{where}/{{}}" in ROUTES):
            found[one] = admin.send("GET", one).body
    return found
