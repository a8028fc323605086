"""A limit of open leads in hand: who has so many takes no new one, and finds none; there is room when one is closed."""

import pytest

from simulation.department.record import LOST, OPEN, REASONS
from tests.scripted import live, small, spans, worked

QUIET = {
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "0 h"},
    "people.departure": {"reassign_after": "0 h", "leads_lost": 0, "customers_lost": 0},
}
THINKING = {
    "market.stages": [
        {"name": "talk", "work": "1 h", "thinking": "10 h"},
        {"name": "sign", "work": "1 h"},
    ]
}
CALLS = {"market.channels.calls": {"kind": "outbound", "attempt": "1 h", "find_probability": 0.5}}
QUALIFYING = {"market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1}}
WAYS = [("personal", "assigned"), ("personal", "shared"), ("team", "shared"), ("team", "assigned")]


def sellers(headcount: int = 1, most: int | None = 1, activities: tuple = ("sell",), **role: object) -> dict:
    return {"seller": {"headcount": headcount, "activities": list(activities), "most_open": most, **role}}


def steps(record) -> list[tuple[str, str, float]]:
    """(last digit of the lead, step, begin) of all pieces of work."""
    return [(row[0][-1], row[1], row[4]) for row in sorted(record.events, key=lambda row: row[4])]


# --- new leads wait for room ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_whoever_has_so_many_in_hand_takes_no_new_lead(ownership, new_work):
    scenario = small(THINKING, roles=sellers(ownership=ownership, new_work=new_work))
    record = live(scenario, [1.0, 2.0, 3.0])
    # talk, ten hours of thinking, signature, and only then the next one
    assert steps(record) == [
        *[("0", "talk", 1), ("0", "sign", 12)],
        *[("1", "talk", 13), ("1", "sign", 24)],
        *[("2", "talk", 25), ("2", "sign", 36)],
    ]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_without_a_limit_all_are_taken_at_once(ownership, new_work):
    scenario = small(THINKING, roles=sellers(most=None, ownership=ownership, new_work=new_work))
    record = live(scenario, [1.0, 2.0, 3.0])
    assert [begin for _, step, begin in steps(record) if step == "talk"] == [1, 2, 3]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_two_people_have_twice_as_many_in_hand(most, ownership, new_work):
    scenario = small(THINKING, roles=sellers(2, most, ownership=ownership, new_work=new_work))
    record = live(scenario, [1.0] * 10)
    begun = [begin for _, step, begin in steps(record) if step == "talk"]
    # each talks for as many hours as he may have leads in hand, and goes on when the first is signed, at 13
    assert begun[: 2 * most] == [1 + n // 2 for n in range(2 * most)]
    assert begun[2 * most] == 13


def test_a_new_lead_is_given_to_somebody_who_has_room():
    roles = sellers(2, 1, ownership="personal", new_work="assigned")
    changes = {
        "market.stages": [
            {"name": "talk", "work": "1 h", "thinking": {"empirical": ["10 h", "100 h"]}},
            {"name": "sign", "work": "1 h"},
        ]
    }
    record = live(small(changes, roles=roles), [1.0, 2.0, 3.0], luck={"stage.talk.thinking": [0.9, 0.1, 0.1]})
    # the first seller's lead thinks for a hundred hours, the second's for ten: the third lead is the second's
    assert worked(record, "talk") == [("seller-1", 1, 2), ("seller-2", 2, 3), ("seller-2", 14, 15)]


def test_what_waited_longest_for_room_comes_in_first_unless_the_newest_does():
    for newest, third in ((), "1"), (("qualify",), "3"):
        for ownership, new_work in WAYS:
            roles = sellers(ownership=ownership, new_work=new_work, newest_first=list(newest))
            record = live(small(THINKING, roles=roles), [1.0, 2.0, 3.0, 4.0])
            assert steps(record)[2] == (third, "talk", 13)


def test_a_lead_that_is_lost_makes_room():
    scenario = small(THINKING, roles=sellers())
    stages = [{"name": "talk", "work": "1 h", "thinking": "10 h", "conversion": 0.5}, {"name": "sign", "work": "1 h"}]
    scenario = small({"market.stages": stages}, roles=sellers())
    record = live(scenario, [1.0, 1.5, 1.75], luck={"stage.talk.decision": [0.9, 0.1, 0.1]})
    assert [begin for _, step, begin in steps(record) if step == "talk"] == [1, 2, 14]


def test_leads_that_wait_for_room_lose_their_patience():
    scenario = small(THINKING | {"market.channels.site.patience": "5 h"}, roles=sellers())
    record = live(scenario, [1.0, 2.0, 9.0])
    assert REASONS[record.leads.reason[1]] == "unanswered"
    assert record.leads.closed[1] == 7
    assert steps(record)[2] == ("2", "talk", 13)


def test_leads_do_not_count_for_whoever_only_passes_them_on():
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"], "most_open": 1},
        "closer": {"headcount": 1, "activities": ["sell"], "most_open": 2},
    }
    record = live(small(QUALIFYING | THINKING, roles=roles), [1.0, 1.0, 1.0, 1.0])
    assert spans(record, "qualify") == [(1, 2), (2, 3), (3, 4), (4, 5)]
    # the closer has two in hand until the first is signed
    assert [begin for _, step, begin in steps(record) if step == "talk"][:3] == [2, 3, 14]


def test_new_leads_wait_before_qualification_where_the_same_person_sells():
    record = live(small(QUALIFYING | THINKING, roles=sellers(activities=("qualify", "sell"))), [1.0, 1.0])
    assert [(step, begin) for _, step, begin in steps(record)] == [
        *[("qualify", 1), ("talk", 2), ("sign", 13)],
        *[("qualify", 14), ("talk", 15), ("sign", 26)],
    ]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_a_lead_that_a_colleague_of_another_role_has_sorted_is_new_also_to_whoever_sorts_too(ownership, new_work):
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "seller": {
            "headcount": 1,
            "activities": ["sell", "qualify"],
            "ownership": ownership,
            "new_work": new_work,
            "most_open": 1,
        },
    }
    record = live(small(QUALIFYING | THINKING, roles=roles), [1.0, 1.0, 1.0, 1.0])
    # talk, ten hours of thinking, signature: one lead at a time, whoever has sorted it
    assert [begin for _, step, begin in steps(record) if step == "talk"] == [2, 14, 26, 38]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_a_lead_that_somebody_who_only_helps_has_sorted_waits_for_room(ownership, new_work):
    roles = sellers(activities=("qualify", "sell"), ownership=ownership, new_work=new_work)
    roles["assistant"] = {
        "headcount": 1,
        "activities": [{"activity": "qualify", "overflow": {"queue": 1}}],
        "ownership": "personal",
    }
    record = live(small(QUALIFYING | THINKING, roles=roles), [1.0, 1.5, 2.0])
    helped = spans(record, "qualify", "assistant-1")
    assert helped == [(1.5, 2.5), (2.5, 3.5)]
    talks = worked(record, "talk", "seller-1")
    # talk, ten hours of thinking, signature: one lead at a time, whoever has sorted it
    assert [begin for _, begin, _ in talks] == [2, 14, 26]


@pytest.mark.parametrize("helps", [True, False])
def test_leads_of_one_channel_that_a_colleague_does_not_sell_are_new_to_whoever_sells_them(helps):
    # the hunter sells what comes from elsewhere, and only sorts what comes from the site
    sorts = {"activity": "qualify", "overflow": {"queue": 1}} if helps else "qualify"
    roles = {
        "hunter": {"headcount": 1, "activities": [sorts, {"activity": "sell", "channels": ["ads"]}]},
        "seller": {"headcount": 1, "activities": ["sell"] + ["qualify"] * helps, "most_open": 1},
    }
    ads = {"market.channels.ads": {"kind": "inbound", "leads_per_month": 0}}
    record = live(small(QUALIFYING | THINKING | ads, roles=roles), [1.0, 1.0, 1.0])
    assert [begin for _, begin, _ in worked(record, "talk", "seller-1")] == [2, 14, 26]


def test_whoever_helps_with_a_later_stage_takes_no_more_than_the_limit_either():
    changes = {
        "market.stages": [
            {"name": "talk", "work": "1 h", "thinking": "10 h"},
            {"name": "offer", "work": "1 h"},
            {"name": "sign", "work": "20 h"},
        ]
    }
    own = {"activity": "sell", "stages": ["talk", "offer"]}
    roles = {
        "opener": {
            "headcount": 1,
            "activities": [own, {"activity": "sell", "stages": ["sign"], "overflow": {"queue": 1}}],
            "most_open": 1,
        },
        "closer": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
    }
    record = live(small(changes, roles=roles), [1.0, 2.0, 14.0, 15.0])
    # the closer signs the first from 13 to 33; the second, to be signed from 25 on, waits while the third is in hand
    assert [begin for _, begin, _ in worked(record, "talk", "opener-1")] == [1, 13, 25, 37]
    assert worked(record, "sign", "closer-1")[:2] == [("closer-1", 13, 33), ("closer-1", 33, 53)]


# --- reminders are work on leads in hand -------------------------------------------------------------------------

SILENT = {
    "market.stages": [
        {
            "name": "talk",
            "work": "1 h",
            "conversion": 0.5,
            "silent": 1,
            "expires": "100 h",
            "remind": {"every": "30 h", "work": "2 h"},
        }
    ]
}
NO = {"stage.talk.decision": [0.9, 0.1, 0.1, 0.1]}


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_in_a_sale_of_one_stage_the_limit_keeps_nobody_from_reminding(ownership, new_work):
    record = live(small(SILENT, roles=sellers(ownership=ownership, new_work=new_work)), [1.0, 3.0], luck=NO)
    # the silent lead is in hand until it is closed at 102: the second waits, and the reminders do not
    assert steps(record) == [
        *[("0", "talk", 1), ("0", "talk", 32), ("0", "talk", 62), ("0", "talk", 92)],
        ("1", "talk", 102),
    ]


@pytest.mark.parametrize("new_work", ["assigned", "shared"])
def test_colleagues_who_have_no_room_remind_for_somebody_away_all_the_same(new_work):
    roles = sellers(2, 1, ownership="personal", new_work=new_work, cover=1)
    luck = {"stage.talk.decision": 0.9}
    record = live(small(SILENT, roles=roles), [1.0, 1.0], luck=luck, absences={0: [(20.0, 80.0)]})
    # each has one silent lead in hand; the first's is reminded by the second while the first is away
    assert worked(record, "talk", "seller-1") == [("seller-1", 1, 2), ("seller-1", 92, 94)]
    assert [begin for _, begin, _ in worked(record, "talk", "seller-2")] == [1, 32, 34, 62, 64, 92]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_a_silent_lead_of_somebody_who_only_helped_is_reminded_without_room(ownership, new_work):
    roles = sellers(ownership=ownership, new_work=new_work)
    roles["assistant"] = {
        "headcount": 1,
        "activities": [{"activity": "sell", "overflow": {"queue": 1, "wait": "30 min"}}],
    }
    record = live(small(SILENT, roles=roles), [1.0, 1.0], luck={"stage.talk.decision": 0.9})
    # the assistant talks with the second from 1.5 to 2.5; the seller has the first in hand, and reminds both
    assert worked(record, "talk", "assistant-1") == [("assistant-1", 1.5, 2.5)]
    assert [begin for _, begin, _ in worked(record, "talk", "seller-1")] == [1, 32, 34, 62, 64, 92, 94]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
@pytest.mark.parametrize("rule", [{}, {"overflow": {"queue": 9}}])
def test_what_somebody_has_sorted_himself_stays_in_hand_whoever_sorts_beside_him(ownership, new_work, rule):
    roles = sellers(activities=("qualify", "sell"), ownership=ownership, new_work=new_work)
    roles["other"] = {"headcount": 1, "activities": [{"activity": "qualify", **rule}]}
    away = {1: [(0.5, 700.0)]}
    record = live(small(QUALIFYING | THINKING, roles=roles), [1.0, 1.0, 1.0], absences=away)
    ours = [(row.activity, row.start) for row in record.events if row.person == "seller-1"]
    assert ours[:6] == [*[("qualify", 1), ("talk", 2), ("sign", 13)], *[("qualify", 14), ("talk", 15), ("sign", 26)]]


# --- who else takes, finds or gets leads ------------------------------------------------------------------------


def test_whoever_helps_takes_no_more_than_the_limit():
    changes = {"market.qualification": {"work": "10 h", "true_positive": 1, "false_positive": 1}} | THINKING
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "closer": {
            "headcount": 1,
            "activities": ["sell", {"activity": "qualify", "overflow": {"queue": 1}}],
            "ownership": "personal",
            "most_open": 1,
        },
    }
    record = live(small(changes, roles=roles), [1.0, 2.0, 3.0, 4.0])
    helped = worked(record, "qualify", "closer-1")
    # one lead from 2 to 12, and until it is signed at 24 no other, although they wait for the hunter
    assert helped == [("closer-1", 2, 12)]
    assert [begin for _, begin, _ in worked(record, "qualify", "hunter-1")] == [1, 11, 21]


@pytest.mark.parametrize("ownership", ["personal", "team"])
def test_prospecting_stops_at_the_limit(ownership):
    roles = sellers(activities=("sell", "prospect"), ownership=ownership)
    record = live(small(THINKING | CALLS, roles=roles), attempts=[3, 2, 1000])
    assert [(row[1], row[4], row[5]) for row in record.events][:6] == [
        *[("prospect", 0, 3), ("talk", 3, 4), ("sign", 14, 15)],
        *[("prospect", 15, 17), ("talk", 17, 18), ("sign", 28, 29)],
    ]


def test_a_find_in_hand_when_the_limit_is_reached_still_comes_in():
    roles = sellers(most=1, activities=("prospect", "sell"), ownership="personal", new_work="assigned")
    record = live(small(THINKING | CALLS, roles=roles), [1.0], attempts=[5, 1000])
    # the lead of 1 is given to the seller who prospects; the find of 5 comes in all the same, and no attempt follows
    assert steps(record)[:3] == [("0", "prospect", 0), ("0", "talk", 5), ("0", "talk", 6)]
    assert [row[0] for row in record.events][1:3] == ["site/0/0", "calls/found/0"]
    # both are signed at 18, and only then is there room to look for another
    assert record.attempts[record.channels.index("calls")].sum() >= 5
    assert record.busy[0, 0].sum() == pytest.approx(5 + 744 - 18)


def test_those_who_have_no_room_leave_prospecting_to_colleagues_who_have():
    roles = sellers(2, 1, activities=("sell", "prospect"), ownership="personal")
    record = live(small(THINKING | CALLS, roles=roles), attempts=[3, 700, 20, 1000])
    assert worked(record, "prospect")[0] == ("seller-1", 0, 3)
    assert spans(record, "prospect", "seller-2") == [(0, 700)]
    assert spans(record, "prospect", "seller-1") == [(0, 3), (15, 35)]


def test_leads_of_a_leaver_come_on_top_and_no_new_one_comes_in_before_there_is_room():
    roles = sellers(2, 1, ownership="personal", new_work="assigned")
    dismissal = [{"at": "5 h", "set": {"roles.seller.headcount": 1}}]
    scenario = small(QUIET | THINKING, structures={"plain": {"roles": roles, "interventions": dismissal}})
    record = live(scenario, [1.0, 1.0, 6.0])
    # both talks are over at 2; one person leaves at 5, and the other signs both at 12 and 13; the lead of 6 waits
    assert [(lead, step, begin) for lead, step, begin in steps(record)][2:] == [
        ("0", "sign", 12),
        ("1", "sign", 13),
        ("2", "talk", 14),
        ("2", "sign", 25),
    ]


def test_leads_that_left_with_a_leaver_take_no_room():
    roles = sellers(2, 1, ownership="personal", new_work="assigned")
    dismissal = [{"at": "5 h", "set": {"roles.seller.headcount": 1}}]
    lost = QUIET | {"people.departure": {"reassign_after": "0 h", "leads_lost": 1, "customers_lost": 0}}
    scenario = small(lost | THINKING, structures={"plain": {"roles": roles, "interventions": dismissal}})
    record = live(scenario, [1.0, 1.0, 6.0])
    assert sorted(REASONS[reason] for reason in record.leads.reason) == ["", "", "leaver"]
    assert steps(record)[3] == ("2", "talk", 13)


def test_a_lead_interrupted_by_an_absence_stays_in_hand():
    for ownership, new_work in WAYS:
        scenario = small(THINKING, roles=sellers(ownership=ownership, new_work=new_work))
        record = live(scenario, [1.0, 1.25], absences={0: [(1.5, 3.0)]})
        assert [(lead, begin) for lead, step, begin in steps(record) if step == "talk"] == [
            ("0", 1),
            ("0", 3),
            ("1", 14.5),
        ]


# --- whoever is idle is woken -----------------------------------------------------------------------------------


def test_a_colleague_who_is_idle_takes_the_next_lead_when_room_appears():
    roles = sellers(2, 1)
    changes = {
        "market.stages": [
            {"name": "talk", "work": "1 h", "thinking": {"empirical": ["10 h", "100 h"]}},
            {"name": "sign", "work": "1 h"},
        ]
    }
    luck = {"stage.talk.thinking": [0.1, 0.9, 0.1]}
    record = live(small(changes, roles=roles), [1.0, 1.0, 3.0], absences={0: [(13.0, 700.0)]}, luck=luck)
    # seller-1 signs the first lead from 12 to 13 and goes away; seller-2 has been idle since 2
    assert worked(record, "sign")[0] == ("seller-1", 12, 13)
    assert worked(record, "talk") == [("seller-1", 1, 2), ("seller-2", 1, 2), ("seller-2", 13, 14)]


@pytest.mark.parametrize("cover", [0, 1])
def test_new_leads_of_somebody_away_are_anybodys_where_colleagues_cover(cover):
    roles = sellers(2, 1, ownership="personal", new_work="assigned", cover=cover)
    # both seller's leads wait, each for its owner, when seller-1 goes away at 1.5; seller-2 closes his own at 13
    record = live(small(THINKING, roles=roles), [1.0, 1.0], absences={0: [(0.5, 50.0)]})
    assert worked(record, "talk")[0] == ("seller-2", 1, 2)
    # the second lead waits for room: seller-2's is signed at 13, seller-1 is back at 50
    assert worked(record, "talk")[1] == (("seller-2", 13, 14) if cover else ("seller-1", 50, 51))


def test_a_limit_of_one_never_keeps_somebody_from_the_lead_in_hand():
    for cover in (0, 1):
        roles = sellers(1, 1, ownership="personal", new_work="assigned", cover=cover)
        record = live(small(THINKING, roles=roles), [1.0, 3.0], absences={0: [(0.5, 5.0)]})
        assert steps(record) == [("0", "talk", 5), ("0", "sign", 16), ("1", "talk", 17), ("1", "sign", 28)]


def test_room_that_patience_makes_is_found_at_once():
    # personal, new leads first: the talk with the second lead waits until 4 and is given up then, when the seller looks
    stages = [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "5 h", "patience": "2 h"}]
    activities = ({"activity": "sell", "stages": ["talk"]}, {"activity": "sell", "stages": ["sign"]})
    roles = sellers(most=2, activities=activities, ownership="personal", new_work="shared")
    record = live(small({"market.stages": stages}, roles=roles), [1.0, 1.0, 1.0])
    # talks at 1 and 2; the signature of the first from 3 to 8; the second, ready at 3, has left at 5: room at 8
    assert [(lead, step, begin) for lead, step, begin in steps(record)] == [
        ("0", "talk", 1),
        ("1", "talk", 2),
        ("0", "sign", 3),
        ("2", "talk", 8),
        ("2", "sign", 9),
    ]
    assert record.leads.closed[1] == 5


def test_a_limit_that_is_lifted_lets_in_what_waited():
    lifted = [{"at": "10 h", "set": {"roles.seller.most_open": 3}}]
    for ownership, new_work in WAYS:
        roles = sellers(ownership=ownership, new_work=new_work)
        scenario = small(QUIET | THINKING, structures={"plain": {"roles": roles, "interventions": lifted}})
        record = live(scenario, [1.0, 2.0, 3.0, 4.0])
        assert [begin for _, step, begin in steps(record) if step == "talk"] == [1, 10, 11, 13]


@pytest.mark.parametrize("qualifying", [QUALIFYING, {}])
@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_a_find_that_is_interrupted_under_a_new_order_of_work_goes_on(ownership, new_work, qualifying):
    changed = [{"at": "3.25 h", "set": {"roles.seller.newest_first": ["serve"]}}]
    roles = sellers(activities=("qualify", "prospect", "sell"), ownership=ownership, new_work=new_work)
    scenario = small(
        QUIET | THINKING | CALLS | qualifying, structures={"plain": {"roles": roles, "interventions": changed}}
    )
    record = live(scenario, attempts=[3, 1000], absences={0: [(3.5, 5.0)]})
    later = [(5.5, 6.5), (16.5, 17.5)] if qualifying else [(15.5, 16.5)]
    assert [(row.start, row.end) for row in record.events if row.activity != "prospect"] == [(3, 3.5), (5, 5.5), *later]


def test_at_the_end_those_who_wait_for_room_are_open_leads():
    scenario = small(
        {"market.stages": [{"name": "talk", "work": "1 h", "thinking": "9999 h"}, {"name": "sign", "work": "1 h"}]},
        roles=sellers(most=2),
    )
    record = live(scenario, [1.0] * 5)
    assert record.leads.state.tolist() == [OPEN] * 5
    assert (record.leads.answered == record.leads.answered).sum() == 2
    assert record.waiting[:, -1].sum() == 3
    assert LOST not in record.leads.state
