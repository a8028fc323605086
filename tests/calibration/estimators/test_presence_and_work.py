"""Presence, office hours, hours of work and the load of a log."""

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Figure, Resampling
from simulation.calibration.estimators import load, presence, work_times
from simulation.calibration.estimators.persons import weights_of
from simulation.calibration.estimators.presence import Office
from simulation.calibration.estimators.work_times import one_at_a_time
from simulation.calibration.records import Records, table
from tests.calibration.estimators.drawn import AS_OF, log

HALF = Resampling(draws=40)


def worked(rng: np.random.Generator, seats: list[float], *, sd: float = 0.0, weeks: int = 26) -> Records:
    """People who are there on so many of the working days, one piece of work after another from 9 to 18."""
    rows = []
    begin = pd.Timestamp("2025-01-06")
    for person, share in enumerate(seats):
        slow = np.exp(rng.normal(0, sd))
        for day in range(weeks * 7):
            date = begin + pd.Timedelta(days=day)
            if date.weekday() > 4 or rng.random() > share:
                continue
            now = 9 + rng.exponential(1.0)
            while now < 17.5:
                hours = slow * rng.gamma(4, 0.25)
                end = now + hours
                if now < 13 < end:
                    end += 1
                if end > 18 or 13 <= now < 14:
                    break
                start, stop = (date + pd.Timedelta(hours=float(each)) for each in (now, end))
                rows.append((-1, "talk", str(start.floor("s")), str(stop.floor("s")), person))
                now = end + rng.exponential(1.0)
                now = 14.0 if 13 <= now < 14 else now
    return log(rows)


def test_fifty_names_are_not_fifty_seats() -> None:
    rng = np.random.default_rng(1)
    found = presence.estimate(worked(rng, [1.0, 1.0, 0.9, 0.5, 0.2, 0.05]), HALF)
    assert found.figures["names"].value == 6
    assert found.figures["heads"].value == pytest.approx(3.65, abs=0.25)
    assert "people-presence-names" in {note.key for note in found.notes}


def test_the_office_is_read_from_the_events() -> None:
    office = presence.estimate(worked(np.random.default_rng(2), [1.0] * 4), HALF).model.office
    assert office == Office((0, 1, 2, 3, 4), 9.0, 18.0, (13.0, 14.0))
    assert office.calendar()["hours"] == "09:00-18:00" and office.hours_per_week == 40


def test_working_hours_leave_out_nights_lunch_and_days_off() -> None:
    office = Office((0, 1, 2, 3, 4), 9.0, 18.0, (13.0, 14.0))
    friday, monday = 4 * 24 + 17.0, 7 * 24 + 10.0
    assert office.worked(np.array([monday])) - office.worked(np.array([friday])) == pytest.approx(2.0)
    assert office.worked(np.array([14.0])) - office.worked(np.array([12.0])) == pytest.approx(1.0)


def test_nobody_works_on_two_things_at_once() -> None:
    person = np.array([1, 1, 1, 2])
    begun, done = np.array([0.0, 2.0, 2.5, 0.0]), np.array([10.0, 4.0, 3.0, 1.0])
    assert one_at_a_time(person, begun, done).tolist() == [8.0, 1.5, 0.5, 1.0]
    assert one_at_a_time(np.array([1, 1]), np.array([0.0, 1.0]), np.array([1.0, 2.0])).tolist() == [1.0, 1.0]


def test_hours_of_pieces_and_how_people_differ_are_found() -> None:
    rng = np.random.default_rng(3)
    found = work_times.estimate(worked(rng, [1.0] * 10), HALF)
    assert found.figures["talk.hours"].value == pytest.approx(1.0, rel=0.1)
    assert found.figures["talk.cv"].value == pytest.approx(0.5, rel=0.1)
    assert found.figures["talk.people_sd"].kept is not None
    differ = work_times.estimate(worked(rng, [1.0] * 10, sd=0.3), HALF)
    assert 0.12 < differ.figures["talk.people_sd"].value < 0.5


def test_a_piece_left_open_is_left_out_and_a_log_of_moments_tells_nothing() -> None:
    rows = [
        (-1, "talk", f"2025-01-{6 + k % 5:02d} 10:{k:02d}:00", f"2025-01-{6 + k % 5:02d} 10:{k + 5:02d}:00", k % 3)
        for k in range(50)
    ]
    open_one = (-1, "talk", "2025-01-06 09:00:00", "2025-01-17 18:00:00", 7)
    found = work_times.estimate(log([*rows, open_one]), HALF)
    assert found.figures["talk.hours"].value == pytest.approx(5 / 60, rel=0.05)
    assert [note.key for note in found.notes] == ["people-work-left-open"]
    moments = [(case, name, end, end, who) for case, name, _, end, who in rows]
    nothing = work_times.estimate(log(moments), HALF)
    assert nothing.notes[0].key == "people-work-no-starts" and nothing.model is None
    assert work_times.estimate(Records(as_of=AS_OF), HALF).notes[0].key == "people-work-no-log"


def test_the_gradient_of_the_random_effect() -> None:
    rng = np.random.default_rng(5)
    sums = work_times.Sums.of(rng.integers(0, 6, 80), rng.lognormal(0, 0.6, 80))
    theta = np.array([0.1, -1.0, -0.8])
    _, slope = sums.terms(theta)
    for k in range(3):
        step = np.zeros(3)
        step[k] = 1e-6
        numeric = (sums.terms(theta + step)[0] - sums.terms(theta - step)[0]) / 2e-6
        np.testing.assert_allclose(slope[:, k], numeric, atol=1e-5)


def test_intervals_of_hours_cover_the_truth() -> None:
    """Sixty small logs of people who differ: 54 intervals hold the mean, standard error 2.3; few people tell less."""
    hits = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        person = np.repeat(np.arange(12), 25)
        hours = np.exp(rng.normal(0, 0.3, 12))[person] * rng.gamma(2, 0.5, len(person))
        figures: dict[str, Figure] = {}
        weights = weights_of(np.arange(12), np.arange(12), Resampling(seed=seed, draws=80))
        work_times._activity(figures, "talk", person, hours, weights, Resampling(seed=seed, draws=80))
        low, high = figures["talk.hours"].interval
        hits += bool(low <= np.exp(0.045) <= high)
    assert hits >= 46, hits


def test_the_load_of_a_log_is_its_hours_over_those_at_work() -> None:
    rng = np.random.default_rng(6)
    records = worked(rng, [1.0, 1.0, 0.5])
    found = presence.estimate(records, HALF)
    work = work_times.estimate(records, HALF)
    told = load.estimate(records, HALF, found, work)
    hours = work_times.pieces_of(records).hours.sum()
    at_work = 2.5 * 26 * 40
    assert told.figures["load"].value == pytest.approx(hours / at_work, rel=0.08)
    nothing = Records(as_of=AS_OF, staff=table("staff"))
    kept = load.estimate(nothing, HALF, presence.estimate(nothing, HALF), work_times.estimate(nothing, HALF))
    assert kept.figures["load"].kept is not None


def test_a_lead_that_comes_at_night_tells_no_working_hours() -> None:
    """Leads come at any hour, already with an owner; who moves and closes them does so from nine to six."""
    rng = np.random.default_rng(8)
    deals = 120
    day = pd.Timestamp("2025-03-03") + pd.to_timedelta(rng.integers(0, 60, deals), unit="D")
    came = day + pd.to_timedelta(rng.uniform(0, 24, deals), unit="h")
    first = day + pd.to_timedelta(7 + 7 * rng.integers(0, 2, deals) - day.day_of_week, unit="D")
    moved = first + pd.to_timedelta(rng.uniform(9, 18, deals), unit="h")
    owner = rng.integers(0, 4, deals)
    entries = {
        "deal": np.repeat(np.arange(deals), 2),
        "stage": np.array(["talk", "offer"] * deals, object),
        "entered": np.column_stack([came, moved]).ravel(),
        "owner": np.repeat(owner, 2),
    }
    known = {"deal": np.arange(deals), "created": came.to_numpy(), "owner": owner}
    records = Records(as_of=AS_OF, deals=table("deals", known), entries=table("entries", entries))
    office = presence.office_of(presence.events_of(records))
    assert office is not None and (office.begin, office.end, office.week) == (9.0, 18.0, (0,))
