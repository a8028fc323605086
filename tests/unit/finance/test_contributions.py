"""The employer's contributions by law, one base for a person and calendar year; bonus and vacation pay."""

from typing import Any

import pytest

from simulation.expected import budgeted_pay
from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from simulation.scenario.money import CONTRIBUTION_LAWS, ContributionLaw
from simulation.written.errors import ScenarioError
from tests import records

DAY = records.DAY
SELLER, CLERK = "structures.pair.roles.seller.pay", "structures.pair.roles.clerk.pay"
RUSSIA = {"budget.contributions_of": "RU_2026"}
ALL = [{"place": 0}, {"place": 1}, {"place": 2}]
FEBRUARY, MARCH, APRIL, MAY = 31 * DAY, 59 * DAY, 90 * DAY, 120 * DAY


def booked(extra: dict[str, Any], **columns: Any) -> Ledger:
    made = records.scenario(extra)
    return book(records.record(made, **columns), made)


def by_month(ledger: Ledger, account: str, place: int | None = None) -> list[float]:
    rows = ledger.frame().query("account == @account")
    if place is not None:
        rows = rows[rows["reference"] == place]
    months = rows.groupby(rows["date"].dt.to_period("M"))["amount"].sum()
    return [round(-float(months.get(str(start)[:7], 0.0)), 6) for start in ledger.month_starts]


def test_the_law_of_russia_in_2026_changes_its_rate_at_the_base() -> None:
    """30.2 % of 2 979 000 is 899 658; 15.3 % of the 21 000 above is 3 213."""
    assert CONTRIBUTION_LAWS["RU_2026"].of_year(3_000_000) == pytest.approx(899_658 + 3_213)
    assert CONTRIBUTION_LAWS["RU_2025"].of_year(2_000_000) == pytest.approx(604_000)
    assert ContributionLaw(0.25).of_year(1e9) == 0.25e9


def test_somebody_well_paid_passes_the_base_in_the_course_of_the_year() -> None:
    """300 000 a month: nine months make 2 700 000; in October 279 000 are below the base and 21 000 above."""
    ledger = booked(RUSSIA | {f"{SELLER}.base": 0, f"{CLERK}.base": 300_000})
    assert by_month(ledger, "contributions") == pytest.approx(
        [90_600.0] * 9 + [0.302 * 279_000 + 0.153 * 21_000] + [45_900.0] * 2
    )


def test_the_base_begins_anew_with_the_calendar_year() -> None:
    ledger = booked(RUSSIA | {f"{SELLER}.base": 0, f"{CLERK}.base": 600_000, "experiment.months": 14})
    assert by_month(ledger, "contributions")[11:] == pytest.approx([0.153 * 600_000, 0.302 * 600_000, 0.302 * 600_000])


def test_each_person_has_a_base_of_his_own_also_at_the_same_place() -> None:
    """A year at 300 000 by one person passes the base; two people, half a year each, stay below it."""
    staff = [*ALL[:2], {"place": 2, "end": 181 * DAY, "reason": "quit"}, {"place": 2, "hire": 1, "begin": 181 * DAY}]
    extra = RUSSIA | {f"{SELLER}.base": 0, f"{CLERK}.base": 300_000}
    assert booked(extra, staff=staff).total("contributions") == pytest.approx(-0.302 * 3_600_000)
    assert booked(extra, staff=ALL).total("contributions") == pytest.approx(-0.302 * 2_979_000 - 0.153 * 621_000)


def test_commission_counts_towards_the_base_too() -> None:
    """In January 1 000 000 of base and 2 000 000 of commission: 21 000 lie above."""
    extra = RUSSIA | {f"{SELLER}": {"base": 1_000_000, "commission": {"share": "10 %"}}, f"{CLERK}.base": 0}
    ledger = booked(extra, sales=[{"time": DAY, "seat": 0, "revenue": 20_000_000.0}])
    assert by_month(ledger, "contributions", 0)[0] == pytest.approx(0.302 * 2_979_000 + 0.153 * 21_000)
    assert by_month(ledger, "contributions", 0)[1] == pytest.approx(153_000)
    assert by_month(ledger, "contributions", 1)[:2] == pytest.approx([302_000, 302_000])


def test_a_flat_rate_is_the_same_on_all_pay() -> None:
    ledger = booked({"budget.contributions": "25 %", f"{CLERK}.base": 900_000})
    assert ledger.total("contributions") == pytest.approx(0.25 * ledger.total("base_pay"))


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ({"budget.contributions_of": "RU_2026", "budget.contributions": "30 %"}, "gives the whole law"),
        ({"budget.contributions_base": 1000}, "belong together"),
        ({"budget.contributions_above": "10 %"}, "belong together"),
        ({"budget.contributions_of": "RU_2062"}, "RU_2026"),
    ],
)
def test_half_a_law_or_two_are_refused(extra: dict[str, Any], why: str) -> None:
    with pytest.raises(ScenarioError, match=why):
        records.scenario(extra)


def test_the_budgeted_payroll_knows_the_base() -> None:
    made = records.scenario(RUSSIA | {f"{CLERK}.base": 300_000})
    pay = budgeted_pay(made, "pair")["clerk"]
    assert (pay.base, pay.contributions) == pytest.approx((3_600_000, 0.302 * 2_979_000 + 0.153 * 621_000))


# --- bonus -----------------------------------------------------------------------------------------------------------

PLAN = {"plan.target": 12_000, f"{SELLER}.bonus": {"amount": 90, "every": "quarter"}}


def sold(*revenues: float) -> list[dict[str, Any]]:
    """A sale in each month."""
    days = (5, 40, 65, 95, 125, 155)
    return [{"time": day * DAY, "seat": 0, "revenue": amount} for day, amount in zip(days, revenues, strict=False)]


def test_a_bonus_is_paid_at_the_end_of_a_quarter_that_met_its_plan() -> None:
    """1 000 a month are planned: the first quarter has 3 100, the second 2 900."""
    ledger = booked(PLAN, sales=sold(3_000, 0, 100, 0, 2_900, 0))
    assert by_month(ledger, "bonus")[:6] == [0, 0, 180, 0, 0, 0]


def test_where_the_plan_rolls_what_one_quarter_brought_too_much_helps_the_next() -> None:
    ledger = booked(PLAN | {"plan.rolling": True}, sales=sold(3_000, 0, 100, 0, 2_900, 0))
    assert by_month(ledger, "bonus")[:6] == [0, 0, 180, 0, 0, 180]
    behind = booked(PLAN | {"plan.rolling": True}, sales=sold(2_000, 0, 0, 0, 3_500, 0))
    assert by_month(behind, "bonus")[:6] == [0] * 6


def test_a_rolling_plan_moves_the_threshold_of_commission_too() -> None:
    """The second month alone has 900 of 1 000, both together 2 100 of 2 000."""
    extra = {"plan.target": 12_000, f"{SELLER}.commission": {"share": "10 %", "threshold": 1.0}}
    sales = sold(1_200, 900)
    assert by_month(booked(extra, sales=sales), "commission")[:2] == [120, 0]
    assert by_month(booked(extra | {"plan.rolling": True}, sales=sales), "commission")[:2] == [120, 90]


def test_who_came_in_the_middle_gets_a_part_and_who_left_nothing() -> None:
    """The first quarter has 90 days; the newcomer of the first of March was there for 31 of them."""
    staff = [ALL[0], {"place": 1, "end": FEBRUARY, "reason": "quit"}, {"place": 1, "hire": 1, "begin": MARCH}, ALL[2]]
    ledger = booked(PLAN, staff=staff, sales=sold(3_000))
    assert by_month(ledger, "bonus", 1)[:3] == pytest.approx([0, 0, 90 * 31 / 90])
    assert by_month(ledger, "bonus", 0)[:3] == [0, 0, 90]


def test_without_a_plan_there_is_no_bonus() -> None:
    ledger = booked({f"{SELLER}.bonus": {"amount": 90, "every": "month"}}, sales=sold(3_000))
    assert ledger.total("bonus") == 0


def test_a_time_that_the_run_cuts_off_is_paid_in_part() -> None:
    """Four months: the second quarter has one of its three."""
    ledger = booked(PLAN | {"experiment.months": 4}, sales=sold(3_000, 0, 0, 1_000))
    assert by_month(ledger, "bonus") == pytest.approx([0, 0, 180, 60])


def test_vacation_days_bring_the_average_of_commission_and_bonus() -> None:
    """28 days of a year of 12 x 29.3 days."""
    extra = PLAN | {f"{SELLER}.commission.share": "10 %", f"{SELLER}.vacation": "average"}
    ledger = booked(extra, sales=sold(3_000))
    assert ledger.total("vacation_pay") == pytest.approx(
        (ledger.total("commission") + ledger.total("bonus")) * 28 / 351.6
    )
    assert booked(extra | {f"{SELLER}.vacation": "base"}, sales=sold(3_000)).total("vacation_pay") == 0


def test_the_budgeted_payroll_has_bonuses_of_a_plan_just_met() -> None:
    made = records.scenario(PLAN | {"budget.contributions": "30 %", f"{SELLER}.vacation": "average"})
    pay = budgeted_pay(made, "pair")["seller"]
    assert pay.bonus == 2 * 4 * 90
    assert pay.vacation_pay == pytest.approx(720 * 28 / 351.6)
    assert pay.contributions == pytest.approx(0.3 * pay.own)


# --- lines -----------------------------------------------------------------------------------------------------------


def line(**keys: Any) -> dict[str, Any]:
    return {"budget.direct": {"lines": [{"name": "x", "price": 10, **keys}]}}


def test_a_line_for_each_newcomer_is_spent_on_the_first_day() -> None:
    staff = [ALL[0], {"place": 1, "end": FEBRUARY, "reason": "quit"}, {"place": 1, "hire": 1, "begin": MARCH}, ALL[2]]
    ledger = booked(line(per="hire", quantity=3), staff=staff)
    assert by_month(ledger, "direct")[:4] == [0, 0, 30, 0]


def test_a_line_that_covers_an_account_is_not_booked_twice() -> None:
    site = {"market.channels.site.cost": {"fixed_per_month": 70}}
    ledger = booked(site | line(covers="channel_cost"))
    assert (ledger.total("direct"), ledger.total("channel_cost")) == (0, -840)


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"covers": "chanel_cost"}, "channel_cost"),
        ({"covers": "recruiting", "payroll": True}, "not both"),
        ({"start": "2026-05-01", "until": "2026-02-01"}, "ends before it starts"),
        ({"quantity": "many"}, "quantity"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(keys: dict[str, Any], why: str) -> None:
    with pytest.raises(ScenarioError, match=why):
        records.scenario(line(**keys))


def test_a_line_without_a_price_is_refused() -> None:
    with pytest.raises(ScenarioError, match="price"):
        records.scenario({"budget.direct": {"lines": [{"name": "x"}]}})
