"""What a split must keep: limits on the mean of a measure, as a person types them (`plan_met>=80%`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.analysis.against import measure_of
from simulation.analysis.cases import cases_of
from simulation.analysis.measure import Measure
from simulation.scenario.scenario import Scenario
from simulation.study.best_split.candidates import SearchError
from simulation.study.best_split.selection import Limit
from simulation.study.lab import PLAN_MET
from simulation.study.terms import measured
from simulation.texts import Amount, Phrase, Verbatim, joined, say, worded
from simulation.written.quantities import ELAPSED, MONEY, NUMBER, WORKING
from simulation.written.spelling import QuantityError

Operator = Literal[">=", "<=", ">", "<"]
OPERATORS: tuple[Operator, ...] = (">=", "<=", ">", "<")
POINTS = 0.05
"""Tolerance of a limit on a share: five points."""
RELATIVE = 0.02
"""Tolerance of any other limit, of the limit itself; of the budgeted payroll where that is zero money."""
_FORM = re.compile(r"\s*(.*?[^<>=\s])\s*(>=|<=|>|<|==|=)\s*([^<>=]*?)\s*")  # a name may hold what a value does not


@dataclass(frozen=True)
class Constraint:
    """A limit on the mean of a measure.

    Attributes:
        measure: what is limited.
        operator: which way.
        bound: the limit, in the unit used inside.
        tolerance: nearer to the limit than that, a split may be held to keep it or to break it.
        currency: of money.
    """

    measure: Measure
    operator: Operator
    bound: float
    tolerance: float
    currency: str = ""

    @property
    def limit(self) -> Limit:
        """What the selection decides; a mean has no exact ties, so that > is >=."""
        return Limit(self.operator in (">", ">="), self.bound, self.tolerance, shares=self.measure.name == PLAN_MET)

    @property
    def text(self) -> str:
        """As a file has it."""
        return f"{self.measure.name}{self.operator}{self.bound:g}"

    @property
    def phrase(self) -> Phrase:
        """In words: 'Plan met in at least 80 % of the years'."""
        amount = Amount(self.bound, self.measure.unit, self.currency)
        way = "least" if self.limit.at_least else "most"
        if self.measure.name == PLAN_MET:
            return say(f"constraint-plan-{way}", amount=amount)
        return say(f"constraint-{way}", measure=self.measure.name.replace("_", " "), amount=amount)

    @property
    def margin(self) -> Phrase:
        """How near to the limit nothing is certain: '5 percentage points', '80 thousand RUB'."""
        if self.measure.unit == "share":
            return say("constraint-points", count=round(100 * self.tolerance))
        return say("amount", amount=Amount(self.tolerance, self.measure.unit, self.currency))


def known_measure(scenario: Scenario, name: str | None, structures: Sequence[str] | None = None) -> Measure:
    """A measure that runs of a scenario have; the one that decides when None.

    Raises:
        UnknownName: there is none of the name; the nearest is named.
        TermsError: it is one of plans, and the scenario has none.
    """
    return measured(measure_of(cases_of({"": scenario}, structures), name, (PLAN_MET,)))


def amount_of(measure: Measure, text: str | float, scenario: Scenario) -> float:
    """A value of a measure as a person types it, in the unit used inside.

    Raises:
        SearchError: it is no such value.
    """
    given = text.strip() if isinstance(text, str) else text
    try:
        match measure.unit:
            case "money":
                return MONEY.parse(given, {})
            case "share":
                if isinstance(given, str) and given.endswith("%"):
                    return NUMBER.parse(given.removesuffix("%").strip(), {}) / 100.0
                return NUMBER.parse(given, {})
            case "hours":
                return ELAPSED.parse(given, {})
            case "days":
                return ELAPSED.parse(given, {}) / 24.0
            case "working hours":
                return WORKING.parse(given, {"hours_per_day": scenario.calendar.hours_per_day})
        return NUMBER.parse(given, {})
    except QuantityError as error:
        raise SearchError(joined((Verbatim(measure.name), error.phrase), ": ")) from None


def parse_constraint(scenario: Scenario, text: str, payroll: float) -> Constraint:
    """A limit as a person types it.

    Args:
        scenario: what is searched.
        text: such as ``plan_met>=0.8``.
        payroll: budgeted payroll of the baseline; the scale of money where the limit is zero.

    Raises:
        UnknownName, TermsError: as `known_measure`.
        SearchError: it cannot be understood; the message says what is allowed.
    """
    found = _FORM.fullmatch(text)
    if found is None or found.group(2) not in OPERATORS or not found.group(3):
        raise SearchError(worded("no-limit", text=repr(text)))
    name, operator, value = found.groups()
    measure = known_measure(scenario, name)
    bound = amount_of(measure, value, scenario)
    if measure.name == PLAN_MET and not 0 < bound < 1:
        raise SearchError(worded("limit-never-sure", text=repr(text)))
    return Constraint(measure, _operator(operator), bound, _tolerance(measure, bound, payroll), scenario.currency)


def _operator(text: str) -> Operator:
    return next(each for each in OPERATORS if each == text)


def _tolerance(measure: Measure, bound: float, payroll: float) -> float:
    if measure.unit == "share":
        return POINTS
    if bound:
        return RELATIVE * abs(bound)
    return RELATIVE * payroll if measure.unit == "money" and payroll > 0 else RELATIVE
