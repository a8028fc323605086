"""What a threshold says in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simulation.study.points import told
from simulation.study.terms import term_of
from simulation.study.threshold.curve import Crossing
from simulation.study.variation import Variable
from simulation.texts import Amount, Count, Percent, Phrase, Sure, say
from simulation.texts.values import percent_decimals

if TYPE_CHECKING:
    from simulation.study.threshold.answer import Threshold

Value = Amount | Percent | Phrase


def values_told(what: Variable, values: Sequence[float], currency: str = "") -> list[Value]:
    """Values of a variable as a scenario would write them, with as few digits as tell them from each other."""
    if what.quantity.clock == "" or not 0 < max(map(abs, values), default=0.0) < 1:
        made = told(what, values, currency)
        return [_nothing(each) if value == 0 else each for each, value in zip(made, values, strict=True)]
    minutes = [60.0 * value for value in values]
    more = 0 if len({round(value, 1) for value in minutes}) == len(set(values)) else 2
    return [say("threshold-minutes", value=Amount(value, "number", "", more)) for value in minutes]


def interval_told(what: Variable, low: float, value: float, high: float, currency: str = "") -> list[Value]:
    """A value and its interval, with as many digits as the width of the interval is worth: about an eighth of it."""
    plain = [what.amount(each, currency) for each in (low, value, high)]
    if high <= low or any(isinstance(each, Amount) and each.unit == "money" for each in plain):
        return values_told(what, [low, value, high], currency)
    timed = bool(what.quantity.clock)
    minutes = timed and max(abs(low), abs(high)) < 1
    days = any(isinstance(each, Amount) and each.unit == "days" for each in plain)
    factor = 100.0 if isinstance(plain[0], Percent) else 60.0 if minutes else 1 / 24 if days else 1.0
    digits = max(0, -math.floor(math.log10((high - low) * factor / 8)))
    shown = [each * factor for each in (low, value, high)]
    if minutes:
        return [say("threshold-minutes", value=Amount(v, "number", "", digits - _usual(v))) for v in shown]
    if days:
        return [Amount(v, "days", "", digits - 1) for v in shown]
    if timed:
        return [replace(each, more=digits - 1) for each in plain]
    if isinstance(plain[0], Percent):
        return [Percent(v / 100, digits - percent_decimals(v / 100)) for v in shown]
    return [replace(each, more=digits - _usual(v)) for each, v in zip(plain, shown, strict=True)]


def _usual(number: float) -> int:
    """Decimals that a plain number has when nothing is said of them."""
    return 0 if abs(number) >= 100 or number == int(number) else 1


def _nothing(amount: Amount | Percent) -> Amount | Percent:
    """Zero without decimals."""
    timed = isinstance(amount, Amount) and amount.unit in ("hours", "working hours", "days")
    return replace(amount, more=-1 if timed else 0)


def looking(what: Variable, guess: float | None, low: float, high: float, currency: str) -> Phrase:
    """What is being looked for, for the progress bar."""
    if guess is None:
        return say("threshold-looking", what=what.title)
    width = (high - low) / 4
    value = interval_told(what, guess - width, guess, guess + width, currency)[1]
    return say("threshold-looking-near", what=what.title, value=value)


def sentences(found: Threshold) -> list[Phrase]:
    """All that a threshold says, the most important first."""
    words = _Words(found)
    if all(point.replications == 0 or math.isnan(point.mean) for point in found.curve):
        return [say("threshold-nothing", measure=words.measure)]
    match found.outcome:
        case "none":
            said = [words.none()]
        case "flat":
            said = [words.flat()]
        case _:
            certain = [each for each in found.crossings if each.certain]
            said = [words.several(len(certain))] if len(certain) > 1 else []
            said += [words.of(each, alone=len(found.crossings) == 1) for each in found.crossings]
            said.append(words.now())
            said += words.remarks()
    said.append(words.rests())
    if found.failed:
        said.append(say("threshold-failed", years=found.failed))
    return said


@dataclass(frozen=True)
class _Words:
    """The sentences of one threshold."""

    found: Threshold

    @property
    def measure(self) -> Any:
        """The measure inside of a sentence."""
        asked = self.found.question
        return term_of(asked.terms.measure, asked.scenario)

    @property
    def shared(self) -> dict[str, Any]:
        """Values of nearly every sentence."""
        what = self.found.question.variable
        return {"measure": self.measure, "what": what.title, "many": "yes" if what.many else "no"}

    def values(self, *values: float) -> list[Value]:
        """Values of the variable, told from each other."""
        asked = self.found.question
        return values_told(asked.variable, values, asked.scenario.currency)

    def title(self, sign: int) -> str:
        """The structure that is better where the difference has a sign."""
        return self.found.titles[self.found.winner(sign)]

    def none(self) -> Phrase:
        """One structure is better in the whole range."""
        asked = self.found.question
        low, high = self.values(asked.low, asked.high)
        return say(
            "threshold-none",
            **self.shared,
            winner=self.title(self.found.roots.sign),
            low=low,
            high=high,
            sure=Sure(self.found.roots.confidence),
        )

    def flat(self) -> Phrase:
        """Nowhere told apart."""
        asked = self.found.question
        low, high = self.values(asked.low, asked.high)
        names = [self.found.titles[name] for name in asked.terms.structures]
        tied = all(point.mean == point.low == point.high == 0.0 for point in self.found.curve)
        key = "threshold-tied" if tied else "threshold-flat"
        return say(key, **self.shared, first=names[0], second=names[1], low=low, high=high)

    def several(self, count: int) -> Phrase:
        """How often the answer changes."""
        asked = self.found.question
        low, high = self.values(asked.low, asked.high)
        return say("threshold-several", **self.shared, count=count, low=low, high=high)

    def of(self, each: Crossing, alone: bool) -> Phrase:
        """One change, or one doubt."""
        if not each.certain:
            return self._doubt(each)
        both = {"before": self.title(each.before), "after": self.title(each.after)}
        level = Percent(self.found.question.terms.level)
        if self.found.question.by_number:
            one, two = self.values(math.floor(each.value or each.low), math.floor(each.value or each.low) + 1)
            low, high = self.values(each.low, each.high)
            exact = "yes" if each.high - each.low <= 1 else "no"
            ends = {"one": one, "two": two, "low": low, "high": high}
            return say("threshold-number", **self.shared, **both, **ends, exact=exact, level=level)
        middle = (each.low + each.high) / 2 if each.value is None else each.value
        asked = self.found.question
        low, value, high = interval_told(asked.variable, each.low, middle, each.high, asked.scenario.currency)
        rest = {"value": value, "low": low, "high": high, "level": level}
        if not alone:
            return say("threshold-change", **self.shared, **both, **rest)
        key = "threshold-above" if self.found.question.variable.current > each.high else "threshold-below"
        return say(key, **self.shared, **both, **rest)

    def _doubt(self, each: Crossing) -> Phrase:
        asked = self.found.question
        if asked.by_number:
            low, high = self.values(each.low, each.high)
        else:
            low, _, high = interval_told(asked.variable, each.low, each.low, each.high, asked.scenario.currency)
        ends = {"low": self._end(each.low, low), "high": self._end(each.high, high)}
        if each.before and not each.after:
            return say("threshold-open-high", **self.shared, **ends, winner=self.title(each.before))
        if each.after and not each.before:
            return say("threshold-open-low", **self.shared, **ends, winner=self.title(each.after))
        if each.before:
            return say("threshold-doubt", **self.shared, **ends, winner=self.title(each.before))
        return say("threshold-open", **self.shared, **ends)

    def _end(self, at: float, otherwise: Value) -> Value:
        """An end of an interval: an end of the range as the range says it."""
        asked = self.found.question
        low, high = self.values(asked.low, asked.high)
        return {asked.low: low, asked.high: high}.get(at, otherwise)

    def now(self) -> Phrase:
        """Where the scenario stands."""
        found, asked = self.found, self.found.question
        current = asked.variable.current
        value = self.values(current)[0]
        if not asked.low <= current <= asked.high:
            return say("threshold-outside", value=value)
        sign = 0
        for each in found.crossings:
            if each.low <= current <= each.high and not (asked.by_number and current in (each.low, each.high)):
                return say("threshold-now-open", value=value)
            sign = each.before if current <= each.low else each.after
            if current <= each.low:
                break
        if not sign:
            return say("threshold-now-open", value=value)
        return say("threshold-now", value=value, winner=self.title(sign))

    def remarks(self) -> list[Phrase]:
        """What must be known of the intervals."""
        asked, said = self.found.question, []
        if any(each.open_low or each.open_high for each in self.found.crossings):
            said.append(say("threshold-ends"))
        if any(each.widened for each in self.found.crossings):
            said.append(say("threshold-bends"))
        wide = [each for each in self.found.crossings if each.certain and not each.precise]
        if wide and not asked.by_number:
            target = asked.precision * (asked.high - asked.low)
            needed = max(math.ceil(each.replications * (each.half_width / target) ** 2) for each in wide)
            share = Percent(asked.precision)
            said.append(say("threshold-wide", count=Count(needed), share=share))
        return said

    def rests(self) -> Phrase:
        """What it rests on."""
        return say("threshold-rests", years=self.found.roots.replications, points=len(self.found.curve))
