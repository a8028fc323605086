"""A part of a report as HTML of the owner's page: paragraphs, lists, tables and pictures."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.texts import Texts

if TYPE_CHECKING:
    from simulation.report.page.blocks import Part


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Where the templates are; whatever comes from a scenario is escaped."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(name: str, t: Texts, **values: Any) -> str:
    """A template in a language."""
    return environment().get_template(name).render(t=t, language=t.language, **values)


def html_of(part: Part, t: Texts) -> str:
    """A part of a report."""
    return rendered("part.html", t, part=part)
