"""The model says what would be refused, and goes back to what it was."""

from __future__ import annotations

import pytest

from harness.model import Edge, Model, Row


@pytest.fixture
def model() -> Model:
    """A proxy that an engine uses, and a group of one certificate."""
    made = Model.of(
        ["proxy", "engine", "certificate", "group"],
        [Edge("engine", "httpProxyId", "proxy"), Edge("group", "certIds", "certificate")],
    )
    made.stored("proxy", {"id": 1, "name": "p"}, "name")
    made.stored("engine", {"id": 1, "name": "e", "httpProxyId": 1}, "name")
    made.stored("certificate", {"id": 7, "alias": "c"}, "alias")
    made.stored("group", {"id": 2, "name": "g", "certIds": [7]}, "name")
    return made


def test_a_taken_name_and_a_reference_to_nothing_are_faults(model: Model) -> None:
    assert model.faults("engine", "e", {"httpProxyId": (9,)}) == {"name", "httpProxyId"}
    assert model.faults("engine", "e", {"httpProxyId": (1,)}, but=1) == set()
    assert model.faults("engine", "p", {}) == set()


def test_what_is_referred_to_has_users(model: Model) -> None:
    assert model.users("proxy", 1) == [("engine", 1)]
    assert model.users("certificate", 7) == [("group", 2)]
    assert model.users("engine", 1) == []


def test_zero_null_and_nothing_refer_to_nothing(model: Model) -> None:
    nothing: tuple[object, ...] = (0, None, [])
    for value in nothing:
        row = model.stored("engine", {"id": 3, "name": "f", "httpProxyId": value}, "name")
        assert row == Row("f")
    assert model.users("proxy", 1) == [("engine", 1)]


def test_a_state_stays_and_comes_back(model: Model) -> None:
    state = model.state()
    model.deleted("engine", 1)
    model.stored("proxy", {"id": 2, "name": "q"}, "name")
    assert model.users("proxy", 1) == []

    model.restore(state)

    assert model.state() == state
    assert model.users("proxy", 1) == [("engine", 1)]
    model.deleted("engine", 1)
    assert model.state() != state
