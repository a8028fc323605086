"""A department changes on a date: positions, roles, owners, order of work, market; and what the change costs."""

from math import exp, log
from typing import Any

import numpy as np
import pytest

from simulation.department.record import LEAVING, LOST, REASONS, WON, Record
from tests.scripted import NO_EFFECT, hours, live, small, spans, worked

DAY, WEEK = 24.0, 168.0
QUIET: dict[str, Any] = {
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "0 h"},
    "people.departure": {"reassign_after": "0 h", "leads_lost": 0, "customers_lost": 0},
}
SELLER = {"headcount": 1, "activities": ["sell"]}
REPEAT = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "1 h",
    "market.customers.tolerance": "never",
}


def changed(
    interventions: list[dict[str, Any]],
    arrivals: Any = (),
    changes: dict[str, Any] | None = None,
    roles: dict[str, Any] | None = None,
    **fate: Any,
) -> Record:
    structures = {"plain": {"roles": roles or {"seller": SELLER}, "interventions": interventions}}
    return live(small(QUIET | (changes or {}), structures=structures), arrivals, **fate)


# --- positions and people ------------------------------------------------------------------------------------------


def test_a_hiring_wave_opens_positions_on_its_date() -> None:
    record = changed([{"at": "10 days", "set": {"roles.seller.headcount": 3}}])
    assert record.staff.begin.tolist() == [0, 240, 240]
    assert record.positions[0, 0] == pytest.approx(1 + 2 * (744 - 240) / 744)


def test_nobody_is_looked_for_once_a_position_is_closed() -> None:
    wave = [{"at": f"{day} days", "set": {"roles.seller.headcount": people}} for day, people in ((1, 2), (3, 1))]
    record = changed(wave, changes={"people.recruiting": {"time": "100 h"}})
    assert record.staff.begin.tolist() == [0]
    assert (record.vacancies.opened.tolist(), np.isnan(record.vacancies.filled).tolist()) == ([DAY], [True])


def test_a_lay_off_takes_those_who_came_last() -> None:
    roles = {"seller": SELLER | {"headcount": 3}}
    record = changed(
        [{"at": "10 days", "set": {"roles.seller.headcount": 2}}],
        roles=roles,
        changes={"people.tenure": {"uniform": {"low": "0 h", "high": "1000 h"}}, "experiment.begin": "mature"},
        luck={"people/tenure.0": [0.5, 0.1, 0.9]},
    )
    gone = np.flatnonzero(record.staff.reason)
    assert record.staff.seat[gone].tolist() == [1]
    assert LEAVING[record.staff.reason[gone[0]]] == "laid_off"


def test_what_was_planned_week_by_week_happens_week_by_week() -> None:
    steps = [{"set": {"roles.seller.headcount": n}} for n in (2, 3, 4)]
    record = changed([{"at": "7 days", "every": "week", "changes": steps}])
    assert record.staff.begin.tolist() == [0, WEEK, 2 * WEEK, 3 * WEEK]


def test_all_changes_of_one_day_are_made_together() -> None:
    roles = {"one": SELLER | {"headcount": 2}, "two": SELLER | {"headcount": 0}, "three": SELLER | {"headcount": 0}}
    steps = [{"move": [{"role": "one", "to": "two"}]}, {"move": [{"role": "one", "to": "three"}]}]
    record = changed([{"at": "7 days", "changes": steps}], roles=roles)
    assert [LEAVING[reason] for reason in record.staff.reason] == ["moved", "moved", "", ""]
    assert record.staff.hire.tolist() == [0, 0, 0, 0]


MOVE = [{"at": "10 days", "move": [{"role": "universal", "to": "closer"}]}]
UNIVERSAL = {
    "universal": {
        "headcount": 2,
        "activities": ["serve", "sell"],
        "ownership": "personal",
        "new_work": "assigned",
    },
    "closer": {"headcount": 0, "activities": ["sell"], "ownership": "team"},
}


def test_who_changes_roles_keeps_what_was_learned() -> None:
    curve = {"start": 0.5, "mastery": 1.0, "half_life": 1, "effects": NO_EFFECT}
    record = changed(MOVE, [1.0, 1.0, 300.0, 300.0, 300.0], {"people.learning.sell": curve}, UNIVERSAL)
    closer = [end - start for person, start, end in worked(record) if start > 240 and person == "universal-1"]
    assert closer[0] == pytest.approx(1 / 0.75)  # the second repetition, not the first


def test_clients_that_the_new_role_does_not_look_after_are_handed_over() -> None:
    hand_off = {"hand_off.customer": {"loss": 0.3, "delay": "0 h", "extra_work": "2 h"}}
    for luck, reason in ((0.29, "hand_off"), (0.31, "")):
        record = changed(MOVE, [1.0], REPEAT | hand_off, UNIVERSAL, luck={"customer.hand_off": luck})
        assert record.customers.reason == [reason]
        if not reason:
            first = next(row for row in worked(record, "order") if row[1] > 240)
            assert first[0] == "universal-2"
            assert first[2] - first[1] == pytest.approx(3)


def test_leads_that_the_new_role_can_go_on_with_stay_with_the_person() -> None:
    stages = {"market.stages": [{"name": "talk", "work": "1 h", "thinking": "300 h"}, {"name": "sign", "work": "1 h"}]}
    record = changed(MOVE, [1.0], stages, UNIVERSAL)
    assert worked(record, "sign") == [("universal-1", 302, 303)]
    assert record.leads.hand_offs.tolist() == [0]


def test_leads_that_the_new_role_does_not_go_on_with_are_handed_over_or_lost() -> None:
    stages = [{"name": "talk", "work": "1 h", "thinking": "300 h"}, {"name": "sign", "work": "1 h"}]
    terms = {"hand_off.lead": {"loss": 0.3, "delay": "0 h", "extra_work": "2 h"}, "market.stages": stages}
    personal = {"ownership": "personal", "new_work": "assigned"}
    roles = {"seller": SELLER | personal | {"headcount": 2}, "clerk": {"headcount": 0, "activities": ["serve"]}}
    move = [{"at": "10 days", "move": [{"role": "seller", "to": "clerk", "people": 1}]}]
    for luck, state, signed in ((0.29, LOST, []), (0.31, WON, [("seller-2", 302, 305)])):
        record = changed(move, [1.0], terms, roles, luck={"moved.0": luck})
        assert worked(record, "talk") == [("seller-1", 1, 2)]
        assert (record.leads.state.tolist(), worked(record, "sign")) == ([state], signed)
        assert record.leads.hand_offs.tolist() == [int(state == WON)]
        assert (REASONS[record.leads.reason[0]], record.leads.closed[0]) == (
            ("hand_off", 240) if not signed else ("", 305)
        )


def test_hours_stay_with_the_role_in_which_they_were_worked() -> None:
    record = changed(MOVE, [1.0, 2.0, 300.0], roles=UNIVERSAL)
    sell = record.activities.index("sell")
    by_role = [record.busy[record.seat_role == role, sell].sum() for role in range(2)]
    assert sum(by_role) == pytest.approx(3)
    assert record.seats[record.seat_role == 1].tolist() == [0]


# --- the order of work ---------------------------------------------------------------------------------------------


def test_a_new_order_of_preference_holds_for_what_already_waits() -> None:
    roles = {"seller": {"headcount": 1, "activities": ["serve", "sell"]}}
    long_ = {"market.customers.order_work": "60 h", "market.stages": [{"name": "sale", "work": "1 h"}]}
    turned = [{"at": "130 h", "set": {"roles.seller.activities": ["sell", "serve"]}}]
    # orders of 60 h from two customers are begun at 102 and 162; a lead comes at 140
    for interventions, began in (([], []), (turned, [162.0])):
        record = changed(interventions, [1.0, 2.0, 140.0], REPEAT | long_, roles)
        assert [start for start, _ in spans(record, "sale") if 140 <= start < 222] == began


def test_work_changes_hands_when_ownership_does() -> None:
    roles = {"seller": SELLER | {"headcount": 2, "ownership": "personal", "new_work": "assigned"}}
    away = {0: [(10.0, 700.0)]}
    shared = [{"at": "2 days", "set": {"roles.seller.ownership": "team", "roles.seller.new_work": "shared"}}]
    stages = {"market.stages": [{"name": "talk", "work": "1 h", "thinking": "20 h"}, {"name": "sign", "work": "1 h"}]}
    assert worked(changed([], [1.0], stages, roles, absences=away), "sign") == [("seller-1", 700, 701)]
    assert worked(changed(shared, [1.0], stages, roles, absences=away), "sign") == [("seller-2", 48, 49)]


# --- the market ----------------------------------------------------------------------------------------------------


def test_what_new_leads_are_like_holds_for_those_that_come_later() -> None:
    rich = [{"at": "10 days", "set": {"market.channels.site.deal_size": 2}}]
    assert changed(rich, [1.0, 239.5, 300.0]).sales.revenue.tolist() == [100, 100, 200]


def test_a_price_holds_for_every_open_lead() -> None:
    price = [{"at": "10 days", "set": {"market.products.thing.price": 1.5}}]
    response = {"market.products.thing.price_response": -0.0001}
    assert changed(price, [1.0, 239.5], response).sales.revenue.tolist() == [100, 150]


DEARER = [{"at": "10 days", "set": {"market.products.thing.price": 1.5}}]
PRICED = REPEAT | {"market.products.thing.price_response": -0.0001}
SELLS_AND_SERVES = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}


def test_a_price_holds_for_the_orders_of_old_customers_who_order_less() -> None:
    changes = PRICED | {"market.products.thing.price_orders": -1, "market.products.thing.gross_margin": 0.4}
    record = changed(DEARER, [1.0], changes, SELLS_AND_SERVES)
    orders = record.sales.kind == 1
    before, after = (record.sales.time[orders] < 240, record.sales.time[orders] > 240)
    # two thirds of the volume at one and a half of the price; costs are those of two thirds
    assert record.sales.revenue[orders] == pytest.approx(100)
    assert record.sales.margin[orders][before] == pytest.approx(40)
    assert record.sales.margin[orders][after] == pytest.approx(100 - 60 / 1.5)
    as_before = changed(DEARER, [1.0], changes | {"market.products.thing.price_orders": 0}, SELLS_AND_SERVES)
    assert as_before.sales.revenue[orders][before] == pytest.approx(100)
    assert as_before.sales.revenue[orders][after] == pytest.approx(150)


def test_who_bought_at_another_price_orders_at_the_one_in_force() -> None:
    cheap = {"market.products.thing.price": 0.5, "market.products.thing.price_orders": -1}
    back = [{"at": "10 days", "set": {"market.products.thing.price": 1}}]
    record = changed(back, [1.0], PRICED | cheap, SELLS_AND_SERVES)
    assert record.sales.revenue[0] == 50
    assert record.sales.revenue[1:] == pytest.approx(100)  # twice the volume at half of the price, then the other way


def test_customers_leave_sooner_when_it_becomes_dearer() -> None:
    churn = {"market.customers.churn_per_year": 8.766, "market.products.thing.price_churn": log(2) / 50}
    luck = {"customer.leave": exp(-0.4)}
    record = changed(DEARER, [1.0], PRICED | churn, SELLS_AND_SERVES, luck=luck)
    # a hazard of 0.001 an hour from the deal at 2 on, which 50 % doubles at 240
    assert record.customers.until[0] == pytest.approx(240 + (400 - 238) / 2)
    alone = changed(
        DEARER, [1.0], PRICED | churn | {"market.products.thing.price_churn": 0}, SELLS_AND_SERVES, luck=luck
    )
    assert alone.customers.until[0] == pytest.approx(402)


def test_a_distributor_orders_less_when_it_becomes_dearer() -> None:
    dealer = {"kind": "distributor", "orders_per_month": 1, "discount": 0.2, "patience": "never"}
    changes = {"market.channels.dealer": dealer, "market.products.thing.price_orders": -1}
    changes["market.products.thing.price_response"] = -0.0001
    record = changed(DEARER, {"dealer": [1.0, 300.0]}, changes)
    assert record.sales.revenue == pytest.approx([80, 80])
    assert record.sales.margin == pytest.approx([80 - 50, 80 - 50 / 1.5])


def test_a_margin_holds_for_sales_from_its_date_on() -> None:
    margin = [{"at": "10 days", "set": {"market.products.thing.gross_margin": 0.2}}]
    assert changed(margin, [1.0, 300.0]).sales.margin.tolist() == pytest.approx([50, 20])


def test_customers_leave_faster_from_the_date_on_which_churn_rises() -> None:
    churn = [{"at": "10 days", "set": {"market.customers.churn_per_year": 87.66}}]
    roles = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}
    record = changed(churn, [1.0], REPEAT, roles, luck={"customer.leave": exp(-1)})
    assert record.customers.until[0] == pytest.approx(240 + 100)


# --- dips and tools ------------------------------------------------------------------------------------------------


def test_a_dip_slows_work_most_on_its_first_day() -> None:
    dip = [{"at": "10 days", "dip": {"depth": 0.2, "recovery": "5 days"}}]
    record = changed(dip, [1.0, 240.5, 600.0])
    lengths = [end - start for start, end in spans(record)]
    mean_of_day = 0.2 * 120 * (1 - exp(-24 / 120)) / 24
    assert lengths[0] == 1
    assert lengths[1] == pytest.approx(1 / (1 - mean_of_day))
    assert 1 < lengths[2] < 1.02


def test_a_dip_without_a_recovery_is_over_at_once() -> None:
    assert spans(changed([{"at": "10 days", "dip": {"depth": 0.2, "recovery": "0 h"}}], [240.5])) == [(240.5, 241.5)]


@pytest.mark.parametrize(("luck", "share"), [(0.4, 0.0), (0.6, 1.0)])
def test_a_crm_saves_papers_unless_its_roll_out_fails(luck: float, share: float) -> None:
    crm = {"ceiling": 1, "midpoint": "0 h", "spread": "0 h", "failure": 0.5, "paperwork": 0.25}
    roles = {"seller": {"headcount": 1, "activities": ["sell", "paperwork"]}}
    papers = {"market.products.thing.paperwork": "4 h"}
    record = changed([{"at": "1 day", "crm": crm}], [1.0, 100.0], papers, roles, luck={"crm/failure": luck})
    assert record.crm_failed == (share == 0)
    assert [end - start for start, end in spans(record, "paperwork")] == pytest.approx([4, 4 * (1 - 0.25 * share)])
    assert hours(record, "sell") == pytest.approx(2)


def test_a_crm_saves_the_first_contact_and_service_too() -> None:
    crm = {"ceiling": 1, "midpoint": "0 h", "spread": "0 h", "failure": 0, "answer": 0.5, "service": 0.25}
    roles = {"seller": {"headcount": 1, "activities": ["qualify", "sell", "serve"]}}
    terms = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
    record = changed([{"at": "5 days", "crm": crm}], [1.0, 150.0], REPEAT | terms, roles)
    assert np.ravel(spans(record, "qualify")) == pytest.approx([1, 2, 150, 150.5])
    assert np.ravel(spans(record, "sale")) == pytest.approx([2, 3, 150.5, 151.5])
    assert np.ravel(spans(record, "order"))[:4] == pytest.approx([103, 104, 203, 203.75])


def test_a_crm_loses_less_in_hand_offs() -> None:
    crm = {"ceiling": 1, "midpoint": "0 h", "spread": "0 h", "failure": 0, "hand_off": 0.5}
    roles = {"hunter": {"headcount": 1, "activities": ["qualify"]}, "closer": {"headcount": 1, "activities": ["sell"]}}
    terms = {
        "market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1},
        "hand_off.lead": {"loss": 0.4, "delay": "0 h", "extra_work": "0 h"},
    }
    record = changed([{"at": "1 day", "crm": crm}], [1.0, 100.0], terms, roles, luck={"hand_off.1": 0.3})
    assert record.leads.state.tolist() == [2, 1]
