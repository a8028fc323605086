"""Explicit ramps: one step a month, the last one stays; who can do nothing yet does not count."""

import numpy as np
import pytest

from simulation.mechanisms.ramp import at, at_each, mean, of_those_who_can

STEPS = (0.0, 0.5, 1.0)


def test_each_month_has_its_step_and_the_last_one_stays() -> None:
    months = [0.0, 0.99, 1.0, 1.5, 2.0, 60.0]
    assert [at(STEPS, month) for month in months] == [0, 0, 0.5, 0.5, 1, 1]
    assert at_each(STEPS, np.array(months)).tolist() == [0, 0, 0.5, 0.5, 1, 1]


def test_the_mean_over_a_time_is_that_of_its_steps() -> None:
    begin, months = np.array([0.0, 0.5, 1.5, 10.0, 3.0]), np.array([3.0, 1.0, 1.0, 2.0, 0.0])
    assert mean(STEPS, begin, months) == pytest.approx([0.5, 0.25, 0.75, 1, 1])


def test_those_who_can_do_the_work_do_it() -> None:
    assert of_those_who_can(STEPS, np.array([0.5, 1.5, 2.5, 3.5])) == pytest.approx((2.5 / 3, 0.75))
    assert of_those_who_can(STEPS, np.array([0.5, 0.5])) == (0.5, 1.0)


def test_neutral_everybody_is_worth_one_from_the_first_day() -> None:
    assert at((1,), 0.0) == 1
    assert of_those_who_can((1,), np.array([0.0, 7.0])) == (1, 1)
