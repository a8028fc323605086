"""The ledger: entries, and the sums that are profit and cash."""

from datetime import date

import numpy as np
import pytest

from simulation.finance.ledger import ACCOUNTS, Journal, of_group

EDGES = np.array([0.0, 31.0, 59.0, 90.0]) * 24.0


def journal() -> Journal:
    made = Journal(date(2026, 1, 1), EDGES)
    made.enter("revenue", np.array([240.0, 1000.0]), [500.0, 300.0], cash_time=[1000.0, 9e4], cause="deal")
    made.enter("cost_of_goods", np.array([240.0, 1000.0]), [-200.0, -100.0], cause="deal")
    made.enter("base_pay", made.pay_days, -50.0, cause="seat", centre=made.centre("role/seller"), reference=0)
    made.enter("capital", np.array([0.0]), 0.0, cash=-90.0, cause="line/desk")
    made.enter("depreciation", made.pay_days, -30.0, cash=0.0, cause="line/desk")
    return made


def test_profit_is_the_sum_of_the_entries_and_of_its_groups() -> None:
    ledger = journal().close()
    assert ledger.profit == pytest.approx(800 - 300 - 150 - 90)
    groups = ("revenue", "cost of goods", "payroll", "costs")
    assert sum(ledger.group_by_month(group).sum() for group in groups) == pytest.approx(ledger.profit)


def test_an_entry_counts_in_the_month_of_its_time() -> None:
    ledger = journal().close()
    assert ledger.group_by_month("revenue").tolist() == [500.0, 300.0, 0.0]
    assert ledger.group_by_month("payroll").tolist() == [-50.0] * 3


def test_cash_counts_in_the_month_in_which_it_moves_and_never_after_the_end() -> None:
    ledger = journal().close()
    moved = ledger.cash_by_month.sum(axis=0)
    assert moved.tolist() == [-200.0 - 50.0 - 90.0, 500.0 - 100.0 - 50.0, -50.0]
    assert ledger.cash_end == pytest.approx(moved.sum())
    assert ledger.receivables_end == 300.0


def test_depreciation_moves_no_cash_and_capital_no_profit() -> None:
    ledger = journal().close()
    names = [account.name for account in ACCOUNTS]
    assert ledger.cash_by_month[names.index("depreciation")].tolist() == [0.0] * 3
    assert ledger.by_month[of_group("cash only")].sum() == 0.0


def test_an_entry_outside_the_counted_period_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the counted period"):
        journal().enter("revenue", EDGES[-1:], 1.0, cause="deal")


def test_an_amount_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        journal().enter("revenue", np.array([1.0]), np.nan, cause="deal")


def test_entries_of_nothing_are_left_out() -> None:
    made = journal()
    before = len(made.close())
    made.enter("other", made.pay_days, [0.0, 5.0, 0.0], cause="month")
    assert len(made.close()) == before + 1


def test_an_empty_ledger_has_no_profit_and_no_rows() -> None:
    ledger = Journal(date(2026, 1, 1), EDGES).close()
    assert ledger.profit == 0.0
    assert ledger.frame().empty


def test_the_frame_names_accounts_centres_causes_and_days() -> None:
    frame = journal().close().frame()
    pay = frame[frame["account"] == "base_pay"]
    assert pay["date"].dt.strftime("%m-%d").tolist() == ["01-31", "02-28", "03-31"]
    assert set(pay["centre"]) == {"role/seller"}
    assert set(pay["cause"]) == {"seat"}
    assert frame.loc[frame["account"] == "depreciation", "cash_date"].isna().all()
    assert frame["amount"].sum() == pytest.approx(journal().close().profit)
