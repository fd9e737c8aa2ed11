"""What is asked of releases that are published, written down: a change of it has to be said.

`frozen.txt` has a line for each requirement and each expectation: its id, the releases it is asked
of, and a digest of what is asked. `make freeze` writes it; a line that changes or goes needs
REASON, which then stands on the line.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import BadSettings, HarnessError
from harness.releases import known
from harness.requirements import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness.releases import Release
    from harness.requirements import Requirement

FROZEN = Path(__file__).with_name("frozen.txt")
_REASON = "  # "


def lines(
    requirements: Mapping[str, Requirement], releases: Mapping[str, Release]
) -> dict[str, str]:
    """What is asked now: a line by the key that begins it."""
    return dict(sorted((*_asked(requirements), *_expected(releases))))


def frozen(text: str) -> dict[str, str]:
    """The lines of the file by their key, reasons with them."""
    return {line.split("  ")[0]: line for line in text.splitlines() if line}


def changes(now: Mapping[str, str], before: Mapping[str, str]) -> dict[str, list[str]]:
    """The keys that are new, changed and gone."""
    plain = {key: line.partition(_REASON)[0] for key, line in before.items()}
    return {
        "new": [key for key in now if key not in plain],
        "changed": [key for key in now if key in plain and now[key] != plain[key]],
        "gone": [key for key in plain if key not in now and not plain[key].endswith("  gone")],
    }


def refrozen(now: Mapping[str, str], before: Mapping[str, str], reason: str) -> str:
    """The file as it has to be; BadSettings where a line changes or goes without a reason."""
    found = changes(now, before)
    touched = [*found["changed"], *found["gone"]]
    if touched and not reason.strip():
        raise BadSettings(
            f"{', '.join(touched)}: asked of releases that are published; say why this changes: "
            "make freeze REASON='…'"
        )
    said = f"{_REASON}{' '.join(reason.split())}"
    kept = {key: before.get(key, line) for key, line in now.items()}
    kept |= {key: now[key] + said for key in found["changed"]}
    kept |= {key: line for key, line in before.items() if key not in now}
    kept |= {key: f"{key}  gone{said}" for key in found["gone"]}
    return "".join(f"{line}\n" for _, line in sorted(kept.items()))


def main() -> int:
    """Write the file anew; the arguments are the reason."""
    try:
        before = frozen(FROZEN.read_text("utf-8")) if FROZEN.exists() else {}
        text = refrozen(lines(catalogue(), known()), before, " ".join(sys.argv[1:]))
    except HarnessError as error:
        print(f"freeze: {error}", file=sys.stderr)  # noqa: T201 - a command of the Makefile
        return 2
    FROZEN.write_text(text, "utf-8")
    return 0


def _asked(requirements: Mapping[str, Requirement]) -> Iterator[tuple[str, str]]:
    for one in requirements.values():
        span = f"{one.since or ''}-{one.until or ''}"
        digest = _digest(one.level, one.grade, one.title, span)
        yield one.id, f"{one.id}  {span}  {digest}"


def _expected(releases: Mapping[str, Release]) -> Iterator[tuple[str, str]]:
    for release in releases.values():
        for one in release.news:
            key = f"{release.name} {one.topic}"
            yield key, f"{key}  {one.requirement}  {_digest(one.grade, repr(one.value))}"


def _digest(*parts: str) -> str:
    """Of what is asked; where it comes from may be told better without asking anything else."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
