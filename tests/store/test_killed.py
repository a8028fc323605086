"""Killed at any moment, the next run goes on where the last one was; two runs may share a store."""

import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from simulation.analysis.cases import Runs
from tests.store.conftest import PATIENCE, ROOT, YEARS, Start, ended, same_numbers

JOBS = 2
THIRDS = (1, YEARS // 3, YEARS * 2 // 3)
"""Years that are done when a run is killed."""
# imported by every Python that starts, the workers too: says which years were begun, and which were reported as done
WATCH = """
import os
from simulation.analysis import executor
from simulation.cli import session

def log(word):
    file = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{word}\\n".encode())
    os.close(file)

def played(scenario, names, number, *rest, _played=executor.played):
    log(f"begun {number}")
    return _played(scenario, names, number, *rest)

def update(self, done, total):
    log(f"done {done}")

executor.played = played
session.Progress.update = update
"""


def kept(store: Path) -> set[int]:
    """Numbers of the years that are in a store; each has both structures."""
    connection = sqlite3.connect(store)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counts = dict(connection.execute("SELECT number, count(*) FROM replications GROUP BY number").fetchall())
    finally:
        connection.close()
    assert set(counts.values()) <= {2}
    return set(counts)


def lines(log: Path, word: str) -> list[int]:
    """The numbers that were logged with a word."""
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    return [int(found) for found in re.findall(rf"^{word} (\d+)$", text, re.MULTILINE)]


@pytest.mark.parametrize("moments", [THIRDS[1:2], pytest.param(THIRDS, marks=pytest.mark.slow)], ids=["once", "thrice"])
def test_kill_9_at_any_moment_loses_only_what_was_in_hand(
    start: Start, alone: tuple[str, Runs], tmp_path: Path, moments: tuple[int, ...]
) -> None:
    store = tmp_path / "s.sqlite"
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    before: set[int] = set()
    for done in moments:
        log = tmp_path / f"log-{done}"
        environment = {"PYTHONPATH": f"{watch}{os.pathsep}{ROOT}", "WATCHED": str(log)}
        process = start("--store", store, "--jobs", JOBS, env=environment)
        killed_after(process, log, done)
        now, begun = kept(store), lines(log, "begun")
        assert before <= now, "what was kept stays"
        assert not before & set(begun), "nothing is simulated twice"
        assert len(now) >= max(lines(log, "done")), "what was reported as done is kept"
        assert now < set(range(YEARS)), "it was killed in the middle"
        # a bundle in the hands of each worker, and one on its way
        assert len(set(begun) - now) <= (JOBS + 1) * (YEARS // (2 * JOBS))
        before = now
    output, remarks = ended(start("--store", store, "--jobs", JOBS))
    assert f"{2 * len(before)} of {2 * YEARS} runs from the store" in remarks
    assert kept(store) == set(range(YEARS))
    assert output == alone[0]
    same_numbers(store, alone[1])


def killed_after(process: "subprocess.Popen[str]", log: Path, done: int) -> None:
    """Waits until so many years are reported as done, then kills every process of the program."""
    try:
        deadline = time.monotonic() + PATIENCE
        while max(lines(log, "done"), default=0) < done:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.002)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_two_runs_at_the_same_time_share_a_store(start: Start, alone: tuple[str, Runs], tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    runs = [start("--store", store, "--jobs", 1) for _ in range(2)]
    for each in runs:
        output, remarks = ended(each)
        assert "warning" not in remarks
        assert output == alone[0]
    assert kept(store) == set(range(YEARS))
    same_numbers(store, alone[1])
