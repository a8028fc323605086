"""What a year costs around the floor, and a command around its years: ``python benchmarks/around.py [COMMIT]``.

This version against another one (`BEFORE` where none is named), turn by turn in one run, so that a slow moment of the
machine hits both; medians of five.

(a) processor time of each phase of a paired year of the department of ten: its luck and dynamics, the ledger, the
    measures, the columns by month, week and stage, packing; whether what comes out is the same to the bit;
(b) seconds of the clock from the start of `compare` to its first year;
(c) seconds of whole commands, cold start to verdict.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from against import ROOT, unpacked

BEFORE = "3d06157"
"""The version before anything around the floor was made faster."""
ROUNDS = 5
SCENARIO = "scenarios/department_of_ten.yaml"
SERVE = "--serve"
DYNAMICS = "luck and dynamics"
FIRST_YEAR = """
import builtins, os, sys, time
from simulation.cli import main

plain = builtins.__import__

def watched(name, *rest, **more):
    found = plain(name, *rest, **more)
    world = getattr(sys.modules.get("simulation.world.world"), "World", None)
    if world is not None and world.__init__ is not reached:
        world.__init__ = reached
    return found

def reached(*_):
    print(time.time(), file=sys.__stdout__, flush=True)
    os._exit(0)

builtins.__import__ = watched
main()
"""
"""Says when the first World is made, and ends there."""


def serve(tree: str) -> None:
    """Play the paired years that are asked for by the program in a folder: seconds by phase, and a digest."""
    sys.path.insert(0, tree)
    import numpy as np

    from simulation.analysis.measures import measures, monthly_columns
    from simulation.analysis.periods import funnel_columns, own_columns, weekly_columns
    from simulation.analysis.runs import Run, packed
    from simulation.department import simulate
    from simulation.finance.booking import book
    from simulation.sense.loader import load
    from simulation.world import World

    scenario = load(ROOT / SCENARIO)
    for line in sys.stdin:
        spent: dict[str, float] = {}
        digest = hashlib.blake2b()

        def timed(phase: str, work: Callable[..., Any], *given: Any, spent: dict[str, float] = spent) -> Any:
            began = time.process_time()
            found = work(*given)
            spent[phase] = spent.get(phase, 0.0) + time.process_time() - began
            return found

        gc.collect()
        gc.disable()  # garbage is collected when it comes, not by the phase that made it
        world = timed(DYNAMICS, World, scenario, int(line))
        for name in scenario.structures:
            record = timed(DYNAMICS, simulate, scenario, name, world)
            ledger = timed("ledger", book, record, scenario)
            found = timed("measures", measures, record, ledger, scenario)
            months = timed("months", monthly_columns, record, ledger, scenario)
            weeks = timed("weeks", weekly_columns, record, scenario)
            funnel = timed("stages", funnel_columns, record, scenario)
            run = Run(name, found, months, [], weeks, funnel, own_columns(record, scenario))
            timed("packing", packed, run)
            digest.update(repr(found).encode())
            for column in (ledger.amount, ledger.cash, *(each for table in run.tables for each in table.values())):
                digest.update(np.ascontiguousarray(column, dtype=np.float64).tobytes())
        gc.enable()
        print(json.dumps([spent, digest.hexdigest()]), flush=True)


class Version:
    """One version of the program, in a folder.

    Args:
        tree: the folder.
        cache: a folder for what Python compiles of it.
    """

    def __init__(self, tree: Path, cache: str) -> None:
        self.tree = tree
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._how: dict[str, Any] = {
            "cwd": tree,
            "text": True,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.DEVNULL,
            "env": {**kept, "PYTHONPATH": str(tree), "PYTHONPYCACHEPREFIX": cache},
        }

    @contextmanager
    def years(self) -> Iterator[Callable[[int], tuple[dict[str, float], str]]]:
        """What plays a year, as ``serve`` does."""
        words = [sys.executable, str(Path(__file__).resolve()), SERVE, str(self.tree)]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, **self._how)
        assert process.stdin is not None and process.stdout is not None
        asked, told = process.stdin, process.stdout

        def year(number: int) -> tuple[dict[str, float], str]:
            asked.write(f"{number}\n")
            asked.flush()
            spent, digest = json.loads(told.readline())
            return spent, digest

        yield year
        process.communicate("")

    def first_year(self) -> float:
        """Seconds from the start of the program to its first year."""
        began = time.time()
        words = [sys.executable, "-c", FIRST_YEAR, "compare", SCENARIO, "--no-store", "--jobs", "1"]
        return float(subprocess.run(words, check=True, **self._how).stdout.split()[-1]) - began

    def command(self, *words: str) -> float:
        """Seconds of a whole command."""
        began = time.perf_counter()
        subprocess.run([sys.executable, "run.py", *words], check=True, **self._how)
        return time.perf_counter() - began


def alternating(versions: tuple[Version, Version], work: Callable[[Version], float]) -> tuple[float, float]:
    """Medians of both versions; a first round, in which Python compiles, is not counted."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 1):
        for which in (0, 1) if number % 2 else (1, 0):
            seconds = work(versions[which])
            if number:
                took[which].append(seconds)
    return statistics.median(took[0]), statistics.median(took[1])


def told(label: str, now: float, before: float, unit: str = "s") -> None:
    """Prints one line."""
    print(
        f"  {label:<44} {now:8.2f} {unit}, before {before:8.2f} {unit}: {before / now:5.2f} times as fast", flush=True
    )


def phases(versions: tuple[Version, Version]) -> None:
    """(a), milliseconds of a structure and year."""
    print("(a) of one structure in one year")
    took: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    same, structures = True, 2
    with versions[0].years() as mine, versions[1].years() as theirs:
        for number in range(ROUNDS + 1):
            digests = []
            for which, year in ((0, mine), (1, theirs)):
                spent, digest = year(number)
                digests.append(digest)
                for phase, seconds in spent.items():
                    if number:  # the calendar and the closed form are worked out once
                        took[which].setdefault(phase, []).append(1e3 * seconds / structures)
            same = same and digests[0] == digests[1]
    medians = [{phase: statistics.median(each) for phase, each in side.items()} for side in took]
    for phase in medians[0]:
        told(phase, medians[0][phase], medians[1][phase], "ms")
    now, before = (sum(each for phase, each in side.items() if phase != DYNAMICS) for side in medians)
    told(f"all but {DYNAMICS}", now, before, "ms")
    told("a whole year of a structure", sum(medians[0].values()), sum(medians[1].values()), "ms")
    print(f"  results: {'the same to the bit' if same else 'they DIFFER'}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit", nargs="?", default=BEFORE, help="the version to measure against, as git calls it")
    parser.add_argument("--replications", type=int, default=20, help="of the whole commands")
    parser.add_argument("--jobs", type=int, default=2, help="of the whole commands")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        versions = Version(ROOT, cache), Version(unpacked(given.commit, folder), cache)
        phases(versions)
        print("(b) from the start of `compare` to its first year")
        told("compare", *alternating(versions, Version.first_year))
        print("(c) whole commands, cold start to verdict")
        years = ["--no-store", "--jobs", str(given.jobs), "--replications", str(given.replications)]
        for label, words in (
            ("validate", ["validate", SCENARIO]),
            (f"compare, {given.replications} years, {given.jobs} workers", ["compare", SCENARIO, *years]),
        ):
            told(label, *alternating(versions, lambda version, words=words: version.command(*words)))  # type: ignore[misc]


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        serve(sys.argv[2])
    else:
        main()
