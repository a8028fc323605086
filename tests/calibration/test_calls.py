"""Daily calls become an outbound channel: recovered from exports of which the truth is known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import simulation
from simulation.calibration.adapt import Estimated, estimated
from simulation.calibration.assemble import Judged, assemble
from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import attempts
from simulation.calibration.exporting import records_of
from simulation.calibration.pilot import corrected, look
from simulation.calibration.records import Records, table
from simulation.scenario.channels import Inbound, Outbound
from simulation.sense.loader import load_text

DRAWS = Resampling(draws=60)
FIND = 0.04
TEXT = f"""
version: 1
experiment: {{start: 2025-01-01, months: 12, warm_up: 2}}
market:
  channels:
    site: {{kind: inbound, leads_per_month: 30}}
    cold calls: {{kind: outbound, attempt: 9 min, find_probability: {FIND}}}
  qualification: null
  speed_to_lead: null
  stages:
    - {{name: talk, work: 1 h, conversion: 0.6, thinking: {{lognormal: {{mean: 4 days, cv: 0.8}}}}, patience: never, question: 0}}
    - {{name: offer, work: 2 h, conversion: 0.5, thinking: {{lognormal: {{mean: 9 days, cv: 0.8}}}}, patience: never, question: 0}}
  products: {{service: {{deal: 60 k, gross_margin: 30 %, repeat: false}}}}
structures:
  universal: {{preset: universal, roles: {{universal: {{headcount: 4, activities: [sell, paperwork, prospect]}}}}}}
"""  # noqa: E501


@cache
def year(number: int) -> Records:
    return records_of(load_text(TEXT, "calls.yaml"), "universal", number)


@cache
def found() -> Estimated:
    return estimated(year(0), DRAWS)


def test_the_share_of_calls_that_find_a_lead_is_recovered() -> None:
    """Of six years, nine in ten intervals hold the truth: fewer than four has a chance of 0.2 %."""
    hits = 0
    for number in range(6):
        told = attempts.estimate(year(number), DRAWS).figures
        low, high = told["channel.find"].interval
        hits += low <= FIND <= high
        calls = year(number).calls
        months = (calls["day"].max() - calls["day"].min()).days / 30.4375
        assert told["calls_per_month"].value == pytest.approx(calls["calls"].sum() / months, rel=0.01)
    assert hits >= 4, hits


def test_simulated_years_make_as_many_calls_and_leads_as_the_records_show() -> None:
    facts = found().facts()
    made, correction = corrected(facts, Judged(), rounds=2)
    scenario = made.scenario()
    channel = scenario.market.channels["cold calls"]
    assert isinstance(channel, Outbound) and isinstance(scenario.market.channels["site"], Inbound)
    assert channel.find_probability == pytest.approx(found().found["attempts"].figures["channel.find"].value, rel=1e-3)
    assert 60 * channel.attempt == pytest.approx(60 * correction.attempt, rel=0.01)
    for structure in scenario.structures.values():  # whoever opens deals seeks them, in each structure
        assert any(duty.activity == "prospect" for role in structure.roles.values() for duty in role.activities)
    calls = next(each.calls for each in facts.channels if each.calls is not None)
    assert look(made, 2, 9).attempts == pytest.approx(calls.attempts.value, rel=0.15)
    text = made.text(files=False)
    assert "calls by day" in text and "market.channels.cold calls.find_probability" in made.columns
    assert len(made.columns["market.channels.cold calls.attempt"]) == 60
    assert simulation.compare(scenario, replications=2, months=1, jobs=1).runs.finished == 2


def test_where_the_table_does_not_count_leads_the_deals_of_the_channel_do() -> None:
    calls = year(0).calls.assign(leads=float("nan"))
    told = attempts.estimate(replace(year(0), calls=calls), DRAWS).figures
    counted = attempts.estimate(year(0), DRAWS).figures["channel.find"]
    assert told["find_probability"].kept is not None
    assert told["channel.find"].value == pytest.approx(counted.value, rel=0.1)  # a few came in before or come in later
    low, high = told["channel.find"].interval
    assert low < counted.value < high


def test_it_says_so_where_no_channel_is_that_of_the_calls() -> None:
    deals = year(0).deals
    named = replace(year(0), deals=deals.assign(channel=deals["channel"].replace({"cold calls": "base"})))
    assert attempts.sought(named) == "base"  # as many leads as the calls found
    several = replace(year(0), deals=deals.assign(channel=deals["channel"].replace({"site": "Обзвон"})))
    assert attempts.sought(several) is None
    told = attempts.estimate(several, DRAWS)
    assert "channel.find" not in told.figures and "all leads come by themselves" in told.notes[0]
    facts = estimated(several, DRAWS).facts()
    assert all(each.calls is None for each in facts.channels)
    assert "prospect" not in assemble(facts).text(files=False)
    assert attempts.sought(replace(year(0), calls=table("calls"))) is None
