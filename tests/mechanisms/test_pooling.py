"""Pooling: one queue for all against queues of one's own. Favours who pools; matters where waiting decides."""

import numpy as np
import pytest
from scipy.optimize import brentq

from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import MONTH, isolated, mean_and_error, rising, run, runs, waits, won
from tests.scripted import small

WORK = 1.0  # hours
TEAM = {"headcount": 2, "activities": ["sell"]}
STRUCTURES = {
    "pooled": {"roles": {"seller": TEAM}},
    "pods": {"roles": {"seller": TEAM}, "pods": 2},
    "personal": {"roles": {"seller": TEAM | {"ownership": "personal", "new_work": "assigned"}}},
}


def queue(load: float) -> Scenario:
    """Two sellers, exponential work of an hour, so many leads that each is busy for the share `load`."""
    changes = {
        "market.stages": [{"name": "sale", "work": {"exponential": f"{WORK} h"}}],
        "market.channels.site.leads_per_month": 2 * load / WORK * MONTH,
        "experiment.months": 6,
        "experiment.warm_up": 1,
    }
    return isolated(small(changes, structures=STRUCTURES), "pooling")


def one_queue(load: float) -> float:
    """Mean wait in M/M/2 (Erlang C), hours."""
    return WORK * load**2 / (1 - load**2)


def every_other(load: float) -> float:
    """Mean wait in E2/M/1: each of two gets every other lead of a Poisson stream, hours.

    GI/M/1 (Kendall 1953): sigma is the root of sigma = A*(mu (1 - sigma)), the wait is sigma / (mu (1 - sigma)).
    """
    rate, mu = 2 * load / WORK, 1 / WORK
    sigma = brentq(lambda s: (rate / (rate + mu * (1 - s))) ** 2 - s, 0, 1 - 1e-9)
    return sigma / (mu * (1 - sigma))


@pytest.mark.parametrize("load", [0.5, 0.7, 0.85])
def test_the_wait_is_that_of_theory_with_one_queue_and_with_two(load):
    scenario = queue(load)
    for structure, expected in (
        ("pooled", one_queue(load)),
        ("pods", every_other(load)),
        ("personal", every_other(load)),
    ):
        mean, error = mean_and_error([waits(record).mean() for record in runs(scenario, structure, 5)])
        assert mean == pytest.approx(expected, abs=4 * error)
        assert error < 0.2 * expected


def test_pooling_is_worth_more_the_busier_people_are():
    gains = []
    for load in (0.4, 0.6, 0.8):
        scenario = queue(load)
        pooled, split = (np.mean(waits(run(scenario, name))) for name in ("pooled", "pods"))
        gains.append(split - pooled)
    assert gains[0] > 0
    assert rising(gains)


def test_where_leads_have_patience_for_ever_pooling_changes_no_deal():
    scenario = queue(0.6)
    deals = [won(run(scenario, name)) for name in STRUCTURES]
    # whoever waits here waits with patience, so that all but the last few are won under each structure
    common = set.intersection(*map(set, deals))
    assert len(common) >= max(map(len, deals)) - 25
    assert all(deals[0][uid] == deals[1][uid] == deals[2][uid] for uid in common)


def test_at_the_neutral_setting_the_structures_are_equal():
    scenario = isolated(queue(0.8))
    one, *others = (run(scenario, name) for name in STRUCTURES)
    for other in others:
        assert np.array_equal(one.leads.answered, other.leads.answered, equal_nan=True)
        assert np.array_equal(one.leads.closed, other.leads.closed, equal_nan=True)
        assert np.array_equal(one.busy, other.busy)
