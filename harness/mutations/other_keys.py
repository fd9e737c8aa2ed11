"""Keys of another kind, size, use or owner than the issuer's (ALG, HDR, SIG, DOS)."""

from __future__ import annotations

from harness import elliptic
from harness.mutations import edits, keys
from harness.mutations.model import Judge, Mutation, Stage, Verdict
from harness.mutations.rows import STRANGER_TRUSTED, reject

_CONFUSED = "RFC 8725 sections 2.1 and 3.1"
_CURVE = "RFC 7518 section 3.4"
_USE = "RFC 7517 sections 4.2 to 4.4"

_N = elliptic.ORDER
_EDGES = (("zero", 0), ("one", 1), ("before-order", _N - 1), ("order", _N))

_SHAPES = (
    ("leading", "a zero byte before R"),
    ("trailing", "a zero byte behind S"),
    ("wide", "R and S of 33 bytes"),
    ("r-beyond", "the order of the curve added to R"),
    ("s-beyond", "the order of the curve added to S"),
    ("long", "512 bytes, of which the first 64 are right"),
)

OTHER_KEYS: tuple[Mutation, ...] = (
    *(
        reject(
            f"JWT-ALG-006.{form}",
            f"HS256 with {title} as the secret",
            Stage.SIGNATURE,
            _CONFUSED,
            keys.hashed_with_elliptic_key,
            form,
        )
        for form, title in (
            ("jwk", "an elliptic public key as a JWK"),
            ("point", "x and y of an elliptic public key"),
            ("openssh", "an elliptic public key as OpenSSH writes it"),
            ("pem", "an elliptic public key in PEM"),
        )
    ),
    *(
        reject(
            f"JWT-ALG-012.{curve.lower().replace('-', '')}",
            f"{alg} signed with a key on {curve}",
            Stage.SIGNATURE,
            _CURVE,
            keys.on_curve,
            alg,
            curve,
        )
        for alg, curve in (("ES256", "P-384"), ("ES512", "P-256"))
    ),
    reject(
        "JWT-ALG-013.tenant",
        "Signed by the key of another tenant under a key id that both have",
        Stage.SIGNATURE,
        "RFC 7515 section 6; RFC 8725 section 3.8",
        keys.with_kid,
        "default",
        "rsa",
    ),
    *(
        reject(
            f"JWT-ALG-014.{how}",
            f"Signed for {title} that the header shows",
            Stage.SIGNATURE,
            "RFC 7518 section 3.3 (2048 bits or more); RFC 8725 section 3.4",
            keys.weak_key,
            how,
        )
        for how, title in (
            ("one", "an RSA key with e = 1"),
            ("three", "an RSA key with e = 3, by a cube root"),
            ("small", "an RSA key of 1024 bits"),
        )
    ),
    *(
        reject(
            f"JWT-HDR-026.{how}",
            f"The key id of an RSA key over a true signature of {title}",
            Stage.SIGNATURE,
            _USE,
            keys.with_kid,
            "default",
            how,
        )
        for how, title in (("ec", "an elliptic key"), ("hmac", "HMAC"))
    ),
    *(
        reject(
            f"JWT-SIG-005.{first}-{last}",
            f"ES256 with r {first} and s {last}",
            Stage.SIGNATURE,
            _CURVE,
            keys.numbers,
            r,
            s,
        )
        for first, r in _EDGES
        for last, s in _EDGES
    ),
    *(
        reject(
            f"JWT-SIG-007.{how}",
            f"ES256 with {title}",
            Stage.SIGNATURE,
            _CURVE,
            keys.reshaped,
            how,
        )
        for how, title in _SHAPES
    ),
    Mutation(
        "JWT-SIG-008.other-half",
        "ES256 with n - S instead of S, which is a true signature as well",
        Stage.SIGNATURE,
        Verdict.ACCEPT,
        Judge.ISSUER,
        f"{_CURVE} (both are ECDSA signatures)",
        keys.reshaped,
        ("other-half",),
        STRANGER_TRUSTED,
    ),
    reject(
        "JWT-SIG-009.cube-root",
        "A number whose cube begins with the padded digest, as e = 3 would take it",
        Stage.SIGNATURE,
        "RFC 7518 section 3.3; RFC 8725 section 3.4",
        keys.weak_key,
        "three",
    ),
    *(
        reject(
            f"JWT-DOS-010.{bits}",
            f"jwk with a modulus of {bits} bits",
            Stage.HEADER,
            "RFC 8725 section 3.4",
            keys.huge_key,
            bits,
            judge=Judge.ISSUER,
        )
        for bits in (16_384, 131_072)
    ),
    reject(
        "JWT-ALG-004.es256k",
        "alg 'ES256K'",
        Stage.HEADER,
        "RFC 8812 section 3.2; RFC 8725 section 3.1",
        edits.set_header,
        "alg",
        "ES256K",
    ),
)
