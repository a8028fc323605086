"""History: how well today's structure reproduces the firm's own last year.

`answer` has what comes out; `analysis.history` answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import REPLICATIONS, Asked, Kind, Mistake, Option
from simulation.texts import Verbatim, joined, verbatim

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.history.answer import OwnYear
    from simulation.study.lab import Lab


def _agree(scenario: Scenario, asked: Asked) -> None:
    """One structure, today's where none is named."""
    from simulation.analysis.unknown import unknown

    if asked.structure is not None and asked.structure not in scenario.structures:
        raise unknown("structure", asked.structure, scenario.structures)


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.analysis.history import history_of
    from simulation.written.errors import ScenarioError

    try:
        history_of(scenario)
    except ScenarioError as error:
        for each in error.problems:
            yield Mistake("", joined((Verbatim(each.path), verbatim(each.message)), ": "), allow=each.allowed)


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> OwnYear:
    from simulation.analysis.history import check_history
    from simulation.study.history.answer import OwnYear

    found = check_history(
        scenario,
        asked.structure,
        replications=asked.replications,
        jobs=lab.jobs,
        backend=lab.backend,
        engine=lab.engine,
        store=lab.store,
    )
    if found.partial:
        raise KeyboardInterrupt
    return OwnYear(scenario, found)


HISTORY = Kind(
    name="check",
    options=(
        Option("structure", str, "option-check-structure", shown="shown-experiment-today-else-the-first"),
        replace(REPLICATIONS, experiment=True),
    ),
    without=("structures", "baseline", "measure", "level", "months"),
    check=_check,
    answer=_answer,
    show="study.history.show:SHOWING",
    finding="history",
    function="analysis.history:check_history",
    asks="Whether the model gives your own last year again.",
    agree=_agree,
)
