"""The ledger on random scenarios: reported money is the sum of its entries, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analysis.measures import measures
from simulation.department import simulate
from simulation.finance.booking import book
from simulation.finance.ledger import INDEX, Journal
from simulation.finance.lines import statement_columns
from simulation.finance.pay import book_pay, book_variable_pay
from simulation.finance.spans import first_day
from simulation.scenario.timeline import timeline
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


@st.composite
def with_money(draw):
    """A random scenario with people, pay in all its forms, a plan and a budget."""
    scenario = draw(scenarios())
    amounts = st.floats(0, 1e5)
    values: dict[str, object] = {
        "plan": {
            "measure": draw(st.sampled_from(["revenue", "deals", "profit"])),
            "target": draw(st.floats(1, 1e6)),
            "rolling": draw(st.booleans()),
        },
        "people.turnover.per_year": draw(st.sampled_from([0, 3])),
        "people.turnover.early": 1,
        "people.recruiting.cost": draw(amounts),
        "budget.contributions_of": draw(st.sampled_from([None, "RU_2025", "RU_2026"])),
    }
    for table, when in (("capital", "once"), ("direct", "monthly"), ("other", "monthly")):
        per = "unit" if table == "capital" else draw(st.sampled_from(["unit", "seat", "lead", "deal", "hire"]))
        line = {"name": table, "price": draw(amounts), "per": per, "when": when}
        planned = {"name": "planned elsewhere", "price": draw(amounts), "covers": "recruiting"}
        values[f"budget.{table}"] = {"lines": [line] if table == "capital" else [line, planned]}
    for name, structure in scenario.structures.items():
        for role in structure.roles:
            values[f"structures.{name}.roles.{role}.pay"] = {
                "base": draw(st.floats(0, 1e6)),
                "commission": {"share": draw(st.sampled_from([0, 0.3])), "threshold": draw(st.sampled_from([0, 0.5]))},
                "bonus": {"amount": draw(amounts), "every": draw(st.sampled_from(["month", "quarter", "year"]))},
                "vacation": draw(st.sampled_from(["base", "average"])),
            }
    return scenario.replace(values)


@examples(25)
@given(with_money())
def test_every_amount_is_an_entry_whatever_the_pay_and_the_budget(scenario):
    record = simulate(scenario, next(iter(scenario.structures)), World(scenario, 0))
    ledger = book(record, scenario)
    found = measures(record, ledger, scenario)
    columns = statement_columns(ledger)
    entries = ledger.frame()
    scale = 1e-9 * (1.0 + entries["amount"].abs().sum() + entries["cash"].abs().sum())
    assert found["profit"] == pytest.approx(entries["amount"].sum(), abs=scale)
    assert found["profit"] == pytest.approx(found["gross_margin"] - found["payroll"] - found["costs"], abs=scale)
    revenue = columns["account.revenue"] + columns["account.discount"]
    rest = sum(values for name, values in columns.items() if name.startswith("account."))
    rest = rest - columns["account.revenue"] - columns["account.discount"]
    assert (revenue - rest).sum() == pytest.approx(found["profit"], abs=scale)
    cash = sum(values for name, values in columns.items() if name.startswith("cash."))
    assert cash.sum() == pytest.approx(found["cash_end"], abs=scale)
    lines = sum((values for name, values in columns.items() if name.startswith("line.")), np.zeros(1))
    tables = -ledger.total("direct", "indirect", "other") + -ledger.cash_by_month[INDEX["capital"]].sum()
    assert lines.sum() == pytest.approx(tables, abs=scale)
    assert not any("planned elsewhere" in cause for cause in ledger.causes)


@examples(25)
@given(with_money())
def test_contributions_are_those_of_each_persons_pay_in_each_calendar_year(scenario):
    record = simulate(scenario, next(iter(scenario.structures)), World(scenario, 0))
    journal = Journal(first_day(scenario), np.asarray(record.month_edges, dtype=float))
    prices = timeline(scenario, record.structure)
    payments = book_pay(journal, record, scenario, prices)
    book_variable_pay(journal, record, scenario, prices, payments)
    years = np.array([start.year for start in journal.month_starts])
    law, owed = scenario.budget.law, 0.0
    staff = record.staff
    for person in set(zip(staff.seat.tolist(), staff.hire.tolist(), strict=True)):
        rows = (staff.seat == person[0]) & (staff.hire == person[1])
        for year in set(years.tolist()):
            owed += law.of_year(float(payments.paid[rows][:, years == year].sum()))
    assert -journal.close().total("contributions") == pytest.approx(owed, rel=1e-9, abs=1e-6)
