"""The rules that are in force: the scenario and structure of the moment, and those that the run began with."""

from __future__ import annotations

from collections.abc import Hashable

from simulation.scenario.channels import Channel
from simulation.scenario.people import People
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, recruiting_of, turnover_per_year
from simulation.scenario.timeline import timeline

Version = tuple[Hashable, ...]
"""A name for the market as it is from a date on, `()` as long as it is the scenario's own."""


class Rules:
    """What holds for a department now; an intervention gives it another scenario to live by."""

    def __init__(self, scenario: Scenario, structure: str) -> None:
        self.timeline = timeline(scenario, structure)
        self.first = self.scenario = scenario
        self.name = structure
        self.structure = scenario.structures[structure]
        self.mobile = self._people_come_and_go()  # whether anybody may come or leave during the run

    @property
    def people(self) -> People:
        """What holds for all people."""
        return self.scenario.people

    def adopt(self, scenario: Scenario) -> None:
        """From now on this scenario is in force."""
        self.scenario = scenario
        self.structure = scenario.structures[self.name]

    def role(self, name: str) -> Role:
        """A role as it is now."""
        return self.structure.roles[name]

    def number(self, role: str) -> int:
        """Index of a role in the structure."""
        return list(self.structure.roles).index(role)

    def roles_ever(self) -> list[Role]:
        """All roles as the timeline ever has them."""
        return [role for each in self.timeline.scenarios for role in each.structures[self.name].roles.values()]

    @property
    def limited(self) -> bool:
        """Whether anybody may ever have no more than so many open leads in hand."""
        return any(role.most_open is not None for role in self.roles_ever())

    @property
    def cares(self) -> bool:
        """Whether any role ever calls customers who asked for nothing."""
        return any(
            market.buyers(name).care is not None
            for market in (each.market for each in self.timeline.scenarios)
            for name in market.sold
        ) and any(duty.activity == "care" for role in self.roles_ever() for duty in role.activities)

    def ever_active(self, channel: str) -> bool:
        """Whether a channel is ever switched on."""
        return any(scenario.market.channels[channel].active for scenario in self.timeline.scenarios)

    def version(self) -> Version:
        """A name for the market as it is now; empty as long as it is the scenario's own."""
        if self.scenario.market is self.first.market:
            return ()
        return self.name, self.timeline.scenarios.index(self.scenario)

    def specs(self, channel: str) -> tuple[tuple[float, Channel], ...] | None:
        """A channel in all that the timeline brings; None where it never changes."""
        line = self.timeline
        specs = [
            (begin, scenario.market.channels[channel])
            for begin, scenario in zip(line.begins, line.scenarios, strict=True)
        ]
        changed = [specs[0]]
        for begin, spec in specs[1:]:
            if spec != changed[-1][1]:
                changed.append((begin, spec))
        return tuple(changed) if len(changed) > 1 else None

    def _people_come_and_go(self) -> bool:
        scenario = self.first
        roles = self.structure.roles.values()
        return (
            bool(self.timeline.changes)
            or scenario.experiment.begin == "today"
            or any(turnover_per_year(scenario.people, role) > 0 for role in roles)
            or any(recruiting_of(scenario.people, role).policy == "buffer" for role in roles)
        )
