"""Roots of monotone functions."""

import math

import pytest

from simulation.written.roots import root


@pytest.mark.parametrize("steepness", [0.01, 1.0, 30.0])
def test_the_root_of_an_exponential_is_a_logarithm(steepness: float) -> None:
    calls = []

    def function(x: float) -> float:
        calls.append(x)
        return math.expm1(steepness * x) - 4

    found = root(function, 0.0, 8 / steepness)
    assert found == pytest.approx(math.log(5) / steepness, rel=1e-13)
    assert len(calls) < 40
    assert root(lambda x: -function(x), 0.0, 8 / steepness) == pytest.approx(found, rel=1e-13)


def test_an_end_may_be_the_root() -> None:
    assert root(lambda x: x - 1, 1.0, 2.0) == 1.0
    assert root(lambda x: x - 2, 1.0, 2.0) == 2.0


def test_ends_of_one_sign_have_no_root_between_them() -> None:
    with pytest.raises(ValueError, match="no change of sign between 1.0 and 2.0"):
        root(lambda x: x, 1.0, 2.0)
