"""Paperwork eats selling time, which an administrator gives back; pay and heads are what a structure costs."""

import pytest

from simulation.finance.booking import book
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import isolated, rising, run
from tests.scripted import hours, live, small

STRUCTURES = {
    "alone": {"roles": {"seller": {"headcount": 2, "activities": ["paperwork", "sell"]}}},
    "administrator": {
        "roles": {
            "seller": {"headcount": 2, "activities": ["sell"]},
            "administrator": {"headcount": 1, "activities": ["paperwork"]},
        }
    },
}
MANY = [0.0] * 3000  # leads that wait from the first hour on


def papers(share: float) -> Scenario:
    """Sales of an hour, each with so many hours of paperwork."""
    changes = {"market.products.thing.paperwork": f"{share} h", "experiment.months": 1}
    return isolated(small(changes, structures=STRUCTURES), "paperwork")


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_paperwork_takes_its_share_of_the_selling_time(share):
    alone, helped = (live(papers(share), MANY, structure=name) for name in STRUCTURES)
    assert len(alone.sales.time) == pytest.approx(2 * alone.end / (1 + share), abs=4)
    assert len(helped.sales.time) == pytest.approx(2 * helped.end, abs=4)


def test_the_more_paperwork_the_more_an_administrator_brings():
    gains = []
    for share in (0.1, 0.25, 0.5):
        alone, helped = (live(papers(share), MANY, structure=name) for name in STRUCTURES)
        gains.append(len(helped.sales.time) - len(alone.sales.time))
    assert rising([0, *gains])


def test_the_hours_of_paperwork_are_the_same_whoever_does_it():
    arrivals = [10.0 * n for n in range(50)]
    alone, helped = (live(papers(2), arrivals, structure=name) for name in STRUCTURES)
    assert hours(alone, "paperwork") == hours(helped, "paperwork") == 100


def test_at_the_neutral_setting_an_administrator_brings_nothing():
    for scenario in (papers(0), isolated(papers(0.5))):
        alone, helped = (live(scenario, MANY, structure=name) for name in STRUCTURES)
        assert alone.events == helped.events
        assert hours(helped, "paperwork") == 0


# --- payroll ------------------------------------------------------------------------------------------------------


def paid(pay: float, commission: float = 0) -> Scenario:
    def role(heads: int, *activities: str) -> dict:
        wage = {"base": pay, "commission": {"share": commission, "on": "deals"}}
        return {"headcount": heads, "activities": list(activities), "pay": wage}

    structures = {
        "few": {"roles": {"seller": role(2, "sell")}},
        "many": {"roles": {"seller": role(2, "sell"), "clerk": role(1, "serve"), "assistant": role(2, "upsell")}},
    }
    changes = {"market.channels.site.leads_per_month": 100, "experiment.months": 6}
    return isolated(small(changes, structures=structures), "payroll")


def test_fewer_people_earn_more_with_the_same_work():
    gaps = []
    for pay in (100, 500, 1000):
        scenario = paid(pay)
        few, many = (book(run(scenario, name), scenario) for name in scenario.structures)
        assert few.total("base_pay") == -2 * 6 * pay
        assert many.total("base_pay") == -5 * 6 * pay
        assert few.total("revenue") == many.total("revenue")
        gaps.append(few.profit - many.profit)
        assert gaps[-1] == pytest.approx(3 * 6 * pay)
    assert rising([0, *gaps])


def test_commission_is_a_share_of_what_was_closed():
    costs = []
    for share in (0.02, 0.05, 0.1):
        scenario = paid(100, share)
        ledger = book(run(scenario, "many"), scenario)
        assert ledger.total("commission") == pytest.approx(-share * ledger.total("revenue"))
        costs.append(-ledger.total("commission"))
    assert rising([0, *costs])


def test_at_the_neutral_setting_heads_cost_nothing():
    scenario = isolated(paid(500, 0.1))
    few, many = (book(run(scenario, name), scenario) for name in scenario.structures)
    assert few.profit == many.profit
    assert few.total("base_pay", "commission", "contributions") == 0
