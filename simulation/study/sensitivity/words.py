"""What sensitivity says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.study.question import Question, value_of
from simulation.texts import Percent, Phrase, say

if TYPE_CHECKING:
    from simulation.analysis.intervals import PairedDifference
    from simulation.study.sensitivity.morris import Morris
    from simulation.study.sensitivity.sobol import Sobol
    from simulation.study.sensitivity.tornado import Bar, Tornado

MOST = 3
"""Inputs that are named in a sentence."""


def tornado_says(found: Tornado) -> tuple[Phrase, ...]:
    """The inputs that decide, and whether one alone changes the winner."""
    asked = found.question
    said = _hangs_on(asked, [bar for bar in found.bars if bar.moves][:MOST]) or [
        say("sensitivity-none", years=found.years)
    ]
    said += [_winner(found), _stands(asked, found.base)]
    full = sum(bar.years == found.years for bar in found.bars)
    if found.screened < found.years:
        how = {"screened": found.screened, "years": found.years, "top": full}
        said.append(say("sensitivity-how-tornado", inputs=len(found.bars), **how))
    else:
        said.append(say("sensitivity-how-tornado-all", inputs=len(found.bars), years=found.years))
    return tuple(said)


def _hangs_on(asked: Question, bars: list[Bar]) -> list[Phrase]:
    said = []
    for n, bar in enumerate(bars):
        what, currency = bar.input.variable, asked.scenario.currency
        ends = {
            "from": value_of(what, bar.low.value, currency),
            "to": value_of(what, bar.high.value, currency),
            "low": asked.amount(bar.low.difference.mean),
            "high": asked.amount(bar.high.difference.mean),
        }
        names = {"other": asked.title(asked.other), "baseline": asked.title(asked.baseline)}
        said.append(say("sensitivity-then" if n else "sensitivity-most", name=what.title, **ends, **names))
    return said


def _winner(found: Tornado) -> Phrase:
    """Whether one input alone changes the winner."""
    asked = found.question
    flips = [bar for bar in found.bars if bar.flips]
    if flips:
        names = []
        for bar in flips:
            end = next(end for end in bar.ends if end.flips)
            value = value_of(bar.input.variable, end.value, asked.scenario.currency)
            ahead = asked.title(asked.winner(end.difference.mean))
            by = asked.amount(abs(end.difference.mean))
            names.append(say("sensitivity-flip", name=bar.input.variable.title, value=value, ahead=ahead, by=by))
        return say("sensitivity-flips", count=len(names), names=names)
    open_ends = sum(not end.difference.told_apart for bar in found.bars for end in bar.ends)
    ahead = asked.winner(found.base.mean)
    if not open_ends and ahead:
        return say("sensitivity-no-flip", ahead=asked.title(ahead))
    return say("sensitivity-not-shown", count=open_ends, ends=2 * len(found.bars))


def _stands(asked: Question, base: PairedDifference) -> Phrase:
    """The difference with all inputs as they stand."""
    said = {
        "other": asked.title(asked.other),
        "baseline": asked.title(asked.baseline),
        "measure": asked.named,
        "difference": asked.amount(base.mean),
        "low": asked.amount(base.low),
        "high": asked.amount(base.high),
        "level": Percent(base.level),
        "years": base.n,
    }
    return say("sensitivity-stands" if base.low > 0 or base.high < 0 else "sensitivity-stands-open", **said)


def morris_says(found: Morris) -> tuple[Phrase, ...]:
    """The inputs with the largest effects, and those whose effect depends on others."""
    asked = found.question
    shown = [each for each in found.effects if each.shown]
    said = []
    if shown:
        names = [
            say("sensitivity-sized", name=each.input.variable.title, size=asked.amount(each.size))
            for each in shown[:MOST]
        ]
        said.append(say("sensitivity-morris", names=names, count=len(shown), inputs=len(found.effects)))
        mixed = [each.input.variable.title for each in shown[:MOST] if each.sigma > each.size]
        if mixed:
            said.append(say("sensitivity-mixed", names=mixed))
    else:
        said.append(say("sensitivity-morris-none", inputs=len(found.effects)))
    said.append(say("sensitivity-how-morris", inputs=len(found.effects), ways=found.ways, years=found.years))
    return tuple(said)


def sobol_says(found: Sobol) -> tuple[Phrase, ...]:
    """The inputs with the largest shares, and what inputs do together."""
    asked = found.question
    shown = [each for each in found.indices if each.shown][:MOST]
    said = []
    if shown and found.sd > 0:
        names = [
            say(
                "sensitivity-share",
                name=each.input.variable.title,
                first=Percent(min(max(each.first, 0.0), 1.0)),
                total=Percent(min(each.total, 1.0)),
            )
            for each in shown
        ]
        said.append(say("sensitivity-sobol", sd=asked.amount(found.sd), names=names))
        alone = sum(max(each.first, 0.0) for each in found.indices)
        if alone < 1.0:
            said.append(say("sensitivity-together", alone=Percent(alone), together=Percent(1.0 - alone)))
    else:
        said.append(say("sensitivity-sobol-none"))
    said.append(say("sensitivity-how-sobol", inputs=len(found.indices), points=found.points, years=found.years))
    if found.held:
        said.append(say("sensitivity-held", count=len(found.held)))
    return tuple(said)
