"""The mapping: what the user decides of his columns, written, read again and told where it is wrong."""

from pathlib import Path

import pytest

from simulation.calibration.readers import Mapping, RecordsError, guess, kinds, meanings, read, reading
from simulation.texts import texts
from simulation.written.errors import ScenarioError
from tests.calibration.readers import writers
from tests.calibration.readers.writers import deals, put, text

MADE = deals()
FULL = Mapping(
    dates="month-first",
    decimals="comma",
    currency="RUB",
    files={"a.b: c.csv": "history"},
    columns={
        "deals": {"Сумма, руб.: всего": "amount", "yes": "status", "2026-01-01": "created", "x": "entered:Встреча (A)"}
    },
    statuses={"Отложено": "lost", "no": "open"},
    stages=("1", "Contact", "Yes"),
    rename={"old": "new"},
    allow=("negative", "stuck"),
)


def test_a_mapping_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert Mapping.of_text(FULL.text) == FULL
    path = put(tmp_path, "mapping.yaml", FULL.text)
    assert Mapping.read(path) == FULL
    assert Mapping.of_text("version: 1") == Mapping()


@pytest.mark.parametrize(
    ("written", "path", "near"),
    [
        ("date: day-first", "date", "dates"),
        ("dates: dayfirst", "dates", "day-first"),
        ("version: 2", "version", ""),
        ("columns: {deal: []}", "columns.deal", "deals"),
        ("columns: {deals: {a: amount}}", "columns.deals", ""),
        ("columns:\n  deals:\n  - {column: a, means: amont}", "columns.deals", "amount"),
        ("columns:\n  deals:\n  - {column: a, means: amount}\n  - {column: b, means: amount}", "columns.deals", ""),
        ("columns:\n  deals:\n  - {column: a, means: amount}\n  - {column: a, means: stage}", "columns.deals.1", ""),
        ("files:\n- {file: a.csv, table: histroy}", "files.0.table", "history"),
        ("statuses:\n- {word: a, means: win}", "statuses.0.means", "won"),
        ("statuses: [a]", "statuses.0", ""),
        ("stages: Contact", "stages", ""),
        ("allow: [negativ]", "allow.0", "negative"),
        ("currency: [a]", "currency", ""),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told(written: str, path: str, near: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Mapping.of_text(written, "mapping.yaml")
    (problem,) = caught.value.problems
    assert (problem.path, problem.suggestion) == (path, near) and problem.file == "mapping.yaml" and problem.line


def test_a_mapping_mends_what_was_guessed_wrong(tmp_path: Path) -> None:
    rows = [
        {
            "Как есть": d.status.upper() + "!",
            "Когда пришла": str(d.created),
            "Ушла": str(d.closed or ""),
            "Деньги": d.amount,
        }
        for d in MADE
    ]
    path = put(tmp_path, "own.csv", text(rows, ";"))
    with pytest.raises(RecordsError, match="needs a column|recognised"):
        read(path)
    mapping = Mapping(
        files={"own.csv": "deals"},
        columns={"deals": {"Как есть": "status", "Когда пришла": "created", "Ушла": "closed", "Деньги": "amount"}},
        statuses={"WON!": "won", "LOST!": "lost", "OPEN!": "open"},
    )
    got = reading(path, mapping=mapping)
    assert got.records.deals["status"].tolist() == [deal.status for deal in MADE]
    assert got.records.deals["amount"].tolist() == [deal.amount for deal in MADE]
    assert {column.how for column in got.files[0].columns} == {"mapping"}
    # what the last import came to helps where headings tell nothing, and is no order
    later = reading(path, last=got.mapping, mapping=Mapping(statuses=mapping.statuses))
    assert later.records.deals.equals(got.records.deals)
    assert {column.how for column in later.files[0].columns} == {"last"}


def test_a_column_can_be_ignored(tmp_path: Path) -> None:
    path = put(tmp_path, "amo.csv", writers.amocrm(MADE))
    records = read(path, mapping=Mapping(columns={"deals": {"Ответственный": "ignored", "Источник": "ignored"}}))
    assert (records.deals["owner"] == -1).all() and (records.deals["channel"] == "").all()


@pytest.mark.parametrize(("order", "month"), [("day-first", 2), ("month-first", 1)])
def test_the_order_of_dates_can_be_said(tmp_path: Path, order: str, month: int) -> None:
    path = put(tmp_path, "d.csv", "status,created,closed\nwon,01/02/2026,03/04/2026\n")
    assert read(path, dates=order).deals["created"].dt.month.tolist() == [month]
    assert read(path, mapping=Mapping.of_text(f"dates: {order}")).deals["created"].dt.month.tolist() == [month]
    against = put(tmp_path, "e.csv", "status,created,closed\nwon,13/02/2026,14/04/2026\n")
    if order == "month-first":
        with pytest.raises(RecordsError, match="is no date with month-first"):
            read(against, dates=order)
    with pytest.raises(RecordsError, match="did you mean 'day-first'"):
        read(path, dates="dayfirst")


def test_stages_stand_in_the_order_that_the_user_says(tmp_path: Path) -> None:
    path = put(tmp_path, "h.csv", writers.history(MADE))
    order = ("Согласование", "Первичный контакт")
    assert read(path, mapping=Mapping(stages=order)).stages == (*order, "Переговоры")


def test_a_list_alone_has_its_stages_by_the_age_of_what_is_open(tmp_path: Path) -> None:
    rows = [
        {"id": n, "stage": f"stage {'cab'[n % 3]}", "created": f"2026-0{1 + n % 3}-{10 + n:02}", "closed": ""}
        for n in range(18)
    ] + [{"id": 99, "stage": "Won", "created": "2026-01-13", "closed": "2026-02-01"}]
    records = read(put(tmp_path, "d.csv", text(rows)))
    assert records.stages == ("stage b", "stage a", "stage c")


def test_a_preview_shows_columns_and_needs_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "own.csv", text([{"a": "Anna Berg", "created": "2026-01-13", "Бюджет": "5 ₽"}]))
    shown = guess(path)
    assert [(column.meaning, column.how, column.fate) for column in shown.columns] == [
        ("", "", "dropped"), ("created", "exact", "kept"), ("amount", "exact", "kept"),
    ]  # fmt: skip
    assert [column.samples for column in shown.columns] == [("xxxx xxxx",), ("2026-01-13",), ("5 ₽",)]
    assert shown.missing and shown.layout == "deals"
    words = put(
        tmp_path, "w.csv", text([{"Статус сделки (текущий)": "won", "Дата создания": "2026-01-13", "Закрыта": ""}])
    )
    assert [column.how for column in guess(words).columns] == ["words", "exact", "exact"]


def test_a_preview_of_a_long_file_is_of_its_begin(tmp_path: Path) -> None:
    lines = ["status,created,closed", *["won,2026-01-13,2026-01-20"] * 120_000]
    shown = guess(put(tmp_path, "long.csv", "\n".join(lines)))
    assert 10_000 < shown.rows < 120_000


def test_what_may_be_chosen_is_said_in_every_language() -> None:
    assert set(kinds()) == {"deals", "history", "activities", "orders", "staff", "calls", "leads"}
    for kind in kinds():
        choices = meanings(kind)
        assert "ignored" in choices and "phone" in choices and len(set(choices.values())) == len(choices)
        for meaning, phrase in choices.items():
            assert texts("ru").again(phrase) != phrase
            Mapping.of_text(f"columns:\n  {kind}:\n  - {{column: a, means: {meaning}}}")


def test_a_column_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = put(tmp_path, "amo.csv", writers.amocrm(MADE))
    records = read(path, mapping=Mapping(columns={"deals": {"Источники": "channel"}}))
    (note,) = [note for note in records.notes if note.key == "reading-note-mapping"]
    assert "speaks: Источники; the nearest to the first is Источник" in note


def test_a_log_can_be_said_to_be_a_history_of_stages(tmp_path: Path) -> None:
    rows = [["case:concept:name", "concept:name", "time:timestamp", "org:resource"]]
    for deal in MADE:
        rows += [
            [str(deal.number), writers.STAGES[n], str(moment), deal.owner] for n, moment in enumerate(deal.entered)
        ]
        rows += [[str(deal.number), deal.status, str(deal.closed), deal.owner]] if deal.closed else []
    path = put(tmp_path, "log.csv", text(rows))
    assert len(read(path).activities) == len(rows) - 1
    records = read(path, mapping=Mapping.of_text("files: [{file: log.csv, table: history}]"))
    assert records.deals["status"].tolist() == [deal.status for deal in MADE] and records.stages == writers.STAGES
