"""How the best split is shown: tables of what was measured again and of the whole search, and two charts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.analysis.shares import Proportion, share_phrase
from simulation.report.findings import Showing, sentences
from simulation.report.numbers import NOTHING, Scale, scale_of
from simulation.report.page.blocks import Block, Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot.splits import figure_of_frontier, splits
from simulation.report.reading import measure_title
from simulation.report.terminal import printed
from simulation.study.best_split.finding import Again, BestSplit, Tried
from simulation.study.best_split.words import measure_term
from simulation.texts import Amount, Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: BestSplit, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, what was measured again, the frontier, what it says."""
    yield Text(f"{found.scenario.title}: {_asked(found, t)}", "bold")
    yield Text()
    scale = _scale(found, t)
    yield from printed(_fresh_grid(found, scale, t), width)
    yield Text()
    if found.frontier:
        yield from printed(_frontier_grid(found, scale, t), width)
        yield Text()
    for said in sentences(found, t):
        yield Text(said)


def charts(found: BestSplit, t: Texts) -> dict[str, Figure]:
    """Every split with its interval; profit against payroll where sizes were searched."""
    drawn = {"splits": splits(found, lang=t.language)}
    if found.frontier:
        drawn["frontier"] = figure_of_frontier(found, t.language)
    return drawn


def part(found: BestSplit, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    drawn = charts(found, t)
    scale = _scale(found, t)
    blocks: list[Block] = [Words(_asked(found, t)), Words(said[0], "lead"), Bullets(said[1:])]
    blocks.append(picture(drawn["splits"], t("splits-alt"), t("splits-caption", years=found.fresh)))
    if "frontier" in drawn:
        blocks.append(picture(drawn["frontier"], t("frontier-alt"), t("frontier-caption", years=found.fresh)))
    blocks.append(_fresh_grid(found, scale, t))
    blocks.append(_search_grid(found, scale, t))
    return Part("best-split", t("best-split-title"), blocks)


SHOWING = Showing(terminal=terminal, charts=charts, part=part)


def _asked(found: BestSplit, t: Texts) -> str:
    """What was searched, in one line."""
    measure = measure_term(found)
    currency = found.scenario.currency
    if found.heads is not None:
        asked = t("best-split-heads", measure=measure, count=found.heads)
    elif found.payroll is not None:
        asked = t("best-split-payroll", measure=measure, payroll=Amount(found.payroll, "money", currency))
    else:
        asked = t("best-split-same", measure=measure, baseline=t.title(found.titled(found.baseline)))
    limits = [t.again(each.phrase) for each in found.constraints]
    return t("best-split-limited", asked=asked, limits=limits) if limits else asked


def _scale(found: BestSplit, t: Texts) -> Scale:
    """One scale for all values of the measure."""
    every = [mean for one in found.searches for mean in (*(a.mean for a in one.again), *(b.mean for b in one.tried))]
    means = [mean for mean in every if mean.n]
    widths = [(mean.high - mean.low) / 2 for mean in means if math.isfinite(mean.high)]
    return scale_of(found.measure.unit, [mean.mean for mean in means], widths[:1], found.scenario.currency, t.language)


def _money(found: BestSplit, t: Texts) -> Scale:
    pay = [each.candidate.payroll for one in found.searches for each in one.tried]
    return scale_of("money", pay, (), found.scenario.currency, t.language)


def _verdict(each: Again, t: Texts) -> str:
    if each.behind is None:
        return t("split-is-best")
    return t("split-is-good" if each.good else "split-is-behind")


def _state(each: Tried, t: Texts) -> str:
    if each.breaks is not None:
        return t("split-state-breaks", limit=each.breaks.phrase)
    return t(f"split-state-{each.state}")


def _header(found: BestSplit, t: Texts, scale: Scale) -> str:
    measure = measure_title(t, found.measure.name)
    return f"{measure}, {scale.unit}" if scale.unit else measure


def _met(found: Proportion, t: Texts) -> str:
    return t.again(share_phrase(found)) if found.n else NOTHING


def _behind(each: Again, scale: Scale) -> Cell:
    if each.behind is None:
        return Cell("")
    return Cell(scale.text(each.behind.mean), scale.interval(each.behind.joint_low, each.behind.joint_high))


def _frontier_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """The best of each size."""
    money = _money(found, t)
    header = [t("frontier-sizes"), f"{t('split-payroll')}, {money.unit}", _header(found, t, scale), t("split-plan-met")]
    rows = []
    for point in found.frontier:
        name = f"{t.title(found.titled(point.structure))}: {t.again(point.candidate.phrase)}"
        mean = Cell(scale.text(point.mean.mean), scale.interval(point.mean.low, point.mean.high))
        rows.append(Row(name, [Cell(money.text(point.candidate.payroll)), mean, Cell(_met(point.plan_met, t))]))
    return _planned(found, Grid("", header, rows), 3)


def _planned(found: BestSplit, grid: Grid, column: int) -> Grid:
    """A table without its column of the plan where there is no plan."""
    if found.scenario.plan is not None:
        return grid
    rows = [replace(row, cells=[*row.cells[: column - 1], *row.cells[column:]]) for row in grid.rows]
    return replace(grid, header=[*grid.header[:column], *grid.header[column + 1 :]], rows=rows)


def _fresh_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """What was measured again, by structure."""
    rows: list[Row] = []
    for one in found.searches:
        rows.append(Row(t.title(one.title)))
        for each in one.again:
            cells = [
                Cell(scale.text(each.mean.mean), scale.interval(each.mean.low, each.mean.high), each.behind is None),
                _behind(each, scale),
                Cell(_met(each.plan_met, t)),
                Cell(_verdict(each, t), words=True),
            ]
            rows.append(Row(t.again(each.candidate.phrase), cells))
    header = [t("split-split"), _header(found, t, scale), t("split-behind"), t("split-plan-met"), t("split-verdict")]
    note = t("split-fresh-note", years=found.fresh, level=Percent(found.level))
    return _planned(found, Grid(t("split-fresh-table"), header, rows, note), 3)


def _search_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """Every split of the search."""
    money = _money(found, t)
    up = -1.0 if found.higher_is_better else 1.0
    rows: list[Row] = []
    for one in found.searches:
        rows.append(Row(t.title(one.title)))
        for each in sorted(one.tried, key=lambda tried: up * tried.mean.mean if tried.mean.n else -math.inf):
            cells = [
                Cell(money.text(each.candidate.payroll)),
                Cell(str(each.years) if each.years else NOTHING),
                Cell(scale.text(each.mean.mean), scale.interval(each.mean.low, each.mean.high)),
                Cell(_met(each.plan_met, t)),
                Cell(_state(each, t), words=True),
            ]
            rows.append(Row(t.again(each.candidate.phrase), cells))
        for out in one.ruled_out:
            empty = [Cell(NOTHING), Cell(NOTHING), Cell(NOTHING)]
            reason = Cell(t("split-state-ruled-out", reason=out.reason), words=True)
            rows.append(Row(t.again(out.candidate.phrase), [Cell(money.text(out.candidate.payroll)), *empty, reason]))
    header = [
        t("split-split"),
        f"{t('split-payroll')}, {money.unit}",
        t("split-years"),
        _header(found, t, scale),
        t("split-plan-met"),
        t("split-state"),
    ]
    return Grid(t("split-search-table"), header, rows, t("split-search-note"), folded=True)
