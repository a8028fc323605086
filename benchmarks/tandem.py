"""A loop in C written by hand for the tandem line, against the floor: ``python benchmarks/tandem.py``.

The same three stages, the same inputs, the same counts and, to nine digits, the same waits as benchmarks/textbook.py.
The floor plays them as it plays everything: with practice, money, doors and a record to write. Processor time of the
dynamics alone (the making of the department, of its tables and of the record left out), and with all of that; medians
of alternating rounds. Needs a C compiler (`cc`).
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import numpy as np  # noqa: E402
import textbook  # noqa: E402
from fed import Line  # noqa: E402

from simulation.department import Department  # noqa: E402
from simulation.department.order import ROUTINES  # noqa: E402
from simulation.floor.choice import COMPILED, hindrance  # noqa: E402

ROUNDS = 9


def compiled(folder: str) -> ctypes.CDLL:
    """The loop, as the system's compiler makes it with the flags of the kernel."""
    library = Path(folder) / "tandem.so"
    cc = shutil.which("cc")
    if cc is None:
        raise SystemExit("there is no C compiler here (cc)")
    flags = ["-O3", "-ffp-contract=off", "-shared", "-fPIC"]
    subprocess.run([cc, *flags, "-o", str(library), str(HERE / "tandem.c")], check=True)
    return ctypes.CDLL(str(library))


class Loop:
    """The loop with its inputs."""

    def __init__(self, library: ctypes.CDLL, given: textbook.Inputs) -> None:
        self._tandem = library.tandem
        self._arrays = [np.ascontiguousarray(each, float) for each in (given.arrivals, given.work, given.patience)]
        self._servers = np.array(textbook.SERVERS, np.int32)

    def run(self) -> textbook.Outcome:
        """One run."""
        done, lost = np.zeros(3, np.int64), np.zeros(3, np.int64)
        waited = np.zeros(3)
        columns = [*self._arrays, self._servers, done, lost, waited]
        if self._tandem(len(self._arrays[0]), *(ctypes.c_void_p(each.ctypes.data) for each in columns)):
            raise MemoryError
        return textbook.Outcome(tuple(done.tolist()), tuple(lost.tolist()), tuple(waited.tolist()))


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Measures and prints."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if hindrance() is not None:
        raise SystemExit("the compiled floor is not built here")
    line = Line.make()
    with tempfile.TemporaryDirectory() as folder:
        loop = Loop(compiled(folder), line.given)
        theirs, ours = textbook.run(line.given), loop.run()
        same = ours.done == theirs.done and ours.lost == theirs.lost
        if not same or not np.allclose(ours.waited, theirs.waited, rtol=1e-9):
            raise SystemExit(f"the loop DISAGREES with the textbook: {ours}, {theirs}")
        hand: list[float] = []
        floor: list[float] = []
        whole: list[float] = []
        book: list[float] = []
        for round_ in range(ROUNDS):
            hand.append(spent(loop.run))
            world = line.world()
            department = Department(line.scenario, "line", world, floor=COMPILED)
            for routine in ROUTINES:
                routine.begin(department)
            floor.append(spent(lambda d=department, w=world: d.env.live_until(w.end)))  # type: ignore[misc]
            world = line.world()
            whole.append(spent(lambda w=world: line.run(w)))  # type: ignore[misc]
            if round_ < 3:
                book.append(spent(lambda: textbook.run(line.given)))
    rate = {
        name: theirs.activities / statistics.median(each)
        for name, each in zip(
            ("C loop by hand", "floor, dynamics alone", "floor, with tables and record", "textbook SimPy"),
            (hand, floor, whole, book),
            strict=True,
        )
    }
    fastest = rate["C loop by hand"]
    print(f"tandem line, {theirs.activities} activities; the same counts, waits to nine digits")
    for name, each in rate.items():
        print(f"  {name:<32} {each:>12,.0f} activities/s   the loop is {fastest / each:6.2f} times as fast")


if __name__ == "__main__":
    main()
