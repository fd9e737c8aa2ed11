"""Applications, their resources, and the risk policies that both carry."""

from __future__ import annotations

import pytest

from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin()


def test_a_new_application_has_a_root_resource_and_defaults(admin: Admin) -> None:
    shop = admin.application()
    assert shop["policy"] == {"Web": [], "API": []}
    assert (shop["manualOrderingEnabled"], shop["resourceOrder"]) == (False, [])
    assert shop["riskPolicyId"] == 0
    (root,) = admin.items(f"/applications/{shop['id']}/resources")
    assert (root["name"], root["methods"], root["rootResource"]) == ("Root Resource", ["*"], True)
    assert root["pathPatterns"] == [{"pattern": "/*", "type": "WILDCARD"}]
    assert admin.get(f"/applications/{shop['id']}/resources/{root['id']}") == root
    admin.refused("DELETE", f"/applications/{shop['id']}/resources/{root['id']}")


@pytest.mark.parametrize(
    "root", ["shop", "/shop/", "/sh*p", "/a?b", "/(a|b)", "/pa", "/pa/x", "//"]
)
def test_a_context_root_that_is_none_is_refused(admin: Admin, root: str) -> None:
    body = {"name": "x", "contextRoot": root, "virtualHostIds": [1]}
    assert set(admin.refused("POST", "/applications", body)) == {"contextRoot"}


def test_a_context_root_is_taken_once_for_each_virtual_host(admin: Admin) -> None:
    admin.application("/shop")
    other = {"name": "other", "contextRoot": "/shop", "virtualHostIds": [2, 1]}
    assert set(admin.refused("POST", "/applications", other)) == {"contextRoot"}
    made = admin.add("/applications", {**other, "virtualHostIds": [2]})
    assert set(admin.refused("PUT", f"/applications/{made['id']}", other)) == {"contextRoot"}


def test_an_unprotected_application_carries_no_risk_policy(admin: Admin) -> None:
    policy, session = admin.risk_policy(), admin.web_session()
    carried = {"riskPolicyId": policy["id"]}
    body = {"name": "x", "contextRoot": "/x", "virtualHostIds": [1]}
    assert set(admin.refused("POST", "/applications", {**body, **carried})) == {"riskPolicyId"}
    shop = admin.application(**carried, webSessionId=session["id"])
    assert shop["riskPolicyId"] == policy["id"]
    path = f"/applications/{shop['id']}"
    assert set(admin.refused("PUT", path, {**shop, "webSessionId": 0})) == {"riskPolicyId"}
    assert set(admin.refused("PUT", path, {**shop, "applicationType": "API"})) == {"riskPolicyId"}
    assert admin.get(path) == shop
    assert admin.update(path, {**shop, "riskPolicyId": None})["riskPolicyId"] == 0


def test_an_unprotected_resource_carries_no_risk_policy(admin: Admin) -> None:
    shop = admin.application(webSessionId=admin.web_session()["id"])
    carried = {"riskPolicyId": admin.risk_policy()["id"]}
    open_ = admin.resource(shop, "/open", unprotected=True)
    path = f"/applications/{shop['id']}/resources/{open_['id']}"
    assert set(admin.refused("PUT", path, {**open_, **carried})) == {"riskPolicyId"}
    pay = admin.resource(shop, "/pay", **carried)
    path = f"/applications/{shop['id']}/resources/{pay['id']}"
    assert set(admin.refused("PUT", path, {**pay, "unprotected": True})) == {"riskPolicyId"}
    assert admin.get(path) == pay


def test_finders_see_applications_through_resources_and_each_once(admin: Admin) -> None:
    session = admin.web_session()["id"]
    own, through = admin.risk_policy(name="own"), admin.risk_policy(name="through")
    shop = admin.application("/shop", riskPolicyId=own["id"], webSessionId=session)
    bank = admin.application("/bank", webSessionId=session)
    pays = [admin.resource(bank, path, riskPolicyId=through["id"]) for path in ("/a", "/b")]

    def found(path: str, policy: int) -> list[int]:
        return [item["id"] for item in admin.items(path, f"riskPolicyId={policy}")]

    assert found("/applications", own["id"]) == [shop["id"]]
    assert found("/applications", through["id"]) == [bank["id"]]
    assert found("/applications/resources", own["id"]) == []
    assert found("/applications/resources", through["id"]) == [pay["id"] for pay in pays]
    assert found("/applications", 99) == []


def test_rules_and_rule_sets_are_found_and_keep_their_order(admin: Admin) -> None:
    rules = [admin.rule(name) for name in ("a", "b", "c")]
    rule_set = admin.add("/rulesets", {"name": "set", "policy": [rules[0]["id"]]})
    web = [{"type": "Rule", "id": rules[i]["id"]} for i in (2, 0)]
    shop = admin.application(policy={"Web": web, "API": []})
    pay = admin.resource(shop, policy={"API": [{"type": "RuleSet", "id": rule_set["id"]}]})
    assert shop["policy"] == {"Web": web, "API": []}
    for path, query, ids in (
        ("/applications", f"ruleId={rules[2]['id']}", [shop["id"]]),
        ("/applications", f"ruleId={rules[1]['id']}", []),
        ("/applications", f"rulesetId={rule_set['id']}", [shop["id"]]),
        ("/applications/resources", f"rulesetId={rule_set['id']}", [pay["id"]]),
        ("/applications/resources", f"ruleId={rules[2]['id']}", []),
    ):
        assert [item["id"] for item in admin.items(path, query)] == ids


def test_what_is_carried_cannot_be_deleted(admin: Admin) -> None:
    session, policy = admin.web_session(), admin.risk_policy()
    shop = admin.application(webSessionId=session["id"])
    admin.resource(shop, riskPolicyId=policy["id"])
    for path in (
        f"/riskPolicies/{policy['id']}",
        f"/webSessions/{session['id']}",
        "/virtualhosts/1",
    ):
        assert admin.refused("DELETE", path) == {}
    assert admin.send("DELETE", f"/applications/{shop['id']}").status == 200
    assert admin.items("/applications/resources") == []
    assert admin.send("DELETE", f"/riskPolicies/{policy['id']}").status == 200


def test_a_resource_answers_only_under_its_application(admin: Admin) -> None:
    shop, bank = admin.application("/shop"), admin.application("/bank")
    pay = admin.resource(shop)
    wrong = f"/applications/{bank['id']}/resources/{pay['id']}"
    for method in ("GET", "PUT", "DELETE"):
        assert admin.send(method, wrong, pay if method == "PUT" else ...).status == 404
    right = f"/applications/{shop['id']}/resources/{pay['id']}"
    assert admin.update(right, {**pay, "applicationId": bank["id"], "rootResource": True}) == pay


def test_manual_order_holds_every_resource_and_follows_them(admin: Admin) -> None:
    shop = admin.application()
    path = f"/applications/{shop['id']}"
    (root,) = admin.items(f"{path}/resources")
    pay = admin.resource(shop)
    manual = {**shop, "manualOrderingEnabled": True}
    for order in ([pay["id"]], [pay["id"], pay["id"]], [pay["id"], root["id"], 99]):
        form = admin.refused("PUT", path, {**manual, "resourceOrder": order})
        assert set(form) == {"resourceOrder"}
    order = [pay["id"], root["id"]]
    assert admin.update(path, {**manual, "resourceOrder": order})["resourceOrder"] == order
    late = admin.resource(shop, "/late", pathPatterns=[{"pattern": "/l.*", "type": "REGEX"}])
    assert admin.get(path)["resourceOrder"] == [*order, late["id"]]
    assert set(admin.refused("PUT", path, {**shop, "resourceOrder": []})) == {
        "manualOrderingEnabled"
    }
    admin.send("DELETE", f"{path}/resources/{pay['id']}")
    assert admin.get(path)["resourceOrder"] == [root["id"], late["id"]]


def test_a_regular_expression_needs_manual_order(admin: Admin) -> None:
    shop = admin.application()
    body = {"name": "x", "methods": ["*"], "pathPatterns": [{"pattern": "/(", "type": "REGEX"}]}
    form = admin.refused("POST", f"/applications/{shop['id']}/resources", body)
    assert len(form["pathPatterns"]) == 2


def test_the_deprecated_path_prefixes_are_patterns(admin: Admin) -> None:
    made = admin.resource(admin.application(), pathPatterns=None, pathPrefixes=["/old"])
    assert made["pathPatterns"] == [{"pattern": "/old", "type": "WILDCARD"}]
    assert made["pathPrefixes"] == ["/old"]


def test_last_modified_moves_with_the_application_its_resources_and_its_policy(
    admin: Admin,
) -> None:
    policy, rule = admin.risk_policy(), admin.rule()
    session = admin.web_session()["id"]
    shop = admin.application(
        webSessionId=session,
        riskPolicyId=policy["id"],
        policy={"Web": [{"type": "Rule", "id": rule["id"]}]},
    )
    bank = admin.application("/bank")
    path = f"/applications/{shop['id']}"
    assert shop["lastModified"] == int(admin.clock.now_s() * 1000)

    def moved(change: object) -> bool:
        del change
        before, now = admin.get(path)["lastModified"], int(admin.clock.now_s() * 1000)
        admin.clock.advance(1)
        return bool(before == now)

    admin.clock.advance(1)
    assert moved(admin.update(path, {**shop, "lastModified": 1}))
    pay = admin.resource(shop)
    assert moved(pay)
    assert moved(admin.update(f"{path}/resources/{pay['id']}", pay))
    assert moved(admin.send("DELETE", f"{path}/resources/{pay['id']}"))
    assert moved(admin.update(f"/rules/{rule['id']}", rule))
    assert moved(admin.update(f"/riskPolicies/{policy['id']}", policy))
    assert not moved(admin.get(path))
    assert admin.get(f"/applications/{bank['id']}") == bank
