"""Months to proficiency: the learning curves at the pace of the work, against the practised colleague."""

import math

import pytest

from simulation.expected import months_at_pace, months_to_proficiency, practised, workload
from simulation.expected.output import repetitions
from simulation.scenario.scenario import Scenario
from tests.scripted import NO_EFFECT, small

CURVE = {"start": 0.5, "mastery": 1.0, "half_life": 100, "effects": NO_EFFECT}
HOURS = {"sell": 9.0}


def learned(roles: dict | None = None, **sell: object) -> Scenario:
    changes = {"people.learning.sell": CURVE | sell, "market.channels.site.leads_per_month": 50}
    return small(changes, roles=roles)


def months(scenario: Scenario, monthly: float, standard: float = 1.0) -> float:
    role = scenario.structures["plain"].roles["seller"]
    return months_at_pace(scenario.people, role, HOURS, {"sell": monthly}, {"sell": standard})


def test_the_ramp_follows_the_learning_curve():
    """1 - 0.5 x 2^(-n/100) = 0.9 at n = 100 log2 5 = 232 repetitions; at 58 a month that is four months."""
    assert months(learned(), 58.05) == pytest.approx(4.0, abs=0.01)
    assert months(learned(), 116.1) == pytest.approx(2.0, abs=0.01)


def test_against_a_colleague_of_less_than_mastery_it_is_shorter():
    """0.9 x 0.8 = 0.72 at n = 100 log2 (0.5 / 0.28) = 83.65."""
    assert months(learned(), 83.65, standard=0.8) == pytest.approx(1.0, abs=0.01)


def test_who_repeats_too_seldom_never_gets_there():
    assert months(learned(), 0.0) == math.inf


def test_who_has_nothing_to_learn_is_ready_at_once():
    assert months(learned(start=1.0), 1.0) == 0.0


def test_without_work_there_is_no_ramp():
    scenario = learned()
    role = scenario.structures["plain"].roles["seller"]
    assert math.isnan(months_at_pace(scenario.people, role, {}, {}, {"sell": 1.0}))


def test_an_explicit_ramp_goes_by_its_months():
    seller = {"headcount": 1, "activities": ["sell"], "ramp": {"sell": [0.25, 0.5, 0.75, 1]}}
    assert months(learned({"seller": seller}), 0.0) == 3.0
    scenario = learned({"seller": seller})
    assert practised(scenario, "plain") == {"seller": {"sell": 1.0}}


def test_the_practised_colleague_is_the_mean_over_the_tenure():
    scenario = learned().replace({"people.tenure": "10 months"})
    pace = repetitions(workload(scenario, "plain"))["seller"]["sell"]
    expected = 1.0 - 0.5 * 2 ** (-pace * 10 / 100)
    assert practised(scenario, "plain")["seller"]["sell"] == pytest.approx(expected)
    assert practised(learned(), "plain")["seller"]["sell"] == 1.0  # nobody has a tenure: mastery


def test_a_role_of_fewer_activities_ramps_sooner():
    both = ["sell", "paperwork"]
    wide = {"one": {"headcount": 2, "activities": both}}
    narrow = {"one": {"headcount": 1, "activities": ["sell"]}, "other": {"headcount": 1, "activities": ["paperwork"]}}
    extra = {
        "people.learning.sell": CURVE,
        "people.learning.paperwork": CURVE,
        "market.channels.site.leads_per_month": 50,
        "market.products.thing.paperwork": "1 h",
        "people.tenure": "10 months",
    }
    together = months_to_proficiency(small(extra, roles=wide), "plain")["one"]
    apart = months_to_proficiency(small(extra, roles=narrow), "plain")["one"]
    assert 0 < apart < together < math.inf
