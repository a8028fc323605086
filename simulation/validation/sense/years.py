"""What is read from the simulated years of one structure, and the laboratory that simulates each of them once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

import simulation
from simulation.analysis.identity import fingerprints
from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import INDEX, Ledger
from simulation.scenario.scenario import Scenario
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]
TABLES = ("capital", "direct", "indirect", "other")
ON_PAY = ("base_pay", "commission", "bonus", "vacation_pay")
ORDER = SALE_KINDS.index("order")


@dataclass(frozen=True)
class Years:
    """Figures of the same possible years, one value a year.

    Attributes:
        profit: money.
        revenue: money.
        people: what the people cost as such, money: base pay with contributions, recruiting, training, severance, and
            the budget's lines for each position or newcomer. Commission is no such cost: it comes with the sale.
        leads: what the leads cost as such, money: of each lead, by channel, by line of the budget, by fee.
        ordered: orders that the customers who were there are expected to have placed: their time over the mean
            interval.
        possible: orders for which the people who serve have hours in all.
        billed: orders that were shipped and booked.
    """

    profit: Floats
    revenue: Floats
    people: Floats
    leads: Floats
    ordered: Floats
    possible: Floats
    billed: Floats


FIGURES = tuple(each.name for each in fields(Years))


def figures(scenario: Scenario, structure: str, record: Record, ledger: Ledger) -> tuple[float, ...]:
    """The figures of one year, in the order of `Years`."""
    pay = sum(ledger.total(name) for name in ON_PAY)
    base = ledger.total("base_pay")
    contributions = ledger.total("contributions") * (base / pay if pay else 1.0)
    people = base + contributions + ledger.total("recruiting", "training", "severance")
    people += _booked(ledger, {f"line/{name}" for name in _lines(scenario, ("seat", "hire"))})
    leads = _booked(ledger, {"lead"} | {f"line/{name}" for name in _lines(scenario, ("lead",))})
    billed = record.sales.kind == ORDER
    billed &= (record.sales.time >= record.begin) & (record.sales.time < record.end)
    return (
        ledger.profit,
        float(ledger.group_by_month("revenue").sum()),
        0.0 - people,
        0.0 - leads,
        _ordered(scenario, structure, record),
        _possible(scenario, structure, record),
        float(billed.sum()),
    )


def _lines(scenario: Scenario, per: tuple[str, ...]) -> list[str]:
    """Lines of the budget that count something."""
    tables = (getattr(scenario.budget, name).lines for name in TABLES)
    return [line.name for lines in tables for line in lines if line.per in per]


def _booked(ledger: Ledger, causes: set[str]) -> float:
    """Sum of what causes have brought, as profit sees it."""
    numbers = [number for number, cause in enumerate(ledger.causes) if cause in causes]
    rows = np.isin(ledger.cause, numbers) & (ledger.account != INDEX["capital"])
    return float(ledger.amount[rows].sum())


def _ordered(scenario: Scenario, structure: str, record: Record) -> float:
    """Orders expected of the customers who were there; a loyalty programme lets them order more often."""
    customers = record.customers
    until = np.where(np.isnan(customers.until), record.end, customers.until)
    there = np.minimum(until, record.end) - np.maximum(customers.since, record.begin)
    loyalty = scenario.structures[structure].loyalty
    factor = 1.0 if loyalty is None else loyalty.orders
    return float(np.maximum(there, 0.0).sum()) * factor / scenario.market.customers.order_every.mean


def _possible(scenario: Scenario, structure: str, record: Record) -> float:
    """Orders for which those who serve have hours in all, and those who do papers where these are others.

    An order takes as long as orders took these people, with its papers and with the requests that come beside it.
    """
    market = scenario.market
    customers = market.customers
    papers = [product.paperwork.mean for product in market.products.values() if product.repeat]
    if not (0 < customers.order_every.mean < np.inf and papers):
        return np.inf
    requests = customers.requests_per_month * customers.order_every.mean / MONTH
    service = (customers.order_work.mean + requests * customers.request_work.mean) / (1.0 + requests)
    serving, writing = (_doers(scenario, structure, record, activity) for activity in ("serve", "paperwork"))
    served = (1.0 + requests) * _took(record, serving, "serve", service)
    paper = float(np.mean(papers))
    if (serving & writing).any():
        return _hours(record, serving) / (served + _took(record, serving & writing, "paperwork", paper) or np.inf)
    paper = _took(record, writing, "paperwork", paper)
    least = [_hours(record, who) / each for who, each in ((serving, served), (writing, paper)) if each > 0]
    return min(least, default=np.inf)


def _doers(scenario: Scenario, structure: str, record: Record, activity: str) -> NDArray[np.bool_]:
    """Places whose role does an activity."""
    roles = scenario.structures[structure].roles
    does = [any(duty.activity == activity for duty in roles[name].activities) for name in record.roles]
    return np.array(does, dtype=np.bool_)[record.seat_role]


def _hours(record: Record, who: NDArray[np.bool_]) -> float:
    """Hours that people were present."""
    return float(record.present[who].sum())


def _took(record: Record, who: NDArray[np.bool_], activity: str, otherwise: float) -> float:
    """Mean hours that a piece of work took people; as the scenario has it where they did none."""
    number = record.activities.index(activity)
    pieces = float(record.repetitions[who, number].sum())
    return float(record.busy[who, number].sum()) / pieces if pieces else otherwise


@dataclass
class Laboratory:
    """Simulates the years of a structure once, however many checks ask for them.

    Attributes:
        years: how many; the first ones of the scenario's own seed.
        simulated: runs so far.
    """

    years: int
    simulated: int = 0
    _known: dict[tuple[str, int], list[tuple[float, ...]]] = field(default_factory=dict, repr=False)

    def observe(self, scenario: Scenario, structure: str, most: int | None = None) -> Years:
        """The years of a structure, the first `most` of them. Raises whatever a run raises."""
        count = self.years if most is None else min(most, self.years)
        key = fingerprints(scenario, [structure])[structure], scenario.experiment.seed
        rows = self._known.setdefault(key, [])
        for number in range(len(rows), count):
            record, ledger = simulation.replicate_one(scenario, structure, number, events=False)
            rows.append(figures(scenario, structure, record, ledger))
            self.simulated += 1
        return Years(*(np.array(column) for column in zip(*rows[:count], strict=True)))
