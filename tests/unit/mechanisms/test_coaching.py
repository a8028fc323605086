"""Coaching: what heads are asked for, what is left of it for each, and what is lost without."""

from math import inf

import pytest

from simulation.mechanisms.coaching import Coaching, Leading, head_hours, share

LEADING = Leading(span=4, coaching="2 h", coordination="1 h")


def test_a_head_with_as_many_people_as_the_span_coaches_all_in_full() -> None:
    hours = head_hours([LEADING.hours], [("seller", 0.0)] * 4, LEADING)
    assert hours == (8, 8)
    assert share(hours.load) == 1


def test_newcomers_and_kinds_of_work_beyond_the_first_are_asked_for_too() -> None:
    hours = head_hours([LEADING.hours], [("hunter", 3.0), ("closer", 0.0), ("farmer", 0.0)], LEADING)
    assert hours.asked == 3 * 2 + 3 + 2 * 1


def test_two_heads_give_the_hours_of_both() -> None:
    assert head_hours([LEADING.hours, Leading(span=8, coaching="1 h").hours], [], LEADING).given == 16


def test_everybody_gets_the_same_share_of_what_heads_can_give() -> None:
    assert share(head_hours([LEADING.hours], [("seller", 0.0)] * 8, LEADING).load) == pytest.approx(0.5)


def test_without_anybody_who_leads_nobody_is_coached_and_without_anybody_to_lead_nothing_is_asked() -> None:
    assert head_hours([], [("seller", 0.0)], LEADING).load == inf
    assert share(inf) == 0
    assert head_hours([], [], LEADING).load == 0


def test_what_is_lost_goes_with_the_share_that_is_not_given() -> None:
    effects = Coaching(learning=0.4, conversion=1)
    assert (effects.pace(1), effects.odds(1)) == (1, 0)
    assert (effects.pace(0.5), effects.odds(0.5)) == pytest.approx((0.8, -0.5))
    assert (effects.pace(0), effects.odds(0)) == pytest.approx((0.6, -1))


def test_neutral_nothing_is_lost() -> None:
    assert (Coaching(learning=0, conversion=0).pace(0), Coaching(learning=0, conversion=0).odds(0)) == (1, 0)
