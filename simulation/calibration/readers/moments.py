"""Dates and times as systems write them: the order of day and month comes from the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet
from simulation.calibration.records import TIME
from simulation.texts import worded

Order = Literal["day-first", "month-first"]
ORDERS: tuple[Order, ...] = ("day-first", "month-first")
Times = NDArray[np.datetime64]
NOWHEN = np.datetime64("NaT", "s")
EARLIEST, LATEST = np.datetime64("1990-01-01", "s"), np.datetime64("2100-01-01", "s")
"""What lies outside is a slip of the pen and not a date."""
_ISO = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}")
_TURNED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_SIGNS = frozenset("-/.")
_ZONE = re.compile(r"\s*(?:Z|UTC|GMT|(?<=\d)[+-]\d{2}:?\d{2})$")
_FRACTION = re.compile(r"[.,]\d+(?=$|[Zz+-])")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "янв jan", "фев feb", "мар mar", "апр apr", "май мая may", "июн jun",
            "июл jul", "авг aug", "сен sep", "окт oct", "ноя nov", "дек dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})[ .-]+(?P<month>[^\W\d_]{3,})|(?P<month2>[^\W\d_]{3,})[ .]+(?P<day2>\d{1,2}))"
    r"[., -]+(?P<year>\d{4})(?:\s*г\.?)?(?P<rest>.*)"
)


@dataclass(frozen=True)
class Spoken:
    """The dates of one column: a moment for each of its words, and which words are none.

    Attributes:
        moments: shape (words,), `datetime64[s]`.
        unread: shape (words,): no date stands there, and nothing that says that there is none.
        bare: shape (words,): no time of the day was written.
        zone: how the first one names its zone ('Z', '+03:00'), '' where none does.
    """

    moments: Times
    unread: NDArray[np.bool_]
    bare: NDArray[np.bool_]
    zone: str = ""


@dataclass
class Evidence:
    """What the dates of a file tell of their order: column and word of one for each, and of one that tells none."""

    day_first: tuple[int, int] | None = None
    month_first: tuple[int, int] | None = None
    neither: tuple[int, int] | None = None

    @property
    def order(self) -> Order | None:
        """The order that they tell, where they tell one and only one."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "day-first" if self.day_first else "month-first"


NEVER = frozenset({"-", "–", "—", "не закрыта", "не закрыто", "нет", "not closed", "open", "n/a", "na", "none", "null"})
"""What stands in a date's place where there is none."""


def evidence(sheet: Sheet, places: Sequence[int]) -> Evidence:
    """What the dates in some columns of a file tell of their order."""
    found = Evidence()
    for place in places:
        _look(found, place, sheet.columns[place])
    return found


def order_of(sheet: Sheet, found: Evidence, given: Order | None, usual: Order | None) -> Order:
    """Whether the day or the month comes first in the dates of a file.

    Args:
        sheet: the file.
        found: what its dates tell.
        given: what the user said; it decides.
        usual: the order of the system that wrote the file, or of the files beside it; it decides where the dates tell
            nothing.

    Raises:
        RecordsError: some dates have the day first and some the month, or none tells which and nobody said it.
    """
    if found.day_first and found.month_first:
        one, other = (_where(sheet, each) for each in (found.day_first, found.month_first))
        refuse(
            sheet.path,
            worded("reading-dates-mixed", value=other[2], other=one[2], otherline=one[0]),
            line=other[0],
            column=other[1],
            allowed=worded("reading-allowed-one-order"),
        )
    told = found.order
    if given and told not in (None, given):
        line, column, word = _where(sheet, found.month_first or found.day_first or (0, 0))
        refuse(
            sheet.path,
            worded("reading-dates-other", value=word, order=given),
            line=line,
            column=column,
            allowed=worded("reading-allowed-one-order"),
        )
    if found.neither and not (given or told or usual):
        line, column, word = _where(sheet, found.neither)
        refuse(
            sheet.path,
            worded("reading-dates-ambiguous", value=word),
            line=line,
            column=column,
            allowed=worded("reading-allowed-orders"),
        )
    return given or told or usual or "day-first"


def _look(found: Evidence, place: int, column: Column) -> None:
    """Adds what a column tells: of words that begin alike one is looked at."""
    begins: dict[str, int] = {}
    for number, word in enumerate(column.words):
        if word[1:2] in _SIGNS or word[2:3] in _SIGNS:
            begins.setdefault(word[:6], number)
    for number in begins.values():
        shape = _TURNED.match(column.words[number])
        if shape is None:
            continue
        first, second = int(shape[1]), int(shape[3])
        if first > 12 >= second:
            found.day_first = found.day_first or (place, number)
        elif second > 12 >= first:
            found.month_first = found.month_first or (place, number)
        elif first != second:
            found.neither = found.neither or (place, number)


def _where(sheet: Sheet, at: tuple[int, int]) -> tuple[int, str, str]:
    """Line, heading and word of a column's word."""
    place, word = at
    column = sheet.columns[place]
    row = int(np.argmax(column.codes == word))
    return int(sheet.lines[row]), sheet.headers[place], str(column.words[word])


def spoken(column: Column, order: Order, typed: bool = False) -> Spoken:
    """The dates of a column's words.

    Args:
        column: the column.
        order: of day and month.
        typed: it comes from a workbook, where a bare number is a day since 1899.
    """
    words = pd.Series(column.words, dtype=object)
    moments = np.full(len(words), NOWHEN)
    never = np.array([not word[0].isdigit() and word.lower() in NEVER for word in column.words], np.bool_)
    left = ~never
    bare = np.zeros(len(words), np.bool_)
    for _ in range(40):
        rows = np.flatnonzero(left)
        if not len(rows):
            break
        tried = words.iloc[rows]
        sample = str(tried.iloc[0])
        read, timed = _like(sample, tried, order, typed)
        good = ~np.isnat(read)
        if not good[0]:
            left[rows[0]] = False  # this one is none
        moments[rows[good]] = read[good]
        bare[rows[good]] = not timed
        left[rows[good]] = False
    else:
        rows = np.flatnonzero(left)
        for row in rows:  # many ways to write in one column
            read, timed = _like(str(words.iloc[row]), words.iloc[row : row + 1], order, typed)
            moments[row], bare[row] = read[0], not timed and not np.isnat(read[0])
    outside = (moments < EARLIEST) | (moments >= LATEST)
    moments[outside] = NOWHEN
    zones = (found for word in column.words[:1000] if ":" in word and (found := _ZONE.search(word)))
    zone = next(zones, None)
    return Spoken(moments, np.isnat(moments) & ~never, bare, zone[0].strip() if zone else "")


def _like(sample: str, words: pd.Series, order: Order, typed: bool) -> tuple[Times, bool]:
    """Reads words in the manner of one of them; the others are NaT. And whether they have times."""
    if typed and _SERIAL.fullmatch(sample):
        return _serials(words), True
    zone = _ZONE.search(sample)
    if zone:  # the clock on the wall, as it was written
        words, sample = pd.Series([_ZONE.sub("", word) for word in words], dtype=object), sample[: zone.start()]
    if _FRACTION.search(sample) and ":" in sample:
        words, sample = pd.Series([_FRACTION.sub("", word) for word in words], dtype=object), _FRACTION.sub("", sample)
    for form in _forms(sample, order):
        read = pd.to_datetime(words, format=form, errors="coerce")
        if read.notna().iloc[0]:
            return read.to_numpy().astype(TIME), ":" in form or "%H" in form
    if _NAMED.match(sample):
        return np.array([_named(word) for word in words], dtype=TIME), ":" in sample
    return np.full(len(words), NOWHEN), False


def _forms(sample: str, order: Order) -> Iterator[str]:
    """Formats in which a date may be written."""
    if found := _ISO.match(sample):
        sign = found[1]
        begin, rest = sign.join(("%Y", "%m", "%d")), sample[found.end() :]
    elif found := _TURNED.match(sample):
        sign, year = found[2], "%Y" if len(found[4]) == 4 else "%y"
        both = ("%d", "%m") if order == "day-first" else ("%m", "%d")
        begin, rest = sign.join((*both, year)), sample[found.end() :]
    elif re.match(r"\d{8}(?:\D|$)", sample):
        begin, rest = "%Y%m%d", sample[8:]
    else:
        return
    gap = re.match(r"[ T,]*", rest)
    between = gap[0] if gap else ""
    clock = rest[len(between) :]
    if not clock:
        yield begin
    elif ":" in clock:
        hours = "%I" if re.search(r"[AaPp]\.?[Mm]", clock) else "%H"
        seconds = ":%S" if clock.count(":") == 2 else ""
        noon = ("" if not re.search(r"\s+[AaPp]", clock) else " ") + "%p" if hours == "%I" else ""
        yield f"{begin}{between}{hours}:%M{seconds}{noon}"


def _serials(words: pd.Series) -> Times:
    """Days since 1899-12-30, as workbooks count."""
    days = pd.to_numeric(words, errors="coerce").to_numpy(float)
    days = np.where((days >= 20_000) & (days < 80_000), days, np.nan)
    seconds = np.round(np.nan_to_num(days) * 86_400).astype(np.int64)
    moments = np.datetime64("1899-12-30", "s") + seconds.astype("timedelta64[s]")
    return np.where(np.isnan(days), NOWHEN, moments)


def _named(word: str) -> np.datetime64:
    """A date with the month in words ('12 марта 2026 г., 14:05', 'Mar 12, 2026')."""
    found = _NAMED.fullmatch(word.lower())
    if not found:
        return NOWHEN
    month = _MONTHS.get((found["month"] or found["month2"])[:3])
    clock = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", found["rest"])
    hour, minute, second = (int(clock[n] or 0) for n in (1, 2, 3)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + 12 * (clock[4] == "pm")
    try:
        stamp = pd.Timestamp(int(found["year"]), month or 0, int(found["day"] or found["day2"]), hour, minute, second)
    except ValueError:
        return NOWHEN
    return stamp.to_datetime64().astype(TIME)
