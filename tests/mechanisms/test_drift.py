"""Drift: once the customer base fills their day, universals stop prospecting; hunters go on. Nobody decides it."""

import pytest

from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import MONTH, hours, isolated, rising, run
from tests.scripted import small

REQUESTS, WORK = 2.0, 1.0  # a month and customer; hours
MONTHS = 6


def drifting(customers: int, protected: float = 0) -> Scenario:
    """A universal and a hunter-farmer pair, around the clock, with so many customers who ask for service."""
    universal = {"headcount": 2, "activities": ["serve", "sell", "prospect"]}
    if protected:
        universal["protected"] = {"prospect": f"{protected} h"}
    structures = {
        "universal": {"roles": {"seller": universal}},
        "functional": {
            "roles": {
                "hunter": {"headcount": 1, "activities": ["prospect"]},
                "farmer": {"headcount": 1, "activities": ["serve", "sell"]},
            }
        },
    }
    changes = {
        "market.channels.calls": {"kind": "outbound", "attempt": "15 min", "find_probability": 0.01},
        "market.stages": [{"name": "sale", "work": "1 min", "conversion": 0}],
        "market.products.thing.repeat": True,
        "market.customers.requests_per_month": REQUESTS,
        "market.customers.request_work": f"{WORK} h",
        "market.initial": {"customers": customers},
        "experiment.months": MONTHS,
    }
    return isolated(small(changes, structures=structures), "drift")


def error(customers: int, end: float) -> float:
    """Standard error of the hours that customers take: a Poisson number of requests."""
    return WORK * (customers * REQUESTS * end / MONTH) ** 0.5


@pytest.mark.parametrize("customers", [0, 200, 500])
def test_universals_prospect_in_the_time_that_customers_leave(customers):
    record = run(drifting(customers), "universal")
    expected = 2 * record.end - customers * REQUESTS * WORK * record.end / MONTH
    assert hours(record, "prospect") == pytest.approx(expected, abs=4 * error(customers, record.end) + 10)


def test_prospecting_dies_when_customers_fill_the_day():
    found, spent = [], []
    for customers in (0, 300, 600, 800):  # loads of 0, 0.41, 0.82 and 1.1
        record = run(drifting(customers), "universal")
        found.append(int(record.leads.found.sum()))
        spent.append(hours(record, "prospect"))
    assert rising(spent[::-1])
    assert rising(found[::-1])
    assert spent[-1] < 0.02 * spent[0]


def test_a_hunter_prospects_whatever_customers_want():
    records = [run(drifting(customers), "functional") for customers in (0, 300, 800)]
    assert all(hours(record, "prospect") == pytest.approx(record.end, abs=0.5) for record in records)
    assert len({tuple(record.leads.uid[:]) for record in records}) == 1


@pytest.mark.parametrize("protected", [2, 6, 12])
def test_protected_time_keeps_prospecting_alive(protected):
    record = run(drifting(1200, protected), "universal")
    # of each day so many hours, but for the request in hand when the day begins
    expected = 2 * protected / 24 * record.end
    assert hours(record, "prospect") == pytest.approx(expected, rel=0.05)


def test_at_the_neutral_setting_there_is_nothing_to_drift_from():
    scenario = isolated(drifting(300))
    universal, functional = (run(scenario, name) for name in ("universal", "functional"))
    assert hours(universal, "prospect") == hours(functional, "prospect") == 0
    assert len(universal.leads.uid) == len(functional.leads.uid) == 0
    # the same requests; a few wait or are in hand at the end
    assert hours(universal, "serve") == pytest.approx(hours(functional, "serve"), abs=5)
