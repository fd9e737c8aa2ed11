"""Where a source of the catalogue can be read: its text with links to what is public.

Only what these rows name is linked, and addresses that the catalogue's own text holds; evidence
has no sources. The addresses are those that the facts behind the catalogue were read from.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from reports.text import shown

_MANUAL = "https://docs.pingidentity.com"
_PAGES = f"{_MANUAL}/r/en-us"
_P72, _P73 = f"{_PAGES}/pingaccess-72", f"{_PAGES}/pingaccess-73"
_WALKTHROUGH = f"{_PAGES}/pingaccess-72/pa_using_the_admin_api_to_create_a_risk_policy"
_ENDPOINTS = f"{_MANUAL}/pingaccess/latest/reference_guides/pa_admin_api_endpoints.html"
_CONNECTION_FIELDS = f"{_P72}/pa_72_p1_connection_field_descriptions"
_DEVELOPER = "https://developer.pingidentity.com/pingone-api"
_GITHUB = "https://github.com"
_FIELDS_72 = (
    f"{_MANUAL}/pingaccess/7.2/pingaccess_user_interface_reference_guide"
    "/pa_72_risk_policy_field_descriptions.html"
)

PLACES = (
    ("risk policy walkthrough of the admin API 7.2", _WALKTHROUGH),
    ("risk policy walkthrough 7.2", _WALKTHROUGH),
    ("using the admin API to create a risk policy", _WALKTHROUGH),
    ("connecting PingAccess and PingOne Risk", f"{_P72}/pa_connecting_pa_and_p1risk"),
    ("page on assigning risk policies 7.3", f"{_P73}/pa_assigning_risk_policies"),
    ("assigning risk policies", f"{_P73}/pa_assigning_risk_policies"),
    ("connections and risk policies endpoints", f"{_P73}/pa_p1connections_riskpolicies_endpoints"),
    ("PingOne connection field descriptions page 7.2", _CONNECTION_FIELDS),
    ("PingOne connections page 8.0", f"{_PAGES}/pingaccess-80/pa_adding_a_p1_connection"),
    ("risk policy field descriptions 7.2", _FIELDS_72),
    ("PingAccess admin API endpoints page", _ENDPOINTS),
    ("admin API 7.3", f"{_GITHUB}/pingidentity/pingaccess-go-client"),
    ("PingOne error codes", f"{_DEVELOPER}/platform/reference/error-codes.html"),
    ("PingOne reference, error codes", f"{_DEVELOPER}/platform/reference/error-codes.html"),
    ("PingOne reference", _DEVELOPER),
    ("PingOne API reference", _DEVELOPER),
    ("PingOne management API", _DEVELOPER),
    ("PingOne Protect API", _DEVELOPER),
    ("PingOne authentication API", _DEVELOPER),
    ("PingOne PingFederate connection page", f"{_PAGES}/pingone/p1_c_create_connection_pf"),
    ("PingOne Go SDK", f"{_GITHUB}/patrickcping/pingone-go-sdk-v2"),
    ("pingidentity-docker-builds", f"{_GITHUB}/pingidentity/pingidentity-docker-builds"),
    ("pingidentity-server-profiles", f"{_GITHUB}/pingidentity/pingidentity-server-profiles"),
    ("ping-cloud-base", f"{_GITHUB}/pingidentity/ping-cloud-base"),
    ("pingaccess-sdk-go", f"{_GITHUB}/iwarapter/pingaccess-sdk-go"),
    ("terraform-provider-pingaccess", f"{_GITHUB}/iwarapter/terraform-provider-pingaccess"),
    ("OpenID Connect Discovery 1.0", "https://openid.net/specs/openid-connect-discovery-1_0.html"),
)
"""How the catalogue names a public source, and its address; the longer name first."""

_BY_NAME = dict(PLACES)
_NAMED = re.compile(
    r"(?P<url>https?://[^\s,;\"'<>()]+)"
    r"|RFC (?P<rfc>\d{3,5})(?: sections? (?P<section>\d+(?:\.\d+)*))?"
    r"|(?P<name>" + "|".join(re.escape(name) for name, _ in PLACES) + ")"
)


@lru_cache(maxsize=2048)
def linked(source: str) -> Markup:
    """The text, each public source in it a link."""
    pieces: list[Markup] = []
    done = 0
    for found in _NAMED.finditer(source):
        pieces += [shown(source[done : found.start()]), _link(found)]
        done = found.end()
    return Markup().join([*pieces, shown(source[done:])])


def _link(found: re.Match[str]) -> Markup:
    address = found["url"] or _BY_NAME.get(found["name"] or "") or _rfc(found)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(escape(address), found[0])


def _rfc(found: re.Match[str]) -> str:
    part = f"#section-{found['section']}" if found["section"] else ""
    return f"https://www.rfc-editor.org/rfc/rfc{found['rfc']}.html{part}"
