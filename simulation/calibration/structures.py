"""The structures of a scenario made of records: as they work now, and the same people at the same pay otherwise.

Where a list of staff and the owners along the stages tell who does what (`estimators.division`), that is the present
one (`TODAY`), beside universals and a division by stages. Where they do not, universals are the present one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.calibration.facts import Facts, RoleFacts
from simulation.calibration.forms import number, unique
from simulation.calibration.writer import NOW, OTHER, Writer
from simulation.calibration.yaml_text import Flow, Noted, Stated
from simulation.texts import say

TODAY = "now"
"""Name of the present structure where the records tell who does which stages; else `NOW` is the present one."""
AFTER = ("serve", "collect", "upsell")
"""What there is to do for customers who order again."""


def present(facts: Facts) -> str:
    """Name of the structure in which people work now."""
    return TODAY if facts.people.present else NOW


def sellers_of(facts: Facts) -> int:
    """People who sell or look after customers, full seats."""
    return sum(map(heads_of, facts.people.present)) or max(1, round(facts.people.sellers.value))


def heads_of(role: RoleFacts) -> int:
    """People of a role, full seats: at least one."""
    return max(1, round(role.heads.value))


def structures(
    writer: Writer,
    facts: Facts,
    pay: float,
    stages: Sequence[str],
    last: str,
    *,
    repeat: bool,
    outbound: Sequence[str],
    known: bool,
) -> dict[str, Any]:
    """As they work now, and the same people as universals and divided by stages.

    Args:
        writer: for turnover and its draws.
        facts: what the records say.
        pay: base pay of each a month.
        stages: names of the stages as the scenario has them, in the order of the facts.
        last: the stage behind them.
        repeat: whether customers order again.
        outbound: channels whose leads are sought.
        known: whether the pay is the owner's figure.
    """
    source = say("calibration-owner") if known else say("calibration-judged-pay")
    base = {"pay": Flow({"base": Stated(number(pay), source=source)})}
    after = list(AFTER) if repeat else []
    seek = ["prospect"] if outbound else []
    first, rest = list(stages[:1]), [*stages[1:], last]
    people = facts.people
    role: dict[str, Any] = {
        "headcount": Noted(sellers_of(facts), writer.source(people.sellers)),
        **base,
        "activities": Flow([*after[:2], "sell", "paperwork", *after[2:], *seek]),
    }
    roles: dict[str, Any] = {
        "hunter": {"headcount": 1, **base, "activities": Flow([{"activity": "sell", "stages": first}, *seek])},
        "closer": {"headcount": 1, **base, "activities": Flow([{"activity": "sell", "stages": rest}, "paperwork"])},
    }
    if repeat:
        roles["farmer"] = {"headcount": 1, **base, "activities": Flow([*after, "paperwork"])}
    made: dict[str, Any] = {}
    if people.present:
        named = dict(zip((each.name for each in facts.stages), stages, strict=True))
        made[TODAY] = {
            "title": say("calibration-today"),
            "roles": _today(writer, facts, base, named, last, after, seek),
        }
    made[NOW] = {"preset": "universal", "roles": {"universal": role}}
    made[OTHER] = {"preset": "functional", "roles": roles}
    for each in made.values() if people.law is not None else ():
        for spec in each["roles"].values():
            spec["turnover_per_year"] = None  # the law of the records goes before that of the preset
    figure = people.turnover
    for name, each in made.items():
        for title, spec in each["roles"].items() if figure is not None else ():
            assert figure is not None
            path = f"structures.{name}.roles.{title}.turnover_per_year"
            spec["turnover_per_year"] = writer.stated(figure, number, path, high=12.0)
    return made


def _today(
    writer: Writer,
    facts: Facts,
    base: dict[str, Any],
    named: dict[str, str],
    last: str,
    after: list[str],
    seek: list[str],
) -> dict[str, Any]:
    """Roles with the stages that the records show.

    Who has the last of them signs, and looks after customers if nobody else does.
    """
    told = facts.people.present
    keys = unique(each.name for each in told)
    final = facts.stages[-1].name
    opening = facts.stages[0].name
    servers = [each for each in told if each.serves] or [each for each in told if final in each.stages]
    callers = [each for each in told if each.prospects] or [each for each in told if opening in each.stages]
    made: dict[str, Any] = {}
    for each in told:
        mine = [named[name] for name in each.stages if name in named]
        ends = final in each.stages
        whole = len(mine) == len(named)
        work: list[Any] = [*after[:2]] if each in servers else []
        if whole:
            work.append("sell")
        elif mine or ends:
            work.append({"activity": "sell", "stages": [*mine, *([last] if ends else [])]})
        work += ["paperwork"] if ends or each in servers else []
        work += after[2:] if each in servers else []
        work += seek if each in callers else []
        if not work:
            continue
        made[keys[each.name]] = {
            "preset": _preset(each, opening, ends, whole),
            **({"title": each.name} if keys[each.name] != each.name else {}),
            "headcount": Noted(heads_of(each), writer.source(each.heads)),
            **base,
            "activities": Flow(work),
        }
    return made


def _preset(role: RoleFacts, opening: str, ends: bool, whole: bool) -> str:
    """The role of the library that is nearest, for due times, ownership and how new work is given out."""
    if whole:
        return "universal"
    if not role.stages:
        return "farmer" if role.serves else "hunter"
    return "closer" if ends or opening not in role.stages else "hunter"
