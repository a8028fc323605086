"""The department as a diagram: who hands work to whom, how much, and how much waits."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from simulation.analysis.replay import BASE, Flow, Place, flows, replay, years_of
from simulation.analysis.results import Result
from simulation.report.plot.style import axes_of, literal, look, title_of, words
from simulation.scenario.titles import channel_titles, role_titles
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

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
    axes = axes_of(ax, 1.2 + 1.0 * (tallest + below))
    axes.set_axis_off()
    axes.set_xlim(-0.62, len(columns) - 0.38)
    axes.set_ylim(-0.55 - below, tallest - 0.45)
    axes.set_title(t("chart-diagram", structure=title_of(result, name, t)), loc="left", fontsize=11)
    at: dict[Place, tuple[float, float]] = {}
    for place, column in enumerate(columns):
        for n, node in enumerate(column):
            at[node] = (float(place), (tallest - 1) / 2 + (len(column) - 1) / 2 - n)
    middle = (len(columns) - 1) / 2 + 0.5
    at |= {role: (middle + n - (len(helpers) - 1) / 2, -below) for n, role in enumerate(helpers)}
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
    bend = 0.35 if back or abs(x1 - x0) > 1.5 else (0.45 if x0 == x1 else 0.0)
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
