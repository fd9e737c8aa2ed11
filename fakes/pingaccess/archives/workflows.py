"""Export and import of the whole configuration, at once and as workflows (admin API 7.3)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fakes.message import encode
from fakes.pingaccess.access.users import PASSWORDS
from fakes.pingaccess.acme import servers as acme
from fakes.pingaccess.answers import nothing, ok
from fakes.pingaccess.archives import documents as archive
from fakes.pingaccess.archives.later import upgraded
from fakes.pingaccess.archives.rules import ApiRules
from fakes.pingaccess.connections import connections
from fakes.pingaccess.downloads import ZIP, download, zipped
from fakes.pingaccess.factory import factory
from fakes.pingaccess.keys import pairs as key_pairs
from fakes.pingaccess.problems import Refusal, not_found, unreadable, wrongly_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.objects.spec import Entity
    from fakes.pingaccess.state import State
    from fakes.store import Row

    Entities = Mapping[str, Entity]

EXPORTS, IMPORTS = "exportWorkflows", "importWorkflows"
PENDING = "pendingImports"
"""The table of the imports that are In Progress, which survives a restart; archives are sealed."""
MEANWHILE = ("/config/import/workflows", "/version", "/adminSessionInfo")
"""What is answered while an import is In Progress: how far it is, and that somebody is there."""
BUSY = "The configuration cannot be read or changed while an import is in progress."


def config_export(state: State, _: Call) -> Response:
    """The archive of what is configured now (admin API 7.3, configExport)."""
    return ok(state, _exported(state))


def config_import(state: State, entities: Entities, call: Call) -> Response:
    """Import at once: 200, or 422 with what is wrong (admin API 7.3, configImport)."""
    done = state.behaviour.import_at_once_done
    told = _imported(state, entities, _object(state, call), fail_fast=False, done=done)
    if (error := told["apiErrorView"]) is not None:
        raise Refusal(state.behaviour.refused_status, error["flash"], error["form"])
    return nothing(state)


def backup(state: State, _: Call) -> Response:
    """A zip as a file with a name (admin API 7.3, backup; observed: PCB 90-upload-backup-s3.sh)."""
    moment = datetime.fromtimestamp(state.clock.now_s(), UTC)
    content = zipped(state, {state.behaviour.backup_entry: encode(_archive(state))})
    return download(state, moment.strftime(state.behaviour.backup_name), ZIP, content)


def add_export(state: State, _: Call) -> Response:
    """Start an export; what is configured at this moment is what it holds."""
    exported = _exported(state)
    lacks = state.behaviour.workflow_data_lacks
    kept = {name: part for name, part in exported["data"].items() if name not in lacks}
    exported = {**exported, "data": kept}
    told = {"totalEntities": _count(kept), "warnings": [], "apiErrorView": None}
    return _started(state, EXPORTS, told, exported)


def add_import(state: State, entities: Entities, call: Call) -> Response:
    """Start an import; it is through at once, or when the clock has gone on for long enough."""
    fail_fast, body = _fail_fast(state, call), _object(state, call)
    if state.behaviour.import_lasts_s <= 0:
        return _started(state, IMPORTS, _imported(state, entities, body, fail_fast=fail_fast), None)
    begun = {"totalEntities": _count(body.get("data")), "warnings": [], "apiErrorView": None}
    key, status = _status(state, IMPORTS, begun, state.behaviour.workflow_posted)
    state.store.table(IMPORTS).put(key, {"id": key, "status": status, "data": None})
    row = {
        "id": key,
        "ends_s": state.clock.now_s() + state.behaviour.import_lasts_s,
        "fail_fast": fail_fast,
        "archive": state.hidden.seal(json.dumps(body)),
    }
    state.store.table(PENDING).put(key, row)
    return ok(state, status)


def settle(state: State, entities: Entities, method: str, path: str) -> None:
    """End the import whose time has come; Refusal of what has to wait for one.

    What it brings is stored in one piece: whoever is stopped before has the old configuration, and
    the import still before it.
    """
    for row in list(state.store.table(PENDING)):
        if state.clock.now_s() < row["ends_s"]:
            if method == "GET" and path.startswith(MEANWHILE):
                return
            raise Refusal(state.behaviour.import_busy_status, [BUSY])
        body = json.loads(state.hidden.open(row["archive"]) or "{}")
        told = _imported(state, entities, body, fail_fast=row["fail_fast"])
        state.store.table(PENDING).delete(row["id"])
        ended = _ended(state, told)
        status = {"id": row["id"], "status": ended, "currentEntity": None, **_said(state, told)}
        state.store.table(IMPORTS).put(row["id"], {"id": row["id"], "status": status, "data": None})


def workflows(state: State, table: str, _: Call) -> Response:
    """Every workflow (admin API 7.3, ConfigStatuses)."""
    rows = state.store.table(table) if state.behaviour.workflows_listed else ()
    return ok(state, {"items": [row["status"] for row in rows]})


def workflow(state: State, table: str, call: Call) -> Response:
    """One workflow (admin API 7.3, ConfigStatus)."""
    return ok(state, _workflow(state, table, call)["status"])


def exported_data(state: State, call: Call) -> Response:
    """The archive of an export (admin API 7.3, getConfigExportWorkflowData)."""
    return ok(state, _workflow(state, EXPORTS, call)["data"])


def _exported(state: State) -> dict[str, Any]:
    """The archive; Refusal where an export spends credentials and one is not taken."""
    if state.behaviour.archive_export_spends:
        problems = _unspendable(state, state.store.table("pingOneConnections").rows)
        if problems:
            raise Refusal(state.behaviour.refused_status, ["Nothing was exported."], problems)
    return _archive(state)


def _archive(state: State) -> dict[str, Any]:
    behaviour, hidden = state.behaviour, state.hidden

    def shape(table: str, row: Row) -> Row:
        shape = _SHAPES.get(table)
        return row if shape is None else shape(state, row)

    return archive.written(
        state.store, behaviour, version=behaviour.version, hidden=hidden, shape=shape
    )


_SHAPES: Mapping[str, Callable[[State, Row], Row]] = {
    "keyPairs": key_pairs.archived,
    "acmeServers": acme.shown,
}
"""What an archive holds of a row, where that is not the row."""


def _object(state: State, call: Call) -> dict[str, Any]:
    body = call.json(state)
    if not isinstance(body, dict):
        raise unreadable("an archive is a JSON object", state.behaviour)
    return body


def _fail_fast(state: State, call: Call) -> bool:
    """The parameter failFast; without one, what the behaviour takes it for."""
    text = call.request.query_values().get("failFast")
    if text is None and state.behaviour.fail_fast_unset is not None:
        return state.behaviour.fail_fast_unset
    if text is None or text.lower() not in {"true", "false"}:
        raise wrongly_asked({"failFast": ["must be true or false"]}, state.behaviour)
    return text.lower() == "true"


def _imported(
    state: State,
    entities: Entities,
    body: dict[str, Any],
    *,
    fail_fast: bool,
    done: bool = True,
) -> dict[str, Any]:
    """What a ConfigStatus tells of an import, which has been done where nothing was wrong."""
    behaviour = state.behaviour
    upgrades = behaviour.upgrade_renumbers_resources
    plan = archive.planned(
        upgraded(body, behaviour.version) if upgrades else body,
        behaviour,
        fail_fast,
        ApiRules(state, entities),
        hidden=state.hidden,
        version=behaviour.version,
        current=state.store.snapshot(),
    )
    if isinstance(plan, archive.Plan) and behaviour.archive_import_spends:
        plan = _spent(state, plan, fail_fast=fail_fast)
    if not isinstance(plan, archive.Plan):
        return {"totalEntities": 0, "warnings": [], "apiErrorView": plan}
    if behaviour.import_done and done:
        state.store.restore(plan.snapshot)
        state.forget()
        state.counts_rows = not behaviour.import_forgets_ids
        if behaviour.import_reverts_passwords:
            _revert_passwords(state)
    return {
        "totalEntities": plan.total,
        "warnings": list(plan.warnings),
        "apiErrorView": plan.refusal,
    }


def _spent(state: State, plan: archive.Plan, *, fail_fast: bool) -> archive.Plan | dict[str, Any]:
    """The plan, where PingOne takes every credential in it; else the refusal."""
    problems = _unspendable(state, plan.snapshot.get("pingOneConnections", {}))
    return archive.refusal(problems, state.behaviour, fail_fast=fail_fast) if problems else plan


def _unspendable(state: State, rows: Mapping[Any, Row]) -> dict[str, list[str]]:
    """What PingOne has against the credentials of these connections."""
    return {
        f"data.pingOneConnections[id={key}].credential": [why]
        for key, row in rows.items()
        if (why := connections.checked_at_pingone(state, row))
    }


def _revert_passwords(state: State) -> None:
    for key, row in factory(state.behaviour)[PASSWORDS].items():
        state.store.table(PASSWORDS).put(key, row)


def _started(state: State, table: str, told: dict[str, Any], data: object) -> Response:
    """What the start of a workflow answers; what is read of it later is how it ended."""
    key, status = _status(state, table, _said(state, told), _ended(state, told))
    state.store.table(table).put(key, {"id": key, "status": status, "data": data})
    begun = {"totalEntities": told["totalEntities"], "warnings": [], "apiErrorView": None}
    posted = {**status, **begun, "status": state.behaviour.workflow_posted}
    return ok(state, posted)


def _status(
    state: State, table: str, told: dict[str, Any], word: str
) -> tuple[int, dict[str, Any]]:
    rows = state.store.table(table)
    while len(rows) >= state.behaviour.workflows_most:
        rows.delete(next(iter(rows.rows)))
    key = state.next_number(table)
    return key, {"id": key, "status": word, "currentEntity": None, **told}


def _ended(state: State, told: dict[str, Any]) -> str:
    failed = told["apiErrorView"] is not None
    return state.behaviour.workflow_failed if failed else state.behaviour.workflow_complete


def _said(state: State, told: dict[str, Any]) -> dict[str, Any]:
    return told if state.behaviour.workflow_tells_why else {**told, "apiErrorView": None}


def _workflow(state: State, table: str, call: Call) -> Row:
    text = call.ids[0]
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
    row = state.store.table(table).get(number)
    if row is None:
        raise not_found("Workflow", text, state.behaviour)
    return row


def _count(data: Any) -> int:
    if not isinstance(data, dict):
        return 0
    return sum(len(part) if isinstance(part, list) else 1 for part in data.values())
