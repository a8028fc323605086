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


FEW = range(2)


def parts(seeds: int, each: int) -> list[object]:
    """Few seeds at first sight; where there is time so many, in parts that several cores share."""
    slow = [range(first, first + each) for first in range(0, seeds, each)]
    return [pytest.param(some, id=f"{some.start}-{some.stop}", marks=pytest.mark.slow) for some in slow]


def searched(name: str, of: str, seeds: range) -> list[Threshold]:
    """The same search under these seeds."""
    scenario = load(HERE / f"{name}.yaml")
    return [
        threshold(scenario.replace({"experiment.seed": seed}), of, measure="cycle_days", lab=Lab(jobs=1))
        for seed in seeds
    ]


def load_of_one(scenario: Scenario, people: int = 1) -> float:
    """Hours of work that arrive in an hour at the usual speed, by person."""
    (stage,) = scenario.market.stages[:1]
    arrivals = [channel.leads_per_month for channel in scenario.market.channels.values()]
    return sum(arrivals) / 730.5 * stage.work.mean / people


def by_chance(seeds: int) -> int:
    """Hits that intervals of a level of 95 % fall below once in a thousand times at most."""
    return int(binom.ppf(1e-3, seeds, 0.95))


def agree(found: list[Threshold], known: float) -> None:
    """Intervals cover the known value often enough, and the estimates are not off."""
    only = [each.crossings for each in found]
    assert all(len(crossings) == 1 and crossings[0].certain for crossings in only)
    hits = sum(crossings[0].low <= known <= crossings[0].high for crossings in only)
    assert hits >= by_chance(len(found)), f"{hits} of {len(found)}"
    if len(found) <= len(FEW):  # too few for a spread of their own: none is off by twice its half width
        assert all(abs(crossings[0].value - known) < 2 * crossings[0].half_width for crossings in only)
        assert all(crossings[0].half_width < known for crossings in only)
        return
    values = np.array([crossings[0].value for crossings in only])
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - known) < 4 * error, (values.mean(), error)
    # an interval as wide as the range would cover everything
    assert np.mean([crossings[0].half_width for crossings in only]) < 3 * values.std(ddof=1)


@pytest.mark.parametrize("seeds", [pytest.param(FEW, id="few"), *parts(100, 20)])
def test_the_gain_at_which_two_dedicated_people_tie_with_their_pool_is_covered(seeds: range) -> None:
    scenario = load(HERE / "pooled_or_dedicated.yaml")
    load_there = load_of_one(scenario, people=2)
    known = pooling_break_even(load_there)
    assert (load_there, known) == pytest.approx((0.5, 0.25), rel=1e-3)
    # T = 1 / (1 - load^2) pooled, 1 / (1 + g - load) dedicated, in units of the mean work
    assert 1 / (1 - load_there**2) == pytest.approx(1 / (1 + known - load_there))
    found = searched("pooled_or_dedicated", "specialisation=0.05:0.6", seeds)
    agree(found, known)
    assert all(found[0].winner(each.crossings[0].after) == "dedicated" for each in found)


@pytest.mark.parametrize("seeds", [pytest.param(FEW, id="few"), *parts(24, 12)])
def test_the_delay_at_which_a_quick_relay_is_as_slow_as_an_ample_team_is_covered(seeds: range) -> None:
    scenario = load(HERE / "relay_or_ample.yaml")
    work, load_there = scenario.market.stages[0].work.mean, load_of_one(scenario)
    pace = scenario.structures["relay"].roles["hunter"].learning["sell"].mastery
    assert erlang_c(8, 2 * load_there) < 2e-5  # in the ample team nobody waits
    # two M/M/1 one after the other (Jackson 1957) and the delay, against work alone
    known = 2 * work - 2 * work / (pace - load_there)
    assert known == pytest.approx(4.0, rel=1e-3)
    found = searched("relay_or_ample", "hand_off.lead.delay=0 h:12 h", seeds)
    agree(found, known)
    assert all(found[0].winner(each.crossings[0].before) == "relay" for each in found)


def test_inside_a_range_without_the_tie_no_threshold_is_found() -> None:
    for found in searched("pooled_or_dedicated", "specialisation=0.5:0.9", range(1)):
        assert found.outcome == "none"
        assert found.winner(found.roots.sign) == "dedicated"
