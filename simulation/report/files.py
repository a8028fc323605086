"""The folder of `--out`: everything about a result in plain files, for a spreadsheet or another program.

`summary.json` (means, differences, verdict), `replications.csv` (a row per year and structure), `months.csv`
(a row per month), `weeks.csv` (a row per week), `funnel.csv` (what leads did in each stage), `columns.csv` (what the
columns of these two are), `events.csv` where events were kept (as pm4py reads it), `scenario.resolved.yaml` (the
scenario with nothing left to resolve), `inputs.csv` (every value with its origin, range and source), `budget.csv`
(a row per line of the budget and month, planned and simulated), `control_2q1d.csv` (the control sheet by month),
`book.xlsx` (all of it for a client, with formats, charts and totals as formulas), `report.html` (the page for an
owner), `chart-NAME.png` and `.svg` where they were asked for,
`comparison.png` (the picture), `break_even.png` (costs and revenue against volume), `staffing.png` (positions and
people over the months, where anybody comes or leaves)
and `run.json` (version, date, command, failures, cautions).
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.analysis.break_even import break_even
from simulation.analysis.budget import against_budget, against_plan
from simulation.analysis.business_catalogue import OF_CHANNEL, OF_PROCESS
from simulation.analysis.comparison import Comparison, Result
from simulation.analysis.control import control_2q1d
from simulation.analysis.runs import Runs
from simulation.report.book import write_book
from simulation.report.findings import add_charts, add_values, drawn_earlier
from simulation.report.output_folder import PAGE, LeftOut, OutputFolder, as_csv, as_json, as_yaml, made_by, packages
from simulation.report.page.write import page
from simulation.report.plot.comparison import profit
from simulation.report.plot.gallery import asked
from simulation.report.plot.money import break_evens
from simulation.report.plot.months import staffing
from simulation.report.plot.style import save
from simulation.report.staff_tables import people_move
from simulation.scenario import describe
from simulation.scenario.scenario import Scenario
from simulation.study.compare.best import AtBest
from simulation.study.kind import Finding
from simulation.study.transition.answer import Transition
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import language_of, say, texts

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

SCHEMA_VERSION = 2
"""Version of `summary.json`; it rises when a key changes its name or meaning."""

FILES = (
    "summary.json",
    "replications.csv",
    "months.csv",
    "weeks.csv",
    "funnel.csv",
    "columns.csv",
    "events.csv",
    "inputs.csv",
    "control_2q1d.csv",
    "budget.csv",
    "best.json",
    "best.yaml",
    "book.xlsx",
    PAGE,
    "comparison.png",
    "break_even.png",
    "staffing.png",
    "run.json",
)
NUMBERED = ("scenario-*.resolved.yaml", "chart-*.png", "chart-*.svg")
"""Patterns of the files of which there are as many as it takes."""
SUMMARY_KEYS = (
    *("mean", "low", "high", "sd", "p05", "p50", "p95"),
    *("p05_low", "p05_high", "p50_low", "p50_high", "p95_low", "p95_high"),
)
DIFFERENCE_KEYS = (
    "mean",
    "low",
    "high",
    "joint_low",
    "joint_high",
    "share_of_years_better",
    "share_of_years_better_low",
    "share_of_years_better_high",
    "share_of_years_tied",
    "confidence_mean_better",
)
VERDICT_KEYS = ("measure", "best", "confidence", "text")


def write(
    result: Result,
    folder: OutputFolder,
    command: Iterable[str],
    links: Mapping[str, WeakLink] | None = None,
    *,
    transitions: Mapping[str, Transition] | None = None,
    language: str | None = None,
    charts: bool = False,
    findings: Sequence[Finding] = (),
    left: LeftOut | None = None,
) -> list[Path]:
    """Writes every file of a result: the numbers first, then what is made of them.

    A part that fails after that (a chart, the page, the workbook) is left out and named in `run.json`.

    Args:
        result: a result, or a comparison.
        folder: where to; files of an earlier result there are replaced.
        command: the command line that made it.
        links: weak links by structure, where they were asked for.
        transitions: the way from today's people to each structure; simulated when None.
        language: of the page, the workbook and the charts; that of the scenario's locale when None.
        charts: whether each chart is written as PNG and SVG too.
        findings: what studies of the same scenario found; they have files of their own and parts of the page.
        left: takes what cannot be made; `run.json` names it in any case.

    Returns:
        The files.

    Raises:
        OSError: the numbers cannot be written; then none of them is there. A later file that cannot be written is left
            out.
    """
    words = tuple(command)
    left = left or LeftOut(folder)
    first = write_numbers(result, folder, words, left)
    more = write_more(
        result, folder, words, left, links, transitions=transitions, language=language, charts=charts, findings=findings
    )
    return list(dict.fromkeys([*first, *more]))


def write_numbers(
    result: Result, folder: OutputFolder, command: Sequence[str], left: LeftOut | None = None
) -> list[Path]:
    """Writes what was simulated and came out, all at once: before anything is drawn or told of it.

    What an earlier run drew and told goes before the new numbers come.

    Args:
        result: a result, or a comparison.
        folder: where to.
        command: the command line that made it.
        left: takes what cannot be summed up, and earlier files that cannot be removed.

    Raises:
        OSError: a file cannot be written; then the folder is as it was before.
    """
    scenarios = _scenarios(result)
    left = left or LeftOut(folder)
    try:
        with left.part("summary.json", but=(OSError,)):
            folder.add("summary.json", as_json(summary(result)))
        as_csv(result.runs.replications, folder.reserve("replications.csv"))
        as_csv(result.runs.months, folder.reserve("months.csv"))
        as_csv(result.runs.weeks, folder.reserve("weeks.csv"))
        as_csv(occurring(result.runs.funnel), folder.reserve("funnel.csv"))
        for name, scenario in scenarios.items():
            folder.add(name, as_yaml(describe.resolved(scenario)))
        as_csv(inputs(scenarios), folder.reserve("inputs.csv"))
        folder.add("run.json", as_json(_whole_run(result, command, left)))
        earlier = [each.name for pattern in NUMBERED for each in folder.path.glob(pattern)]
        folder.clear([*FILES, *earlier], left.failed)
        return folder.finish()
    except BaseException:
        folder.abandon()
        raise


def write_more(
    result: Result,
    folder: OutputFolder,
    command: Sequence[str],
    left: LeftOut,
    links: Mapping[str, WeakLink] | None = None,
    *,
    transitions: Mapping[str, Transition] | None = None,
    language: str | None = None,
    charts: bool = False,
    findings: Sequence[Finding] = (),
    best: AtBest | None = None,
) -> list[Path]:
    """Writes what is made of the numbers; arguments as in ``write``. What fails is left out and named in `run.json`.

    Tables come first and get their names before anything is drawn.
    """
    try:
        if links or (
            isinstance(result, Comparison) and result.over_inputs
        ):  # it says more than when it was written first
            with left.part("summary.json"):
                folder.add("summary.json", as_json(summary(result, links)))
        named = add_values(findings, folder, left)
        if best is not None:
            with left.part("best.json"):
                folder.add("best.json", as_json(best.to_dict()))
                for label, scenario in best.scenarios.items():
                    name = folder.named(f"best-{label}", ".yaml") if label else "best.yaml"
                    folder.add(name, as_yaml(describe.resolved(scenario)))
        if result.runs.events is not None:
            with left.part("events.csv"):
                as_csv(event_log(result.runs.events), folder.reserve("events.csv"))
        with left.part("columns.csv"):
            spoken = language or language_of(result.scenario.locale)
            as_csv(described(result.runs, spoken), folder.reserve("columns.csv"))
        with left.part("control_2q1d.csv"):
            as_csv(control_2q1d(result), folder.reserve("control_2q1d.csv"))
        with left.part("budget.csv"):
            budgets = {name: against_budget(result, name).frame() for name in result.structures}
            as_csv(_stacked(budgets), folder.reserve("budget.csv"))
        made = folder.finish(drawn_earlier(named, folder), left.failed)
        with left.part("book.xlsx"):
            write_book(result, folder.reserve("book.xlsx"), language)
        add_charts(named, folder, left, language)
        with left.part(PAGE):
            told = {
                "links": links,
                "transitions": transitions,
                "command": tuple(command),
                "findings": findings,
                "best": best,
            }
            folder.add(PAGE, page(result, language, left=left, **told))  # type: ignore[arg-type]
        if isinstance(result, Comparison):
            with left.part("comparison.png"):
                save(profit(result, lang=language), folder.reserve("comparison.png"), "png", dpi=110)
        with left.part("break_even.png"):
            save(break_evens(result, lang=language), folder.reserve("break_even.png"), "png", dpi=110)
        with left.part("staffing.png"):
            if people_move(result):
                save(staffing(result, lang=language), folder.reserve("staffing.png"), "png", dpi=110)
        if charts:
            _charts(result, folder, left, language)
        made += folder.finish(failed=left.failed)
        with left.part("run.json"):
            folder.add("run.json", as_json(_whole_run(result, command, left)))
        return [*made, *folder.finish(failed=left.failed)]
    except BaseException:
        folder.abandon()
        raise


def _whole_run(result: Result, command: Sequence[str], left: LeftOut) -> dict[str, Any]:
    """What `run.json` holds."""
    whole = run_itself(result, command)
    with left.part(say("left-out-verdict")):
        whole |= judged(result)
    return whole | {"left_out": [each.to_dict() for each in left.missing]}


def _charts(result: Result, folder: OutputFolder, left: LeftOut, language: str | None) -> None:
    """Every chart as PNG and SVG."""
    for each in asked(result, language):
        what = f"chart-{each.name}"
        with left.part(what):
            figure = each.drawn()
            for kind in ("png", "svg"):
                save(figure, folder.reserve(folder.named(what, f".{kind}")), kind)


def occurring(funnel: pd.DataFrame) -> pd.DataFrame:
    """The funnel without channels, products and parts of which there was no lead in any year, and others' stages."""
    if not len(funnel):
        return funnel
    funnel = funnel[funnel["process"] != ""]
    came = funnel.groupby(["channel", "product", "part"], sort=False)["entered"].transform("sum")
    return funnel[came > 0]


def described(runs: Runs, language: str) -> pd.DataFrame:
    """What the columns of `weeks.csv` and `funnel.csv` are: file, column, unit, meaning in a language."""
    import pandas as pd

    t = texts(language)
    rows = []
    for file, frame in (("weeks.csv", runs.weeks), ("funnel.csv", runs.funnel)):
        for name in frame.columns:
            of_all, _, process = name.partition(".")
            unit, _, meaning = t(f"column-{file[:-4]}-{of_all.replace('_', '-')}").partition(": ")
            meaning = t("column-of-process", meaning=meaning, process=process) if process else meaning
            rows.append((file, name, unit, meaning))
    return pd.DataFrame(rows, columns=["file", "column", "unit", "meaning"])


def _stacked(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([frame.assign(structure=name) for name, frame in frames.items()], ignore_index=True)


def summary(result: Result, links: Mapping[str, WeakLink] | None = None) -> dict[str, Any]:
    """What `summary.json` holds: numbers as they are inside, None for what is undefined.

    ``comparison`` and ``verdict`` are None where a single structure was run.
    """
    whole = result.to_dict()
    names = list(dict.fromkeys(case.scenario.provenance.name for case in result.cases.values()))
    sheet = control_2q1d(result)
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": ", ".join(names),
        **{key: whole[key] for key in ("title", "currency", "seed", "replications", "months")},
        "floors": list(result.runs.floors),
        "structures": {
            structure: {
                "measures": {
                    measure: {key: values[key] for key in SUMMARY_KEYS} for measure, values in found["measures"].items()
                },
                **_business(result, structure, sheet),
                "weak_link": links[structure].to_dict() if links and structure in links else None,
            }
            for structure, found in whole["structures"].items()
        },
        "cautions": whole["cautions"],
        "precision": whole.get("precision"),
        "comparison": _comparison(whole["comparison"]) if "comparison" in whole else None,
        "verdict": {key: whole["verdict"][key] for key in VERDICT_KEYS} if "verdict" in whole else None,
    }


def _business(result: Result, structure: str, sheet: pd.DataFrame) -> dict[str, Any]:
    """The blocks of a structure about its money."""
    found = result.summaries[structure]
    plan = against_plan(result, structure)

    def means(*families: str) -> dict[str, dict[str, float]]:
        chosen = {name: each for name, each in found.items() if name.partition(".")[0] in families}
        return {name: {"mean": each.mean, "low": each.low, "high": each.high} for name, each in chosen.items()}

    rows = sheet[sheet["structure"] == structure].drop(columns="structure")
    return {
        "plan": None if plan is None else plan.to_dict(),
        "budget": against_budget(result, structure).to_dict(),
        "break_even": break_even(result, structure).to_dict(),
        "variation": means("revenue_cv", "revenue_cv_chance", "revenue_cv_equal"),
        "growth": means("growth"),
        "channels": {name: each for name, each in means(*OF_CHANNEL).items() if "." in name},
        "processes": means(*OF_PROCESS),
        "control_2q1d": [
            {
                key: None if _undefined(value) else (str(value)[:7] if key == "month" else value)
                for key, value in row.items()
            }
            for row in rows.to_dict("records")
        ],
    }


def _undefined(value: object) -> bool:
    """Whether a cell is undefined."""
    return value != value


def event_log(events: pd.DataFrame) -> pd.DataFrame:
    """An event log with the standard column names of process mining (XES), so that pm4py reads it as it is.

    A case is one lead or customer in one structure and year. Columns: case:concept:name, concept:name
    (activity), org:resource (person), org:role, start_timestamp, time:timestamp (end), outcome, overdue_hours
    (elapsed hours past its due time when it was begun), structure, replication.
    """
    case = events["structure"].astype(str) + "/" + events["replication"].astype(str) + "/" + events["case"].astype(str)
    log = events.rename(
        columns={
            "activity": "concept:name",
            "person": "org:resource",
            "role": "org:role",
            "start": "start_timestamp",
            "end": "time:timestamp",
        }
    ).assign(**{"case:concept:name": case})
    return log[
        [
            "case:concept:name",
            "concept:name",
            "org:resource",
            "org:role",
            "start_timestamp",
            "time:timestamp",
            "outcome",
            "overdue_hours",
            "structure",
            "replication",
        ]
    ]


def inputs(scenarios: Mapping[str, Scenario]) -> pd.DataFrame:
    """Every value of the scenarios: scenario, path, value, unit, origin, low, high, source, note."""
    import pandas as pd

    rows = []
    for scenario in scenarios.values():
        for row, figure in describe.sourced(scenario):
            low, high = figure.range if figure is not None and figure.range is not None else (None, None)
            rows.append(
                {
                    "scenario": scenario.provenance.name,
                    **row._asdict(),
                    "value": row.value.strip(),
                    "low": low,
                    "high": high,
                    "source": figure.source if figure is not None else "",
                    "note": figure.note if figure is not None else "",
                }
            )
    return pd.DataFrame(rows)


def run_itself(result: Result, command: Iterable[str]) -> dict[str, Any]:
    """How a result was made."""
    runs = result.runs
    files = (file for case in result.cases.values() for file in case.scenario.provenance.files)
    return {
        **made_by(command, files, runs.seed),
        "replications_requested": runs.requested,
        "replications_finished": runs.finished,
        "partial": runs.partial,
        "failures": runs.failures.to_dict("records"),
        "floors": list(runs.floors),
        "python": platform.python_version(),
        "packages": packages(),
    }


def judged(result: Result) -> dict[str, Any]:
    """What must be known before a result is believed: regimes, and of a comparison the verdict and its cautions."""
    record: dict[str, Any] = {"regimes": {name: regime.text for name, regime in result.regimes.items()}}
    if isinstance(result, Comparison):
        verdict = result.verdict
        record["verdict"] = {
            "told_apart": verdict.told_apart,
            "rival": verdict.rival,
            "contenders": list(verdict.contenders),
            "replications_needed": verdict.replications_needed,
            "assumptions": list(verdict.assumptions),
        }
    record["cautions"] = [{"code": each.code, "text": each.text} for each in result.cautions]
    return record


def _comparison(whole: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "baseline": whole["baseline"],
        "differences": {
            structure: {measure: {key: values[key] for key in DIFFERENCE_KEYS} for measure, values in found.items()}
            for structure, found in whole["differences"].items()
        },
    }


def _scenarios(result: Result) -> dict[str, Scenario]:
    """The scenarios of a result by the name of their file in the folder."""
    names = ["scenario.resolved.yaml", *(f"scenario-{n}.resolved.yaml" for n in range(2, len(result.scenarios) + 1))]
    return dict(zip(names, result.scenarios, strict=True))
