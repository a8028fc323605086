"""Customers' orders: ordered, billed, taken back, and waiting for their bill."""

from typing import Any

import numpy as np
import pytest

from simulation import load_text, replicate_one, simulate
from simulation.analysis.horizon import NOTED
from simulation.analysis.measures import measures, monthly
from simulation.finance.booking import book
from simulation.report.page.write import page
from simulation.report.tables import report
from tests import records

DAY = records.DAY
END = 365 * DAY
STAYS: dict[str, Any] = {"since": 0.0}


def measured(extra: dict[str, Any] | None = None, **columns: Any) -> dict[str, float]:
    made = records.scenario(extra)
    found = records.record(made, **columns)
    return measures(found, book(found, made), made)


def order(placed: float, worked: float = np.nan, billed: float = np.nan, **values: Any) -> dict[str, Any]:
    return {"placed": placed, "worked": worked, "billed": billed} | values


# --- the measures by hand ---------------------------------------------------------------------------------------------


def test_what_is_ordered_is_billed_taken_back_or_waits_at_the_end() -> None:
    customers = [STAYS, {"since": 0.0, "until": 100 * DAY}]
    orders = [
        order(DAY, 2 * DAY, 5 * DAY, worth=100.0),
        order(90 * DAY, worth=200.0, customer=1),  # its customer leaves ten days later
        order(END - 30 * DAY, worth=400.0),
        order(END - 20 * DAY, END - 8 * DAY, worth=300.0),
    ]
    values = measured(customers=customers, orders=orders)
    assert (values["orders_placed"], values["ordered_revenue"]) == (4, 1000)
    assert values["cancelled_revenue"] == 200
    assert values["billed_share"] == pytest.approx(0.1)
    assert (values["unbilled_end"], values["unbilled_revenue_end"]) == (2, 700)
    assert values["unbilled_revenue_end.serve"] == 400
    assert values["unbilled_revenue_end.paperwork"] == 300
    assert values["unbilled_days.serve"] == pytest.approx(30)
    assert values["unbilled_days.paperwork"] == pytest.approx(8)  # since it was served
    # 4 + 10 + 30 + 20 days of waiting, weighted by money for the revenue
    assert values["unbilled"] == pytest.approx(64 / 365)
    assert values["unbilled_revenue"] == pytest.approx((400 + 2000 + 12000 + 6000) / 365)
    assert values["billing_days"] == pytest.approx(4)


def test_orders_of_a_customer_who_has_left_wait_no_longer() -> None:
    values = measured(customers=[{"since": 0.0, "until": 3 * DAY}], orders=[order(DAY)])
    assert (values["unbilled_end"], values["unbilled_revenue_end"]) == (0, 0)
    assert np.isnan(values["unbilled_days.serve"])
    assert values["unbilled"] == pytest.approx(2 / 365)
    # a bill that came before the customer left stands
    kept = measured(customers=[{"since": 0.0, "until": 3 * DAY}], orders=[order(DAY, DAY, 2 * DAY)])
    assert (kept["cancelled_revenue"], kept["billed_share"]) == (0, 1)


def test_an_order_of_the_warm_up_that_still_waits_counts_as_waiting_but_not_as_ordered() -> None:
    values = measured(
        {"experiment.warm_up": 1}, customers=[STAYS], orders=[order(DAY), order(2 * DAY, 3 * DAY, 4 * DAY)]
    )
    assert (values["orders_placed"], values["ordered_revenue"]) == (0, 0)
    assert values["unbilled_end"] == 1
    assert values["unbilled"] == pytest.approx(1)
    assert np.isnan(values["billed_share"]) and np.isnan(values["billing_median_days"])


def test_the_median_from_order_to_bill_allows_for_those_that_wait_and_those_taken_back() -> None:
    """Kaplan-Meier by hand: four at risk, bills after 1 and 3 days, one is taken back after 2, one waits on."""
    customers = [STAYS, {"since": 0.0, "until": 12 * DAY}]
    orders = [
        order(10 * DAY, 10 * DAY, 11 * DAY),
        order(10 * DAY, customer=1),
        order(10 * DAY, 10 * DAY, 13 * DAY),
        order(END - 10 * DAY),
    ]
    assert measured(customers=customers, orders=orders)["billing_median_days"] == pytest.approx(3)


def test_by_month_stands_what_was_ordered_and_what_waits_at_its_end() -> None:
    made = records.scenario()
    orders = [
        order(DAY, 2 * DAY, 40 * DAY, worth=10.0),
        order(35 * DAY, worth=5.0, customer=1),  # taken back in the third month
        order(END - DAY, worth=2.0),
    ]
    found = records.record(made, customers=[STAYS, {"since": 0.0, "until": 70 * DAY}], orders=orders)
    months = monthly(found, book(found, made), made)
    assert months["ordered_revenue"].tolist() == [10, 5, *[0] * 9, 2]
    assert months["unbilled_revenue"].tolist() == [10, 5, *[0] * 9, 2]


# --- the run ----------------------------------------------------------------------------------------------------------

SHOP = """
version: 1
title: One who sells and one who writes
experiment: {start: 2026-01-01, months: 3, replications: 3, seed: 6}
calendar: {around_the_clock: true}
market:
  channels: {site: {kind: inbound, leads_per_month: 0}}
  products: {goods: {deal: 1000, gross_margin: 40 %, paperwork: 1 h}}
  initial: {customers: 30}
  customers:
    order_every: {exponential: 1 month}
    order_work: 1 h
    order_size: 1
    churn_per_year: 0
    late_churn_per_month: 0
structures:
  both:
    roles:
      server: {headcount: 1, activities: [serve, qualify, sell], pay: {base: 100}}
      writer: {headcount: 1, activities: [paperwork], pay: {base: 100}}
  nobody_writes: {roles: {server: {headcount: 1, activities: [serve, qualify, sell], pay: {base: 100}},
                          writer: {headcount: 0, activities: [paperwork]}}}
  nobody_serves: {roles: {server: {headcount: 0, activities: [serve, qualify, sell]},
                          writer: {headcount: 1, activities: [paperwork], pay: {base: 100}}}}
"""


@pytest.fixture(scope="module")
def shop() -> Any:
    return simulate(load_text(SHOP), jobs=1)


def test_the_record_tells_when_an_order_was_placed_worked_and_billed() -> None:
    scenario = load_text(SHOP)
    record, _ = replicate_one(scenario, "both", 0)
    orders = record.orders
    done = ~np.isnan(orders.billed)
    assert done.sum() == (record.sales.kind == 1).sum() > 60
    assert (orders.placed[done] + 1.0 <= orders.worked[done] + 1e-9).all()  # an hour of work at least
    assert (orders.worked[done] + 1.0 <= orders.billed[done] + 1e-9).all()
    assert np.sort(orders.billed[done]) == pytest.approx(np.sort(record.sales.time[record.sales.kind == 1]))
    assert orders.worth[done].sum() == pytest.approx(record.sales.revenue[record.sales.kind == 1].sum())


def test_every_structure_is_sent_the_same_orders(shop: Any) -> None:
    placed = [shop.values.of(name, "orders_placed") for name in shop.structures]
    assert (placed[0] == placed[1]).all() and (placed[0] == placed[2]).all()
    assert shop.mean("both", "billed_share") > 0.97
    assert shop.mean("nobody_writes", "billed_share") == shop.mean("nobody_serves", "billed_share") == 0


def test_the_caution_says_which_structure_which_work_and_how_long(shop: Any) -> None:
    assert {each.structures[0] for each in shop.cautions} == {"nobody_writes", "nobody_serves"}
    said = {each.structures[0]: each for each in shop.cautions}
    assert "wait for their papers" in said["nobody_writes"].text
    assert "wait to be served" in said["nobody_serves"].text
    days = said["nobody_serves"].figures["days"]
    assert 35 < days < 55  # the mean age of orders that came evenly over 90 days
    assert f"{days:.0f} days" in said["nobody_serves"].text
    assert all(each.first for each in shop.cautions)


def test_a_little_that_waits_at_the_end_is_no_caution(shop: Any) -> None:
    left = shop.mean("both", "unbilled_revenue_end")
    assert 0 <= left < NOTED * shop.mean("both", "revenue")


def test_the_caution_stands_above_everything_else_in_every_report(shop: Any) -> None:
    printed = str(report(shop, 200)[-1])
    assert printed.startswith("Caution: ") and "wait for their papers" in printed
    for language, words in (("en", "wait for their papers"), ("ru", "ждёт документов")):
        before, _, _ = page(shop, language).partition('id="appendix"')
        assert words in " ".join(before.split())
    codes = [each["code"] for each in shop.to_dict()["cautions"]]
    assert codes == ["unbilled", "unbilled"]


def test_money_of_a_deal_whose_papers_are_never_done_does_not_come() -> None:
    deals = {
        "market.channels.site.leads_per_month": 60,
        "market.initial.customers": 0,
        "market.stages": [{"name": "closing", "work": "1 h", "conversion": 1}],
        "market.customers.order_every": "never",
    }
    scenario = load_text(SHOP).replace(deals)
    written, ledger = replicate_one(scenario, "both", 0)
    assert ledger.receivables_end < 0.1 * written.sales.revenue.sum()
    unwritten, ledger = replicate_one(scenario, "nobody_writes", 0)
    assert len(unwritten.sales.time) > 20
    assert ledger.receivables_end == pytest.approx(unwritten.sales.revenue.sum())
