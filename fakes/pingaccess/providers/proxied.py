"""Which proxy a call goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.network import Proxy
from fakes.pingaccess.objects.settings import current
from fakes.pingaccess.system.singletons import ADMIN_CONFIG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.pingaccess.state import State


def proxy_of(state: State, row: Mapping[str, Any], *, secure: bool = True) -> Proxy | None:
    """The node's proxy, for an object that is to use one; None where it is not, or has none.

    Source: admin API 7.3: useProxy of a connection; httpsProxyId and httpProxyId of
    AdminConfiguration: the proxy for HTTPS or HTTP requests, or zero if none. That the admin node
    calls PingOne, and so its proxy counts, is assumed.
    """
    if not row.get("useProxy"):
        return None
    key = current(state, ADMIN_CONFIG)["httpsProxyId" if secure else "httpProxyId"]
    proxy = state.store.table("proxies").get(key or 0)
    if proxy is None:
        return None
    login = proxy["username"] or "" if proxy["requiresAuthentication"] else ""
    password = _password(state, proxy) if login else ""
    return Proxy(str(proxy["host"]), proxy["port"], str(login), password)


def _password(state: State, proxy: Mapping[str, Any]) -> str:
    """The password of a proxy, where it can be opened here."""
    hidden = proxy.get("password") or {}
    return str(hidden.get("value") or state.hidden.open(hidden.get("encryptedValue")) or "")
