"""People at work by the office's calendar: what does not fit today goes on in the next working time."""

import pytest

from simulation.department import simulate
from simulation.world import World
from tests.scripted import hours, live, small, spans, worked

OFFICE = {"calendar": {"hours": "09:00-17:00", "lunch": None}}  # 1 January 2026 is a Thursday
LUNCH = {"calendar": {"hours": "09:00-18:00", "lunch": "13:00-14:00"}}


def lasting(hours_: float, calendar: dict, arrivals: list[float], **spec: object):
    return live(small({"market.stages": [{"name": "sale", "work": f"{hours_} h"}]} | calendar, **spec), arrivals)


def test_work_that_does_not_fit_today_goes_on_the_next_working_day():
    record = lasting(6, OFFICE, [13.0])
    assert spans(record) == [(13, 24 + 11)]
    assert hours(record, "sell") == 6


def test_work_goes_on_after_the_weekend():
    record = lasting(6, OFFICE, [24 + 13.0])
    assert spans(record) == [(24 + 13, 96 + 11)]


def test_nobody_works_at_lunch():
    record = lasting(2, LUNCH, [12.0, 13.5])
    assert spans(record) == [(12, 15), (15, 17)]


def test_a_lead_of_the_night_is_answered_in_the_morning():
    record = lasting(1, OFFICE, [1.0, 20.0])
    assert record.leads.answered.tolist() == [9, 24 + 9]


def test_work_that_ends_with_the_day_is_followed_by_the_next_in_the_morning():
    record = lasting(8, OFFICE, [1.0, 2.0, 3.0])
    assert spans(record) == [(9, 17), (24 + 9, 24 + 17), (96 + 9, 96 + 17)]


@pytest.mark.parametrize("calendar", [OFFICE, LUNCH], ids=["one shift", "with lunch"])
@pytest.mark.parametrize("length", [4, 8, 12, 20, 24])
def test_nobody_begins_anything_when_the_doors_close(calendar, length):
    # work of several days or shifts that ends exactly at closing time
    record = lasting(length, calendar, [1.0, 2.0, 3.0, 4.0])
    scenario = small(calendar)
    office = World(scenario, 0).calendar
    assert [start for start, _ in spans(record) if not office.is_open(start)] == []
    assert hours(record, "sell") == 4 * length


def test_public_holidays_are_days_off():
    changes = {"calendar": {"country": "RU", "hours": "09:00-17:00", "lunch": None}}
    record = lasting(1, changes, [1.0])
    # the first working day after the New Year holidays 2026 is Monday 12 January
    assert spans(record) == [(11 * 24 + 9, 11 * 24 + 10)]


def test_around_the_clock_nothing_pauses():
    assert spans(lasting(100, {}, [1.0])) == [(1, 101)]


def test_work_in_hand_at_a_months_end_counts_in_both_months():
    record = lasting(100, {"experiment.months": 2}, [700.0])
    assert record.busy[0].sum(axis=0).tolist() == [44, 56]
    assert record.repetitions[0].sum(axis=0).tolist() == [0, 1]


def test_work_in_hand_at_the_end_counts_until_the_end():
    record = lasting(100, {}, [700.0])
    assert record.busy.sum() == 44
    assert record.activities_done == 0


def test_the_warm_up_is_not_counted():
    changes = {"experiment.warm_up": 1, "experiment.months": 1, "experiment.start": "2026-02-01"}
    record = lasting(100, changes, [10.0, 700.0, 900.0])
    # January has 744 h, February 672: the second sale runs from 700 to 800
    assert record.begin == 744
    assert record.end == 744 + 672
    assert record.month_edges.tolist() == [744, 1416]
    assert record.busy.sum() == 56 + 100
    assert len(record.leads.uid) == 3


def test_what_waits_at_a_months_end_is_counted_by_activity():
    changes = {"experiment.months": 2, "market.channels.site.patience": "50 h"}
    record = lasting(2000, changes, [600.0, 650.0, 720.0, 730.0])
    # the first is in hand; the second has left; two wait at the end of January and none of them later
    assert record.waiting[record.activities.index("sell")].tolist() == [2, 0]


def test_meetings_take_so_many_hours_of_each_person_a_week():
    roles = {"seller": {"headcount": 2, "activities": ["meet", "sell"], "meetings": "2 h"}}
    record = lasting(1, OFFICE, [9.5], roles=roles)
    # weeks begin on Thursdays 1, 8, 15, 22, 29 January
    days = [0, 7, 14, 21, 28]
    assert spans(record, "meet", "seller-1") == [(24 * day + 9, 24 * day + 11) for day in days]
    assert spans(record, "meet", "seller-2") == spans(record, "meet", "seller-1")
    assert worked(record, "sale") == [("seller-1", 11, 12)]
    assert hours(record, "meet") == 20


def test_a_meeting_comes_at_its_place_in_the_order_of_preference():
    roles = {"seller": {"headcount": 1, "activities": ["sell", "meet"], "meetings": "2 h"}}
    record = lasting(1, OFFICE, [8.0, 9.5], roles=roles)
    assert spans(record, "meet")[0] == (11, 13)


def test_nobody_meets_for_somebody_else():
    roles = {
        "seller": {
            "headcount": 2,
            "activities": ["meet", "sell"],
            "meetings": "2 h",
            "ownership": "personal",
            "cover": 1,
        }
    }
    scenario = small(OFFICE, roles=roles)
    record = live(scenario, [], absences={0: [(0.0, 24.0 * 20)]})
    assert hours(record, "meet") <= 2 * 2 * 5
    assert sum(end - start for start, end in spans(record, "meet", "seller-2")) == 5 * 2


def test_the_same_year_gives_the_same_record():
    scenario = small(
        {
            "market.stages": [{"name": "sale", "work": {"exponential": "3 h"}, "conversion": 0.6}],
            "market.channels.site.leads_per_month": 200,
            "people.absence": {"vacation_days": 28, "sick_days": 8},
            "experiment.months": 3,
        }
        | LUNCH,
        roles={"seller": {"headcount": 3, "activities": ["sell"]}},
    )
    one, two = (simulate(scenario, "plain", World(scenario, 5), events=True) for _ in range(2))
    assert one.events == two.events
    assert one.busy.tolist() == two.busy.tolist()
