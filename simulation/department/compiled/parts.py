"""The parts of a department on the compiled floor. Its kernel knows what is hot; whatever is not is as on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulation.department.arrangement import Arrangement
from simulation.department.attrition import Reviews
from simulation.department.blueprint import Blueprint
from simulation.department.columns import Columns
from simulation.department.compiled.clock import CompiledOffice, CompiledYear
from simulation.department.compiled.flow import (
    CompiledBlueprint,
    CompiledChannel,
    CompiledCustomers,
    CompiledFlow,
)
from simulation.department.compiled.luck import Luck
from simulation.department.compiled.months import CompiledColumns, CompiledMonths
from simulation.department.compiled.people import (
    CompiledArrangement,
    CompiledDepartures,
    CompiledHours,
    CompiledPerson,
    CompiledTerms,
    has_place,
)
from simulation.department.compiled.reviews import CompiledLeading, CompiledReviews
from simulation.department.compiled.tables import CompiledTables
from simulation.department.customers import Customers
from simulation.department.departures import Departures
from simulation.department.employees import Employee, Place
from simulation.department.hours import Hours
from simulation.department.lead_table import LeadTable, LeadTables
from simulation.department.leading import Leading
from simulation.department.leads import LeadFlow
from simulation.department.months import Months
from simulation.department.office import Office, Year
from simulation.department.parts import Parts
from simulation.department.person import Person
from simulation.department.plan.market import Calling
from simulation.department.plan.plan import Plan
from simulation.department.prospecting import OutboundChannel
from simulation.department.record import LogRow
from simulation.department.rules import Rules
from simulation.department.skills import Skill
from simulation.department.work import Crew, Terms
from simulation.department.workforce import Workforce
from simulation.floor.choice import new_kernel
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import in_shifts
from simulation.world import World


class CompiledParts(Parts):
    """Makes the parts of a department on the compiled floor."""

    def __init__(self, plan: Plan, rules: Rules, world: World, log: list[LogRow] | None) -> None:
        super().__init__(plan, rules, world, log)
        market, structure, steps = plan.scenario.market, rules.structure, plan.steps
        self._luck = Luck(world)
        sizes = {
            "steps": len(steps),
            "stages": steps.stages,
            "products": len(market.products),
            "channels": len(market.channels),
            "processes": len(market.sold),
            "pods": structure.pods,
            "crews": sum(not role.support for role in structure.roles.values()),
            "roles": len(structure.roles),
            "order": steps.order,
            "request": steps.request,
            "upsell": steps.upsell,
            "collect": steps.collect,
            "paperwork": steps.paperwork,
            "coach": steps.coach,
            "meet": steps.meet,
            "care": steps.care,
            "logs": log is not None,
            "notes_hands": rules.mobile,
            "limited": rules.limited,
            "cares": rules.cares,
            "in_shifts": in_shifts(structure),
        }
        self._kernel = self._luck.kernel = new_kernel(self._luck, sizes)

    def env(self) -> Year:
        """The clock."""
        self._env = CompiledYear(self._kernel)
        return self._env

    def office(self, env: Year) -> Office:
        """The working time of all."""
        return CompiledOffice(env, self._world.calendar, self._kernel)

    def blueprint(self, office: Office) -> Blueprint:
        """Crews and desks."""
        return CompiledBlueprint(self._plan, self._rules.structure, office, kernel=self._kernel)

    def tables(self, blueprint: Blueprint) -> LeadTables:
        """What leads are like."""
        return CompiledTables(self._rules, self._world, blueprint, self._kernel, self._luck)

    def hours(self, office: Office, workforce: Workforce) -> Hours:
        """Who works when."""
        hours = CompiledHours(office, self._world, self._rules, workforce)
        hours.kernel = self._kernel
        return hours

    def customers(self, env: Year, office: Office, scenario: Scenario, blueprint: Blueprint) -> Customers:
        """What customers do."""
        return CompiledCustomers(env, office, scenario, blueprint, self._kernel, self._luck)

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
        return CompiledFlow(scenario, blueprint, self._kernel, self._luck.rows)

    def terms(self, office: Office) -> Terms:
        """What holds for everybody who works."""
        steps = self._plan.steps
        terms = CompiledTerms(office=office, step_names=steps.names, events=self._log, ease=[1.0] * len(steps))
        terms.kernel = self._kernel
        return terms

    def channel(self, name: str, spec: Calling) -> OutboundChannel:
        """An outbound channel."""
        number = list(self._plan.scenario.market.channels).index(name)
        channel = self._luck.channels[number] = CompiledChannel(name, spec, number, self._kernel)
        return channel

    def arrangement(self, *rest: Any) -> Arrangement:
        """Who has which queues."""
        return _with(CompiledArrangement, self._kernel, rest)

    def departures(self, *rest: Any) -> Departures:
        """What becomes of leavers' work."""
        return _with(CompiledDepartures, self._kernel, rest)

    def leading(self, *rest: Any) -> Leading:
        """What heads do for the others."""
        return _with(CompiledLeading, self._kernel, rest)

    def reviews(self, *rest: Any) -> Reviews:
        """Who leaves, and when."""
        reviews: CompiledReviews = _with(CompiledReviews, self._kernel, rest)
        self._luck.by_law = reviews.by_law
        self._env.gives_notice = reviews.gives_notice
        return reviews

    def months(self, *rest: Any) -> Months:
        """Figures of the months."""
        return _with(CompiledMonths, self._kernel, rest)

    def columns(self, flow: LeadFlow, customers: Customers, tables: LeadTables, workforce: Workforce) -> Columns:
        """What the floor has to tell at the end."""
        steps = self._plan.steps
        names = (steps.names, steps.stages, list(self._plan.scenario.market.channels))
        logs = self._log is not None
        return CompiledColumns(self._kernel, self._luck, tables, workforce, self._world.end, names, logs)

    @property
    def person(self) -> Callable[..., Person]:
        """Makes somebody at work."""
        kernel = self._kernel

        def sits(
            employee: Employee, place: Place, crew: Crew, terms: Terms, skills: list[Skill | None], office: Office
        ) -> Person:
            has_place(kernel, place)
            return CompiledPerson(kernel, employee, place, crew, skills, office)

        return sits


def _with(part: Any, kernel: Any, rest: tuple[Any, ...]) -> Any:
    """A part that hands on to the kernel."""
    made = part.__new__(part)
    made.kernel = kernel
    made.__init__(*rest)
    return made
