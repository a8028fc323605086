"""What each form of the market, of customers, of people and of pay costs: `python benchmarks/forms.py`.

(f) processor time of a year, its luck and its ledger included, of scenarios/department_of_ten.yaml with one form
    switched on against the same year without it; the two alternate, medians of the ratios of the same possible years.

A form that is added to `FORMS` is measured here, and held by tests/properties/test_forms.py.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from simulation.analysis.measures import measures  # noqa: E402
from simulation.department import simulate  # noqa: E402
from simulation.finance.booking import book  # noqa: E402
from simulation.scenario.amending import drawn  # noqa: E402
from simulation.scenario.scenario import Scenario  # noqa: E402
from simulation.sense.loader import load  # noqa: E402
from simulation.world import World  # noqa: E402

YEARS = 6
SHIPPED = ROOT / "scenarios" / "department_of_ten.yaml"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """A form, as values at dotted paths of the department of ten.

    Attributes:
        on: the form.
        neutral: its neutral setting, written out as far as it can be with the rest of the form.
        given: what the department needs on both sides.
    """

    on: Values
    neutral: Values
    given: Values = field(default_factory=dict)

    def sides(self, shipped: Scenario) -> tuple[Scenario, Scenario, Scenario]:
        """A department without the form, with it, and with its neutral setting written out."""
        without = shipped.replace(self.given) if self.given else shipped
        return without, without.replace(self.on), without.replace(self.neutral)


SITE, STAGE, CLOSER = "market.channels.site", "market.stages.2", "structures.functional.roles.closer"
DEAL, UNIVERSAL = "market.products.service.deal", "structures.universal.roles.universal"
SIZES = [20_000, 40_000, 60_000, 120_000]
OFFICE = [0] * 8 + [1, 2, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 0.5, 0.5, 0, 0]
OPEN = [
    {"channel": "site", "stage": "contact", "age": "1 day", "count": 10},
    {"channel": "site", "stage": "needs", "age": "3 days", "count": 12},
    {"channel": "referral", "stage": "proposal", "age": "8 days", "amount": 75_000, "owner": "universal", "count": 8},
    {"channel": "calls", "stage": "objections", "age": "20 days", "owner": "closer", "count": 10},
    {"channel": "site", "stage": "closing", "age": "60 days", "amount": 90_000, "owner": "universal-3", "count": 5},
]
BASE = [
    {"orders": 0, "last_order": "2 weeks", "age": "2 weeks", "count": 8},
    {"orders": 11, "last_order": "20 days", "age": "1 years", "count": 30},
    {"orders": 40, "last_order": "5 days", "age": "4 years", "amount": 90_000, "channel": "referral", "count": 20},
    {"orders": 9, "last_order": "6 months", "age": "3 years", "amount": 40_000, "count": 12},
]


def under(path: str, **values: Any) -> dict[str, Any]:
    """Values of keys of the block at a path."""
    return {f"{path}.{key}": value for key, value in values.items()}


def paid(**values: Any) -> dict[str, Any]:
    """Terms of the commission of those who sell, in both structures."""
    return under(f"{UNIVERSAL}.pay.commission", **values) | under(f"{CLOSER}.pay.commission", **values)


FORMS: dict[str, Form] = {
    "a clock for the no": Form(
        {f"{STAGE}.thinking_lost": {"lognormal": {"mean": "4 days", "cv": 1}}}, {f"{STAGE}.thinking_lost": None}
    ),
    "silence, expiry, reminders": Form(
        under(STAGE, silent=0.4, expires="40 days", remind={"every": "7 days"}),
        under(STAGE, silent=0, expires="never", remind=None),
    ),
    "tries to reach a customer": Form(
        under(STAGE, reach={"probability": 0.5, "every": "3 h", "most": 6, "work": "5 min"}), under(STAGE, reach=None)
    ),
    "open leads as a list": Form(
        {"market.initial.pipeline": OPEN}, {"market.initial.pipeline": 45}, {"market.initial.pipeline": 45}
    ),
    "customers as a list": Form(
        {"market.initial.customers": BASE}, {"market.initial.customers": 70}, {"market.initial.customers": 70}
    ),
    "declined at once": Form({f"{SITE}.declined_at_once": 0.2}, {f"{SITE}.declined_at_once": 0}),
    "customers differ in orders and churn": Form(
        under("market.customers", order_rate_cv=0.8, churn_cv=0.6, size_rate_correlation=0.3),
        under("market.customers", order_rate_cv=0, churn_cv=0, size_rate_correlation=0),
    ),
    "customers leave after an order": Form(
        {"market.customers.drop_out": {"probability": 0.07, "cv": 0.8}},
        {"market.customers.drop_out": {"probability": 0, "cv": 0.8}},
        {"market.customers.churn_per_year": 0},
    ),
    "leads by weekday, hour and holiday": Form(
        {f"{SITE}.arrivals": {"weekdays": [1.5, 1.2, 1.2, 1.2, 1, 0.5, 0.4], "hours": OFFICE, "holidays": 0.3}},
        {f"{SITE}.arrivals": {"weekdays": [1] * 7, "hours": [1] * 24, "holidays": 1}},
    ),
    "weeks that come in bursts": Form(
        {f"{SITE}.bursts": {"cv": 0.5, "memory": 0.4, "common": 0.5}},
        {f"{SITE}.bursts": {"cv": 0, "memory": 0.4, "common": 0.5}},
    ),
    "a law of staying from records": Form(
        {"people.turnover.law": {"kind": "lognormal", "cv": 1.3}},
        {"people.turnover.law": {"kind": "weibull"}},
        {"people.onboarding.probation.failure": 0},
    ),
    "weights of deal sizes": Form(
        {DEAL: {"empirical": {"values": SIZES, "weights": [4, 3, 2, 1]}}},
        {DEAL: {"empirical": {"values": SIZES, "weights": [1, 1, 1, 1]}}},
        {DEAL: {"empirical": SIZES}},
    ),
    "sizes that grow": Form(
        {"market.products.service.deal_trend_per_year": 0.2}, {"market.products.service.deal_trend_per_year": 0}
    ),
    "inputs drawn together": Form(
        {"inputs": {"draws": {"hand_off.lead.loss": [0.05 + 0.01 * row for row in range(20)]}}},
        {"inputs": {"draws": {"hand_off.lead.loss": [0.15] * 20}}},
    ),
    "commission in tiers, to a cap": Form(
        paid(tiers=[{"above": 0.8, "factor": 1.2}, {"above": 1, "factor": 2}], cap=50_000),
        paid(tiers=[{"above": 0.8, "factor": 1}], cap=None),
        paid(share=0.03),
    ),
    "commission of a quota, with a draw": Form(
        paid(attainment_of="person", quota=700_000, quota_ramp=[0.3, 0.6], draw=20_000),
        paid(draw=0, draw_recovered=False),
        paid(share=0.03),
    ),
    "commission that is taken back": Form(
        paid(clawback_months=6, repeat_months=12), paid(clawback_months=0, repeat_months=None), paid(share=0.03)
    ),
}
"""Every form by its name in the table; a new one is a line here."""


def seconds(scenario: Scenario, structure: str, replication: int) -> float:
    """Processor time of one year: its luck, the year itself, its ledger and its measures."""
    gc.collect()  # what the year before left behind is not this one's
    begin = time.process_time()
    lived = drawn(scenario, replication)
    record = simulate(lived, structure, World(lived, replication))
    measures(record, book(record, lived), lived)
    return time.process_time() - begin


def costs(years: int = YEARS, names: Collection[str] = ()) -> None:
    """Measure (f): one line for each form, or for each of those that are named."""
    shipped = load(SHIPPED)
    print(f"\nEach form alone, department of ten: {years} years of {len(shipped.structures)} structures, alternating")
    print(f"  (f) {'':<38}  without      with   ratio, half of the years")
    for name, form in FORMS.items():
        if names and name not in names:
            continue
        without, with_it, _ = form.sides(shipped)
        pairs = []
        for replication in range(years + 1):
            for structure in shipped.structures:
                pair = [seconds(scenario, structure, replication) for scenario in (without, with_it)]
                if replication:  # the calendar and the closed form are worked out once per process
                    pairs.append(pair)
        low, middle, high = statistics.quantiles([b / a for a, b in pairs], n=4)
        off, on = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        print(f"  (f) {name:<38}  {off:5.3f} s  {on:6.3f} s   {middle:4.2f} ({low:.2f} ... {high:.2f})", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=YEARS, help="possible years of each form (default: %(default)s)")
    parser.add_argument("--form", action="append", default=[], choices=FORMS, metavar="NAME", help="this one, not all")
    given = parser.parse_args()
    costs(given.years, given.form)
