"""Where a sweep looks: grids, Latin hypercubes, Sobol' sequences."""

import numpy as np
import pytest

from simulation.study.field.sweep import MOST_POINTS, design_points, size_of
from simulation.study.variation import Range, VariationError, parse_range, variable
from tests.unit.study import formulas

SCENARIO = formulas.scenario()
LOSS = parse_range(SCENARIO, "hand_off.lead.loss=10%:30%:3")
INBOUND = parse_range(SCENARIO, "inbound=0.5:2:4")


def test_a_grid_has_every_combination_with_the_last_variable_fastest() -> None:
    points = design_points([LOSS, INBOUND], "grid", None, 1)
    assert len(points) == 12
    np.testing.assert_allclose(points[:5], [(0.1, 0.5), (0.1, 1), (0.1, 1.5), (0.1, 2), (0.2, 0.5)])


def test_a_grid_is_in_order_and_has_no_value_twice() -> None:
    given = Range(LOSS.variable, (0.3, 0.1, 0.3))
    assert design_points([given], "grid", None, 1) == ((0.1,), (0.3,))


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_variable() -> None:
    points = np.array(design_points([LOSS, INBOUND], "lhs", 20, 1))
    for column, (low, high) in zip(points.T, ((0.1, 0.3), (0.5, 2.0)), strict=True):
        slices = np.floor((column - low) / (high - low) * 20).astype(int)
        assert sorted(slices) == list(range(20))


def test_a_sobol_sequence_is_rounded_up_to_a_power_of_two_and_balanced() -> None:
    points = np.array(design_points([LOSS, INBOUND], "sobol", 20, 1))
    assert len(points) == 32
    lower = (points[:, 0] < 0.2).astype(int) * 2 + (points[:, 1] < 1.25)
    assert np.bincount(lower).tolist() == [8, 8, 8, 8]  # a quarter of the points in each quarter


@pytest.mark.parametrize("design", ["lhs", "sobol"])
def test_the_same_seed_gives_the_same_points_and_another_one_others(design: str) -> None:
    one, again, other = (design_points([LOSS, INBOUND], design, 8, seed) for seed in (1, 1, 2))
    assert one == again != other


def test_ten_points_a_variable_where_nobody_says_how_many() -> None:
    assert len(design_points([LOSS, INBOUND], "lhs", None, 1)) == 20


def test_whole_numbers_stay_whole_and_equal_points_are_there_once() -> None:
    team = Range(variable(SCENARIO, "team"), (6.0, 8.0))
    points = design_points([team], "lhs", 30, 1)
    assert sorted(points) == [(6.0,), (7.0,), (8.0,)]


@pytest.mark.parametrize(
    ("ranges", "design", "points", "words"),
    [
        ([], "grid", None, "nothing is varied"),
        ([LOSS, LOSS], "grid", None, "hand_off.lead.loss is varied twice"),
        ([LOSS], "grid", 9, "a number of points is for lhs, sobol"),
        ([Range(LOSS.variable, (0.1,))], "lhs", 9, "hand_off.lead.loss has one value only"),
        ([LOSS], "sobol", 1, "at least 2 points, not 1"),
        ([LOSS], "lhs", MOST_POINTS + 1, f"that makes {MOST_POINTS + 1} points; allowed: up to {MOST_POINTS}"),
    ],
)
def test_what_is_no_design_is_refused(ranges: list[Range], design: str, points: int | None, words: str) -> None:
    with pytest.raises(VariationError) as error:
        design_points(ranges, design, points, 1)
    assert words in str(error.value)


@pytest.mark.parametrize(("design", "points"), [("grid", None), ("lhs", 7), ("sobol", 7), ("sobol", None)])
def test_the_size_of_a_design_is_known_before_it_is_made(design: str, points: int | None) -> None:
    ranges = [LOSS, INBOUND]
    assert size_of(ranges, design, points) == len(design_points(ranges, design, points, 1))
