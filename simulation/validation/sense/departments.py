"""The departments that are held against sense: every structure of every scenario that ships, and some drawn at random.

A random department takes a shipped market with every uncertain figure somewhere in its range, a structure that ships
with the program in any size, and more or fewer leads and customers. What is drawn depends on its number alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import simulation
from simulation.analysis.identity import fingerprints
from simulation.scenario.amending import amended
from simulation.scenario.channels import Arrivals
from simulation.scenario.scenario import Scenario
from simulation.study.question import inputs_of
from simulation.study.variation import settings
from simulation.validation.sense.changes import heads_of, ladder

SCENARIOS = Path(__file__).parents[3] / "scenarios"
MARKETS = ("department_of_ten", "start_up", "wholesale", "one_off_sales", "hiring_policies")
"""Shipped scenarios whose markets random departments are drawn from."""
STRUCTURES = (
    "universal",
    "universal_shared_pool",
    "universal_protected",
    "functional",
    "functional_overflow",
    "hybrid",
    "client_service_department",
)
"""Structures of the program that random departments are built as."""
MOST = 10
"""Sellers of the largest random department."""
WIDEST = 4.0
"""Factor by which leads and customers of a random department lie off at most."""


@dataclass(frozen=True)
class Department:
    """One structure of a scenario.

    Attributes:
        scenario: the scenario, as long as it is simulated.
        structure: name of the structure.
        source: file of the scenario without its ending, or what was drawn.
    """

    scenario: Scenario
    structure: str
    source: str

    @property
    def name(self) -> str:
        """What it is called in a table."""
        return f"{self.source}: {self.structure}"


def shipped_names() -> list[str]:
    """The scenarios that ship."""
    return sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


@cache
def loaded(name: str) -> Scenario:
    """A shipped scenario."""
    return simulation.load(SCENARIOS / f"{name}.yaml")


def shipped(name: str, months: int) -> Iterator[Department]:
    """The departments of a shipped scenario over so many months."""
    scenario = amended(loaded(name), {"experiment.months": months})
    for structure in scenario.structures:
        yield Department(scenario, structure, name)


def different(departments: Iterator[Department]) -> list[Department]:
    """Those that are not simulated anyway: a file that extends another one often has a structure of it again."""
    found: dict[str, Department] = {}
    for each in departments:
        found.setdefault(fingerprints(each.scenario, [each.structure])[each.structure], each)
    return list(found.values())


def drawn(number: int, months: int) -> Department:
    """The random department of a number."""
    luck = np.random.default_rng([7, number])
    market = loaded(MARKETS[number % len(MARKETS)])
    preset = str(luck.choice(STRUCTURES))
    written = simulation.load_text(_text(market.currency, preset)).structures[preset]
    pay = next(role.pay for role in _sellers(market))
    roles = {name: role.model_copy(update={"pay": pay}) for name, role in written.roles.items()}
    structure = written.model_copy(update={"roles": roles})
    scenario = market.model_copy(update={"structures": {preset: structure}, "search": {}})
    scenario._provenance = market._provenance
    inputs = [each for each in inputs_of(scenario, [preset]) if each.variable.name.split(".")[0] != "structures"]
    values: dict[str, Any] = {}
    for each, u in zip(inputs, luck.random(len(inputs)), strict=True):
        values |= settings(scenario, {each.variable: float(each.quantile(u))})
    scenario = amended(scenario, values | {"experiment.months": months, "experiment.seed": int(luck.integers(10**6))})
    size = int(luck.integers(len(heads_of(scenario, preset)), MOST + 1))
    leads, customers = (math.exp(luck.uniform(-1, 1) * math.log(WIDEST)) for _ in range(2))
    more: dict[str, Any] = {
        f"structures.{preset}.roles.{role}.headcount": count
        for role, count in ladder(heads_of(scenario, preset), size)[-1].items()
    }
    for name, channel in scenario.market.channels.items():
        if isinstance(channel, Arrivals):
            more[f"market.channels.{name}.leads_per_month"] = channel.leads_per_month * leads
    initial = scenario.market.initial
    more["market.initial.customers"] = initial.base_times(customers)
    more["market.initial.pipeline"] = initial.times(leads)
    source = f"random {number} ({MARKETS[number % len(MARKETS)]}, {size} people, leads x {leads:.2g})"
    return Department(amended(scenario, more), preset, source)


def _sellers(scenario: Scenario) -> Iterator[Any]:
    for structure in scenario.structures.values():
        yield from (role for role in structure.roles.values() if role.activities and role.pay.base > 0)


def _text(currency: str, preset: str) -> str:
    """The least scenario with a structure of the program."""
    return (
        f"version: 1\ncurrency: {currency}\nmarket:\n  channels: {{site: {{kind: inbound, leads_per_month: 1}}}}\n"
        f"  products: {{thing: {{deal: 1, gross_margin: 0.5}}}}\nstructures:\n  {preset}: {{preset: {preset}}}\n"
    )
