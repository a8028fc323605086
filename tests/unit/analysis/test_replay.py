"""Years played again: the log as pieces of work, flows between roles and queues."""

import numpy as np
import pytest

from simulation.analysis.comparison import Comparison, compare
from simulation.analysis.replay import BASE, flows, pieces, replay, response_hours, years_of
from simulation.sense.loader import load_text
from tests import records
from tests.cli.conftest import SMALL


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(load_text(SMALL), replications=3, jobs=1)


def test_a_replayed_year_is_the_one_that_was_simulated(comparison: Comparison) -> None:
    for name in comparison.structures:
        for year in years_of(comparison, 3):
            record = replay(comparison, name, year)
            deals = comparison.values.of(name, "deals")[year]
            assert (record.sales.kind == 0).sum() == deals
            assert replay(comparison, name, year) is record
    with pytest.raises(KeyError, match="nobody"):
        replay(comparison, "nobody")


def test_the_pieces_of_work_are_as_long_as_the_people_were_busy(comparison: Comparison) -> None:
    record = replay(comparison, "functional")
    logged = pieces(record)
    assert {piece.duty for piece in logged} <= set(record.activities)
    assert all(one.start <= two.start for one, two in zip(logged, logged[1:], strict=False))
    assert {piece.role for piece in logged} == set(record.roles)


def test_nobody_hands_over_to_himself_and_the_conveyor_passes_its_leads_on(comparison: Comparison) -> None:
    found = flows([replay(comparison, "functional", year) for year in years_of(comparison, 3)])
    pairs = {(flow.source, flow.target): flow for flow in found}
    assert all(source != target for source, target in pairs)
    assert pairs[("role", "hunter"), ("role", "closer")].duty == "sell"
    assert pairs[BASE, ("role", "farmer")].duty == "serve"
    universal = flows([replay(comparison, "universal")])
    assert {flow.target for flow in universal} == {("role", "universal")}
    assert {flow.source[0] for flow in universal} <= {"channel", "customers"}


def test_flows_and_queues_by_hand() -> None:
    """Twelve leads of the site go to the seller in a year of 8760 h, 11.99 months; six of them become clients of the
    clerk, who gets two orders of each. The seller's first contacts waited 876 h in all: a tenth of one is waiting."""
    made_for = records.scenario()
    leads = [{"arrived": 100.0 * n, "channel": "site"} for n in range(12)]
    made = records.record(made_for, leads=leads)
    waited = np.zeros_like(made.busy)
    waited[0, made.activities.index("qualify"), 3] = 876.0
    made = records.record(made_for, leads=leads, waited=waited)
    for n, uid in enumerate(made.leads.uid):
        made.events.append((uid, "qualify", "seller-1", "seller", 100.0 * n + 1, 100.0 * n + 2, "goes on", 0.0))
        if n % 2:
            for later in (2000.0, 4000.0):
                made.events.append((uid, "order", "clerk-1", "clerk", later + n, later + n + 1, "done", 0.0))
    months = 8760 / 730.5
    found = {(flow.source, flow.target): flow for flow in flows([made])}
    site, seller, clerk = ("channel", "site"), ("role", "seller"), ("role", "clerk")
    assert set(found) == {(site, seller), (seller, clerk), (BASE, clerk)}
    assert found[site, seller].a_month == pytest.approx(12 / months)
    assert found[site, seller].queue == pytest.approx(0.1)
    assert found[seller, clerk].a_month == pytest.approx(6 / months)
    assert found[BASE, clerk].a_month == pytest.approx(12 / months)


def test_papers_come_back_to_whoever_gave_them_away() -> None:
    """The clerk does the papers of a deal; the seller's order after it was not handed over by the clerk."""
    made_for = records.scenario()
    made = records.record(made_for, leads=[{"arrived": 10.0 * n} for n in range(12)])
    for n, uid in enumerate(made.leads.uid):
        for what, who, role, begin in (
            ("qualify", "seller-1", "seller", 1.0),
            ("paperwork", "clerk-1", "clerk", 500.0),
            ("order", "seller-1", "seller", 1000.0),
        ):
            made.events.append((uid, what, who, role, begin + 10 * n, begin + 10 * n + 1, "done", 0.0))
    pairs = {(flow.source, flow.target) for flow in flows([made])}
    seller, clerk = ("role", "seller"), ("role", "clerk")
    assert (seller, clerk) in pairs and (clerk, seller) not in pairs


def test_response_times_are_those_of_leads_that_came_by_themselves() -> None:
    leads = [
        {"arrived": 10.0, "answered": 12.5},
        {"arrived": 20.0},
        {"arrived": 30.0, "answered": 30.0, "found": True},
        {"arrived": 0.0, "answered": 1.0, "initial": True},
    ]
    assert response_hours(records.record(records.scenario(), leads=leads)).tolist() == [2.5, np.inf]
