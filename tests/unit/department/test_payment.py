"""When customers pay: after a delay, or only after a reminder."""

import math

import pytest

from tests.scripted import hours, live, small, spans, worked

LATE = {
    "market.customers.payment": {
        "delay": "10 h",
        "late_share": 0.3,
        "reminder_work": "2 h",
        "after_reminder": "5 h",
    }
}
ONE = {"seller": {"headcount": 1, "activities": ["sell", "collect"]}}


def test_by_default_a_sale_is_paid_at_once():
    assert live(small(), [1.0]).sales.paid.tolist() == [2]


def test_a_customer_pays_after_its_delay():
    record = live(small(LATE, roles=ONE), [1.0], luck={"deal.late": 0.9})
    assert record.sales.paid.tolist() == [12]
    assert hours(record, "collect") == 0


def test_a_late_payer_pays_only_after_a_reminder():
    record = live(small(LATE, roles=ONE), [1.0], luck={"deal.late": 0.29})
    # due at 12, reminded from 12 to 14, paid five hours later
    assert spans(record, "collect") == [(12, 14)]
    assert record.sales.paid.tolist() == [19]


def test_a_late_payer_who_is_never_reminded_never_pays():
    roles = {"seller": {"headcount": 1, "activities": ["sell"]}, "clerk": {"headcount": 0, "activities": ["collect"]}}
    record = live(small(LATE, roles=roles), [1.0], luck={"deal.late": 0.1})
    assert record.sales.paid.tolist() == [math.inf]
    assert record.sales.revenue.tolist() == [100]


def test_a_clerk_reminds_instead_of_the_seller():
    roles = {"seller": {"headcount": 1, "activities": ["sell"]}, "clerk": {"headcount": 1, "activities": ["collect"]}}
    record = live(small(LATE, roles=roles), [1.0, 3.0], luck={"deal.late": 0.1})
    assert worked(record, "collect") == [("clerk-1", 12, 14), ("clerk-1", 14, 16)]
    assert record.sales.paid.tolist() == [19, 21]


def test_a_payment_is_due_after_the_papers_are_done():
    changes = LATE | {"market.products.thing.paperwork": "3 h"}
    roles = {"seller": {"headcount": 1, "activities": ["sell", "paperwork", "collect"]}}
    record = live(small(changes, roles=roles), [1.0], luck={"deal.late": 0.9})
    assert record.sales.paid.tolist() == [15]


def test_orders_are_paid_as_deals_are():
    changes = LATE | {
        "market.products.thing.repeat": True,
        "market.customers.order_every": "200 h",
        "market.customers.order_work": "1 h",
    }
    roles = {"seller": {"headcount": 1, "activities": ["sell", "serve", "collect"]}}
    # luck of the first deal, and of orders 1, 2, 3
    luck = {"deal.late": 0.9, "customer.late": [0.5, 0.9, 0.1, 0.9]}
    record = live(small(changes, roles=roles), [1.0], luck=luck)
    assert record.sales.time.tolist() == [2, 203, 403, 603]
    assert record.sales.paid.tolist() == [12, 213, 413 + 2 + 5, 613]


def test_the_delay_has_a_law():
    changes = LATE | {"market.customers.payment.delay": {"uniform": {"low": "0 h", "high": "100 h"}}}
    record = live(small(changes, roles=ONE), [1.0, 5.0], luck={"deal.late": 0.9, "deal.payment": [0.2, 0.7]})
    assert record.sales.paid.tolist() == pytest.approx([22, 76])


def test_delays_move_no_deal_and_no_revenue():
    plain = live(small(roles=ONE), [1.0, 3.0])
    late = live(small(LATE, roles=ONE), [1.0, 3.0], luck={"deal.late": 0.9})
    assert plain.sales.time.tolist() == late.sales.time.tolist()
    assert plain.sales.revenue.tolist() == late.sales.revenue.tolist()
