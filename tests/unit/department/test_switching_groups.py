"""Switching by groups: a change from one group of activities to another costs time, a change within a group none."""

import pytest

from simulation.mechanisms.switching import group_of
from simulation.scenario.people import ACTIVITIES, People
from simulation.written.errors import ScenarioError
from tests.scripted import hours, live, small, spans

COST = {"people.switching": "15 min"}
QUALIFYING = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
PAPERS = {"market.products.thing.paperwork": "1 h"}
SELLER = {"seller": {"headcount": 1, "activities": ["qualify", "sell", "paperwork"]}}
QUIET = {
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "0 h"},
    "people.departure": {"reassign_after": "0 h", "leads_lost": 0, "customers_lost": 0},
}


def test_by_default_finding_selling_and_serving_with_its_papers_are_the_groups():
    group = dict(zip(ACTIVITIES, group_of(People().switching_groups, ACTIVITIES), strict=True))
    assert group["prospect"] == group["qualify"]
    assert group["sell"] == group["upsell"]
    assert group["serve"] == group["care"] == group["collect"] == group["paperwork"]
    alone = [group[activity] for activity in ("meet", "coach", "train")]
    assert len({group["qualify"], group["sell"], group["serve"], *alone}) == 6


def test_a_change_between_groups_costs_the_switching_time():
    record = live(small(COST | QUALIFYING | PAPERS, roles=SELLER), [1.0])
    assert spans(record) == [(1, 2), (2, 3.25), (3.25, 4.5)]
    assert hours(record, "sell") == hours(record, "paperwork") == 1.25


def test_a_change_within_a_group_costs_nothing():
    one = {"people.switching_groups": [["qualify", "sell", "paperwork"]]}
    record = live(small(COST | QUALIFYING | PAPERS | one, roles=SELLER), [1.0])
    assert spans(record) == [(1, 2), (2, 3), (3, 4)]
    some = {"people.switching_groups": [["sell", "paperwork"]]}
    record = live(small(COST | QUALIFYING | PAPERS | some, roles=SELLER), [1.0])
    assert spans(record) == [(1, 2), (2, 3.25), (3.25, 4.25)]


def test_an_activity_in_no_group_is_a_group_by_itself():
    record = live(small(COST | QUALIFYING | PAPERS | {"people.switching_groups": []}, roles=SELLER), [1.0])
    assert spans(record) == [(1, 2), (2, 3.25), (3.25, 4.5)]


def test_whoever_finds_leads_sorts_them_without_a_change():
    changes = COST | QUALIFYING | {"market.channels.calls": {"kind": "outbound", "attempt": "1 h"}}
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify", "prospect"]},
        "closer": {"headcount": 1, "activities": ["sell"]},
    }
    record = live(small(changes, roles=roles), [4.5], attempts=[3, 1000])
    # attempts, the find is sorted, attempts again, the lead of 4.5 is sorted, attempts
    assert spans(record, person="hunter-1")[:4] == [(0, 3), (3, 4), (4, 5), (5, 6)]
    apart = live(small(changes | {"people.switching_groups": []}, roles=roles), [4.5], attempts=[3, 1000])
    assert spans(apart, person="hunter-1")[:2] == [(0, 3), (3, 4.25)]


def test_a_farmer_serves_and_writes_papers_without_a_change_and_a_universal_pays_for_selling_between():
    changes = (
        COST
        | PAPERS
        | {
            "market.products.thing.repeat": True,
            "market.customers.order_every": "100 h",
            "market.customers.order_work": "1 h",
            "market.initial": {"customers": 1},
        }
    )
    roles = {"farmer": {"headcount": 1, "activities": ["serve", "paperwork", "sell"]}}
    record = live(small(changes, roles=roles), luck={"first.order.where": 0.05})
    assert hours(record, "serve") == 8
    assert hours(record, "paperwork") == 8  # of each order at 5, 105, ... without a change
    stages = {"market.stages": [{"name": "sale", "work": "1 h", "conversion": 0.5}]}
    luck = {"first.order.where": 0.05, "stage.sale.decision": 0.9}
    record = live(small(changes | stages, roles=roles), [50.0], luck=luck)
    # an attempt to sell between two orders: a change to it, and one back
    assert hours(record, "sell") == 1.25
    assert hours(record, "serve") == 8.25
    assert hours(record, "paperwork") == 8


def test_groups_may_change_during_the_run():
    merged = [{"at": "100 h", "set": {"people.switching_groups": [["sell", "qualify", "paperwork"]]}}]
    changes = QUIET | COST | QUALIFYING | PAPERS
    record = live(small(changes, structures={"plain": {"roles": SELLER, "interventions": merged}}), [1.0, 200.0])
    before, after = [[end - begin for begin, end in spans(record)][n : n + 3] for n in (0, 3)]
    assert before == [1, 1.25, 1.25]
    assert after == [1, 1, 1]


def test_an_activity_belongs_to_one_group():
    with pytest.raises(ScenarioError, match="`sell` stands in two groups"):
        small({"people.switching_groups": [["sell", "qualify"], ["sell"]]})


def test_where_a_change_costs_nothing_groups_make_no_difference():
    one, other = (
        live(small(QUALIFYING | PAPERS | {"people.switching_groups": groups}, roles=SELLER), [1.0, 1.5, 2.0])
        for groups in ([], [["qualify", "sell", "paperwork"]])
    )
    assert one.events == other.events
