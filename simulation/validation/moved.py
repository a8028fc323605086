"""What each newer mechanism moved in the shipped scenarios: prints the table of docs/calibration.md.

Each mechanism is switched on alone in a department that has none of them; the first column is an older version of the
program (a checkout of it, run by the same Python), the last all of them together. The years are the same throughout.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import simulation
from simulation.scenario.neutral import Settings, settings
from simulation.scenario.scenario import Scenario

MILLION = 1e6

# What a department without the mechanism says, by the words of the table.
WITHOUT: dict[str, Callable[[Scenario], Settings]] = {
    "groups of switching": lambda scenario: {"people.switching_groups": []},
    "due times, newest first": lambda scenario: settings(scenario, "order_of_work"),
    "care": lambda scenario: settings(scenario, "care"),
    "leavers as stated": lambda scenario: {f"people.turnover.usual_{what}": 0 for what in ("overload", "missed")},
}

# Runs in the older version, whose modules may be called otherwise; only the public face is asked.
OLDER = """
import json, sys
import simulation
path, years = sys.argv[1], int(sys.argv[2])
result = simulation.compare(simulation.load(path), replications=years, jobs=1)
print()
print(json.dumps({name: result.mean(name, "profit") for name in result.structures}))
"""


def main(arguments: list[str] | None = None) -> int:
    """Print the rows of the named scenarios, or of all that ship."""
    parser = argparse.ArgumentParser(prog="python -m simulation.validation.moved", description=__doc__)
    parser.add_argument(
        "scenarios", nargs="*", metavar="FILE", help="scenario files (all that ship when none is named)"
    )
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="a checkout of the version to hold it against")
    parser.add_argument("--years", type=int, default=20, help="paired years of each")
    options = parser.parse_args(arguments)
    files = [Path(name) for name in options.scenarios] or sorted(Path("scenarios").glob("*.yaml"))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(
        "| scenario | structure | before | mended, none of them | "
        + " | ".join(f"+ {name}" for name in WITHOUT)
        + " | all |"
    )
    print("|---|---|" + "--:|" * (len(WITHOUT) + 3))
    for file in files:
        for row in rows(file, options.years, options.before):
            print(f"| {' | '.join(row)} |", flush=True)
    return 0


def rows(file: Path, years: int, before: Path | None) -> list[list[str]]:
    """Mean profit of every structure of a scenario, in millions: before, with none, with each alone, with all.

    Raises:
        subprocess.CalledProcessError: the older version does not run the scenario.
    """
    scenario = simulation.load(file)
    off = {name: without(scenario) for name, without in WITHOUT.items()}
    columns = [_older(file, years, before)]
    for kept in (None, *off):
        values = {path: value for name, settings in off.items() if name != kept for path, value in settings.items()}
        columns.append(_profits(scenario.replace(values), years))
    columns.append(_profits(scenario, years))
    return [[file.stem, name, *(_words(column.get(name)) for column in columns)] for name in scenario.structures]


def _profits(scenario: Scenario, years: int) -> dict[str, float]:
    result = simulation.compare(scenario, replications=years, jobs=1)
    return {name: result.mean(name, "profit") for name in result.structures}


def _older(file: Path, years: int, before: Path | None) -> dict[str, float]:
    if before is None:
        return {}
    path = before.resolve() / file
    if not path.exists():
        return {}
    command = [sys.executable, "-c", OLDER, str(path), str(years)]
    printed = subprocess.run(
        command, cwd=before, env={"PYTHONPATH": str(before.resolve())}, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(printed.stdout.splitlines()[-1])
    return found


def _words(value: float | None) -> str:
    return "–" if value is None else f"{value / MILLION:.2f}"


if __name__ == "__main__":
    sys.exit(main())
