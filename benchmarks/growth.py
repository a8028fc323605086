"""How time and memory grow with people, months and leads: ``python benchmarks/growth.py [NAME...]``.

Each row is a process of its own: seconds of a core for the dynamics and the record of one year of one structure (its
World's luck included, the ledger and the measures beside it), activities, microseconds of an activity, and the most
memory that the process ever had beyond that of a loaded program. The years before (numbers 0, ...) are not counted:
the calendar and the closed form are worked out once a process.

``sellers-N``: scenarios/large_department.yaml with N sellers, all other people and the market in proportion, three
months; ``months-N``: the department of ten over so many months; ``leads-N``: the tandem line of
benchmarks/scenarios/tandem.yaml with so many leads a year, its people in proportion.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

ROWS = (
    *("sellers-10", "sellers-100", "sellers-500", "sellers-2000"),
    *("months-12", "months-36", "months-60"),
    *("leads-10000", "leads-100000", "leads-1000000"),
)
MODES = "--play"
YEARS = 3
LARGE, TEN = "scenarios/large_department.yaml", "scenarios/department_of_ten.yaml"
TANDEM = "benchmarks/scenarios/tandem.yaml"


def main() -> None:
    """Prints a row for each, and how much faster than their size the times grow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"rows: {', '.join(ROWS)}; all of them when none")
    wanted = parser.parse_args().names or ROWS
    print("| | structure | year, s | ledger and measures, s | activities | an activity, us | memory, MB |")
    print("|---|---|---:|---:|---:|---:|---:|")
    found: dict[str, list[dict[str, Any]]] = {}
    for name in wanted:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), MODES, name], cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        found[name] = json.loads(done.stdout)
        for row in found[name]:
            each = 1e6 * row["seconds"] / row["activities"]
            print(
                f"| {name} | {row['structure']} | {row['seconds']:.3f} | {row['money']:.3f} | {row['activities']:,} |"
                f" {each:.2f} | {row['memory'] / 2**20:.0f} |",
                flush=True,
            )
    print()
    for kind in dict.fromkeys(name.partition("-")[0] for name in found):
        mine = [name for name in found if name.startswith(f"{kind}-")]
        for first, last in [(mine[0], name) for name in mine[1:]]:
            grows(first, found[first], last, found[last])


def grows(first: str, small: list[dict[str, Any]], last: str, large: list[dict[str, Any]]) -> None:
    """Says how much dearer an activity of the larger is, and the exponent of time over size."""
    a, b = (sum(row["seconds"] for row in rows) for rows in (small, large))
    m, n = (sum(row["activities"] for row in rows) for rows in (small, large))
    size = int(last.partition("-")[2]) / int(first.partition("-")[2])
    power = math.log(b / a) / math.log(size)
    each = (b / n) / (a / m)
    print(f"{last} against {first}: an activity costs {each:.2f} times as much; time grows as size^{power:.2f}")


def play(name: str) -> None:
    """Plays one row and prints it as JSON."""
    from staff import size

    from simulation.analysis.measures import measures
    from simulation.department import simulate
    from simulation.finance.booking import book
    from simulation.sense.loader import load
    from simulation.world import World

    kind, _, number = name.partition("-")
    count = int(number)
    file = {"sellers": LARGE, "months": TEN, "leads": TANDEM}[kind]
    base = load(ROOT / file)
    rows = []
    for structure in base.structures:
        if kind == "sellers":
            scenario = base.replace({**size(base, structure, count), "experiment.months": 3})
        elif kind == "months":
            scenario = base.replace({"experiment.months": count})
        else:
            people = {f"structures.line.roles.{role}.headcount": max(1, round(count / 9125)) for role in "abc"}
            scenario = base.replace({"market.channels.line.leads_per_month": count / 12, **people})
        loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        seconds, money, activities = [], [], 0
        for year in range(YEARS if count < 500_000 else 2):
            began = time.process_time()
            record = simulate(scenario, structure, World(scenario, year))
            played = time.process_time()
            measures(record, book(record, scenario), scenario)
            if year:
                seconds.append(played - began)
                money.append(time.process_time() - played)
                activities = record.activities_done
        rows.append(
            {
                "structure": structure,
                "seconds": statistics.median(seconds),
                "money": statistics.median(money),
                "activities": activities,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - loaded,
            }
        )
    print(json.dumps(rows))


if __name__ == "__main__":
    if sys.argv[1:2] == [MODES]:
        play(sys.argv[2])
    else:
        main()
