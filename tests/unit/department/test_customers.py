"""Customers after the first deal: orders, requests, growth, upsell, loyalty."""

import numpy as np
import pytest
from scipy import stats

from simulation.department import simulate
from simulation.world import World
from tests.scripted import hours, live, small, spans, worked

REPEAT = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "2 h",
}
ONE = {"seller": {"headcount": 1, "activities": ["sell", "serve", "upsell"]}}
FARM = {"closer": {"headcount": 1, "activities": ["sell"]}, "farmer": {"headcount": 1, "activities": ["serve"]}}


def shop(changes: dict | None = None, roles: dict | None = None):
    return small(REPEAT | (changes or {}), roles=roles or ONE)


def orders(record) -> list[tuple[float, float]]:
    """(time, revenue) of the orders."""
    rows = record.sales.kind == 1
    return list(zip(record.sales.time[rows].tolist(), record.sales.revenue[rows].tolist(), strict=True))


def test_a_customer_orders_at_intervals_and_each_order_is_worked():
    record = live(shop(), [1.0])
    # won at 2; the next order comes 100 h after the last one came, not after it was served
    assert spans(record, "order") == [(100 * n + 2, 100 * n + 4) for n in range(1, 8)]
    assert orders(record) == [(100 * n + 4, 100) for n in range(1, 8)]
    assert record.sales.customer.tolist() == [0] * 8
    assert record.sales.lead.tolist() == [0] * 8


def test_deals_and_orders_are_as_large_as_on_their_own_day():
    record = live(shop({"market.products.thing.deal_trend_per_year": 1}), [1.0])
    assert record.sales.revenue.tolist() == pytest.approx([100 * 2 ** (t / 8766) for t in record.sales.time])
    assert record.sales.time.tolist() == [2, *(100 * n + 4 for n in range(1, 8))]


def test_a_band_takes_a_lead_by_its_size_on_its_first_day():
    """Deals of 100 double in a year: at 366 h they are 103, and a large one is of 102 or more."""
    small_ones, large_ones = {"activity": "sell", "deal_below": 102}, {"activity": "sell", "deal_from": 102}
    roles = {"one": {"headcount": 1, "activities": [small_ones]}, "two": {"headcount": 1, "activities": [large_ones]}}
    record = live(small({"market.products.thing.deal_trend_per_year": 1}, roles=roles), [1.0, 366.0])
    assert record.sales.revenue.tolist() == pytest.approx([100 * 2 ** (2 / 8766), 100 * 2 ** (367 / 8766)])
    assert record.sales.seat.tolist() == [0, 1]


def test_an_order_that_needs_no_work_needs_nobody():
    roles = {"seller": {"headcount": 1, "activities": ["sell"]}}
    record = live(shop({"market.customers.order_work": "0 h"}, roles), [1.0])
    assert orders(record) == [(100 * n + 2, 100) for n in range(1, 8)]
    assert set(record.sales.seat[1:].tolist()) == {-1}
    assert hours(record, "serve") == 0


def test_orders_have_a_size_of_their_own_around_the_customers_mean():
    changes = {"market.customers.order_size": 0.5, "market.customers.order_cv": 0.5, "experiment.months": 12}
    changes |= {"market.customers.order_every": "2 h", "market.customers.order_work": "0 h"}
    scenario = shop(changes | {"market.initial": {"customers": 2}})
    record = simulate(scenario, "plain", World(scenario, 0))
    found = np.array([revenue for _, revenue in orders(record)])
    n = len(found)
    assert n > 8000
    assert found.mean() == pytest.approx(50, abs=4 * 25 / n**0.5)
    assert found.std() / found.mean() == pytest.approx(0.5, rel=0.05)


def test_customers_of_the_first_day_have_their_size():
    changes = {"market.initial": {"customers": 1, "customer_size": 3}, "market.products.thing.deal": 200}
    record = live(shop(changes), luck={"first.order.where": 0.2})
    assert record.customers.initial.tolist() == [True]
    assert record.customers.uid == ["site/base/0"]
    # a fifth of the interval of 100 h is still to come
    assert orders(record)[:2] == [(22, 600), (122, 600)]


def test_customers_of_the_first_day_do_not_all_order_at_the_same_time():
    changes = {"market.initial": {"customers": 500}, "market.customers.order_work": "0 h"}
    scenario = shop(changes)
    record = simulate(scenario, "plain", World(scenario, 0))
    times = np.array([time for time, _ in orders(record)])
    # each interval of 100 h holds one order of each
    assert np.histogram(times, bins=np.arange(0, 701, 100))[0].tolist() == [500] * 7
    assert stats.kstest(times[:500] / 100, "uniform").pvalue > 1e-3


def test_customers_grow_by_themselves():
    record = live(shop({"market.customers.growth_per_year": 0.5}), [1.0])
    for time, revenue in orders(record):
        assert revenue == pytest.approx(100 * 1.5 ** ((time - 2) / 8766))


def test_requests_come_at_their_rate_and_take_their_work():
    changes = {
        "market.customers.order_every": "never",
        "market.customers.requests_per_month": 2,
        "market.customers.request_work": "1 h",
        "market.initial": {"customers": 40},
        "experiment.months": 12,
    }
    scenario = shop(changes, {"farmer": {"headcount": 3, "activities": ["sell", "serve"]}})
    record = simulate(scenario, "plain", World(scenario, 0), events=True)
    expected = 40 * 2 * record.end / 730.5
    assert len(spans(record, "request")) == pytest.approx(expected, abs=4 * expected**0.5)
    assert hours(record, "serve") == pytest.approx(len(spans(record, "request")), abs=3)
    assert len(record.sales.time) == 0


def test_orders_of_a_personal_customer_wait_for_whoever_won_it():
    roles = {"seller": {"headcount": 2, "activities": ["sell", "serve"], "ownership": "personal"}}
    record = live(shop(roles=roles), [1.0], absences={0: [(50.0, 250.0)]})
    assert worked(record, "order")[:3] == [("seller-1", 250, 252), ("seller-1", 252, 254), ("seller-1", 302, 304)]


def test_orders_of_a_teams_customer_are_served_by_anybody():
    roles = {"seller": {"headcount": 2, "activities": ["sell", "serve"], "ownership": "team"}}
    record = live(shop(roles=roles), [1.0], absences={0: [(50.0, 250.0)]})
    assert worked(record, "order")[:2] == [("seller-2", 102, 104), ("seller-2", 202, 204)]


def test_farmers_who_get_customers_in_turn_keep_them():
    farmer = {"headcount": 2, "activities": ["serve"], "ownership": "personal", "new_work": "assigned"}
    roles = {"closer": {"headcount": 1, "activities": ["sell"]}, "farmer": farmer}
    record = live(shop(roles=roles), [1.0, 2.0, 3.0])
    holders: dict[str, set[str]] = {}
    for case, activity, person, *_ in record.events:
        if activity == "order":
            holders.setdefault(case, set()).add(person)
    assert holders == {"site/0/0": {"farmer-1"}, "site/0/1": {"farmer-2"}, "site/0/2": {"farmer-1"}}


def test_a_customer_waits_for_the_farmer_it_was_given_to_even_for_its_first_order():
    farmer = {"headcount": 2, "activities": ["serve"], "ownership": "personal", "new_work": "assigned"}
    roles = {"closer": {"headcount": 1, "activities": ["sell"]}, "farmer": farmer}
    # given to farmer-1, in seat 1, when it is won at 2; the order comes at 102
    record = live(shop(roles=roles), [1.0], absences={1: [(50.0, 150.0)]})
    assert worked(record, "order")[0] == ("farmer-1", 150, 152)


def test_whoever_served_a_shared_customer_first_keeps_it_when_clients_are_personal():
    farmer = {"headcount": 2, "activities": ["serve"], "ownership": "personal"}
    roles = {"closer": {"headcount": 1, "activities": ["sell"]}, "farmer": farmer}
    record = live(shop(roles=roles), [1.0], absences={1: [(50.0, 150.0)]})
    # farmer-1 sits in seat 1, after the closer, and is away when the first order comes
    assert {person for person, _, _ in worked(record, "order")} == {"farmer-2"}


def test_a_one_off_product_brings_no_orders():
    record = live(small({"market.customers.order_every": "1 h"}, roles=ONE), [1.0])
    assert orders(record) == []


# --- papers -------------------------------------------------------------------------------------------------------


def test_an_order_is_shipped_when_its_papers_are_done():
    roles = {"seller": {"headcount": 1, "activities": ["sell", "serve", "paperwork"]}}
    record = live(shop({"market.products.thing.paperwork": "3 h"}, roles), [1.0])
    assert record.sales.kind.tolist()[:2] == [0, 1]
    # the deal counts when it is closed, at 2; the order of 102 when it is worked and its papers are done
    assert record.sales.time.tolist()[:2] == [2, 107]


# --- upsell -------------------------------------------------------------------------------------------------------

UPSELL = {
    "market.customers.upsell": {"every": "150 h", "work": "1 h", "probability": 0.5, "uplift": 0.2},
}


def test_an_upsell_makes_all_later_orders_larger():
    luck = {"customer.upsell.decision": [0.4, 0.6, 0.4, 0.4]}
    record = live(shop(UPSELL), [1.0], luck=luck)
    assert spans(record, "upsell") == [(152, 153), (302, 303), (452, 453), (602, 603)]
    # at 302 and 602 the order is worked after the proposal
    expected = [100, 120, 120, 120, 144, 172.8, 172.8]
    assert [revenue for _, revenue in orders(record)] == pytest.approx(expected)


def test_a_channel_makes_upsells_harder():
    edge = 1 / (1 + np.e)
    scenario = shop(UPSELL | {"market.channels.site.upsell": -1})
    for luck, size in ((edge - 0.01, 120), (edge + 0.01, 100)):
        record = live(scenario, [1.0], luck={"customer.upsell.decision": [luck, 0.99, 0.99, 0.99]})
        assert record.customers.order_size[0] == pytest.approx(size)


def test_upsells_that_nobody_does_bring_nothing():
    record = live(shop(UPSELL, FARM), [1.0], luck={"customer.upsell.decision": 0.01})
    assert record.customers.order_size.tolist() == [100]


# --- loyalty programme --------------------------------------------------------------------------------------------


def test_a_loyalty_programme_makes_customers_order_more_often_and_leave_less():
    structures = {
        "plain": {"roles": ONE},
        "loyal": {"roles": ONE, "loyalty": {"orders": 2, "churn": 0.5}},
        "neutral": {"roles": ONE, "loyalty": {"orders": 1, "churn": 1}},
    }
    scenario = small(REPEAT | {"market.customers.churn_per_year": 8766 / 300}, structures=structures)
    luck = {"customer.leave": np.exp(-1.0)}
    records = {name: live(scenario, [1.0], structure=name, luck=luck) for name in structures}
    assert [time for time, _ in orders(records["plain"])] == [104, 204]
    assert [time for time, _ in orders(records["loyal"])] == [54 + 50 * n for n in range(11)]
    assert orders(records["neutral"]) == orders(records["plain"])
    assert records["plain"].customers.until[0] == pytest.approx(302)
    assert records["loyal"].customers.until[0] == pytest.approx(602)


# --- distributor and partner --------------------------------------------------------------------------------------

DEALER = {"kind": "distributor", "orders_per_month": 0, "discount": 0.2, "exits_per_year": 0}


def test_a_distributors_orders_need_no_seller_and_give_a_discount_away():
    roles = {"seller": {"headcount": 0, "activities": ["sell"]}}
    scenario = small({"market.channels.dealer": DEALER}, roles=roles)
    record = live(scenario, {"dealer": [10.0, 20.0]})
    assert record.sales.kind.tolist() == [2, 2]
    assert record.sales.time.tolist() == [10, 20]
    assert record.sales.revenue.tolist() == [80, 80]
    assert record.sales.margin.tolist() == [30, 30]
    assert record.sales.seat.tolist() == [-1, -1]
    assert record.sales.lead.tolist() == record.sales.customer.tolist() == [-1, -1]
    assert len(record.leads.uid) == 0
    assert record.busy.sum() == 0


def test_the_record_tells_when_a_distributor_walked_away():
    scenario = small({"market.channels.dealer": DEALER})
    place = tuple(scenario.market.channels).index("dealer")
    for exits, expected in ((500.0, 500.0), (10_000.0, None), (float("inf"), None)):
        found = live(scenario, exits=exits).distributor_exits[place]
        assert found == expected if expected else np.isnan(found)


def test_a_partners_leads_are_worked_like_others():
    scenario = small({"market.channels.firm": {"kind": "partner", "leads_per_month": 0, "patience": "never"}})
    record = live(scenario, {"firm": [1.0]})
    assert record.leads.state.tolist() == [1]
    assert spans(record) == [(1, 2)]
