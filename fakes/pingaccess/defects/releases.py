"""Defects in what tells one release from another."""

from __future__ import annotations

from fakes.behaviour import Defect

RELEASES = (
    Defect(
        "PA-D-701",
        "log settings are not there",
        "PA-REL-001",
        "paths_missing",
        frozenset({"logSettings"}),
    ),
    Defect(
        "PA-D-702",
        "there is no OpenAPI 2.0 document",
        "PA-REL-002",
        "paths_missing",
        frozenset({"api-docs/pa"}),
    ),
    Defect(
        "PA-D-703",
        "SAML token mediators are not there",
        "PA-REL-003",
        "more_plugins",
        frozenset({"authenticationChallengePolicies/responseGenerators/DeviceAuthorization"}),
    ),
    Defect(
        "PA-D-704",
        "the newest SameSite value is refused",
        "PA-REL-005",
        "more_choices",
        frozenset(),
    ),
    Defect(
        "PA-D-705",
        "plugins have no fields beside those of 7.3",
        "PA-REL-008",
        "more_plugin_fields",
        frozenset({"riskPolicies/PingOne.deviceProfiling"}),
    ),
    Defect(
        "PA-D-706",
        "a risk policy has no field for device profiling",
        "PA-REL-004",
        "more_plugin_fields",
        frozenset({"accessTokenValidators/JwksEndpoint.thirdPartyService"}),
    ),
    Defect(
        "PA-D-707",
        "web sessions are as in 7.3",
        "PA-REL-006",
        "more_members",
        frozenset({"webSessions.uiLocales"}),
    ),
    Defect(
        "PA-D-708",
        "no AES-GCM for cookies",
        "PA-REL-007",
        "more_choices",
        frozenset({("webSessions.sameSite", "Strict")}),
    ),
    Defect(
        "PA-D-709",
        "PingOne Advanced Identity Cloud is not there",
        "PA-REL-009",
        "more_settings",
        frozenset(),
    ),
    Defect(
        "PA-D-710",
        "validators take no third-party service",
        "PA-REL-010",
        "more_plugin_fields",
        frozenset(
            {
                "riskPolicies/PingOne.deviceProfiling",
                "availabilityProfiles/OnDemand.retryOnUnknownHost",
            }
        ),
    ),
    Defect(
        "PA-D-711",
        "no access token is revoked at logout",
        "PA-REL-011",
        "more_plugin_fields",
        frozenset({"applications/resources/responseGenerators/Logout.encodeUrl"}),
    ),
    Defect(
        "PA-D-712",
        "request parameters are not passed through",
        "PA-REL-012",
        "more_members",
        frozenset({"webSessions.partitionedCookie"}),
    ),
    Defect(
        "PA-D-713",
        "the Content-Security-Policy is that of 6.0",
        "PA-REL-013",
        "content_security_policy",
        None,
    ),
    Defect(
        "PA-D-714",
        "there is no device authorization challenge",
        "PA-REL-014",
        "more_plugins",
        frozenset({"siteAuthenticators/SamlTokenMediatorSiteAuthenticator"}),
    ),
    Defect(
        "PA-D-715",
        "the product has no challenge policy of its own",
        "PA-REL-015",
        "system_challenge_policies",
        (),
    ),
    Defect(
        "PA-D-716",
        "web sessions have no UI locales",
        "PA-REL-016",
        "more_members",
        frozenset({"webSessions.partitionedCookie", "oauthAuthServer.issuer"}),
    ),
    Defect(
        "PA-D-717",
        "an unknown host is not tried again",
        "PA-REL-017",
        "more_plugin_fields",
        frozenset(),
    ),
    Defect(
        "PA-D-718",
        "the audience of a private key JWT cannot be chosen",
        "PA-REL-018",
        "more_members",
        frozenset({"webSessions.uiLocales", "webSessions.partitionedCookie"}),
    ),
    Defect(
        "PA-D-719",
        "an authorization server has no issuer",
        "PA-REL-019",
        "more_members",
        frozenset(),
    ),
    Defect(
        "PA-D-720",
        "an upgrade renumbers application resources",
        "PA-REL-020",
        "upgrade_renumbers_resources",
        True,
    ),
    Defect(
        "PA-D-721",
        "a rule set of one cross-origin rule cannot be assigned",
        "PA-REL-021",
        "lone_cors_rule_set_assigned",
        False,
    ),
    Defect(
        "PA-D-722",
        "the automatic order lacks the root resource beside another of path /*",
        "PA-REL-022",
        "wildcard_resource_hides_root",
        True,
    ),
    Defect(
        "PA-D-723",
        "a key pair with an otherName cannot be imported",
        "PA-REL-023",
        "key_pair_other_names",
        False,
    ),
)
