"""The closed form: what a structure would do and how loaded it would be, without simulating anything.

Knows the scenario, nothing of people at work. Used to warn (`checks`), to let people begin practised
(`practice`), to spread the pipeline of the first day, to value what is there at the end, and to hold the
simulation against. A few milliseconds each. Two questions: what a practised structure does as it stands
(`steady.steady`), and what is to be expected over the horizon with all that changes in it (`dated.workload`,
with the people who are there by then: `staff`). Start reading at `flows`; then `leads` (the way of a
lead), `customers` (what a deal brings later), `odds`, `proficiency`, `ramp` (how long newcomers need),
`office_time`, `pipeline` (values), `payroll`.
"""

from simulation.expected.dated import workload
from simulation.expected.payroll import RolePay, budgeted_pay, budgeted_payroll, positions, vacation_share
from simulation.expected.pipeline import (
    customer_months,
    expected_customer_margin,
    kept_margin,
    lead_value,
    lost_at_the_end,
    open_at_age,
    pipeline_in_vain,
    pipeline_occupancy,
    pipeline_value,
)
from simulation.expected.ramp import Standard, activities_of, months_at_pace, months_to_proficiency, practised
from simulation.expected.rates import initial_channel, initial_product, mean_deal, mean_order
from simulation.expected.result import ChannelFlow, Part, RoleLoad, Workload
from simulation.expected.steady import practice, steady

__all__ = [
    "ChannelFlow",
    "Part",
    "RoleLoad",
    "RolePay",
    "Standard",
    "Workload",
    "activities_of",
    "budgeted_pay",
    "budgeted_payroll",
    "customer_months",
    "expected_customer_margin",
    "initial_channel",
    "initial_product",
    "kept_margin",
    "lead_value",
    "mean_deal",
    "mean_order",
    "months_at_pace",
    "months_to_proficiency",
    "lost_at_the_end",
    "open_at_age",
    "pipeline_in_vain",
    "pipeline_occupancy",
    "pipeline_value",
    "positions",
    "practice",
    "practised",
    "steady",
    "vacation_share",
    "workload",
]
