"""What the vendor's shell tests of a deployed PingAccess do, and how they read the answers.

PCB: pingidentity/ping-cloud-base, ci-scripts/test/integration/pingaccess (01-agent-config-test.sh,
common-api, util/pa-test-utils, templates) and the answers captured from 6.0 for its unit tests
(ci-scripts/test/unit/ci-script-tests/pingaccess/**/resources).
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from fakes.tests.pingaccess_core import Admin

SECRET = "s3cretOfTwentyTwoChars"
AGENT = {
    "name": "edge",
    "hostname": "engine.example.com",
    "port": "3030",
    "failoverHosts": [],
    "failedRetryTimeout": 30,
    "maxRetries": 3,
    "ipSource": None,
    "overrideIpSource": False,
    "unknownResourceMode": None,
    "selectedCertificateId": 3,
}


@pytest.fixture
def admin() -> Admin:
    return Admin(shared_secret_length=len(SECRET))


def _agent(admin: Admin) -> Any:
    secret = admin.add("/sharedSecrets", {"secret": {"value": SECRET}})
    return admin.add("/agents", AGENT | {"sharedSecretIds": [secret["id"]]})


def test_the_agent_of_the_script_shows_its_port_as_a_number_and_its_certificate(
    admin: Admin,
) -> None:
    """PCB create-agent-payload.json, create-agent-200-response.txt: the answer holds these."""
    agent = _agent(admin)
    assert agent.items() >= (AGENT | {"port": 3030, "description": None}).items()
    assert agent["certificateHash"]["algorithm"] == "SHA1"
    assert set(agent) == {*AGENT, "id", "description", "sharedSecretIds", "certificateHash"}


def test_the_objects_of_the_script_are_found_by_what_it_asks_for(admin: Admin) -> None:
    """PCB get-entity-operations.sh: the items are empty before, and hold one after."""
    asked = {
        "/virtualhosts": "virtualHost=*%3A443",
        "/agents": "name=edge",
        "/applications": "name=app",
    }
    assert [admin.items(path, query) for path, query in asked.items()] == [[], [], []]
    host = admin.add("/virtualhosts", {"host": "*", "port": 443})
    body = {
        "name": "app",
        "destination": "Agent",
        "agentId": _agent(admin)["id"],
        "siteId": 0,
        "contextRoot": "/",
        "defaultAuthType": "API",
        "applicationType": "API",
        "virtualHostIds": [host["id"]],
        "spaSupportEnabled": False,
    }
    admin.add("/applications", body)
    assert [len(admin.items(path, query)) for path, query in asked.items()] == [1, 1, 1]


def test_every_answer_stands_on_a_line_of_its_own_and_names_http_only_in_its_status(
    admin: Admin,
) -> None:
    """PCB pa-test-utils: awk takes the line with braces, and the code from the line with HTTP."""
    _agent(admin)
    for path in ("/agents", "/virtualhosts", "/applications/reserved", "/tokenProvider/settings"):
        answer = admin.send("GET", path)
        assert answer.body.count(b"\n") == 0
        head = " ".join(word for header in answer.headers for word in header)
        assert not set("{}") & set(head)
        assert "HTTP" not in head + answer.body.decode()


def test_the_secret_of_an_agent_has_the_length_that_6_0_wants(admin: Admin) -> None:
    """PCB create-shared-secret-422-response.txt; later releases are not known to want it."""
    body = {"secret": {"value": SECRET + "?"}}
    answer = admin.send("POST", "/sharedSecrets", body)
    assert answer.status == 422
    assert json.loads(answer.body) == {
        "form": {"value": ["The Shared Secret value must be 22 in length."]},
        "flash": ["Failed to add a new Shared Secret."],
    }
    assert Admin().send("POST", "/sharedSecrets", body).status == 200


def test_an_agent_with_a_taken_id_is_sent_to_put_in_the_words_of_the_product(admin: Admin) -> None:
    """PCB create-agent-422-response.txt and create-application-422-response.txt."""
    agent = _agent(admin)
    answer = admin.send("POST", "/agents", agent | {"name": "another"})
    sentence = (
        f"Agent with id '{agent['id']}' already exists. "
        "The PUT endpoint must be used to update the Agent."
    )
    assert (answer.status, json.loads(answer.body)) == (422, {"flash": [sentence], "form": {}})


def test_the_key_pairs_of_a_new_product_are_called_as_captured() -> None:
    """PCB config-query-keypair-utils/resources/keypairs-items.json: the first four."""
    pairs = Admin().items("/keyPairs")[:4]
    names = ("ADMIN", "ENGINE", "AGENT", "CONFIG QUERY")
    assert [pair["alias"] for pair in pairs] == [f"Generated: {name}" for name in names]
    assert {pair["subjectDn"] for pair in pairs} == {"CN=localhost, O=Ping Identity, C=US"}
    assert {pair["issuerDn"] for pair in pairs} == {"CN=localhost, O=Ping Identity, C=US"}
