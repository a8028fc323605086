"""The laboratory takes from each year what is asked for, and no other numbers than a whole run has."""

import numpy as np

from simulation.analysis.catalogue import OF_MONEY
from simulation.analysis.comparison import simulate
from simulation.sense.loader import load_text
from simulation.study.lab import PLAN_MET, Case, Lab
from tests.cli.conftest import SMALL

SCENARIO = load_text(SMALL, "small.yaml")
NAMES = tuple(SCENARIO.structures)


def measured(lab: Lab, *measures: str) -> np.ndarray:
    return lab.measure([Case(SCENARIO, name) for name in NAMES], range(2), measures)


def test_a_measure_asked_for_alone_is_that_of_a_whole_run() -> None:
    runs = simulate(SCENARIO, list(NAMES), replications=2, jobs=1).runs
    for name in sorted(OF_MONEY):
        whole = np.array([runs.values(structure, name) for structure in NAMES])
        assert np.array_equal(measured(Lab(jobs=1), name)[:, :, 0], whole, equal_nan=True), name


def test_a_year_is_played_again_only_where_more_is_wanted() -> None:
    lab = Lab(jobs=1)
    measured(lab, "profit")
    measured(lab, "revenue", "profit_with_end_value", PLAN_MET)
    played = lab.simulated
    measured(lab, "profit", "deals")
    assert lab.simulated == played + 2 * len(NAMES)
    measured(lab, "profit", "no such measure", "utilisation")
    assert lab.simulated == played + 2 * len(NAMES)
