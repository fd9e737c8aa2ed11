"""All seeded defects of both fakes."""

from __future__ import annotations

from fakes import pingaccess, pingone
from fakes.behaviour import Defect, planted


def defects() -> dict[str, Defect]:
    """Every defect by id, PingOne's first."""
    return {defect.id: defect for defect in (*pingone.DEFECTS, *pingaccess.DEFECTS)}


def defect(key: str) -> Defect:
    """The defect of that id; ValueError says how to list them."""
    known = defects()
    if key not in known:
        raise ValueError(f"defect: {key!r} is not known; `paconform list defects` shows all")
    return known[key]


def planted_in(
    p1: pingone.Behaviour, pa: pingaccess.Behaviour, chosen: tuple[Defect, ...]
) -> tuple[pingone.Behaviour, pingaccess.Behaviour]:
    """Both behaviours with the defects and switches in them, each in the fake it belongs to."""
    for one in chosen:
        if one.id.startswith("pingone.") or one in pingone.DEFECTS:
            p1 = planted(p1, one)
        else:
            pa = planted(pa, one)
    return p1, pa
