"""`compare --search`: the best against the best on one screen, in files and on the page."""

import json
from pathlib import Path

import pytest

from simulation.analysis import executor
from simulation.sense.loader import load
from tests.cli.conftest import Run, Write
from tests.unit.study.line import TEXT
from tests.unit.study.test_at_best import engine


@pytest.fixture
def known(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario whose best is known, and what simulates it."""
    write()
    monkeypatch.setattr(executor, "default_engine", lambda: engine)
    Path("line.yaml").write_text(TEXT[: TEXT.index("search:")], encoding="utf-8")
    return Path("line.yaml")


def test_the_screen_speaks_of_the_best_and_says_what_the_drawing_costs(known: Path, run: Run) -> None:
    done = run("compare", known, "--replications", 20, "--search", "quick", "--out", "results")
    assert done.exit_code == 0
    assert "the search for each structure's best takes about" in done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= 40
    assert any(line.startswith("Verdict, each at its best: Line is ahead of Crowd") for line in lines)
    assert any(line.startswith("Crowd as drawn lies ") and "new lead" in line for line in lines)
    assert any("what-ifs" in line for line in lines)
    assert any(line.startswith("As drawn ") for line in lines)
    best = json.loads(Path("results/best.json").read_text(encoding="utf-8"))
    assert best["structures"]["line"]["split"] == {"hunter": 2, "closer": 3, "farmer": 3}
    assert best["firmness"]["what_ifs"]
    again = load("results/best.yaml")
    assert again.structures["line"].roles["hunter"].headcount == 2
    assert again.structures["crowd"].roles["universal"].new_work == "shared"
    assert "each at its best" in Path("results/report.html").read_text(encoding="utf-8")


def test_without_a_search_it_is_compared_as_drawn(known: Path, run: Run) -> None:
    done = run("compare", known, "--replications", 20, "--search", "none")
    assert "Verdict: " in done.stdout and "at its best" not in done.stdout + done.stderr


def test_a_search_that_would_take_long_is_left_out_and_says_so(
    known: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SALES_SIM_SEARCH", raising=False)
    monkeypatch.setattr("simulation.study.compare.at_best.seconds_of", lambda *_: 300.0)
    done = run("compare", known, "--replications", 20)
    assert "would take about 5 minutes, and is left out; `--search quick` makes it" in done.stderr
    assert "Verdict: " in done.stdout


def _study(question: str) -> Path:
    asked = f"version: 1\nscenario: line.yaml\nquestions:\n  - compare: {question}\nreport: {{folder: results}}\n"
    Path("study.yaml").write_text(asked, encoding="utf-8")
    return Path("study.yaml")


def test_a_question_of_a_study_finds_the_best_as_the_command_does(known: Path, run: Run) -> None:
    done = run("study", _study("{replications: 20, search: quick}"), "--jobs", "1")
    assert done.exit_code == 0, done.stderr
    assert "the search for each structure's best takes about" in done.stderr
    assert "Verdict, each at its best: Line is ahead of Crowd" in done.stdout
    of_study = json.loads(Path("results/best.json").read_text(encoding="utf-8"))
    assert "each at its best" in Path("results/report.html").read_text(encoding="utf-8")
    command = run("compare", known, "--replications", 20, "--search", "quick", "--out", "command")
    assert command.exit_code == 0
    assert json.loads(Path("command/best.json").read_text(encoding="utf-8")) == of_study


def test_a_question_without_a_depth_has_the_default_of_the_command(
    known: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _study("{replications: 20}")
    done = run("study", asked, "--jobs", "1")  # the environment of the tests says none
    assert "at its best" not in done.stdout + done.stderr
    monkeypatch.delenv("SALES_SIM_SEARCH", raising=False)
    done = run("study", asked, "--jobs", "1", "--out", "searched")
    assert "Verdict, each at its best" in done.stdout
    monkeypatch.setattr("simulation.study.compare.at_best.seconds_of", lambda *_: 300.0)
    done = run("study", asked, "--jobs", "1", "--out", "long")
    assert "would take about 5 minutes, and is left out" in done.stderr
    assert "at its best" not in done.stdout


def test_a_question_with_a_depth_that_is_not_there_is_refused(known: Path, run: Run) -> None:
    done = run("study", _study("{search: quik}"))
    assert done.exit_code == 2
    assert "questions.0.compare.search: " in done.stderr and "did you mean 'quick'?" in done.stderr


def test_a_depth_that_is_not_there_is_refused(known: Path, run: Run) -> None:
    done = run("compare", known, "--search", "quik")
    assert done.exit_code == 2 and "quick" in done.stderr


def test_it_speaks_russian(known: Path, run: Run) -> None:
    done = run("compare", known, "--replications", 20, "--search", "quick", "--lang", "ru")
    assert "Вывод, каждая в лучшем виде: " in done.stdout
    assert "«а если»" in done.stdout and "новый лид берёт тот, кто свободен" in done.stdout
