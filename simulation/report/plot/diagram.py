"""The department as a diagram: who hands work to whom, how much, and how much waits.

Here too: who did what when, in one possible month.
"""

from __future__ import annotations

import datetime as dt
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.replay import BASE, Flow, Place, flows, pieces, replay, years_of
from simulation.analysis.results import Result
from simulation.finance.spans import first_day
from simulation.report.plot.style import COLOURS, axes_of, empty, finished, literal, look, sheet, title_of, words
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.titles import channel_titles, role_titles
from simulation.texts import Percent, Texts
from simulation.world.world import shared_calendar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from simulation.scenario.structures import Structure

ORDER = ("prospect", "qualify", "sell", "paperwork", "serve", "upsell", "collect", "care")
"""Activities from the left to the right: a role stands where the first of its work on leads stands."""


ABOVE = 0.24
"""How far above a level arrow its label stands, in rows."""
WIDEST = 14
"""Letters of a line in a box."""
NOWHERE: Place = ("", "")
"""What stands where nobody works."""


def diagram(
    result: Result, structure: str | None = None, years: int = 2, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """Roles, channels and customers of a structure, with what passes between them a month and the queue at its end.

    Args:
        result: a result or a comparison.
        structure: the structure; the first one when None.
        years: possible years to replay for it, at most.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: there is no such structure.
    """
    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    seen = look(result, name)
    found = _worth_drawing(result, name, flows([replay(result, name, year) for year in years_of(result, years)]))
    columns = _columns(result, name, found)
    helpers = [role for role in _helpers(result, name) if any(flow.target == role for flow in found)]
    tallest = max(len(column) for column in columns)
    below = 1.15 if helpers else 0.0
    down = sheet().letters > 0  # a narrow sheet has below each other what a wide one has beside each other
    axes = axes_of(ax, 0.9 + 1.15 * len(columns) if down else 1.2 + 1.0 * (tallest + below))
    axes.set_axis_off()
    across, along = (-0.62, len(columns) - 0.38), (-0.55 - below, tallest - 0.45)
    axes.set_xlim(*(along if down else across))
    axes.set_ylim(*((-across[1], -across[0]) if down else along))
    finished(axes, t("chart-diagram", structure=title_of(result, name, t)), grid="")
    at: dict[Place, tuple[float, float]] = {}
    for place, column in enumerate(columns):
        for n, node in enumerate(column):
            at[node] = (float(place), (tallest - 1) / 2 + (len(column) - 1) / 2 - n)
    middle = (len(columns) - 1) / 2 + 0.5
    at |= {role: (middle + n - (len(helpers) - 1) / 2, -below) for n, role in enumerate(helpers)}
    if down:
        at = {node: (y, -x) for node, (x, y) in at.items()}
    boxes: dict[Place, Text] = {}
    for node, (x, y) in at.items():
        role = node[0] == "role"
        boxes[node] = axes.text(
            x,
            y,
            _label(result, name, node, t),
            ha="center",
            va="center",
            fontsize=9,
            zorder=3,
            bbox={
                "boxstyle": "round,pad=0.5" if role else "square,pad=0.4",
                "facecolor": "white",
                "edgecolor": seen.colour if role else "#777777",
                "linewidth": 2.0 if role else 1.0,
            },
        )
    drawn: set[frozenset[Place]] = set()
    for flow in found:
        back = frozenset((flow.source, flow.target)) in drawn
        drawn.add(frozenset((flow.source, flow.target)))
        _arrow(axes, boxes, at, flow, t, back)
    return axes


def _helpers(result: Result, structure: str) -> list[Place]:
    """Roles that only do papers and payments for the others: they stand below them."""
    roles = result.cases[structure].structure.roles
    return [
        ("role", name)
        for name, role in roles.items()
        if role.headcount
        and role.activities
        and {duty.activity for duty in role.activities} <= {"paperwork", "collect"}
    ]


def _worth_drawing(result: Result, structure: str, found: list[Flow]) -> list[Flow]:
    """Without what comes back from papers done, and what is a fiftieth of a role's work or less."""
    helpers = _helpers(result, structure)
    into: dict[Place, float] = {}
    for flow in found:
        into[flow.target] = into.get(flow.target, 0.0) + flow.a_month
    return [flow for flow in found if flow.source not in helpers and flow.a_month > into[flow.target] / 50]


def _columns(result: Result, structure: str, found: list[Flow]) -> list[list[Place]]:
    """What stands below one another, from the left to the right."""
    sources = list(dict.fromkeys(flow.source for flow in found if flow.source[0] == "channel"))
    roles = result.cases[structure].structure.roles
    touched = {flow.source for flow in found} | {flow.target for flow in found}
    working = {
        ("role", name): min(ORDER.index(duty.activity) for duty in role.activities if duty.activity in ORDER)
        for name, role in roles.items()
        if (role.headcount or ("role", name) in touched) and any(duty.activity in ORDER for duty in role.activities)
    }
    for helper in _helpers(result, structure):
        working.pop(helper, None)
    depth = _depth(found, [name for name in working if name in touched])
    layers: dict[int, list[Place]] = {}
    for name in sorted(depth, key=lambda name: working[name]):
        layers.setdefault(depth[name], []).append(name)
    columns = [sources] if sources else []
    columns += [layers[n] for n in sorted(layers)]
    if any(flow.source == BASE for flow in found):
        columns.append([BASE])
    return columns or [list(working) or [NOWHERE]]


def _depth(found: list[Flow], roles: list[Place]) -> dict[Place, int]:
    """How far from the channels a role stands: one more than the role that hands it most."""
    depth: dict[Place, int] = {}

    def of(role: Place, seen: tuple[Place, ...] = ()) -> int:
        if role in depth:
            return depth[role]
        into = [flow for flow in found if flow.target == role and flow.source in roles and flow.source not in seen]
        best = max(into, key=lambda flow: flow.a_month, default=None)
        outgoing = sum(flow.a_month for flow in found if best and flow.source == role and flow.target == best.source)
        value = 0 if best is None or outgoing > best.a_month else of(best.source, (*seen, role)) + 1
        depth[role] = value
        return value

    for role in roles:
        of(role)
    return depth


def _label(result: Result, structure: str, node: Place, t: Texts) -> str:
    kind, name = node
    if kind == "channel":
        title = t.title(channel_titles(result.cases[structure].scenario.market)[name])
        return literal(fill(title, WIDEST, break_long_words=False))
    if node == BASE:
        return t("chart-customers-axis")
    if node == NOWHERE:
        return ""
    spec = result.cases[structure].structure
    found = result.summaries[structure].get(f"utilisation.{name}")
    busy = "" if found is None or found.n == 0 else f"\n{t('chart-busy', share=Percent(found.mean))}"
    people = spec.roles[name].headcount or round(result.summaries[structure][f"positions.{name}"].mean)  # by a change
    title = fill(f"{people} × {t.title(role_titles(spec)[name])}", WIDEST, break_long_words=False)
    return literal(f"{title}{busy}")


def _arrow(
    ax: Axes, boxes: dict[Place, Text], at: dict[Place, tuple[float, float]], flow: Flow, t: Texts, back: bool
) -> None:
    (x0, y0), (x1, y1) = at[flow.source], at[flow.target]
    far, level = (y1 - y0, y0 == y1) if sheet().letters else (x1 - x0, x0 == x1)
    bend = 0.35 if back or abs(far) > 1.5 else (0.45 if level else 0.0)
    ax.annotate(
        "",
        (x1, y1),
        (x0, y0),
        arrowprops={
            "arrowstyle": "-|>",
            "mutation_scale": 14,
            "color": "#555555",
            "linewidth": 0.8 + min(2.0, flow.a_month / 60),
            "patchA": boxes[flow.source].get_bbox_patch(),
            "patchB": boxes[flow.target].get_bbox_patch(),
            "connectionstyle": f"arc3,rad={bend}",
        },
        zorder=1,
    )
    dx, dy = x1 - x0, y1 - y0
    # the middle of the curve lies half of its bend beside the straight line; a level arrow has its label above it
    x, y = (x0 + x1) / 2 + bend / 2 * dy, (y0 + y1) / 2 - bend / 2 * dx + (ABOVE if dy == 0 else 0.0)
    number = t.style.number(flow.a_month, 0 if flow.a_month >= 10 else 1)
    ax.text(
        x,
        y,
        t("chart-flow", number=number, queue=t.style.number(flow.queue, 1)),
        ha="center",
        va="center",
        fontsize=8,
        zorder=2,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.92, "pad": 1.0},
    )


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
    everybody = sorted(
        {(record.roles.index(piece.role), *_seat(case.structure, piece.person)[1:], piece.person) for piece in shown}
    )
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
    axes.set_yticks(list(row.values()), [literal(_person(case.structure, person, t)) for person in row])
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


def _seat(structure: Structure, person: str) -> tuple[str, int, int]:
    """Role, number and hire of a person: 'closer-12.1' is the first one hired for seat 12.

    The number of a position that has a name is below 1, in the order of the rows, and its name stands for the role.
    """
    named = [row.name for row in structure.staff]
    seat, _, hire = (person, "", "0") if person in named else person.rpartition(".")
    if seat in named:
        return seat, named.index(seat) - len(named), int(hire)
    role, _, number = person.rpartition("-")
    seat, _, hire = number.partition(".")
    return role, int(seat), int(hire or 0)


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


def _person(structure: Structure, person: str, t: Texts) -> str:
    """'Closer 2', or the name of the position; with a stroke for each time that somebody was hired for the seat."""
    name, number, hire = _seat(structure, person)
    shown = f"{t.title(role_titles(structure).get(name, name))} {number}" if number > 0 else name
    return shown + "′" * hire
