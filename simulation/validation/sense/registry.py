"""Every check of every department: all of them for the page, and those that the tests have time for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from simulation.validation.sense.checks import Check
from simulation.validation.sense.departments import Department, different, drawn, shipped, shipped_names
from simulation.validation.sense.expectations import LESS, TWICE, expectations, sizes_of

MONTHS = 12
"""Months of each year on the page, whatever the scenario's own horizon."""
YEARS = 20
"""Years of each department on the page."""
RANDOM = 20
"""Random departments on the page."""
LARGE = {"large_department": (6, 6), "retail": (6, 12)}
"""Months and years of scenarios in which a year takes seconds; with so many deals it takes fewer of them to tell."""

QUICK_MONTHS = 6
"""Months in the tests that always run."""
QUICK_YEARS = 4
"""Years there."""
QUICK_RANDOM = 5
"""Random departments there."""
QUICK_STRUCTURES = 2
"""Structures of each scenario there, the first ones."""
QUICK_OTHERWISE = {"large_department": (1, 2, 1), "retail": (2, 3, 2), "one_off_sales": (12, 8, 2)}
"""Months, years and structures there of scenarios in which a year takes seconds, or next to nothing."""
WHOLE = "department_of_ten"
"""The scenario of which they look at every size, and at whatever gets better."""
REQUIRED = (
    "half the work time",
    "a faster answer",
    "half the quits",
    "ramps half as long",
    "better conversion",
    "a higher margin",
)
"""What they see getting better there."""


def of_the_page(name: str) -> tuple[list[Department], int]:
    """Departments of a shipped scenario as the page shows them, and their years."""
    months, years = LARGE.get(name, (MONTHS, YEARS))
    return different(shipped(name, months)), years


def of_the_tests() -> list[tuple[Department, int]]:
    """Departments as the tests that always run look at them, with their years; a structure of several files once."""
    found: dict[int, tuple[Department, int]] = {}
    for name in sorted(shipped_names(), key=lambda each: each != WHOLE):
        months, years, structures = QUICK_OTHERWISE.get(name, (QUICK_MONTHS, QUICK_YEARS, QUICK_STRUCTURES))
        found |= {id(each): (each, years) for each in islice(shipped(name, months), structures)}
    kept = different(each for each, _ in found.values())
    kept += [drawn(number, QUICK_MONTHS) for number in range(QUICK_RANDOM)]
    return [(each, found[id(each)][1] if id(each) in found else QUICK_YEARS) for each in kept]


def random_ones(count: int = RANDOM) -> tuple[list[Department], int]:
    """Random departments as the page shows them, and their years."""
    return [drawn(number, MONTHS) for number in range(count)], YEARS


def quick(department: Department) -> Iterator[Check]:
    """The expectations that the tests have time for."""
    if department.source == WHOLE:
        yield from expectations(department, factors=(1.0, 1.25, 2.0, 4.0), better=REQUIRED)
        return
    # twice the revenue cannot be told from more in few years
    sizes, factors = sizes_of(department), (1.0, 4.0)
    some = expectations(department, sizes=[sizes[0], *sizes[-2:]], factors=factors, better=(), each_role=False)
    yield from (each for each in some if each.family not in (TWICE, LESS))
