"""One direction: a package imports only what stands to its left on the way of the data, and no files in a circle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from simulation.analysis import identity

ROOT = Path(__file__).parents[2] / "simulation"
ORDER = (
    "texts",
    "written",
    "mechanisms",
    "scenario",
    "expected",
    "sense",
    "intake",
    "world",
    "floor",
    "department",
    "finance",
    "analysis",
    "store",
    "study",
    "calibration",
    "report",
    "app",
    "cli",
)
OPEN = {"validation"}
"""Packages that may import anything: they stand beside the way."""


def imported(path: Path) -> set[str]:
    """Packages of `simulation` that a file imports, for types too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "simulation" else [f"simulation.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("simulation.")}
    return found


def test_every_package_has_its_place() -> None:
    there = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert there == set(ORDER) | OPEN


def test_the_page_of_the_house_names_every_package_in_its_order() -> None:
    page = (ROOT.parent / "docs" / "architecture.md").read_text(encoding="utf-8").split("## The main types")[0]
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert rows == [*ORDER, *OPEN]


def test_the_version_of_the_model_is_that_of_every_package_that_makes_a_year() -> None:
    before = set(ORDER[: ORDER.index("analysis") + 1])
    assert set(identity._PACKAGES) == before - {"texts", "intake"}  # neither words nor the way in change a year


@pytest.mark.parametrize("package", ORDER[ORDER.index("analysis") :])
def test_one_place_says_who_is_compared_with_whom(package: str) -> None:
    """Nobody else reads the scenario's own baseline, so that nobody resolves it otherwise."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "baseline"
        and ast.unparse(node.value).endswith("experiment")
    }
    assert readers == ({"analysis/comparison.py"} if package == "analysis" else set())


AHEAD = {"scenario/scenario.py": {"sense"}}
"""Files that look ahead, and where to: what is replaced in a scenario is checked again as a file is."""


SHOWN = sorted((ROOT / "study").glob("*/show.py"))
"""How a kind of study is shown stands with the kind, and is part of the report: nothing of the studies imports it."""


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_what_stands_to_its_left(package: str) -> None:
    allowed = set(ORDER[: ORDER.index(package) + 1]) | {"version"}
    for path in sorted({*(ROOT / package).rglob("*.py")} - {*SHOWN}):
        ahead = imported(path) - allowed - AHEAD.get(path.relative_to(ROOT).as_posix(), set())
        assert not ahead, f"{path.relative_to(ROOT)} imports {sorted(ahead)}"


WITHOUT_CIRCLES = ("mechanisms", "department", "world")
"""Packages in which no file needs another that needs it again; what is imported for types counts too."""


def within(package: str) -> dict[str, set[str]]:
    """Files of a package and the files of it that each imports, under `if TYPE_CHECKING` and in functions too."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (ROOT / package).rglob("*.py")}
    graph: dict[str, set[str]] = {}
    for name, path in paths.items():
        found = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        graph[name] = {other for other in paths if f"simulation.{other}" in found and other != name}
    return graph


@pytest.mark.parametrize("package", WITHOUT_CIRCLES)
def test_no_files_of_a_package_import_each_other_in_a_circle(package: str) -> None:
    graph = within(package)
    assert any(graph.values())
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_how_a_kind_of_study_is_shown_is_part_of_the_report() -> None:
    allowed = set(ORDER[: ORDER.index("report") + 1])
    for path in SHOWN:
        assert imported(path) <= allowed, f"{path.relative_to(ROOT)} imports {sorted(imported(path) - allowed)}"
    for path in {*(ROOT / "study").rglob("*.py")} - {*SHOWN}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = node.module if isinstance(node, ast.ImportFrom) else None
            assert not (named or "").endswith(".show"), f"{path.relative_to(ROOT)} imports how a kind is shown"
