"""The threshold is where theory has it: through scenarios in YAML and the function that everybody calls.

Two systems whose break-even is known in closed form. Each is searched under many seeds; the interval has to cover the
known value as often as its level promises, and the mean of the estimates has to agree with it.
"""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.study.lab import Lab
from simulation.study.threshold.answer import Threshold, threshold
from simulation.validation.formulas import erlang_c, pooling_break_even

HERE = Path(__file__).parent / "scenarios"
DAY = 24.0


def searched(name: str, of: str, seeds: int) -> list[Threshold]:
    """The same search under so many seeds."""
    scenario = load(HERE / f"{name}.yaml")
    return [
        threshold(scenario.replace({"experiment.seed": seed}), of, measure="cycle_days", lab=Lab(jobs=1))
        for seed in range(seeds)
    ]


def load_of_one(scenario: Scenario, people: int = 1) -> float:
    """Hours of work that arrive in an hour at the usual speed, by person."""
    (stage,) = scenario.market.stages[:1]
    arrivals = [channel.leads_per_month for channel in scenario.market.channels.values()]
    return sum(arrivals) / 730.5 * stage.work.mean / people


def by_chance(seeds: int) -> int:
    """Hits that intervals of a level of 95 % fall below once in a thousand times at most."""
    return int(binom.ppf(1e-3, seeds, 0.95))


def agree(found: list[Threshold], known: float, at_least: int) -> None:
    """Intervals cover the known value often enough, and the estimates are not off."""
    only = [each.crossings for each in found]
    assert all(len(crossings) == 1 and crossings[0].certain for crossings in only)
    hits = sum(crossings[0].low <= known <= crossings[0].high for crossings in only)
    assert hits >= at_least, f"{hits} of {len(found)}"
    values = np.array([crossings[0].value for crossings in only])
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - known) < 4 * error, (values.mean(), error)
    # an interval as wide as the range would cover everything
    assert np.mean([crossings[0].half_width for crossings in only]) < 3 * values.std(ddof=1)


@pytest.mark.parametrize(("seeds", "at_least"), [(8, by_chance(8)), pytest.param(100, 90, marks=pytest.mark.slow)])
def test_the_gain_at_which_two_dedicated_people_tie_with_their_pool_is_covered(seeds: int, at_least: int) -> None:
    scenario = load(HERE / "pooled_or_dedicated.yaml")
    load_there = load_of_one(scenario, people=2)
    known = pooling_break_even(load_there)
    assert (load_there, known) == pytest.approx((0.5, 0.25), rel=1e-3)
    # T = 1 / (1 - load^2) pooled, 1 / (1 + g - load) dedicated, in units of the mean work
    assert 1 / (1 - load_there**2) == pytest.approx(1 / (1 + known - load_there))
    found = searched("pooled_or_dedicated", "specialisation=0.05:0.6", seeds)
    agree(found, known, at_least)
    assert all(found[0].winner(each.crossings[0].after) == "dedicated" for each in found)


@pytest.mark.parametrize("seeds", [4, pytest.param(24, marks=pytest.mark.slow)])
def test_the_delay_at_which_a_quick_relay_is_as_slow_as_an_ample_team_is_covered(seeds: int) -> None:
    scenario = load(HERE / "relay_or_ample.yaml")
    work, load_there = scenario.market.stages[0].work.mean, load_of_one(scenario)
    pace = scenario.structures["relay"].roles["hunter"].learning["sell"].mastery
    assert erlang_c(8, 2 * load_there) < 2e-5  # in the ample team nobody waits
    # two M/M/1 one after the other (Jackson 1957) and the delay, against work alone
    known = 2 * work - 2 * work / (pace - load_there)
    assert known == pytest.approx(4.0, rel=1e-3)
    found = searched("relay_or_ample", "hand_off.lead.delay=0 h:12 h", seeds)
    agree(found, known, by_chance(seeds))
    assert all(found[0].winner(each.crossings[0].before) == "relay" for each in found)


def test_inside_a_range_without_the_tie_no_threshold_is_found() -> None:
    for found in searched("pooled_or_dedicated", "specialisation=0.5:0.9", 2):
        assert found.outcome == "none"
        assert found.winner(found.roots.sign) == "dedicated"
