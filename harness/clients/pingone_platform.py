"""Operations of PingOne's platform API beside gateways: who there is, and who may do what."""

from __future__ import annotations

HOLDERS = {
    "application": "applications",
    "user": "users",
    "group": "groups",
    "gateway": "gateways",
}
"""What can have roles, and its collection."""

PLATFORM: dict[str, tuple[str, str]] = {
    "get_organization": ("GET", "/organizations/{}"),
    "get_licenses": ("GET", "/organizations/{}/licenses"),
    "get_license": ("GET", "/organizations/{}/licenses/{}"),
    "get_roles": ("GET", "/roles"),
    "get_role": ("GET", "/roles/{}"),
    "get_application": ("GET", "applications/{}"),
    "get_resources": ("GET", "resources"),
    "get_bill_of_materials": ("GET", "billOfMaterials"),
    "update_bill_of_materials": ("PUT", "billOfMaterials"),
    "get_member_of_groups": ("GET", "users/{}/memberOfGroups"),
    "add_member_of_group": ("POST", "users/{}/memberOfGroups"),
    "delete_member_of_group": ("DELETE", "users/{}/memberOfGroups/{}"),
    "patch_user": ("PATCH", "users/{}"),
    "set_password": ("PUT", "users/{}/password"),
    "update_user_enabled": ("PUT", "users/{}/enabled"),
    **{
        f"{verb}_{name}{plural}": (method, f"{collection}{item}")
        for name, collection in {
            "population": "populations",
            "user": "users",
            "group": "groups",
        }.items()
        for verb, plural, method, item in (
            ("get", "s", "GET", ""),
            ("add", "", "POST", ""),
            ("get", "", "GET", "/{}"),
            ("update", "", "PUT", "/{}"),
            ("delete", "", "DELETE", "/{}"),
        )
    },
    **{
        f"{verb}_{name}_role_assignment{plural}": (
            method,
            f"{collection}/{{}}/roleAssignments{item}",
        )
        for name, collection in HOLDERS.items()
        for verb, plural, method, item in (
            ("get", "s", "GET", ""),
            ("add", "", "POST", ""),
            ("get", "", "GET", "/{}"),
            ("delete", "", "DELETE", "/{}"),
        )
    },
}
"""Method and path by operation, as in `harness.clients.pingone`.

Source: PingOne management openapi of the vendor's Go SDK.
"""
