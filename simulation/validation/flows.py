"""Systems without waiting: arrivals, the funnel, the pipeline."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.channels import Arrivals, Distributor
from simulation.scenario.scenario import Scenario
from simulation.validation.checks import (
    SPREAD,
    Check,
    Run,
    System,
    converted,
    edges,
    leads_of_months,
    mean_square,
    rate,
    season,
)
from simulation.written.readers import MONTH, YEAR

Floats = NDArray[np.float64]

# --- arrivals ---------------------------------------------------------------------------------------------------


def _variance(channel: str, of: str) -> Check:
    def theory(s: Scenario) -> float:
        expected, spec = leads_of_months(s, channel), s.market.channels[channel]
        assert isinstance(spec, Arrivals)
        return float((expected + spec.overdispersion**2 * expected**2).mean())

    return Check(
        f"variance of a month's leads, {of}",
        "m + (cv m)²" if channel == "uneven" else "m",
        "Lewis & Shedler 1979",
        theory,
        lambda year: mean_square(year.only.leads_by_month(channel), leads_of_months(year.scenario, channel)),
        SPREAD,
    )


def _months(channel: str, of: str, chosen: slice, words: str) -> Check:
    return Check(
        f"leads in {words}, {of}",
        "λ season ∫ exp(g t) dt",
        "Lewis & Shedler 1979",
        lambda s: float(leads_of_months(s, channel)[chosen].sum()),
        lambda year: float(year.only.leads_by_month(channel)[chosen].sum()),
    )


def _distributor_orders(s: Scenario) -> float:
    """Expected orders: rate * season * volume that grows * probability that the distributor is still there."""
    spec = s.market.channels["dealer"]
    assert isinstance(spec, Distributor)
    bounds, total = edges(s), 0.0
    for factor, begin, finish in zip(season(s, spec.seasonality), bounds, bounds[1:], strict=False):
        t = np.linspace(begin, finish, 2001)
        volume = np.minimum(t / spec.ramp, 1.0) * np.exp(-spec.exits_per_year / YEAR * t)
        total += float(factor * np.trapezoid(volume, t))
    return spec.orders_per_month / MONTH * total


SEASONS = System(
    "seasons and trends",
    "Poisson arrivals by thinning",
    "seasons",
    (
        _months("season", "season", slice(6, None, 12), "both Julys"),
        _months("season", "season", slice(11, None, 12), "both Decembers"),
        _variance("season", "season"),
        _months("trend", "season and trend", slice(0, 1), "the first January"),
        _months("trend", "season and trend", slice(12, 24), "the second year"),
        _variance("flat", "flat"),
        _months("uneven", "overdispersed", slice(None), "two years"),
        _variance("uneven", "overdispersed"),
        Check(
            "orders of a distributor with a ramp and an exit (`distributor_orders`)",
            "λ ∫ min(t / r, 1) exp(−h t) dt",
            "Cox 1962",
            _distributor_orders,
            lambda year: year.only.measures["distributor_orders"],
            SPREAD,
        ),
    ),
)

# --- funnel -----------------------------------------------------------------------------------------------------


def _passed(s: Scenario) -> float:
    rules, fit = s.market.qualification, s.market.channels["line"].fit
    assert rules is not None
    return fit * rules.true_positive + (1 - fit) * rules.false_positive


def _won(s: Scenario) -> float:
    rules, fit = s.market.qualification, s.market.channels["line"].fit
    assert rules is not None
    stages = math.prod(converted(s, n) for n in range(len(s.market.stages)))
    return fit * rules.true_positive * (1 - s.hand_off.lead.loss) * stages


def _binomial_spread(run: Run, probability: float) -> float:
    """Mean over the months of (won - n p)^2 / (n p (1 - p)), n leads in the month."""
    leads, won = run.leads_by_month("line"), run.leads_by_month("line", won=True)
    return float(((won - leads * probability) ** 2 / (leads * probability * (1 - probability))).mean())


FUNNEL = System(
    "funnel",
    "Product of conversions, binomial",
    "funnel",
    (
        Check(
            "share that passes qualification",
            "fit · tp + (1 − fit) · fp",
            "Feller 1968",
            _passed,
            lambda year: year.only.measures["qualified"] / year.only.measures["leads"],
        ),
        Check(
            "win rate (`win_rate`)",
            "fit · tp · (1 − hand-off loss) · Π (1 − open question) · p",
            "Feller 1968",
            _won,
            lambda year: year.only.measures["win_rate"],
        ),
        Check(
            "share lost between hunter and closer (`lost.hand_off`)",
            "passed · loss",
            "Feller 1968",
            lambda s: _passed(s) * s.hand_off.lead.loss,
            lambda year: year.only.share_lost("hand_off"),
        ),
        Check(
            "good leads dropped (`lost.disqualified_fit`)",
            "fit · (1 − tp)",
            "Feller 1968",
            lambda s: s.market.channels["line"].fit * (1 - s.market.qualification.true_positive),  # type: ignore[union-attr]
            lambda year: year.only.share_lost("disqualified_fit"),
        ),
        Check(
            "variance of a month's deals over n p (1 − p)",
            "1",
            "Feller 1968",
            lambda s: 1.0,
            lambda year: _binomial_spread(year.only, _won(year.scenario)),
            SPREAD,
        ),
    ),
)

# --- pipeline --------------------------------------------------------------------------------------


def _thinking(s: Scenario) -> float:
    first = s.market.stages[0]
    return rate(s) * first.conversion * first.thinking.mean


THINKING = System(
    "leads that think",
    "M/G/∞ pipeline, lognormal time",
    "thinking",
    (
        Check(
            "open leads, mean over the months' ends",
            "λ p E[thinking]",
            "Little 1961",
            _thinking,
            lambda year: float(year.only.open_leads(edges(year.scenario)[1:]).mean()),
        ),
        Check(
            "open leads, variance over the months' ends",
            "λ p E[thinking]: Poisson",
            "Little 1961",
            _thinking,
            lambda year: mean_square(
                year.only.open_leads(edges(year.scenario)[1:]), np.array(_thinking(year.scenario))
            ),
            SPREAD,
        ),
    ),
)

FLOWS: tuple[System, ...] = (SEASONS, FUNNEL, THINKING)
