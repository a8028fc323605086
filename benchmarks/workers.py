"""Two workers against one, on this machine: ``python benchmarks/workers.py [--replications N]``.

The department of ten, two structures: seconds of the clock for the same years by one worker and by two, of this machine
(joblib's processes) and of a cluster on the loopback (scheduler and workers by Dask), after a first handful of years
that starts them and is not counted. Best of two; a machine with other work to do gives two workers no two cores, so
the load is printed. Asked for: at least 1.7 times as fast.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from simulation.analysis.cases import run_replications  # noqa: E402
from simulation.scenario.scenario import Scenario  # noqa: E402
from simulation.sense.loader import load  # noqa: E402
from simulation.study.cluster import cluster  # noqa: E402

SCENARIO = Path(__file__).parents[1] / "scenarios" / "department_of_ten.yaml"
WARM = 8
ROUNDS = 2


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=100, help="possible years, each under two structures")
    given = parser.parse_args()
    scenario = load(SCENARIO)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {given.replications} years of two structures")
    for label, best in (("this machine", _here), ("a cluster on the loopback", _by_dask)):
        one, two = best(scenario, given.replications, 1), best(scenario, given.replications, 2)
        print(f"{label:<28} one worker {one:6.2f} s, two {two:6.2f} s: {one / two:.2f} times as fast", flush=True)


def _best(play: Callable[[int, int], object], replications: int) -> float:
    play(WARM, 0)
    least = float("inf")
    for round_ in range(ROUNDS):
        began = time.perf_counter()
        play(replications, WARM + round_ * replications)
        least = min(least, time.perf_counter() - began)
    return least


def _here(scenario: Scenario, replications: int, workers: int) -> float:
    from joblib import parallel_config

    with parallel_config(backend="loky", n_jobs=workers):
        # one worker is a process too, as of a cluster
        return _best(lambda count, first: _played(scenario, count, first, workers), replications)


def _by_dask(scenario: Scenario, replications: int, workers: int) -> float:
    with ExitStack() as stack:
        stack.enter_context(cluster(f"local:{workers}"))
        return _best(lambda count, first: _played(scenario, count, first, None), replications)


def _played(scenario: Scenario, replications: int, first: int, jobs: int | None) -> object:
    found = run_replications(scenario, replications=replications, jobs=jobs, first=first)
    if found.finished != replications:
        raise SystemExit(found.failures)
    return found


if __name__ == "__main__":
    main()
