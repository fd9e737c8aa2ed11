"""Every refusal of the fake PingOne: one constructor per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakes.pingone.behaviour import Behaviour

_NOT_COMPLETED = "The request could not be completed."
"""How the platform's messages begin (Terraform provider and SDK match on it)."""


class Answer(NamedTuple):
    """What a handler answers: a status, JSON or nothing, and headers of its own."""

    status: int
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Refusal(Exception):  # noqa: N818 - names the answer that it becomes
    """A request that is refused with the platform's error object.

    Source: error codes page; SDK P1Error.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: Iterable[Mapping[str, Any]] = (),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.details = list(details)
        self.headers = headers

    def answer(self, behaviour: Behaviour, correlation: str) -> Answer:
        """The error object, its id the correlation id."""
        told = self.details[: behaviour.complaints_told]
        whole = {
            "id": correlation,
            "code": self.code,
            "message": self.message,
            "details": [_only(behaviour.detail_members, detail) for detail in told],
        }
        return Answer(self.status, _only(behaviour.error_members, whole), self.headers)


class OAuthRefusal(Refusal):
    """A request that the token service refuses (RFC 6749 section 5.2)."""

    def answer(self, behaviour: Behaviour, correlation: str) -> Answer:
        """`error` and `error_description`, which ends with the correlation id."""
        text = self.message
        if behaviour.correlation_in_description:
            text = f"{text} (Correlation ID: {correlation})"
        return Answer(self.status, {"error": self.code, "error_description": text}, self.headers)


def _only(members: tuple[str, ...], whole: Mapping[str, Any]) -> dict[str, Any]:
    return {name: whole[name] for name in members if whole.get(name)}


def detail(code: str, target: str, message: str, **inner: Any) -> dict[str, Any]:
    """One complaint about one member."""
    return {"code": code, "target": target, "message": message, "innerError": inner}


def invalid_data(
    behaviour: Behaviour, details: Iterable[Mapping[str, Any]], status: int | None = None
) -> Refusal:
    """The body breaks rules: INVALID_DATA with a detail for each."""
    message = f"{_NOT_COMPLETED} One or more validation errors were in the request."
    return Refusal(status or behaviour.invalid_data_status, "INVALID_DATA", message, details)


def malformed(behaviour: Behaviour, problem: str) -> Refusal:
    """The body cannot be read at all."""
    message = f"{_NOT_COMPLETED} The body is {problem}."
    return Refusal(behaviour.malformed_status, "INVALID_REQUEST", message)


def unwelcome_header(name: str) -> Refusal:
    """A header is not taken."""
    return Refusal(400, "INVALID_REQUEST", f"{_NOT_COMPLETED} The header {name} is not supported.")


def bad_filter(behaviour: Behaviour, problem: str, supported: Mapping[str, Any]) -> Refusal:
    """The filter of a collection is none of those that it supports."""
    told = [detail("INVALID_FILTER", "filter", f"The filter is not valid: {problem}.", **supported)]
    message = f"{_NOT_COMPLETED} The filter is not valid."
    return Refusal(400, behaviour.filter_refused_code, message, told)


def bad_parameter(name: str, message: str, code: str = "INVALID_PARAMETER") -> Refusal:
    """A query parameter is not what it should be."""
    told = [detail(code, name, message)]
    return Refusal(400, "INVALID_REQUEST", f"{_NOT_COMPLETED} A parameter is not valid.", told)


def unauthorized(behaviour: Behaviour, message: str) -> Refusal:
    """There is no good bearer token."""
    return Refusal(
        behaviour.unauthorized_status,
        behaviour.unauthorized_code,
        f"{_NOT_COMPLETED} You do not have access to this resource.",
        [detail(behaviour.unauthorized_detail, "Authorization", message)],
        (("WWW-Authenticate", behaviour.unauthorized_challenge),),
    )


def forbidden(behaviour: Behaviour, status: int) -> Refusal:
    """The token's actor has no role there."""
    return Refusal(
        status,
        "ACCESS_FAILED",
        f"{_NOT_COMPLETED} You do not have access to this resource.",
        [detail(behaviour.forbidden_detail, "", "No role grants this.")],
    )


def unlicensed(behaviour: Behaviour, product: str) -> Refusal:
    """The environment does not have the product."""
    return Refusal(
        behaviour.unlicensed_status,
        "ACCESS_FAILED",
        f"{_NOT_COMPLETED} You do not have access to this resource.",
        [detail(behaviour.unlicensed_detail, "", f"The environment is without {product}.")],
    )


def unassignable(behaviour: Behaviour, message: str) -> Refusal:
    """Whoever asks may not give this role, there (Terraform provider matches the beginning)."""
    told = [detail(behaviour.forbidden_detail, "role", message)]
    begins = f"{_NOT_COMPLETED} You do not have access to this resource."
    return Refusal(behaviour.forbidden_status, "ACCESS_FAILED", begins, told)


def limited(behaviour: Behaviour, inner: Mapping[str, Any], retry_after: str | None) -> Refusal:
    """The licence's rate is used up (rate limiting page)."""
    message = f"{_NOT_COMPLETED} Too many requests were made in a period of time."
    told = [detail(behaviour.limited_detail, "", "The rate limit was reached.", **inner)]
    headers = (("Retry-After", retry_after),) if retry_after is not None else ()
    return Refusal(behaviour.limited_status, behaviour.limited_code, message, told, headers)


def not_found(behaviour: Behaviour, status: int | None = None) -> Refusal:
    """There is no such object."""
    message = f"{_NOT_COMPLETED} The requested resource was not found."
    return Refusal(status or behaviour.not_found_status, "NOT_FOUND", message)


def method_not_allowed(behaviour: Behaviour, allowed: Iterable[str]) -> Refusal:
    """The resource is there, the method is not one of its own (RFC 9110 section 15.5.6)."""
    message = f"{_NOT_COMPLETED} The method is not supported here."
    headers = (("Allow", ", ".join(allowed)),)
    return Refusal(behaviour.method_status, behaviour.method_code, message, (), headers)


def unsupported_media(behaviour: Behaviour, expected: Iterable[str] | None = None) -> Refusal:
    """The body is of another content type."""
    types = ", ".join(sorted(behaviour.json_types if expected is None else expected))
    message = f"{_NOT_COMPLETED} The content type is not supported; expected {types}."
    return Refusal(behaviour.unsupported_status, "INVALID_REQUEST", message)


def not_implemented(what: str) -> Refusal:
    """The fake does not do it; PingOne may. Never PingOne's own answer."""
    return Refusal(501, "NOT_IMPLEMENTED", f"The fake PingOne does not implement {what}.")


def invalid_client(behaviour: Behaviour, *, basic: bool, known: bool = True) -> OAuthRefusal:
    """Unknown client, wrong secret, wrong environment or disabled: all told alike."""
    text = "Request denied: Invalid client credentials"
    error = "invalid_client" if known else behaviour.unknown_client_error
    return _client_refused(behaviour, text, error, basic=basic)


def wrong_method(behaviour: Behaviour, *, basic: bool) -> OAuthRefusal:
    """The client authenticates otherwise than its application says."""
    text = "Request denied: Unsupported authentication method"
    return _client_refused(behaviour, text, "invalid_client", basic=basic)


def _client_refused(behaviour: Behaviour, text: str, error: str, *, basic: bool) -> OAuthRefusal:
    """RFC 6749 section 5.2: the scheme that was used is answered in WWW-Authenticate."""
    headers = (("WWW-Authenticate", 'Basic realm="PingOne"'),) if basic else ()
    return OAuthRefusal(behaviour.invalid_client_status, error, text, headers=headers)


def bad_token_request(error: str, problem: str, status: int = 400) -> OAuthRefusal:
    """The token request is not one."""
    return OAuthRefusal(status, error, f"Request denied: {problem}")


def malformed_subject(behaviour: Behaviour, problem: str) -> OAuthRefusal:
    """The subject token is no credential of this service (RFC 8693 section 2.2.2)."""
    return bad_token_request(
        behaviour.malformed_subject_error,
        f"Invalid subject token: {problem}",
        behaviour.subject_refused_status,
    )


def refused_subject(behaviour: Behaviour, problem: str) -> OAuthRefusal:
    """The subject token is a good credential that may not be spent (any more, or here)."""
    return bad_token_request(
        behaviour.refused_subject_error,
        f"Invalid subject token: {problem}",
        behaviour.subject_refused_status,
    )
