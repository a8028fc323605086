"""Leads by weekday, hour and holiday, and weeks that bring more than others."""

import datetime as dt

import numpy as np
import pytest

from simulation.expected import workload
from simulation.scenario.scenario import Scenario
from simulation.sense.checks import sense
from simulation.world import World
from simulation.written.errors import ScenarioError
from simulation.written.readers import MONTH
from tests.scripted import small

CHANNELS = "market.channels"
WEEKDAYS = [1.6, 1.2, 1.2, 1.2, 1.2, 0.4, 0.2]
HOURS = [0.0] * 8 + [2.0] * 4 + [1.0] * 4 + [3.0] * 4 + [0.0] * 4
RHYTHM = {"weekdays": WEEKDAYS, "hours": HOURS}
START = dt.date(2026, 1, 1)


def site(rate: float = 300, changes: dict | None = None, **extra: object) -> Scenario:
    channel = {"kind": "inbound", "leads_per_month": rate, "patience": "never"}
    return small(
        {
            f"{CHANNELS}.site": channel | extra,
            "experiment.start": str(START),
            "experiment.months": 12,
            **(changes or {}),
        },
        roles={"seller": {"headcount": 2, "activities": ["qualify", "sell", "serve"]}},
    )


def times(scenario: Scenario, years: int, channel: str = "site") -> list[np.ndarray]:
    return [np.array(World(scenario, r).leads(channel).arrivals) for r in range(years)]


def by_week(scenario: Scenario, years: int, channel: str = "site") -> np.ndarray:
    """Leads of whole weeks, Monday to Monday, shape (years, weeks)."""
    monday = 24 * ((7 - START.weekday()) % 7)
    edges = np.arange(monday, World(scenario, 0).end, 168.0)
    return np.array([np.histogram(at, bins=edges)[0] for at in times(scenario, years, channel)])


def test_weekdays_and_hours_have_the_share_of_leads_that_their_factors_say():
    at = np.concatenate(times(site(arrivals=RHYTHM), 30))
    days = (START.weekday() + (at // 24).astype(int)) % 7
    n_days = np.bincount((START.weekday() + np.arange(365)) % 7, minlength=7)
    for found, share in (
        (np.bincount(days, minlength=7), np.array(WEEKDAYS) * n_days / (np.array(WEEKDAYS) * n_days).sum()),
        (np.bincount((at % 24).astype(int), minlength=24), np.array(HOURS) / 24),
    ):
        error = np.sqrt(len(at) * share * (1 - share)) + 1e-9
        assert np.abs((found - len(at) * share) / error).max() < 4
    assert not at[np.array(HOURS)[(at % 24).astype(int)] == 0].size


def test_the_months_bring_as_many_leads_as_without_the_rhythm():
    plain, shaped = (np.mean([len(at) for at in times(site(**extra), 40)]) for extra in ({}, {"arrivals": RHYTHM}))
    expected = 300 / MONTH * 365 * 24
    for found in (plain, shaped):
        # 365 days hold one Thursday more than 52 weeks: 0.2 / 365 of the total at most
        assert found == pytest.approx(expected, abs=4 * (expected / 40) ** 0.5 + expected * 0.001)


def test_a_holiday_brings_its_factor_of_the_leads_and_the_closed_form_knows_it():
    changes = {"calendar": {"around_the_clock": True, "country": "RU", "days_off": ["2026-06-01"]}}
    scenario = site(changes=changes, arrivals={"holidays": 0.25})
    at = np.concatenate(times(scenario, 60))
    day = (at // 24).astype(int)
    free = [(date - START).days for date in (dt.date(2026, 1, 2), dt.date(2026, 5, 1), dt.date(2026, 6, 1))]
    expected = 60 * 300 / MONTH * 24
    for n in free:
        assert (day == n).sum() == pytest.approx(0.25 * expected, abs=4 * (0.25 * expected) ** 0.5)
    assert (day == 40).sum() == pytest.approx(expected, abs=4 * expected**0.5)
    year = workload(scenario, "plain").channels["site"].leads
    months = 365 * 24 / MONTH
    assert len(at) / 60 == pytest.approx(year * months, abs=4 * (year * months / 60) ** 0.5)


def test_weekly_counts_have_the_variance_of_their_bursts():
    cv = 0.5
    counts = by_week(site(bursts={"cv": cv}), 60)
    mean = 300 / MONTH * 168
    assert counts.mean() == pytest.approx(mean, abs=4 * np.sqrt((mean + (cv * mean) ** 2) / counts.size))
    ratio = counts.var() / counts.mean()
    expected = 1 + cv**2 * mean
    # the kurtosis of a gamma-Poisson count is below 3 + 6 cv^2 + 1 / mean
    assert ratio == pytest.approx(expected, rel=4 * np.sqrt((2 + 6 * cv**2) / counts.size))
    days = np.array(
        [np.histogram(at, bins=np.arange(0, 360 * 24 + 1, 24))[0] for at in times(site(bursts={"cv": cv}), 60)]
    )
    of_day = 300 / MONTH * 24
    # within a week the days share one factor, so only one number in seven is new
    assert days.var() / days.mean() == pytest.approx(
        1 + cv**2 * of_day, abs=4 * (1 + cv**2 * of_day) * np.sqrt((2 + 6 * cv**2) / (days.size / 7))
    )


@pytest.mark.parametrize("memory", [0.0, 0.7])
def test_a_week_remembers_the_week_before(memory):
    cv, years = 0.6, 60
    counts = by_week(site(2000, bursts={"cv": cv, "memory": memory}), years)
    mean = 2000 / MONTH * 168
    noise = 1 / (1 + 1 / (cv**2 * mean))  # what chance adds to the variance lowers the correlation
    pairs = np.array([counts[:, :-1].ravel(), counts[:, 1:].ravel()], dtype=float)
    # effective numbers are fewer by (1 - m^2) / (1 + m^2) where weeks hang together
    error = np.sqrt((1 + memory**2) / (1 - memory**2) / pairs.shape[1])
    assert np.corrcoef(pairs)[0, 1] == pytest.approx(memory * noise, abs=4 * error)


@pytest.mark.parametrize("common", [0.0, 0.6, 1.0])
def test_channels_share_the_common_part_of_their_bursts(common):
    bursts = {"cv": 0.5, "common": common}
    other = {"kind": "inbound", "leads_per_month": 1500, "bursts": bursts}
    scenario = site(1500, bursts=bursts, changes={f"{CHANNELS}.fair": other})
    pairs = [by_week(scenario, 40, name).ravel().astype(float) for name in ("site", "fair")]
    mean = 1500 / MONTH * 168
    noise = 1 / (1 + 1 / (0.25 * mean))
    assert np.corrcoef(pairs)[0, 1] == pytest.approx(common * noise, abs=4 / np.sqrt(len(pairs[0])))


def test_a_lead_of_the_night_waits_for_the_morning_and_the_closed_form_counts_it():
    night = {"arrivals": {"hours": [0.0] * 22 + [12.0] * 2}, "patience": {"constant": "2 h"}}
    office = {"calendar": {"around_the_clock": False, "hours": "09:00-18:00"}}
    assert workload(site(changes=office, **night), "plain").channels["site"].answered == 0
    day = {"arrivals": {"hours": [0.0] * 10 + [12.0] * 2 + [0.0] * 12}, "patience": {"constant": "2 h"}}
    flow = workload(site(changes=office, **day), "plain").channels["site"]
    # only weekends lose them
    assert flow.answered / flow.leads == pytest.approx(5 / 7, abs=0.005)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"arrivals": {"weekdays": [1.0] * 6}}, "weekdays"),
        ({"arrivals": {"hours": [-1.0] + [1.0] * 23}}, "hours"),
        ({"arrivals": {"hours": HOURS}, "arrival_hours": "working hours"}, "write only one of them"),
        ({"bursts": {"cv": -0.1}}, "cv"),
        ({"bursts": {"memory": 1}}, "memory"),
        ({"bursts": {"common": 1.2}}, "common"),
    ],
)
def test_what_makes_no_sense_is_refused(extra, words):
    with pytest.raises(ScenarioError, match=words):
        site(**extra)


@pytest.mark.parametrize(("key", "factors"), [("weekdays", [1.0] * 6 + [2.0]), ("hours", [2.0] + [1.0] * 23)])
def test_factors_that_do_not_average_to_one_are_an_error(key, factors):
    found = [each for each in sense(site(arrivals={key: factors})) if each.level == "error"]
    assert [each.path for each in found] == [f"{CHANNELS}.site.arrivals.{key}"]
