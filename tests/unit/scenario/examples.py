"""A small scenario that the tests of loading change here and there."""

from collections.abc import Callable

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.written.errors import Problem, ScenarioError

SMALL = """\
version: 1
title: Small
calendar: {country: RU, hours: 09:00-18:00, lunch: null}
market:
  channels:
    site:
      kind: inbound
      leads_per_month: {value: 60, range: [40, 90], source: 'CRM, 2025'}
      patience: {exponential: {mean: 3 days}}
  products:
    service:
      deal: {lognormal: {mean: 60 000, cv: 1}}
      gross_margin: {value: 25 %, range: [0.2, 30 %], source: owner, note: rough}
      paperwork: 1 working day
structures:
  universal:
    roles:
      manager:
        headcount: 8
        activities: [serve, collect, qualify, sell, paperwork, upsell]
        pay: {base: 35 000}
"""


def small(old: str = "", new: str = "") -> Scenario:
    """The small scenario with one passage replaced."""
    assert old in SMALL
    return load_text(SMALL.replace(old, new) if old else SMALL, "small.yaml")


def problems(make: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems that the making of a scenario raises; an AssertionError where it raises none."""
    try:
        make()
    except ScenarioError as error:
        assert str(error) == "\n".join(map(str, error.problems))
        return error.problems
    raise AssertionError("nothing was found wrong")
