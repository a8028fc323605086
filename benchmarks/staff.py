"""What people who come, learn and leave cost in time, and how the cost of a seller grows with the department.

(d) time per activity of scenarios/department_of_ten.yaml with its turnover, vacancies, onboarding, departures and
    coaching against the same department in which nobody comes or leaves and nobody leads; alternating, medians of the
    ratios of the same possible years;
(e) seconds for a seller's year with 10, 30 and 120 sellers: scenarios/large_department.yaml, its people and its market
    scaled alike.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from pathlib import Path

from simulation.department import simulate
from simulation.department.record import Record
from simulation.department.steps import PROSPECT
from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.world import World

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
PEOPLE = ("turnover", "recruiting", "probation", "onboarding", "departure", "coaching")
YEARS = 12
SIZES = (10, 30, 120)


def measured(scenario: Scenario, structure: str, replication: int) -> tuple[float, float, float]:
    """Seconds, jobs and pieces of work (each attempt of prospecting counted) of one year, its luck drawn with it."""
    gc.collect()  # what the year before left behind is not this one's
    begin = time.process_time()
    record: Record = simulate(scenario, structure, World(scenario, replication))
    spent = time.process_time() - begin
    prospecting = bool(record.repetitions[:, PROSPECT].any())
    pieces = float(record.repetitions.sum()) if prospecting else float(record.activities_done)
    return spent, float(record.activities_done), pieces


def people() -> None:
    """Measure (d): the whole scenario, and without its cold calls, of which people who stay have time for more."""
    on = load(SCENARIOS / "department_of_ten.yaml")
    print(f"\nPeople who come, learn and leave: {YEARS} years of {len(on.structures)} structures each way, alternating")
    for label, with_them in (
        ("", on),
        (", cold calls switched off", on.replace({"market.channels.calls.active": False})),
    ):
        without = neutralise(with_them, *PEOPLE)
        each = _side_by_side(without, with_them)
        for words, (off, now, ratios) in each.items():
            low, middle, high = statistics.quantiles(ratios, n=4)
            print(
                f"  (d) {off:5.2f} us an activity without, {now:5.2f} us with: ratio {middle:.2f} "
                f"(half of the years {low:.2f} ... {high:.2f}); {words}{label}"
            )


Ratios = tuple[float, float, list[float]]


def _side_by_side(without: Scenario, with_them: Scenario) -> dict[str, Ratios]:
    """By what is counted: median microseconds of an activity without people and with them, and the years' ratios."""
    years: list[tuple[tuple[float, float, float], ...]] = []
    for replication in range(YEARS + 1):
        for structure in with_them.structures:
            pair = tuple(measured(scenario, structure, replication) for scenario in (without, with_them))
            if replication:  # the calendar and the closed form are worked out once per process
                years.append(pair)
    found: dict[str, Ratios] = {}
    for words, column in (("a stretch of attempts counted as one", 1), ("each attempt counted", 2)):
        off, now = ([1e6 * year[side][0] / year[side][column] for year in years] for side in (0, 1))
        ratios = [b / a for a, b in zip(off, now, strict=True)]
        if column == 1 or any(year[0][1] != year[0][2] for year in years):  # without attempts both are the same
            found[words] = (statistics.median(off), statistics.median(now), ratios)
    return found


def size(scenario: Scenario, structure: str, sellers: int) -> dict[str, object]:
    """Values that give the large department so many sellers, all other people and the market in proportion."""
    roles = scenario.structures[structure].roles
    share = sellers / 120
    return {
        **{
            f"structures.{structure}.roles.{name}.headcount": max(1, round(role.headcount * share))
            for name, role in roles.items()
        },
        "market.channels.site.leads_per_month": 1800 * share,
        "market.channels.referral.leads_per_month": 330 * share,
        "market.initial.customers": round(2325 * share),
        "market.initial.pipeline": round(675 * share),
    }


def sizes() -> None:
    """Measure (e)."""
    large = load(SCENARIOS / "large_department.yaml")
    print("\nLarge department: how the cost of a seller's year grows with their number")
    first = 0.0
    for sellers in SIZES:
        seconds, people_, activities = [], [], []
        for structure in large.structures:
            scenario = large.replace(size(large, structure, sellers))
            spent, _, pieces = measured(scenario, structure, 1)
            if sellers < SIZES[-1]:  # the first of a process pays for the calendar
                spent, _, pieces = measured(scenario, structure, 2)
            roles = scenario.structures[structure].roles.values()
            people_.append(sum(role.headcount for role in roles if not role.support and role.leads is None))
            seconds.append(spent)
            activities.append(pieces)
        cost = sum(seconds) / sum(people_)
        first = first or cost
        print(
            f"  (e) {sellers:>3} sellers: {statistics.mean(seconds):6.2f} s a year, {1e3 * cost:5.1f} ms for each who "
            f"works with leads, clients or papers ({cost / first:.2f} of the smallest), "
            f"{1e6 * sum(seconds) / sum(activities):.2f} us an activity"
        )


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    people()
    sizes()
