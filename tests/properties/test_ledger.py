"""The ledger on random scenarios: reported money is the sum of its entries, and nothing else."""

import numpy as np
import pytest
from hypothesis import given

from simulation.analysis.measures import measures
from simulation.department import simulate
from simulation.finance.booking import book
from simulation.world import World
from tests.properties.scenarios import examples, scenarios


@examples(25)
@given(scenarios())
def test_reported_figures_are_sums_of_the_ledger(scenario):
    record = simulate(scenario, next(iter(scenario.structures)), World(scenario, 0))
    ledger = book(record, scenario)
    found = measures(record, ledger, scenario)
    entries = ledger.frame()
    scale = 1.0 + entries["amount"].abs().sum()
    assert found["profit"] == pytest.approx(entries["amount"].sum(), abs=1e-9 * scale)
    for name in ("revenue", "gross_margin", "payroll", "costs"):
        assert np.isfinite(found[name])
    assert found["profit"] == pytest.approx(found["gross_margin"] - found["payroll"] - found["costs"], abs=1e-9 * scale)
    counted = (record.sales.time >= record.begin) & (record.sales.time < record.end)
    assert found["revenue"] == pytest.approx(record.sales.revenue[counted].sum(), abs=1e-9 * scale)
