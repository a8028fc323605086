"""Systems about people's time: cold calls, absences, office hours."""

from __future__ import annotations

from simulation.scenario.market import Outbound
from simulation.scenario.scenario import Scenario
from simulation.validation import formulas
from simulation.validation.checks import Check, System, cv, heads, period, rate, work, working_hours

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
