"""Nobody's name, telephone or mail address is in the records, in the report, in the mapping or in a preview."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from simulation.calibration.readers import Mapping, guess, read, reading
from simulation.calibration.readers.privacy import is_free, masked, tells
from simulation.calibration.readers.raw import Column
from simulation.calibration.records import COLUMNS, Records
from simulation.texts import texts
from tests.calibration.readers import writers
from tests.calibration.readers.test_joining import files
from tests.calibration.readers.writers import COMPANIES, MAIL, PEOPLE, PHONE, deals, put, text

MADE = deals()
SECRETS = (*PEOPLE, *COMPANIES, PHONE, MAIL, "Мария Соколова", "перезвонить", "Поставка", "79165551234", "Новенький")


def said(records: Records) -> str:
    """Everything that records hold, as a text."""
    tables = [getattr(records, name).to_csv() for name in COLUMNS]
    notes = [phrase for note in records.notes for phrase in (note, texts("ru").again(note))]
    left = [f"{each.file} {each.reason} {each.lines}" for each in records.left_out]
    return "\n".join([*tables, *notes, *left, *records.stages, *records.files, records.currency])


def nobody(told: str) -> None:
    """No secret is in a text, whatever its capitals and letters."""
    plain = re.sub(r"\s+", " ", told.lower().replace("ё", "е"))
    for secret in SECRETS:
        assert secret.lower().replace("ё", "е") not in plain, secret


@pytest.mark.parametrize(
    "write",
    [writers.amocrm, writers.bitrix_html, writers.hubspot, writers.pipedrive, writers.salesforce, writers.history],
)
def test_no_output_of_any_layout_names_anybody(tmp_path: Path, write: object) -> None:
    path = put(tmp_path, "export.csv", write(MADE))  # type: ignore[operator]
    got = reading(path)
    nobody(said(got.records))
    nobody(repr([asdict(file) for file in got.files]))
    nobody(got.mapping.text)
    nobody(repr(asdict(guess(path))))


def test_no_output_of_joined_files_names_anybody(tmp_path: Path) -> None:
    got = reading(files(tmp_path))
    nobody(said(got.records))
    nobody(repr([asdict(file) for file in got.files]) + got.mapping.text)
    for path in files(tmp_path):
        nobody(repr(asdict(guess(path))))


def test_names_in_columns_of_words_are_taken_out_and_told(tmp_path: Path) -> None:
    rows = [
        {
            "status": d.status,
            "created": str(d.created),
            "closed": str(d.closed or ""),
            "owner": d.owner,
            "source": source,
        }
        for d, source in zip(
            MADE, [PHONE, MAIL, f"от {PEOPLE[2]}", PEOPLE[1], *[d.channel for d in MADE[4:]]], strict=True
        )
    ]
    got = reading(put(tmp_path, "d.csv", text(rows)))
    assert got.records.deals["channel"].tolist() == ["", "", "", "", *[d.channel for d in MADE[4:]]]
    (note,) = [note for note in got.records.notes if note.key == "reading-note-private"]
    assert note.values["count"] == 4
    nobody(said(got.records) + repr([asdict(file) for file in got.files]))


def test_what_was_written_freely_is_dropped_and_told(tmp_path: Path) -> None:
    rows = [
        {
            "status": d.status,
            "created": str(d.created),
            "closed": str(d.closed or ""),
            "reason": f"said at meeting {n} no",
        }
        for n, d in enumerate(deals(200))
    ]
    got = reading(put(tmp_path, "d.csv", text(rows)))
    assert (got.records.deals["reason"] == "").all()
    assert "reading-note-free" in [note.key for note in got.records.notes]
    shown = next(column for column in guess(tmp_path / "d.csv").columns if column.header == "reason")
    assert shown.samples == ("xxxx xx xxxxxxx 0 xx", "xxxx xx xxxxxxx 00 xx")[: len(shown.samples)]


def test_what_a_column_of_words_may_hold() -> None:
    assert (
        tells("ivanov@mail.example", ()) and tells("тел. 8 (916) 555-12-34", ()) and tells("https://vk.example/id", ())
    )
    assert tells("Совет Анны Сергеевой".replace("Анны Сергеевой", "анна сергеева"), {"анна сергеева"})
    assert not tells("Выставка 2026", ()) and not tells("Сайт", {"анна сергеева"})
    assert masked("Анна 8-916") == "xxxx 0-000"
    assert is_free(Column.of([f"text {n}" for n in range(100)]))
    assert not is_free(Column.of([f"list {n % 20}" for n in range(100)]))


def test_people_are_numbers_in_a_mapping_that_is_read_again(tmp_path: Path) -> None:
    got = reading(put(tmp_path, "amo.csv", writers.amocrm(MADE)))
    again = reading(tmp_path / "amo.csv", mapping=Mapping.of_text(got.mapping.text))
    assert again.records.deals.equals(got.records.deals) and again.mapping == got.mapping
    assert read(tmp_path / "amo.csv", last=got.mapping).deals.equals(got.records.deals)


def test_a_source_of_many_deals_may_have_the_name_of_a_customer(tmp_path: Path) -> None:
    rows = [
        {
            "status": d.status,
            "created": str(d.created),
            "closed": str(d.closed or ""),
            "source": "Яндекс",
            "customer": "Яндекс",
        }
        for d in MADE
    ] + [{"status": "won", "created": "2026-01-13", "closed": "2026-01-14", "source": "Вымпел", "customer": "Вымпел"}]
    records = read(put(tmp_path, "d.csv", text(rows)))
    assert records.deals["channel"].tolist() == ["Яндекс"] * len(MADE) + [""]
