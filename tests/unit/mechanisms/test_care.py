"""Care: how often people call, what is too often, and for how long a call does good."""

import pytest

from simulation.mechanisms.care import Care
from simulation.written.readers import MONTH

CARE = Care(wanted_per_month=1, most_per_month=3, churn=0.15, harm=0.5)


def test_people_call_as_often_as_customers_put_up_with_unless_their_role_says_otherwise() -> None:
    assert CARE.rate(None) == 3
    assert CARE.rate(0.5) == 0.5


def test_a_call_sooner_than_customers_put_up_with_is_too_many() -> None:
    assert CARE.is_welcome(MONTH / 3)
    assert CARE.is_welcome(float("inf"))
    assert not CARE.is_welcome(MONTH / 3 - 0.1)


def test_calls_cover_the_time_until_the_next_one_is_wanted() -> None:
    assert CARE.lasts == MONTH
    assert CARE.covered(0.5) == 0.5
    assert CARE.covered(1.0) == CARE.covered(3.0) == 1


def test_a_call_too_many_raises_the_hazard_and_a_welcome_one_lowers_it() -> None:
    assert CARE.hazards == pytest.approx((1.5, 0.85))


def test_neutral_a_call_changes_nothing() -> None:
    assert Care(churn=0, harm=0).hazards == (1, 1)
