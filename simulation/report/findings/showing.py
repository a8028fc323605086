"""The kinds of findings and how each is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.report.page.blocks import Part
from simulation.study.finding import Finding
from simulation.study.kinds import kind_of
from simulation.texts import Texts, language_of, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


@dataclass(frozen=True)
class Showing:
    """How one kind of finding is shown.

    Attributes:
        terminal: finding, width of the window and language to what is printed.
        charts: finding and language to drawings by the name of their file, without the ending.
        part: finding and language to its part of the page, charts among its blocks.
    """

    terminal: Callable[[Any, int, Texts], Iterable[RenderableType]]
    charts: Callable[[Any, Texts], dict[str, Figure]]
    part: Callable[[Any, Texts], Part]


def showing(finding: Finding) -> Showing:
    """How a finding is shown.

    Raises:
        KeyError: nothing is known of its kind.
    """
    found: Showing = import_module(f"simulation.{kind_of(finding.kind).show}").SHOWING
    return found


def charts(finding: Finding, lang: str | None = None) -> dict[str, Figure]:
    """The charts of a finding by name, to be shown in a notebook or restyled.

    Args:
        finding: what a study brought.
        lang: 'en' or 'ru'; that of the scenario's locale when None.
    """
    return showing(finding).charts(finding, texts(lang or language_of(finding.scenario.locale)))


def sentences(finding: Finding, words: Texts) -> Sequence[str]:
    """What a finding says, in a language."""
    return [words.again(each) for each in finding.sentences]
