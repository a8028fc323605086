"""Hold departments against sense: prints `docs/sense.md`; ends with 1 when an expectation is not met."""

from __future__ import annotations

import argparse
import sys

from simulation.validation.sense.checks import Finding, held, looked_at_again, together
from simulation.validation.sense.departments import Department, different, shipped_names
from simulation.validation.sense.expectations import expectations
from simulation.validation.sense.page import AGAIN, RANDOM, of_the_page, random_ones, write
from simulation.validation.sense.years import Laboratory

RANDOM_ONES = "random"


def main(arguments: list[str] | None = None) -> int:
    """Check the named scenarios (all, and random departments, when none is named), print the page."""
    names = [*shipped_names(), RANDOM_ONES]
    parser = argparse.ArgumentParser(prog="python -m simulation.validation.sense", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"any of: {', '.join(names)}")
    parser.add_argument("--years", type=_at_least_two, help="years of each department")
    parser.add_argument("--random", type=int, default=RANDOM, help="random departments")
    parser.add_argument("--jobs", type=int, default=1, help="departments at a time (-1: one per core)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.scenarios if name not in names]
    if unknown:
        parser.error(f"{unknown[0]!r} is not a scenario that ships; there are {', '.join(names)}")
    wanted = [pair for name in options.scenarios or names for pair in _departments(name, options.random)]
    first = {id(department) for department in different(department for department, _ in wanted)}
    findings = _all_found([pair for pair in wanted if id(pair[0]) in first], options.years, options.jobs)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(write(findings), end="")
    return 0 if all(each.holds for found in findings.values() for each in found) else 1


def _at_least_two(text: str) -> int:
    count = int(text)
    if count < 2:
        raise argparse.ArgumentTypeError("a standard error takes at least 2 years")
    return count


def _departments(name: str, random: int) -> list[tuple[Department, int]]:
    departments, years = of_the_page(name) if name != RANDOM_ONES else random_ones(random)
    return [(department, years) for department in departments]


def _all_found(wanted: list[tuple[Department, int]], years: int | None, jobs: int) -> dict[str, list[Finding]]:
    from joblib import Parallel, delayed

    found = Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(
        delayed(_values)(department, years or own) for department, own in wanted
    )
    findings: dict[str, list[Finding]] = {}
    for number, ((department, own), values) in enumerate(zip(wanted, found, strict=True), start=1):
        checks = expectations(department)
        seen = [Finding(check, *each) for check, each in zip(checks, values, strict=True)]
        findings[department.name] = looked_at_again(together(seen), Laboratory(AGAIN * (years or own)))
        met = sum(each.holds for each in findings[department.name])
        print(f"{number}/{len(wanted)} {department.name}: {met} of {len(values)} met", file=sys.stderr)
    return findings


def _values(department: Department, years: int) -> list[tuple[float, float, float, int, float]]:
    """What came of each expectation: plain values, as the checks themselves cannot travel between processes."""
    laboratory = Laboratory(years)
    found = (held(check, laboratory) for check in expectations(department))
    return [(each.mean, each.error, each.lowest, each.years, each.revenue) for each in found]


if __name__ == "__main__":
    sys.exit(main())
