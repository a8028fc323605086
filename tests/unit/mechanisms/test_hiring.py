"""Hiring: when a search begins, how long a position is empty, who is kept above the headcount."""

import pytest

from simulation.mechanisms.hiring import Recruiting

BATCH = Recruiting(policy="batch", every="100 h")


def test_a_search_begins_at_once_or_on_the_next_fixed_date() -> None:
    assert Recruiting().search_from(130.0) == Recruiting(policy="buffer").search_from(130.0) == 130.0
    assert [BATCH.search_from(now) for now in (0.0, 1.0, 100.0, 100.1)] == [0, 100, 100, 200]


def test_a_reserve_is_kept_only_where_that_is_the_policy() -> None:
    assert Recruiting(policy="buffer", buffer=2).spare == 2
    assert Recruiting(buffer=2).spare == BATCH.spare == 0


def test_a_notice_shortens_the_time_for_which_a_position_is_empty() -> None:
    slow = Recruiting(time="30 days")
    assert slow.vacancy(0.0) == pytest.approx(720)
    assert slow.vacancy(240.0) == pytest.approx(480)
    assert slow.vacancy(1000.0) == 0
