"""The kinds of object around an application: agents, engines, listeners, proxies and the like.

Source: admin API 7.3, the schemas (required members) and the name parameters (case-sensitive or
not).
"""

from scenarios.administration.stock import Kind

AGENT = Kind(
    "agent",
    "get_agents",
    "get_agent",
    lambda product: product.admin.agent_body(),
    required=("name", "hostname", "port", "sharedSecretIds"),
    edit={"description": "edited", "port": 3031, "failoverHosts": ["agent.example.com:3032"]},
    optional={"description": "a text"},
)
ENGINE = Kind(
    "engine",
    "get_engines",
    "get_engine",
    lambda _: {},
    required=("name",),
    edit={"description": "edited"},
    optional={"description": "a text"},
)
SIDEBAND_CLIENT = Kind(
    "sideband_client",
    "get_sideband_clients",
    "get_sideband_client",
    lambda product: product.admin.sideband_client_body(),
    required=("name", "clientCredentials"),
    edit={"description": "edited"},
    optional={"description": "a text"},
    exact_case=True,
    number=False,
)
PROXY = Kind(
    "proxy",
    "get_proxies",
    "get_proxy",
    lambda product: product.admin.proxy_body(),
    required=("name", "host", "port"),
    edit={"description": "edited", "port": 8081},
    optional={"description": "a text"},
    exact_case=True,
)
THIRD_PARTY_SERVICE = Kind(
    "third_party_service",
    "get_third_party_services",
    "get_third_party_service",
    lambda _: {"targets": ["service.example.com:443"]},
    required=("name", "targets"),
    edit={"targets": ["localhost:8081", "localhost:8082"], "maxConnections": 7},
    optional={"maxConnections": 7},
    exact_case=True,
    number=False,
)
ENGINE_LISTENER = Kind(
    "engine_listener",
    "get_engine_listeners",
    "get_engine_listener",
    lambda product: product.admin.engine_listener_body(),
    required=("name", "port"),
)
GLOBAL_UNPROTECTED_RESOURCE = Kind(
    "global_unprotected_resource",
    "get_global_unprotected_resources",
    "get_global_unprotected_resource",
    lambda product: {"wildcardPath": f"{product.unique_path()}/*"},
    required=("name", "wildcardPath"),
    edit={"description": "edited", "auditLevel": "OFF"},
    optional={"description": "a text"},
    number=False,
)
AUTHN_REQ_LIST = Kind(
    "authn_req_list",
    "get_authn_req_lists",
    "get_authn_req_list",
    lambda _: {"authnReqs": ["first", "second"]},
    required=("name", "authnReqs"),
    edit={"authnReqs": ["third", "first", "second"]},
    exact_case=True,
)

SERVERS = (
    AGENT,
    ENGINE,
    SIDEBAND_CLIENT,
    PROXY,
    THIRD_PARTY_SERVICE,
    ENGINE_LISTENER,
    GLOBAL_UNPROTECTED_RESOURCE,
    AUTHN_REQ_LIST,
)
