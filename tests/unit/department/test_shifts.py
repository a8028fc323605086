"""People with hours of their own: shifts of a role, named positions, and what follows their hours."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulation
from simulation.department import Department, run, simulate
from simulation.expected import budgeted_pay, workload
from simulation.expected.attendance import days_there, doors_of, share_there, unanswered
from simulation.expected.office_time import office_time
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.office_hours import CalendarSpec
from simulation.scenario.shifts import positions
from simulation.sense.checks import sense
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.scripted import hours, live, small, spans, worked

SHIPPED = Path(__file__).parents[3] / "scenarios" / "department_of_ten.yaml"
# 1 January 2026 is a Thursday: Saturday begins at 48 h, Monday at 96 h
OFFICE = {"calendar": {"hours": "09:00-17:00", "lunch": None}}
WAYS = [("personal", "assigned"), ("personal", "shared"), ("team", "shared"), ("team", "assigned")]
EARLY, LATE = {"people": 1, "hours": "09:00-15:00"}, {"people": 1, "hours": "12:00-21:00"}
SATURDAY = {"people": 1, "week": ["sat"], "hours": "10:00-14:00"}


def role(headcount: int = 1, **spec: Any) -> dict[str, Any]:
    return {"seller": {"headcount": headcount, "activities": ["sell"], **spec}}


def staffed(rows: list[dict[str, Any]], changes: dict[str, Any] | None = None, **spec: Any) -> Any:
    structure = {"roles": role(**spec), "staff": [{"role": "seller", **row} for row in rows]}
    return small(OFFICE | (changes or {}), structures={"plain": structure})


# --- calendars --------------------------------------------------------------------------------------------------


def test_own_hours_keep_the_offices_holidays_and_its_break_where_it_lies_inside() -> None:
    office = CalendarSpec(country="RU", hours="09:00-18:00", lunch="13:00-14:00")
    assert office.own(None, None) is office
    assert office.own("12:00-21:00", None).shifts == ((12, 13), (14, 21))
    assert office.own("14:00-21:00", None).shifts == ((14, 21),)
    late = office.own("14:00-21:00", ("fri", "sat"))
    assert (late.country, late.hours_per_week) == ("RU", 14)


def test_a_night_shift_goes_on_into_saturday() -> None:
    own = CalendarSpec(lunch=None).own("22:00-06:00", ("fri",))
    calendar = WorkingCalendar.build(own, dt.date(2026, 1, 1), 1)
    assert (calendar.opens[0], calendar.closes[0]) == (24 + 22, 48 + 6)
    assert calendar.opens[1] == 24 + 22 + 168


def test_around_the_clock_own_hours_are_those_of_every_day() -> None:
    own = CalendarSpec(around_the_clock=True).own("08:00-20:00", None)
    assert (own.hours_per_week, own.around_the_clock) == (84, False)


# --- who works when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_a_lead_of_the_late_shift_is_answered_by_the_late_shift(ownership: str, new_work: str) -> None:
    roles = role(2, shifts=[EARLY, LATE], ownership=ownership, new_work=new_work)
    record = live(small(OFFICE, roles=roles), [16.0, 19.0, 20.0, 24 + 9.5, 24 + 20.5])
    # at 17 the office closes; nobody but the late one is there at 16, 19, 20; the last is done on Friday's evening
    assert record.leads.answered.tolist() == [16, 19, 20, 24 + 9.5, 24 + 20.5]
    assert [row[2] for row in sorted(record.events, key=lambda row: row[4])][:4] == ["seller-2"] * 3 + ["seller-1"]


def test_what_is_assigned_at_night_goes_to_whoever_comes_first() -> None:
    roles = role(2, shifts=[LATE, EARLY], new_work="assigned")
    record = live(small(OFFICE, roles=roles), [2.0, 3.0])
    assert spans(record) == [(9, 10), (10, 11)]


def test_who_works_on_saturdays_takes_what_waits_then() -> None:
    record = live(small(OFFICE, roles=role(2, shifts=[{"people": 1}, SATURDAY], new_work="shared")), [24 + 18.0, 50.0])
    assert spans(record) == [(58, 59), (59, 60)]


def test_own_work_waits_for_its_owners_next_day_and_no_colleague_covers() -> None:
    stages = {"market.stages": [{"name": "talk", "work": "1 h"}, {"name": "sign", "work": "1 h"}]}
    stages["market.stages"][0]["thinking"] = "6 h"  # type: ignore[index]
    record = live(small(OFFICE | stages, roles=role(2, shifts=[EARLY, LATE], ownership="personal", cover=1)), [9.0])
    assert worked(record)[-1][1:] == (24 + 9, 24 + 10)  # due at 16 of the first day, when only the late one is there


def test_work_that_does_not_fit_into_the_shift_goes_on_in_the_next() -> None:
    record = live(small(OFFICE | {"market.stages": [{"name": "sale", "work": "5 h"}]}, roles=role(week=["sat"])), [1.0])
    assert spans(record) == [(48 + 9, 48 + 14)]
    record = live(
        small(OFFICE | {"market.stages": [{"name": "sale", "work": "12 h"}]}, roles=role(week=["sat"])), [1.0]
    )
    assert spans(record) == [(48 + 9, 48 + 168 + 13)]
    assert hours(record, "sell") == 12


def test_a_holiday_is_one_for_shifts_too() -> None:
    changes = {"calendar": {"country": "RU", "hours": "09:00-17:00", "lunch": None}}
    record = live(small(changes, roles=role(hours="12:00-21:00", week=["fri", "sat"])), [1.0])
    assert spans(record) == [(9 * 24 + 12, 9 * 24 + 13)]  # Saturday 10 January: 2, 3 and 9 are holidays


def test_shifts_work_in_a_department_around_the_clock() -> None:
    record = live(small(roles=role(2, shifts=[{"people": 1, "hours": "20:00-08:00"}], new_work="shared")), [3.0, 22.0])
    assert spans(record) == [(3, 4), (22, 23)]
    alone = live(small(roles=role(hours="20:00-08:00")), [9.0])
    assert spans(alone) == [(20, 21)]


def test_meetings_take_place_when_the_person_is_there() -> None:
    roles = {"seller": {"headcount": 1, "activities": ["meet", "sell"], "meetings": "1 h", "week": ["sat"]}}
    record = live(small(OFFICE, roles=roles), [])
    assert spans(record, "meet")[:2] == [(57, 58), (168 + 57, 168 + 58)]


def test_protected_hours_are_the_first_of_the_persons_own_day() -> None:
    roles = {"seller": {"headcount": 1, "activities": ["sell", "prospect"], "protected": {"prospect": "2 h"}}}
    roles["seller"]["hours"] = "12:00-21:00"
    calls = {"market.channels.calls": {"kind": "outbound", "attempt": "1 h", "find_probability": 0.5}}
    record = live(small(OFFICE | calls, roles=roles), [10.0])
    assert spans(record, "sale") == [(14, 15)]


def test_presence_is_counted_in_own_hours_less_absences() -> None:
    scenario = small(OFFICE, roles=role(2, shifts=[{"people": 1}, SATURDAY]))
    record = live(scenario, [], absences={1: [(48.0, 72.0)]})
    assert record.present.sum(axis=1).tolist() == [22 * 8, 4 * 4]  # five Saturdays in January, one of them missed


def test_who_gave_a_part_of_the_week_is_there_in_the_hours_of_the_role_that_he_moves_to() -> None:
    """Two hours of each of two days, then four of every working day from 5 January on: nothing of it is off."""
    spec = {"activities": ["sell"], "ownership": "team"}
    structure = {
        "roles": {
            "early": {"headcount": 1, "hours_per_week": "10 h", **spec},
            "late": {"headcount": 0, "hours": "13:00-17:00", **spec},
        },
        "interventions": [{"at": "4 days", "move": [{"role": "early", "to": "late", "people": 1}]}],
    }
    record = live(small(OFFICE | {"experiment.months": 1}, structures={"plain": structure}))
    assert record.present[:, 0].tolist() == pytest.approx([2 * 2, 4 * 20])  # Thursday and Friday; four weeks of five


def test_who_moves_to_a_role_with_other_hours_works_those() -> None:
    roles = {
        "early": {"headcount": 1, "activities": ["sell"], "hours": "09:00-12:00"},
        "late": {"headcount": 0, "activities": ["sell"], "hours": "15:00-21:00"},
    }
    change = {"at": "1 days", "move": [{"role": "early", "to": "late", "people": 1}]}
    structure = {"roles": roles, "interventions": [change]}
    scenario = small(OFFICE | {"market.stages": [{"name": "sale", "work": "5 h"}]}, structures={"plain": structure})
    record = live(scenario, [9.0])
    assert [row[1:] for row in worked(record)][-1] == (24 + 15, 24 + 17)
    assert hours(record, "sell") == 5


# --- two halves and a whole -------------------------------------------------------------------------------------


def test_two_halves_of_the_day_are_one_whole_day() -> None:
    # one desk that all read, alike people, no switching: with the same luck the same work is done at the same time
    market = {
        "market.channels.site.leads_per_month": 120,
        "market.stages": [{"name": "sale", "work": {"exponential": "1 h"}}],
    }
    structures = {
        "whole": {"roles": role(1, new_work="shared", ownership="team")},
        "halves": {
            "roles": role(
                2, new_work="shared", ownership="team",
                shifts=[{"people": 1, "hours": "09:00-13:00"}, {"people": 1, "hours": "13:00-17:00"}],
            )
        },
    }  # fmt: skip
    scenario = small(OFFICE | market, structures=structures)
    for replication in range(3):
        whole, halves = (simulate(scenario, name, World(scenario, replication)) for name in structures)
        difference = len(whole.sales.time) - len(halves.sales.time)
        assert abs(difference) <= 2  # what each half has in hand at the end of its day waits for the next one
        assert halves.busy.sum() == pytest.approx(whole.busy.sum(), abs=4)


# --- named positions --------------------------------------------------------------------------------------------


def test_a_named_position_has_its_name_tenure_and_repetitions() -> None:
    rows = [{"name": "Olga", "hired": "2023-01-01", "repetitions": {"sell": 50}}]
    learning = {"people.learning": {"sell": {"start": 0.5, "mastery": 1, "half_life": 50}}}
    scenario = staffed(rows, learning, headcount=2)
    department = Department(scenario, "plain", World(scenario, 0))
    olga, other = department.workforce.people
    assert (olga.name, other.name) == ("Olga", "seller-2")
    assert olga.employee.hired == -24 * (dt.date(2026, 1, 1) - dt.date(2023, 1, 1)).days
    sell = [skill.proficiency for skill in olga.skills if skill is not None]
    assert sell == pytest.approx([0.75])


def test_the_hazard_of_leaving_is_that_of_the_tenure() -> None:
    turnover = {"people.turnover": {"per_year": 0.5, "early": 1.5}}
    fresh, old = (
        Department(scenario, "plain", World(scenario, 0)).workforce.people[0].employee
        for hired in ("2026-01-01", "2016-01-01")
        for scenario in [staffed([{"name": "Olga", "hired": hired}], turnover)]
    )
    assert fresh.law is not None and old.law is not None
    month = 730.0
    assert fresh.law.spent(month) > 1.5 * (old.law.spent(month - old.hired) - old.law.spent(-old.hired))


def test_who_follows_in_a_named_position_has_its_hours_and_pay_and_not_what_was_practised() -> None:
    rows = [{"name": "Olga", "hours": "12:00-17:00", "base": 70, "hired": "2020-01-01", "repetitions": {"sell": 900}}]
    changes = {
        "people.turnover": {"per_year": 50, "early": 1},
        "people.recruiting": {"time": "1 days"},
        "people.onboarding": {"training_days": 0, "probation": {"failure": 0}},
        "people.learning": {"sell": {"start": 0.5, "mastery": 1, "half_life": 50}},
        "experiment": {"start": "2026-01-01", "months": 3, "begin": "new", "seed": 1},
    }
    scenario = staffed(rows, changes, pay={"base": 100})
    department = Department(scenario, "plain", World(scenario, 0))
    record = run(department)
    workers = department.workforce.all_workers
    assert len(workers) > 1
    follower = workers[1]
    assert follower.employee.hired > 0
    assert follower.office is workers[0].office
    assert [skill.proficiency for skill in follower.skills if skill is not None][0] == pytest.approx(0.5)
    _, ledger = simulation.replicate_one(scenario, "plain", 0)
    month = 24.0 * np.array([31, 28, 31])
    there = [
        max(0.0, min(float(np.nan_to_num(end, nan=1e9)), stop) - max(begin, stop - length)) / length
        for begin, end in zip(record.staff.begin, record.staff.end, strict=True)
        for stop, length in zip(np.cumsum(month), month, strict=True)
    ]
    assert -ledger.total("base_pay") == pytest.approx(70 * sum(there))


def test_people_of_today_bring_what_is_known_of_them() -> None:
    structures = {
        "now": {"roles": role(2), "staff": [{"name": "Olga", "role": "seller", "hired": "2021-01-01"}]},
        "then": {"roles": role(3)},
    }
    scenario = small(
        OFFICE | {"experiment.begin": "today", "experiment.today": "now", "people.tenure": "10 days"},
        structures=structures,
    )
    hired = Department(scenario, "then", World(scenario, 0)).staffing._plan.seats.hired
    assert hired[0] == -24 * (dt.date(2026, 1, 1) - dt.date(2021, 1, 1)).days
    assert (hired[1], np.isnan(hired[2])) == (-240, True)


@pytest.mark.parametrize(
    "written",
    [
        {"roles.closer.hours": "9-18"},
        {"roles.closer.week": ["mon", "tue", "wed", "thu", "fri"]},
        {"roles.closer.shifts": [{"people": 2, "hours": "09:00-18:00"}]},
        {"staff": [{"name": "Olga", "role": "closer", "hours": "09:00-18:00"}]},
    ],
)
def test_the_offices_hours_written_again_change_nothing(written: dict[str, Any]) -> None:
    office = simulation.load(SHIPPED, {"experiment.months": 2})
    own = office.replace({f"structures.functional.{key}": value for key, value in written.items()})
    of_office, of_own = (simulation.replicate_one(each, "functional", 0)[0] for each in (office, own))
    np.testing.assert_array_equal(of_own.leads.entered, of_office.leads.entered)
    np.testing.assert_array_equal(of_own.sales.time, of_office.sales.time)


# --- pay and the closed form ------------------------------------------------------------------------------------


def test_base_pay_is_that_of_the_fullest_week_and_in_proportion_for_less() -> None:
    rows = [{"name": "A"}, {"name": "B", "hours": "09:00-13:00"}, {"name": "C", "week": ["sat"], "base": 10}]
    scenario = staffed(rows, headcount=4, pay={"base": 100})
    seats = positions(scenario.calendar, scenario.structures["plain"], "seller").up_to(4)
    assert [each.base_of(100) for each in seats] == [100, 50, 10, 100]
    assert budgeted_pay(scenario, "plain")["seller"].base == pytest.approx(12 * 260)
    _, ledger = simulation.replicate_one(scenario, "plain", 0)
    assert -ledger.total("base_pay") == pytest.approx(260)


def test_a_head_who_works_a_part_of_the_week_gives_the_others_as_much_of_the_hours() -> None:
    lead = {"headcount": 2, "support": True, "leads": {"span": 4, "coaching": "2 h"}}
    structure = {"roles": role(9) | {"head": lead}}
    half = {"staff": [{"name": "Half", "role": "head", "hours": "09:00-13:00"}]}
    for changes, load in (({}, 9 / 8), (half, 9 / 6)):
        scenario = small(OFFICE, structures={"plain": structure | changes})
        assert live(scenario, []).head_load == pytest.approx([load])
        told = [each.message for each in sense(scenario) if each.path.endswith("roles.head.headcount")]
        assert ["there are 12 h" in message for message in told] == [True] * bool(changes)


def test_where_all_work_the_same_hours_pay_is_as_stated() -> None:
    scenario = small(OFFICE, roles=role(2, shifts=[EARLY | {"hours": "08:00-14:00"}, EARLY], pay={"base": 100}))
    assert budgeted_pay(scenario, "plain")["seller"].base == pytest.approx(12 * 200)
    half = small(OFFICE, roles=role(2, hours="09:00-13:00", pay={"base": 100}))
    assert budgeted_pay(half, "plain")["seller"].base == pytest.approx(12 * 200)


def test_expected_hours_are_those_of_the_simulation() -> None:
    scenario = small(OFFICE, roles=role(3, shifts=[{"people": 1}, SATURDAY, LATE]))
    structure, time = scenario.structures["plain"], office_time(scenario)
    assert share_there(scenario, structure, "seller", time) == pytest.approx((22 * 8 + 5 * 4 + 22 * 9) / 3 / (22 * 8))
    months = 31 * 24 / 730.5
    assert days_there(scenario, structure, "seller", time) == pytest.approx((22 + 5 + 22) / 3 / months, rel=1e-3)
    record = live(scenario, [])
    capacity = workload(scenario, "plain").roles["seller"].capacity
    assert capacity * months == pytest.approx(record.present.sum(), rel=1e-3)


def test_neutral_settings_leave_the_closed_form_to_the_office() -> None:
    scenario = small(OFFICE, roles=role(2))
    structure, time = scenario.structures["plain"], office_time(scenario)
    assert share_there(scenario, structure, "seller", time) == 1.0
    assert doors_of(scenario, structure, ["seller"], time) is None


def test_the_tenure_and_the_repetitions_of_named_people_are_expected() -> None:
    learning = {"people.learning": {"sell": {"start": 0.5, "mastery": 1, "half_life": 50}}}
    expected = [
        workload(staffed([{"name": "Olga", "repetitions": {"sell": made}}], learning), "plain") for made in (0, 50, 1e6)
    ]
    levels = [each.roles["seller"].proficiency["sell"] for each in expected]
    assert levels == pytest.approx([0.5, 0.75, 1.0])


@pytest.mark.parametrize(
    ("shifts", "share", "since"),
    [
        ([EARLY, LATE], None, None),
        ([EARLY, EARLY], 2 / 8, 15),
        ([LATE, LATE], 3 / 8, 9),
        ([EARLY, LATE | {"week": ["tue", "wed", "thu", "fri", "sat"]}], 2 / 40, 15),
    ],
)
def test_open_hours_that_no_shift_covers_are_told(shifts: Any, share: float | None, since: float | None) -> None:
    scenario = small(OFFICE | {"market.channels.site.leads_per_month": 10}, roles=role(2, shifts=shifts))
    gap = unanswered(scenario, "plain")
    assert (gap is None) == (share is None)
    if gap is not None:
        assert (gap.share, gap.since) == (pytest.approx(share), since)
        warning = next(each for each in sense(scenario) if each.path.endswith("roles.seller.hours"))
        assert f"{share * 100:.0f} % of the open hours" in warning.message


def test_patience_is_held_against_the_hours_of_whoever_answers() -> None:
    leads = {"market.channels.site": {"kind": "inbound", "leads_per_month": 100, "patience": {"exponential": "1 h"}}}
    leads["market.channels.site"]["arrival_hours"] = "working hours"
    both, early = (
        workload(small(OFFICE | leads, roles=role(2, shifts=shifts)), "plain").channels["site"].answered
        for shifts in ([EARLY, LATE], [EARLY, EARLY])
    )
    assert both == pytest.approx(100, rel=1e-6)
    assert early == pytest.approx(75, rel=0.02)  # of the last two hours of eight nobody waits until the morning


@pytest.mark.parametrize("first", [70, None])
def test_the_pay_of_a_position_changes_on_a_date_and_a_raise_of_the_role_reaches_those_without(
    first: int | None,
) -> None:
    rows = [{"name": "Olga", "base": first}, {"name": "Ivan", "base": 60}, {"name": "Anna"}]
    raised = {"structures.plain.staff.0.base": 80, "structures.plain.roles.seller.pay.base": 110}
    changes = {
        "experiment": {"start": "2026-01-01", "months": 3, "seed": 1},
        "interventions": [{"at": "2026-02-01", "set": raised}],
    }
    scenario = staffed(rows, changes, headcount=3, pay={"base": 100})
    _, ledger = simulation.replicate_one(scenario, "plain", 0)
    paid = ledger.frame().query("account == 'base_pay'").groupby("reference")["amount"].apply(list)
    assert -np.array(paid.tolist()) == pytest.approx(np.array([[first or 100, 80, 80], [60] * 3, [100, 110, 110]]))


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"staff": [{"name": "a", "role": "seller"}, {"name": "a", "role": "seller"}]},
            "there is a position 'a' already",
        ),
        ({"staff": [{"name": "seller-1", "role": "seller"}]}, "there is a position 'seller-1' already"),
        ({"staff": [{"name": "", "role": "seller"}]}, "the text is empty"),
        ({"staff": [{"name": "  ", "role": "seller"}]}, "a name of spaces only"),
        ({"staff": [{"name": "a", "role": "seler"}]}, "did you mean 'seller'"),
        ({"staff": [{"name": "a", "role": "seller", "hired": "2026-02-01"}]}, "hired after 2026-01-01"),
        ({"staff": [{"name": n, "role": "seller"} for n in "abc"]}, "3 positions of 'seller' are named"),
        ({"staff": [{"name": "a", "role": "seller", "hours": "09:00-25:00"}]}, "from 00:00 to 24:00"),
        ({"staff": [{"name": "a", "role": "seller", "week": []}]}, "at least one day"),
        ({"staff": [{"name": "a", "role": "seller", "repetitions": {"serve": 1}}]}, "does no `serve`"),
        ({"staff": [{"name": "a", "role": "seller", "repetitions": {"sel": 1}}]}, "did you mean 'sell'"),
        ({"roles.seller.shifts": [{"people": 3}]}, "the shifts have 3 positions"),
        ({"roles.seller.week": []}, "at least one day"),
        ({"roles.seller.hours": "10:00-10:00"}, "begins and ends at the same time"),
        ({"roles.seller.hours": "10:00-12:00", "roles.seller.hours_per_week": "20 h"}, "one or the other"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_message(changes: dict[str, Any], words: str) -> None:
    scenario = small(OFFICE, roles=role(2))
    with pytest.raises(ScenarioError) as refused:
        scenario.replace({f"structures.plain.{path}": value for path, value in changes.items()})
    assert len(refused.value.problems) == 1
    assert words in str(refused.value)


def test_named_positions_may_be_closed_later() -> None:
    change = {"at": "10 days", "set": {"roles.seller.headcount": 1}}
    structure = {"roles": role(2, week=["sat"]), "staff": [{"name": n, "role": "seller"} for n in "ab"]}
    record = live(small(OFFICE, structures={"plain": structure | {"interventions": [change]}}), [])
    assert record.positions[0] == pytest.approx(1 + 10 / 31)


def test_the_first_who_keep_part_time_hours_begin_when_they_come_and_not_before() -> None:
    """Nobody has worked such hours until an intervention opens the position in the middle of the run."""
    text = """
version: 1
experiment: {months: 2, start: 2026-01-01, replications: 1}
calendar: {around_the_clock: true}
market:
  qualification: null
  channels: {site: {kind: inbound, leads_per_month: 30, patience: never}}
  products: {thing: {deal: 100, gross_margin: 0.5, repeat: false}}
  stages: [{name: talk, work: 1 h, conversion: 0.5}]
people: {recruiting: {time: 1 h}}
structures:
  desk:
    roles: {seller: {headcount: 0, activities: [sell], hours_per_week: 42 h, pay: {base: 1}}}
    interventions: [{at: 2026-01-20, set: {roles.seller.headcount: 1}}]
"""
    scenario = simulation.load_text(text)
    record = simulate(scenario, "desk", World(scenario, 0), events=True)
    comes = 19 * 24.0
    assert len(record.events) > 10 and all(row.start >= comes for row in record.events)
    answered = ~np.isnan(record.leads.answered)
    assert (record.leads.answered >= record.leads.arrived)[answered].all()
