"""One lead: the job of its next step, and what has become of it."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.jobs import Job, roomy
from simulation.department.lead_table import LeadTable
from simulation.department.office import Alarm
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.department.steps import QUALIFY

if TYPE_CHECKING:
    from simulation.department.blueprint import Pod
    from simulation.department.leads import LeadFlow
    from simulation.department.person import Person

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
) = range(len(REASONS))


class Lead(Job):
    """A lead, and the job of its next step. Its own luck stands in `table` at row `i`."""

    state: int = OPEN
    reason: int = 0
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
    hands: tuple[Person, ...] = ()  # who has worked on it, in order; noted where people may leave
    departures: int = 0  # how often somebody left who held it
    keeper: Person | None = None  # who has it in hand as one of the open leads of `most_open`; noted where that counts

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

    def hours(self, now: float) -> float:
        """Work of the next step; the first touch is the answer. Nothing when it was lost with a leaver."""
        if self.state != OPEN:
            return -1.0
        self.deadline = inf
        if self.answered != self.answered:
            self.answered = now
        hours = self.table.work[self.step][self.i]
        if self.extra:
            hours += self.extra
            self.extra = 0.0
        return hours

    def done(self, person: Person, now: float) -> None:
        """The step is worked: sort, convert, pass on, win or lose."""
        if self.state != OPEN:
            return  # lost with a leaver while somebody worked on it
        if not self.covered:
            self.owner = person
        else:
            self.covered = False
        if self.flow.notes_hands:
            self.hands += (person,)
        if self.step == QUALIFY:
            self.flow.qualified(self, person, now)
        else:
            self.flow.staged(self, person, now)
        if self.flow.limited:
            self.flow.keep(self)

    def gave_up(self) -> None:
        """Its patience has ended at the deadline."""
        if self.state != OPEN:
            return
        self.lose(UNANSWERED if self.answered != self.answered else WAITED, self.deadline)

    def taken(self, person: Person) -> None:
        """From now on whoever begins it has it in hand; who covers for its owner has not."""
        if not self.covered:
            self.flow.keep(self, person)

    def put_back(self) -> None:
        """Whoever began it has it in hand no longer, unless it is the owner."""
        if self.keeper is not None:
            self.flow.keep(self)

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
        return "won" if self.state == WON else "goes on"


roomy(Lead, "flow", "table", "i", "pod", "arrived")
