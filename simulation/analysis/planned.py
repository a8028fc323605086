"""What the closed form says against a structure as it is drawn: before anything waits, people or order do not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.naming import people_phrase, role_title, work
from simulation.expected import Workload, workload
from simulation.expected.attendance import unanswered
from simulation.expected.splits import better_split
from simulation.scenario.search import is_counted
from simulation.texts import Percent, say

BUSY, IDLE = 1.0, 0.7
"""Planned loads from which somebody has too much to do, and below which somebody beside has time."""
BEHIND = 0.05
"""Share of the margin from which another split of the same payroll is told."""
SPLITS, LEAST_SPLITS = 60, 6
"""Splits that are tried for all structures together, and at least for each."""


def planned_cautions(cases: Mapping[str, Case]) -> list[Caution]:
    """Cautions where people, order of work or presence of a structure do not fit its work, from the closed form."""
    found: list[Caution] = []
    most = max(LEAST_SPLITS, SPLITS // len(cases))
    for case in cases.values():
        flows = workload(case.scenario, case.key)
        found += _unreached(case, flows)
        found += _unanswered(case, flows)
        found += _uneven(case, flows)
        found += _split(case, flows, most)
    return found


def _unreached(case: Case, flows: Workload) -> Iterator[Caution]:
    for name, load in flows.roles.items():
        if load.unreached:
            text = say(
                "caution-unreached",
                structure=case.title,
                role=role_title(case.structure, name),
                works=[work(activity) for activity in load.unreached],
            )
            yield Caution("unreached", text, (case.name,))


def _unanswered(case: Case, flows: Workload) -> Iterator[Caution]:
    whole = sum(part.end - part.begin for part in flows.parts)
    gaps = [(part, gap) for part in flows.parts if (gap := unanswered(part.scenario, case.key)) is not None]
    if gaps:
        share = sum((part.end - part.begin) * gap.share for part, gap in gaps) / whole
        minutes = round(60 * gaps[0][1].since)
        text = say(
            "caution-unanswered",
            structure=case.title,
            share=Percent(share),
            roles=[role_title(case.structure, name) for name in gaps[0][1].roles],
            time=f"{dt.time(minutes // 60 % 24, minutes % 60):%H:%M}",
        )
        yield Caution("unanswered", text, (case.name,), {"share": share})


def _uneven(case: Case, flows: Workload) -> Iterator[Caution]:
    """The most and the least loaded role; overflow duties and other firms' people aside, whose load says little."""
    roles = case.structure.roles
    fixed = {name for name, role in roles.items() if any(duty.overflow is not None for duty in role.activities)}
    pressure = {name: flows.pressure(name) for name, load in flows.roles.items() if load.capacity > 0}
    free = {
        name: load.load_with_prospecting
        for name, load in flows.roles.items()
        if load.capacity > 0 and name not in fixed and not load.unreached and is_counted(roles[name])
    }
    if not pressure or not free:
        return
    busy, idle = max(pressure, key=lambda name: pressure[name]), min(free, key=lambda name: free[name])
    if pressure[busy] <= BUSY or free[idle] >= IDLE:
        return
    heads = flows.roles[idle].headcount
    moves = heads > 1 and is_counted(roles[busy]) and free[idle] * heads / (heads - 1) <= BUSY
    text = say(
        "caution-uneven",
        structure=case.title,
        busy=role_title(case.structure, busy),
        high=Percent(pressure[busy]),
        idle=role_title(case.structure, idle),
        low=Percent(free[idle]),
        move="yes" if moves else "no",
    )
    yield Caution("uneven", text, (case.name,), {"busy": pressure[busy], "idle": free[idle]})


def _split(case: Case, flows: Workload, most: int) -> Iterator[Caution]:
    own, best = better_split(case.scenario, case.key, most, flows)
    if not best.margin > 0 or 1 - own.margin / best.margin <= BEHIND:
        return
    behind = 1 - own.margin / best.margin

    def in_words(heads: Mapping[str, int]) -> str:
        people = [people_phrase(role_title(case.structure, name), count) for name, count in heads.items()]
        return say("split-people", people=people)

    text = say(
        "caution-split",
        structure=case.title,
        own=in_words(own.heads),
        best=in_words(best.heads),
        behind=Percent(behind),
    )
    yield Caution("split", text, (case.name,), {"behind": behind})
