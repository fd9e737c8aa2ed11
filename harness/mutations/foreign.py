"""Other things than the token, which people paste (XPR)."""

from __future__ import annotations

from harness.mutations import texts
from harness.mutations.model import Mutation, Stage
from harness.mutations.rows import reject

_NO_JWT = "RFC 7519 section 7.2 (1)"

_PEM = "-----BEGIN {0}-----\n" + 2 * (16 * "MIIB" + "\n") + "-----END {0}-----\n"

_OTHER_THINGS = (
    ("001.uuid", "A UUID", "0b1f3d1e-6f1c-4d6a-8a7e-2f9c1f6d3b10"),
    ("001.opaque", "An opaque token", "q7Yz2LkV0wNcR8sXb4TtGd1FhJm5PaEu"),
    (
        "002.secret",
        "A client secret",
        "Zr9~tXw2.Lk8_Qv5-Bn3Hs7Jd1Gf6Pc4Ym0Ra5Te8Uo2Ix7Ke9Wb3Nl6Vq1Cz4Sd",
    ),
    ("003.key", "An API key", "sk_" + "live_" + 24 * "0"),
    ("003.pat", "A personal access token", "gh" + "p_" + 36 * "0"),
    ("004.saml", "A SAML assertion", '<saml:Assertion ID="_0" Version="2.0"></saml:Assertion>'),
    (
        "004.entity",
        "XML with an outer entity",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/">]><a>&b;</a>',
    ),
    ("005.certificate", "A certificate in PEM", _PEM.format("CERTIFICATE")),
    ("005.public-key", "A public key in PEM", _PEM.format("PUBLIC KEY")),
    ("006.jwk", "A JWK", '{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'),
    ("006.jwks", "A JWK set", '{"keys":[]}'),
    ("007.paseto", "A PASETO", "v2.local." + 60 * "A"),
    ("009.kerberos", "A GSS-API token", "YIIZiQYJKoZIhvcSAQICAQBuggl"),
    ("010.cwt", "A CWT in base64url", "2D3ShEOhASagWDOhAWtleGFtcGxlLmNvbVhA" + 86 * "A"),
    ("011.claims", "Decoded claims", '{\n  "iss": "wss://gateways.pingone.com",\n  "iat": 1\n}'),
)

FOREIGN: tuple[Mutation, ...] = (
    *(
        reject(f"JWT-XPR-{id_}", title, Stage.TEXT, _NO_JWT, texts.text_is, text)
        for id_, title, text in _OTHER_THINGS
    ),
    reject(
        "JWT-XPR-008.sd-jwt",
        "The token as an SD-JWT with a disclosure",
        Stage.TEXT,
        "RFC 9901 section 4",
        texts.around,
        "",
        "~WyJzYWx0IiwibmFtZSIsInZhbHVlIl0~",
    ),
    reject(
        "JWT-XPR-011.header",
        "The header of the token alone",
        Stage.FORM,
        _NO_JWT,
        texts.parts,
        "h",
    ),
    reject(
        "JWT-XPR-012.url",
        "A link with the token in it",
        Stage.TEXT,
        _NO_JWT,
        texts.around,
        "https://console.pingone.com/?credential=",
    ),
)
