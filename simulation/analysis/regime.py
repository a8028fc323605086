"""Which regime a result is in: whether waiting decides it or output, from the simulated load of each role.

Where people are free much of the time, a result turns on how soon somebody answers, and pooling rules; where
they are not, on how much gets done, and speed rules. For one server against two pooled ones the break-even
gain in speed is load x (1 - load): 0.16 at a load of 0.8, 0.05 at 0.95. Where the time left goes into
prospecting, speed counts at any load: an hour freed is an hour of prospecting.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.naming import work
from simulation.analysis.summaries import Summary
from simulation.expected import workload
from simulation.scenario.titles import role_titles
from simulation.texts import Percent, Phrase, joined, say

Decides = Literal["waiting", "both", "output", "unreached", "unknown"]

BUSY = 0.8
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
    """The regime of a structure, from its simulated load; the planned load stands beside it.

    Args:
        case: the structure and its scenario.
        summaries: summaries of its measures.
    """

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
    return "both" if demanded >= BUSY or prospecting >= NOTED else "waiting"
