"""What a leaver's customers buy less in the following year: the published total, held under the defaults.

Shi, Sridhar, Grewal and Lilien (2017): sales to a client fall by 13.2 % to 17.6 % in the year after its representative
has left. Here everybody's customers are his own, one of eight is laid off, and the other seven, who have time enough,
take over. Whatever else a departure does (the days until somebody takes over, late service) is in it too.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulation.department import simulate
from simulation.sense.loader import load
from simulation.world import World
from tests.mechanisms.isolation import isolated

TEN = Path(__file__).parents[2] / "scenarios" / "department_of_ten.yaml"
LOW, HIGH = 0.13, 0.18
FEW = pytest.mark.parametrize("years", [20, pytest.param(160, marks=pytest.mark.slow)])
PEOPLE = 8


def totals(years: int, **departure: object) -> tuple[float, float]:
    """Share of the year's sales to the leaver's customers that is lost, and its standard error."""
    scenario = isolated(load(TEN), "departure", "unhappy_customers", "paperwork", "pooling", "availability").replace(
        {
            "market.channels.site.leads_per_month": 0,
            "market.channels.referral.leads_per_month": 0,
            "market.initial": {"customers": 160, "pipeline": 0},
            "experiment.months": 12,
            **{f"people.departure.{key}": value for key, value in departure.items()},
        }
    )
    leaving = scenario.replace(
        {"structures.universal.interventions": [{"at": "1 day", "set": {"roles.universal.headcount": PEOPLE - 1}}]}
    )
    lost, held = [], []
    for replication in range(years):
        whole, less = (
            float(simulate(s, "universal", World(s, replication)).sales.revenue.sum()) for s in (scenario, leaving)
        )
        lost.append(whole - less)
        held.append(whole / PEOPLE)
    share = float(np.sum(lost) / np.sum(held))
    error = float(np.std(np.array(lost) - share * np.array(held), ddof=1) / years**0.5 / np.mean(held))
    return share, error


@FEW
def test_a_leavers_customers_buy_thirteen_to_eighteen_per_cent_less(years: int) -> None:
    share, error = totals(years)
    print(f"lost {share:.3f}, standard error {error:.3f}")
    assert error < 0.015 * (160 / years) ** 0.5
    assert LOW - 2 * error < share < HIGH + 2 * error


@pytest.mark.parametrize("years", [pytest.param(160, marks=pytest.mark.slow)])
def test_without_the_loss_only_waiting_is_left(years: int) -> None:
    share, error = totals(years, customers_lost=0)
    assert share == pytest.approx(0.0, abs=0.02 + 2 * error)
