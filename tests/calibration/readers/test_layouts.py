"""Each layout, as its system writes it, gives the deals that were written."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.readers import reading
from simulation.calibration.records import Records
from tests.calibration.readers import writers
from tests.calibration.readers.writers import STAGES, Deal, deals, put

MADE = deals()


def times(values: list[datetime | None], unit: str = "s") -> np.ndarray:
    return np.array(values, dtype=f"datetime64[{unit}]").astype("datetime64[s]")


def holds(records: Records, made: list[Deal], unit: str = "s", entries: bool = False) -> None:
    """The deals of the records are those that were written; `unit` is what the system keeps of the clock."""
    table = records.deals
    assert table["deal"].tolist() == list(range(len(made)))
    assert table["status"].tolist() == [deal.status for deal in made]
    assert (table["created"].to_numpy() == times([deal.created for deal in made], unit)).all()
    closed = times([deal.closed for deal in made], unit)
    assert np.array_equal(table["closed"].to_numpy(), closed, equal_nan=True)
    if entries:
        moves = records.entries
        assert moves["deal"].tolist() == [n for n, deal in enumerate(made) for _ in deal.entered]
        assert moves["stage"].tolist() == [STAGES[k] for deal in made for k in range(len(deal.entered))]
        entered = times([moment for deal in made for moment in deal.entered], unit)
        assert (moves["entered"].to_numpy() == entered).all()
        assert records.stages == STAGES
        assert records.has_history


def with_facts(records: Records, made: list[Deal]) -> None:
    """People, customers, channels and amounts are told apart as they were written."""
    table = records.deals
    assert table["amount"].tolist() == [deal.amount for deal in made]
    assert table["channel"].tolist() == [deal.channel for deal in made]
    for column, names in (("owner", [deal.owner for deal in made]), ("customer", [deal.company for deal in made])):
        numbers = dict.fromkeys(names)
        assert table[column].tolist() == [list(numbers).index(name) for name in names]


def test_amocrm(tmp_path: Path) -> None:
    read = reading(put(tmp_path, "amocrm_export_leads.csv", writers.amocrm(MADE)))
    holds(read.records, MADE)
    with_facts(read.records, MADE)
    assert read.files[0].system == "amocrm"
    assert read.records.deals.loc[2, "stage"] == MADE[2].stage
    assert [column.header for column in read.files[0].columns][-2:] == ["Источник", "Источник (2)"]
    assert "amoCRM" in " ".join(read.records.notes)


def test_bitrix24_deals_are_an_html_table_with_a_row_a_product(tmp_path: Path) -> None:
    read = reading(put(tmp_path, "DEAL_20260401_abc.xls", writers.bitrix_html(MADE)))
    table = read.records.deals
    assert read.files[0].system == "bitrix24" and read.files[0].form == "html"
    assert table["status"].tolist() == [deal.status for deal in MADE]
    closed = times([deal.closed for deal in MADE])  # the day is the expected one, its clock that of the last edit
    assert np.array_equal(table["closed"].to_numpy(), closed, equal_nan=True)
    with_facts(read.records, MADE)
    assert table["repeat"].tolist() == [float(deal.number % 2) for deal in MADE]
    assert table["product"].tolist() == [f"Насос {deal.number % 2}" for deal in MADE]
    assert read.records.currency == "RUB"
    assert not read.records.left_out
    assert "24 rows with products are 12 deals" in " ".join(read.records.notes)


def test_bitrix24_csv_with_quotes_behind_backslashes(tmp_path: Path) -> None:
    rows = ['"ID";"Стадия сделки";"Название сделки";"Ответственный";"Сумма";"Дата создания";"Дата закрытия"']
    for deal in MADE:
        end = {"won": "Сделка успешна", "lost": "Сделка провалена"}.get(deal.status, deal.stage)
        rows.append(
            f'"{deal.number}";"{end}";"ООО \\"Ромашка; и сын\\"";"{deal.owner}";"{deal.amount}";'
            f'"{writers.russian(deal.created)}";"{writers.russian(deal.closed)}"'
        )
    read = reading(put(tmp_path, "deals.csv", "\n".join(rows), "utf-8-sig"))
    holds(read.records, MADE)
    assert read.files[0].told == {"encoding": "UTF-8", "delimiter": ";"}


def test_bitrix24_leads(tmp_path: Path) -> None:
    words = {"won": "Качественный лид", "lost": "Некачественный лид", "open": "В работе"}
    rows = [
        {
            "ID": deal.number, "Название лида": "Заявка", "Стадия": words[deal.status], "Источник": deal.channel,
            "Ответственный": deal.owner, "Возможная сумма": writers.money(deal.amount), "Валюта": "RUB",
            "Дата создания": writers.russian(deal.created), "Дата закрытия": writers.russian(deal.closed),
        }
        for deal in MADE
    ]  # fmt: skip
    records = reading(put(tmp_path, "LEAD.csv", writers.text(rows, ";"), "utf-8-sig")).records
    assert records.deals.empty
    table = records.leads
    assert table["status"].tolist() == [{"won": "qualified"}.get(deal.status, deal.status) for deal in MADE]
    assert table["stage"].tolist() == ["В работе" if deal.status == "open" else "" for deal in MADE]
    assert table["amount"].tolist() == [deal.amount for deal in MADE]
    assert np.array_equal(table["closed"].to_numpy(), times([deal.closed for deal in MADE]), equal_nan=True)


def test_hubspot_with_the_columns_of_its_stages(tmp_path: Path) -> None:
    read = reading(put(tmp_path, "hubspot-crm-exports-all-deals.csv", writers.hubspot(MADE)))
    holds(read.records, MADE, "m", entries=True)
    with_facts(read.records, MADE)
    assert read.files[0].system == "hubspot"
    assert set(read.records.entries["pipeline"]) == {"Sales Pipeline"}
    assert read.records.deals["repeat"].tolist() == [float(deal.number % 2) for deal in MADE]
    assert read.records.deals["reason"].tolist() == ["price" if deal.status == "lost" else "" for deal in MADE]


@pytest.mark.parametrize("translated", [False, True])
def test_pipedrive_in_any_language(tmp_path: Path, translated: bool) -> None:
    read = reading(put(tmp_path, "deals-1.csv", writers.pipedrive(MADE, translated)))
    holds(read.records, MADE)
    with_facts(read.records, MADE)
    assert read.files[0].system == "pipedrive" and read.records.currency == "RUB"
    assert read.records.deals["stage"].tolist() == [deal.stage for deal in MADE]
    open_ones = [deal for deal in MADE if deal.status == "open"]
    assert (read.records.entries["entered"].to_numpy() == times([deal.entered[-1] for deal in open_ones])).all()
    assert not read.records.has_history


def test_salesforce_history_skips_edits_of_amounts(tmp_path: Path) -> None:
    read = reading(put(tmp_path, "report.csv", writers.salesforce(MADE)))
    holds(read.records, MADE, "m", entries=True)
    assert read.files[0].system == "salesforce" and read.files[0].dates == "month-first"
    (skipped,) = read.records.left_out
    assert skipped.count == sum(len(deal.entered) + (deal.closed is not None) for deal in MADE)
    assert skipped.reason.key == "reading-left-no-change" and skipped.lines[0] == 3


def test_a_neutral_history_alone(tmp_path: Path) -> None:
    records = reading(put(tmp_path, "history.csv", writers.history(MADE))).records
    holds(records, MADE, entries=True)
    assert records.deals["stage"].tolist() == [deal.stage for deal in MADE]
    assert records.deals["channel"].tolist() == [deal.channel for deal in MADE]


def test_a_neutral_table_needs_a_status_and_two_dates_only(tmp_path: Path) -> None:
    records = reading(put(tmp_path, "deals.csv", writers.neutral(MADE))).records
    holds(records, MADE)
    assert (records.deals["owner"] == -1).all() and records.deals["amount"].isna().all()
    assert not records.has_history and any("deal, stage, entered" in note for note in records.notes)


def test_orders_with_goods_and_returns(tmp_path: Path) -> None:
    rows = [
        ["InvoiceNo", "InvoiceDate", "CustomerID", "Quantity", "UnitPrice"],
        ["1", "2026-01-05 10:00", "17850", "2", "10.50"],
        ["1", "2026-01-05 10:00", "17850", "1", "4.00"],
        ["2", "2026-01-07 12:00", "13047", "3", "5.00"],
        ["3", "2026-01-31 12:00", "17850", "1", "7.00"],
        ["4", "2026-02-01 12:00", "", "1", "7.00"],
    ]
    records = reading(put(tmp_path, "orders.csv", writers.text(rows))).records
    assert records.orders["customer"].tolist() == [0, 1, 0]
    assert records.orders["amount"].tolist() == [25.0, 15.0, 7.0]
    assert [(left.count, left.lines) for left in records.left_out] == [(1, (6,))]
    sums = [
        ["customer", "placed", "amount"],
        ["a1", "2026-01-05", "10"],
        ["a1", "2026-01-06", "-10"],
        ["b2", "2026-01-13", "5"],
    ]
    records = reading(put(tmp_path, "sums.csv", writers.text(sums))).records
    assert records.orders["amount"].tolist() == [10.0, 5.0]
    assert [left.reason.key for left in records.left_out] == ["reading-left-returns"]


def test_a_staff_list(tmp_path: Path) -> None:
    rows = [
        ["ФИО", "Должность", "Дата приёма", "Дата увольнения"],
        ["Анна Сергеева", "Менеджер", "15.01.2024", ""],
        ["Пётр Кузнецов", "Менеджер", "01.02.2024", "31.03.2025"],
        ["Анна  сергеева", "Руководитель", "01.09.2025", ""],
        ["Кто-то", "Менеджер", "01.09.2025", "01.01.2024"],
    ]
    records = reading(put(tmp_path, "staff.csv", writers.text(rows, ";"))).records
    assert records.staff["person"].tolist() == [0, 1, 0]
    assert records.staff["role"].tolist() == ["Менеджер", "Менеджер", "Руководитель"]
    assert records.staff["left"].isna().tolist() == [True, False, True]
    assert [left.reason.key for left in records.left_out] == ["reading-left-left-before"]


def test_calls_by_day(tmp_path: Path) -> None:
    rows = [
        ["Менеджер", "Дата", "Звонков", "Дозвонов", "Лидов"],
        ["Анна", "14.01.2026", 40, 12, 1],
        ["Пётр", "14.01.2026", 35, 9, 0],
        ["Анна", "15.01.2026", 41, "", 2],
    ]
    calls = reading(put(tmp_path, "calls.csv", writers.text(rows, ";"))).records.calls
    assert calls["person"].tolist() == [0, 1, 0] and calls["calls"].tolist() == [40, 35, 41]
    assert calls["reached"].isna().tolist() == [False, False, True]
    assert calls["day"].iloc[2] == pd.Timestamp("2026-01-15")


LOG = [
    ("7", "call", "2026-01-14T10:00:00.000+03:00", "Anna", "start"),
    ("7", "call", "2026-01-14T10:12:00.000+03:00", "Anna", "complete"),
    ("8", "meeting", "2026-01-14T11:00:00.000+03:00", "Petr", "start"),
    ("7", "call", "2026-01-14T12:00:00.000+03:00", "Anna", "start"),
    ("8", "meeting", "2026-01-14T12:30:00.000+03:00", "Petr", "complete"),
    ("7", "call", "2026-01-14T12:05:00.000+03:00", "Anna", "complete"),
    ("9", "call", "2026-01-14T13:00:00.000+03:00", "Petr", "start"),
]


def xes() -> str:
    traces = []
    for case in dict.fromkeys(event[0] for event in LOG):
        events = "".join(
            f'<event><string key="concept:name" value="{activity}"/><date key="time:timestamp" value="{moment}"/>'
            f'<string key="org:resource" value="{who}"/><string key="lifecycle:transition" value="{step}"/></event>\n'
            for number, activity, moment, who, step in LOG
            if number == case
        )
        traces.append(f'<trace><string key="concept:name" value="{case}"/>\n{events}</trace>')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">{"".join(traces)}</log>'


def test_an_activity_log_as_csv_and_as_xes(tmp_path: Path) -> None:
    names = ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"]
    files = [put(tmp_path, "log.csv", writers.text([names, *LOG])), put(tmp_path, "log.xes", xes())]
    for path in files:
        records = reading(path).records
        work = records.activities.sort_values("completed").reset_index(drop=True)
        assert work["activity"].tolist() == ["call", "call", "meeting"]
        minutes = (work["completed"] - work["started"]).dt.total_seconds() / 60
        assert minutes.tolist() == [12.0, 5.0, 90.0]
        assert work["completed"].iloc[0] == pd.Timestamp("2026-01-14 10:12:00")
        assert len(set(work["person"])) == 2 and (work["case"] == -1).all()
        assert [(left.reason.key, left.count) for left in records.left_out] == [("reading-left-no-end", 1)]
        assert [note.values["zone"] for note in records.notes] == ["+03:00"]


def test_a_log_with_begin_and_end_in_a_row(tmp_path: Path) -> None:
    rows = [
        {
            "deal": 1,
            "activity": "call",
            "started": "2026-01-14 10:00",
            "completed": "2026-01-14 10:12",
            "person": "Anna",
        },
        {
            "deal": 2,
            "activity": "call",
            "started": "2026-01-14 11:00",
            "completed": "2026-01-14 10:12",
            "person": "Anna",
        },
    ]
    records = reading(put(tmp_path, "work.csv", writers.text(rows))).records
    assert records.activities["started"].tolist() == [pd.Timestamp("2026-01-14 10:00")]
    assert [left.reason.key for left in records.left_out] == ["reading-left-ends-before"]
