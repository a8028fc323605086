"""Limits as a person types them."""

import pytest

from simulation.analysis.unknown import TermsError
from simulation.study.best_split.candidates import SearchError
from simulation.study.best_split.search_plan import parse_constraint
from tests.unit.study.line import line, plain


@pytest.mark.parametrize(
    ("text", "measure", "bound", "at_least", "tolerance"),
    [
        ("plan_met>=0.8", "plan_met", 0.8, True, 0.05),
        ("plan_met >= 80%", "plan_met", 0.8, True, 0.05),
        ("payroll<=6 mln", "payroll", 6e6, False, 0.02 * 6e6),
        ("profit>0", "profit", 0.0, True, 0.02 * 1000.0),
        ("response_hours<4 h", "response_hours", 4.0, False, 0.08),
        ("cycle_days<=2 weeks", "cycle_days", 14.0, False, 0.28),
        ("utilisation.hunter<=90 %", "utilisation.hunter", 0.9, False, 0.05),
        ("plan_attainment>=110%", "plan_attainment", 1.1, True, 0.05),
        ("deals>=20", "deals", 20.0, True, 0.4),
    ],
)
def test_a_limit_is_read_in_the_unit_of_its_measure(
    text: str, measure: str, bound: float, at_least: bool, tolerance: float
) -> None:
    found = parse_constraint(line(), text, 1000.0)
    assert (found.measure.name, found.limit.at_least) == (measure, at_least)
    assert found.bound == pytest.approx(bound)
    assert found.tolerance == pytest.approx(tolerance)
    assert found.limit.shares is (measure == "plan_met")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plan_met", "'plan_met' is no limit; allowed: MEASURE, one of >=, <=, > and <"),
        ("plan_met==1", "is no limit"),
        ("plan_met>=", "is no limit"),
        ("planmet>=1", "there is no measure 'planmet'.*did you mean 'plan_met'?"),
        ("utilisation.huntr<=1", "did you mean 'utilisation.hunter'?"),
        ("payroll<=lots", "payroll: 'lots' is not a number"),
        ("response_hours<=4", "response_hours: .*has no unit"),
        ("plan_met>=100%", "never surely"),
    ],
)
def test_what_is_no_limit_is_refused_with_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises((SearchError, TermsError), match=said):
        parse_constraint(line(), text, 1000.0)


def test_without_a_plan_there_is_none_to_meet() -> None:
    scenario = line(("plan: {measure: revenue, target: 1.26 mln}\n", ""))
    with pytest.raises(TermsError, match="plan_met needs a plan, and the scenario has none"):
        parse_constraint(scenario, "plan_met>=0.8", 1000.0)


def test_a_limit_is_said_in_words() -> None:
    assert str(parse_constraint(plain(), "plan_met>=80%", 1.0).phrase) == "plan met in at least 80 % of the years"
    assert str(parse_constraint(plain(), "payroll<6mln", 1.0).phrase) == "payroll of at most 6.00 mln RUB"
    assert str(parse_constraint(plain(), "plan_met>=80%", 1.0).margin) == "5 percentage points"
