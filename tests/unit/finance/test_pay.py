"""Pay: base, commission, fees per lead, contributions."""

from typing import Any

import numpy as np
import pytest

from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from tests import records

DAY = records.DAY
PAY = "structures.pair.roles.seller.pay"


def booked(extra: dict[str, Any] | None = None, **columns: Any) -> Ledger:
    made = records.scenario(extra)
    return book(records.record(made, **columns), made)


def test_every_position_has_its_base_pay_each_month_support_roles_too() -> None:
    ledger = booked()
    assert ledger.total("base_pay") == -12 * (2 * 100.0 + 50.0)
    assert ledger.by_month[:, 0].sum() == -250.0


def test_contributions_are_paid_on_base_and_commission() -> None:
    extra = {"budget.contributions": "30 %", f"{PAY}.commission.share": "10 %"}
    ledger = booked(extra, sales=[{"time": DAY, "seat": 0, "revenue": 1000.0}])
    assert ledger.total("commission") == pytest.approx(-100.0)
    assert ledger.total("contributions") == pytest.approx(-0.3 * (12 * 250.0 + 100.0))


def test_a_distributors_orders_bring_nobody_commission_where_nobody_is_employed() -> None:
    empty = {f"structures.pair.roles.{role}.headcount": 0 for role in ("seller", "clerk")}
    dealer = [{"time": DAY, "kind": "distributor", "channel": "dealer", "revenue": 900.0}]
    ledger = booked(empty | {f"{PAY}.commission.share": "10 %"}, sales=dealer)
    assert (ledger.total("commission"), ledger.total("revenue", "discount")) == (0, 900)


def test_fees_per_lead_carry_no_contributions() -> None:
    qualified = np.zeros((2, 12))
    qualified[0, 3] = 8
    ledger = booked({"budget.contributions": "30 %", f"{PAY}": {"base": 0, "per_lead": 25}}, qualified_by=qualified)
    assert ledger.total("per_lead_pay") == -200.0
    assert ledger.total("contributions") == pytest.approx(-0.3 * 12 * 50.0)


@pytest.mark.parametrize(
    ("of", "on", "expected"),
    [
        ("revenue", "both", 0.1 * (1000 + 500)),
        ("revenue", "deals", 0.1 * 1000),
        ("revenue", "orders", 0.1 * 500),
        ("margin", "both", 0.1 * (400 + 100)),
    ],
)
def test_commission_is_a_share_of_what_the_rule_says(of: str, on: str, expected: float) -> None:
    sales = [
        {"time": DAY, "seat": 0, "revenue": 1000.0, "margin": 400.0},
        {"time": 2 * DAY, "seat": 1, "kind": "order", "revenue": 500.0, "margin": 100.0},
        {"time": 3 * DAY, "kind": "distributor", "channel": "dealer", "revenue": 9000.0},
    ]
    ledger = booked({f"{PAY}.commission": {"share": "10 %", "of": of, "on": on}}, sales=sales)
    assert ledger.total("commission") == pytest.approx(-expected)


def test_commission_goes_to_the_person_and_month_of_the_sale() -> None:
    sales = [
        {"time": 40 * DAY, "seat": 1, "revenue": 1000.0},
        {"time": 45 * DAY, "seat": 1, "revenue": 500.0},
    ]
    frame = booked({f"{PAY}.commission.share": "10 %"}, sales=sales).frame().query("account == 'commission'")
    assert frame[["date", "reference", "amount"]].astype(str).to_numpy().tolist() == [["2026-02-28", "1", "-150.0"]]


def test_without_a_plan_neither_threshold_nor_accelerator_acts() -> None:
    terms = {"share": "10 %", "threshold": 1.0, "accelerator": 3}
    ledger = booked({f"{PAY}.commission": terms}, sales=[{"time": DAY, "seat": 0, "revenue": 1000.0}])
    assert ledger.total("commission") == pytest.approx(-100.0)


def test_below_the_threshold_of_the_months_plan_nothing_is_paid() -> None:
    extra = {f"{PAY}.commission": {"share": "10 %", "threshold": 0.8}, "plan.target": 12_000}
    sales = [{"time": DAY, "seat": 0, "revenue": 700.0}, {"time": 40 * DAY, "seat": 0, "revenue": 900.0}]
    ledger = booked(extra, sales=sales)
    assert ledger.group_by_month("payroll")[:2] == pytest.approx([-250.0, -250.0 - 90.0])


def test_the_accelerator_multiplies_the_part_above_the_months_plan() -> None:
    extra = {f"{PAY}.commission": {"share": "10 %", "accelerator": 2}, "plan.target": 12_000}
    ledger = booked(extra, sales=[{"time": DAY, "seat": 0, "revenue": 1500.0}])
    assert ledger.total("commission") == pytest.approx(-(100.0 + 2 * 50.0))


def test_the_whole_departments_attainment_opens_the_threshold() -> None:
    extra = {f"{PAY}.commission": {"share": "10 %", "threshold": 1.0}, "plan.target": 12_000}
    sales = [{"time": DAY, "seat": 0, "revenue": 100.0}, {"time": DAY, "seat": 1, "revenue": 900.0}]
    assert booked(extra, sales=sales).total("commission") == pytest.approx(-100.0)


def test_a_plan_in_profit_is_held_against_profit_before_commission() -> None:
    # margin 400 less pay 250 is 150 before commission and would be 50 after it
    plan = {"measure": "profit", "target": 12 * 150.0}
    extra = {f"{PAY}.commission": {"share": "10 %", "threshold": 1.0}, "plan": plan}
    ledger = booked(extra, sales=[{"time": DAY, "seat": 0, "revenue": 1000.0, "margin": 400.0}])
    assert ledger.total("commission") == pytest.approx(-100.0)


def test_a_plan_in_deals_counts_first_deals_only() -> None:
    plan = {"measure": "deals", "target": 24}
    extra = {f"{PAY}.commission": {"share": "10 %", "threshold": 1.0}, "plan": plan}
    one = [{"time": DAY, "seat": 0, "revenue": 1000.0}, {"time": DAY, "seat": 0, "kind": "order"}]
    two = [*one, {"time": 2 * DAY, "seat": 0, "revenue": 1000.0}]
    assert booked(extra, sales=one).total("commission") == 0.0
    assert booked(extra, sales=two).total("commission") == pytest.approx(-300.0)


def test_sales_outside_the_counted_period_earn_no_commission() -> None:
    extra = {f"{PAY}.commission.share": "10 %", "experiment.warm_up": 1}
    assert booked(extra, sales=[{"time": DAY, "seat": 0}]).total("commission") == 0.0
