"""Every decision can be switched by name and JSON, and nothing else can."""

from __future__ import annotations

import msgspec
import pytest

from fakes.defects import planted_in
from fakes.pingaccess import CORRECT as PA
from fakes.pingone import CORRECT as P1
from fakes.switches import switched, switches
from fakes.world import World


def test_every_decision_that_has_a_value_is_a_switch_that_takes_its_own_value() -> None:
    known = switches()
    assert len(known) > 450
    for one in known.values():
        same = switched(f"{one.id}={msgspec.json.encode(one.default).decode()}")
        correct = P1 if one.id.startswith("pingone.") else PA
        assert same.value == getattr(correct, one.field), one.id
        assert type(same.value) is type(getattr(correct, one.field)), one.id


def test_a_switch_changes_its_own_fake() -> None:
    chosen = (switched("event_window_s=60"), switched("pingaccess.created_status=201"))
    p1, pa = planted_in(P1, PA, chosen)
    assert (p1.event_window_s, pa.created_status) == (60, 201)
    world = World(defects=chosen)
    assert world.fake_pingaccess.state.behaviour.created_status == 201


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("password_pattern=.{3,}", ".{3,}"),
        ('password_pattern=".{3,}"', ".{3,}"),
        ("risk_policy_unset=null", None),
        ('unknown_members="ignore"', "ignore"),
        ("unknown_members=ignore", "ignore"),
        ('auditor_lacks=["backup"]', frozenset({"backup"})),
        ("lockout_s=5", 5.0),
    ],
)
def test_a_value_gets_the_type_of_the_decision(text: str, value: object) -> None:
    assert switched(text).value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zzz=1", "'zzz' is not known; `paconform list switches`"),
        ("unknown_member=ignore", "did you mean pingaccess.unknown_members"),
        ("created_status=1", "is of both fakes; write"),
        ("unknown_members", 'has no value; write pingaccess.unknown_members="refuse"'),
        ("unknown_members=maybe", "Invalid enum value 'maybe'"),
        ("lockout_failures=many", "Expected `int`, got `str`"),
        ("lockout_failures=true", "Expected `int`, got `bool`"),
        ("auditor_lacks=[1]", "Expected `str`, got `int`"),
        (
            'pingaccess.varied=["x"]',
            'each can be "lists", "members"; now it is ["lists","members"]',
        ),
        ("varied=[]", "is of both fakes; write"),
        ("page_offset=1", "is not known"),
        ("=", "is not known"),
        ("", "is not known"),
    ],
)
def test_what_cannot_be_switched_is_said_with_the_way_out(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"^switch: ") as refused:
        switched(text)
    assert said in str(refused.value)
