"""A study carried out: every question of its file, one after the other, in one laboratory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulation.analysis.comparison import Comparison
from simulation.analysis.executor import OtherModelError
from simulation.store import StoreError
from simulation.study.file import Study
from simulation.study.finding import Finding
from simulation.study.kind import Mistake
from simulation.study.variation import VariationError
from simulation.texts import Verbatim, joined, phrase_of, verbatim, worded
from simulation.written.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from simulation.study.lab import Lab

OnQuestion = Callable[[int, str], None]


@dataclass(frozen=True)
class Answers:
    """What a study found.

    Attributes:
        study: the study.
        comparison: the comparison, where one was asked for (the last one).
        findings: what the other questions found, in their order.
        problems: of the questions that could not be answered, each with its place in the file.
        interrupted: whether it was stopped (Ctrl-C); the questions behind were not asked then.
    """

    study: Study
    comparison: Comparison | None
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False


def problems_of(study: Study) -> Iterator[Problem]:
    """What is wrong with the questions of a study, as far as it shows before anything is simulated.

    Who is compared with whom, and by what, is checked when the file is read.
    """
    for number, question in enumerate(study.file.questions):
        for mistake in question.of.wrong(study.scenario, study.asks[number]):
            yield _problem(study, study.place(number), mistake)


def _problem(study: Study, place: str, mistake: Mistake) -> Problem:
    """A mistake at its place in the file, which calls options as it writes them."""
    text = re.sub(r"--(?=[a-z])", "", mistake.text) if mistake.whole else mistake.text
    parts = [place, mistake.option, "" if mistake.number is None else str(mistake.number)]
    at = ".".join(part for part in parts if part)
    return study.problem(at, text, mistake.allow)


def carry_out(study: Study, lab: Lab, on_question: OnQuestion | None = None) -> Answers:
    """Answers every question of a study; one that fails takes no answer of another with it.

    Args:
        study: what is asked.
        lab: where it is simulated; its store makes a second time fast.
        on_question: called with the number and the kind of each question before its turn.

    Raises:
        ScenarioError: a question cannot be understood (nothing was simulated), or none could be answered.
        KeyboardInterrupt: it was stopped before the first answer; later the answers so far are kept.
    """
    if problems := list(problems_of(study)):
        raise ScenarioError(problems)
    comparison: Comparison | None = None
    findings: list[Finding] = []
    interrupted = False
    for number, question in enumerate(study.file.questions):
        if on_question is not None:
            on_question(number, question.kind)
        try:
            found = question.of.answered(study.scenario, study.asks[number], lab)
            if not isinstance(found, Comparison):
                findings.append(found)
                continue
            interrupted = found.runs.partial
            if found.runs.finished:
                comparison = found
            elif not interrupted:
                problems.append(study.problem(study.place(number), worded("every-failed")))
        except KeyboardInterrupt:
            interrupted = True
        except Exception as error:  # the answers of the other questions must not be lost with it
            if _of_all(error):
                if comparison is None and not findings:
                    raise
                problems.append(study.problem(study.place(number), worded("nothing-after", error=_line(error))))
                break
            problems += _problems(study, number, error)
        if interrupted:
            break
    if comparison is None and not findings:
        if interrupted:
            raise KeyboardInterrupt
        raise ScenarioError(problems)
    return Answers(study, comparison, tuple(findings), tuple(problems), interrupted)


def _problems(study: Study, number: int, error: Exception) -> Iterator[Problem]:
    """What kept a question from being answered, at its place in the file."""
    place = study.place(number)
    if isinstance(error, ScenarioError):  # of a variant that a question makes: the question's place helps more
        for each in error.problems:
            yield replace(
                study.problem(place, joined((Verbatim(each.path), verbatim(each.message)), ": ")), allowed=each.allowed
            )
        return
    yield study.problem(place, _line(error))


def _line(error: Exception) -> str:
    """What an error says; where that is for programmers, with the name of its kind."""
    text = phrase_of(error)
    meant = isinstance(error, (VariationError, ValueError, KeyError, RuntimeError, StoreError))
    return text if meant and text else joined((Verbatim(type(error).__name__), text), ": ")


def _of_all(error: Exception) -> bool:
    """Whether an error concerns every question: the store, the disk, the workers, or the cluster."""
    of_cluster = type(error).__module__.partition(".")[0] in ("distributed", "concurrent", "asyncio")
    return of_cluster or isinstance(error, (OSError, StoreError, OtherModelError, TimeoutError))
