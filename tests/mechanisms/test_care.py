"""Care: calls to clients one knows keep them and enlarge orders, and eat the time for cold calls as the base grows."""

import math

import pytest

from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from tests.mechanisms.isolation import MONTH, hours, isolated, rising, run, runs
from tests.scripted import small

REQUESTS, REQUEST, CALLS, CALL = 1.0, 0.5, 3.0, 0.25  # a month and customer; hours
MONTHS = 6
SIZES = (100, 250, 400)  # two people have time for 1170 customers' requests and calls
CARE = {
    "work": f"{CALL} h",
    "wanted_per_month": 1,
    "most_per_month": CALLS,
    "churn": 0,
    "order_size": 0,
}


def drifting(customers: int, **changes: object) -> Scenario:
    """A universal pair, and a hunter with a farmer, around the clock; so many customers whom they may call."""
    structures = {
        "universal": {
            "roles": {"seller": {"headcount": 2, "activities": ["serve", "sell", "care", "prospect"]}},
        },
        "functional": {
            "roles": {
                "hunter": {"headcount": 1, "activities": ["prospect"]},
                "farmer": {"headcount": 1, "activities": ["serve", "sell", "care"]},
            }
        },
    }
    settings = {
        "market.channels.calls": {"kind": "outbound", "attempt": "15 min", "find_probability": 0.01},
        "market.stages": [{"name": "sale", "work": "1 min", "conversion": 0}],
        "market.products.thing.repeat": True,
        "market.customers.requests_per_month": REQUESTS,
        "market.customers.request_work": f"{REQUEST} h",
        "market.customers.care": CARE,
        "market.initial": {"customers": customers},
        "experiment.months": MONTHS,
    }
    return isolated(small(settings | changes, structures=structures), "drift", "care")


# --- what it costs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("customers", SIZES)
def test_calls_take_as_much_time_as_there_are_customers_and_cold_calls_get_the_rest(customers):
    record = run(drifting(customers), "universal")
    # the first call comes within an interval, each of the others an interval after the end of the last one, for which
    # the customer has waited until a request or an attempt was done
    sought = customers * CALLS * CALL * record.end / MONTH
    assert hours(record, "care") == pytest.approx(sought, rel=0.05)
    assert hours(record, "care") < sought
    asked = customers * REQUESTS * REQUEST * record.end / MONTH
    spread = REQUEST * (customers * REQUESTS * record.end / MONTH) ** 0.5
    assert hours(record, "serve") == pytest.approx(asked, abs=4 * spread)
    assert hours(record, "serve", "sell", "care", "prospect") == pytest.approx(2 * record.end, abs=1)


def test_the_time_for_cold_calls_falls_as_the_base_grows_and_without_care_only_by_what_clients_ask_for():
    cold, found, calm = [], [], []
    for customers in SIZES:
        scenario = drifting(customers)
        record = run(scenario, "universal")
        cold.append(hours(record, "prospect"))
        found.append(int(record.leads.found.sum()))
        without = run(neutralise(scenario, "care"), "universal")
        calm.append(hours(without, "prospect"))
        # the same requests at the same times; nobody calls
        assert hours(without, "care") == 0
        assert hours(without, "serve") == pytest.approx(hours(record, "serve"), abs=3)
    assert rising(cold[::-1]) and rising(found[::-1]) and rising(calm[::-1])
    # of each customer more the calls take 0.75 h a month, on top of half an hour of requests
    months = (SIZES[-1] - SIZES[0]) * MONTHS * 30.4 / 30.4375
    assert (cold[0] - cold[-1]) / months == pytest.approx(CALLS * CALL + REQUESTS * REQUEST, rel=0.06)
    assert (calm[0] - calm[-1]) / months == pytest.approx(REQUESTS * REQUEST, rel=0.1)


def test_with_more_clients_than_can_be_called_no_time_is_left_for_cold_calls_although_nobody_asks_for_anything():
    record = run(drifting(3000, **{"market.customers.requests_per_month": 0}), "universal")
    assert hours(record, "prospect") < 0.02 * record.end
    assert hours(record, "care") == pytest.approx(2 * record.end, rel=0.02)


def test_a_hunter_makes_cold_calls_however_many_clients_there_are_to_call():
    records = [run(drifting(customers), "functional") for customers in SIZES]
    assert all(hours(record, "prospect") == pytest.approx(record.end, abs=0.5) for record in records)
    assert rising([hours(record, "care") for record in records])


def test_universals_of_the_preset_make_fewer_cold_calls_the_larger_the_base():
    text = """
version: 1
experiment: {months: 4}
market:
  channels:
    site: {kind: inbound, leads_per_month: 20}
    calls: {kind: outbound}
  products:
    service: {deal: 60 k, gross_margin: 0.25, paperwork: 30 min}
structures:
  universal: {preset: universal, roles: {universal: {headcount: 3, turnover_per_year: 0}}}
"""
    cold, calm = [], []
    for customers in (0, 60, 180):
        scenario = load_text(text, overrides={"market.initial.customers": customers})
        cold.append(sum(hours(record, "prospect") for record in runs(scenario, "universal", 2)))
        calm.append(sum(hours(record, "prospect") for record in runs(neutralise(scenario, "care"), "universal", 2)))
    assert rising(cold[::-1])
    assert all(with_care < without for with_care, without in zip(cold[1:], calm[1:], strict=True))
    # what care takes grows with the base
    assert rising([without - with_care for with_care, without in zip(cold, calm, strict=True)])


# --- what it brings ---------------------------------------------------------------------------------------------


def kept(care: dict, customers: int = 2000) -> Scenario:
    """Customers with a hazard of 1.2 a year who order each month, and people enough to call all of them."""
    changes = {
        "market.customers.requests_per_month": 0,
        "market.customers.churn_per_year": 1.2,
        "market.customers.order_every": "1 month",
        "market.customers.order_work": "0 h",
        "market.customers.care": CARE | {"work": "1 min"} | care,
    }
    return drifting(customers, **changes)


def test_the_hazard_of_leaving_falls_by_the_share_that_is_stated():
    left = []
    for churn in (0, 0.3, 0.8):
        record = run(kept({"churn": churn}), "functional")
        # called within ten days of the first day on, and wanted once a month: cared for all the time but those days
        share = 1 - churn * (record.end - MONTH / CALLS / 2) / record.end
        expected = 1 - math.exp(-1.2 * share * record.end / 8766)
        gone = 1 - record.customers_at[-1] / 2000
        assert gone == pytest.approx(expected, abs=4 * (expected * (1 - expected) / 2000) ** 0.5 + 1e-3)
        left.append(gone)
    assert rising(left[::-1])


def test_orders_are_larger_by_the_share_that_is_stated():
    plain = run(neutralise(kept({}), "care"), "functional")
    for size in (0, 0.05, 0.2):
        record = run(kept({"order_size": size}), "functional")
        late = record.sales.time > MONTH
        assert record.sales.revenue[late].mean() == pytest.approx((1 + size) * plain.sales.revenue.mean(), rel=5e-3)


def test_who_is_called_half_as_often_as_wanted_keeps_half_of_the_effect():
    gone = []
    for rate in (0.25, 0.5, 1, 3):
        scenario = kept({"churn": 0.8, "most_per_month": 3})
        scenario = scenario.replace({"structures.functional.roles.farmer.care_per_month": rate})
        record = run(scenario, "functional")
        share = 1 - 0.8 * min(1, rate)
        hazard = -math.log(record.customers_at[-1] / record.customers_at[0]) / (record.end - record.month_edges[1])
        expected = 1.2 / 8766 * share
        remaining = 2000 * (1 - math.exp(-expected * record.end))
        assert hazard == pytest.approx(expected, abs=4 * expected / remaining**0.5 + 0.05 * 1.2 / 8766)
        gone.append(hazard)
    assert gone[0] > gone[1] > gone[2] == pytest.approx(gone[3], rel=0.2)


# --- neutral ----------------------------------------------------------------------------------------------------


def test_at_the_neutral_setting_everything_is_as_if_there_were_no_such_activity():
    scenario = neutralise(kept({"churn": 0.5, "order_size": 0.2}), "care")
    for name in ("universal", "functional"):
        roles = scenario.structures[name].roles
        without = {
            f"structures.{name}.roles.{role}.activities": [d.activity for d in spec.activities if d.activity != "care"]
            for role, spec in roles.items()
        }
        one, other = run(scenario, name), run(scenario.replace(without), name)
        assert one.sales.time.tolist() == other.sales.time.tolist()
        assert one.sales.revenue.tolist() == other.sales.revenue.tolist()
        assert one.customers_at.tolist() == other.customers_at.tolist()
        assert hours(one) == hours(other)
