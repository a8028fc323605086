"""Sweep and map: the structures at many points, in the same possible years, and who is better where.

Start reading at `sweep`, which says how points lie; `winner_map` goes on where a cell is open and says where one
structure gets ahead, `resplit` gives each structure its best split in a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulation.study.kind import (
    PRECISION,
    REPLICATIONS,
    Asked,
    Kind,
    Mistake,
    Names,
    Option,
    Size,
    narrow,
    ranges_tried,
    tried,
)

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.field.sweep import Sweep
    from simulation.study.field.winner_map import WinnerMap
    from simulation.study.lab import Lab


def _check_sweep(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.study.lab import PLAN_MET
    from simulation.study.terms import terms

    if not asked.vary:
        yield Mistake("vary", "nothing is varied", allow="PATH=low:high:points, one or more")
    yield from ranges_tried(scenario, "vary", asked.vary or ())
    if asked.points is not None and asked.design == "grid":
        text = "--points is for --design lhs or sobol; a grid has the values of its ranges (PATH=a:b:n)"
        yield Mistake("points", text, whole=True)
    yield from tried("precision", lambda: narrow(asked))
    if asked.precision and terms(scenario, **asked.shared).measure == PLAN_MET:
        yield Mistake("precision", f"a precision of {PLAN_MET} cannot be asked for; allowed: another measure")


def _size_of_sweep(scenario: Scenario, asked: Asked) -> Size:
    from simulation.study.field.sweep import size_of
    from simulation.study.terms import terms
    from simulation.study.variation import parse_range

    agreed = terms(scenario, **asked.shared, replications=asked.replications)
    ranges = [parse_range(scenario, text) for text in asked.vary]
    points = size_of(ranges, asked.design, asked.points)
    return Size(points, len(agreed.structures), agreed.replications, "fewer points")


def _sweep(scenario: Scenario, asked: Asked, lab: Lab) -> Sweep:
    from simulation.study.field.sweep import sweep
    from simulation.study.variation import parse_range

    return sweep(
        scenario,
        [parse_range(scenario, text) for text in asked.vary],
        **asked.shared,
        replications=asked.replications,
        design=asked.design,
        points=asked.points,
        precision=narrow(asked),
        lab=lab,
    )


SWEEP = Kind(
    name="sweep",
    options=(
        Option(
            "vary",
            Names,
            "What to vary, from a to b in n values, or PATH=a,b,c; a dotted path of the scenario or a dial "
            "(specialisation, inbound, turnover, team). Several make a design of all.",
            required=True,
            metavar="PATH=a:b:n",
        ),
        Option(
            "design",
            Literal["grid", "lhs", "sobol"],
            "Every combination of the values, or --points spread over the ranges: Latin hypercube, Sobol' sequence.",
            "grid",
            shown=True,
        ),
        Option(
            "points",
            int,
            "Points of lhs or sobol (of sobol rounded up to a power of two).",
            shown="ten a variable",
            least=2,
            most=5_000,
        ),
        PRECISION,
        replace(REPLICATIONS, experiment=True),
    ),
    check=_check_sweep,
    answer=_sweep,
    show="study.field.show:SWEEP",
    finding="sweep",
    function="study.field.sweep:sweep",
    says="""See how the answer moves with values of the scenario.

    Compares the structures at each point in the same possible years, and says who wins where and how sure that is.
    """,
    asks="How the answer moves with values.",
    size=_size_of_sweep,
)


def _check_map(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.study.variation import parse_range

    wrong = [*_range_tried(scenario, "x", asked.x), *_range_tried(scenario, "y", asked.y)]
    yield from wrong
    if wrong:
        return
    along, upwards = (parse_range(scenario, text).variable for text in (asked.x, asked.y))
    if along == upwards:
        yield Mistake("y", f"--x and --y both vary {along.name}", whole=True)


def _range_tried(scenario: Scenario, option: str, text: str) -> Iterator[Mistake]:
    for each in ranges_tried(scenario, option, [text]):
        yield replace(each, number=None)


def _size_of_map(scenario: Scenario, asked: Asked) -> Size:
    from simulation.study.terms import terms
    from simulation.study.variation import parse_range

    agreed = terms(scenario, **asked.shared, replications=asked.replications)
    x, y = (len(set(parse_range(scenario, text).values)) for text in (asked.x, asked.y))
    return Size(x * y, len(agreed.structures), agreed.replications, "fewer cells", upto=True)


def _map(scenario: Scenario, asked: Asked, lab: Lab) -> WinnerMap:
    from simulation.study.field.winner_map import winner_map
    from simulation.study.variation import parse_range

    x, y = (parse_range(scenario, text) for text in (asked.x, asked.y))
    return winner_map(scenario, x, y, **asked.shared, replications=asked.replications, resplit=asked.resplit, lab=lab)


MAP = Kind(
    name="map",
    options=(
        Option("x", str, "What varies along the map, and its values.", required=True, metavar="PATH=a:b:n"),
        Option("y", str, "What varies upwards, and its values.", required=True, metavar="PATH=a:b:n"),
        Option("resplit", bool, "In each cell give every structure its best split of the same people first.", False),
        replace(
            REPLICATIONS,
            help="Possible years of a cell at most; cells whose winner is clear earlier get fewer.",
            experiment=True,
        ),
    ),
    check=_check_map,
    answer=_map,
    show="study.field.show:MAP",
    finding="map",
    function="study.field.winner_map:winner_map",
    says="""Map which structure wins over two values of the scenario.

    Replays the same possible years in each cell, more of them where the winner is open, and says where the border runs.
    """,
    asks="Who wins where, over two values.",
    size=_size_of_map,
)
