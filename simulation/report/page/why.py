"""The third part: why. Where leads are lost, who is idle and who overloaded, what hand-offs and turnover cost."""

from __future__ import annotations

import math

from simulation.analysis.unbilled import LATE
from simulation.report.grid import Grid, Row
from simulation.report.money_tables import weak_link_grid
from simulation.report.page.blocks import Block, Bullets, Part
from simulation.report.reading import Reading
from simulation.report.result_tables import load_grid, lost_grid
from simulation.report.staff_tables import role_grid, staff_grid, staff_lines

FUNNEL = (
    "leads",
    "answered",
    "qualified",
    "won_leads",
    "win_rate",
    "win_rate_arrived",
    "open_share",
    "cycle_days",
    "average_deal",
)
ANSWERS = ("answered_within_15min", "answered_within_1h", "answered_within_1d", "response_working_hours")


def why(reading: Reading) -> Part:
    """What makes the difference."""
    t = reading.texts
    part = Part("why", t("page-why"))
    part.blocks.append(Grid(t("page-funnel"), reading.header, reading.measures((*FUNNEL, *ANSWERS))))
    part.blocks += [each for each in (lost_grid(reading),) if each.rows]
    late = reading.measures(LATE)
    if late:
        part.blocks.append(Grid(t("page-late"), reading.header, late, t("page-late-note")))
    part.blocks.append(load_grid(reading))
    part.blocks.append(Bullets([t.again(each.text) for each in reading.result.regimes.values()], t("page-turns-on")))
    part.blocks.append(Grid(t("page-hand-offs"), reading.header, _hand_offs(reading), t("page-hand-offs-note")))
    part.blocks += [each for each in (staff_grid(reading), role_grid(reading)) if each.rows]
    said = list(staff_lines(reading))
    if said:
        part.blocks.append(Bullets(said))
    part.blocks += weak_links(reading)
    return part


def _hand_offs(reading: Reading) -> list[Row]:
    """How often work passes on and what is lost by it, leads and, at an average deal's margin, money."""
    t = reading.texts
    rows = reading.measures(("hand_offs", "lost.hand_off"), {"lost.hand_off": t("page-lost-in-hand-offs")})
    worth = {name: _worth_of_lost(reading, name) for name in reading.structures}
    if any(value > 0 for value in worth.values()):
        scale = reading.scale("money", [value for value in worth.values() if math.isfinite(value)])
        rows.append(reading.row(t("page-hand-offs-cost"), lambda name: scale.text(worth[name]), scale.unit))
    return rows


def _worth_of_lost(reading: Reading, structure: str) -> float:
    """Leads lost in hand-offs times the share of decided qualified leads that are won times a first deal's margin."""
    lost, won = reading.mean(structure, "lost.hand_off"), reading.mean(structure, "won_leads")
    decided = reading.mean(structure, "qualified") - reading.mean(structure, "open_qualified")
    revenue = reading.mean(structure, "revenue")
    margin, deal = reading.mean(structure, "gross_margin"), reading.mean(structure, "average_deal")
    if not (decided > 0 and revenue > 0):
        return math.nan
    return lost * won / decided * deal * margin / revenue


def weak_links(reading: Reading) -> list[Block]:
    """What one more person, or one more point of conversion, adds to profit, where it was asked for."""
    if not reading.links:
        return []
    t = reading.texts
    said = [f"{reading.title(name)}: {t.again(each.text)}" for name, each in reading.links.items()]
    return [weak_link_grid(reading), Bullets(said)]
