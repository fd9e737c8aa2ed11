"""The lists of values that a member can have, where the admin API has a path for one.

The names are those of the specification's enumerations (admin API 7.3); of algorithms, those that
the vendor's exports show, and beside them the others of RFC 7518, which are assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.pingaccess.answers import ok

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.message import Response
    from fakes.pingaccess.answers import Call
    from fakes.pingaccess.state import State

CHOICES: Mapping[str, Mapping[str, str]] = {
    "/webSessionManagement/cookieTypes": {
        "Encrypted": "The cookie is an encrypted JWT.",
        "Signed": "The cookie is a signed JWT.",
    },
    "/webSessionManagement/encryptionAlgorithms": {
        "A128CBC-HS256": "AES of 128 bits in CBC mode with HMAC SHA-256.",
        "A192CBC-HS384": "AES of 192 bits in CBC mode with HMAC SHA-384.",
        "A256CBC-HS512": "AES of 256 bits in CBC mode with HMAC SHA-512.",
    },
    "/webSessionManagement/signingAlgorithms": {
        "P-256": "ECDSA on the curve P-256 with SHA-256.",
        "P-384": "ECDSA on the curve P-384 with SHA-384.",
        "P-521": "ECDSA on the curve P-521 with SHA-512.",
    },
    "/webSessionManagement/oidcLoginTypes": {
        "Code": "The authorization code flow.",
        "POST": "The implicit flow, its response sent as a form.",
        "x_post": "The implicit flow, its response sent by a script.",
    },
    "/webSessionManagement/requestPreservationTypes": {
        "None": "Nothing of the request is preserved.",
        "POST": "The body of a POST is preserved.",
        "All": "Body and fragment of any request are preserved.",
    },
    "/webSessionManagement/webStorageTypes": {
        "SessionStorage": "For as long as the window is open.",
        "LocalStorage": "Until it is removed.",
    },
}
"""By path: what a value means, by its name."""

LATER: Mapping[str, str] = {
    "A128GCM": "AES of 128 bits in GCM mode.",
    "A192GCM": "AES of 192 bits in GCM mode.",
    "A256GCM": "AES of 256 bits in GCM mode.",
}
"""What values of later releases mean; their names are those of RFC 7518 (assumed)."""


def choices(state: State, path: str, _: Call) -> Response:
    """The list of a path (admin API 7.3: items, each with name and description)."""
    later = {
        name: LATER.get(name, "") for place, name in state.behaviour.more_choices if place == path
    }
    shown = {**CHOICES[path], **dict(sorted(later.items()))}
    items = [{"name": name, "description": text} for name, text in shown.items()]
    return ok(state, {"items": items})
