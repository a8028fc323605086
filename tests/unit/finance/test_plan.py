"""The plan by month."""

from datetime import date

import numpy as np
import pytest

from simulation.scenario.money import Plan
from simulation.scenario.targets import month_targets

YEAR = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) * 24.0
SEASON = (1.5, 0.5, *[1.0] * 10)


def test_the_months_of_a_year_add_up_to_its_target() -> None:
    targets = month_targets(Plan(target=1200, seasonality=SEASON), date(2026, 1, 1), YEAR)
    assert targets.sum() == pytest.approx(1200)
    assert targets[:3] == pytest.approx([150, 50, 100])


def test_seasonality_goes_by_calendar_month_whatever_the_first_month_is() -> None:
    edges = np.array([0, 31, 62]) * 24.0  # December, January
    assert month_targets(Plan(target=1200, seasonality=SEASON), date(2026, 12, 1), edges) == pytest.approx([100, 150])


def test_a_month_across_two_calendar_months_takes_of_each_by_its_days() -> None:
    edges = np.array([0, 31]) * 24.0  # 16 January to 15 February: 16 days and 15 days
    expected = 100 * (16 * 1.5 + 15 * 0.5) / 31
    assert month_targets(Plan(target=1200, seasonality=SEASON), date(2026, 1, 16), edges) == pytest.approx([expected])


def test_a_warm_up_has_no_plan() -> None:
    assert len(month_targets(Plan(target=1200, seasonality=SEASON), date(2026, 1, 1), YEAR[2:])) == 10
