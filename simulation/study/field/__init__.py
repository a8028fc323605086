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
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.field.sweep import Sweep
    from simulation.study.field.winner_map import WinnerMap
    from simulation.study.lab import Lab


def _check_sweep(scenario: Scenario, asked: Asked) -> Iterator[Mistake]:
    from simulation.study.lab import PLAN_MET
    from simulation.study.terms import terms

    if not asked.vary:
        yield Mistake("vary", worded("nothing-varied"), allow=worded("allowed-ranges"))
    yield from ranges_tried(scenario, "vary", asked.vary or ())
    if asked.points is not None and asked.design == "grid":
        text = worded("points-of-grid")
        yield Mistake("points", text, whole=True)
    yield from tried("precision", lambda: narrow(asked))
    if asked.precision and terms(scenario, **asked.shared).measure == PLAN_MET:
        yield Mistake("precision", worded("precision-of-share", plan_met=PLAN_MET))


def _size_of_sweep(scenario: Scenario, asked: Asked) -> Size:
    from simulation.study.field.sweep import size_of
    from simulation.study.terms import terms
    from simulation.study.variation import parse_range

    agreed = terms(scenario, **asked.shared, replications=asked.replications)
    ranges = [parse_range(scenario, text) for text in asked.vary]
    points = size_of(ranges, asked.design, asked.points)
    return Size(points, len(agreed.structures), agreed.replications, "fewer-points")


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
        Option("vary", Names, "option-sweep-vary", required=True, metavar="PATH=a:b:n"),
        Option("design", Literal["grid", "lhs", "sobol"], "option-sweep-design", "grid", shown=True),
        Option("points", int, "option-sweep-points", shown="shown-ten-a-variable", least=2, most=5_000),
        PRECISION,
        replace(REPLICATIONS, experiment=True),
    ),
    check=_check_sweep,
    answer=_sweep,
    show="study.field.show:SWEEP",
    finding="sweep",
    function="study.field.sweep:sweep",
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
        yield Mistake("y", worded("same-axes", name=along.name), whole=True)


def _range_tried(scenario: Scenario, option: str, text: str) -> Iterator[Mistake]:
    for each in ranges_tried(scenario, option, [text]):
        yield replace(each, number=None)


def _size_of_map(scenario: Scenario, asked: Asked) -> Size:
    from simulation.study.terms import terms
    from simulation.study.variation import parse_range

    agreed = terms(scenario, **asked.shared, replications=asked.replications)
    x, y = (len(set(parse_range(scenario, text).values)) for text in (asked.x, asked.y))
    return Size(x * y, len(agreed.structures), agreed.replications, "fewer-cells", upto=True)


def _map(scenario: Scenario, asked: Asked, lab: Lab) -> WinnerMap:
    from simulation.study.field.winner_map import winner_map
    from simulation.study.variation import parse_range

    x, y = (parse_range(scenario, text) for text in (asked.x, asked.y))
    return winner_map(scenario, x, y, **asked.shared, replications=asked.replications, resplit=asked.resplit, lab=lab)


MAP = Kind(
    name="map",
    options=(
        Option("x", str, "option-map-x", required=True, metavar="PATH=a:b:n"),
        Option("y", str, "option-map-y", required=True, metavar="PATH=a:b:n"),
        Option("resplit", bool, "option-map-resplit", False),
        replace(REPLICATIONS, help="option-map-replications", experiment=True),
    ),
    check=_check_map,
    answer=_map,
    show="study.field.show:MAP",
    finding="map",
    function="study.field.winner_map:winner_map",
    asks="Who wins where, over two values.",
    size=_size_of_map,
)
