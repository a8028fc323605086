"""The kernel is put together of all its modules, its numbers are those of the department, and it fails with words."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation.department import attrition, record, steps
from simulation.department.compiled import luck, months
from simulation.department.plan import order_of_work
from simulation.floor import build, choice
from simulation.mechanisms.contagion import MEMORY
from simulation.scenario.people import ACTIVITIES
from simulation.world.stock import Of, Upset
from simulation.world.streams import BLOCK
from simulation.written import odds, readers

HERE = Path(build.__file__).parent
NUMBERS = build.numbers_of([ast.parse((HERE / f"{name}.py").read_text()) for name in build.MODULES])


def test_every_module_with_cython_in_it_is_part_of_the_kernel() -> None:
    with_cython = {path.stem for path in HERE.glob("*.py") if "\nimport cython\n" in path.read_text()}
    assert with_cython == {*build.MODULES} - {"names"}


def test_functions_of_the_kernel_become_functions_of_c_and_names_of_numbers_become_numbers() -> None:
    unit = ast.parse(build.source())
    functions = {part.name: part for part in unit.body if isinstance(part, ast.FunctionDef)}
    assert [ast.unparse(each) for each in functions["look_for_work"].decorator_list] == [
        "cython.cfunc",
        "cython.nogil",
        "cython.exceptval(check=False)",
    ]
    names = {node.id for node in ast.walk(unit) if isinstance(node, ast.Name)}
    assert not names & set(NUMBERS)


def test_a_checked_kernel_looks_whether_each_row_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "floor.jobs[within(floor, number, floor.jobs_count)]" not in build.source()
    monkeypatch.setenv(build.CHECKED, "1")
    assert "floor.jobs[within(floor, number, floor.jobs_count)]" in build.source()


@pytest.mark.parametrize("name", ["OPEN", "WON", "LOST"])
def test_states_are_those_of_the_record(name: str) -> None:
    assert NUMBERS[name] == getattr(record, name)


def test_reasons_of_losses_are_those_of_the_record() -> None:
    names = ("unanswered", "answered_late", "disqualified_unfit", "disqualified_fit", "waited", "question", "declined")
    more = ("unfit", "leaver", "expired", "declined_at_once", "not_reached")
    for name in (*names, *more):
        assert record.REASONS[int(NUMBERS[name.upper()])] == name
    assert record.REASONS[int(NUMBERS["LOST_IN_HAND_OFF"])] == "hand_off"
    assert NUMBERS["IS_LOST"] == len(months.OUTCOMES)


def test_activities_streams_and_guards_have_the_department_s_numbers() -> None:
    assert NUMBERS["ACTIVITIES"] == len(ACTIVITIES)
    assert (NUMBERS["PROSPECT"], NUMBERS["CARE"], NUMBERS["QUALIFY"]) == (steps.PROSPECT, steps.CARE, steps.QUALIFY)
    assert ACTIVITIES[int(NUMBERS["COACH_ACTIVITY"])] == "coach"
    assert {name: NUMBERS[name] for name in Of.__members__} == dict(Of.__members__)
    assert {name: NUMBERS[name] for name in Upset.__members__} == dict(Upset.__members__)
    assert [NUMBERS[name] for name in ("NO_GUARD", "ROOM", "HELP")] == [
        order_of_work.NO_GUARD,
        order_of_work.ROOM,
        order_of_work.HELP,
    ]
    assert BLOCK == 16  # the kernel divides ordinals by shifts


def test_times_and_bounds_are_those_of_the_department() -> None:
    assert (NUMBERS["WEEK"], NUMBERS["MONTH"]) == (readers.WEEK, readers.MONTH)
    assert 3 * NUMBERS["MONTH"] == MEMORY
    assert NUMBERS["PRESSURE_HOURS"] == attrition.PRESSURE_WEEKS * readers.WEEK
    assert (NUMBERS["MOST_RAISED"], NUMBERS["MOST_ODDS"]) == (odds.MOST_RAISED, odds.MOST)


@pytest.mark.parametrize("name", ["ATTEMPTS", "FRAILTY", "MORE_FINDS", "SERIES", "FINDS", "BY_LAW"])
def test_what_the_kernel_asks_is_what_the_host_answers(name: str) -> None:
    assert NUMBERS[name] == getattr(luck, name)


built = pytest.mark.skipif(choice.hindrance() is not None, reason="the compiled floor is not built here")
SIZES = dict.fromkeys(("steps", "stages", "products", "channels", "processes", "pods", "crews", "roles"), 1)
SIZES |= dict.fromkeys(("order", "request", "upsell", "collect", "paperwork", "coach", "meet", "care"), 0)
SIZES |= dict.fromkeys(("logs", "notes_hands", "limited", "cares", "in_shifts"), 0)


@built
def test_lives_and_kernel_take_numbers_from_one_count() -> None:
    kernel = choice.new_kernel(None, SIZES)
    assert [next(kernel), next(kernel)] == [0, 1]
    kernel.run(5.0, 1, 0)
    assert kernel.now == 5.0 and kernel.events == 0


@built
def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        choice.new_kernel(None, SIZES).written("nothing")


@built
def test_an_error_of_the_host_in_the_middle_of_an_event_comes_out_as_it_is(year: Callable[[], object]) -> None:
    with pytest.raises(ZeroDivisionError):
        year()


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """A year whose luck breaks down."""
    from simulation.department.department import Department
    from simulation.department.year import run
    from simulation.sense.loader import load
    from simulation.world import World

    def asked(*_: int) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(luck.Luck, "asked", asked)
    scenario = load(Path(__file__).parents[3] / "scenarios" / "department_of_ten.yaml")
    return lambda: run(Department(scenario, "functional", World(scenario, 0), floor="compiled"))
