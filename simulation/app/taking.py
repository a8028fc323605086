"""Files that take a while to make: the page, a copy of it without pay, the workbook, the charts.

Runs in a process of its own. The page is the report, with the scenario in it, which the program opens again, and a
small grid of years that were played beforehand, so that two sliders move without the program.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.app import fields
from simulation.app.asking import laboratory
from simulation.app.blocks import rendered
from simulation.app.hiding import amounts, hidden, without, without_amounts
from simulation.app.pictures import strips
from simulation.app.take_away import SHEET, named
from simulation.app.worker_process import Desk
from simulation.app.years import Memory, look_at, years
from simulation.scenario.titles import role_titles, structure_titles
from simulation.study.lab import Case, Lab, years_of
from simulation.study.variation import Variable, variable, varied
from simulation.texts import Texts, say, texts
from simulation.written.errors import ScenarioError

if TYPE_CHECKING:
    from simulation.analysis.executor import Outcome
    from simulation.analysis.results import Comparison, Result
    from simulation.scenario.scenario import Scenario

STEPS, GAME_YEARS = 5, 12
"""Values of each slider of the game, and years at each pair of them."""
BEFORE = '<section id="appendix">'
"""What of the report the game stands before."""
HTML = "text/html; charset=utf-8"
Made = tuple[str, str, bytes]
"""A file: its name, its type, what is in it."""


def page(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> Made:
    """The page to be sent: report, scenario and game.

    Args:
        desk: of the task.
        scenario: the department.
        given: 'x' and 'y': paths of the two figures that move.
        language: of the page.

    Raises:
        CalledOffError: nobody wants it any more.
        RuntimeError: every year failed.
    """
    from simulation.report.output_folder import LeftOut
    from simulation.report.page.write import page as report

    t, lab = texts(language), laboratory(desk)
    result = _result(scenario, lab)
    html = report(result, language, left=LeftOut())
    if (made := game(scenario, given, lab, t)) is not None:
        part, script = made
        before, found, after = html.partition(BEFORE)
        if not found:
            raise RuntimeError(say("app-job-failed"))
        html = f"{before}{part}\n{found}{after}".replace("</body>", f"<script>{script}</script>\n</body>", 1)
        html = html.replace("<head>", f"<head>\n{policy(script)}", 1)
    return f"{named(scenario.provenance.title)}.html", HTML, html.encode()


def copy(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> Made:
    """A copy without pay: no amount of it, also in titles, and no scenario inside; arguments as `page`.

    Raises:
        CalledOffError: nobody wants it any more.
    """
    t, lab = texts(language), laboratory(desk)
    done: dict[int, Outcome] = {}
    total = scenario.experiment.replications
    if desk.memory is None:
        desk.memory = Memory(desk.store)
    years(desk, scenario, tuple(scenario.structures), range(total), done)
    scenario = without_amounts(scenario)
    look = look_at(scenario, done, total)
    made = game(scenario, {axis: path for axis, path in given.items() if not hidden(path)}, lab, t)
    part, script = made if made is not None else ("", "")
    titles = structure_titles(scenario)
    html = rendered(
        "copy.html",
        t,
        title=t.title(scenario.provenance.title),
        style=(Path(__file__).parent / "static" / "copy.css").read_text(encoding="utf-8"),
        said=[t.again(each) for each in look.said],
        look=look,
        strips=strips(look, t),
        structures=[(t.title(titles[name]), _heads(scenario, name, t)) for name in scenario.structures],
        figures=_figures(scenario, t),
        game=part,
        script=script,
        policy=policy(script) if script else "",
    )
    return f"{named(scenario.provenance.title)}-{t('app-file-copy')}.html", HTML, html.encode()


def book(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> Made:
    """The workbook; arguments as `page`.

    Raises:
        CalledOffError: nobody wants it any more.
        RuntimeError: every year failed.
    """
    from simulation.report.book import write_book

    result = _result(scenario, laboratory(desk))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_book(result, path, language)
        content = path.read_bytes()
    return f"{named(scenario.provenance.title)}-{texts(language)('app-file-book')}.xlsx", SHEET, content


def charts(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> Made:
    """The charts as pictures in one packed file; arguments as `page`.

    Raises:
        CalledOffError: nobody wants it any more.
        RuntimeError: every year failed.
    """
    from simulation.report.plot.gallery import asked, single
    from simulation.report.plot.style import save

    result = _result(scenario, laboratory(desk))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in asked(result, language, (), single(result)):
            desk.look()
            drawn = io.BytesIO()
            save(each.drawn(), drawn, "png")
            packed.writestr(f"{each.name}.png", drawn.getvalue())
    return (
        f"{named(scenario.provenance.title)}-{texts(language)('app-file-charts')}.zip",
        "application/zip",
        out.getvalue(),
    )


def _result(scenario: Scenario, lab: Lab) -> Result:
    """All years, whole.

    Raises:
        KeyboardInterrupt: they were called off.
        RuntimeError: every year failed.
    """
    from simulation.analysis.comparison import compare, simulate

    what = say("progress-compare")
    if len(scenario.structures) < 2:
        return years_of(lab.whole(what, simulate, scenario))
    found: Comparison = years_of(lab.whole(what, compare, scenario))
    return found


# --- the game ---------------------------------------------------------------------------------------------------------


def game(scenario: Scenario, given: Mapping[str, str], lab: Lab, t: Texts) -> tuple[str, str] | None:
    """Two sliders over years that were played beforehand: a part of the page, and its script; None without two.

    Raises:
        KeyboardInterrupt: it was called off.
    """
    there = {each.path: each for each in fields.fields_of(scenario)}
    wanted = [there[path] for path in dict.fromkeys((given.get("x", ""), given.get("y", ""))) if path in there]
    if len(wanted) != 2 or len(scenario.structures) < 2:
        return None
    axes = [(each, variable(scenario, each.path), _values(each)) for each in wanted]
    means = _grid(scenario, axes[0][1], axes[0][2], axes[1][1], axes[1][2], lab)
    titles = structure_titles(scenario)
    told = {
        "titles": [t.title(titles[name]) for name in scenario.structures],
        "x": list(axes[0][2]),
        "y": list(axes[1][2]),
        "means": means,
        "unit": t.style.currency(scenario.currency),
        "locale": t.language,
        "ahead": t("app-game-ahead", best="{best}", rival="{rival}", amount="{amount}"),
        "texts": [[_told(each, value, t) for value in values] for each, _, values in axes],
    }
    part = rendered(
        "game.html",
        t,
        years=GAME_YEARS,
        titles=told["titles"],
        axes=[
            {"title": title[:1].upper() + title[1:], "most": len(values) - 1, "at": _nearest(values, each.value)}
            for (each, what, values) in axes
            for title in (t.again(what.title),)
        ],
        data=json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return part, (Path(__file__).parent / "static" / "game.js").read_text(encoding="utf-8")


def _values(each: fields.Field) -> tuple[float, ...]:
    """Values of a slider: even steps from end to end."""
    if each.whole:
        low, high = round(each.low), round(each.high)
        return tuple(dict.fromkeys(float(round(low + n * (high - low) / (STEPS - 1))) for n in range(STEPS)))
    return tuple(float(f"{each.low + n * (each.high - each.low) / (STEPS - 1):.6g}") for n in range(STEPS))


def _told(each: fields.Field, value: float, t: Texts) -> str:
    """A value whose unit stays beside its number."""
    return fields.written(each, t, value).replace(" ", "\u00a0")


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda n: abs(values[n] - value))


def _grid(
    scenario: Scenario, x: Variable, xs: Sequence[float], y: Variable, ys: Sequence[float], lab: Lab
) -> list[list[list[float | None]]]:
    """Means of the measure by structure, at each pair of values."""
    names = list(scenario.structures)
    places = [(a, b) for a in xs for b in ys]
    cases: list[Case] = []
    kept: list[int] = []
    for n, (a, b) in enumerate(places):
        try:
            made = varied(scenario, {x: a, y: b})
        except ScenarioError:
            continue
        kept.append(n)
        cases += [Case(made, name) for name in names]
    found = lab.measure(cases, range(GAME_YEARS), [scenario.experiment.measure])[:, :, 0].mean(axis=1)
    means: dict[int, list[float | None]] = {}
    for k, n in enumerate(kept):
        row = found[k * len(names) : (k + 1) * len(names)]
        means[n] = [round(float(value)) if np.isfinite(value) else None for value in row]
    nothing: list[float | None] = [None] * len(names)
    return [[means.get(i * len(ys) + j, nothing) for j in range(len(ys))] for i in range(len(xs))]


def policy(script: str) -> str:
    """What a page says of itself that nothing but this very script may run in it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


# --- a copy without pay -----------------------------------------------------------------------------------------------


def _heads(scenario: Scenario, structure: str, t: Texts) -> list[str]:
    """Positions of a structure, numbered: nobody is named."""
    spec = scenario.structures[structure]
    return [
        t("app-copy-position", role=t.title(title), number=number)
        for role, title in role_titles(spec).items()
        for number in range(1, spec.roles[role].headcount + 1)
    ]


def _figures(scenario: Scenario, t: Texts) -> list[tuple[str, str]]:
    """Figures of the description that say nothing of pay."""
    known = amounts(scenario)
    shown: list[tuple[str, str]] = []
    for each in fields.fields_of(scenario):
        if not each.main or each.counted or hidden(each.path):
            continue
        what: Any = variable(scenario, each.path).title
        title = without(t.again(what), known)  # a stage has its name in it
        unit = fields.unit_of(each, scenario.currency, t)
        shown.append((title[:1].upper() + title[1:], f"{_told(each, each.value, t)} {unit}".strip()))
    return shown
