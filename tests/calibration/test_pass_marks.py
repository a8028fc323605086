"""The marks that are asked of forecasts, on records of a department that goes on as it was."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.calibration.backtest import Backtest
from simulation.validation import forecasts
from simulation.validation.forecasts import Mark, marks, steady


@pytest.fixture(scope="module")
def found() -> Backtest:
    """Two exports, four dates each."""
    return forecasts.tested(steady(), "universal", range(2), 60)


@pytest.fixture(scope="module")
def told(found: Backtest) -> dict[str, Mark]:
    return {each.name: each for each in marks(found)}


@pytest.mark.slow
@pytest.mark.nightly
def test_forecasts_of_a_department_that_goes_on_as_it_was_earn_their_marks(
    found: Backtest, told: dict[str, Mark]
) -> None:
    """The rules without a model are met by chance too: over few weeks their error may be smaller by a tenth."""
    for name, each in told.items():
        if name.startswith("error"):
            assert each.value <= 1.1, name
        else:
            assert each.passed, (name, each.value)
    assert found.trust in ("level", "direction")


@pytest.mark.slow
@pytest.mark.nightly
def test_open_deals_are_won_in_the_weeks_in_which_they_were(found: Backtest) -> None:
    """Splits are Mondays: who agreed over the week-end is won in the first week, not in the second.

    Of some 310 wins of the first two weeks of eight dates the share of the first has a standard error of 0.03, as weeks
    vary a fifth more than a Poisson law; three of them are allowed.
    """
    told = np.sum([each.forecast.wins[:, :2].mean(axis=0) for each in found.splits], axis=0)
    happened = np.sum([each.came.wins[0, :2] for each in found.splits], axis=0)
    error = np.sqrt(1.2 * 0.25 / happened.sum())
    assert told[0] / told.sum() == pytest.approx(happened[0] / happened.sum(), abs=3 * error)


@pytest.mark.slow
@pytest.mark.nightly
def test_open_deals_and_busy_hours_at_the_end_are_those_that_came(found: Backtest) -> None:
    for name in ("open_end", "busy"):
        assert abs(found.scores[name].bias) < 0.1, name
