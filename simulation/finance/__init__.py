"""What it costs: the chart of accounts, the ledger, and the booking of one run's record.

May use `scenario` and the columns of `department.record`; knows no SimPy, no statistics and no files. Profit
and cash are sums of ledger entries and nothing else. Start reading at `booking.book`, then `ledger`.
"""
