"""Kills a process that keeps its state, again and again, and compares it with one never killed.

Run as a program: `killed.py FILE KILLS MODE` prints a line of JSON. Each life is a fork that
answers numbered requests, and tells each answer when it is given; it is killed at a random moment.
The twin keeps nothing and gets the same requests. What the next life reads must be, to the last id,
what the twin has after the last request that was answered, or after the one that was under way.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from base64 import b64encode
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fakes.control import ControlDoor
from fakes.keeping import Keeping
from fakes.message import Request, encode
from fakes.state_file import StateFile
from fakes.state_text import written
from fakes.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.message import Core, Response

UP = "up"
PORTS = {"pingaccess": 1, "pingone": 2, "control": 3}
ROOT = "/pa-admin-api/v3"


class Pair(NamedTuple):
    """A pair with its cores, as a client meets them."""

    world: World
    pingaccess: Core
    pingone: Core
    door: Core


def twin() -> Pair:
    """A pair that keeps nothing."""
    world = World()
    return Pair(world, world.pingaccess, world.pingone, world.control)


def kept(file: StateFile) -> Pair:
    """A pair whose state is in the file."""
    world = World()
    keeping = Keeping(world, file, PORTS)
    guarded = _Whole(world, keeping)
    return Pair(world, keeping.pingaccess, keeping.pingone, keeping.door(ControlDoor(guarded)))


class _Whole:
    """The pair as the control door of a served pair sees it."""

    def __init__(self, world: World, keeping: Keeping) -> None:
        self.world = world
        self.clock, self.outside, self.ledgers = world.clock, world.outside, world.ledgers
        self.snapshots, self.pingone_ca_pem = world.snapshots, world.pingone_ca_pem
        self._whole = keeping.whole

    def reset(self) -> None:
        """Everything as constructed."""
        with self._whole():
            self.world.reset()

    def snapshot(self) -> Any:
        """Everything as it is now."""
        return self.world.snapshot()

    def restore(self, snapshot: Any) -> None:
        """Everything as it was then."""
        with self._whole():
            self.world.restore(snapshot)

    def signing_keys(self, act: str, given: Mapping[str, str]) -> Any:
        """The keys of an environment of PingOne, when that was done to them."""
        with self._whole():
            return self.world.signing_keys(act, given)

    def put_rate(self, given: Mapping[str, Any]) -> Any:
        """The rate of a rate group of PingOne."""
        with self._whole():
            return self.world.put_rate(given)

    def put_instance(self, given: Mapping[str, Any]) -> Any:
        """An instance of a gateway of PingOne."""
        with self._whole():
            return self.world.put_instance(given)


# --- requests: each depends on its number and on what is stored, so that twins get the same ---


def request(pair: Pair, number: int) -> tuple[Core, Request]:
    """The request of that number, and who answers it."""
    return _REQUESTS[number % len(_REQUESTS)](pair, number)


def admin(pair: Pair, method: str, path: str, body: Any = None, password: str = "2Access") -> Any:
    """A request of the administrator."""
    login = b64encode(f"Administrator:{password}".encode()).decode()
    headers = {"x-xsrf-header": "PingAccess", "authorization": f"Basic {login}"}
    content = b"" if body is None else encode(body)
    return pair.pingaccess, Request(method, ROOT + path, headers=headers, body=content)


def _add_host(pair: Pair, number: int) -> Any:
    return admin(pair, "POST", "/virtualhosts", {"host": f"h{number}.example.com", "port": 443})


def _change_host(pair: Pair, number: int) -> Any:
    last = list(pair.world.fake_pingaccess.store.table("virtualHosts").rows)[-1]
    body = {"host": f"changed{number}.example.com", "port": 443}
    return admin(pair, "PUT", f"/virtualhosts/{last}", body)


def _delete_host(pair: Pair, _: int) -> Any:
    hosts = list(pair.world.fake_pingaccess.store.table("virtualHosts").rows)
    return admin(pair, "DELETE", f"/virtualhosts/{hosts[len(hosts) // 2]}")


def _add_service(pair: Pair, number: int) -> Any:
    body = {"name": f"service {number}", "targets": [f"s{number}.example.com:443"]}
    return admin(pair, "POST", "/thirdPartyServices", body)


def _mistype(pair: Pair, _: int) -> Any:
    return admin(pair, "GET", "/rules", password="wrong")


def import_archive(pair: Pair, number: int) -> Any:
    """An archive of what is stored, with a site that is new."""
    core, asked = admin(pair, "GET", "/config/export")
    archive = core.handle(asked).json()
    site = {"id": 1000 + number, "name": f"site {number}", "targets": ["site.example.com:443"]}
    archive["data"].setdefault("sites", []).append(site)
    return admin(pair, "POST", "/config/import", archive)


def _grant(pair: Pair, _: int = 0) -> Any:
    fake = pair.world.fake_pingone
    login = b64encode(f"{fake.client_id}:{fake.client_secret}".encode()).decode()
    form = "application/x-www-form-urlencoded"
    headers = {"authorization": f"Basic {login}", "content-type": form}
    path, body = f"/{fake.environment_id}/as/token", b"grant_type=client_credentials"
    return pair.pingone, Request("POST", path, headers=headers, body=body)


@lru_cache(maxsize=1)
def _bearer() -> str:
    """A token of another pair of the same seed: it is good here too."""
    core, asked = _grant(twin())
    return str(core.handle(asked).json()["access_token"])


def _add_gateway(pair: Pair, number: int) -> Any:
    headers = {"authorization": f"Bearer {_bearer()}", "content-type": "application/json"}
    body = {"name": f"gateway {number}", "type": "PING_FEDERATE", "enabled": True}
    path = f"/v1/environments/{pair.world.fake_pingone.environment_id}/gateways"
    return pair.pingone, Request("POST", path, headers=headers, body=encode(body))


def _advance(pair: Pair, _: int) -> Any:
    return pair.door, Request("POST", "/clock", body=encode({"advance_s": 0.25}))


def _reset(pair: Pair, number: int) -> Any:
    if number // len(_REQUESTS) % 8:
        return _advance(pair, number)
    return pair.door, Request("POST", "/reset", body=b"{}")


_REQUESTS: tuple[Callable[[Pair, int], tuple[Core, Request]], ...] = (
    _add_host, _add_service, _change_host, _add_gateway, _grant, _mistype, _delete_host,
    _advance, _add_host, import_archive, _reset,
)  # fmt: skip


# --- what is compared ---


def seen(answer: Response) -> str:
    """A digest of an answer, but for what is drawn for each exchange."""
    headers = [pair for pair in answer.headers if "orrelation" not in pair[0]]
    return sha256(repr((answer.status, headers, answer.body)).encode()).hexdigest()


def digest(world: World) -> str:
    """A digest of everything that is kept: rows in their order, ids, failed logins, the clock."""
    parts = (world.fake_pingaccess.state, world.fake_pingone.tenant)
    rows = [
        sorted(
            (name, list(table.items())) for name, table in part.store.snapshot().items() if table
        )
        for part in parts
    ]
    beside = [world.fake_pingaccess.state.beside(), world.clock.beside()]
    return sha256(written([rows, beside]).encode()).hexdigest()


# --- lives ---


def live(file: Path, number: int, mode: str, say: Callable[[str], None]) -> None:
    """Answer, and tell what was answered, until killed."""
    pair = kept(StateFile(file))
    say(UP)
    while True:
        core, asked = request(pair, number)
        if mode == "forgetful" and core is pair.pingaccess:  # a product that is wrong: keeps later
            core = pair.world.pingaccess
        say(f"{number} {seen(core.handle(asked))}")
        number += 1


def import_until(file: Path, instructions: int, say: Callable[[str], None]) -> None:
    """Import an archive and tell the answer, but die when SQLite has done so much."""
    state = StateFile(file)
    pair = kept(state)
    core, asked = import_archive(pair, 0)
    state._db.set_progress_handler(  # noqa: SLF001 - the moment is what is measured
        lambda: os.kill(os.getpid(), signal.SIGKILL), instructions
    )
    say(seen(core.handle(asked)))


def life(
    run: Callable[[Callable[[str], None]], None], seconds: float | None = None, *, up: bool = False
) -> list[str]:
    """What a fork said, whole lines only, until it ended or was killed.

    It is killed so many seconds after it was made or, with `up`, after it said that it is up.
    """
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            run(lambda line: (os.write(into, f"{line}\n".encode()), None)[1])
        finally:
            os._exit(0 if seconds is None else 70)
    os.close(into)
    said = os.read(out, len(UP) + 1) if up else b""
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(out, "rb") as told:
        *lines, _ = (said + told.read()).decode().split("\n")
    return [line for line in lines if line != UP]


class Twins:
    """The one that is killed and the one that is not, told the same."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.twin = self._warm()
        self.number = 0
        self.told: dict[str, Any] = {"kills": 0, "answered": 0, "kept_unanswered": 0, "lost": ""}
        self.agree()

    def kill(self, seconds: float, mode: str) -> None:
        """One more life, and what it answered and left, compared with the twin's."""
        up = self.told["kills"] % 5 > 0  # every fifth is killed while it starts, or soon after
        run = partial(live, self.file, self.number, mode)
        for line in life(run, seconds, up=up):
            number, answer = line.split()
            if (int(number), answer) != (self.number, self.answer()):
                self.told["lost"] = f"answer {number} differs from that of the twin"
            self.told["answered"] += 1
        self.told["kills"] += 1
        self.agree()

    @staticmethod
    def _warm() -> Pair:
        """A twin; all that is loaded late is loaded now, so that no life has to."""
        other = twin()
        for number in range(len(_REQUESTS)):
            core, asked = request(other, number)
            core.handle(asked)
        return twin()

    def agree(self) -> None:
        """What the file holds is what the twin has, or will have after one more request."""
        with StateFile(self.file) as file:
            found = digest(kept(file).world)
        if found != digest(self.twin.world):
            self.answer()
            self.told["kept_unanswered"] += 1
            if found != digest(self.twin.world):
                self.told["lost"] = f"the state after answer {self.number} differs"

    def answer(self) -> str:
        """The twin's answer to the next request."""
        core, asked = request(self.twin, self.number)
        self.number += 1
        return seen(core.handle(asked))


def load(file: Path, kills: int, mode: str) -> dict[str, Any]:
    """Killed so often at random moments; `lost` says what was not there, or is empty."""
    moments = random.Random(kills)  # noqa: S311 - reproducible on purpose
    twins = Twins(file)
    while twins.told["kills"] < kills and not twins.told["lost"]:
        twins.kill(moments.uniform(0, 0.025), mode)
    return twins.told


def imports(file: Path) -> dict[str, Any]:
    """Killed within an import, each time later, until one is answered; how each left the file."""
    told: dict[str, Any] = {"untouched": 0, "complete": 0, "torn": 0}
    old, core_asked = digest(twin().world), import_archive(pair := twin(), 0)
    core_asked[0].handle(core_asked[1])
    new, instructions, answered = digest(pair.world), 10, False
    while not answered:
        file.unlink(missing_ok=True)
        with StateFile(file) as made:
            kept(made)
        answered = bool(life(partial(import_until, file, instructions)))
        with StateFile(file) as left:
            found = digest(kept(left).world)
        told[{old: "untouched", new: "complete"}.get(found, "torn")] += 1
        instructions = instructions * 5 // 4
    return told


def main(file: str, kills: str, mode: str) -> None:
    """Print what came of it."""
    told = imports(Path(file)) if mode == "import" else load(Path(file), int(kills), mode)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
