"""Puts an answer to a fixed set of what-ifs: is the one ahead still ahead?

- each choice in which the two differ, made equal: the rival takes what the one ahead does;
- each of the ten inputs that move the difference most, at both ends of its range (a tornado's bars);
- a horizon three times as long;
- the measure with the value of customers and pipeline at the end, and without it.

The years are the same everywhere, so that a what-if is a difference of differences and hardly luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulation.analysis.intervals import PairedDifference
from simulation.analysis.results import Comparison
from simulation.scenario.choices import policies
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import POLICIES
from simulation.scenario.structures import Structure
from simulation.study.compare.at_best import policy_phrase
from simulation.study.compare.what_ifs import Firmness, WhatIf
from simulation.study.lab import Lab
from simulation.study.question import Question, asked, inputs_of, value_of
from simulation.study.sensitivity.tornado import tornado
from simulation.texts import say
from simulation.written.errors import ScenarioError

YEARS = 10
"""Years of each what-if."""
LOOK = 2
"""Years of the first look at every input."""
TOP = 10
"""Inputs whose ends are what-ifs: those that move the difference most."""
LONGER = 3
"""Times the horizon."""
END_VALUE = {"profit": "profit_with_end_value", "profit_with_end_value": "profit"}


def firmness(comparison: Comparison, lab: Lab | None = None, *, years: int = YEARS) -> Firmness | None:
    """How firm the verdict of a comparison is; None where nothing was compared, or the pair stands in two files.

    Args:
        comparison: what was compared.
        lab: where what-ifs are simulated.
        years: of each.

    Raises:
        RuntimeError: too many years failed.
    """
    verdict = comparison.verdict
    if not verdict.rival:
        return None
    best, rival = (comparison.cases[name] for name in (verdict.best, verdict.rival))
    if best.scenario is not rival.scenario:
        return None
    pair = (best.key, rival.key)
    lab = lab or Lab()
    question = asked(
        best.scenario, [rival.key, best.key], baseline=rival.key, measure=comparison.measure, level=comparison.level
    )
    found = [*_choices(question, pair, lab, years), *_inputs(question, lab, years), *_others(question, lab, years)]
    found.sort(key=lambda each: each.difference.mean)
    titles = {best.key: best.title, rival.key: rival.title}
    return Firmness(best.scenario, comparison.measure, *pair, titles, tuple(found), years)


def runs_of(comparison: Comparison) -> int:
    """Runs that the what-ifs of a comparison take, about."""
    if len(comparison.structures) < 2 or len(comparison.scenarios) > 1:
        return 0
    inputs = len(inputs_of(comparison.scenario, comparison.structures[:2]))
    ends = LOOK * (1 + 2 * inputs) + YEARS * (1 + 2 * min(TOP, inputs))
    return 2 * (ends + YEARS * len(POLICIES) + LONGER * max(2, YEARS // LONGER))


def _better_up(question: Question, found: PairedDifference) -> PairedDifference:
    if question.sign > 0:
        return found
    return replace(
        found,
        mean=-found.mean,
        low=-found.high,
        high=-found.low,
        joint_low=-found.joint_high,
        joint_high=-found.joint_low,
    )


def _at(question: Question, scenario: Scenario, lab: Lab, years: int, measure: str = "") -> PairedDifference:
    there = question if not measure else replace(question, terms=replace(question.terms, measure=measure))
    return _better_up(question, question.paired(there.differences(lab, [scenario], range(years))[0]))


def _choices(question: Question, pair: tuple[str, str], lab: Lab, years: int) -> Iterator[WhatIf]:
    """The rival takes a policy of the one ahead that it does not have."""
    scenario = question.scenario
    ahead, rival = (scenario.structures[name] for name in pair)
    lab.what = say("progress-what-ifs")
    for choice, names in POLICIES.items():
        for name in names:
            offered = {each.name: each for each in policies(rival).get(choice, [])}
            if not _has(ahead, choice, name) or name not in offered:
                continue
            settings = {f"structures.{pair[1]}.{path}": value for path, value in offered[name].settings.items()}
            try:
                made = scenario.varied(settings)
            except ScenarioError:
                continue
            words = say("firmness-choice", structure=question.title(pair[1]), policy=policy_phrase(choice, name))
            yield WhatIf("choice", f"{choice}: {name}", words, _at(question, made, lab, years))


def _has(structure: Structure, choice: str, name: str) -> bool:
    """Whether a structure is just so: the policy would change nothing of it, where others would."""
    offered = {choice_: [each.name for each in made] for choice_, made in policies(structure).items()}
    return choice in offered and name not in offered[choice]


def _inputs(question: Question, lab: Lab, years: int) -> Iterator[WhatIf]:
    if not question.inputs:
        return
    found = tornado(question, lab, years, TOP, look=LOOK)
    for bar in found.bars[:TOP]:
        for end in bar.ends:
            what = bar.input.variable
            value = value_of(what, end.value, question.scenario.currency)
            words = say("firmness-input", name=what.title, value=value)
            difference = _better_up(question, end.difference)
            yield WhatIf("input", f"{bar.input.name}={end.value:g}", words, difference, what.title)


def _others(question: Question, lab: Lab, years: int) -> Iterator[WhatIf]:
    scenario = question.scenario
    lab.what = say("progress-what-ifs")
    months = scenario.experiment.months * LONGER
    try:
        longer = scenario.varied({"experiment.months": months})
    except ScenarioError:
        longer = None  # what is dated or drawn does not reach so far
    if longer is not None:
        found = _at(question, longer, lab, max(2, years // LONGER))
        yield WhatIf("horizon", str(months), say("firmness-horizon", months=months), found)
    if (other := END_VALUE.get(question.measure)) is not None:
        words = say("firmness-end-value" if other != "profit" else "firmness-no-end-value")
        yield WhatIf("end_value", other, words, _at(question, scenario, lab, years, other))


__all__ = ["LOOK", "TOP", "YEARS", "firmness"]
