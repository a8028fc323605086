"""Response: a lead that waits goes elsewhere, or cools. Favours whoever answers first."""

import numpy as np
import pytest

from simulation.department.record import OPEN, REASONS, WON
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import MONTH, isolated, lost, mean_and_error, rising, run, runs, won
from tests.scripted import small

LOAD = 0.7
STRUCTURES = {
    # the same people answer; in the second structure they sell first and answer afterwards
    "quick": {"roles": {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}}},
    "slow": {"roles": {"seller": {"headcount": 1, "activities": ["sell", "qualify"]}}},
}


def answering(speed: dict | None = None, patience: object = "never") -> Scenario:
    """M/M/1 at the first contact; what follows takes no time."""
    changes = {
        "market.stages": [{"name": "sale", "work": {"exponential": "1 h"}}],
        "market.speed_to_lead": speed,
        "market.channels.site.leads_per_month": LOAD * MONTH,
        "market.channels.site.patience": patience,
        "experiment.months": 8,
        "experiment.warm_up": 1,
    }
    structures = {"one": {"roles": {"seller": {"headcount": 1, "activities": ["sell"]}}}}
    return isolated(small(changes, structures=structures), "response")


def kept(floor: float, tau: float) -> float:
    """Mean of floor + (1 - floor) exp(-W / tau) over the wait W in M/M/1.

    W is 0 with probability 1 - rho and exponential with rate mu - lambda otherwise (mu = 1 per hour).
    """
    rate = 1 - LOAD
    return floor + (1 - floor) * (1 - LOAD + LOAD * rate / (rate + 1 / tau))


@pytest.mark.parametrize(("floor", "tau"), [(0.3, 8), (0, 2), (0.5, 0.5)])
def test_conversion_falls_with_the_wait_as_theory_says(floor, tau):
    shares = []
    for record in runs(answering({"floor": floor, "tau": f"{tau} h"}), "one", 5):
        leads = record.leads
        counted = (leads.arrived >= record.begin) & (leads.closed == leads.closed)
        shares.append((leads.reason[counted] != REASONS.index("answered_late")).mean())
    mean, error = mean_and_error(shares)
    assert mean == pytest.approx(kept(floor, tau), abs=4 * error)
    assert error < 0.02


def test_the_faster_leads_cool_the_more_are_lost():
    before: set[str] = set()
    for tau in (20, 5, 1):
        gone = lost(run(answering({"floor": 0.2, "tau": f"{tau} h"}), "one"), "answered_late")
        assert before < gone
        before = gone


def test_the_sooner_leads_go_elsewhere_the_more_are_lost():
    gone = [
        len(lost(run(answering(patience={"exponential": f"{mean} h"}), "one"), "unanswered")) for mean in (50, 5, 1)
    ]
    assert rising([0, *gone])


def in_office(speed: dict | None, patience: object) -> Scenario:
    changes = {
        "market.qualification": {"work": {"exponential": "30 min"}, "true_positive": 1, "false_positive": 0},
        "market.stages": [{"name": "sale", "work": {"exponential": "90 min"}}],
        "market.speed_to_lead": speed,
        "market.channels.site.leads_per_month": 0.38 * MONTH,
        "market.channels.site.patience": patience,
        "experiment.months": 6,
    }
    return isolated(small(changes, structures=STRUCTURES), "response")


def test_whoever_answers_first_wins_more():
    gains = []
    for floor in (0.8, 0.5, 0.1):
        scenario = in_office({"floor": floor, "tau": "10 h"}, "never")
        quick, slow = (len(won(run(scenario, name))) for name in STRUCTURES)
        gains.append(quick - slow)
    assert rising([0, *gains])


def test_at_the_neutral_setting_a_late_answer_loses_nobody():
    for scenario in (in_office(None, "never"), isolated(in_office({"floor": 0, "tau": "1 h"}, "1 h"))):
        quick, slow = (run(scenario, name) for name in STRUCTURES)
        for record in (quick, slow):
            assert not lost(record, "answered_late")
            assert not lost(record, "unanswered")
        # all that both have closed by the end are won, with the same deals
        mine, theirs = won(quick), won(slow)
        both = set(mine) & set(theirs)
        assert all(mine[uid] == theirs[uid] for uid in both)
        assert np.all(np.isin(quick.leads.state, [OPEN, WON]))
        assert len(both) > 0.9 * len(quick.leads.uid)
