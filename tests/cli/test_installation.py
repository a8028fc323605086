"""The program is installed with the system's compiler, with one that it fetches, and with none: the same results."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL

ROOT = Path(__file__).parents[2]
COMPARE = "from simulation.cli import main; main()", "compare", "small.yaml", "--no-store", "--jobs", "1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "simulation/floor/build.py").exists(), reason="there is nothing to compile"),
]


@dataclass(frozen=True)
class Installed:
    """The program in a folder of its own, as its wheel holds it, and what builds and runs of it said."""

    folder: Path
    wheel: Path
    note: dict[str, str]

    def run(self, **environment: str) -> tuple[str, bytes, list[str]]:
        """Compares two structures: what was said on standard error, the years, the floors."""
        (self.folder / "small.yaml").write_text(SMALL, encoding="utf-8")
        outside = {key: value for key, value in os.environ.items() if key != "SALES_SIM_FLOOR"}
        caches = {"XDG_CACHE_HOME": str(self.folder / "caches"), "PYTHONPATH": str(self.folder)}
        made = subprocess.run(
            [sys.executable, "-c", *COMPARE, "--out", "results"],
            cwd=self.folder,
            env=outside | caches | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        results = self.folder / "results"
        floors = json.loads((results / "run.json").read_text(encoding="utf-8"))["floors"]
        return made.stderr, (results / "replications.csv").read_bytes(), floors


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, of which every wheel here is built: so it holds what a build needs."""
    folder = tmp_path_factory.mktemp("sources")
    built([sys.executable, "-m", "build", "--sdist", "--outdir", folder, ROOT])
    (archive,) = folder.iterdir()
    return archive


def built(command: list[str | Path], **environment: str) -> None:
    """Runs a command that builds; shows what it said where it fails."""
    made = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr


def install(sources: Path, place: Path, **environment: str) -> Installed:
    """Builds a wheel in an environment of its own, and unpacks it."""
    wheels, folder = place / "wheels", place / "installed"
    built([sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", wheels, sources], SALES_SIM_BUILD="", **environment)
    (wheel,) = wheels.iterdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    (note,) = (folder / "simulation/floor").glob("built.*.json")
    return Installed(folder, wheel, json.loads(note.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def by_the_system(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built with the compiler of this machine."""
    if not any(shutil.which(each) for each in ("cc", "gcc", "clang")):
        pytest.skip("this machine has no compiler")
    return install(sources, tmp_path_factory.mktemp("system"))


def test_the_systems_compiler_builds_the_floor(by_the_system: Installed) -> None:
    assert by_the_system.note["failed"] == ""
    assert "ziglang" not in by_the_system.note["compiler"]
    assert re.search(r"-cp\d+-", by_the_system.wheel.name)
    said, years, floors = by_the_system.run()
    assert floors == ["compiled"]
    assert "floor" not in said
    assert by_the_system.run(SALES_SIM_FLOOR="objects")[1:] == (years, ["objects"])


def test_where_there_is_no_compiler_one_is_fetched(by_the_system: Installed, sources: Path, tmp_path: Path) -> None:
    made = install(sources, tmp_path, PATH=str(tmp_path))
    assert made.note["failed"] == ""
    assert "ziglang" in made.note["compiler"]
    assert made.run()[1:] == by_the_system.run()[1:]


def test_without_any_compiler_the_results_are_the_same(by_the_system: Installed, sources: Path, tmp_path: Path) -> None:
    made = install(sources, tmp_path, PATH=str(tmp_path), CC="none")
    assert "none" in made.note["failed"]
    first, years, floors = made.run()
    assert "the compiled floor could not be built when the program was installed" in first
    assert floors == ["objects"]
    assert years == by_the_system.run()[1]
    assert "floor" not in made.run()[0]
