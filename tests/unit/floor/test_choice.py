"""Which floor there is, and what is said of one that was asked for and is not there."""

import json
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import pytest

from simulation.floor import choice

WORDS = {"floor.py": "import cython\n", "host.py": "import numpy\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the floor's sources, never built, and an environment that chooses nothing."""
    for name, text in WORDS.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(choice, "HERE", tmp_path)
    monkeypatch.setattr(choice, "hindrance", choice.hindrance.__wrapped__)
    monkeypatch.delenv(choice.FLOOR, raising=False)
    return tmp_path


def build(folder: Path, **note: Any) -> None:
    """Leaves what a build leaves."""
    (folder / f"_compiled{EXTENSION_SUFFIXES[0]}").touch()
    (folder / choice.BUILT).write_text(json.dumps({"sources": choice.digest_of_sources(), "failed": ""} | note))


def test_years_are_played_on_objects_where_nothing_is_built(folder: Path) -> None:
    assert choice.chosen() == "objects"
    assert "not built here" in str(choice.hindrance())


def test_years_are_played_on_the_compiled_floor_where_it_is_built(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    assert choice.chosen() == "compiled"
    monkeypatch.setenv(choice.FLOOR, "objects")
    assert choice.chosen() == "objects"


def test_an_extension_of_other_sources_is_left_alone(folder: Path) -> None:
    build(folder)
    (folder / "host.py").write_text("import scipy\n")
    assert choice.chosen() == "compiled"  # it is not compiled
    (folder / "floor.py").write_text("import cython\nx = 1\n")
    assert choice.chosen() == "objects"
    assert "other sources" in str(choice.hindrance())


def test_an_extension_for_another_python_is_none(folder: Path) -> None:
    build(folder)
    (folder / f"_compiled{EXTENSION_SUFFIXES[0]}").rename(folder / "_compiled.cpython-30-x86_64-linux-gnu.so")
    assert choice.chosen() == "objects"


def test_why_the_build_failed_is_said(folder: Path) -> None:
    build(folder, failed="command 'cc' failed")
    assert "command 'cc' failed" in str(choice.hindrance())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "compild",
            "SALES_SIM_FLOOR: there is no floor 'compild'; allowed: compiled, objects; did you mean 'compiled'?",
        ),
        ("compiled", "SALES_SIM_FLOOR: 'compiled' cannot be had: the compiled floor is not built here"),
    ],
)
def test_a_floor_that_cannot_be_had_is_refused(
    name: str, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(choice.FLOOR, name)
    with pytest.raises(choice.FloorError) as caught:
        choice.chosen()
    assert str(caught.value).startswith(said)
    assert "objects" in str(caught.value)
