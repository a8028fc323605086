"""One structure in one possible year as an outsider sees it: when a CRM would have recorded what.

A deal's card is moved to the next stage when the customer has agreed: after the stage's work and his thinking, in
office hours. Whoever will say no, and has not yet, looks like everybody else. Enquiries are recorded as they come, also
at night; what people do, when they have done it; what customers say while nobody is there, at the next opening. What
nobody has answered for so long is closed by a robot, at any hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.cases import replicate_one, seeded
from simulation.department.record import LOST, OPEN, REASONS, WON, Record
from simulation.department.steps import logged_as
from simulation.scenario.amending import drawn
from simulation.scenario.channels import Outbound
from simulation.scenario.scenario import Scenario
from simulation.world import World

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Times = NDArray[np.datetime64]

QUALIFICATION = "qualification"
"""What the first stage is called where leads are qualified."""
EVE = -6.0
"""Hours before the simulation, at which what is there on the first day was entered: nobody knows since when it is."""


@dataclass(frozen=True)
class SimulatedYear:
    """One structure in one possible year.

    Attributes:
        scenario: the scenario as it was played.
        world: its luck.
        record: what the run left behind, with every piece of work.
    """

    scenario: Scenario
    world: World
    record: Record

    @classmethod
    def of(cls, scenario: Scenario, structure: str, replication: int = 0, seed: int | None = None) -> SimulatedYear:
        """Play a structure in a possible year.

        Raises:
            UnknownName: there is no such structure.
            ValueError: the number of the replication is below zero, or the seed out of range.
        """
        record, _ = replicate_one(scenario, structure, replication, seed=seed)
        played = drawn(seeded(scenario, seed), replication)
        return cls(played, World(played, replication), record)

    # --- time -------------------------------------------------------------------------------------------------

    def moment(self, hours: Floats) -> Times:
        """Local times of hours since the start, to the second below; NaT where there is none."""
        hours = np.asarray(hours, float)
        known = np.isfinite(hours)
        seconds = np.floor(np.where(known, hours, 0.0) * 3600 + 1e-4).astype(np.int64)
        times = np.datetime64(self.world.start, "s") + seconds.astype("timedelta64[s]")
        return np.where(known, times, np.datetime64("NaT", "s"))

    def opening(self, hours: Floats) -> Floats:
        """The same moments where the office is open, else its next opening."""
        opens, closes = np.array(self.world.calendar.opens), np.array(self.world.calendar.closes)
        known = np.isfinite(hours)
        at = np.where(known, hours, 0.0)
        # what falls on the very closing belongs to that day
        return np.where(known, np.maximum(at, opens[np.searchsorted(closes, at, side="left")]), hours)

    # --- people -----------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> dict[tuple[int, int], int]:
        """Number of each person, by seat and hire, in the order in which they came."""
        staff = self.record.staff
        pairs = zip(staff.seat.tolist(), staff.hire.tolist(), strict=True)
        return {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}

    @cached_property
    def person_of(self) -> dict[str, int]:
        """Number of each person by the name that the event log has for him."""
        staff, roles = self.record.staff, self.record.roles
        listed = self.scenario.structures[self.record.structure].staff
        first: dict[int, int] = {}
        for row, seat in enumerate(staff.seat.tolist()):
            first.setdefault(seat, row)
        ordinals = dict.fromkeys(range(len(roles)), 0)
        names: dict[int, str] = {}
        for seat in sorted(first):
            role, named = int(staff.role[first[seat]]), int(staff.named[first[seat]])
            ordinals[role] += 1
            names[seat] = (listed[named].name if named >= 0 else "") or f"{roles[role]}-{ordinals[role]}"
        found = {
            names[seat] if hire == 0 else f"{names[seat]}.{hire}": number
            for (seat, hire), number in self.people.items()
        }
        for event in self.record.events:
            found.setdefault(event.person, len(found))
        return found

    # --- leads ------------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each lead by its name in the log."""
        return {uid: row for row, uid in enumerate(self.record.leads.uid)}

    @cached_property
    def step_names(self) -> tuple[str, ...]:
        """What the log calls each step: `qualify`, and the stages."""
        return ("qualify", *(logged_as(stage) for stage in self.record.stages))

    @cached_property
    def stage_names(self) -> tuple[str, ...]:
        """What a CRM calls each step."""
        return (QUALIFICATION, *self.record.stages)

    @cached_property
    def work(self) -> tuple[Floats, Floats, Ints]:
        """First begin and last end of the work on each lead and step (NaN: none), and who did it last (-1: nobody).

        Each of shape (leads, steps).
        """
        shape = self.record.leads.entered.shape
        begun, ended, who = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, -1, np.int64)
        number = {name: step for step, name in enumerate(self.step_names)}
        for row in self.record.events:
            lead, step = self.rows.get(row.case), number.get(row.activity)
            if lead is None or step is None:
                continue
            begun[lead, step] = np.fmin(begun[lead, step], row.start)
            if not row.end < ended[lead, step]:
                ended[lead, step], who[lead, step] = row.end, self.person_of[row.person]
        return begun, ended, who

    @cached_property
    def thinking(self) -> Floats:
        """Hours that each customer takes for a yes after each step, shape (leads, steps); 0 where not known."""
        leads, market = self.record.leads, self.scenario.market
        out = np.zeros(leads.entered.shape)
        for number, channel in enumerate(self.record.channels):
            mine = np.flatnonzero((leads.channel == number) & ~leads.initial)
            if not len(mine):
                continue
            stock = self.world.leads(channel)
            if isinstance(market.channels[channel], Outbound):
                stock.ensure(len(mine))
            place = {stock.uid(i): i for i in range(len(stock))}
            rows = np.array([place.get(leads.uid[row], -1) for row in mine.tolist()])
            mine, rows = mine[rows >= 0], rows[rows >= 0]
            for product, name in enumerate(self.record.products):
                asked = leads.product[mine] == product
                if not asked.any():
                    continue
                process = market.process_of(channel, name)
                entry = 1 + market.stages_before(process)
                stages = market.way(channel, name).stages
                for place_, stage in enumerate(stages[:-1]):
                    law = stage.thinking
                    made = stock.column(f"stage.{stage.name}.thinking", law.quantile, ("export", channel, name))
                    out[mine[asked], entry + place_] = np.asarray(made)[rows[asked]]
        return out

    @cached_property
    def entered(self) -> Floats:
        """When the card of each lead came into each step, hours, shape (leads, steps); NaN: never until the end."""
        leads, end = self.record.leads, self.record.end
        begun, _, _ = self.work
        came = leads.entered
        thinking = np.zeros_like(came)
        thinking[:, 1:] = self.thinking[:, :-1]
        due = came + thinking
        agreed = np.fmin(np.where(thinking > 0, self.opening(due), due), begun)  # nobody works before the yes
        waits = (leads.state == OPEN) & leads.in_vain  # silent: nobody has moved its card
        last = came.shape[1] - 1 - np.argmax(~np.isnan(came[:, ::-1]), axis=1)
        rows = np.flatnonzero(waits & np.isnan(begun[np.arange(len(came)), last]))
        agreed[rows, last[rows]] = np.nan
        agreed[leads.initial[:, None] & (came == 0.0)] = EVE
        closed = np.where(np.isnan(leads.closed), np.inf, leads.closed)
        late = (agreed >= end) | (agreed > closed[:, None])
        agreed[late] = np.nan
        return agreed

    @cached_property
    def closed(self) -> Floats:
        """When each deal was closed in the CRM, hours; NaN: it is open."""
        leads = self.record.leads
        _, ended, _ = self.work
        last = np.nanmax(np.column_stack([np.full(len(ended), -np.inf), ended]), axis=1)
        at_once = leads.closed == last  # when somebody's work ended, who closes it at once
        at_once |= leads.reason == REASONS.index("expired")
        closed = np.where(at_once, leads.closed, self.opening(leads.closed))
        return np.where(closed < self.record.end, closed, np.nan)

    @cached_property
    def status(self) -> NDArray[np.object_]:
        """'open', 'won' or 'lost' of each lead, as the CRM has it at the end."""
        names = np.array(["open", "won", "lost"], dtype=object)
        assert (OPEN, WON, LOST) == (0, 1, 2)
        return np.where(np.isnan(self.closed), "open", names[self.record.leads.state]).astype(object)
