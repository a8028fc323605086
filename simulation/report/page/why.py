"""The third part: why. Where leads are lost, who is idle and who overloaded, what hand-offs and turnover cost."""

from __future__ import annotations

import math
from dataclasses import asdict

from simulation.analysis.catalogue import REASON_TITLES
from simulation.analysis.staff_catalogue import RAISED_TITLES
from simulation.analysis.unbilled import LATE
from simulation.report.numbers import NOTHING
from simulation.report.page.blocks import Block, Bullets, Cell, Grid, Part, Row
from simulation.report.page.reading import Reading
from simulation.report.staff_tables import COST, people_move

IDLE, FULL = 0.6, 0.95
"""Shares of the time present: at work for less than the one a role is called free much of the time; with more than the
other on work that is asked for, overloaded. Prospecting takes what time is left, so it overloads nobody."""
RAISED = tuple(f"leavers_raised.{name}" for name in RAISED_TITLES)
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
STAFF = ("leavers", "leavers_stated", *RAISED, "hires", "turnover_rate", "vacancy", "ramp_share")


def why(reading: Reading) -> Part:
    """What makes the difference."""
    t = reading.texts
    part = Part("why", t("page-why"))
    part.blocks.append(Grid(t("page-funnel"), reading.header, reading.measures((*FUNNEL, *ANSWERS))))
    lost = _lost(reading)
    if lost:
        part.blocks.append(Grid(t("page-lost"), reading.header, lost, t("page-lost-note")))
    late = reading.measures(LATE)
    if late:
        part.blocks.append(Grid(t("page-late"), reading.header, late, t("page-late-note")))
    part.blocks.append(_load(reading))
    part.blocks.append(Bullets([t.again(each.text) for each in reading.result.regimes.values()], t("page-turns-on")))
    part.blocks.append(Grid(t("page-hand-offs"), reading.header, _hand_offs(reading), t("page-hand-offs-note")))
    if people_move(reading.result):
        silent = {name for name in (*RAISED, *COST) if not any(reading.mean(each, name) for each in reading.structures)}
        rows = reading.measures([name for name in (*STAFF, *COST) if name not in silent])
        part.blocks.append(Grid(t("page-turnover"), reading.header, rows, t("page-turnover-note")))
    part.blocks += weak_links(reading)
    return part


def _lost(reading: Reading) -> list[Row]:
    names = [name for name in REASON_TITLES if any(reading.mean(s, f"lost.{name}") > 0 for s in reading.structures)]
    titles = {f"lost.{name}": reading.texts(f"reason-{name.replace('_', '-')}") for name in names}
    return reading.measures(list(titles), titles)


def _load(reading: Reading) -> Grid:
    """Load of every role, and in a word what it means."""
    t = reading.texts
    rows: list[Row] = []
    for structure, regime in reading.result.regimes.items():
        rows.append(Row(reading.title(structure)))
        for title, role in regime.roles.items():
            busy = role.utilisation
            over = role.demanded >= FULL
            word = t("page-full") if over else t("page-idle") if busy < IDLE else t("page-busy")
            expected = NOTHING if math.isnan(role.expected) else reading.percent(role.expected)
            cells = [
                Cell(expected),
                Cell(reading.percent(role.simulated)),
                Cell(reading.percent(role.prospecting)),
                Cell(reading.percent(busy)),
                Cell("" if math.isnan(busy) else word, strong=over, words=True),
            ]
            rows.append(Row(t.title(title), cells))
    header = ["", *(t(f"page-load-{name}") for name in ("planned", "demand", "prospecting", "all", "word"))]
    return Grid(t("page-load"), header, rows, t("page-load-note"))


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
    every = [link for each in reading.links.values() for link in (*each.people, *each.conversions)]
    scale = reading.scale("money", [link.difference.mean for link in every])
    rows = []
    for structure, each in reading.links.items():
        rows.append(Row(reading.title(structure)))
        for key, chosen in (("page-one-more", each.people), ("page-one-point", each.conversions)):
            for link in chosen:
                found = link.difference
                cells = [
                    Cell(scale.text(found.mean, signed=True), strong=found.joint_low > 0),
                    Cell(scale.interval(found.joint_low, found.joint_high, signed=True)),
                    reading.years(asdict(found)),
                ]
                rows.append(Row(t(key, name=t.title(link.name)), cells, scale.unit))
    level = reading.percent(reading.result.level)
    header = ["", t("page-adds"), t("page-interval", level=level), t("page-years")]
    said = [f"{reading.title(name)}: {t.again(each.text)}" for name, each in reading.links.items()]
    return [Grid(t("page-weak-link"), header, rows, t("page-weak-link-note")), Bullets(said)]
