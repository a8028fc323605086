"""How long an owner waits for each command: ``python benchmarks/commands.py [NAME...]``.

Whole commands from a cold start of Python, the department of ten, nothing in the store: seconds of the clock beside the
seconds that were asked for, seconds of a core, runs that it took (one structure in one year), and where a search
chooses among candidates the runs of the search against those that every candidate in as many years would have taken.
Then each once more, from the store.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCENARIO = "scenarios/department_of_ten.yaml"
TAKEN = re.compile(r"(?:(?P<found>\d[\d ]*) of (?P<runs>\d[\d ]*) runs)|(?P<simulated>\d[\d ]*) runs in")
SPACES = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}](?=\d)")


@dataclass(frozen=True)
class Command:
    """A command and the most that it may take.

    Attributes:
        name: of the row.
        words: as they are typed.
        most: seconds.
        chooses: whether it looks for each structure's best.
    """

    name: str
    words: tuple[str, ...]
    most: float
    chooses: bool = False


COMMANDS = (
    Command("compare", ("compare", SCENARIO, "--search", "none", "--replications", "100"), 3),
    Command("compare-200", ("compare", SCENARIO, "--search", "none", "--replications", "200"), 4),
    Command("search", ("compare", SCENARIO, "--search", "quick", "--replications", "100"), 15, chooses=True),
    Command("optimise", ("optimise", SCENARIO), 30),
    Command("threshold", ("threshold", SCENARIO, "--of", "hand_off.lead.loss=0:0.5"), 15),
    Command("tornado", ("sensitivity", SCENARIO), 60),
    Command("explain", ("explain", SCENARIO), 60),
    Command(
        "map",
        (
            *("map", SCENARIO, "--x", "hand_off.lead.loss=0:0.5:10"),
            *("--y", "inbound=0.5:2:10", "--resplit"),
        ),
        300,
    ),
)


def main() -> None:
    """Prints a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [each.name for each in COMMANDS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"rows: {', '.join(names)}; all of them when none")
    wanted = parser.parse_args().names
    if unknown := sorted(set(wanted) - set(names)):
        parser.error(f"there is no row {unknown[0]!r}; allowed: {', '.join(names)}")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f}\n")
    print("| command | seconds | asked for | of a core | runs | of every candidate | from the store | of a core |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for each in COMMANDS:
        if not wanted or each.name in wanted:
            print(row(each), flush=True)


def row(command: Command) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        first = timed(command, Path(folder))
        again = timed(command, Path(folder))
        brute = first.brute
        if command.chooses:
            timed(command, Path(folder), "--out", f"{folder}/out")
            said = json.loads((Path(folder) / "out" / "best.json").read_text(encoding="utf-8"))
            brute = f"{said['runs']} against {said['brute_force']}"
    said = " ".join(command.words).replace(SCENARIO, "…")
    cells = [f"`{said}`", f"{first.seconds:.1f}", f"{command.most:g}", f"{first.processor:.1f}", first.runs, brute]
    return f"| {' | '.join([*cells, f'{again.seconds:.1f}', f'{again.processor:.1f}'])} |"


@dataclass(frozen=True)
class Took:
    """What a command took: seconds of the clock and of the processor, runs, and runs of every candidate."""

    seconds: float
    processor: float
    runs: str
    brute: str = "–"


def timed(command: Command, folder: Path, *more: str) -> Took:
    """One run of a command; '–' where it does not say how many runs it took."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["SALES_SIM_STORE"] = str(folder / "store.sqlite")
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *command.words, *more],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, after = time.perf_counter() - began, os.times()
    if done.returncode:
        raise SystemExit(f"{' '.join(command.words)}: exit code {done.returncode}\n{done.stderr}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    found = TAKEN.search(SPACES.sub("", done.stderr))
    return Took(seconds, processor, "–" if found is None else found["runs"] or found["simulated"])


if __name__ == "__main__":
    main()
