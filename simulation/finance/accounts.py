"""The chart of accounts: where every amount of a run belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
