"""What an administrator is worth: papers taken from those who sell.

An administrator is a role that does papers and reminders of payment and nothing else with leads or customers.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.analysis.margins import hours_by_role, margin_of_sales
from simulation.department.record import Record
from simulation.finance.accounts import of_group
from simulation.finance.ledger import Ledger
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role

PAPERS: tuple[Activity, ...] = ("paperwork", "collect")
SELLING: tuple[Activity, ...] = ("prospect", "qualify", "sell")
WITH_CLIENTS: tuple[Activity, ...] = (*SELLING, "serve", "upsell")


def is_administrator(role: Role) -> bool:
    """Whether a role does papers or reminders and nothing else with leads or customers."""
    done = {duty.activity for duty in role.activities} - {"meet", "coach"}
    return bool(done) and done <= set(PAPERS)


def administration(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    """Measures of the administrators of a run; hours and money 0 where there are none or nobody else."""
    roles = scenario.structures[record.structure].roles
    clerks = [number for number, name in enumerate(record.roles) if is_administrator(roles[name])]
    sellers = [
        number
        for number, name in enumerate(record.roles)
        if any(duty.activity in WITH_CLIENTS for duty in roles[name].activities)
    ]
    nothing = {"freed_hours": 0.0, "freed_worth": 0.0, "administrator_cost": 0.0, "administrator_pays_from": math.nan}
    if not clerks or not sellers:
        return nothing
    papers, productive = hours_by_role(record, *PAPERS), hours_by_role(record, *WITH_CLIENTS)
    freed = float(papers[clerks].sum())
    spent = float(productive[sellers].sum())
    worth = margin_of_sales(ledger, scenario) / spent if spent > 0 else math.nan
    cost = _pay(ledger, [record.roles[number] for number in clerks])
    people = record.staffed @ np.diff(record.month_edges)
    of_one = cost / float(people[clerks].sum()) if people[clerks].any() else math.nan
    caused = worth * (freed + float(papers[sellers].sum()))
    by_one = caused / float(people[sellers].sum()) if people[sellers].any() else math.nan
    return {
        "freed_hours": freed,
        "freed_worth": freed * worth if freed else 0.0,
        "administrator_cost": cost,
        "administrator_pays_from": of_one / by_one if by_one > 0 else math.nan,
    }


def _pay(ledger: Ledger, roles: list[str]) -> float:
    """Pay of roles with contributions, money, above zero."""
    centres = [number for number, name in enumerate(ledger.centres) if name in {f"role/{role}" for role in roles}]
    rows = np.isin(ledger.account, of_group("payroll")) & np.isin(ledger.centre, centres)
    return 0.0 - float(ledger.amount[rows].sum())
