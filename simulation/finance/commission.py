"""What each person is paid by month, with contributions; commission on closed and served: cap, draw, clawback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import DEAL, ORDER, Record
from simulation.finance.ledger import Journal
from simulation.finance.spans import share_of_months
from simulation.scenario.money import ContributionLaw
from simulation.scenario.pay import MONTHS, Commission
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Payments:
    """Pay of a run in the making; rows are those of ``record.staff`` (a person in a role), columns the months.

    Args:
        journal: where it is booked.
        record: the run.
        law: the employer's contributions.
    """

    def __init__(self, journal: Journal, record: Record, law: ContributionLaw) -> None:
        staff = record.staff
        self._journal, self._staff, self._law = journal, staff, law
        self._centres = np.array([journal.centre(f"role/{name}") for name in record.roles], dtype=np.int64)
        seats = int(staff.seat.max(initial=-1)) + 1
        _, self._person = np.unique(staff.hire * max(seats, 1) + staff.seat, return_inverse=True)
        year_of_month = np.array([day.year for day in journal.month_starts])
        self._years = [np.flatnonzero(year_of_month == year) for year in np.unique(year_of_month)]
        self._order = np.lexsort((staff.begin, staff.place, staff.role))
        self.paid = np.zeros((len(staff.begin), journal.months))
        self._booked = np.zeros_like(self.paid)

    def enter(self, account: str, pay: Floats, *, cause: str = "seat") -> None:
        """Book pay, shape (rows of staff, months), money above zero, on the last day of each month."""
        self.paid += pay
        self._book(account, pay, cause)

    def contribute(self) -> None:
        """Book what is owed on all that has been paid so far and has not been booked yet."""
        owed = self._owed()
        self._book("contributions", owed - self._booked, "seat")
        self._booked = owed

    def _owed(self) -> Floats:
        """Contributions by row and month: those of the person in the month, by the rows' parts of the pay."""
        law = self._law
        if np.isinf(law.base):
            return law.rate * self.paid
        people = int(self._person.max(initial=-1)) + 1
        by_person = np.zeros((people, self.paid.shape[1]))
        np.add.at(by_person, self._person, self.paid)
        owed = np.zeros_like(by_person)
        for year in self._years:
            so_far = np.cumsum(by_person[:, year], axis=1)
            due = law.rate * np.minimum(so_far, law.base) + law.above * np.maximum(so_far - law.base, 0.0)
            owed[:, year] = np.diff(due, axis=1, prepend=0.0)
        part = np.divide(
            self.paid, by_person[self._person], out=np.zeros_like(self.paid), where=by_person[self._person] > 0
        )
        return np.asarray(owed[self._person] * part, dtype=np.float64)

    def _book(self, account: str, pay: Floats, cause: str) -> None:
        rows, months = np.nonzero(pay[self._order])
        rows = self._order[rows]
        self._journal.enter(
            account,
            self._journal.pay_days[months],
            -pay[rows, months],
            cause=cause,
            centre=self._centres[self._staff.role[rows]],
            reference=self._staff.place[rows],
        )


def rows_of_sales(record: Record, sales: Ints) -> Ints:
    """Row in ``record.staff`` of whoever closed or served each of these sales (rows in ``record.sales``).

    The last who came to the place until the sale's time.
    """
    staff, made = record.staff, record.sales
    span = float(record.end) + 1.0
    order = np.lexsort((staff.begin, staff.place))
    keys = staff.place[order] * span + np.maximum(staff.begin[order], 0.0)
    found = np.searchsorted(keys, made.seat[sales] * span + made.time[sales], side="right") - 1
    return np.asarray(order[np.maximum(found, 0)], dtype=np.int64)


KINDS = {"deals": (DEAL,), "orders": (ORDER,), "both": (DEAL, ORDER)}


@dataclass(frozen=True)
class Reached:
    """What was reached and what was planned by month; of a rolling plan both are those of the year so far.

    The year so far begins anew every twelve months of the run.
    """

    made: Floats
    targets: Floats
    rolling: bool

    def attainment(self, first: int, last: int) -> float:
        """Attainment of the months [first, last), or of the year so far at their end; 1 without a target."""
        part = slice(last - 1, last) if self.rolling else slice(first, last)
        target = float(self.targets[part].sum())
        return float(self.made[part].sum()) / target if target > 0 else 1.0


def commission_of(
    journal: Journal, record: Record, role: int, rule: Commission, between: tuple[float, float], reached: Reached | None
) -> Floats:
    """Commission of a role under one rule by row of staff and month, money; below zero nowhere.

    Args:
        journal: of the run, with its months.
        record: the run.
        role: index into `record.roles`.
        rule: the rule.
        between: when it is in force, hours: for the sales of this time.
        reached: the department's attainment; None without a plan: then neither threshold nor tiers of it act.
    """
    sold = _Sold.under(record, role, rule, between, journal.months)
    if not rule.share or sold is None:
        return np.zeros((len(record.staff.begin), journal.months))
    rates = np.zeros((len(record.staff.begin), journal.months))  # commission by money sold, of each row and month
    earned = np.zeros_like(rates)
    base = sold.by_month()
    last_month = _last_months(record, journal)
    rows = np.arange(len(base))
    for first, last in _periods(journal.months, MONTHS[rule.every]):
        own = base[:, first:last].sum(axis=1)
        amount = own * _factor(rule, record, journal, own / rule.share, (first, last), reached)
        if rule.cap is not None:
            amount = np.minimum(amount, rule.cap * (last - first))
        rates[:, first:last] = np.divide(amount, own, out=np.zeros_like(own), where=own > 0)[:, None]
        earned[rows, np.clip(last_month, first, last - 1)] += amount
    ours = record.staff.role == role
    return _paid_out(rule, journal, record, ours, earned - sold.taken_back(rule, rates), between)


@dataclass(frozen=True)
class _Sold:
    """Sales on which one rule pays: row of staff, month, money times the share, and rows in `record.sales`."""

    record: Record
    months: int
    row: Ints
    month: Ints
    money: Floats
    sale: Ints

    @classmethod
    def under(
        cls, record: Record, role: int, rule: Commission, between: tuple[float, float], months: int
    ) -> _Sold | None:
        """Those of a role's people while the rule is in force; None where nobody could sell."""
        sales = record.sales
        if not len(record.seat_role):
            return None
        month = np.searchsorted(record.month_edges, sales.time, side="right") - 1
        due = (sales.seat >= 0) & (month >= 0) & (month < months) & np.isin(sales.kind, KINDS[rule.on])
        due &= (sales.time >= between[0]) & (sales.time < between[1])
        due &= np.where(sales.seat >= 0, record.seat_role[sales.seat], -1) == role
        if rule.repeat_months is not None:
            due &= ~_older(record, rule.repeat_months)
        rows = np.flatnonzero(due)
        base = sales.revenue[rows] if rule.of == "revenue" else np.maximum(sales.margin[rows], 0.0)
        return cls(record, months, rows_of_sales(record, rows), month[rows], rule.share * base, rows)

    def by_month(self) -> Floats:
        """Money times the share by row of staff and month."""
        sums = np.zeros((len(self.record.staff.begin), self.months))
        np.add.at(sums, (self.row, self.month), self.money)
        return sums

    def taken_back(self, rule: Commission, rates: Floats) -> Floats:
        """Commission on deals whose customers left within the time, by row of staff and the month of leaving."""
        back = np.zeros_like(rates)
        if not rule.clawback_months:
            return back
        record, sales = self.record, self.record.sales
        deals = np.flatnonzero((sales.kind[self.sale] == DEAL) & (sales.customer[self.sale] >= 0))
        customer = sales.customer[self.sale[deals]]
        left, since = record.customers.until[customer], sales.time[self.sale[deals]]
        gone = left - since <= rule.clawback_months * MONTH  # NaN: it has stayed
        month = np.searchsorted(record.month_edges, left, side="right") - 1
        gone &= month < self.months
        deals, month = deals[gone], month[gone]
        row = self.row[deals]
        np.add.at(back, (row, month), self.money[deals] * rates[row, self.month[deals]])
        return back


def _older(record: Record, months: int) -> NDArray[np.bool_]:
    """Whether a sale is an order of a customer whose first deal was longer ago; of the first day all are."""
    sales, customers = record.sales, record.customers
    if not len(customers.since):
        return np.zeros(len(sales.time), dtype=np.bool_)
    customer = np.maximum(sales.customer, 0)
    old = customers.initial[customer] | (sales.time - customers.since[customer] > months * MONTH)
    return np.asarray((sales.kind == ORDER) & (sales.customer >= 0) & old)


def _periods(months: int, length: int) -> Iterator[tuple[int, int]]:
    """First month and the one after the last of each time that is paid for; the run may cut off the last."""
    for first in range(0, months, length):
        yield first, min(first + length, months)


def _last_months(record: Record, journal: Journal) -> Ints:
    """Month in which each row of staff ends; beyond the run where it does not."""
    ends = np.where(np.isnan(record.staff.end), np.inf, record.staff.end)
    return np.asarray(np.searchsorted(journal.month_edges, ends, side="left") - 1)


def _factor(
    rule: Commission, record: Record, journal: Journal, sold: Floats, part: tuple[int, int], reached: Reached | None
) -> Floats:
    """Factor on the commission of each row of staff in the months [first, last); whoever had no quota is on it.

    `sold`: money of what the share is of, by row.
    """
    if rule.attainment_of == "department":
        return np.ones(len(sold)) if reached is None else rule.factor(np.full(len(sold), reached.attainment(*part)))
    assert rule.quota is not None
    staff, edges = record.staff, journal.month_edges[part[0] : part[1] + 1]
    until = np.where(np.isnan(staff.end), np.inf, staff.end)
    quota = rule.quota * share_of_months(edges, staff.begin[:, None], until[:, None]) * _ramped(rule, record, edges)
    asked = quota.sum(axis=1)
    return rule.factor(np.divide(sold, asked, out=np.ones_like(sold), where=asked > 0))


def _ramped(rule: Commission, record: Record, edges: Floats) -> Floats:
    """Share of the quota by row and month: by the months since joining in the month's middle."""
    shares = np.array([*rule.quota_ramp, 1.0])
    middle = (edges[:-1] + edges[1:]) / 2
    since = np.floor((middle[None, :] - record.staff.hired[:, None]) / MONTH)
    return np.asarray(shares[np.clip(since, 0, len(shares) - 1).astype(np.int64)])


def _paid_out(
    rule: Commission,
    journal: Journal,
    record: Record,
    ours: NDArray[np.bool_],
    earned: Floats,
    between: tuple[float, float],
) -> Floats:
    """What is paid of the earned by row and month: with the draw, and what is owed back held from what comes later.

    A draw that is a guarantee is paid back by the commission of its own time only.
    """
    staff = record.staff
    until = np.where(np.isnan(staff.end), np.inf, staff.end)[:, None]
    there = share_of_months(
        journal.month_edges, np.maximum(staff.begin[:, None], between[0]), np.minimum(until, between[1])
    )
    paid = np.zeros_like(earned)
    owed, advanced = np.zeros(len(earned)), np.zeros(len(earned))
    ends = {last - 1 for _, last in _periods(journal.months, MONTHS[rule.every])}
    for month in range(journal.months):
        draw = rule.draw * there[:, month] * ours
        left = np.maximum(earned[:, month] - owed, 0.0)
        paid[:, month] = np.maximum(left - advanced, draw)
        owed = np.maximum(owed - earned[:, month], 0.0)
        advanced = np.maximum(advanced + draw - left, 0.0)
        if month in ends and not rule.draw_recovered:
            advanced[:] = 0.0
    return paid
