"""The command store: what is there, and throwing it away."""

import sqlite3
from pathlib import Path

import pytest

from simulation.store import database
from tests.cli.conftest import Run, Write


def test_it_says_what_the_store_holds(write: Write, run: Run) -> None:
    file = write()
    run("compare", file, "--store", "s.sqlite")
    run("compare", file, "--store", "s.sqlite", "--months", 1)
    made = run("store", "--store", "s.sqlite")
    assert made.exit_code == 0
    head, *table = [line.split() for line in made.stdout.splitlines() if line]
    assert head[0] == "s.sqlite:" and head[-2:] == ["16", "runs"]
    assert sorted(line[2] for line in table[1:3]) == ["functional", "universal"]
    for line in table[1:3]:
        assert (line[:2], line[3:5]) == (["Three", "sellers"], ["8", "2"])
    assert "another version" not in made.stdout


def test_pruning_throws_away_what_another_version_made(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write()
    with monkeypatch.context() as patch:
        patch.setattr(database, "model_digest", lambda: "older")
        run("compare", file, "--store", "s.sqlite", "--replications", 3)
    run("compare", file, "--store", "s.sqlite", "--replications", 2)
    made = run("store", "--store", "s.sqlite")
    assert "6 of them were made by another version of the program; --prune throws them away." in made.stdout
    assert made.stdout.count("older (") == 2
    pruned = run("store", "--store", "s.sqlite", "--prune")
    assert pruned.exit_code == 0
    assert pruned.stderr.startswith("threw away 6 runs")
    assert "4 runs" in pruned.stdout and "older" not in pruned.stdout
    assert "4 of 4 runs from the store" in run("compare", file, "--store", "s.sqlite", "--replications", 2).stderr


def test_pruning_by_age_and_pruning_everything(write: Write, run: Run) -> None:
    run("compare", write(), "--store", "s.sqlite")
    connection = sqlite3.connect("s.sqlite", isolation_level=None)
    connection.execute("UPDATE replications SET made = '2020-01-01T00:00:00+00:00' WHERE number = 0")
    connection.close()
    assert run("store", "--store", "s.sqlite", "--prune").stderr == "threw away 0 runs\n"
    assert run("store", "--store", "s.sqlite", "--prune", "--older-than", "90days").stderr.startswith(
        "threw away 2 runs"
    )
    everything = run("store", "--store", "s.sqlite", "--prune", "--everything")
    assert everything.stderr.startswith("threw away 6 runs, ") and everything.stderr.endswith("freed\n")
    assert everything.stdout.endswith(" 0 runs\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--older-than", "90days"], "--older-than says what to throw away; add --prune"),
        (["--everything"], "--everything says what to throw away; add --prune"),
        (["--prune", "--older-than", "90"], "--older-than: '90' has no unit; allowed: elapsed time"),
        (["--prune", "--older-than", "never"], "--older-than: 'never' is longer than there are dates"),
        (["--store", "nowhere.sqlite"], "nowhere.sqlite: there is no store here"),
        (["--store", "small.yaml"], "small.yaml: the store is damaged (file is not a database)"),
        (["--store", "."], ".: this is a folder; name a file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(words: list[str], said: str, write: Write, run: Run) -> None:
    before = write().read_bytes()
    made = run("store", *words)
    assert (made.exit_code, made.stdout) == (2, "")
    (line,) = made.stderr.splitlines()
    assert line.startswith(f"error: {said}")
    assert [each.name for each in Path().iterdir()] == ["small.yaml"]
    assert Path("small.yaml").read_bytes() == before


def test_where_no_store_is_nothing_is_made(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    off = run("store")
    assert (off.exit_code, off.stdout) == (0, "")
    assert off.stderr.startswith("SALES_SIM_STORE is off")
    monkeypatch.setenv("SALES_SIM_STORE", "s.sqlite")
    none = run("store")
    assert (none.exit_code, none.stderr) == (0, "there is no store yet; the first simulation makes s.sqlite\n")
    assert not Path("s.sqlite").exists()
