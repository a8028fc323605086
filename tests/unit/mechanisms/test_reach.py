"""Attempts to reach: the truncated geometric law of the tries."""

import pytest

from simulation.mechanisms.reach import Reach


@pytest.mark.parametrize(("p", "most"), [(0.3, 6), (0.05, 1), (0.5, 2), (1, 3), (0.999999, 50)])
def test_tries_and_share_reached_are_those_of_a_geometric_law_that_is_cut_off(p: float, most: int) -> None:
    spec = Reach(probability=p, most=most)
    left = [(1 - p) ** n for n in range(most + 1)]  # not reached after n tries
    assert spec.reached == pytest.approx(1 - left[most])
    assert spec.tries == pytest.approx(sum(left[:most]))


def test_neutral_everybody_is_reached_by_the_first_try() -> None:
    spec = Reach(probability=1)
    assert (spec.reached, spec.tries) == (1, 1)
