"""Two structures (of other headcounts, so that they are not the same) whose difference in revenue is a known
function of inputs and luck.

other less baseline = 5000 + 100 (leads - 10) - 40000 (lead loss - 0.15) + chance, the same luck in every variant.
"""

from __future__ import annotations

import numpy as np

from simulation.department.record import Record
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.world import World
from tests.records import BASE, DAY, record

TEXT = (
    BASE.replace("leads_per_month: 10", "leads_per_month: {value: 10, range: [5, 20], source: judgement}")
    + """
  other:
    roles:
      seller: {headcount: 3, activities: [qualify, sell, serve, prospect], pay: {base: 100}}
      clerk: {headcount: 1, support: true, pay: {base: 50}}
hand_off: {lead: {loss: {value: 0.15, range: [0.05, 0.40], source: judgement}}}
"""
)
INPUTS = ("market.channels.site.leads_per_month", "hand_off.lead.loss", "people.switching")
"""One that moves the difference a little, one that moves it much and changes the winner, one without effect."""
CHANCE = 300.0
"""Half the width of the chance that is left in the difference of a year."""


def toy() -> Scenario:
    """The scenario."""
    return load_text(TEXT, "toy.yaml")


def difference(leads: float, loss: float) -> float:
    """What the mean difference is."""
    return 5000.0 + 100.0 * (leads - 10.0) - 40000.0 * (loss - 0.15)


def engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """One sale whose revenue is what the structure and the inputs make it."""
    return sale(made_for, structure, world, other=structure == "other")


def sale(made_for: Scenario, structure: str, world: World, *, other: bool) -> Record:
    """The sale of one of the two, whatever it is called."""
    common, own = (float(u) for u in world.streams.uniforms("toy", 2))
    revenue = 50000.0 + 20000.0 * common
    if other:
        leads = made_for.market.channels["site"].leads_per_month
        revenue += difference(leads, made_for.hand_off.lead.loss) + CHANCE * (2.0 * own - 1.0)
    return record(made_for, structure, sales=[{"time": DAY, "revenue": revenue, "margin": 0.4 * revenue}])


CHAOS = 1500.0
"""Sd of what a change of switching, however small, makes of a year: other luck, and nothing on average."""


def chaotic(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """The same, but each value of any input has luck of its own, as where work ends a second later.

    On average over the years the difference is that of `difference`.
    """
    plain = engine(made_for, structure, world, events)
    if structure != "other":
        return plain
    leads, loss = made_for.market.channels["site"].leads_per_month, made_for.hand_off.lead.loss
    key = np.array([leads, loss, made_for.people.switching, world.replication], dtype=np.float64).view(np.uint64)
    luck = CHAOS * float(np.random.default_rng(key).standard_normal())
    revenue = float(plain.sales.revenue[0]) + luck
    return record(made_for, structure, sales=[{"time": DAY, "revenue": revenue, "margin": 0.4 * revenue}])
