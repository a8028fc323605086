"""The working calendar: what is open when, how long work takes, and the clock that agrees with it."""

import datetime as dt
import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.scenario.calendar import (
    AlwaysOpenClock,
    CalendarSpec,
    Clock,
    WorkingCalendar,
    add_months,
    public_holidays,
)

MONDAY = dt.date(2026, 3, 2)
OFFICE = WorkingCalendar.build(CalendarSpec(), MONDAY, 3)
ROUND_THE_CLOCK = WorkingCalendar.build(CalendarSpec(around_the_clock=True), MONDAY, 12)
PEOPLE = {
    "office": OFFICE,
    "around the clock": ROUND_THE_CLOCK,
    "night shift": WorkingCalendar.build(CalendarSpec(hours="22:00-06:00", lunch="01:00-01:20"), MONDAY, 3),
    "no break at midnight": WorkingCalendar.build(CalendarSpec(hours="00:00-24:00", lunch=None), MONDAY, 3),
    "russia, part time": WorkingCalendar.build(
        CalendarSpec(country="RU", week=("mon", "wed", "sat"), hours="10:10-15:30"), dt.date(2025, 12, 20), 3
    ),
    "with absences": OFFICE.without([(30.0, 31.5), (200.0, 541.3), (35.0, 36.0), (30.5, 33.0)]),
}
calendars = st.sampled_from(sorted(PEOPLE)).map(PEOPLE.__getitem__)
times = st.floats(0, 2000, allow_subnormal=False)
works = st.floats(0, 300, allow_subnormal=False)


def at(day: int, hour: float) -> float:
    """Elapsed hours of an hour of the n-th day (0 is the first Monday)."""
    return 24.0 * day + hour


# -- the block of the scenario -------------------------------------------------------------------------------


def test_the_default_office_works_forty_hours_a_week():
    assert CalendarSpec().hours_per_day == 8
    assert OFFICE.working_between(0.0, 7 * 24.0) == 40


@pytest.mark.parametrize(
    ("block", "hours"),
    [
        ({"hours": "9-17", "lunch": None}, 8),
        ({"hours": "08:30-17:15", "lunch": "12:00-12:45"}, 8),
        ({"hours": "22:00-06:00", "lunch": None}, 8),
        ({"hours": "20:00-08:00", "lunch": "01:00-02:00"}, 11),
        ({"hours": "00:00-24:00", "lunch": None}, 24),
        ({"around_the_clock": True}, 24),
    ],
)
def test_hours_per_day_is_what_is_worked(block, hours):
    assert CalendarSpec(**block).hours_per_day == pytest.approx(hours)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"hours": "nine to five"}, "such as '09:00-18:00'"),
        ({"hours": "09:00-25:00"}, "no clock shows"),
        ({"hours": "09:70-18:00"}, "no clock shows"),
        ({"hours": "09:00-09:00"}, "00:00-24:00"),
        ({"hours": "14:00-18:00"}, "lunch: null"),
        ({"lunch": "08:00-10:00"}, "not inside the hours"),
        ({"lunch": "13:00-18:00"}, "not inside the hours"),
        ({"week": []}, "at least one day"),
        ({"week": ["mon", "mon"]}, "twice"),
        ({"week": ["mon", "blursday"]}, "mon"),
        ({"country": "Russia"}, "two or three letters"),
        ({"days_off": [20260504]}, "not a date"),
        (
            {"days_off": ["2026-05-04"], "working_days": ["2026-05-04"]},
            "both in days_off and in working_days",
        ),
        ({"weak": ["mon"]}, "weak"),
    ],
)
def test_a_calendar_block_without_sense_is_refused_with_what_is_allowed(block, message):
    with pytest.raises(ValidationError, match=message):
        CalendarSpec(**block)


def test_a_calendar_block_cannot_be_changed_and_survives_being_written_and_read():
    spec = CalendarSpec(country="ru", week=("Fri", "mon"), hours="9-18", days_off=("2026-05-04",))
    assert (spec.country, spec.week, spec.hours) == ("RU", ("mon", "fri"), "09:00-18:00")
    assert CalendarSpec.model_validate(spec.model_dump(mode="json")) == spec
    with pytest.raises(AttributeError, match="does not change"):
        spec.country = "US"


def test_every_key_of_the_calendar_has_a_description():
    assert all(field.description for field in CalendarSpec.model_fields.values())


# -- holidays and single days --------------------------------------------------------------------------------


def test_russian_new_year_holidays_are_closed():
    calendar = WorkingCalendar.build(CalendarSpec(country="RU"), dt.date(2025, 12, 29), 12)
    first_working_day = calendar.elapsed_of(dt.datetime(2026, 1, 12, 9))
    last_evening = calendar.elapsed_of(dt.datetime(2025, 12, 30, 18))
    assert calendar.next_open(last_evening) == first_working_day
    assert calendar.working_between(last_evening, first_working_day) == 0
    without_country = WorkingCalendar.build(CalendarSpec(), dt.date(2025, 12, 29), 12)
    assert without_country.working_between(last_evening, first_working_day) == 8 * 8  # 31st to 9th but weekends


def test_a_russian_year_has_the_working_days_of_the_official_production_calendar():
    # 247 working days in 2025 and in 2026; the moved Saturday of 1 November 2025 is among them
    for year in (2025, 2026):
        calendar = WorkingCalendar.build(CalendarSpec(country="RU"), dt.date(year, 1, 1), 12)
        assert calendar.working_hours_total() == 247 * 8


def test_a_moved_working_saturday_is_worked_unless_the_scenario_takes_it_off():
    saturday = dt.datetime(2025, 11, 1, 12)
    for days_off, expected in (((), True), (("2025-11-01",), False)):
        calendar = WorkingCalendar.build(CalendarSpec(country="RU", days_off=days_off), dt.date(2025, 10, 1), 3)
        assert calendar.is_open(calendar.elapsed_of(saturday)) is expected


def test_a_working_day_of_the_scenario_overrides_a_holiday_and_the_weekend():
    spec = CalendarSpec(country="RU", working_days=("2026-01-02", "2026-01-03"))
    calendar = WorkingCalendar.build(spec, dt.date(2026, 1, 1), 1)
    assert calendar.next_open(0.0) == 24 + 9
    assert calendar.working_between(0.0, 11 * 24.0) == 16


def test_a_region_has_holidays_of_its_own():
    epiphany = dt.date(2026, 1, 6)
    assert epiphany in public_holidays("DE", "BY", 2026, 2026)[0]
    assert epiphany not in public_holidays("DE", None, 2026, 2026)[0]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"country": "RX"}, "nearest codes: .*RU"),
        ({"country": "DE", "region": "BX"}, "no region 'BX'.*B"),
    ],
)
def test_an_unknown_country_or_region_is_refused_with_the_nearest_ones(block, message):
    with pytest.raises(ValueError, match=message):
        WorkingCalendar.build(CalendarSpec(**block), MONDAY, 12)


# -- boundaries ----------------------------------------------------------------------------------------------


def test_the_office_is_open_from_the_opening_to_just_before_the_closing():
    assert [OFFICE.is_open(at(0, h)) for h in (8.99, 9, 12.99, 13, 13.99, 14, 17.99, 18)] == [
        *(False, True, True, False),
        *(False, True, True, False),
    ]
    assert not OFFICE.is_open(at(5, 10))
    assert OFFICE.next_open(at(0, 18)) == at(1, 9)
    assert OFFICE.next_open(at(4, 18)) == at(7, 9)
    assert OFFICE.next_open(at(1, 10.5)) == at(1, 10.5)


def test_work_that_ends_exactly_at_closing_time_ends_then():
    assert OFFICE.finish(at(0, 14), 4) == at(0, 18)
    assert OFFICE.finish(at(0, 9), 8) == at(0, 18)
    assert OFFICE.finish(at(0, 9), 40) == at(4, 18)


def test_work_that_does_not_fit_today_continues_in_the_next_working_time():
    assert OFFICE.finish(at(0, 12), 2) == at(0, 15)
    assert OFFICE.finish(at(4, 17), 1.5) == at(7, 9.5)
    assert OFFICE.finish(at(5, 3), 1) == at(7, 10)


def test_rounding_does_not_push_the_end_of_work_to_the_next_morning():
    begin = at(0, 14) + 0.1 + 0.2
    work = at(0, 18) - begin + 1e-12
    assert OFFICE.finish(begin, work) == at(0, 18)
    assert OFFICE.clock().finish(begin, work) == at(0, 18)
    assert OFFICE.finish(begin, work + 1e-6) > at(1, 9)


def test_rounding_does_not_push_the_hours_of_a_whole_day_to_the_next_morning():
    assert OFFICE.elapsed_at(8.0) == OFFICE.elapsed_at(8.0 + 1e-12) == at(0, 18)
    assert OFFICE.elapsed_at(8.0 + 1e-6) > at(1, 9)


def test_a_night_shift_that_began_on_the_eve_of_the_start_counts_from_midnight():
    night = WorkingCalendar.build(CalendarSpec(hours="22:00-06:00", lunch=None), dt.date(2026, 3, 3), 1)
    assert night.is_open(0.0)
    assert night.working_at(24.0) == 6 + 2


def test_beyond_the_calendar_nothing_ends_and_nothing_is_counted():
    assert OFFICE.finish(0.0, 1e7) == math.inf
    assert OFFICE.finish(0.0, math.inf) == math.inf
    assert OFFICE.clock().finish(0.0, math.inf) == math.inf
    assert OFFICE.next_open(math.inf) == OFFICE.clock().start(math.inf) == math.inf
    assert OFFICE.elapsed_at(1e7) == math.inf
    assert OFFICE.covers_until > OFFICE.horizon + 360 * 24
    night = PEOPLE["night shift"]
    assert night.working_at(night.covers_until) == night.working_at(night.closes[-2])
    with pytest.raises(ValueError, match="the calendar knows"):
        OFFICE.working_at(OFFICE.covers_until + 1)


# -- hours and their inverse, on any calendar ----------------------------------------------------------------


@given(calendars, times, works)
def test_working_between_a_start_and_its_finish_is_the_work(calendar, t, work):
    assert calendar.working_between(t, calendar.finish(t, work)) == pytest.approx(work, abs=1e-8)


@given(calendars, times, st.tuples(works, works), times)
def test_more_work_or_a_later_start_never_finishes_earlier(calendar, t, pair, later):
    less, more = sorted(pair)
    early, late = sorted((t, later))
    assert calendar.finish(t, less) <= calendar.finish(t, more)
    assert calendar.finish(early, less) <= calendar.finish(late, less) + 1e-8


@given(calendars, times, works)
def test_work_ends_in_working_time_or_at_its_closing(calendar, t, work):
    end = calendar.finish(t, work)
    assert end >= calendar.next_open(t) >= t
    assert calendar.is_open(end) or end in calendar.closes


@given(calendars, st.lists(st.tuples(times, works), min_size=1, max_size=30))
def test_the_clock_equals_the_calendar_bit_for_bit(calendar, questions):
    clock, cursor = calendar.clock(), Clock(calendar)
    for t, work in sorted(questions):
        assert clock.start(t) == cursor.start(t) == calendar.next_open(t)
        assert clock.finish(t, work) == cursor.finish(t, work) == calendar.finish(t, work)


@given(calendars, st.lists(st.tuples(times, works), min_size=1, max_size=30))
def test_the_clock_is_right_even_when_asked_about_an_earlier_time(calendar, questions):
    clock = Clock(calendar)
    for t, work in questions:
        assert clock.finish(t, work) == calendar.finish(t, work)
        assert clock.start(t) == calendar.next_open(t)


@given(times, works)
def test_around_the_clock_work_takes_exactly_its_time(t, work):
    for finish in (ROUND_THE_CLOCK.finish, ROUND_THE_CLOCK.clock().finish, Clock(ROUND_THE_CLOCK).finish):
        assert finish(t, work) == t + work
    assert ROUND_THE_CLOCK.next_open(t) == ROUND_THE_CLOCK.clock().start(t) == t
    assert ROUND_THE_CLOCK.working_at(t) == ROUND_THE_CLOCK.elapsed_at(t) == t
    assert isinstance(ROUND_THE_CLOCK.clock(), AlwaysOpenClock)


@given(calendars, st.floats(0, 500, allow_subnormal=False))
def test_elapsed_at_is_the_inverse_of_working_at(calendar, work):
    moment = calendar.elapsed_at(work)
    assert moment == pytest.approx(calendar.finish(0.0, work), abs=1e-8)
    assert calendar.working_at(moment) == pytest.approx(work, abs=1e-8)


@given(calendars, st.lists(times, min_size=1, max_size=20))
def test_arrays_give_what_single_numbers_give(calendar, moments):
    t = np.array(moments)
    worked = calendar.working_at(t)
    assert worked.tolist() == [calendar.working_at(one) for one in moments]
    assert calendar.elapsed_at(worked).tolist() == [calendar.elapsed_at(w) for w in worked.tolist()]
    assert (np.diff(calendar.working_at(np.sort(t))) >= 0).all()


@given(calendars, times)
def test_working_hours_are_the_sum_of_the_open_intervals(calendar, t):
    spans = ((begin, min(end, t)) for begin, end in zip(calendar.opens, calendar.closes, strict=True) if begin < t)
    assert calendar.working_at(t) == pytest.approx(math.fsum(end - begin for begin, end in spans), abs=1e-8)


def test_an_undefined_time_stays_undefined_and_negative_hours_are_refused():
    assert np.isnan(OFFICE.working_at(np.array([math.nan, 10.0]))).tolist() == [True, False]
    assert math.isnan(OFFICE.elapsed_at(math.nan))
    with pytest.raises(ValueError, match="not negative"):
        OFFICE.elapsed_at(-1.0)


# -- a person's own calendar ---------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    calendars,
    st.lists(st.tuples(times, times).map(sorted).map(tuple), max_size=6),
    st.lists(times, min_size=1, max_size=20),
)
def test_somebody_works_when_the_office_is_open_and_no_absence_is_on(calendar, absences, moments):
    person = calendar.without(absences)
    edges = [edge for absence in absences for edge in absence]
    for t in [*moments, *edges]:
        away = any(begin <= t < end for begin, end in absences)
        assert person.is_open(t) == (calendar.is_open(t) and not away)
    real = list(zip(person.opens, person.closes, strict=True))[:-1]
    assert all(begin < end for begin, end in real)
    assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(real))


def test_work_waits_while_somebody_is_on_vacation():
    person = OFFICE.without([(at(1, 0), at(14, 0))])
    assert person.finish(at(0, 17), 2) == at(14, 10)
    assert person.working_between(at(1, 0), at(14, 0)) == 0
    assert OFFICE.finish(at(0, 17), 2) == at(1, 10)


def test_who_has_left_never_works_again():
    for calendar in (OFFICE, ROUND_THE_CLOCK):
        person = calendar.without([(at(1, 12), math.inf)])
        assert person.next_open(at(1, 12)) == person.clock().start(at(1, 12)) == math.inf
        assert person.finish(at(1, 11), 2) == person.clock().finish(at(1, 11), 2) == math.inf
        assert person.finish(at(1, 11), 1) == at(1, 12)
        assert person.working_between(at(1, 12), at(30, 0)) == 0
        never = calendar.without([(0.0, math.inf)])
        assert never.working_hours_total() == 0
        assert never.elapsed_at(1.0) == math.inf


def test_an_absence_of_no_length_changes_nothing():
    person = ROUND_THE_CLOCK.without([(3.0, 3.0)])
    assert person.opens == ROUND_THE_CLOCK.opens
    assert isinstance(person.clock(), AlwaysOpenClock)


def test_an_absence_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        OFFICE.without([(10.0, 5.0)])


# -- months and dates ----------------------------------------------------------------------------------------


def test_months_run_from_the_start_date_to_the_same_day_later():
    calendar = WorkingCalendar.build(CalendarSpec(), dt.date(2026, 1, 15), 12)
    assert calendar.month_edges(2) == [0, 31 * 24, (31 + 28) * 24]
    assert calendar.month_edges(1.5) == [0, 31 * 24, (31 + 14) * 24]
    assert calendar.horizon == 365 * 24
    with pytest.raises(ValueError, match="months"):
        calendar.month_edges(25)


def test_a_month_too_short_for_the_day_ends_on_its_last():
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2026, 1, 31), 14) == dt.date(2027, 3, 31)
    assert add_months(dt.date(2026, 12, 5), 12) == dt.date(2027, 12, 5)


@given(st.floats(0, 8000))
def test_dates_and_elapsed_hours_are_two_names_of_one_moment(t):
    assert OFFICE.elapsed_of(dt.datetime.combine(MONDAY, dt.time()) + dt.timedelta(hours=t)) == pytest.approx(
        t, abs=1e-8
    )
    assert OFFICE.elapsed_of(MONDAY + dt.timedelta(days=3)) == 72


@pytest.mark.parametrize("months", [0, -1, math.nan, 1201])
def test_a_calendar_of_no_months_is_refused(months):
    with pytest.raises(ValueError, match="months"):
        WorkingCalendar.build(CalendarSpec(), MONDAY, months)


def test_a_calendar_goes_to_a_worker_process_and_comes_back_the_same():
    copy = pickle.loads(pickle.dumps(PEOPLE["with absences"]))
    assert copy.finish(17.0, 300.0) == PEOPLE["with absences"].finish(17.0, 300.0)
    assert copy.covers_until == OFFICE.covers_until
