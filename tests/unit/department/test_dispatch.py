"""Who takes which piece of work, and when."""

import pytest

from simulation.department.record import OPEN, WON
from tests.scripted import hours, live, small, spans, worked

TWO_STAGES = {"market.stages": [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "2 h"}]}
QUALIFYING = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
ALL = ["qualify", "sell"]


def test_one_person_does_one_thing_at_a_time_in_the_order_of_arrival():
    record = live(small(), [1.0, 1.25, 1.5, 20.0])
    assert spans(record) == [(1, 2), (2, 3), (3, 4), (20, 21)]
    assert record.leads.answered.tolist() == [1, 2, 3, 20]
    assert record.leads.closed.tolist() == [2, 3, 4, 21]
    assert record.leads.state.tolist() == [WON] * 4
    assert hours(record, "sell") == 4


def test_whoever_is_free_takes_shared_work():
    record = live(small(roles={"seller": {"headcount": 2, "activities": ["sell"]}}), [1.0, 1.5, 1.75])
    assert worked(record) == [("seller-1", 1, 2), ("seller-2", 1.5, 2.5), ("seller-1", 2, 3)]


def test_whoever_has_been_idle_longest_takes_the_next_work():
    record = live(small(roles={"seller": {"headcount": 3, "activities": ["sell"]}}), [1.0, 3.0, 5.0, 7.0])
    assert [person for person, _, _ in worked(record)] == ["seller-1", "seller-2", "seller-3", "seller-1"]


@pytest.mark.parametrize(
    ("activities", "expected"),
    [
        (["qualify", "sell"], ["qualify", "qualify", "qualify", "talk", "talk", "talk", "sign", "sign", "sign"]),
        (["sell", "qualify"], ["qualify", "talk", "sign", "qualify", "talk", "sign", "qualify", "talk", "sign"]),
    ],
)
def test_work_is_taken_in_the_order_of_preference(activities, expected):
    scenario = small(TWO_STAGES | QUALIFYING, roles={"seller": {"headcount": 1, "activities": activities}})
    record = live(scenario, [1.0, 1.1, 1.2])
    assert [row[1] for row in sorted(record.events, key=lambda row: row[4])] == expected


def test_stages_can_come_in_an_order_of_their_own():
    activities = [{"activity": "sell", "stages": ["sign"]}, {"activity": "sell", "stages": ["talk"]}]
    scenario = small(TWO_STAGES, roles={"seller": {"headcount": 1, "activities": activities}})
    record = live(scenario, [1.0, 1.1])
    assert [row[1] for row in record.events] == ["talk", "sign", "talk", "sign"]


def test_a_task_in_hand_is_finished_before_the_preferred_one_is_taken():
    activities = [{"activity": "sell", "stages": ["sign"]}, {"activity": "sell", "stages": ["talk"]}]
    stages = [{"name": "talk", "work": "10 h", "thinking": "1 h"}, {"name": "sign", "work": "2 h"}]
    scenario = small({"market.stages": stages}, roles={"seller": {"headcount": 1, "activities": activities}})
    record = live(scenario, [1.0, 2.0])
    # the second talk runs from 11 to 21, although the first lead comes back at 12
    assert spans(record, "talk") == [(1, 11), (11, 21)]
    assert spans(record, "sign") == [(21, 23), (23, 25)]


def test_work_of_one_preference_is_taken_in_the_order_in_which_it_became_due():
    stages = [{"name": "talk", "work": "1 h", "thinking": "4 h"}, {"name": "sign", "work": "1 h"}]
    record = live(small({"market.stages": stages}), [1.0, 5.5, 5.75, 6.25])
    # the first lead is due again at 6, while the second one is worked: after the third, before the fourth
    assert [(row[0][-1], row[1]) for row in record.events][:5] == [
        ("0", "talk"),
        ("1", "talk"),
        ("2", "talk"),
        ("0", "sign"),
        ("3", "talk"),
    ]


@pytest.mark.parametrize("minutes", [0, 6, 30])
def test_a_change_of_activity_costs_the_switching_time(minutes):
    changes = TWO_STAGES | QUALIFYING | {"people.switching": f"{minutes} min"}
    record = live(small(changes, roles={"seller": {"headcount": 1, "activities": ALL}}), [1.0, 1.1])
    lost = minutes / 60
    # qualify, qualify, talk, talk, sign, sign: one change, between stages there is none
    assert record.events[-1][5] == pytest.approx(1 + 2 + 2 + 4 + lost, abs=1e-12)
    assert hours(record, "qualify") == 2
    assert hours(record, "sell") == pytest.approx(6 + lost, abs=1e-12)


def test_the_first_work_of_all_costs_no_switching():
    record = live(small({"people.switching": "1 h"}), [1.0])
    assert spans(record) == [(1, 2)]


def test_one_who_alternates_pays_for_each_change_and_specialists_pay_nothing():
    changes = QUALIFYING | {"people.switching": "15 min"}
    universal = {"seller": {"headcount": 1, "activities": ["sell", "qualify"]}}
    split = {"one": {"headcount": 1, "activities": ["qualify"]}, "two": {"headcount": 1, "activities": ["sell"]}}
    arrivals = [1.0, 10.0, 20.0]
    total = [
        hours(record, "qualify") + hours(record, "sell")
        for record in (live(small(changes, roles=roles), arrivals) for roles in (universal, split))
    ]
    assert total == [pytest.approx(6 + 5 * 0.25), pytest.approx(6)]


def test_availability_stretches_all_work():
    record = live(small({"people.availability": 0.5}), [1.0])
    assert spans(record) == [(1, 3)]
    assert hours(record, "sell") == 2


STAY = {"market.stages": [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h"}]}


def test_a_personal_client_waits_for_its_owner_and_a_team_client_does_not():
    stages = [{"name": "talk", "work": "1 h", "thinking": "1 h"}, {"name": "sign", "work": "1 h"}]
    found = {}
    for ownership in ("personal", "team"):
        roles = {"seller": {"headcount": 2, "activities": ["sell"], "ownership": ownership}}
        # seller-1 talks with the first, then takes the third; seller-2 is idle when the first comes back at 3
        record = live(small({"market.stages": stages}, roles=roles), [1.0, 1.5, 2.75])
        found[ownership] = [row[2:3] + row[4:6] for row in record.events if row[0] == "site/0/0"]
    assert found["personal"] == [("seller-1", 1, 2), ("seller-1", 3.75, 4.75)]
    assert found["team"] == [("seller-1", 1, 2), ("seller-2", 3, 4)]


def test_assigned_new_work_goes_to_each_in_turn_even_when_a_colleague_is_idle():
    roles = {"seller": {"headcount": 2, "activities": ["sell"], "new_work": "assigned"}}
    record = live(small({"market.stages": [{"name": "sale", "work": "5 h"}]}, roles=roles), [1.0, 2.0, 3.0, 7.5])
    assert sorted(worked(record)) == [
        ("seller-1", 1, 6),
        ("seller-1", 6, 11),
        ("seller-2", 2, 7),
        ("seller-2", 7.5, 12.5),
    ]


def test_assigned_work_passes_over_those_who_are_away():
    roles = {"seller": {"headcount": 2, "activities": ["sell"], "new_work": "assigned"}}
    record = live(small(roles=roles), [1.0, 2.0, 3.0, 50.0, 51.0], absences={0: [(0.5, 40.0)]})
    assert [person for person, _, _ in worked(record)] == ["seller-2"] * 3 + ["seller-1", "seller-2"]


def test_shared_new_work_becomes_the_clients_owners_work():
    stages = [{"name": "talk", "work": "1 h", "thinking": "2 h"}, {"name": "sign", "work": "1 h"}]
    roles = {"seller": {"headcount": 3, "activities": ["sell"], "ownership": "personal", "new_work": "shared"}}
    record = live(small({"market.stages": stages}, roles=roles), [1.0, 1.1, 1.2])
    by_case: dict[str, set[str]] = {}
    for case, _, person, *_ in record.events:
        by_case.setdefault(case, set()).add(person)
    assert sorted(map(sorted, by_case.values())) == [["seller-1"], ["seller-2"], ["seller-3"]]


def test_a_role_with_a_filter_takes_only_its_channels_and_products():
    changes = {
        "market.channels.fair": {"kind": "inbound", "leads_per_month": 0, "patience": "never"},
        "market.products": {
            "thing": {"deal": 100, "gross_margin": 0.5, "repeat": False},
            "tool": {"deal": 100, "gross_margin": 0.5, "repeat": False},
        },
        "market.channels.site.products": {"thing": 1},
        "market.channels.fair.products": {"thing": 1, "tool": 1},
    }
    roles = {
        "online": {"headcount": 1, "activities": [{"activity": "sell", "channels": ["site"]}]},
        "tools": {"headcount": 1, "activities": [{"activity": "sell", "products": ["tool"]}]},
        "things": {
            "headcount": 1,
            "activities": [{"activity": "sell", "channels": ["fair"], "products": ["thing"]}],
        },
    }
    # shares of the products are halves: the first of the fair's leads asks for a thing, the second for a tool
    record = live(
        small(changes, roles=roles),
        {"site": [1.0], "fair": [1.0, 1.1]},
        luck={"lead/fair/0/product": [0.25, 0.75]},
    )
    assert sorted((row[0], row[2]) for row in record.events) == [
        ("fair/0/0", "things-1"),
        ("fair/0/1", "tools-1"),
        ("site/0/0", "online-1"),
    ]
    assert [record.products[p] for p in record.leads.product] == ["thing", "thing", "tool"]


BIG = {
    "small": {"headcount": 1, "activities": [{"activity": "sell", "deal_below": 500}]},
    "vip": {"headcount": 1, "activities": [{"activity": "sell", "deal_from": 500}]},
}


def test_large_accounts_go_to_the_group_for_them():
    scenario = small({"market.products.thing.deal": {"empirical": [100, 499, 500, 900]}}, roles=BIG)
    record = live(scenario, [1.0, 1.1, 1.2, 1.3], luck={"deal": [0.1, 0.4, 0.6, 0.9]})
    taken = {case: person for case, _, person, *_ in record.events}
    assert taken == {"site/0/0": "small-1", "site/0/1": "small-1", "site/0/2": "vip-1", "site/0/3": "vip-1"}


def test_protected_time_keeps_the_first_hours_of_each_day_for_an_activity():
    changes = QUALIFYING | {"calendar": {"hours": "09:00-17:00", "lunch": None}}
    seller = {"headcount": 1, "activities": ["sell", "qualify"]}
    # Thursday 1 January: four sales of an hour each wait already at nine, and a lead to qualify since ten to nine
    arrivals = [8.0, 8.1, 8.2, 8.3]
    plain = live(small(changes, roles={"seller": seller}), arrivals)
    first = live(small(changes, roles={"seller": seller | {"protected": {"qualify": "3 h"}}}), arrivals)

    def order(record):
        return [row[1] for row in sorted(record.events, key=lambda row: row[4])]

    assert order(plain) == ["qualify", "sale"] * 4
    # at 12 the window is over: the sales of the three qualified go before the fourth lead
    assert order(first) == ["qualify"] * 3 + ["sale"] * 3 + ["qualify", "sale"]


def test_work_that_nobody_does_stays_open():
    roles = {"seller": {"headcount": 0, "activities": ["sell"]}}
    record = live(small(roles=roles), [1.0])
    assert record.leads.state.tolist() == [OPEN]
    assert record.events == []


def test_a_support_seat_works_on_nothing():
    roles = {"head": {"headcount": 1, "support": True}, "seller": {"headcount": 1, "activities": ["sell"]}}
    record = live(small(roles=roles), [1.0])
    assert {row[2] for row in record.events} == {"seller-1"}
    assert record.busy.sum(axis=(1, 2)).tolist() == [1, 0]
    assert [record.roles[role] for role in record.seat_role] == ["seller", "head"]


def test_in_each_pod_people_work_their_own_leads():
    roles = {
        "one": {"headcount": 2, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "two": {"headcount": 2, "activities": [{"activity": "sell", "stages": ["sign"]}]},
    }
    pods = {"cells": {"pods": 2, "roles": roles}}
    record = live(small(STAY, structures=pods), [1.0, 1.1, 1.2, 1.3, 30.0, 31.5, 33.0])
    pairs = {}
    for case, _, person, *_ in record.events:
        pairs.setdefault(case, []).append(person)
    assert {tuple(sorted(pair)) for pair in pairs.values()} == {("one-1", "two-1"), ("one-2", "two-2")}
    # leads come to the pods in turn, even when the other one has nothing to do
    turns = [pairs[f"site/0/{n}"][0] for n in range(7)]
    assert all(one != other for one, other in zip(turns, turns[1:], strict=False))


def test_a_structure_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        live(small(), [1.0], structure="other")
