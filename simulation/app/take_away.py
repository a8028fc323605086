"""What can be taken away: files that are there at once, and those that a job has made."""

from __future__ import annotations

import re

from simulation.app.drafts import Draft, Taken
from simulation.intake.workbook_form import workbook_form
from simulation.sense.written_out import written_out

AT_ONCE = ("scenario", "form")
"""Files that are made when they are asked for: YAML, and the workbook to fill in."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken(draft: Draft, what: str) -> Taken | None:
    """A file of a draft; None where there is none of the name, or none yet."""
    name = file_name(draft)
    if what == "scenario":
        text = written_out(draft.scenario)
        return Taken(draft.version, f"{name}.yaml", "application/yaml; charset=utf-8", text.encode())
    if what == "form":
        return Taken(draft.version, f"{name}.xlsx", SHEET, workbook_form(draft.scenario, draft.language))
    return draft.taken.get(what)


def file_name(draft: Draft) -> str:
    """The title of a department as the name of a file, without an ending."""
    return named(draft.scenario.provenance.title)


def named(title: str) -> str:
    """A title as the name of a file."""
    return re.sub(r"[^\w-]+", "-", title).strip("-")[:60] or "department"
