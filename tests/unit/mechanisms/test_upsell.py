"""Upsell: what proposals let expect."""

import pytest

from simulation.mechanisms.upsell import Upsell

SPEC = Upsell(probability=0.2, uplift=0.1)


def test_orders_grow_by_the_uplift_of_those_that_succeed() -> None:
    assert SPEC.growth(5.0, 0.0, 1.0) == pytest.approx(5 * 0.2 * 0.1)
    assert SPEC.growth(5.0, 0.0, 1.5) == pytest.approx(5 * 0.2 * 0.15)


def test_who_persuades_better_succeeds_more_often_and_never_always() -> None:
    assert SPEC.growth(1.0, 0.0, 1.0) < SPEC.growth(1.0, 1.0, 1.0) < SPEC.growth(1.0, 50.0, 1.0) <= 0.1


def test_neutral_nothing_grows_without_proposals() -> None:
    assert SPEC.growth(0.0, 3.0, 2.0) == 0
    assert Upsell(every="never").every.mean == float("inf")
