"""The stages of a sale: conversion, thinking, patience between them, questions, quality, price."""

import math

import pytest

from simulation.department import simulate
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.world import World
from tests.scripted import hours, live, small, spans

TWO = [
    {"name": "talk", "work": "1 h", "thinking": "10 h", "conversion": 0.5},
    {"name": "sign", "work": "2 h", "conversion": 0.25},
]


def logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def edge_of(changes: dict, stage: str = "sale", arrivals: tuple = (1.0, 50.0), expected: float = 0.5) -> list[int]:
    """States of two leads whose luck lies just below and just above the expected conversion."""
    luck = {f"stage.{stage}.decision": [expected - 1e-6, expected + 1e-6]}
    return live(small(changes), list(arrivals), luck=luck).leads.state.tolist()


def test_each_stage_converts_by_its_own_luck():
    luck = {"stage.talk.decision": [0.49, 0.51, 0.49], "stage.sign.decision": [0.24, 0.01, 0.26]}
    record = live(small({"market.stages": TWO}), [1.0, 50.0, 100.0], luck=luck)
    assert record.leads.state.tolist() == [WON, LOST, LOST]
    assert record.leads.stage.tolist() == [2, 0, 1]
    assert [REASONS[reason] for reason in record.leads.reason] == ["", "declined", "declined"]
    assert hours(record, "sell") == 3 + 1 + 3


def test_the_customer_thinks_before_the_next_stage():
    record = live(small({"market.stages": TWO}), [1.0], luck={"stage.talk.decision": 0.1, "stage.sign.decision": 0.1})
    assert spans(record) == [(1, 2), (12, 14)]
    assert record.leads.closed.tolist() == [14]


def test_thinking_after_the_last_stage_delays_nothing():
    stages = [{"name": "sale", "work": "1 h", "thinking": "100 h"}]
    assert live(small({"market.stages": stages}), [1.0]).leads.closed.tolist() == [2]


def test_customers_think_in_the_night_too():
    stages = [{"name": "talk", "work": "1 h", "thinking": "16 h"}, {"name": "sign", "work": "1 h"}]
    changes = {"calendar": {"hours": "09:00-17:00", "lunch": None}, "market.stages": stages}
    record = live(small(changes), [9.0, 9.5])
    assert spans(record) == [(9, 10), (10, 11), (24 + 9, 24 + 10), (24 + 10, 24 + 11)]


def test_a_customer_waits_for_the_next_step_as_long_as_its_patience_lasts():
    stages = [
        {"name": "talk", "work": "1 h", "thinking": "10 h"},
        {"name": "sign", "work": "8 h", "patience": "5 h"},
    ]
    # due at 12, 12.5 and 19: the first is signed until 20; the second leaves at 18 (12.5 + ... due 13, + 5)
    record = live(small({"market.stages": stages}), [1.0, 1.5, 8.0])
    assert record.leads.state.tolist() == [WON, LOST, WON]
    assert REASONS[record.leads.reason[1]] == "waited"
    assert record.leads.closed.tolist() == [20, 18, 28]
    assert record.leads.stage.tolist() == [2, 1, 2]


def test_patience_between_stages_ends_at_its_time_even_if_nobody_looks():
    stages = [
        {"name": "talk", "work": "1 h", "thinking": "10 h"},
        {"name": "sign", "work": "1 h", "patience": "5 h"},
    ]
    roles = {
        "one": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "two": {"headcount": 0, "activities": [{"activity": "sell", "stages": ["sign"]}]},
    }
    record = live(small({"market.stages": stages}, roles=roles), [1.0, 730.0, 735.0])
    # the second is due at 741 and patient until 746, beyond the end
    assert record.leads.state.tolist() == [LOST, OPEN, OPEN]
    assert record.leads.closed[0] == 17


def test_a_customer_with_patience_for_ever_waits():
    stages = [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "100 h"}]
    record = live(small({"market.stages": stages}), [1.0, 1.0, 1.0])
    assert record.leads.state.tolist() == [WON] * 3


# --- questions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("questions", "effect"), [(1, 0), (1, 0.5), (3, 0), (2, 0.25), (0, 0), (5, 1)])
def test_an_unanswered_question_ends_it_unless_material_answers_it(questions, effect):
    stages = [{"name": "talk", "work": "1 h", "question": 0.2}, {"name": "sign", "work": "1 h"}]
    changes = {
        "market.stages": stages,
        "market.products.thing.questions": questions,
        "market.material": {"effect": effect},
    }
    risk = 1 - (1 - 0.2 * (1 - effect)) ** questions
    luck = {"stage.talk.question": [max(risk - 1e-6, 1e-9), risk + 1e-6]}
    record = live(small(changes), [1.0, 10.0], luck=luck)
    assert record.leads.state.tolist() == ([LOST, WON] if risk > 0 else [WON, WON])
    if risk > 0:
        assert REASONS[record.leads.reason[0]] == "question"
        assert record.leads.closed[0] == 2


# --- quality and price --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quality", [-1, 0, 0.7])
def test_quality_of_the_channel_shifts_the_log_odds_of_every_stage(quality):
    expected = logistic(math.log(0.5 / 0.5) + quality), logistic(math.log(0.25 / 0.75) + quality)
    changes = {"market.stages": TWO, "market.channels.site.quality": quality}
    luck = {
        "stage.talk.decision": [expected[0] - 1e-6, expected[0] + 1e-6, 0.01, 0.01],
        "stage.sign.decision": [0.01, 0.01, expected[1] - 1e-6, expected[1] + 1e-6],
    }
    record = live(small(changes), [1.0, 50.0, 100.0, 150.0], luck=luck)
    assert record.leads.state.tolist() == [WON, LOST, WON, LOST]


@pytest.mark.parametrize(("price", "response"), [(1, -0.03), (1.1, -0.03), (0.8, -0.05), (1.2, 0.01)])
def test_a_price_shifts_the_log_odds_of_the_last_stage_only(price, response):
    changes = {
        "market.stages": [TWO[0], TWO[1]],
        "market.products.thing.price": price,
        "market.products.thing.price_response": response,
    }
    last = logistic(math.log(0.25 / 0.75) + response * (price - 1) * 100)
    luck = {
        "stage.talk.decision": [0.5 - 1e-6, 0.5 + 1e-6, 0.01, 0.01],
        "stage.sign.decision": [0.0001, 0.0001, last - 1e-6, last + 1e-6],
    }
    record = live(small(changes), [1.0, 50.0, 100.0, 150.0], luck=luck)
    assert record.leads.state.tolist() == [WON, LOST, WON, LOST]
    # the price is in the revenue, and costs stay as they are at list price
    assert record.sales.revenue.tolist() == pytest.approx([100 * price] * 2)
    assert record.sales.margin.tolist() == pytest.approx([100 * price - 50] * 2)


def test_a_channel_has_its_own_deal_size():
    record = live(small({"market.channels.site.deal_size": 1.5}), [1.0])
    assert record.sales.revenue.tolist() == [150]
    assert record.sales.margin.tolist() == [75]


def test_the_deal_is_drawn_by_the_lead_whoever_closes():
    changes = {"market.products.thing.deal": {"uniform": {"low": 0, "high": 1000}}}
    record = live(small(changes), [1.0, 1.5], luck={"deal": [0.25, 0.75]})
    assert record.leads.size.tolist() == [250, 750]


def test_more_stages_mean_more_chances_to_lose():
    won = []
    for count in (1, 2, 4):
        changes = {
            "market.stages": [{"name": f"s{n}", "work": "1 min", "conversion": 0.8} for n in range(count)],
            "market.channels.site.leads_per_month": 500,
            "experiment.months": 6,
        }
        scenario = small(changes)
        state = simulate(scenario, "plain", World(scenario, 0)).leads.state
        share, expected = (state == WON).mean(), 0.8**count
        assert share == pytest.approx(expected, abs=4 * (expected * (1 - expected) / len(state)) ** 0.5)
        won.append(share)
    assert won[0] > won[1] > won[2]


# --- one-off and repeat -------------------------------------------------------------------------------------------


def test_a_one_off_sale_makes_no_customer():
    record = live(small(), [1.0])
    assert len(record.customers.uid) == 0
    assert record.sales.customer.tolist() == [-1]
    assert record.sales.kind.tolist() == [0]
    assert record.sales.seat.tolist() == [0]
    assert record.sales.time.tolist() == [2]


def test_a_repeat_sale_makes_a_customer():
    record = live(small({"market.products.thing.repeat": True}), [1.0])
    assert record.customers.uid == ["site/0/0"]
    assert record.customers.since.tolist() == [2]
    assert record.customers_at.tolist() == [1]
