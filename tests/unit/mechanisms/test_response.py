"""Response: what is left of the conversion after a late answer."""

import pytest

from simulation.mechanisms.response import SpeedToLead
from simulation.mechanisms.unhappy_customers import MECHANISM

SPEED = SpeedToLead(floor=0.3, tau="8 h")


def test_an_answer_at_once_loses_nothing_and_a_very_late_one_leaves_the_floor() -> None:
    assert SPEED.left(0.0) == 1
    assert SPEED.left(1e6) == pytest.approx(0.3)


def test_what_can_be_lost_falls_exponentially() -> None:
    assert SPEED.left(8.0) - 0.3 == pytest.approx(0.7 * 0.36788, abs=1e-5)
    assert (SPEED.left(16.0) - 0.3) / (SPEED.left(8.0) - 0.3) == pytest.approx((SPEED.left(8.0) - 0.3) / 0.7)


def test_neutral_waiting_costs_nothing() -> None:
    assert SpeedToLead(floor=1).left(1e6) == 1


def test_customers_who_leave_because_they_wait_are_part_of_the_response() -> None:
    assert MECHANISM.player == "response"
