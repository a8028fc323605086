"""What it costs: the chart of accounts, the ledger, and the booking of one run's record.

May use `scenario` and the columns of `department.record`; knows no SimPy, no statistics and no files. Profit
and cash are sums of ledger entries and nothing else. Start reading at `booking.book`, then `ledger.Ledger`
and `accounts`.
"""

from simulation.finance.accounts import ACCOUNTS, Account
from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from simulation.finance.plan import actual_by_month, month_targets

__all__ = ["ACCOUNTS", "Account", "Ledger", "actual_by_month", "book", "month_targets"]
