"""What `optimise` is asked to search: checked, enumerated and screened before anything is simulated.

Here too: what a split must keep: limits on the mean of a measure, as a person types them (`plan_met>=80%`).

What cannot work, by the closed form alone, so that nothing is simulated for it.

Two rules, both careful: the closed form knows no waiting, no learning by doing and no turnover, so it may only say
what is out of the question. A split is ruled out where work of the sale or of customers is done by nobody, or where
the people of a role would have more than `FAR` times the hours of work that they have time for, and a split that
costs no more has everybody at no more than 1/`FAR` of that. Hours are the least that any split of the structure makes
(what hunters find depends on how many they are), without prospecting, upselling, coaching and changes of activity, and
only of work that no other role may do, not even as a help.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from simulation.analysis.business_catalogue import Measure
from simulation.analysis.cases import cases_of
from simulation.analysis.comparison import baseline_of, measure_of
from simulation.analysis.unknown import people_phrase, role_title
from simulation.expected import budgeted_payroll
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.scenario.scenario import Scenario
from simulation.study.best_split.candidates import Candidate, Rule, RuledOut, SearchError, candidates
from simulation.study.best_split.selection import Limit
from simulation.study.lab import PLAN_MET
from simulation.study.terms import measured
from simulation.texts import Amount, Digits, Phrase, Verbatim, joined, say, worded
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
                return WORKING.parse(given, scenario.reading)
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


FAR = 2.0
"""Times that the load of a role may lie above what another split of the same money reaches."""
LEFT_OUT = {"prospect", "care", "upsell", "coach", "train", "meet"}
"""Activities that can be left without breaking anything."""

Hours = Mapping[str, float]


def screened(splits: Sequence[Candidate]) -> tuple[list[Candidate], list[RuledOut]]:
    """The splits of one structure that are worth simulating, and the others with the reason."""
    own = [_own_hours(each) for each in splits]
    least = _least(splits, own)
    loads = [_loads(each, hours, least[each.options]) for each, hours in zip(splits, own, strict=True)]
    worst = [max(each.values(), default=0.0) for each in loads]
    kept, out = [], []
    for n, split in enumerate(splits):
        idle = [role for role, load in loads[n].items() if math.isinf(load)]
        if idle:
            title = role_title(split.spec, idle[0])
            out.append(RuledOut(split, say("ruled-nobody", role=title)))
            continue
        # of no more money: what costs more than the split may be better for that reason
        cheap = [worst[k] for k, other in enumerate(splits) if other.payroll <= split.payroll * (1 + PAYROLL_TOLERANCE)]
        reachable = max(1.0, min(cheap))
        if worst[n] > FAR * reachable:
            role = max(loads[n], key=lambda each: loads[n][each])
            people = people_phrase(role_title(split.spec, role), split.spec.roles[role].headcount)
            out.append(RuledOut(split, say("ruled-overload", people=people, times=Amount(loads[n][role]))))
            continue
        kept.append(split)
    return kept, out


def _own_hours(split: Candidate) -> Hours:
    """Hours a month by role of what nobody else may do."""
    roles = split.spec.roles
    found = {}
    for name, load in split.flows.roles.items():
        beside = [role for other, role in roles.items() if other != name and role.headcount]
        others = {duty.activity for role in beside for duty in role.activities} | LEFT_OUT
        found[name] = sum(hours for activity, hours in load.hours.items() if activity not in others)
    return found


def _least(splits: Sequence[Candidate], hours: Sequence[Hours]) -> dict[tuple[str, ...], dict[str, float]]:
    """The least hours of each role by options: what there is to do whoever else there is."""
    least: dict[tuple[str, ...], dict[str, float]] = {}
    for split, own in zip(splits, hours, strict=True):
        mine = least.setdefault(split.options, {})
        for role, value in own.items():
            if math.isfinite(value):
                mine[role] = min(mine.get(role, math.inf), value)
    return least


def _loads(split: Candidate, hours: Hours, least: Mapping[str, float]) -> dict[str, float]:
    """Load by role: infinite where there is work and nobody to do it."""
    loads = {}
    for role, load in split.flows.roles.items():
        work = min(hours[role], least.get(role, math.inf))
        if hours[role] > 0 and load.headcount == 0:
            loads[role] = math.inf
        elif load.capacity > 0:
            loads[role] = work / load.capacity
    return loads


FRESH = 100
"""Fresh years of the final comparison."""
FRESH_FROM = 1_000_000
"""Number of the first fresh year: beyond every number that a search may use."""
SHARE = 0.02
"""The indifference zone: of the baseline's budgeted payroll, or of the pilot's best mean."""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is searched, and by what.

    Attributes:
        scenario: what is searched.
        measure: what decides.
        baseline: the structure whose payroll is kept, and whose name stands second in sentences.
        heads, payroll: what is asked: exactly so many people, or at most so much money a year.
        constraints: what a split must keep.
        level: probability that every search is right; and of the joint intervals in fresh years.
        cap: most replications of a split; None: none.
    """

    scenario: Scenario
    measure: Measure
    baseline: str
    heads: int | None
    payroll: float | None
    constraints: tuple[Constraint, ...]
    level: float
    cap: int | None

    @property
    def sought(self) -> dict[str, Any]:
        """All of this by name."""
        return {each.name: getattr(self, each.name) for each in fields(Sought)}


@dataclass(frozen=True, kw_only=True)
class Plan(Sought):
    """What is searched, all checked: nothing of it can be wrong any more.

    Attributes:
        splits: by structure: those to simulate, and those ruled out.
        indifference: the zone; None: found by a pilot.
    """

    splits: Mapping[str, tuple[list[Candidate], list[RuledOut]]]
    indifference: float | None

    @property
    def measures(self) -> tuple[str, ...]:
        """What is measured: the one that decides, those of the constraints, and whether the plan is met."""
        met = [PLAN_MET] if self.scenario.plan is not None else []
        return (self.measure.name, *(each.measure.name for each in self.constraints), *met)

    @property
    def searches(self) -> int:
        """Searches that can be wrong: one for each structure, and one for each constraint left out in it."""
        open_ = sum(1 for kept, _ in self.splits.values() if len(kept) > 1 or self.constraints)
        return max(1, open_ * (1 + len(self.constraints)))


def planned(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    heads: int | None = None,
    payroll: float | None = None,
    measure: str | None = None,
    constraints: Sequence[str] = (),
    level: float = 0.95,
    indifference: float | str | None = None,
    baseline: str | None = None,
    replications: int | None = None,
    fresh: int = FRESH,
) -> Plan:
    """What `optimise` will search, checked, without simulating; arguments and errors as there.

    One structure is enough, and the baseline may stand outside of those that are searched: it says whose payroll is
    kept. Which of two differences is printed says the result: the better less the other.
    """
    names = list(cases_of({"": scenario}, structures or None))
    base = baseline_of(cases_of({"": scenario}, None), None, baseline)  # whose payroll is kept: any of the scenario
    if heads is not None and payroll is not None:
        raise SearchError(worded("heads-and-payroll-both"))
    if heads is not None and heads < 1:
        raise SearchError(worded("heads-none", heads=heads))
    if payroll is not None and not (payroll > 0 and math.isfinite(payroll)):
        raise SearchError(worded("payroll-nobody", payroll=Digits(f"{payroll:g}")))
    if not 0 < level < 1:
        raise SearchError(worded("level-none", level=Digits(f"{level:g}")))
    if replications is not None and not 2 <= replications < FRESH_FROM:
        raise SearchError(worded("cap-none", replications=replications, fresh_from=FRESH_FROM - 1))
    if fresh < 2:
        raise SearchError(worded("fresh-none", fresh=fresh))
    what = known_measure(scenario, measure)
    cost = budgeted_payroll(scenario, base)
    limits = tuple(parse_constraint(scenario, text, cost) for text in constraints)
    zone = None if indifference is None else amount_of(what, indifference, scenario)
    if zone is None and what.unit == "money":
        zone = SHARE * cost if cost > 0 else None
    if zone is not None and not (zone > 0 and math.isfinite(zone)):
        raise SearchError(worded("indifference-none", zone=Digits(f"{zone:g}")))
    found = candidates(scenario, names, Rule(heads, payroll, base))
    splits = {name: screened(each) for name, each in found.items()}
    return Plan(
        scenario=scenario,
        measure=what,
        baseline=base,
        heads=heads,
        payroll=payroll,
        constraints=limits,
        level=level,
        cap=replications,
        splits=splits,
        indifference=zone,
    )
