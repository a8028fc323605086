"""Days of the experiment: where each month begins, whatever day of the month the first day is."""

from datetime import date, timedelta

import pytest

from simulation.scenario.calendar import add_months
from simulation.scenario.experiment import Experiment


@pytest.mark.parametrize("start", [date(2025, 12, 31), date(2026, 1, 30), date(2026, 3, 31), date(2028, 2, 29)])
@pytest.mark.parametrize("warm_up", [0, 1, 2, 12])
def test_months_are_counted_from_the_first_day_and_not_from_that_of_the_warm_up(start: date, warm_up: int) -> None:
    experiment = Experiment(start=start, months=3, warm_up=warm_up)
    days = [experiment.hour_zero + timedelta(hours=edge) for edge in experiment.month_edges]
    assert days[0] == experiment.hour_zero == add_months(start, -warm_up)
    assert days[warm_up:] == [add_months(start, month) for month in range(4)]
    assert days == sorted(set(days))
