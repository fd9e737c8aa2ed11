"""Public clients find descriptors of plugins as they look for them, and in them what they need."""

from __future__ import annotations

import pytest

from fakes.tests.client_values import OF_9_0, PLUGIN
from fakes.tests.pingaccess_core import Admin


@pytest.fixture
def admin() -> Admin:
    return Admin(more_plugin_fields=OF_9_0)


@pytest.mark.parametrize(
    ("path", "kind", "class_name"),
    [
        ("/identityMappings", "jwtidentitymapping", "identitymappings.JwtIdentityMapping"),
        (
            "/siteAuthenticators",
            "mutualtlssiteauthenticator",
            "siteauthenticators.MutualTlsSiteAuthenticator",
        ),
    ],
)
def test_a_descriptor_is_found_whatever_the_case_of_its_type(
    admin: Admin, path: str, kind: str, class_name: str
) -> None:
    """IWS identityMappings_test.go and siteAuthenticators_test.go."""
    found = admin.get(f"{path}/descriptors/{kind}")
    assert found["className"] == PLUGIN + class_name
    assert admin.get(f"{path}/descriptors/{found['type']}") == found
    strict = Admin(plugin_types_folded=False)
    assert strict.send("GET", f"{path}/descriptors/{kind}").status == 404


@pytest.mark.parametrize(
    ("path", "class_names"),
    [
        ("/accessTokenValidators", ["accesstokenvalidators.JwksEndpoint"]),
        (
            "/identityMappings",
            ["identitymappings.HeaderIdentityMapping", "identitymappings.JwtIdentityMapping"],
        ),
        (
            "/siteAuthenticators",
            ["siteauthenticators.BasicAuthTargetSiteAuthenticator"],
        ),
        ("/hsmProviders", ["hsm.cloudhsm.plugin.AwsCloudHsmProvider"]),
        (
            "/highAvailability/availabilityProfiles",
            ["ha.availability.ondemand.OnDemandAvailabilityPlugin"],
        ),
        (
            "/highAvailability/loadBalancingStrategies",
            ["ha.lb.header.HeaderBasedLoadBalancingPlugin"],
        ),
    ],
)
def test_the_classes_that_a_provider_lists_begin_with_those_its_tests_expect(
    admin: Admin, path: str, class_names: list[str]
) -> None:
    """IWT *_test.go: a wrong class name is refused with the ones there are, in their order."""
    shown = [one["className"] for one in admin.items(f"{path}/descriptors")]
    assert shown[: len(class_names)] == [PLUGIN + name for name in class_names]


@pytest.mark.parametrize(
    ("path", "class_name", "field"),
    [
        ("/identityMappings", "identitymappings.JwtIdentityMapping", "audience"),
        ("/accessTokenValidators", "accesstokenvalidators.JwksEndpoint", "path"),
        (
            "/siteAuthenticators",
            "siteauthenticators.BasicAuthTargetSiteAuthenticator",
            "password",
        ),
    ],
)
def test_a_descriptor_says_what_a_provider_must_not_leave_out(
    admin: Admin, path: str, class_name: str, field: str
) -> None:
    """IWT structures.go looks for required fields before it sends anything."""
    descriptors = {one["className"]: one for one in admin.items(f"{path}/descriptors")}
    fields = {one["name"]: one for one in descriptors[PLUGIN + class_name]["configurationFields"]}
    assert fields[field]["required"] is True
