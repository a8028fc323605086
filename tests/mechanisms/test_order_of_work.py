"""Order of work: due times keep low work from starving, newest first answers the warm, groups make switching cheap."""

import numpy as np
import pytest

from simulation.department.record import WON
from simulation.scenario.neutral import neutralise
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from tests.mechanisms.isolation import hours, isolated, lost, rising, run, waits, won
from tests.scripted import small

PAPERS = {
    "market.channels.site.leads_per_month": 900,  # of an hour's work each, and their papers: 1.8 times what one can do
    "market.products.thing.paperwork": "30 min",
    "experiment.months": 3,
}


def starving(leads: float = 900, **role: object) -> Scenario:
    """One seller who sells first and writes papers afterwards, with so many leads a month of an hour each."""
    roles = {"seller": {"headcount": 1, "activities": ["sell", "paperwork"], **role}}
    changes = PAPERS | {"market.channels.site.leads_per_month": leads}
    return isolated(small(changes, structures={"plain": {"roles": roles}}), "order_of_work", "paperwork")


def test_without_due_times_low_work_starves_under_overload_and_with_them_it_is_done():
    papers = ACTIVITIES.index("paperwork")
    open_papers, deals = [], []
    for due in ("never", "100 h", "10 h"):
        record = run(starving(due={"paperwork": due}), "plain")
        open_papers.append(float(record.waiting[papers, -1]))
        deals.append(len(won(record)))
    # but for the first quiet days nobody gets round to papers; with due times those wait that came in the last hours
    assert open_papers[0] > 0.99 * deals[0]
    assert open_papers[1] < 110 and open_papers[2] < 15
    # papers take a third of the time: two deals are made where there were three
    assert deals[1] / deals[0] == pytest.approx(2 / 3, abs=0.05)
    assert rising([open_papers[2], open_papers[1], open_papers[0]])


def test_where_there_is_time_for_everything_due_times_change_hardly_anything():
    plain, due = (run(starving(200, due={"paperwork": hours_}), "plain") for hours_ in ("never", "8 h"))
    assert set(won(plain)) == set(won(due))
    assert hours(plain) == pytest.approx(hours(due), abs=1)


def test_the_shorter_the_due_time_the_shorter_the_wait_for_it_and_the_longer_for_what_is_preferred():
    papers, leads = [], []
    for due in ("never", "20 h", "5 h", "0 h"):
        record = run(starving(440, due={"paperwork": due}), "plain")
        done = record.repetitions[0, ACTIVITIES.index("paperwork")].sum()
        papers.append(float(record.waited[0, ACTIVITIES.index("paperwork")].sum() / done))
        leads.append(float(waits(record).mean()))
    assert rising(papers[::-1])
    assert rising(leads)


def flooded(load: float, newest: bool, **changes: object) -> Scenario:
    """One seller and so many times the leads that can be answered; they cool down within hours and go within a day."""
    rules = {"newest_first": ["qualify"]} if newest else {}
    roles = {"seller": {"headcount": 1, "activities": ["sell"], **rules}}
    settings = {
        "market.channels.site.leads_per_month": 730 * load,
        "market.channels.site.patience": {"exponential": "24 h"},
        "market.speed_to_lead": {"floor": 0.1, "tau": "4 h"},
        "experiment.months": 4,
    }
    return isolated(small(settings | changes, structures={"plain": {"roles": roles}}), "order_of_work", "response")


def test_under_overload_newest_first_answers_the_warm_and_oldest_first_the_cold():
    gains = []
    for load in (0.3, 1.0, 2.0, 4.0):
        oldest, newest = (run(flooded(load, first), "plain") for first in (False, True))
        gains.append((newest.leads.state == WON).sum() / (oldest.leads.state == WON).sum())
        if load > 1:
            assert waits(newest).mean() < 0.5 * waits(oldest).mean()
    # where there is time it makes no difference; the more leads, the more
    assert gains[0] == pytest.approx(1, abs=0.03)
    assert rising(gains)
    assert gains[-1] > 2


def test_with_newest_first_further_leads_do_no_harm():
    for newest in (False, True):
        deals = [int((run(flooded(load, newest), "plain").leads.state == WON).sum()) for load in (1.0, 2.0, 4.0)]
        assert rising(deals) == newest  # oldest first serves more and more of those who have gone cold
        if not newest:
            assert deals[-1] < deals[0]


def test_a_limit_of_open_leads_keeps_what_is_begun_from_going_cold():
    stages = [
        {"name": "talk", "work": "1 h", "thinking": "24 h"},
        {"name": "sign", "work": "1 h", "patience": {"exponential": "12 h"}},
    ]
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "newest_first": ["qualify"]}}
    gone = []
    for most in (None, 40, 10):
        mine = {"seller": roles["seller"] | {"most_open": most}}
        changes = {"market.channels.site.leads_per_month": 1460, "market.stages": stages, "experiment.months": 2}
        scenario = isolated(small(changes, structures={"plain": {"roles": mine}}), "order_of_work", "response")
        record = run(scenario, "plain")
        begun = np.isfinite(record.leads.answered).sum()
        gone.append(len(lost(record, "waited")) / begun)
    assert rising(gone[::-1])
    assert gone[-1] < 0.1 < 0.5 < gone[0]


# --- neutral ----------------------------------------------------------------------------------------------------


def test_at_the_neutral_setting_no_rule_of_the_order_of_work_is_left():
    rules = {"due": {"qualify": "3 h", "paperwork": "1 h"}, "newest_first": ["qualify"], "most_open": 3}
    ruled, plain = neutralise(starving(**rules), "order_of_work"), starving()
    one, other = run(ruled, "plain"), run(plain, "plain")
    assert np.array_equal(one.leads.closed, other.leads.closed, equal_nan=True)
    assert np.array_equal(one.busy, other.busy)
    assert np.array_equal(one.waiting, other.waiting)
    assert not one.overdue.any()


def test_changes_within_a_group_cost_nothing_and_at_the_neutral_setting_none_does():
    lost_hours = []
    groups = ([], [["sell", "paperwork"]])
    for group in groups:
        scenario = starving(200).replace({"people.switching": "6 min", "people.switching_groups": group})
        lost_hours.append(hours(run(scenario, "plain")) - hours(run(starving(200), "plain")))
        neutral = run(neutralise(scenario, "switching"), "plain")
        assert np.array_equal(neutral.busy, run(starving(200), "plain").busy)
    assert lost_hours[0] > 20
    assert lost_hours[1] == pytest.approx(0, abs=1e-6)
