"""Defects in the resources of applications."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingaccess.decisions.records import SHOWN
from fakes.pingaccess.objects.paging import skipping

RESOURCES = (
    Defect(
        "PA-D-151",
        "a created resource is shown without its application",
        "PA-RES-001",
        "not_echoed",
        frozenset({("resources.applicationId", "POST")}),
    ),
    Defect(
        "PA-D-152",
        "the id of a new resource is text",
        "PA-RES-001",
        "ids_as_text",
        frozenset({"resources"}),
    ),
    Defect(
        "PA-D-153",
        "a new resource forgets that it is anonymous or unprotected",
        "PA-RES-002",
        "not_kept",
        frozenset({("resources.anonymous", "POST"), ("resources.unprotected", "POST")}),
    ),
    Defect(
        "PA-D-154",
        "a list shows one resource only",
        "PA-RES-002",
        "list_longest",
        (("resources", 1),),
    ),
    Defect(
        "PA-D-155",
        "lists of resources lack the methods",
        "PA-RES-002",
        "not_listed",
        frozenset({"resources.methods"}),
    ),
    Defect(
        "PA-D-156",
        "a new resource needs no path",
        "PA-RES-003",
        "required_not_checked",
        frozenset({("resources.pathPatterns", "POST")}),
    ),
    Defect(
        "PA-D-157",
        "a resource can lose its methods",
        "PA-RES-003",
        "required_not_checked",
        frozenset({("resources.methods", "PUT")}),
    ),
    Defect(
        "PA-D-158",
        "a resource can lose its name",
        "PA-RES-003",
        "required_not_checked",
        frozenset({("resources.name", "PUT")}),
    ),
    Defect(
        "PA-D-159",
        "an update of a resource answers what was before",
        "PA-RES-004",
        "answers_old",
        frozenset({"resources"}),
    ),
    Defect(
        "PA-D-160",
        "the id in the body of an update of a resource decides",
        "PA-RES-004",
        "put_takes_body_id",
        frozenset({"resources"}),
    ),
    Defect(
        "PA-D-161",
        "the application in the body moves a resource",
        "PA-RES-004",
        "resource_moves",
        True,
    ),
    Defect(
        "PA-D-162",
        "a deleted resource is still there",
        "PA-RES-005",
        "not_deleted",
        frozenset({"resources"}),
    ),
    Defect(
        "PA-D-163",
        "the deletion of a resource shows it",
        "PA-RES-005",
        "delete_shows",
        SHOWN | {"resources"},
    ),
    Defect(
        "PA-D-164",
        "the root resource can be deleted",
        "PA-RES-006",
        "root_resource_deletable",
        True,
    ),
    Defect(
        "PA-D-165",
        "an update of a resource takes a challenge policy that is none",
        "PA-RES-008",
        "references_not_checked",
        frozenset({("resources.authenticationChallengePolicyId", "PUT")}),
    ),
    Defect(
        "PA-D-166",
        "a new resource takes a rule that is none",
        "PA-RES-008",
        "references_not_checked",
        frozenset({("resources.policy", "POST")}),
    ),
    Defect(
        "PA-D-167",
        "a resource order need not hold every resource",
        "PA-RES-009",
        "rules_not_checked",
        frozenset({("applications.order", "PUT")}),
    ),
    Defect(
        "PA-D-168",
        "a resource order is kept the other way round",
        "PA-RES-009",
        "order_lost",
        frozenset({"applications.resourceOrder"}),
    ),
    Defect(
        "PA-D-169",
        "the second page of resources begins one too late",
        "PA-RES-012",
        "page_offset",
        skipping,
    ),
)
