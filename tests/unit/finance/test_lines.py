"""The lines of the budget in the ledger."""

from typing import Any

import pytest

from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from tests import records

DAY = records.DAY
NO_PAY = {"structures.pair.roles.seller.pay.base": 0, "structures.pair.roles.clerk.pay.base": 0}


def booked(table: str, line: dict[str, Any], extra: dict[str, Any] | None = None, **columns: Any) -> Ledger:
    made = records.scenario(NO_PAY | {f"budget.{table}.lines": [{"name": "rent"} | line]} | (extra or {}))
    return book(records.record(made, **columns), made)


@pytest.mark.parametrize("table", ["direct", "indirect", "other"])
def test_a_monthly_line_costs_price_times_quantity_each_month(table: str) -> None:
    ledger = booked(table, {"price": 10, "quantity": 3})
    assert ledger.total(table) == -360.0
    assert ledger.cash_end == -360.0


def test_a_line_that_runs_for_part_of_a_month_counts_pro_rata_by_days() -> None:
    ledger = booked("direct", {"price": 280, "start": "2026-02-15", "until": "2026-04-16"})
    assert ledger.group_by_month("costs")[:5] == pytest.approx([0, -140, -280, -140, 0])


def test_a_line_paid_once_is_booked_at_its_date() -> None:
    ledger = booked("other", {"price": 500, "when": "once", "start": "2026-03-05"})
    assert ledger.frame()["date"].astype(str).tolist() == ["2026-03-05"]
    assert ledger.profit == -500.0


@pytest.mark.parametrize("start", ["2025-12-31", "2027-01-01"])
def test_a_line_paid_once_outside_the_year_is_not_booked(start: str) -> None:
    assert booked("other", {"price": 500, "when": "once", "start": start}).profit == 0.0


def test_a_line_per_seat_counts_every_position() -> None:
    assert booked("indirect", {"price": 10, "per": "seat"}).total("indirect") == -12 * 30.0


def test_people_of_another_firm_have_no_seat_of_ours() -> None:
    extra = {"structures.pair.roles.clerk.outsourced": True}
    assert booked("indirect", {"price": 10, "per": "seat"}, extra).total("indirect") == -12 * 20.0


def test_a_line_per_lead_or_deal_comes_with_them_between_its_dates() -> None:
    leads = [{"arrived": 1 * DAY}, {"arrived": 40 * DAY}, {"arrived": 0.0, "initial": True}]
    sales = [
        {"time": 40 * DAY, "revenue": 0.0, "margin": 0.0},
        {"time": 41 * DAY, "kind": "order", "revenue": 0.0, "margin": 0.0},
    ]
    per_lead = booked("direct", {"price": 2, "quantity": 5, "per": "lead"}, leads=leads)
    later = booked("direct", {"price": 2, "per": "lead", "start": "2026-02-01"}, leads=leads)
    per_deal = booked("direct", {"price": 7, "per": "deal"}, sales=sales)
    assert per_lead.profit == -20.0
    assert later.profit == -2.0
    assert per_deal.profit == -7.0


@pytest.mark.parametrize("table", ["capital", "direct"])
def test_a_line_that_is_pay_of_the_roles_is_not_booked_twice(table: str) -> None:
    assert len(booked(table, {"price": 10, "payroll": True})) == 0


def test_capital_is_paid_at_once_and_written_off_in_a_straight_line() -> None:
    ledger = booked("capital", {"price": 3600, "when": "once"})
    assert ledger.group_by_month("costs") == pytest.approx([-100.0] * 12)
    assert ledger.cash_by_month.sum(axis=0)[:2].tolist() == [-3600.0, 0.0]


def test_capital_is_written_off_to_the_end_and_no_further() -> None:
    ledger = booked("capital", {"price": 600, "when": "once"}, {"budget.depreciation_months": 6})
    assert ledger.group_by_month("costs") == pytest.approx([-100.0] * 6 + [0.0] * 6)


def test_capital_bought_in_the_middle_of_a_month_is_written_off_from_that_day() -> None:
    line = {"price": 3600, "when": "once", "start": "2026-02-15"}
    assert booked("capital", line).group_by_month("costs")[:3] == pytest.approx([0.0, -50.0, -100.0])


def test_capital_bought_before_the_year_is_still_written_off_but_no_longer_paid() -> None:
    line = {"price": 1200, "when": "once", "start": "2025-07-01"}
    ledger = booked("capital", line, {"budget.depreciation_months": 12})
    assert ledger.cash_end == 0.0
    # July to December 2025 are 184 days, 6.045 mean months; the rest of a year's writing off falls into 2026
    assert ledger.total("depreciation") == pytest.approx(-1200 * (12 - 184 * 24 / 730.5) / 12)


def test_capital_per_seat_is_bought_for_every_position() -> None:
    ledger = booked("capital", {"price": 360, "per": "seat", "when": "once"})
    assert ledger.cash_end == -1080.0
    assert ledger.total("depreciation") == pytest.approx(-3 * 120.0)


def test_the_article_table_with_its_own_sum_is_what_is_paid() -> None:
    """The article prints 298 950 under rows that add to 298 500; the ledger pays the rows."""
    rows = {"desks": 43_000, "chairs": 29_000, "laptops": 135_000, "software": 42_000, "phones": 49_500}
    lines = [{"name": name, "price": price, "when": "once"} for name, price in rows.items()]
    made = records.scenario(NO_PAY | {"budget.capital": {"lines": lines, "printed_total": 298_950}})
    assert book(records.record(made), made).cash_end == -298_500.0
