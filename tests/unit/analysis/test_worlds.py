"""Scenarios that agree in what is luck meet one World, and what comes out is as if each had its own."""

import threading

import numpy as np
import pytest

from simulation.analysis import worlds
from simulation.analysis.executor import played
from simulation.analysis.identity import world_print
from simulation.analysis.worlds import Worlds, bytes_of, world_of
from simulation.department import simulate
from simulation.world import World
from tests import records
from tests.unit.analysis.test_bundles import FEW_AND_MANY


@pytest.fixture(scope="module")
def scenario():
    return records.scenario(FEW_AND_MANY)


@pytest.mark.parametrize(
    ("path", "value", "same"),
    [
        ("structures.other.roles.seller.headcount", 3, True),
        ("hand_off.lead.loss", 0.2, True),
        ("title", "another", True),
        ("experiment.replications", 3, True),
        ("market.channels.site.leads_per_month", 61, False),
        ("people.talent.sd", 0.3, False),
        ("calendar.hours", "10:00-18:00", False),
        ("experiment.months", 2, False),
        ("experiment.start", "2027-03-01", False),
    ],
)
def test_scenarios_share_worlds_where_only_structures_differ(scenario, path, value, same):
    assert (world_print(scenario.replace({path: value})) == world_print(scenario)) is same


def test_another_seed_or_number_is_another_world(scenario):
    kept = Worlds()
    first = kept.of(scenario, 0)
    assert kept.of(scenario, 0) is first
    assert kept.of(scenario.replace({"structures.other.roles.seller.headcount": 3}), 0) is first
    assert kept.of(scenario, 1) is not first
    assert kept.of(scenario.replace({"experiment.seed": 8}), 0) is not first


def test_what_is_kept_is_bounded(scenario):
    size = bytes_of(used(scenario))
    kept = Worlds(room=3 * size)
    for number in range(10):
        for name in scenario.structures:
            simulate(scenario, name, kept.of(scenario, number))
    assert 1 <= len(kept) <= 4
    small = Worlds(room=1)
    for number in range(3):
        small.of(scenario, number)
    assert len(small) == 1


def used(scenario):
    world = World(scenario, 0)
    for name in scenario.structures:
        simulate(scenario, name, world)
    return world


def test_the_size_of_a_world_grows_with_its_leads(scenario):
    more = scenario.replace({"market.channels.site.leads_per_month": 6000})
    # besides what a World keeps whatever comes, a lead has its time at least, an eight-byte number
    leads = len(World(more, 0).leads("site")) - len(World(scenario, 0).leads("site"))
    assert leads > 5000
    assert bytes_of(used(more)) > bytes_of(used(scenario)) + 8 * leads


def test_threads_have_worlds_of_their_own(scenario):
    found = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: found.append(world_of(scenario, 0)))
        thread.start()
        thread.join()
    assert found[0] is not found[1]


def test_years_are_the_same_in_a_shared_world(scenario, monkeypatch):
    other = scenario.replace({"structures.other.roles.seller.headcount": 7, "hand_off.lead.loss": 0.3})
    names = tuple(scenario.structures)

    def runs(order):
        return {
            (id(each), number): [(run.measures, run.tables) for run in played(each, names, number, False)]
            for each, number in order
        }

    order = [(each, number) for number in range(3) for each in (scenario, other)]
    shared = runs(order)
    monkeypatch.setattr(worlds, "world_of", World)
    np.testing.assert_equal(runs(reversed(order)), shared)
