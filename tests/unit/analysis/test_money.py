"""Plan, budget, break-even and control sheet of hand-made years."""

from typing import Any

import numpy as np
import pytest

from simulation.analysis.break_even import break_even, by_year
from simulation.analysis.budget import NOT_PLANNED, against_budget, against_plan
from simulation.analysis.comparison import simulate
from simulation.analysis.control import control_2q1d
from simulation.analysis.quantiles import proportion_interval
from simulation.analysis.results import Result
from simulation.department.record import Record
from simulation.expected import workload
from simulation.expected.spending import expected_accounts, forgotten
from simulation.finance.budget import planned_lines
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests import records

DAY = records.DAY
STARTS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30]) * DAY


def sale(month: int, revenue: float, **more: Any) -> dict[str, Any]:
    return {"time": STARTS[month] + DAY, "revenue": revenue, "margin": 0.4 * revenue, "seat": 0, **more}


def years(extra: dict[str, Any], *made: dict[str, Any]) -> Result:
    """A result whose years are these rows and columns of hand-made records."""

    def engine(scenario: Scenario, structure: str, world: World, events: bool = False) -> Record:
        return records.record(scenario, structure, replication=world.replication, **made[world.replication])

    return simulate(records.scenario(extra), replications=len(made), jobs=1, engine=engine)


# --- plan ------------------------------------------------------------------------------------------------------------


def test_the_plan_is_met_in_the_share_of_years_that_reach_it() -> None:
    """1 200 are planned: of four years with 1 200, 1 100, 1 500 and 300 two meet it; three first quarters have 300."""
    made = [
        {"sales": [sale(0, first), sale(11, rest)]} for first, rest in ((300, 900), (300, 800), (900, 600), (0, 300))
    ]
    report = against_plan(years({"plan.target": 1200}, *made), "pair")
    assert report is not None
    assert report.whole.met.share == 0.5
    assert [quarter.met.share for quarter in report.quarters] == [0.75, 0.0, 0.0, 1.0]
    assert [quarter.target for quarter in report.quarters] == pytest.approx([300.0] * 4)


def test_the_bad_tenth_says_how_far_behind_the_plan_a_bad_year_ends() -> None:
    """Nineteen years of 0, 100 ... 1800: a tenth of 19 + 1 is the second, 100, so 900 behind 1 000.

    Its interval: of nineteen years at most five lie below the tenth in 99.1 % and at most four in 96.5 %, so the sixth
    marks the upper end; none does in 13.5 %, so no year marks the lower one.
    """
    made = [{"sales": [sale(0, 100.0 * n)] if n else []} for n in range(19)]
    report = against_plan(years({"plan.target": 1000}, *made), "pair")
    assert report is not None
    assert (report.whole.bad_tenth, report.whole.behind) == pytest.approx((100.0, 900.0))
    assert report.whole.bad.known
    assert (report.whole.bad.low, report.whole.bad.high) == (-np.inf, 500.0)
    plain = report.to_dict()["whole"]
    assert (plain["bad_tenth"], plain["bad_tenth_high"], plain["bad_tenth_known"]) == pytest.approx((100.0, 500.0, 1))
    assert np.isnan(plain["bad_tenth_low"])


def test_of_too_few_years_the_worst_one_stands_for_the_bad_tenth_and_is_called_so() -> None:
    made = [{"sales": [sale(0, 100.0 * (1 + n))]} for n in range(3)]
    found = against_plan(years({"plan.target": 1000}, *made), "pair")
    assert found is not None
    assert (found.whole.bad_tenth, found.whole.bad.known, found.whole.bad.years_needed) == (100.0, False, 9)


def test_further_targets_have_their_own_probability_and_what_is_left_after_the_first_quarter() -> None:
    """615.4 less a first quarter of 153.8 leaves 461.6, 153.87 a quarter; 400 less it leaves 246.2, 82.07 a quarter."""
    extra = {"plan.target": 400, "plan.targets": {"doubling": 615.4}}
    report = against_plan(years(extra, {"sales": [sale(0, 153.8), sale(5, 300)]}, {"sales": [sale(2, 153.8)]}), "pair")
    assert report is not None
    assert report.remaining["plan"] == pytest.approx((246.2, 246.2 / 3))
    assert report.remaining["doubling"] == pytest.approx((461.6, 461.6 / 3))
    assert (report.whole.met.share, report.targets[0].met.share) == (0.5, 0.0)


def test_a_run_of_half_a_year_is_held_against_half_of_the_plan() -> None:
    report = against_plan(years({"plan.target": 1200, "experiment.months": 6}, {"sales": [sale(0, 600.0)]}), "pair")
    assert report is not None and report.whole.target == pytest.approx(600) and report.whole.met.share == 1.0


def test_of_a_year_in_progress_the_rest_of_the_target_is_left_for_the_other_months() -> None:
    """400 a year, half of 300 in the first quarter: 250 for nine months. A run of three of them has a third of it."""
    extra = {"plan.target": 400, "plan.past": {"months": 3, "share": 0.5, "of": 300}, "experiment.start": "2026-04-01"}
    report = against_plan(years(extra | {"experiment.months": 9}, {"sales": [sale(0, 260)]}, {}), "pair")
    assert report is not None
    assert (report.whole.target, report.past, report.whole.met.share) == pytest.approx((250, 150, 0.5))
    part = against_plan(years(extra | {"experiment.months": 3}, {}), "pair")
    assert part is not None and part.whole.target == pytest.approx(250 / 3)
    over = against_plan(years(extra | {"experiment.months": 12}, {}), "pair")
    assert over is not None and over.whole.target == pytest.approx(250 + 100)  # the next year has its own plan


def test_without_a_plan_there_is_nothing_to_meet() -> None:
    assert against_plan(years({}, {}), "pair") is None


# --- break-even ------------------------------------------------------------------------------------------------------


def test_break_even_is_fixed_costs_over_the_margin_ratio() -> None:
    """250 a month of pay are 3 000; 40 % of revenue stay, of which 10 % of revenue go as commission: 30 %; 10 000."""
    extra = {"structures.pair.roles.seller.pay.commission.share": "10 %"}
    found = break_even(years(extra, {"sales": [sale(m, 1000.0) for m in range(12)]}), "pair")
    assert (found.fixed, found.margin_ratio, found.revenue) == pytest.approx((3000, 0.3, 10_000))
    assert found.units == pytest.approx(10)
    assert found.month == pytest.approx(10)
    assert found.safety == pytest.approx(0.2)


@pytest.mark.parametrize("unit", [1.0, 1e-4])
def test_break_even_is_reached_within_a_month_whatever_the_unit_of_money(unit: float) -> None:
    """10 000 as above, of 1 600 a month: after 6.25 months."""
    roles = "structures.pair.roles"
    pay = {f"{roles}.seller.pay": {"base": 100 * unit, "commission": {"share": 0.1}}}
    pay[f"{roles}.clerk.pay"] = {"base": 50 * unit}
    found = break_even(years(pay, {"sales": [sale(m, 1600.0 * unit) for m in range(12)]}), "pair")
    assert found.month == pytest.approx(6.25)


def test_at_the_break_even_revenue_the_simulated_profit_is_nothing() -> None:
    extra = {"structures.pair.roles.seller.pay.commission.share": "10 %", "budget.contributions": "30 %"}
    asked = break_even(years(extra, {"sales": [sale(0, 1000.0)]}), "pair").revenue
    at = years(extra, {"sales": [sale(0, asked)]})
    assert at.summaries["pair"]["profit"].mean == pytest.approx(0.0, abs=1e-9)


def test_capital_is_paid_back_when_cash_has_covered_it_for_good() -> None:
    """600 of capital on the first day; 1 000 less 600 for goods less 250 of pay bring 150 of cash a month: after the
    fourth month it is back. A year without sales never pays."""
    extra = {"budget.capital": {"lines": [{"name": "desks", "price": 600, "when": "once"}]}}
    good = {"sales": [sale(m, 1000.0, paid=STARTS[m] + DAY) for m in range(12)]}
    found = break_even(years(extra, good, good, {}), "pair")
    assert found.paid_back == 4.0
    assert found.paid_back_share.share == pytest.approx(2 / 3)
    assert found.paid_back_months.p95.value == np.inf


def test_what_goes_with_volume_is_variable() -> None:
    lines = [{"name": "carriage", "price": 5, "per": "deal"}, {"name": "rent", "price": 7}]
    result = years({"budget.direct": {"lines": lines}}, {"sales": [sale(m, 100.0) for m in range(12)]})
    _, variable, _, _ = by_year(result, "pair")
    assert variable.sum() == pytest.approx(12 * (60 + 5))
    assert break_even(result, "pair").fixed == pytest.approx(12 * (250 + 7))


# --- budget ----------------------------------------------------------------------------------------------------------

LINES = {
    "budget.direct": {
        "lines": [
            {"name": "pay of sellers", "price": 100, "quantity": 2, "payroll": True},
            {"name": "pay of the clerk", "price": 50, "payroll": True},
            {"name": "rent", "price": 10},
            {"name": "advertising", "price": 20, "covers": "channel_cost"},
        ]
    },
    "budget.contributions": "30 %",
    "market.channels.site.cost": {"per_lead": 30},
}


def leads(number: int) -> dict[str, Any]:
    return {"leads": [{"arrived": DAY + n} for n in range(number)]}


def test_each_line_is_held_against_what_was_spent_on_it() -> None:
    """Advertising: 240 are planned, 10 leads cost 300 and 5 cost 150: half of the years overspend, by month January."""
    report = against_budget(years(LINES, leads(10), leads(5)), "pair")
    rows = {row.name: row for row in report.rows}
    pay = rows["Base pay (pay of sellers, pay of the clerk)"]
    assert (pay.planned, pay.mean, pay.over.share) == (3000.0, 3000.0, 0.0)
    assert (rows["rent"].planned, rows["rent"].mean) == (120.0, 120.0)
    spent = rows["advertising"]
    assert (spent.planned, spent.mean, spent.over.share) == (240.0, 225.0, 0.5)
    assert [each.share for each in spent.over_by_month] == [1.0] + [0.0] * 11
    both = proportion_interval(2, 2)
    assert (spent.over_by_month[0].low, spent.over_by_month[0].high) == (both.low, 1.0)
    plain = next(row for row in report.to_dict()["lines"] if row["line"] == "advertising")
    half_of_two = proportion_interval(1, 2)
    assert (plain["probability_over_low"], plain["probability_over_high"]) == (half_of_two.low, half_of_two.high)
    assert plain["probability_over_low_by_month"][0] == both.low
    assert spent.sd == pytest.approx(np.std([300, 150], ddof=1))
    half = 12.706204736 * spent.sd / 2**0.5  # Student's t with one degree of freedom
    assert spent.low_by_month.tolist() == pytest.approx([225 - half] + [0.0] * 11)
    assert spent.high_by_month.tolist() == pytest.approx([225 + half] + [0.0] * 11)
    first = report.frame().query("line == 'advertising'").iloc[0]
    assert (first["over"], first["over_low"], first["over_high"]) == (1.0, both.low, 1.0)
    assert (first["low"], first["high"]) == pytest.approx((225 - half, 225 + half))


def test_what_no_line_plans_is_a_row_planned_at_nothing() -> None:
    report = against_budget(years(LINES, leads(10)), "pair")
    (row,) = [row for row in report.rows if row.table == NOT_PLANNED]
    assert (row.name, row.planned, row.mean) == ("Contributions", 0.0, pytest.approx(900.0))
    assert "contributions" in report.text
    assert report.total.planned == 3000 + 120 + 240
    assert report.total.mean == pytest.approx(3000 + 120 + 300 + 900)


def test_the_total_is_what_the_ledger_spent_with_capital_at_its_outlay() -> None:
    extra = LINES | {"budget.capital": {"lines": [{"name": "desks", "price": 360, "when": "once"}]}}
    result = years(extra, leads(3))
    found = result.summaries["pair"]
    spent = found["payroll"].mean + found["costs"].mean - found["account.depreciation"].mean + 360
    assert against_budget(result, "pair").total.mean == pytest.approx(spent)


def test_lines_with_dates_are_planned_in_their_months_only() -> None:
    line = {"name": "fair", "price": 31, "start": "2026-03-01", "until": "2026-04-16"}
    (planned,) = planned_lines(records.scenario({"budget.other": {"lines": [line]}}), "pair")
    assert planned.by_month.tolist() == pytest.approx([0, 0, 31, 15.5] + [0] * 8)
    once = {"name": "launch", "price": 40, "when": "once", "start": "2026-05-10"}
    (planned,) = planned_lines(records.scenario({"budget.other": {"lines": [once]}}), "pair")
    assert planned.by_month.tolist() == [0] * 4 + [40] + [0] * 7


def test_a_budget_without_lines_has_forgotten_nothing_and_one_with_lines_what_it_leaves_out() -> None:
    made = records.scenario({"budget.contributions": "30 %"})
    assert forgotten(made, "pair") == {}
    made = records.scenario(
        {k: v for k, v in LINES.items()} | {"people.turnover.per_year": 0.5, "people.recruiting.cost": 100}
    )
    missing = forgotten(made, "pair")
    assert missing == {"contributions": pytest.approx(900.0), "recruiting": pytest.approx(0.5 * 3 * 100)}
    flows = workload(made, "pair")
    assert expected_accounts(made, "pair")["channel_cost"] == pytest.approx(12 * 30 * flows.channels["site"].leads)


# --- control sheet ---------------------------------------------------------------------------------------------------


def test_the_control_sheet_has_quantity_quality_and_direction_of_each_function() -> None:
    """Ten attempts a month find one lead each month of the first half and two of the second: 18 of 120."""
    found = [{"arrived": STARTS[m] + DAY, "found": True, "channel": "calls"} for m in range(6)]
    found += [{"arrived": STARTS[m] + DAY + n, "found": True, "channel": "calls"} for m in range(6, 12) for n in (1, 2)]
    attempts = np.zeros((3, 12))
    attempts[1] = 10
    deals = [sale(m, 100.0) for m in range(3)]
    sheet = control_2q1d(years({}, {"leads": found, "attempts": attempts, "sales": deals}))
    whole = sheet[sheet["month"].isna()].set_index("function")
    assert whole.loc["prospecting", "quantity"] == 18
    assert whole.loc["prospecting", "quality"] == pytest.approx(18 / 120)
    assert whole.loc["prospecting", "direction"] == pytest.approx(12 / 6 - 1)
    assert whole.loc["prospecting", "per_person"] == pytest.approx(18 / 24)  # two sellers, twelve months
    assert whole.loc["conversion", "quantity"] == 3
    assert whole.loc["conversion", "quality"] == pytest.approx(3 / 18)
    months = sheet[(sheet["function"] == "prospecting") & sheet["month"].notna()]
    assert months["quantity"].tolist() == [1.0] * 6 + [2.0] * 6
    assert months["direction"].iloc[6] == pytest.approx(1.0)


def test_the_quality_of_base_development_is_customers_kept() -> None:
    """Two customers in January, one leaves in February: of 2 + 2 + 10 x 1 at the months' begins one was lost."""
    customers = [{"since": 0.0, "initial": True}, {"since": 0.0, "until": STARTS[1] + DAY, "initial": True}]
    sheet = control_2q1d(years({}, {"customers": customers}))
    whole = sheet[sheet["month"].isna()].set_index("function")
    assert whole.loc["base", "quality"] == pytest.approx(1 - 1 / 14)
