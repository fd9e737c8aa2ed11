"""`replay.sh`: the steps with curl; secrets come from PACONFORM_* and stand in no command line."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from harness.bundles.format import TEXT, VALUE, Login, Minted, OfAnswer, OfTarget, Ref, Spoiled
from reports.bundles.order import by_step, is_text
from reports.bundles.readme import step_line
from reports.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.bundles.format import Body, Bundle, Step, Text

ORIGINS = {
    "pingaccess": '"$PACONFORM_PINGACCESS_ADMIN_URL"',
    "pingone_api": '"${PACONFORM_PINGONE_API_URL%/v1}"',
    "pingone_auth": '"$PACONFORM_PINGONE_AUTH_URL"',
    "control": '"$PACONFORM_CONTROL_URL"',
}

MARK = "\ue000"
"""Stands for a value while JSON is written (private use: nobody sends it)."""

HEAD = """\
#!/bin/sh
# Replays the steps of steps.json with curl (7.55 or later); python3 reads values out of answers.
# Addresses and secrets come from PACONFORM_*: `eval "$(paconform env)"`, or set them yourself.
set -eu
umask 077
names=${PACONFORM_NAMES:-paconform-$(date +%H%M%S)} # what is made is called so, and is not removed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

json() { # the part of the JSON in a file at a pointer
  python3 -c '
import json, sys
value = json.load(open(sys.argv[1], encoding="utf-8"))
for part in sys.argv[2].split("/")[1:]:
    part = part.replace("~1", "/").replace("~0", "~")
    value = value[int(part)] if isinstance(value, list) else value[part]
print(value if isinstance(value, str) else json.dumps(value), end="")' "$1" "$2"
}

enc() { # percent-encoded
  python3 -c 'import sys, urllib.parse as u; print(u.quote(sys.stdin.read(), safe=""), end="")'
}

esc() { # as within a string of JSON
  python3 -c 'import json, sys; print(json.dumps(sys.stdin.read())[1:-1], end="")'
}

step() { # number, recorded status, method, address: headers and body stand in files
  number=$1 recorded=$2
  status=$(curl --silent --show-error --globoff --path-as-is --request "$3" --url "$4" \\
    ${PACONFORM_CA_BUNDLE:+--cacert "$PACONFORM_CA_BUNDLE"} --header @"$work/headers" \\
    ${body:+--data-binary @"$work/body"} --dump-header "$work/$1.headers" \\
    --output "$work/$1.json" --write-out '%{http_code}') || status=none
  echo "step $1: answered $status, recorded was $2"
}

shown() { # an answer without tokens, and without texts that are secret by their names
  ends='[Pp]ass(word|phrase)|[Ss]ecret|[Cc]redential|[Tt]oken|[Vv]alue|[Kk]ey|[Dd]ata'
  sed -E -e 's/ey[J][A-Za-z0-9_-]{8,}[A-Za-z0-9_.-]*/(hidden)/g' \\
    -e 's/("[A-Za-z0-9_.-]*('"$ends"')" *: *")([^"\\\\]|\\\\.)+/\\1(hidden)/g' "$1"
}

goes_on() { # a step before the one that fails answers as it did
  test "$status" = "$recorded" || { echo "DIVERGED at step $number"; exit 6; }
}
"""


def script(bundle: Bundle) -> str:
    """The script; it ends with 0 FIXED, 1 STILL FAILING or 6 DIVERGED, where curl can tell."""
    return "\n".join(_lines(bundle)) + "\n"


def _lines(bundle: Bundle) -> Iterator[str]:
    yield HEAD
    for warning in _warnings(bundle):
        yield f"echo {quote('warning: ' + plain(warning))} >&2"
    order = by_step(bundle)
    for name in order.get(-1, ()):
        yield from _value(bundle, name)
    for number, step in enumerate(bundle.steps[: bundle.failing + 1], 1):
        yield ""
        yield f"# {step_line(number, step)}"
        yield from _step(bundle, number, step)
        if number <= bundle.failing:
            yield "goes_on"
            for name in order.get(number - 1, ()):
                yield from _value(bundle, name)
    yield ""
    yield f"echo {quote('expected: ' + _line(bundle.expected))}"
    yield f"echo {quote('recorded: ' + _line(bundle.actual))}"
    yield from _judged(bundle)


_ADDED = ("user-agent", "accept", "content-type")
"""What curl adds of its own, and leaves out where it is told a header without a value."""


def _judged(bundle: Bundle) -> Iterator[str]:
    number = bundle.failing + 1
    if bundle.check is None or bundle.check.kind != "status":
        yield 'test "$status" != none || { echo "DIVERGED at step $number"; exit 6; }'
        yield f'echo "answered:"; shown "$work/{number}.json"; echo'
        yield f"echo {quote('compare it with what is expected: `paconform replay` does')}"
        return
    good = "|".join(map(str, bundle.check.statuses)) or "none"
    yield f"case $status in {good}) echo FIXED; exit 0 ;; esac"
    yield 'test "$status" = "$recorded" || { echo "DIVERGED at step $number"; exit 6; }'
    yield "echo STILL FAILING; exit 1"


def _step(bundle: Bundle, number: int, step: Step) -> Iterator[str]:
    lines = [_words([f"{name}: ", *_listed(value)]) for name, value in step.headers]
    names = {name.lower() for name, _ in step.headers}
    lines += [quote(f"{name}:") for name in _ADDED if name not in names]
    yield f"printf '%s\\n' {' '.join(lines)} >\"$work/headers\""
    yield from _body(bundle, step.body)
    recorded = step.answer.status if step.answer.status is not None else "none"
    url = f"{ORIGINS[step.to]}{_words(step.path)}"
    yield f"step {number} {recorded} {quote(step.method)} {url}"


def _body(bundle: Bundle, body: Body | None) -> Iterator[str]:
    if body is None:
        yield "body="
        return
    if body.base64 is not UNSET:
        yield f"body=1; printf '%s' {quote(body.base64)} | base64 -d >\"$work/body\""
        return
    text = body.text if body.text is not UNSET else _flat(bundle, body.json)
    yield f"body=1; printf '%s' {_words(text)} >\"$work/body\""


def _flat(bundle: Bundle, value: Any) -> Text:
    """A JSON value as the text that is sent."""
    refs: list[Ref] = []

    def marked(value: Any) -> Any:
        if isinstance(value, dict) and VALUE in value:
            return mark(Ref(value[VALUE], "json"))
        if isinstance(value, dict) and TEXT in value:
            return "".join(
                one if isinstance(one, str) else mark(Ref(one["value"], "json"))
                for one in value[TEXT]
            )
        if isinstance(value, dict):
            return {key: marked(one) for key, one in value.items()}
        return [marked(one) for one in value] if isinstance(value, list) else value

    def mark(ref: Ref) -> str:
        refs.append(ref)
        return MARK

    pieces: list[str | Ref] = []
    texts = json.dumps(marked(value), separators=(",", ":"), ensure_ascii=False).split(MARK)
    for text, ref in zip(texts, [*refs, None], strict=False):
        escaped = json.dumps(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        pieces.append(escaped)
        if ref is not None:
            pieces.append(ref)
    return _unquoted(bundle, pieces)


def _unquoted(bundle: Bundle, pieces: list[str | Ref]) -> list[str | Ref]:
    """The pieces, without the quotes around values that are no texts."""
    for at, one in enumerate(pieces):
        if isinstance(one, Ref) and not is_text(bundle, one.value):
            before, after = str(pieces[at - 1]), str(pieces[at + 1])
            if before.endswith('"') and after.startswith('"'):
                pieces[at - 1], pieces[at + 1] = before[:-1], after[1:]
                pieces[at] = Ref(one.value, "plain")
    return pieces


def _value(bundle: Bundle, called: str) -> Iterator[str]:
    source, name = bundle.values[called], f"v_{called}"
    if isinstance(source, OfTarget):
        yield from _of_target(name, source)
    elif isinstance(source, Minted):
        yield f"{name}=Minted-by-replay-{source.number}"
    elif isinstance(source, Login):
        both = f'{_words(source.user)} "$v_{source.password}"'
        yield f"{name}=$(printf '%s:%s' {both} | base64 | tr -d '\\n')"
    elif isinstance(source, Spoiled):
        ids = ", ".join(one.id for one in source.mutations)
        told = f"a good token of yours, spoiled by {ids}: a shell cannot make it"
        setting = f"PACONFORM_{called.upper()}"
        yield f': "${{{setting}:?{plain(told)}}}"; {name}=${setting}'
    elif source.pointer is not None:
        yield f'{name}=$(json "$work/{source.step + 1}.json" {quote(source.pointer)})'
    else:
        yield from _of_header(name, source)


def _of_target(name: str, source: OfTarget) -> Iterator[str]:
    setting = source.setting
    if setting == "name_prefix":
        yield f"{name}=$names"
    elif setting == "name_letters":
        yield f"{name}=$(printf '%s' \"$names\" | tr -cd A-Za-z0-9)"
    elif setting == "worker_token":
        yield (
            'printf \'user = "%s:%s"\\n\' "$PACONFORM_PINGONE_CLIENT_ID" '
            '"$PACONFORM_PINGONE_CLIENT_SECRET" | curl --silent --show-error --config - '
            '${PACONFORM_CA_BUNDLE:+--cacert "$PACONFORM_CA_BUNDLE"} '
            "--data grant_type=client_credentials "
            '"$PACONFORM_PINGONE_AUTH_URL/$PACONFORM_PINGONE_ENVIRONMENT_ID/as/token" '
            '>"$work/worker.json"'
        )
        yield f'{name}=$(json "$work/worker.json" /access_token)'
    else:
        yield f': "${{PACONFORM_{setting.upper()}:?set it}}"; {name}=$PACONFORM_{setting.upper()}'


def _of_header(name: str, source: OfAnswer) -> Iterator[str]:
    file = f'"$work/{source.step + 1}.headers"'
    if source.cookie is not None:
        pattern = f"s/^[Ss]et-[Cc]ookie: *{_sed(source.cookie)}=\\([^;]*\\).*/\\1/p"
    else:
        pattern = f"s/^{_sed(source.header or '')}: *//Ip"
    yield f"{name}=$(sed -n {quote(pattern)} {file} | tr -d '\\r\\n')"


def _sed(text: str) -> str:
    """The text as a pattern for itself."""
    return "".join(
        one if one.isalnum() or one in "-_" else "\\^" if one == "^" else f"[{one}]" for one in text
    )


def _words(text: Text) -> str:
    """The text as one word for a shell, with values as variables."""
    pieces = [
        _filled(one) if isinstance(one, Ref) else quote(one) for one in _listed(text) if one != ""
    ]
    return "".join(pieces) or "''"


def _filled(ref: Ref) -> str:
    """The variable of a value, as it stands in its place; `v_` keeps it from being one of ours."""
    if ref.form == "plain":
        return f'"$v_{ref.value}"'
    act = "esc" if ref.form == "json" else "enc"
    return f'"$(printf \'%s\' "$v_{ref.value}" | {act})"'


def _warnings(bundle: Bundle) -> Iterator[str]:
    for why in bundle.cannot:
        yield f"{why}: this script cannot bring the failure back"
    for number, step in enumerate(bundle.steps[: bundle.failing + 1], 1):
        if any("\x00" in _literal(text) for text in _texts(step)):
            yield f"step {number} holds a NUL, which a shell drops"


def _texts(step: Step) -> Iterator[Text]:
    yield step.path
    yield from (value for _, value in step.headers)
    if step.body is not None and step.body.text is not UNSET:
        yield step.body.text


def _literal(text: Text) -> str:
    return "".join(one for one in _listed(text) if isinstance(one, str))


def _listed(text: Text) -> list[str | Ref]:
    return [text] if isinstance(text, str) else text


def _line(text: str) -> str:
    return plain(" ".join(text.split()))[:600]
