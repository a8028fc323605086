"""Paperwork: so many hours for each deal and each order, done by whoever does it."""

import pytest

from tests.scripted import hours, live, small, spans, worked

PAPERS = {"market.products.thing.paperwork": "3 h"}
ONE = {"seller": {"headcount": 1, "activities": ["sell", "paperwork"]}}
ADMINISTRATOR = {
    "seller": {"headcount": 1, "activities": ["sell"]},
    "administrator": {"headcount": 1, "activities": ["paperwork"]},
}


def test_each_deal_makes_paperwork_for_the_one_who_sold_it():
    record = live(small(PAPERS, roles=ONE), [1.0])
    assert spans(record, "sale") == [(1, 2)]
    assert spans(record, "paperwork") == [(2, 5)]


def test_an_administrator_takes_the_paperwork_off_the_seller():
    record = live(small(PAPERS, roles=ADMINISTRATOR), [1.0, 2.0, 3.0])
    assert worked(record, "sale") == [("seller-1", 1, 2), ("seller-1", 2, 3), ("seller-1", 3, 4)]
    assert worked(record, "paperwork") == [
        ("administrator-1", 2, 5),
        ("administrator-1", 5, 8),
        ("administrator-1", 8, 11),
    ]


@pytest.mark.parametrize("roles", [ONE, ADMINISTRATOR], ids=["seller", "administrator"])
def test_paperwork_conserves_hours(roles):
    changes = {"market.products.thing.paperwork": {"uniform": {"low": "1 h", "high": "5 h"}}}
    luck = {"deal.paperwork": [0.1, 0.5, 0.75]}
    record = live(small(changes, roles=roles), [1.0, 1.5, 20.0], luck=luck)
    assert hours(record, "paperwork") == pytest.approx(1.4 + 3 + 4)


def test_each_order_makes_paperwork_too():
    changes = PAPERS | {
        "market.products.thing.repeat": True,
        "market.customers.order_every": "200 h",
        "market.customers.order_work": "1 h",
    }
    roles = {"seller": {"headcount": 1, "activities": ["sell", "serve", "paperwork"]}}
    record = live(small(changes, roles=roles), [1.0])
    # won at 2, orders at 202, 402, 602
    assert spans(record, "paperwork") == [(2, 5), (203, 206), (403, 406), (603, 606)]


def test_a_lost_lead_makes_none():
    changes = PAPERS | {"market.stages": [{"name": "sale", "work": "1 h", "conversion": 0.5}]}
    record = live(small(changes, roles=ONE), [1.0], luck={"stage.sale.decision": 0.9})
    assert spans(record, "paperwork") == []


def test_each_product_has_paperwork_of_its_own():
    changes = {
        "market.products": {
            "light": {
                "deal": 1,
                "gross_margin": 0.5,
                "repeat": False,
                "paperwork": {"uniform": {"low": "1 h", "high": "2 h"}},
            },
            "heavy": {
                "deal": 1,
                "gross_margin": 0.5,
                "repeat": False,
                "paperwork": {"uniform": {"low": "10 h", "high": "20 h"}},
            },
        }
    }
    for first, second, expected in ((0.1, 0.9, 1.5 + 15), (0.9, 0.1, 15 + 1.5), (0.9, 0.9, 30)):
        record = live(small(changes, roles=ONE), [1.0, 100.0], luck={"product": [first, second]})
        assert hours(record, "paperwork") == pytest.approx(expected)


def test_paperwork_of_a_personal_client_waits_for_the_owner():
    roles = {"seller": {"headcount": 2, "activities": ["sell", "paperwork"], "ownership": "personal"}}
    record = live(small(PAPERS, roles=roles), [1.0], absences={0: [(2.0, 50.0)]})
    assert worked(record, "paperwork") == [("seller-1", 50, 53)]


def test_proficiency_in_paperwork_shortens_it():
    changes = PAPERS | {"people.learning.paperwork.start": 2, "people.learning.paperwork.mastery": 2}
    assert spans(live(small(changes, roles=ONE), [1.0]), "paperwork") == [(2, 3.5)]
