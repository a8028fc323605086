"""The `Records` that a CRM, the books and a list of staff would have of a simulated year, without any file."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.exporting.year import QUALIFICATION, SimulatedYear
from simulation.calibration.records import UNKNOWN, Records, table
from simulation.department.record import DEAL, REASONS
from simulation.scenario.scenario import Scenario

REASON_SHOWN = {
    "": "",
    "unanswered": "no contact",
    "answered_late": "declined",
    "disqualified_unfit": "not qualified",
    "disqualified_fit": "not qualified",
    "hand_off": "no contact",
    "waited": "no contact",
    "question": "declined",
    "declined": "declined",
    "unfit": "declined",
    "leaver": "no contact",
    "expired": "silent",
    "declined_at_once": "declined",
    "not_reached": "not reached",
}
"""What a seller writes as the reason of a loss: why it really was, nobody sees."""


def records_of(
    scenario: Scenario,
    structure: str,
    replication: int = 0,
    *,
    seed: int | None = None,
    since: date | None = None,
    apart: bool = False,
) -> Records:
    """What would have been recorded of one structure in one possible year.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        replication: number of the possible year.
        seed: seed of all luck; the scenario's own when None.
        since: the first day on which everything was recorded; deals that were closed before are not there. The first
            day after the warm-up when None.
        apart: whether leads before qualification are kept apart from deals.

    Raises:
        UnknownName: there is no such structure.
        ValueError: a number out of range.
    """
    return recorded(SimulatedYear.of(scenario, structure, replication, seed), since, apart)


def recorded(year: SimulatedYear, since: date | None = None, apart: bool = False) -> Records:
    """What would have been recorded of a year; arguments as in `records_of`."""
    record = year.record
    since = since or year.scenario.experiment.start
    start = year.world.calendar.elapsed_of(since)
    made = _Made(year, start, apart)
    end = year.moment(np.array([record.end]))[0]
    return Records(
        as_of=pd.Timestamp(end).date(),
        since=since,
        deals=made.deals(),
        entries=made.entries(),
        activities=made.activities(),
        orders=made.orders(),
        staff=made.staff(),
        calls=made.calls(),
        leads=made.raw_leads(),
        currency=year.scenario.currency,
        stages=made.stages(),
    )


class _Made:
    """Tables of one year, from an hour on."""

    def __init__(self, year: SimulatedYear, start: float, apart: bool) -> None:
        self.year, self.start, self.apart = year, start, apart
        record, leads = year.record, year.record.leads
        entered, closed = year.entered, year.closed
        self.steps = slice(1, None) if apart else slice(None)
        mine = entered[:, self.steps]
        with_card = ~np.isnan(mine).all(axis=1)
        first = np.where(with_card, np.nanmin(np.where(np.isnan(mine), np.inf, mine), axis=1), np.nan)
        self.created = first if apart else np.where(leads.initial, first, leads.arrived)
        kept = ~np.isnan(self.created) & (self.created < record.end) & ~(closed < start)
        rows = np.flatnonzero(kept)
        self.rows = rows[np.argsort(self.created[rows], kind="stable")]
        self.number = np.full(len(leads.arrived), UNKNOWN, np.int64)
        self.number[self.rows] = np.arange(len(self.rows))
        _, _, self.worked_by = year.work

    def stages(self) -> tuple[str, ...]:
        """Stages in their order, those that a deal came into; of all processes one after the other."""
        names = np.array(self.year.stage_names, dtype=object)
        came = np.any(~np.isnan(self.year.entered[self.rows]), axis=0) & ~(self.apart & (names == QUALIFICATION))
        return tuple(names[came].tolist())

    def deals(self) -> pd.DataFrame:
        """One row a deal that was open on the first day or has come since."""
        year, rows, record = self.year, self.rows, self.year.record
        leads = record.leads
        status = year.status[rows]
        entered = year.entered[rows]
        last = entered.shape[1] - 1 - np.argmax(~np.isnan(entered[:, ::-1]), axis=1)
        names = np.array(year.stage_names, dtype=object)
        channels, products = np.array(record.channels, object), np.array(record.products, object)
        reasons = np.array([REASON_SHOWN[reason] for reason in REASONS], object)
        return table(
            "deals",
            {
                "deal": np.arange(len(rows)),
                "created": year.moment(self.created[rows]),
                "closed": year.moment(year.closed[rows]),
                "status": status,
                "pipeline": self._pipelines(rows),
                "stage": names[last],
                "channel": channels[leads.channel[rows]],
                "owner": self._owners(rows),
                "amount": np.round(leads.size[rows], 2),
                "customer": rows,
                "repeat": np.zeros(len(rows)),
                "product": products[leads.product[rows]],
                "reason": np.where(status == "lost", reasons[leads.reason[rows]], ""),
            },
        )

    def _pipelines(self, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        record, market = self.year.record, self.year.scenario.market
        of = np.array([[market.process_of(c, p) for p in record.products] for c in record.channels], dtype=object)
        return of[record.leads.channel[rows], record.leads.product[rows]]

    def _owners(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Who worked on each last, at any step."""
        who = self.worked_by[rows]
        last = who.shape[1] - 1 - np.argmax((who >= 0)[:, ::-1], axis=1)
        return np.asarray(who[np.arange(len(rows)), last])

    def entries(self) -> pd.DataFrame:
        """One row each time a card came into a stage, deal by deal."""
        year, rows = self.year, self.rows
        entered = year.entered[rows, :].copy()
        if self.apart:
            entered[:, 0] = np.nan
        deal, step = np.nonzero(~np.isnan(entered))
        pipelines = self._pipelines(rows)
        return table(
            "entries",
            {
                "deal": deal,
                "pipeline": pipelines[deal],
                "stage": np.array(year.stage_names, dtype=object)[step],
                "entered": year.moment(entered[deal, step]),
                "owner": self.worked_by[rows][deal, step],
            },
        )

    def activities(self) -> pd.DataFrame:
        """One row a piece of work that ended in these days."""
        year = self.year
        rows = sorted((row for row in year.record.events if row.end >= self.start), key=lambda row: row.end)
        case = [year.rows.get(row.case, UNKNOWN) for row in rows]
        return table(
            "activities",
            {
                "case": np.array([self.number[lead] if lead >= 0 else UNKNOWN for lead in case], np.int64),
                "activity": np.array([row.activity for row in rows], object),
                "started": year.moment(np.array([row.start for row in rows])),
                "completed": year.moment(np.array([row.end for row in rows])),
                "person": np.array([year.person_of[row.person] for row in rows], np.int64),
            },
        )

    def orders(self) -> pd.DataFrame:
        """One row an invoice: each customer's first deal, and its orders but for those that were cancelled.

        The books go back as far as the year was simulated, the warm-up too. Customers of the first day have numbers
        after those of all leads; what they bought before is not there.
        """
        record = self.year.record
        sales, orders, customers = record.sales, record.orders, record.customers
        known = self.year.rows
        leads = len(record.leads.arrived)
        number = np.array([known.get(uid, leads + row) for row, uid in enumerate(customers.uid)], np.int64)
        deals = (sales.kind == DEAL) & (sales.lead >= 0)
        gone = customers.until[orders.customer] if len(orders.customer) else np.zeros(0)
        cancelled = np.isnan(orders.billed) & ~np.isnan(gone)
        kept = np.flatnonzero(~cancelled & (orders.placed < record.end))
        placed = np.concatenate([sales.time[deals], orders.placed[kept]])
        amount = np.concatenate([sales.revenue[deals], orders.worth[kept]])
        whose = np.concatenate([sales.lead[deals], number[orders.customer[kept]]]).astype(np.int64)
        inside = placed < record.end
        order = np.argsort(placed[inside], kind="stable")
        return table(
            "orders",
            {
                "customer": whose[inside][order],
                "placed": self.year.moment(placed[inside][order]),
                "amount": np.round(amount[inside][order], 2),
            },
        )

    def staff(self) -> pd.DataFrame:
        """One row a person who was employed on the first of these days or later, with the role that he had last."""
        year, staff = self.year, self.year.record.staff
        last: dict[int, int] = {}
        for row, pair in enumerate(zip(staff.seat.tolist(), staff.hire.tolist(), strict=True)):
            last[year.people[pair]] = row
        left = {person: float(staff.end[row]) for person, row in last.items()}
        kept = [person for person in last if not left[person] < self.start]
        rows = [last[person] for person in kept]
        roles = np.array(year.record.roles, object)
        day = "datetime64[D]"
        return table(
            "staff",
            {
                "person": np.array(kept, np.int64),
                "role": roles[staff.role[rows]],
                "hired": year.moment(staff.hired[rows]).astype(day),
                "left": year.moment(staff.end[rows]).astype(day),
            },
        )

    def calls(self) -> pd.DataFrame:
        """One row a person and day on which he sought customers: attempts, whom he reached, leads found.

        The attempts of each channel and month are those of the record, shared out by the hours of each stretch. Tries
        to reach somebody before a stage's work count too; of an attempt that finds nobody interested nothing is known.
        """
        year, record = self.year, self.year.record
        number = {name: step for step, name in enumerate(year.step_names)}
        reaching = {
            logged_stage
            for logged_stage, stage in zip(year.step_names[1:], year.scenario.market.sale, strict=True)
            if stage.reach is not None
        }
        found: dict[tuple[int, int], list[float]] = {}
        stretches: dict[tuple[str, int], list[tuple[float, list[float]]]] = {}
        for row in record.events:
            if row.start < record.begin or (row.activity != "prospect" and row.activity not in reaching):
                continue
            day = found.setdefault((year.person_of[row.person], int(row.start // 24)), [0.0, 0.0, 0.0])
            if row.activity in number:
                day[0] += 1
                day[1] += row.outcome != "not reached"
                continue
            month = int(np.searchsorted(record.month_edges, row.start, side="right")) - 1
            day[1] += row.outcome == "found"
            day[2] += row.outcome == "found"
            length = year.world.calendar.working_between(row.start, row.end)
            stretches.setdefault((row.case.split("/")[0], month), []).append((length, day))
        for (channel, month), rows in stretches.items():
            total = record.attempts[record.channels.index(channel), month]
            hours = np.cumsum([length for length, _ in rows])
            until = np.round(total * hours / hours[-1]) if hours[-1] > 0 else np.full(len(rows), total)
            for (_, of_day), made in zip(rows, np.diff(until, prepend=0.0).tolist(), strict=True):
                of_day[0] += made
        keys = sorted((key for key in found if 24.0 * key[1] >= self.start), key=lambda key: (key[1], key[0]))
        values = np.array([found[key] for key in keys]).reshape(-1, 3)
        return table(
            "calls",
            {
                "person": np.array([person for person, _ in keys], np.int64),
                "day": year.moment(np.array([24.0 * day for _, day in keys])),
                "calls": values[:, 0],
                "reached": values[:, 1],
                "leads": values[:, 2],
            },
        )

    def raw_leads(self) -> pd.DataFrame:
        """One row a lead before qualification, where they are kept apart; empty where not, or nobody qualifies."""
        if not self.apart:
            return table("leads")
        year, record = self.year, self.year.record
        leads, entered = record.leads, year.entered
        rows = np.flatnonzero(~np.isnan(entered[:, 0]))
        passed = np.nanmin(np.where(np.isnan(entered[:, 1:]), np.inf, entered[:, 1:]), axis=1)[rows]
        qualified = np.isfinite(passed)
        closed = np.where(qualified, passed, year.closed[rows])
        kept = ~(closed < self.start)
        rows, qualified, closed = rows[kept], qualified[kept], closed[kept]
        rows_by_time = np.argsort(leads.arrived[rows], kind="stable")
        rows, qualified, closed = rows[rows_by_time], qualified[rows_by_time], closed[rows_by_time]
        status = np.where(qualified, "qualified", np.where(np.isnan(closed), "open", "lost"))
        return table(
            "leads",
            {
                "lead": np.arange(len(rows)),
                "created": year.moment(leads.arrived[rows]),
                "closed": year.moment(closed),
                "status": status.astype(object),
                "stage": np.where(status == "open", QUALIFICATION, "").astype(object),
                "channel": np.array(record.channels, object)[leads.channel[rows]],
                "owner": self.worked_by[rows, 0],
                "amount": np.full(len(rows), np.nan),
            },
        )
