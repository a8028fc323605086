"""Tables that a director can read: what happened under each structure, differences, load, losses.

Every function takes a result of `analysis` and returns something that rich can print. Nothing is computed
here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulation.analysis.catalogue import REASON_TITLES, describe
from simulation.analysis.comparison import Comparison, Result
from simulation.analysis.unbilled import LATE
from simulation.report.cells import mean_and_interval, scale_of_all, scale_of_measure, section_tables
from simulation.report.grid import aligned, plain_table, settled, side_by_side
from simulation.report.history_tables import history_lines
from simulation.report.left_out import LeftOut
from simulation.report.money_tables import money_part, weak_link_part
from simulation.report.numbers import NOTHING, percent, plain, scale_of, sure
from simulation.report.staff_tables import staff_part
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import say

SECTIONS: dict[str, tuple[str, ...]] = {
    "Leads": (
        "leads",
        "answered",
        "lost_unanswered",
        "answered_within_1h",
        "answered_within_1d",
        "response_hours",
        "response_working_hours",
        "qualified",
    ),
    "Sales": ("deals", "win_rate", "win_rate_arrived", "open_share", "cycle_days", "average_deal", "orders"),
    "Money": (
        "revenue",
        "gross_margin",
        "payroll",
        "costs",
        "profit",
        "start_value",
        "end_value",
        "profit_with_end_value",
        "plan_attainment",
    ),
    "Late and unbilled work": LATE,
    "Customers, pipeline, people": ("customers_end", "customers_lost", "pipeline_end", "utilisation"),
}
"""Measures of the main table by its sections, in their order."""

DIFFERENCES = (
    "leads",
    "answered_within_1h",
    "qualified",
    "deals",
    "win_rate",
    "open_share",
    "revenue",
    "gross_margin",
    "payroll",
    "costs",
    "profit",
    "profit_with_end_value",
    "plan_attainment",
    "customers_end",
)
"""Measures of the table of differences; the deciding one is added where it is not among them."""

PLANNED = (
    "Planned load: expected work over the time there is, for practised people and when nobody is lost by waiting; "
    "an upper bound of what demand takes. The other columns are simulated."
)
"""What the first column of the load table means."""

INDENT = 2  # of roles below their structure


def heading(result: Result) -> Text:
    """What was simulated, in two lines."""
    experiment, runs = result.scenario.experiment, result.runs
    text = Text(result.scenario.provenance.title, style="bold")
    years = f"{plain(runs.finished)} {'replication' if runs.finished == 1 else 'replications'}"
    months = f"{experiment.months} {'month' if experiment.months == 1 else 'months'}"
    begin = {
        "mature": "every structure already practised",
        "today": "people and customers as they are today, put into each structure",
        "new": "nobody has practised yet",
    }[experiment.begin]
    text.append(
        f"\n{months} from {experiment.start}, {years} (seed {runs.seed}); {begin}.",
        style="not bold",
    )
    if runs.finished > 1:
        text.append(f" Means with their {percent(result.level)} interval.", style="not bold")
    return text


def measures_tables(result: Result, width: int) -> list[Table]:
    """Mean and interval of the main measures, a column per structure.

    Args:
        result: what was simulated.
        width: characters of a line; structures that do not fit beside each other follow in further tables.
    """
    return section_tables(result, SECTIONS, width)


def year_table(scenario: Scenario, replication: int, values: Mapping[str, Mapping[str, float]], width: int) -> Group:
    """The main measures of one possible year, a column per structure.

    Args:
        scenario: the scenario.
        replication: number of the year.
        values: measures by structure.
        width: characters of a line; structures that do not fit follow in further tables.
    """
    names = [name for names in SECTIONS.values() for name in names]
    names = [name for name in names if any(math.isfinite(each.get(name, math.nan)) for each in values.values())]
    scales = {
        name: scale_of(
            describe(name).unit,
            [each.get(name, math.nan) for each in values.values()],
            (),
            scenario.currency,
            scenario.locale,
        )
        for name in names
    }
    labels = [(describe(name).title, scales[name].unit) for name in names]
    cells = {
        key: aligned([(scales[name].text(each.get(name, math.nan)), "") for name in names])
        for key, each in values.items()
    }
    titles = structure_titles(scenario, list(values))
    title = Text(f"{scenario.provenance.title}: possible year {replication} (seed {scenario.experiment.seed})", "bold")
    rows = list(zip([""] * len(names), labels, strict=True))
    return Group(title, *side_by_side(titles, rows, cells, width))


def difference_tables(comparison: Comparison) -> list[Table]:
    """Each structure less the baseline: intervals alone and together, years better, certainty."""
    rows = comparison.differences()
    wanted = dict.fromkeys((*DIFFERENCES, comparison.measure))
    tables = []
    for structure in comparison.structures:
        if structure == comparison.baseline:
            continue
        found = {row["measure"]: row for row in rows[rows["structure"] == structure].to_dict("records")}
        paired = comparison.values.paired(structure, comparison.baseline)
        interval = f"{percent(comparison.level)} interval"
        table = plain_table("", "", "mean", interval, "years better", "years equal", "mean better")
        same = "in the same years" if paired else "in years of their own"
        titles = comparison.titles
        table.title = f"{titles[structure]} less {titles[comparison.baseline]}, {same}"
        for name in wanted:
            if name in found and math.isfinite(found[name]["mean"]):
                for row in _difference_rows(comparison, name, found[name]):
                    table.add_row(*row)
        tables.append(settled(table))
    return tables


def load_table(result: Result) -> RenderableType:
    """Load per role of each structure, planned and simulated with intervals; and the regime in words."""
    table = plain_table("Load", "", "planned load", "busy: demand", "busy: prospecting", "busy: all")
    scale = scale_of_all(result, [name for name in result.measures if _is_load(name)])
    rows: list[tuple[str, str]] = []  # structure and role
    columns: list[list[tuple[str, str]]] = [[], [], []]
    planned: list[str] = []
    for structure, regime in result.regimes.items():
        for role, load in regime.roles.items():
            rows.append((structure, role))
            planned.append(_share(load.expected))
            names = (f"load.{load.name}", f"time.{load.name}.prospect", f"utilisation.{load.name}")
            for column, name in zip(columns, names, strict=True):
                column.append(mean_and_interval(result, structure, name, scale))
    cells = [aligned(column) for column in columns]
    before = ""
    for number, (structure, role) in enumerate(rows):
        if structure != before:
            table.add_row(Text(result.titles[structure], style="bold"))
            before = structure
        label = Padding(role, (0, 0, 0, INDENT))
        table.add_row(label, "%", planned[number].removesuffix(" %"), *(column[number] for column in cells))
    words = [Text(regime.text) for regime in result.regimes.values()]
    return Group(settled(table), Text(PLANNED), *words)


def lost_table(result: Result, width: int) -> list[Table]:
    """Mean number of leads lost by reason with its interval, a column per structure.

    Args:
        result: what was simulated.
        width: characters of a line; structures that do not fit beside each other follow in further tables.
    """
    titles, summaries = result.titles, result.summaries
    reasons = [r for r in REASON_TITLES if any(summaries[name][f"lost.{r}"].mean > 0 for name in titles)]
    scales = {reason: scale_of_measure(result, f"lost.{reason}") for reason in reasons}
    cells = {
        name: aligned([mean_and_interval(result, name, f"lost.{reason}", scales[reason]) for reason in reasons])
        for name in titles
    }
    tables = side_by_side(titles, [("", (REASON_TITLES[reason], "")) for reason in reasons], cells, width)
    for table in tables:
        table.columns[0].header = "Lost leads"
        settled(table)
    return tables


def verdict_text(comparison: Comparison) -> Text:
    """The verdict and what must be known before it is believed."""
    text = caution_text(comparison, first=True)
    text.append("Verdict: ", style="bold")
    text.append(comparison.verdict.text, style="not bold")
    after = caution_text(comparison, first=False)
    return text.append("\n").append(after) if after else text


def caution_text(result: Result, first: bool) -> Text:
    """The cautions that stand above the verdict, each on a line, or those below it."""
    text = Text()
    for caution in [each for each in result.cautions if each.first is first]:
        text.append("Caution: ", style="bold yellow")
        text.append(f"{caution.text}\n", style="not bold")
    if not first:
        text.rstrip()
    return text


def sources_text(result: Result) -> Text:
    """How many figures of the scenario say where they come from."""
    figures = result.scenario.provenance.figures.values()
    named = sum(bool(figure.source) for figure in figures)
    ranges = sum(figure.range is not None for figure in figures)
    return Text(
        f"Inputs: figures with a source: {named}, with a range: {ranges}; "
        "`show` prints every value and where it comes from."
    )


def report(
    result: Result, width: int, links: Mapping[str, WeakLink] | None = None, left: LeftOut | None = None
) -> list[RenderableType]:
    """Everything about a result, in the order in which it is read: the verdict stands last, above the prompt.

    Args:
        result: a result, or a comparison.
        width: characters of a line.
        links: weak links by structure, where they were asked for.
        left: takes what cannot be made; an error ends the report when None.
    """
    parts: list[RenderableType] = [heading(result)]
    makers: dict[str, Callable[[], Sequence[RenderableType]]] = {
        "measures": lambda: measures_tables(result, width),
        "differences": lambda: difference_tables(result) if isinstance(result, Comparison) else (),
        "load": lambda: [load_table(result)],
        "lost leads": lambda: lost_table(result, width),
        "staff": lambda: staff_part(result, width),
        "money": lambda: money_part(result, width),
        "weak link": lambda: weak_link_part(result, links or {}),
        "sources": lambda: [sources_text(result)],
        "precision": lambda: [Text(result.precision.text)] if result.precision is not None else (),
        "own year": lambda: [Text(line) for line in history_lines(result)] if isinstance(result, Comparison) else (),
        "verdict": lambda: _judged(result),
    }
    return _apart([*parts, *_parts(makers, left)])


def report_again(result: Result, links: Mapping[str, WeakLink], left: LeftOut) -> list[RenderableType]:
    """What came to a result after its report was printed: weak links, and the verdict over the inputs' ranges."""
    makers: dict[str, Callable[[], Sequence[RenderableType]]] = {}
    if links:
        makers["weak link"] = lambda: weak_link_part(result, links)
    if isinstance(result, Comparison) and result.over_inputs:
        makers["verdict"] = lambda: _judged(result)
    return _apart(_parts(makers, left))


def _parts(makers: Mapping[str, Callable[[], Sequence[RenderableType]]], left: LeftOut | None) -> list[RenderableType]:
    """What these make; one that fails is left out."""
    parts: list[RenderableType] = []
    for name, make in makers.items():
        with left.part(say("left-out-table", name=name)) if left is not None else nullcontext():
            parts += make()
    return parts


def _apart(parts: Sequence[RenderableType]) -> list[RenderableType]:
    """An empty line between parts."""
    return [each for part in parts for each in (part, Text())][:-1]


def _judged(result: Result) -> list[RenderableType]:
    """The verdict with its cautions; of single structures what must be known of them."""
    if isinstance(result, Comparison):
        return [verdict_text(result)]
    return [caution_text(result, first=True)] if result.cautions else []


def _is_load(measure: str) -> bool:
    """Whether a measure is the share of a role's time in one of the columns of the load table."""
    family, *rest = measure.split(".")
    return bool(rest) and (family in ("load", "utilisation") or (len(rest) > 1 and rest[-1] == "prospect"))


def _difference_rows(comparison: Comparison, measure: str, found: Mapping[Any, Any]) -> Iterator[list[str | Text]]:
    """The row of a measure, and for those of the verdict a second one with the interval that holds together."""
    read = describe(measure)
    scenario = comparison.scenario
    half = (found["high"] - found["low"]) / 2
    scale = scale_of(read.unit, [found["mean"]], [half], scenario.currency, scenario.locale)
    together = measure in comparison.verdict_measures and math.isfinite(half) and half > 0
    certain = together and (found["joint_low"] > 0 or found["joint_high"] < 0)
    gain = (found["mean"] > 0) == (read.upwards)
    undirected = read.higher_is_better is None
    yield [
        read.title,
        "% points" if read.unit == "share" else scale.unit,
        Text(scale.text(found["mean"], signed=True), style=("green" if gain else "red") if certain else ""),
        scale.interval(found["low"], found["high"], signed=True) if math.isfinite(half) else "",
        NOTHING if undirected else _years(found),
        _share(found["share_of_years_tied"]),
        NOTHING if undirected else sure(found["confidence_mean_better"]),
    ]
    if together:
        joint = scale.interval(found["joint_low"], found["joint_high"], signed=True)
        yield ["  read together", "", "", joint, "", "", ""]


def _years(found: Mapping[Any, Any]) -> str:
    """A share of years with its interval."""
    share = found["share_of_years_better"]
    if math.isnan(share):
        return NOTHING
    if found["share_of_years_tied"] == 1.0:
        return percent(share)  # equal in every year: nothing of it is chance
    low, high = (percent(found[f"share_of_years_better_{end}"]).removesuffix(" %") for end in ("low", "high"))
    return f"{percent(share)} ({low} … {high})"


def _share(value: float) -> str:
    return "∞" if math.isinf(value) else NOTHING if math.isnan(value) else percent(value)
