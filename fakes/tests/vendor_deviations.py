"""Where a field of the fake is not what the vendor's schema says, and why: one line for each."""

from __future__ import annotations

_IN_ANSWERS = (
    "The specification's required means: always in answers. The vendor's own scripts leave it out "
    "of what they send, and get 200 (observed)."
)
_ASSUMED_LIKEWISE = "Taken as always in answers, as for the members that the scripts leave out."

DEVIATIONS: dict[str, str] = {
    "AdminBasicWebSession.timeoutGroovyScript: optional here, required there": (
        "adminAuthWebSession of the vendor's exports has none (observed)."
    ),
    "AdminTokenProvider.sslCiphers: optional here, required there": _ASSUMED_LIKEWISE,
    "AdminTokenProvider.sslProtocols: optional here, required there": _ASSUMED_LIKEWISE,
    "BasicConfig.enabled: optional here, required there": (
        "It is BasicAuthConfig that is sent, in which it is optional."
    ),
    "Application.agentId: optional here, required there": _IN_ANSWERS,
    "Application.authenticationChallengePolicyId: optional here, required there": _IN_ANSWERS,
    "Application.defaultAuthType: optional here, required there": _IN_ANSWERS,
    "Application.sidebandClientId: optional here, required there": _IN_ANSWERS,
    "Application.siteId: optional here, required there": _IN_ANSWERS,
    "Application.spaSupportEnabled: optional here, required there": _IN_ANSWERS,
    "CSRResponseImportDoc.chainCertificates: optional here, required there": _ASSUMED_LIKEWISE,
    "CSRResponseImportDoc.hsmProviderId: optional here, required there": _ASSUMED_LIKEWISE,
    "CSRResponseImportDoc.trustedCertGroupId: optional here, required there": _ASSUMED_LIKEWISE,
    "HttpsListener.name: optional here, required there": (
        "What is sent for it changes nothing (assumed): the product decides it."
    ),
    "HttpsListener.restartRequired: optional here, required there": (
        "What is sent for it changes nothing (assumed): the product decides it."
    ),
    "HttpsListener.useServerCipherSuiteOrder: optional here, required there": _ASSUMED_LIKEWISE,
    "NewKeyPairConfig.hsmProviderId: optional here, required there": _ASSUMED_LIKEWISE,
    "PKCS12FileImportDoc.chainCertificates: optional here, required there": _ASSUMED_LIKEWISE,
    "PKCS12FileImportDoc.hsmProviderId: optional here, required there": _ASSUMED_LIKEWISE,
    "PingFederateAccessToken.accessValidatorId: optional here, required there": (
        "Its own description calls it read-only."
    ),
    "PingFederateAdmin.auditLevel: values here, any text there": (
        "Its own description names the two values."
    ),
    "PingFederateRuntime.auditLevel: values here, any text there": (
        "Its own description names the two values."
    ),
    "PingOneConnection.credential: required here, optional there": (
        "A connection is validated when it is saved (documented); there is nothing without one."
    ),
    "PingOneConnection.sslCiphers: optional here, required there": _ASSUMED_LIKEWISE,
    "PingOneConnection.sslProtocols: optional here, required there": _ASSUMED_LIKEWISE,
    "Redirect.source: required here, optional there": (
        "A redirect from nowhere means nothing (assumed)."
    ),
    "Redirect.target: required here, optional there": (
        "A redirect to nowhere means nothing (assumed)."
    ),
    "Resource.authenticationChallengePolicyId: optional here, required there": _ASSUMED_LIKEWISE,
    "Resource.defaultAuthTypeOverride: optional here, required there": _ASSUMED_LIKEWISE,
    "Resource.methods: values here, any text there": (
        "GET /applications/resources/methods lists them (the list itself is assumed)."
    ),
    "Resource.pathPatterns.pattern: required here, optional there": (
        "A pattern without its text matches nothing (assumed)."
    ),
    "Resource.queryParamConfig.params.name.pattern: required here, optional there": (
        "A parameter without a name matches nothing (assumed)."
    ),
    "RiskPolicy.configuration: required here, optional there": (
        "D72 pa_using_the_admin_api_to_create_a_risk_policy: it must be supplied (documented)."
    ),
    "WebSession.failOnUnsupportedPreservationContentType: optional here, required there": (
        _ASSUMED_LIKEWISE
    ),
}
"""By what the comparison says; one that no longer differs fails the test."""

_LIST = "A list like the others, though it is declared as one object (assumed: see the facts)."
_MAP = "OpenAPI has no type map."
_MEMBER = "The same as DEVIATIONS has, by the name of the part."

DOCUMENT: dict[str, str] = {
    "GET /applications: sidebandClientId in query, integer int32: there only": (
        "The ids of sideband clients are text, as its own schema says."
    ),
    "GET /applications: sidebandClientId in query, string: here only": "The same.",
    "GET /webSessions/{id}: id in path, integer int32, required: there only": (
        "All other paths have ids as text: a slip without an effect."
    ),
    "GET /webSessions/{id}: id in path, string, required: here only": "The same.",
    "GET /acme/servers/{acmeServerId}/accounts: gives AcmeAccounts here, AcmeAccount there": _LIST,
    "GET /acme/servers/{acmeServerId}/accounts/{acmeAccountId}/certificateRequests: "
    "gives AcmeCertificateRequests here, AcmeCertificateRequest there": _LIST,
    "GET /hsmProviders: gives HsmProviders here, HsmProvider there": _LIST,
    "GET /proxies: gives Proxies here, HttpClientProxy there": _LIST,
    "GET /riskPolicies: gives RiskPolicies here, RiskPolicy there": _LIST,
    "schema AcmeAccounts: not the vendor's": _LIST,
    "schema AcmeCertificateRequests: not the vendor's": _LIST,
    "schema HsmProviders: not the vendor's": _LIST,
    "schema Proxies: not the vendor's": _LIST,
    "schema RiskPolicies: not the vendor's": _LIST,
    "schema AccessTokenValidator.configuration: object here, map there": _MAP,
    "schema HsmProvider.configuration: object here, map there": _MAP,
    "schema PathPattern.pattern: required here": _MEMBER,
    "schema QueryParamName.pattern: required here": _MEMBER,
}
"""Where the fake's own description is not the vendor's, beside what DEVIATIONS has."""
