"""The operations of the admin API that this suite uses: name, method and path.

Names are the operation ids of the vendor's specification 7.3 in snake case ("PingOne" is one
word). Source: admin API 7.3, paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = """
/applications
  GET get_applications
  POST add_application
/applications/reserved
  GET get_reserved_application
  PUT update_reserved_application
  DELETE delete_reserved_application
/applications/resources
  GET get_resources
/applications/resources/methods
  GET get_applications_resources_methods
/applications/resources/responseGenerators/descriptors
  GET get_application_resource_response_generator_descriptors
/applications/resources/responseGenerators/descriptors/{}
  GET get_application_resource_response_generator_descriptor
/applications/{}/resources/{}
  GET get_application_resource
  PUT update_application_resource
  DELETE delete_application_resource
/applications/{}
  GET get_application
  PUT update_application
  DELETE delete_application
/applications/{}/resourceMatchingEvaluationOrder
  GET get_resource_matching_evaluation_order
/applications/{}/resources
  GET get_application_resources
  POST add_application_resource
/applications/{}/resources/autoOrder
  GET get_resource_auto_order
/authenticationChallengePolicies
  GET get_authentication_challenge_policies
  POST add_authentication_challenge_policy
/authenticationChallengePolicies/requestMatchers/descriptors
  GET get_request_matcher_descriptors
/authenticationChallengePolicies/requestMatchers/descriptors/{}
  GET get_request_matcher_descriptor
/authenticationChallengePolicies/responseFilters/descriptors
  GET get_challenge_response_filter_descriptors
/authenticationChallengePolicies/responseFilters/descriptors/{}
  GET get_challenge_response_filter_descriptor
/authenticationChallengePolicies/responseGenerators/descriptors
  GET get_challenge_response_generator_descriptors
/authenticationChallengePolicies/responseGenerators/descriptors/{}
  GET get_challenge_response_generator_descriptor
/authenticationChallengePolicies/{}
  GET get_authentication_challenge_policy
  PUT update_authentication_challenge_policy
  DELETE delete_authentication_challenge_policy
/certificates
  GET get_trusted_certs
  POST import_trusted_cert
/certificates/{}
  GET get_trusted_cert
  PUT update_trusted_cert
  DELETE delete_trusted_cert
/certificates/{}/file
  GET export_trusted_cert
/config/export
  GET config_export
/config/export/workflows
  GET get_config_export_workflows
  POST add_config_export_workflow
/config/export/workflows/{}
  GET get_config_export_workflow
/config/export/workflows/{}/data
  GET get_config_export_workflow_data
/config/import
  POST config_import
/config/import/workflows
  GET get_config_import_workflows
  POST add_config_import_workflow
/config/import/workflows/{}
  GET get_config_import_workflow
/pingone/connections
  GET get_pingone_connections
  POST add_pingone_connection
/pingone/connections/{}
  GET get_pingone_connection
  PUT update_pingone_connection
  DELETE delete_pingone_connection
/pingone/connections/{}/metadata
  GET get_pingone_connection_metadata
/riskPolicies
  GET get_risk_policies
  POST add_risk_policy
/riskPolicies/descriptors
  GET get_risk_policy_descriptors
/riskPolicies/descriptors/{}
  GET get_risk_policy_descriptor
/riskPolicies/{}
  GET get_risk_policy
  PUT update_risk_policy
  DELETE delete_risk_policy
/rules
  GET get_rules
  POST add_rule
/rules/descriptors
  GET get_rule_descriptors
/rules/descriptors/{}
  GET get_rule_descriptor
/rules/{}
  GET get_rule
  PUT update_rule
  DELETE delete_rule
/rulesets
  GET get_rule_sets
  POST add_rule_set
/rulesets/elementTypes
  GET get_rule_set_element_types
/rulesets/successCriteria
  GET get_rule_set_success_criteria
/rulesets/{}
  GET get_rule_set
  PUT update_rule_set
  DELETE delete_rule_set
/sites
  GET get_sites
  POST add_site
/sites/{}
  GET get_site
  PUT update_site
  DELETE delete_site
/trustedCertificateGroups
  GET get_trusted_certificate_groups
  POST add_trusted_certificate_group
/trustedCertificateGroups/{}
  GET get_trusted_certificate_group
  PUT update_trusted_certificate_group
  DELETE delete_trusted_certificate_group
/users
  GET get_users
/users/{}
  GET get_user
  PUT update_user
/users/{}/password
  PUT update_user_password
/version
  GET version
/virtualhosts
  GET get_virtual_hosts
  POST add_virtual_host
/virtualhosts/{}
  GET get_virtual_host
  PUT update_virtual_host
  DELETE delete_virtual_host
/webSessions
  GET get_web_sessions
  POST add_web_session
/webSessions/{}
  GET get_web_session
  PUT update_web_session
  DELETE delete_web_session
"""


def _rows() -> Iterator[tuple[str, tuple[str, str]]]:
    path = ""
    for line in _TABLE.strip().splitlines():
        if line.startswith("/"):
            path = line
        else:
            method, name = line.split()
            yield name, (method, path)


OPERATIONS: dict[str, tuple[str, str]] = dict(_rows())
"""Method and path template (`{}` for each id) by operation."""

KINDS: dict[str, str] = {
    "add_application": "application",
    "add_application_resource": "resource",
    "add_authentication_challenge_policy": "authentication_challenge_policy",
    "import_trusted_cert": "certificate",
    "add_pingone_connection": "pingone_connection",
    "add_risk_policy": "risk_policy",
    "add_rule": "rule",
    "add_rule_set": "rule_set",
    "add_site": "site",
    "add_trusted_certificate_group": "trusted_certificate_group",
    "add_virtual_host": "virtual_host",
    "add_web_session": "web_session",
}
"""The kind of object that each creating operation makes."""

REPLACING = frozenset({"add_config_import_workflow", "config_import"})
"""Operations after which nothing that was there before can be relied on."""
