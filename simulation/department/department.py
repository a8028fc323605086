"""The department: all parts of one structure, connected. `order` lists what begins with the year, `year` runs it.

A part gets what it may touch as arguments. Only what looks at everything gets the whole: the interventions, which give
the department another scenario to live by, the table of what begins, and the recorder at the end.
"""

from __future__ import annotations

from simulation.department.arrangement import Arrangement
from simulation.department.attrition import Reviews
from simulation.department.blueprint import Blueprint
from simulation.department.customers import Customers
from simulation.department.departures import Departures
from simulation.department.hours import Hours
from simulation.department.lead_table import LeadTables
from simulation.department.leading import Leading
from simulation.department.leads import LeadFlow
from simulation.department.months import Months
from simulation.department.office import Office, Year
from simulation.department.pace import Pace
from simulation.department.plan.plan import Plan
from simulation.department.prospecting import OutboundChannel
from simulation.department.record import LogRow
from simulation.department.rules import Rules
from simulation.department.staffing import Staffing
from simulation.department.work import Terms
from simulation.department.workforce import Workforce
from simulation.scenario.channels import Distributor, Outbound
from simulation.scenario.scenario import Scenario
from simulation.world import World


class Department:
    """One structure at work, on the morning of the first day. `year.run` it once."""

    def __init__(self, scenario: Scenario, structure: str, world: World, events: bool = False) -> None:
        """`events`: whether to keep a row for every piece of work."""
        rules = self.rules = Rules(scenario, structure)
        plan = self.plan = Plan(scenario, structure, world)
        steps = self.steps = plan.steps
        env = self.env = Year()
        office = self.office = Office(env, world.calendar)
        self.world = world
        self.log: list[LogRow] | None = [] if events else None
        self.blueprint = Blueprint(plan, rules.structure, office)
        self.tables = LeadTables(rules, world, self.blueprint)
        workforce = self.workforce = Workforce([crew for pod in self.blueprint.pods for crew in pod.crews])
        self.hours = Hours(office, world, rules, workforce)
        customers = self.customers = Customers(env, office, scenario, self.blueprint)
        flow = self.flow = LeadFlow(env, office, scenario, self.blueprint, customers, self.tables.latest)
        self._note_what_matters()
        self.terms = Terms(office=office, step_names=steps.names, events=self.log, ease=[1.0] * len(steps))
        self.terms.adopt(plan.under(scenario).working)
        outbound = self.outbound = {
            name: OutboundChannel(name, plan.under(scenario).selling.outbound(number), world)
            for number, (name, spec) in enumerate(scenario.market.channels.items())
            if isinstance(spec, Outbound) and rules.ever_active(name)
        }
        self.arrangement = Arrangement(rules, office, self.blueprint, workforce, self.tables, outbound, flow, customers)
        self.leading = Leading(plan, rules, env, steps, workforce, flow)
        self.departures = Departures(
            plan, rules, env, workforce, outbound, self.arrangement, self.leading, flow, customers
        )
        self.reviews = Reviews(plan, rules, office, workforce, customers, self.leading)
        self.pace = Pace(world, env, steps, self.terms, workforce, flow, customers, self.departures)
        self.months = Months(rules, office, self.blueprint, workforce, outbound, flow, customers)
        self.staffing = Staffing(
            plan,
            rules,
            self.hours,
            world,
            self.terms,
            workforce,
            self.arrangement,
            self.leading,
            self.departures,
            self.reviews,
        )
        self.staffing.first_day()

    def distributor_exit(self, channel: str) -> float | None:
        """When a distributor walks away, hours; None for other channels."""
        if not isinstance(self.rules.scenario.market.channels[channel], Distributor):
            return None
        return self.world.distributor_exit(channel, self.rules.specs(channel))

    def _note_what_matters(self) -> None:
        """What is noted of leads and customers only where somebody asks for it."""
        rules, roles = self.rules, self.rules.roles_ever()
        self.flow.notes_hands = self.customers.notes_hands = rules.mobile
        self.flow.limited = any(role.most_open is not None for role in roles)
        self.customers.cares = any(
            market.buyers(name).care is not None
            for market in (each.market for each in rules.timeline.scenarios)
            for name in market.sold
        ) and any(duty.activity == "care" for role in roles for duty in role.activities)
