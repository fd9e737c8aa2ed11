"""What `steps.json` of a bundle holds: requests with placeholders, and where the values come from.

A step names no host: it goes to one of the target's own parties. Nothing in a bundle is executed,
and no value in it is a secret: secrets are named, and the target gives them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from harness.conditions import Check  # noqa: TC001 - msgspec reads the annotation

SCHEMA = 1
"""The number of the format; a reader takes its own and older ones."""

MOST_STEPS = 1000
MOST_VALUES = 4000

Party: TypeAlias = Literal["pingaccess", "pingone_api", "pingone_auth", "control"]
"""Where a step goes: an origin of the target, or the door of its clock and faults."""

Setting: TypeAlias = Literal[
    "pingaccess_admin_url",
    "pingaccess_username",
    "pingaccess_password",
    "pingone_api_url",
    "pingone_auth_url",
    "pingone_environment_id",
    "pingone_second_environment_id",
    "pingone_client_id",
    "pingone_client_secret",
    "control_token",
    "worker_token",
    "name_prefix",
    "name_letters",
]
"""What a target has: its settings, a token of its worker, and how what a replay makes is named."""

Name: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
Form: TypeAlias = Literal["plain", "json", "url", "form"]
"""How a value stands in a text: as it is, within a JSON string, or percent-encoded."""


class Ref(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """The place of a value in a text."""

    value: Name
    form: Form = "plain"


Text: TypeAlias = str | list[str | Ref]
"""A text, or its pieces where values stand in it."""

VALUE, TEXT = "$value", "$text"
"""The one member of an object that stands for a value, or for a text with values, in JSON."""


class Body(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One of: a JSON value as the clients write it, a text, or bytes in base64."""

    json: Any | UnsetType = UNSET
    text: Text | UnsetType = UNSET
    base64: str | UnsetType = UNSET


class Answer(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What was answered, or the `error` in its place; `cut`: the body is not whole."""

    status: int | None = None
    body: str | None = None
    error: str | None = None
    cut: bool = False


class Step(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One request; `path` begins with a slash and holds the query."""

    to: Party
    method: Annotated[str, Meta(pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$")]
    path: Text
    headers: list[tuple[str, Text]] = field(default_factory=list)
    body: Body | None = None
    operation: str | None = None
    answer: Answer = field(default_factory=Answer)


class OfTarget(Struct, tag_field="from", tag="target", forbid_unknown_fields=True):
    """A value that the target has."""

    setting: Setting


class OfAnswer(
    Struct, tag_field="from", tag="answer", omit_defaults=True, forbid_unknown_fields=True
):
    """A value in the answer to an earlier step: at a JSON pointer, in a header, or a cookie."""

    step: int
    pointer: str | None = None
    header: str | None = None
    cookie: str | None = None


class Minted(Struct, tag_field="from", tag="minted", forbid_unknown_fields=True):
    """A secret that the sender made up, as a replay makes up another; equal numbers are equal."""

    number: int


class Login(Struct, tag_field="from", tag="login", forbid_unknown_fields=True):
    """User and password of the Basic scheme, in base64."""

    user: Text
    password: Name


class Mutated(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """One mutation; `args` where they are not those of the registry."""

    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,100}$")]
    args: list[Any] | None = None


class Spoiled(Struct, tag_field="from", tag="spoiled", forbid_unknown_fields=True):
    """A token with mutations done to it: it is made again from another good one."""

    of: Name
    mutations: Annotated[list[Mutated], Meta(min_length=1, max_length=8)]


Source: TypeAlias = OfTarget | OfAnswer | Minted | Login | Spoiled


class Made(Struct, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """The run that the failure is of."""

    tool: str
    run_id: str
    started: str
    target: str
    release: str | None = None
    seed: int | None = None
    label: str | None = None
    product: dict[str, str] = field(default_factory=dict)
    fakes: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    switches: list[str] = field(default_factory=list)
    known_bugs: bool = False


class Bundle(Struct, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One failure. `failing` is the index of the step whose answer failed the check.

    `check` is absent where the check is known in words only. `cannot` says why the steps alone do
    not bring the failure back, where they do not.
    """

    schema: Annotated[int, Meta(ge=1)] = SCHEMA
    scenario: str
    title: str
    requirement: str
    requires: str
    verdict: str
    expected: str
    actual: str
    made: Made
    failing: Annotated[int, Meta(ge=0)]
    steps: Annotated[list[Step], Meta(min_length=1, max_length=MOST_STEPS)]
    values: Annotated[dict[Name, Source], Meta(max_length=MOST_VALUES)] = field(
        default_factory=dict
    )
    check: Check | None = None
    cannot: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def schema() -> dict[str, Any]:
    """The JSON Schema of `steps.json`."""
    title = {"title": "steps.json of a bundle", "$comment": "Made from harness/bundles/format.py"}
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return draft | title | msgspec.json.schema(Bundle)
