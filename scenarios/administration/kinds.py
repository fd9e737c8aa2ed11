"""The kinds of object that this area asks the same questions of."""

from typing import Any

from harness.product import Product
from scenarios.administration.certificates import pem
from scenarios.administration.plugin_kinds import PLUGINS
from scenarios.administration.server_kinds import SERVERS
from scenarios.administration.stock import Kind

Json = dict[str, Any]


def _certificate(product: Product) -> Json:
    return product.admin.certificate_body(pem(product.name("certificate")))


CERTIFICATE = Kind(
    "certificate",
    "get_trusted_certs",
    "get_trusted_cert",
    _certificate,
    required=("alias", "fileData"),
    member="alias",
    finder="alias",
    add="import_trusted_cert",
    update="update_trusted_cert",
    delete="delete_trusted_cert",
)
GROUP = Kind(
    "trusted_certificate_group",
    "get_trusted_certificate_groups",
    "get_trusted_certificate_group",
    lambda product: product.admin.trusted_certificate_group_body(),
    required=("name",),
    edit={"useJavaTrustStore": True, "skipCertificateDateCheck": True},
    optional={"skipCertificateDateCheck": True},
    exact_case=True,
)
RULE = Kind(
    "rule",
    "get_rules",
    "get_rule",
    lambda product: product.admin.rule_body(),
    required=("name", "className"),
    exact_case=True,
)
RULE_SET = Kind(
    "rule_set",
    "get_rule_sets",
    "get_rule_set",
    lambda product: product.admin.rule_set_body([product.admin.add_rule()]),
    required=("name", "policy"),
    edit={"successCriteria": "SuccessIfAnyOneSucceeds"},
    exact_case=True,
)
CHALLENGE = Kind(
    "authentication_challenge_policy",
    "get_authentication_challenge_policies",
    "get_authentication_challenge_policy",
    lambda product: product.admin.authentication_challenge_policy_body(),
    required=("name", "challengeResponseChain", "defaultChallengeResponse"),
    edit={"description": "edited"},
    optional={"description": "a text"},
    exact_case=True,
    number=False,
)
WEB_SESSION = Kind(
    "web_session",
    "get_web_sessions",
    "get_web_session",
    lambda product: product.admin.web_session_body(),
    required=("name", "audience", "clientCredentials"),
    edit={"idleTimeoutInMinutes": 7, "cookieType": "Signed", "scopes": ["email", "address"]},
    optional={"idleTimeoutInMinutes": 7},
)
SITE = Kind(
    "site",
    "get_sites",
    "get_site",
    lambda product: product.admin.site_body(),
    required=("name", "targets"),
    edit={"targets": ["localhost:8081", "localhost:8082"], "maxConnections": 7},
    optional={"maxConnections": 7},
    exact_case=True,
)
VIRTUAL_HOST = Kind(
    "virtual_host",
    "get_virtual_hosts",
    "get_virtual_host",
    lambda product: product.admin.virtual_host_body(),
    required=("host", "port"),
    edit={"agentResourceCacheTTL": 60},
    optional={"agentResourceCacheTTL": 60},
    member="host",
    finder="virtualHost",
)


KINDS = {
    kind.noun: kind
    for kind in (
        CERTIFICATE, GROUP, RULE, RULE_SET, CHALLENGE, WEB_SESSION, SITE, VIRTUAL_HOST,
        *SERVERS, *PLUGINS,
    )
}  # fmt: skip
