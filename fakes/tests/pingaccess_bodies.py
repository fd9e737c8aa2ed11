"""What is sent to make one object of each collection that stands beside the main flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.tests.pingaccess_core import Admin

    Body = dict[str, Any]

PLUGIN = "com.pingidentity.pa."
SECRET = "aSharedSecretOfTheTest"


def shared_secret(admin: Admin) -> int:
    """The id of a new shared secret."""
    made = admin.add("/sharedSecrets", {"secret": {"value": SECRET}})
    return int(made["id"])


def _plugin(class_name: str, **configuration: Any) -> Callable[[Admin, str], Body]:
    return lambda _, name: {
        "name": name,
        "className": PLUGIN + class_name,
        "configuration": configuration,
    }


BESIDE: dict[str, Callable[[Admin, str], Body]] = {
    "/agents": lambda admin, name: {
        "name": name,
        "hostname": "agent.example.com",
        "port": 3030,
        "sharedSecretIds": [shared_secret(admin)],
    },
    "/engines": lambda _, name: {"name": name},
    "/adminConfig/replicaAdmins": lambda _, name: {
        "name": name,
        "hostPort": "replica.example.com:9090",
    },
    "/sidebandClients": lambda _, name: {
        "name": name,
        "clientCredentials": [{"sharedSecretConfig": {"secret": {"value": SECRET}}}],
    },
    "/proxies": lambda _, name: {"name": name, "host": "proxy.example.com", "port": 8080},
    "/thirdPartyServices": lambda _, name: {"name": name, "targets": ["service.example.com:443"]},
    "/engineListeners": lambda admin, name: {
        "name": name,
        "port": 3001 + len(admin.items("/engineListeners")),
    },
    "/globalUnprotectedResources": lambda _, name: {"name": name, "wildcardPath": "/static/*"},
    "/authnReqLists": lambda _, name: {"name": name, "authnReqs": ["mfa"]},
    "/siteAuthenticators": _plugin(
        "siteauthenticators.BasicAuthTargetSiteAuthenticator",
        username="site",
        password={"value": SECRET},
    ),
    "/rejectionHandlers": _plugin(
        "policy.rejectionhandler.errortemplate.ErrorTemplateRejectionHandlerPlugin",
        responseCode=403,
        templateFile="general.error.page.template.html",
        contentType="HTML",
    ),
    "/identityMappings": _plugin(
        "identitymappings.HeaderIdentityMapping",
        attributeHeaderMappings=[{"subject": True, "attributeName": "sub", "headerName": "USER"}],
        headerClientCertificateMappings=[],
    ),
    "/accessTokenValidators": _plugin("accesstokenvalidators.JwksEndpoint", path="/jwks"),
    "/highAvailability/availabilityProfiles": _plugin(
        "ha.availability.ondemand.OnDemandAvailabilityPlugin", failedRetryTimeout=60
    ),
    "/highAvailability/loadBalancingStrategies": _plugin(
        "ha.lb.header.HeaderBasedLoadBalancingPlugin", headerName="X-Target"
    ),
    "/hsmProviders": _plugin(
        "hsm.pkcs11.plugin.PKCS11HsmProvider",
        slotId="1",
        password={"value": SECRET},
        library="/opt/hsm.so",
    ),
}
"""By path; each has a name that is taken once."""

NAMELESS: dict[str, Callable[[Admin, str], Body]] = {
    "/sharedSecrets": lambda _, __: {"secret": {"value": SECRET}},
    "/redirects": lambda _, name: {
        "source": {"host": f"{name}.example.com", "port": 80},
        "target": {"host": f"{name}.example.com", "port": 443, "secure": True},
    },
    "/acme/servers": lambda _, name: {"name": name, "url": "https://acme.example.com/directory"},
}
"""Those without one, or that cannot be given another."""

SETTINGS: dict[str, Body] = {
    "/adminConfig": {"hostPort": "admin.example.com:9090"},
    "/authTokenManagement": {"keyRollEnabled": False},
    "/oauthKeyManagement": {"keyRollPeriodInHours": 12},
    "/webSessionManagement": {"cookieName": "SESSION"},
    "/environment": {"name": "Staging"},
    "/defaults/entities/application": {},
    "/applications/reserved": {"contextRoot": "/reserved"},
    "/httpConfig/monitoring": {"auditLevel": "ON"},
    "/httpConfig/request/hostSource": {"headerNameList": ["Host"], "listValueLocation": "FIRST"},
    "/httpConfig/request/ipSource": {
        "headerNameList": ["X-Real-IP"],
        "listValueLocation": "FIRST",
    },
    "/httpConfig/request/protocolSource": {"headerName": "X-Scheme"},
    "/unknownResources/settings": {
        "errorStatusCode": 404,
        "errorTemplateFile": "general.error.page.template.html",
        "errorContentType": "JSON",
        "agentDefaultMode": "PASSTHROUGH",
        "agentDefaultCacheTTL": 60,
    },
    "/tokenProvider/settings": {"type": "Common"},
    "/pingone/customers": {"issuer": "https://auth.example.com/as"},
    "/pingfederate/runtime": {"issuer": "https://pf.example.com"},
    "/oidc/provider": {
        "issuer": "https://auth.example.com/as",
        "queryParameters": [{"name": "acr_values", "value": "mfa"}],
        "plugin": {"className": f"{PLUGIN}oidcproviders.AzureAdOidcProvider", "configuration": {}},
    },
    "/pingfederate": {
        "host": "pf.example.com",
        "port": 9031,
        "application": {
            "contextRoot": "/",
            "primaryVirtualHostId": 1,
            "additionalVirtualHostIds": [2],
            "policy": [],
            "clientCertHeaderNames": ["X-Cert"],
            "caseSensitive": True,
        },
    },
    "/pingfederate/admin": {
        "adminUsername": "Administrator",
        "adminPassword": {"value": SECRET},
        "host": "pf.example.com",
        "port": 9999,
    },
    "/pingfederate/accessTokens": {
        "subjectAttributeName": "sub",
        "clientCredentials": {"clientId": "pa", "clientSecret": {"value": SECRET}},
    },
    "/oauth/authServer": {
        "targets": ["as.example.com:443"],
        "trustedCertificateGroupId": 2,
        "subjectAttributeName": "sub",
        "introspectionEndpoint": "/introspect",
    },
    "/auth/basic": {"enabled": True},
    "/auth/oauth": {
        "scope": "admin",
        "clientCredentials": {"clientId": "pa", "clientSecret": {"value": SECRET}},
        "accessTokenValidator": {
            "className": f"{PLUGIN}accesstokenvalidators.JwksEndpoint",
            "configuration": {"path": "/jwks"},
        },
    },
    "/auth/oidc": {
        "oidcConfiguration": {
            "clientCredentials": {"clientId": "pa", "clientSecret": {"value": SECRET}}
        }
    },
    "/auth/webSession": {
        "sessionPollIntervalInSeconds": 20,
        "expirationWarningInMinutes": 2,
        "sessionTimeoutInMinutes": 60,
        "idleTimeoutInMinutes": 10,
        "audience": "Console",
        "cookieType": "Signed",
    },
    "/auth/tokenProvider": {"issuer": "https://auth.example.com/as"},
    "/logSettings": {"logCategories": [{"id": "1", "enabled": True, "name": "Engine"}]},
}
"""A good body for each setting."""
