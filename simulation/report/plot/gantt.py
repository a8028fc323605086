"""Who did what when, in one possible month."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.replay import pieces, replay
from simulation.analysis.results import Result
from simulation.finance.spans import first_day
from simulation.report.plot.style import COLOURS, axes_of, empty, finished, literal, title_of, words
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.titles import role_titles
from simulation.texts import Texts
from simulation.world.world import shared_calendar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS: dict[str, tuple[str, ...]] = {
    "prospect": ("prospect",),
    "qualify": ("qualify",),
    "sell": ("sell",),
    "serve": ("serve", "upsell", "care"),
    "papers": ("paperwork", "collect"),
    "inside": ("coach", "meet", "train"),
}
LOOKS = {
    "prospect": (COLOURS[4], "...."),
    "qualify": (COLOURS[0], ""),
    "sell": (COLOURS[1], ""),
    "serve": (COLOURS[2], "////"),
    "papers": ("#BBBBBB", ""),
    "inside": (COLOURS[3], "xxxx"),
}
"""Colour and hatch of each kind of work."""
MOST_PEOPLE = 24
ABSENT = "#EFEFEF"


def gantt(
    result: Result,
    structure: str | None = None,
    month: int = 0,
    days: int | None = None,
    replication: int | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """What every person did in one month of a possible year; the axis runs through office hours only.

    White is time without work, or an absence. Of more than 24 people some of each role are shown.

    Args:
        result: a result or a comparison.
        structure: the structure; the first one when None.
        month: of the run, from 0.
        days: office days to show; all of the month when None.
        replication: the possible year; the first that finished when None.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: there is no such structure.
        IndexError: the run has no such month.
    """
    from matplotlib.patches import Patch

    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    record = replay(result, name, replication)
    case = result.cases[name]
    if not 0 <= month < len(record.month_edges) - 1:
        raise IndexError(f"the run has months 0 to {len(record.month_edges) - 2}, not {month}")
    start = first_day(case.scenario)
    calendar = shared_calendar(case.scenario, start, case.scenario.experiment.months + case.scenario.experiment.warm_up)
    begin, end = record.month_edges[month : month + 2]
    dates = _office_days(calendar, float(begin), float(end))[:days]
    shown = [piece for piece in pieces(record) if piece.end > begin and piece.start < end]
    everybody = sorted({(record.roles.index(piece.role), *_number(piece.person), piece.person) for piece in shown})
    people = _some([(role, person) for role, _, _, person in everybody])
    more = len(everybody) - len(people)
    axes = axes_of(ax, 1.6 + 0.3 * max(3, len(people)))
    if not dates or not people:
        return empty(axes, t("chart-nobody-works"))
    low, high = calendar.working_at(dates[0]), calendar.working_at(dates[-1] + 24.0)
    row = {person: len(people) - 1 - n for n, (_, person) in enumerate(people)}
    for kind, duties in KINDS.items():
        colour, hatch = LOOKS[kind]
        for person, y in row.items():
            spans = [
                (a, b - a)
                for piece in shown
                if piece.person == person and piece.duty in duties
                for a, b in [(calendar.working_at(piece.start), calendar.working_at(piece.end))]
                if b > low and a < high
            ]
            axes.broken_barh(
                spans, (y - 0.36, 0.72), facecolor=colour, hatch=hatch, edgecolor="white", linewidth=0.2, clip_on=True
            )
    for day in dates:
        axes.axvline(calendar.working_at(day), color="#999999", linewidth=0.5, zorder=0)
    axes.set_yticks(list(row.values()), [literal(_person(result, name, person, t)) for person in row])
    middles = [(calendar.working_at(day) + calendar.working_at(day + 24.0)) / 2 for day in dates]
    axes.set_xticks(middles, [f"{(start + dt.timedelta(hours=day)).day}" for day in dates], fontsize=8)
    axes.tick_params(axis="both", length=0)
    axes.set_xlim(low, high)
    axes.set_ylim(-0.6, len(people) - 0.4)
    first = start + dt.timedelta(hours=dates[0])
    from babel.dates import format_date

    axes.set_xlabel(t("chart-office-days", month=format_date(first, "LLLL y", t.style.locale)))
    handles = [
        Patch(facecolor=LOOKS[kind][0], hatch=LOOKS[kind][1], edgecolor="white", label=t(f"chart-work-{kind}"))
        for kind, duties in KINDS.items()
        if any(piece.duty in duties for piece in shown)
    ]
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.62 / (0.3 * len(people) + 0.6)),
        ncols=6,
        frameon=False,
        fontsize=8,
    )
    title = t("chart-gantt", structure=title_of(result, name, t), year=str(record.replication))
    if more > 0:
        title = f"{title} {t('chart-more-people', count=more)}"
    return finished(axes, title, grid="")


def _number(person: str) -> tuple[int, int]:
    """Seat and hire of a person: 'closer-12.1' is the first one hired for seat 12."""
    seat, _, hire = person.rpartition("-")[2].partition(".")
    return int(seat), int(hire or 0)


def _some(people: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """As many as there is room for, of each role in proportion, the first ones."""
    if len(people) <= MOST_PEOPLE:
        return people
    kept = []
    for role in dict.fromkeys(role for role, _ in people):
        mine = [each for each in people if each[0] == role]
        kept += mine[: max(1, len(mine) * MOST_PEOPLE // len(people))]
    return kept


def _office_days(calendar: WorkingCalendar, begin: float, end: float) -> list[float]:
    """Midnights of the days with office hours, elapsed hours."""
    nights = np.arange(begin, end, 24.0)
    worked = calendar.working_between(nights, nights + 24.0)
    return [float(night) for night, hours in zip(nights, worked, strict=True) if hours > 0]


def _person(result: Result, structure: str, person: str, t: Texts) -> str:
    """'Closer 2'; with a stroke for each time that somebody was hired for the seat."""
    role, _, number = person.rpartition("-")
    titles = role_titles(result.cases[structure].structure)
    seat, _, hired = number.partition(".")
    return f"{t.title(titles.get(role, role))} {seat}{'′' * int(hired or 0)}"
