"""Estimators find what is true of scenarios that are known figure by figure: in a few exports, and slowly in fifty."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit

from simulation.calibration.estimates import LEVEL, Estimate, Figure
from simulation.calibration.records import Records
from simulation.texts import say
from simulation.validation.recovery.decision import CASES, CLEAR, Case, agreement, winner
from simulation.validation.recovery.kinds import KINDS, came_of
from simulation.validation.recovery.runs import BAND, Recovered, families, recover

CONVERSIONS = {"offer": 0.5, "terms": 0.7, "signature": 0.9}
QUALITY = {"site": 0.0, "referral": 0.6}


def shares() -> dict[str, float]:
    """What the scenario says of each stage and channel, without any simulated year."""
    return {
        f"stages/{stage}.{channel}.share": float(expit(logit(conversion) + quality))
        for stage, conversion in CONVERSIONS.items()
        for channel, quality in QUALITY.items()
    }


def test_shares_and_amounts_are_found_in_a_few_exports() -> None:
    """As often as intervals of 90 % hold the truth, less three standard errors of figures of four independent years."""
    kind = replace(KINDS["two_channels"], estimators=("stages", "amounts"), later=0)
    truth = shares() | {"amounts/amount.mean": 60_000.0, "amounts/amount.cv": 0.8}
    found = recover(kind, truth, range(60, 64), draws=60)
    held = [each for one in found.values() for each in one.held]
    assert len(held) == 4 * len(truth)
    assert np.mean(held) > LEVEL - 3 * (LEVEL * (1 - LEVEL) / len(held)) ** 0.5
    for one in found.values():
        assert abs(one.bias) < max(5 * one.error, 0.15), one.key


def test_the_truth_of_a_stage_is_that_of_the_scenario() -> None:
    """Many years followed to the end have the shares of the scenario: sellers are alike, and nothing is lost."""
    truth = KINDS["two_channels"].truth(years=6)
    for key, share in shares().items():
        assert truth[key] == pytest.approx(share, abs=0.04)
    assert truth["stages/offer.silent"] == pytest.approx(0.3, abs=0.03)
    assert truth["stages/offer.gap_no.mean"] > 5 * 24, "waiting and work come on top of the customer's five days"


def test_what_came_of_open_deals_is_counted_from_later_records() -> None:
    kind = KINDS["two_channels"]
    made, later = kind.records(3)
    still = made.deals["status"] == "open"
    wins = [later[f"pipeline/open.wins.{weeks}_weeks"] for weeks in (4, 8, 13, 26)]
    assert wins == sorted(wins)
    assert 0 < wins[-1] < still.sum()
    assert not (made.deals["closed"] >= np.datetime64(made.as_of)).any()
    assert came_of(made, made.as_of)["pipeline/open.wins.26_weeks"] == 0, "nothing later is visible"


def test_coverage_bias_and_breadth_are_of_what_was_found() -> None:
    one = Recovered("stages/x.share", 0.5)
    rng = np.random.default_rng(1)
    for middle in (0.45, 0.5, 0.55, 0.9):
        one.add(Figure("x.share", middle, middle + 0.1 * rng.standard_normal(2000)))
    one.add(Figure("x.share", 0.5, kept=say("estimator-few-cases", count=3, least=20)))
    one.add(None)
    assert one.kept == 2
    assert one.held == [True, True, True, False]
    assert one.coverage == 0.75
    assert one.bias == pytest.approx(0.2)
    assert one.breadth == pytest.approx(0.1 / np.std(one.values, ddof=1), rel=0.1)


def test_figures_are_put_together_by_what_they_are() -> None:
    keys = ["stages/offer.share", "stages/offer.site.share", "stages/offer.gap_no.mean", "arrivals/site.hours.3"]
    assert {name: len(each) for name, each in families(map(Recovered, keys)).items()} == {
        "stages/share": 2,
        "stages/gap_no.mean": 1,
        "arrivals/hours": 1,
    }


def test_only_the_market_tells_which_of_two_decisions_is_right() -> None:
    """At the same pay fewer people earn more where it is quiet, and more where it is busy."""
    quiet, busy = (winner(case.scenario) for case in CASES)
    assert (quiet[0], busy[0]) == ("fewer", "more")
    assert min(quiet[1], busy[1]) >= CLEAR


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_recovered_is_decided_as_the_truth_is(case: Case) -> None:
    best, _, drawn = agreement(case, range(3))
    assert drawn == [best] * 3


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("name", KINDS)
def test_intervals_hold_the_truth_as_often_as_they_say(name: str) -> None:
    """Fifty exports of a kind: by what the figures are, 85–95 % of the intervals, less chance of so many exports."""
    kind = KINDS[name]
    found = recover(kind, kind.truth(), range(50))
    for family, members in families(found.values()).items():
        held = [each for one in members for each in one.held]
        if len(held) < 50:
            continue
        # figures of one export belong together: at the worst they are one
        slack = 2 * (LEVEL * (1 - LEVEL) / 50) ** 0.5
        assert BAND[0] - slack <= np.mean(held), (family, np.mean(held))


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.regime])
def test_a_change_of_regime_is_warned_of_and_a_stable_year_is_not(name: str) -> None:
    """Of twenty exports at most three are judged otherwise: a test at 5 % says so of more in one of a hundred."""
    kind = replace(KINDS[name], estimators=("regime",), later=0)
    verdicts: list[str] = []

    def judged(_: int, __: Records, estimates: Mapping[str, Estimate]) -> None:
        verdicts.append(estimates["regime"].model.verdict)

    recover(kind, {}, range(20), draws=20, each=judged)
    warned = sum(verdict != "stable" for verdict in verdicts)
    assert warned >= 17 if kind.regime == "broken" else warned <= 3, verdicts
