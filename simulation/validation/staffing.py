"""Systems about who is there: positions that are filled again, newcomers who learn, heads, leavers' customers."""

from __future__ import annotations

import math

import numpy as np

from simulation.department.record import LEAVING
from simulation.mechanisms.tenure_law import TenureLaw, mean_tenure
from simulation.scenario.scenario import Scenario
from simulation.validation.checks import Check, System, Year, heads, period
from simulation.written.readers import MONTH, WEEK, YEAR


def _law(s: Scenario) -> TenureLaw:
    turnover = s.people.turnover
    law = turnover.tenures(turnover.per_year, s.people.onboarding.probation)
    assert law is not None
    return law


def _staffed(s: Scenario) -> float:
    """Share of the time of a position that somebody holds it: mean tenure over tenure and vacancy."""
    tenure = mean_tenure(_law(s), s.people.onboarding.probation)
    return tenure / (tenure + s.people.recruiting.time.mean)


def _staffed_share(year: Year) -> float:
    record = year.only.record
    months = np.diff(record.month_edges)
    return float((record.staffed @ months).sum() / (record.positions @ months).sum())


POSITIONS = System(
    "positions filled again",
    "Alternating renewal",
    "staffed",
    (
        Check("share of positions that are filled", "E T / (E T + E V)", "Cox 1962", _staffed, _staffed_share),
        Check(
            "leavers a year of a filled position (`turnover_rate`)",
            "1 / E T",
            "Cox 1962",
            lambda s: s.people.turnover.per_year,
            lambda year: year.only.measures["turnover_rate"],
        ),
    ),
)


def _failed_of_leavers(year: Year) -> float:
    staff = year.only.record.staff
    left = (staff.end >= year.only.record.begin) & (staff.end < year.only.record.end)
    return float((staff.reason[left] == LEAVING.index("probation")).mean())


def _failing(s: Scenario) -> float:
    """Share of those hired who are still there at the end of probation and fail."""
    probation = s.people.onboarding.probation
    return probation.failure * math.exp(-_law(s).spent(probation.months * MONTH))


UNSETTLED = System(
    "people who unsettle one another",
    "Self-exciting process",
    "staffed",
    (
        Check(
            "leavers a year of a filled position (`turnover_rate`)",
            "μ / (1 − η) = 1 / E T, η = s λ m / (1 + s λ m)",
            "Hawkes 1971",
            lambda s: s.people.turnover.per_year,
            lambda year: year.only.measures["turnover_rate"],
        ),
    ),
    {"people.turnover.contagion": 2},
)

TRIAL_TIME = System(
    "positions with a trial time",
    "Renewal with two ways to leave",
    "staffed",
    (
        Check("share of positions that are filled", "E T / (E T + E V)", "Cox 1962", _staffed, _staffed_share),
        Check(
            "leavers of all kinds a year of a filled position (`turnover_rate`)",
            "1 / E T",
            "Cox 1962",
            lambda s: s.people.turnover.per_year,
            lambda year: year.only.measures["turnover_rate"],
        ),
        Check(
            "share of leavers who failed the trial time",
            "failure · P(no quitting before its end)",
            "Cox 1962",
            _failing,
            _failed_of_leavers,
            0.06,
        ),
    ),
    {"people.turnover.early": 1.5, "people.turnover.per_year": 1, "people.onboarding.probation.failure": 0.2},
)

RAMP = (0.2, 0.4, 0.6, 0.8, 1.0)


def _effective(s: Scenario) -> float:
    """People weighted by proficiency: ages in the role are exponential, proficiency rises with each month."""
    hazard = s.people.turnover.per_year / YEAR * MONTH
    ramp = s.structures["team"].roles["seller"].ramp["sell"]
    ages = [math.exp(-hazard * month) for month in range(len(ramp))] + [0.0]
    relative = sum(p / ramp[-1] * (a - b) for p, a, b in zip(ramp, ages, ages[1:], strict=False))
    return heads(s, "seller") * _staffed(s) * relative


RAMPING = System(
    "a linear ramp",
    "Effective headcount",
    "staffed",
    (
        Check(
            "people weighted by proficiency (`effective_headcount`)",
            "N · E T / (E T + E V) · Σ pₖ (e^(−λk) − e^(−λ(k+1)))",
            "Cox 1962",
            _effective,
            lambda year: year.only.measures["effective_headcount"],
        ),
    ),
    {"structures.team.roles.seller.ramp": {"sell": list(RAMP)}},
)


def _leavers(s: Scenario) -> float:
    """Nobody is replaced, so each person leaves at most once; a spike multiplies the hazard for its time."""
    law, age = _law(s), s.people.tenure.mean
    spent = law.spent(age + period(s)) - law.spent(age)
    for intervention in s.structures["team"].interventions:
        spike = intervention.attrition_spike
        assert spike is not None and isinstance(intervention.at, float)
        begin = age + intervention.at
        spent += (spike.factor - 1) * (law.spent(begin + spike.lasts) - law.spent(begin))
    return heads(s, "seller") * (1 - math.exp(-spent))


_LEAVERS = Check(
    "leavers of the year (`leavers`)",
    "N (1 − exp(−∫ h))",
    "Cox 1962",
    _leavers,
    lambda year: year.only.measures["leavers"],
)
LEAVERS = System("leavers of a year", "Weibull hazard by tenure", "leavers", (_LEAVERS,))
SPIKE = System(
    "leavers after a change",
    "Weibull hazard with a spike",
    "leavers",
    (_LEAVERS,),
    {"structures.team.interventions": [{"at": "3 months", "attrition_spike": {"factor": 3, "lasts": "60 days"}}]},
)


def _overloaded(s: Scenario) -> float:
    """The load is looked at after four weeks; from then on everybody is fully loaded."""
    turnover = s.people.turnover
    hazard = turnover.per_year / YEAR
    before = 4 * WEEK
    raised = (1 + turnover.overload) / (1 + turnover.overload * turnover.usual_overload)
    spent = hazard * (before + raised * (period(s) - before))
    return heads(s, "seller") * (1 - math.exp(-spent))


OVERLOAD = System(
    "leavers under overload",
    "Constant hazard, raised",
    "overloaded",
    (
        Check(
            "leavers (`leavers`)",
            "N (1 − exp(−λ (4 weeks + (1 + overload) / (1 + overload · usual) · (T − 4 weeks))))",
            "Cox 1962",
            _overloaded,
            lambda year: year.only.measures["leavers"],
        ),
    ),
)


def _of_one(s: Scenario) -> float:
    departure = s.people.departure
    held = s.market.initial.base / heads(s, "seller")
    return held * departure.customers_lost * (1 - departure.colleague_saves)


def _lost_with_leavers(year: Year) -> float:
    return year.only.measures["customers_lost_leaver"]


LEAVERS_CUSTOMERS = System(
    "a leaver's customers",
    "Binomial: rate × exposure",
    "portfolios",
    (
        Check(
            "customers lost, to a colleague",
            "customers / people · loss · (1 − saved)",
            "Feller 1968",
            _of_one,
            _lost_with_leavers,
            0.04,
        ),
    ),
)
SHARED_CUSTOMERS = System(
    "customers of a team",
    "Binomial: rate × exposure",
    "portfolios",
    (
        Check(
            "customers lost, contacts shared by all",
            "customers · loss · (1 − saved) / people",
            "Feller 1968",
            _of_one,
            _lost_with_leavers,
            0.04,
        ),
    ),
    {"structures.team.roles.seller.ownership": "team", "structures.team.roles.seller.new_work": "shared"},
)


def _to_newcomers(s: Scenario) -> float:
    """Each customer loses its person in a Poisson process and leaves each time with the same probability."""
    often = s.people.turnover.per_year * period(s) / YEAR
    return s.market.initial.base * (1 - math.exp(-often * s.people.departure.customers_lost))


TO_NEWCOMERS = System(
    "customers handed to newcomers",
    "Thinning of a Poisson process",
    "portfolios",
    (Check("customers lost", "n (1 − exp(−λ T · loss))", "Feller 1968", _to_newcomers, _lost_with_leavers, 0.06),),
    {
        "structures.team.interventions": [],
        "people.turnover.per_year": 2,
        "people.recruiting.time": 0,
        "people.departure.clients_to": "successor",
        "people.departure.reassign_after": 0,
    },
)


def _pieces(s: Scenario) -> float:
    """Pieces that all finish in the time there is, each at the pace that the pieces before have taught."""
    curve = s.people.learning.sell
    coached = _coached(s)
    counts = 1 - s.people.coaching.learning * (1 - coached)
    done, time = 0, 0.0
    while True:
        gap = (curve.mastery - curve.start) * 2 ** (-done * counts / curve.half_life)
        time += s.market.stages[0].work.mean / (curve.mastery - gap)
        if time > period(s):
            return float(heads(s, "seller") * done)
        done += 1


def _finished(year: Year) -> float:
    record = year.only.record
    return float(record.repetitions[:, record.activities.index("sell")].sum())


_LEARNING = Check(
    "pieces of work done by two beginners",
    "N max{n: Σ w / (m − (m − s) 2^(−k c / h)) ≤ T}",
    "arithmetic",
    _pieces,
    _finished,
)
LEARNING = System("a learning curve", "Learning by repetitions", "beginners", (_LEARNING,))
SLOW_LEARNING = System(
    "a learning curve without enough coaching",
    "Learning by repetitions, slowed",
    "beginners",
    (_LEARNING,),
    {
        "structures.team.roles.head": {
            "headcount": 1,
            "support": True,
            "leads": {"span": 1, "coaching": "2 h", "coordination": "0 h"},
        }
    },
)


def _load(s: Scenario) -> float:
    roles = s.structures["team"].roles
    leads = next((role.leads for role in roles.values() if role.leads is not None), None)
    if leads is None:
        return 0.0
    working = [role.headcount for role in roles.values() if not role.support]
    asked = leads.coaching * sum(working) + leads.coordination * (len(working) - 1)
    return asked / (leads.span * leads.coaching * heads(s, "head"))


def _coached(s: Scenario) -> float:
    return min(1.0, 1.0 / _load(s)) if _load(s) > 0 else 1.0


def _won(s: Scenario) -> float:
    conversion = s.market.stages[0].conversion
    odds = math.log(conversion / (1 - conversion)) - s.people.coaching.conversion * (1 - _coached(s))
    return 1 / (1 + math.exp(-odds))


HEAD = System(
    "an overloaded head",
    "Span of control",
    "led",
    (
        Check(
            "load of the head (`head_load`)",
            "(people · coaching + (kinds − 1) · coordination) / (span · coaching)",
            "arithmetic",
            _load,
            lambda year: year.only.measures["head_load"],
        ),
        Check(
            "share of the coaching that people get (`coached`)",
            "1 / load",
            "arithmetic",
            _coached,
            lambda year: year.only.measures["coached"],
        ),
        Check(
            "share of closed leads won",
            "logistic(logit p − κ (1 − coached))",
            "Feller 1968",
            _won,
            lambda year: _won_of_closed(year),
        ),
    ),
)


def _won_of_closed(year: Year) -> float:
    state = year.only.record.leads.state
    return float((state == 1).sum() / (state > 0).sum())


STAFFING: tuple[System, ...] = (
    POSITIONS,
    UNSETTLED,
    TRIAL_TIME,
    RAMPING,
    LEAVERS,
    SPIKE,
    OVERLOAD,
    LEAVERS_CUSTOMERS,
    SHARED_CUSTOMERS,
    TO_NEWCOMERS,
    LEARNING,
    SLOW_LEARNING,
    HEAD,
)
