"""Vacations and sickness: who waits, who covers, what becomes of the work in hand."""

import numpy as np
import pytest

from simulation.department import simulate
from simulation.scenario.people import ACTIVITIES
from simulation.world import World
from tests.scripted import UNEQUAL, hours, live, small, spans, worked

TWO = [{"name": "talk", "work": "1 h", "thinking": "9 h"}, {"name": "sign", "work": "1 h"}]
PERSONAL = {"headcount": 2, "activities": ["sell"], "ownership": "personal"}
TEAM = PERSONAL | {"ownership": "team"}


def away(role: dict, absences: dict, arrivals: list[float], **changes: object):
    return live(small({"market.stages": TWO} | changes, roles={"seller": role}), arrivals, absences=absences)


def test_a_personal_client_waits_while_its_owner_is_on_vacation():
    record = away(PERSONAL, {0: [(5.0, 100.0)]}, [1.0])
    # the client comes back from thinking at 11; seller-2 is idle all the time
    assert worked(record) == [("seller-1", 1, 2), ("seller-1", 100, 101)]


def test_a_team_client_is_served_by_a_colleague():
    record = away(TEAM, {0: [(5.0, 100.0)]}, [1.0])
    assert worked(record) == [("seller-1", 1, 2), ("seller-2", 11, 12)]


def test_colleagues_cover_for_an_absent_owner_with_their_efficiency_and_the_client_stays_his():
    stages = [*TWO[:1], {"name": "sign", "work": "1 h", "thinking": "200 h"}, {"name": "close", "work": "1 h"}]
    record = away(PERSONAL | {"cover": 0.5}, {0: [(5.0, 100.0)]}, [1.0], **{"market.stages": stages})
    assert worked(record) == [("seller-1", 1, 2), ("seller-2", 11, 13), ("seller-1", 213, 214)]


def test_what_waits_when_the_owner_leaves_is_covered_too():
    stages = [*TWO[:1], {"name": "sign", "work": "2 h"}]
    # both leads are seller-1's, because seller-2 is away in the beginning; they are due at 11 and at 12
    spells = {0: [(12.5, 100.0)], 1: [(0.0, 8.0)]}
    record = away(PERSONAL | {"cover": 0.8}, spells, [1.0, 1.25], **{"market.stages": stages})
    assert spans(record, "sign", "seller-1") == [(11, 12.5)]
    covered = spans(record, "sign", "seller-2")
    # half an hour is left of the first, all of the second
    assert covered[0][0] == 12.5
    assert covered[0][1] == covered[1][0]
    assert sorted(end - start for start, end in covered) == pytest.approx([0.5 / 0.8, 2 / 0.8])
    assert len(covered) == 2


def test_nobody_covers_when_everybody_is_away():
    record = away(PERSONAL | {"cover": 1}, {0: [(5.0, 100.0)], 1: [(6.0, 50.0)]}, [1.0])
    assert worked(record) == [("seller-1", 1, 2), ("seller-2", 50, 51)]


def test_an_owner_who_is_back_first_does_his_own_work_at_full_speed():
    record = away(PERSONAL | {"cover": 0.5}, {0: [(5.0, 40.0)], 1: [(6.0, 90.0)]}, [1.0])
    assert worked(record) == [("seller-1", 1, 2), ("seller-1", 40, 41)]


def test_work_cut_short_by_an_absence_is_finished_afterwards_with_the_hours_that_are_left():
    changes = {"market.stages": [{"name": "sale", "work": "10 h"}]}
    scenario = small(changes, roles={"seller": {"headcount": 1, "activities": ["sell"], "ownership": "personal"}})
    record = live(scenario, [1.0], absences={0: [(5.0, 100.0)]})
    assert spans(record) == [(1, 5), (100, 106)]
    assert [row[6] for row in record.events] == ["interrupted", "won"]
    assert hours(record, "sell") == 10


def test_work_of_a_team_that_an_absence_cuts_short_is_finished_by_a_colleague():
    changes = {"market.stages": [{"name": "sale", "work": "10 h"}]}
    scenario = small(changes, roles={"seller": {"headcount": 2, "activities": ["sell"]}})
    record = live(scenario, [1.0], absences={0: [(5.0, 100.0)]})
    assert worked(record) == [("seller-1", 1, 5), ("seller-2", 5, 11)]


def test_a_colleague_covers_the_rest_of_work_cut_short_with_his_efficiency():
    changes = {"market.stages": [{"name": "sale", "work": "10 h"}]}
    scenario = small(changes, roles={"seller": PERSONAL | {"cover": 0.5}})
    record = live(scenario, [1.0], absences={0: [(5.0, 100.0)]})
    # six hours are left, at half the speed
    assert worked(record) == [("seller-1", 1, 5), ("seller-2", 5, 17)]


def test_who_takes_over_work_cut_short_pays_for_the_change_of_activity():
    changes = {
        "market.stages": [{"name": "sale", "work": "10 h"}],
        "market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1},
        "people.switching": "30 min",
    }
    scenario = small(changes, roles={"seller": {"headcount": 2, "activities": ["qualify", "sell"]}})
    # seller-1 qualifies, seller-2 sells and goes; to seller-1 selling is a change
    record = live(scenario, [1.0], absences={1: [(5.0, 20.0)]})
    assert worked(record, "sale") == [("seller-2", 2, 5), ("seller-1", 5, 12.5)]


def test_nobody_works_during_an_absence_that_begins_on_the_first_day():
    record = away(TEAM, {0: [(0.0, 24.0)], 1: [(0.0, 48.0)]}, [1.0])
    assert worked(record)[0] == ("seller-1", 24, 25)


def test_absence_within_office_hours_keeps_the_calendar():
    changes = {
        "market.stages": [{"name": "sale", "work": "10 h"}],
        "calendar": {"hours": "09:00-17:00", "lunch": None},
    }
    scenario = small(changes, roles={"seller": {"headcount": 1, "activities": ["sell"]}})
    # Thursday from 9; ill from Friday 11:00 until Saturday: Monday the last two hours... 8 + 2 are done by then
    record = live(scenario, [1.0, 2.0], absences={0: [(24 + 11.0, 48 + 3.0)]})
    assert spans(record) == [(9, 35), (96 + 9, 120 + 11)]
    assert hours(record, "sell") == 20


def test_present_hours_are_the_calendar_less_the_absences():
    changes = {"calendar": {"hours": "09:00-17:00", "lunch": None}, "experiment.months": 2}
    scenario = small(changes, roles={"seller": {"headcount": 2, "activities": ["sell"]}})
    # January 2026 has 22 working days, February 20. Away: Friday 2 January, and the night; then 30 January to
    # 3 February, a Friday, a Monday and a Tuesday until noon
    spells = [(24.0, 48.0), (29 * 24.0, 33 * 24.0 + 12)]
    record = live(scenario, [], absences={0: spells})
    assert record.present.tolist() == [[(22 - 2) * 8, 160 - 8 - 3], [22 * 8, 20 * 8]]


def test_nobody_is_busy_for_longer_than_present():
    scenario = small(
        {
            "market.stages": [{"name": "sale", "work": {"exponential": "3 h"}}],
            "calendar": {},
            "people.absence": {"vacation_days": 28, "sick_days": 30},
            "market.channels.site.leads_per_month": 400,
            "experiment.months": 6,
        },
        roles={"seller": {"headcount": 3, "activities": ["sell"]}},
    )
    record = simulate(scenario, "plain", World(scenario, 0))
    busy = record.busy.sum(axis=1)
    assert np.all(busy <= record.present + 1e-9)
    # there is more work than they can do: nobody is ever idle while present, but for the first hours
    assert busy.sum() == pytest.approx(record.present.sum(), rel=0.02)
    assert record.busy[:, ACTIVITIES.index("sell")].sum() == busy.sum()


def test_who_takes_over_work_cut_short_goes_on_at_his_own_pace():
    changes = UNEQUAL | {"market.stages": [{"name": "sale", "work": "10 h"}]}
    scenario = small(changes, roles={"seller": {"headcount": 2, "activities": ["sell"]}})
    # seller-1 is twice as fast and has done four of the ten hours' work when he goes
    record = live(scenario, [1.0], absences={0: [(3.0, 100.0)]}, talent=[[2.0], [1.0]])
    assert worked(record) == [("seller-1", 1, 3), ("seller-2", 3, 9)]


def test_a_colleague_who_covers_and_falls_ill_does_not_become_the_owner():
    stages = [*TWO[:1], {"name": "sign", "work": "1 h", "thinking": "200 h"}, {"name": "close", "work": "1 h"}]
    spells = {0: [(5.0, 100.0)], 1: [(11.5, 20.0)]}
    record = away(PERSONAL | {"cover": 0.5}, spells, [1.0], **{"market.stages": stages})
    # the colleague has a quarter of an hour's work done at half speed, and does the rest as slowly
    assert worked(record) == [
        ("seller-1", 1, 2),
        ("seller-2", 11, 11.5),
        ("seller-2", 20, 21.5),
        ("seller-1", 221.5, 222.5),
    ]


def test_a_team_takes_what_was_assigned_to_somebody_who_is_away():
    changes = {"market.stages": [{"name": "sale", "work": "10 h"}]}
    roles = {"seller": TEAM | {"new_work": "assigned"}}
    # assigned in turn: seller-1 has the leads of 1 and 3, seller-2 that of 2; seller-1 goes at 5
    record = live(small(changes, roles=roles), [1.0, 2.0, 3.0], absences={0: [(5.0, 100.0)]})
    assert worked(record)[:2] == [("seller-1", 1, 5), ("seller-2", 2, 12)]
    later = worked(record)[2:]
    assert [person for person, _, _ in later] == ["seller-2", "seller-2"]
    assert sorted(end - start for _, start, end in later) == [6, 10]
    assert later[-1][2] == 28
