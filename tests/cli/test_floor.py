"""Which floor a command uses, and what it says of one that is not there."""

import json
from pathlib import Path

import platformdirs
import pytest

from simulation.floor import choice
from simulation.texts import worded
from tests.cli.conftest import Run, Write


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No compiled floor, nobody chose one, and nothing was said of it yet."""
    monkeypatch.setattr(choice, "hindrance", lambda: worded("floor-never-built"))
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.delenv(choice.FLOOR)


def test_that_there_is_no_compiled_floor_is_said_once(write: Write, run: Run, unbuilt: None) -> None:
    file = write()
    said = [run("compare", file, "--replications", 2, "--no-store").stderr for _ in range(2)]
    assert ["compiled floor is not built here" in each for each in said] == [True, False]


def test_a_floor_that_cannot_be_had_is_bad_input(
    write: Write, run: Run, unbuilt: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write()
    for name, said in (("compiled", "allowed: objects"), ("object", "did you mean 'objects'?")):
        monkeypatch.setenv(choice.FLOOR, name)
        made = run("compare", file, "--out", "results")
        assert made.exit_code == 2
        assert said in made.stderr and made.stderr.count("\n") == 1
        assert not Path("results").exists()


def test_results_and_the_store_say_which_floor_it_was(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(choice.FLOOR, "objects")
    file = write()
    run("compare", file, "--replications", 2, "--store", "s.sqlite", "--out", "results")
    for name in ("summary.json", "run.json"):
        assert json.loads((Path("results") / name).read_text(encoding="utf-8"))["floors"] == ["objects"]
    assert run("store", "--store", "s.sqlite").stdout.count("Python") == 2
