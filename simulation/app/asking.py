"""Questions of the page, answered by the kinds of study that there are. Runs in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.analysis.unknown import TermsError
from simulation.app.worker_process import Desk
from simulation.study.kind import Asked, Kind
from simulation.study.kinds import KINDS
from simulation.study.lab import Lab, Step, years_of
from simulation.texts import joined, say, texts

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

OFTEN = 0.2
"""Seconds between two words about how far it is."""
SMALLER: dict[str, dict[str, Any]] = {
    "sensitivity": {"replications": 12, "top": 8},
    "explain": {"replications": 16, "measurements": False},
    "threshold": {"replications": 60},
}
"""Options that make a question short enough to wait for, where nobody chose any."""


class Watch:
    """Tells how far a study is, and ends it where somebody wants that."""

    def __init__(self, desk: Desk) -> None:
        """Nothing has been told."""
        self._desk = desk
        self._told = 0.0

    def __call__(self, step: Step) -> None:
        """A replication is finished."""
        self._desk.look()
        now = time.monotonic()
        if now - self._told >= OFTEN or step.done == step.total:
            self._told = now
            self._desk.say("step", (step.what, step.done, step.total))


def laboratory(desk: Desk) -> Lab:
    """A laboratory that can be called off between two years."""
    return Lab(jobs=1, store=desk.store, watch=Watch(desk))


def answer(desk: Desk, scenario: Scenario, kind: str, given: Mapping[str, str], language: str) -> str:
    """The answer to a question, as HTML of a part of the page.

    Args:
        desk: of the task.
        scenario: what is asked about.
        kind: name of a kind of study.
        given: 'of' and 'structures' of the form, where it has them.
        language: to answer in.

    Raises:
        RuntimeError: it cannot be asked, or nothing came out.
        CalledOffError: nobody wants it any more.
    """
    from simulation.app.blocks import html_of
    from simulation.report.findings import showing
    from simulation.report.plot.style import PHONE, drawn_for

    asks, asked = question(scenario, kind, given)
    mistakes = asks.mistakes(scenario, asked)
    if mistakes:
        raise RuntimeError(joined([each.text for each in mistakes], "; "))
    found = asks.answered(scenario, asked, laboratory(desk))
    with drawn_for(PHONE):
        part = showing(found).part(found, texts(language))
    return html_of(part, texts(language))


def at_their_best(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> str:
    """Each structure at its best against the others at theirs, as `compare` answers it; arguments as `answer`.

    Raises:
        RuntimeError: there is but one structure, or every year failed.
        CalledOffError: nobody wants it any more.
    """
    from simulation.analysis.comparison import compare
    from simulation.app.blocks import html_of
    from simulation.report.answer import answer_of
    from simulation.report.page.blocks import Bullets, Part, Words
    from simulation.study.compare.at_best import at_best

    t, lab = texts(language), laboratory(desk)
    try:
        drawn = years_of(lab.whole(say("progress-compare"), compare, scenario))
    except TermsError as error:
        raise RuntimeError(error.phrase) from None
    found = answer_of(drawn, at_best(drawn, "quick", lab))
    part = Part("best", t.again(found.title), [Words(t.again(found.headline), "lead"), Words(t.again(found.sure))])
    part.blocks.append(Words(t.again(found.next)))
    costs = [t.again(each) for each in (*found.costs, *([found.drawn] if found.drawn is not None else ()))]
    if costs:
        part.blocks.append(Bullets(costs))
    return html_of(part, t)


def question(scenario: Scenario, kind: str, given: Mapping[str, str]) -> tuple[Kind, Asked]:
    """A kind of study, and the question as the form has it."""
    asks = next(each for each in KINDS if each.name == kind)
    known = {each.name for each in asks.every}
    options: dict[str, Any] = {name: value for name, value in SMALLER.get(kind, {}).items() if name in known}
    if given.get("of") and "of" in known:
        options["of"] = given["of"]
    if asks.pair:
        options["structures"] = list(scenario.structures)[:2]
    return asks, asks.ask(options)
