"""Orders at an ACME server: placed, their challenges answered, asked about, finalised (RFC 8555).

Only http-01 is answered, and no engine serves what it asks for: a server that looks finds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from fakes.pingaccess.acme.keys import b64
from fakes.pingaccess.acme.session import ERROR, Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fakes.pingaccess.acme.session import Answer, Session

Problems: TypeAlias = "dict[str, dict[str, str]]"
"""By domain: type and detail (admin API 7.3, ProblemDocument)."""
Names: TypeAlias = "Sequence[tuple[str, str]]"
"""Type and value of each identifier (sections 7.1.3 and RFC 8738)."""

_STATES = {"pending", "ready", "processing", "valid", "invalid"}
_MOST = 100
_SHOWN = 1000
_NO_CHALLENGE = {
    "type": "about:blank",
    "detail": "The ACME server offers no http-01 challenge for this domain.",
}


class Order(NamedTuple):
    """How far an order is: AcmeCertState, what is wrong by domain, the chain as PEM if issued."""

    url: str
    state: str
    problems: Problems
    chain: bytes | None = None


def registered(session: Session, *, agreed: bool) -> str:
    """The URL of the account of the session's key, new or not (section 7.3)."""
    url = session.resource("newAccount")
    answer = session.post(url, {"termsOfServiceAgreed": True} if agreed else {})
    if answer.json().get("status") != "valid":
        raise Failed("nonsense", url, answer.status)
    return answer.location()


def deactivated(session: Session, account: object) -> None:
    """The account takes no more requests (section 7.3.6)."""
    session.post(account, {"status": "deactivated"})


def placed(session: Session, names: Names) -> Order:
    """A new order for the names, each challenge answered (sections 7.4 and 7.5.1)."""
    identifiers = [{"type": kind, "value": value} for kind, value in names]
    answer = session.post(session.resource("newOrder"), {"identifiers": identifiers})
    order, problems = answer.json(), dict[str, dict[str, str]]()
    for domain, authorization in _authorizations(session, answer, order):
        challenge = _challenge(authorization)
        if authorization.get("status") != "pending":
            continue
        if challenge is None:
            problems[domain] = dict(_NO_CHALLENGE)
        elif challenge.get("status") == "pending":
            session.post(challenge.get("url"), {})
    return Order(answer.location(), _state(answer, order), problems)


def advanced(session: Session, url: object, request: Callable[[], bytes]) -> Order:
    """The order as far as it goes now; `request` is the signing request, DER (section 7.4)."""
    answer = session.fetch(url)
    order = answer.json()
    problems = _problems(session, answer, order)
    if _state(answer, order) == "READY":
        answer = session.post(order.get("finalize"), {"csr": b64(request())})
        order = answer.json()
    state, chain = _state(answer, order), None
    if state == "VALID":
        chain = session.fetch(order.get("certificate")).body
    if state == "INVALID" and not problems:
        problems = _of_all(answer, order)
    return Order(str(url), state, problems, chain)


def _state(answer: Answer, order: Mapping[str, Any]) -> str:
    status = order.get("status")
    if status not in _STATES:
        raise Failed("nonsense", answer.url, answer.status)
    return str(status).upper()


def _authorizations(
    session: Session, answer: Answer, order: Mapping[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """Domain and object of each authorization (section 7.1.4)."""
    urls = order.get("authorizations")
    if not isinstance(urls, list) or len(urls) > _MOST:
        raise Failed("nonsense", answer.url, answer.status)
    found = []
    for url in urls:
        authorization = session.fetch(url).json()
        domain = _domain(authorization.get("identifier"))
        if domain is None:
            raise Failed("nonsense", url)
        wildcard = "*." if authorization.get("wildcard") is True else ""
        found.append((wildcard + domain, authorization))
    return found


def _problems(session: Session, answer: Answer, order: Mapping[str, Any]) -> Problems:
    """What the challenges of an order have met, by domain (section 8)."""
    if order.get("status") not in {"pending", "invalid"}:
        return {}
    problems: Problems = {}
    for domain, authorization in _authorizations(session, answer, order):
        challenge = _challenge(authorization)
        if challenge is None:
            problems[domain] = dict(_NO_CHALLENGE)
        elif (problem := _problem(challenge.get("error"))) is not None:
            problems[domain] = problem
    return problems


def _of_all(answer: Answer, order: Mapping[str, Any]) -> Problems:
    """The problem of the order as that of each of its domains (section 7.1.3)."""
    problem = _problem(order.get("error"))
    identifiers = order.get("identifiers")
    if not isinstance(identifiers, list) or len(identifiers) > _MOST:
        raise Failed("nonsense", answer.url, answer.status)
    domains = filter(None, map(_domain, identifiers))
    return {domain: dict(problem) for domain in domains} if problem else {}


def _challenge(authorization: Mapping[str, Any]) -> dict[str, Any] | None:
    """The http-01 challenge (section 8.3)."""
    challenges = authorization.get("challenges")
    for one in challenges if isinstance(challenges, list) else ():
        if isinstance(one, dict) and one.get("type") == "http-01":
            return one
    return None


def _problem(value: object) -> dict[str, str] | None:
    """Type and detail of a problem document (RFC 7807), as text that can be shown."""
    if not isinstance(value, dict):
        return None
    kind, detail = _text(value.get("type")), _text(value.get("detail"))
    return {"type": kind or f"{ERROR}serverInternal", "detail": detail or ""}


def _domain(identifier: object) -> str | None:
    value = identifier.get("value") if isinstance(identifier, dict) else None
    return _text(value)


def _text(value: object) -> str | None:
    """Text that JSON in UTF-8 can hold, not too long; None where it is none."""
    if not isinstance(value, str) or not value:
        return None
    return value[:_SHOWN].encode("utf-8", "replace").decode()
