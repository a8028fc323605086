"""The command `sensitivity`, and `compare --uncertain`."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run, Write

QUICK = ("--jobs", 1, "--no-store", "--months", 1)
TWO = ("--input", "hand_off.lead.loss", "--input", "inbound=0.5:1.5")


def test_it_says_what_the_answer_hangs_on_and_how_many_years_were_used(run: Run, write: Write) -> None:
    result = run("sensitivity", write(), *TWO, "--replications", 2, *QUICK)
    assert result.exit_code == 0, result.output
    assert "Leads lost in a hand-off" in result.stdout
    assert "2 inputs, each alone at both ends of its range" in result.stdout
    assert "in the same 2 years" in result.stdout
    assert "20 runs in" in result.stderr


@pytest.mark.parametrize(("method", "points"), [("morris", 4), pytest.param("sobol", 16, marks=pytest.mark.slow)])
def test_other_methods_write_their_files(run: Run, write: Write, method: str, points: int) -> None:
    words = ("--method", method, "--points", points, "--replications", 2, "--out", "found", "--lang", "ru", "--quiet")
    result = run("sensitivity", write(), *TWO, *words, *QUICK)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    made = {path.name for path in Path("found").iterdir()}
    assert {"sensitivity.json", "sensitivity.csv", f"sensitivity-{method}.png", "report.html"} <= made
    found = json.loads(Path("found/sensitivity.json").read_text(encoding="utf-8"))
    assert found["method"] == method
    assert sorted(pd.read_csv("found/sensitivity.csv")["input"]) == ["hand_off.lead.loss", "inbound"]
    assert "От чего зависит ответ" in Path("found/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--input", "hand_off.led.loss"), "--input: a scenario has no 'hand_off.led.loss'"),
        (("--input", "market.customers.order_size"), "has no range"),
        (("--input", "hand_off.lead.loss=40%:5%"), "the low end must lie below"),
        (("--points", 10), "a tornado has no points"),
        (("--method", "sobol", "--points", 20), "no power of two"),
        (("--method", "morris", "--top", 3), "morris varies all inputs"),
        (("--structure", "universal"), "two structures"),
        (("--measure", "profits"), "did you mean 'profit'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(
    run: Run, write: Write, words: tuple[object, ...], message: str
) -> None:
    result = run("sensitivity", write(), *words, "--out", "found", *QUICK)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("error:") == 1
    assert not Path("found").exists()


def test_a_verdict_covers_the_inputs_too(run: Run, write: Write) -> None:
    words = ("--uncertain", "--samples", 20, "--replications", 2, "--out", "found", *QUICK)
    result = run("compare", write(), *words)
    assert result.exit_code == 0, result.output
    plain, verdict = (line for line in result.stdout.splitlines() if line.startswith("Verdict:"))
    assert "uncertain inputs together" in verdict and "uncertain inputs together" not in plain
    assert "given these inputs" not in verdict
    assert "is chance (the luck of the year" in result.stdout
    made = {path.name for path in Path("found").iterdir()}
    assert {
        "uncertainty.json",
        "uncertainty.csv",
        "uncertainty-points.csv",
        "uncertainty-worth.png",
        "report.html",
    } <= made
    found = json.loads(Path("found/uncertainty.json").read_text(encoding="utf-8"))
    assert found["points"] == 20
    assert found["ignorance"]["share"] + found["chance"]["share"] == pytest.approx(1.0)
    assert "How sure, when the inputs are uncertain too" in Path("found/report.html").read_text(encoding="utf-8")


def test_options_that_contradict_each_other_are_refused(run: Run, write: Write) -> None:
    file = write()
    alone = run("compare", file, "--samples", 30)
    assert alone.exit_code == 2 and "--samples is for --uncertain" in alone.stderr
    two = run("compare", file, write(name="other.yaml"), "--uncertain")
    assert two.exit_code == 2 and "one scenario" in two.stderr


def test_a_study_that_takes_long_says_so_beforehand(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.cli import kinds

    monkeypatch.setattr(kinds, "MANY_RUNS", 20)
    monkeypatch.setattr(kinds, "LONG", 0.0)
    words = ("sensitivity", write(), *TWO, "--replications", 2, *QUICK)
    said = run(*words).stderr.splitlines()
    assert said[0].startswith("warning: up to 20 runs are to be simulated, about a minute here")
    assert "fewer --input, --points or fewer --replications make it shorter" in said[0]
    assert "20 runs in" in said[-1]
    assert run(*words, "--quiet").stderr == ""
    monkeypatch.setattr(kinds, "MANY_RUNS", 21)
    assert "to be simulated" not in run(*words).stderr
