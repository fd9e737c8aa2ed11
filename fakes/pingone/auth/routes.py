"""The routes of the authorization server."""

from __future__ import annotations

from fakes.pingone.auth import authorize, devices, discovery, flows, oauth, signoff, token_services
from fakes.pingone.auth import key_rotation as k
from fakes.pingone.routing import ENV, Route

ROUTES: dict[str, dict[str, Route]] = {
    "/{}/as/token": {"POST": Route(oauth.token, "open")},
    "/{}/as/authorize": {
        "GET": Route(authorize.authorize, "open"),
        "POST": Route(authorize.authorize, "open"),
    },
    "/{}/as/par": {"POST": Route(authorize.pushed, "open")},
    "/{}/as/resume": {"GET": Route(authorize.resume, "open")},
    "/{}/flows/{}": {"GET": Route(flows.get_flow, "open"), "POST": Route(flows.act, "open")},
    "/{}/signon/": {"GET": Route(flows.show_page, "open"), "POST": Route(flows.send_page, "open")},
    "/{}/as/signoff": {
        "GET": Route(signoff.signoff, "open"),
        "POST": Route(signoff.signoff, "open"),
    },
    "/{}/as/device_authorization": {"POST": Route(devices.device_authorization, "open")},
    "/{}/device": {
        "GET": Route(devices.show_page, "open"),
        "POST": Route(devices.send_page, "open"),
    },
    "/{}/as/introspect": {"POST": Route(token_services.introspect, "open")},
    "/{}/as/revoke": {"POST": Route(token_services.revoke, "open")},
    "/{}/as/userinfo": {
        "GET": Route(token_services.userinfo, "open"),
        "POST": Route(token_services.userinfo, "open"),
    },
    "/{}/as/jwks": {"GET": Route(discovery.jwks, "open")},
    "/{}/as/.well-known/openid-configuration": {
        "GET": Route(discovery.openid_configuration, "open")
    },
    "/.well-known/oauth-authorization-server/{}/as": {
        "GET": Route(discovery.oauth_metadata, "open")
    },
    f"{ENV}/keyRotationPolicies": {"GET": Route(k.get_key_rotation_policies)},
    f"{ENV}/keyRotationPolicies/{{}}": {
        "GET": Route(k.get_key_rotation_policy),
        "PUT": Route(k.update_key_rotation_policy, body=True),
    },
}
"""Methods and handlers by path; `{}` stands for an id."""

UNIMPLEMENTED: dict[str, tuple[str, ...]] = {
    f"{ENV}/keyRotationPolicies": ("POST",),
    f"{ENV}/keyRotationPolicies/{{}}": ("DELETE",),
}
"""Documented methods that this fake does not implement, of paths that it knows."""
