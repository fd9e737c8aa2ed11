"""What an upgrade makes of an archive: before 9.1 application resources got new ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def upgraded(archive: Mapping[str, Any], version: str) -> Mapping[str, Any]:
    """The archive with its resources numbered from 1, where an older release wrote it.

    What is not as an archive has it stays as it is: the import complains of it. Source: D91
    pa_release_notes, PA-16261; how they were numbered is assumed.
    """
    data = archive.get("data")
    resources = data.get("resources") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not _is_older(archive.get("version"), version):
        return archive
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        return archive
    new = {str(one.get("id")): number for number, one in enumerate(resources, 1)}
    if len(new) < len(resources):
        return archive
    applications = data.get("applications")
    return {
        **archive,
        "data": {
            **data,
            "resources": [{**one, "id": new[str(one.get("id"))]} for one in resources],
            **({"applications": _reordered(applications, new)} if applications else {}),
        },
    }


def _reordered(applications: Any, new: Mapping[str, int]) -> Any:
    """The applications with the new ids in the order of their resources."""
    if not isinstance(applications, list):
        return applications
    return [
        {**one, "resourceOrder": [new.get(str(key), key) for key in one["resourceOrder"]]}
        if isinstance(one, dict) and isinstance(one.get("resourceOrder"), list)
        else one
        for one in applications
    ]


def _is_older(written: object, version: str) -> bool:
    """Whether a version is of an earlier release: the first two numbers count."""
    if not isinstance(written, str):
        return False
    theirs, ours = (
        tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())
        for text in (written, version)
    )
    return bool(theirs) and theirs < ours
