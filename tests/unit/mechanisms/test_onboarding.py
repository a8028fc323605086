"""Onboarding: how long a newcomer is trained, by the two clocks."""

import pytest

from simulation.mechanisms.onboarding import Onboarding
from simulation.written.readers import MONTH


def test_training_takes_working_days_of_the_office() -> None:
    assert Onboarding(training_days=5).office_hours(8.0) == 40


def test_by_the_clock_it_takes_its_share_of_a_month() -> None:
    assert Onboarding(training_days=5).elapsed(20.0) == pytest.approx(MONTH / 4)


def test_neutral_a_newcomer_begins_at_once() -> None:
    nothing = Onboarding(training_days=0)
    assert (nothing.office_hours(8.0), nothing.elapsed(20.0)) == (0, 0)
