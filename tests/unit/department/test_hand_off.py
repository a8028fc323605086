"""Hand-offs of leads between roles: delay, loss, extra work, lost information. Nothing of it inside a role."""

import math

import numpy as np
import pytest

from simulation.department import simulate
from simulation.department.record import LOST, REASONS, WON
from simulation.world import World
from tests.scripted import hours, live, small, spans

STAGES = {"market.stages": [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h"}]}
SPLIT = {
    "one": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
    "two": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
}
BOTH = {"one": {"headcount": 2, "activities": ["sell"]}}


def split(**terms: object):
    changes = STAGES | {f"hand_off.lead.{key}": value for key, value in terms.items()}
    return small(changes, roles=SPLIT)


def test_a_hand_off_is_counted_and_costs_nothing_at_its_neutral_setting():
    record = live(split(), [1.0])
    assert record.leads.hand_offs.tolist() == [1]
    assert spans(record) == [(1, 2), (2, 3)]


def test_within_a_role_nothing_is_handed_off():
    changes = STAGES | {"hand_off.lead": {"delay": "5 h", "loss": 1, "extra_work": "5 h", "information": 9}}
    record = live(small(changes, roles=BOTH), [1.0, 1.1])
    assert record.leads.hand_offs.tolist() == [0, 0]
    assert record.leads.state.tolist() == [WON, WON]
    assert hours(record, "sell") == pytest.approx(4)


@pytest.mark.parametrize("delay", [0, 5, 30])
def test_the_next_role_can_begin_after_the_delay(delay):
    record = live(split(delay=f"{delay} h"), [1.0])
    assert spans(record) == [(1, 2), (2 + delay, 3 + delay)]


def test_the_delay_runs_while_the_customer_thinks():
    stages = [{"name": "talk", "work": "1 h", "thinking": "4 h"}, {"name": "sign", "work": "1 h"}]
    for delay, begins in ((3, 6), (10, 12)):
        scenario = small(
            {"market.stages": stages, "hand_off.lead.delay": f"{delay} h"},
            roles=SPLIT,
        )
        assert spans(live(scenario, [1.0]), "sign") == [(begins, begins + 1)]


def test_the_customers_patience_runs_during_the_delay():
    stages = [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h", "patience": "4 h"}]
    for delay, state in (("3 h", WON), ("5 h", LOST)):
        scenario = small({"market.stages": stages, "hand_off.lead.delay": delay}, roles=SPLIT)
        record = live(scenario, [1.0])
        assert record.leads.state.tolist() == [state]
        if state == LOST:
            assert REASONS[record.leads.reason[0]] == "waited"
            assert record.leads.closed.tolist() == [6]  # due at 2, patient for 4 h


def test_leads_whose_luck_is_below_the_loss_are_lost_at_the_hand_off():
    record = live(split(loss=0.3), [1.0, 10.0, 20.0], luck={"hand_off.2": [0.29, 0.31, 0.9]})
    assert record.leads.state.tolist() == [LOST, WON, WON]
    assert REASONS[record.leads.reason[0]] == "hand_off"
    assert record.leads.closed[0] == 2
    assert record.leads.stage.tolist() == [1, 2, 2]
    assert hours(record, "sell") == 5


def test_the_receiver_reads_himself_in_once():
    stages = [{"name": name, "work": "1 h"} for name in ("talk", "sign", "close")]
    roles = {
        "one": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "two": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign", "close"]}]},
    }
    record = live(small({"market.stages": stages, "hand_off.lead.extra_work": "30 min"}, roles=roles), [1.0])
    assert spans(record) == [(1, 2), (2, 3.5), (3.5, 4.5)]


def test_lost_information_lowers_the_log_odds_of_every_later_stage():
    # conversion 1/2 at each stage has log-odds 0; after the hand-off -1: below 1 / (1 + e) = 0.2689
    stages = [{"name": name, "work": "1 h", "conversion": 0.5} for name in ("talk", "sign", "close")]
    roles = {
        "one": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "two": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign", "close"]}]},
    }
    kept = 1 / (1 + math.e)
    luck = {
        "stage.talk.decision": [0.49, 0.49, 0.49, 0.51],
        "stage.sign.decision": [kept - 0.01, kept + 0.01, kept - 0.01, 0.0001],
        "stage.close.decision": [kept - 0.01, 0.0001, kept + 0.01, 0.0001],
    }
    scenario = small({"market.stages": stages, "hand_off.lead.information": 1}, roles=roles)
    record = live(scenario, [1.0, 10.0, 20.0, 30.0], luck=luck)
    assert record.leads.state.tolist() == [WON, LOST, LOST, LOST]
    assert record.leads.stage.tolist() == [3, 1, 2, 0]


def test_information_is_lost_at_each_hand_off():
    stages = [{"name": name, "work": "1 h", "conversion": 0.5} for name in ("talk", "sign", "close")]
    roles = {
        name: {"headcount": 1, "activities": [{"activity": "sell", "stages": [name]}]}
        for name in ("talk", "sign", "close")
    }
    twice = 1 / (1 + math.e**2)
    scenario = small({"market.stages": stages, "hand_off.lead.information": 1}, roles=roles)
    luck = {
        "stage.talk.decision": 0.01,
        "stage.sign.decision": 0.01,
        "stage.close.decision": [twice - 0.01, twice + 0.01],
    }
    record = live(scenario, [1.0, 10.0], luck=luck)
    assert record.leads.hand_offs.tolist() == [2, 2]
    assert record.leads.state.tolist() == [WON, LOST]


def test_a_structure_can_have_a_hand_off_of_its_own():
    structures = {
        "plain": {"roles": SPLIT},
        "good": {"roles": SPLIT, "hand_off": {"lead": {"delay": "1 h", "loss": 0, "extra_work": "0 h"}}},
    }
    scenario = small(STAGES | {"hand_off.lead.delay": "9 h"}, structures=structures)
    closed = [live(scenario, [1.0], structure=name).leads.closed[0] for name in structures]
    assert closed == [12, 4]


CUSTOMERS = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "10 h",
    "market.customers.order_work": "1 h",
    "experiment.months": 1,
}
FARM = {"closer": {"headcount": 1, "activities": ["sell"]}, "farmer": {"headcount": 1, "activities": ["serve"]}}


def test_a_customer_is_handed_over_to_those_who_serve():
    changes = CUSTOMERS | {"hand_off.customer": {"delay": "15 h", "loss": 0.2, "extra_work": "2 h"}}
    record = live(small(changes, roles=FARM), [1.0, 1.5], luck={"customer.hand_off": [0.21, 0.19]})
    assert record.customers.reason == ["", "hand_off"]
    assert record.customers.until[1] == 3
    # won at 2: the order of 12 waits until 17 and takes the two hours of reading in
    assert spans(record, "order")[:3] == [(17, 20), (22, 23), (32, 33)]


def test_customers_stay_without_a_hand_off_with_those_who_also_serve():
    changes = CUSTOMERS | {"hand_off.customer": {"delay": "15 h", "loss": 1, "extra_work": "2 h"}}
    record = live(small(changes, roles={"seller": {"headcount": 1, "activities": ["sell", "serve"]}}), [1.0])
    assert record.customers.reason == [""]
    assert spans(record, "order")[:2] == [(12, 13), (22, 23)]


def test_the_loss_in_hand_offs_is_the_probability_that_is_asked_for():
    scenario = small(
        STAGES | {"market.channels.site.leads_per_month": 300, "experiment.months": 12, "hand_off.lead.loss": 0.15},
        roles={name: role | {"headcount": 3} for name, role in SPLIT.items()},
    )
    leads = simulate(scenario, "plain", World(scenario, 0)).leads
    lost = np.mean(leads.reason == REASONS.index("hand_off"))
    n = len(leads.state)
    assert lost == pytest.approx(0.15, abs=4 * (0.15 * 0.85 / n) ** 0.5)
