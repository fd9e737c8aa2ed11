"""No secret survives, in whatever form it is written, and what is not secret does."""

from __future__ import annotations

import base64
import html
import json
import random
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness import jose
from harness.known import SHORTEST
from harness.redaction import Redactor
from harness.tests.tokens import CREDENTIAL, ISSUER

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = 'C4n&ry <"p\\w€rd/+é😀> x'
"""A secret that every encoding writes differently."""


def partly(text: str) -> str:
    """Percent-encoded here and there, in either case of letters."""
    rng = random.Random(0)  # noqa: S311 - no secret is made
    pieces = [quote(one, safe="") if rng.random() < 0.5 or one in "%&+ " else one for one in text]
    return "".join(one.lower() if rng.random() < 0.5 and "%" in one else one for one in pieces)


def escaped(text: str) -> str:
    """As JSON with an escape for every unit of UTF-16 (RFC 8259 section 7)."""
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02X}{units[at + 1]:02x}" for at in range(0, len(units), 2))


ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded, slashes kept": lambda text: quote(text, safe="/"),
    "percent-encoded, in small letters": lambda text: (
        quote(text, safe="").lower() if text.islower() else partly(text)
    ),
    "percent-encoded twice": lambda text: quote(quote(text, safe=""), safe=""),
    "form": quote_plus,
    "every byte percent-encoded": lambda text: "".join(f"%{one:02x}" for one in text.encode()),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON in UTF-8": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON, slashes escaped": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON, all escaped": escaped,
    "JSON in JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "JSON in a form": lambda text: quote_plus(json.dumps(text)[1:-1]),
    "HTML": html.escape,
    "HTML by numbers": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "hexadecimal": lambda text: text.encode().hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64url": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 after one byte": lambda text: base64.b64encode(b":" + text.encode()).decode(),
    "base64 after two bytes": lambda text: base64.b64encode(b"u:" + text.encode()).decode(),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "UTF-16, read byte by byte": lambda text: text.encode("utf-16-be").decode("latin-1"),
    "hexadecimal of UTF-16": lambda text: text.encode("utf-16-le").hex(),
    "base64, percent-encoded": lambda text: quote(base64.b64encode(text.encode()), safe=""),
}


def core(encoded: str, name: str) -> str:
    """What of an encoded secret tells it: base64 shares its ends with what stands beside it."""
    return encoded[4:-4] if "base64" in name else encoded


# --- known secrets


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("around", ["{}", "x{}y", '{{"a": "{}", "b": 1}}', "/p?q={}&r=s"])
def test_a_canary_is_found_in_every_encoding(name: str, around: str) -> None:
    encoded = ENCODINGS[name](CANARY)

    shown = Redactor([CANARY]).text(around.format(encoded))

    assert core(encoded, name) not in shown
    assert "REDACTED-1" in shown


def test_the_same_secret_has_the_same_placeholder_in_every_encoding() -> None:
    redactor = Redactor([CANARY, "another secret"])

    shown = redactor.text(f"{CANARY} | another secret | {quote(CANARY)} | {json.dumps(CANARY)}")

    assert shown == 'REDACTED-1 | REDACTED-2 | REDACTED-1 | "REDACTED-1"'


def test_placeholders_stay_when_more_secrets_are_learnt() -> None:
    redactor = Redactor(["second secret"])
    before = redactor.text("second secret")
    redactor.learn({"a first secret", "second secret"})

    assert redactor.text("second secret") == before == "REDACTED-1"
    assert redactor.text("a first secret") == "REDACTED-2"


def test_secrets_within_and_across_each_other_are_found() -> None:
    redactor = Redactor(["abcdefgh", "efghijkl", "cdefgh"])

    assert redactor.text("1 abcdefghijkl 2") == "1 REDACTED-1 2"
    assert redactor.text("1 cdefgh 2") == "1 REDACTED-2 2"


def test_a_secret_that_is_too_short_to_tell_is_left_in_text() -> None:
    assert Redactor(["a", "", "12345"]).text("a 12345") == "a 12345"


def test_what_is_around_a_secret_is_kept() -> None:
    text = 'before "50%&lt;\\u00e9" {} after'

    assert Redactor([CANARY]).text(text.format(quote(CANARY))) == text.format("REDACTED-1")


def test_no_secret_is_in_the_repr() -> None:
    assert CANARY not in repr(Redactor([CANARY]))


secrets = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("&%+\\\"'<>/= \n\0é€😀"),
    min_size=SHORTEST,
    max_size=40,
).filter(lambda text: text not in "REDACTED-1" and not text.isspace())


@given(
    secrets,
    st.sampled_from(sorted(ENCODINGS)),
    st.text(max_size=30),
    st.text(max_size=30),
)
@example("000000", "base64 after two bytes", "", "")
@example("+ + + ", "form", "%", "%")
@example("\\\\\\\\\\\\", "JSON in JSON", "", "")
@example("000000000000000À\\r", "percent-encoded, in small letters", "", "")
@example("00000\x1f", "HTML by numbers", "", "")
def test_no_secret_survives(secret: str, name: str, before: str, after: str) -> None:
    """In any encoding, between anything. What stands before and after may not hold it itself."""
    encoded = ENCODINGS[name](secret)
    middle = core(encoded, name)

    shown = Redactor([secret]).text(f"{before} {encoded} {after}")

    assert secret not in shown
    if len(middle) >= SHORTEST and middle not in f"{before} {after} REDACTED-1":
        assert middle not in shown


@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_texts_without_secrets_stay(text: str) -> None:
    shown = Redactor(["not in there, surely"]).text(text)

    if text.isalpha() and "eyJ" not in text:
        assert shown == text


# --- secrets because of their place


@pytest.mark.parametrize(
    "name",
    [
        *("password", "newPassword", "client_secret", "clientSecret", "access_token", "PASSWORD"),
        *("subject_token", "credential", "encryptedValue", "privateKey", "apiKey", "fileData"),
        *("client_assertion", "refresh_token"),
    ],
)
def test_a_member_of_a_telling_name_is_redacted(name: str) -> None:
    redactor = Redactor()

    assert redactor.text(f'{{"{name}": "hush"}}') == f'{{"{name}": "REDACTED-1"}}'
    assert redactor.text(f"{{'{name}': 'hush', 'x': 1}}") == f"{{'{name}': 'REDACTED-1', 'x': 1}}"
    assert redactor.text(f"a=1&{name}=hush&b=2") == f"a=1&{name}=REDACTED-1&b=2"
    assert redactor.text(f'{{\\"{name}\\": \\"hush\\"}}') == f'{{\\"{name}\\": \\"REDACTED-1\\"}}'
    assert redactor.text(f'{{"{name}": "hush') == f'{{"{name}": "REDACTED-1'


@pytest.mark.parametrize(
    "text",
    [
        '{"credentialStatus": "VALID", "token_type": "Bearer", "credentialId": "1"}',
        '{"credential": null, "password": "", "useToken": true}',
        '{"tokenEndpoint": "https://a", "credentials": [{"id": 1}]}',
        "token_endpoint=x&subject_token_type=y",
        "Basic authentication is used; Bearer authentication is not",
        "oidcProvider.privateKeyJwtAudience",
    ],
)
def test_names_that_only_sound_telling_are_left(text: str) -> None:
    assert Redactor().text(text) == text


def test_a_hidden_field_is_redacted_in_both_its_members() -> None:
    """Source: admin API 7.3, schema HiddenField (value, encryptedValue)."""
    text = '{"credential": {"value": "a\\"}b", "encryptedValue": "OBF:1"}, "id": 1}'

    shown = Redactor().text(text)

    assert json.loads(shown) == {
        "credential": {"value": "REDACTED-1", "encryptedValue": "REDACTED-2"},
        "id": 1,
    }
    assert Redactor().text(text[:29]) == '{"credential": {"value": "REDACTED-1'


def test_private_keys_are_redacted() -> None:
    pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabcd\n-----END RSA PRIVATE KEY-----"
    jwk = '{"kty": "RSA", "n": "abcdefghijklmnopqrst", "d": "abcdefghijklmnopqrstu"}'

    redactor = Redactor()

    assert redactor.text(f"a {pem} b") == "a REDACTED-1 b"
    assert redactor.text(json.dumps({"x": pem, "y": 1})) == '{"x": "REDACTED-2", "y": 1}'
    assert redactor.text(pem[:50]) == "REDACTED-3"
    assert json.loads(redactor.text(jwk)) == {
        "kty": "RSA",
        "n": "abcdefghijklmnopqrst",
        "d": "REDACTED-4",
    }


def test_headers_that_carry_secrets_are_redacted() -> None:
    basic = base64.b64encode(b"Administrator:2Access").decode()
    shown = Redactor(["2Access"]).headers(
        [
            ("Authorization", f"Basic {basic}"),
            ("authorization", "Basic ???"),
            ("Authorization", "Bearer abc"),
            ("Authorization", "opaque value"),
            ("Cookie", "PA.s=abc; lang=de"),
            ("Set-Cookie", "PA.s=abc; Path=/; Secure"),
            ("X-Auth-Token", "t"),
            ("X-Api-Key", "k"),
            ("X-Echo", "is 2Access"),
            ("X-XSRF-Header", "PingAccess"),
        ]
    )

    assert [value for _, value in shown] == [
        "Basic (Administrator:REDACTED-1)",
        "Basic REDACTED-2",
        "Bearer REDACTED-3",
        "REDACTED-4",
        "PA.s=REDACTED-3; lang=REDACTED-5",
        "PA.s=REDACTED-3; Path=/; Secure",
        "REDACTED-6",
        "REDACTED-7",
        "is REDACTED-1",
        "PingAccess",
    ]


def test_a_long_cookie_is_known_wherever_it_stands_later() -> None:
    redactor = Redactor()
    before = redactor.text("lang-of-the-user 0123456789abcdef")
    redactor.headers([("Set-Cookie", "PA=0123456789abcdef; Path=/"), ("Cookie", "lang=de")])

    assert before == "lang-of-the-user 0123456789abcdef"
    assert redactor.text("lang-of-the-user 0123456789abcdef de") == (
        "lang-of-the-user REDACTED-1 de"
    )


def test_a_login_in_a_text_is_redacted() -> None:
    basic = base64.b64encode(b"worker:its-secret").decode()

    assert Redactor().text(f"sent Basic {basic}.") == "sent Basic (worker:REDACTED-1)."
    assert Redactor().text("sent Bearer " + "a" * 20) == "sent Bearer REDACTED-1"


# --- tokens


def test_a_token_keeps_its_structure_and_loses_ids_and_signature() -> None:
    draft = jose.read(CREDENTIAL)
    shown = Redactor().text(f'{{"x": "{CREDENTIAL}"}}')

    assert all(f"{name}=" in shown for name, _ in (*draft.header, *draft.claims))
    assert "alg=RS256" in shown
    assert "gatewayType=PING_FEDERATE" in shown
    assert f"; signature:{len(CREDENTIAL.rpartition('.')[2])})" in shown
    assert dict(draft.claims)["jti"] not in shown
    assert CREDENTIAL.rpartition(".")[2] not in shown
    assert json.loads(shown)  # it needs no escape


def test_a_token_is_shown_alike_whether_it_is_known_or_not() -> None:
    assert Redactor([CREDENTIAL]).text(CREDENTIAL) == Redactor().text(CREDENTIAL)


def test_a_token_keeps_its_structure_after_parts_of_it_were_tried_alone() -> None:
    """A scenario may send a header without the rest, which other tokens have too."""
    header, _, rest = CREDENTIAL.partition(".")
    text = f'{{"credential":"{CREDENTIAL}","x":"tried {header}"}}'

    shown = Redactor([header, rest]).text(text)

    assert shown == Redactor().text(text)
    assert rest not in shown


@pytest.mark.parametrize("around", ['"', " ", "'", "\r\n"])
def test_a_token_that_was_tried_in_quotes_or_blanks_leaves_them_to_others(around: str) -> None:
    text = json.dumps({"credential": CREDENTIAL}) + f"{around}{CREDENTIAL}{around}"

    shown = Redactor([around + CREDENTIAL + around]).text(text)

    assert shown == Redactor().text(text)


def test_a_spoiled_token_shows_what_can_be_read_of_it() -> None:
    header, payload, _ = CREDENTIAL.split(".")
    redactor = Redactor()

    assert "; no signature)" in redactor.text(f"{header}.{payload}.")
    assert "; 2 parts)" in redactor.text(f"{header}.{payload}")
    assert "; unreadable:4; signature:4)" in redactor.text(f"{header}.AAAA.BBBB")
    assert redactor.text(header) == "JWT-4(alg=RS256; 1 part)"


def test_a_claim_cannot_break_out_of_the_description() -> None:
    claims = (
        *(("</script>", '"; (x)'), ("iss", '"\n\u202e<b>'), ("a", {"b": "secret"})),
        *(("n", 123456), ("l", ["x", "y"]), ("e", ""), ("t", True)),
    )
    token = jose.Draft(header=(("alg", "RS256"),), claims=claims).compact(ISSUER)

    shown = Redactor().text(token)

    signature = token.rpartition(".")[2]
    assert shown == (
        "JWT-1(alg=RS256; ?/script?=REDACTED-1:string:6 iss=????b? "
        f"a=object:1 n=number:6 l=array:2 e=string:0 t=true; signature:{len(signature)})"
    )


@given(st.dictionaries(st.text(max_size=5), secrets, min_size=1, max_size=4))
def test_no_claim_that_is_not_public_survives(claims: dict[str, str]) -> None:
    names = {f"x-{at}": value for at, value in enumerate(claims.values())}
    token = jose.Draft(header=(("alg", "none"),), claims=tuple(names.items())).compact()

    shown = Redactor().text(token)

    always = f"JWT-1(alg=none; {'=REDACTED-1:string: '.join([*names, ''])}; no signature) {token}"
    assert not [value for value in names.values() if value in shown and value not in always]


def test_a_form_is_redacted() -> None:
    form = urlencode({"grant_type": "x", "subject_token": CREDENTIAL, "client_secret": "hush-hush"})

    shown = Redactor(["hush-hush"]).text(form)

    assert CREDENTIAL not in shown
    assert shown.startswith("grant_type=x&subject_token=JWT-1(")
    assert shown.endswith(")&client_secret=REDACTED-1")


def test_bytes_that_are_not_text_are_shown_as_such() -> None:
    assert Redactor().body(b'{"a": "\xff\x00"}') == '{"a": "\\xff\x00"}'


@pytest.mark.parametrize("around", ["", "é", "x" * 7, "%41"])
def test_a_secret_of_one_letter_is_found_however_much_more_of_it_follows(around: str) -> None:
    redactor = Redactor(["A" * 16, "A" * 22, "ab" * 9])

    assert redactor.text(f"{around}-{'A' * 20}-") == f"{around}-REDACTED-1-"
    assert redactor.text(f"{around}-{'A' * 1_000}-") == f"{around}-REDACTED-2-"
    assert redactor.text(f"{around}-{'ab' * 1_000}-{around}") == f"{around}-REDACTED-3-{around}"
    assert redactor.text(f"{around}-{'A' * 15}-") == f"{around}-{'A' * 15}-"


@pytest.mark.parametrize("length", range(6, 30))
def test_a_form_is_found_wherever_it_stands(length: int) -> None:
    """Whatever the step by which texts are looked at."""
    secret = "s3cr3t-Ünd-Z1ffern-0123456789abcdef"[:length]
    redactor = Redactor([secret, *(f"{secret[:5]}{number:030}" for number in range(50))])

    for before in range(20):
        text = f"{'.' * before}{secret}"
        assert redactor.text(text) == f"{'.' * before}REDACTED-1"
        assert redactor.text(f"{text}{'.' * before}") == f"{'.' * before}REDACTED-1{'.' * before}"


@pytest.mark.parametrize("secret", ["\0" * 6, "\0" * 40, "\0" * 9 + "a"], ids=ascii)
def test_of_a_secret_of_nothing_but_zeros_no_part_is_looked_for(secret: str) -> None:
    """In UTF-16 nothing else is left of it."""
    redactor = Redactor([secret])

    assert redactor.text("a banana") == "a banana"
    assert redactor.text(f"a {secret} banana") == "a REDACTED-1 banana"
