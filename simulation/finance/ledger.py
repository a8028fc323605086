"""The ledger: every amount of a run as an entry on an account. Profit and cash are sums of entries and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas as pd


Group = Literal["revenue", "cost of goods", "payroll", "costs", "cash only"]


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the ledger.

    Attributes:
        name: the key in frames and measures.
        title: the name in reports.
        group: what it adds up to; 'cash only' never touches profit.
        meaning: what is booked there.
    """

    name: str
    title: str
    group: Group
    meaning: str


ACCOUNTS: tuple[Account, ...] = (
    Account("revenue", "Revenue at full price", "revenue", "Sales before a distributor's discount."),
    Account("discount", "Distributors' discount", "revenue", "Discount given to distributors, below zero."),
    Account("cost_of_goods", "Cost of goods", "cost of goods", "What the goods and services sold cost."),
    Account("base_pay", "Base pay", "payroll", "Base pay of everybody employed; an empty position costs none."),
    Account("commission", "Commission", "payroll", "Variable pay on what a person closes or serves."),
    Account("bonus", "Bonus", "payroll", "Bonus of each person for a plan that is met."),
    Account("vacation_pay", "Vacation pay", "payroll", "What commission and bonus add to the pay of vacation days."),
    Account("per_lead_pay", "Pay per lead", "payroll", "Fee for each lead that a role passes."),
    Account("contributions", "Contributions", "payroll", "Employer's contributions on all pay of the own people."),
    Account("channel_share", "Shares given to channels", "costs", "Parts of revenue or margin given away."),
    Account("channel_cost", "Cost of channels", "costs", "Fixed cost, cost per lead and per attempt."),
    Account("material", "Material for customers", "costs", "FAQ, cases, training: making and keeping it."),
    Account("loyalty", "Loyalty programme", "costs", "Fixed cost and cost per customer."),
    Account("recruiting", "Recruiting", "costs", "Cost of each hire, on the newcomer's first day."),
    Account("training", "Training of newcomers", "costs", "Courses and materials of each newcomer, on the first day."),
    Account("severance", "Severance", "costs", "Months of base pay for whoever is laid off, on the last day."),
    Account("crm", "CRM", "costs", "Setting it up at the roll-out, then a licence for each position a month."),
    Account("changes", "Cost of changes", "costs", "What each change of the department costs once, at its date."),
    Account("direct", "Direct costs", "costs", "Lines of the budget's direct table (without pay)."),
    Account("indirect", "Indirect costs", "costs", "Lines of the budget's indirect table (without pay)."),
    Account("other", "Other costs", "costs", "Lines of the budget's other table (without pay)."),
    Account("depreciation", "Depreciation", "costs", "Capital written off in a straight line; moves no cash."),
    Account("capital", "Capital outlay", "cash only", "Paid for things used for years, at the date."),
    Account(
        "earlier_sales",
        "Payments for earlier sales",
        "cash only",
        "Payments in the counted period for sales made before it.",
    ),
)

INDEX: dict[str, int] = {account.name: number for number, account in enumerate(ACCOUNTS)}
"""Number of each account by its name."""


def of_group(group: Group) -> list[int]:
    """Numbers of the accounts of a group."""
    return [number for number, account in enumerate(ACCOUNTS) if account.group == group]


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_IN: dict[Group, NDArray[np.bool_]] = {
    group: np.isin(np.arange(len(ACCOUNTS)), of_group(group)) for group in get_args(Group)
}

MOST = 1e100
"""The largest amount: a mean of squares can be taken of it."""
WHOLE = ""
"""The cost centre of what belongs to the whole department."""


def days_of(start: date, hours: Floats) -> list[date]:
    """The dates of hours since midnight of a first day."""
    return [date.fromordinal(start.toordinal() + int(hour // 24)) for hour in hours]


@dataclass(frozen=True)
class Ledger:
    """Entries as plain columns of equal length, in the order of booking.

    Attributes:
        start: the date of hour 0 (the first day of the warm-up, if there is one).
        month_edges: months + 1 edges of the counted period, hours.
        time: when it belongs to, hours since the start; always inside the counted period.
        account: number in ``ACCOUNTS``.
        amount: money as profit sees it: income above, cost below zero; 0 on accounts that are cash only.
        cash: money that comes in (above zero) or goes out; 0 where none moves (depreciation).
        cash_time: when the cash moves, hours; may lie beyond the end, infinite if never.
        centre: number in ``centres``.
        cause: number in ``causes``.
        reference: row of the sale or lead, or number of the place that caused it; -1 where there is none.
        centres: cost centres: 'role/…', 'channel/…', 'product/…', '' for the whole department.
        causes: 'deal', 'order', 'distributor', 'seat', 'hire', 'lay-off', 'lead', 'attempt', 'month', 'line/…',
            'change/…'.
    """

    start: date
    month_edges: Floats
    time: Floats
    account: Ints
    amount: Floats
    cash: Floats
    cash_time: Floats
    centre: Ints
    cause: Ints
    reference: Ints
    centres: tuple[str, ...]
    causes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.amount)

    @property
    def months(self) -> int:
        """Months of the counted period."""
        return len(self.month_edges) - 1

    @property
    def month_starts(self) -> list[date]:
        """The first day of each month of the counted period."""
        return days_of(self.start, self.month_edges[:-1])

    @property
    def profit(self) -> float:
        """Sum of all entries, money."""
        return float(self.amount.sum())

    @cached_property
    def by_month(self) -> Floats:
        """Amounts by account and month, shape (accounts, months), money as profit sees it."""
        return self._table(self.amount, self.time)

    @cached_property
    def cash_by_month(self) -> Floats:
        """Cash by account and month in which it moves, shape (accounts, months), money."""
        return self._table(self.cash, self.cash_time)

    @property
    def cash_end(self) -> float:
        """Cash at the end of the counted period when it began with nothing, money."""
        return float(self.cash_by_month.sum())

    @property
    def receivables_end(self) -> float:
        """Sales of the counted period that are not paid by its end, money."""
        open_ = (self.cash_time >= self.month_edges[-1]) & (self.cash > 0)
        return float(self.cash[open_].sum())

    def total(self, *accounts: str) -> float:
        """Sum of the amounts on accounts, money as profit sees it. Raises KeyError for an unknown one."""
        return float(sum(self.by_month[INDEX[name]].sum() for name in accounts))

    def group_by_month(self, group: Group) -> Floats:
        """Amounts of a group of accounts by month, money as profit sees it."""
        return np.asarray(self.by_month[_IN[group]].sum(axis=0), dtype=np.float64)

    def entries_of(self, group: Group) -> NDArray[np.bool_]:
        """Whether each entry is on an account of a group."""
        return _IN[group][self.account]

    def frame(self) -> pd.DataFrame:
        """All entries: date, account, amount, cash, cash_date, centre, cause, reference (money, days).

        ``cash_date`` is missing where no cash moves or it never comes.
        """
        import pandas as pd

        origin = pd.Timestamp(self.start)
        reached = np.where((self.cash != 0) & np.isfinite(self.cash_time), self.cash_time, np.nan)
        names = np.array([account.name for account in ACCOUNTS], dtype=object)
        return pd.DataFrame(
            {
                "date": (origin + pd.to_timedelta(self.time, unit="h")).floor("D"),
                "account": names[self.account],
                "amount": self.amount,
                "cash": self.cash,
                "cash_date": (origin + pd.to_timedelta(reached, unit="h")).floor("D"),
                "centre": np.array(self.centres, dtype=object)[self.centre],
                "cause": np.array(self.causes, dtype=object)[self.cause],
                "reference": self.reference,
            }
        )

    def _table(self, values: Floats, times: Floats) -> Floats:
        month = np.searchsorted(self.month_edges, times, side="right") - 1
        inside = (month >= 0) & (month < self.months)
        cell = self.account[inside] * self.months + month[inside]
        sums = np.bincount(cell, weights=values[inside], minlength=len(ACCOUNTS) * self.months)
        return np.asarray(sums.reshape(len(ACCOUNTS), self.months), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of one account, without those of nothing: columns of equal length.

    Attributes:
        account: number in ``ACCOUNTS``.
        kept: rows of what was given that are entries; None for all.
        first: the earliest time.
        last: the latest.
    """

    account: int
    time: Floats
    amount: Floats
    cash: Floats
    cash_time: Floats
    kept: Ints | None
    first: float
    last: float


def prepared(
    account: str,
    time: Floats,
    amount: ArrayLike,
    *,
    cash: ArrayLike | None = None,
    cash_time: ArrayLike | None = None,
) -> Entries | None:
    """Entries for a journal, one per time; scalars hold for all of them. None where all are of nothing.

    ``cash`` is the amount and ``cash_time`` the time where they are not given. Raises ValueError for an amount that is
    not finite or beyond ``MOST``.
    """
    many = len(time)
    if not many:
        return None
    amounts = _full(amount, many)
    money = amounts if cash is None else _full(cash, many)
    something = amounts != 0
    if cash is not None:
        something |= money != 0
    kept = None if something.all() else np.flatnonzero(something)
    if kept is not None and not len(kept):
        return None
    for each in (amounts,) if cash is None else (amounts, money):
        if not max(each.max(), -each.min()) <= MOST:  # NaN is no number that is less
            raise ValueError(f"an amount on the account {account!r} is not finite, or beyond {MOST:g}")
    first, last = float(time.min()), float(time.max())
    moved = time if cash_time is None else _full(cash_time, many)
    if kept is not None:
        amounts, money, moved, time = amounts[kept], money[kept], moved[kept], time[kept]
    return Entries(INDEX[account], time, amounts, money, moved, kept, first, last)


def _full(values: ArrayLike, many: int) -> Floats:
    """So many values; a scalar stands for all."""
    array = np.asarray(values, dtype=np.float64)
    return np.full(many, array) if array.ndim == 0 else array


def _whole(parts: list[ArrayLike], sizes: list[int]) -> Ints:
    """Columns of whole numbers end to end, scalars for as many rows as their part has."""
    if not parts:
        return np.empty(0, dtype=np.int64)
    return np.concatenate([np.full(size, part, dtype=np.int64) for part, size in zip(parts, sizes, strict=True)])


class Journal:
    """A ledger in the making: ``enter`` appends entries, ``close`` makes the ledger."""

    def __init__(self, start: date, month_edges: Floats) -> None:
        self.start = start
        self.month_edges = month_edges
        self._entries: list[tuple[Entries, int, ArrayLike, ArrayLike]] = []
        self._centres: dict[str, int] = {WHOLE: 0}
        self._causes: dict[str, int] = {}

    @property
    def months(self) -> int:
        """Months of the counted period."""
        return len(self.month_edges) - 1

    @property
    def pay_days(self) -> Floats:
        """The beginning of each month's last day, hours: what belongs to a whole month is dated there."""
        return self.month_edges[1:] - 24.0

    @property
    def month_starts(self) -> list[date]:
        """The first day of each month of the counted period."""
        return days_of(self.start, self.month_edges[:-1])

    def centre(self, name: str) -> int:
        """Number of a cost centre, a new one if it is not known yet."""
        return self._centres.setdefault(name, len(self._centres))

    def enter(
        self,
        account: str,
        time: Floats,
        amount: ArrayLike,
        *,
        cause: str,
        centre: ArrayLike = 0,
        cash: ArrayLike | None = None,
        cash_time: ArrayLike | None = None,
        reference: ArrayLike = -1,
    ) -> None:
        """Append entries, one per time; scalars hold for all of them. Entries of nothing are left out.

        What is given and raised: as ``prepared``. Raises ValueError for a time outside the counted period.
        """
        entries = prepared(account, time, amount, cash=cash, cash_time=cash_time)
        if entries is not None:
            self.take(entries, cause=cause, centre=centre, reference=reference)

    def take(self, entries: Entries, *, cause: str, centre: ArrayLike = 0, reference: ArrayLike = -1) -> None:
        """Append prepared entries; centre and reference are of all that were given to ``prepared``, or hold for all.

        Raises ValueError for a time outside the counted period.
        """
        if entries.first < self.month_edges[0] or entries.last >= self.month_edges[-1]:
            name = ACCOUNTS[entries.account].name
            raise ValueError(f"an entry on the account {name!r} lies outside the counted period")
        number = self._causes.setdefault(cause, len(self._causes))
        kept = entries.kept
        centres, references = (
            each if np.ndim(each) == 0 or kept is None else np.asarray(each)[kept] for each in (centre, reference)
        )
        self._entries.append((entries, number, centres, references))

    def close(self) -> Ledger:
        """The ledger of all entries so far."""
        rows = self._entries
        sizes = [len(entries.amount) for entries, *_ in rows]
        columns: list[Floats] = [
            np.concatenate([getattr(entries, name) for entries, *_ in rows]) if rows else np.empty(0)
            for name in ("time", "amount", "cash", "cash_time")
        ]
        time, amount, cash, cash_time = columns
        account = np.array([entries.account for entries, *_ in rows], dtype=np.int64)
        cause = np.array([number for _, number, *_ in rows], dtype=np.int64)
        return Ledger(
            start=self.start,
            month_edges=self.month_edges,
            time=time,
            account=np.repeat(account, sizes),
            amount=amount,
            cash=cash,
            cash_time=cash_time,
            centre=_whole([centre for *_, centre, _ in rows], sizes),
            cause=np.repeat(cause, sizes),
            reference=_whole([reference for *_, reference in rows], sizes),
            centres=tuple(self._centres),
            causes=tuple(self._causes),
        )
