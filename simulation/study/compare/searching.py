"""Whether each structure's best is looked for after a comparison, and how deep: for the command and for studies.

Where nobody says how deep, it is 'quick' if that takes little time, and nothing else.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.study.compare import SEARCH
from simulation.texts import Phrase, worded

if TYPE_CHECKING:
    from simulation.analysis.results import Comparison
    from simulation.study.compare.best import AtBest, Depth
    from simulation.study.lab import Lab

PATIENCE = 60.0
"""Seconds that a search may take where nobody asked for it."""
Tell = Callable[[Phrase], None]


def depth_of(asked: Depth | None) -> Depth | None:
    """How deep a search goes: as asked, else as the environment has it; None where neither says so.

    Raises:
        UnknownName: the environment says something else.
    """
    found: Depth | None = asked or SEARCH.among(os.environ.get(SEARCH.variable) or None)
    return found


def is_searched(drawn: Comparison, depth: Depth | None) -> bool:
    """Whether there is anything to look for: it was not declined, and the years are all there."""
    return depth != "none" and not drawn.runs.partial and drawn.runs.finished >= 2


def searched(drawn: Comparison, depth: Depth | None, lab: Lab, tell: Tell) -> AtBest | None:
    """Each structure of a comparison at its best, with how firm the answer is.

    Args:
        drawn: the comparison of structures as they are drawn.
        depth: how deep; None: 'quick', where that takes little time.
        lab: where it is simulated.
        tell: is told how long it may take, or that it is left out.

    Returns:
        What was found; None where nothing was looked for.

    Raises:
        SelectionError: the measure is undefined in too many years.
    """
    from simulation.study.compare.at_best import at_best, seconds_of
    from simulation.study.compare.firmness import firmness, runs_of

    if not is_searched(drawn, depth):
        return None
    deep = depth or "quick"
    seconds = seconds_of(drawn, deep, lab, lab.jobs or os.cpu_count() or 1, runs_of(drawn))
    if depth is None and seconds > PATIENCE:
        tell(worded("at-best-too-long", minutes=math.ceil(seconds / 60)))
        return None
    tell(worded("at-best-time", seconds=math.ceil(seconds)))
    best = at_best(drawn, deep, lab)
    return replace(best, firm=firmness(best.comparison, lab))
