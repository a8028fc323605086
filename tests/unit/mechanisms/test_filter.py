"""Filter: good leads that are dropped, unfit ones that pass, and what is among those that passed."""

import pytest

from simulation.mechanisms.filter import Qualification, fit_of_passed, passed

RULES = Qualification(true_positive=0.9, false_positive=0.2)


def test_fit_leads_pass_and_so_do_some_unfit_ones() -> None:
    assert passed(RULES, 0.5) == pytest.approx((0.45, 0.1))


def test_who_is_sharper_errs_less_on_both_sides() -> None:
    good, bad = passed(RULES, 0.5, sharp=1.0)
    assert good > 0.45
    assert bad < 0.1


def test_among_those_that_passed_more_are_fit() -> None:
    assert fit_of_passed(RULES, 0.5) == pytest.approx(0.45 / 0.55)
    assert fit_of_passed(RULES, 0.0) == 0


def test_without_rules_all_pass() -> None:
    assert passed(None, 0.3) == (0.3, 0.7)
    assert fit_of_passed(None, 0.3) == 0.3


def test_neutral_nobody_errs() -> None:
    perfect = Qualification(true_positive=1, false_positive=0)
    assert passed(perfect, 0.3, sharp=-5.0) == (0.3, 0)
    assert fit_of_passed(perfect, 0.3) == 1
