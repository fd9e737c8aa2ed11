"""Defects of filters, pages, groups, users and rates."""

from __future__ import annotations

from fakes.behaviour import Defect
from fakes.pingone.behaviour import CORRECT
from fakes.pingone.defects.wrong import without

COLLECTIONS = (
    Defect("P1-D-521", "There is only the first page", "P1-LIST-001", "next_shown", "never"),
    Defect("P1-D-522", "An item between two pages is on neither", "P1-LIST-001", "page_gap", 1),
    Defect(
        "P1-D-523",
        "A page has all items, whatever limit says",
        "P1-LIST-001",
        "page_obeys_limit",
        False,
    ),
    Defect("P1-D-524", "The last page leads on", "P1-LIST-002", "next_shown", "always"),
    Defect("P1-D-525", "There is no way back", "P1-LIST-002", "previous_shown", False),
    Defect(
        "P1-D-526",
        "A filter of populations finds them all",
        "P1-LIST-003",
        "filters_ignored",
        frozenset({"populations"}),
    ),
    Defect(
        "P1-D-527",
        "Filters cannot be joined by or",
        "P1-LIST-003",
        "filter_joins",
        without(CORRECT.filter_joins, "or"),
    ),
    Defect(
        "P1-D-528",
        "A filter by an attribute that is not supported finds nothing and is not refused",
        "P1-LIST-004",
        "filters_looked_at",
        False,
    ),
    Defect(
        "P1-D-529",
        "The second page has what the filter did not find",
        "P1-LIST-005",
        "filter_kept",
        False,
    ),
    Defect(
        "P1-D-530",
        "All users are members of every group",
        "P1-DIR-001",
        "filters_ignored",
        frozenset({"users"}),
    ),
    Defect(
        "P1-D-531",
        "Who leaves a group stays in it",
        "P1-DIR-001",
        "delete_forgets",
        without(CORRECT.delete_forgets, "memberships"),
    ),
    Defect("P1-D-532", "A PATCH clears what it leaves out", "P1-DIR-002", "patch_keeps", False),
    Defect(
        "P1-D-533",
        "A PUT of a user keeps what it leaves out",
        "P1-DIR-002",
        "update_replaces",
        without(CORRECT.update_replaces, "users"),
    ),
    Defect("P1-D-534", "A rate is told as an outage", "P1-RATE-001", "limited_status", 503),
    Defect(
        "P1-D-535",
        "A rate is told as a quota of the account",
        "P1-RATE-001",
        "limited_code",
        "QUOTA_EXCEEDED",
    ),
    Defect("P1-D-536", "Nobody is told how long to wait", "P1-RATE-002", "retry_after", "nothing"),
    Defect(
        "P1-D-537",
        "One is told to come again too early",
        "P1-RATE-002",
        "retry_after_early_s",
        5,
    ),
    Defect("P1-D-538", "Retry-After is a date", "P1-RATE-002", "retry_after", "date"),
    Defect(
        "P1-D-539",
        "All rate groups use up one rate",
        "P1-RATE-003",
        "rates_by_group",
        False,
    ),
    Defect(
        "P1-D-540",
        "All licences use up one rate",
        "P1-RATE-003",
        "rates_shared_by",
        "organization",
    ),
    Defect(
        "P1-D-541",
        "The list does not say which population is the default one",
        "P1-DIR-003",
        "left_out",
        frozenset({"populations.list.default"}),
    ),
    Defect(
        "P1-D-542",
        "A deleted population is still there",
        "P1-DIR-003",
        "delete_forgets",
        without(CORRECT.delete_forgets, "populations"),
    ),
    Defect(
        "P1-D-543",
        "A group needs no name",
        "P1-DIR-004",
        "names_required_of",
        without(CORRECT.names_required_of, "groups"),
    ),
    Defect("P1-D-544", "Two users may be of one name", "P1-DIR-005", "usernames_unique", False),
    Defect(
        "P1-D-545",
        "A licence that is read alone does not say whether it is active",
        "P1-ORG-001",
        "left_out",
        frozenset({"licenses.read.status"}),
    ),
    Defect(
        "P1-D-546",
        "A directory needs no vendor",
        "P1-GW-012",
        "gateway_type_members",
        (
            ("LDAP", ("bindDN", "bindPassword", "serversHostAndPort")),
            *CORRECT.gateway_type_members[1:],
        ),
    ),
)
"""Ids from 521 on."""
