"""Leads: from the arrival (or find) through qualification and the stages of the sale to a deal or a loss.

`LeadFlow` is what happens to all of them; a `Lead` is one of them, and the job of its next step.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from math import exp, inf, nan
from typing import NamedTuple

from simpy.events import Event

from simulation.department.blueprint import Blueprint, Pod
from simulation.department.customers import Customers
from simulation.department.lead_table import LeadTable
from simulation.department.office import Alarm, Office, Year
from simulation.department.plan.market import Selling
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.department.steps import QUALIFY
from simulation.department.work import Crew, Job, Worker, roomy
from simulation.scenario.scenario import Scenario
from simulation.world.stock import Upset

(
    _,
    UNANSWERED,
    ANSWERED_LATE,
    DISQUALIFIED_UNFIT,
    DISQUALIFIED_FIT,
    HAND_OFF,
    WAITED,
    QUESTION,
    DECLINED,
    UNFIT,
    LEAVER,
    EXPIRED,
    DECLINED_AT_ONCE,
    NOT_REACHED,
) = range(len(REASONS))


class Held(NamedTuple):
    """Whose an open lead of the first day is, and whether it is handed over where he does its next step no longer."""

    holder: Worker | None = None
    handed: bool = False


NOBODYS = Held()


class LeadFlow:
    """What happens to leads, by tables; it knows steps, not structures."""

    def __init__(
        self,
        env: Year,
        office: Office,
        scenario: Scenario,
        blueprint: Blueprint,
        customers: Customers,
        latest: Mapping[LeadTable, LeadTable],
    ) -> None:
        """`latest` are the tables of channels that have changed since, by the first one."""
        market = scenario.market
        self.env = env
        self.office = office
        self.blueprint = blueprint
        self._customers = customers
        self.activity_of = blueprint.steps.activity
        steps = 1 + len(market.sale)
        ends = {market.stages_before(name) + len(market.process(name).stages) for name in market.sold}
        self.ends = [step in ends for step in range(steps)]  # by step: whether it is the last of its process
        self.leads: list[Lead] = []
        # by step: rows of the leads that came into it from another one, or on the first day, and when
        self.came: list[tuple[array[int], array[float]]] = [(array("q"), array("d")) for _ in range(steps)]
        self._comes = [(rows.append, times.append) for rows, times in self.came]
        self._latest = latest
        self.notes_hands = False  # whether it is noted who works on a lead
        self.limited = False  # whether anybody has a limit of open leads in hand
        self.uncoached = 0.0  # log-odds of conversion lost for want of coaching
        self.losses = 1.0  # factor on what is lost in hand-offs (tools)
        self.adopt(blueprint.plan.under(scenario).selling)
        self._pods = blueprint.pods
        self._turn = 0
        self.qualified_by = [0.0] * (1 + max(crew.number for pod in self._pods for crew in pod.crews))

    def adopt(self, selling: Selling) -> None:
        """What the plan has holds from now on: decay with the response time, and what a hand-off costs."""
        self._speeds = selling.speeds()
        self.hand_off = selling.hand_off(0)
        self._free_hand_off = self.hand_off.is_free

    # --- coming in --------------------------------------------------------------------------------------------

    def arriving(self, table: LeadTable) -> None:
        """Let a channel's leads arrive by themselves, one after the other."""
        env = self.env
        arrivals = table.stock.arrivals
        if not arrivals:
            return
        following = enumerate(arrivals[1:] + [inf], start=0)

        def ring(_: Event) -> None:
            i, at = next(following)
            self.arrive(self._latest.get(table, table), i)
            if at < inf:
                env.at(at, alarm)

        alarm = Alarm(env, ring)
        env.at(arrivals[0], alarm)

    def arrive(self, table: LeadTable, i: int) -> None:
        """A lead arrives and waits for its first answer."""
        pods = self._pods
        if table.at_once is not None and table.at_once[i]:
            lead = self._new(table, i, pods[0])
            lead.lose(DECLINED_AT_ONCE, lead.arrived)
            return
        if len(pods) > 1:
            self._turn += 1
            pod = pods[self._turn % len(pods)]
        else:
            pod = pods[0]
        lead = self._new(table, i, pod)
        patience = table.patience
        if patience is not None:
            lead.deadline = lead.arrived + patience[i]
        if lead.step != QUALIFY:
            self._waits_for_first_stage(lead)
        self.to_new_work(lead)

    def find(self, table: LeadTable, i: int, person: Worker) -> None:
        """A person's attempts have found a lead: it is in contact from the first moment."""
        table.ensure(i + 1)
        lead = self._new(table, i, self._pods[person.crew.pod])
        lead.answered = lead.arrived
        lead.held_by(person)
        if lead.step != QUALIFY:
            self._waits_for_first_stage(lead)
        if self.limited:
            self.keep(lead)
        self.enter(lead)

    def _waits_for_first_stage(self, lead: Lead) -> None:
        """Where nobody qualifies the first stage is the first contact, for which a lead waits as for any other."""
        patience = lead.table.patience_of[lead.step]
        if patience is not None and (deadline := lead.arrived + patience[lead.i]) < lead.deadline:
            lead.deadline = deadline

    def keep(self, lead: Lead, taker: Worker | None = None) -> None:
        """Count a lead among the open ones in hand: of whoever gets or begins it, or of its owner.

        An owner has it in hand as long as the next step is its own. What waits for anybody of a team to begin is in
        nobody's hand, also when a colleague has found it; what a colleague has begun stays in hand of the team.
        """
        owner, keeper, before = lead.owner, taker, lead.keeper
        if lead.state == OPEN and taker is None and owner is not None:
            crew = owner.crew
            duty = crew.duty_of[lead.cls][lead.step]
            begun = lead.step != QUALIFY and before is not None and before.crew is crew
            if duty >= 0 and (crew.personal or begun or duty not in crew.entries):
                keeper = owner
        if keeper is before:
            return
        lead.keeper = keeper
        if keeper is not None:
            keeper.in_hand += 1
        if before is not None:
            before.in_hand -= 1
            self.env.at(self.env._now, Alarm(self.env, lambda _: before.has_room_again()))

    def resume(self, table: LeadTable, i: int, stage: int, wait: float, held: Held = NOBODYS) -> None:
        """A lead that is in the pipeline on the first day, due for a stage after `wait` hours of thinking.

        It was in good hands until the eve of the first day, so nobody's patience runs before the doors first open.
        """
        lead = self._there(table, i, 1 + stage, held)
        if lead.state != OPEN:
            return
        ready = max(lead.arrived + wait, lead.ready)
        self._due(lead, max(ready, self.office.first_opening), ready, self.env._now)

    def resume_in_vain(
        self,
        table: LeadTable,
        i: int,
        stage: int,
        reason: int,
        left: float,
        silent: float | None,
        held: Held = NOBODYS,
    ) -> None:
        """A lead of the first day that a stage has lost, which shows after `left` hours; `silent` so many already."""
        lead = self._there(table, i, 1 + stage if self.ends[1 + stage] else 2 + stage, held)
        if lead.state != OPEN:
            return
        self._in_vain(lead, None, 1 + stage, reason, lead.arrived + left)
        clocks = table.clocks[1 + stage]
        if silent is not None and clocks is not None and clocks.remind is not None:
            Reminder(lead, 1 + stage).due_after(clocks.every - silent % clocks.every)

    def _there(self, table: LeadTable, i: int, step: int, held: Held) -> Lead:
        """A qualified lead of the first day before a step, of whoever holds it; lost where it is lost in a hand-off."""
        self._turn += 1
        holder = held.holder
        pod = self._turn % len(self._pods) if holder is None else holder.crew.pod
        lead = self._new(table, i, self._pods[pod])
        lead.answered = lead.qualified = lead.arrived
        lead.step = step
        note_row, note_time = self._comes[step]
        note_row(lead.row)
        note_time(lead.arrived)
        if holder is not None:
            lead.held_by(holder)
            if self.limited:
                self.keep(lead)
        if held.handed and (holder is None or holder.crew.duty_of[lead.cls][step] < 0) and not self.hand_over(lead):
            lead.lose(HAND_OFF, lead.arrived)
        return lead

    def _new(self, table: LeadTable, i: int, pod: Pod) -> Lead:
        lead = Lead(self, table, i, pod, self.env._now)
        lead.ready = lead.arrived
        if table.products is not None:
            lead.product = table.products[i]
        else:
            lead.product = table.product
        lead.step = table.first[lead.product]
        classes = table.classes
        lead.cls = classes if isinstance(classes, int) else table.class_of(lead.product, i, lead.arrived)
        lead.row = len(self.leads)
        self.leads.append(lead)
        return lead

    # --- from step to step ------------------------------------------------------------------------------------

    def qualified(self, lead: Lead, person: Worker, now: float) -> None:
        """Qualification is done: too late, sorted out, or passed."""
        table, i = lead.table, lead.i
        if self._too_late(lead):
            lead.lose(ANSWERED_LATE, now)
            return
        skill = person.skills[self.activity_of[QUALIFY]]
        sharp = 0.0 if skill is None else skill.sharp
        fit = table.fit is None or table.fit[i]
        decision = table.decision[QUALIFY]
        if decision is not None:
            if fit and decision[i] >= table.true_positive[lead.product] + sharp:
                lead.lose(DISQUALIFIED_FIT, now)
                return
            if not fit and decision[i] >= table.false_positive[lead.product] - sharp:
                lead.lose(DISQUALIFIED_UNFIT, now)
                return
        lead.qualified = now
        self.qualified_by[person.crew.number] += 1
        self._pass_on(lead, person, table.entry[lead.product], now, now)

    def staged(self, lead: Lead, person: Worker, now: float) -> None:
        """A stage is done: lost, on to the next, or won."""
        table, i, step = lead.table, lead.i, lead.step
        if lead.qualified != lead.qualified:
            if self._too_late(lead):
                lead.lose(ANSWERED_LATE, now)
                return
            lead.qualified = now
        questions = table.questions[step]
        if questions is not None and questions[i] < table.question_of[step][lead.product]:
            self._no(lead, person, QUESTION, now)
            return
        decision = table.decision[step]
        skill = person.skills[self.activity_of[step]]
        if decision is not None:
            odds = table.odds[step][lead.product] + lead.shift + self.uncoached
            if skill is not None:
                odds += skill.shift
            if decision[i] >= odds:
                self._no(lead, person, DECLINED, now)
                return
        if not self.ends[step]:
            thinking = table.thinking[step]
            due = now if thinking is None else now + thinking[i]
            clocks = table.clocks[step]
            if clocks is not None and due > now + clocks.expires:
                self._in_vain(lead, person, step, EXPIRED, now + clocks.expires)
            else:
                self._pass_on(lead, person, step + 1, due, now)
            return
        if table.fit is not None and not table.fit[i]:
            self._no(lead, person, UNFIT, now)
            return
        lead.step = step + 1
        lead.state = WON
        lead.closed = now
        size = table.size(lead.product, i, now)
        lead.size = size * exp(skill.size) if skill is not None and skill.size else size
        self._customers.won(lead, person, now)

    def missed(self, lead: Lead, person: Worker, now: float) -> None:
        """A try did not reach the customer: the next follows after a while, or it is closed.

        Where open leads are limited, one that is still new to a role is anybody's again until it is reached.
        """
        lead.missed += 1
        tries = lead.table.tries[lead.step]
        if tries is not None and lead.missed >= tries.most:
            lead.lose(NOT_REACHED, now)
            return
        crew = (lead.owner or person).crew
        if crew.entries and crew.duty_of[lead.cls][lead.step] in crew.entries:
            lead.owner = None
        lead.ready = now if tries is None else now + tries.every
        if lead.ready <= now:
            self.enter(lead)
        elif lead.ready < inf:
            self.env.at(lead.ready, Alarm(self.env, lead.comes_back))

    def _no(self, lead: Lead, person: Worker, reason: int, now: float) -> None:
        """A stage ends it: the customer says so at once, later, or never."""
        clocks = lead.table.clocks[lead.step]
        if clocks is None:
            lead.lose(reason, now)
            return
        step, said = lead.step, now + clocks.until_no(lead.i)
        at = min(said, now + clocks.expires)
        if at <= now:
            lead.lose(reason, now)
            return
        self._in_vain(lead, person, step, reason if said <= at else EXPIRED, at)
        if said == inf and clocks.remind is not None:
            Reminder(lead, step).due_after(clocks.every)

    def _in_vain(self, lead: Lead, person: Worker | None, step: int, reason: int, at: float) -> None:
        """A step has lost it, which shows at `at` (inf: never); until then it is like one that may become a yes.

        `person` has worked on the step; None: it was there on the first day, and passed on before.
        """
        lead.in_vain = True

        def shows(_: Event) -> None:
            if lead.state == OPEN:
                lead.step = step
                lead.lose(reason, at)

        if person is None:
            lead.ready = inf
        elif not self.ends[step]:
            self._pass_on(lead, person, step + 1, inf, self.env._now)
        if at < inf:
            self.env.at(at, Alarm(self.env, shows))

    def _too_late(self, lead: Lead) -> bool:
        """The customer has gone cold."""
        table = lead.table
        late = table.late
        if late is None:
            return False
        speed = self._speeds[table.process[lead.product]]
        if speed is None:
            return False
        return late[lead.i] >= speed.left(self.office.between(lead.arrived, lead.answered))

    def _pass_on(self, lead: Lead, person: Worker, step: int, due: float, now: float) -> None:
        """The next step is due at `due`; it may need a hand-off to another role."""
        lead.step = step
        note_row, note_time = self._comes[step]
        note_row(lead.row)
        note_time(now)
        owner = lead.owner or person
        ready = due
        if owner.crew.duty_of[lead.cls][step] < 0:
            terms = self.hand_off
            if not self._free_hand_off:
                table = lead.table
                number = step - table.entry[lead.product] + 1  # within its process
                if terms.loss > 0.0 and terms.loses(table.stock.upset(Upset.HAND_OFF, lead.i, number), self.losses):
                    lead.lose(HAND_OFF, now)
                    return
                terms.burden(lead, self.losses)
                ready = max(due, now + terms.delay)
            lead.hand_offs += 1
        self._due(lead, due, ready, now)

    def _due(self, lead: Lead, due: float, ready: float, now: float) -> None:
        """The customer waits from `due` on; the step can be begun from `ready` on."""
        patience = lead.table.patience_of[lead.step]
        if patience is not None:
            lead.deadline = due + patience[lead.i]
        lead.ready = ready
        if ready <= now:
            self.enter(lead)
        elif ready < inf:
            self.env.at(ready, Alarm(self.env, lead.comes_back))

    def hand_over(self, lead: Lead) -> bool:
        """A lead is handed over because its owner does its next step no longer; False when it is lost."""
        terms, step = self.hand_off, lead.step
        if not self._free_hand_off:
            luck = lead.table.stock.upset(Upset.MOVED, lead.i, lead.departures)
            lead.departures += 1
            if terms.loses(luck, self.losses):
                return False
            terms.burden(lead, self.losses)
            lead.ready = max(lead.ready, self.env._now + terms.delay)
        lead.hand_offs += 1
        return step >= 0

    def enter(self, lead: Lead | Reminder) -> None:
        """Let the lead wait with its owner, with the owner's colleagues, or as new work."""
        owner = lead.owner
        if owner is not None:
            if owner.gone:
                owner = owner.stand_in
                if owner is None:
                    lead.owner = None
                    self.to_new_work(lead)
                    return
                lead.held_by(owner)
            crew = owner.crew
            duty = crew.duty_of[lead.cls][lead.step]
            if duty >= 0 and duty not in owner.cannot:
                if self.limited and lead.needs_no_room(crew):
                    duty = crew.beside(duty)
                if crew.personal:
                    owner.give(lead, duty)
                else:
                    crew.desks[duty].post(lead)
                return
        self.to_new_work(lead)

    def to_new_work(self, lead: Lead | Reminder) -> None:
        """Let the lead wait at the desk of those who do its step, or give it to one of them in turn."""
        desk = lead.pod.desks[lead.cls][lead.step]
        if desk is None:
            return  # nobody does this step; it waits until its patience or the year ends
        if self.limited and isinstance(lead, Reminder):
            readers = [each for each in desk.readers if each.rule is None]
            reader = next((each for each in readers if each.crew.people), None)
            if reader is not None and reader.duty in reader.crew.entries:
                reader.crew.desks[reader.crew.beside(reader.duty)].post(lead)
                return
        if desk.assigned:
            person = desk.next_in_turn()
            if person is not None:
                lead.held_by(person)
                if self.limited and isinstance(lead, Lead):
                    self.keep(lead, person)
                person.give(lead, person.crew.duty_of[lead.cls][lead.step])
                return
        desk.post(lead)  # also where nobody sits or has room: it waits for somebody to come, or for a helper

    def begun(self, people: Iterable[Worker]) -> list[tuple[Lead, Worker | None, float]]:
        """Leads whose next step has been begun, who is at it (None: it was laid down and waits), and its hours."""
        at_work = [(person.job, person) for person in people if isinstance(person.job, Lead)]
        busy = {job for job, _ in at_work}
        laid = [lead for lead in self.leads if lead.state == OPEN and lead.rest >= 0.0 and lead not in busy]
        return [(lead, who, lead.work) for lead, who in [*at_work, *((lead, None) for lead in laid)]]

    def resize(self, lead: Lead, hours: float, person: Worker | None) -> None:
        """The step that was begun took so many hours and now takes others."""
        lead.resize(hours, person)

    def settle(self, end: float) -> None:
        """At the end: leads whose patience has ended unnoticed have left at their deadline."""
        for lead in self.leads:
            if lead.state == OPEN and lead.deadline < end:
                lead.gave_up()


class Lead(Job):
    """A lead, and the job of its next step. Its own luck stands in `table` at row `i`."""

    state: int = OPEN
    reason: int = 0
    in_vain: bool = False  # lost, and nobody knows yet: the customer is silent, or takes time to say no
    answered: float = nan
    qualified: float = nan
    closed: float = nan
    shift: float = 0.0  # log-odds of every later conversion (information lost in hand-offs)
    extra: float = 0.0  # working hours for the next person to read himself in
    size: float = nan  # deal size, once won
    hand_offs: int = 0
    product: int = 0
    cls: int = 0
    row: int = -1  # its row in the record
    hands: tuple[Worker, ...] = ()  # who has worked on it, in order; noted where people may leave
    missed: int = 0  # tries in vain to reach the customer for the next step
    call: float | None = None  # working hours of the try with which the work in hand begins
    reached: bool = True  # whether that try reaches the customer
    departures: int = 0  # how often somebody left who held it
    keeper: Worker | None = None  # who has it in hand as one of the open leads of `most_open`; noted where that counts

    def __init__(self, flow: LeadFlow, table: LeadTable, i: int, pod: Pod, arrived: float) -> None:
        self.flow = flow
        self.table = table
        self.i = i
        self.pod = pod
        self.arrived = arrived

    @property
    def waiting(self) -> bool:
        """Whether the lead is still open."""
        return self.state == OPEN

    @property
    def work(self) -> float:
        """Working hours of the next step at pace 1; of what has been begun of it, a try to reach the customer too."""
        hours = self.table.work[self.step][self.i]
        return hours if self.call is None else self.call + (hours if self.reached else 0.0)

    def resize(self, hours: float, person: Worker | None) -> None:
        """The step that was begun took so many hours and now takes others: what is left of it changes in proportion."""
        if self.work == hours or not (0.0 < hours < inf and self.work < inf):
            return
        if person is not None:
            person.repace(self.flow.office.env.now, self.work / hours)
        else:
            self.rest *= self.work / hours

    def hours(self, now: float) -> float:
        """Work of the next step; the first touch, or try, is the answer. Nothing when it was lost with a leaver."""
        if self.state != OPEN:
            return -1.0
        self.deadline = inf
        if self.answered != self.answered:
            self.answered = now
        table, step = self.table, self.step
        hours = table.work[step][self.i]
        if (tries := table.tries[step]) is not None:
            self.call = tries.work[self.i]
            self.reached = self.teaches = tries.reaches(self.i, self.missed)
            hours = self.work
        if self.extra:
            hours += self.extra
            self.extra = 0.0
        return hours

    def done(self, person: Worker, now: float) -> None:
        """The step is worked: sort, convert, pass on, win or lose."""
        if self.state != OPEN:
            return  # lost with a leaver while somebody worked on it
        if not self.covered:
            self.owner = person
        else:
            self.covered = False
        if self.call is not None:
            self.call = None
            if not self.reached:
                if self.owner is person:
                    self.held_by(person)
                self.flow.missed(self, person, now)
                if self.flow.limited:
                    self.flow.keep(self)
                return
            self.missed = 0
        if self.flow.notes_hands:
            self.hands += (person,)
            person.leads.add(self.row)
        if self.step == QUALIFY:
            self.flow.qualified(self, person, now)
        else:
            self.flow.staged(self, person, now)
        if self.flow.limited:
            self.flow.keep(self)

    def held_by(self, person: Worker) -> None:
        """It is somebody's own from now on, which is noted where people may leave."""
        self.owner = person
        if self.flow.notes_hands:
            person.leads.add(self.row)

    def gave_up(self) -> None:
        """Its patience has ended at the deadline."""
        if self.state != OPEN:
            return
        self.lose(UNANSWERED if self.answered != self.answered else WAITED, self.deadline)

    def taken(self, person: Worker) -> None:
        """From now on whoever begins it has it in hand; who covers for its owner has not."""
        if not self.covered:
            self.flow.keep(self, person)

    def put_back(self) -> None:
        """Whoever began it has it in hand no longer, unless it is the owner."""
        if self.keeper is not None:
            self.flow.keep(self)

    def needs_no_room(self, crew: Crew) -> bool:
        """Whether a team has it in hand already."""
        return not crew.personal and self.step != QUALIFY and self.keeper is not None and self.keeper.crew is crew

    def comes_back(self, _: Event) -> None:
        """The customer has thought it over, and the hand-off is made: the next step can be begun."""
        if self.state == OPEN:
            self.flow.enter(self)

    def lay(self) -> None:
        """Wait again with its owner or as new work, from the end of a hand-off on."""
        env = self.flow.env
        if self.ready > env._now:
            env.at(self.ready, Alarm(env, self.comes_back))
        else:
            self.flow.enter(self)

    def lose(self, reason: int, at: float) -> None:
        """Lost for a reason."""
        self.state = LOST
        self.reason = reason
        self.closed = at
        if self.keeper is not None:
            self.flow.keep(self)

    def case(self) -> str:
        """The lead's name, the same under every structure."""
        return self.table.stock.uid(self.i)

    def outcome(self) -> str:
        """What became of it so far, for the event log."""
        if self.state == LOST:
            return f"lost: {REASONS[self.reason]}"
        if not self.reached:
            return "not reached"
        return "won" if self.state == WON else "goes on"


roomy(Lead, "flow", "table", "i", "pod", "arrived")


class Reminder(Job):
    """A word to a customer who is silent, again and again until the lead is closed; it changes nothing.

    Whoever has the lead does it, or the team, and needs no room for it. While one waits the next is not asked for.
    """

    asked = False

    def __init__(self, lead: Lead, step: int) -> None:
        self.lead = lead
        self.step = self.stage = step

    def due_after(self, hours: float) -> None:
        """Let the next be asked for after so many hours."""
        env = self.lead.flow.env
        if hours < inf:
            env.at(env._now + hours, Alarm(env, self._due))

    def _due(self, _: Event) -> None:
        lead = self.lead
        clocks = lead.table.clocks[self.stage]
        if lead.state != OPEN or clocks is None:
            return
        self.due_after(clocks.every)
        if not self.asked and clocks.remind is not None:
            self.asked = True
            self.ready = lead.flow.env._now
            self.lay()

    @property
    def pod(self) -> Pod:
        """Where the lead is."""
        return self.lead.pod

    @property
    def cls(self) -> int:
        """The lead's class."""
        return self.lead.cls

    @property
    def waiting(self) -> bool:
        """Whether the lead is still open."""
        return self.lead.state == OPEN

    def hours(self, now: float) -> float:
        """Work of the reminder; nothing once the lead is closed."""
        clocks = self.lead.table.clocks[self.stage]
        if self.lead.state != OPEN or clocks is None or clocks.remind is None:
            self.asked = False
            return -1.0
        return clocks.remind[self.lead.i]

    def done(self, person: Worker, now: float) -> None:
        """The next may be asked for."""
        self.asked = self.covered = False

    def lay(self) -> None:
        """Wait with whoever has the lead, or as work of the team."""
        self.owner = self.lead.owner
        self.lead.flow.enter(self)

    def needs_no_room(self, crew: Crew) -> bool:
        """It is no new lead."""
        return True

    def case(self) -> str:
        """The lead's name."""
        return self.lead.case()
