"""Switching: what a change costs, and how many changes work in any order makes."""

import pytest

from simulation.mechanisms.switching import each_in_one_group, group_of, hours_lost


def test_an_activity_in_no_group_is_a_group_by_itself() -> None:
    groups = group_of((("a", "b"), ("c",)), ("a", "x", "b", "c", "y"))
    assert groups[0] == groups[2] == 0
    assert len(set(groups)) == 4


def test_an_activity_belongs_to_one_group() -> None:
    with pytest.raises(ValueError, match="`a` stands in two groups"):
        each_in_one_group((("a", "b"), ("a",)))


def test_work_of_one_group_costs_nothing() -> None:
    assert hours_lost(0.1, {0: 50.0}, None, 0.5) == 0


def test_two_kinds_of_work_in_any_order_change_every_other_time() -> None:
    assert hours_lost(0.1, {0: 50.0, 1: 50.0}, None, 0.5) == pytest.approx(0.1 * 100 / 2)


def test_who_prospects_in_between_changes_twice_for_each_piece_that_finds_nothing_waiting() -> None:
    assert hours_lost(0.1, {1: 50.0}, 0, busy=0.0) == pytest.approx(0.1 * 50 * 2)
    assert hours_lost(0.1, {1: 50.0}, 0, busy=0.75) == pytest.approx(0.1 * 50 * 2 / 4)
    assert hours_lost(0.1, {0: 50.0}, 0, busy=0.0) == 0  # of the same group


def test_neutral_a_change_takes_no_time() -> None:
    assert hours_lost(0.0, {0: 50.0, 1: 50.0}, 1, 0.0) == 0
