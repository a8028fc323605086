"""What the answer hangs on: how the difference between two structures moves with the uncertain inputs.

Three methods, from the cheapest to the dearest: `tornado` moves one input at a time, `morris` ranks inputs by
elementary effects all over the ranges, `sobol` divides the variance of the difference among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from simulation.analysis.unknown import one_of
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab
from simulation.study.question import asked
from simulation.study.sensitivity import ranges
from simulation.study.sensitivity import tornado as ends
from simulation.study.sensitivity.ranges import Morris, Sobol, morris, sobol
from simulation.study.sensitivity.tornado import Tornado, tornado
from simulation.texts import worded

Method = Literal["tornado", "morris", "sobol"]
METHODS: tuple[str, ...] = get_args(Method)
Sensitivity = Tornado | Morris | Sobol
"""A finding of kind 'sensitivity'."""


def sensitivity(
    scenario: Scenario,
    *,
    method: Method = "tornado",
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    inputs: Sequence[str] | None = None,
    replications: int | None = None,
    points: int | None = None,
    top: int | None = None,
    level: float | None = None,
    lab: Lab | None = None,
) -> Sensitivity:
    """How the difference between two structures moves with the uncertain inputs.

    Args:
        scenario: the scenario; its seed decides years and points.
        method: 'tornado', 'morris' or 'sobol'.
        structures: two names; the scenario's own where it has just two.
        baseline: which of them the other is compared with; as `terms` has it when None.
        measure: that decides; the experiment's when None.
        inputs: names of uncertain inputs, or ``PATH=low:high``; all that have a range when None.
        replications: years of each point; of a tornado, of the inputs that move most. 40 for a tornado, 4 for
            morris, 2 for sobol when None.
        points: ways through the ranges (morris, 10), base points (sobol, 64, a power of two); a tornado has none.
        top: inputs that a tornado measures with all replications, and those that sobol varies, where more have a range;
            12 and 8 when None.
        level: of the intervals; the experiment's when None.
        lab: where it is simulated.

    Raises:
        UnknownName: a method, a structure, a baseline or a measure that is not there.
        ValueError: not just two structures (``TermsError``), or too few points
            (``VariationError`` for inputs).
        ScenarioError: a value inside of a range contradicts others.
        RuntimeError: too many years failed.
    """
    one_of("method", method, METHODS)
    question = asked(scenario, structures, baseline, measure, inputs, level)
    runs_of(method, len(question.inputs), replications, points, top)
    lab = lab or Lab()
    lab.leader = ""
    if method == "tornado":
        return tornado(question, lab, replications, top)
    if method == "morris":
        return morris(question, lab, replications, points)
    return sobol(question, lab, replications, points, top)


def runs_of(
    method: str, inputs: int, replications: int | None = None, points: int | None = None, top: int | None = None
) -> tuple[int, int]:
    """Points of a design and years of each, at most; arguments as in `sensitivity`.

    Raises:
        UnknownName: there is no such method.
        ValueError: too few of something.
    """
    one_of("method", method, METHODS)
    if top is not None and top < 1:
        raise ValueError(worded("top-few", top=top))
    if top is not None and method == "morris":
        raise ValueError(worded("top-of-morris"))
    match method:
        case "tornado":
            if points is not None:
                raise ValueError(worded("tornado-points"))
            return 2 * inputs + 1, _at_least(replications, 2, ends.REPLICATIONS, "few-tornado-years")
        case "morris":
            ways = _at_least(points, 4, ranges.WAYS, "few-morris-points")
            return ways * (inputs + 1), _at_least(replications, 2, ranges.MORRIS_YEARS, "few-morris-years")
        case _:
            base = _at_least(points, 16, ranges.POINTS, "few-sobol-points")
            if base & (base - 1):
                raise ValueError(worded("sobol-power", base=base))
            varied = min(inputs, ranges.TOP if top is None else top)
            return base * (varied + 2), _at_least(replications, 2, ranges.SOBOL_YEARS, "few-sobol-years")


def _at_least(wanted: int | None, least: int, usual: int, few: str) -> int:
    if wanted is None:
        return usual
    if wanted < least:
        raise ValueError(worded(few, wanted=wanted, least=least))
    return wanted
