"""Other splits of the same people: whether the closed form puts one of them far ahead of the split as it is written.

Only splits near by (at most two people more or fewer in each role) of the same budgeted payroll. `optimise` searches
them all, by simulation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from simulation.expected.dated import workload
from simulation.expected.output import output
from simulation.expected.payroll import PAYROLL_TOLERANCE, budgeted_payroll
from simulation.expected.result import Workload
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.scenario.timeline import names_a_structure, timeline

NEAR = 2
"""People more or fewer in a role."""


@dataclass(frozen=True)
class Split:
    """A split of people.

    Attributes:
        heads: headcount of every role that may be counted otherwise.
        margin: gross margin that it brings in the time that there is, money a month.
    """

    heads: Mapping[str, int]
    margin: float


def better_split(scenario: Scenario, structure: str, most: int, flows: Workload | None = None) -> tuple[Split, Split]:
    """The split as it is written, and the best one near by of the same payroll; the same twice where none is better.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        most: splits that are tried, the nearest first.
        flows: its workload, where it is known already.
    """
    flows = flows if flows is not None else workload(scenario, structure)
    return scenario.once(("better split", structure, most), lambda: _better_split(scenario, structure, most, flows))


def _better_split(scenario: Scenario, structure: str, most: int, flows: Workload) -> tuple[Split, Split]:
    roles = scenario.structures[structure].roles
    heads = {name: role.headcount for name, role in roles.items() if is_counted(role) and role.headcount}
    made = output(flows)
    own = best = Split(heads, made.margin)
    searching = any("prospect" in flows.roles[name].order for name in heads)
    if len(heads) < 2 or _resized(scenario, structure) or (made.all_done and not searching):
        return own, own
    payroll = budgeted_payroll(scenario, structure, flows)
    for other in islice(_near(scenario, structure, heads), most):
        spec = scenario.structures[structure]
        changed = {name: roles[name].model_copy(update={"headcount": count}) for name, count in other.items()}
        name = f"{structure} "  # a place of its own: today's structure stays what it is
        spec = spec.model_copy(update={"roles": {**roles, **changed}})
        split = scenario.model_copy(update={"structures": {**scenario.structures, name: spec}})
        then = workload(split, name)
        margin = output(then).margin
        if margin > best.margin and abs(budgeted_payroll(split, name, then) - payroll) <= PAYROLL_TOLERANCE * payroll:
            best = Split(other, margin)
    return own, best


def _resized(scenario: Scenario, structure: str) -> bool:
    """Whether headcounts change during the run, or changes name the structure: then a split is no few numbers."""
    plans = timeline(scenario, structure).scenarios
    heads = {tuple(role.headcount for role in plan.structures[structure].roles.values()) for plan in plans}
    return len(heads) > 1 or names_a_structure(scenario)


def _near(scenario: Scenario, structure: str, heads: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Splits near by of about the same base pay, the nearest first."""
    spec = scenario.structures[structure]
    ranges = scenario.search[structure].roles if structure in scenario.search else {}
    pay = {name: spec.roles[name].pay.base for name in heads}
    base = sum(pay[name] * count for name, count in heads.items())
    fixed = sum(role.pay.base * role.headcount for name, role in spec.roles.items() if name not in heads)
    paid = any(pay.values())
    found = []
    for steps in product(range(-NEAR, NEAR + 1), repeat=len(heads)):
        other = {name: count + step for (name, count), step in zip(heads.items(), steps, strict=True)}
        if not any(steps) or any(count % spec.pods for count in other.values()):
            continue
        low_high = ((ranges.get(name, (1, None)), count) for name, count in other.items())
        if any(count < low or (high is not None and count > high) for (low, high), count in low_high):
            continue
        cost = sum(pay[name] * count for name, count in other.items())
        if abs(cost - base) > PAYROLL_TOLERANCE * (base + fixed) if paid else sum(steps):
            continue
        found.append((sum(map(abs, steps)), other))
    yield from (other for _, other in sorted(found, key=lambda each: each[0]))
