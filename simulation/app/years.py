"""The same years under every structure, few at first: what the page shows while they come. Runs in the worker's process.

Somebody who watches years come in looks at them again and again, and might stop at the first lucky ones. So an early
look calls a winner only where the doubt is below `EARLY`, and the last one, at the number of years that the scenario
asks for, as every comparison does (Haybittle 1971, Peto et al. 1976): the doubt of the last look then hardly grows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.cases import Case, cases_of
from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import compared
from simulation.analysis.executor import Outcome
from simulation.analysis.identity import fingerprints
from simulation.analysis.plain import plain
from simulation.analysis.results import Comparison
from simulation.analysis.runs import Failure, gather
from simulation.analysis.unknown import TermsError
from simulation.app.worker_process import Desk, play
from simulation.scenario.amending import by_draw
from simulation.texts import Phrase

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

LOOKS = (4, 8, 16, 32, 64)
"""Years after which a look is taken, and at the last one."""
EARLY = 0.999
"""Level of the intervals of every look but the last."""


@dataclass(frozen=True)
class Look:
    """What so many years show.

    Attributes:
        years: that are finished.
        total: that there will be.
        measure: that decides; its unit and the currency of money.
        titles: of the structures.
        values: the measure by structure, one for each year, the same year at the same place; NaN where it has none.
        means: of them.
        best: structure with the best mean; '' where there is none.
        baseline: structure that the others are compared with.
        told: whether the best one is told apart.
        act: as in `analysis.plain`.
        said: headline, how sure, what next; none where nothing is compared.
        failed: years that failed.
        low, high: joint interval of the best one's lead.
    """

    years: int
    total: int
    measure: str
    unit: str
    currency: str
    titles: Mapping[str, str]
    values: Mapping[str, Sequence[float]]
    means: Mapping[str, float]
    best: str
    baseline: str
    told: bool
    act: str
    said: tuple[Phrase, ...]
    failed: int
    low: float = math.nan
    high: float = math.nan

    @property
    def last(self) -> bool:
        """Whether no more years will come."""
        return self.years + self.failed >= self.total


def stream(desk: Desk, scenario: Scenario, total: int) -> Look:
    """Plays the years of a scenario and says, again and again, what they show.

    Args:
        desk: of the task; a `Look` is said at each of `LOOKS`.
        scenario: what is simulated, all of its structures.
        total: years.

    Returns:
        The last look.

    Raises:
        CalledOffError: nobody wants it any more.
    """
    names = tuple(scenario.structures)
    done: dict[int, Outcome] = {}
    look = None
    for until in looks(total):
        years(desk, scenario, names, range(until), done)
        look = look_at(scenario, done, total)
        if until < total:
            desk.say("partial", look)
    assert look is not None
    return look


def looks(total: int) -> Iterator[int]:
    """Years at which is looked, the last one the total."""
    yield from (each for each in LOOKS if each < total)
    yield total


def years(
    desk: Desk, scenario: Scenario, names: tuple[str, ...], numbers: Sequence[int], done: dict[int, Outcome]
) -> None:
    """Fills in what is missing of some years: from the shelf where it has them, else played.

    Raises:
        CalledOffError: nobody wants them any more.
    """
    seed = scenario.experiment.seed
    for made, some in by_draw(scenario, [number for number in numbers if number not in done]):
        prints = fingerprints(made, names) if desk.shelf is not None else {}
        there = desk.shelf.find(prints, seed, some) if desk.shelf is not None else {}
        groups: dict[tuple[str, ...], list[int]] = {}
        for number in some:
            missing = tuple(name for name in names if name not in there.get(number, {}))
            groups.setdefault(missing, []).append(number)

        def took(number: int, outcome: Outcome, made: Any = made, prints: Any = prints, there: Any = there) -> None:
            if isinstance(outcome, Failure):
                done[number] = outcome
                return
            if desk.shelf is not None:
                desk.shelf.keep(prints, seed, number, outcome, made.title)
            whole = there.get(number, {}) | {run.structure: run for run in outcome}
            done[number] = [whole[name] for name in names]

        for missing, those in groups.items():
            if missing:
                play(desk, made, missing, those, took)
            else:
                done.update((number, [there[number][name] for name in names]) for number in those)


def comparison_of(scenario: Scenario, done: Mapping[int, Outcome], level: float | None = None) -> Comparison:
    """The comparison of some years.

    Raises:
        TermsError: there is but one structure.
    """
    agreed = compared({"": scenario}, level=level)
    runs = gather(scenario, tuple(agreed.cases), done, len(done), False, False)
    return Comparison(agreed.cases, runs, agreed.level, baseline=agreed.baseline, measure=agreed.measure)


def look_at(scenario: Scenario, done: Mapping[int, Outcome], total: int) -> Look:
    """What years show that are there."""
    finished = {number: outcome for number, outcome in done.items() if not isinstance(outcome, Failure)}
    failed = len(done) - len(finished)
    last = len(done) >= total
    try:
        found = comparison_of(scenario, done, None if last else EARLY)
    except TermsError:
        return _alone(scenario, finished, failed, total)
    values = _values(found.cases, finished, found.measure)
    answer = plain(found) if finished else None
    difference = found.verdict.difference
    return Look(
        years=len(finished),
        total=total,
        measure=found.measure,
        unit=describe(found.measure).unit,
        currency=scenario.currency,
        titles=found.titles,
        values=values,
        means=_means(values),
        best=found.verdict.best,
        baseline=found.baseline,
        told=found.verdict.told_apart,
        act=answer.act if answer is not None else "open",
        said=(answer.headline, answer.sure, answer.next) if answer is not None and difference is not None else (),
        failed=failed,
        low=difference.joint_low if difference is not None else math.nan,
        high=difference.joint_high if difference is not None else math.nan,
    )


def _alone(scenario: Scenario, finished: Mapping[int, Any], failed: int, total: int) -> Look:
    """What years show of a single structure."""
    cases = cases_of({"": scenario}, None)
    measure = scenario.experiment.measure
    values = _values(cases, finished, measure)
    (name,) = cases
    return Look(
        years=len(finished),
        total=total,
        measure=measure,
        unit=describe(measure).unit,
        currency=scenario.currency,
        titles={name: case.title for name, case in cases.items()},
        values=values,
        means=_means(values),
        best=name,
        baseline=name,
        told=False,
        act="open",
        said=(),
        failed=failed,
    )


def _values(cases: Mapping[str, Case], finished: Mapping[int, Any], measure: str) -> dict[str, list[float]]:
    rows: dict[str, list[float]] = {name: [] for name in cases}
    for number in sorted(finished):
        for run in finished[number]:
            rows[run.structure].append(float(run.measures.get(measure, math.nan)))
    return rows


def _means(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    found = {}
    for name, each in values.items():
        known = [value for value in each if math.isfinite(value)]
        found[name] = float(np.mean(known)) if known else math.nan
    return found
