"""Threshold: the value at which the better of two structures changes, with an interval.

Start reading at `answer`; `roots` says how the value is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.kind import LEVEL, REPLICATIONS, TWO, Asked, Kind, Mistake, Option, said

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab
    from simulation.study.threshold.answer import Question, Threshold


_ALLOWED = "a share of the range such as 5%, above 0 and below 100%"


def _check(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.analysis.unknown import TermsError
    from simulation.study.variation import VariationError
    from simulation.written.spelling import QuantityError

    try:
        share = _share(asked)
    except QuantityError as error:
        yield Mistake("precision", error.reason, allow=_ALLOWED)
        return
    if share is not None and not 0 < share < 1:
        yield Mistake("precision", f"{asked.precision} is out of bounds", allow=_ALLOWED)
        return
    try:
        asked.prepared = _question(scenario, asked)
    except VariationError as error:
        yield Mistake("of", str(error))
    except TermsError:
        raise
    except ValueError as error:
        yield Mistake("", said(error))


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
        Option(
            "of",
            str,
            "What is varied: a dotted path of the scenario or a dial (specialisation, inbound, turnover, team); the "
            "range is that of the scenario or the facts unless given. May be given several times.",
            required=True,
            metavar="PATH[=low:high]",
            questions=True,
        ),
        TWO,
        replace(LEVEL, help="Level of the interval."),
        Option(
            "precision",
            str,
            "Go on until the interval reaches so far on either side of the threshold, as a share of the range.",
            metavar="5%",
            shown="5%",
        ),
        replace(REPLICATIONS, help="Possible years to replay at each value, at the most.", least=10),
    ),
    check=_check,
    answer=_answer,
    show="study.threshold.show:SHOWING",
    finding="threshold",
    function="study.threshold.answer:threshold",
    says="""Find the value at which the better of two structures changes.

    Replays the same possible years at several values and says from where on the other structure is better, with an
    interval, or that the answer does not change inside the range.
    """,
    asks="Where the answer flips.",
    pair=True,
)
