"""Turnover: what presses on people, against the usual pressure; and leaving that is catching."""

from math import prod

import pytest

from simulation.mechanisms.contagion import MEMORY, Contagion
from simulation.mechanisms.probation import Probation
from simulation.mechanisms.tenure_law import mean_tenure
from simulation.mechanisms.turnover import Turnover, added
from simulation.written.readers import YEAR

SPEC = Turnover(overload=1, overload_from=0.8, usual_overload=0.1, missed_earnings=2, usual_missed=0.05)


def test_under_the_usual_pressure_the_hazard_is_as_stated() -> None:
    assert SPEC.overload_factor(0.82) == pytest.approx(1)
    assert SPEC.missed_factor(95.0, 100.0) == pytest.approx(1)


def test_overload_begins_where_it_is_said_to_and_ends_with_the_whole_time() -> None:
    assert SPEC.overload_factor(0.5) == SPEC.overload_factor(0.8) == pytest.approx(1 / 1.1)
    assert SPEC.overload_factor(0.9) == pytest.approx(1.5 / 1.1)
    assert SPEC.overload_factor(1.0) == SPEC.overload_factor(1.7) == pytest.approx(2 / 1.1)


def test_pay_that_was_missed_presses_and_more_than_the_target_does_not_help() -> None:
    assert SPEC.missed_factor(50.0, 100.0) == pytest.approx(2 / 1.1)
    assert SPEC.missed_factor(120.0, 100.0) == SPEC.missed_factor(100.0, 100.0) == SPEC.missed_factor(0.0, 0.0)


def test_without_strength_nothing_presses() -> None:
    off = Turnover(overload=0, missed_earnings=0)
    assert (off.overload_factor(1.0), off.missed_factor(0.0, 1.0)) == (1, 1)


@pytest.mark.parametrize("factors", [(1.0, 1.0), (1.5, 1.2, 0.8), (0.5, 2.0), (3.0, 1.0, 1.0)])
def test_what_the_factors_add_is_their_product_less_one(factors: tuple[float, ...]) -> None:
    assert sum(added(factors)) == pytest.approx(prod(factors) - 1)
    assert all(part * (factor - 1) >= 0 for part, factor in zip(added(factors), factors, strict=True))


def test_the_law_has_as_many_leavers_a_year_as_stated() -> None:
    trial = Probation(failure=0.3)
    assert mean_tenure(Turnover().tenures(1.5, trial), trial) == pytest.approx(YEAR / 1.5)
    assert Turnover().tenures(0, trial) is None


def told(went: int, expected: float) -> Contagion:
    """Somebody of seat 1 went, and so many of him were expected to."""
    memory = Contagion()
    for _ in range(went):
        memory.goes(1)
    memory.expect(1, expected)
    memory.recall(100.0)
    return memory


def test_more_than_expected_unsettle_the_others_and_fewer_calm_them() -> None:
    assert told(1, 0.0).factor(0, 4, strength=2) == pytest.approx(1.5)
    assert told(0, 1.0).factor(0, 4, strength=2) == pytest.approx(1 / 1.5)
    assert told(1, 1.0).factor(0, 4, strength=2) == 1


def test_ones_own_predecessor_unsettles_nobody() -> None:
    assert told(1, 0.0).factor(1, 4, strength=2) == 1
    assert told(1, 0.0).factor(0, 0, strength=2) == 1


def test_what_is_too_long_ago_is_forgotten() -> None:
    memory = told(1, 0.0)
    memory.recall(MEMORY - 1.0)
    assert memory.factor(0, 4, strength=2) > 1
    memory.recall(MEMORY + 1.0)
    assert memory.factor(0, 4, strength=2) == 1
