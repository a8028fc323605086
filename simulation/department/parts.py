"""Parts: of which a department is put together, for the floor that a year is played on.

These are those of the object floor. The compiled floor has others in the same places (`compiled.parts`), which hand on
to its kernel what lives ask; whatever is not hot is the same on both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulation.department.arrangement import Arrangement
from simulation.department.attrition import Reviews
from simulation.department.blueprint import Blueprint
from simulation.department.columns import Columns
from simulation.department.customers import Customers
from simulation.department.departures import Departures
from simulation.department.hours import Hours
from simulation.department.lead_table import LeadTable, LeadTables
from simulation.department.leading import Leading
from simulation.department.leads import LeadFlow
from simulation.department.months import Months
from simulation.department.office import Office, Year
from simulation.department.person import Person
from simulation.department.plan.market import Calling
from simulation.department.plan.plan import Plan
from simulation.department.prospecting import OutboundChannel
from simulation.department.record import LogRow
from simulation.department.rules import Rules
from simulation.department.work import Terms
from simulation.department.workforce import Workforce
from simulation.scenario.scenario import Scenario
from simulation.world import World


class Parts:
    """Makes the parts of a department on the object floor."""

    def __init__(self, plan: Plan, rules: Rules, world: World, log: list[LogRow] | None) -> None:
        self._plan = plan
        self._rules = rules
        self._world = world
        self._log = log

    def env(self) -> Year:
        """The clock."""
        return Year()

    def office(self, env: Year) -> Office:
        """The working time of all."""
        return Office(env, self._world.calendar)

    def blueprint(self, office: Office) -> Blueprint:
        """Crews and desks."""
        return Blueprint(self._plan, self._rules.structure, office)

    def tables(self, blueprint: Blueprint) -> LeadTables:
        """What leads are like."""
        return LeadTables(self._rules, self._world, blueprint)

    def hours(self, office: Office, workforce: Workforce) -> Hours:
        """Who works when."""
        return Hours(office, self._world, self._rules, workforce)

    def customers(self, env: Year, office: Office, scenario: Scenario, blueprint: Blueprint) -> Customers:
        """What customers do."""
        return Customers(env, office, scenario, blueprint)

    def flow(
        self,
        env: Year,
        office: Office,
        scenario: Scenario,
        blueprint: Blueprint,
        customers: Customers,
        latest: Mapping[LeadTable, LeadTable],
    ) -> LeadFlow:
        """What happens to leads."""
        return LeadFlow(env, office, scenario, blueprint, customers, latest)

    def terms(self, office: Office) -> Terms:
        """What holds for everybody who works."""
        steps = self._plan.steps
        return Terms(office=office, step_names=steps.names, events=self._log, ease=[1.0] * len(steps))

    def channel(self, name: str, spec: Calling) -> OutboundChannel:
        """An outbound channel."""
        return OutboundChannel(name, spec, self._world)

    def arrangement(self, *rest: Any) -> Arrangement:
        """Who has which queues; `rest`: as `Arrangement` wants it."""
        return Arrangement(*rest)

    def departures(self, *rest: Any) -> Departures:
        """What becomes of leavers' work; `rest`: as `Departures` wants it."""
        return Departures(*rest)

    def leading(self, *rest: Any) -> Leading:
        """What heads do for the others; `rest`: as `Leading` wants it."""
        return Leading(*rest)

    def reviews(self, *rest: Any) -> Reviews:
        """Who leaves, and when; `rest`: as `Reviews` wants it."""
        return Reviews(*rest)

    def months(self, *rest: Any) -> Months:
        """Figures of the months; `rest`: as `Months` wants it."""
        return Months(*rest)

    def columns(self, flow: LeadFlow, customers: Customers, tables: LeadTables, workforce: Workforce) -> Columns:
        """What the floor has to tell at the end."""
        return Columns(flow, customers, tables, workforce, self._world.end, self._log)

    @property
    def person(self) -> Callable[..., Person]:
        """Makes somebody at work."""
        return Person
