"""Hold the simulator against theory: prints `docs/validation.md`; ends with 1 when a check does not agree."""

from __future__ import annotations

import argparse
import sys

from simulation.analysis.intervals import Interval
from simulation.validation import GROUPS, SYSTEMS
from simulation.validation.checks import Result, run
from simulation.validation.table import write


def main(arguments: list[str] | None = None) -> int:
    """Run the named systems (all when none is named), print the page, say on the way which one is at work."""
    parser = argparse.ArgumentParser(prog="python -m simulation.validation", description=__doc__)
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"one of: {', '.join(SYSTEMS)}")
    parser.add_argument("--replications", type=_at_least_two, help="years per system, instead of the scenario's own")
    parser.add_argument("--jobs", type=int, default=1, help="systems at a time (-1: one per core)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.systems if name not in SYSTEMS]
    if unknown:
        parser.error(f"{unknown[0]!r} is not a system; there are {', '.join(SYSTEMS)}")
    names = options.systems or list(SYSTEMS)
    results = _run_all(names, options.replications, options.jobs)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(write(GROUPS, results), end="")
    return 0 if all(result.agrees for rows in results.values() for result in rows) else 1


def _at_least_two(text: str) -> int:
    count = int(text)
    if count < 2:
        raise argparse.ArgumentTypeError("an interval takes at least 2 years")
    return count


def _run_all(names: list[str], replications: int | None, jobs: int) -> dict[str, list[Result]]:
    from joblib import Parallel, delayed

    results: dict[str, list[Result]] = {}
    found = Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(
        delayed(_values)(name, replications) for name in names
    )
    for number, (name, values) in enumerate(zip(names, found, strict=True), start=1):
        system = SYSTEMS[name]
        results[name] = [
            Result(system, check, theory, interval)
            for check, (theory, interval) in zip(system.checks, values, strict=True)
        ]
        good = sum(result.agrees for result in results[name])
        print(f"{number}/{len(names)} {name}: {good} of {len(values)} agree", file=sys.stderr)
    return results


def _values(name: str, replications: int | None) -> list[tuple[float, Interval]]:
    """Theory and interval of each check: plain values, as the formulas themselves cannot travel between processes."""
    return [(result.theory, result.simulated) for result in run(SYSTEMS[name], replications)]


if __name__ == "__main__":
    sys.exit(main())
