"""Decisions of what a login is worth: its tokens, what is told of them, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.behaviour import decision
from fakes.pingone.decisions.measures import same_secret

if TYPE_CHECKING:
    from collections.abc import Callable

ID_TOKEN_CLAIMS = (
    *("iss", "sub", "aud", "iat", "exp", "acr", "amr", "auth_time", "at_hash", "sid", "jti"),
    *("nonce", "env", "org"),
)
"""Claims of an ID token beside those that its scopes open; nonce only where one was sent."""


@dataclass(frozen=True, init=False, repr=False, eq=False)
class UserTokenDecisions:
    """What clients get for a login, whom the token services answer, and what ends it."""

    password_matches: Callable[[str, str], bool] = decision(  # noqa: RUF009 - a function cannot be changed
        same_secret,
        "Whether a password is the user's.",
        grade="documented",
        source="usernamePassword.check: the credentials are validated",
    )
    disabled_users_refused: bool = decision(
        True,
        "A user who is disabled can neither log in nor use what came of a login.",
        grade="documented",
        source="enable users page: enabled turns the ability to authenticate on or off",
    )
    redirect_uri_matches: Callable[[str, str], bool] = decision(  # noqa: RUF009 - as above
        str.__eq__,
        "Whether a redirect URI is a registered one.",
        grade="documented",
        source="OpenID Connect Core section 3.1.2.1: simple string comparison",
    )
    state_returned: frozenset[str] = decision(
        frozenset({"code", "error"}),
        "With which authorization responses the state comes back.",
        grade="documented",
        source="RFC 6749 sections 4.1.2 and 4.1.2.1",
    )
    verifier_proves_client: bool = decision(
        False,
        "Who brings a code_verifier need not prove the client's secret.",
        grade="documented",
        source="RFC 6749 section 3.2.1: confidential clients authenticate",
    )
    refusal_shows_verifier: bool = decision(
        False,
        "The description of a refusal repeats the code_verifier.",
        grade="documented",
        source="RFC 6749 section 5.2: a description for developers, no credential",
    )
    login_tokens: frozenset[str] = decision(
        frozenset({"id_token", "refresh_token"}),
        "What a login is worth beside an access token.",
        grade="documented",
        source="OpenID Connect Core section 3.1.3.3; application's grantTypes",
    )
    id_token_claims: tuple[str, ...] = decision(
        ID_TOKEN_CLAIMS,
        "Claims of an ID token, beside those that its scopes open.",
        grade="documented",
        source="OpenID Connect Core section 2; token claims page",
    )
    token_checks: frozenset[str] = decision(
        frozenset({"signature", "kind", "expiry", "revoked", "session"}),
        "What is checked of an access token at introspection and userinfo.",
        grade="documented",
        source="RFC 7662 section 2.2; RFC 6750 section 3.1",
    )
    services_want_client: bool = decision(
        True,
        "Introspection and revocation are for clients and resources that prove who they are.",
        grade="documented",
        source="RFC 7662 section 2.1; RFC 7009 section 2.1; token introspection pages",
    )
    revoked_by_owner_only: bool = decision(
        True,
        "A token is revoked by the client that it was issued to, and by no other.",
        grade="documented",
        source="RFC 7009 section 2.1",
    )
    unknown_revoked_error: str | None = decision(
        None,
        "OAuth error where a token to be revoked is not known; None for a success.",
        grade="documented",
        source="RFC 7009 section 2.2",
    )
    userinfo_subject: str = decision(
        "id",
        "Which member of the user is the sub of user information.",
        grade="documented",
        source="OpenID Connect Core section 5.3.2: that of the ID token",
    )
    signoff_ends_session: bool = decision(
        True,
        "A sign-off ends the session.",
        grade="documented",
        source="signoff page: terminates the user's session",
    )
    signoff_uri_checked: bool = decision(
        True,
        "A sign-off goes on to a registered postLogoutRedirectUri only.",
        grade="documented",
        source="RP-Initiated Logout section 3",
    )
    device_checks: frozenset[str] = decision(
        frozenset({"expiry", "denied", "pace", "once"}),
        "What is checked when a device asks with its code.",
        grade="documented",
        source="RFC 8628 section 3.5; once: as a code (RFC 6749 section 4.1.2)",
    )
