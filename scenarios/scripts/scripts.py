"""What scripts of the vendor send, as data.

What is peculiar in them is theirs: numbers and truth values as texts, nulls, the id 0, the order.
What no source shows of them (names, hosts, members that are needed beside) is ours.
`$name` is the id of what an earlier step made, `$$name` the same as text; `@noun` is a new name,
`@secret` a new secret, `@/root` a context root. Sources: pingidentity-docker-builds (DB),
ping-cloud-base (PCB) by tag.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and what the script needs of its answer, which has to be 200.

    `named` is the name that later steps have for the object, `kind` what it is cleaned up as.
    """

    method: str
    path: str
    body: Json | None = None
    shows: Mapping[str, object] = field(default_factory=dict)
    named: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """The steps of a script; `alters` says what of a live product they would change."""

    source: str
    steps: tuple[Step, ...]
    alters: str = ""


def making(named: str, kind: str, path: str, body: Json, **shows: object) -> Step:
    """A step that makes an object."""
    return Step("POST", path, body, shows, named, kind)


FIRST_SIGN_ON = Script(
    "DB 83-change-password.sh; PCB 1.8.0, 81-import-initial-configuration.sh",
    (
        Step("GET", "/users/1", shows={"firstLogin": True, "slaAccepted": False}),
        Step(
            "PUT",
            "/users/1",
            {
                "email": None,
                "slaAccepted": True,
                "firstLogin": False,
                "showTutorial": False,
                "username": "Administrator",
            },
            {"slaAccepted": True, "firstLogin": False},
        ),
        Step("GET", "/users/1", shows={"firstLogin": False, "slaAccepted": True}),
        Step("GET", "/version"),
    ),
    alters="the administrator's licence acceptance",
)

CONFIG_QUERY = Script(
    "DB 81-after-start-process.sh (keySize, validDays, keyPairId and restartRequired as texts)",
    (
        making(
            "pair",
            "key_pair",
            "/keyPairs/generate",
            {
                "alias": "@pair",
                "commonName": "admin.example.com",
                "organization": "paconform",
                "organizationUnit": "Tests",
                "city": "Denver",
                "state": "CO",
                "country": "US",
                "keyAlgorithm": "RSA",
                "keySize": "2048",
                "validDays": "365",
                "hsmProviderId": 0,
            },
        ),
        Step(
            "PUT",
            "/httpsListeners/4",
            {
                "name": "CONFIG QUERY",
                "keyPairId": "$$pair",
                "useServerCipherSuiteOrder": True,
                "restartRequired": "false",
            },
            {"id": 4, "useServerCipherSuiteOrder": True},
        ),
    ),
    alters="the key pair of a listener",
)

ENGINE = Script(
    "DB 51-add-engine.sh (adds an engine, deletes it again: 200)",
    (
        Step("GET", "/engines"),
        making("engine", "engine", "/engines", {"name": "@engine"}),
        Step("GET", "/engines/$engine"),
        Step("DELETE", "/engines/$engine"),
    ),
)

AGENT = Script(
    "PCB 1.5.0, 01-agent-config-test.sh and its payload templates (ports as texts, id 0)",
    (
        making("secret", "shared_secret", "/sharedSecrets", {"secret": {"value": "@secret"}}),
        making(
            "agent",
            "agent",
            "/agents",
            {
                "name": "@agent",
                "hostname": "agent.example.com",
                "port": "3030",
                "sharedSecretIds": ["$secret"],
            },
            port=3030,
        ),
        making(
            "host",
            "virtual_host",
            "/virtualhosts",
            {"host": "@host", "port": "443", "agentResourceCacheTTL": 900},
            port=443,
            agentResourceCacheTTL=900,
        ),
        making(
            "application",
            "application",
            "/applications",
            {
                "id": 0,
                "name": "@application",
                "contextRoot": "@/root",
                "agentId": "$agent",
                "siteId": 0,
                "destination": "Agent",
                "applicationType": "Web",
                "defaultAuthType": None,
                "spaSupportEnabled": False,
                "enabled": True,
                "virtualHostIds": ["$host"],
            },
            defaultAuthType="Web",
            destination="Agent",
            enabled=True,
        ),
        Step("GET", "/applications/$application", shows={"siteId": 0}),
        Step("DELETE", "/applications/$application"),
        Step("DELETE", "/virtualhosts/$host"),
        Step("DELETE", "/agents/$agent"),
        Step("DELETE", "/sharedSecrets/$secret"),
    ),
)

BEFORE_AN_UPGRADE = Script(
    "PCB 1.8.0, upgrade hook (turns the rolling of keys off to keep sessions valid)",
    (
        Step("GET", "/authTokenManagement", shows={"keyRollEnabled": True}),
        Step(
            "PUT",
            "/authTokenManagement",
            {
                "keyRollEnabled": False,
                "keyRollPeriodInHours": 24,
                "issuer": "PingAccessAuthToken",
                "signingAlgorithm": "P-256",
            },
            {"keyRollEnabled": False, "keyRollPeriodInHours": 24},
        ),
        Step("GET", "/authTokenManagement", shows={"keyRollEnabled": False}),
        Step("GET", "/version"),
    ),
    alters="how keys are rolled",
)

SCRIPTS = {
    "first sign-on": FIRST_SIGN_ON,
    "config query": CONFIG_QUERY,
    "engine": ENGINE,
    "agent": AGENT,
    "before an upgrade": BEFORE_AN_UPGRADE,
}
