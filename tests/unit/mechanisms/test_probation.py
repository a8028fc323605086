"""Probation: so many fail whatever it sees; with insight it is those without talent."""

import numpy as np
import pytest

from simulation.mechanisms.probation import Probation


@pytest.mark.parametrize("insight", [0, 0.5, 1])
def test_so_many_fail_whatever_the_insight(insight: float) -> None:
    rng = np.random.default_rng(1)
    trial = Probation(failure=0.3, insight=insight)
    failed = [trial.fails(merit, noise) for merit, noise in rng.normal(size=(4000, 2)).tolist()]
    assert np.mean(failed) == pytest.approx(0.3, abs=4 * (0.3 * 0.7 / 4000) ** 0.5)


def test_with_full_insight_luck_decides_nothing_and_without_any_it_decides_all() -> None:
    assert Probation(failure=0.2, insight=1).fails(-1.0, 5.0)
    assert not Probation(failure=0.2, insight=0).fails(-1.0, 5.0)


def test_where_talent_tells_nothing_luck_decides() -> None:
    trial = Probation(failure=0.2, insight=1)
    assert trial.fails(None, -1.0)
    assert not trial.fails(None, 0.0)


def test_neutral_nobody_fails() -> None:
    assert not Probation(failure=0).fails(-9.0, -9.0)
