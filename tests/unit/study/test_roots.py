"""Where paired differences change their sign: intervals hold what they promise, on curves whose roots are known."""

import zlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy.stats import binom

from simulation.study.threshold.curve import Curves
from simulation.study.threshold.roots import Roots, find_roots

SEEDS = 200
MANY = pytest.mark.parametrize("seeds", [30, pytest.param(SEEDS, marks=pytest.mark.slow)])
"""Few seeds at first sight, all of them where there is time; each count has its own bound."""
YEARS = 200
SELDOM = 1e-4
"""Probability with which a test of a coverage that is as promised would fail."""


def curves_of(
    mean: Callable[[float], float],
    seed: int,
    level: float = 1.0,
    own: float = 0.1,
    slope: float = 0.0,
    growing: float = 0.0,
) -> Curves:
    """Curves with a noise that is common to all values of a year, one of the slope, and one of each value its own."""
    common, tilt = np.random.default_rng([seed]).standard_normal((2, YEARS))

    def curves(values: Sequence[float], numbers: Sequence[int]) -> np.ndarray:
        years = np.asarray(numbers)
        columns = []
        for x in values:
            alone = np.random.default_rng([seed, zlib.crc32(np.float64(x).tobytes())]).standard_normal(YEARS)
            noise = (level * common[years] + own * alone[years]) * (1.0 + growing * x)
            columns.append(mean(x) + noise + slope * tilt[years] * (x - 0.5))
        return np.column_stack(columns)

    return curves


def search(curves: Curves, low: float = 0.0, high: float = 1.0, precision: float = 0.03, **more: object) -> Roots:
    return find_roots(curves, low, high, precision=precision, most=YEARS, **more)


def covers(found: Roots, roots: Sequence[float]) -> bool:
    """Whether each root lies in an interval; where nothing is told apart, everything may be one."""
    if found.outcome == "flat":
        return True
    return all(any(each.low <= root <= each.high for each in found.crossings) for root in roots)


COVERED = {
    "line": ((lambda x: 3 * (x - 0.37)), [0.37], {}),
    "noise of each value": ((lambda x: 3 * (x - 0.37)), [0.37], {"level": 0.7, "own": 0.7}),
    "curved and uneven": ((lambda x: 3 * (np.exp(-3 * x) - np.exp(-0.9))), [0.3], {"growing": 1.0}),
    "steep": ((lambda x: 2 * np.tanh(12 * (x - 0.62))), [0.62], {"level": 0.5}),
    "years of different slopes": ((lambda x: 2 * (x - 0.37)), [0.37], {"slope": 1.0}),
    "two roots": ((lambda x: 8 * (x - 0.3) * (x - 0.8)), [0.3], {"level": 0.5}),
    "near an end": ((lambda x: 3 * (x - 0.02)), [0.02], {}),
    "at an end": ((lambda x: 3 * x), [0.0], {}),
    "hardly a slope": ((lambda x: 0.3 * (x - 0.4)), [0.4], {}),
}


@MANY
@pytest.mark.parametrize("name", COVERED)
def test_the_interval_covers_the_root_as_often_as_promised(name: str, seeds: int) -> None:
    mean, roots, noise = COVERED[name]
    hits = sum(covers(search(curves_of(mean, seed, **noise)), roots) for seed in range(seeds))
    assert hits >= binom.ppf(SELDOM, seeds, 0.95), hits / seeds


@MANY
@pytest.mark.parametrize("level", [0.8, 0.5])
def test_a_lower_level_covers_less_often(level: float, seeds: int) -> None:
    found = [search(curves_of(lambda x: 3 * (x - 0.37), seed), level=level) for seed in range(seeds)]
    told = [each for each in found if each.outcome == "crossings"]
    hits = sum(covers(each, [0.37]) for each in told)
    assert binom.ppf(SELDOM, len(told), level) <= hits <= binom.isf(SELDOM, len(told), level), hits / len(told)


def test_both_of_two_roots_are_found_with_their_directions() -> None:
    for seed in range(40):
        found = search(curves_of(lambda x: 8 * (x - 0.3) * (x - 0.8), seed, level=0.5))
        assert [(each.before, each.after) for each in found.crossings] == [(1, -1), (-1, 1)]
        assert found.crossings[0].high < found.crossings[1].low


def test_without_a_root_one_side_is_better_everywhere_and_sure() -> None:
    for seed in range(40):
        found = search(curves_of(lambda x: -1 - x, seed))
        assert (found.outcome, found.sign, found.crossings) == ("none", -1, ())
        assert found.confidence > 0.95


@MANY
def test_where_there_is_no_difference_one_is_seldom_claimed(seeds: int) -> None:
    claimed = sum(search(curves_of(lambda x: 0.0, seed)).outcome != "flat" for seed in range(seeds))
    assert claimed <= binom.isf(SELDOM, seeds, 0.05)


def test_curves_that_are_zero_in_every_year_are_flat() -> None:
    found = search(lambda values, numbers: np.zeros((len(numbers), len(values))))
    assert found.outcome == "flat"
    assert all(point.mean == point.low == point.high == 0 for point in found.points)


def test_without_noise_the_root_is_exact() -> None:
    found = search(curves_of(lambda x: x - 0.3123, 1, level=0.0, own=0.0))
    (only,) = found.crossings
    assert only.value == pytest.approx(0.3123, abs=1e-9)
    assert only.low <= only.value <= only.high
    assert only.certain and only.precise


def test_a_root_near_an_end_of_the_range_leaves_the_interval_open_there() -> None:
    for seed in range(20):
        found = search(curves_of(lambda x: 3 * (x - 0.98), seed), precision=0.01)
        if found.outcome == "none":
            continue
        (only,) = found.crossings
        assert only.before == -1
        assert only.open_high == (only.after == 0) == (only.high == 1.0)


@MANY
def test_a_root_outside_of_the_range_is_not_claimed_inside(seeds: int) -> None:
    claimed = 0
    for seed in range(seeds):
        found = search(curves_of(lambda x: 3 * (x + 0.05), seed))
        claimed += any(each.certain for each in found.crossings)
    assert claimed <= binom.isf(SELDOM, seeds, 0.05)


def test_a_curve_that_only_touches_zero_is_a_doubt_and_no_root() -> None:
    found = [search(curves_of(lambda x: 4 * (x - 0.55) ** 2, seed)) for seed in range(20)]
    doubts = [each for one in found for each in one.crossings if not each.certain]
    assert len(doubts) >= 15
    assert all(each.low <= 0.55 <= each.high for each in doubts)


def test_more_precision_takes_more_years_and_gives_narrower_intervals() -> None:
    curves = curves_of(lambda x: 6 * (x - 0.4), 3, level=0.5)
    rough, fine = (search(curves, precision=p).crossings[0] for p in (0.05, 0.015))
    assert rough.replications < fine.replications
    assert fine.half_width < rough.half_width
    assert rough.half_width <= 0.05 and rough.precise


def test_replications_end_at_the_most_and_that_is_told() -> None:
    found = find_roots(curves_of(lambda x: 3 * (x - 0.4), 5), 0, 1, precision=0.001, most=60)
    (only,) = found.crossings
    assert only.replications == found.replications == 60
    assert not only.precise


def test_no_year_is_asked_for_twice_at_a_value_and_all_values_have_the_same_years() -> None:
    asked: list[tuple[float, int]] = []
    inner = curves_of(lambda x: 3 * (x - 0.4), 5)

    def curves(values: Sequence[float], numbers: Sequence[int]) -> np.ndarray:
        asked.extend((x, number) for x in values for number in numbers)
        return inner(values, numbers)

    found = search(curves)
    assert len(asked) == len(set(asked))
    by_value = {x: sorted(n for y, n in asked if y == x) for x, _ in asked}
    assert all(years == list(range(len(years))) for years in by_value.values())
    assert sorted(x for x, years in by_value.items() if len(years) >= 24) == [point.value for point in found.points]


def test_years_that_failed_are_left_out() -> None:
    inner = curves_of(lambda x: 3 * (x - 0.4), 5, level=0.5)

    def curves(values: Sequence[float], numbers: Sequence[int]) -> np.ndarray:
        found = inner(values, numbers)
        found[np.asarray(numbers) % 7 == 3] = np.nan
        return found

    (only,) = search(curves).crossings
    assert only.low <= 0.4 <= only.high
    assert only.replications < YEARS and np.isfinite([only.low, only.high]).all()


def test_where_every_year_failed_nothing_is_claimed() -> None:
    found = search(lambda values, numbers: np.full((len(numbers), len(values)), np.nan))
    assert found.outcome == "flat"
    assert all(point.replications == 0 for point in found.points)


@MANY
def test_a_bend_that_the_local_curve_misses_widens_the_interval_or_draws_it_closer(seeds: int) -> None:
    def kink(x: float) -> float:
        return 0.2 * (x - 0.5) if x < 0.5 else 6 * (x - 0.5)

    hits = sum(covers(search(curves_of(kink, seed, level=0.3, own=0.02)), [0.5]) for seed in range(seeds))
    assert hits >= binom.ppf(SELDOM, seeds, 0.95), hits / seeds


def test_the_curve_has_no_steps_where_the_number_of_years_changes() -> None:
    # the level of the first years is off by luck; the values that have more years correct the others
    off = []
    for seed in range(60):
        found = search(curves_of(lambda x: 3 * (x - 0.4), seed, own=0.02), precision=0.01)
        off.append([point.mean - 3 * (point.value - 0.4) for point in found.points])
        assert {24, YEARS} <= {point.replications for point in found.points}
    spread = np.mean([np.ptp(each) for each in off])
    level = np.std([each[0] for each in off])
    assert spread < 0.5 * level
    assert level < 1.5 / np.sqrt(YEARS)


# --- whole numbers ----------------------------------------------------------------------------------------------------


def test_whole_numbers_change_between_two_neighbours() -> None:
    found = search(curves_of(lambda x: x - 7.4, 2, level=0.5), 2, 14, precision=0.5, whole=True)
    (only,) = found.crossings
    assert only.value == 7.5
    assert (only.low, only.high, only.certain) == (7.0, 8.0, True)
    assert all(point.value == round(point.value) for point in found.points)


@MANY
def test_the_interval_of_whole_numbers_covers_the_change_as_often_as_promised(seeds: int) -> None:
    hits = 0
    for seed in range(seeds):
        found = search(curves_of(lambda x: 0.3 * (x - 7.4), seed), 2, 14, precision=0.1, whole=True)
        hits += found.outcome == "flat" or any(each.low <= 7 and each.high >= 8 for each in found.crossings)
    assert hits >= binom.ppf(SELDOM, seeds, 0.95), hits / seeds


def test_a_long_range_of_whole_numbers_is_not_looked_at_everywhere() -> None:
    found = search(curves_of(lambda x: (x - 33.5) / 4, 2, level=0.3), 1, 60, precision=0.5, whole=True)
    (only,) = found.crossings
    assert only.low <= 33 and only.high >= 34
    assert len(found.points) < 30


def test_whole_numbers_that_are_not_told_at_an_end_stay_open() -> None:
    found = search(curves_of(lambda x: x - 2.0, 4), 2, 9, precision=0.5, whole=True)
    (only,) = found.crossings
    assert only.open_low and only.after == 1 and not only.certain


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("low", "high", "most", "points"), [(1, 1, 50, 5), (2, 1, 50, 5), (0, 1, 2, 5), (0, 1, 50, 1)])
def test_a_search_that_cannot_be_done_is_refused(low: float, high: float, most: int, points: int) -> None:
    with pytest.raises(ValueError, match="needs low < high"):
        find_roots(curves_of(lambda x: x, 1), low, high, precision=0.1, most=most, points=points)
