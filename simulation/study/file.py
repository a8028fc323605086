"""A study as a file: which scenario, what to vary, what to report; so that it can be done again a year later.

The file is read as a scenario is: unknown keys are refused, and every mistake has its file, line and path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from simulation.analysis.against import baseline_of, measure_of
from simulation.analysis.cases import cases_of
from simulation.analysis.unknown import TermsError
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.study.lab import PLAN_MET
from simulation.study.terms import terms
from simulation.written import source
from simulation.written.base import Block, key, required
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import in_order, problem_at
from simulation.written.schema import Slot
from simulation.written.spelling import nearest
from simulation.written.tree import Node
from simulation.written.validating import filled, validated

_SAME = "; the study's when empty"
Names = tuple[str, ...]
Replications = Annotated[int, Field(ge=1, le=1_000_000)]
Level = Annotated[float, Field(gt=0.5, lt=1)]


class _Asked(Block):
    """What every question may have of its own."""

    structures: Names = key((), f"Structures that it is about{_SAME}.")
    baseline: str = key("", f"The structure that others are compared with{_SAME}.")
    measure: str = key("", f"The measure that decides{_SAME}.")
    replications: Replications | None = key(None, "Replications, or the most of them; null: as the command has it.")
    level: Level | None = key(None, "Level of the intervals, or how sure a winner has to be; null: the scenario's.")


class Compare(_Asked):
    """The comparison itself, with everything that `compare` reports."""

    precision: str = key("", "Half-width that is narrow enough, such as 2 % or 50 k, in place of a number.")


class BestSplitOf(_Asked):
    """The best split of each structure, as `optimise`."""

    heads: Annotated[int, Field(ge=1)] | None = key(None, "People who sell and serve.")
    payroll: str | float | None = key(None, "Budgeted payroll a year, at most.")
    constraints: Names = key((), "Such as plan_met>=0.8.")
    level: Level | None = key(0.95, "Probability of a correct selection.")
    indifference: str | float | None = key(None, "Difference that does not matter, money.")


class SweepOf(_Asked):
    """A measure over values, as `sweep`."""

    vary: Names = required("PATH=low:high:points, one for each variable.")
    design: Literal["grid", "lhs", "sobol"] = key("grid", "How the points lie.")
    points: Annotated[int, Field(ge=2, le=5_000)] | None = key(None, "Points of a design that is no grid.")
    precision: str = key("", "Half-width that is narrow enough at every point, such as 2 % or 50 k.")


class SensitivityOf(_Asked):
    """What the answer hangs on, as `sensitivity`."""

    method: Literal["tornado", "morris", "sobol"] = key("tornado", "How it is found.")
    inputs: Names = key((), "NAME or NAME=low:high; every input with a range when empty.")
    points: Annotated[int, Field(ge=2, le=10_000)] | None = key(None, "Size of a Morris or Sobol design.")


class ThresholdOf(_Asked):
    """The value at which the better structure changes, as `threshold`."""

    of: str = required("PATH, or PATH=low:high.")


class MapOf(_Asked):
    """The winner over two values, as `map`."""

    x: str = required("PATH=low:high:points along.")
    y: str = required("PATH=low:high:points upwards.")
    resplit: bool = key(False, "Whether every structure has its best split in each cell.")


class ExplainOf(_Asked):
    """Why: the difference divided among the mechanisms, as `explain`."""

    measurements: bool = key(True, "Whether the measurements worth taking first are named.")


class UncertaintyOf(_Asked):
    """The verdict over the ranges of the inputs, as `compare --uncertain`."""

    samples: Annotated[int, Field(ge=10, le=100_000)] | None = key(None, "Points sampled from the ranges.")


QUESTIONS = ("compare", "optimise", "sweep", "sensitivity", "threshold", "map", "explain", "uncertainty")


class Question(Block):
    """One question: exactly one of the keys."""

    compare: Compare | None = key(None, "Which structure is better.")
    optimise: BestSplitOf | None = key(None, "Which split is best.")
    sweep: SweepOf | None = key(None, "How the answer moves with values.")
    sensitivity: SensitivityOf | None = key(None, "What the answer hangs on.")
    threshold: ThresholdOf | None = key(None, "Where the answer flips.")
    map: MapOf | None = key(None, "Who wins where, over two values.")
    explain: ExplainOf | None = key(None, "Why one is ahead.")
    uncertainty: UncertaintyOf | None = key(None, "How sure it is over the ranges of the inputs.")

    @model_validator(mode="after")
    def _one(self) -> Question:
        asked = [name for name in QUESTIONS if getattr(self, name) is not None]
        if len(asked) != 1:
            found = " and ".join(f"`{name}`" for name in asked) or "none"
            raise ValueError(f"a question is exactly one of {', '.join(QUESTIONS)}; here is {found}")
        return self

    @property
    def kind(self) -> str:
        """Which of the questions it is."""
        return next(name for name in QUESTIONS if getattr(self, name) is not None)

    @property
    def asked(self) -> Any:
        """What stands under its key."""
        return getattr(self, self.kind)


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
        "",
        "The structure that others are compared with, in questions about it; the scenario's when empty.",
    )
    measure: str = key("", "The measure that decides; the scenario's when empty.")
    questions: tuple[Question, ...] = required("What is asked, in the order of the report.")
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
        asked, file = question.asked, self.file
        without = asked.structures and file.baseline not in asked.structures and question.kind != "optimise"
        return {
            "structures": list(asked.structures or file.structures) or None,
            "baseline": asked.baseline or ("" if without else file.baseline) or None,
            "measure": asked.measure or file.measure or None,
            "level": asked.level,
        }

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
        message = f"there is no scenario {file.scenario!r} beside this file"
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
        yield study.problem("questions", "nothing is asked", f"one or more of {', '.join(QUESTIONS)}")
    told = set()
    for number, question in enumerate(study.file.questions):
        try:
            _agreed(study, question)
        except TermsError as error:
            place = _place(study, number, error)
            if place not in told:
                told.add(place)
                yield study.problem(place, error.reason, error.listed, error.suggestion)


def _agreed(study: Study, question: Question) -> None:
    """Looks whether a question can be asked.

    Raises:
        TermsError: it compares nothing, or names what is not there.
    """
    shared = study.shared(question)
    if question.kind == "optimise":
        every = cases_of({"": study.scenario}, None)
        cases = cases_of({"": study.scenario}, shared["structures"])
        baseline_of(every, None, shared["baseline"])
        measure_of(cases, shared["measure"], (PLAN_MET,))
        return
    pair = question.kind in ("sensitivity", "threshold", "explain")
    terms(study.scenario, **shared, pair=pair, plan_met=question.kind not in ("compare", "explain"))


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
