"""The sixth part: the control sheet 2Q1D, the budget against what was simulated, break-even, channels, steadiness."""

from __future__ import annotations

from simulation.report.money_tables import (
    break_even_grid,
    budget_grid,
    budget_reports,
    channels_grid,
    control_grid,
    steady_grid,
)
from simulation.report.page.blocks import Bullets, Part
from simulation.report.reading import Reading


def control(reading: Reading) -> Part:
    """What a director and an accountant hold the year against."""
    t = reading.texts
    part = Part("control", t("page-control"), [control_grid(reading)])
    reports = budget_reports(reading)
    if reports:
        said = [f"{reading.title(name)}: {t.again(report.text)}" for name, report in reports.items()]
        part.blocks += [budget_grid(reading), Bullets(said)]
    part.blocks.append(break_even_grid(reading))
    part.blocks += [each for each in (channels_grid(reading), steady_grid(reading)) if each.rows]
    return part
