"""What each person is paid by month, and the employer's contributions on it: one base a person and calendar year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import Record
from simulation.finance.ledger import Journal
from simulation.scenario.money import ContributionLaw

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
