"""An owner's twelve numbers as a scenario whose simulated years come out like the own one.

The closed form of `scenario.from_numbers` lets nobody wait. In the simulation some leads do not get an answer in time
and some customers give up, so it would sell less than the firm did. A few rounds of simulated years say how much less,
number by number, and the closed form aims that much higher.
"""

from __future__ import annotations

from collections.abc import Callable

from simulation.analysis.history import HistoryCheck, check_history
from simulation.intake.from_short_form import Aim, derive, text_of
from simulation.intake.short_form import Numbers
from simulation.sense.loader import load_text
from simulation.texts import Phrase

ROUNDS, YEARS = 5, 16
FIRMNESS = 0.8
"""Share of what is missing that one round makes up for, so that the luck of a few years is not chased."""
FURTHEST = 4.0
"""Most that a number is aimed above or below itself."""


def matched(numbers: Numbers, *, jobs: int | None = None, on_done: Callable[[int, int], None] | None = None) -> Phrase:
    """The scenario as YAML, matched to the numbers by simulating.

    Args:
        numbers: what the owner said.
        jobs: as ``run_replications``.
        on_done: called after each round with how many are done and their total.

    Raises:
        ScenarioError: the scenario made from them would not load.
        RuntimeError: every replication failed.
    """
    aim = Aim()
    derived = derive(numbers, aim)
    for number in range(ROUNDS):
        scenario = load_text(text_of(numbers, derived))
        _aim(aim, numbers, check_history(scenario, numbers.built, replications=YEARS, jobs=jobs))
        derived = derive(numbers, aim, derived)
        if on_done is not None:
            on_done(number + 1, ROUNDS)
    return text_of(numbers, derived)


def _aim(aim: Aim, numbers: Numbers, check: HistoryCheck) -> None:
    """Aims each number higher or lower by what the simulated years miss it."""
    found = {row.key: row.mean for row in check.rows}

    def turned(now: float, wanted: float, simulated: float) -> float:
        if wanted <= 0 or simulated <= 0:
            return now
        return min(max(now * (wanted / simulated) ** FIRMNESS, 1 / FURTHEST), FURTHEST)

    given = {row.key: row.given for row in check.rows}
    for field, key in (
        ("qualified", "qualified"),
        ("deals", "deals"),
        ("days", "cycle_days"),
        ("lost", "customers_lost"),
        ("orders", "orders"),
        ("calls", "calls_per_month"),
    ):
        if key in found:
            setattr(aim, field, turned(getattr(aim, field), given[key], found[key]))
    rest = numbers.year_revenue - numbers.deals * numbers.average_deal
    if "revenue" in found and "average_deal" in found:
        repeated = found["revenue"] - found["deals"] * found["average_deal"]
        aim.order_revenue = turned(aim.order_revenue, rest, repeated)
