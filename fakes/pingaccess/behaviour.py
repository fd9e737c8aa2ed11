"""Every decision of the fake PingAccess; `CORRECT` is the documented product.

It is one frozen dataclass, written in chapters: credential, spending, PingOne connections, plugins
and archive (the parts), the door, the records, and here applications and configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fakes.behaviour import decision
from fakes.pingaccess.decisions.records import RecordsBehaviour

_SILENT = "no document says; "


@dataclass(frozen=True, slots=True)
class Behaviour(RecordsBehaviour):
    """The whole product."""

    root_resource_made: bool = decision(
        True,
        "Whether a new application has its root resource at once.",
        grade="observed",
        source="SP exports: one per application",
    )
    resources_go_with_application: bool = decision(
        True,
        "Whether the resources of a deleted application are deleted.",
        grade="assumed",
        source=_SILENT + "a resource has no life without its application (SPEC paths)",
    )
    reserved_roots: frozenset[str] = decision(
        frozenset({"/pa"}),
        "Context roots that no application may have.",
        grade="documented",
        source="latest pa_application_field_descriptions (/pa reserved by default)",
    )
    root_resource_differs: tuple[tuple[str, object], ...] = decision(
        (),
        "Members in which the root resource is not as in the vendor's exports.",
        grade="observed",
        source="SP exports: path /*, method *, protected, not anonymous",
    )
    resource_moves: bool = decision(
        False,
        "Whether applicationId in a body moves a resource to another application.",
        grade="documented",
        source="SPEC Resource.applicationId (read-only)",
    )
    new_resource_place: Literal["last", "first"] = decision(
        "last",
        "Where a new resource of an application in manual order stands in its resourceOrder.",
        grade="assumed",
        source=_SILENT + "so that it takes no path from those that are ordered",
    )
    root_resource_ordered: bool = decision(
        True,
        "Whether the root resource stands in the resourceOrder of a new application in manual "
        "order.",
        grade="observed",
        source="IWT resource_pingaccess_application_test.go (issue 158): an update sends back the "
        "order that was read, and must hold every resource",
    )
    application_enabled_unsent: bool = decision(
        False,
        "Whether an application is enabled where its body does not say.",
        grade="observed",
        source="message-xform pa-provision.feature enables each with an update (9.0.1); IWT "
        "resource_pingaccess_application_test.go does not say and plans no change after (6.x)",
    )
    root_resource_deletable: bool = decision(
        False,
        "Whether the root resource of an application can be deleted.",
        grade="assumed",
        source=_SILENT + "every application of every export has one",
    )
    context_root_slash: bool = decision(
        True,
        "Whether / alone is a context root, although it ends with a slash.",
        grade="assumed",
        source="latest pa_application_field_descriptions (must not end with /) does not name it; "
        "without it nothing could answer at the top of a host",
    )
    resource_needs_session: bool = decision(
        False,
        "Whether a resource carries a risk policy only where its application has a web session.",
        grade="assumed",
        source="D73 pa_assigning_risk_policies names what is unprotected itself; nothing is said "
        "of a resource in an unprotected application",
    )
    risk_policy_types: frozenset[str] = decision(
        frozenset({"Web", "Dynamic"}),
        "The application types that may carry a risk policy.",
        grade="assumed",
        source="D80 pa_adding_a_risk_policy (a web application or resource); others unknown",
    )
    protection_checked: Literal["always", "when assigned"] = decision(
        "always",
        "When it is checked that whoever carries a risk policy is protected.",
        grade="documented",
        source="D73 pa_assigning_risk_policies (an unprotected one with a policy is not saved)",
    )
    risk_policy_spreads: Literal["no", "down", "up"] = decision(
        "no",
        "Whether the policy of an application becomes that of its resources, or the reverse.",
        grade="documented",
        source="SPEC Resource.riskPolicyId (takes precedence, so both stand side by side)",
    )
    risk_policy_shared: bool = decision(
        True,
        "Whether several applications and resources can carry one risk policy.",
        grade="documented",
        source="SPEC riskPolicyId parameter (applications with the policy)",
    )
    connection_shared: bool = decision(
        True,
        "Whether several risk policies can stand on one connection.",
        grade="documented",
        source="D72 pa_using_the_admin_api_to_create_a_risk_policy (nothing limits it)",
    )
    risk_policy_unset: int | None = decision(
        0,
        "What is shown where there is no risk policy.",
        grade="assumed",
        source=_SILENT + "0 as of the other numbers (SPEC: zero if none)",
    )
    last_modified_moved_by: frozenset[str] = decision(
        frozenset(
            {
                "applications",
                "resources",
                "resources deleted",
                "rules",
                "ruleSets",
                "riskPolicies",
            }
        ),
        "The tables whose changes move lastModified of the applications concerned.",
        grade="documented",
        source="SPEC Application.lastModified (the application, its resources, associated policy)",
    )
    last_modified_per_s: int = decision(
        1000,
        "How often lastModified counts in a second.",
        grade="documented",
        source="SPEC Application.lastModified (milliseconds)",
    )
    last_modified_sent: bool = decision(
        False,
        "Whether a client can set lastModified.",
        grade="documented",
        source="SPEC Application.lastModified (read-only)",
    )
    finders_without_resources: frozenset[str] = decision(
        frozenset(),
        "Finders of /applications that do not look into resources.",
        grade="documented",
        source="SPEC /applications parameters (an Application or one of its Resources)",
    )
    resources_of_any: bool = decision(
        False,
        "Whether a resource answers under the path of another application.",
        grade="assumed",
        source=_SILENT + "SPEC paths have both ids",
    )
    import_reverts_passwords: bool = decision(
        True,
        "Whether an import brings back the factory passwords.",
        grade="documented",
        source="D73 pa_importing_pa_configs (reverts passwords)",
    )
    import_done: bool = decision(
        True,
        "Whether an import that says Complete has changed the configuration.",
        grade="documented",
        source="D73 pa_importing_pa_configs (replaces everything)",
    )
    import_at_once_done: bool = decision(
        True,
        "Whether an import without a workflow changes the configuration.",
        grade="documented",
        source="SPEC configImport",
    )
    import_lasts_s: float = decision(
        0.0,
        "How long an import workflow is In Progress; nothing can be read or changed meanwhile.",
        grade="assumed",
        source="that it takes its time is documented (D73 pa_importing_pa_configs, up to hours), "
        "how long is not: here at once, so that nobody has to wait",
    )
    import_busy_status: int = decision(
        422,
        "A request while an import is In Progress.",
        grade="assumed",
        source="D72 pa_restoring_pa_using_a_json_file says that it cannot be done, not how; SPEC "
        "has no other status",
    )
    import_forgets_ids: bool = decision(
        False,
        "Whether new ids begin at 1 again after an import, whatever it brought.",
        grade="documented",
        source="SPEC id (automatically assigned)",
    )
    fail_fast_unset: bool | None = decision(
        False,
        "What failFast counts as where it is not sent; None where it must be.",
        grade="assumed",
        source="SPEC addConfigImportWorkflow has it as required; false is the default of the "
        "start-up import (PCB run.properties)",
    )
    workflows_listed: bool = decision(
        True,
        "Whether the list of workflows has any.",
        grade="documented",
        source="SPEC ConfigStatuses",
    )
    workflows_most: int = decision(
        100,
        "How many exports, and how many imports, are remembered; the oldest makes room.",
        grade="assumed",
        source="SPEC ConfigStatuses has no paging; each export holds a whole archive",
    )
    workflow_tells_why: bool = decision(
        True,
        "Whether a failed workflow has an apiErrorView.",
        grade="documented",
        source="SPEC ConfigStatus.apiErrorView; D73 pa_importing_pa_configs (failures viewable)",
    )
    workflow_data_lacks: frozenset[str] = decision(
        frozenset(),
        "Sections that the data of an export workflow lacks.",
        grade="documented",
        source="SPEC getConfigExportWorkflowData (ExportData, as configExport)",
    )
    workflow_posted: str = decision(
        "In Progress",
        "The status that the start of a workflow answers.",
        grade="observed",
        source="DB 85-import-configuration.sh polls while In Progress",
    )
    workflow_complete: str = decision(
        "Complete",
        "The status of a workflow that is through.",
        grade="observed",
        source="DB 85-import-configuration.sh",
    )
    workflow_failed: str = decision(
        "Failed",
        "The status of a workflow that failed.",
        grade="observed",
        source="DB 85-import-configuration.sh",
    )


CORRECT = Behaviour()
