"""What people paste: the token with dirt around it or in it (PST)."""

from __future__ import annotations

from harness.mutations import texts
from harness.mutations.model import Mutation, Stage, Verdict
from harness.mutations.rows import open_to, reject

_INSIDE = "RFC 7515 sections 2 and 5.2 (2)"
_ALONE = "RFC 7515 section 7.1"
_NO_JWT = "RFC 7519 section 7.2 (1)"

_SPACES = (("space", " "), ("tab", "\t"), ("cr", "\r"), ("lf", "\n"), ("crlf", "\r\n"))
_INVISIBLE = (
    ("zero-width-space", "\u200b"),
    ("zero-width-non-joiner", "\u200c"),
    ("soft-hyphen", "\u00ad"),
    ("word-joiner", "\u2060"),
    ("byte-order-mark", "\ufeff"),
)
_QUOTES = (
    ("double", '"', '"'),
    ("single", "'", "'"),
    ("backtick", "`", "`"),
    ("curly", "\u201c", "\u201d"),
    ("guillemets", "\u00ab", "\u00bb"),
)
_PREFIXES = (
    ("bearer", "Bearer "),
    ("bearer-colon", "bearer:"),
    ("jwt", "JWT "),
    ("assignment", "token="),
    ("header", "Authorization: Bearer "),
)
_SURROUNDINGS = (
    ("fence", "```jwt\n", "\n```"),
    ("angle", "<", ">"),
    ("comma", "", ","),
    ("semicolon", "", ";"),
    ("export", "export CREDENTIAL=", ""),
)

PASTED: tuple[Mutation, ...] = (
    reject("JWT-PST-001.empty", "Nothing at all", Stage.TEXT, _NO_JWT, texts.text_is, ""),
    *(
        reject(
            f"JWT-PST-002.{name}",
            f"Nothing but {name}",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.text_is,
            4 * text,
        )
        for name, text in (*_SPACES[:2], ("no-break-space", "\u00a0"), *_INVISIBLE[:1])
    ),
    *(
        open_to(
            Verdict.PROFILE,
            f"JWT-PST-003.{where}-{name}",
            f"A {name} {where} the token",
            Stage.TEXT,
            "RFC 7515 section 5.2 (2)",
            texts.around,
            text if where == "before" else "",
            text if where == "behind" else "",
        )
        for where in ("before", "behind")
        for name, text in _SPACES
    ),
    *(
        reject(
            f"JWT-PST-004.{width}-{name}",
            f"The token in lines of {width} characters, ended with {name}",
            Stage.TEXT,
            _INSIDE,
            texts.wrapped,
            width,
            text,
        )
        for width, name, text in ((64, "lf", "\n"), (76, "crlf", "\r\n"))
    ),
    *(
        reject(
            f"JWT-PST-005.{name}",
            f"A {name} inside the token",
            Stage.TEXT,
            f"{_INSIDE}; RFC 4648 section 3.3",
            texts.insert,
            0.5,
            text,
        )
        for name, text in _SPACES
    ),
    *(
        reject(
            f"JWT-PST-006.{name}",
            f"A {name} inside the token",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.insert,
            0.6,
            text,
        )
        for name, text in _INVISIBLE
    ),
    *(
        reject(
            f"JWT-PST-006.{where}",
            f"An invisible character {where} the token",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.around,
            "\u200b" if where == "before" else "",
            "\ufeff" if where == "behind" else "",
        )
        for where in ("before", "behind")
    ),
    *(
        reject(
            f"JWT-PST-007.{name}",
            f"The token in {name} quotation marks",
            Stage.TEXT,
            _ALONE,
            texts.around,
            before,
            after,
        )
        for name, before, after in _QUOTES
    ),
    *(
        reject(
            f"JWT-PST-008.{name}",
            f"The token behind {text!r}",
            Stage.TEXT,
            f"{_ALONE}; RFC 6750 section 2.1",
            texts.around,
            text,
        )
        for name, text in _PREFIXES
    ),
    *(
        reject(
            f"JWT-PST-009.{name}",
            f"The token between {before!r} and {after!r}",
            Stage.TEXT,
            _ALONE,
            texts.around,
            before,
            after,
        )
        for name, before, after in _SURROUNDINGS
    ),
    *(
        reject(
            f"JWT-PST-010.{how}",
            f"The token in the JSON {how} that an API showed",
            Stage.TEXT,
            _ALONE,
            texts.in_json,
            how,
        )
        for how in ("object", "array")
    ),
    *(
        reject(
            f"JWT-PST-011.{name}",
            f"The token without its {title}",
            Stage.TEXT,
            "RFC 7515 section 5.2",
            texts.cut,
            first,
            last,
        )
        for name, title, first, last in (
            ("first", "first character", 1, 0),
            ("last", "last character", 0, 1),
            ("both", "first and last three characters", 3, 3),
            ("most", "first hundred characters", 100, 0),
        )
    ),
    *(
        reject(
            f"JWT-PST-012.{name}",
            f"The token with {mark!r} for its middle",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.elided,
            mark,
            20,
        )
        for name, mark in (("dots", "..."), ("ellipsis", "\u2026"))
    ),
    *(
        reject(
            f"JWT-PST-013.{name}",
            "A mask instead of the token",
            Stage.TEXT,
            "admin API 7.3, HiddenField (a mask is no credential)",
            texts.text_is,
            text,
        )
        for name, text in (
            ("stars", "********"),
            ("bullets", 8 * "\u2022"),
            ("obfuscated", "OBF:JWE:eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA"),
        )
    ),
    *(
        reject(
            f"JWT-PST-014.{name}",
            "The token twice",
            Stage.TEXT,
            _ALONE,
            texts.doubled,
            between,
        )
        for name, between in (("joined", ""), ("lf", "\n"), ("comma", ","))
    ),
    reject(
        "JWT-PST-015.dots",
        "The dots percent-encoded",
        Stage.TEXT,
        "RFC 7515 section 2",
        texts.exchange,
        ".",
        "%2E",
    ),
    *(
        reject(
            f"JWT-PST-015.{name}",
            f"The whole token percent-encoded {name}",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.percent,
            times,
        )
        for name, times in (("once", 1), ("twice", 2))
    ),
    reject(
        "JWT-PST-016.entity",
        "The dots as HTML entities",
        Stage.TEXT,
        "RFC 7515 section 2",
        texts.exchange,
        ".",
        "&#46;",
    ),
    reject(
        "JWT-PST-016.script",
        "A script inside the token",
        Stage.TEXT,
        "RFC 7515 section 2",
        texts.insert,
        0.7,
        "<script>document.title=1</script>",
    ),
    *(
        reject(
            f"JWT-PST-017.{name}",
            f"{old!r} as {new!r}",
            Stage.TEXT,
            "RFC 7515 sections 2 and 10.13",
            texts.exchange,
            old,
            new,
        )
        for name, old, new in (
            ("dash", "-", "\u2013"),
            ("dot", ".", "\u2024"),
            ("ideographic-dot", ".", "\u3002"),
            ("fullwidth", "A", "\uff21"),
            ("cyrillic", "a", "\u0430"),
        )
    ),
    *(
        reject(
            f"JWT-PST-018.{how}",
            f"The token in {how} case",
            Stage.TEXT,
            "RFC 7515 section 2",
            texts.case,
            how,
        )
        for how in ("lower", "upper")
    ),
)
