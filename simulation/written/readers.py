"""How a written quantity is read: one function per kind, each from anything to a plain number.

Two clocks. ``parse_elapsed`` takes time on the wall, round the clock (a day is 24 h, a month 730.5 h).
``parse_working`` takes office time; a working day is as long as the context says (8 h without it).
Every function raises ``QuantityError`` with what is allowed, examples, and the nearest valid word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulation.texts import worded
from simulation.written import spelling
from simulation.written.spelling import QuantityError, number, quoted, scaled_number

SECOND = 1.0 / 3600.0
MINUTE = 1.0 / 60.0
HOUR = 1.0
DAY = 24.0
WEEK = 168.0
MONTH = 730.5
QUARTER = 3.0 * MONTH
YEAR = 12.0 * MONTH
NEVER = math.inf
DEFAULT_HOURS_PER_DAY = 8.0

_ELAPSED_UNITS = spelling.names(
    {
        "second seconds sec secs s с сек секунда секунды секунд": SECOND,
        "minute minutes min mins мин минута минуты минут": MINUTE,
        "hour hours h hr hrs ч час часа часов": HOUR,
        "day days d дн день дня дней сут сутки суток": DAY,
        "week weeks w wk wks нед неделя недели недель": WEEK,
        "month months mo mos мес месяц месяца месяцев": MONTH,
        "quarter quarters кв квартал квартала кварталов": QUARTER,
        "year years y yr yrs г год года лет": YEAR,
    }
)
ELAPSED_EXAMPLES = ("30 min", "4 h", "2 days", "3 months")
WORKING_EXAMPLES = ("30 min", "4 working hours", "2 working days")
_PERIODS = spelling.names(
    {
        "day daily d день сутки": DAY,
        "week weekly wk неделю нед": WEEK,
        "month monthly mo месяц мес": MONTH,
        "quarter quarterly квартал кв": QUARTER,
        "year yearly annum annually yr год г": YEAR,
    }
)

_NEVER = ("never", "никогда")
_PERCENT = spelling.names({"% percent процент процента процентов проц": 0.01})

Context = Mapping[str, Any]


def _refuse(
    value: object, why: str, allowed: str, examples: tuple[str, ...], near: str | None = None, **values: str
) -> QuantityError:
    """What is wrong with a value and what is allowed, each by the key of its text."""
    return QuantityError(worded(why, value=quoted(value), **values), worded(allowed), examples, near)


def _duration(value: object, context: Context, working: bool) -> float:
    """Hours in ``value``; ``working`` says which of the two clocks the key takes."""
    allowed = "allowed-working" if working else "allowed-elapsed"
    examples = WORKING_EXAMPLES if working else ELAPSED_EXAMPLES
    plain = spelling.maybe_number(value)
    if plain is not None:
        if plain == 0.0 or (plain == math.inf and not working):
            return plain
        raise _refuse(value, "read-no-unit", allowed, examples)
    if not isinstance(value, str):
        raise _refuse(value, "read-not-a-duration", allowed, examples)
    if value.strip().lower() in _NEVER:
        if working:
            raise _refuse(value, "read-not-work", allowed, examples)
        return NEVER
    terms = spelling.terms(value)
    if terms is None:
        raise _refuse(value, "read-not-a-duration", allowed, examples)
    total = 0.0
    for amount, office, name in terms:
        unit = _ELAPSED_UNITS.get(name)
        if unit is None:
            near = spelling.nearest(name, _ELAPSED_UNITS)
            if not name:
                raise _refuse(value, "read-no-unit", allowed, examples, near)
            raise _refuse(value, "read-unknown-unit", allowed, examples, near, name=repr(name))
        if office and not working:
            raise _refuse(value, "read-working-time", allowed, examples)
        if working:
            unit = _working_unit(value, unit, bool(office), context)
        if amount < 0:
            raise _refuse(value, "read-negative", f"{allowed}-positive", examples)
        total += amount / round(1.0 / unit) if unit < 1.0 else amount * unit
    if total == math.inf:
        raise _refuse(value, "read-too-long", allowed, examples)
    return total


def _working_unit(value: object, unit: float, office: bool, context: Context) -> float:
    """Length of a unit on the office clock; days and longer are only understood as working days."""
    if unit <= HOUR:
        return unit
    if unit == DAY and office:
        return float(context.get("hours_per_day", DEFAULT_HOURS_PER_DAY))
    why = "read-calendar-day" if unit == DAY else "read-calendar-time"
    raise _refuse(value, why, "allowed-working", WORKING_EXAMPLES)


def parse_elapsed(value: object, context: Context | None = None) -> float:
    """Hours on the wall clock; ``never`` is infinity. Raises ``QuantityError``."""
    return _duration(value, context or {}, working=False)


def parse_working(value: object, context: Context | None = None) -> float:
    """Hours of office time; a working day has ``context['hours_per_day']``. Raises ``QuantityError``."""
    return _duration(value, context or {}, working=True)


def parse_due(value: object, context: Context | None = None) -> float:
    """A due time in office time; ``never`` is infinity. Raises ``QuantityError``."""
    if isinstance(value, str) and value.strip().lower() in _NEVER:
        return NEVER
    if value == NEVER:
        return NEVER
    return _duration(value, context or {}, working=True)


def parse_share(value: object, context: Context | None = None) -> float:
    """A part of the whole, 0..1, from ``35 %`` or 0.35. Raises ``QuantityError``."""
    allowed, examples = "allowed-share-between", ("35 %", "0.35")
    share = scaled_number(value, _PERCENT, allowed, examples)
    if not 0.0 <= share <= 1.0:
        meant = (
            f"{spelling.plain(share)} %" if 2.0 <= share <= 100.0 and spelling.maybe_number(value) is not None else None
        )
        raise _refuse(value, "read-outside-share", allowed, examples, meant)
    return share


_MULTIPLES = spelling.names(
    {
        "k thousand thousands тыс тысяч тысяча тысячи к т": 1e3,
        "m mln mio million millions млн миллион миллиона миллионов": 1e6,
        "bn billion billions млрд миллиард миллиарда миллиардов": 1e9,
    }
)


def parse_money(value: object, context: Context | None = None) -> float:
    """An amount of money, from ``25 000``, ``300 k``, ``1.5 mln``, ``60 тыс. руб.``.

    The sign or name of a currency may stand with it, if it is that of the scenario (``context['currency']``).

    Raises:
        QuantityError: no amount, or one in another currency.
    """
    allowed, examples = "allowed-money-read", ("25 000", "300 k", "1.5 mln")
    if not isinstance(value, str):
        return scaled_number(value, _MULTIPLES, allowed, examples)
    amount, written = spelling.without_currency(value, _MULTIPLES)
    own = str((context or {}).get("currency") or written)
    try:
        money = scaled_number(amount, _MULTIPLES, allowed, examples)
    except QuantityError:  # said of the text as it was written
        money = scaled_number(value, _MULTIPLES, allowed, examples)
    if written and written != own.upper():
        raise _refuse(value, "read-other-currency", allowed, examples, own=own, written=written)
    return money


def parse_amount(value: object, context: Context | None = None) -> float:
    """Money that cannot be negative. Raises ``QuantityError``."""
    money = parse_money(value, context)
    if money < 0:
        raise _refuse(value, "read-negative", "allowed-amount-read", ("25 000", "1.5 mln"))
    return money


def _rate(value: object, per: float, unit: str) -> float:
    """Events per period of ``per`` hours; another period in the text is converted."""
    examples = ("60", "60 a month", "720 a year")
    allowed = f"allowed-rate-{unit}"
    rate = spelling.maybe_number(value)
    if rate is None:
        amount, name = spelling.rate(value)
        if amount is None or name not in _PERIODS:
            near = (
                spelling.nearest(name, _PERIODS) if len(name) > 2 else None
            )  # of a letter or two anything could be meant
            raise _refuse(value, "read-not-a-rate", allowed, examples, near)
        rate = amount * per / _PERIODS[name]
    if not 0.0 <= rate < math.inf:
        raise _refuse(value, "read-not-a-rate", allowed, examples)
    return rate


def parse_per_month(value: object, context: Context | None = None) -> float:
    """Events per month, from 60, ``60 a month`` or ``720 a year``. Raises ``QuantityError``."""
    return _rate(value, MONTH, "month")


def parse_per_year(value: object, context: Context | None = None) -> float:
    """Events per year, from 720, ``720 a year`` or ``60 a month``. Raises ``QuantityError``."""
    return _rate(value, YEAR, "year")


def parse_count(value: object, context: Context | None = None) -> int:
    """A whole number not below zero. Raises ``QuantityError``."""
    allowed, examples = "allowed-count", ("0", "8")
    count = number(value, allowed, examples)
    if count < 0 or count != int(count):
        raise _refuse(value, "read-negative" if count < 0 else "read-not-whole", allowed, examples)
    return int(count)


def parse_number(value: object, context: Context | None = None) -> float:
    """Any finite number. Raises ``QuantityError``."""
    return number(value, "allowed-number", ("0.5", "2"))


def parse_proficiency(value: object, context: Context | None = None) -> float:
    """A proficiency not below zero, from 0.5 or ``50 %``. Raises ``QuantityError``."""
    allowed = "allowed-proficiency-read"
    result = scaled_number(value, _PERCENT, allowed, ("0", "0.5", "100 %"))
    if result < 0:
        raise _refuse(value, "read-negative", allowed, ("0", "0.5", "100 %"))
    return result


MOST_GROWTH = 1000.0


def parse_growth(value: object, context: Context | None = None) -> float:
    """Growth a year as a part of what there was: -0.2 from ``-20 %`` or -0.2. Raises ``QuantityError``."""
    allowed, examples = "allowed-growth-read", ("10 %", "-0.2", "0")
    growth = scaled_number(value, _PERCENT, allowed, examples)
    if not -1.0 < growth <= MOST_GROWTH:
        raise _refuse(value, "read-to-nothing" if growth <= -1.0 else "read-too-much", allowed, examples)
    return growth


def yearly_force(growth: float) -> float:
    """The constant force, a year, that makes something 1 + growth times as much in each year: ln(1 + growth)."""
    return math.log1p(growth)


def parse_positive(value: object, context: Context | None = None) -> float:
    """A number above zero. Raises ``QuantityError``."""
    result = number(value, "allowed-positive", ("0.5", "2"))
    if result <= 0:
        raise _refuse(value, "read-not-positive", "allowed-positive", ("0.5", "2"))
    return result


def parse_nonnegative(value: object, context: Context | None = None) -> float:
    """A number not below zero. Raises ``QuantityError``."""
    result = number(value, "allowed-nonnegative", ("0", "0.5"))
    if result < 0:
        raise _refuse(value, "read-negative", "allowed-nonnegative", ("0", "0.5"))
    return result
