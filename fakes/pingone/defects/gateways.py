"""Defects of gateways."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import (
    any_character,
    ascii_character,
    lacking,
    with_status,
    without,
)

GATEWAYS = (
    Defect(
        "P1-D-201",
        "A new gateway is answered with 200",
        "P1-GW-001",
        "created_status",
        with_status("gateways", 200),
    ),
    Defect(
        "P1-D-202",
        "The description of a new gateway is answered and not stored",
        "P1-GW-001",
        "lost",
        frozenset({"gateways.create.description"}),
    ),
    Defect(
        "P1-D-203",
        "A new gateway is enabled, whatever was sent",
        "P1-GW-001",
        "enabled_kept_on",
        frozenset({"update"}),
    ),
    Defect(
        "P1-D-204",
        "An update of a gateway leaves what is not sent",
        "P1-GW-002",
        "update_replaces",
        without(CORRECT.update_replaces, "gateways"),
    ),
    Defect(
        "P1-D-205",
        "An update of a gateway answers the new name and keeps the old one",
        "P1-GW-002",
        "lost",
        frozenset({"gateways.update.name"}),
    ),
    Defect(
        "P1-D-206",
        "The type of a gateway can be changed",
        "P1-GW-003",
        "gateway_type_immutable",
        False,
    ),
    Defect(
        "P1-D-207",
        "A deleted gateway is still there",
        "P1-GW-004",
        "delete_forgets",
        without(CORRECT.delete_forgets, "gateways"),
    ),
    Defect(
        "P1-D-208",
        "A gateway may be made without enabled",
        "P1-GW-005",
        "gateway_required",
        lacking(CORRECT.gateway_required, "enabled"),
    ),
    Defect(
        "P1-D-209",
        "An update of a gateway may lack anything",
        "P1-GW-005",
        "gateway_required_on",
        frozenset({"create"}),
    ),
    Defect(
        "P1-D-210",
        "The type of a gateway is taken in small letters",
        "P1-GW-005",
        "gateway_type_any_case",
        True,
    ),
    Defect("P1-D-211", "The text true enables a gateway", "P1-GW-005", "texts_as_flags", True),
    Defect(
        "P1-D-212",
        "A second gateway of the same name is stored",
        "P1-GW-006",
        "gateway_name_unique_on",
        frozenset({"update"}),
    ),
    Defect(
        "P1-D-213",
        "A second gateway of the same name is refused, and stored all the same",
        "P1-GW-006",
        "refused_late",
        frozenset({"gateways.create"}),
    ),
    Defect(
        "P1-D-214",
        "A name that is taken is told as one that is not valid",
        "P1-GW-007",
        "taken_name_code",
        "INVALID_VALUE",
    ),
    Defect(
        "P1-D-215",
        "An update may take the name of another gateway",
        "P1-GW-008",
        "gateway_name_unique_on",
        frozenset({"create"}),
    ),
    Defect(
        "P1-D-216",
        "An update to the name of another gateway is refused, and stored all the same",
        "P1-GW-008",
        "refused_late",
        frozenset({"gateways.update"}),
    ),
    Defect(
        "P1-D-217",
        "A gateway's name may hold anything",
        "P1-GW-009",
        "gateway_name_character",
        any_character,
    ),
    Defect(
        "P1-D-218",
        "A gateway's name may hold ASCII only",
        "P1-GW-009",
        "gateway_name_character",
        ascii_character,
    ),
    Defect(
        "P1-D-219",
        "The client may choose the id of a gateway",
        "P1-GW-010",
        "client_chosen",
        frozenset({"id"}),
    ),
    Defect(
        "P1-D-220",
        "The client may choose when a gateway was made",
        "P1-GW-010",
        "client_chosen",
        frozenset({"createdAt"}),
    ),
    Defect(
        "P1-D-221",
        "A gateway does not show its credentials",
        "P1-GW-011",
        "credentials_embedded",
        False,
    ),
    Defect(
        "P1-D-222",
        "A gateway without credentials shows that it has none",
        "P1-GW-011",
        "empty_credentials_shown",
        True,
    ),
)
"""P1-GW."""
