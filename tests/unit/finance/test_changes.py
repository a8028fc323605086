"""Prices that change during the run, and what the changes themselves cost."""

from typing import Any

import numpy as np
import pytest

from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from tests import records

DAY = records.DAY
APRIL = 90 * DAY
SELLER = "structures.pair.roles.seller"
NO_PAY = {f"{SELLER}.pay.base": 0, "structures.pair.roles.clerk.pay.base": 0}


def booked(*changes: dict[str, Any], extra: dict[str, Any] | None = None, **columns: Any) -> Ledger:
    """The ledger with interventions, those without a date on 1 April."""
    made = records.scenario(
        NO_PAY | {"interventions": [{"at": "2026-04-01"} | each for each in changes]} | (extra or {})
    )
    return book(records.record(made, **columns), made)


def setting(path: str, value: Any) -> dict[str, Any]:
    return {"set": {path: value}}


# --- prices in force --------------------------------------------------------------------------------------------------


def test_a_new_base_pay_holds_from_its_date_pro_rata() -> None:
    ledger = booked(setting(f"{SELLER}.pay.base", 30) | {"at": "2026-04-16"})
    assert ledger.group_by_month("payroll")[2:5].tolist() == [0.0, -30.0, -60.0]


def test_commission_goes_by_the_rule_at_the_date_of_the_sale() -> None:
    sales = [{"time": at, "seat": 0, "revenue": 1000.0} for at in (DAY, APRIL - 1.0, APRIL, APRIL + DAY)]
    change = setting(f"{SELLER}.pay.commission.share", "20 %")
    ledger = booked(change, extra={f"{SELLER}.pay.commission.share": "10 %"}, sales=sales)
    assert ledger.group_by_month("payroll")[:4].tolist() == [-100.0, 0.0, -100.0, -400.0]


def test_a_fee_per_lead_that_changes_within_a_month_counts_by_time() -> None:
    qualified = np.zeros((2, 12))
    qualified[0, 2:5] = 10
    change = setting(f"{SELLER}.pay.per_lead", 2) | {"at": "2026-04-16"}
    assert booked(change, qualified_by=qualified).total("per_lead_pay") == pytest.approx(-(10 * 1 + 10 * 2))


def test_a_channel_that_opens_costs_from_its_date() -> None:
    off = {"market.channels.site.active": False, "market.channels.site.cost.fixed_per_month": 40}
    ledger = booked(setting("market.channels.site.active", True), extra=off)
    assert ledger.group_by_month("costs")[2:4].tolist() == [0.0, -40.0]


def test_leads_and_attempts_cost_what_they_cost_at_their_time() -> None:
    attempts = np.zeros((3, 12))
    attempts[1, 2:4] = 5
    leads = [{"arrived": DAY}, {"arrived": APRIL + DAY}]
    costs = {"market.channels.site.cost.per_lead": 3, "market.channels.calls.cost.per_attempt": 1}
    dearer = {"set": {"market.channels.site.cost.per_lead": 8, "market.channels.calls.cost.per_attempt": 2}}
    ledger = booked(dearer, extra=costs, leads=leads, attempts=attempts)
    assert ledger.group_by_month("costs")[:4].tolist() == [-3.0, 0.0, -5.0, -8.0 - 10.0]


def test_shares_and_discounts_are_those_at_the_date_of_the_sale() -> None:
    sales = [{"time": at, "kind": "distributor", "channel": "dealer", "revenue": 800.0} for at in (DAY, APRIL)]
    change = {"set": {"market.channels.dealer.discount": "50 %", "market.channels.dealer.share_of_revenue": "5 %"}}
    ledger = booked(change, sales=sales)
    assert ledger.total("revenue") == pytest.approx(1000.0 + 1600.0)
    assert ledger.total("channel_share") == pytest.approx(-40.0)


def test_without_a_change_the_ledger_is_the_same_to_the_float() -> None:
    sales = [{"time": float(t) * DAY, "seat": 0, "revenue": 1 / 3 + t, "margin": 0.1} for t in range(0, 360, 7)]
    extra = {f"{SELLER}.pay": {"base": 1 / 7, "commission": {"share": 1 / 9}}, "budget.contributions": 0.302}
    nothing = booked(extra=extra | {"interventions": []}, sales=sales)
    neutral = booked(setting(f"{SELLER}.pay.base", 1 / 7), extra=extra, sales=sales)
    assert nothing.amount.tolist() == neutral.amount.tolist()


# --- positions --------------------------------------------------------------------------------------------------------


def test_a_line_per_seat_follows_the_positions_filled_or_not() -> None:
    rent = {"budget.indirect.lines": [{"name": "rent", "price": 10, "per": "seat"}]}
    one_gone = [{"place": 0, "end": DAY, "reason": "quit"}, {"place": 1}, {"place": 2}]
    assert booked(extra=rent, staff=one_gone).total("indirect") == -12 * 30.0
    more = booked(setting(f"{SELLER}.headcount", 5), extra=rent)
    assert more.group_by_month("costs")[2:4].tolist() == [-30.0, -60.0]


def test_what_is_bought_once_per_seat_is_bought_for_new_positions_only() -> None:
    desks = {"budget.other.lines": [{"name": "desks", "price": 7, "per": "seat", "when": "once"}]}
    changes = [
        setting(f"{SELLER}.headcount", 5),
        setting(f"{SELLER}.headcount", 1) | {"at": "2026-06-01"},
        setting(f"{SELLER}.headcount", 4) | {"at": "2026-08-01"},
        setting(f"{SELLER}.headcount", 6) | {"at": "2026-10-01"},
    ]
    frame = booked(*changes, extra=desks).frame()
    assert frame["date"].astype(str).tolist() == ["2026-01-01", "2026-04-01", "2026-10-01"]
    assert frame["amount"].tolist() == [-21.0, -21.0, -7.0]


# --- changes and the CRM ----------------------------------------------------------------------------------------------


def test_a_change_costs_once_at_its_date() -> None:
    frame = booked({"title": "Consultants", "cost": 900}).frame()
    assert frame[["account", "amount", "cause"]].to_numpy().tolist() == [["changes", -900.0, "change/Consultants"]]
    assert frame["date"].astype(str).tolist() == ["2026-04-01"]


def test_a_list_of_changes_costs_one_after_the_other() -> None:
    changes = {"every": "month", "changes": [{"cost": 10}, {"cost": 20}, {"cost": 30}]}
    assert booked(changes).group_by_month("costs")[2:7].tolist() == [0.0, -10.0, -20.0, -30.0, 0.0]


def test_a_crm_costs_its_setup_and_a_licence_for_each_position_from_the_roll_out_on() -> None:
    ledger = booked({"at": "2026-04-16", "crm": {"setup": 500, "licence": 4}})
    assert ledger.group_by_month("costs")[2:5].tolist() == [0.0, -500.0 - 6.0, -12.0]
    assert ledger.total("crm") == -(500 + 6 + 8 * 12)


def test_another_firms_people_need_no_licence_and_empty_positions_do() -> None:
    extra = {"structures.pair.roles.clerk.outsourced": True}
    nobody = [{"place": 2}]
    assert booked({"crm": {"licence": 4}}, extra=extra, staff=nobody).total("crm") == -9 * 8.0


def test_a_failed_crm_is_cancelled_when_it_is_given_up() -> None:
    crm = {"crm": {"setup": 500, "licence": 4, "abandoned_after": "61 days"}}  # April and May
    assert booked(crm, crm_failed=True).group_by_month("costs")[3:6].tolist() == [-512.0, -12.0, 0.0]
    assert booked(crm).group_by_month("costs")[3:6].tolist() == [-512.0, -12.0, -12.0]


def test_of_changes_before_the_counted_period_only_the_licences_count() -> None:
    crm = {"at": "2025-12-10", "cost": 70, "crm": {"setup": 500, "licence": 4}}
    ledger = booked(crm, extra={"experiment.warm_up": 1})
    assert ledger.profit == ledger.total("crm") == -12 * 12.0


def test_every_cost_of_a_change_is_part_of_profit() -> None:
    ledger = booked({"cost": 70, "crm": {"setup": 500, "licence": 4}})
    assert ledger.profit == pytest.approx(ledger.group_by_month("costs").sum()) == ledger.amount.sum()
    assert ledger.cash_end == pytest.approx(ledger.profit)
