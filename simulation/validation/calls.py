"""Which functions a run enters: printed, how many of them and in how many files a piece of work takes.

`python -m simulation.validation.calls scenarios/department_of_ten.yaml` follows one year of each structure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

from simulation.department import Department, run
from simulation.department.person import Person
from simulation.floor.choice import OBJECTS
from simulation.sense.loader import load
from simulation.world import World

ROOT = Path(__file__).parents[2]
OURS = str(ROOT / "simulation")
FINISHED = Person._finished.__code__


class Call(NamedTuple):
    """A function of the program that was entered; one that is resumed (a generator) is entered again."""

    file: str  # from the root of the project on
    function: str  # with its class
    across: bool  # whether the call came from another file

    @classmethod
    def of(cls, frame: FrameType) -> Call | None:
        """The call that a frame stands for; None where it is not of the program, or no function."""
        code = frame.f_code
        if not code.co_filename.startswith(OURS) or code.co_name in ("<module>", "<listcomp>", "<genexpr>"):
            return None
        caller = frame.f_back
        while caller is not None and not caller.f_code.co_filename.startswith(OURS):
            caller = caller.f_back
        across = caller is not None and caller.f_code.co_filename != code.co_filename
        return cls(Path(code.co_filename).relative_to(ROOT).as_posix(), code.co_qualname, across)


def followed(work: Callable[[], object], left: Callable[[CodeType, int], None] | None = None) -> list[Call]:
    """Every function of the program that `work` enters, in order; `left` hears of each that ends, after how many."""
    calls: list[Call] = []

    def seen(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            call = Call.of(frame)
            if call is not None:
                calls.append(call)
        elif event == "return" and left is not None:
            left(frame.f_code, len(calls))

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


class Cost(NamedTuple):
    """What a piece of work takes, on average over a year."""

    pieces: int
    calls: float  # functions entered
    across: float  # of these, from another file
    functions: float  # different ones from a piece's end until the person has the next one in hand
    files: float  # in which those stand


def cost(department: Department) -> Cost:
    """What a piece of work takes in a new department, which lives through its year here."""
    ends: list[int] = []

    def left(code: CodeType, entered: int) -> None:
        if code is FINISHED:
            ends.append(entered)

    pieces = 0

    def live() -> None:
        nonlocal pieces
        pieces = run(department).activities_done

    calls = followed(live, left)
    begins = [n for n, call in enumerate(calls) if call.function == FINISHED.co_qualname]
    spans = [set(calls[begin:end]) for begin, end in zip(begins, ends, strict=True)]
    return Cost(
        pieces,
        len(calls) / pieces,
        sum(call.across for call in calls) / pieces,
        sum(len({call[:2] for call in span}) for span in spans) / len(spans),
        sum(len({call.file for call in span}) for span in spans) / len(spans),
    )


def main(arguments: list[str] | None = None) -> None:
    """Print the cost of a piece of work under each structure of a scenario."""
    parser = argparse.ArgumentParser(prog="python -m simulation.validation.calls", description=__doc__)
    parser.add_argument("scenario")
    scenario = load(parser.parse_args(arguments).scenario)
    for name in scenario.structures:
        found = cost(Department(scenario, name, World(scenario, 0), floor=OBJECTS))
        print(
            f"{name}: {found.pieces} pieces of work; each enters {found.calls:.1f} functions, {found.across:.1f} of"
            f" them from another file; from its end to the next {found.functions:.1f} different ones in"
            f" {found.files:.1f} files"
        )


if __name__ == "__main__":
    main()
