"""Attempts to reach: favours nobody by itself; the harder customers are to reach, the more hours and leads it costs."""

from typing import Any

from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import MONTH, hours, isolated, lost, rising, run, won
from tests.scripted import small

STRUCTURES = {
    "one": {"roles": {"seller": {"headcount": 2, "activities": ["sell"]}}},
    "two": {
        "roles": {
            "caller": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
            "closer": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
        }
    },
}


def calling(**reach: Any) -> Scenario:
    """Leads of January, all of them done with by the end of the year."""
    tries = {"probability": 0.3, "every": "8 h", "most": 5, "work": "5 min"} | reach
    changes = {
        "market.stages": [
            {"name": "talk", "work": {"exponential": "20 min"}, "conversion": 0.6, "reach": tries},
            {"name": "sign", "work": "30 min", "conversion": 0.5},
        ],
        "market.channels.site.leads_per_month": 0.03 * MONTH,
        "market.channels.site.seasonality": [12, *[0] * 11],
        "experiment.months": 3,
    }
    return isolated(small(changes, structures=STRUCTURES), "reach")


def test_the_harder_a_customer_is_to_reach_the_more_are_lost_and_the_more_tries_it_takes():
    gone, tried = [], []
    for p in (0.8, 0.5, 0.3, 0.1):
        record = run(calling(probability=p), "one")
        gone.append(float(len(lost(record, "not_reached"))))
        tried.append(hours(run(calling(probability=p, work="1 h"), "one")) - hours(record))
    assert rising(gone)
    assert rising(tried)


def test_more_tries_reach_more():
    before: set[str] = set()
    for most in (1, 3, 9):
        now = set(won(run(calling(most=most), "one")))
        assert before < now
        before = now


def test_whoever_tries_the_same_are_reached_with_the_same_hours():
    one, two = (run(calling(), name) for name in ("one", "two"))
    assert won(one) == won(two)
    assert lost(one, "not_reached") == lost(two, "not_reached")
    assert abs(hours(one) - hours(two)) < 1e-9 * hours(one)
