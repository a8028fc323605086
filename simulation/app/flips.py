"""What is worked out while nobody asks for anything: where the answer flips, and whether last year comes out.

Runs in a process of its own. Years are few: the marks say 'about', and the question `threshold` says how exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.app.asking import laboratory
from simulation.app.mark import Mark
from simulation.app.worker_process import Desk
from simulation.study.question import Question, asked
from simulation.study.sensitivity.tornado import Bar, tornado
from simulation.study.variation import varied
from simulation.texts import Phrase

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.lab import Lab

LOOK, YEARS, TOP = 2, 12, 5
"""Years of the first look at every input, of the ones that matter most, and how many these are."""
HALVINGS = 3
"""Times that the place of a flip is looked for between two values."""


def flips(desk: Desk, scenario: Scenario) -> tuple[Mark, ...]:
    """Where the answer flips, for the inputs that move the difference most.

    Args:
        desk: of the task; what is known is said as soon as it is.
        scenario: what is looked at; of more than two structures the best two.

    Raises:
        CalledOffError: nobody wants it any more.
        RuntimeError: too many years failed.
    """
    lab = laboratory(desk)
    question = asked(scenario, _best_two(desk, scenario))
    found = tornado(question, lab, YEARS, TOP, look=LOOK)
    marks: list[Mark] = []
    for bar in found.bars[:TOP]:
        marks.append(_mark(question, lab, bar, found.base.mean))
        desk.say("partial", tuple(marks))
    return tuple(marks)


def _best_two(desk: Desk, scenario: Scenario) -> list[str]:
    names = list(scenario.structures)
    if len(names) == 2:
        return names
    from simulation.study.lab import Case

    measure = scenario.experiment.measure
    values = laboratory(desk).measure([Case(scenario, name) for name in names], range(YEARS), [measure])
    means = values[:, :, 0].mean(axis=1)
    best = sorted(range(len(names)), key=lambda n: -means[n])[:2]
    return [names[n] for n in sorted(best)]


def _mark(question: Question, lab: Lab, bar: Bar, base: float) -> Mark:
    """The mark of an input: the flip nearest to where it stands now."""
    what = bar.input.variable
    ahead = question.winner(base)
    rival = question.other if ahead == question.baseline else question.baseline
    places = []
    for end in bar.ends:
        if end.difference.mean * base < 0:
            places.append(_between(question, lab, bar, (what.current, base), (end.value, end.difference.mean)))
    at = min(places, key=lambda value: abs(value - what.current), default=None)
    titles = question.title(ahead), question.title(rival)
    return Mark(what.name, what.title, what.current, bar.low.value, bar.high.value, at, *titles)


def _between(question: Question, lab: Lab, bar: Bar, here: tuple[float, float], there: tuple[float, float]) -> float:
    """Where the difference is nothing between two values at which its sign is another (Illinois' regula falsi)."""
    what = bar.input.variable
    (a, fa), (b, fb) = here, there
    x = a
    for _ in range(HALVINGS):
        x = what.rounded(b - fb * (b - a) / (fb - fa))
        if x in (a, b):
            break
        made = varied(question.scenario, {what: x})
        fx = float(question.differences(lab, [made], range(YEARS))[0].mean())
        if fx * fb < 0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = x, fx
        if fx == 0 or fa == fb:
            break
    return x


def last_year(desk: Desk, scenario: Scenario) -> tuple[bool, tuple[Phrase, ...]]:
    """Whether last year comes out of the description, in words.

    Raises:
        CalledOffError: nobody wants it any more.
        RuntimeError: it cannot be asked.
    """
    from simulation.study.history import HISTORY

    question = HISTORY.ask({"replications": YEARS * 2})
    if mistakes := HISTORY.mistakes(scenario, question):
        raise RuntimeError(mistakes[0].text)
    found = HISTORY.answered(scenario, question, laboratory(desk))
    return bool(found.check.fits), tuple(found.sentences)
