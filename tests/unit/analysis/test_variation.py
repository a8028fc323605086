"""Variation and growth of revenue, and what a channel's buyers cost and bring, worked by hand."""

import math
from typing import Any

import numpy as np
import pytest

from simulation.analysis.measures import measures
from simulation.analysis.orders import growth, variation
from simulation.analysis.valuation import channel_economics
from simulation.finance.booking import book
from simulation.scenario.people import ACTIVITIES
from tests import records

DAY = records.DAY
STARTS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30]) * DAY


def sale(month: int, revenue: float, **more: Any) -> dict[str, Any]:
    return {"time": STARTS[month] + DAY, "revenue": revenue, "margin": 0.4 * revenue, "seat": 0, **more}


def run(sales: list[dict[str, Any]], extra: dict[str, Any] | None = None, **columns: Any) -> tuple[Any, Any]:
    made = records.scenario(extra)
    return records.record(made, sales=sales, **columns), made


def test_equal_months_do_not_vary_and_chance_would_give_one_over_the_root_of_the_sales() -> None:
    """Four sales of 100 in each month: 1/sqrt(4) = 0.5."""
    found = variation(run([sale(month, 100.0) for month in range(12) for _ in range(4)])[0])
    assert found["revenue_cv"] == 0.0
    assert found["revenue_cv_equal"] == found["revenue_cv_chance"] == pytest.approx(0.5)


def test_sizes_that_vary_make_chance_larger() -> None:
    """Sales of 100 and 300, one of each a month: mean 200, standard deviation 100, c = 0.5; sqrt((1 + 0.25)/2)."""
    found = variation(run([sale(month, size) for month in range(12) for size in (100.0, 300.0)])[0])
    assert found["revenue_cv_chance"] == pytest.approx(math.sqrt(1.25 / 2))
    assert found["revenue_cv_equal"] == pytest.approx(math.sqrt(1 / 2))


def test_the_coefficient_of_variation_is_that_of_the_months() -> None:
    """Half of the months 100, half 300: mean 200, standard deviation sqrt(12/11) x 100."""
    found = variation(run([sale(month, 100.0 if month < 6 else 300.0) for month in range(12)])[0])
    assert found["revenue_cv"] == pytest.approx(math.sqrt(12 / 11) / 2)


def test_each_product_varies_by_itself() -> None:
    sales = [sale(month, 100.0) for month in range(12)] + [sale(0, 600.0, product="audit")]
    found = variation(run(sales)[0])
    assert found["revenue_cv.crm"] == 0.0
    assert found["revenue_cv.audit"] == pytest.approx(math.sqrt(12))  # all in one month of twelve


def test_simulated_chance_matches_the_formula() -> None:
    """A compound Poisson process of 30 sales a month, sizes exponential: sqrt(2/30) = 0.258."""
    rng = np.random.default_rng(5)
    cvs = []
    for _ in range(200):
        counts = rng.poisson(30, 12)
        cvs.append(variation(run([sale(m, rng.exponential(100)) for m in range(12) for _ in range(counts[m])])[0]))
    got = np.array([each["revenue_cv"] for each in cvs])
    said = np.mean([each["revenue_cv_chance"] for each in cvs])
    # the mean of a root of 12 months is a little low: c4(12) = 0.9776 of the standard deviation
    assert got.mean() == pytest.approx(0.9776 * said, abs=4 * got.std() / math.sqrt(200))


def test_growth_is_last_quarter_against_first_and_its_parts_add_up() -> None:
    """First quarter 300, last 600 of which 150 orders and 450 deals (first: 300 deals): +1.0 = 0.5 new + 0.5 old."""
    sales = [sale(m, 100.0) for m in range(3)] + [sale(m, 150.0, channel="calls") for m in range(9, 12)]
    sales += [sale(m, 50.0, kind="order", product="audit") for m in range(9, 12)]
    record, made = run(sales)
    found = growth(record, made)
    assert found["growth"] == pytest.approx(1.0)
    assert (found["growth.new"], found["growth.old"]) == pytest.approx((0.5, 0.5))
    assert (found["growth.channel.site"], found["growth.channel.calls"]) == pytest.approx((-0.5, 1.5))
    for family in ("product", "channel"):
        parts = [value for name, value in found.items() if name.startswith(f"growth.{family}.")]
        assert sum(parts) == pytest.approx(found["growth"])


def test_a_seasonal_plan_takes_the_season_out_of_growth() -> None:
    """October to December are planned at twice the mean and bring twice as much: no growth."""
    season = [2 / 3] * 9 + [2] * 3
    extra = {"plan.target": 12_000, "plan.seasonality": season}
    record, made = run([sale(m, 300.0 * season[m]) for m in range(12)], extra)
    assert growth(record, made)["growth"] == pytest.approx(0.0, abs=1e-12)


def test_a_run_of_one_month_has_no_growth() -> None:
    record, made = run([sale(0, 100.0)], {"experiment.months": 1})
    assert growth(record, made) == {}


# --- channels --------------------------------------------------------------------------------------------------------


def worked(**hours: float) -> np.ndarray:
    busy = np.zeros((3, len(ACTIVITIES), 12))
    for activity, spent in hours.items():
        busy[0, ACTIVITIES.index(activity), 0] = spent
    return busy


def economics(extra: dict[str, Any], **columns: Any) -> dict[str, float]:
    made = records.scenario(extra)
    record = records.record(made, **columns)
    return channel_economics(record, book(record, made), made)


SEEN = {"arrived": DAY, "answered": 2 * DAY, "qualified": 2 * DAY}
LEADS = [{**SEEN, "channel": name} for name in ("site", "site", "calls")]
FREE = {"structures.pair.roles.seller.pay.base": 50, "market.channels.site.cost": {"fixed_per_month": 10}}


def test_a_buyer_costs_the_channel_and_the_pay_of_the_hours_that_won_him() -> None:
    """Sellers are paid 2 x 12 x 50 = 1200 for 400 h: 3 an hour. Selling took 300 h: 900, by qualified leads 600 for the
    site and 300 for calls; prospecting 100 h: 300 for calls. The site itself costs 120: (120 + 600)/2 deals."""
    attempts = np.zeros((3, 12))
    attempts[1, 0] = 40
    sales = [sale(1, 1000.0), sale(2, 1000.0), sale(2, 1000.0, channel="calls")]
    found = economics(FREE, leads=LEADS, sales=sales, attempts=attempts, busy=worked(sell=300, prospect=100))
    assert found["acquisition_cost.site"] == pytest.approx(360.0)
    assert found["acquisition_cost.calls"] == pytest.approx(300.0 + 300.0)


def test_a_buyer_is_worth_his_deal_and_the_orders_of_his_life() -> None:
    """One customer all year (months of 730.5 h), another for half of it, who then leaves: life = months there / 1."""
    customers = [{"since": 0.0, "initial": True}, {"since": 0.0, "until": 4380.0, "initial": True}]
    sales = [sale(1, 1000.0, customer=0), *(sale(m, 100.0, kind="order", customer=0) for m in range(12))]
    found = economics({}, customers=customers, sales=sales)
    months = (8760 + 4380) / 730.5
    monthly = 12 * 40 / months
    assert found["lifetime_value.site"] == pytest.approx(400 + monthly * months / 1)
    assert found["payback_months.site"] == 0.0  # nobody was paid for hours: it cost nothing


def test_a_buyer_who_never_brings_what_he_cost_does_not_pay_back() -> None:
    extra = {"market.channels.site.cost": {"fixed_per_month": 1_000_000}}
    found = economics(extra, sales=[sale(1, 1000.0)])
    assert math.isnan(found["payback_months.site"])


def test_a_channel_without_deals_has_no_cost_of_a_buyer() -> None:
    found = economics({})
    assert math.isnan(found["acquisition_cost.site"]) and math.isnan(found["lifetime_value.calls"])
    assert not any("dealer" in name for name in found)


def test_they_are_measures_of_every_run() -> None:
    record, made = run([sale(0, 100.0)])
    values = measures(record, book(record, made), made)
    assert {"revenue_cv", "growth", "growth.channel.dealer", "acquisition_cost.site"} <= set(values)
