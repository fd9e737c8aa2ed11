"""ACME servers, and the one that is the default (admin API 7.3, AcmeServer, Link)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fakes.pingaccess.objects.spec import Check, Entity, Field, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.objects.reading import Reading
    from fakes.pingaccess.objects.spec import Draft
    from fakes.pingaccess.state import State
    from fakes.store import Row

_LINK = (Field("id"), Field("location"))
_URL = re.compile(r"https://[^\s/?#]+(/[^\s]*)?", re.ASCII)
_PATH = "/acme/servers"
_STAGING = "8572f98e-482e-41c2-8a3d-6a0b2fc99734"

SERVERS: tuple[dict[str, Any], ...] = (
    {
        "id": "08eb4cbc-20ed-409b-82c6-12fd0c92eb71",
        "name": "Let's Encrypt",
        "url": "https://acme-v02.api.letsencrypt.org/directory",
        "acmeAccounts": [],
    },
    {
        "id": _STAGING,
        "name": "Let's Encrypt Staging Environment",
        "url": "https://acme-staging-v02.api.letsencrypt.org/directory",
        "acmeAccounts": [],
    },
)
"""Those of a new product: in every export seen of 6.0 to 7.0.4 (observed)."""


def shown(state: State, row: Row) -> Mapping[str, Any]:
    """The server with links to its accounts, wherever those came from (admin API 7.3)."""
    path = f"{state.behaviour.own_url}{_PATH}/{row['id']}/accounts"
    accounts = state.store.table("acmeAccounts")
    keys = [one["id"] for one in accounts if one.get("acmeServerId") == row["id"]]
    return {**row, "acmeAccounts": [{"id": key, "location": f"{path}/{key}"} for key in keys]}


def _is_secure(reading: Reading, draft: Draft) -> None:
    """The directory is an https URL (RFC 8555 section 6.1: ACME runs over HTTPS)."""
    url = draft.get("url")
    if isinstance(url, str) and not _URL.fullmatch(url):
        reading.complain("url", "must be the https URL of an ACME directory")


def _is_one(reading: Reading, draft: Draft) -> None:
    """The link names a server: by its id, else by its location (admin API 7.3, Link.id)."""
    key = str(draft.get("id") or "") if reading.body.get("id") else ""
    location = reading.body.get("location")
    if not key and isinstance(location, str):
        key = location.rpartition(f"{_PATH}/")[2]
    if key in reading.state.store.table(ACME_SERVERS.table):
        draft.update(id=key, location=f"{reading.behaviour.own_url}{_PATH}/{key}")
    elif "id" not in reading.form:
        reading.complain("location", "names no ACME server")


ACME_SERVERS = Entity(
    "acmeServers",
    "ACME server",
    _PATH,
    (
        named(),
        Field("url", required=True),
        Field("acmeAccounts", "objects", default=(), read_only=True, members=_LINK),
    ),
    key="uuid",
    verbs=frozenset({"LIST", "POST", "GET", "DELETE"}),
    checks=(Check("acmeServers.url", _is_secure),),
    show=shown,
)
"""They are not changed, only made and deleted (admin API 7.3)."""

ACME_DEFAULT = Entity(
    "acmeDefaultServer",
    "Default ACME server",
    f"{_PATH}/default",
    (
        Field("id", default=_STAGING, refers=ACME_SERVERS.table),
        Field(
            "location",
            default=f"https://localhost:9000/pa-admin-api/v3{_PATH}/{_STAGING}",
        ),
    ),
    verbs=frozenset({"GET", "PUT"}),
    named=(),
    unique=(),
    single=True,
    exported=True,
    checks=(Check("acmeDefaultServer.link", _is_one),),
)
"""There always is one; of a new product: observed in every export, as its name there."""
