"""What a sales director would expect: the list, for any department. The tests and the page read it from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulation.validation.sense.changes import (
    BETTER,
    Heads,
    Variant,
    as_on_the_first_day,
    beside_itself,
    doubled,
    has_leads,
    heads_of,
    ladder,
    more_leads,
    renamed,
    with_heads,
)
from simulation.validation.sense.checks import Check
from simulation.validation.sense.departments import Department
from simulation.validation.sense.years import FIGURES, Years

Floats = NDArray[np.float64]

SELLERS = "One seller more never lowers the profit by more than what he costs"
LEADS = "More leads never lower the profit by more than what they cost"
RISE = "Revenue rises with the number of sellers"
ELASTICITY = "From two sellers on the elasticity of revenue is below 1.3"
BILLS = "Whoever has customers bills at least half of what they order"
BETTERMENT = "What gets better never hurts"
TWICE = "Twice everything gives twice the revenue or more"
LESS = "Twice everything gives less than 2.6 times the revenue"
NAMES = "Names decide nothing"
MEANING = {
    SELLERS: "Profit before what the people cost as such (base pay with contributions, recruiting, training, the "
    "budget's lines for each position), of the larger team less that of the smaller one. Where people divide their "
    "work, the one more goes where the proportions leave most room, and to each role in turn.",
    LEADS: "Profit before the cost of each lead, with the more leads less with the fewer. Where a firm sells in "
    "several ways only up to four times as many: beyond, who does both has no time left for the larger sales.",
    RISE: "Revenue of the larger team less that of the smaller one.",
    ELASTICITY: "Revenue of the smaller team times (larger / smaller) ** 1.3, less revenue of the larger one. Where "
    "people divide their work, a team is held against one with twice as many in each role.",
    BILLS: "Orders billed, less half of those that the customers are expected to have placed while they were there "
    "(or, where those are more than the people who serve could do in all their time, with the papers and the requests "
    "beside them, less half of what they could).",
    BETTERMENT: "Profit before what people and leads cost as such, with the change less without it.",
    TWICE: "Revenue of twice the people, leads, customers and open leads, less twice the revenue.",
    LESS: "2.6 times the revenue, less the revenue of twice everything.",
    NAMES: "A department whose structure and roles are called otherwise: profit, revenue, costs and orders of each "
    "year, to the last bit.",
}
"""What the figure under each heading is."""
FAMILIES = tuple(MEANING)
"""The headings, in the order of the page."""

STEEPEST = 1.3
"""Elasticity of revenue to the number of sellers: a per cent more of them brings less than so many per cent more."""
BILLED = 0.5
"""Share of what customers order that a department bills, however small it is."""
MOST_OF_TWICE = 2.6
"""Factor on the revenue that twice everything stays below."""
FACTORS = (0.1, 0.5, 1.0, 1.25, 2.0, 4.0, 10.0)
"""Leads, as a factor of what they are; each is held against the one before."""
MOST_OF_SEVERAL = 4.0
"""Factor up to which more leads are expected to pay where a firm sells in several ways: beyond it, those who do both
have their hands full of small sales and no time for the large ones, which no director would call odd."""
EVERY_SIZE = 12
"""Up to this size of a team every size is looked at, beyond it sizes that double."""
SMALLEST = 2
"""Sellers from which on the elasticity is looked at."""


def worth_of_people(few: Years, more: Years) -> Floats:
    """What further people bring: the profit of more of them less that of few, before what they cost."""
    return (more.profit + more.people) - (few.profit + few.people)


def worth_of_leads(few: Years, more: Years) -> Floats:
    """What further leads bring, before what they cost."""
    return (more.profit + more.leads) - (few.profit + few.leads)


def worth_of_change(before: Years, after: Years) -> Floats:
    """What a change brings before what the people cost who are there, and the leads that they find."""
    return worth_of_people(before, after) + after.leads - before.leads


def equal(one: Years, other: Years) -> Floats:
    """Zero where every figure of a year is the same to the last bit, else below."""
    apart = [getattr(one, name) != getattr(other, name) for name in FIGURES]
    return -np.array(apart, dtype=np.float64).sum(axis=0)


def billed_beyond_half(years: Years) -> Floats:
    """Orders billed beyond half of those placed, or of those for which there are hours at all."""
    return years.billed - BILLED * np.minimum(years.ordered, years.possible)


def expectations(
    department: Department,
    *,
    sizes: Sequence[int] | None = None,
    factors: Sequence[float] = FACTORS,
    better: Sequence[str] = tuple(BETTER),
    each_role: bool = True,
) -> Iterator[Check]:
    """Every expectation of a department.

    Args:
        department: the department.
        sizes: numbers of sellers to look at; `sizes_of` the department when None.
        factors: on its leads, rising.
        better: names of what gets better.
        each_role: whether to look at one more in each role of those who divide their work.
    """
    scenario, name = department.scenario, department.structure
    yield from _sizes(department, sizes_of(department) if sizes is None else sizes)
    if each_role:
        yield from _one_more(department)
    if len(scenario.market.sold) > 1:
        factors = [factor for factor in factors if factor <= MOST_OF_SEVERAL]
    if has_leads(scenario):
        leads = [scenario if factor == 1 else more_leads(scenario, factor) for factor in factors]
        for (low, few), (high, more) in pairwise(zip(factors, leads, strict=True)):
            yield Check(LEADS, f"leads × {low:g} → {high:g}", ((few, name), (more, name)), worth_of_leads)
        for factor, each in zip(factors, leads, strict=True):
            if factor != 1:
                yield Check(BILLS, f"leads × {factor:g}", ((each, name),), billed_beyond_half, "orders")
    yield Check(BILLS, "as it is", ((scenario, name),), billed_beyond_half, "orders")
    for what in better:
        changed = BETTER[what](scenario, name)
        if changed is not scenario:
            yield Check(BETTERMENT, what, ((scenario, name), (changed, name)), worth_of_change)
    twice = ((scenario, name), (doubled(scenario), name))
    yield Check(TWICE, "twice everything", twice, lambda one, two: two.revenue - 2 * one.revenue)
    yield Check(LESS, "twice everything", twice, lambda one, two: MOST_OF_TWICE * one.revenue - two.revenue)
    yield Check(NAMES, "other names", ((scenario, name), renamed(scenario, name)), equal, exact=True)
    if scenario.experiment.begin == "today":
        both = ((scenario, name), beside_itself(scenario, name))
        yield Check(NAMES, "under other names beside itself", both, equal, exact=True)


def sizes_of(department: Department) -> list[int]:
    """Every size from the least up to one more than there are; beyond a dozen only sizes that double, and its own."""
    heads = heads_of(department.scenario, department.structure)
    least, now = len(heads), sum(heads.values())
    sizes = set(range(least, min(now + 1, EVERY_SIZE) + 1))
    size = EVERY_SIZE
    while size < now:
        sizes.add(size)
        size *= 2
    return sorted(sizes | {now, now + 1})


def _sizes(department: Department, sizes: Sequence[int]) -> Iterator[Check]:
    """Teams of several sizes, each held against the next larger one."""
    name = department.structure
    scenario = as_on_the_first_day(department.scenario, name)
    heads = heads_of(scenario, name)
    if not heads:
        return
    steps = {sum(team.values()): team for team in ladder(heads, max(sizes))}
    teams = {size: with_heads(scenario, name, steps[size]) for size in sizes if size in steps}
    for (few, team), (more, larger) in pairwise(teams.items()):
        step = ((team, name), (larger, name))
        yield Check(SELLERS, f"{few} → {more} sellers", step, worth_of_people)
        yield Check(RISE, f"{few} → {more} sellers", step, lambda less, more: more.revenue - less.revenue)
    for less, larger_team in _steep_steps(heads, [steps[size] for size in teams]):
        few, more = sum(less.values()), sum(larger_team.values())
        yield _elasticity((few, more), tuple((with_heads(scenario, name, each), name) for each in (less, larger_team)))
    for few, team in teams.items():
        yield Check(BILLS, _people(few), ((team, name),), billed_beyond_half, "orders")


def _people(size: int) -> str:
    return f"{size} sellers" if size > 1 else "1 seller"


def _steep_steps(heads: Heads, teams: Sequence[Heads]) -> list[tuple[Heads, Heads]]:
    """Teams whose revenues are held against each other, from two people on.

    Of those who all do the same each size and the next. One more of a conveyor may be the one that was missing: there
    only teams with twice as many in each role say anything, one of each and the team itself.
    """
    if len(heads) == 1:
        return [(few, more) for few, more in pairwise(teams) if sum(few.values()) >= SMALLEST]
    return [(team, {role: 2 * n for role, n in team.items()}) for team in (dict.fromkeys(heads, 1), heads)]


def _elasticity(sizes: tuple[int, int], teams: tuple[Variant, ...]) -> Check:
    few, more = sizes
    steepest = (more / few) ** STEEPEST

    def below(less: Years, larger: Years) -> Floats:
        return steepest * less.revenue - larger.revenue

    return Check(ELASTICITY, f"{few} → {more} sellers", teams, below)


def _one_more(department: Department) -> Iterator[Check]:
    """One more person in each role of those that divide their work."""
    scenario, name = department.scenario, department.structure
    heads = heads_of(scenario, name)
    if len(heads) < 2:
        return
    first = as_on_the_first_day(scenario, name)
    for role, count in heads.items():
        more = with_heads(first, name, {role: count + 1})
        yield Check(SELLERS, f"one {role} more", ((first, name), (more, name)), worth_of_people)
