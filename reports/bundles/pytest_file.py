"""`test_reproduction.py`: the failure as a test with httpx alone, for whoever has not got us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from harness.bundles.format import TEXT, VALUE, Login, Minted, OfTarget, Ref, Spoiled
from harness.conditions import ABOUT_STATUS
from reports.bundles.order import by_step
from reports.bundles.pytest_head import EQUAL, HEAD
from reports.bundles.readme import step_line
from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Body, Bundle, Text
    from harness.conditions import Check

ORIGINS = {
    "pingaccess": 'setting("PINGACCESS_ADMIN_URL")',
    "pingone_api": 'setting("PINGONE_API_URL").removesuffix("/v1")',
    "pingone_auth": 'setting("PINGONE_AUTH_URL")',
    "control": 'setting("CONTROL_URL")',
}


def source(bundle: Bundle) -> str:
    """The Python of the test; ValueError where httpx alone cannot do it."""
    used = [name for names in by_step(bundle).values() for name in names]
    spoiled = [one for one in map(bundle.values.get, used) if isinstance(one, Spoiled)]
    if spoiled:
        ids = ", ".join(one.id for one in spoiled[0].mutations)
        raise ValueError(f"a step sends a token spoiled by {ids}, which httpx alone cannot make")
    if bundle.cannot:
        raise ValueError(f"the steps alone do not bring it back: {bundle.cannot[0]}")
    if bundle.check is None:
        raise ValueError(f"the check is known in words only: {_line(bundle.expected)}")
    return "\n".join(_lines(bundle, bundle.check)) + "\n"


def _lines(bundle: Bundle, check: Check) -> Iterator[str]:
    title = f"{bundle.requirement}: {_line(bundle.title)}"
    yield f'"""{_doc(title)}'
    yield ""
    yield f"Expected: {_doc(_line(bundle.expected))}"
    yield f"Actual: {_doc(_line(bundle.actual))}"
    yield ""
    yield "Addresses and secrets come from PACONFORM_*: `paconform env`, or set them yourself."
    yield '"""'
    yield ""
    body = "\n".join(_body_of_test(bundle, check))
    head = HEAD + (EQUAL if "same(" in body else "")
    yield _without_unused(head, body)
    yield ""
    yield f"def test_{_name(bundle.requirement)}(client):"
    yield f'    """{_doc(_line(bundle.requires) or title)}"""'
    yield body


def _body_of_test(bundle: Bundle, check: Check) -> Iterator[str]:
    order = by_step(bundle)
    for name in order.get(-1, ()):
        yield f"    v_{name} = {_value(bundle, name)}"
    for number, step in enumerate(bundle.steps[: bundle.failing + 1], 1):
        yield ""
        yield f"    # {step_line(number, step)}"
        yield f"    answer{number} = client.request("
        yield f"        {_string(step.method)},"
        yield f"        {ORIGINS[step.to]} + {_text(step.path)},"
        if step.headers:
            yield "        headers={"
            yield from (f"            {_string(n)}: {_text(v)}," for n, v in step.headers)
            yield "        },"
        if step.body is not None:
            yield f"        content={_content(step.body)},"
        yield "    )"
        if number <= bundle.failing:
            recorded = step.answer.status
            yield f"    assert answer{number}.status_code == {recorded}, answer{number}.text"
            for name in order.get(number - 1, ()):
                yield f"    v_{name} = {_value(bundle, name)}"
    yield ""
    answer, recorded = f"answer{bundle.failing + 1}", bundle.steps[bundle.failing].answer.status
    if check.kind not in ABOUT_STATUS and recorded is not None:
        yield f"    assert {answer}.status_code // 100 == {recorded // 100}, {answer}.text"
    yield from _asserted(answer, check)


def _asserted(answer: str, check: Check) -> Iterator[str]:  # noqa: C901 - one branch per kind
    part = f"at({answer}.json(), {_string(check.pointer)})"
    expected = None if check.expected is UNSET else check.expected
    if check.kind == "status":
        yield f"    assert {answer}.status_code in {check.statuses!r}, {answer}.text"
    elif check.kind == "object":
        yield f"    assert isinstance({answer}.json(), dict)"
    elif check.kind == "items":
        yield f'    assert all(isinstance(one, dict) for one in {answer}.json()["items"])'
    elif check.kind == "error":
        yield f'    assert isinstance({answer}.json()["flash"], list)'
        yield f'    assert isinstance({answer}.json()["form"], dict)'
    elif check.kind == "complaint":
        yield f'    assert {answer}.json()["form"].get({_string(check.name)}), {answer}.text'
    elif check.kind == "member":
        yield f"    assert {_string(check.name)} in {part}, {answer}.text"
        if check.options:
            yield f"    assert {part}[{_string(check.name)}] in {check.options!r}, {answer}.text"
    elif check.kind == "detail":
        names = f'[one.get({_string(check.name)}) for one in {answer}.json()["details"]]'
        yield f"    assert {_string(check.options[0])} in {names}, {answer}.text"
    elif check.kind == "header":
        yield (
            f"    assert {answer}.headers.get({_string(check.name)}) == {_string(check.options[0])}"
        )
    elif check.kind in ("equal", "members"):
        whole = check.kind == "equal"
        yield f"    expected = {_tree(expected, 1)}"
        yield f"    assert same({part}, expected, {whole}), {answer}.text"
    elif check.kind == "hidden":
        yield f"    assert {_tree(expected, 1)} not in {answer}.text"
    else:
        yield f"    assert {answer}.status_code"


def _value(bundle: Bundle, name: str) -> str:
    found = bundle.values[name]
    if isinstance(found, OfTarget):
        return _of_target(found.setting)
    if isinstance(found, Minted):
        return _string(f"Minted-by-replay-{found.number}")
    if isinstance(found, Login):
        return f"basic({_text(found.user)}, v_{found.password})"
    if isinstance(found, Spoiled):
        raise TypeError  # `source` has refused it
    answer = f"answer{found.step + 1}"
    if found.pointer is not None:
        return f"at({answer}.json(), {_string(found.pointer)})"
    if found.cookie is not None:
        return f"{answer}.cookies[{_string(found.cookie)}]"
    return f"{answer}.headers[{_string(found.header or '')}]"


def _of_target(setting: str) -> str:
    if setting == "name_prefix":
        return "names()"
    if setting == "name_letters":
        return '"".join(filter(str.isalnum, names()))'
    return "worker_token(client)" if setting == "worker_token" else f'setting("{setting.upper()}")'


def _content(body: Body) -> str:
    if body.base64 is not UNSET:
        return f"b64decode({_string(body.base64)})"
    if body.text is not UNSET:
        written = body.text
        return (
            repr(written.encode()) if isinstance(written, str) else f"({_text(written)}).encode()"
        )
    return f'json.dumps({_tree(body.json, 2)}, separators=(",", ":")).encode()'


def _tree(value: Any, depth: int) -> str:
    """A JSON value as Python, a member on each line."""
    if isinstance(value, dict) and VALUE in value:
        return f"v_{value[VALUE]}"
    if isinstance(value, dict) and TEXT in value:
        return _text([one if isinstance(one, str) else Ref(**one) for one in value[TEXT]])
    pad = "    " * (depth + 1)
    if isinstance(value, dict) and value:
        inner = [f"{pad}{_string(key)}: {_tree(one, depth + 1)}," for key, one in value.items()]
        return "\n".join(["{", *inner, f"{pad[4:]}}}"])
    if isinstance(value, list) and value:
        inner = [f"{pad}{_tree(one, depth + 1)}," for one in value]
        return "\n".join(["[", *inner, f"{pad[4:]}]"])
    return _string(value) if isinstance(value, str) else repr(value)


_WORD = {"plain": "text", "json": "esc", "url": "enc", "form": "enc"}


def _text(text: Text) -> str:
    """A text as a Python expression."""
    if isinstance(text, str):
        return _string(text)
    pieces = [
        f"{_WORD[one.form]}(v_{one.value})" if isinstance(one, Ref) else _string(one)
        for one in text
    ]
    return " + ".join(pieces) or '""'


def _string(text: str) -> str:
    """A literal in double quotes, of ASCII that can be seen."""
    inner = ascii(text)[1:-1]
    if ascii(text)[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    return f'"{inner}"'


def _doc(text: str) -> str:
    """Text for a docstring: it can neither end it nor begin an escape."""
    return ascii(text)[1:-1].replace("\\", "/").replace('"', "'")[:600]


def _line(text: str) -> str:
    return plain(" ".join(text.split()))


def _name(requirement: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", requirement.lower()).strip("_") or "reproduction"


def _without_unused(head: str, body: str) -> str:
    """The head without helpers and imports that nothing uses."""
    parts = re.split(r"\n\n\n", head)
    while True:
        kept = [parts[0], *(one for one in parts[1:] if _is_used(one, parts, body))]
        if kept == parts:
            break
        parts = kept
    rest = "\n".join([*parts[1:], body])
    imports = [one for one in parts[0].splitlines() if not one or _import_is_used(one, rest)]
    lines = [_only_used(one, rest) for one in imports]
    return (
        "\n\n\n".join(["\n".join(lines).strip("\n"), *(one.strip("\n") for one in parts[1:])])
        + "\n"
    )


def _is_used(part: str, parts: list[str], body: str) -> bool:
    found = re.search(r"def (\w+)\(", part)
    if found is None or found[1] == "client":
        return True
    others = [one for one in parts if one is not part]
    return any(re.search(rf"\b{found[1]}\(", one) for one in [*others, body])


def _import_is_used(line: str, rest: str) -> bool:
    names = re.split(r"import ", line)[1].split(", ")
    return any(re.search(rf"\b{name}\b", rest) for name in names)


def _only_used(line: str, rest: str) -> str:
    if not line.startswith("from "):
        return line
    start, _, names = line.partition(" import ")
    used = [name for name in names.split(", ") if re.search(rf"\b{name}\b", rest)]
    return f"{start} import {', '.join(used)}"
