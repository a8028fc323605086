"""One run's record: plain columns of what happened, nothing computed. Hours since the start of the simulation.

Times before `Record.begin` belong to the warm-up; the counted period is [begin, end).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OPEN, WON, LOST = 0, 1, 2
STATES = ("open", "won", "lost")

# Why a lead was lost, in the order of the codes in LeadColumns.reason (0: not lost).
REASONS = (
    "",
    "unanswered",  # patience ended before the first contact
    "answered_late",  # the decay of conversion with the response time
    "disqualified_unfit",  # rightly sorted out
    "disqualified_fit",  # a good lead dropped
    "hand_off",  # lost between two roles
    "waited",  # patience ended between stages
    "question",  # a question left unanswered
    "declined",  # the stage's conversion
    "unfit",  # an unfit lead that passed and does not buy
    "leaver",  # the person who held it left the firm
    "expired",  # closed because the customer had not answered for so long
    "declined_at_once",  # as it arrived, without anybody's work
    "not_reached",  # after the last try to reach the customer
)

# Why somebody's time in a role ended, in the order of the codes in StaffColumns.reason (0: it has not).
LEAVING = (
    "",
    "quit",  # of own wish, after the notice
    "probation",  # failed the trial time
    "laid_off",  # the position was closed
    "closed",  # the position was closed, the person stays in the firm (an owner)
    "moved",  # to another role
)


# Leavers who were expected, in the order of the columns of Record.expected: those of the stated turnover for the people
# who were there, and what raised or lowered them.
EXPECTED = (
    "stated",  # hazards by tenure without any factor, and those who fail the probation
    "overload",
    "earnings",  # missed earnings
    "contagion",
    "changes",  # spikes of interventions
)


class LogRow(NamedTuple):
    """A piece of work in the event log."""

    case: str
    activity: str
    person: str
    role: str
    start: float
    end: float
    outcome: str
    overdue: float  # elapsed hours past its due time at the start


@dataclass
class LeadColumns:
    """One row per lead, in the order of arrival. NaN: it did not happen."""

    uid: Sequence[str]  # channel/strip/ordinal: the same lead in every structure
    channel: Ints  # index into Record.channels
    product: Ints  # index into Record.products
    arrived: Floats  # time of arrival, or of the find (outbound), or 0 for the pipeline at the start
    initial: NDArray[np.bool_]  # was in the pipeline at the start
    found: NDArray[np.bool_]  # made by prospecting rather than arrived
    fit: NDArray[np.bool_]
    answered: Floats  # time of the first contact
    qualified: Floats  # time it passed qualification (first contact's end where there is no qualification)
    stage: Ints  # stages passed
    entered: Floats  # [lead, step] time at which it came into qualification (step 0) and into each stage (1, 2, ...)
    state: Ints  # OPEN, WON, LOST
    reason: Ints  # index into REASONS
    in_vain: NDArray[np.bool_]  # whether its customer did not say the no at once; open ones will not be won
    closed: Floats  # time it was won or lost
    size: Floats  # deal size in money, if it is won (else what it would be by its own luck)
    hand_offs: Ints  # times it changed roles


@dataclass
class SaleColumns:
    """One row per sale: first deals, customers' orders, distributors' orders."""

    time: Floats
    kind: Ints  # 0 deal, 1 order, 2 distributor's order
    lead: Ints  # row in LeadColumns of the customer's lead, -1 for initial customers and distributors
    customer: Ints  # row in CustomerColumns, -1 for one-off sales and distributors
    channel: Ints
    product: Ints
    seat: Ints  # place of who closed or served it; -1 where nobody did
    revenue: Floats  # money
    margin: Floats  # gross margin, money, before shares given to channels
    paid: Floats  # time of payment (may lie beyond the end; inf if never)


DEAL, ORDER, DISTRIBUTOR = 0, 1, 2
SALE_KINDS = ("deal", "order", "distributor")


@dataclass
class OrderColumns:
    """One row per order of a customer, in the order in which they were placed."""

    placed: Floats
    worked: Floats  # time at which it was served; NaN: not yet, or never
    billed: Floats  # time at which its papers were done and it was booked; NaN: not yet, or never
    worth: Floats  # its revenue, money: expected when it was placed, from `worked` on as it is billed
    customer: Ints  # row in CustomerColumns; an order that is not billed when the customer leaves is cancelled


@dataclass
class CustomerColumns:
    """One row per customer of a repeat product."""

    uid: Sequence[str]
    channel: Ints
    product: Ints
    initial: NDArray[np.bool_]
    since: Floats
    until: Floats  # time of leaving; NaN while it stays
    reason: list[str]  # '', 'churn', 'hand_off', 'leaver'
    order_size: Floats  # expected revenue of one order at the end (or at leaving), money


@dataclass
class StaffColumns:
    """One row per person and role (a spell), support roles too, in the order in which the spells begin."""

    seat: Ints  # position, 0 ... N-1 across the department: with `hire` it tells the person
    hire: Ints  # 0: there on the first day; n: the n-th hired person of the seat
    place: Ints  # row of the seat in this role in `busy`, `present`, ...
    role: Ints  # index into Record.roles
    hired: Floats  # when the person joined the firm (below zero: before the simulation)
    begin: Floats  # when the spell began
    end: Floats  # when it ended; NaN while it lasts
    reason: Ints  # index into LEAVING
    notice: Floats  # when notice was given; NaN
    trained: Floats  # end of the training of a newcomer; `begin` where there is none
    proficient: Floats  # when 90 % of a practised colleague's proficiency was first seen (every week); NaN: not yet
    short: Floats  # hours x (1 - relative proficiency) after the training and until proficient, elapsed hours
    named: Ints  # row of the structure's `staff` that the position has; -1: none
    share: Floats  # of the role's base pay and bonus, by the hours of the position


@dataclass
class VacancyColumns:
    """One row per search for a person, in the order in which they begin."""

    seat: Ints
    role: Ints
    opened: Floats  # when the position became empty (or was made)
    searched: Floats  # when the search began (may be before `opened`: during the notice)
    filled: Floats  # when the newcomer came; NaN: not yet, or the position was closed


@dataclass
class Record:
    """What one run of one structure left behind."""

    structure: str
    replication: int
    begin: float  # hours, end of the warm-up
    end: float  # hours
    month_edges: Floats  # months + 1 edges of the counted period, hours
    channels: tuple[str, ...]
    products: tuple[str, ...]
    stages: tuple[str, ...]
    roles: tuple[str, ...]
    activities: tuple[str, ...]  # names of the activity axis below
    seat_role: Ints  # role index of each place: a seat in a role (support too); a seat that moves has several
    seats: Ints  # seat (position) of each place
    leads: LeadColumns
    sales: SaleColumns
    customers: CustomerColumns
    orders: OrderColumns
    busy: Floats  # [place, activity, month] hours worked in the counted period (paid working time)
    repetitions: Floats  # [place, activity, month] pieces of work done
    waited: Floats  # [place, activity, month] elapsed hours that the work begun in the month had waited
    overdue: Floats  # [role, activity, month] mean number of pieces past their due time, seen every week
    overdue_end: Floats  # [role, activity] the same at the end
    present: Floats  # [place, month] working hours present (calendar less vacancy, absences and training)
    attempts: Floats  # [channel, month] outbound attempts
    waiting: Floats  # [activity, month] pieces of work waiting at the month's end
    customers_at: Floats  # [month] customers at each month's end
    qualified_by: Floats  # [role, month] leads that the role qualified and passed
    activities_done: int  # pieces of work done in the whole simulation
    distributor_exits: Floats  # [channel] time of walking away, NaN
    staff: StaffColumns
    vacancies: VacancyColumns
    positions: Floats  # [role, month] mean number of positions
    staffed: Floats  # [role, month] mean number of people employed (may exceed the positions: buffer)
    training: Floats  # [role, month] mean number of them in training
    ramped: Floats  # [role, month] mean number of them at 90 % of a practised colleague's proficiency or more
    effective: Floats  # [role, month] mean sum of their proficiencies, 1 is a practised colleague (in training: 0)
    expected: Floats  # [role, EXPECTED] leavers of the counted period who were expected to give notice or fail
    head_load: Floats  # [month] hours asked of the heads over hours they can give; NaN where nobody leads
    coached: Floats  # [month] share of the coaching that people get; 1 where nobody leads
    adoption: Floats  # [month] mean share of use of the CRM; 0 without
    crm_failed: bool  # whether a roll-out failed
    events: list[LogRow] = field(default_factory=list)  # when asked for
