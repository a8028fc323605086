"""The program is installed with the system's compiler, with one that it fetches, and with none: the same results."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL

ROOT = Path(__file__).parents[2]
NEEDED = ("simulation", "pyproject.toml", "README.md", "LICENSE")
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


def install(place: Path, **environment: str) -> Installed:
    """Builds a wheel from a copy of the sources in an environment of its own, and unpacks it."""
    sources, wheels, folder = place / "sources", place / "wheels", place / "installed"
    sources.mkdir(parents=True)
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.so", "built.*.json", "_build")
            shutil.copytree(ROOT / name, sources / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, sources / name)
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", wheels, sources],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = wheels.iterdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    (note,) = (folder / "simulation/floor").glob("built.*.json")
    left = {path.name for path in sources.iterdir()} - {*NEEDED}
    assert all(name.endswith(".egg-info") for name in left), left
    return Installed(folder, wheel, json.loads(note.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def by_the_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Built with the compiler of this machine."""
    if not any(shutil.which(each) for each in ("cc", "gcc", "clang")):
        pytest.skip("this machine has no compiler")
    yield install(tmp_path_factory.mktemp("system"), SALES_SIM_BUILD="")


def test_the_systems_compiler_builds_the_floor(by_the_system: Installed) -> None:
    assert by_the_system.note["failed"] == ""
    assert "ziglang" not in by_the_system.note["compiler"]
    assert re.search(r"-cp\d+-", by_the_system.wheel.name)
    said, years, floors = by_the_system.run()
    assert floors == ["compiled"]
    assert "floor" not in said
    assert by_the_system.run(SALES_SIM_FLOOR="objects")[1:] == (years, ["objects"])


def test_where_there_is_no_compiler_one_is_fetched(by_the_system: Installed, tmp_path: Path) -> None:
    made = install(tmp_path, PATH=str(tmp_path), SALES_SIM_BUILD="")
    assert made.note["failed"] == ""
    assert "ziglang" in made.note["compiler"]
    assert made.run()[1:] == by_the_system.run()[1:]


def test_without_any_compiler_the_results_are_the_same(by_the_system: Installed, tmp_path: Path) -> None:
    made = install(tmp_path, PATH=str(tmp_path), CC="none", SALES_SIM_BUILD="")
    assert "none" in made.note["failed"]
    first, years, floors = made.run()
    assert "the compiled floor could not be built when the program was installed" in first
    assert floors == ["objects"]
    assert years == by_the_system.run()[1]
    assert "floor" not in made.run()[0]


def test_a_source_distribution_holds_what_a_build_needs(tmp_path: Path) -> None:
    code = "from simulation.floor import building; print(building.build_sdist(r'%s'))" % tmp_path
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    (archive,) = tmp_path.iterdir()
    shutil.unpack_archive(archive, tmp_path)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    for path in (ROOT / "simulation").rglob("*.*"):
        if path.suffix in {".py", ".yaml", ".ftl", ".html", ".css"} and "_build" not in path.parts:
            assert (folder / path.relative_to(ROOT)).exists(), path
