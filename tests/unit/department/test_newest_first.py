"""Newest first: of new leads the one that has waited shortest is answered first; what is begun goes on before it."""

import pytest

from simulation.department.record import LOST, REASONS, WON
from tests.scripted import live, small, spans

WAYS = [("personal", "assigned"), ("personal", "shared"), ("team", "shared"), ("team", "assigned")]


def newest(ownership: str = "team", new_work: str = "shared", activities: tuple = ("sell",), **role: object) -> dict:
    rules = {"newest_first": ["qualify"], "ownership": ownership, "new_work": new_work}
    return {"seller": {"headcount": 1, "activities": list(activities), **rules, **role}}


def answered(record) -> list[str]:
    """Last digits of the leads in the order in which their work began."""
    return [row[0][-1] for row in sorted(record.events, key=lambda row: row[4])]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_the_newest_lead_is_answered_first(ownership, new_work):
    record = live(small(roles=newest(ownership, new_work)), [1.0, 1.1, 1.2, 2.5])
    assert answered(record) == ["0", "2", "3", "1"]
    assert spans(record) == [(1, 2), (2, 3), (3, 4), (4, 5)]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_leads_whose_patience_has_ended_are_passed_over_and_left_at_their_time(ownership, new_work):
    scenario = small({"market.channels.site.patience": "1.5 h"}, roles=newest(ownership, new_work))
    record = live(scenario, [1.0, 1.1, 1.2, 2.5])
    # at 3 the lead of 1.1 has been gone since 2.6, and the one of 2.5 is there
    assert answered(record) == ["0", "2", "3"]
    assert record.leads.state.tolist() == [WON, LOST, WON, WON]
    assert REASONS[record.leads.reason[1]] == "unanswered"
    assert record.leads.closed[1] == pytest.approx(2.6)


def test_an_impatient_newest_lead_that_has_left_does_not_hide_an_older_one():
    changes = {"market.channels.fair": {"kind": "inbound", "leads_per_month": 0, "patience": "30 min"}}
    record = live(small(changes, roles=newest()), {"site": [1.0, 1.1], "fair": [1.2]})
    assert [(row[0], row[4]) for row in record.events] == [("site/0/0", 1), ("site/0/1", 2)]
    gone = list(record.leads.uid).index("fair/0/0")
    assert record.leads.closed[gone] == pytest.approx(1.7)


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_an_interrupted_lead_goes_on_before_all_that_came_meanwhile(ownership, new_work):
    changes = {"market.stages": [{"name": "sale", "work": "4 h"}]}
    scenario = small(changes, roles=newest(ownership, new_work))
    record = live(scenario, [1.0, 1.5, 3.0, 4.0, 5.5], absences={0: [(2.0, 5.0)]})
    assert spans(record) == [(1, 2), (5, 8), (8, 12), (12, 16), (16, 20), (20, 24)]
    assert answered(record) == ["0", "0", "4", "3", "2", "1"]


def test_a_colleague_goes_on_with_what_was_interrupted_before_newer_leads():
    changes = {"market.stages": [{"name": "sale", "work": "10 h"}]}
    roles = newest()
    roles["seller"]["headcount"] = 2
    # seller-1 is called away at 2 from the lead of 1, seller-2 has that of 1.5 until 11.5
    record = live(small(changes, roles=roles), [1.0, 1.5, 3.0, 4.0], absences={0: [(2.0, 100.0)]})
    assert [(row[0][-1], row[2], row[4]) for row in sorted(record.events, key=lambda row: row[4])] == [
        ("0", "seller-1", 1),
        ("1", "seller-2", 1.5),
        ("0", "seller-2", 11.5),
        ("3", "seller-2", 20.5),
        ("2", "seller-2", 30.5),
    ]


def test_own_interrupted_work_goes_on_before_newer_leads_of_the_pool():
    changes = {"market.stages": [{"name": "sale", "work": "4 h"}], "market.qualification": None}
    roles = newest("personal", "shared", cover=0)
    record = live(small(changes, roles=roles), [1.0, 3.0, 4.0], absences={0: [(2.0, 5.0)]})
    assert answered(record) == ["0", "0", "2", "1"]


def test_all_other_work_is_done_oldest_first():
    stages = [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h"}]
    qualifying = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
    roles = newest(activities=("qualify", "sell"))
    record = live(small(qualifying | {"market.stages": stages}, roles=roles), [1.0, 1.1, 1.2])
    steps = [row[1] + row[0][-1] for row in sorted(record.events, key=lambda row: row[4])]
    assert steps[:3] == ["qualify0", "qualify2", "qualify1"]
    assert steps[3:] == ["talk0", "talk2", "talk1", "sign0", "sign2", "sign1"]  # in the order in which they were ready


@pytest.mark.parametrize("newest_first", [["serve"], ["serve", "sell"]])
def test_any_activity_may_be_done_newest_first(newest_first):
    stages = [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h"}]
    roles = {"seller": {"headcount": 1, "activities": ["sell", "serve"], "newest_first": newest_first}}
    record = live(small({"market.stages": stages}, roles=roles), [1.0, 1.1, 1.2])
    steps = [row[1] + row[0][-1] for row in sorted(record.events, key=lambda row: row[4])]
    if "sell" in newest_first:  # every later stage; the first contact is `qualify`
        assert steps == ["talk0", "talk1", "talk2", "sign2", "sign1", "sign0"]
    else:
        assert steps == ["talk0", "talk1", "talk2", "sign0", "sign1", "sign2"]


def test_whoever_helps_takes_the_newest_lead_too():
    changes = {"market.qualification": {"work": "10 h", "true_positive": 1, "false_positive": 1}}
    helping = {"activity": "qualify", "overflow": {"queue": 3}}
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"], "newest_first": ["qualify"]},
        "closer": {"headcount": 1, "activities": ["sell", helping], "newest_first": ["qualify"]},
    }
    record = live(small(changes, roles=roles), [1.0, 2.0, 3.0, 4.0])
    helped = [(row[0][-1], row[4]) for row in record.events if row[2] == "closer-1" and row[1] == "qualify"]
    assert helped == [("3", 4)]
