"""A department from exports of a CRM: what each column is taken for, what is left out, what no record can tell.

Runs in a process of its own. The files lie in a folder that the server has made; their names there are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.app.blocks import rendered
from simulation.app.worker_process import Desk
from simulation.texts import Texts, texts, worded
from simulation.written.errors import ScenarioError

if TYPE_CHECKING:
    from simulation.calibration.readers import ReadFile
    from simulation.scenario.scenario import Scenario

COLUMN, MARGIN, PAY, AS_OF, FOLDER = "c:", "margin", "pay", "as_of", "folder"
"""What the form has: the meaning of a column (`c:LAYOUT:HEADING`), what no record has, and where the files lie."""
WORDS = 400
"""Letters of a heading that is shown."""


def look(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> str:
    """What the files are taken for, column by column, as a form in which that can be put right.

    Raises:
        ScenarioError: a file cannot be read.
    """
    from simulation.calibration.readers import guess, meanings

    t = texts(language)
    mapping = _mapping(given)
    files: list[dict[str, Any]] = []
    for path in _files(given):
        desk.look()
        with _without_folder():
            found = guess(path, mapping=mapping)
        files.append({"found": found, "columns": _columns(found, t), "missing": _missing(found, t)})
    choices = {
        each["found"].layout: [(name, t.again(words)) for name, words in meanings(each["found"].layout).items()]
        for each in files
    }
    return rendered("records_files.html", t, files=files, choices=choices, given=given)


def fit(desk: Desk, scenario: Scenario, given: Mapping[str, str], language: str) -> tuple[str, Scenario]:
    """A department from the records: what was found, and the department itself.

    Raises:
        ScenarioError: the records cannot be read.
        RuntimeError: nothing can be said of them.
        CalledOffError: nobody wants it any more.
    """
    from simulation.calibration.calibrate import calibrate

    t = texts(language)

    def told(what: Any, step: int, steps: int) -> None:
        desk.look()
        desk.say("step", (what, step, steps))

    with _without_folder():
        found = calibrate(
            _files(given),
            _day(given.get(AS_OF, "")),
            mapping=_mapping(given),
            margin=_share(given.get(MARGIN, "")),
            pay=_amount(given.get(PAY, "")),
            worth=False,
            on_done=told,
        )
    html = rendered(
        "records_found.html",
        t,
        said=[t.again(each) for each in found.sentences],
        left=[(each.file, t.again(each.reason), each.count) for each in found.records.left_out],
        unknown=[(t.again(each.title), t.again(each.how)) for each in found.unknown],
    )
    return html, found.made.scenario(language).replace({"title": t("calibration-title")})


@contextmanager
def _without_folder() -> Iterator[None]:
    """Tells what is wrong with a file by its name alone: where it lies is nobody's here."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError([replace(each, file=Path(each.file).name) for each in error.problems]) from None


def _files(given: Mapping[str, str]) -> list[Path]:
    return sorted(path for path in Path(given[FOLDER]).rglob("*") if path.is_file())


def _mapping(given: Mapping[str, str]) -> Any:
    """What the form says of columns."""
    from simulation.calibration.readers import Mapping as Decided

    columns: dict[str, dict[str, str]] = {}
    for name, meaning in given.items():
        if name.startswith(COLUMN) and meaning:
            kind, _, heading = name[len(COLUMN) :].partition(":")
            columns.setdefault(kind, {})[heading] = meaning
    return Decided(columns=columns)


def _columns(found: ReadFile, t: Texts) -> list[dict[str, Any]]:
    return [
        {
            "header": each.header[:WORDS],
            "name": f"{COLUMN}{found.layout}:{each.header}",
            "meaning": each.meaning,
            "fate": t(f"app-fate-{each.fate}"),
            "samples": ", ".join(each.samples)[:WORDS],
        }
        for each in found.columns
    ]


def _missing(found: ReadFile, t: Texts) -> str:
    from simulation.calibration.readers import meanings

    known = meanings(found.layout)
    groups = [" / ".join(t.again(known[name]) if name in known else name for name in group) for group in found.missing]
    return "; ".join(groups)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise RuntimeError(worded("app-records-day", typed=typed)) from None


def _share(typed: str) -> float | None:
    from simulation.written.readers import parse_share

    return parse_share(typed, {}) if typed.strip() else None


def _amount(typed: str) -> float | None:
    from simulation.written.readers import parse_amount

    return parse_amount(typed, {}) if typed.strip() else None
