"""Objects whose ids a provider chooses, as its own tests make and change them.

PTF: pingidentity/terraform-provider-pingaccess, internal/acctest. The ids are the next that a new
product would give, or the text of a UUID where ids are text.
"""

from __future__ import annotations

from fakes.tests.client_lives import Life, fixed

CHOSEN_LIVES: tuple[Life, ...] = (
    Life(
        "PTF virtualhosts/virtualhosts_test.go",
        "/virtualhosts",
        fixed(
            {
                "id": 3,
                "host": "shop",
                "port": 8443,
                "agentResourceCacheTTL": 0,
                "keyPairId": 3,
                "trustedCertificateGroupId": 0,
            }
        ),
        {"host": "othershop", "port": 443},
    ),
    Life(
        "PTF enginelisteners/engine_listener_resource_test.go",
        "/engineListeners",
        fixed(
            {
                "id": 2,
                "name": "second door",
                "port": 8443,
                "secure": True,
                "trustedCertificateGroupId": 0,
            }
        ),
        {"name": "side door", "port": 8080, "secure": False},
    ),
    Life(
        "PTF authnreqlists/authn_req_lists_test.go",
        "/authnReqLists",
        fixed({"id": 2, "name": "strong", "authnReqs": ["card", "key"]}),
        {"name": "stronger", "authnReqs": ["key"]},
    ),
    Life(
        "PTF sites/sites_test.go",
        "/sites",
        fixed({"id": 2, "name": "two doors", "targets": ["localhost:81", "localhost:444"]}),
        {"name": "one door", "targets": ["localhost:81"]},
    ),
    Life(
        "PTF thirdpartyservices/third_party_services_test.go",
        "/thirdPartyServices",
        fixed(
            {
                "id": "0d5c0f6e-94a1-4c62-8b5c-1f2f0a3f9c11",
                "name": "service",
                "availabilityProfileId": 1,
                "targets": ["localhost:81", "localhost:444"],
            }
        ),
        {"name": "other service", "targets": ["localhost:81"]},
    ),
    Life(
        "PTF acmeservers/acme_servers_resource_test.go",
        "/acme/servers",
        fixed(
            {
                "id": "6a0c2f0b-7d4e-4a53-9f0e-52d3a1c7be20",
                "name": "authority",
                "url": "https://acme.example.com/directory",
            }
        ),
        {},
    ),
)
"""An empty change: the API has none for such objects."""
