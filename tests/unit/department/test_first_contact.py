"""The first contact: patience, speed to lead, qualification by hidden fit."""

import math

import pytest

from simulation.department import simulate
from simulation.department.record import LOST, OPEN, REASONS, WON
from simulation.world import World
from tests.scripted import hours, live, small, spans

OFFICE = {"calendar": {"hours": "09:00-17:00", "lunch": None}}
QUALIFY = {"market.qualification": {"work": "1 h", "true_positive": 0.9, "false_positive": 0.2}}
SELLER = {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}}


def reasons(record) -> list[str]:
    return [REASONS[reason] for reason in record.leads.reason]


# --- patience ---------------------------------------------------------------------------------------------------


def test_a_lead_that_is_not_answered_in_time_goes_elsewhere():
    scenario = small({"market.channels.site.patience": "3 h", "market.stages": [{"name": "sale", "work": "5 h"}]})
    record = live(scenario, [1.0, 2.0, 3.5])
    # the first is worked until 6: the second has left at 5, the third waits until 6.5
    assert record.leads.state.tolist() == [WON, LOST, WON]
    assert reasons(record) == ["", "unanswered", ""]
    assert record.leads.closed.tolist() == [6, 5, 11]
    assert math.isnan(record.leads.answered[1])


def test_a_lead_that_is_answered_has_no_more_patience_to_lose():
    scenario = small({"market.channels.site.patience": "2 h", "market.stages": [{"name": "sale", "work": "50 h"}]})
    assert live(scenario, [1.0]).leads.state.tolist() == [WON]


def test_a_lead_whose_patience_ends_at_this_very_moment_still_waits():
    roles = {"seller": {"headcount": 0, "activities": ["sell"]}}
    scenario = small({"market.channels.site.patience": "44 h"}, roles=roles)
    record = live(scenario, [699.0, 700.0])  # the month ends at 744
    assert record.leads.state.tolist() == [LOST, OPEN]
    assert record.waiting[record.activities.index("sell"), -1] == 1


def test_patience_runs_on_in_the_night():
    scenario = small(OFFICE | {"market.channels.site.patience": "12 h"})
    # Thursday 20:00 until Friday 8:00, an hour before the doors open; 22:00 until 10:00
    record = live(scenario, [20.0, 22.0])
    assert record.leads.state.tolist() == [LOST, WON]
    assert record.leads.closed[0] == 32
    assert record.leads.answered[1] == 33


def test_an_impatient_lead_is_lost_at_its_time_even_if_nobody_looks():
    roles = {"seller": {"headcount": 0, "activities": ["sell"]}}
    scenario = small({"market.channels.site.patience": "3 h"}, roles=roles)
    record = live(scenario, [1.0, 740.0, 742.0])
    assert record.leads.state.tolist() == [LOST, LOST, OPEN]
    assert record.leads.closed[:2].tolist() == [4, 743]


def test_a_lead_with_its_own_patience_leaves_at_its_own_time():
    scenario = small(
        {"market.channels.site.patience": {"exponential": "2 h"}}, roles={"s": {"headcount": 0, "activities": ["sell"]}}
    )
    record = live(scenario, [1.0, 1.0], luck={"patience": [0.5, 0.9]})
    assert record.leads.closed.tolist() == pytest.approx([1 + 2 * math.log(2), 1 + 2 * math.log(10)])


def test_patience_of_one_channel_is_not_that_of_another():
    changes = {
        "market.channels.site.patience": "1 h",
        "market.channels.fair": {"kind": "inbound", "leads_per_month": 0, "patience": "9 h"},
        "market.stages": [{"name": "sale", "work": "5 h"}],
    }
    record = live(small(changes), {"site": [1.0, 2.0], "fair": [2.0]})
    assert dict(zip(record.leads.uid[:], record.leads.state.tolist(), strict=True)) == {
        "site/0/0": WON,
        "site/0/1": LOST,
        "fair/0/0": WON,
    }


# --- patience of the first stage, where it is the first contact -----------------------------------------------------


STAGES = [{"name": "sale", "work": "5 h", "patience": "3 h"}]


def test_without_qualification_the_patience_of_the_first_stage_is_that_of_the_first_contact():
    record = live(small({"market.stages": STAGES}), [1.0, 2.0, 3.5])
    # the first is worked until 6: the second has left at 5, the third waits until 6.5
    assert record.leads.state.tolist() == [WON, LOST, WON]
    assert reasons(record) == ["", "unanswered", ""]
    assert record.leads.closed.tolist() == [6, 5, 11]


@pytest.mark.parametrize(("channel", "stage", "left"), [("2 h", "3 h", 4), ("3 h", "2 h", 4), ("never", "9 h", 11)])
def test_a_lead_leaves_when_the_first_of_both_patiences_ends(channel, stage, left):
    roles = {"seller": {"headcount": 0, "activities": ["sell"]}}
    changes = {"market.channels.site.patience": channel, "market.stages": [STAGES[0] | {"patience": stage}]}
    record = live(small(changes, roles=roles), [2.0])
    assert record.leads.closed.tolist() == [left]
    assert reasons(record) == ["unanswered"]


def test_a_find_waits_for_the_first_stage_as_long_as_its_patience_lasts():
    changes = {"market.channels.calls": {"kind": "outbound", "attempt": "1 h"}, "market.stages": STAGES}
    roles = {
        "hunter": {"headcount": 1, "activities": ["prospect"]},
        "closer": {"headcount": 1, "activities": ["sell"]},
    }
    record = live(small(changes, roles=roles), attempts=[2, 1, 5])
    # the finds of 2 and 3: the closer has the first until 7, the other one has left at 6, answered but kept waiting
    assert record.leads.closed[:2].tolist() == [7, 6]
    assert reasons(record)[:2] == ["", "waited"]


def test_with_qualification_the_patience_of_the_first_stage_runs_from_its_end():
    roles = {
        "hunter": {"headcount": 1, "activities": ["qualify"]},
        "closer": {"headcount": 0, "activities": ["sell"]},
    }
    record = live(small(QUALIFY | {"market.stages": STAGES}, roles=roles), [1.0], luck={"qualify.decision": 0.1})
    assert record.leads.answered.tolist() == [1]
    assert record.leads.closed.tolist() == [2 + 3]
    assert reasons(record) == ["waited"]


def test_a_lead_whose_first_stage_is_begun_has_no_more_patience_to_lose():
    stages = [STAGES[0] | {"work": "100 h"}]
    assert live(small({"market.stages": stages}), [1.0]).leads.state.tolist() == [WON]


# --- speed to lead ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wait", [0, 2, 8, 100])
def test_conversion_at_the_first_contact_falls_with_the_response_time(wait):
    floor, tau = 0.3, 4.0
    kept = floor + (1 - floor) * math.exp(-wait / tau)
    changes = {"market.speed_to_lead": {"floor": floor, "tau": f"{tau} h"}}
    # a first lead of another channel keeps the seller busy for so long
    changes |= {"market.channels.fair": {"kind": "inbound", "leads_per_month": 0, "patience": "never"}}
    changes |= {"market.stages": [{"name": "sale", "work": {"empirical": ["1 h", f"{wait + 1} h"]}}]}
    for luck, state in ((kept - 0.001, WON), (kept + 0.001, LOST)):
        if not 0 < luck < 1:
            continue
        fate = {"lead/site/0/late": luck, "lead/fair/0/late": 0.01}
        fate |= {"lead/fair/0/stage.sale.work": 0.9, "lead/site/0/stage.sale.work": 0.1}
        record = live(small(changes), {"fair": [1.0], "site": [2.0]}, luck=fate)
        lead = list(record.leads.uid).index("site/0/0")
        assert record.leads.answered[lead] == 2 + wait
        assert record.leads.state[lead] == state
        if state == LOST:
            assert reasons(record)[lead] == "answered_late"


def test_the_response_is_measured_in_working_time():
    # an e-mail of Friday night is answered on Monday morning at once
    changes = OFFICE | {"market.speed_to_lead": {"floor": 0, "tau": "1 h"}}
    record = live(small(changes), [24 + 20.0], luck={"late": 0.999})
    assert record.leads.answered.tolist() == [96 + 9]
    assert record.leads.state.tolist() == [WON]


def test_a_late_answer_costs_the_first_contact_only():
    changes = {"market.speed_to_lead": {"floor": 0, "tau": "1 h"}} | QUALIFY
    record = live(small(changes, roles=SELLER), [1.0, 1.0], luck={"late": 0.9, "qualify.decision": 0.1})
    assert reasons(record) == ["", "answered_late"]
    assert hours(record, "qualify") == 2
    assert hours(record, "sell") == 1


def test_a_find_is_never_answered_late():
    changes = {
        "market.channels.calls": {"kind": "outbound", "attempt": "1 h"},
        "market.speed_to_lead": {"floor": 0, "tau": "1 min"},
    }
    roles = {
        "hunter": {"headcount": 1, "activities": ["prospect"]},
        "closer": {"headcount": 1, "activities": ["sell"]},
    }
    record = live(small(changes, roles=roles), attempts=[5], absences={1: [(0.0, 300.0)]}, luck={"late": 0.999})
    assert record.leads.state.tolist() == [WON]
    assert record.leads.answered.tolist() == [5]


def test_without_speed_to_lead_an_answer_is_never_late():
    record = live(small(), [1.0] * 50, luck={"late": 0.9999})
    assert record.leads.state.tolist() == [WON] * 50


# --- qualification ----------------------------------------------------------------------------------------------


def test_qualification_passes_and_drops_with_its_true_and_false_positive_rates():
    changes = QUALIFY | {"market.channels.site.fit": 0.5}
    luck = {"fit": [0.4, 0.4, 0.6, 0.6], "qualify.decision": [0.89, 0.91, 0.19, 0.21]}
    record = live(small(changes, roles=SELLER), [1.0, 10.0, 20.0, 30.0], luck=luck)
    assert reasons(record) == ["", "disqualified_fit", "unfit", "disqualified_unfit"]
    assert record.leads.state.tolist() == [WON, LOST, LOST, LOST]
    assert record.leads.qualified.tolist()[::2] == [2, 21]
    assert record.qualified_by.tolist() == [[2]]


def test_an_unfit_lead_that_passes_burns_hours_and_never_buys():
    stages = [{"name": "talk", "work": "3 h"}, {"name": "sign", "work": "4 h"}]
    changes = QUALIFY | {"market.channels.site.fit": 0, "market.stages": stages}
    record = live(small(changes, roles=SELLER), [1.0], luck={"qualify.decision": 0.1})
    assert reasons(record) == ["unfit"]
    assert hours(record, "sell") == 7
    assert len(record.sales.time) == 0
    assert record.leads.closed.tolist() == [9]


def test_without_qualification_unfit_leads_go_straight_to_the_sale():
    record = live(small({"market.channels.site.fit": 0.5}), [1.0, 10.0], luck={"fit": [0.2, 0.8]})
    assert reasons(record) == ["", "unfit"]
    assert hours(record, "sell") == 2
    # the first contact's end is when it counts as qualified
    assert record.leads.qualified.tolist() == [2, 11]


def test_a_perfect_filter_makes_no_mistake():
    rules = {"work": "1 h", "true_positive": 1, "false_positive": 0}
    changes = {"market.qualification": rules, "market.channels.site.fit": 0.5}
    luck = {"fit": [0.2, 0.8], "qualify.decision": [0.999999, 0.000001]}
    record = live(small(changes, roles=SELLER), [1.0, 10.0], luck=luck)
    assert reasons(record) == ["", "disqualified_unfit"]


def test_a_lead_that_is_sorted_out_needs_no_more_work():
    changes = QUALIFY | {"market.channels.site.fit": 0}
    record = live(small(changes, roles=SELLER), [1.0], luck={"qualify.decision": 0.9})
    assert spans(record) == [(1, 2)]


def test_the_shares_of_fit_and_passed_leads_are_those_asked_for():
    changes = QUALIFY | {
        "market.channels.site": {"kind": "inbound", "leads_per_month": 400, "patience": "never", "fit": 0.4},
        "experiment.months": 6,
    }
    scenario = small(changes, roles={"seller": {"headcount": 4, "activities": ["sell", "qualify"]}})
    leads = simulate(scenario, "plain", World(scenario, 0)).leads
    done = leads.answered == leads.answered
    n = done.sum()
    found = [(leads.reason[done] == REASONS.index(name)).mean() for name in ("disqualified_fit", "unfit")]
    for share, expected in zip(found, (0.4 * 0.1, 0.6 * 0.2), strict=True):
        assert share == pytest.approx(expected, abs=4 * (expected * (1 - expected) / n) ** 0.5)
    assert leads.fit.mean() == pytest.approx(0.4, abs=4 * (0.24 / len(leads.fit)) ** 0.5)
