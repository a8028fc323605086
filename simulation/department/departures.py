"""What becomes of the work of somebody who leaves, or changes roles: leads, customers, whatever waits.

Until the work is given to others it waits at the desk that the person has left; then each open lead and each customer
may be lost, in proportion to the share of its contacts that was the leaver's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from math import inf

from simpy.events import ProcessGenerator

from simulation.department.arrangement import Arrangement
from simulation.department.customer import Customer
from simulation.department.customers import Customers
from simulation.department.employees import Place, Seat
from simulation.department.leading import Leading
from simulation.department.leads import HAND_OFF, LEAVER, Lead, LeadFlow
from simulation.department.office import Year
from simulation.department.person import Person
from simulation.department.plan.plan import Plan
from simulation.department.prospecting import OutboundChannel
from simulation.department.record import OPEN
from simulation.department.rules import Rules
from simulation.department.skills import Skill
from simulation.department.work import Crew, Job, Worker
from simulation.department.workforce import Workforce
from simulation.mechanisms.departure import Departure, share_of
from simulation.world.stock import Upset


class Departures:
    """Gives the work of leavers to others. `kept` is the share of the usual losses that a tool leaves (1: all)."""

    def __init__(
        self,
        plan: Plan,
        rules: Rules,
        env: Year,
        workforce: Workforce,
        outbound: Mapping[str, OutboundChannel],
        arrangement: Arrangement,
        leading: Leading,
        flow: LeadFlow,
        customers: Customers,
    ) -> None:
        self._plan = plan
        self._rules = rules
        self._env = env
        self._workforce = workforce
        self._outbound = outbound
        self._arrangement = arrangement
        self._leading = leading
        self._flow = flow
        self._customers = customers
        self.kept = 1.0
        self._estates: dict[int, list[Person]] = {}  # by seat: leavers whose work waits for a successor
        self._orphans: list[Person] = []  # leavers without colleagues, whose work waits for anybody in the crew

    @property
    def _rule(self) -> Departure:
        """How work is lost and handed over now."""
        return self._plan.under(self._rules.scenario).leaving.departure

    # --- leaving ----------------------------------------------------------------------------------------------

    def leave(self, worker: Person, stays: bool) -> None:
        """Somebody leaves now; an owner who stays in the firm hands everything over."""
        now = self._env.now
        self._out_of_work(worker, now)
        self._workforce.people.remove(worker)
        if stays:
            self._hand_over_book(worker)
            self._settle(worker, self._heirs(worker.crew))
            return
        delay = self._rule.reassign_after
        if delay > 0:
            self._env.process(self._reassigned(worker, now + delay))
        else:
            self._reassign(worker)

    def _out_of_work(self, worker: Person, now: float) -> None:
        """Somebody works here no longer."""
        worker.stop(now)
        crew = worker.crew
        crew.idle.pop(worker, None)
        crew.prospecting.pop(worker, None)
        crew.people.remove(worker)
        worker.gone = True
        worker.away_from = -inf
        for name, quest in worker.quests.items():
            self._outbound[name].release(quest)
        worker.quests.clear()

    def _heirs(self, crew: Crew) -> list[Worker]:
        """Colleagues who can take over: those who know the work, before newcomers in training."""
        able = [person for person in crew.people if not person.employee.on_notice] or crew.people
        now = self._env.now
        return [person for person in able if person.employee.trained <= now] or list(able)

    def _reassigned(self, worker: Person, at: float) -> ProcessGenerator:
        """Until then the work waits at the leaver's desk."""
        yield self._env.until(at)
        self._reassign(worker)

    def _reassign(self, worker: Person) -> None:
        """Give the work to colleagues, or let it wait for a successor."""
        seat = worker.employee.seat
        heirs = self._heirs(worker.crew)
        successor = seat.open and self._rule.clients_to == "successor"
        if successor and worker.crew.personal:
            present = None if seat.employee is None else self._workforce.worker(seat.employee)
            if present is not None and present.employee.trained <= self._env.now:
                self.hand_over(worker, [present], known=False)
            else:
                self._estates.setdefault(seat.number, []).append(worker)
        elif heirs:
            self.hand_over(worker, heirs, known=True)
        elif self._workforce.positions(worker.crew.name):
            self._orphans.append(worker)
        else:  # the role is no more: whoever does its work now takes over
            self.hand_over(worker, [], known=True)

    def closed(self, seat: Seat) -> None:
        """Find somebody else for what waited for a successor, because the position was closed."""
        for worker in self._estates.pop(seat.number, []):
            self._reassign(worker)

    def inherit(self, newcomer: Person) -> None:
        """A newcomer takes what waits for a successor, or for anybody in the crew, and what waits at empty desks."""
        seat = newcomer.employee.seat
        estates = self._estates.pop(seat.number, []) + [
            worker for worker in self._orphans if worker.crew is newcomer.crew
        ]
        self._orphans = [worker for worker in self._orphans if worker.crew is not newcomer.crew]
        for worker in estates:
            self.hand_over(worker, [newcomer], known=False)
        self._arrangement.deal_out(newcomer.crew)

    def hand_over(self, worker: Person, heirs: Sequence[Worker], known: bool) -> None:
        """Some of the leads and customers are lost; the rest is shared out among the heirs in turn.

        `known`: whether the heirs were colleagues before, and not newcomers.
        """
        spec, now = self._rule, self._env.now
        turn = cycle(heirs or [None])
        for lead in self.leads_of(worker):
            held = share_of(lead.hands, worker, 0.0)
            if held and self._lost(lead, spec.lead_lost(held, self.kept)):
                lead.lose(LEAVER, now)
                continue
            heir = next(turn)
            if heir is None:
                lead.owner = None
            else:
                lead.held_by(heir)
            if self._flow.limited:
                self._flow.keep(lead)
        for customer in self.customers_of(worker):
            self._customer(customer, worker, turn, known, now)
        worker.leads.clear()
        worker.customers.clear()
        self._settle(worker, heirs)

    def leads_of(self, worker: Worker) -> Iterator[Lead]:
        """Open leads that are somebody's own, in the order in which they came."""
        leads = (self._flow.leads[row] for row in sorted(worker.leads))
        return (lead for lead in leads if lead.state == OPEN and lead.owner is worker)

    def customers_of(self, worker: Worker) -> Iterator[Customer]:
        """Customers whom somebody holds or had one of the last contacts with, in the order in which they came."""
        customers = (self._customers.customers[row] for row in sorted(worker.customers))
        return (each for each in customers if worker in each.hands or each.holder is worker)

    def _lost(self, lead: Lead, probability: float) -> bool:
        luck = lead.table.stock.upset(Upset.DEPARTURE, lead.i, lead.departures)
        lead.departures += 1
        return luck < probability

    def _customer(
        self, customer: Customer, worker: Person, turn: cycle[Worker | None], known: bool, now: float
    ) -> None:
        spec = self._rule
        held = share_of(customer.hands, worker, 1.0)
        while worker in customer.hands:
            customer.hands.remove(worker)
        if customer.left(now):
            return
        luck = customer.stock.upset(Upset.CUSTOMER_DEPARTURE, customer.i, customer.departures)
        customer.departures += 1
        if luck < spec.customer_lost(held, self.kept, known):
            customer.leave(now, "leaver")
            return
        if spec.orders_fall > 0:
            customer.dent(spec.fall(held, self.kept), now, spec.orders_recover)
        if customer.holder is worker:
            self._customers.hold(customer, next(turn) or self._customers.new_holder(customer))

    def _settle(self, worker: Person, heirs: Sequence[Worker]) -> None:
        """Let everything that waits for the leaver wait with the heirs, from now on too."""
        worker.settled = True
        if heirs:
            worker.heir = heirs[0]
        waiting = [job for queue in worker.own for job in queue]
        for queue in worker.own:
            queue.clear()
        for job in waiting:
            self._lay_again(job)

    def _lay_again(self, job: Job) -> None:
        if isinstance(job, Lead) and job.state != OPEN:
            return
        job.covered = False
        job.lay()

    # --- changing roles ---------------------------------------------------------------------------------------

    def change_role(self, worker: Person, place: Place, crew: Crew, skills: list[Skill | None]) -> None:
        """Somebody goes to another crew with all skills; what the new role does not do is handed over."""
        now = self._env.now
        if worker.free or worker.prospects_now:
            worker.stop(now)
        self._out_of_old_crew(worker)
        waiting = [job for queue in worker.own for job in queue]
        for queue in worker.own:
            queue.clear()
        worker.change_place(place, now)
        worker.crew = crew
        worker.skills = skills
        worker.follow_new_order()
        self._arrangement.settle_in(worker)
        self._leading.slow_down(worker)
        for name in list(worker.quests):
            self._outbound[name].release(worker.quests.pop(name))
        self._hand_over_book(worker)
        for job in waiting:
            self._lay_again(job)
        self._arrangement.deal_out(crew)

    def _out_of_old_crew(self, worker: Person) -> None:
        crew = worker.crew
        crew.idle.pop(worker, None)
        crew.prospecting.pop(worker, None)
        crew.people.remove(worker)

    def _hand_over_book(self, worker: Person) -> None:
        """Leads and customers that the person does not look after any more go through a hand-off between roles."""
        now = self._env.now
        for lead in self.leads_of(worker):
            if not worker.gone and worker.crew.duty_of[lead.cls][lead.step] >= 0:
                continue
            if not self._flow.hand_over(lead):
                lead.lose(HAND_OFF, now)
            elif worker.gone:
                lead.owner = None
            if self._flow.limited:
                self._flow.keep(lead)
        for customer in self.customers_of(worker):
            if customer.holder is worker and not customer.left(now):
                self._customers.hand_over(customer, now, worker.gone)
