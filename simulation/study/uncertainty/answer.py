"""How sure a choice of structure is when neither the inputs nor the year are known, and which inputs to measure first.

Each sampled point has a value of every uncertain input (Latin hypercube, McKay, Beckman & Conover 1979) and years of
its own, the same ones under every structure; where a table draws inputs together, its rows are the points. What differs
between points is ignorance and chance, what differs between the years of a point is chance alone; what it would be
worth to know inputs follows from both (`worth`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.doubt import parts
from simulation.analysis.intervals import Interval, mean_interval, mean_share_interval
from simulation.scenario.inputs import FEWEST
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Case, Lab
from simulation.study.question import Input, chosen, drawn_inputs, wanted_inputs
from simulation.study.terms import terms
from simulation.study.uncertainty import worth
from simulation.study.uncertainty.finding import Measurement, Uncertainty
from simulation.study.variation import VariationError, varied
from simulation.texts import say, worded

Floats = NDArray[np.float64]

POINTS, POINTS_PER_INPUT = 200, 8
"""Points sampled where nobody says how many: the larger of the one and the other times the inputs."""
YEARS_EACH = 2
"""Years at each."""


def uncertainty(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    inputs: Sequence[str] | None = None,
    samples: int | None = None,
    years_each: int = YEARS_EACH,
    level: float | None = None,
    lab: Lab | None = None,
) -> Uncertainty:
    """How sure a choice is when inputs are uncertain, how much of the doubt is chance, and what to measure first.

    Args:
        scenario: the scenario; its seed decides points and years.
        structures: those to choose among; all when None.
        baseline: stands first, and so wins a tie; as `terms` has it when None.
        measure: that decides; the experiment's when None.
        inputs: names of uncertain inputs, or ``PATH=low:high``; all that have a range when None.
        samples: points of the inputs; 200, or eight an input where that is more, when None. Never more than the rows
            where the scenario draws inputs together.
        years_each: years at each point, at least 2, or the variance could not be divided.
        level: of the intervals; the experiment's when None.
        lab: where it is simulated.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there.
        ValueError: fewer than two structures (``TermsError``), 20 samples or two years (``VariationError`` for inputs).
        ScenarioError: values inside of the ranges contradict each other.
        RuntimeError: too many years failed.
    """
    agreed = terms(scenario, structures, baseline, measure, level=level)
    names, decides, sign, level = agreed.baseline_first, agreed.measure, agreed.sign, agreed.level
    table = scenario.inputs
    every = wanted_inputs(scenario, names, inputs) if table is None else drawn_inputs(scenario)
    if samples is None:
        samples = _usual(len(every))
    if samples < FEWEST:
        raise ValueError(worded("samples-few", samples=samples, fewest=FEWEST))
    if years_each < 2:
        raise ValueError(worded("years-each", years_each=years_each))
    lab = lab or Lab()
    if table is None:
        ranks = latin_hypercube(samples, len(every), scenario.experiment.seed)
        wanted = _sampled(scenario, names, every, ranks, years_each)
    else:
        samples = min(samples, table.rows)
        every = drawn_inputs(scenario, samples)
        every = chosen(scenario, inputs, every) if inputs else every
        if not every:
            raise VariationError(worded("no-input"))
        ranks = np.stack([_ranked(each.drawn) for each in every], axis=1)
        numbers = [range(row, row + years_each * table.rows, table.rows) for row in range(samples)]
        wanted = [([Case(scenario, name) for name in names], each) for each in numbers]
    lab.what = say("uncertainty-progress", inputs=len(every), points=samples)
    lab.leader = ""
    lab.simulate(wanted, [decides])
    values = np.stack([lab.measure(cases, numbers, [decides])[:, :, 0].T for cases, numbers in wanted])
    whole = np.isfinite(values).all(axis=(1, 2))
    if whole.sum() < FEWEST:
        raise RuntimeError(worded("points-no-value", sum=whole.sum(), samples=samples, decides=decides))
    ranks, values = ranks[whole], values[whole]
    gains = sign * values
    best = int(gains.mean(axis=(0, 1)).argmax())
    ahead = np.delete(gains[:, :, [best]] - gains, best, axis=2)  # best less each other one
    others = [name for n, name in enumerate(names) if n != best]
    sure = [worth.certainty(ahead[:, :, n]) for n in range(len(others))]
    nearest = int(np.argmin(sure))
    ahead = np.concatenate([ahead[:, :, [nearest]], np.delete(ahead, nearest, axis=2)], axis=2)
    means = ahead[:, :, 0].mean(axis=1)
    seed = scenario.experiment.seed
    everything = worth.of_everything(ahead, level, seed)
    found = worth.of_each(ranks, ahead, everything, level, seed, joint=table is not None)
    measurements = [
        Measurement(each, k.worth, k.fall, k.explains, k.doubt, k.doubt < 1 - level and k.worth.low > 0)
        for each, k in zip(every, found, strict=True)
    ]
    return Uncertainty(
        scenario=scenario,
        structures=names,
        measure=decides,
        level=level,
        best=names[best],
        rival=others[nearest],
        difference=picked_interval(sign * means, level, len(names)),
        certainty=max(0.0, 1.0 - sum(1.0 - each for each in sure)),
        years_better=mean_share_interval((ahead[:, :, 0] > 0).mean(axis=1), level),
        doubt=parts(ahead[:, :, 0], level, seed),
        everything=everything,
        measurements=tuple(sorted(measurements, key=lambda m: (m.shown, m.worth.value, -m.doubt), reverse=True)),
        inputs=every,
        ranks=ranks,
        values=values,
        left_out=int((~whole).sum()),
    )


def measurements(finding: Uncertainty) -> tuple[tuple[Input, float], ...]:
    """The measurements that the owner should take first, and what each is worth in the unit of the measure."""
    return tuple((each.input, each.worth.value) for each in finding.named)


def points_of(
    scenario: Scenario, structures: Sequence[str], inputs: Sequence[str] | None = None, samples: int | None = None
) -> int:
    """Points that `uncertainty` samples; arguments as there."""
    if scenario.inputs is None:
        return _usual(len(wanted_inputs(scenario, structures, inputs))) if samples is None else samples
    usual = _usual(len(drawn_inputs(scenario))) if samples is None else samples
    return min(usual, scenario.inputs.rows)


def _usual(inputs: int) -> int:
    return max(POINTS, POINTS_PER_INPUT * inputs)


def picked_interval(differences: Floats, level: float, structures: int) -> Interval:
    """Mean difference of a pair of structures that was picked by looking at the same means, with its interval.

    The best of several by their means looks better than it is. So the interval is joint over all pairs that could have
    been picked (Bonferroni; simultaneous intervals hold after any selection among them: Berk et al. 2013, Ann. Statist.
    41). Of two structures there is one pair, and whose name stands first changes nothing.

    Args:
        differences: of the pair, one a point.
        level: of the interval.
        structures: among which was chosen.
    """
    pairs = structures * (structures - 1) // 2
    return mean_interval(differences, 1.0 - (1.0 - level) / pairs)


def latin_hypercube(points: int, inputs: int, seed: int) -> Floats:
    """Ranks between 0 and 1, each input's in every one of as many equal strata as there are points."""
    rng = np.random.default_rng([seed, 0x1A71])
    strata = rng.permuted(np.tile(np.arange(points)[:, None], (1, inputs)), axis=0)
    found: Floats = (strata + rng.random((points, inputs))) / points
    return found


def _ranked(values: Sequence[float]) -> Floats:
    """Ranks of values between 0 and 1; equal ones share theirs."""
    from scipy.stats import rankdata

    found: Floats = (rankdata(values) - 0.5) / len(values)
    return found


Wanted = list[tuple[list[Case], range]]


def _sampled(
    scenario: Scenario, names: tuple[str, ...], inputs: tuple[Input, ...], ranks: Floats, years_each: int
) -> Wanted:
    """Structures with the inputs at each point, and their years; no two points have a year in common."""
    sampled = np.stack([each.quantile(ranks[:, n]) for n, each in enumerate(inputs)], axis=1)
    wanted = []
    for n, point in enumerate(sampled):
        settings = {each.variable: float(value) for each, value in zip(inputs, point, strict=True)}
        made = varied(scenario, settings)
        wanted.append(([Case(made, name) for name in names], range(n * years_each, (n + 1) * years_each)))
    return wanted
