"""Dates and amounts in every spelling; which sign and which order they have comes from the whole file."""

from datetime import date, datetime

import numpy as np
import pytest

from simulation.calibration.readers.moments import spoken
from simulation.calibration.readers.money import amounts, currency
from simulation.calibration.readers.raw import Column, numbered
from simulation.calibration.readers.words import alike, ended, repeated


def moment(word: str, order: str = "day-first", typed: bool = False) -> object:
    read = spoken(Column.of([word]), order, typed)  # type: ignore[arg-type]
    assert bool(read.unread[0]) == bool(np.isnat(read.moments[0]) and word not in ("не закрыта", "-"))
    value = read.moments[0]
    return None if np.isnat(value) else value.astype("datetime64[s]").item()


@pytest.mark.parametrize(
    ("word", "is_"),
    [
        ("2026-03-31", datetime(2026, 3, 31)),
        ("2026/3/1", datetime(2026, 3, 1)),
        ("2026-03-31 14:05", datetime(2026, 3, 31, 14, 5)),
        ("2026-03-31T14:05:09", datetime(2026, 3, 31, 14, 5, 9)),
        ("2026-03-31T14:05:09.123456+03:00", datetime(2026, 3, 31, 14, 5, 9)),
        ("2026-03-31T14:05:09Z", datetime(2026, 3, 31, 14, 5, 9)),
        ("2026-03-31 14:05:09 UTC", datetime(2026, 3, 31, 14, 5, 9)),
        ("31.03.2026", datetime(2026, 3, 31)),
        ("1.3.2026 9:05", datetime(2026, 3, 1, 9, 5)),
        ("31.03.26", datetime(2026, 3, 31)),
        ("31/03/2026, 2:05 PM", datetime(2026, 3, 31, 14, 5)),
        ("31-03-2026 14:05:09", datetime(2026, 3, 31, 14, 5, 9)),
        ("20260331", datetime(2026, 3, 31)),
        ("31 марта 2026 г. 14:05", datetime(2026, 3, 31, 14, 5)),
        ("31 мар. 2026", datetime(2026, 3, 31)),
        ("Mar 31, 2026", datetime(2026, 3, 31)),
        ("31-Mar-2026", datetime(2026, 3, 31)),
        ("не закрыта", None),
        ("-", None),
        ("soon", None),
        ("31.02.2026", None),
        ("0026-03-31", None),
        ("12345", None),
    ],
)
def test_a_date(word: str, is_: datetime | None) -> None:
    assert moment(word) == is_


def test_a_number_of_a_workbook_is_a_day_since_1899() -> None:
    assert moment("46112.5", typed=True) == datetime(2026, 3, 31, 12)
    assert moment("46112.5") is None


def test_the_month_may_come_first() -> None:
    assert moment("3/31/2026 2:05 PM", "month-first") == datetime(2026, 3, 31, 14, 5)
    assert moment("12:05:00", "month-first") is None


def test_many_ways_in_one_column() -> None:
    day = date(2026, 3, 31)
    ways = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S"]
    words = [datetime(2026, 3, 31).strftime(way) for way in ways] + ["nothing"]
    read = spoken(Column.of(words), "day-first")
    assert (read.moments[:-1].astype("datetime64[D]") == np.datetime64(day)).all() and np.isnat(read.moments[-1])
    assert read.bare.tolist() == [True, True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["1234", "1 234", "1\u00a0234,50", "1\u202f234.5"[:5]], [1234, 1234, 1234.5, 1234]),
        (["1 234,50 ₽", "900 руб.", "-5,5"], [1234.5, 900, -5.5]),
        (["$1,234.50", "$900"], [1234.5, 900]),
        (["1.234,50", "900"], [1234.5, 900]),
        (["1,234,567", "12"], [1_234_567, 12]),
        (["1,234", "12,5"], [1.234, 12.5]),
        (["1'234.50", "(20.5)"], [1234.5, -20.5]),
        (["12.3456", "1,2"], [float("nan"), 1.2]),
        (["1.234,5", "12.34"], [1234.5, float("nan")]),
        (["RUB 100.00", "100 RUB"], [100, 100]),
        (["many", "12 штук"], [float("nan")] * 2),
        (["−12", "+12"], [-12, 12]),
        (["1e400", "9" * 400], [float("nan")] * 2),
    ],
)
def test_amounts(words: list[str], values: list[float]) -> None:
    found = amounts(Column.of(words))
    np.testing.assert_allclose(found.values, values)
    assert (found.unread == np.isnan(values)).all()


def test_three_digits_behind_every_sign_are_thousands_and_doubtful() -> None:
    found = amounts(Column.of(["1.234", "12.500"]))
    assert found.values.tolist() == [1234, 12500] and found.doubtful
    assert amounts(Column.of(["1.234", "12.500"]), "point").values.tolist() == [1.234, 12.5]
    assert amounts(Column.of(["1.234"]), typed=True).values.tolist() == [1.234]


def test_currencies() -> None:
    assert [currency(word) for word in ("₽", "руб.", "Российский рубль", "usd", "EUR", "Тугрик")] == [
        "RUB", "RUB", "RUB", "USD", "EUR", "Тугрик",
    ]  # fmt: skip
    assert amounts(Column.of(["10 ₽", "$7", "3"])).signs.tolist() == ["RUB", "USD", ""]


def test_headings_are_alike_whatever_their_capitals_spaces_and_letters() -> None:
    assert (
        len({alike(text) for text in ("Дата приёма", "дата  ПРИЕМА ", "дата\u00a0приема:", "\ufeffДата_приема")}) == 1
    )
    assert alike("closeDate") == "close date" and alike("Fáze") == "faze" and alike("Текущий") == "текущий"
    assert numbered(["a", "", "a", " b  c ", "a"]) == ("a", "?", "a (2)", "b c", "a (3)")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Успешно реализовано", "won"), ("Closed Won (Sales Pipeline)", "won"), ("ЗАКРЫТО И НЕ РЕАЛИЗОВАНО", "lost"),
        ("Сделка провалена", "lost"), ("Переговоры", ""), ("Не реализовано в срок", ""), ("In progress", ""),
    ],
)  # fmt: skip
def test_ends(word: str, status: str) -> None:
    assert ended(word) == status


def test_repeated_deals() -> None:
    assert [repeated(word) for word in ("Да", "N", "existingbusiness", "newbusiness")] == [1, 0, 1, 0]
    assert np.isnan(repeated("Продажа"))
