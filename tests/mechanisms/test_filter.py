"""The filter: a weak qualifier passes unfit leads, which burn closers' hours, and drops good ones."""

import numpy as np
import pytest

from simulation.department import Record
from simulation.department.record import REASONS
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import hours, isolated, lost, rising, run, won
from tests.scripted import NO_EFFECT, small

TRUE, FALSE, FIT = 0.9, 0.2, 0.4
QUALIFIES = {"headcount": 2, "activities": ["qualify"]}
CLOSER = {"headcount": 4, "activities": ["sell"]}


def at(skill: float, strength: float) -> dict:
    """A learning curve that is flat at a proficiency, with nothing but the filter."""
    effects = NO_EFFECT | {"speed": 0, "filter": strength}
    return {"qualify": {"start": skill, "mastery": skill, "half_life": 1, "effects": effects}}


def sorting(strength: float, true: float = TRUE, false: float = FALSE) -> Scenario:
    """The same closers behind a weak and a strong qualifier."""
    structures = {
        name: {"roles": {"hunter": QUALIFIES | {"learning": at(skill, strength)}, "closer": CLOSER}}
        for name, skill in (("weak", 0.5), ("even", 1.0), ("strong", 2.0))
    }
    changes = {
        "market.channels.site.leads_per_month": 1000,
        "market.channels.site.fit": FIT,
        "market.qualification": {"work": "6 min", "true_positive": true, "false_positive": false},
        "market.stages": [{"name": "sale", "work": "30 min"}],
        "experiment.months": 4,
    }
    return isolated(small(changes, structures=structures), "filter", "specialisation")


def logistic(odds: float) -> float:
    return 1 / (1 + np.exp(-odds))


def passed(record: Record) -> tuple[float, float]:
    """Shares of the qualified fit and unfit leads that passed."""
    leads = record.leads
    done = leads.answered == leads.answered
    dropped = np.isin(leads.reason, [REASONS.index("disqualified_fit"), REASONS.index("disqualified_unfit")])
    return tuple(float(1 - dropped[done & (leads.fit == fit)].mean()) for fit in (True, False))


@pytest.mark.parametrize("strength", [0.5, 1, 2])
@pytest.mark.parametrize(("structure", "skill"), [("weak", 0.5), ("even", 1), ("strong", 2)])
def test_the_rates_move_in_log_odds_with_proficiency(strength, structure, skill):
    record = run(sorting(strength), structure)
    shift = strength * np.log(skill)
    expected = logistic(np.log(TRUE / (1 - TRUE)) + shift), logistic(np.log(FALSE / (1 - FALSE)) - shift)
    for share, p, part in zip(passed(record), expected, (FIT, 1 - FIT), strict=True):
        n = part * len(record.leads.uid)
        assert share == pytest.approx(p, abs=4 * (p * (1 - p) / n) ** 0.5)


def test_the_gap_between_a_weak_and_a_strong_qualifier_grows_with_the_filter():
    burnt, deals = [], []
    for strength in (0, 0.5, 1, 2):
        scenario = sorting(strength)
        weak, strong = run(scenario, "weak"), run(scenario, "strong")
        # each unfit lead that passes takes half an hour of a closer's time and does not buy
        for record in (weak, strong):
            worked = len(won(record)) + len(lost(record, "unfit"))
            assert hours(record, "sell") == pytest.approx(0.5 * worked, abs=2)
        burnt.append(0.5 * (len(lost(weak, "unfit")) - len(lost(strong, "unfit"))))
        deals.append(len(won(strong)) - len(won(weak)))
    assert burnt[0] == deals[0] == 0
    assert rising(burnt)
    assert rising(deals)


def test_who_passes_a_weak_filter_by_fitness_passes_a_strong_one():
    scenario = sorting(1)
    weak, strong = run(scenario, "weak"), run(scenario, "strong")
    assert lost(strong, "disqualified_fit") < lost(weak, "disqualified_fit")
    assert lost(strong, "unfit") < lost(weak, "unfit")


def test_more_false_positives_burn_more_hours_and_bring_no_deal():
    records = [run(sorting(0, false=false), "even") for false in (0, 0.1, 0.3)]
    assert rising([hours(record, "sell") for record in records])
    assert won(records[0]) == won(records[1]) == won(records[2])


def test_at_the_neutral_setting_all_sort_alike():
    scenario = isolated(sorting(2))
    records = [run(scenario, name) for name in scenario.structures]
    assert won(records[0]) == won(records[1]) == won(records[2])
    assert [hours(record) for record in records] == [hours(records[0])] * 3
    assert passed(records[0]) == (1, 0)
