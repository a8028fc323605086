"""Price: what it does to new buyers, to old customers' orders and to their leaving."""

import pytest

from simulation.mechanisms.price import buying, leaving, volume


def test_new_buyers_answer_by_the_per_cent() -> None:
    assert buying(1.1, -0.03) == pytest.approx(-0.3)
    assert buying(0.9, -0.03) == pytest.approx(0.3)


def test_old_customers_order_by_an_elasticity_and_leave_by_the_per_cent() -> None:
    assert volume(1.1, -1.2) == pytest.approx(1.1**-1.2)
    assert leaving(1.1, 0.01) == pytest.approx(1.105, abs=1e-3)
    assert leaving(0.9, 0.01) < 1 < volume(0.9, -1.2)


@pytest.mark.parametrize("price", [0.5, 1.0, 3.0])
def test_neutral_nobody_answers(price: float) -> None:
    assert (buying(price, 0), volume(price, 0), leaving(price, 0)) == (0, 1, 1)


def test_at_list_price_nothing_changes() -> None:
    assert (buying(1.0, -0.03), volume(1.0, -1.2), leaving(1.0, 0.5)) == (0, 1, 1)


def test_a_price_beyond_measure_is_still_a_number() -> None:
    assert 0 < volume(1e300, -2.0) < leaving(1e300, 1.0) < float("inf")
