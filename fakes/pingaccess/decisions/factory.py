"""The decisions about what a new product holds, and how certificates are shown."""

from __future__ import annotations

from typing import Literal

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.door import DoorBehaviour

_SILENT = "no document says; "


@chapter
class FactoryBehaviour(DoorBehaviour):
    """What is there before anybody has configured anything."""

    administrator: tuple[tuple[str, object], ...] = decision(
        (("slaAccepted", False), ("firstLogin", True)),
        "What the administrator of a new product has done already.",
        grade="observed",
        source="DB 83-change-password.sh, PCB 81-import-initial-configuration.sh",
    )
    system_groups: frozenset[str] = decision(
        frozenset({"Java Trust Store", "Trust Any"}),
        "The trusted certificate groups of a new product.",
        grade="observed",
        source="IWT data_source_pingaccess_trusted_certificate_groups_test.go; the certificates "
        "page for the Java trust store, whose name is a guess",
    )
    system_group_ids: tuple[tuple[str, int], ...] = decision(
        (("Java Trust Store", 1), ("Trust Any", 2)),
        "The ids of the trusted certificate groups of a new product.",
        grade="assumed",
        source="no source has an id beside a name; SP, IWT and PCB use 2 for what signs itself, "
        "and IWT oauth_server examples 1 for what the Java trust store knows",
    )
    rule_set_criteria: tuple[str, ...] = decision(
        ("SuccessIfAllSucceed", "SuccessIfAnyOneSucceeds"),
        "The success criteria that are listed.",
        grade="documented",
        source="SPEC SuccessCriteria",
    )
    wildcard_hosts_on: frozenset[str] = decision(
        frozenset({"POST", "PUT"}),
        "The methods with which a virtual host may hold a wildcard.",
        grade="observed",
        source="SP exports (host *); its update failed until PA-16244 was mended (8.1.5, 8.3.2), "
        "with a proxied token provider only",
    )
    certificate_sums: tuple[tuple[str, str], ...] = decision(
        (("sha1sum", "sha1"), ("md5sum", "md5"), ("sha256sum", "sha256")),
        "The digests of a certificate, each of its DER form.",
        grade="documented",
        source="SPEC TrustedCert; that they are of the DER form and in hexadecimal is assumed",
    )
    certificate_dates: Literal["ms", "iso"] = decision(
        "ms",
        "How validFrom and expires are written, and the creation of secrets.",
        grade="documented",
        source="SPEC description (milliseconds); its format date-time says otherwise",
    )
    certificate_status_by_clock: bool = decision(
        True,
        "Whether a certificate outside its dates has the status Expired or NotYetValid.",
        grade="documented",
        source="SPEC CertStatus",
    )
    certificate_manner: Literal["Java", "OpenSSL"] = decision(
        "Java",
        "How a certificate is written: SHA256withRSA, `CN=a, O=b` and 0A:1B, or "
        "sha256WithRSAEncryption, `CN=a,O=b` and 0a1b.",
        grade="observed",
        source="IWT resource_pingaccess_keypair_test.go, "
        "data_source_pingaccess_certificate_test.go",
    )
    certificate_file_type: str = decision(
        "application/x-pem-file",
        "The media type of the file of a certificate.",
        grade="assumed",
        source="SPEC exportTrustedCert declares no content; that the file is PEM is observed",
    )
    certificate_file_newline: str = decision(
        "\r\n",
        "What stands between the lines of a PEM file; nothing stands after the last.",
        grade="observed",
        source="IWT resource_pingaccess_certificate.go: on import it puts a line feed for each and "
        "has the file that was sent, without its last line feed; of key pairs assumed alike",
    )
