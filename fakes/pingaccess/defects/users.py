"""Defects in users and passwords, certificates and their groups."""

from __future__ import annotations

from fakes.behaviour import Defect

USERS = (
    Defect(
        "PA-D-467",
        "no user is listed",
        "PA-ADMIN-048",
        "list_longest",
        (("users", 0),),
    ),
    Defect(
        "PA-D-468",
        "users can be made",
        "PA-ADMIN-049",
        "methods_taken",
        frozenset({("POST", "users")}),
    ),
    Defect(
        "PA-D-469",
        "users can be deleted",
        "PA-ADMIN-049",
        "methods_taken",
        frozenset({("DELETE", "users")}),
    ),
    Defect(
        "PA-D-470",
        "the licence is accepted from the start",
        "PA-ADMIN-050",
        "administrator",
        (("slaAccepted", True), ("firstLogin", False)),
    ),
    Defect(
        "PA-D-471",
        "the acceptance of the licence is forgotten",
        "PA-ADMIN-051",
        "not_kept",
        frozenset({("users.slaAccepted", "PUT")}),
    ),
    Defect(
        "PA-D-472",
        "the new password does not count",
        "PA-ADMIN-052",
        "password_changed",
        False,
    ),
    Defect(
        "PA-D-473",
        "a password can be changed without the current one",
        "PA-ADMIN-053",
        "password_current_checked",
        False,
    ),
    Defect(
        "PA-D-474",
        "any new password will do",
        "PA-ADMIN-054",
        "password_pattern",
        ".*",
    ),
    Defect(
        "PA-D-475",
        "a new password needs no digit",
        "PA-ADMIN-054",
        "password_pattern",
        "(?=.*[A-Z])(?=.*[a-z]).{8,64}",
    ),
    Defect(
        "PA-D-476",
        "the answer of a change of passwords repeats them",
        "PA-ADMIN-055",
        "password_echoed",
        True,
    ),
    Defect(
        "PA-D-477",
        "two digests of a certificate are exchanged",
        "PA-ADMIN-056",
        "certificate_sums",
        (("sha1sum", "md5"), ("md5sum", "sha1"), ("sha256sum", "sha256")),
    ),
    Defect(
        "PA-D-478",
        "anything is a certificate",
        "PA-ADMIN-057",
        "rules_not_checked",
        frozenset({("trustedCerts.certificate", "POST")}),
    ),
    Defect(
        "PA-D-479",
        "an update takes anything as a certificate",
        "PA-ADMIN-057",
        "rules_not_checked",
        frozenset({("trustedCerts.certificate", "PUT")}),
    ),
    Defect(
        "PA-D-480",
        "an update of a certificate keeps the old file",
        "PA-ADMIN-058",
        "not_stored_when_saved",
        frozenset({("trustedCerts", "PUT")}),
    ),
    Defect(
        "PA-D-481",
        "there is no group that trusts anything",
        "PA-ADMIN-059",
        "system_groups",
        frozenset({"Java Trust Store"}),
    ),
)
