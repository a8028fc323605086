"""Specialisation: what repetitions make of people, and what proficiency changes."""

import numpy as np
import pytest

from simulation.mechanisms.specialisation import Effects, Learning, mastery_of

CURVE = Learning(start=0.5, mastery=1.5, half_life=100)


def test_each_half_life_makes_half_of_the_way_that_is_left() -> None:
    assert CURVE.after(np.array([0.0, 100.0, 200.0])) == pytest.approx([0.5, 1.0, 1.25])


def test_the_mean_while_people_practise_lies_between_begin_and_end() -> None:
    begin, months = np.array([0.0, 100.0, 50.0]), np.array([2.0, 6.0, 0.0])
    path = CURVE.after(begin + np.linspace(0, 1, 20_001)[:, None] * 50 * months)
    assert CURVE.mean_over(begin, 50.0, months) == pytest.approx(path.mean(axis=0), abs=1e-4)


def test_each_effect_is_an_exponent_or_a_coefficient() -> None:
    found = mastery_of(2.0, Effects(speed=1, conversion=0.2, deal_size=0.1, filter=1, retention=0.3, growth=0.5))
    assert (found.proficiency, found.pace) == (2, 2)
    assert found.odds == pytest.approx(0.2 * np.log(2))
    assert found.sharp == pytest.approx(np.log(2))
    assert (found.size, found.hold, found.growth) == pytest.approx((2**0.1, 2**0.3, 2**0.5))


def test_work_is_done_by_those_who_can_do_it() -> None:
    assert mastery_of(0.8, Effects(speed=1), part=0.5).pace == pytest.approx(0.4)


def test_proficiency_may_change_nothing_or_only_the_pace() -> None:
    assert Learning(effects={"speed": 0}).changes_nothing
    assert Effects(speed=1).only_speed
    assert not Effects(speed=1, growth=0.1).only_speed


def test_neutral_a_beginner_is_worth_as_much_as_a_master() -> None:
    flat = Learning(start=1, mastery=1)
    assert flat.after(np.array([0.0, 9.0])).tolist() == [1, 1]
    one = mastery_of(1.0, CURVE.effects)
    assert (one.pace, one.odds, one.size, one.hold) == (1, 0, 1, 1)
