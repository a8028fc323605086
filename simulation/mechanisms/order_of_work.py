"""Order of work: due times, what is newest first, and how many open leads a person has in hand.

The order of preference itself has no neutral setting: with all work done in time it decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf

from simulation.mechanisms.mechanism import Mechanism
from simulation.texts import worded
from simulation.written.base import Neutral, key

MECHANISM = Mechanism(
    "order_of_work",
    "due-times",
    (
        "department.person.Person.overdue",
        "department.person.Person.has_room",
        "department.work.newest_in",
        "department.work.Crew.call_when_due",
        "department.blueprint.Blueprint.draw",
    ),
    "mechanisms.order_of_work.shares_done",
    measures=("overdue", "overdue_end"),
)
DUE = key(
    {},
    "Within what working time after it is ready work of an activity should be begun. Work past it comes before all "
    "other, the longest overdue first; never: no such time. `qualify` is also the first stage that a role sells at "
    "where it does not sort the leads before: they are new to it. `sell` is every later stage.",
    changes=True,
    neutral=Neutral("order_of_work", "never"),
)
NEWEST_FIRST = key(
    (),
    "Activities of which the newest work that waits is taken first; of all others the oldest.",
    changes=True,
    neutral=Neutral("order_of_work", ()),
)
MOST_OPEN = key(
    None,
    "Open leads that a person has in hand at most; who has so many takes no new one. null: no limit.",
    ge=1,
    changes=True,
    neutral=Neutral("order_of_work", None),
)
"""The keys of a role."""


def of_work_that_waits(**named: Iterable[str]) -> None:
    """Refuse keys, by their names, that name activities which never wait."""
    for name, activities in named.items():
        idle = [activity for activity in activities if activity in ("prospect", "train")]
        if idle:
            raise ValueError(worded("never-waits", name=name, idle=idle[0]))


def dated(due: Iterable[tuple[str, float]]) -> frozenset[str]:
    """Those activities whose due time is one."""
    return frozenset(activity for activity, hours in due if hours < inf)


def sells_what_it_sorts(order: Sequence[str], due: Collection[str]) -> bool:
    """Whether the same people sort leads and sell to them, so that of both the same share is done."""
    return "sell" in due and {"qualify", "sell"} <= set(order)


def shares_done(
    hours: Mapping[str, float], order: Sequence[str], due: Collection[str], rest: float
) -> dict[str, float]:
    """Share of the work of each activity that is done in so many hours: what comes last in the order is left.

    What has a due time is then overdue and comes before all other, in equal shares. Whoever sorts leads and sells
    sells to those that are sorted: of both the same share is done.

    Args:
        hours: asked for, by activity.
        order: the activities in order of preference.
        due: those of them that have a due time.
        rest: hours that there are.
    """
    both = {"qualify", "sell"} if sells_what_it_sorts(order, due) else set()
    late = [activity for activity in order if activity in due and activity not in both]
    blocks = [late, *([a] for a in order if a not in late and a not in both)]
    if both:
        place = min(order.index(activity) for activity in both)
        after = sum(1 for activity in order[:place] if activity not in late)
        blocks.insert(1 + after, [activity for activity in order if activity in both])
    shares: dict[str, float] = {}
    for block in blocks:
        asked = sum(hours.get(activity, 0.0) for activity in block)
        share = 1.0 if asked <= rest else rest / asked
        shares |= dict.fromkeys(block, share)
        rest = max(0.0, rest - share * asked)
    return {activity: shares[activity] for activity in order}
