"""A part of a report as HTML of the owner's page: paragraphs, lists, tables and pictures."""

from __future__ import annotations

import base64
import html
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.scenario.key_words import without_keys
from simulation.texts import Texts

if TYPE_CHECKING:
    from simulation.report.page.blocks import Part

LETTERS = "system-ui, 'Segoe UI', Roboto, Arial, 'DejaVu Sans', sans-serif"
_LABEL = re.compile(r'aria-label="([^"]*)"')


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Where the templates are; whatever comes from a scenario is escaped."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"image": image, "label": label}
    return made


def rendered(name: str, t: Texts, **values: Any) -> str:
    """A template in a language."""
    return environment().get_template(name).render(t=t, language=t.language, **values)


def html_of(part: Part, t: Texts) -> str:
    """A part of a report; keys that it names by their titles."""
    return without_keys(rendered("part.html", t, part=part), t)


def image(svg: str) -> str:
    """A chart as the address of an image: in the page itself its styles would be forbidden by the page's policy."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    alone = svg.replace("<svg", f'<svg {spaces} style="font-family: {LETTERS}"', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(alone.encode()).decode('ascii')}"


def label(svg: str) -> str:
    """What a chart shows, in words."""
    found = _LABEL.search(svg)
    return html.unescape(found[1]) if found is not None else ""
