"""The charts of the page: which stand in which part, with their text alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.report.page.blocks import Part, Picture, picture
from simulation.report.plot.gallery import CHARTS, Drawing, asked, single
from simulation.report.reading import Reading
from simulation.texts import say

PLACES: dict[str, tuple[str, ...]] = {
    "structures": ("overview",),
    "why": ("funnel", "lost_leads", "response_times", "diagram", "workload"),
    "months": ("revenue_against_plan", "cash", "staffing", "customers", "gantt"),
    "risk": ("profit",),
    "control": ("break_even", "money_waterfall", "channel_economics"),
}
"""Charts by the part in which they stand; in front of its tables, but behind the words that it begins with."""


def months(reading: Reading) -> Part:
    """Revenue, cash, staff and customers month by month: pictures only."""
    return Part("months", reading.texts("page-months"))


def with_pictures(parts: Sequence[Part], reading: Reading) -> list[Part]:
    """The parts with their charts; a part that stays empty is left out."""
    for part in parts:
        made = _pictures(part.key, reading)
        before = next((n for n, block in enumerate(part.blocks) if block.block != "words"), len(part.blocks))
        part.blocks[before:before] = made
    return [part for part in parts if part.blocks]


def _pictures(part: str, reading: Reading) -> list[Picture]:
    """The charts of a part; one that cannot be drawn is left out and named."""
    names = tuple(name for name in PLACES.get(part, ()) if name in CHARTS)
    made: list[Picture] = []
    for each in asked(reading.result, reading.texts.language, names, single(reading.result)) if names else ():
        with reading.left.part(say("left-out-chart", name=each.name)):
            drawing = Drawing(each.name, each.chart, each.structure, each.drawn())
            made.append(_picture(drawing, reading))
            if reading.figures is not None:
                reading.figures[each.name] = drawing.figure
    return made


def _picture(drawing: Drawing, reading: Reading) -> Picture:
    """A chart with what it shows in words: its subject, and the means that it draws where there are any."""
    t = reading.texts
    key = f"alt-{drawing.chart.replace('_', '-')}"
    if drawing.structure:
        return picture(drawing.figure, t(key, structure=reading.title(drawing.structure)))
    return picture(drawing.figure, f"{t(key)} {_means(drawing.chart, reading)}".strip())


ALTERNATIVES = {
    "profit": "profit",
    "overview": "profit",
    "funnel": "won_leads",
    "cash": "cash_end",
    "customers": "customers_end",
    "workload": "utilisation",
    "staffing": "headcount",
}


def _means(chart: str, reading: Reading) -> str:
    name = ALTERNATIVES.get(chart)
    if name is None:
        return ""
    rows = reading.measures([name])
    if not rows:
        return ""
    row = rows[0]
    unit = f" {row.unit}" if row.unit else ""
    said = (f"{title}: {cell.text}{unit}" for title, cell in zip(reading.header[1:], row.cells, strict=True))
    return f"{row.label}: {'; '.join(said)}."
