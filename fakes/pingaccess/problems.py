"""Refusals: one constructor for each kind, all in the shape of an ApiError (admin API 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.message import Response, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fakes.pingaccess.behaviour import Behaviour

Form = dict[str, list[str]]
Headers = tuple[tuple[str, str], ...]


class Refusal(Exception):  # noqa: N818 - the product's answer, not a fault of ours
    """A request that is not done: its status, flash and form."""

    def __init__(
        self,
        status: int,
        flash: Iterable[str] = (),
        form: Form | None = None,
        headers: Headers = (),
    ) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.flash = list(flash)
        self.form = form or {}

    def api_error(self, behaviour: Behaviour) -> dict[str, Any]:
        """The ApiError: flash, a list of sentences; form, messages by field."""
        whole = {"flash": self.flash, "form": _cut(self.form, behaviour)}
        return {name: whole[name] for name in behaviour.failure_members}

    def response(self, behaviour: Behaviour, headers: Headers) -> Response:
        """The answer, with `headers` beside its own."""
        own = (("Content-Type", behaviour.error_type), *self.headers)
        if behaviour.refusals_without_headers:
            headers = ()
        return Response(self.status, own + headers, encode(self.api_error(behaviour)))


def save_failed(form: Form, behaviour: Behaviour) -> Refusal:
    """Members are wrong: the literal two words, and what is wrong with each (observed)."""
    return Refusal(behaviour.refused_status, [behaviour.failure_flash], form)


def wrongly_asked(form: Form, behaviour: Behaviour) -> Refusal:
    """Parameters of a query are wrong: what is wrong with each."""
    return Refusal(behaviour.refused_status, [behaviour.query_flash], form)


def not_possible(sentence: str, behaviour: Behaviour) -> Refusal:
    """The request as a whole cannot be done: the sentence, and an empty form (observed)."""
    return Refusal(behaviour.refused_status, [sentence])


def id_taken(label: str, key: object, behaviour: Behaviour) -> Refusal:
    """A creation with an id that is taken (observed: it says that PUT must be used)."""
    way_out = f" The PUT endpoint must be used to update the {label}."
    sentence = f"{label} with id '{key}' already exists."
    return not_possible(sentence + way_out * behaviour.taken_id_points_to_put, behaviour)


def in_use(label: str, name: object, users: list[str], behaviour: Behaviour) -> Refusal:
    """A deletion of something that others need; it names them."""
    who = f" by {', '.join(users)}" if behaviour.usage_names_users else ""
    return not_possible(f"{label} '{name}' cannot be deleted: it is in use{who}.", behaviour)


def locked(label: str, name: object, behaviour: Behaviour) -> Refusal:
    """A change of something that the product owns (SPEC: cannot be modified)."""
    return not_possible(f"{label} '{name}' belongs to the system: no change allowed.", behaviour)


def not_found(label: str, key: object, behaviour: Behaviour) -> Refusal:
    """An id that nothing has."""
    return Refusal(behaviour.missing_status, [f"{label} with id '{key}' does not exist."])


def no_path(behaviour: Behaviour) -> Refusal:
    """A path that the API does not have."""
    return Refusal(behaviour.missing_status, ["The requested resource does not exist."])


def no_method(method: str, allowed: Iterable[str], behaviour: Behaviour) -> Refusal:
    """A method that the path does not have."""
    known = ", ".join(sorted(allowed))
    sentence = f"{method} is not allowed here: {known} would be."
    return Refusal(behaviour.method_status, [sentence], headers=(("Allow", known),))


REACHING: Mapping[str, str] = {
    "unreachable": "No connection to {host}. Check DNS, firewall and proxy settings.",
    "timeout": "{host} did not answer in time. Check firewall and proxy settings.",
    "certificate": "The certificate of {host} is not trusted. Choose a trusted certificate group "
    "that holds its issuer.",
    "self_signed": "The certificate of {host} is self-signed and not trusted. Choose a trusted "
    "certificate group that holds it.",
    "expired": "The certificate of {host} has expired or is not valid yet.",
    "hostname": "The certificate of {host} is for another host name.",
    "nonsense": "{host} did not answer as expected.",
}
"""What an administrator reads where a server of their own is not reached, by what became of it."""


def not_modelled(path: str) -> Refusal:
    """A path of the product that this fake lacks; never the product's own refusal."""
    sentence = f"paconform: the fake PingAccess does not model {path} (the real product does)."
    return Refusal(501, [sentence])


def not_logged_in(behaviour: Behaviour, status: int | None = None) -> Refusal:
    """A missing or wrong login; which of them, and of whom, is not said."""
    challenge = (("WWW-Authenticate", behaviour.login_challenge),)
    status = behaviour.login_status if status is None else status
    return Refusal(status, ["Authentication is required."], headers=challenge)


def no_xsrf_header(behaviour: Behaviour) -> Refusal:
    """A request that another site could have made a browser send."""
    return Refusal(behaviour.xsrf_status, ["The header X-XSRF-Header: PingAccess is required."])


def too_large(behaviour: Behaviour) -> Refusal:
    """A body above the limit."""
    sentence = f"The body is larger than {behaviour.body_limit_bytes} bytes."
    return Refusal(behaviour.body_limit_status, [sentence])


def unreadable(why: str, behaviour: Behaviour) -> Refusal:
    """A body that is not what it should be at all."""
    return Refusal(behaviour.malformed_status, [f"The body cannot be read: {why}."])


def _cut(form: Mapping[str, list[str]], behaviour: Behaviour) -> Form:
    fields = list(form.items())[: behaviour.complaints_per_save]
    return {name: messages[: behaviour.complaints_per_field] for name, messages in fields}
