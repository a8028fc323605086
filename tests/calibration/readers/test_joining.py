"""Several files at once: one number a deal, a person and a customer, whoever names them."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.readers import Mapping, RecordsError, read, reading
from tests.calibration.readers import writers
from tests.calibration.readers.test_layouts import holds, with_facts
from tests.calibration.readers.writers import PEOPLE, deals, put, russian, text

MADE = deals()


def files(folder: Path) -> list[Path]:
    """A list of deals, its history, orders, staff, calls and a log of work, as different systems write them."""
    staff = [
        ["ФИО", "Должность", "Дата приёма"],
        *([name.upper(), "менеджер", "01.02.2024"] for name in reversed(PEOPLE)),
    ]
    orders = [["Клиент", "Дата заказа", "Сумма"], *([deal.company.upper(), "15.02.2026", "100"] for deal in MADE[:4])]
    calls = [["Менеджер", "Дата", "Звонков"], [PEOPLE[0], "15.01.2026", "40"], ["Новенький", "15.01.2026", "30"]]
    log = [["case", "activity", "completed", "person"], ["3", "call", "2026-01-15 10:00", PEOPLE[2]]]
    log.append(["999", "call", "2026-01-15 10:00", PEOPLE[2]])
    return [
        put(folder, "orders.csv", text(orders, ";")),
        put(folder, "history.csv", writers.history(MADE)),
        put(folder, "log.csv", text(log)),
        put(folder, "amocrm.csv", writers.amocrm(MADE)),
        put(folder, "calls.csv", text(calls, ";")),
        put(folder, "staff.csv", text(staff, ";")),
    ]


def test_files_are_joined_by_names_and_numbers(tmp_path: Path) -> None:
    got = reading(files(tmp_path))
    records = got.records
    holds(records, MADE, entries=True)
    assert records.staff["person"].tolist() == [0, 1, 2]
    known = {name: number for number, name in enumerate(reversed(PEOPLE))}
    assert records.deals["owner"].tolist() == [known[deal.owner] for deal in MADE]
    assert records.entries["owner"].tolist() == [known[deal.owner] for deal in MADE for _ in deal.entered]
    assert records.calls["person"].tolist() == [known[PEOPLE[0]], 3]
    assert records.activities["case"].tolist() == [2, -1] and records.activities["person"].tolist() == [0, 0]
    assert records.orders["customer"].tolist() == records.deals["customer"].tolist()[:4]
    assert records.deals["stage"].tolist() == [deal.stage for deal in MADE]
    assert {file.layout for file in got.files} == {"orders", "history", "activities", "deals", "calls", "staff"}
    assert records.files == ("orders.csv", "history.csv", "log.csv", "amocrm.csv", "calls.csv", "staff.csv")
    assert not any("without the history" in note for note in records.notes)


def test_the_order_of_files_changes_nothing_but_their_names(tmp_path: Path) -> None:
    given = files(tmp_path)
    one, other = read(given), read(given[::-1])
    for table in ("deals", "entries", "orders", "staff", "calls", "activities"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))


def test_a_history_of_other_deals(tmp_path: Path) -> None:
    table = put(tmp_path, "amocrm.csv", writers.amocrm(MADE[:12]))
    history = put(tmp_path, "history.csv", writers.history(MADE))
    records = read([table, history])
    holds(records, MADE[:12], entries=True)
    (left,) = records.left_out
    assert left.reason.key == "reading-left-unlisted"
    assert left.count == sum(len(deal.entered) + (deal.closed is not None) for deal in MADE[12:])
    other = put(tmp_path, "other.csv", writers.history(MADE[12:]))
    with pytest.raises(RecordsError, match="no deal of this history"):
        read([table, other])


def test_customers_are_known_by_number_and_by_name(tmp_path: Path) -> None:
    rows = [
        {"status": "won", "created": "2026-01-13", "closed": "2026-01-20", "customer": "Rose", "customer id": "17"},
        {"status": "lost", "created": "2026-01-14", "closed": "2026-01-20", "customer": "Tulip", "customer id": "18"},
        {"status": "lost", "created": "2026-01-14", "closed": "2026-01-20", "customer": "Rose", "customer id": "19"},
    ]
    orders = [
        ["customer", "placed", "amount"],
        ["tulip", "2026-01-21", "1"],
        ["17", "2026-01-21", "1"],
        ["x", "2026-01-21", "1"],
    ]
    records = read([put(tmp_path, "d.csv", text(rows)), put(tmp_path, "o.csv", text(orders))])
    assert records.deals["customer"].tolist() == [0, 1, 2]
    assert records.orders["customer"].tolist() == [1, 0, 3]


def test_two_lists_of_deals_are_one_and_a_deal_in_both_counts_once(tmp_path: Path) -> None:
    one = put(tmp_path, "one.csv", writers.amocrm(MADE[:14]))
    two = put(tmp_path, "two.csv", writers.amocrm(MADE[12:]))
    records = read([one, two])
    holds(records, MADE)
    with_facts(records, MADE)
    assert [(left.file, left.reason.key, left.count) for left in records.left_out] == [
        ("two.csv", "reading-left-in-other", 2)
    ]


def test_files_with_different_currencies(tmp_path: Path) -> None:
    rows = [{"status": "won", "created": "2026-01-13", "closed": "2026-01-20", "amount": "5 ₽"}]
    orders = [["customer", "placed", "amount"], ["a", "2026-01-21", "$1"]]
    given = [put(tmp_path, "d.csv", text(rows)), put(tmp_path, "o.csv", text(orders))]
    with pytest.raises(RecordsError, match="different currencies"):
        read(given)
    records = read(given, mapping=Mapping(currency="RUB"))
    assert records.currency == "RUB" and records.orders.empty and len(records.deals) == 1


def test_the_records_end_where_it_is_said(tmp_path: Path) -> None:
    table = put(tmp_path, "amocrm.csv", writers.amocrm(MADE))
    history = put(tmp_path, "history.csv", writers.history(MADE))
    day = date(2026, 1, 24)
    records = read([table, history], as_of=day)
    moment = np.datetime64(day, "s")
    made = [deal for deal in MADE if deal.created < moment.item()]
    assert records.as_of == day and len(records.deals) == len(made)
    later = [deal.closed is not None and deal.closed >= moment.item() for deal in made]
    assert sum(later) > 2
    assert records.deals["status"].tolist() == [
        "open" if late else deal.status for deal, late in zip(made, later, strict=True)
    ]
    assert (records.entries["entered"] < moment).all()
    assert records.deals.loc[records.deals["status"] == "open", "closed"].isna().all()
    whole = read([table, history])
    assert whole.as_of == max(deal.closed for deal in MADE if deal.closed).date().replace(day=12)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[float] = []
    read(files(tmp_path), progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 6


def test_a_deal_without_a_number_has_one(tmp_path: Path) -> None:
    rows = writers.amocrm(MADE).splitlines()
    content = writers.amocrm(MADE).replace('"5","Поставка', '"","Поставка').replace('"9","Поставка', '"","Поставка')
    assert rows
    holds(read(put(tmp_path, "amocrm.csv", content)), MADE)


def test_a_list_and_a_history_that_disagree_are_told(tmp_path: Path) -> None:
    late = [
        deal if deal.number != 4 else writers.Deal(4, deal.entered[0].replace(day=17), *_rest(deal)) for deal in MADE
    ]
    records = read([put(tmp_path, "a.csv", writers.amocrm(late)), put(tmp_path, "h.csv", writers.history(MADE))])
    assert any(note.key == "reading-note-created-late" for note in records.notes)
    assert records.deals["created"].iloc[3] == MADE[3].created
    assert russian(None) == ""


def _rest(deal: writers.Deal) -> tuple[object, ...]:
    return deal.entered, deal.closed, deal.status, deal.amount, deal.owner, deal.company, deal.channel


def test_nobody_is_hired_or_gone_after_the_records_end(tmp_path: Path) -> None:
    rows = [["name", "role", "hired", "left"], ["A B", "x", "2024-01-15", "2026-03-01"], ["C D", "x", "2026-02-20", ""]]
    path = put(tmp_path, "staff.csv", text(rows))
    early, late = read(path, as_of=date(2026, 2, 1)), read(path, as_of=date(2026, 4, 1))
    assert early.staff["left"].isna().tolist() == [True] and late.staff["left"].isna().tolist() == [False, True]
    assert [left.reason.key for left in early.left_out] == ["reading-left-later"]


def test_the_records_go_as_far_as_the_last_edit(tmp_path: Path) -> None:
    rows = [
        {"ID": 1, "Стадия сделки": "Сделка успешна", "Дата создания": "13.01.2026", "Дата закрытия": "20.01.2026"},
        {"ID": 2, "Стадия сделки": "Счёт", "Дата создания": "14.01.2026", "Дата закрытия": ""},
    ]
    for row, day in zip(rows, ("20.01.2026", "29.01.2026"), strict=True):
        row["Дата изменения"] = day
    assert read(put(tmp_path, "b.csv", text(rows, ";")), today=date(2026, 6, 1)).as_of == date(2026, 1, 30)


def test_an_order_in_two_files_counts_once(tmp_path: Path) -> None:
    rows = [["order", "customer", "placed", "amount"], *([f"A{n}", "a", f"2026-01-{13 + n}", "5"] for n in range(6))]
    one, two = put(tmp_path, "1.csv", text(rows[:5])), put(tmp_path, "2.csv", text([rows[0], *rows[3:]]))
    records = read([one, two])
    assert records.orders["placed"].dt.day.tolist() == [13, 14, 15, 16, 17, 18]
    assert [(left.file, left.lines) for left in records.left_out] == [("2.csv", (2, 3))]


def test_two_lists_of_two_systems_are_read_again_by_their_mapping(tmp_path: Path) -> None:
    given = [put(tmp_path, "a.csv", writers.amocrm(MADE[:12])), put(tmp_path, "p.csv", writers.pipedrive(MADE[12:]))]
    first = reading(given)
    again = reading(given, mapping=Mapping.of_text(first.mapping.text))
    pd.testing.assert_frame_equal(again.records.deals, first.records.deals)
    assert not [note for note in again.records.notes if note.key == "reading-note-mapping"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_history_in_two_files_is_one(tmp_path: Path, turned: bool) -> None:
    """Cut in the middle of deals, so that some have begun in the first file and end in the second."""
    lines = writers.history(MADE).splitlines()
    head, rows = lines[0], sorted(lines[1:], key=lambda line: line.split(",")[2])
    paths = [put(tmp_path, f"{n}.csv", "\n".join([head, *part])) for n, part in enumerate((rows[:40], rows[40:]))]
    records = read(paths[::-1] if turned else paths)
    whole = read(put(tmp_path, "whole.csv", "\n".join([head, *rows])))
    assert not records.notes and not records.left_out
    order = np.argsort(records.deals["created"].to_numpy())
    for column in ("created", "closed", "status", "stage", "amount"):
        assert records.deals[column].iloc[order].tolist() == whole.deals[column].tolist() or column == "closed"
    assert np.array_equal(records.deals["closed"].iloc[order], whole.deals["closed"], equal_nan=True)
    assert len(records.entries) == len(whole.entries)
