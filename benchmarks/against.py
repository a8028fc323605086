"""This version of the program against another one, in one run: ``python benchmarks/against.py COMMIT``.

The commit is unpacked into a folder of its own (``git archive``). Two processes, one for each version, play the same
possible years, turn by turn, so that a slow moment of the machine hits both; the file is this version's, or that of
each with ``--own``. Medians of the years' processor time with the luck drawn in it, and of the ratios year by year;
whether the results are the same to the bit. ``--sellers 10 100 500`` scales scenarios/large_department.yaml.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SERVE = "--serve"


def serve(tree: str) -> None:
    """Play the years that are asked for, a line of JSON each, by the program in a folder."""
    sys.path.insert(0, tree)
    import simulation
    from simulation.department import simulate
    from simulation.world import World

    scenarios: dict[str, Any] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        key = json.dumps([asked["file"], asked["values"]])
        if key not in scenarios:
            scenarios[key] = simulation.load(asked["file"]).replace(asked["values"])
        gc.collect()  # what the year before left behind is not this one's
        began = time.process_time()
        record = simulate(scenarios[key], asked["structure"], World(scenarios[key], asked["replication"]))
        spent = time.process_time() - began
        money = float(record.sales.revenue.sum()), float(record.busy.sum()), float(record.waited.sum())
        print(json.dumps([spent, record.activities_done, money]), flush=True)


class Version:
    """A process that plays years by one version of the program."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), SERVE, str(tree)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
        )

    def year(self, **asked: Any) -> tuple[float, int, list[float]]:
        """Seconds, activities and what tells results apart."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        seconds, activities, money = json.loads(self._process.stdout.readline())
        return seconds, activities, money

    def ends(self) -> None:
        """No more years are wanted."""
        self._process.communicate("")


def unpacked(commit: str, folder: str) -> Path:
    """The program as of a commit, in a folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return Path(folder)


def cases(scenario: str, sellers: list[int]) -> Iterator[tuple[str, str, str, Mapping[str, object]]]:
    """Label, file, structure and changed values of each department that is measured."""
    sys.path[:0] = [str(ROOT), str(HERE)]
    from staff import size

    import simulation

    for file in [scenario] if not sellers else []:
        for structure in simulation.load(ROOT / file).structures:
            yield f"{Path(file).stem} {structure}", file, structure, {}
    for count in sellers:
        file = "scenarios/large_department.yaml"
        large = simulation.load(ROOT / file)
        for structure in large.structures:
            yield f"{count} sellers {structure}", file, structure, size(large, structure, count)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit", help="the version to play against, as git calls it")
    parser.add_argument("--scenario", default="scenarios/department_of_ten.yaml", help="a scenario file")
    parser.add_argument("--own", action="store_true", help="each version its own file of that name")
    parser.add_argument("--sellers", type=int, nargs="*", default=[], help="the large department instead, with so many")
    parser.add_argument("--months", type=int, help="of each year; the scenario's when not given")
    parser.add_argument("--years", type=int, default=12, help="possible years of each structure")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        versions = Version(ROOT), Version(unpacked(given.commit, folder))
        ratios: list[float] = []
        for label, file, structure, values in cases(given.scenario, given.sellers):
            changed = {**values, **({"experiment.months": given.months} if given.months else {})}
            mine: list[float] = []
            each: list[float] = []
            theirs: list[float] = []
            same = True
            for replication in range(given.years + 1):
                order = versions if replication % 2 else versions[::-1]
                played = {}
                for version in order:
                    path = (version.tree if given.own else ROOT) / file
                    asked = {"file": str(path), "structure": structure, "values": changed}
                    played[version] = version.year(**asked, replication=replication)
                now, before = (played[version] for version in versions)
                same = same and now[1:] == before[1:]
                if replication:  # the calendar and the closed form are worked out once
                    mine.append(1e6 * now[0] / now[1])
                    theirs.append(1e6 * before[0] / before[1])
                    each.append(mine[-1] / theirs[-1])
            ratios += each
            median, equal = statistics.median, "the same" if same else "DIFFER"
            print(f"  {label:<32} {median(mine):6.2f} us an activity, before {median(theirs):6.2f}: ", end="")
            print(f"ratio {median(each):.3f}; results {equal}", flush=True)
        if len(ratios) > 1:
            low, middle, high = statistics.quantiles(ratios, n=4)
            print(f"  all: ratio {middle:.3f} (half of the years {low:.3f} ... {high:.3f})")
        for version in versions:
            version.ends()


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        serve(sys.argv[2])
    else:
        main()
