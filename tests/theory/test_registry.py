"""The registry of checks, their verdicts and the page that is made of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.analysis.intervals import Interval, mean_interval
from simulation.validation import GROUPS, SYSTEMS, Check, Result, System
from simulation.validation.__main__ import main
from simulation.validation.checks import SCENARIOS
from simulation.validation.table import SOURCES, write

ROOT = Path(__file__).parents[2]


def result(theory: float, simulated: Interval, bluntest: float = 0.03) -> Result:
    check = Check("wait, h", "f(x)", "Erlang 1917", lambda s: theory, lambda year: 0.0, bluntest)
    return Result(System("one person", "M/M/1", "one_person", (check,)), check, theory, simulated)


def test_every_system_has_a_test_of_its_own() -> None:
    tested = re.findall(r'confirm\("([^"]+)"\)', (ROOT / "tests/theory/test_theory.py").read_text("utf-8"))
    assert sorted(tested) == sorted(SYSTEMS)


def test_every_scenario_loads_and_none_lies_idle() -> None:
    used = {system.scenario for system in SYSTEMS.values()} | {"bare"}
    assert {file.stem for file in SCENARIOS.glob("*.yaml")} == used
    for system in SYSTEMS.values():
        scenario = system.load()
        assert scenario.experiment.replications >= 12
        assert scenario.title


def test_no_name_is_given_twice_and_every_source_is_known() -> None:
    assert len(SYSTEMS) == sum(len(group) for group in GROUPS.values())
    for system in SYSTEMS.values():
        figures = [check.figure for check in system.checks]
        assert len(set(figures)) == len(figures)
        assert {check.source for check in system.checks} <= SOURCES.keys()


def test_a_mean_four_standard_errors_off_is_still_agreed_and_a_little_more_is_not() -> None:
    error = 0.01
    assert result(1.0, Interval(1.0 + 3.99 * error, 0.0, 2.0, 5 * error, 25)).agrees
    assert not result(1.0, Interval(1.0 + 4.01 * error, 0.0, 2.0, 5 * error, 25)).agrees
    assert not result(1.0, Interval(1.0 - 4.01 * error, 0.0, 2.0, 5 * error, 25)).agrees


def test_a_check_that_could_not_have_failed_does_not_count_as_agreed() -> None:
    blunt = result(1.0, Interval(1.0, 0.8, 1.2, 0.5, 25))
    assert blunt.off_by == 0.0
    assert not blunt.sharp
    assert not blunt.agrees
    assert result(1.0, Interval(1.0, 0.8, 1.2, 0.5, 25), bluntest=0.2).agrees


def test_a_figure_without_spread_has_to_be_exact() -> None:
    assert result(0.0, mean_interval([0.0, 0.0])).agrees
    assert result(0.16, mean_interval([0.16, 0.16])).agrees
    assert not result(0.16, mean_interval([0.17, 0.17])).agrees
    assert not result(0.0, mean_interval([1.0, 1.0])).agrees


def test_a_mean_of_nothing_agrees_with_no_theory() -> None:
    nothing = mean_interval([float("nan"), float("nan")])
    assert not result(1.0, nothing).agrees


def test_the_page_names_what_disagrees() -> None:
    good = result(1.0, Interval(1.01, 0.99, 1.03, 0.05, 25))
    wrong = result(1.0, Interval(1.5, 1.48, 1.52, 0.05, 25))
    page = write(GROUPS, {"one person": [good, wrong]})
    assert "**1 of 2 figures of 1 systems agree**; 1 of 2 intervals hold" in page
    assert "| 1.000 | 1.500 | 1.480 … 1.520 | +50.0 | 25 | **NO** |" in page
    assert "| 1.000 | 1.010 | 0.9900 … 1.030 | +1.0 | 25 | yes |" in page
    assert SOURCES["Erlang 1917"] in page


def test_the_command_prints_the_page_and_says_on_the_way_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["run-off", "--replications", "4"])
    printed = capsys.readouterr()
    assert "### Run-off of the base" in printed.out
    assert printed.out.count("| N exp(−h t) |") == 3
    assert "1/1 run-off" in printed.err
    assert code == int("**NO**" in printed.out or "**too blunt**" in printed.out)


def test_the_page_does_not_depend_on_the_number_of_workers(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["absences", "run-off", "--replications", "3"]
    pages = []
    for jobs in ("1", "2"):
        main([*names, "--jobs", jobs])
        pages.append(capsys.readouterr().out)
    assert pages[0] == pages[1]
    assert "### Absences" in pages[0]


def test_the_command_ends_with_one_when_a_figure_does_not_agree(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    system = SYSTEMS["run-off"]
    wrong = replace(system.checks[0], theory=lambda s: 300.0)
    monkeypatch.setitem(SYSTEMS, "run-off", replace(system, checks=(wrong,)))
    assert main(["run-off", "--replications", "8"]) == 1
    printed = capsys.readouterr()
    assert "**0 of 1 figures of 1 systems agree**" in printed.out
    assert "0 of 1 agree" in printed.err


def test_the_command_refuses_an_unknown_system(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["one-person"])
    assert stopped.value.code == 2
    assert "'one-person' is not a system" in capsys.readouterr().err


def test_the_printed_page_shows_every_check_that_there_is() -> None:
    """docs/validation.md is renewed by hand: it must not fall behind the registry."""
    page = (ROOT / "docs/validation.md").read_text("utf-8")
    for system in SYSTEMS.values():
        for check in system.checks:
            assert f"| {check.figure} | {check.formula} |" in page
    assert "NO**" not in page
    assert "blunt**" not in page
