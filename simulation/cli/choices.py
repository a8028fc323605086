"""Names that the command line gives: structures, the baseline, a measure, a path; an unknown one is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from simulation.cli.console import refuse

if TYPE_CHECKING:
    from simulation.analysis.cases import Case
    from simulation.scenario.scenario import Scenario

MOST_LISTED = 20
"""Allowed names that a refusal lists; of more, only the nearest one helps."""


def known(option: str, name: str, allowed: Collection[str]) -> None:
    """Refuses a name that is not allowed.

    Args:
        option: the option that gives it, such as '--structure'.
        name: what was given.
        allowed: what may be given.

    Raises:
        typer.Exit: the name is not among them; the nearest one is told.
    """
    from simulation.scenario.numerals import nearest

    if name in allowed:
        return
    near = nearest(name, allowed)
    listed = f"; allowed: {', '.join(allowed)}" if len(allowed) <= MOST_LISTED else ""
    raise refuse(f"{option}: there is no {name!r}{listed}{f'; did you mean {near!r}?' if near else ''}")


def compared(
    scenarios: Sequence[Scenario], structures: Sequence[str] | None, baseline: str | None, measure: str | None
) -> list[Case]:
    """The structures that a comparison is asked for; several scenarios' are called 'file:structure' too.

    Args:
        scenarios: what is compared.
        structures: names of those to compare; all when None.
        baseline: the one that the others are compared with, or None.
        measure: the measure that decides, or None.

    Raises:
        typer.Exit: one of the names is unknown.
    """
    from simulation.analysis.cases import cases_of, changed, named

    by_file = {label: changed(each) for label, each in named(list(scenarios)).items()}
    every = _names(cases_of(by_file, None).values())
    for name in structures or ():
        known("--structure", name, every)
    cases = list(cases_of(by_file, structures or None).values())
    if baseline is not None:
        known("--baseline", baseline, _names(cases))
    if measure is not None:
        known("--measure", measure, measure_names(cases))
    return cases


def measure_names(cases: Sequence[Case]) -> list[str]:
    """Every measure that a run of these structures has, by name; those of a role for each role there is."""
    from simulation.analysis.measure_names import measure_names as names_of

    return names_of(cases)


def _names(cases: Iterable[Case]) -> list[str]:
    """What the structures may be called: by their names in their own scenario, and by the full ones."""
    both = [(case.key, case.name) for case in cases]
    return list(dict.fromkeys([*(key for key, _ in both), *(name for _, name in both)]))
