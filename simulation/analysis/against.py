"""Who is compared with whom, by which measure, which way is better, and how sure: one rule for everybody who compares.

A comparison of files, every study, every command and the public face ask `compared`. The baseline, which is subtracted
from the others, is the first of these that is there:

1. the one that is asked for; it has to be among the structures that are compared;
2. the scenario's own (`experiment.baseline`), where it is among them;
3. the first one: as named, where structures are named, else as the scenario has them.

The order of naming decides nothing else: rows, colours and pairs stand as the scenario has its structures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulation.analysis.cases import Case, cases_of
from simulation.analysis.measure_names import measure_names
from simulation.analysis.unknown import TermsError, unknown
from simulation.scenario.scenario import Scenario
from simulation.texts import worded

OF_PLANS = ("plan_met", "plan_attainment")
"""Measures that only a scenario with a plan has."""


@dataclass(frozen=True)
class Compared:
    """What is compared, by what, and how sure.

    Attributes:
        cases: the structures by name, in the order of the scenarios.
        baseline: the one that is subtracted from the others.
        measure: name of the measure that decides.
        level: of the intervals.
    """

    cases: Mapping[str, Case]
    baseline: str
    measure: str
    level: float


def compared(
    scenarios: Mapping[str, Scenario],
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    level: float | None = None,
    *,
    exactly: int | None = None,
    further: Iterable[str] = (),
) -> Compared:
    """What is compared; what is None (or empty) as the first scenario says.

    Args:
        scenarios: by the name that they go by; '' for a single one.
        structures: names, as in their scenario or as 'file:structure'; all when None.
        baseline: the structure that the others are compared with.
        measure: the measure that decides.
        level: of the intervals.
        exactly: how many structures are needed; two or more when None.
        further: measures besides those of a run.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there; the nearest one is named.
        TermsError: too few or too many structures, a measure of plans without a plan, a level outside (0, 1).
    """
    cases = cases_of(scenarios, structures or None)
    base = baseline_of(cases, structures, baseline)
    if len(cases) < 2 or (exactly is not None and len(cases) != exactly):
        names = ", ".join(cases)
        wrong = worded("needs-two", names=names)
        if len(cases) > 1:
            wrong = worded("just-two", cases=len(cases), names=names)
        raise TermsError(wrong)
    stated = next(iter(cases.values())).scenario.experiment
    return Compared(
        cases, base, measure_of(cases, measure, further), level_of(stated.level if level is None else level)
    )


def baseline_of(cases: Mapping[str, Case], structures: Sequence[str] | None = None, asked: str | None = None) -> str:
    """The one of these that the others are compared with, by the rule of this module.

    Args:
        cases: what is compared.
        structures: names, in the order in which somebody gave them; None where nobody did.
        asked: the baseline that is asked for.

    Raises:
        UnknownName: what is asked for is not among them.
    """
    if asked:
        for name in _called(cases, asked):
            return name
        there = any(asked in case.scenario.structures for case in cases.values())
        reason = worded("not-compared", asked=repr(asked)) if there else ""
        raise unknown("baseline", asked, names_of(cases), reason)
    stated = next(iter(cases.values())).scenario.experiment.baseline
    for wanted in (stated, *(structures or ())):
        for name in _called(cases, wanted):
            return name
    return next(iter(cases))


def measure_of(cases: Mapping[str, Case], asked: str | None = None, further: Iterable[str] = ()) -> str:
    """The measure that decides: the one that is asked for, else the first scenario's.

    Args:
        cases: what is compared.
        asked: its name.
        further: measures besides those of a run.

    Raises:
        UnknownName: no run of these structures has it.
        TermsError: it is one of plans, and there is no plan.
    """
    name = asked or next(iter(cases.values())).scenario.experiment.measure
    names = [*measure_names(list(cases.values())), *further]
    if name not in names:
        raise unknown("measure", name, names)
    if name in OF_PLANS and any(case.scenario.plan is None for case in cases.values()):
        raise TermsError(worded("measure-needs-plan", name=name), "measure")
    return name


def level_of(asked: float) -> float:
    """A level of intervals.

    Raises:
        TermsError: it is none.
    """
    if not 0 < asked < 1:
        raise TermsError(worded("level-between", level=f"{asked:g}"), "level")
    return asked


def names_of(cases: Mapping[str, Case]) -> list[str]:
    """What structures may be called: by their names in their own scenario, and by the full ones."""
    return list(dict.fromkeys([*(case.key for case in cases.values()), *cases]))


def _called(cases: Mapping[str, Case], name: str) -> list[str]:
    """The structures that go by a name; several where several files have it."""
    return [each for each, case in cases.items() if name and name in (each, case.key)]
