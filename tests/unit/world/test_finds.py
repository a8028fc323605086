"""Finds of outbound channels: the n-th find is the same lead, whoever makes it and under every structure."""

import numpy as np
import pytest

from simulation.department import simulate
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.scripted import small

HUNTERS = {"hunters": {"headcount": 1, "activities": ["prospect"]}, "closers": {"headcount": 2, "activities": ["sell"]}}
UNIVERSAL = {"seller": {"headcount": 4, "activities": ["sell", "prospect"], "ownership": "personal"}}
PODS = {"pods": 2, "roles": {"a": {"headcount": 2, "activities": ["prospect", "sell"]}}}
STRUCTURES = {"hunters": {"roles": HUNTERS}, "universal": {"roles": UNIVERSAL}, "pods": PODS}


def calling(**channel: object) -> Scenario:
    return small(
        {
            "market.channels.calls": {
                "kind": "outbound",
                "attempt": "10 min",
                "find_probability": 0.05,
                "fit": 0.5,
                **channel,
            },
            "market.products": {
                "thing": {"deal": {"lognormal": {"mean": 100, "cv": 1}}, "gross_margin": 0.5, "repeat": False},
                "other": {"deal": {"exponential": 900}, "gross_margin": 0.2, "repeat": False},
            },
            "market.stages": [{"name": "sale", "work": {"exponential": "2 h"}, "conversion": 0.5}],
        },
        structures=STRUCTURES,
    )


@pytest.mark.parametrize("own_world", [True, False], ids=["own worlds", "one world"])
def test_the_nth_find_is_the_same_lead_under_every_structure(own_world):
    scenario = calling()
    shared = World(scenario, 3)
    seen = []
    for structure in STRUCTURES:
        leads = simulate(scenario, structure, World(scenario, 3) if own_world else shared).leads
        assert leads.found.all()
        rows = zip(leads.fit.tolist(), leads.product.tolist(), leads.size.tolist(), strict=True)
        seen.append(dict(zip(leads.uid[:], rows, strict=True)))
    counts = [len(each) for each in seen]
    assert len(set(counts)) == 3  # different effort brings a different number of finds
    common = sorted(set.intersection(*map(set, seen)))
    assert len(common) > 50
    assert all(seen[0][uid] == seen[1][uid] == seen[2][uid] for uid in common)
    assert len({row[2] for row in seen[0].values()}) == len(seen[0])


def test_finds_are_numbered_without_a_gap_but_for_those_still_sought():
    scenario = calling()
    for structure in STRUCTURES:
        record = simulate(scenario, structure, World(scenario, 0))
        found = sorted(int(uid.rsplit("/", 1)[1]) for uid in record.leads.uid)
        seekers = 1 if structure == "hunters" else 4
        assert set(range(len(found) - seekers)) <= set(found)
        assert max(found) < len(found) + seekers


def test_a_find_needs_a_geometric_number_of_attempts():
    scenario = calling()
    needed = [World(scenario, 0).attempts_to_find("calls", find) for find in range(30)]
    world = World(scenario, 0)
    backwards = [world.attempts_to_find("calls", find) for find in reversed(range(30))]
    assert needed == backwards[::-1]
    n = 4000
    drawn = np.array([world.attempts_to_find("calls", find) for find in range(n)])
    assert drawn.min() >= 1
    assert drawn.mean() == pytest.approx(20, abs=4 * (380 / n) ** 0.5)  # variance (1 - p) / p^2
    assert (drawn == 1).mean() == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / n) ** 0.5)


def test_a_likelier_find_never_needs_more_attempts():
    worlds = [World(calling(find_probability=p), 0) for p in (0.02, 0.05, 0.4)]
    for find in range(200):
        needed = [world.attempts_to_find("calls", find) for world in worlds]
        assert needed == sorted(needed, reverse=True)


def test_a_certain_find_needs_one_attempt():
    world = World(calling(find_probability=1), 0)
    assert {world.attempts_to_find("calls", find) for find in range(50)} == {1}


def test_a_probability_that_changes_during_the_run_meets_the_same_luck():
    world, likely = (World(calling(find_probability=p), 0) for p in (0.05, 0.3))
    for find in range(200):
        needed = [world.attempts_to_find("calls", find, p) for p in (0.01, 0.05, 0.3, 1)]
        assert needed == sorted(needed, reverse=True)
        assert needed[1] == world.attempts_to_find("calls", find)
        assert needed[2] == likely.attempts_to_find("calls", find)
        assert needed[3] == 1


@pytest.mark.parametrize("probability", [0.01, 0.3, 0.9])
def test_a_changed_probability_needs_as_many_attempts_as_it_says(probability):
    world, n = World(calling(), 0), 4000
    drawn = [world.attempts_to_find("calls", find, probability) for find in range(n)]
    error = ((1 - probability) / probability**2 / n) ** 0.5
    assert np.mean(drawn) == pytest.approx(1 / probability, abs=4 * error)
