"""The commands `sweep` and `map`."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Run, Write

QUICK = ("--jobs", 1, "--no-store", "--replications", 2, "--months", 1)


def test_a_sweep_says_who_wins_and_lists_the_values(run: Run, write: Write) -> None:
    result = run("sweep", write(), "--vary", "hand_off.lead.loss=10%:30%:2", *QUICK)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Three sellers\nBy profit, ")
    assert "10 %" in result.stdout
    assert "8 runs in" in result.stderr


def test_a_sweep_writes_its_files(run: Run, write: Write) -> None:
    result = run("sweep", write(), "--vary", "inbound=0.5,1", "--vary", "specialisation=0,1", *QUICK, "--out", "found")
    assert result.exit_code == 0, result.output
    made = {path.name for path in Path("found").iterdir()}
    assert {"sweep.json", "sweep.csv", "sweep-winners.csv", "sweep.png", "sweep.svg", "report.html"} <= made
    assert len(pd.read_csv("found/sweep.csv")) == 8
    found = json.loads(Path("found/sweep.json").read_text(encoding="utf-8"))
    assert found["kind"] == "sweep"
    assert [point["at"]["inbound"] for point in found["points"]] == [0.5, 0.5, 1, 1]


def test_a_sobol_design_takes_its_points(run: Run, write: Write) -> None:
    words = ("sweep", write(), "--vary", "inbound=0.5:2", "--vary", "turnover=0:2", "--design", "sobol", "--points", 3)
    result = run(*words, *QUICK)
    assert result.exit_code == 0, result.output
    assert "4 points stand for the 3 that were asked for" in result.stdout


def test_a_map_says_how_many_cells_are_won_and_writes_its_files(run: Run, write: Write) -> None:
    words = ("map", write(), "--x", "specialisation=0:1:2", "--y", "inbound=1,2", *QUICK, "--out", "found")
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert "of 4 cells" in result.stdout
    assert "A cell has a winner where the 95 % interval" in result.stdout
    made = {path.name for path in Path("found").iterdir()}
    assert {"map.json", "map.csv", "map-winners.csv", "map-borders.csv", "map.png", "map.svg", "report.html"} <= made


def test_a_map_gives_each_structure_its_best_split(run: Run, write: Write) -> None:
    four = write(
        ("farmer: {headcount: 1", "farmer: {headcount: 2"), ("universal: {headcount: 3", "universal: {headcount: 4")
    )
    words = ("map", four, "--x", "inbound=1,3", "--y", "turnover=0,1", "--resplit", *QUICK, "--quiet", "--out", "found")
    result = run(*words)
    assert result.exit_code == 0, result.output
    cells = json.loads(Path("found/map.json").read_text(encoding="utf-8"))["cells"]
    assert all(sum(cell["splits"]["functional"].values()) == 4 for cell in cells)


def test_the_same_sweep_gives_the_same_files(run: Run, write: Write) -> None:
    words = ("sweep", write(), "--vary", "inbound=0.5:2", "--design", "lhs", "--points", 2, *QUICK, "--quiet")
    assert run(*words, "--out", "one").exit_code == run(*words, "--out", "two").exit_code == 0
    assert Path("one/sweep.csv").read_bytes() == Path("two/sweep.csv").read_bytes()


SWEEP = ("sweep", "small.yaml", "--vary", "inbound=1,2")
MAP = ("map", "small.yaml", "--x", "inbound=1,2", "--y", "turnover=0,1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sweep", "small.yaml", "--vary", "hand_of.lead.loss=1%:2%"), "did you mean 'hand_off.lead.loss'?"),
        (
            ("sweep", "small.yaml", "--vary", "inbound"),
            "--vary: 'inbound' names no values; allowed: PATH=",
        ),
        (("sweep", "small.yaml", "--vary", "inbound=2:1"), "the low end must lie below the high end"),
        (("sweep", "small.yaml", "--vary", "title=1:2"), "title"),
        (("sweep", "small.yaml", "--vary", "inbound=1,2", "--vary", "inbound=3,4"), "inbound is varied twice"),
        (("sweep", "small.yaml", "--vary", "team=2:4:3"), "no scenario at team=2: 2 people cannot fill 3 roles"),
        ((*SWEEP, "--points", "8"), "--points is for --design lhs or sobol"),
        ((*SWEEP, "--measure", "happines"), "--measure: there is no measure 'happines'"),
        ((*SWEEP, "--structure", "universal"), "a comparison needs two structures"),
        ((*SWEEP, "--baseline", "functionl"), "did you mean 'functional'?"),
        ((*SWEEP, "--replications", "400000"), "that is 1 600 000 runs (2 points, 2 structures, 400 000 replications)"),
        ((*SWEEP, "--backend", "pigeons"), "--backend: there is no backend 'pigeons'"),
        ((*SWEEP, "--out", "small.yaml"), "--out: small.yaml is not a folder"),
        (("map", "small.yaml", "--x", "inbound=1,2", "--y", "inbound=1,2"), "--x and --y both vary inbound"),
        (("map", "small.yaml", "--x", "inbund=1,2", "--y", "turnover=0,1"), "did you mean 'inbound'?"),
        ((*MAP, "--replications", "90000"), "that is up to 720 000 runs"),
        ((*MAP, "--structure", "universal"), "a comparison needs two structures"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_written(
    run: Run, write: Write, words: tuple[str, ...], said: str
) -> None:
    write()
    result = run(*words, *(() if "--out" in words else ("--out", "found")))
    assert result.exit_code == 2
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert said in errors[0]
    assert result.stdout == ""
    assert [path.name for path in Path().iterdir()] == ["small.yaml"]


def test_every_wrong_range_is_said(run: Run, write: Write) -> None:
    result = run("map", write(), "--x", "inbund=1,2", "--y", "turnover=3:1")
    assert result.exit_code == 2
    assert [line.split(": ")[1] for line in result.stderr.splitlines() if "error" in line] == ["--x", "--y"]


@pytest.mark.parametrize("words", [SWEEP, MAP])
def test_ctrl_c_ends_with_130_and_writes_nothing(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    write()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulation.study.lab.Lab.simulate", interrupted)
    result = run(*words, *QUICK, "--out", "found")
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "interrupted"
    assert [path.name for path in Path().iterdir()] == ["small.yaml"]


def test_where_every_year_fails_the_command_does(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody is left")

    monkeypatch.setattr("simulation.department.simulate", broken)
    result = run(*SWEEP[:1], write(), *SWEEP[2:], *QUICK, "--out", "found")
    assert result.exit_code == 1
    assert "every replication failed; number 0" in result.stderr
    assert "nobody is left" in result.stderr
    assert not Path("found").exists()
