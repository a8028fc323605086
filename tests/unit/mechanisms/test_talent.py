"""Talent: mean 1, as alike between activities as is said, and a merit of unit spread."""

import numpy as np
import pytest

from simulation.mechanisms.talent import Talent

LUCK = np.random.default_rng(1).standard_normal((4000, 6))


def test_talents_have_mean_one_and_the_correlation_that_is_stated() -> None:
    talents = Talent(sd=0.3, correlation=0.6).of(LUCK[:, 0], LUCK[:, 1:])
    assert talents.mean() == pytest.approx(1.0, abs=4 * 0.31 / 4000**0.5)
    logs = np.log(talents)
    assert logs.std() == pytest.approx(0.3, abs=0.01)
    assert np.corrcoef(logs[:, 0], logs[:, 1])[0, 1] == pytest.approx(0.6, abs=4 * 0.64 / 4000**0.5)


@pytest.mark.parametrize("many", [1, 3])
def test_a_merit_is_standardised_however_many_activities_it_is_of(many: int) -> None:
    talent = Talent(sd=0.3, correlation=0.6)
    logs = np.log(talent.of(LUCK[:, 0], LUCK[:, 1:]))[:, :many]
    merits = np.array([talent.merit(row) for row in logs])
    assert merits.mean() == pytest.approx(0.0, abs=4 / 4000**0.5)
    assert merits.std() == pytest.approx(1.0, abs=4 / 8000**0.5)
