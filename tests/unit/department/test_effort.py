"""Effort: people who are behind the plan of the month, or of the year so far, work faster by what the plan says."""

import pytest

from simulation.department import simulate
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.mechanisms.isolation import isolated
from tests.scripted import live, small, spans


def planned(target: float, effort: float = 0.5, **more: object):
    """A sale is 100; the plan is one of deals a year, 1/12 of it in January (31 days)."""
    return small({"plan": {"measure": "deals", "target": target, "effort": effort, **more}, "experiment.months": 2})


def test_who_is_behind_works_faster_from_the_next_week_on() -> None:
    """Nothing is sold in the first week: all of the plan so far is missing, so an hour takes 1 / 1.5 of one."""
    record = live(planned(1200), [200.0])
    assert spans(record) == [(200.0, pytest.approx(200 + 1 / 1.5))]


def test_who_is_not_behind_works_as_before() -> None:
    """12 a year are 1 in January, 0.23 in its first week: one sale is enough."""
    record = live(planned(12), [1.0, 200.0])
    assert spans(record) == [(1.0, 2.0), (200.0, 201.0)]


def test_effort_goes_with_what_is_missing() -> None:
    """120 a year are 10 in January, 10 x 7/31 in its first week; one sale: 1 - 31/70 = 39/70 is missing."""
    record = live(planned(120), [1.0, 200.0])
    assert spans(record)[1] == (200.0, pytest.approx(200 + 1 / (1 + 0.5 * 39 / 70)))


def test_a_new_month_begins_anew_unless_the_plan_rolls() -> None:
    """Ten sales a month are planned, twenty made in January and none in February: the month is behind, the year not."""
    sold = [n * 20.0 for n in range(1, 21)]  # twenty in the first 400 hours
    begun, rolling = (spans(live(planned(120, rolling=each), [*sold, 900.0]))[-1] for each in (False, True))
    assert begun[1] - begun[0] < 1.0  # nothing sold in February: behind
    assert rolling == (900.0, 901.0)  # twenty against eleven and a half so far


def test_nobody_is_behind_at_the_moment_at_which_a_month_begins() -> None:
    """February 2026 has four weeks: when they are over nothing is planned yet of March."""
    plan = {"measure": "deals", "target": 1200, "effort": 0.5}
    record = live(
        small({"plan": plan, "experiment.start": "2026-02-01", "experiment.months": 2}), [660.0, 680.0, 850.0]
    )
    hours = [end - begin for begin, end in spans(record)]
    assert hours[:2] == pytest.approx([1 / 1.5, 1]) and hours[2] < 0.7


def test_effort_is_measured_in_revenue_too() -> None:
    scenario = small({"plan": {"measure": "revenue", "target": 12_000, "effort": 1}})
    assert spans(live(scenario, [200.0])) == [(200.0, 200.5)]


def test_nobody_sees_the_profit_week_by_week() -> None:
    with pytest.raises(ScenarioError, match="revenue or deals"):
        small({"plan": {"measure": "profit", "target": 5, "effort": 0.1}})


def test_without_effort_a_plan_changes_nothing() -> None:
    one, other = (planned(target, 0.0) for target in (1, 10_000))
    records = [simulate(each, "plain", World(each, 0)) for each in (one, other)]
    assert records[0].events == records[1].events
    assert (records[0].busy == records[1].busy).all()


def test_the_more_effort_the_more_is_done() -> None:
    """More leads than one person can work on, and far too few sales: each dose does more."""
    base = {"market.channels.site.leads_per_month": 2000, "plan": {"measure": "deals", "target": 1e6}}
    done = []
    for effort in (0.0, 0.1, 0.3, 0.6):
        scenario = small(base | {"plan.effort": effort})
        done.append(len(simulate(scenario, "plain", World(scenario, 0)).sales.time))
    assert done == sorted(set(done))
    neutral = isolated(small(base | {"plan.effort": 0.6}))
    assert neutral.plan is not None and neutral.plan.effort == 0
