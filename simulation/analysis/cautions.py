"""A caution: something that the reader of a comparison must know before believing it.

Here too: what the closed form says against a structure as it is drawn: before anything waits, people or order do not
fit.

Which regime a result is in: whether waiting decides it or output, from the simulated load of each role.

Where people are free much of the time, a result turns on how soon somebody answers, and pooling rules; where
they are not, on how much gets done, and speed rules. For one server against two pooled ones the break-even
gain in speed is load x (1 - load): 0.16 at a load of 0.8, 0.05 at 0.95. Where the time left goes into
prospecting, speed counts at any load: an hour freed is an hour of prospecting.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulation.analysis.cases import Case
from simulation.analysis.summaries import Summary
from simulation.analysis.unknown import people_phrase, role_title, work
from simulation.expected import Workload, workload
from simulation.expected.attendance import unanswered
from simulation.expected.splits import better_split
from simulation.scenario.search import is_counted
from simulation.scenario.titles import role_titles
from simulation.texts import Percent, Phrase, joined, say

Code = Literal[
    "payroll",
    "commission",
    "support",
    "head",
    "order",
    "ownership",
    "new_work",
    "uneven",
    "split",
    "unreached",
    "unanswered",
    "vacancy",
    "market",
    "money",
    "experiment",
    "people",
    "unpaired",
    "end_value",
    "horizon",
    "horizon_hint",
    "failures",
    "partial",
    "few",
    "unbilled",
    "trust",
    "undivided",
    "drawn",
    "proportion",
    "bare",
]


ABOVE: tuple[Code, ...] = ("trust", "undivided", "unbilled", "drawn", "proportion")
"""What is said above the verdict."""


@dataclass(frozen=True)
class Caution:
    """One warning about a comparison.

    Attributes:
        code: what kind; a report may have its own words for it.
        text: in English.
        structures: the structures concerned, () for all.
        figures: the figures of the text by name.
    """

    code: Code
    text: str
    structures: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def first(self) -> bool:
        """Whether it is said above the verdict: with it the verdict is about something else than it seems."""
        return self.code in ABOVE


def trust_cautions(cases: Mapping[str, Case]) -> list[Caution]:
    """What the records that inputs were estimated from let one trust, once for all structures of a scenario.

    That is what a back-test earned, and that records without stages know nothing of a division of the work.
    """
    found: dict[str, Caution] = {}
    for case in cases.values():
        inputs = case.scenario.inputs
        if inputs is None:
            continue
        if inputs.trust:
            missed = inputs.missed
            text = say(f"caution-trust-{inputs.trust}", known=missed is not None, missed=Percent(missed or 0.0))
            found.setdefault(text, Caution("trust", text, (), {} if missed is None else {"missed": missed}))
        if inputs.undivided and len(cases) > 1:
            found.setdefault("undivided", Caution("undivided", say("caution-undivided")))
    return list(found.values())


BUSY, IDLE = 1.0, 0.7
"""Planned loads from which somebody has too much to do, and below which somebody beside has time."""
BEHIND = 0.05
"""Share of the margin from which another split of the same payroll is told."""
SPLITS, LEAST_SPLITS = 60, 6
"""Splits that are tried for all structures together, and at least for each."""


def splits_each(structures: int) -> int:
    """Splits that are tried of each of so many structures."""
    return max(LEAST_SPLITS, SPLITS // structures)


def planned_cautions(cases: Mapping[str, Case]) -> list[Caution]:
    """Cautions where people, order of work or presence of a structure do not fit its work, from the closed form."""
    found: list[Caution] = []
    most = splits_each(len(cases))
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
            "caution-unanswered-shifts" if math.isnan(gaps[0][1].hours_per_week) else "caution-unanswered",
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


Decides = Literal["waiting", "both", "output", "unreached", "unknown"]

LOADED = 0.8
"""From this share of the busiest role's time on demanded work on, output begins to decide beside waiting."""
FULL = 0.95
"""From this share on, work is left undone and output decides."""
NOTED = 0.1
"""From this share of a role's time on prospecting on, an hour freed counts by the leads that it brings."""
VACANT = 0.1
"""From this share of vacant positions on, the planned load says little."""


@dataclass(frozen=True)
class RoleRegime:
    """The load of one role.

    Attributes:
        name: the role's name in the scenario.
        expected: planned load, in closed form: work other than prospecting over capacity, for practised people and
            when nobody is lost by waiting; above 1 there is more work than time.
        unreached: activities that the role never comes to, since prospecting without end comes before them.
        simulated: mean share of the time present on anything but prospecting: demanded work.
        prospecting: mean share of the time present on prospecting.
        utilisation: mean share of the time present at work at all.
    """

    name: str
    expected: float
    simulated: float
    prospecting: float
    utilisation: float
    unreached: tuple[str, ...] = ()

    @property
    def demanded(self) -> float:
        """Simulated share of time on demanded work; 1 where there is work and nobody is there to do it."""
        return 1.0 if math.isnan(self.simulated) and math.isinf(self.expected) else self.simulated


@dataclass(frozen=True)
class Regime:
    """The regime of one structure.

    Attributes:
        structure: its title.
        roles: load of every role with activities, by title.
        busiest: title of the role with the highest simulated share of time on demanded work; '' where nobody
            has activities or nothing was simulated.
        decides: what the result turns on.
    """

    structure: str
    roles: Mapping[str, RoleRegime]
    busiest: str
    decides: Decides

    @property
    def text(self) -> Phrase:
        """The regime in words."""
        if not self.roles:
            return say("regime-no-activities", structure=self.structure)
        if not self.busiest:
            return say("regime-unknown", structure=self.structure)
        load = self.roles[self.busiest]
        alone = math.isnan(load.simulated)
        has = say("regime-no-people") if alone else say("regime-spends", share=Percent(load.demanded))
        cold = {name: role for name, role in self.roles.items() if role.prospecting >= NOTED}
        if self.decides == "unreached":
            missed = {title: role.unreached for title, role in self.roles.items() if role.unreached}
            works = [work(each) for activities in missed.values() for each in activities]
            return say("regime-unreached", structure=self.structure, roles=list(missed), works=works)
        meaning = say("regime-prospecting" if cold and self.decides == "both" else f"regime-{self.decides}")
        text = say("regime", structure=self.structure, role=self.busiest, has=has, meaning=meaning)
        if not cold:
            return text
        shares = [say("share-of", share=Percent(role.prospecting), name=name) for name, role in cold.items()]
        return joined([text, say("regime-shares", shares=shares)])


def regime_of(case: Case, summaries: Mapping[str, Summary]) -> Regime:
    """The regime of a structure, from its simulated load; the planned load stands beside it."""

    def mean(name: str) -> float:
        return summaries[name].mean if name in summaries else math.nan

    roles: dict[str, RoleRegime] = {}
    titles = role_titles(case.structure)
    for name, load in workload(case.scenario, case.key).roles.items():
        roles[titles[name]] = RoleRegime(
            name=name,
            expected=load.load,
            simulated=mean(f"load.{name}"),
            prospecting=mean(f"time.{name}.prospect"),
            utilisation=mean(f"utilisation.{name}"),
            unreached=load.unreached,
        )
    known = [title for title, role in roles.items() if not math.isnan(role.demanded)]
    if not known or not any(math.isfinite(role.simulated) for role in roles.values()):
        return Regime(case.title, roles, "", "unknown")
    busiest = max(known, key=lambda title: roles[title].demanded)
    cold = max((role.prospecting for role in roles.values() if not math.isnan(role.prospecting)), default=0.0)
    if any(role.unreached for role in roles.values()):
        return Regime(case.title, roles, busiest, "unreached")
    return Regime(case.title, roles, busiest, decides(roles[busiest].demanded, cold))


def vacancy_cautions(cases: Mapping[str, Case], summaries: Mapping[str, Mapping[str, Summary]]) -> list[Caution]:
    """Cautions where positions were vacant so often that the planned load is not the load that people had."""
    found = []
    for name, case in cases.items():
        summary = summaries[name].get("vacancy")
        if summary is None or not summary.mean > VACANT:
            continue
        text = say("caution-vacancy", structure=case.title, share=Percent(summary.mean))
        found.append(Caution("vacancy", text, (name,), {"vacancy": summary.mean}))
    return found


def decides(demanded: float, prospecting: float = 0.0) -> Decides:
    """What a result turns on.

    Args:
        demanded: simulated share of the busiest role's time on work other than prospecting.
        prospecting: highest share of a role's time on prospecting (0 without outbound channels).
    """
    if demanded >= FULL:
        return "output"
    return "both" if demanded >= LOADED or prospecting >= NOTED else "waiting"
