"""What changes of the department cost: a CRM with its licences, and whatever a change costs once."""

from __future__ import annotations

import numpy as np

from simulation.department.record import Record
from simulation.finance.ledger import Journal
from simulation.finance.lines import budgeted_positions
from simulation.finance.spans import share_of_months
from simulation.mechanisms.interventions import Crm
from simulation.scenario.timeline import Timeline


def book_changes(journal: Journal, record: Record, prices: Timeline) -> None:
    """The cost of each change at its date, of a CRM's roll-out too, and its licences from then on.

    A change before the counted period costs nothing in it, but the licences of its CRM do.
    """
    for change in prices.changes:
        cause = f"change/{change.title or change.path}"
        once = np.array([change.at]) if record.begin <= change.at < record.end else np.empty(0)
        journal.enter("changes", once, -change.cost, cause=cause)
        if change.crm is not None:
            journal.enter("crm", once, -change.crm.setup, cause=cause)
            _book_licences(journal, record, prices, change.crm, change.at, cause)


def _book_licences(journal: Journal, record: Record, prices: Timeline, crm: Crm, since: float, cause: str) -> None:
    """A licence for each position of the firm's own people, filled or not; a failed CRM is cancelled when given up."""
    until = since + crm.abandoned_after if record.crm_failed else np.inf
    months = np.zeros(journal.months)
    for begin, end, positions in budgeted_positions(prices, record.structure):
        months += crm.licence * positions * share_of_months(journal.month_edges, max(since, begin), min(until, end))
    journal.enter("crm", journal.pay_days, -months, cause=cause)
