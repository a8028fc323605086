"""The department: all parts of one structure, connected. `order` lists what begins with the year, `year` runs it.

A part gets what it may touch as arguments. Only what looks at everything gets the whole: the interventions, which give
the department another scenario to live by, the table of what begins, and the recorder at the end.
"""

from __future__ import annotations

from simulation.department.chosen import parts_of
from simulation.department.pace import Pace
from simulation.department.plan.plan import Plan
from simulation.department.record import LogRow
from simulation.department.rules import Rules
from simulation.department.staffing import Staffing
from simulation.department.workforce import Workforce
from simulation.floor.choice import OBJECTS, Floor, floor_of
from simulation.scenario.channels import Distributor, Outbound
from simulation.scenario.scenario import Scenario
from simulation.world import World


class Department:
    """One structure at work, on the morning of the first day. `year.run` it once."""

    def __init__(
        self, scenario: Scenario, structure: str, world: World, events: bool = False, floor: Floor | None = None
    ) -> None:
        """`events`: whether to keep a row for every piece of work; `floor`: on which it works, None: the chosen one."""
        rules = self.rules = Rules(scenario, structure)
        plan = self.plan = Plan(scenario, structure, world)
        steps = self.steps = plan.steps
        self.world = world
        self.log: list[LogRow] | None = [] if events else None
        # the kernel draws by key, which numbers that are given by hand do not have
        floor = floor or (floor_of(scenario, structure) if world.streams.keyed else OBJECTS)
        parts = parts_of(floor)(plan, rules, world, self.log)
        env = self.env = parts.env()
        office = self.office = parts.office(env)
        self.blueprint = parts.blueprint(office)
        self.tables = parts.tables(self.blueprint)
        workforce = self.workforce = Workforce([crew for pod in self.blueprint.pods for crew in pod.crews])
        self.hours = parts.hours(office, workforce)
        customers = self.customers = parts.customers(env, office, scenario, self.blueprint)
        flow = self.flow = parts.flow(env, office, scenario, self.blueprint, customers, self.tables.latest)
        self._note_what_matters()
        self.terms = parts.terms(office)
        self.terms.adopt(plan.under(scenario).working)
        outbound = self.outbound = {
            name: parts.channel(name, plan.under(scenario).selling.outbound(number))
            for number, (name, spec) in enumerate(scenario.market.channels.items())
            if isinstance(spec, Outbound) and rules.ever_active(name)
        }
        self.arrangement = parts.arrangement(
            rules, office, self.blueprint, workforce, self.tables, outbound, flow, customers
        )
        self.leading = parts.leading(plan, rules, env, steps, workforce, flow)
        self.departures = parts.departures(
            plan, rules, env, workforce, outbound, self.arrangement, self.leading, flow, customers
        )
        self.reviews = parts.reviews(plan, rules, office, workforce, customers, self.leading)
        self.pace = Pace(world, env, steps, self.terms, workforce, flow, customers, self.departures)
        self.months = parts.months(rules, office, self.blueprint, workforce, outbound, flow, customers)
        self.columns = parts.columns(flow, customers, self.tables, workforce)
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
            parts.person,
        )
        self.staffing.first_day()

    def distributor_exit(self, channel: str) -> float | None:
        """When a distributor walks away, hours; None for other channels."""
        if not isinstance(self.rules.scenario.market.channels[channel], Distributor):
            return None
        return self.world.distributor_exit(channel, self.rules.specs(channel))

    def _note_what_matters(self) -> None:
        """What is noted of leads and customers only where somebody asks for it."""
        rules = self.rules
        self.flow.notes_hands = self.customers.notes_hands = rules.mobile
        self.flow.limited = rules.limited
        self.customers.cares = rules.cares
