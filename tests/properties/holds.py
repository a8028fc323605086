"""What must hold of a run and of its files, whatever the scenario (MODEL.md, section 9)."""

from __future__ import annotations

import csv
import io
import json
import math
from itertools import combinations
from typing import Any

import numpy as np

from simulation.analysis.budget import against_budget
from simulation.analysis.comparison import Result
from simulation.analysis.control import control_2q1d
from simulation.analysis.measures import measures, monthly_columns
from simulation.analysis.periods import PARTS, counts, funnel_columns, weekly_columns
from simulation.department import Record, simulate
from simulation.department.record import LOST, OPEN, WON
from simulation.expected import workload
from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from simulation.finance.lines import statement_columns
from simulation.report.files import inputs, summary
from simulation.report.output_folder import as_json, as_yaml
from simulation.scenario import describe
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.world import World

ROUNDING = 1e-6  # hours
COUNTS = (
    "leads", "answered", "qualified", "won_leads", "open_leads", "deals", "orders", "distributor_orders",
    "customers_end", "customers_won", "customers_lost", "pipeline_end", "waiting_end", "leads_found", "revenue",
    "cost_of_goods",
)  # fmt: skip


def run_holds(scenario: Scenario, structure: str, world: World) -> None:
    """One run of one structure: the record, its event log, its money and the closed form."""
    record = simulate(scenario, structure, world, events=True)
    leads_hold(record)
    funnel_holds(record, scenario)
    people_hold(record)
    customers_hold(record, scenario)
    money_holds(record, book(record, scenario), scenario)
    plan = workload(scenario, structure)
    assert all(math.isfinite(role.demand) and not math.isnan(role.load) for role in plan.roles.values())
    assert math.isfinite(plan.deals) and math.isfinite(plan.customers) and plan.deals >= 0


def leads_hold(record: Record) -> None:
    """Each lead ends in exactly one state, in the order of time."""
    leads, sales = record.leads, record.sales
    assert set(leads.state.tolist()) <= {OPEN, WON, LOST}
    assert len(set(leads.uid)) == len(leads.uid)
    assert np.array_equal(leads.reason > 0, leads.state == LOST)
    assert np.array_equal(np.isnan(leads.closed), leads.state == OPEN)
    deals = sales.kind == 0
    assert sorted(sales.lead[deals].tolist()) == np.flatnonzero(leads.state == WON).tolist()
    for later, earlier in ((leads.answered, leads.arrived), (leads.closed, leads.answered)):
        both = (later == later) & (earlier == earlier)
        assert (later >= earlier - ROUNDING)[both].all()
    assert ((leads.arrived >= 0) & (leads.arrived < record.end)).all()


def funnel_holds(record: Record, scenario: Scenario) -> None:
    """Each lead comes into the stages in their order; in each, in and out are the same; weeks have what months have."""
    leads = record.leads
    entered = np.column_stack([leads.entered, leads.closed])
    for one, other in combinations(range(entered.shape[1]), 2):
        assert not (entered[:, other] < entered[:, one] - ROUNDING).any()
    stages = scenario.market.steps
    assert (~np.isnan(leads.entered[:, -len(stages) :])).any(axis=1).all()
    shape = (len(record.channels), len(record.products), len(stages), len(PARTS))
    funnel = {name: values.reshape(shape) for name, values in funnel_columns(record, scenario).items()}
    out = sum(funnel[name] for name in ("passed", "won", "lost", "open"))
    assert np.array_equal(funnel["entered"], out)
    new = leads.arrived[~leads.initial & (leads.arrived >= record.begin)]
    came = 0
    for c, channel in enumerate(record.channels):
        for p, product in enumerate(record.products):
            process = scenario.market.process_of(channel, product)
            if process not in scenario.market.sold:
                continue
            first, own = scenario.market.stages_before(process), scenario.market.process(process)
            first += len(stages) - len(scenario.market.sale)
            way = [*([0] if own.qualification else []), *range(first, first + len(own.stages))]
            entered = funnel["entered"][c, p]
            begun = entered[way[1:]] - funnel["passed"][c, p][way[:-1]]  # more than went on: there on the first day
            assert not begun[..., PARTS.index("new")].any() and (begun >= 0).all()
            assert entered.sum() == entered[way].sum()
            assert funnel["won"][c, p].sum() == funnel["won"][c, p][way[-1]].sum()
            came += entered[way[0], PARTS.index("new")]
    assert came == len(new)
    assert (funnel["silent"] <= funnel["open"]).all()
    assert funnel["silent"].sum() == (leads.in_vain & (leads.state == OPEN)).sum()
    assert funnel["open"].sum() == (leads.state == OPEN).sum()
    rows = (leads.state == WON) & (leads.closed >= record.begin)
    assert funnel["won"].sum() == rows.sum()
    assert not (funnel["days_p50"] > funnel["days_p90"]).any() and not (funnel["days_p50"] < -ROUNDING).any()
    weeks, months = weekly_columns(record, scenario), counts(record, record.month_edges)
    for name, values in months.items():
        if name.startswith(("open_f", "open_n", "customers_end", "unbilled")):
            assert np.isclose(weeks[name][-1], values[-1]), name
        else:
            assert np.isclose(weeks[name].sum(), values.sum()), name
    if len(scenario.market.sold) > 1:
        for name in ("leads", *(f"{fate}_{part}" for fate in ("deals", "lost", "open") for part in PARTS)):
            assert np.array_equal(weeks[name], sum(weeks[f"{name}.{process}"] for process in scenario.market.sold))
    assert np.array_equal(months["deals_first_day"] + months["deals_new"], months["deals"])
    assert months["customers_end"].tolist() == record.customers_at.tolist()


def people_hold(record: Record) -> None:
    """Nobody works two things at once, or for longer than present; counts and hours are not below zero."""
    work: dict[str, list[tuple[float, float]]] = {}
    for row in record.events:
        assert 0 <= row[4] <= row[5] <= record.end + ROUNDING
        work.setdefault(row[2], []).append((row[4], row[5]))
    for spans in work.values():
        spans.sort()
        assert all(one[1] <= other[0] + ROUNDING for one, other in zip(spans, spans[1:], strict=False))
    assert np.isfinite(record.busy).all() and np.isfinite(record.present).all()
    assert (record.busy >= -ROUNDING).all() and (record.present >= -ROUNDING).all()
    worked = np.delete(record.busy, record.activities.index("train"), axis=1).sum(axis=1)
    assert (worked <= record.present + ROUNDING).all()
    assert (record.waiting >= 0).all() and (record.attempts >= 0).all()
    for seat in np.unique(record.staff.seat):
        rows = np.flatnonzero(record.staff.seat == seat)
        rows = rows[np.argsort(record.staff.begin[rows], kind="stable")]
        assert (record.staff.end[rows[:-1]] <= record.staff.begin[rows[1:]]).all()


def began(record: Record, scenario: Scenario) -> int:
    """Customers of the first day: as many as are counted, or those of a list who have not left before."""
    initial, there = scenario.market.initial, int(record.customers.initial.sum())
    assert there == initial.base or (initial.buyers and there < initial.base)
    return there


def customers_hold(record: Record, scenario: Scenario) -> None:
    """Customers are those of the first day and those won, less those who left."""
    people, leads = record.customers, record.leads
    repeat = np.array([scenario.market.products[name].repeat for name in record.products])
    won = ((leads.state == WON) & repeat[leads.product]).sum()
    left = (~np.isnan(people.until)).sum()
    there = began(record, scenario)
    assert len(people.uid) == len(set(people.uid)) == there + won
    assert record.customers_at[-1] == there + won - left
    for edge, there in zip(record.month_edges[1:], record.customers_at, strict=True):
        assert there == (people.since <= edge).sum() - (people.until <= edge).sum()


def money_holds(record: Record, ledger: Ledger, scenario: Scenario) -> None:
    """Reported money is the sum of the ledger's entries; months add up; nothing is infinite."""
    found = measures(record, ledger, scenario)
    entries = ledger.frame()
    scale = 1e-9 * (1.0 + entries["amount"].abs().sum() + entries["cash"].abs().sum())

    def same(one: float, other: float) -> None:
        assert abs(one - other) <= scale, (one, other)

    same(found["profit"], entries["amount"].sum())
    same(found["profit"], found["gross_margin"] - found["payroll"] - found["costs"])
    counted = (record.sales.time >= record.begin) & (record.sales.time < record.end)
    same(found["revenue"], record.sales.revenue[counted].sum())
    columns = statement_columns(ledger)
    cash = sum((values for name, values in columns.items() if name.startswith("cash.")), np.zeros(1))
    same(cash.sum(), found["cash_end"])
    months = monthly_columns(record, ledger, scenario)
    same(months["profit"].sum(), found["profit"])
    same(months["revenue"].sum(), found["revenue"])
    assert not [name for name, values in months.items() if np.isinf(values).any()]
    assert not [name for name, value in found.items() if math.isinf(value)]
    always = ("profit", "revenue", "payroll", "costs", "gross_margin", "cash_end", "end_value", "profit_with_end_value")
    assert not [name for name in always if math.isnan(found[name])]
    assert not [name for name in COUNTS if name in found and found[name] < -scale]
    for name, value in found.items():
        if name.partition(".")[0] in ("utilisation", "load") and value == value:
            assert -1e-9 <= value <= 1 + 1e-6, name


def files_hold(result: Result) -> None:
    """The files of a result: JSON without NaN, tables with as many cells in each row, a scenario that loads again."""
    json.loads(as_json(summary(result)), parse_constant=_no_number)
    budgets = [against_budget(result, name).frame() for name in result.structures]
    scenario = result.scenario
    frames = [
        result.runs.replications,
        result.runs.months,
        result.runs.weeks,
        result.runs.funnel,
        inputs({"": scenario}),
        control_2q1d(result),
        *budgets,
    ]
    for frame in frames:
        rows = list(csv.reader(io.StringIO(frame.to_csv(index=False))))
        assert len({len(row) for row in rows}) == 1
        words = {"inf", "-inf", "Infinity", "nan", "NaN"}
        assert not [cell for row in rows[1:] for cell in row if cell in words]
    again = load_text(as_yaml(describe.resolved(scenario)))
    assert again == scenario


def _no_number(word: str) -> Any:
    raise AssertionError(f"{word} in a JSON file")
