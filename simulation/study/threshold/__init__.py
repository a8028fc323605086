"""Threshold: the value at which the better of two structures changes, with an interval.

Start reading at `answer`; `roots` says how the value is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import LEVEL, REPLICATIONS, TWO, Asked, Kind, Mistake, Option
from simulation.texts import phrase_of, worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab
    from simulation.study.threshold.answer import Question, Threshold


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.analysis.unknown import TermsError
    from simulation.study.variation import VariationError
    from simulation.written.spelling import QuantityError

    try:
        share = _share(asked)
    except QuantityError as error:
        yield Mistake("precision", error.reason, allow=worded("allowed-range-share"))
        return
    if share is not None and not 0 < share < 1:
        yield Mistake(
            "precision", worded("precision-out", precision=asked.precision), allow=worded("allowed-range-share")
        )
        return
    try:
        asked.prepared = _question(scenario, asked)
    except VariationError as error:
        yield Mistake("of", phrase_of(error))
    except TermsError:
        raise
    except ValueError as error:
        yield Mistake("", phrase_of(error))


def _share(asked: Asked) -> float | None:
    from simulation.written.readers import parse_share

    return None if asked.precision is None else parse_share(asked.precision, {})


def _question(scenario: Scenario, asked: Asked) -> Question:
    from simulation.study.threshold.answer import question

    return question(scenario, asked.of, **asked.shared, replications=asked.replications, precision=_share(asked))


def _answer(scenario: Scenario, asked: Asked, lab: Lab) -> Threshold:
    question: Question = asked.prepared or _question(scenario, asked)
    return question.answer(lab)


THRESHOLD = Kind(
    name="threshold",
    options=(
        Option("of", str, "option-threshold-of", required=True, metavar="PATH[=low:high]", questions=True),
        TWO,
        replace(LEVEL, help="option-threshold-level"),
        Option("precision", str, "option-threshold-precision", metavar="5%", shown="5%"),
        replace(REPLICATIONS, help="option-threshold-replications", least=10),
    ),
    check=_check,
    answer=_answer,
    show="study.threshold.show:SHOWING",
    finding="threshold",
    function="study.threshold.answer:threshold",
    asks="Where the answer flips.",
    pair=True,
)
