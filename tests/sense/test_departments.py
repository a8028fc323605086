"""What a sales director expects of every department: see `simulation.validation.sense.expectations` for the list.

Fixed seeds; a mean may lie on the wrong side by three standard errors. The tests that always run take few years, short
ones, and the expectations that tell most; those marked `slow` are the whole page `docs/sense.md`.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from simulation.validation.sense import Department, Finding, Laboratory, expectations, held
from simulation.validation.sense.checks import Check, together
from simulation.validation.sense.departments import different, drawn, shipped, shipped_names
from simulation.validation.sense.expectations import LESS, TWICE, sizes_of
from simulation.validation.sense.page import figure, of_the_page, random_ones

FIRST = "start_up"
"""The department that is looked at first; those that take longer are looked at where there is time."""


QUICK_MONTHS = 6
"""Months."""
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


@cache
def departments() -> list[tuple[Department, int]]:
    """Those of the tests that always run, with their years; a structure of several files once."""
    found: dict[int, tuple[Department, int]] = {}
    for name in sorted(shipped_names(), key=lambda each: each != WHOLE):
        months, years, structures = QUICK_OTHERWISE.get(name, (QUICK_MONTHS, QUICK_YEARS, QUICK_STRUCTURES))
        found |= {id(each): (each, years) for each in islice(shipped(name, months), structures)}
    kept = different(each for each, _ in found.values())
    kept += [drawn(number, QUICK_MONTHS) for number in range(QUICK_RANDOM)]
    return [(each, found[id(each)][1] if id(each) in found else QUICK_YEARS) for each in kept]


def quick(department: Department) -> Iterator[Check]:
    """The expectations that the tests have time for."""
    if department.source == WHOLE:
        yield from expectations(department, factors=(1.0, 1.25, 2.0, 4.0), better=REQUIRED)
        return
    # twice the revenue cannot be told from more in few years
    sizes, factors = sizes_of(department), (1.0, 4.0)
    some = expectations(department, sizes=[sizes[0], *sizes[-2:]], factors=factors, better=(), each_role=False)
    yield from (each for each in some if each.family not in (TWICE, LESS))


@cache
def laboratory(years: int) -> Laboratory:
    """One for all: some departments hold others."""
    return Laboratory(years)


def unmet(findings: list[Finding]) -> str:
    return "\n".join(f"{each.check.family}: {figure(each, each.years)}" for each in findings if not each.holds)


@pytest.mark.parametrize(
    "name", [FIRST, *(pytest.param(n, marks=pytest.mark.slow) for n in [*shipped_names(), "random"] if n != FIRST)]
)
def test_a_department_is_as_a_sales_director_expects(name: str) -> None:
    wrong = []
    for department, years in departments():
        if department.source.split()[0] == name:
            findings = together([held(check, laboratory(years)) for check in quick(department)])
            assert findings
            wrong += [f"{department.name}\n{unmet(findings)}"] if unmet(findings) else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.parametrize("name", [*shipped_names(), "random"])
def test_every_department_of_the_page_is_as_a_sales_director_expects(name: str) -> None:
    departments, years = random_ones() if name == "random" else of_the_page(name)
    wrong = []
    for department in departments:
        findings = together([held(check, laboratory(years)) for check in expectations(department)])
        wrong += [f"{department.name}\n{unmet(findings)}"] if unmet(findings) else []
    assert not wrong, "\n".join(wrong)
