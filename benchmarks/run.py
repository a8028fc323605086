"""Speed of the engine against the textbook way, in one run on one core: `python benchmarks/run.py`.

(a) activities per second of our engine on a three-stage tandem line with impatience;
(b) the same line written the textbook way in SimPy (benchmarks/textbook.py, pinned), fed the same inputs;
(c) seconds per replication-year of scenarios/department_of_ten.yaml with everything switched on;
(d) what people who come, learn and leave add to the time of an activity (benchmarks/staff.py);
(e) how the cost of a seller grows from 10 sellers to 30 and 120 (benchmarks/staff.py);
(f) what each form of the market, of customers, of people and of pay costs alone (benchmarks/forms.py);
(g) what drawing the luck of a year costs, against the generators that were opened by name (benchmarks/luck.py);
(i) a year of the department of ten on the compiled floor against the object floor, luck drawn before.
(h) of docs/benchmarks.md is measured by benchmarks/around.py.

An activity is one piece of work that a person does. Medians of five; (a) and (b) alternate, so that a slow moment of
the machine hits both. Exit code 1 when the two models of the line disagree.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import forms  # noqa: E402
import luck  # noqa: E402
import numpy as np  # noqa: E402
import staff  # noqa: E402
import textbook  # noqa: E402
from fed import Line, answers, waited  # noqa: E402

from simulation.department import Department, run  # noqa: E402
from simulation.department.record import Record  # noqa: E402
from simulation.department.steps import PROSPECT  # noqa: E402
from simulation.floor.choice import COMPILED, OBJECTS, Floor, hindrance  # noqa: E402
from simulation.sense.loader import load  # noqa: E402
from simulation.world import World  # noqa: E402

ROUNDS = 5


def timed(function: Callable[[], object]) -> tuple[float, object]:
    """Seconds of one call, and its result."""
    begin = time.process_time()
    result = function()
    return time.process_time() - begin, result


def same_answers(line: Line) -> bool:
    """Whether both models of the line give the same counts, and the same waits to 1e-9."""
    theirs = textbook.run(line.given)
    record = line.run(line.world(), events=True)
    done, lost = answers(record)
    ours = waited(record, line.given)
    print(f"  textbook: done {theirs.done}, lost {theirs.lost}, waited {theirs.waiting:.6f} h")
    print(f"  engine:   done {done}, lost {lost}, waited {sum(ours):.6f} h")
    return done == theirs.done and lost == theirs.lost and np.allclose(ours, theirs.waited, rtol=1e-9)


def tandem() -> float | None:
    """Compare (a) with (b); seconds per activity of (b), None when the answers differ."""
    line = Line.make()
    print("Tandem line, three stages, impatience; nothing else switched on")
    if not same_answers(line):
        print("  the two models DISAGREE")
        return None
    ours, theirs, activities = [], [], 0
    for _ in range(ROUNDS):
        seconds, outcome = timed(lambda: textbook.run(line.given))
        theirs.append(seconds)
        world = line.world()
        seconds, record = timed(lambda world=world: line.run(world))  # type: ignore[misc]
        ours.append(seconds)
        assert isinstance(record, Record) and isinstance(outcome, textbook.Outcome)
        activities = record.activities_done
    a, b = statistics.median(ours) / activities, statistics.median(theirs) / activities
    print(f"  (a) engine    {1 / a:>10,.0f} activities/s   {a * 1e6:5.2f} us each   (with the whole record built)")
    print(f"  (b) textbook  {1 / b:>10,.0f} activities/s   {b * 1e6:5.2f} us each")
    print(f"  ratio (a) : (b)  {b / a:.2f}")
    return b


def department(textbook_seconds: float) -> None:
    """Measure (c): both structures of each replication under one World, the World's making included."""
    scenario = load(HERE.parent / "scenarios" / "department_of_ten.yaml")
    from simulation.department import simulate

    structures = list(scenario.structures)
    print(f"\nDepartment of ten: {', '.join(structures)}; twelve months, every mechanism of the scenario switched on")
    seconds: list[float] = []
    jobs = pieces = 0.0
    for replication in range(ROUNDS + 1):

        def year(replication: int = replication) -> list[Record]:
            world = World(scenario, replication)
            return [simulate(scenario, name, world) for name in structures]

        spent, records = timed(year)
        assert isinstance(records, list)
        if replication == 0:
            continue  # the calendar and the closed form are worked out once per process
        seconds.append(spent / len(structures))
        for record in records:
            attempts = float(record.repetitions[:, PROSPECT].sum())
            jobs += record.activities_done
            pieces += float(record.repetitions.sum()) if attempts else record.activities_done
    per_year = statistics.median(seconds)
    years = ROUNDS * len(structures)
    print(f"  (c) {per_year:.3f} s per replication-year")
    for label, count in (
        ("pieces of work, each attempt of prospecting counted", pieces / years),
        ("pieces of work, a stretch of attempts counted as one", jobs / years),
    ):
        each = per_year / count
        print(f"      {count:>9,.0f} {label}: {1 / each:>9,.0f}/s, ratio to (b) {textbook_seconds / each:.2f}")


def floors() -> None:
    """Measure (i): the same years on both floors, alternating."""
    if hindrance() is not None:
        print("\nThe compiled floor is not built here")
        return
    scenario = load(HERE.parent / "scenarios" / "department_of_ten.yaml")
    print("\nDepartment of ten on both floors, the World's luck drawn before; per structure and year")
    spent: dict[Floor, list[float]] = {OBJECTS: [], COMPILED: []}
    for replication in range(ROUNDS + 1):
        world = World(scenario, replication)
        for name in scenario.structures:
            run(Department(scenario, name, world, floor=COMPILED))
            for floor, seconds in spent.items():
                took, _ = timed(lambda n=name, w=world, f=floor: run(Department(scenario, n, w, floor=f)))  # type: ignore[misc]
                if replication:
                    seconds.append(took)
    objects, compiled = (statistics.median(spent[floor]) for floor in (OBJECTS, COMPILED))
    print(
        f"  (i) object floor {objects * 1e3:.1f} ms, compiled floor {compiled * 1e3:.2f} ms:"
        f" {objects / compiled:.1f} times"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="(a), (b), (c) and (i) only: half a minute")
    given = parser.parse_args()
    base = tandem()
    if base is None:
        sys.exit(1)
    department(base)
    floors()
    if not given.quick:
        staff.people()
        staff.sizes()
        forms.costs()
        luck.costs()
