"""The order in which things happen at one moment, as a table that can be printed: `python -m simulation.department`.

At one moment come first the doors of the office (who works until the evening begins nothing more) and interrupts (who
has left does nothing more); then whatever was set first. So a date that is known from the first day comes before a
month that closes, a month before a week, a week before a day, and all of them before the end of a piece of work that
was begun after they were set. Routines of one period keep the order of the table, in which they begin and set
themselves again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.department import Department
from simulation.department.first_day import FirstDay
from simulation.department.interventions import Interventions
from simulation.department.leading import weekly_meetings
from simulation.department.pace import weekly_effort
from simulation.scenario.channels import Arrivals, Distributor, Outbound


class Routine(NamedTuple):
    """Something that begins with the year."""

    name: str
    when: str
    does: str
    begin: Callable[[Department], None]  # where the scenario has it


def table() -> str:
    """The table as text."""
    rows = [(str(number), routine.name, routine.when, routine.does) for number, routine in enumerate(ROUTINES, 1)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in rows
    )


def _doors(department: Department) -> None:
    department.office.begin(department.hours.doors_opened)


def _reviews(department: Department) -> None:
    department.env.process(department.reviews.weekly())


def _warm_up(department: Department) -> None:
    warm_up = department.rules.first.experiment.warm_up
    if warm_up:
        department.env.process(department.reviews.count_from(department.world.month_edges[warm_up]))


def _effort(department: Department) -> None:
    targets = department.plan.targets
    if targets.effort:
        department.env.process(weekly_effort(targets, department.customers, department.pace))


def _first_day(department: Department) -> None:
    FirstDay(
        department.rules.scenario,
        department.tables,
        department.blueprint,
        department.workforce,
        department.flow,
        department.customers,
    ).begin()


def _channels(department: Department) -> None:
    env, rules = department.env, department.rules
    for name, spec in rules.scenario.market.channels.items():
        if not rules.ever_active(name):
            continue
        if isinstance(spec, Arrivals):
            department.flow.arriving(department.tables.of(name))
        elif isinstance(spec, Distributor):
            env.process(_distributing(department, name))
        elif isinstance(spec, Outbound):
            department.tables.of(name)  # so that it is there before the first find
            if spec.contacts is not None:
                env.process(department.outbound[name].refresh(env, department.world.month_edges[1:-1]))


def _distributing(department: Department, name: str) -> ProcessGenerator:
    """A distributor's orders come by themselves until it walks away."""
    env, tables = department.env, department.tables
    for i, at in enumerate(tables.of(name).stock.arrivals):
        yield env.timeout(at - env.now)
        table = tables.of(name)
        spec = department.rules.scenario.market.channels[name]
        assert isinstance(spec, Distributor)
        product = table.product if table.products is None else table.products[i]
        size = table.size(product, i, env.now)
        department.customers.distributed(table.stock, i, table.channel, product, size, spec.discount)


def _meetings(department: Department) -> None:
    if any(role.meetings > 0 for role in department.rules.roles_ever()):
        department.env.process(weekly_meetings(department.env, department.steps, department.workforce))


def _past_due(department: Department) -> None:
    if any(role.due for role in department.rules.roles_ever()):
        department.env.process(department.months.watching())


def _interventions(department: Department) -> None:
    Interventions(department).begin()


def _months(department: Department) -> None:
    department.env.process(department.months.closing(department.world.month_edges[1:-1]))


def _first_moment(department: Department) -> None:
    department.env.process(department.hours.first_moment())


ROUTINES = (
    Routine("doors", "each opening and closing", "people begin to work and go home; before all else", _doors),
    Routine(
        "reviews",
        "weekly, from the first moment",
        "proficiency, hours of the heads and for newcomers; load, earnings and who gives notice",
        _reviews,
    ),
    Routine("warm-up", "once, at its end", "the account of expected leavers begins anew", _warm_up),
    Routine("effort", "weekly", "people behind their plan work faster", _effort),
    Routine("first day", "once, at the first moment", "customers of the base and the open pipeline", _first_day),
    Routine(
        "channels",
        "each arrival; monthly",
        "leads arrive, distributors order, lists get fresh contacts; in the order of the scenario",
        _channels,
    ),
    Routine("meetings", "weekly, from the first moment", "each person gets a meeting", _meetings),
    Routine("past due", "weekly", "what waits past its due time is counted", _past_due),
    Routine("interventions", "on their dates", "another scenario is in force, people move", _interventions),
    Routine("months", "monthly", "cumulated figures are written down", _months),
    Routine("first moment", "once", "around the clock no door opens: people begin at once", _first_moment),
)
"""What begins with the year, in the order in which it begins."""
