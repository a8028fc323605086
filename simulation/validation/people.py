"""Systems about people's time (cold calls, absences, office hours) and about changes on a date (cost, market, CRM)."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from simulation.mechanisms.interventions import Crm, Dip
from simulation.scenario.channels import Outbound
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline
from simulation.validation import formulas
from simulation.validation.checks import Check, System, Year, cv, heads, period, rate, work, working_hours

YEAR_DAYS = 365.25


def _outbound(s: Scenario, channel: str) -> Outbound:
    spec = s.market.channels[channel]
    assert isinstance(spec, Outbound)
    return spec


def _finds_an_hour(s: Scenario, channel: str) -> float:
    """Finds in an hour of attempts."""
    spec = _outbound(s, channel)
    return spec.find_probability / spec.attempt


COLD_CALLS = System(
    "cold calls",
    "Renewal count of finds",
    "cold_calls",
    (
        Check(
            "leads found (`leads_found`)",
            "people × hours × availability × p / attempt",
            "Cox 1962",
            lambda s: heads(s, "hunter") * working_hours(s) * s.people.availability * _finds_an_hour(s, "calls"),
            lambda year: year.only.measures["leads_found"],
        ),
        Check(
            "share of time worked (`utilisation`)",
            "1: prospecting fills the day",
            "arithmetic",
            lambda s: 1.0,
            lambda year: year.only.measures["utilisation"],
        ),
    ),
)

VISITS_BETWEEN_LEADS = System(
    "visits between leads",
    "M/M/1 with vacations",
    "visits_between_leads",
    (
        Check(
            "leads' mean wait, h",
            "W(M/M/1) + attempt / 2",
            "Fuhrmann & Cooper 1985",
            lambda s: formulas.vacation_wait(rate(s), work(s), cv(s), _outbound(s, "visits").attempt),
            lambda year: year.only.wait("line"),
        ),
        Check(
            "share of time on visits (`time.answerer.prospect`)",
            "1 − ρ",
            "arithmetic",
            lambda s: 1 - rate(s) * work(s),
            lambda year: year.only.measures["time.answerer.prospect"],
        ),
        Check(
            "leads found (`leads_found`)",
            "(1 − ρ) · hours · p / attempt",
            "Cox 1962",
            lambda s: (1 - rate(s) * work(s)) * period(s) * _finds_an_hour(s, "visits"),
            lambda year: year.only.measures["leads_found"],
        ),
    ),
)


def _sick(s: Scenario) -> float:
    return s.people.absence.sick_days / YEAR_DAYS


ABSENCES = System(
    "absences",
    "Alternating renewal",
    "absences",
    (
        Check(
            "share of the time present",
            "(1 − vacation / year)(1 − sick / year)",
            "Cox 1962",
            lambda s: (1 - s.people.absence.vacation_days / YEAR_DAYS) * (1 - _sick(s)),
            lambda year: year.only.present_share(),
        ),
    ),
)


def _time_with_absences(s: Scenario) -> float:
    """Mean time from arrival to deal, days."""
    away = s.people.absence.sick_spell_days * 24
    return formulas.breakdown_time(rate(s), work(s), away * (1 - _sick(s)) / _sick(s), away) / 24


AWAY_NOW_AND_THEN = System(
    "away now and then",
    "M/M/1 with breakdowns",
    "away_now_and_then",
    (
        Check(
            "time from arrival to deal, days (`cycle_days`)",
            "L / λ from the generating function",
            "White & Christie 1958",
            _time_with_absences,
            lambda year: year.only.measures["cycle_days"],
        ),
        Check(
            "share of the time present",
            "up / (up + down)",
            "Cox 1962",
            lambda s: 1 - _sick(s),
            lambda year: year.only.present_share(),
        ),
        Check(
            "share of the time present that is worked (`utilisation`)",
            "λ s / present",
            "arithmetic",
            lambda s: rate(s) * work(s) / (1 - _sick(s)),
            lambda year: year.only.measures["utilisation"],
        ),
    ),
)


def _office_load(s: Scenario) -> float:
    """Demand in hours over the hours that the team has for it."""
    first, second = s.market.stages
    demand = rate(s) * period(s) * (first.work.mean + first.conversion * second.work.mean)
    return demand / (s.people.availability * heads(s, "seller") * working_hours(s))


OFFICE_HOURS = System(
    "office hours",
    "Workload of an office",
    "office_hours",
    (
        Check(
            "leads (`leads`)",
            "λ T, in office hours only",
            "Lewis & Shedler 1979",
            lambda s: rate(s) * period(s),
            lambda year: year.only.measures["leads"],
        ),
        Check(
            "share of time worked (`utilisation`)",
            "λ T (s₁ + p s₂) / (availability · people · hours)",
            "arithmetic",
            _office_load,
            lambda year: year.only.measures["utilisation"],
        ),
    ),
)

PEOPLE: tuple[System, ...] = (COLD_CALLS, VISITS_BETWEEN_LEADS, ABSENCES, AWAY_NOW_AND_THEN, OFFICE_HOURS)


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
