"""A study as a file, which scenario, what to vary, what to report, to be done again a year later; and carried out.

The file is read as a scenario is: unknown keys are refused, and every mistake has its file, line and path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, create_model, model_validator

from simulation.analysis.comparison import Comparison
from simulation.analysis.executor import OtherModelError
from simulation.analysis.unknown import TermsError
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.store import StoreError
from simulation.study.compare.searching import depth_of, searched
from simulation.study.kind import Asked, Finding, Kind, Mistake, Names, Option
from simulation.study.kinds import KINDS
from simulation.study.variation import VariationError
from simulation.texts import Verbatim, joined, phrase_of, say, texts, verbatim, worded
from simulation.written import source
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError, Problem, ScenarioError
from simulation.written.problems import in_order, problem_at
from simulation.written.schema import Slot
from simulation.written.spelling import nearest
from simulation.written.tree import Node
from simulation.written.validating import filled, validated

if TYPE_CHECKING:
    from simulation.study.compare.best import AtBest
    from simulation.study.lab import Lab
    from simulation.texts import Phrase


QUESTIONS = tuple(kind.name for kind in KINDS)
_OF_ALL = ("structures", "baseline", "measure")
"""What a study says at its top for every question that does not."""


def _block(kind: Kind) -> type[Block]:
    """The keys of a kind's question."""
    keys = {each.name: _key(each) for each in kind.every if each.place != "command"}
    doc = f"{kind.asks[:-1]}, as `{kind.command}`."
    return create_model(f"{kind.name.title().replace('_', '')}Asked", __base__=Block, __doc__=doc, **keys)


def _key(option: Option) -> Any:
    """The type of an option's key and the key."""
    if option.required:
        return option.type, required(say(option.help))
    help_ = texts("en")(option.help)
    help_ = f"{help_.rstrip('.')}; the study's when empty." if option.name in _OF_ALL else help_
    if option.type == Names:
        return option.type, key((), help_)
    if option.type is str:
        return str, key(option.default or "", help_)
    kind = option.type
    if option.choices:
        kind = Annotated[kind, BeforeValidator(partial(_among, option))]
    if option.least is not None:
        kind = Annotated[kind, Field(ge=option.least, le=option.most)]
    return (kind | None if option.default is None else kind), key(option.default, help_)


def _among(option: Option, value: Any) -> Any:
    """A value of a list, said to be wrong as everywhere."""
    try:
        return option.among(value)
    except TermsError as error:
        raise MisfitError(Misfit("", error.reason, value, error.listed, error.suggestion)) from None


class Question(Block):
    """One question: exactly one of the keys."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        asked = [name for name in QUESTIONS if getattr(self, name) is not None]
        if len(asked) != 1:
            names = ", ".join(QUESTIONS)
            if not asked:
                raise ValueError(worded("question-none", names=names))
            raise ValueError(worded("question-several", names=names, found=[f"`{name}`" for name in asked]))
        return self

    @property
    def kind(self) -> str:
        """Which of the questions it is."""
        return self.of.name

    @property
    def of(self) -> Kind:
        """Its kind of study."""
        return next(kind for kind in KINDS if getattr(self, kind.name) is not None)

    @property
    def asked(self) -> Any:
        """What stands under its key."""
        return getattr(self, self.kind)


if TYPE_CHECKING:
    Asking = Question
else:
    Asking = create_model(
        "Asking", __base__=Question, **{kind.name: (_block(kind) | None, key(None, kind.asks)) for kind in KINDS}
    )
"""A question with a key for each kind."""


class Report(Block):
    """What is written."""

    folder: str = key("", "Folder of the results, from where the program is started; none when empty.")
    language: Literal["en", "ru"] | None = key(
        None, "Language of the page and the charts; null: the scenario's locale."
    )
    charts: bool = key(False, "Whether every chart of the comparison is written as PNG and SVG too.")


class StudyFile(Block):
    """A study."""

    version: Literal[1] = required("Version of the format of studies.")
    title: str = key("", "Title of the study.")
    description: str = key("", "What it is about.")
    scenario: str = required("The scenario's file, relative to this one.")
    set: dict[str, Any] = key({}, "Values at dotted paths of the scenario that differ in this study.")
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = key(None, "Seed of all luck; null: the scenario's.")
    months: Annotated[int, Field(ge=1, le=240)] | None = key(None, "Months to simulate; null: the scenario's.")
    structures: Names = key((), "Structures that the study is about; all when empty.")
    baseline: str = key(
        "", "The structure that others are compared with, in questions about it; the scenario's when empty."
    )
    measure: str = key("", "The measure that decides; the scenario's when empty.")
    questions: tuple[Asking, ...] = required("What is asked, in the order of the report.")
    report: Report = key({}, "What is written.")


@dataclass(frozen=True)
class Study:
    """A study that can be carried out.

    Attributes:
        file: what the file says.
        scenario: its scenario, with the study's values in it.
        path: of the file, as named.
        tree: the file with the line of each value.
    """

    file: StudyFile
    scenario: Scenario
    path: str
    tree: Node

    def place(self, number: int) -> str:
        """Dotted path of a question."""
        return f"questions.{number}.{self.file.questions[number].kind}"

    def shared(self, question: Question) -> dict[str, Any]:
        """Who is compared with whom, by what and how sure, as a question has it: its own words, else the study's.

        The study's baseline, like the scenario's, holds for questions about it: one that names other structures does
        without (a best split, which keeps the baseline's payroll, never does).
        """
        file, asked = (
            self.file,
            {"structures": (), "baseline": "", "measure": "", "level": None, **dict(question.asked)},
        )
        others = asked["structures"] and file.baseline not in asked["structures"] and not question.of.apart
        return {
            "structures": list(asked["structures"] or file.structures) or None,
            "baseline": asked["baseline"] or ("" if others else file.baseline) or None,
            "measure": asked["measure"] or file.measure or None,
            "level": asked["level"],
        }

    @cached_property
    def asks(self) -> tuple[Asked, ...]:
        """What its questions ask, each with the study's words where it has none of its own."""
        return tuple(each.of.ask({**dict(each.asked), **self.shared(each)}) for each in self.file.questions)

    def problem(self, path: str, message: str, allow: str = "", suggestion: str = "") -> Problem:
        """What is wrong at a path of the file, with its line."""
        return problem_at(self.tree, path, message, None, allow, suggestion)


def load_study(path: str | os.PathLike[str]) -> Study:
    """Reads a study and its scenario.

    Raises:
        ScenarioError: with every mistake found, in either file.
    """
    tree, _ = source.read_file(path)
    tree, file = validated(filled(tree, Slot(StudyFile)), StudyFile, {"hours_per_day": 8.0})
    named = Path(path).parent / file.scenario
    if not named.is_file():
        near = (
            nearest(named.name, [each.name for each in named.parent.glob("*.yaml")]) if named.parent.is_dir() else None
        )
        hint = str(Path(file.scenario).parent / near) if near else ""
        message = worded("study-no-scenario", scenario=repr(file.scenario))
        raise ScenarioError(problem_at(tree, "scenario", message, file.scenario, "", hint))
    scenario = load(named)
    experiment = {"experiment.seed": file.seed, "experiment.months": file.months}
    values = dict(file.set) | {name: value for name, value in experiment.items() if value is not None}
    try:
        scenario = scenario.replace(values) if values else scenario
    except ScenarioError as error:
        raise ScenarioError(_of_the_study(tree, error)) from None
    study = Study(file, scenario, os.fspath(path), tree)
    if problems := list(_names(study)):
        raise ScenarioError(in_order(problems))
    return study


def _of_the_study(tree: Node, error: ScenarioError) -> Iterator[Problem]:
    """Problems of values that the study sets, with their lines in it."""
    for each in error.problems:
        at = next((name for name in ("seed", "months") if each.path == f"experiment.{name}"), f"set.{each.path}")
        place = problem_at(tree, at if tree.get(at) is not None else "set", "")
        yield Problem(place.file, place.line, at, each.message, each.value, each.allowed, each.suggestion)


def _names(study: Study) -> Iterator[Problem]:
    """Names that the scenario does not have, questions that compare nothing; each is told once."""
    if not study.file.questions:
        yield study.problem(
            "questions", worded("nothing-asked"), worded("allowed-questions", questions=", ".join(QUESTIONS))
        )
    told = set()
    for number, question in enumerate(study.file.questions):
        try:
            question.of.agreed(study.scenario, study.asks[number])
        except TermsError as error:
            place = _place(study, number, error)
            if place not in told:
                told.add(place)
                yield study.problem(place, error.reason, error.listed, error.suggestion)


def _place(study: Study, number: int, error: TermsError) -> str:
    """Where it stands what is wrong with a question: in its own keys, else in the study's, else the question."""
    word = "structures" if error.term == "structure" else error.term
    asked = study.file.questions[number].asked
    for names, place in ((asked, f"{study.place(number)}.{word}"), (study.file, word)):
        given = getattr(names, word, None)
        if given:
            listed = isinstance(given, tuple) and error.name in given
            return f"{place}.{given.index(error.name)}" if listed else place
    return study.place(number)


OnQuestion = Callable[[int, str], None]


@dataclass(frozen=True)
class Answers:
    """What a study found.

    Attributes:
        study: the study.
        comparison: the comparison, where one was asked for (the last one).
        findings: what the other questions found, in their order.
        best: each structure of the comparison at its best, where that was looked for.
        problems: of the questions that could not be answered, each with its place in the file.
        interrupted: whether it was stopped (Ctrl-C); the questions behind were not asked then.
    """

    study: Study
    comparison: Comparison | None
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False
    best: AtBest | None = None


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


def carry_out(
    study: Study, lab: Lab, on_question: OnQuestion | None = None, tell: Callable[[Phrase], None] | None = None
) -> Answers:
    """Answers every question of a study; one that fails takes no answer of another with it.

    Args:
        study: what is asked.
        lab: where it is simulated; its store makes a second time fast.
        on_question: called with the number and the kind of each question before its turn.
        tell: is told what else takes time, in words.

    Raises:
        ScenarioError: a question cannot be understood (nothing was simulated), or none could be answered.
        KeyboardInterrupt: it was stopped before the first answer; later the answers so far are kept.
    """
    if problems := list(problems_of(study)):
        raise ScenarioError(problems)
    comparison: Comparison | None = None
    best: AtBest | None = None
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
                comparison, best = found, None
                best = searched(found, depth_of(study.asks[number].search), lab, tell or (lambda _: None))
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
    return Answers(study, comparison, tuple(findings), tuple(problems), interrupted, best)


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
