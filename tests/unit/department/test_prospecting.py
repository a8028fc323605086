"""Prospecting: leads made by people's attempts, which yield to better work and lose nothing by it."""

import pytest

from simulation.department.record import WON
from tests.scripted import UNEQUAL, hours, live, small, spans, worked

CALLS = {"kind": "outbound", "attempt": "1 h", "find_probability": 0.5}
OFFICE = {"calendar": {"hours": "09:00-17:00", "lunch": None}}


def caller(first: str = "sell", headcount: int = 1, **role: object) -> dict:
    activities = ["sell", "prospect"] if first == "sell" else ["prospect", "sell"]
    return {"seller": {"headcount": headcount, "activities": activities, **role}}


def calling(roles: dict | None = None, changes: dict | None = None, **channel: object):
    return small({"market.channels.calls": CALLS | channel} | (changes or {}), roles=roles or caller())


def test_attempts_lead_to_a_find_and_the_find_to_a_sale():
    record = live(calling(), attempts=[3, 2])
    assert [(row[1], row[4], row[5], row[6]) for row in record.events] == [
        ("prospect", 0, 3, "found"),
        ("sale", 3, 4, "won"),
        ("prospect", 4, 6, "found"),
        ("sale", 6, 7, "won"),
    ]
    assert list(record.leads.uid) == ["calls/found/0", "calls/found/1"]
    assert record.leads.found.all()
    assert record.leads.arrived.tolist() == record.leads.answered.tolist() == [3, 6]
    assert record.leads.state.tolist() == [WON, WON]


def test_prospecting_yields_at_the_end_of_the_attempt():
    record = live(calling(), [2.25], attempts=[5])
    assert spans(record, "prospect") == [(0, 3), (4, 6)]
    assert spans(record, "sale") == [(3, 4), (6, 7)]


def test_prospecting_yields_at_once_between_two_attempts_at_the_latest_one_attempt_later():
    record = live(calling(attempt="20 h"), [2.0], attempts=[2])
    assert spans(record)[:3] == [(0, 20), (20, 21), (21, 41)]


def test_the_residual_effort_is_kept():
    # ten attempts are needed; interruptions at 2.5 and 5.5 cost no attempt
    record = live(calling(), [2.5, 5.5], attempts=[10])
    assert spans(record, "prospect") == [(0, 3), (4, 6), (7, 12)]
    assert record.leads.arrived[record.leads.found].tolist() == [12]
    assert sum(end - start for start, end in spans(record, "prospect")) == 10


def test_the_residual_effort_is_kept_over_a_vacation():
    record = live(calling(), attempts=[10], absences={0: [(4.5, 100.0)]})
    # no attempt is begun that the absence would cut
    assert spans(record, "prospect") == [(0, 4), (100, 106)]


def test_prospecting_does_not_yield_to_work_of_lower_preference():
    record = live(calling(caller("prospect")), [2.25], attempts=[5])
    assert spans(record, "prospect")[0] == (0, 5)
    # the find is prospecting's to make, but selling has to wait for ever
    assert spans(record, "sale") == []


def test_prospecting_dies_when_nobody_has_time():
    arrivals = [hour + 0.01 for hour in range(744)]
    record = live(calling(), arrivals, attempts=[2] * 100)
    assert hours(record, "prospect") == pytest.approx(1, abs=0.05)
    assert record.leads.found.sum() == 0


def test_nothing_is_left_undone_when_there_is_time():
    record = live(calling(), attempts=[1] * 1000)
    # one hour for the attempt, one for the sale, until 31 days are over
    assert record.leads.found.sum() == 372
    assert hours(record, "prospect") == 372


def test_each_prospector_seeks_the_next_find():
    record = live(calling(caller(headcount=2, ownership="personal")), attempts=[4, 2, 5])
    seeks = [(row[0], row[2], row[4], row[5]) for row in record.events if row[1] == "prospect"]
    assert seeks[:3] == [
        ("calls/found/1", "seller-2", 0, 2),
        ("calls/found/0", "seller-1", 0, 4),
        ("calls/found/2", "seller-2", 3, 8),
    ]


def test_a_find_belongs_to_its_finder_when_clients_are_personal():
    roles = caller(headcount=2, ownership="personal")
    record = live(calling(roles), attempts=[4, 2])
    by_case: dict[str, set[str]] = {}
    for case, _, person, *_ in record.events:
        by_case.setdefault(case, set()).add(person)
    assert by_case == {"calls/found/0": {"seller-1"}, "calls/found/1": {"seller-2"}}


def test_a_find_of_somebody_who_does_not_sell_is_handed_off():
    roles = {
        "hunter": {"headcount": 1, "activities": ["prospect"]},
        "closer": {"headcount": 1, "activities": ["sell"]},
    }
    record = live(calling(roles), attempts=[3, 2])
    assert worked(record, "sale") == [("closer-1", 3, 4), ("closer-1", 5, 6)]
    assert worked(record, "prospect")[:2] == [("hunter-1", 0, 3), ("hunter-1", 3, 5)]


def test_proficiency_makes_attempts_shorter():
    record = live(calling(changes=UNEQUAL), attempts=[3], talent=2.0)
    assert spans(record, "prospect") == [(0, 1.5)]


def test_attempts_are_counted():
    record = live(calling(), attempts=[3, 4])
    assert record.attempts[record.channels.index("calls")].tolist() == [7]
    assert record.attempts[record.channels.index("site")].tolist() == [0]


def test_a_change_to_prospecting_costs_the_switching_time():
    record = live(calling(changes={"people.switching": "15 min"}), [0.5], attempts=[3])
    # an attempt; a quarter of an hour and the sale; a quarter of an hour and the other two; the change to the sale
    assert spans(record) == [(0, 1), (1, 2.25), (2.25, 4.5), (4.5, 5.75)]


def test_who_is_called_before_the_first_attempt_makes_none():
    record = live(calling(changes={"people.switching": "30 min"}), [0.5, 2.75], attempts=[3])
    # an attempt; half an hour and the sale until 2.5; while he settles down to prospect the next one comes at 2.75,
    # and is begun at 3; at 4.5 he turns to the other two attempts
    assert spans(record, "sale") == [(1, 2.5), (3, 4.5), (7, 8.5)]
    assert spans(record, "prospect") == [(0, 1), (2.5, 3), (4.5, 7)]
    assert record.attempts.sum() == 3


LIST = {"contacts": {"size": 10, "refresh_per_month": 4}}


def test_the_contact_list_runs_dry_and_is_refreshed_at_each_months_start():
    scenario = calling(changes={"experiment.months": 3}, **LIST)
    record = live(scenario, attempts=[1000])
    # ten attempts in January, four more from the first of February and of March
    assert spans(record, "prospect") == [(0, 10), (744, 748), (1416, 1420)]
    assert record.attempts[record.channels.index("calls")].tolist() == [10, 4, 4]


def test_the_list_holds_no_more_than_its_size():
    contacts = {"size": 10, "refresh_per_month": 500}
    scenario = calling(changes={"experiment.months": 3}, contacts=contacts)
    assert live(scenario, attempts=[1000]).attempts[1].tolist() == [10, 10, 10]


def test_a_list_that_is_shared_runs_dry_for_all():
    record = live(calling(caller(headcount=2), **LIST), attempts=[1000, 1000])
    assert record.attempts[1].sum() == 10


def test_contacts_that_a_colleague_gives_back_are_called_by_others():
    # seller-1 takes all ten contacts, is called away at 2.5 for a hundred hours and gives seven of them back
    changes = {"market.stages": [{"name": "sale", "work": "100 h"}]}
    roles = {
        "seller": {"headcount": 1, "activities": ["sell", "prospect"]},
        "caller": {"headcount": 1, "activities": ["prospect"]},
    }
    record = live(calling(roles, changes, **LIST), [2.5], attempts=[1000, 1000], absences={1: [(0.0, 1.0)]})
    assert spans(record, "prospect", "seller-1") == [(0, 3)]
    assert spans(record, "prospect", "caller-1") == [(pytest.approx(2.5, abs=0.5), pytest.approx(9.5, abs=0.5))]


def test_without_a_list_contacts_never_run_dry():
    record = live(calling(), attempts=[10_000])
    assert record.busy.sum() == 744


def test_several_channels_are_worked_in_the_order_of_the_market():
    scenario = calling(changes={"market.channels.visits": CALLS | {"attempt": "2 h"}}, **LIST)
    record = live(scenario, attempts=[1000])
    # the calls first, until their list is dry
    assert record.attempts[record.channels.index("calls")].tolist() == [10]
    assert record.busy.sum() == 744


@pytest.mark.parametrize("protected", [0, 2, 4])
def test_protected_time_for_prospecting_comes_first_each_day(protected):
    role = caller(protected={"prospect": f"{protected} h"})
    # more than enough sales wait from the first day on
    record = live(calling(role, OFFICE), [1.0] * 300, attempts=[10_000])
    days = 22  # working days of January 2026 without holidays
    assert hours(record, "prospect") == pytest.approx(protected * days)
    assert hours(record, "sell") == pytest.approx((8 - protected) * days)


def test_prospecting_goes_on_the_next_morning():
    record = live(calling(changes=OFFICE, attempt="3 h"), attempts=[4])
    # Thursday 9 to 17 are eight hours; the other four until Friday at 13
    assert spans(record, "prospect") == [(9, 24 + 13)]


def test_work_that_came_in_the_night_interrupts_prospecting_when_the_doors_open():
    record = live(calling(changes=OFFICE, attempt="3 h"), [20.0], attempts=[6])
    # the third attempt, begun at 15, ends on Friday at 10
    assert spans(record)[:3] == [(9, 24 + 10), (24 + 10, 24 + 11), (24 + 11, 96 + 12)]


def test_help_that_is_needed_in_the_night_interrupts_prospecting_when_the_doors_open():
    stages = [{"name": "talk", "work": "1 h", "thinking": "5 h"}, {"name": "sign", "work": "1 h"}]
    helping = {"activity": "sell", "overflow": {"queue": 1}}
    roles = {
        "talker": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["talk"]}]},
        "signer": {"headcount": 1, "activities": [{"activity": "sell", "stages": ["sign"]}]},
        "caller": {"headcount": 1, "activities": [helping, "prospect"]},
    }
    scenario = calling(roles, OFFICE | {"market.stages": stages}, attempt="30 min")
    # the talk of Thursday 15 to 16 is due for signing at 21; the signer is away until the end
    record = live(scenario, [15.0], attempts=[100_000], absences={1: [(10.0, 9999.0)]})
    (sign,) = worked(record, "sign")
    assert sign[0] == "caller-1"
    assert sign[1] == pytest.approx(24 + 9, abs=0.5)


def test_each_channel_is_prospected_at_its_own_place_in_the_order_of_preference():
    roles = {
        "seller": {
            "headcount": 1,
            "activities": [
                {"activity": "prospect", "channels": ["visits"]},
                "sell",
                {"activity": "prospect", "channels": ["calls"]},
            ],
        }
    }
    changes = {"market.channels.visits": CALLS | {"contacts": {"size": 3}}}
    record = live(calling(roles, changes), [0.5, 1.5], attempts=[1000, 1000])
    # three visits, then the sales that wait, and calls only when there is nothing else
    assert spans(record, "prospect")[0] == (0, 3)
    assert spans(record, "sale") == [(3, 4), (4, 5)]
    assert record.attempts[record.channels.index("visits")].tolist() == [3]


def test_a_sale_interrupts_calls_but_not_visits_that_come_first():
    roles = {
        "seller": {
            "headcount": 1,
            "activities": [
                {"activity": "prospect", "channels": ["visits"]},
                "sell",
                {"activity": "prospect", "channels": ["calls"]},
            ],
        }
    }
    changes = {"market.channels.visits": CALLS | {"contacts": {"size": 3}}}
    record = live(calling(roles, changes), [10.25], attempts=[1000, 1000])
    assert spans(record, "sale") == [(11, 12)]


def test_protected_time_comes_once_a_shift_that_crosses_midnight():
    nights = {"calendar": {"hours": "20:00-04:00", "lunch": None, "week": ["mon"]}}
    role = caller(protected={"prospect": "2 h"})
    record = live(calling(role, nights), [1.0] * 300, attempts=[10_000])
    # Mondays 5, 12, 19, 26 January, from eight to ten in the evening
    assert hours(record, "prospect") == pytest.approx(4 * 2)
