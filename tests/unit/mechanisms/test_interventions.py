"""Interventions: what several changes at once cost, and how a tool is taken up."""

from math import exp

import pytest

from simulation.mechanisms.interventions import Crm, Dip, dipped


def test_changes_that_are_open_at_once_cost_more_than_their_sum_above_an_exponent_of_one() -> None:
    plain, worse = Dip(depth=0.1, recovery="100 h", exponent=1), Dip(depth=0.1, recovery="100 h", exponent=1.5)
    alone = dipped([(plain, 0.0)], 0.0, 1.0)
    assert dipped([(plain, 0.0), (plain, 0.0)], 0.0, 1.0) == pytest.approx(2 * alone)
    assert dipped([(worse, 0.0), (worse, 0.0)], 0.0, 1.0) == pytest.approx(2**1.5 * alone)
    assert dipped([(worse, 0.0)], 0.0, 1.0) == pytest.approx(alone)


def test_a_crm_is_taken_up_along_a_logistic_curve() -> None:
    crm = Crm(ceiling=0.8, midpoint="100 h", spread="10 h")
    assert crm.adoption(100.0) == pytest.approx(0.4)
    assert crm.adoption(110.0) == pytest.approx(0.8 / (1 + exp(-1)))
    assert crm.adoption(-1.0) == 0


def test_a_change_is_felt_until_next_to_nothing_of_it_is_left() -> None:
    dip = Dip(depth=0.5, recovery="10 h")
    assert dip.is_open(0.0) and dip.is_open(100.0)
    assert not dip.is_open(1000.0) and not Dip(depth=0).is_open(0.0)
