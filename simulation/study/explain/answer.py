"""Why: the difference between two structures divided among the mechanisms by which structures differ.

The players of a Shapley value are the mechanisms at work and the choices in which the structures differ (`players`);
what a coalition is worth is the difference between the two structures when those of the coalition are as written and
the others neutral or made equal, in the same possible years. So a part is what a mechanism adds to the difference, on
average over all orders in which mechanisms can be switched on, and the parts and what is left when all are neutral add
up to the whole (Shapley 1953; Song, Nelson & Staum 2016 for simulation). The team comes first in every order: from one
pooled team to roles and seats, without which there is nobody to hand on to. How many people there are is held as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.precision import Precision
from simulation.scenario.scenario import Scenario
from simulation.study.best_split.selection import SelectionError
from simulation.study.compare.at_best import best_heads
from simulation.study.explain.finding import LEFT, MOST_NAMED, Bar, Explanation, bar
from simulation.study.explain.players import PLAYERS, TEAM, Variants, at_work
from simulation.study.explain.shapley import Asked, Floats, Parts, decompose
from simulation.study.lab import Case, Lab
from simulation.study.terms import terms
from simulation.study.variation import VariationError
from simulation.texts import Phrase, phrase_of, say, worded
from simulation.written.errors import ScenarioError

if TYPE_CHECKING:
    from simulation.study.uncertainty.finding import Uncertainty

MOST = 64
"""Years at the most, where nobody says otherwise: with 16 reasons 34 runs each."""
NARROW = Precision(share=0.25)
"""Half-widths beside the largest bar at which to stop, where nobody says otherwise."""


def explain(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    precision: Precision | None = None,
    level: float | None = None,
    measurements: bool = True,
    lab: Lab | None = None,
) -> Explanation:
    """Divides the difference between two structures among mechanisms.

    Args:
        scenario: the scenario, its seed in it.
        structures: two of its structures; needed where it has more. Structures, baseline, measure and level are
            resolved by `terms`, as everywhere.
        baseline: what the other one is compared with.
        measure: what to explain; the one that decides when None.
        replications: possible years at the most; just so many where no precision is asked for. One more is played where
            it is odd and orders are sampled.
        precision: how narrow the joint intervals of the bars must be: a share of the largest bar, or an amount.
            Without it and without replications, a quarter of the largest bar or 64 years, whichever comes first.
        level: level of the intervals; the scenario's when None.
        measurements: whether to ask which inputs should be measured first, which takes more runs.
        lab: where to simulate; one of its own when None.

    Returns:
        The explanation; its bars and what is left add up to the difference.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there.
        TermsError: the structures are not two.
        RuntimeError: no year gave a value under all settings.
    """
    agreed = terms(scenario, structures, baseline, measure, level=level, pair=True, plan_met=False)
    (first, second), name, sure = agreed.pair, agreed.measure, agreed.level
    work = lab or Lab()
    players = at_work(scenario, (first, second), _best_heads(scenario, (first, second), name, work))
    variants = Variants(scenario, players, (first, second))
    asked_for: set[Asked] = set()
    simulated = work.simulated
    family = len(players) + 1  # the bars and what is left, read together

    def worth(asked: Sequence[Asked]) -> Floats:
        asked_for.update(asked)
        values = _values(work, variants, (first, second), name, asked)
        result: Floats = values[:, 1] - values[:, 0]
        return result

    wanted = precision if precision is not None or replications is not None else NARROW
    narrow = None if wanted is None else partial(_narrow, wanted=wanted, level=sure, family=family)
    work.what = say("progress-explain", first=first, second=second, players=len(players))
    years = replications or (MOST if precision is None else precision.most)
    leads = TEAM in players
    found = decompose(worth, len(players), years, leads=leads, seed=scenario.experiment.seed, enough=narrow)
    if not len(found.whole):
        raise RuntimeError(worded("explain-no-value", name=name))
    bars = [bar(each.key, found.parts[:, n], sure, family) for n, each in enumerate(players)]
    full = (1 << len(players)) - 1
    played = [number for block in found.years for number in block]
    means = _values(work, variants, (first, second), name, [(full, number) for number in played])
    bars.sort(key=lambda each: -abs(each.mean))
    alone: list[Bar] = []
    for each in [each for each in bars if each.told and each.key != TEAM.key][:MOST_NAMED]:
        rest = full ^ 1 << [player.key for player in players].index(each.key)
        without = worth([(rest, number) for number in played])
        alone.append(bar(each.key, means[:, 1] - means[:, 0] - without, sure, 1))
    runs, made = 2 * len(asked_for), work.simulated - simulated
    uncertain, first_words = _first(scenario, (first, second), name, sure, work) if measurements else (None, ())
    return Explanation(
        scenario=scenario,
        structures=(first, second),
        measure=name,
        level=sure,
        bars=tuple(bars),
        left=bar(LEFT, found.none, sure, family),
        whole=bar("whole", means[:, 1] - means[:, 0], sure, 1),  # by year, as everybody who compares
        means=(float(means[:, 0].mean()), float(means[:, 1].mean())),
        idle=tuple(each for each in PLAYERS if each.key not in {player.key for player in players}),
        alone=tuple(alone),
        parts=found,
        players=players,
        runs=runs,
        simulated=made,
        reached=None if narrow is None or precision is None else narrow(found),
        measurements=uncertain,
        first=first_words,
    )


def _best_heads(scenario: Scenario, pair: tuple[str, str], measure: str, lab: Lab) -> dict[str, dict[str, int]]:
    """The best split of each structure; as it is drawn where years give no value to choose by."""
    try:
        return {name: best_heads(scenario, name, measure, lab) for name in pair}
    except SelectionError:
        return {}


def _first(
    scenario: Scenario, pair: tuple[str, str], measure: str, level: float, lab: Lab
) -> tuple[Uncertainty | None, tuple[Phrase, ...]]:
    """What is uncertain, and which inputs to measure first; where that cannot be found out, why."""
    from simulation.study.uncertainty.answer import uncertainty

    try:
        found = uncertainty(scenario, structures=pair, baseline=pair[0], measure=measure, level=level, lab=lab)
    except (ScenarioError, VariationError, RuntimeError) as error:  # what was explained stays explained
        return None, (say("explain-no-measurements", reason=phrase_of(error)),)
    said = [each for each in found.sentences if getattr(each, "key", "") in _ON_MEASURING]
    if not found.named:
        nearest = [each.input.variable.title for each in found.measurements[:MOST_NAMED]]
        said.append(say("explain-measure-perhaps", names=nearest))
    return found, tuple(said)


_ON_MEASURING = ("uncertainty-verdict", "uncertainty-open", "uncertainty-measure", "uncertainty-nothing")
"""What a finding on uncertain inputs says that belongs here: how sure the choice is, and what to measure."""


def _values(lab: Lab, variants: Variants, names: tuple[str, str], measure: str, asked: Sequence[Asked]) -> Floats:
    """The measure of both structures for each coalition and year, shape (asked, 2); all simulated at one go."""
    years: dict[int, list[int]] = {}
    for mask, year in asked:
        years.setdefault(mask, []).append(year)
    wanted = [([Case(variants[mask], name) for name in names], numbers) for mask, numbers in years.items()]
    lab.simulate(wanted, [measure])
    known: dict[Asked, Floats] = {}
    for mask, (cases, numbers) in zip(years, wanted, strict=True):
        values = lab.measure(cases, numbers, [measure])[:, :, 0]
        known |= {(mask, number): values[:, n] for n, number in enumerate(numbers)}
    return np.array([known[each] for each in asked])


def _narrow(found: Parts, wanted: Precision, level: float, family: int) -> bool:
    """Whether every joint half-width is at most the target beside the largest bar."""
    if len(found.whole) < 2:
        return False
    bars: list[Bar] = [bar(LEFT, values, level, family) for values in found.bars.T]
    target = wanted.target(max(abs(each.mean) for each in bars))
    return all(each.half_width <= target for each in bars)
