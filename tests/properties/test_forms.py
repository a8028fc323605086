"""What holds of each form that a year may have: the list of them is that of `benchmarks/forms.py`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.forms import FORMS, SHIPPED
from simulation.analysis.cases import run_replications
from simulation.analysis.runs import Runs
from simulation.scenario.amending import drawn
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.store import Store
from simulation.world import World
from tests.properties.holds import run_holds

YEARS = 3
SMALL = {"experiment.months": 2, "experiment.replications": YEARS}
each_form = pytest.mark.parametrize("name", FORMS)


@cache
def sides(name: str) -> tuple[Scenario, Scenario, Scenario]:
    """Two months of the department of ten without a form, with it, and with its neutral setting written out."""
    return FORMS[name].sides(load(SHIPPED).replace(SMALL))


@cache
def alone(name: str, side: int) -> Runs:
    """All years of a side, on one core and without a store."""
    return run_replications(sides(name)[side], jobs=1)


def same(one: Runs, other: Runs) -> bool:
    """Whether all numbers of all years are the same to the last bit."""
    assert not len(one.failures) and not len(other.failures)
    return all(
        getattr(one, table).equals(getattr(other, table)) for table in ("replications", "months", "weeks", "funnel")
    )


@each_form
def test_a_form_says_something(name: str) -> None:
    assert not same(alone(name, 1), alone(name, 0))


@each_form
def test_the_neutral_setting_written_out_is_the_form_left_out(name: str) -> None:
    assert same(alone(name, 2), alone(name, 0))


@each_form
def test_a_form_keeps_the_invariants(name: str) -> None:
    for number in range(YEARS):
        scenario = drawn(sides(name)[1], number)
        world = World(scenario, number)
        for structure in scenario.structures:
            run_holds(scenario, structure, world)


@each_form
def test_two_workers_and_a_store_change_nothing_of_a_form(name: str, tmp_path: Path) -> None:
    scenario = sides(name)[1]
    assert same(run_replications(scenario, jobs=2), alone(name, 1))
    first, *_, last = scenario.structures
    with Store(tmp_path / "years.sqlite") as store:
        run_replications(scenario, [last], 1, jobs=1, store=store, first=YEARS - 1)  # the last year first
        assert same(run_replications(scenario, jobs=2, store=store), alone(name, 1))
        found = store.found
        assert same(run_replications(scenario, jobs=1, store=store), alone(name, 1))
        assert store.found - found == YEARS * len(scenario.structures)
        # a year without the form is not taken for one with it
        found = store.found
        run_replications(sides(name)[0], [first], 1, jobs=1, store=store)
        assert store.found == found
