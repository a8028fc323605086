"""A small comparison with a store of its own, run as a program of its own, so that it can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulation.analysis.cases import Runs, run_replications
from simulation.cli.program import app
from simulation.sense.loader import load
from simulation.store import Store
from tests.cli.conftest import SMALL, run, write

__all__ = ["run", "write"]

ROOT = Path(__file__).parents[2]
YEARS = 24
"""Replications of the comparison: a few seconds of work, and more than a small disk takes."""
YEARLY = SMALL.replace("replications: 4", f"replications: {YEARS}")
PATIENCE = 240.0
"""Seconds, on a slow machine."""


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts a comparison of the small scenario in an empty folder, in a group of processes of its own."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(YEARLY, encoding="utf-8")

    def started(*words: object, before: Sequence[str] = (), **options: Any) -> subprocess.Popen[str]:
        arguments = [*before, sys.executable, str(ROOT / "run.py"), "compare", "small.yaml", *map(str, words)]
        environment = {**os.environ, **options.pop("env", {})}
        return subprocess.Popen(
            arguments,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    return started


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a program printed, results and remarks, when it ended well."""
    output, remarks = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, remarks
    return output, remarks


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Runs]:
    """The same comparison without any store, on one core: what is printed, and every number."""
    folder = tmp_path_factory.mktemp("alone")
    file = folder / "small.yaml"
    file.write_text(YEARLY, encoding="utf-8")
    with chdir(folder):
        made = CliRunner().invoke(app, ["compare", file.name, "--no-store", "--jobs", "1"])
    assert made.exit_code == 0
    return made.stdout, run_replications(load(file), jobs=1)


def same_numbers(store: Path, expected: Runs) -> None:
    """Every number that comes of a store, and of simulating what it has not, is the same to the last bit."""
    with Store(store) as opened:
        made = run_replications(load("small.yaml"), jobs=1, store=opened)
    pd.testing.assert_frame_equal(made.replications, expected.replications, check_exact=True)
    pd.testing.assert_frame_equal(made.months, expected.months, check_exact=True)
