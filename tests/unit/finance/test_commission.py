"""Commission as firms pay it: tiers, quota, cap, draw, clawback, repeat customers; every figure worked by hand."""

from typing import Any

import numpy as np
import pytest

from simulation.expected import budgeted_pay, workload
from simulation.finance.booking import book
from simulation.finance.ledger import INDEX, Ledger
from simulation.written.errors import ScenarioError
from tests import records

DAY = records.DAY
MONTHS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) * DAY
RULE = "structures.pair.roles.seller.pay.commission"
PLAN = {"measure": "revenue", "target": 12_000.0}
QUARTERS = {"every": "quarter", "attainment_of": "person", "quota": 1000}


def booked(rule: dict[str, Any], sales: list[tuple[float, float]], **columns: Any) -> Ledger:
    """The ledger of first deals by seat 0, (month with a fraction from 0, revenue), under a rule of 10 %."""
    extra = {RULE: {"share": "10 %", **rule}, "plan": PLAN}
    made = records.scenario(extra)
    rows = [{"time": when(month), "seat": 0, "revenue": money} for month, money in sales]
    return book(records.record(made, sales=[*rows, *columns.pop("more", ())], **columns), made)


def when(month: float) -> float:
    """Hours at which so much of the year has passed, months counted from 0."""
    return float(np.interp(month, np.arange(13), MONTHS))


def paid(rule: dict[str, Any], sales: list[tuple[float, float]], **columns: Any) -> list[float]:
    """Commission by month, money."""
    ledger = booked(rule, sales, **columns)
    return np.round(-ledger.by_month[INDEX["commission"]], 6).tolist()


TIERS = [{"above": 0.5, "factor": 0.8}, {"above": 1, "factor": 1.5}, {"above": 2, "factor": 2}]


@pytest.mark.parametrize(
    ("how", "attainment", "expected"),
    [
        ("marginal", 0.4, 0.4),
        ("marginal", 0.8, 0.5 + 0.3 * 0.8),
        ("marginal", 1.5, 0.5 + 0.5 * 0.8 + 0.5 * 1.5),
        ("marginal", 3.0, 0.5 + 0.5 * 0.8 + 1.5 + 2.0),
        ("cliff", 0.4, 0.4),
        ("cliff", 0.8, 0.8 * 0.8),
        ("cliff", 1.5, 1.5 * 1.5),
        ("cliff", 3.0, 3.0 * 2),
    ],
)
def test_tiers_count_for_what_lies_above_them_or_for_all(how: str, attainment: float, expected: float) -> None:
    rule = {"tiers": TIERS, "tiers_are": how, "attainment_of": "person", "quota": 1000}
    months = paid(rule, [(0.5, 1000 * attainment)])
    assert months[0] == pytest.approx(0.1 * 1000 * expected)
    assert sum(months[1:]) == 0


def test_an_accelerator_is_one_marginal_tier_from_the_plan_on() -> None:
    sales = [(0.5, 1800.0), (1.5, 700.0)]
    tier = {"tiers": [{"above": 1, "factor": 1.5}]}
    assert paid({"accelerator": 1.5}, sales) == pytest.approx(paid(tier, sales))
    # the department's plan is 1000 a month
    assert paid(tier, sales)[:2] == pytest.approx([100 + 1.5 * 80, 70])


def test_a_quarter_is_judged_and_paid_at_its_end() -> None:
    rule = {**QUARTERS, "threshold": 0.5, "tiers": [{"above": 1, "factor": 2}]}
    months = paid(rule, [(0.5, 1500.0), (2.5, 2000.0), (3.5, 1400.0), (6.1, 3000.0)])
    assert months[2] == pytest.approx(0.1 * (3000 + 2 * 500))
    assert months[5] == 0  # 1400 of 3000 lie below the threshold
    assert months[8] == pytest.approx(300)
    assert sum(months) == pytest.approx(months[2] + months[8])


def test_who_leaves_within_the_quarter_is_paid_on_leaving() -> None:
    staff = [
        {"place": 0, "hire": 0, "hired": -9000.0, "begin": -9000.0, "end": when(1.5)},
        {"place": 1, "hire": 0, "hired": -9000.0, "begin": -9000.0},
    ]
    months = paid({"every": "quarter"}, [(0.5, 500.0), (1.2, 300.0)], staff=staff)
    assert months[1] == pytest.approx(80)
    assert sum(months) == pytest.approx(80)


def test_the_quota_of_a_newcomer_ramps_and_is_that_of_the_time_that_he_is_there() -> None:
    staff = [
        {"place": 0, "hire": 1, "hired": MONTHS[2], "begin": MONTHS[2]},
        {"place": 1, "hire": 0, "hired": -9000.0, "begin": -9000.0},
    ]
    rule = {
        "attainment_of": "person",
        "quota": 1000,
        "quota_ramp": [0.25, 0.5],
        "tiers": [{"above": 1, "factor": 3}],
        "tiers_are": "cliff",
    }
    months = paid(rule, [(2.5, 250.0), (3.5, 499.0), (4.5, 999.0), (5.5, 1000.0)], staff=staff)
    assert months[2:6] == pytest.approx([75, 49.9, 99.9, 300])


def test_a_cap_is_the_most_that_a_person_gets_a_month_and_three_times_as_much_a_quarter() -> None:
    assert paid({"cap": 60}, [(0.5, 500.0), (1.5, 2000.0)])[:2] == pytest.approx([50, 60])
    assert paid({"cap": 60, "every": "quarter"}, [(0.5, 500.0), (1.5, 2000.0)])[2] == pytest.approx(180)


def test_a_draw_is_paid_back_from_later_commission_or_is_a_guarantee() -> None:
    sales = [(0.5, 100.0), (1.5, 2000.0), (2.5, 700.0)]
    # both sellers draw; the second one sells nothing
    recovered = paid({"draw": 50}, sales)
    assert recovered[:4] == pytest.approx([50 + 50, (200 - 40) + 50, 70 + 50, 50 + 50])
    guaranteed = paid({"draw": 50, "draw_recovered": False}, sales)
    assert guaranteed[:4] == pytest.approx([50 + 50, 200 + 50, 70 + 50, 50 + 50])


def test_a_guarantee_is_paid_back_within_its_time_and_stays_under_the_cap() -> None:
    """The first seller earns 10 + 170 = 180, capped at 3 * 50, then 20 + 0 + 0; 40 a month are guaranteed to both."""
    sales = [(0.5, 100.0), (1.5, 1700.0), (3.5, 200.0), (6.5, 2000.0)]
    quarters = paid({"draw": 40, "draw_recovered": False, "every": "quarter", "cap": 50}, sales)
    own = np.array(quarters[:9]) - 40
    assert own == pytest.approx([40, 40, 150 - 80, 40, 40, 40, 40, 40, 150 - 80])
    recovered = paid({"draw": 40, "every": "quarter", "cap": 50}, sales)
    assert np.array(recovered[:9]) - 40 == pytest.approx([40, 40, 70, 40, 40, 40, 40, 40, 40])  # 100 are still owed


@pytest.mark.parametrize(("stays", "expected"), [(2.0, [100, 0, 30, 0]), (4.5, [100, 50, 80, 0])])
def test_commission_on_a_customer_who_leaves_soon_is_taken_back(stays: float, expected: list[float]) -> None:
    customers = [{"since": when(0.5), "until": when(0.5) + stays * 365.25 * 24 / 12 * 0.5, "reason": "churn"}]
    more = [{"time": when(0.5), "seat": 0, "revenue": 1000.0, "customer": 0}]
    # the customer of the first month is lost after one month or after more than two
    months = paid({"clawback_months": 2}, [(1.2, 500.0), (2.2, 800.0)], customers=customers, more=more)
    assert months[:4] == pytest.approx(expected)


def test_a_leaver_gives_nothing_back() -> None:
    customers = [{"since": when(0.5), "until": when(1.5), "reason": "churn"}]
    more = [{"time": when(0.5), "seat": 0, "revenue": 1000.0, "customer": 0}]
    staff = [
        {"place": 0, "hire": 0, "hired": -9000.0, "begin": -9000.0, "end": when(1.2)},
        {"place": 1, "hire": 0, "hired": -9000.0, "begin": -9000.0},
    ]
    months = paid({"clawback_months": 3}, [], customers=customers, more=more, staff=staff)
    assert sum(months) == pytest.approx(100)


def test_orders_bring_commission_for_so_many_months_of_a_customer() -> None:
    customers = [{"since": when(0.1)}, {"since": 0.0, "initial": True}]
    orders = [
        {"time": when(month), "kind": "order", "seat": 0, "revenue": 1000.0, "customer": customer}
        for month, customer in ((1.5, 0), (2.5, 0), (4.5, 0), (1.5, 1))
    ]
    assert paid({"repeat_months": 3}, [], customers=customers, more=orders)[:5] == pytest.approx([0, 100, 100, 0, 0])
    assert paid({}, [], customers=customers, more=orders)[:5] == pytest.approx([0, 200, 100, 0, 100])


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"attainment_of": "person"}, "needs a `quota`"),
        ({"quota": 100}, "attainment_of: person"),
        ({"tiers": TIERS, "accelerator": 1.2}, "write only one of them"),
        ({"tiers": TIERS[::-1]}, "rising order"),
        ({"every": "week"}, "every"),
        ({"cap": 40, "draw": 50}, r"commission\.cap: .*the draw of 50 .*>= 50"),
        ({"clawback_months": -1}, "clawback_months"),
    ],
)
def test_what_makes_no_sense_is_refused(rule: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        records.scenario({RULE: {"share": "10 %", **rule}})


def test_without_a_plan_no_attainment_of_the_department_counts() -> None:
    rule = {"share": "10 %", "threshold": 2, "tiers": [{"above": 0.5, "factor": 3}], "tiers_are": "cliff", "cap": 1000}
    made = records.scenario({RULE: rule})
    ledger = book(records.record(made, sales=[{"time": when(0.5), "seat": 0, "revenue": 1000.0}]), made)
    assert ledger.total("commission") == pytest.approx(-100)


def test_neutral_rules_of_the_long_form_pay_as_the_short_one() -> None:
    sales = [(0.5, 1800.0), (1.5, 700.0), (7.7, 2100.0)]
    long = {"cap": 1e12, "threshold": 0.8, "accelerator": 1.3}
    assert paid(long, sales) == pytest.approx(paid({"threshold": 0.8, "accelerator": 1.3}, sales))
    assert booked(long, sales).total("contributions") == pytest.approx(
        booked({"threshold": 0.8, "accelerator": 1.3}, sales).total("contributions")
    )


def test_the_closed_form_holds_the_cap_and_the_draw_on_plan() -> None:
    def on_plan(**rule: Any) -> float:
        made = records.scenario({RULE: {"share": "10 %", **rule}, "plan": PLAN})
        return budgeted_pay(made, "pair")["seller"].commission

    plain = on_plan()
    assert on_plan(tiers=[{"above": 0.5, "factor": 3}]) == pytest.approx(2 * plain)
    assert on_plan(tiers=[{"above": 0.5, "factor": 3}], tiers_are="cliff") == pytest.approx(3 * plain)
    assert on_plan(cap=plain / 48) == pytest.approx(plain / 2)  # two sellers, twelve months
    assert on_plan(draw=plain / 12) == pytest.approx(2 * plain)


def on_target(rule: dict[str, Any], **extra: Any) -> float:
    """Commission of two sellers a year on a plan of 12 000 in revenue; 500 a month of each if all is paid for."""
    given = {RULE: {"share": "10 %", **rule}, "plan": PLAN, "market.channels.dealer.orders_per_month": 0, **extra}
    return budgeted_pay(records.scenario(given), "pair")["seller"].commission


ONE_QUOTA = {"attainment_of": "person", "tiers": [{"above": 0.5, "factor": 0.5}, {"above": 1, "factor": 2}]}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"quota": 500}, 0.1 * 12_000 * (0.5 + 0.5 * 0.5)),
        ({"quota": 250}, 0.1 * 12_000 * (0.25 + 0.25 * 0.5 + 0.5 * 2)),  # half as much again as the plan
        ({"quota": 800, "tiers_are": "cliff"}, 0.1 * 12_000 * 0.5),  # five eighths of the quota
        ({"quota": 500, "tiers_are": "cliff"}, 0.1 * 12_000 * 2),
        ({"quota": 500, "tiers_are": "cliff", "every": "quarter"}, 0.1 * 12_000 * 2),
        ({"quota": 1e5, "threshold": 0.5}, 0),
        ({"quota": 1e5, "threshold": 0.5, "draw": 7}, 7 * 24),
        ({"quota": 1e5, "threshold": 0.5, "draw": 7, "draw_recovered": False}, 7 * 24),
        ({"quota": 500, "tiers_are": "cliff", "cap": 60}, 60 * 24),
    ],
)
def test_on_target_each_persons_part_of_the_plan_is_held_against_his_quota(
    rule: dict[str, Any], expected: float
) -> None:
    assert on_target(ONE_QUOTA | rule) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"draw": 20}, 0.1 * 12_000),
        ({"draw": 60}, 60 * 24),
        # 50 a month are earned: two months of the guarantee, then what is left of the quarter's 150
        ({"draw": 20, "draw_recovered": False, "every": "quarter"}, 8 * (20 + 20 + 110)),
        ({"draw": 20, "draw_recovered": False, "every": "month"}, 24 * 50),
        ({"draw": 20, "every": "quarter"}, 24 * 50),
    ],
)
def test_on_target_the_draw_is_that_of_each_month_and_the_commission_that_of_the_time(
    rule: dict[str, Any], expected: float
) -> None:
    assert on_target(rule) == pytest.approx(expected)
    year = [(month + 0.5, 500.0) for month in range(12)]
    assert sum(paid(rule, year)) - 12 * rule["draw"] == pytest.approx(expected / 2)  # the other one sells nothing


@pytest.mark.parametrize("months", [0, 3, 12, 60])
def test_on_target_orders_count_for_so_many_months(months: int) -> None:
    """Customers order 500 once a month and never leave; each month brings as many more, six are there at first.

    Orders of those won in the last m months grow as min(t, m): over the year 12 m - m^2 / 2 of 72 that all bring.
    """
    spec: dict[str, Any] = {"order_every": {"exponential": "1 month"}, "order_size": 0.5, "churn_per_year": 0}
    spec |= {"growth_per_year": 0, "upsell": {"every": "never"}}
    given = {"market.customers": spec, "market.initial.customers": 6}
    made = records.scenario(given | {RULE: {"share": "10 %", "repeat_months": months}})
    amounts = workload(made, "pair").paid_on["seller"]["revenue"]
    held = min(months, 12)
    assert amounts["young"] == pytest.approx((amounts["orders"] - 6 * 500) * (12 * held - held**2 / 2) / 72, rel=2e-3)
    paid = budgeted_pay(made, "pair")["seller"].commission
    assert paid == pytest.approx(12 * 0.1 * (amounts["deals"] + amounts["young"]))


@pytest.mark.parametrize(
    ("rule", "commission"),
    [
        # x is sold by each of two: 12 * (2 * 0.4 x - 2 * 60 - 250) = 1200 gives 587.5, and 10 % of it is less than 60
        ({"draw": 60}, 24 * 60),
        ({"draw": 60, "attainment_of": "person", "quota": 587.5, "threshold": 1.001}, 24 * 60),
        # 12 * ((0.4 - 0.1) * 2 x - 250) = 1200
        ({"attainment_of": "person", "quota": 200, "threshold": 0.999}, 12 * 0.1 * 350 / 0.3),
        # 12 * (2 * 0.4 x - 2 * 20 - 250) = 1200 gives 487.5
        ({"cap": 20}, 24 * 20),
    ],
)
def test_a_plan_in_profit_is_just_made_where_commission_is_out_of_proportion(
    rule: dict[str, Any], commission: float
) -> None:
    plan = {"plan": {"measure": "profit", "target": 1200}, "market.products.audit.gross_margin": "40 %"}
    assert on_target(rule, **plan) == pytest.approx(commission)
