"""The same seed gives the same year, to the last number; another replication gives another."""

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.department import Record, simulate
from simulation.scenario.amending import drawn
from simulation.world import World
from tests.properties.scenarios import examples, scenarios, shares


def same(one: Record, other: Record) -> bool:
    """Whether two records are equal in every number."""
    for field in dataclasses.fields(one):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if dataclasses.is_dataclass(mine):
            if not same(mine, theirs):
                return False
        elif isinstance(mine, np.ndarray):
            if not np.array_equal(mine, theirs, equal_nan=mine.dtype.kind == "f"):
                return False
        elif field.name == "uid":
            if list(mine) != list(theirs):
                return False
        elif mine != theirs:
            return False
    return True


@examples(40)
@given(scenarios(count=2))
def test_the_same_seed_gives_the_same_record_in_whatever_world_and_order(scenario):
    alone = [simulate(scenario, name, World(scenario, 1), events=True) for name in ("s0", "s1")]
    shared = World(scenario, 1)
    after = [simulate(scenario, name, shared, events=True) for name in ("s1", "s0", "s1")]
    assert same(alone[0], after[1])
    assert same(alone[1], after[0])
    assert same(alone[1], after[2])


@examples(20)
@given(scenarios())
def test_another_replication_is_another_year(scenario):
    one, other = (simulate(scenario, "s0", World(scenario, replication)) for replication in range(2))
    if len(one.leads.uid) > 20 and not one.leads.initial.all():
        assert not same(one, other)


@examples(40)
@given(scenarios())
def test_keeping_the_event_log_changes_nothing(scenario):
    logged = simulate(scenario, "s0", World(scenario, 0), events=True)
    logged.events = []
    assert same(logged, simulate(scenario, "s0", World(scenario, 0)))


@examples(20)
@given(scenarios(), st.lists(shares(), min_size=20, max_size=25), st.integers(0, 60))
def test_a_year_of_drawn_inputs_is_that_of_the_scenario_with_its_row(scenario, losses, number):
    loss = "hand_off.lead.loss"
    made = drawn(scenario.replace({"inputs": {"draws": {loss: losses}}}), number)
    by_hand = scenario.replace({loss: losses[number % len(losses)]})
    assert made == by_hand
    assert same(simulate(made, "s0", World(made, number)), simulate(by_hand, "s0", World(by_hand, number)))
