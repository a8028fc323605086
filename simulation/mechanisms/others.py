"""Mechanisms whose keys stand with the block that they are a fact of: market, learning, pay, the year as a whole.

Their rules are one hot line each, or part of what the block describes; nothing of them would stand in a module alone.
"""

from simulation.mechanisms.mechanism import Mechanism

PAPERWORK = Mechanism("paperwork", "paperwork", ("department.customers.AfterSale",), "expected.customers.CustomerLoad")
PAYROLL = Mechanism("payroll", "payroll", ("finance.pay",), "expected.payroll.budgeted_pay", measures=("payroll",))
MEETINGS = Mechanism("meetings", "other", ("department.leading.weekly_meetings",), "expected.flows.Solver")
AVAILABILITY = Mechanism("availability", "other", ("department.skills.Skill.set",), "expected.flows.Solver")
QUESTIONS = Mechanism("questions", "other", ("department.lead_table.LeadTable",), "expected.odds.stage_passed")
LOYALTY = Mechanism("loyalty", "other", ("department.customers.Customers",), "expected.customers.CustomerLoad")
LATE_PAYMENT = Mechanism(
    "late_payment",
    "other",
    ("department.customers.AfterSale.pay",),
    "expected.customers.CustomerLoad",
    measures=("receivables_end",),
)
PART_TIME = Mechanism("part_time", "other", ("department.hours.part_time",), "expected.flows.Solver")
SHIFTS = Mechanism("shifts", "other", ("department.hours.Hours",), "expected.attendance.share_there")
