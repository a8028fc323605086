"""Systems about changes on a date: what they cost, a market that changes, a CRM, a hiring wave."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from simulation.scenario.interventions import Crm, Dip
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline
from simulation.validation.checks import Check, System, Year, heads, period, rate


def _dips(s: Scenario, structure: str) -> list[tuple[Dip, float]]:
    return [(c.dip, c.at) for c in timeline(s, structure).changes if c.dip is not None]


def _lost_apart(s: Scenario, structure: str) -> float:
    """Hours of finished work lost by all people, each change by itself, until the end."""
    people = heads(s, "seller", structure)
    return people * sum(
        dip.depth * dip.recovery * (1 - math.exp(-(period(s) - at) / dip.recovery)) for dip, at in _dips(s, structure)
    )


def _lost_together(s: Scenario) -> float:
    """Equal changes at the same moment: the sum, times their number to the power of exponent less one."""
    dips = _dips(s, "two_at_once")
    return _lost_apart(s, "two_at_once") * len(dips) ** (dips[0][0].exponent - 1)


def _less_done(year: Year, structure: str) -> float:
    """Hours of work at pace 1 that were finished without the changes and not with them."""
    done = []
    for name in ("steady", structure):
        record = year[name].record
        done.append(float(record.repetitions[:, record.activities.index("sell")].sum()))
    return (done[0] - done[1]) * year.scenario.market.stages[0].work.mean


DIPS = System(
    "changes that slow people down",
    "Output lost by a dip",
    "dips",
    (
        Check(
            "hours of output lost, one change",
            "N · depth · recovery",
            "arithmetic",
            lambda s: _lost_apart(s, "one"),
            lambda year: _less_done(year, "one"),
            0.04,
        ),
        Check(
            "hours of output lost, two at once",
            "N · depth · recovery · 2^exponent",
            "arithmetic",
            _lost_together,
            lambda year: _less_done(year, "two_at_once"),
            0.04,
        ),
        Check(
            "hours of output lost, two far apart",
            "2 · N · depth · recovery",
            "arithmetic",
            lambda s: _lost_apart(s, "two_apart"),
            lambda year: _less_done(year, "two_apart"),
            0.04,
        ),
    ),
)


def _hours_until_change(s: Scenario) -> float:
    at = s.interventions[0].at
    assert isinstance(at, date)
    return 24.0 * (at - s.experiment.start).days


def _parts(s: Scenario) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Expected leads, conversion and mean deal before and after the change."""
    found = []
    line = timeline(s, "team")
    for now, hours in zip(line.scenarios, (_hours_until_change(s), period(s) - _hours_until_change(s)), strict=True):
        channel = now.market.channels["line"]
        deal = now.market.products["thing"].deal.mean * channel.deal_size
        found.append((rate(now) * hours, now.market.stages[0].conversion, deal))
    return found[0], found[1]


NEW_MARKET = System(
    "a market that changes on a date",
    "Piecewise Poisson process",
    "new_market",
    (
        Check(
            "leads (`leads`)",
            "λ₁ t₁ + λ₂ t₂",
            "Lewis & Shedler 1979",
            lambda s: sum(leads for leads, _, _ in _parts(s)),
            lambda year: year.only.measures["leads"],
        ),
        Check(
            "deals (`deals`)",
            "λ₁ t₁ p₁ + λ₂ t₂ p₂",
            "Feller 1968",
            lambda s: sum(leads * share for leads, share, _ in _parts(s)),
            lambda year: year.only.measures["deals"],
        ),
        Check(
            "revenue (`revenue`)",
            "Σ λ t p d",
            "Feller 1968",
            lambda s: sum(leads * share * deal for leads, share, deal in _parts(s)),
            lambda year: year.only.measures["revenue"],
        ),
    ),
)


def _crm(s: Scenario) -> tuple[Crm, float]:
    (change,) = timeline(s, "team").changes
    assert change.crm is not None
    return change.crm, change.at


def _use(s: Scenario) -> float:
    """Mean share of use of a roll-out that succeeds: the integral of the logistic curve over the year."""
    crm, begin = _crm(s)

    def area(x: float) -> float:
        return crm.spread * math.log1p(math.exp((x - crm.midpoint) / crm.spread))

    return crm.ceiling * (area(period(s) - begin) - area(0.0)) / period(s)


CRM = System(
    "a CRM",
    "Logistic adoption",
    "crm",
    (
        Check(
            "mean share of use (`crm_adoption`)",
            "(1 − failure) · mean of ceiling / (1 + e^(−(t − m)/s))",
            "arithmetic",
            lambda s: (1 - _crm(s)[0].failure) * _use(s),
            lambda year: year.only.measures["crm_adoption"],
            0.05,
        ),
        Check(
            "share of roll-outs that fail",
            "failure",
            "Feller 1968",
            lambda s: _crm(s)[0].failure,
            lambda year: float(year.only.record.crm_failed),
            0.08,
        ),
        Check(
            "hours of papers a deal",
            "w (1 − saved · (1 − failure) · mean use)",
            "arithmetic",
            lambda s: 2.0 * (1 - _crm(s)[0].paperwork * (1 - _crm(s)[0].failure) * _use(s)),
            lambda year: _papers(year),
        ),
    ),
)


def _papers(year: Year) -> float:
    record = year.only.record
    number = record.activities.index("paperwork")
    return float(record.busy[:, number].sum() / record.repetitions[:, number].sum())


def _time_to_fill(year: Year) -> float:
    vacancies = year.only.record.vacancies
    return float(np.mean(vacancies.filled - vacancies.opened)) / 24


HIRING_WAVE = System(
    "a hiring wave",
    "Mean of the search",
    "hiring_wave",
    (
        Check(
            "days from the opening to the newcomer",
            "E V",
            "arithmetic",
            lambda s: s.people.recruiting.time.mean / 24,
            _time_to_fill,
        ),
        Check(
            "people employed at the end",
            "all positions",
            "arithmetic",
            lambda s: float(timeline(s, "team").scenarios[-1].structures["team"].roles["seller"].headcount),
            lambda year: float(year.only.record.staffed[:, -1].sum()),
        ),
    ),
)

INTERVENTIONS: tuple[System, ...] = (DIPS, NEW_MARKET, CRM, HIRING_WAVE)
