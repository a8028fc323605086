"""Specialisation, explicit ramps and switching: who does one thing often does it better. Favours narrow roles."""

import math

import pytest

from simulation.department import Record
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import isolated, rising
from tests.scripted import NO_EFFECT, hours, live, small

OWN = {"ownership": "personal", "new_work": "assigned"}
STRUCTURES = {
    "universal": {"roles": {"seller": {"headcount": 2, "activities": ["sell", "qualify"], **OWN}}},
    "functional": {
        "roles": {
            "hunter": {"headcount": 1, "activities": ["qualify"], **OWN},
            "closer": {"headcount": 1, "activities": ["sell"], **OWN},
        }
    },
}
QUALIFY = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 0}}
LEADS = [100.0 * n for n in range(1, 21)]
HALF_LIFE = 5


def learning(start: float, **effects: float) -> Scenario:
    curve = {"start": start, "mastery": 1, "half_life": HALF_LIFE, "effects": NO_EFFECT | {"speed": 0} | effects}
    changes = QUALIFY | {"people.learning.sell": curve, "people.learning.qualify": curve, "experiment.months": 3}
    scenario = small(changes, structures=STRUCTURES)
    return isolated(scenario, "pooling", "specialisation")


def proficiency(start: float, n: int) -> float:
    return start + (1 - start) * (1 - 2.0 ** (-n / HALF_LIFE))


def both(scenario: Scenario, arrivals: list[float] = LEADS) -> tuple[Record, Record]:
    return live(scenario, arrivals, structure="universal"), live(scenario, arrivals, structure="functional")


def total(record: Record) -> float:
    return hours(record, "qualify") + hours(record, "sell")


def test_repetitions_make_specialists_faster_by_the_learning_curve():
    saved = []
    for start in (0.9, 0.6, 0.3):
        universal, functional = both(learning(start, speed=1))
        count = len(LEADS)
        # two universals do ten of each activity, a specialist does twenty of one
        assert total(universal) == pytest.approx(4 * sum(1 / proficiency(start, n) for n in range(count // 2)))
        assert total(functional) == pytest.approx(2 * sum(1 / proficiency(start, n) for n in range(count)))
        saved.append(total(universal) - total(functional))
    assert saved[0] > 0
    assert rising(saved)


def test_repetitions_make_specialists_deals_larger():
    gains = []
    for strength in (0.2, 0.5, 1):
        universal, functional = both(learning(0.5, deal_size=strength))
        count = len(LEADS)
        expected = [100 * proficiency(0.5, n) ** strength for n in range(count)]
        assert functional.sales.revenue.tolist() == pytest.approx(expected)
        # of the universals each has closed half as many
        expected = [100 * proficiency(0.5, n // 2) ** strength for n in range(count)]
        assert universal.sales.revenue.tolist() == pytest.approx(expected)
        gains.append(functional.sales.revenue.sum() - universal.sales.revenue.sum())
    assert gains[0] > 0
    assert rising(gains)


def test_repetitions_make_specialists_convert_more():
    stages = {"market.stages": [{"name": "sale", "work": "1 h", "conversion": 0.5}]}
    for strength in (0.5, 1, 2):
        curve = {"start": 0.5, "mastery": 1, "half_life": HALF_LIFE, "effects": NO_EFFECT | {"conversion": strength}}
        changes = QUALIFY | stages | {"people.learning.sell": curve, "experiment.months": 3}
        scenario = isolated(small(changes, structures=STRUCTURES), "pooling", "specialisation")
        chances = [[1 / (1 + proficiency(0.5, n // each) ** -strength) for n in range(len(LEADS))] for each in (2, 1)]
        # luck between the two: the specialist closes each lead but the first, the universals none of them
        luck = [0.99, *((low + high) / 2 for low, high in zip(*chances, strict=True))][: len(LEADS) + 1]
        del luck[1]
        universal, functional = (
            live(scenario, LEADS, structure=name, luck={"stage.sale.decision": luck}) for name in STRUCTURES
        )
        assert len(universal.sales.time) == 0
        assert len(functional.sales.time) == len(LEADS) - 1


def test_at_the_neutral_setting_specialists_are_no_better():
    for scenario in (learning(1, speed=1, deal_size=1), isolated(learning(0.3, speed=1, deal_size=1), "pooling")):
        universal, functional = both(scenario)
        assert total(universal) == total(functional) == 2 * len(LEADS)
        assert universal.sales.revenue.tolist() == functional.sales.revenue.tolist()
        assert universal.leads.closed.tolist() == functional.leads.closed.tolist()


# --- explicit ramp ------------------------------------------------------------------------------------------------


def ramped(steps: list[float], **structure: object) -> Scenario:
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "ramp": {"sell": steps}}}
    return isolated(small({"experiment.months": 3}, roles=roles), "ramp")


def test_a_slower_ramp_costs_more_hours():
    # one lead a day, of one hour each, over three months of 730.5 h
    arrivals = [24.0 * day + 1 for day in range(90)]
    spent = []
    for first in (0.8, 0.5, 0.25):
        record = live(ramped([first, (1 + first) / 2, 1]), arrivals)
        month = [min(int(at / 730.5 * 4) // 4, 2) for at in arrivals]
        expected = sum(1 / [first, (1 + first) / 2, 1][number] for number in month)
        assert hours(record, "sell") == pytest.approx(expected)
        spent.append(hours(record, "sell"))
    assert rising([90, *spent])


def test_a_flat_ramp_is_no_ramp():
    arrivals = [24.0 * day + 1 for day in range(90)]
    plain = live(isolated(small({"experiment.months": 3})), arrivals)
    for scenario in (ramped([1]), isolated(ramped([0.25, 0.5, 0.75, 1]))):
        assert live(scenario, arrivals).events == plain.events


# --- switching ----------------------------------------------------------------------------------------------------


def switching(minutes: float) -> Scenario:
    changes = QUALIFY | {"people.switching": f"{minutes} min", "experiment.months": 3}
    return isolated(small(changes, structures=STRUCTURES), "switching", "pooling")


def test_changing_between_activities_costs_universals_time_and_specialists_none():
    costs = []
    for minutes in (3, 15, 60):
        universal, functional = both(switching(minutes))
        # each of two universals does ten leads, qualifying and selling in turn: nineteen changes
        assert total(universal) == pytest.approx(2 * len(LEADS) + 2 * 19 * minutes / 60)
        assert total(functional) == 2 * len(LEADS)
        costs.append(total(universal) - total(functional))
    assert rising([0, *costs])


def test_at_the_neutral_setting_changing_costs_nothing():
    universal, functional = both(switching(0))
    assert total(universal) == total(functional)
    assert universal.leads.closed.tolist() == functional.leads.closed.tolist()
    assert isolated(switching(60)).people.switching == 0
    assert math.isclose(total(both(isolated(switching(60)))[0]), 2 * len(LEADS))
