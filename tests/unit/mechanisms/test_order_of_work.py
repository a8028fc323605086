"""Order of work in the closed form: what is left undone where time is short."""

from math import inf

import pytest

from simulation.mechanisms.order_of_work import dated, of_work_that_waits, shares_done

HOURS = {"serve": 40.0, "sell": 40.0, "paperwork": 40.0}
ORDER = ("serve", "sell", "paperwork")


def test_with_time_for_all_everything_is_done() -> None:
    assert shares_done(HOURS, ORDER, (), 120.0) == dict.fromkeys(ORDER, 1.0)


def test_what_comes_last_is_left() -> None:
    assert shares_done(HOURS, ORDER, (), 60.0) == {"serve": 1, "sell": 0.5, "paperwork": 0}


def test_what_has_a_due_time_comes_before_all_other() -> None:
    assert shares_done(HOURS, ORDER, {"paperwork"}, 60.0) == {"serve": 0.5, "sell": 0, "paperwork": 1}


def test_of_several_that_have_one_the_same_share_is_done() -> None:
    assert shares_done(HOURS, ORDER, {"serve", "paperwork"}, 60.0) == {"serve": 0.75, "sell": 0, "paperwork": 0.75}


def test_who_sorts_leads_and_sells_sells_to_those_that_are_sorted() -> None:
    shares = shares_done({"qualify": 10.0, "sell": 90.0}, ("qualify", "sell"), {"sell"}, 50.0)
    assert shares == {"qualify": 0.5, "sell": 0.5}


def test_a_due_time_of_never_is_none() -> None:
    assert dated({"sell": 4.0, "serve": inf}.items()) == {"sell"}


def test_what_never_waits_has_no_due_time() -> None:
    of_work_that_waits(due={"sell": 1.0}, newest_first=())
    with pytest.raises(ValueError, match="`newest_first` names `prospect`"):
        of_work_that_waits(due={}, newest_first=("prospect",))
