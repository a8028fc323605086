"""Two shifts cover the day that six people of the same hours leave open."""

from pathlib import Path

import numpy as np
import pytest

import simulation
from simulation.sense.checks import sense

HERE = Path(__file__).parent
AGENT = "structures.s.roles.agent."
TWO = {
    AGENT + "hours_per_week": None,
    AGENT + "shifts": [{"people": 3, "hours": "08:00-16:00"}, {"people": 3, "hours": "12:00-20:00"}],
}


def test_two_shifts_of_three_lose_hardly_any_callers() -> None:
    scenario = simulation.load(HERE / "f8_two_shifts.yaml")
    lost = {}
    for name, made in (("together", scenario), ("shifts", scenario.replace(TWO))):
        years = [simulation.replicate_one(made, "s", year)[0].leads for year in range(3)]
        lost[name] = np.concatenate([leads.reason > 0 for leads in years]).mean()
    assert lost["together"] == pytest.approx(0.335, abs=0.03)
    assert lost["shifts"] < 0.013


def test_open_hours_that_two_shifts_cover_are_not_told() -> None:
    scenario = simulation.load(HERE / "f8_two_shifts.yaml")
    assert any(each.path.endswith("agent.hours_per_week") for each in sense(scenario))
    assert not any("open hours" in each.message for each in sense(scenario.replace(TWO)))
