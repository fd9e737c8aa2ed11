"""What the product answers and this fake does not: data, so that the two are never confused."""

from __future__ import annotations

UNMODELLED: dict[str, str] = {}
"""Paths of the admin API (below `/pa-admin-api/v3`, `{}` for an id) and their methods.

Of 7.3 there are none left; a path that a newer release has would stand here until it is modelled.
"""
