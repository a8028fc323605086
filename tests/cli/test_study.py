"""The command `study`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Write

STUDY = """\
version: 1
title: Two questions
scenario: small.yaml
questions:
  - compare: {replications: 3}
  - sweep: {vary: ['hand_off.lead.loss=5%:40%:2'], replications: 3}
report: {folder: results, language: ru}
"""


@pytest.fixture
def study(write: Write) -> Path:
    write()
    Path("study.yaml").write_text(STUDY, encoding="utf-8")
    return Path("study.yaml")


def test_a_study_is_answered_printed_and_written(study: Path, run: Run) -> None:
    result = run("study", study, "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    assert "Two questions" in result.stdout
    assert "Вывод:" in result.stdout  # the study asks for Russian
    assert "question 2 of 2: sweep" in result.stderr
    names = {path.name for path in Path("results").iterdir()}
    assert {"study.yaml", "summary.json", "sweep.json", "sweep.png", "sweep.svg", "report.html"} <= names
    page = Path("results/report.html").read_text(encoding="utf-8")
    assert '<html lang="ru">' in page
    assert 'id="answer"' in page and 'id="more-sweep"' in page
    assert json.loads(Path("results/sweep.json").read_text(encoding="utf-8"))["kind"] == "sweep"


def test_a_second_time_takes_everything_from_the_store(study: Path, run: Run) -> None:
    first = run("study", study, "--jobs", "1", "--store", "store.sqlite", "--out", "one")
    again = run("study", study, "--jobs", "1", "--store", "store.sqlite", "--out", "two")
    assert first.exit_code == again.exit_code == 0
    assert "0 runs simulated" in again.stderr
    assert first.stdout == again.stdout
    for name in ("summary.json", "sweep.json", "sweep.csv"):
        if Path("one", name).exists():
            assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_findings_alone_have_a_page_of_their_own(study: Path, run: Run) -> None:
    text = STUDY.replace("  - compare: {replications: 3}\n", "")
    study.write_text(text, encoding="utf-8")
    assert run("study", study, "--jobs", "1", "--lang", "en").exit_code == 0
    page = Path("results/report.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page and 'id="answer"' in page and 'id="more-sweep"' in page
    assert not Path("results/summary.json").exists()


def test_a_wrong_study_is_refused_before_anything_is_made(study: Path, run: Run) -> None:
    study.write_text(STUDY.replace("loss=5%", "los=5%"), encoding="utf-8")
    result = run("study", study)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: study.yaml:6: questions.1.sweep.vary.0: ")
    assert "did you mean 'hand_off.lead.loss'?" in result.stderr
    assert not Path("results").exists()
