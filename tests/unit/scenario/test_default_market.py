"""The default stages of a sale keep the figures they are taken from, in closed form and in simulation.

Judgement and vendors' figures: 0.22 of the qualified leads are won (0.10-0.35), 45 days from lead to deal (14-180),
8 h of selling a deal (3-40), 6 h of cold work for a lead (3-15). They hold for leads in good hands: people of
proficiency 1, one of whom is always free when the doors are open.
"""

import numpy as np
import pytest

from simulation.department import Record, simulate
from simulation.department.record import OPEN, WON
from simulation.expected import workload
from simulation.scenario.neutral import neutralise
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.world import World

DEFAULTS = """
version: 1
title: Default market
experiment: {start: 2026-01-01, months: 24, seed: 11}
market:
  channels:
    site: {kind: inbound, leads_per_month: 150}
    calls: {kind: outbound}
  products:
    service: {deal: 60 000, gross_margin: 25 %, repeat: false}
structures:
  team:
    preset: universal_shared_pool
    roles: {universal: {headcount: 12, ownership: team}}
"""
GOOD_HANDS = ("specialisation", "talent", "switching", "absence", "availability", "hand_off")
WIN, DAYS, HOURS, COLD_HOURS = 0.22, 45.0, 8.0, 6.0
KNOWN = 16 * 730.5  # leads that came before have their outcome by the end


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The default market with people of proficiency 1 who are always there."""
    return neutralise(load_text(DEFAULTS), *GOOD_HANDS)


@pytest.fixture(scope="module")
def records(scenario: Scenario) -> list[Record]:
    return [simulate(scenario, "team", World(scenario, number)) for number in range(4)]


def hours(record: Record, activity: str) -> float:
    return float(record.busy[:, ACTIVITIES.index(activity)].sum())


def test_in_closed_form_a_qualified_lead_is_won_with_022_after_8_hours_of_selling_a_deal(
    scenario: Scenario,
) -> None:
    flows = workload(scenario, "team")
    site, team = flows.channels["site"], flows.roles["universal"]
    assert site.deals / site.qualified == pytest.approx(WIN, abs=0.005)
    assert team.hours["sell"] / flows.deals == pytest.approx(HOURS, abs=0.4)
    assert team.hours["prospect"] / flows.channels["calls"].leads == pytest.approx(COLD_HOURS, abs=0.3)


def test_in_simulation_a_qualified_lead_is_won_with_022(records: list[Record]) -> None:
    won, closed = 0, 0
    for record in records:
        leads = record.leads
        known = ~np.isnan(leads.qualified) & (leads.arrived < KNOWN) & (leads.state != OPEN)
        won, closed = won + int((leads.state[known] == WON).sum()), closed + int(known.sum())
    error = (WIN * (1 - WIN) / closed) ** 0.5
    # a little is lost to the few who must wait for a free person
    assert won / closed == pytest.approx(WIN, abs=0.01 + 3 * error)


def test_in_simulation_a_deal_takes_about_45_days(records: list[Record]) -> None:
    cycles = []
    for record in records:
        leads = record.leads
        chosen = (leads.state == WON) & (leads.arrived < KNOWN)
        cycles += list((leads.closed - leads.arrived)[chosen] / 24.0)
    error = float(np.std(cycles) / len(cycles) ** 0.5)
    assert error < 1.0
    assert np.mean(cycles) == pytest.approx(DAYS, abs=1.5 + 3 * error)


def test_in_simulation_a_deal_takes_about_8_hours_of_selling(records: list[Record]) -> None:
    """With the work on the leads that are lost."""
    by_year = [hours(record, "sell") / float((record.leads.state == WON).sum()) for record in records]
    assert np.mean(by_year) == pytest.approx(HOURS, abs=0.6)


def test_in_simulation_a_cold_lead_takes_about_6_hours(records: list[Record]) -> None:
    by_year = [hours(record, "prospect") / float(record.leads.found.sum()) for record in records]
    assert np.mean(by_year) == pytest.approx(COLD_HOURS, abs=0.3)


def test_sixty_to_seventy_cold_calls_fill_a_day_of_nothing_else(scenario: Scenario) -> None:
    calls = scenario.market.channels["calls"]
    assert 60 <= scenario.calendar.hours_per_day / calls.attempt <= 70


def test_a_leads_patience_with_the_first_answer_and_between_stages_is_ten_working_days(
    scenario: Scenario,
) -> None:
    fortnight = 14 * 24.0
    assert scenario.market.channels["site"].patience.mean == fortnight
    assert {stage.patience.mean for stage in scenario.market.stages} == {fortnight}
