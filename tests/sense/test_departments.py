"""What a sales director expects of every department: see `simulation.validation.sense.expectations` for the list.

Fixed seeds; a mean may lie on the wrong side by three standard errors. The tests that always run take few years, short
ones, and the expectations that tell most; those marked `slow` are the whole page `docs/sense.md`.
"""

from functools import cache

import pytest

from simulation.validation.sense import Department, Finding, Laboratory, expectations, held
from simulation.validation.sense.checks import together
from simulation.validation.sense.departments import shipped_names
from simulation.validation.sense.page import figure, of_the_page, of_the_tests, quick, random_ones

FIRST = "start_up"
"""The department that is looked at first; those that take longer are looked at where there is time."""


@cache
def departments() -> list[tuple[Department, int]]:
    return of_the_tests()


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
