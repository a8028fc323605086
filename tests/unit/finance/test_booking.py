"""Booking: what happened in a run, as entries of its ledger."""

from typing import Any

import numpy as np
import pytest

from simulation.finance.booking import book, customer_months
from simulation.finance.ledger import Ledger
from tests import records

DAY = records.DAY
NO_PAY = {"structures.pair.roles.seller.pay.base": 0, "structures.pair.roles.clerk.pay.base": 0}


def booked(extra: dict[str, Any] | None = None, **columns: Any) -> Ledger:
    made = records.scenario(NO_PAY | (extra or {}))
    return book(records.record(made, **columns), made)


def test_a_sale_brings_its_revenue_and_costs_its_goods() -> None:
    ledger = booked(sales=[{"time": 40 * DAY, "revenue": 1000.0, "margin": 400.0}])
    assert ledger.total("revenue") == 1000.0
    assert ledger.total("cost_of_goods") == -600.0
    assert ledger.profit == 400.0
    assert np.flatnonzero(ledger.group_by_month("revenue")).tolist() == [1]


def test_a_distributors_order_is_booked_at_full_price_with_the_discount_beside_it() -> None:
    sale = {"time": DAY, "kind": "distributor", "channel": "dealer", "revenue": 800.0, "margin": 200.0}
    ledger = booked(sales=[sale])
    assert ledger.total("revenue") == pytest.approx(1000.0)
    assert ledger.total("discount") == pytest.approx(-200.0)
    assert ledger.profit == pytest.approx(200.0)
    assert ledger.cash_end == pytest.approx(200.0)


def test_a_discount_of_everything_leaves_nothing_and_breaks_nothing() -> None:
    sale = {"time": DAY, "kind": "distributor", "channel": "dealer", "revenue": 0.0, "margin": -600.0}
    ledger = booked({"market.channels.dealer.discount": "100 %"}, sales=[sale])
    assert ledger.profit == pytest.approx(-600.0)


def test_shares_of_revenue_and_margin_go_to_the_channel() -> None:
    shares = {"market.channels.site.share_of_revenue": "5 %", "market.channels.site.share_of_margin": "25 %"}
    ledger = booked(shares, sales=[{"time": DAY, "revenue": 1000.0, "margin": 400.0}])
    assert ledger.total("channel_share") == pytest.approx(-50.0 - 100.0)
    assert set(ledger.frame().query("account == 'channel_share'")["centre"]) == {"channel/site"}


def test_a_sale_at_a_loss_leaves_no_margin_to_share() -> None:
    sale = {"time": DAY, "revenue": 1000.0, "margin": -100.0}
    ledger = booked({"market.channels.site.share_of_margin": "25 %"}, sales=[sale])
    assert ledger.total("channel_share") == 0.0


def test_a_late_payment_moves_cash_and_not_profit() -> None:
    on_time = booked(sales=[{"time": DAY}])
    late = booked(sales=[{"time": DAY, "paid": 70 * DAY}])
    never = booked(sales=[{"time": DAY, "paid": np.inf}])
    assert on_time.profit == late.profit == never.profit
    assert late.cash_by_month.sum(axis=0)[:3].tolist() == [-600.0, 0.0, 1000.0]
    assert (never.cash_end, never.receivables_end) == (-600.0, 1000.0)


def test_a_sale_of_the_warm_up_is_no_revenue_but_its_payment_is_cash() -> None:
    ledger = booked({"experiment.warm_up": 2}, sales=[{"time": DAY, "paid": 80 * DAY}])
    assert ledger.profit == 0.0
    assert ledger.cash_end == 1000.0


def test_channels_cost_their_fixed_part_each_lead_and_each_attempt() -> None:
    costs = {
        "market.channels.site.cost": {"fixed_per_month": 10, "per_lead": 3},
        "market.channels.calls.cost": {"per_attempt": 0.5},
    }
    attempts = np.zeros((3, 12))
    attempts[1, 4] = 100
    leads = [
        {"arrived": 5 * DAY},
        {"arrived": 50 * DAY},
        {"initial": True},
        {"arrived": 1.0, "channel": "calls"},
    ]
    ledger = booked(costs, leads=leads, attempts=attempts)
    assert ledger.total("channel_cost") == pytest.approx(-(12 * 10 + 2 * 3 + 100 * 0.5))
    assert ledger.group_by_month("costs")[:2].tolist() == [-13.0, -13.0]


def test_a_channel_that_is_switched_off_costs_nothing() -> None:
    off = {"market.channels.site.cost.fixed_per_month": 10, "market.channels.site.active": False}
    assert booked(off).profit == 0.0


def test_a_distributor_that_left_costs_until_the_day_it_left() -> None:
    exits = np.array([np.nan, np.nan, (31 + 14) * DAY])
    ledger = booked({"market.channels.dealer.cost.fixed_per_month": 28}, distributor_exits=exits)
    assert ledger.group_by_month("costs")[:3].tolist() == [-28.0, -14.0, 0.0]


def test_material_costs_once_and_every_month() -> None:
    ledger = booked({"market.material": {"cost": 500, "cost_per_month": 10}})
    assert ledger.total("material") == -500.0 - 12 * 10.0
    assert ledger.group_by_month("costs")[0] == -510.0


def test_a_loyalty_programme_costs_by_the_time_that_customers_are_there() -> None:
    programme = {"cost_per_customer_per_month": 31, "cost_per_month": 7}
    customers = [{"since": 0.0}, {"since": 10 * DAY, "until": 20 * DAY}]
    ledger = booked({"structures.pair.loyalty": programme}, customers=customers)
    assert ledger.total("loyalty") == pytest.approx(-(12 * 31 + 10.0 + 12 * 7))


def test_customer_months_are_the_mean_number_of_customers() -> None:
    made = records.scenario()
    run = records.record(made, customers=[{"since": 0.0, "until": 31 * DAY}, {"since": (31 + 7) * DAY}])
    assert customer_months(run)[:3] == pytest.approx([1.0, 0.75, 1.0])


def test_every_entry_lies_in_the_counted_period_and_adds_up_to_profit() -> None:
    sales = [{"time": float(t) * DAY, "revenue": 100.0 + t, "margin": 30.0} for t in range(0, 365, 3)]
    made = records.scenario()
    ledger = book(records.record(made, sales=sales), made)
    assert ledger.profit == pytest.approx(ledger.by_month.sum())
    assert ((ledger.time >= 0) & (ledger.time < 365 * DAY)).all()
