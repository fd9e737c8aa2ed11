"""The decisions about stored objects: what is checked, kept, shown and protected.

Most are sets of exceptions: where the product does not do what the rule says. An entry is a member
(`table.member`) or a table, with the method (POST or PUT) for which it holds.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from fakes.behaviour import chapter, decision
from fakes.pingaccess.decisions.acme import AcmeBehaviour

Exceptions: TypeAlias = frozenset[tuple[str, str]]
NOWHERE: Exceptions = frozenset()
SHOWN = frozenset({"pingOneConnections", "acmeServers", "acmeAccounts", "acmeCertificateRequests"})

_SILENT = "no document says; "


@chapter
class RecordsBehaviour(AcmeBehaviour):
    """What a save, a read and a deletion do."""

    required_not_checked: Exceptions = decision(
        NOWHERE,
        "Required members that may be missing: table.member, method.",
        grade="documented",
        source="SPEC required, as far as the pages of the user interface agree; 6.0 took a trusted "
        "certificate without an alias (IWS certificates_test.go)",
    )
    required_besides: frozenset[str] = decision(
        frozenset(),
        "Members without which a save is refused although they have a default: table.member. Of a "
        "PingOne connection that may be trustedCertificateGroupId, sslProtocols and sslCiphers.",
        grade="assumed",
        source="sources conflict. sslProtocols, sslCiphers: required in SPEC, which also requires "
        "siteId of an application, without which PCB saves one; trustedCertificateGroupId: "
        "mandatory in D72 pa_connecting_pa_and_p1risk, optional in SPEC and user interface",
    )
    required_sentence: str = decision(
        "must not be null",
        "What is said of a required member that is missing.",
        grade="observed",
        source="IWS pingaccess_test.go (POST /virtualhosts of an empty object)",
    )
    types_not_checked: Exceptions = decision(
        NOWHERE,
        "Members that are kept whatever their JSON type: table.member, method.",
        grade="documented",
        source="SPEC types",
    )
    ranges_not_checked: Exceptions = decision(
        NOWHERE,
        "Members whose bounds are not checked: table.member, method.",
        grade="documented",
        source="SPEC descriptions; observed for ports in IWS pingaccess_test.go",
    )
    choices_not_checked: Exceptions = decision(
        NOWHERE,
        "Members whose value may be outside their enumeration: table.member, method.",
        grade="documented",
        source="SPEC enumerations",
    )
    more_choices: frozenset[tuple[str, str]] = decision(
        frozenset(),
        "Values that an enumeration has in this release beside those of 7.3: table.member, or "
        "the path of a list of values, and the value.",
        grade="documented",
        source="releases name them",
    )
    references_not_checked: Exceptions = decision(
        NOWHERE,
        "Members whose id need not exist: table.member, method.",
        grade="assumed",
        source=_SILENT + "an id that names nothing never works",
    )
    unique_not_checked: Exceptions = decision(
        NOWHERE,
        "Names that may be taken twice: table.member, method.",
        grade="documented",
        source="SPEC PingOneConnection.name (unique), D72 field pages; for others assumed",
    )
    unique_folds: bool = decision(
        False,
        "Whether names that differ only in case are the same name.",
        grade="assumed",
        source="SPEC name (case-sensitive) for finding; for saving assumed alike",
    )
    rules_not_checked: Exceptions = decision(
        NOWHERE,
        "Rules of one entity that are not checked: name of the rule, method.",
        grade="documented",
        source="each rule has its source where it stands",
    )
    plugins_not_checked: Exceptions = decision(
        NOWHERE,
        "Tables whose class name and configuration are kept unread: table, method.",
        grade="documented",
        source="D72 pa_using_the_admin_api_to_create_a_risk_policy; SPEC descriptors",
    )
    locked_not_checked: Exceptions = decision(
        NOWHERE,
        "Tables whose system objects may be changed (PUT) or deleted (DELETE).",
        grade="documented",
        source="SPEC systemGroup, system (cannot be modified)",
    )
    usage_not_checked: Exceptions = decision(
        NOWHERE,
        "What does not keep an object from being deleted: its table, and the member that uses it.",
        grade="assumed",
        source=_SILENT + "finders exist to show usage (SPEC, /applications parameters)",
    )
    usage_names_users: bool = decision(
        True,
        "Whether the refusal of a deletion names what uses the object.",
        grade="assumed",
        source=_SILENT + "else nobody could act on it",
    )
    refusals_quote: frozenset[str] = decision(
        frozenset(),
        "Members whose value a refusal repeats: table.member.",
        grade="assumed",
        source="a HiddenField is never repeated (SPEC); for others nothing is known",
    )
    stored_when_refused: frozenset[tuple[str, str, str]] = decision(
        frozenset(),
        "What a refused save stores all the same: table, method, and all or hidden.",
        grade="assumed",
        source=_SILENT + "a refusal that changes something would be a loss of data",
    )
    not_stored_when_saved: Exceptions = decision(
        NOWHERE,
        "Saves that answer well and store nothing: table, method.",
        grade="documented",
        source="SPEC (adds, updates)",
    )
    not_kept: Exceptions = decision(
        NOWHERE,
        "Members that are taken and not kept, their default instead: table.member, method.",
        grade="documented",
        source="SPEC lists them as members of what is stored",
    )
    not_echoed: Exceptions = decision(
        NOWHERE,
        "Members that the answer of a save lacks: table.member, method.",
        grade="observed",
        source="PCB fixtures: every member is echoed",
    )
    not_defaulted: frozenset[str] = decision(
        frozenset(),
        "Members without a default where none is sent: table.member.",
        grade="observed",
        source="PCB fixtures: missing optional members come back with their defaults",
    )
    order_lost: frozenset[str] = decision(
        frozenset(),
        "Lists that are stored the other way round: table.member.",
        grade="documented",
        source="IWT CHANGELOG 17, 111: order matters; SPEC challengeResponseChain (ordered)",
    )
    read_only_taken: frozenset[str] = decision(
        frozenset(),
        "Read-only members that a client can set: table.member.",
        grade="documented",
        source="SPEC (read-only)",
    )
    answers_old: frozenset[str] = decision(
        frozenset(),
        "Tables for which an update answers what was stored before.",
        grade="documented",
        source="SPEC (update answers the entity)",
    )
    put_merges: frozenset[str] = decision(
        frozenset(),
        "Tables for which an update keeps members that are not sent.",
        grade="assumed",
        source="DB and PCB hooks read, edit and send the whole",
    )
    put_makes: bool = decision(
        False,
        "Whether an update of an unknown id creates it.",
        grade="assumed",
        source="SPEC (update an existing)",
    )
    put_takes_body_id: frozenset[str] = decision(
        frozenset(),
        "Tables for which the id in the body of an update decides.",
        grade="documented",
        source="SPEC id (ignored, determined by the path parameter)",
    )
    post_ignores_id: frozenset[str] = decision(
        frozenset({"replicaAdmins"}),
        "Tables for which an id chosen by the client is not kept.",
        grade="documented",
        source="SPEC id (this is the ID); observed in DB 83 hook; SPEC ReplicaAdmin.id (read-only)",
    )
    post_replaces: frozenset[str] = decision(
        frozenset(),
        "Tables for which a creation with a taken id replaces its holder.",
        grade="observed",
        source="PCB resources/422-curl-http-response.txt: refused, use PUT",
    )
    zero_is_an_id: bool = decision(
        False,
        "Whether 0 is an id that a client can choose.",
        grade="observed",
        source="PCB create-application-payload.json has id 0; that it means none is inferred",
    )
    taken_id_points_to_put: bool = decision(
        True,
        "Whether the refusal of a taken id says that PUT must be used.",
        grade="observed",
        source="PCB resources/422-curl-http-response.txt",
    )
    numbers_for_ids: frozenset[str] = decision(
        frozenset(),
        "Tables whose ids should be text and are numbers.",
        grade="documented",
        source="SPEC types of id",
    )
    ids_as_text: frozenset[str] = decision(
        frozenset(),
        "Tables for which the answer of a save has a number as text for its id.",
        grade="documented",
        source="SPEC types of id",
    )
    ids_reused: bool = decision(
        False,
        "Whether the number of a deleted object is given again.",
        grade="assumed",
        source=_SILENT + "the counters of a database",
    )
    delete_shows: frozenset[str] = decision(
        SHOWN,
        "Tables whose deletion answers the deleted object.",
        grade="documented",
        source="SPEC: only DELETE of these four has a body",
    )
    not_deleted: frozenset[str] = decision(
        frozenset(),
        "Tables whose deletion answers well and deletes nothing.",
        grade="documented",
        source="SPEC (deletes)",
    )
    delete_ignores_missing: bool = decision(
        False,
        "Whether the deletion of an unknown id answers well.",
        grade="assumed",
        source=_SILENT + "alike for every operation on an unknown id",
    )
    hidden_shown: Exceptions = decision(
        NOWHERE,
        "Answers that show the plain value of hidden members: table, method.",
        grade="observed",
        source="IWS test_data/example_websessions.json: encryptedValue only",
    )
    hidden_encrypted_shown: bool = decision(
        True,
        "Whether answers show the ciphertext of hidden members.",
        grade="observed",
        source="IWS test_data/example_websessions.json",
    )
    hidden_wins: Literal["value", "encryptedValue"] = decision(
        "value",
        "Which member of a HiddenField counts where both are sent.",
        grade="observed",
        source="IWT internal/sdkv2provider/structures.go",
    )
    hidden_foreign_refused: bool = decision(
        True,
        "Whether a ciphertext that this host did not make is refused.",
        grade="assumed",
        source="an export needs the original pa.jwk (D72 pa_restoring_pa_using_a_json_file)",
    )
    hidden_kept: Literal["sent back", "always", "never"] = decision(
        "sent back",
        "When an update without a new value keeps the stored secret.",
        grade="assumed",
        source="import and export rely on the ciphertext; a missing member is a replacement",
    )
    hidden_header: str | None = decision(
        None,
        "A header in which the answer of a save repeats its secret.",
        grade="observed",
        source="PCB captures: no such header",
    )
    hidden_header_through: frozenset[str] = decision(
        frozenset(),
        "Tables for which the answer of a save repeats, in a header, secrets of what it refers to.",
        grade="observed",
        source="PCB captures: no such header",
    )
    password_echoed: bool = decision(
        False,
        "Whether the answer of a change of passwords repeats the new one.",
        grade="documented",
        source="SPEC updateUserPassword (200 without content)",
    )
    password_pattern: str = decision(
        r"(?=.*[A-Z])(?=.*[a-z])(?=.*\d).{8,64}",
        "What a new password must match as a whole.",
        grade="observed",
        source="PCB run.properties: 8 to 64 characters with upper, lower and digit",
    )
    password_current_checked: bool = decision(
        True,
        "Whether the current password must be right to set a new one.",
        grade="documented",
        source="SPEC UserPassword.currentPassword is required",
    )
    password_changed: bool = decision(
        True,
        "Whether the new password counts.",
        grade="documented",
        source="SPEC updateUserPassword; observed in DB 83-change-password.sh",
    )
