"""The plan from the bottom up: worked by hand, and held against a simulation without variance."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad

import simulation
from simulation.department import simulate
from simulation.expected import workload
from simulation.finance.budget import planned_lines
from simulation.finance.plan import rolled, weeks, weeks_of_month
from simulation.finance.planning import BottomUp, bottom_up
from simulation.scenario.money import Plan
from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import tenures_of
from simulation.sense.loader import load_text
from simulation.world import World
from simulation.written.readers import MONTH, YEAR

# Everybody qualifies, half of the leads buy, each deal is 100 at 40 % margin; 2 h of sorting and 4 h of selling a lead.
LINE = """
version: 1
title: Line
calendar: {around_the_clock: true}
experiment: {months: 12, begin: new, start: 2026-01-01}
market:
  channels:
    site: {kind: inbound, leads_per_month: 40, patience: never, fit: 1}
    calls: {kind: outbound, attempt: 1 h, find_probability: 10 %, fit: 1}
  products:
    thing: {deal: 100, gross_margin: 40 %, repeat: false, paperwork: 0}
  qualification: {work: 2 h, true_positive: 1, false_positive: 0}
  speed_to_lead: null
  stages: [{name: offer, work: 4 h, thinking: 0 h, conversion: 0.5, patience: never, question: 0}]
people:
  learning:
    qualify: {start: 1, mastery: 1}
    sell: {start: 1, mastery: 1}
    prospect: {start: 1, mastery: 1}
  switching: 0
  availability: 1
  talent: {sd: 0}
  absence: {vacation_days: 0, sick_days: 0}
structures:
  team:
    roles:
      seller: {headcount: 2, activities: [qualify, sell, paperwork, prospect], turnover_per_year: 0, pay: {base: 1000}}
"""


STAGE = {"name": "offer", "work": "4 h", "conversion": 0.5, "patience": "never"}


def line(values: dict[str, object] | None = None) -> Scenario:
    return load_text(LINE, "line.yaml", values or {})


def planned(target: float, values: dict[str, object] | None = None, measure: str = "revenue") -> BottomUp:
    made = line({"plan.target": target, "plan.measure": measure} | (values or {}))
    assert made.plan is not None
    return bottom_up(made, "team", made.plan)


def needed(found: BottomUp, name: str) -> float:
    return next(step.needed for step in found.steps if step.key == name)


def test_inbound_leads_come_first_and_the_rest_has_to_be_found() -> None:
    """480 inbound leads a year make 240 deals. 30 000 of revenue are 300 deals: 60 more, 120 leads, 1 200 attempts."""
    found = planned(30_000)
    assert needed(found, "deals") == pytest.approx(300)
    assert needed(found, "stage.offer") == pytest.approx(600)
    assert needed(found, "leads") == pytest.approx(600)
    assert needed(found, "found") == pytest.approx(120)
    assert needed(found, "attempts") == pytest.approx(1200)


def test_people_follow_from_hours() -> None:
    """600 leads at 6 h and 1 200 attempts at 1 h are 4 800 h a year, 400 a month; a person has 730.5."""
    (need,) = planned(30_000).roles
    assert need.hours == pytest.approx(400)
    assert need.a_person == pytest.approx(730.5, rel=0.001)
    assert need.needed == pytest.approx(400 / 730.5, rel=0.001)


def test_the_people_that_a_plan_needs_lose_time_at_changes_of_activity_as_those_of_today_do() -> None:
    """4 h of selling and 2 h of sorting a lead, half an hour between them: the share that is lost stays the same."""
    switching = {"people.switching": "0.5 h"}
    today = workload(line(switching), "team").roles["seller"]
    lost = today.switching / (today.demand + today.hours["prospect"])
    assert lost > 0.03
    (need,) = planned(30_000, switching).roles
    assert need.hours == pytest.approx(400 / (1 - lost))


def test_a_plan_in_deals_and_one_in_profit_come_to_the_same() -> None:
    """300 deals leave 12 000 of margin; two people cost 24 000: a profit of 36 000 takes 60 000, 1 500 deals."""
    assert needed(planned(300, measure="deals"), "deals") == pytest.approx(300)
    assert needed(planned(36_000, measure="profit"), "deals") == pytest.approx(1500)


def test_the_budget_and_the_hours_say_where_a_plan_is_impossible() -> None:
    """1 000 000 are 10 000 deals, so 20 000 leads, of them 19 520 found with 195 200 attempts: 120 000 + 195 200 h."""
    found = planned(1_000_000)
    (need,) = found.roles
    assert need.hours == pytest.approx((20_000 * 6 + 195_200) / 12, rel=1e-6)
    assert need.needed > 30 and not found.possible
    assert any(text.startswith("hours of seller") for text in found.shortages)
    assert any(text.startswith("payroll") for text in found.shortages)


def test_without_prospecting_a_plan_is_short_of_leads() -> None:
    """240 deals come; 300 need 60 more, at two leads a deal 120 a year, 10 a month."""
    found = planned(30_000, {"market.channels.calls.active": False})
    assert "60 more deals a year need about 10 more leads a month" in found.shortages[0]


def test_turnover_and_ramp_make_positions_worth_less() -> None:
    steady, moving = (planned(30_000, {"structures.team.roles.seller.turnover_per_year": rate}) for rate in (0, 0.6))
    assert steady.roles[0].effective == 1.0
    assert moving.roles[0].effective < 0.95
    assert moving.roles[0].needed == pytest.approx(steady.roles[0].needed / moving.roles[0].effective, rel=1e-6)


LAWS: list[dict[str, object]] = [
    {"kind": "weibull"},
    {"kind": "lognormal", "cv": 1.5},
    {"kind": "piecewise", "until": ["2 months"], "hazards": [3, 1]},
    {"kind": "table", "at": ["3 months", "1 year"], "stay": [0.6, 0.5]},
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: str(law["kind"]))
def test_what_turnover_leaves_of_a_position_follows_the_law(law: dict[str, object]) -> None:
    """Filled for E T / (E T + vacancy); a newcomer is half as good at first and rises to .9, as long as he stays."""
    seller, ramp = "structures.team.roles.seller", [0.5] * 6 + [1]
    scenario = line(
        {
            "people.turnover": {"law": law, "notice": 0},
            "people.recruiting.time": "90 days",
            "people.onboarding": {"training_days": 0, "probation": {"failure": 0}},
            "people.learning": {"qualify": {}, "sell": {}, "prospect": {}},
            f"{seller}.turnover_per_year": 1,
            f"{seller}.ramp": {"qualify": ramp, "sell": ramp, "prospect": ramp},
            "plan": {"target": 30_000},
        }
    )
    found = tenures_of(scenario.people, scenario.structures["team"].roles["seller"])
    assert found is not None and scenario.plan is not None
    effective = bottom_up(scenario, "team", scenario.plan).roles[0].effective
    short, _ = quad(lambda m: math.exp(-found.spent(m * MONTH)) * (0.5 - 0.4 * m / 6), 0, 6)
    assert effective == pytest.approx(YEAR / (YEAR + 90 * 24) * (1 - short / 12), rel=1e-3)


def test_orders_of_the_base_bring_a_part_of_the_target() -> None:
    values = {
        "market.products.thing.repeat": True,
        "market.initial.customers": 50,
        "market.customers": {"order_every": "1 months", "order_work": 0, "churn_per_year": 0, "requests_per_month": 0},
        "structures.team.roles.seller.activities": ["qualify", "sell", "serve", "paperwork", "prospect"],
        "market.customers.upsell.every": "never",
    }
    found = planned(100_000, values)
    assert found.brought == pytest.approx(50 * 12 * 100, rel=0.02)
    assert needed(found, "deals") < 400


def test_a_simulation_without_variance_brings_what_the_plan_says() -> None:
    """The plan's own figures for what the present people make, against years in which nothing varies but which lead is
    decided how: 4 standard errors, and the leads that are still on their way at the end (6 h of work each)."""
    made = neutralise(line({"plan.target": 30_000, "market.channels.site.leads_per_month": 120}))
    made = made.replace({"market.channels.calls.active": False})
    assert made.plan is not None
    steps = {step.key: step.present for step in bottom_up(made, "team", made.plan).steps}
    records = [simulate(made, "team", World(made, year)) for year in range(30)]
    days = (records[0].end - records[0].begin) / 8766
    for name, values in {
        "leads": [len(r.leads.arrived) for r in records],
        "qualified": [np.isfinite(r.leads.qualified).sum() for r in records],
        "deals": [len(r.sales.time) for r in records],
    }.items():
        got = np.array(values, dtype=float)
        slack = 4 * got.std(ddof=1) / math.sqrt(len(got)) + 2
        assert got.mean() == pytest.approx(steps[name] * days, abs=slack), name
    hours = np.array([r.busy.sum() for r in records]) / 12
    (need,) = bottom_up(made, "team", made.plan.model_copy(update={"target": 100 * steps["deals"]})).roles
    assert hours.mean() == pytest.approx(need.hours * days, abs=4 * hours.std(ddof=1) / math.sqrt(30) + 2)


# --- the target in parts ---------------------------------------------------------------------------------------------


def test_weeks_add_up_to_their_month_and_months_to_the_year() -> None:
    season = [0.5] * 6 + [1.5] * 6
    weeks = weeks_of_month(line(), Plan(target=1200, seasonality=season))
    by_month = [sum(target for month, _, target in weeks if month == m) for m in range(12)]
    assert by_month == pytest.approx([50.0] * 6 + [150.0] * 6)
    assert [week for month, week, _ in weeks if month == 1] == [0, 1, 2, 3]  # February has 28 days
    assert len([1 for month, _, _ in weeks if month == 0]) == 5


ONE_MONTH = {"experiment.months": 2, "plan.target": 1200}


def with_results(results: dict[str, list[float]], rolling: bool = False) -> list[tuple[float, ...]]:
    """Corrected targets by month of a run from February to March: 100 a month."""
    made = line({"experiment.start": "2026-02-01", "plan.results": results, "plan.rolling": rolling} | ONE_MONTH)
    assert made.plan is not None
    found = weeks(made, made.plan)
    return [tuple(week.corrected for week in found if week.month == month) for month in (0, 1)]


def test_results_in_the_scenario_correct_the_weeks_that_are_left() -> None:
    """February is four weeks of 25; the first brought 10, so 90 are left for three: 30 each. The second brought 50, so
    40 are left for two. March stays as it was: it is five weeks, 7/31 of 100 each and 3/31."""
    february, march = with_results({"2026-02": [10, 50]})
    assert february == pytest.approx((25, 30, 20, 20))
    assert march == pytest.approx([700 / 31] * 4 + [300 / 31])


def test_a_month_that_is_missed_is_made_up_for_where_the_plan_is_rolling() -> None:
    """February brought 60 of 100, so that March has 140 to bring; of them 40 came in the first week."""
    done = {"2026-02": [10.0, 20.0, 20.0, 10.0]}
    assert sum(with_results(done)[1]) == pytest.approx(100)
    assert sum(with_results(done, rolling=True)[1]) == pytest.approx(140)
    march = with_results(done | {"2026-03": [40.0]}, rolling=True)[1]
    assert march[0] == pytest.approx(140 * 7 / 31)
    assert march[1:] == pytest.approx([100 * 7 / 24] * 3 + [100 * 3 / 24])


def test_meetings_with_clients_follow_from_the_stages() -> None:
    """30 deals need 60 leads at the one stage, with one and a half meetings each."""
    found = planned(3000, {"market.stages": [STAGE | {"meetings": 1.5}], "market.channels.site.leads_per_month": 10})
    assert needed(found, "deals") == pytest.approx(30)
    assert needed(found, "meetings") == pytest.approx(90)
    assert "meetings" not in {step.key for step in planned(3000).steps}


def test_a_weeks_result_corrects_the_rest_of_its_month() -> None:
    """Of 100 a week the first brings 70: the 30 that are missing are spread over the three that are left."""
    assert rolled([100, 100, 100, 100], [70]) == pytest.approx([100, 110, 110, 110])
    assert rolled([100, 100, 100, 40], [70, 130]) == pytest.approx([100, 100, 100, 40])
    assert rolled([100, 100], [300]) == [100, 0]
    assert rolled([100, 100], [90, 120]) == [100, 100]  # the month is over
    with pytest.raises(ValueError, match="3 results for 2 weeks"):
        rolled([1, 1], [1, 1, 1])


# --- with everything dated --------------------------------------------------------------------------------------------

CASES = Path(__file__).parents[2] / "cases"


def case(name: str, target: float) -> BottomUp:
    return bottom_up(simulation.load(CASES / f"{name}.yaml"), "plan", Plan(target=target, measure="revenue"))


def test_a_plan_counts_newcomers_of_the_first_day_by_their_ramp() -> None:
    found = case("f2b_plan_ignores_first_ramp", 10e6)
    assert found.reachable == pytest.approx(8.8e6, rel=5e-3)  # 126 of 144 rep-months
    (rep,) = found.roles
    assert (rep.present, rep.needed) == (12, pytest.approx(12 * 10 / 8.82, rel=5e-3))
    assert any("hours of rep" in each for each in found.shortages)


def test_a_plan_counts_people_from_the_day_on_which_they_are_hired() -> None:
    found = case("f3_ramped_capacity", 10.7e6)
    assert found.possible
    assert found.reachable == pytest.approx(153.5 * 70e3, rel=6e-3)
    assert found.roles[0].present == pytest.approx(16, rel=5e-3)
    more = case("f3_ramped_capacity", 11e6)
    assert not more.possible
    assert any("there are 16.0 on average over the run" in each or "there are 16.1" in each for each in more.shortages)


def test_a_plan_pays_people_for_the_time_that_they_are_there() -> None:
    scenario = simulation.load(CASES / "f2_plan_ignores_hires.yaml")
    assert scenario.plan is not None
    found = {name: bottom_up(scenario, name, scenario.plan) for name in scenario.structures}
    assert found["s"].payroll_budget == pytest.approx(287_310, rel=1e-4)
    assert found["same"].payroll_budget == pytest.approx(288_000)


def test_a_plan_says_that_work_after_prospecting_without_end_is_never_reached() -> None:
    found = planned(3_000, {"structures.team.roles.seller.activities": ["prospect", "qualify", "sell", "paperwork"]})
    assert any("seller never comes to qualify, sell" in each for each in found.shortages)


def test_lines_of_the_budget_follow_positions_leads_and_newcomers_of_each_date() -> None:
    lines = [
        {"name": "phone", "price": 10, "per": "seat"},
        {"name": "desk", "price": 100, "per": "seat", "when": "once"},
        {"name": "form", "price": 1, "per": "lead"},
        {"name": "course", "price": 50, "per": "hire"},
    ]
    change = {"at": "2026-07-01", "set": {"roles.seller.headcount": 5, "market.channels.site.leads_per_month": 80}}
    values: dict[str, object] = {
        "market.channels.calls.active": False,
        "structures.team.interventions": [change],
        "budget.other": {"lines": lines},
        "people.recruiting.time": "31 days",
    }
    found = {each.name: each.by_month for each in planned_lines(line(values), "team")}
    assert found["phone"] == pytest.approx([20] * 6 + [50] * 6)
    assert found["desk"] == pytest.approx([200] + [0] * 5 + [300] + [0] * 5)
    assert found["form"][[0, 6]] == pytest.approx(np.array([40, 80]) * 31 * 24 / 730.5)
    assert found["course"] == pytest.approx([0] * 7 + [150] + [0] * 4)
