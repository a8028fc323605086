"""The detail of single possible years, replayed: who did what when, who handed work to whom, how long leads waited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.cases import replicate_one
from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown
from simulation.department.record import Record
from simulation.department.steps import logged_as

Floats = NDArray[np.float64]
SERVED = ("order", "request")
"""Names under which serving a customer stands in the log."""
CUSTOMERS = ("serve", "upsell", "collect")
"""Duties that begin with a customer of the department, and not with a lead."""
PAPERS = ("paperwork", "collect")
"""Duties after which the work is back with whoever gave them away."""
MONTH = 730.5
FEW = 0.5
"""Cases a month below which a flow is an exception (somebody standing in for an absent colleague)."""


@dataclass(frozen=True)
class Piece:
    """One piece of work of the log.

    Attributes:
        case: lead or customer.
        what: the stage or activity, as the log has it.
        duty: the activity that a role is given: all stages are 'sell', orders and requests 'serve'.
        person: such as 'closer-2'; 'closer-2.1' is the first one hired for that seat.
        role: name of the role.
        start: elapsed hours.
        end: elapsed hours.
        outcome: 'goes on', 'won', 'lost: declined', ….
    """

    case: str
    what: str
    duty: str
    person: str
    role: str
    start: float
    end: float
    outcome: str


Place = tuple[str, str]
"""Where work comes from or goes to: ('role', NAME), ('channel', NAME), or ('customers', '')."""
BASE: Place = ("customers", "")


@dataclass(frozen=True)
class Flow:
    """Work that passes from one place to another.

    Attributes:
        source: a role, a channel or the customers.
        target: a role.
        duty: what the target does with most of it.
        a_month: cases that pass, a month.
        queue: mean number of pieces of that work that wait at the target.
    """

    source: Place
    target: Place
    duty: str
    a_month: float
    queue: float


def replay(result: Result, structure: str, replication: int | None = None) -> Record:
    """One possible year of a result again, with every piece of work.

    Args:
        result: a result or a comparison.
        structure: the structure.
        replication: its number; the first that finished when None.

    Raises:
        KeyError: there is no such structure.
        ValueError: no replication finished.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    if replication is None:
        replication = years_of(result, 1)[0]
    kept: dict[tuple[str, int], Record] = result.__dict__.setdefault("_replayed", {})  # as a cached property is
    if (structure, replication) not in kept:
        case = result.cases[structure]
        kept[structure, replication], _ = replicate_one(case.scenario, case.key, replication)
    return kept[structure, replication]


def years_of(result: Result, count: int) -> list[int]:
    """Numbers of the first replications that finished.

    Raises:
        ValueError: none did.
    """
    found = sorted({int(n) for n in result.runs.replications["replication"]})[:count]
    if not found:
        raise ValueError("no replication finished, so there is none to replay")
    return found


def pieces(record: Record) -> list[Piece]:
    """The log of a record, in the order of the starts."""
    stages = {logged_as(stage) for stage in record.stages}

    def duty(what: str) -> str:
        return "sell" if what in stages else "serve" if what in SERVED else what

    made = [
        Piece(case, what, duty(what), person, role, start, end, outcome)
        for case, what, person, role, start, end, outcome, _ in record.events
    ]
    return sorted(made, key=lambda piece: (piece.start, piece.person))


def response_hours(record: Record) -> Floats:
    """Elapsed hours to the first contact of the leads that came by themselves in the counted period; inf: never."""
    leads = record.leads
    own = ~leads.found & ~leads.initial & (leads.arrived >= record.begin)
    waited = leads.answered[own] - leads.arrived[own]
    return np.asarray(np.where(np.isnan(waited), np.inf, waited), dtype=np.float64)


def flows(records: Iterable[Record]) -> list[Flow]:
    """Who hands what to whom, over one or several replayed years of a structure.

    The first piece of work on a lead comes from its channel, every order and request from the customers; where the next
    piece on a lead, or the first on the customer it became, is done by another role, it was handed over. A lead that
    somebody found begins with the finder; those of the first day's pipeline begin with whoever works on them. Queues
    are by Little's law: hours waited by the work that was begun, over the hours of the period.
    """
    counted: Counter[tuple[Place, Place]] = Counter()
    duties: dict[tuple[Place, Place], Counter[str]] = defaultdict(Counter)
    waiting: dict[tuple[str, str], float] = defaultdict(float)
    hours = 0.0
    for record in records:
        hours += record.end - record.begin
        channel = _channels(record)
        before: dict[str, Place] = {}
        served: dict[str, set[Place]] = defaultdict(set)
        for piece in pieces(record):
            role = ("role", piece.role)
            if piece.duty in ("prospect", "care", "coach", "meet", "train"):
                if piece.duty == "prospect" and piece.outcome == "found":
                    before[piece.case] = role
                continue
            source = before.get(piece.case) or channel.get(piece.case)
            own = piece.duty in CUSTOMERS
            passed = source not in (None, role) and not (own and source in served[piece.case])
            if piece.duty not in PAPERS or piece.case not in before:
                before[piece.case] = role
            served[piece.case] |= {role} if own else set()
            if piece.start < record.begin:
                continue
            for origin in ([source] if passed and source else []) + ([BASE] if piece.what in SERVED else []):
                counted[origin, role] += 1
                duties[origin, role][piece.duty] += 1
        for key, value in _waited(record).items():
            waiting[key] += value
    months = hours / MONTH
    found = []
    for (source, target), number in counted.items():
        if number < FEW * months:
            continue
        duty = duties[source, target].most_common(1)[0][0]
        found.append(Flow(source, target, duty, number / months, waiting[target[1], duty] / hours))
    return sorted(found, key=lambda flow: -flow.a_month)


def _channels(record: Record) -> dict[str, Place]:
    """Channel of each lead that came in the run, by its name in the log."""
    names, leads = record.channels, record.leads
    rows = zip(leads.uid, leads.channel, leads.initial, strict=True)
    return {uid: ("channel", names[n]) for uid, n, initial in rows if not initial}


def _waited(record: Record) -> Mapping[tuple[str, str], float]:
    """Hours waited by the work that each role began, by duty."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    sums = record.waited.sum(axis=2)
    for place, role in enumerate(record.seat_role):
        for n, activity in enumerate(record.activities):
            found[record.roles[role], activity] += float(sums[place, n])
    return found
