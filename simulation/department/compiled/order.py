"""The order of work as the kernel reads it: the tables of the plan with rows one behind the other."""

from __future__ import annotations

from types import SimpleNamespace
from weakref import WeakKeyDictionary

import numpy as np

from simulation.department.plan.order_of_work import OWN_TIME, OrderOfWork
from simulation.department.steps import ACTIVITY
from simulation.scenario.structures import Role

_MADE: WeakKeyDictionary[OrderOfWork, SimpleNamespace] = WeakKeyDictionary()
_OWN_TIME = [ACTIVITY[name] for name in OWN_TIME]


def whole(values: object) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """Integers as the kernel reads them."""
    return np.ascontiguousarray(values, np.int32)


def real(values: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Floats as the kernel reads them."""
    return np.ascontiguousarray(values, np.float64)


def order_for_kernel(order: OrderOfWork, roles: list[Role]) -> SimpleNamespace:
    """The tables of `kernel.Kernel.draw`; `roles` are those of the crews. Made once for all replications."""
    known = _MADE.get(order)
    if known is None:
        known = _MADE[order] = _made(order, roles)
    return known


def _made(order: OrderOfWork, roles: list[Role]) -> SimpleNamespace:
    duties, desks, levels = order.duties, order.desks, order.levels
    crews, widest = duties.activity.shape
    masks = [[duties.newest[n], duties.entry[n], duties.after_prospecting[n]] for n in range(crews)]
    own_time = [np.isin(duties.activity[n], _OWN_TIME) for n in range(crews)]
    channels: list[int] = []
    channels_of = np.zeros((crews, widest + 1), np.int32)
    for n in range(crews):
        for duty in range(widest):
            channels_of[n, duty] = len(channels)
            channels += np.flatnonzero(duties.prospects[n, duty]).tolist()
        channels_of[n, widest] = len(channels)
    lines: dict[str, list[float]] = {name: [] for name in _LINE}
    places: list[int] = []
    of = [0]
    for n in range(crews):
        for level in range(levels.duty.shape[1]):
            duty = int(levels.duty[n, level])
            if duty < 0:
                continue
            read = [desk for desk in levels.desk[n, level].tolist() if desk >= 0]
            row = (
                duty,
                int(duties.activity[n, duty]),
                int(levels.guard[n, level]),
                int(levels.own[n, level]),
                len(places),
                len(read),
                int(levels.helps_from[n, level]),
                float(levels.helps_after[n, level]),
                float(duties.due[n, duty]),
                int(duties.newest[n, duty]),
            )
            for name, value in zip(_LINE, row, strict=True):
                lines[name].append(value)
            places += read
        of.append(len(lines["duty"]))
    kept = duties.protected >= 0
    return SimpleNamespace(
        classes=len(desks.at),
        bands=real(order.bands),
        desks_count=len(desks.assigned),
        widest=widest,
        readers=desks.crew.shape[1],
        duties=SimpleNamespace(
            role=whole(duties.role),
            count=whole(duties.count),
            personal=whole(duties.personal),
            assigned=whole(duties.assigned),
            cover=real(duties.cover),
            most_open=real(duties.most_open),
            care_per_month=real([np.nan if role.care_per_month is None else role.care_per_month for role in roles]),
            masks=np.array([[_mask(each) for each in (*row, own)] for row, own in zip(masks, own_time, strict=True)]),
            due=real(duties.due),
            due_by_step=real(duties.due_by_step),
            does=whole(duties.does),
            activity=whole(duties.activity),
            desk=whole(duties.desk),
            channels=whole(channels),
            channels_of=channels_of,
            any_due=whole((duties.due < np.inf).any(axis=1)),
        ),
        desks=SimpleNamespace(
            at=whole(desks.at),
            assigned=whole(desks.assigned),
            newest=whole(desks.newest),
            calls=whole(desks.calls),
            crew=whole(desks.crew),
            duty=whole(desks.duty),
            helps_from=whole(desks.helps_from),
            helps_after=real(desks.helps_after),
        ),
        lines=SimpleNamespace(
            **{name: (real if name in _REAL else whole)(values) for name, values in lines.items()},
            places=whole(places),
            of=whole(of),
        ),
        windows=SimpleNamespace(
            activity=whole(duties.protected[kept]),
            hours=real(duties.protected_hours[kept]),
            of=whole(np.concatenate([[0], np.cumsum(kept.sum(axis=1))])),
        ),
    )


_LINE = ("duty", "activity", "guard", "own", "desks", "desks_count", "helps_from", "helps_after", "due", "newest")
_REAL = ("helps_after", "due")


def _mask(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> np.uint64:
    """Flags as the bits of one number."""
    return np.uint64(sum(1 << number for number in np.flatnonzero(flags).tolist()))
