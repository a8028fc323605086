"""Commands that simulate: what they print and write, and their exit codes."""

import json
import os
import re
import shlex
from pathlib import Path

import pandas as pd
import pytest

from simulation.analysis import executor
from simulation.analysis.cases import cases_of, measure_names
from simulation.sense.loader import load
from tests.cli.conftest import Run, Write

NUMBER = re.compile(r"[+-]?\d[\d\N{NO-BREAK SPACE}]*(?:\.\d+)?")


def table(text: str, title: str) -> list[str]:
    """The lines of a printed table, from the one that holds a title to the next empty one."""
    lines = [line.rstrip() for line in text.splitlines()]
    first = next(number for number, line in enumerate(lines) if title in line)
    last = next((number for number in range(first, len(lines)) if not lines[number]), len(lines))
    return lines[first:last]


def test_run_prints_mean_and_interval_of_every_structure(write: Write, run: Run) -> None:
    result = run("run", write())
    assert result.exit_code == 0
    assert "Three sellers" in result.stdout
    assert "2 months from 2026-01-01, 4 replications (seed 2026)" in result.stdout
    shown = table(result.stdout, "Universal")
    assert shown[0].split() == ["Universal", "Functional"]
    profit = next(line for line in shown if line.strip().startswith("Profit "))
    assert "RUB" in profit
    assert profit.count("…") == 2
    assert "Verdict" not in result.stdout


def test_run_takes_one_structure_alone(write: Write, run: Run) -> None:
    shown = run("run", write(), "--structure", "functional").stdout
    assert "Functional" in shown
    assert "Universal" not in shown


def test_compare_prints_differences_load_losses_and_a_verdict(write: Write, run: Run) -> None:
    result = run("compare", write(), "--details")
    assert result.exit_code == 0
    differences = table(result.stdout, "Functional less Universal, in the same years")
    words = "mean better: years how mean 95 % interval years better equal sure"  # in lines as wide as the numbers leave
    assert sorted(" ".join(differences[1:5]).split()) == sorted(words.split())
    assert any(line.startswith("Profit ") for line in differences)
    for words in ("Hunter", "Closer", "Farmer", "said no", "waiting decides", "given these inputs", "Only 4 repl"):
        assert words in result.stdout
    assert result.stdout.rstrip().splitlines()[-1].startswith(("Verdict:", "Caution:"))


def test_compare_takes_some_structures_another_baseline_and_another_measure(write: Write, run: Run) -> None:
    third = ("structures:\n", "structures:\n  hybrid: {preset: hybrid}\n")
    wanted = ["--structure", "universal", "--structure", "functional"]
    result = run(
        "compare",
        write(third),
        *wanted,
        "--baseline",
        "functional",
        "--measure",
        "cycle_days",
        "--details",
        "--out",
        "results",
    )
    assert result.exit_code == 0
    assert "Hybrid" not in result.stdout
    assert table(result.stdout, "Universal less Functional, in the same years")
    summary = json.loads(Path("results/summary.json").read_text(encoding="utf-8"))
    assert list(summary["structures"]) == ["universal", "functional"]
    assert summary["comparison"]["baseline"] == "functional"
    assert summary["verdict"]["measure"] == "cycle_days"


def test_compare_prints_one_screen_and_says_where_the_rest_is(write: Write, run: Run) -> None:
    file = write()
    lines = run("compare", file).stdout.splitlines()
    assert len(lines) < 40
    assert sum(line.startswith("Verdict: ") for line in lines) == 1
    shown = table("\n".join(lines), "Universal  Functional  Difference")
    assert len(shown) <= 13 and shown[1].startswith("Profit ")
    assert "Lost unanswered" not in "\n".join(lines)
    assert lines[-2].startswith("All tables: compare small.yaml --details")
    assert lines[-1].endswith("compare small.yaml --out results writes results/report.html.")
    written = run("compare", file, "--out", "found").stdout.splitlines()[-1]
    assert Path(written.rpartition(": ")[2]) == Path("found/report.html")


def test_every_measure_of_a_run_may_decide(write: Write, run: Run) -> None:
    file = write()
    run("run", file, "--out", "results", "--quiet")
    scenario = load(file)
    cases = list(cases_of({"": scenario}, None).values())
    measured = set(pd.read_csv("results/replications.csv").columns) - {"structure", "replication"}
    assert len(measured) > 50
    assert measured <= set(measure_names(cases))


def test_in_a_pipe_there_are_no_colours_and_no_number_is_broken(write: Write, run: Run) -> None:
    result = run("compare", write(), "--details")
    assert "\x1b" not in result.output
    rows = [line for line in table(result.stdout, "Universal")[1:] if line.startswith("  ")]
    assert len(rows) > 15
    assert all(NUMBER.search(line) or "–" in line for line in rows)


def test_options_replace_what_the_scenario_says(write: Write, run: Run) -> None:
    file = write()
    result = run("compare", file, "--replications", 3, "--months", 1, "--seed", 7, "--out", "results", "--quiet")
    assert result.exit_code == 0
    summary = json.loads(Path("results/summary.json").read_text(encoding="utf-8"))
    assert (summary["replications"], summary["months"], summary["seed"]) == (3, 1, 7)
    assert load(file).experiment.months == 2


def test_quiet_prints_nothing_when_all_is_well(write: Write, run: Run) -> None:
    assert run("compare", write(), "--quiet").output == ""


def test_the_folder_holds_the_results_and_how_they_were_made(write: Write, run: Run) -> None:
    result = run("compare", write(), "--out", "deep/results", "--events")
    assert result.exit_code == 0
    names = sorted(path.name for path in Path("deep/results").iterdir())
    assert names == [
        "book.xlsx",
        "break_even.png",
        "budget.csv",
        "columns.csv",
        "comparison.png",
        "control_2q1d.csv",
        "events.csv",
        "funnel.csv",
        "inputs.csv",
        "months.csv",
        "replications.csv",
        "report.html",
        "run.json",
        "scenario.resolved.yaml",
        "summary.json",
        "weeks.csv",
    ]
    assert all(name in result.stderr for name in names)
    made = json.loads(Path("deep/results/run.json").read_text(encoding="utf-8"))
    assert made["scenario_files"] == ["small.yaml"]
    assert (made["replications_requested"], made["replications_finished"], made["partial"]) == (4, 4, False)


def test_the_resolved_scenario_gives_the_same_results_again(write: Write, run: Run) -> None:
    run("run", write(), "--out", "first", "--quiet")
    again = run("run", "first/scenario.resolved.yaml", "--out", "second", "--quiet")
    assert again.exit_code == 0
    assert Path("first/replications.csv").read_text() == Path("second/replications.csv").read_text()


def test_results_do_not_depend_on_the_number_of_workers(write: Write, run: Run) -> None:
    file = write()
    run("compare", file, "--out", "one", "--quiet", "--jobs", 1)
    run("compare", file, "--out", "two", "--quiet", "--jobs", 2)
    for name in ("summary.json", "replications.csv", "months.csv", "weeks.csv", "funnel.csv"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_structures_of_several_files_are_compared(write: Write, run: Run) -> None:
    dearer = write(("gross_margin: 25 %", "gross_margin: 30 %"), name="dearer.yaml")
    result = run("compare", write(), dearer, "--out", "results", "--months", 1)
    assert result.exit_code == 0
    summary = json.loads(Path("results/summary.json").read_text(encoding="utf-8"))
    assert list(summary["structures"]) == [
        "small:universal",
        "small:functional",
        "dearer:universal",
        "dearer:functional",
    ]
    assert summary["scenario"] == "small.yaml, dearer.yaml"
    assert {"scenario.resolved.yaml", "scenario-2.resolved.yaml"} <= set(os.listdir("results"))


def test_results_of_an_earlier_run_do_not_stay_among_the_new_ones(write: Write, run: Run) -> None:
    file = write()
    run("compare", file, file, "--out", "results", "--events", "--quiet", "--months", 1)
    Path("results/notes.txt").write_text("mine", encoding="utf-8")
    run("run", file, "--out", "results", "--quiet", "--months", 1)
    assert sorted(os.listdir("results")) == [
        "book.xlsx",
        "break_even.png",
        "budget.csv",
        "columns.csv",
        "control_2q1d.csv",
        "funnel.csv",
        "inputs.csv",
        "months.csv",
        "notes.txt",
        "replications.csv",
        "report.html",
        "run.json",
        "scenario.resolved.yaml",
        "summary.json",
        "weeks.csv",
    ]


# --- failures and interrupts ---------------------------------------------------------------------------------


def failing(years: set[int], structure: str = "functional"):  # noqa: ANN201
    """An engine that fails in some years under one structure."""
    from simulation.department import simulate

    def engine(scenario, name, world, events):  # noqa: ANN001, ANN202
        if world.replication in years and name == structure:
            raise RuntimeError(f"year {world.replication} went wrong")
        return simulate(scenario, name, world, events)

    return lambda: engine


def test_a_failed_replication_is_told_with_the_command_that_replays_it_and_the_rest_goes_on(
    write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "default_engine", failing({1}))
    result = run("compare", write(), "--seed", 5, "--out", "results")
    assert result.exit_code == 0
    assert "warning: replication 1 failed under functional: RuntimeError: year 1 went wrong" in result.stderr
    replay = next(line for line in result.stderr.splitlines() if "replay it:" in line)
    words = shlex.split(replay.partition("replay it: ")[2])
    assert words[words.index("run") :] == [
        *("run", "small.yaml", "--structure", "functional", "--seed", "5", "--months", "2", "--replay", "1")
    ]
    assert sorted(set(pd.read_csv("results/replications.csv")["replication"])) == [0, 2, 3]
    failures = json.loads(Path("results/run.json").read_text(encoding="utf-8"))["failures"]
    assert [(each["replication"], each["structure"]) for each in failures] == [(1, "functional")]
    # the command does what it says: the error comes up with its place in the code
    again = run(*words[words.index("run") :])
    assert isinstance(again.exception, RuntimeError)


def test_many_failures_are_counted_and_not_all_printed(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "default_engine", failing(set(range(5))))
    result = run("compare", write(), "--replications", 7)
    assert result.exit_code == 0
    assert result.stderr.count("replay it:") == 3
    assert "2 more replications failed" in result.stderr


def test_when_every_replication_fails_there_is_no_result_and_the_exit_code_is_one(
    write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "default_engine", failing(set(range(4))))
    result = run("compare", write(), "--out", "results")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "every replication failed" in result.stderr
    assert os.listdir() == ["small.yaml"]


def test_replay_prints_the_measures_of_that_year(write: Write, run: Run) -> None:
    file = write()
    run("run", file, "--out", "results", "--quiet")
    rows = pd.read_csv("results/replications.csv").set_index(["structure", "replication"])
    result = run("run", file, "--replay", 2)
    assert "possible year 2 (seed 2026)" in result.stdout
    leads = next(line for line in result.stdout.splitlines() if line.startswith("Leads "))
    assert int(leads.split()[1]) == rows.loc[("universal", 2), "leads"]


def test_an_interrupt_keeps_what_is_finished(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.department import simulate

    def engine(scenario, name, world, events):  # noqa: ANN001, ANN202
        if world.replication == 2:
            raise KeyboardInterrupt
        return simulate(scenario, name, world, events)

    monkeypatch.setattr(executor, "default_engine", lambda: engine)
    result = run("compare", write(), "--out", "results")
    assert result.exit_code == 130
    assert "interrupted: 2 of 4 replications" in result.stderr
    assert "Verdict:" in result.stdout
    made = json.loads(Path("results/run.json").read_text(encoding="utf-8"))
    assert (made["partial"], made["replications_finished"]) == (True, 2)


def test_an_interrupt_before_anything_is_finished_leaves_nothing(
    write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def engine(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(executor, "default_engine", lambda: engine)
    result = run("compare", write(), "--out", "results")
    assert (result.exit_code, result.stdout) == (130, "")
    assert os.listdir() == ["small.yaml"]


def test_the_weak_link_is_asked_for_and_stands_in_the_summary(write: Write, run: Run) -> None:
    result = run("run", write(), "--structure", "functional", "--replications", 2, "--weak-link", "--out", "results")
    assert result.exit_code == 0
    assert "The weak link: what one more would add to profit" in result.stdout
    found = json.loads(Path("results/summary.json").read_text(encoding="utf-8"))["structures"]["functional"][
        "weak_link"
    ]
    assert {link["name"] for link in found["people"]} == {"Hunter", "Closer", "Farmer"}
    assert found["text"] in result.stdout.replace("\n", " ")
    assert len(found["conversion"]) == 5


def test_the_page_and_the_charts_are_in_the_language_that_was_asked_for(write: Write, run: Run) -> None:
    result = run("compare", write(), "--out", "results", "--lang", "ru", "--charts", "--quiet")
    assert result.exit_code == 0, result.stderr
    page = Path("results/report.html").read_text(encoding="utf-8")
    assert '<html lang="ru">' in page and "Структуры рядом" in page
    charts = {path.name for path in Path("results").glob("chart-*")}
    assert {
        "chart-profit.png",
        "chart-profit.svg",
        "chart-gantt-universal.png",
        "chart-diagram-functional.svg",
    } <= charts
    assert Path("results/chart-profit.png").read_bytes().startswith(b"\x89PNG")
    run("compare", "small.yaml", "--out", "results", "--quiet")
    assert not list(Path("results").glob("chart-*"))
    assert '<html lang="en">' in Path("results/report.html").read_text(encoding="utf-8")


def test_the_language_of_the_scenario_is_the_default(write: Write, run: Run) -> None:
    run("compare", write(("version: 1", "version: 1\nlocale: ru_RU")), "--out", "results", "--quiet")
    assert '<html lang="ru">' in Path("results/report.html").read_text(encoding="utf-8")


def test_an_unknown_language_and_charts_without_a_folder_are_refused(write: Write, run: Run) -> None:
    file = write()
    wrong = run("compare", file, "--out", "results", "--lang", "fr")
    assert wrong.exit_code == 2 and "en" in wrong.stderr and not Path("results").exists()
    without = run("compare", file, "--charts")
    assert without.exit_code == 2 and "--charts needs a folder" in without.stderr


def test_a_precision_asked_for_replaces_the_number_of_replications(run: Run, write: Write) -> None:
    file = write()
    result = run("compare", file, "--months", "1", "--precision", "100 mln", "--jobs", "1")
    assert result.exit_code == 0
    assert "200 replications were enough" in result.stdout
    capped = run(
        "compare", file, "--precision", "1k", "--replications", "5", "--jobs", "1", "--months", "1", "--out", "results"
    )
    assert "After 5 replications the widest interval is still" in capped.stdout
    summary = json.loads(Path("results/summary.json").read_text(encoding="utf-8"))
    assert summary["replications"] == summary["precision"]["replications"] == 5
    assert summary["precision"]["reached"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--precision", "narrow"), "allowed: a share of the mean such as 2%"),
        (("--precision", "0%"), "is not above 0"),
        (("--precision-of", "profit"), "--precision-of needs --precision"),
        (("--precision", "2%", "--precision-of", "proft"), "did you mean 'profit'?"),
    ],
)
def test_a_precision_that_cannot_be_understood_is_refused(
    run: Run, write: Write, options: tuple[str, ...], said: str
) -> None:
    file = write()
    result = run("compare", file, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_page_of_two_files_is_opened_again(run, write):
    write(name="a.yaml")
    write(("Three sellers", "More enquiries"), ("leads_per_month: 100", "leads_per_month: 130"), name="b.yaml")
    made = run("compare", "a.yaml", "b.yaml", "--search", "none", "--no-store", "--out", "out")
    assert made.exit_code == 0, made.output
    refused = run("validate", "out/report.html")
    assert refused.exit_code == 2
    assert "out/report.html#1 (Three sellers), out/report.html#2 (More enquiries)" in refused.stderr
    assert run("validate", "out/report.html#2").exit_code == 0
    assert run("validate", "out/report.html#3").exit_code == 2
    assert run("diff", "b.yaml", "out/report.html#2").stdout.count("\n") < 4
    again = run("compare", "out/report.html", "--search", "none", "--no-store")
    assert again.exit_code == 0, again.output
    verdicts = [next(line for line in each.stdout.splitlines() if line.startswith("Verdict")) for each in (made, again)]
    assert verdicts[1].replace("(report 2)", "(b)").replace("(report)", "(a)") == verdicts[0]
