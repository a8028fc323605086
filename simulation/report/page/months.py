"""The fourth part: the way there from today's people, and then month by month."""

from __future__ import annotations

import math

from simulation.report.numbers import NOTHING
from simulation.report.page.blocks import Cell, Grid, Part, Row, Words
from simulation.report.reading import Reading
from simulation.study.transition.answer import Transition


def way_there(reading: Reading) -> Part:
    """What it costs to get to each structure from the people of today."""
    t = reading.texts
    part = Part("transition", t("page-transition"))
    comparison = reading.comparison
    if reading.transitions and comparison is not None:
        today = reading.title(comparison.baseline)
        part.blocks.append(Words(t("page-transition-lead", today=today)))
        for name, found in reading.transitions.items():
            part.blocks += [Words(_sentence(reading, name, found)), _people(reading, name, found)]
        part.blocks.append(Words(t("page-transition-note"), "note"))
    else:
        begin = reading.result.scenario.experiment.begin
        part.blocks.append(Words(t("page-transition-inside") if begin == "today" else t("page-transition-none")))
    return part


def _sentence(reading: Reading, structure: str, found: Transition) -> str:
    t = reading.texts
    cost, ahead = found.difference, found.ahead
    scale = reading.scale("money", [cost.mean, ahead.mean, found.begun_today], [(cost.high - cost.low) / 2])
    return t(
        "page-transition-cost",
        structure=reading.title(structure),
        cost=scale.with_unit(cost.mean, signed=True),
        interval=scale.interval(cost.low, cost.high, signed=True),
        ahead=scale.with_unit(ahead.mean, signed=True),
        years=found.years,
        months=reading.result.scenario.experiment.months,
    )


def _people(reading: Reading, structure: str, found: Transition) -> Grid:
    t = reading.texts
    rows = []
    for role, (_, then, now) in found.positions.items():
        if not then and not now:
            continue
        ramp = found.ramps.get(role, math.nan)
        months = NOTHING if math.isnan(ramp) else "∞" if math.isinf(ramp) else t.style.number(ramp, 1)
        rows.append(Row(reading.role(structure, role), [Cell(str(now)), Cell(str(then)), Cell(months)]))
    header = ["", t("page-now"), t("page-then"), t("page-ramp")]
    return Grid(t("page-transition-people", structure=reading.title(structure)), header, rows)
