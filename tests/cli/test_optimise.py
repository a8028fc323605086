"""The command `optimise`: what it prints and writes, and every mistake of the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import Run, Write

FEW = ("--no-store", "--jobs", "1", "--replications", "4", "--fresh", "2", "--heads", "4")


@pytest.fixture
def called(write: Write, run: Run) -> Result:
    return run("optimise", write(), *FEW, "--out", "out", "--lang", "ru")


def test_it_prints_the_best_splits_and_writes_them(called: Result) -> None:
    assert called.exit_code == 0, called.output
    for text in ("Лучшее деление 4 человек", "в новых годах", "Функциональная: лучшее деление", "прогонов: "):
        assert text in called.output, text
    values = json.loads(Path("out/best_split.json").read_text(encoding="utf-8"))
    assert values["heads"] == 4
    assert set(values["structures"]) == {"universal", "functional"}
    assert sum(values["structures"]["functional"]["winner"]["roles"].values()) == 4
    names = {path.name for path in Path("out").iterdir()}
    assert {"best_split-splits.csv", "best_split-fresh.csv", "best_split-splits.png", "report.html"} <= names
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "Лучшее деление" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--structure", "functionl"), "--structure: there is no structure 'functionl'"),
        (("--baseline", "x"), "--baseline: there is no structure 'x'"),
        (("--measure", "profits"), "--measure: there is no measure 'profits'"),
        (("--constraint", "profit>much"), "--constraint: profit: 'much' is not a number"),
        (("--constraint", "plan_met>=80%"), "--constraint: plan_met needs a plan"),
        (("--constraint", "profit"), "--constraint: 'profit' is no limit; allowed: MEASURE, one of >=, <=, > and <"),
        (("--level", "200%"), "--level:"),
        (("--indifference", "a bit"), "--indifference: profit: 'a bit' is not a number"),
        (("--payroll", "lots"), "--payroll: 'lots' is not a number"),
        (("--payroll", "100 k"), "no split of 'universal' costs at most 100 thousand RUB a year"),
        (("--heads", "2"), "'functional' has no split of 2 people; it has 3 roles to fill"),
        (("--heads", "4", "--payroll", "3 mln"), "contradict each other"),
    ],
)
def test_a_mistake_is_one_line_and_nothing_is_written(
    write: Write, run: Run, words: tuple[str, ...], said: str
) -> None:
    result = run("optimise", write(), *words, "--out", "out", "--no-store")
    assert result.exit_code == 2
    lines = [line for line in result.output.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1 and said in lines[0], result.output
    assert not Path("out/best_split.json").exists()


def test_several_mistakes_are_told_at_once(write: Write, run: Run) -> None:
    result = run("optimise", write(), "--measure", "profits", "--payroll", "lots", "--constraint", "x", "--no-store")
    assert result.exit_code == 2
    assert sum(line.startswith("error: ") for line in result.output.splitlines()) == 3


def test_a_mistake_in_the_search_of_a_scenario_is_told_with_its_line(write: Write, run: Run) -> None:
    path = write(("people:", "search:\n  functional:\n    roles: {huntr: [1, 2]}\npeople:"))
    result = run("optimise", path, "--no-store")
    assert result.exit_code == 2
    assert "search.functional.roles.huntr" in result.output and "did you mean 'hunter'?" in result.output
