"""Best split: how many of each role, for each structure, then the best compared with the best.

Start reading at `answer`; `candidates` lists the splits, `search_plan` rules out what cannot work, `selection` finds
the best of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from simulation.study.kind import BASELINE, LEVEL, REPLICATIONS, Asked, Kind, Mistake, Names, Option, tried
from simulation.texts import phrase_of, worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.best_split.answer import Plan
    from simulation.study.best_split.finding import BestSplit
    from simulation.study.lab import Lab


def _agree(scenario: Scenario, asked: Asked) -> None:
    """One structure is enough, and the baseline, whose payroll is kept, may be one that is not searched."""
    from simulation.analysis.cases import cases_of
    from simulation.analysis.comparison import baseline_of
    from simulation.study.best_split.search_plan import known_measure

    known_measure(scenario, asked.measure, asked.structures)
    baseline_of(cases_of({"": scenario}, None), None, asked.baseline)


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.analysis.unknown import TermsError
    from simulation.study.best_split.candidates import SearchError
    from simulation.study.best_split.search_plan import amount_of, known_measure, parse_constraint

    wrong = [
        *tried("payroll", partial(_payroll, asked)),
        *tried("level", partial(_level, asked)),
        *(
            mistake
            for number, text in enumerate(asked.constraints or ())
            for mistake in tried("constraints", partial(parse_constraint, scenario, text, 1.0), number)
        ),
    ]
    if asked.heads is not None and asked.payroll is not None:
        wrong.append(Mistake("payroll", worded("heads-and-payroll"), allow=worded("allowed-one-of-them")))
    yield from wrong
    if asked.indifference is not None:
        try:
            amount_of(known_measure(scenario, asked.measure), asked.indifference, scenario)
        except SearchError as error:
            wrong.append(Mistake("indifference", phrase_of(error)))
            yield wrong[-1]
        except TermsError:
            pass  # it has no unit, and has been told
    if not wrong and asked.prepared is None:
        try:
            asked.prepared = _planned(scenario, asked)
        except SearchError as error:
            yield Mistake("", phrase_of(error))


def _payroll(asked: Asked) -> float | None:
    from simulation.written.quantities import AMOUNT

    return None if asked.payroll is None else AMOUNT.parse(asked.payroll, {})


def _level(asked: Asked) -> float:
    from simulation.written.quantities import SHARE

    return SHARE.parse(asked.level, {})


def _planned(scenario: Scenario, asked: Asked) -> Plan:
    from simulation.study.best_split.answer import planned

    return planned(
        scenario,
        structures=asked.structures,
        heads=asked.heads,
        payroll=_payroll(asked),
        measure=asked.measure,
        constraints=asked.constraints or (),
        level=_level(asked),
        indifference=asked.indifference,
        baseline=asked.baseline,
        replications=asked.replications,
        fresh=asked.fresh,
    )


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> BestSplit:
    from simulation.study.best_split.answer import carried_out
    from simulation.study.best_split.candidates import SearchError
    from simulation.study.best_split.selection import SelectionError

    plan: Plan = asked.prepared or _planned(scenario, asked)
    try:
        return carried_out(plan, lab, asked.fresh)
    except (SelectionError, SearchError) as error:  # it could be asked, and years did not answer it
        raise RuntimeError(phrase_of(error)) from error


AMOUNT: Any = str | float

BEST_SPLIT = Kind(
    name="optimise",
    options=(
        Option(
            "payroll", AMOUNT, "option-optimise-payroll", metavar="MAX", shown="shown-that-of-the-baseline-within-3"
        ),
        Option("heads", int, "option-optimise-heads", metavar="N", shown="shown-those-of-the-same-payroll"),
        Option("constraints", Names, "option-optimise-constraints", flag="--constraint", metavar="MEASURE>=LIMIT"),
        replace(
            LEVEL,
            type=AMOUNT,
            help="option-optimise-level",
            default="95%",
            metavar="SHARE",
            shown="95%",
            least=None,
            most=None,
        ),
        Option(
            "indifference",
            AMOUNT,
            "option-optimise-indifference",
            metavar="AMOUNT",
            shown="shown-2-of-the-baseline-s-payroll-or-of-the-me",
        ),
        replace(BASELINE, help="option-optimise-baseline", shown="shown-the-scenario-s"),
        replace(REPLICATIONS, help="option-optimise-replications", shown="shown-no-cap", least=2, most=999_999),
        Option("fresh", int, "option-optimise-fresh", 100, shown=True, least=2, most=100_000),
    ),
    check=_check,
    answer=_answer,
    show="study.best_split.show:SHOWING",
    finding="best_split",
    function="study.best_split.answer:optimise",
    asks="Which split is best.",
    apart=True,
    agree=_agree,
)
