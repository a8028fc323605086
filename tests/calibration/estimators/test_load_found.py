"""The load found from waiting: the queue by itself, the closed form against simulated years, and recovery."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import load
from simulation.calibration.estimators.answering import answered_within, erlang_c, working_hours_ahead
from simulation.calibration.estimators.load import UNANSWERED, WITHIN, Moment
from simulation.calibration.records import Records, table
from simulation.expected import workload
from simulation.scenario.office_hours import CalendarSpec
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load as load_file
from simulation.study.lab import Case, Lab
from tests.calibration.estimators.drawn import AS_OF

FILE = Path(__file__).parents[3] / "scenarios" / "department_of_ten.yaml"
NOW = "universal"


@cache
def base() -> Scenario:
    return load_file(FILE, {"experiment.months": 12})


def times(factor: float) -> Scenario:
    """The department with so many times the work on leads and clients."""
    market = base().market
    assert market.qualification is not None
    paths = {"market.qualification.work": market.qualification.work}
    paths |= {f"market.stages.{n}.work": stage.work for n, stage in enumerate(market.stages)}
    paths |= {f"market.customers.{key}": getattr(market.customers, key) for key in ("order_work", "request_work")}
    return base().replace({path: law.model_copy(update={"mean": law.mean * factor}) for path, law in paths.items()})


@cache
def maker() -> Callable[[float], Scenario]:
    factors = np.linspace(0.02, 1.6, 9)
    loads = [workload(times(float(each)), NOW).roles[NOW].load for each in factors]
    return lambda wanted: times(float(np.interp(wanted, loads, factors)))


def seen(lab: Lab, truth: float, year: int) -> list[Moment]:
    """What a year of a department with a load shows."""
    names = [WITHIN, "lost.unanswered", "lost.waited", "lost.hand_off", "lost.leaver", "leads"]
    values = lab.measure([Case(maker()(truth), NOW)], [year], names)[0, 0]
    share = float(values[1:5].sum() / values[5])
    return [Moment(WITHIN, float(values[0]), 0.015), Moment(UNANSWERED, share, 0.01)]


def test_erlang_c_is_that_of_the_tables() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(2, 0.75) == pytest.approx(0.6428571, abs=1e-6)
    assert erlang_c(10, 0.8) == pytest.approx(0.409, abs=1e-3)


def test_working_hours_ahead_are_those_of_the_calendar() -> None:
    ahead = working_hours_ahead(CalendarSpec(), 24)
    assert ahead.max() == 8 and ahead[0] == 8
    saturday = 5 * 96
    assert ahead[saturday] == 0 and ahead[4 * 96 + 4 * 17] == 1
    assert (working_hours_ahead(CalendarSpec(around_the_clock=True), 24) == 24).all()


def test_the_closed_form_says_where_to_look() -> None:
    """It is right where there is little to do, falls with the load, and stays above the years where people drown."""
    lab = Lab(jobs=1)
    loads = (0.6, 0.75, 0.9)
    values = lab.measure([Case(maker()(each), NOW) for each in loads], range(6), [WITHIN])[..., 0].mean(axis=1)
    told = [answered_within(maker()(each), NOW) for each in loads]
    assert told[0] == pytest.approx(values[0], abs=0.05)
    assert told[0] > told[1] > told[2]
    assert all(mine > real - 0.05 for mine, real in zip(told, values, strict=True))
    middle = load.closed_form(maker(), NOW, told[1])
    assert middle == pytest.approx(0.75, abs=0.05)


def test_the_load_that_made_the_years_is_found() -> None:
    """Of 16 years at four loads nine in ten lie in the interval; 12 are as few as chance allows (one in a hundred)."""
    lab, hits, off = Lab(jobs=1), 0, []
    for truth in (0.6, 0.75, 0.85, 0.95):
        for year in range(200, 204):
            found = load.find(maker(), NOW, seen(lab, truth, year), lab=lab, years=16, between=(0.45, 1.1))
            low, high = found.interval
            hits += low <= truth <= high
            off.append(found.value - truth)
    assert hits >= 12, hits
    assert abs(np.mean(off)) < 0.05


def test_what_hardly_tells_the_load_is_said_to() -> None:
    vague = [Moment(WITHIN, 0.6, 0.25)]
    found = load.find(maker(), NOW, vague, part=0.1, lab=Lab(jobs=1), points=5, years=6)
    assert found.told < load.LEAST_TOLD and not found.identified
    assert [note.key for note in found.notes] == ["people-load-hardly"]
    low, high = found.interval
    assert high - low > 0.5


def test_moments_that_no_load_gives_are_said_to_be_such() -> None:
    impossible = [Moment(WITHIN, 0.98, 0.01), Moment(UNANSWERED, 0.5, 0.01)]
    found = load.find(maker(), NOW, impossible, lab=Lab(jobs=1), points=5, years=6)
    assert not found.fits and [note.key for note in found.notes] == ["people-load-misfit"]
    with pytest.raises(ValueError, match="nothing was seen"):
        load.find(maker(), NOW, [], lab=Lab(jobs=1))


def test_draws_are_the_same_for_the_same_seed() -> None:
    lab = Lab(jobs=1)
    one, two = (
        load.find(
            maker(), NOW, [Moment(WITHIN, 0.6, 0.02)], resampling=Resampling(draws=20), lab=lab, points=4, years=4
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.draws, two.draws)
    assert one.draws.shape == (20,) and one.years == 16


def test_moments_are_read_from_leads_and_reasons() -> None:
    created = pd.to_datetime(["2025-03-03 10:00"] * 60)
    hours = np.where(np.arange(60) < 45, 5, 50)
    leads = table(
        "leads",
        {
            "lead": np.arange(60),
            "created": created.to_numpy(),
            "closed": (created + pd.to_timedelta(hours, unit="h")).to_numpy(),
            "status": np.array(["qualified"] * 60, object),
        },
    )
    deals = table(
        "deals",
        {
            "deal": np.arange(60),
            "created": created.to_numpy(),
            "closed": created.to_numpy(),
            "status": np.array(["lost"] * 60, object),
            "reason": np.array(["no contact"] * 12 + ["price"] * 48, object),
        },
    )
    found = {each.measure: each.value for each in load.moments_of(Records(as_of=AS_OF, leads=leads, deals=deals))}
    assert found == {WITHIN: 0.75, UNANSWERED: 0.2}
    assert load.moments_of(Records(as_of=AS_OF)) == ()
