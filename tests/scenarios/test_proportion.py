"""The scenarios that ship, and the starter, are firms that could exist: plan, growth, margin and pay in proportion.

Bounds are judgement where no source is named, and few years meet them within two standard errors. They hold for the
structure that a scenario is about today: its baseline, else today's, else its first one. The others are what might be;
some are meant to be a mistake.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import simulation
from simulation.analysis.proportion import YEARS as ALWAYS
from simulation.analysis.proportion import proportion_cautions
from simulation.analysis.results import Result
from simulation.intake.starter import starter_text
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text

SCENARIOS = Path(__file__).parents[2] / "scenarios"
STARTER = "the starter"
NAMES = [STARTER, *sorted(path.stem for path in SCENARIOS.glob("*.yaml"))]

YEARS = 4
ERRORS = 2.0
"""Standard errors of the mean of so few years by which it may lie outside."""
MOST_MONTHS = 12
SHORT = {"large_department": 3}
"""Months of what takes long: a quarter of a hundred and sixty people says as much as a year of ten."""


class Bounds(NamedTuple):
    """Least and most."""

    low: float
    high: float

    def hold(self, values: np.ndarray) -> bool:
        """Whether the mean of the years lies within, as far as they can tell."""
        slack = ERRORS * float(values.std(ddof=1)) / len(values) ** 0.5
        return self.low - slack <= float(values.mean()) <= self.high + slack


PLAN = Bounds(0.8, 1.2)
"""Revenue (deals, where the plan counts them) as a share of the plan: a plan is made by who knows the firm."""
GROWTH = Bounds(-0.3, 0.3)
"""Of revenue within the year, beyond the season; judgement. A firm of high growth makes 20 % a year (the manual of
Eurostat and OECD on business demography statistics, 2007)."""
MARGIN = Bounds(0.05, 0.6)
"""Gross margin of the revenue: wholesale 5-25 %, retail 25-50 %, services 20-60 %."""
PAY = Bounds(0.01, 0.35)
"""Pay of the sales department as a share of revenue: wholesale 2 %, services of small deals up to a third."""
PAID_OF_MARGIN = Bounds(0.05, 0.8)
"""The same as a share of the gross margin: the rest has to pay for all others in the firm."""
PROFIT = Bounds(-0.25, 0.3)
"""Of the revenue; a loss is what a beginner's first year may bring."""


@cache
def scenario_of(name: str) -> Scenario:
    return load_text(starter_text(), "starter.yaml") if name == STARTER else simulation.load(SCENARIOS / f"{name}.yaml")


def starts_from_nothing(scenario: Scenario) -> bool:
    """Whether nobody is practised on the first day: then the first months say nothing about growth."""
    return scenario.experiment.begin == "new"


def months_of(name: str) -> int:
    """Whoever starts from nothing plans the mean of his first years, and is held against all of them."""
    months = scenario_of(name).experiment.months
    return months if name in PLANNED_AS_A_WHOLE else min(months, SHORT.get(name, MOST_MONTHS))


PLANNED_AS_A_WHOLE = ("start_up",)


def today(scenario: Scenario) -> str:
    """The structure that the scenario is about as it is."""
    experiment = scenario.experiment
    return experiment.baseline or experiment.today or next(iter(scenario.structures))


@cache
def played(name: str) -> Result:
    return simulation.simulate(
        scenario_of(name), structures=[today(scenario_of(name))], replications=YEARS, months=months_of(name), jobs=1
    )


def years(name: str, measure: str) -> np.ndarray:
    return np.asarray(played(name).values.of(today(scenario_of(name)), measure))


slow = pytest.mark.slow
EACH = [pytest.param(name, marks=slow) if name in SHORT else name for name in NAMES]


@pytest.mark.parametrize("name", EACH)
def test_a_shipped_scenario_is_within_a_fifth_of_its_plan(name: str) -> None:
    scenario = scenario_of(name)
    if scenario.plan is None:
        assert starts_from_nothing(scenario)  # whoever is in business has a plan
        return
    attained = years(name, "plan_attainment")
    assert PLAN.hold(attained), f"{name} reaches {attained} of its plan"


@pytest.mark.parametrize("name", EACH)
def test_a_shipped_scenario_grows_by_less_than_thirty_per_cent_within_the_year(name: str) -> None:
    scenario = scenario_of(name)
    if starts_from_nothing(scenario):
        assert scenario.market.initial.base <= 10  # from nothing there is no rate of growth
        return
    growth = years(name, "growth")
    assert GROWTH.hold(growth), f"{name} grows by {growth}"


@pytest.mark.parametrize("name", EACH)
def test_margin_pay_and_profit_of_a_shipped_scenario_are_in_proportion(name: str) -> None:
    revenue, margin = years(name, "revenue"), years(name, "gross_margin")
    payroll, profit = years(name, "payroll"), years(name, "profit")
    shares = {
        "margin": (margin / revenue, MARGIN),
        "pay": (payroll / revenue, PAY),
        "pay of the margin": (payroll / margin, PAID_OF_MARGIN),
        "profit": (profit / revenue, PROFIT),
    }
    wrong = {what: share for what, (share, bounds) in shares.items() if not bounds.hold(share)}
    assert not wrong, f"{name}: {wrong}"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_structure_of_a_shipped_scenario_is_cautioned_as_out_of_proportion(name: str) -> None:
    found = simulation.simulate(scenario_of(name), replications=ALWAYS, months=months_of(name), jobs=1)
    assert found.runs.finished == ALWAYS
    assert [str(caution.text) for caution in proportion_cautions(found.cases, found.values)] == []


def test_the_bounds_refuse_what_the_starter_was_once() -> None:
    # five and a half times its plan, and more than twice as much at the end of the year as at its beginning
    scenario = scenario_of(STARTER).replace(
        {
            "market.customers.order_every": "1 month",
            "market.customers.order_size": 0.9,
            "market.initial.customers": 40,
            "plan.target": "20 mln",
        }
    )
    found = simulation.simulate(scenario, structures=["universal"], replications=2, jobs=1)
    assert not PLAN.hold(found.values.of("universal", "plan_attainment"))
    assert not GROWTH.hold(found.values.of("universal", "growth"))
