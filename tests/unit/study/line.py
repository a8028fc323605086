"""A line of hunters, closers and farmers whose revenue is a known function of the split and of luck.

revenue = 100 000 - 8 000 (hunters - 2)² - 4 000 (closers - 3)² + 10 000 luck + 500 own luck, the same luck for every
split of a year; where closers help the hunters, 2 000 more. Costs are the pay alone.
"""

from __future__ import annotations

from simulation.department.record import Record
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.world import World
from tests.records import DAY, record

TEXT = """\
version: 1
title: Line
experiment: {start: 2026-01-01, months: 1, begin: mature, measure: revenue}
market:
  channels:
    site: {kind: inbound, leads_per_month: 10}
  products:
    service: {deal: 1000, gross_margin: 40 %}
structures:
  line:
    title: Line
    preset: functional
    roles:
      hunter: {headcount: 3, pay: {base: 100}}
      closer: {headcount: 3, pay: {base: 100}}
      farmer: {headcount: 2, pay: {base: 100}}
      head: {preset: head, headcount: 1, pay: {base: 200}}
  crowd:
    title: Crowd
    preset: universal
    roles:
      universal: {headcount: 8, pay: {base: 100}}
      head: {preset: head, headcount: 1, pay: {base: 200}}
plan: {measure: revenue, target: 1.26 mln}
search:
  line:
    alternatives:
      - title: Help
        options:
          - {title: nobody helps}
          - {title: closers help, set: {roles.closer.cover: 50 %}}
"""


def line(*changes: tuple[str, str]) -> Scenario:
    """The scenario, with texts replaced."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_text(text, "line.yaml")


def plain() -> Scenario:
    """The scenario without alternatives."""
    return load_text(TEXT[: TEXT.index("search:")], "line.yaml")


def worth(hunters: int, closers: int, helped: bool = False) -> float:
    """Mean revenue of a split, less 5 000 for luck."""
    return 100_000.0 - 8_000.0 * (hunters - 2) ** 2 - 4_000.0 * (closers - 3) ** 2 + 2_000.0 * helped


def engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """One sale whose revenue is what the split makes it."""
    roles = made_for.structures[structure].roles
    common, *own = (float(u) for u in world.streams.uniforms("line", 100))
    if "hunter" in roles:
        heads = [roles[name].headcount for name in ("hunter", "closer", "farmer")]
        revenue = worth(heads[0], heads[1], roles["closer"].cover > 0) + 500.0 * own[7 * heads[0] + heads[1]]
    else:
        revenue = 90_000.0 + 3_000.0 * own[98]
    revenue += 10_000.0 * common
    return record(made_for, structure, sales=[{"time": DAY, "revenue": revenue, "margin": 0.4 * revenue}])
