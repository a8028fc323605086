"""The plan: every column says what it holds and is as it says, luck is shared, and a run asks nothing by name."""

import ast
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulation.department import plan as package
from simulation.department.department import Department
from simulation.department.plan.order_of_work import HELP, NO_GUARD, ROOM
from simulation.department.plan.plan import TABLES, Plan
from simulation.department.plan.table import columns, index, padded, sizes
from simulation.department.year import run
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import onboarding_of, recruiting_of, tenures_of
from simulation.scenario.timeline import timeline
from simulation.sense.loader import load
from simulation.world import World
from simulation.world.stock import Of
from tests.scripted import small

ROOT = Path(__file__).parents[3]
UNITS = {
    "",
    "hours",
    "working hours",
    "months",
    "share",
    "share of revenue",
    "per hour",
    "money",
    "log-odds",
    "leads",
    "pieces of work",
    "repetitions",
    "contacts",
    "contacts a month",
}
OFTEN = {
    "level",
    "place",
    "reader",
    "interval",
    "arrival",
    "lead",
    "absence",
    "edge",
    "month",
    "window",
    "seat",
    "desk",
    *("end", "piece", "task", "change", "move", "counted"),
}
"""Axes whose length is a table's own."""


@cache
def shipped(name: str) -> Scenario:
    return load(ROOT / "scenarios" / f"{name}.yaml").replace({"experiment.months": 3})


def made(scenario: Scenario, structure: str) -> list[object]:
    """One of each kind of table, as a department has it on its first morning."""
    department = Department(scenario, structure, World(scenario, 0))
    plan = department.plan
    force = plan.under(scenario)
    department.tables.of(next(iter(scenario.market.channels)))
    return [
        plan.openings,
        force.working,
        force.order.duties,
        force.order.desks,
        force.order.levels,
        force.curves,
        force.buying,
        force.selling,
        department.tables.all[0].columns(),
        plan.seats,
        plan.hires(0, 3),
        *(force.staying, force.leaving, force.filling, plan.newcomers(scenario, 1, 3), force.heads),
        *(force.earning, force.on_target, force.standards, plan.changes, plan.targets),
    ]


def test_every_column_says_its_axes_its_unit_and_its_meaning():
    found = [column for table in TABLES for column in columns(table)]
    assert len(found) == sum(len(fields(table)) for table in TABLES) > 150
    for column in found:
        assert len(column.meaning) > 4 and not column.meaning.endswith("."), column
        assert column.unit in UNITS, column
        assert len({*column.axes}) == len(column.axes), column
    assert all(f"`{column.table}.{column.name}`" in index(TABLES) for column in found)
    assert all(table.__doc__ for table in TABLES)


@pytest.mark.parametrize(
    ("name", "structure"),
    [("department_of_ten", "functional"), ("it_integrator", "owners_stop"), ("wholesale", "functional")],
)
def test_every_array_is_as_its_column_says(name, structure):
    tables = made(shipped(name), structure)
    assert {type(table) for table in tables} == {*TABLES}
    known: dict[str, int] = {"activity": len(ACTIVITIES)}
    for table in tables:
        own: dict[str, int] = {}
        for column in columns(type(table)):
            assert getattr(table, column.name).dtype == column.kind, column
        for axis, length in sizes(table):
            lengths = own if axis in OFTEN else known
            if axis == "step" and type(table).__name__ == "Leads":
                lengths = own  # leads go through the first steps only
            assert lengths.setdefault(axis, length) == length, (type(table).__name__, axis)


def test_there_is_an_axis_for_each_product_channel_role_and_step():
    scenario = shipped("it_integrator")
    structure = scenario.structures["owners_stop"]
    force = Plan(scenario, "owners_stop", World(scenario, 0)).under(scenario)
    assert len(force.buying.price) == len(scenario.market.products)
    assert len(force.selling.attempt) == force.buying.upsell_odds.shape[1] == len(scenario.market.channels)
    assert len(force.curves.kind) == len(structure.roles)
    assert force.order.desks.at.shape[1] == len(force.working.activity)


ROLES = {
    "sorter": {"headcount": 1, "activities": ["qualify"]},
    "closer": {
        "headcount": 2,
        "activities": ["sell", {"activity": "qualify", "overflow": {"queue": 3, "wait": "2 h"}}],
        "ownership": "personal",
        "new_work": "shared",
        "most_open": 5,
    },
}


def test_who_only_helps_reads_the_desk_of_others_by_its_rule():
    scenario = small({"market.qualification": {"work": "1 h"}}, roles=ROLES)
    order = Plan(scenario, "plain", World(scenario, 0)).under(scenario).order
    desk = order.desks.at[0, 0]
    assert order.desks.crew[desk].tolist() == [0, 1]
    assert order.desks.helps_from[desk].tolist() == [-1, 3]
    assert order.desks.helps_after[desk].tolist() == [0.0, 2.0]
    assert order.desks.calls[desk]
    guards = order.levels.guard[1][order.levels.duty[1] >= 0].tolist()
    assert sorted({*guards}) == sorted({NO_GUARD, ROOM, HELP})
    assert order.duties.most_open.tolist() == [np.inf, 5]
    assert order.duties.does[:, 0, 0].tolist() == [0, -1]


LAWS = [
    {"kind": "weibull"},
    {"kind": "lognormal", "cv": 0.8},
    {"kind": "piecewise", "until": ["3 months", "1 year"], "hazards": [0.9, 0.5, 0.3]},
    {"kind": "table", "at": ["6 months", "2 years"], "stay": [0.8, 0.4]},
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law["kind"])
def test_the_laws_of_staying_are_those_of_the_scenario(law):
    inside = {"people.turnover.per_year": 0.5, "people.turnover.law": law, "people.onboarding.probation.failure": 0}
    scenario = small(inside, roles=ROLES)
    scenario = scenario.replace({"structures.plain.roles.sorter.turnover_per_year": 0})
    structure = scenario.structures["plain"]
    laws = Plan(scenario, "plain", World(scenario, 0)).under(scenario).staying.laws
    assert laws == [tenures_of(scenario.people, role) for role in structure.roles.values()]
    assert laws[0] is None and laws[1] is not None


def test_lives_follow_the_rules_that_the_scenario_states():
    scenario = shipped("hiring_policies")
    for name, structure in scenario.structures.items():
        plan = Plan(scenario, name, World(scenario, 0))
        force, people = plan.under(scenario), scenario.people
        known, stated = force.staying.turnover, people.turnover
        for share in (0.0, 0.95, 1.0):
            assert known.overload_factor(share) == stated.overload_factor(share)
            assert known.missed_factor(share, 1.0) == stated.missed_factor(share, 1.0)
        for held in (0.0, 0.3, 1.0):
            mine, theirs = force.leaving.departure, people.departure
            assert mine.lead_lost(held, 0.9) == theirs.lead_lost(held, 0.9)
            assert mine.customer_lost(held, 0.9, True) == theirs.customer_lost(held, 0.9, True)
            assert mine.fall(held, 0.9) == theirs.fall(held, 0.9)
            assert force.heads.coach.pace(held) == people.coaching.pace(held)
            assert force.heads.coach.odds(held) == people.coaching.odds(held)
        for number, role in enumerate(structure.roles.values()):
            filled, begins = recruiting_of(people, role), onboarding_of(people, role)
            assert force.filling.spare[number] == filled.spare
            for now in (0.0, 100.0, 5000.0):
                assert force.filling.recruiting[number].search_from(now) == filled.search_from(now)
            assert force.filling.onboarding[number].office_hours(8) == begins.office_hours(8)
            assert force.filling.onboarding[number].probation.hours == begins.probation.hours


def test_what_comes_of_a_hire_is_what_the_run_meets():
    scenario = load(ROOT / "scenarios" / "department_of_ten.yaml")
    name = next(iter(scenario.structures))
    department = Department(scenario, name, World(scenario, 0))
    run(department)
    found = [each for each in department.workforce.searches if each.filled == each.filled and each.seat.luck < 1000]
    assert found
    for search in found:
        firsts = [each for each in found if each.seat is search.seat]
        hire = 1 + firsts.index(search)
        row = department.plan.newcomers(scenario, hire, search.seat.luck + 1)
        waits = row.search[search.seat.luck, search.role]
        assert search.filled >= search.searched + waits - 1e-9


def test_the_changes_are_those_of_the_timeline():
    scenario = shipped("crm_rollout")
    for name in scenario.structures:
        changes = timeline(scenario, name).changes
        table = Plan(scenario, name, World(scenario, 0)).changes
        roles = list(scenario.structures[name].roles)
        assert table.at.tolist() == [change.at for change in changes]
        for number, change in enumerate(changes):
            crm, dip, spike = table.crm(number), table.dip(number), table.spike(number)
            assert (crm is None, dip is None, spike is None) == (
                *(change.crm is None, change.dip is None),
                change.spike is None,
            )
            if crm is not None and change.crm is not None:
                assert all(crm.adoption(t) == change.crm.adoption(t) for t in (0.0, 500.0, 3000.0))
            named = [(move.role, move.to, move.people) for move in change.moves]
            assert [(roles[a], roles[b], people) for a, b, people in table.moves(number)] == named


def test_two_structures_in_one_world_share_the_arrays_of_luck():
    scenario = shipped("department_of_ten")
    world = World(scenario, 0)
    one, other = (Department(scenario, name, world) for name in scenario.structures)
    for channel in scenario.market.channels:
        mine, theirs = one.tables.of(channel), other.tables.of(channel)
        for name in ("arrived", "deal", "leave", "patience", "late", "work", "decision", "thinking", "waits"):
            assert np.shares_memory(getattr(mine.columns(), name), getattr(theirs.columns(), name)) or not len(
                mine.stock
            )
    series = [[d.customers.habits[0].numbers(mine.stock, what) for what in Of] for d in (one, other)]
    assert all(a is b for a, b in zip(*series, strict=True))


def test_the_floor_reads_what_the_table_has():
    scenario = shipped("department_of_ten")
    department = Department(scenario, next(iter(scenario.structures)), World(scenario, 0))
    for channel in scenario.market.channels:
        lists = department.tables.of(channel)
        lists.stock.ensure(10)
        table = lists.columns()
        for step, work in enumerate(lists.work):
            assert not work or table.work[step].tolist() == list(work)
            for name, neutral in (("decision", -np.inf), ("thinking", 0.0)):
                column = getattr(lists, name)[step]
                assert getattr(table, name)[step].tolist() == list(column or [neutral] * len(lists.stock))


def test_a_plan_that_is_built_twice_gives_the_same_year():
    scenario = shipped("hunters_leave")
    structure = next(iter(scenario.structures))
    records = [run(Department(scenario, structure, World(scenario, 1))) for _ in range(2)]
    tables = [made(scenario, structure) for _ in range(2)]
    for one, other in zip(*tables, strict=True):
        for column in fields(one):
            assert np.array_equal(getattr(one, column.name), getattr(other, column.name), equal_nan=True)
    first, second = records
    for name in ("busy", "waited", "repetitions", "customers_at"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
    for part in ("leads", "sales", "customers", "staff"):
        for column in fields(getattr(first, part)):
            one, other = (getattr(getattr(record, part), column.name) for record in records)
            assert np.array_equal(one, other, equal_nan=isinstance(one, np.ndarray) and one.dtype.kind == "f"), (
                column.name
            )


def test_what_a_row_lacks_is_filled_up():
    assert padded([[1, 2], [3]], -1, np.int64).tolist() == [[1, 2], [3, -1]]
    assert padded([], 0.0, float).shape == (0, 0)
    assert padded([[[1], []], [[2, 3]]], 0, np.int64, axes=3).tolist() == [[[1, 0], [0, 0]], [[2, 3], [0, 0]]]


def test_the_floor_reads_the_clocks_and_tries_that_the_table_has():
    remind = {"every": "5 days", "work": "10 min"}
    first = {"silent": 0.3, "expires": "60 days", "remind": remind, "reach": {"every": "1 h", "most": 7}}
    scenario = shipped("department_of_ten").replace({f"market.stages.0.{key}": value for key, value in first.items()})
    department = Department(scenario, next(iter(scenario.structures)), World(scenario, 0))
    lists = department.tables.of("site")
    table = lists.columns()
    for step, (clocks, tries) in enumerate(zip(lists.clocks, lists.tries, strict=True)):
        mine = (clocks.share, clocks.expires, clocks.every) if clocks else (0.0, np.inf, np.inf)
        assert (table.silent_share[step], table.expires[step], table.remind_every[step]) == mine
        tried = (tries.probability, tries.every, tries.most) if tries else (1.0, np.inf, 1)
        assert (table.reach[step], table.reach_every[step], table.reach_most[step]) == tried
        for name, column in (("silent", clocks and clocks.silent), ("remind", clocks and clocks.remind)):
            assert column is None or getattr(table, name)[step].tolist() == list(column)
        assert tries is None or table.attempt[step].tolist() == list(tries.work)
    assert sum(map(bool, lists.clocks)) == sum(map(bool, lists.tries)) == 1


ASKS_BY_NAME = {"lead_table.py", "first_day.py"}
"""Files that make columns: when a table is made, and on the first morning."""


def test_nothing_in_a_run_asks_for_luck_by_a_name_or_inverts_a_law():
    where = ROOT / "simulation" / "department"
    for path in [*where.glob("*.py"), *Path(package.__file__).parent.glob("*.py")]:
        if path.name in ASKS_BY_NAME:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert path.parent != where or getattr(node, "attr", "") not in ("quantile", "ppf"), f"{path.name}: a law"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = node.func.attr in ("uniforms", "quantile", "ppf") or (
                    node.func.attr == "column" and path.parent == where
                )
                assert not named, f"{path.name}: {ast.unparse(node)}"


RULES_OF_LIVES = {"tenures_of", "recruiting_of", "onboarding_of", "budgeted_pay", "practised", "month_targets"}


def test_what_a_run_asks_of_a_lead_s_tries_and_clocks_has_no_name_made_in_the_run():
    tree = ast.parse((ROOT / "simulation" / "department" / "lead_table.py").read_text(encoding="utf-8"))
    asked = [each for each in tree.body if isinstance(each, ast.ClassDef) and each.name in ("Clocks", "Tries")]
    methods = [each for one in asked for each in one.body if isinstance(each, ast.FunctionDef) and each.name[0] != "_"]
    assert {each.name for each in methods} == {"until_no", "reaches"}
    assert not [node for each in methods for node in ast.walk(each) if isinstance(node, ast.JoinedStr)]


def test_lives_ask_the_plan_for_their_rules():
    blocks = {"turnover", "recruiting", "onboarding", "departure", "coaching", "probation", "commission"}
    for path in (ROOT / "simulation" / "department").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in RULES_OF_LIVES or path.name == "rules.py", f"{path.name}: {node.func.id}"
            if isinstance(node, ast.Attribute) and node.attr in blocks:
                assert not ast.unparse(node.value).endswith((".people", ".pay")), f"{path.name}: {ast.unparse(node)}"
