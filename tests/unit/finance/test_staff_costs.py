"""What people who come and go cost: base pay by the time they are there, recruiting, training, severance."""

from typing import Any

import pytest

from simulation.finance.booking import book
from simulation.finance.ledger import Ledger
from tests import records

DAY = records.DAY
FEBRUARY, MARCH = 31 * DAY, 59 * DAY
SELLER = "structures.pair.roles.seller"
COSTS = {"people.recruiting.cost": 300, "people.onboarding.cost": 70, "people.departure.severance": 3}


def booked(staff: list[dict[str, Any]], extra: dict[str, Any] | None = None, **columns: Any) -> Ledger:
    """Two sellers (places 0 and 1) at 100 a month and a clerk (place 2) at 50."""
    made = records.scenario(extra)
    return book(records.record(made, staff=staff, **columns), made)


def replaced(**leaver: Any) -> list[dict[str, Any]]:
    """The first seller leaves on 15 February, half way through it; a newcomer comes on 1 April."""
    return [
        {"place": 0, "end": FEBRUARY + 14 * DAY, "reason": "quit"} | leaver,
        {"place": 1},
        {"place": 2},
        {"place": 0, "hire": 1, "begin": 90 * DAY},
    ]


def by_month(ledger: Ledger, account: str) -> list[float]:
    rows = ledger.frame().query("account == @account")
    months = rows.groupby(rows["date"].dt.month)["amount"].sum()
    return [round(float(months.get(month, 0.0)), 9) for month in range(1, 13)]


def test_an_empty_position_costs_no_base_pay() -> None:
    ledger = booked(replaced())
    assert by_month(ledger, "base_pay")[:5] == [-250.0, -200.0, -150.0, -250.0, -250.0]
    assert ledger.profit == -(12 * 250.0 - 50.0 - 100.0)


def test_what_an_empty_position_does_not_cost_stays_in_profit_with_its_contributions() -> None:
    full = booked([{"place": n} for n in range(3)], {"budget.contributions": "30 %"})
    empty = booked(replaced(), {"budget.contributions": "30 %"})
    assert empty.profit - full.profit == pytest.approx(1.3 * 150.0)


def test_with_everybody_there_pay_is_exactly_that_of_every_position() -> None:
    ledger = booked([{"place": 2}, {"place": 0}, {"place": 1}])
    frame = ledger.frame().query("account == 'base_pay'")
    assert frame["amount"].tolist() == [-100.0] * 24 + [-50.0] * 12
    assert frame["reference"].tolist() == [0] * 12 + [1] * 12 + [2] * 12


def test_who_moves_is_paid_by_each_role_for_the_time_in_it() -> None:
    moving = [{"place": 0, "end": MARCH, "reason": "moved"}, {"place": 2, "begin": MARCH, "hired": -DAY}]
    ledger = booked(moving)
    assert by_month(ledger, "base_pay")[:4] == [-100.0, -100.0, -50.0, -50.0]
    assert ledger.total("recruiting") == ledger.total("training") == 0.0


def test_a_newcomer_who_moves_later_is_hired_once() -> None:
    first = {"place": 0, "hire": 1, "begin": FEBRUARY, "end": MARCH, "reason": "moved"}
    second = {"place": 2, "hire": 1, "begin": MARCH, "hired": FEBRUARY}
    assert booked([first, second], COSTS).total("recruiting", "training") == -370.0


def test_pay_begins_with_the_counted_period() -> None:
    ledger = booked([{"place": 0, "begin": 0.0, "end": 10 * DAY, "reason": "quit"}], {"experiment.warm_up": 1})
    assert ledger.total("base_pay") == 0.0


def test_each_hire_costs_its_recruiting_and_training_on_the_first_day() -> None:
    frame = booked(replaced(), COSTS).frame()
    rows = frame[frame["account"].isin(["recruiting", "training"])]
    assert rows[["account", "amount"]].to_numpy().tolist() == [["recruiting", -300.0], ["training", -70.0]]
    assert rows["date"].astype(str).unique().tolist() == ["2026-04-01"]
    assert rows["centre"].unique().tolist() == ["role/seller"]
    assert (rows["cash"] == rows["amount"]).all()


def test_a_role_may_have_its_own_cost_of_recruiting_and_training() -> None:
    own = {f"{SELLER}.recruiting": {"cost": 500}, f"{SELLER}.onboarding": {"cost": 90}}
    ledger = booked(replaced(), COSTS | own)
    assert (ledger.total("recruiting"), ledger.total("training")) == (-500.0, -90.0)


def test_a_hire_of_the_warm_up_does_not_count() -> None:
    early = [{"place": 0, "hire": 1, "begin": 5 * DAY}]
    ledger = booked(early, COSTS | {"experiment.warm_up": 1})
    assert ledger.total("recruiting", "training") == 0.0


@pytest.mark.parametrize(("reason", "severance"), [("laid_off", 300.0), ("quit", 0.0), ("closed", 0.0)])
def test_only_who_is_laid_off_gets_a_severance(reason: str, severance: float) -> None:
    ledger = booked(replaced(reason=reason), COSTS)
    assert ledger.total("severance") == -severance
    assert ledger.total("contributions") == 0.0


def test_severance_is_of_the_pay_that_was_earned_until_then() -> None:
    at = FEBRUARY + 14 * DAY
    cut = {"interventions": [{"at": "2026-02-15", "set": {f"{SELLER}.pay.base": 10}}]}
    ledger = booked(replaced(reason="laid_off", end=at), COSTS | cut)
    assert ledger.total("severance") == -300.0


def test_recruiting_training_and_severance_are_costs_and_not_payroll() -> None:
    ledger = booked(replaced(reason="laid_off"), COSTS)
    assert ledger.group_by_month("costs").sum() == -(300.0 + 70.0 + 300.0)
    assert ledger.group_by_month("payroll").sum() == ledger.total("base_pay")


def test_the_commission_of_who_left_is_paid_as_of_who_stays() -> None:
    sales = [{"time": DAY, "seat": 0, "revenue": 1000.0}, {"time": 100 * DAY, "seat": 0, "revenue": 500.0}]
    ledger = booked(replaced(), {f"{SELLER}.pay.commission.share": "10 %"}, sales=sales)
    assert by_month(ledger, "commission")[:4] == [-100.0, 0.0, 0.0, -50.0]
