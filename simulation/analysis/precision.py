"""Replications until the intervals are narrow enough, in place of a number of them.

The rule is sequential: a first batch, then as many more as the spread seen so far asks for, until every half-width is
at most its target (Chow & Robbins 1965, Ann. Math. Stat. 36: the coverage tends to the level as the target shrinks).
Years are skewed, and years without their disaster look narrow: the half-width is the distance to the farther end of an
interval that allows for skewness (`intervals.skewed_interval`), and the first batch is so long that what happens once
in fifty years is missing from it in one case of sixty. The loss at finite targets then stays within two points, which
tests hold for normal, lognormal and disaster years; of what is rarer nothing can be promised.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.intervals import Interval, skewed_difference, skewed_interval
from simulation.analysis.summaries import Table, difference
from simulation.texts import Amount, Count, Percent, Phrase, joined, say, worded
from simulation.written.errors import beside
from simulation.written.readers import parse_money, parse_share
from simulation.written.spelling import QuantityError

FIRST = 200
"""Replications of the first batch, and the least that are added to them."""
MOST = 10_000
"""Replications after which a target counts as out of reach, where nobody says otherwise."""
ROOM = 1.1
"""Factor on the number that the spread asks for: aiming at exactly the target would miss it every other time."""
LARGEST_STEP = 4.0
"""Factor by which a batch may grow at the most: an early estimate of the spread is a rough one."""


@dataclass(frozen=True)
class Precision:
    """How narrow intervals have to be.

    Attributes:
        share: half-width as a share of the mean (of the baseline's, for differences); None where an amount is given.
        amount: half-width in the unit of the measure; None where a share is given.
        measures: names of the measures; the deciding one where empty.
        most: replications at the most.
    """

    share: float | None = None
    amount: float | None = None
    measures: tuple[str, ...] = ()
    most: int = MOST

    def target(self, mean: float) -> float:
        """The half-width that is narrow enough beside a mean."""
        if self.amount is not None:
            return self.amount
        assert self.share is not None
        return self.share * abs(mean)


def parse_precision(text: str, measures: Sequence[str] = (), most: int = MOST) -> Precision:
    """A precision as a person writes it: a share of the mean ('2 %') or an amount ('50 k').

    Args:
        text: what was written.
        measures: names of the measures; the deciding one where empty.
        most: replications at the most.

    Raises:
        ValueError: it is neither, or not above 0; the message says what is allowed.
    """
    share, amount = None, None
    try:
        if text.strip().endswith("%"):
            share = parse_share(text, {})
        else:
            amount = parse_money(text, {})
    except QuantityError as error:
        raise ValueError(beside(error.reason, worded("allowed-precision"))) from None
    if not (share or amount or 0) > 0:
        raise ValueError(beside(worded("precision-not-positive", text=text), worded("allowed-precision")))
    return Precision(share, amount, tuple(measures), most)


@dataclass(frozen=True)
class Reached:
    """One interval at the end.

    Attributes:
        structure: whose.
        baseline: what it is compared with; '' for a mean by itself.
        measure: of what.
        half_width: reached, in the unit of the measure: from the mean to the farther end of its interval.
        target: what was wanted.
        needed: replications that the spread asks for.
        unpaired: independent replications of each structure that the same half-width would take; NaN without a pair.
    """

    structure: str
    baseline: str
    measure: str
    half_width: float
    target: float
    needed: float
    unpaired: float

    @property
    def narrow(self) -> bool:
        """Whether it is narrow enough."""
        return self.half_width <= self.target


@dataclass(frozen=True)
class PrecisionReport:
    """What it took.

    Attributes:
        wanted: what was asked for.
        replications: years that were simulated.
        intervals: every interval that had to be narrow.
        currency: of money.
    """

    wanted: Precision
    replications: int
    intervals: tuple[Reached, ...]
    currency: str = ""

    @property
    def reached(self) -> bool:
        """Whether every interval is narrow enough."""
        return all(each.narrow for each in self.intervals)

    @property
    def widest(self) -> Reached | None:
        """The interval that took most; None where no year gave a value."""
        known = [each for each in self.intervals if math.isfinite(each.half_width)]
        return max(known, key=lambda each: _over(each.half_width, each.target), default=None)

    @property
    def gain(self) -> float:
        """How many times as many independent years the widest difference would have taken; NaN without a pair."""
        widest = self.widest
        return math.nan if widest is None or not widest.needed > 0 else widest.unpaired / widest.needed

    @property
    def text(self) -> Phrase:
        """What it took and what it would have taken without the same years for all, in words."""
        widest = self.widest
        if widest is None:
            return say("precision-none", years=self.replications)
        unit = describe(widest.measure).unit
        half = Amount(widest.half_width, unit, self.currency)
        share = self.wanted.share
        wanted = (
            Amount(widest.target, unit, self.currency)
            if share is None
            else say("precision-share", share=Percent(share))
        )
        key = "precision-reached" if self.reached else "precision-missed"
        parts = [say(key, years=self.replications, half=half, wanted=wanted)]
        if math.isfinite(self.gain):
            count = Count(max(1, round(self.replications * self.gain)))
            parts.append(say("precision-unpaired", count=count, times=Amount(self.gain)))
        return joined(parts)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""
        return {
            "share": self.wanted.share,
            "amount": self.wanted.amount,
            "reached": self.reached,
            "replications": self.replications,
            "gain_from_pairing": None if math.isnan(self.gain) else self.gain,
            "intervals": [
                {
                    "structure": each.structure,
                    "baseline": each.baseline,
                    "measure": each.measure,
                    "half_width": each.half_width if math.isfinite(each.half_width) else None,
                    "target": each.target if math.isfinite(each.target) else None,
                    "unpaired_replications": each.unpaired if math.isfinite(each.unpaired) else None,
                }
                for each in self.intervals
            ],
            "text": str(self.text),
        }


def precision_of(
    table: Table,
    wanted: Precision,
    *,
    structures: Sequence[str],
    baseline: str | None,
    measure: str,
    level: float,
    currency: str = "",
) -> PrecisionReport:
    """How precise the years so far are."""
    found: list[Reached] = []
    for name in wanted.measures or (measure,):
        if baseline is None:
            found += [_mean(table, wanted, each, name, level) for each in structures]
        else:
            found += [
                _difference(table, wanted, each, baseline, name, level) for each in structures if each != baseline
            ]
    return PrecisionReport(wanted, table.years, tuple(found), currency)


def _mean(table: Table, wanted: Precision, structure: str, measure: str, level: float) -> Reached:
    found = skewed_interval(table.of(structure, measure), level)
    half, target = _farther(found), wanted.target(found.mean)
    return Reached(structure, "", measure, half, target, _needed(found.n, half, target), math.nan)


def _difference(table: Table, wanted: Precision, structure: str, baseline: str, measure: str, level: float) -> Reached:
    found = difference(table, structure, baseline, measure, level, 1)
    first, second = table.of(structure, measure), table.of(baseline, measure)
    if found.sd == 0:  # equal but for rounding, which is not skewed
        half = 0.0
    else:
        paired = table.paired(structure, baseline)
        half = _farther(skewed_interval(first - second, level) if paired else skewed_difference(first, second, level))
    target = wanted.target(_average(second))
    needed = _needed(found.n, half, target)
    return Reached(structure, baseline, measure, half, target, needed, needed * found.gain_from_pairing)


def next_total(report: PrecisionReport) -> int | None:
    """Replications to go on to; None where it is precise enough or no more are allowed."""
    done, most = report.replications, report.wanted.most
    if report.reached or done >= most:
        return None
    needed = max((each.needed for each in report.intervals if not each.narrow), default=math.inf)
    wished = ROOM * needed if math.isfinite(needed) else math.inf
    return int(min(most, max(done + FIRST, min(math.ceil(wished), math.ceil(LARGEST_STEP * done)))))


def _needed(n: int, half: float, target: float) -> float:
    """Half-widths shrink with the root of the number of years."""
    if half <= 0:
        return 1.0
    return n * (half / target) ** 2 if target > 0 and math.isfinite(half) else math.inf


def _farther(found: Interval) -> float:
    return max(found.high - found.mean, found.mean - found.low)


def _average(values: Any) -> float:
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(known.mean()) if len(known) else math.nan


def _over(half: float, target: float) -> float:
    return half / target if target > 0 else math.inf
