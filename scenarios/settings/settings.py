"""The settings that this area asks the same questions of.

Not among them: those whose save asks another server (token providers; PingFederate administration
page), those that lock the administrator out, and log settings, whose categories no source lists.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from harness.checks import expect_equal, expect_refused, expect_saved, expect_unchanged
from harness.product import Product

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its operations, and what may be said of its members.

    `edit` gives members that can be changed, with another value; `wrong` a member with a value
    that its schema does not allow; `required` is a member that a save needs; `section` the name
    under which public exports hold it; `get` differs where the operations have several names.
    """

    noun: str
    edit: Callable[[Product], Json]
    wrong: Mapping[str, object]
    required: str = ""
    section: str = ""
    get: str = ""
    factory: Mapping[str, object] = field(default_factory=dict)

    def of(self, product: Product) -> "Chosen":
        """The setting in a product."""
        api = product.api
        stem = self.get or self.noun
        return Chosen(
            self,
            product,
            read=getattr(api, f"get_{stem}"),
            update=getattr(api, f"update_{self.noun}"),
            reset=getattr(api, f"delete_{stem}"),
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """One setting of the product under test."""

    setting: Setting
    product: Product
    read: Callable[..., httpx.Response]
    update: Callable[..., httpx.Response]
    reset: Callable[..., httpx.Response]

    def stored(self) -> Json:
        """The setting as it is now."""
        return expect_saved(self.read())

    def edited(self) -> Json:
        """The setting with its members changed to other values that would be saved."""
        return {**self.stored(), **self.setting.edit(self.product)}

    def saves(self, body: Json) -> Json:
        """The setting that the product stored for a body that it has to take."""
        saved = expect_saved(self.update(json=body))
        expect_equal(self.stored(), saved, "what is read")
        return saved

    def refuses(self, body: object, *, field: str | None = None) -> None:
        """Holds when the body is refused and the setting is what it was."""
        before = self.stored()
        expect_refused(self.update(json=body), field=field, status=(422, 400))
        expect_unchanged(before, self.stored(), f"the {self.setting.noun}")


@contextmanager
def borrowed(product: Product, noun: str) -> Iterator[Chosen]:
    """The setting of that noun, which is given back as it was where nothing else resets it."""
    product.borrowable("changes a setting that the whole product has")
    chosen = SETTINGS[noun].of(product)
    before = chosen.stored()
    yield chosen
    if product.target == "live" and chosen.update(json=before).status_code != httpx.codes.OK:
        chosen.reset()


def _same(**members: object) -> Callable[[Product], Json]:
    return lambda _: dict(members)


def _challenge(product: Product) -> Json:
    stored = product.admin.add_authentication_challenge_policy()
    return {"defaultAuthnChallengePolicyId": stored["id"]}


def _server(product: Product) -> Json:
    return {
        "targets": ["as.example.com:443"],
        "secure": True,
        "introspectionEndpoint": "/introspect",
        "subjectAttributeName": "sub",
        "trustedCertificateGroupId": product.admin.add_trusted_certificate_group()["id"],
        "clientCredentials": _credentials(product),
    }


def _credentials(product: Product) -> Json:
    return {"clientId": "paconform", "clientSecret": product.admin.hidden(), "keyPairId": 0}


def _tokens(product: Product) -> Json:
    return {"subjectAttributeName": "uid", "clientCredentials": _credentials(product)}


ROLLING = {"keyRollEnabled": True, "keyRollPeriodInHours": 24}

SETTINGS = {
    setting.noun: setting
    for setting in (
        Setting(
            "admin_configuration",
            _same(hostPort="admin.example.com:9090"),
            wrong={"httpProxyId": "x"},
            required="hostPort",
            section="adminConfig",
            factory={"httpProxyId": 0, "httpsProxyId": 0},
        ),
        Setting(
            "reserved_application",
            _same(contextRoot="/reserved"),
            wrong={"contextRoot": "reserved"},
            required="contextRoot",
            section="reservedApplication",
            factory={"contextRoot": "/pa"},
        ),
        Setting(
            "admin_basic_web_session",
            _same(audience="other", idleTimeoutInMinutes=20, cookieType="Signed"),
            wrong={"audience": "a" * 33},
            required="audience",
            section="adminAuthWebSession",
            factory={
                "audience": "PingAccessUI",
                "cookieType": "Encrypted",
                "idleTimeoutInMinutes": 30,
                "sessionTimeoutInMinutes": 240,
                "sessionPollIntervalInSeconds": 10,
                "expirationWarningInMinutes": 1,
            },
        ),
        Setting(
            "auth_token_management",
            _same(keyRollEnabled=False, keyRollPeriodInHours=48, issuer="other"),
            wrong={"keyRollPeriodInHours": "many"},
            section="authTokenMgmt",
            factory={**ROLLING, "issuer": "PingAccessAuthToken", "signingAlgorithm": "P-256"},
        ),
        Setting(
            "web_session_management",
            _same(cookieName="PB", issuer="other", updateTokenWindowInSeconds=30),
            wrong={"nonceCookieTimeToLiveInMinutes": "many"},
            section="webSessionMgmt",
            factory={
                **ROLLING,
                "issuer": "PingAccess",
                "signingAlgorithm": "P-256",
                "encryptionAlgorithm": "A128CBC-HS256",
                "cookieName": "PA",
                "sessionStateCookieName": "PA_STATE",
                "updateTokenWindowInSeconds": 60,
                "nonceCookieTimeToLiveInMinutes": 5,
            },
        ),
        Setting(
            "oauth_key_management",
            _same(keyRollEnabled=False, keyRollPeriodInHours=48),
            wrong={"keyRollEnabled": "perhaps"},
            section="oauthKeyMgmt",
            factory=ROLLING,
        ),
        Setting(
            "environment",
            _same(name="paconform"),
            wrong={"name": ["n"]},
            required="name",
            section="environment",
        ),
        Setting(
            "http_monitoring",
            _same(auditLevel="ON"),
            wrong={"auditLevel": "LOUD"},
            section="httpMonitoring",
            factory={"auditLevel": "OFF"},
        ),
        Setting(
            "host_source",
            _same(headerNameList=["X-Real-Host", "Host"], listValueLocation="FIRST"),
            wrong={"listValueLocation": "MIDDLE"},
            required="headerNameList",
            section="httpHostSource",
            factory={
                "headerNameList": ["X-Forwarded-Host", "Host"], "listValueLocation": "LAST"
            },
        ),
        Setting(
            "ip_source",
            _same(headerNameList=["X-Real-IP", "Forwarded"], fallbackToLastHopIp=False),
            wrong={"listValueLocation": "MIDDLE"},
            required="headerNameList",
            section="httpIpSource",
            factory={
                "headerNameList": ["X-Forwarded-For"],
                "listValueLocation": "LAST",
                "fallbackToLastHopIp": True,
            },
        ),
        Setting(
            "protocol_source",
            _same(headerName="X-Proto"),
            wrong={"headerName": ["h"]},
            required="headerName",
            section="httpProtocolSource",
            get="proto_source",
            factory={"headerName": "X-Forwarded-Proto"},
        ),
        Setting(
            "unknown_resource_settings",
            _same(errorStatusCode=404, agentDefaultMode="PASSTHROUGH", agentDefaultCacheTTL=60),
            wrong={"errorContentType": "PDF"},
            required="errorStatusCode",
            section="unknownResources",
            factory={
                "errorStatusCode": 403,
                "errorTemplateFile": "general.error.page.template.html",
                "errorContentType": "HTML",
                "agentDefaultMode": "DENY",
                "agentDefaultCacheTTL": 900,
                "auditLevel": "ON",
            },
        ),
        Setting(
            "token_provider_setting",
            _same(type="Common", useThirdParty=True),
            wrong={"type": "Nobody"},
            section="tokenProvider",
            factory={"type": "PingFederate", "useThirdParty": False},
        ),
        Setting("application_defaults", _challenge, wrong={"defaultAuthnChallengePolicyId": ["x"]}),
        Setting("authorization_server", _server, {"secure": "perhaps"}, required="targets"),
        Setting(
            "oauth_auth",
            _same(scope="admin", subjectAttributeName="sub", enabled=False),
            wrong={"enabled": "perhaps"},
            required="scope",
        ),
        Setting(
            "pingfederate_access_tokens",
            _tokens,
            wrong={"cacheTokens": "perhaps"},
            required="subjectAttributeName",
        ),
    )
}  # fmt: skip
