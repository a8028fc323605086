"""Workers that are forks: what they bring, what they raise, and what becomes of them."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from simulation.analysis import executor, forks
from simulation.analysis.executor import Job, Workers, outcomes
from simulation.analysis.forks import Crew, LostWorker, crew
from simulation.sense.loader import load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux")


def work(task: Any) -> Any:
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "wrong":
        raise ValueError("wrong")
    return os.getpid() if task == "who" else task


@pytest.fixture
def some() -> Iterator[Crew]:
    made = Crew(work)
    yield made
    made.end()


def test_every_task_is_done_once_by_as_many_as_asked(some: Crew) -> None:
    assert sorted(some.results(range(50), 2)) == list(range(50))
    who = {*some.results(["who"] * 20, 3)}
    assert os.getpid() not in who and 1 <= len(who) <= 3


def test_large_tasks_and_results_wait_for_nobody(some: Crew) -> None:
    large = [bytes([n]) * 3_000_000 for n in range(8)]
    assert sorted(some.results(large, 2)) == large


def test_what_a_worker_raises_is_raised_and_ends_the_crew(some: Crew) -> None:
    with pytest.raises(ValueError, match="wrong"):
        list(some.results([1, "wrong", 2], 2))
    assert not some.whole


def test_a_killed_worker_is_told(some: Crew) -> None:
    with pytest.raises(LostWorker):
        list(some.results([1, "kill", 2], 1))
    assert not some.whole


def test_whoever_stops_early_has_no_workers_left(some: Crew) -> None:
    results = some.results(iter(range(1000)), 2)
    next(results)
    results.close()
    assert not some.whole


def test_the_program_has_one_crew_and_a_new_one_when_that_is_lost() -> None:
    first = crew(work)
    assert list(first.results([1], 1)) == [1] and crew(work) is first
    first.end()
    second = crew(work)
    assert second is not first and list(second.results([2], 1)) == [2]
    second.end()


def test_years_of_forks_are_those_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "_allowed", True)
    monkeypatch.setattr(forks, "_last", None)
    scenario = load("scenarios/run_off.yaml")
    jobs = [Job(scenario, tuple(scenario.structures), number) for number in range(3)]
    used: list[bool] = []
    by_forks = executor._by_forks
    monkeypatch.setattr(executor, "_by_forks", lambda *args: used.append(True) or by_forks(*args))
    there = dict(outcomes(jobs, Workers(2)))
    here = dict(outcomes(jobs, Workers(1)))
    assert used and there.keys() == here.keys()
    for place, runs in here.items():
        made = there[place]
        assert isinstance(runs, list) and isinstance(made, list)
        for one, other in zip(runs, made, strict=True):
            assert [*map(repr, one.measures.items())] == [*map(repr, other.measures.items())]
    assert forks._last is not None
    forks._last[1].end()


def test_workers_end_with_whoever_asked_them() -> None:
    parent = os.fork()
    if parent == 0:
        made = Crew(work)
        pids = [*made.results(["who"], 1)]
        os.write(PIPE[1], str(pids[0]).encode())
        os._exit(0)
    os.waitpid(parent, 0)
    worker = int(os.read(PIPE[0], 20))
    for _ in range(100):
        try:
            os.kill(worker, 0)
            with open(f"/proc/{worker}/stat", encoding="ascii") as file:
                if file.read().split()[2] == "Z":
                    return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)
    raise AssertionError("the worker is still there")


PIPE = os.pipe()
