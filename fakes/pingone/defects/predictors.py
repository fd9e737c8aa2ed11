"""Defects of risk predictors."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import lacking, with_status, without

PREDICTORS = (
    Defect(
        "P1-D-301",
        "A predictor of the vendor can be deleted",
        "P1-PRED-001",
        "default_predictors_kept",
        False,
    ),
    Defect(
        "P1-D-302",
        "The list does not say which predictors can be deleted",
        "P1-PRED-001",
        "left_out",
        frozenset({"riskPredictors.list.deletable"}),
    ),
    Defect(
        "P1-D-303",
        "A new predictor is answered with 200",
        "P1-PRED-002",
        "created_status",
        with_status("riskPredictors", 200),
    ),
    Defect(
        "P1-D-304",
        "The list shows fourteen predictors and no more",
        "P1-PRED-002",
        "listed_at_most",
        (("riskPredictors", 14),),
    ),
    Defect("P1-D-305", "The maps of a predictor have no type", "P1-PRED-003", "map_kinds", ()),
    Defect(
        "P1-D-306",
        "A map of values has another type",
        "P1-PRED-003",
        "map_kinds",
        (("list", "LIST"), *CORRECT.map_kinds[1:]),
    ),
    Defect(
        "P1-D-307",
        "A predictor may be made without a name",
        "P1-PRED-004",
        "predictor_required",
        lacking(CORRECT.predictor_required, "name"),
    ),
    Defect(
        "P1-D-308",
        "A description may have one character too many",
        "P1-PRED-004",
        "description_limit",
        CORRECT.description_limit + 1,
    ),
    Defect(
        "P1-D-309",
        "A compact name may hold an underscore",
        "P1-PRED-005",
        "compact_name_pattern",
        "^[a-zA-Z0-9_]+$",
    ),
    Defect(
        "P1-D-310",
        "A compact name may end with a line break",
        "P1-PRED-005",
        "compact_name_pattern",
        "^[a-zA-Z0-9]+\n?$",
    ),
    Defect(
        "P1-D-311",
        "A second predictor may have the same compact name",
        "P1-PRED-006",
        "compact_name_unique_among",
        without(CORRECT.compact_name_unique_among, "own"),
    ),
    Defect(
        "P1-D-312",
        "A predictor may have the compact name of one of the vendor's",
        "P1-PRED-006",
        "compact_name_unique_among",
        without(CORRECT.compact_name_unique_among, "built-in"),
    ),
    Defect(
        "P1-D-313",
        "A predictor with a taken compact name is refused, and stored all the same",
        "P1-PRED-006",
        "refused_late",
        frozenset({"riskPredictors.create"}),
    ),
    Defect(
        "P1-D-314",
        "An update changes the compact name",
        "P1-PRED-007",
        "compact_name_immutable",
        False,
    ),
    Defect("P1-D-315", "A predictor may have no map", "P1-PRED-008", "map_required", False),
    Defect(
        "P1-D-316",
        "Any text is a range of addresses to a predictor",
        "P1-PRED-008",
        "ranges_checked_in",
        without(CORRECT.ranges_checked_in, "riskPredictors"),
    ),
    Defect(
        "P1-D-317",
        "An update answers the new map and rates by the old one",
        "P1-PRED-009",
        "lost",
        frozenset({"riskPredictors.update.map"}),
    ),
    Defect(
        "P1-D-318",
        "An update of a predictor leaves what is not sent",
        "P1-PRED-009",
        "update_replaces",
        without(CORRECT.update_replaces, "riskPredictors"),
    ),
    Defect(
        "P1-D-319",
        "A deleted predictor is still there",
        "P1-PRED-010",
        "delete_forgets",
        without(CORRECT.delete_forgets, "riskPredictors"),
    ),
    Defect(
        "P1-D-320",
        "A PUT to an unknown id makes a predictor",
        "P1-PRED-010",
        "update_creates",
        frozenset({"riskPredictors"}),
    ),
)
"""P1-PRED."""
