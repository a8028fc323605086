"""The pace of everybody: slower while a change is digested, helped by a CRM, faster behind the plan."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.customers import Customers
from simulation.department.departures import Departures
from simulation.department.leads import LeadFlow
from simulation.department.office import Life, Year
from simulation.department.plan.dated import Targets
from simulation.department.record import DEAL
from simulation.department.steps import QUALIFY, Steps
from simulation.department.work import Terms
from simulation.department.workforce import Workforce
from simulation.mechanisms.effort import faster
from simulation.mechanisms.interventions import Crm, Dip, dipped
from simulation.world import World
from simulation.written.readers import DAY, WEEK


class RollOut(NamedTuple):
    """A CRM that is rolled out."""

    crm: Crm
    begin: float
    fails: bool


class Adoption(NamedTuple):
    """How much a CRM is used."""

    time: float
    used: float  # share


class Pace:
    """Factors on the hours of work by step, renewed at midnight while anything is under way."""

    def __init__(
        self,
        world: World,
        env: Year,
        steps: Steps,
        terms: Terms,
        workforce: Workforce,
        flow: LeadFlow,
        customers: Customers,
        departures: Departures,
    ) -> None:
        self._world = world
        self._env = env
        self._steps = steps
        self._terms = terms
        self._workforce = workforce
        self._flow = flow
        self._customers = customers
        self._departures = departures
        self.failed = False  # whether a roll-out failed
        self.log: list[Adoption] = []
        self._dips: list[tuple[Dip, float]] = []
        self._tools: list[RollOut] = []
        self._life: Life | None = None
        self.effort = 0.0  # share by which everybody works faster, being behind the plan

    def try_harder(self, effort: float) -> None:
        """From now on everybody works faster by this share."""
        if effort != self.effort:
            self.effort = effort
            self._renew()

    def change(self, dip: Dip) -> None:
        """A change has been made: people need time to get used to it."""
        self._dips.append((dip, self._env.now))
        self._begin()

    def roll_out(self, crm: Crm) -> None:
        """A CRM is rolled out from now on; whether it fails is the World's."""
        luck = self._world.crm_luck(len(self._tools))
        fails = luck < crm.failure
        self.failed = self.failed or fails
        self._tools.append(RollOut(crm, self._env.now, fails))
        self._begin()

    def _begin(self) -> None:
        self._renew()
        if self._life is None or not self._life.is_alive:
            self._life = self._env.process(self._daily())

    def _daily(self) -> ProcessGenerator:
        """At every midnight, until nothing is under way any more."""
        env = self._env
        yield env.timeout(DAY - env.now % DAY)
        while True:
            self._renew()
            if not self._tools and not self._dips:
                return
            yield env.timeout(DAY)

    def _renew(self) -> None:
        """Take all factors anew, mean over the time until midnight."""
        now = self._env.now
        hours = DAY - now % DAY
        self._dips = [(dip, at) for dip, at in self._dips if dip.is_open(now - at)]
        slow = 1.0 / (1.0 - dipped(self._dips, now, hours)) / (1.0 + self.effort)
        steps = self._steps
        ease = [slow] * len(steps)
        hand_off = departure = 1.0
        used = 0.0
        for crm, begin, fails in self._tools:
            share = 0.0 if fails else crm.adoption(now + hours / 2 - begin)
            used = max(used, share)
            ease[QUALIFY] *= 1.0 - crm.answer * share
            ease[steps.paperwork] *= 1.0 - crm.paperwork * share
            for step in (steps.order, steps.request):
                ease[step] *= 1.0 - crm.service * share
            hand_off *= 1.0 - crm.hand_off * share
            departure *= 1.0 - crm.departure * share
        if self._terms.renew(ease, slow):
            for person in self._workforce.people:
                person.repace(now)
        self._flow.losses = self._customers.losses = hand_off
        self._departures.kept = departure
        if self._tools:
            self.log.append(Adoption(now, used))


def weekly_effort(plan: Targets, customers: Customers, pace: Pace) -> ProcessGenerator:
    """Every week of the counted period: effort times the share of the plan so far that is missing.

    Of the month, or of the year so far where the plan is rolling; the days so far have their part of a month's target.
    """
    env = customers.env
    edges, targets = plan.edges[int(plan.warm_up) :].tolist(), plan.planned.tolist()
    effort, deals, rolling = float(plan.effort), bool(plan.deals), bool(plan.rolling)
    if edges[0] > env.now:
        yield env.timeout(edges[0] - env.now)
    while env.now < edges[-1]:
        yield env.timeout(WEEK)
        now = env.now
        month = min(bisect_right(edges, now) - 1, len(targets) - 1)
        first = month - month % 12 if rolling else month
        share = (now - edges[month]) / (edges[month + 1] - edges[month])
        planned = sum(targets[first:month]) + share * targets[month]
        reached = 0.0
        for sale in reversed(customers.sales_since(0)):
            if sale.time < edges[first]:
                break
            reached += (sale.kind == DEAL) if deals else sale.revenue
        pace.try_harder(faster(effort, reached, planned))
