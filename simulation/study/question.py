"""What is asked of a pair of structures: by how much they differ in a measure, and what that may hang on.

Inputs that nobody has measured: which they are, how far each may lie off, and who says so.

A scenario states ranges beside its values (``{value: 0.15, range: [0.05, 0.40], source: …}``). Those inputs that no
owner can give, and that every comparison of structures hangs on, are varied even where the scenario says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import Measure
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.measure_words import is_bare
from simulation.scenario.places import held
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.lab import Case, Lab
from simulation.study.terms import Terms, term_of, terms
from simulation.study.variation import DIALS, Variable, VariationError, parse_range, variable
from simulation.texts import Amount, Interval, Percent, Term, worded
from simulation.written.base import Plausible

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Input:
    """An uncertain input.

    Attributes:
        variable: what it is.
        low, high: the ends of its range, in the unit used inside.
        value: what the scenario has.
        source: where value or range comes from, or ''.
        given: who states the range: the scenario, this program (facts), the user, or a table of draws.
        drawn: its values in such a table, in the order of the rows.
    """

    variable: Variable
    low: float
    value: float
    high: float
    source: str = ""
    given: Literal["scenario", "facts", "user", "draws"] = "scenario"
    drawn: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """Its path, or the name of its dial."""
        return self.variable.name

    def quantile(self, u: Floats | float) -> Floats:
        """Values whose probability of being exceeded is 1 - u: a triangular law over the range, its mode the value.

        The least that a range and a best guess say (a flat law would ignore the guess). Johnson (1997), The
        Statistician 46(3): the triangular law in place of the beta law.

        Args:
            u: probabilities, any shape.
        """
        share = np.asarray(u, dtype=np.float64)
        if self.drawn:  # their own law
            return np.asarray(np.quantile(self.drawn, share, method="inverted_cdf"), dtype=np.float64)
        width = self.high - self.low
        if width <= 0:
            return np.full_like(share, self.value)
        peak = (self.value - self.low) / width
        rising = self.low + width * np.sqrt(share * peak)
        falling = self.high - width * np.sqrt((1.0 - share) * (1.0 - peak))
        values: Floats = np.where(share < peak, rising, falling)
        return np.round(values) if self.variable.whole else values


def plausible(scenario: Scenario) -> dict[str, Plausible]:
    """The ranges of what every comparison hangs on, by path or dial: facts of the schema's keys, not of a structure."""
    found = {name: dial.plausible for name, dial in DIALS.items() if dial.plausible is not None}
    for place, _ in held(scenario):
        if place.facts.plausible is not None and place.path == place.pattern:
            found[place.path] = place.facts.plausible
    return dict(sorted(found.items(), key=lambda each: each[1].rank))


def inputs_of(scenario: Scenario, structures: Sequence[str] | None = None) -> tuple[Input, ...]:
    """The uncertain inputs of a scenario: those that state a range, in the order of the file, then the facts'.

    Args:
        scenario: the scenario, loaded from a file or text.
        structures: names; ranges inside of other structures are left out. All when None.
    """
    wanted = set(scenario.structures if structures is None else structures)
    found: dict[str, Input] = {}
    for path, figure in scenario.provenance.figures.items():
        if figure.range is None or _of_another(path, wanted):
            continue
        try:
            what = variable(scenario, path)
            low, high = (float(end) for end in figure.range)
        except (VariationError, TypeError, ValueError):
            continue  # a range of something that is no number, such as a list
        if math.isfinite(low) and math.isfinite(high) and low < high:
            found[path] = Input(what, low, min(max(what.current, low), high), high, figure.source)
    for name, (_, low, high, source) in plausible(scenario).items():
        if name not in found:
            what = variable(scenario, name)
            # a value outside of the usual range is its own end of it
            ends = min(float(low), what.current), max(float(high), what.current)
            found[name] = Input(what, ends[0], what.current, ends[1], source, "facts")
    return tuple(found.values())


def drawn_inputs(scenario: Scenario, rows: int | None = None) -> tuple[Input, ...]:
    """The inputs that a table of the scenario draws together, those that are numbers and vary.

    Args:
        scenario: the scenario, loaded from a file or text.
        rows: of the table, from the first; all when None.
    """
    assert scenario.inputs is not None
    context = scenario.reading
    found = []
    for path, written in scenario.inputs.columns.items():
        try:
            what = variable(scenario, path)
            values = tuple(what.parse(each, context) for each in written[:rows])
        except VariationError:
            continue  # a kind or a law, which is a number to nobody
        if min(values) < max(values):
            source = scenario.provenance.origin(f"inputs.draws.{path}")
            found.append(Input(what, min(values), what.current, max(values), source, "draws", values))
    return tuple(found)


def _of_another(path: str, wanted: set[str]) -> bool:
    """Whether a path lies inside of a structure that is not asked for, or says what is planned or printed only."""
    steps = path.split(".")
    return steps[0] in ("plan", "history", "experiment", "search") or (
        steps[0] == "structures" and steps[1] not in wanted
    )


def chosen(scenario: Scenario, names: Sequence[str], every: Sequence[Input]) -> tuple[Input, ...]:
    """The inputs of these names; one without a range is refused.

    Raises:
        VariationError: there is no such input; the nearest is named.
    """
    by_name = {each.name: each for each in every}
    for name in names:
        if name not in by_name:
            variable(scenario, name)  # a name that does not exist is told so
            raise VariationError(worded("input-no-range", name=name))
    return tuple(by_name[name] for name in names)


def value_of(what: Variable, value: float, currency: str = "") -> Amount | Percent:
    """A value of an input for a sentence, with the second figure of a small one: 0.25, 0.13 h."""
    found = what.amount(value, currency)
    small = isinstance(found, Amount) and found.unit != "money" and abs(found.value) < 10
    if isinstance(found, Amount) and small and not math.isclose(10 * found.value, round(10 * found.value)):
        return replace(found, more=1)
    return found


@dataclass(frozen=True)
class Question:
    """Two structures, the measure that decides, and the inputs that may be otherwise.

    Attributes:
        scenario: what is studied.
        terms: who is compared with whom, by what and how sure; differences are other less baseline.
        inputs: what may be otherwise, and how far.
    """

    scenario: Scenario
    terms: Terms
    inputs: tuple[Input, ...]

    @property
    def baseline(self) -> str:
        """The structure that the other is compared with."""
        return self.terms.baseline

    @property
    def other(self) -> str:
        """The other structure."""
        return self.terms.pair[1]

    @property
    def structures(self) -> tuple[str, str]:
        """Both structures, the baseline first."""
        return self.terms.pair

    @property
    def measure(self) -> str:
        """The measure that decides."""
        return self.terms.measure

    @property
    def level(self) -> float:
        """Of the intervals."""
        return self.terms.level

    @property
    def known(self) -> Measure:
        """What is known of the measure."""
        return self.terms.known

    @property
    def sign(self) -> float:
        """1 where a higher value is better, -1 where a lower one is."""
        return self.terms.sign

    def title(self, structure: str) -> str:
        """Name of a structure in sentences."""
        return structure_titles(self.scenario)[structure]

    def winner(self, difference: float) -> str:
        """The structure that is ahead at a difference; '' where neither is."""
        if difference == 0 or np.isnan(difference):
            return ""
        return self.other if difference * self.sign > 0 else self.baseline

    def amount(self, value: float) -> Amount:
        """A value of the measure, or a difference, for a sentence."""
        return Amount(value, self.known.unit, self.scenario.currency)

    def interval(self, low: float, high: float) -> Interval:
        """Two differences on one scale."""
        return Interval(low, high, self.known.unit, self.scenario.currency)

    @property
    def bare(self) -> bool:
        """Whether the scenario has no line of costs."""
        return is_bare([self.scenario])

    @property
    def named(self) -> Term:
        """The measure inside a sentence."""
        return term_of(self.measure, self.scenario)

    def differences(self, lab: Lab, scenarios: Sequence[Scenario], numbers: Sequence[int]) -> Floats:
        """The other less the baseline in every year of every variant, shape (scenarios, numbers)."""
        cases = [Case(each, name) for each in scenarios for name in self.structures]
        values = lab.measure(cases, numbers, [self.measure])[:, :, 0].reshape(len(scenarios), 2, len(numbers))
        found: Floats = values[:, 1] - values[:, 0]
        return found

    def paired(self, first: Floats, second: Floats | float = 0.0, family: int = 1) -> PairedDifference:
        """How one set of differences differs from another in the same years, or from nothing."""
        return paired_difference(
            first,
            np.broadcast_to(np.asarray(second, dtype=np.float64), first.shape),
            level=self.level,
            family=family,
            higher_is_better=self.sign > 0,
        )

    def to_dict(self) -> dict[str, Any]:
        """What was asked, as plain values."""
        return {
            "title": self.scenario.provenance.title,
            "seed": self.scenario.experiment.seed,
            "currency": self.scenario.currency,
            "months": self.scenario.experiment.months,
            "baseline": self.baseline,
            "other": self.other,
            "measure": self.measure,
            "unit": self.known.unit,
            "level": self.level,
        }


def asked(
    scenario: Scenario,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    inputs: Sequence[str] | None = None,
    level: float | None = None,
) -> Question:
    """The question that somebody asks.

    Args:
        scenario: what is studied.
        structures: two names; the scenario's own where it has just two. So are baseline, measure and level as for
            `terms`.
        baseline: which of them the other is compared with.
        measure: that decides.
        inputs: names of uncertain inputs, or ``PATH=low:high``; all when None.
        level: of the intervals.

    Raises:
        UnknownName, TermsError: as `terms`; there are not just two structures.
        VariationError: an input that cannot be varied.
    """
    agreed = terms(scenario, structures, baseline, measure, level=level, pair=True)
    return Question(scenario, agreed, wanted_inputs(scenario, agreed.structures, inputs))


def wanted_inputs(
    scenario: Scenario, structures: Sequence[str], wanted: Sequence[str] | None = None
) -> tuple[Input, ...]:
    """Uncertain inputs: all that have a range, or those named; ``PATH=low:high`` gives a range.

    Raises:
        VariationError: one cannot be varied, or has no range.
    """
    every = inputs_of(scenario, structures)
    if wanted is None:
        return every
    found: dict[str, Input] = {}
    for text in wanted:
        if "=" in text:
            given = parse_range(scenario, text)
            if given.low == given.high:
                raise VariationError(worded("one-value", text=repr(text)))
            what = given.variable
            value = min(max(what.current, given.low), given.high)
            found[what.name] = Input(what, given.low, value, given.high, given="user")
        else:
            found[text] = chosen(scenario, [text], every)[0]
    if not found:
        raise VariationError(worded("no-input"))
    return tuple(found.values())
