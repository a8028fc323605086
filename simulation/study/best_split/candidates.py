"""Splits that a search chooses from: headcounts by role and alternatives of a structure, within people or money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from simulation.analysis.unknown import split_phrase
from simulation.expected import Workload, budgeted_payroll, workload
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import Option, settings
from simulation.scenario.structures import Structure
from simulation.scenario.timeline import names_a_structure
from simulation.scenario.titles import structure_titles
from simulation.study.lab import Case
from simulation.study.variation import headcounts
from simulation.texts import Amount, Phrase, say, worded
from simulation.written.errors import ScenarioError

MOST = 2_000
"""Splits of all structures together; more are refused before anything is simulated."""
FREE = 2
"""Positions without base pay cost nothing in advance: of such a role there are at most so many times the people."""


class SearchError(ValueError):
    """Nothing to choose from, or too much; the message says what is allowed."""


@dataclass(frozen=True)
class Rule:
    """Which splits may stand beside each other.

    Attributes:
        heads: exactly so many people who sell and serve; None: any number.
        payroll: budgeted payroll of a year at most, money; None: that of the baseline, where `heads` is None too.
        baseline: the structure, as it is written, whose budgeted payroll is kept within the tolerance.
    """

    heads: int | None
    payroll: float | None
    baseline: str


@dataclass(frozen=True)
class Candidate:
    """One split.

    Attributes:
        structure: name of the structure that it is a split of.
        name: short name, such as 'functional 2-3-3'.
        phrase: the split in words, such as '2 hunters, 3 closers and 3 farmers'.
        heads: headcount of every role that is counted.
        options: titles of the options that change something.
        payroll: budgeted payroll of a year, money.
        case: what is simulated.
        flows: what the closed form says of it.
        written: whether the scenario has the structure just so.
    """

    structure: str
    name: str
    phrase: Phrase
    heads: Mapping[str, int]
    options: tuple[str, ...]
    payroll: float
    case: Case
    flows: Workload
    written: bool

    @property
    def people(self) -> int:
        """People who sell and serve."""
        return sum(self.heads.values())

    @property
    def spec(self) -> Structure:
        """The structure with this split."""
        return self.case.scenario.structures[self.case.structure]


@dataclass(frozen=True)
class RuledOut:
    """A split that is not simulated.

    Attributes:
        candidate: the split.
        reason: why not.
    """

    candidate: Candidate
    reason: Phrase


@dataclass(frozen=True)
class _Draft:
    """A split before anything is known of it."""

    structure: str
    key: str
    heads: dict[str, int]
    options: tuple[str, ...]
    values: dict[str, Any]
    spec: Structure
    written: bool


def candidates(scenario: Scenario, structures: Sequence[str], rule: Rule) -> dict[str, list[Candidate]]:
    """The splits of each structure, all in one scenario object, so that they share its Worlds.

    A split that the scenario's own changes during the run do not allow (three hunters move, and there are two) is none.

    Raises:
        SearchError: a structure has no split by the rule, or there are too many.
    """
    limit = _limit(scenario, rule)
    drafts: dict[str, list[_Draft]] = {}
    for name in structures:
        drafts[name] = [
            draft for options in _choices(scenario, name) for draft in _drafts(scenario, name, options, rule, limit)
        ]
        if sum(map(len, drafts.values())) > MOST * 5:
            raise SearchError(_too_many(sum(map(len, drafts.values())), rule))
    shared = _shared(scenario, [each for one in drafts.values() for each in one])
    found = {name: _within(scenario, shared, drafts[name], rule, limit) for name in structures}
    for name, kept in found.items():
        if not kept:
            raise SearchError(_none(scenario, name, rule))
    if (count := sum(map(len, found.values()))) > MOST:
        raise SearchError(_too_many(count, rule))
    return found


def _limit(scenario: Scenario, rule: Rule) -> float | None:
    """Most that a split may cost a year."""
    if rule.payroll is not None:
        return rule.payroll
    if rule.heads is not None:
        return None
    return budgeted_payroll(scenario, rule.baseline) * (1 + PAYROLL_TOLERANCE)


# --- splits -----------------------------------------------------------------------------------------------------------


def _choices(scenario: Scenario, name: str) -> Iterator[tuple[Option, ...]]:
    """Every way to settle the alternatives of a structure."""
    search = scenario.search.get(name)
    yield from product(*(each.options for each in search.alternatives)) if search is not None else [()]


def _drafts(
    scenario: Scenario, name: str, options: tuple[Option, ...], rule: Rule, limit: float | None
) -> Iterator[_Draft]:
    values: dict[str, Any] = {}
    for option in options:
        values |= settings(name, option)
    try:
        base = scenario.replace(values) if values else scenario
    except ScenarioError as error:
        raise SearchError(worded("options-clash", name=repr(name), error=error)) from None
    spec = base.structures[name]
    titles = tuple(option.title for option in options if option.set)
    written = headcounts(scenario, name)
    for heads in _splits(base, name, rule, limit):
        if any(count % spec.pods for count in heads.values()):
            continue
        as_written = not values and heads == written
        roles = {
            role: each if heads.get(role, each.headcount) == each.headcount else _of(each, heads[role])
            for role, each in spec.roles.items()
        }
        key = f"{name} {'-'.join(map(str, heads.values()))}"
        key = ", ".join([key, *titles]).replace(".", "·")  # a dot would separate the steps of a path
        made = spec.model_copy(update={"roles": roles})
        yield _Draft(name, name if as_written else key, heads, titles, values, made, as_written)


def _of(role: Any, count: int) -> Any:
    return role.model_copy(update={"headcount": count})


def _splits(scenario: Scenario, name: str, rule: Rule, limit: float | None) -> Iterator[dict[str, int]]:
    """Headcounts by role: within the ranges, of the number of people, and not dearer in base pay than the limit."""
    now = headcounts(scenario, name)
    roles = scenario.structures[name].roles
    search = scenario.search.get(name)
    ranges = dict(search.roles) if search is not None else {}
    pay = {role: 12 * roles[role].pay.base for role in now}
    fixed = sum(12 * role.pay.base * role.headcount for other, role in roles.items() if other not in now)
    free = max(1, FREE * sum(now.values()))
    bounds = {}
    for role, count in now.items():
        low, high = (0, 0) if count == 0 else (1, free if rule.heads is None else rule.heads)
        if role in ranges:
            low, high = ranges[role][0], ranges[role][1]
        elif count and limit is not None and pay[role] > 0:
            high = int(limit / pay[role])
            high = high if rule.heads is None else min(high, rule.heads)
        bounds[role] = (low, high)

    def extended(left: list[str], cost: float, people: int) -> Iterator[dict[str, int]]:
        if not left:
            if rule.heads is None or people == rule.heads:
                yield {}
            return
        role, rest = left[0], left[1:]
        others = sum(bounds[each][0] for each in rest)
        others_cost = sum(bounds[each][0] * pay[each] for each in rest)
        for count in range(bounds[role][0], bounds[role][1] + 1):
            total = cost + count * pay[role]
            if limit is not None and total + others_cost > limit * (1 + 1e-9):
                break
            if rule.heads is not None and people + count + others > rule.heads:
                break
            for more in extended(rest, total, people + count):
                yield {role: count, **more}

    yield from (heads for heads in extended(list(now), fixed, 0) if sum(heads.values()))


# --- as cases ---------------------------------------------------------------------------------------------------------


def _shared(scenario: Scenario, drafts: Sequence[_Draft]) -> Scenario:
    """One scenario with every split as a structure, behind the scenario's own: the first may be today's."""
    made = {each.key: each.spec for each in drafts if not each.written}
    return scenario.model_copy(update={"structures": {**scenario.structures, **made}})


def _within(
    scenario: Scenario, shared: Scenario, drafts: Sequence[_Draft], rule: Rule, limit: float | None
) -> list[Candidate]:
    base = budgeted_payroll(scenario, rule.baseline)
    found: list[Candidate] = []
    for draft in drafts:
        # what is paid follows the changes of the run, which a scenario of its own has where they name the structure
        planned = _case(scenario, shared, draft) if names_a_structure(scenario) else Case(shared, draft.key)
        if planned is None:
            continue
        payroll = budgeted_payroll(planned.scenario, planned.structure)
        if limit is not None and payroll > limit * (1 + 1e-9):
            continue
        if rule.heads is None and rule.payroll is None and payroll < base * (1 - PAYROLL_TOLERANCE):
            continue
        case = _case(scenario, shared, draft)
        if case is None:
            continue
        flows = workload(case.scenario, case.structure)
        title = structure_titles(scenario)[draft.structure]
        phrase = split_phrase(draft.spec, draft.heads, draft.options)
        name = ", ".join([f"{title} {'-'.join(map(str, draft.heads.values()))}", *draft.options])
        found.append(
            Candidate(draft.structure, name, phrase, draft.heads, draft.options, payroll, case, flows, draft.written)
        )
    return found


def _case(scenario: Scenario, shared: Scenario, draft: _Draft) -> Case | None:
    """What is simulated; None where the scenario's own changes cannot be carried out with the split.

    Changes and drawn inputs may name the structure that they are about, so then it keeps its name, in a scenario of
    its own.
    """
    if draft.written:
        return Case(shared, draft.structure)
    if not (scenario.interventions or draft.spec.interventions or names_a_structure(scenario)):
        return Case(shared, draft.key)
    heads = {f"structures.{draft.structure}.roles.{role}.headcount": n for role, n in draft.heads.items()}
    try:
        own = scenario.varied({**draft.values, **heads})
    except ScenarioError:
        return None
    return Case(own, draft.structure) if names_a_structure(scenario) else Case(shared, draft.key)


# --- nothing to choose from -------------------------------------------------------------------------------------------


def _none(scenario: Scenario, name: str, rule: Rule) -> str:
    if rule.heads is not None:
        roles = sum(1 for count in headcounts(scenario, name).values() if count)
        told = "split-no-heads-within" if name in scenario.search else "split-no-heads"
        return worded(told, name=repr(name), heads=rule.heads, roles=roles)
    if rule.payroll is not None:
        asked = say("amount", amount=Amount(rule.payroll, "money", scenario.currency))
        cheapest = say("amount", amount=Amount(_cheapest(scenario, name), "money", scenario.currency))
        return worded("split-too-dear", name=repr(name), asked=asked, cheapest=cheapest)
    base = say("amount", amount=Amount(budgeted_payroll(scenario, rule.baseline), "money", scenario.currency))
    return worded("split-no-payroll", name=repr(name), baseline=repr(rule.baseline), base=base)


def _cheapest(scenario: Scenario, name: str) -> float:
    """Budgeted payroll of the fewest people."""
    ranges = scenario.search[name].roles if name in scenario.search else {}
    least = {
        role: ranges[role][0] if role in ranges else min(count, 1) for role, count in headcounts(scenario, name).items()
    }
    spec = scenario.structures[name]
    roles = {role: _of(each, least[role]) if role in least else each for role, each in spec.roles.items()}
    fewest = scenario.model_copy(update={"structures": {name: spec.model_copy(update={"roles": roles})}})
    return budgeted_payroll(fewest, name)


def _too_many(count: int, rule: Rule) -> str:
    return worded("splits-many-payroll" if rule.payroll is not None else "splits-many", splits=count, most=MOST)
