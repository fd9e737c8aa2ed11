"""Decisions of logins: authorization requests, flows, sessions, codes, refresh tokens, devices."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.behaviour import decision


@dataclass(frozen=True, init=False, repr=False, eq=False)
class LoginDecisions:
    """How users log in, and what their clients get for it."""

    authorize_checks: frozenset[str] = decision(
        frozenset({"client", "redirect_uri", "response_type", "grant", "pkce", "s256", "scope"}),
        "What is checked of an authorization request.",
        grade="documented",
        source="RFC 6749 section 4.1.2.1; application's redirectUris, grantTypes, pkceEnforcement",
    )
    authorize_error_status: int = decision(
        400,
        "Status of an authorization request that may not be sent back to the client.",
        grade="assumed",
        source="RFC 6749 section 4.1.2.1: the user is told; how is not documented",
    )
    login_page_url: str | None = decision(
        None,
        "Where a user is sent to log in, with the flowId; None for the fake's own page.",
        grade="assumed",
        source="the product's page stands on a host of its own; its address is not documented",
    )
    flow_lifetime_s: int = decision(
        900,
        "Seconds in which a flow is to be finished.",
        grade="assumed",
        source="a flow has expiresAt; how long is not documented, clients assume 15 minutes",
    )
    code_lifetime_s: int = decision(
        60,
        "Life of an authorization code.",
        grade="assumed",
        source="not documented; RFC 6749 section 4.1.2 says at most ten minutes",
    )
    code_checks: frozenset[str] = decision(
        frozenset({"client", "redirect_uri", "verifier", "verifier_sent", "expiry", "once"}),
        "What is checked of an authorization code; verifier_sent: that there is one.",
        grade="documented",
        source="RFC 6749 section 4.1.3; RFC 7636 section 4.6",
    )
    code_reuse_ends_tokens: bool = decision(
        True,
        "A code used twice ends the refresh token that it was exchanged for.",
        grade="assumed",
        source="RFC 6749 section 4.1.2: should revoke; PingOne's own rule is not documented",
    )
    usernames_fold: bool = decision(
        True,
        "The case of a user name does not matter.",
        grade="assumed",
        source="names are unique in an environment; whether in any case is not documented",
    )
    wrong_password_code: str = decision(
        "INVALID_VALUE",
        "Detail code of a user name and password that do not fit.",
        grade="assumed",
        source="error codes page lists the codes of a 400, not that of this action",
    )
    session_cookie: str = decision(
        "ST",
        "Name of the cookie that holds the session token.",
        grade="documented",
        source="resume page and simple SSO workflow: Cookie: ST=…",
    )
    session_cookie_lax: str = decision(
        "ST-NO-SS",
        "Name of the copy of that cookie without SameSite.",
        grade="observed",
        source="public code sends both with the same value",
    )
    session_lifetime_s: int = decision(
        43_200,
        "Seconds after which a session ends.",
        grade="assumed",
        source="a sign-on policy says how long; twelve hours are a guess",
    )
    id_token_lifetime_s: int = decision(
        3600,
        "Life of an id token.",
        grade="assumed",
        source="as that of an access token in the examples",
    )
    id_token_acr: str = decision(
        "Single_Factor",
        "acr of a login by password: the name of the sign-on policy.",
        grade="observed",
        source="samples in public code",
    )
    user_token_lifetime_s: int = decision(
        3600,
        "Life of a user's access token for PingOne itself.",
        grade="documented",
        source="examples of the token request (authorization_code)",
    )
    refresh_checks: frozenset[str] = decision(
        frozenset({"client", "expiry", "once", "user"}),
        "What is checked of a refresh token beyond its signature.",
        grade="documented",
        source="RFC 6749 section 6; application's refresh token properties",
    )
    refresh_form: str = decision(
        "jwt",
        "Form of a refresh token: jwt, or opaque.",
        grade="assumed",
        source="SDK speaks of its exp claim; other claims are not documented",
    )
    refresh_lifetime_s: int = decision(
        2_592_000,
        "Life of a refresh token of an application that does not say otherwise.",
        grade="documented",
        source="SDK, Application.refreshTokenDuration: 30 days",
    )
    signoff_ends: frozenset[str] = decision(
        frozenset({"refresh_token", "access_token"}),
        "What a sign-off ends beside the session: refresh tokens, access tokens at introspection.",
        grade="assumed",
        source="tokens have sid, and those without cannot be revoked; the rest is a guess",
    )
    device_lifetime_s: int = decision(
        600,
        "Life of a device code of an application that does not say otherwise.",
        grade="documented",
        source="SDK, Application.deviceTimeout",
    )
    device_interval_s: int = decision(
        5,
        "Seconds between two questions of a device, unless the application says otherwise.",
        grade="documented",
        source="SDK, Application.devicePollingInterval",
    )
    introspection_limited: bool = decision(
        True,
        "A token is shown to the client it was issued to and to the resource it is for, only.",
        grade="assumed",
        source="RFC 7662 section 4; PingOne documents who may ask, not what others are told",
    )
    revocable: frozenset[str] = decision(
        frozenset({"refresh_token", "session"}),
        "What can be revoked: refresh_token; access tokens with a session (for custom resources).",
        grade="documented",
        source="token revocation page: not tokens for the PingOne API, nor those without sid",
    )
    unrevocable_error: str | None = decision(
        "unsupported_token_type",
        "OAuth error where a good token cannot be revoked; None for an answer as if it could.",
        grade="assumed",
        source="RFC 7009 section 2.2.1; PingOne's own answer is not documented",
    )
