"""Quantities as a person writes them: durations, shares, money, rates and counts.

Each public name (``Elapsed``, ``Share``, ``Money``, …) is a type for a field of a pydantic model. It reads
what stands in a scenario file (``30 min``, ``35 %``, ``1.5 mln``) and leaves a plain number in the unit used
inside: hours for durations, 0..1 for shares, the scenario's currency for money. Dumped with ``mode='json'`` a
quantity turns back into a text which reads as exactly the same number.

Two clocks. ``Elapsed`` is time on the wall, round the clock (a day is 24 h, a month 730.5 h). ``Working`` is
office time; a working day is as long as the validation context says (``context={'hours_per_day': 9}``; 8
without it).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from simulation.texts import Phrase, Verbatim, say
from simulation.written import readers, spelling
from simulation.written.readers import DAY, HOUR, MINUTE, MONTH, YEAR, Context

Parser = Callable[[object, Context], float]
Writer = Callable[[float], "str | float | int"]


def _write_duration(units: tuple[tuple[str, str, float], ...], clock: str) -> Writer:
    read = readers.parse_working if clock else readers.parse_elapsed

    def write(hours: float) -> str | float:
        if hours == 0.0:
            return 0
        if hours == math.inf:
            return "never"
        for one, many, unit in units:
            amount = round(hours / unit, 4)
            text = f"{spelling.plain(amount)} {one if amount == 1.0 else many}"
            if amount >= 1.0 and read(text) == hours:
                return text
        return f"{hours!r} {clock}{'hours' if clock else 'h'}"

    return write


_ELAPSED_SPANS = (
    ("year", "years", YEAR),
    ("month", "months", MONTH),
    ("day", "days", DAY),
    ("h", "h", HOUR),
    ("min", "min", MINUTE),
)
_WORKING_SPANS = (("working hour", "working hours", HOUR), ("working min", "working min", MINUTE))
_TYPED_SPANS = (("week", "weeks"), ("quarter", "quarters"), ("working day", "working days"))
SPANS = {name for one, many, *_ in (*_ELAPSED_SPANS, *_WORKING_SPANS, *_TYPED_SPANS) for name in (one, many)}
"""The units in which times are written, by the program and by people."""

write_elapsed = _write_duration(_ELAPSED_SPANS, "")
write_working = _write_duration(_WORKING_SPANS, "working ")


def told_elapsed(hours: float) -> Phrase | Verbatim:
    """The same elapsed time for a sentence, which each language says in its words: '10 days'."""
    return told_span(str(write_elapsed(hours)))


def told_span(text: str) -> Phrase | Verbatim:
    """A time as it is written, '10 days' or '8 working hours', in words of each language; anything else as it is."""
    amount, _, unit = text.partition(" ")
    value = spelling.maybe_number(amount)
    if unit not in SPANS or value is None:
        return Verbatim(text)
    key = f"span-{unit.removesuffix('s').replace(' ', '-')}"
    return say(key, amount=int(value) if value.is_integer() else value)


def write_due(hours: float) -> str | float:
    """Working time as it is written; infinity is never."""
    return "never" if hours == math.inf else write_working(hours)


def write_number(value: float) -> float | int:
    """A whole float as an int (so that YAML shows 60, not 60.0), anything else as it is."""
    return int(value) if math.isfinite(value) and value == int(value) and abs(value) < 1e15 else value


@dataclass(frozen=True)
class Quantity:
    """Marker inside ``Annotated`` that gives a field its reading, its writing and its line in the reference.

    Attributes:
        unit: the unit used inside, in words ('hours', 'working hours', 'share', 'money', 'per month', …).
        clock: 'elapsed', 'working' or '' where no clock is involved.
        allowed: what may be written, as the key of a text.
        examples: texts and numbers that are accepted.
        parse: from what was written (and the validation context) to the number inside.
        write: from the number inside to a text or number that reads back as the same.
        schema: JSON Schema of what may be written, without unit and examples.
    """

    unit: str
    clock: str
    allowed: str
    examples: tuple[str | float, ...]
    parse: Parser
    write: Writer
    schema: tuple[tuple[str, Any], ...] = field(hash=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Hook of pydantic: reads before the checks of the number, writes texts in JSON mode."""

        def read(value: object, info: ValidationInfo) -> float:
            return self.parse(value, info.context if isinstance(info.context, Mapping) else {})

        write = core_schema.plain_serializer_function_ser_schema(self.write, when_used="json-unless-none")
        return core_schema.with_info_before_validator_function(read, handler(source), serialization=write)

    def json_schema(self) -> dict[str, Any]:
        """JSON Schema of one value of this quantity as written, with ``unit``, ``clock`` and ``examples``."""
        extra = {"unit": self.unit, "examples": list(self.examples)} | ({"clock": self.clock} if self.clock else {})
        return dict(self.schema) | extra


_NUMBER_TEXT = {"type": "string", "pattern": r"^\s*[-+]?[\d.]"}
_MONEY_TEXT = {"type": "string", "pattern": r"^\s*([^\d\s.+-]{1,3}\s*)?[-+]?[\d.]"}
_NEVER = {"const": "never"}
_ZERO = {"const": 0}


def _texts(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


_TERM = r"\d[\d\s.,_]*"
_LETTERS = r"[a-zа-яё]*\.?\s*"
_SHORT = "s|sec|min|h|hr|с|сек|мин|ч"
_LONG = "d|day|w|week|wk|mo|month|quarter|y|yr|year|д|сут|нед|мес|кв|г|лет"
_OFFICE = r"(working|office|рабоч[а-я]+)\s+"
_ELAPSED_TEXT = _texts(rf"^\s*({_TERM}({_SHORT}|{_LONG}){_LETTERS})+$")
_WORKING_TEXT = _texts(rf"^\s*({_TERM}(({_OFFICE})?({_SHORT})|{_OFFICE}(d|д)){_LETTERS})+$")

ELAPSED = Quantity(
    "hours",
    "elapsed",
    "allowed-elapsed",
    (*readers.ELAPSED_EXAMPLES, "never"),
    readers.parse_elapsed,
    write_elapsed,
    (("anyOf", [_ELAPSED_TEXT, _NEVER, _ZERO]),),
)
WORKING = Quantity(
    "working hours",
    "working",
    "allowed-working",
    readers.WORKING_EXAMPLES,
    readers.parse_working,
    write_working,
    (("anyOf", [_WORKING_TEXT, _ZERO]),),
)
DUE = Quantity(
    "working hours",
    "working",
    "allowed-due",
    (*readers.WORKING_EXAMPLES, "never"),
    readers.parse_due,
    write_due,
    (("anyOf", [_WORKING_TEXT, _NEVER, _ZERO]),),
)
SHARE = Quantity(
    "share",
    "",
    "allowed-share",
    ("35 %", 0.35),
    readers.parse_share,
    write_number,
    (("anyOf", [{"type": "number", "minimum": 0, "maximum": 1}, _NUMBER_TEXT]),),
)
MONEY = Quantity(
    "money",
    "",
    "allowed-money",
    ("25 000", "300 k", "1.5 mln", "60 тыс. руб."),
    readers.parse_money,
    write_number,
    (("anyOf", [{"type": "number"}, _MONEY_TEXT]),),
)
_NOT_NEGATIVE = (("anyOf", [{"type": "number", "minimum": 0}, _NUMBER_TEXT]),)
AMOUNT = Quantity(
    "money",
    "",
    "allowed-amount",
    ("25 000", "300 k", "1.5 mln", "60 тыс. руб."),
    readers.parse_amount,
    write_number,
    (("anyOf", [{"type": "number", "minimum": 0}, _MONEY_TEXT]),),
)
PER_MONTH = Quantity(
    "per month",
    "",
    "allowed-per-month",
    (60, "60 a month", "720 a year"),
    readers.parse_per_month,
    write_number,
    _NOT_NEGATIVE,
)
PER_YEAR = Quantity(
    "per year",
    "",
    "allowed-per-year",
    (720, "720 a year", "60 a month"),
    readers.parse_per_year,
    write_number,
    _NOT_NEGATIVE,
)
COUNT = Quantity(
    "number",
    "",
    "allowed-count",
    (0, 8),
    readers.parse_count,
    write_number,
    (("anyOf", [{"type": "integer", "minimum": 0}, _NUMBER_TEXT]),),
)
POSITIVE = Quantity(
    "number",
    "",
    "allowed-positive",
    (0.5, 2),
    readers.parse_positive,
    write_number,
    (("anyOf", [{"type": "number", "exclusiveMinimum": 0}, _NUMBER_TEXT]),),
)
NONNEGATIVE = Quantity(
    "number", "", "allowed-nonnegative", (0, 0.5), readers.parse_nonnegative, write_number, _NOT_NEGATIVE
)
NUMBER = Quantity(
    "number",
    "",
    "allowed-number",
    (0.5, 2),
    readers.parse_number,
    write_number,
    (("anyOf", [{"type": "number"}, _NUMBER_TEXT]),),
)
PROFICIENCY = Quantity(
    "number", "", "allowed-proficiency", (0, 0.5, "100 %"), readers.parse_proficiency, write_number, _NOT_NEGATIVE
)
GROWTH = Quantity(
    "share a year",
    "",
    "allowed-growth",
    ("10 %", 0.1, -0.2),
    readers.parse_growth,
    write_number,
    (("anyOf", [{"type": "number", "exclusiveMinimum": -1, "maximum": readers.MOST_GROWTH}, _NUMBER_TEXT]),),
)
LOG_ODDS = Quantity(
    "log-odds",
    "",
    "allowed-log-odds",
    (-0.3, 0, 0.5),
    readers.parse_number,
    write_number,
    (("anyOf", [{"type": "number"}, _NUMBER_TEXT]),),
)

Elapsed = Annotated[float, ELAPSED]
"""Elapsed time in hours; a month is 730.5 h; ``never`` is infinity."""
Working = Annotated[float, WORKING]
"""Office time in working hours."""
Due = Annotated[float, DUE]
"""A due time in working hours; ``never`` is infinity."""
Share = Annotated[float, SHARE]
"""A part of the whole, 0..1."""
Money = Annotated[float, MONEY]
"""An amount in the scenario's currency, of either sign."""
Amount = Annotated[float, AMOUNT]
"""An amount in the scenario's currency, not below zero."""
PerMonth = Annotated[float, PER_MONTH]
"""Events per month, not below zero."""
PerYear = Annotated[float, PER_YEAR]
"""Events per year, not below zero."""
Count = Annotated[int, COUNT]
"""A whole number, not below zero."""
Positive = Annotated[float, POSITIVE]
"""A number above zero."""
NonNegative = Annotated[float, NONNEGATIVE]
"""A number not below zero."""
Number = Annotated[float, NUMBER]
"""Any finite number."""
Proficiency = Annotated[float, PROFICIENCY]
"""A proficiency: 1 is the person for whom the market's figures hold, 0 takes none of that work."""
Growth = Annotated[float, GROWTH]
"""Growth a year as a part of what there was: after t years there is (1 + growth)^t times as much."""
LogOdds = Annotated[float, LOG_ODDS]
"""A shift in log-odds: 0 changes nothing."""
