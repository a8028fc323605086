"""Attempts to reach: the work on a stage begins with tries until the customer picks up, or the lead is closed."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.analysis.cases import run_replications
from simulation.department import simulate
from simulation.department.record import REASONS, WON
from simulation.expected import workload
from simulation.store import Store
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.scripted import UNEQUAL, hours, live, small, spans, worked
from tests.unit.department.test_clocks import fate, stages
from tests.unit.department.test_turnover import TWO as TWO_PEOPLE
from tests.unit.department.test_turnover import lived

REACH = {"probability": 0.3, "every": "5 h", "most": 3, "work": "30 min"}
NEVER = {f"stage.talk.reach.{n}": 0.9 for n in range(6)}
SECOND = {"stage.talk.reach.0": 0.9, "stage.talk.reach.1": 0.2}
WAYS = [("personal", "assigned"), ("personal", "shared"), ("team", "shared"), ("team", "assigned")]


def tried(**changes: Any) -> dict[str, Any]:
    return stages(conversion=1, reach=REACH | changes)


# --- by hand ------------------------------------------------------------------------------------------------------


def test_the_try_that_reaches_the_customer_goes_over_into_the_talk():
    luck = {
        "stage.talk.reach.0": [0.2, 0.5, 0.5],
        "stage.talk.reach.1": [0.9, 0.2, 0.5],
        "stage.talk.reach.2": [0.9, 0.9, 0.31],
    }
    record = live(small(tried()), [1.0, 50.0, 100.0], luck=luck)
    assert spans(record) == [
        *[(1, 2.5), (12.5, 13.5)],
        *[(50, 50.5), (55.5, 57), (67, 68)],
        *[(100, 100.5), (105.5, 106), (111, 111.5)],
    ]
    assert fate(record) == [("", 13.5, 2), ("", 68, 2), ("not_reached", 111.5, 0)]
    assert [row.outcome for row in record.events if row.case.endswith("/2")] == [
        *["not reached"] * 2,
        "lost: not_reached",
    ]


def test_the_first_try_is_the_answer_and_the_talk_the_qualification():
    record = live(small(tried()), [1.0], luck=SECOND)
    assert (record.leads.answered[0], record.leads.qualified[0]) == (1, 8)
    cold = tried() | {"market.speed_to_lead": {"floor": 0, "tau": "1 h"}}
    # by the talk, six hours later, next to nobody would be left
    assert live(small(cold), [1.0], luck=SECOND | {"late": 0.9}).leads.state[0] == WON


def test_whoever_cannot_be_reached_waits_for_nobody():
    changes = tried() | {"market.channels.site.patience": "2 h"}
    changes["market.stages"][0]["patience"] = "2 h"
    assert fate(live(small(changes), [1.0], luck=NEVER)) == [("not_reached", 12.5, 0)]


def test_later_stages_have_tries_of_their_own():
    changes = tried()
    changes["market.stages"][1]["reach"] = REACH | {"every": "1 h"}
    luck = SECOND | {"stage.sign.reach.0": 0.9, "stage.sign.reach.1": 0.9, "stage.sign.reach.2": 0.1}
    record = live(small(changes), [1.0], luck=luck)
    assert spans(record) == [(1, 1.5), (6.5, 8), (18, 18.5), (19.5, 20), (21, 22.5)]
    assert fate(record) == [("", 22.5, 2)]


@pytest.mark.parametrize(("ownership", "who", "begins"), [("personal", "seller-2", 40), ("team", "seller-1", 6.5)])
def test_the_owner_tries_again_or_anybody_of_the_team(ownership, who, begins):
    roles = {"seller": {"headcount": 2, "activities": ["sell"], "ownership": ownership, "new_work": "shared"}}
    changes = tried(most=2)
    changes["market.stages"][0]["work"] = {"empirical": ["1 h", "38 h"]}
    # seller-1 talks with the first lead until 2; the second lead's owner with the third from 1.5 to 40
    luck = {"stage.talk.reach.0": [0.1, 0.9, 0.1], "stage.talk.reach.1": 0.1, "stage.talk.work": [0.1, 0.1, 0.9]}
    record = live(small(changes, roles=roles), [0.5, 1.0, 1.5], luck=luck)
    tries = [(row.person, row.start) for row in record.events if row.case == "site/0/1" and row.activity == "talk"]
    assert tries == [("seller-2", 1), (who, begins)]


def test_a_try_that_is_due_comes_before_other_work():
    roles = {"seller": {"headcount": 1, "activities": ["sell"], "due": {"qualify": "1 h"}, "ownership": "personal"}}
    changes = tried(most=2)
    changes["market.stages"][0]["work"] = {"empirical": ["1 h", "8 h"]}
    luck = {"stage.talk.reach.0": [0.9, 0.1, 0.1], "stage.talk.reach.1": 0.1, "stage.talk.work": [0.1, 0.9, 0.1]}
    record = live(small(changes, roles=roles), [1.0, 2.0, 9.0], luck=luck)
    # the next try was ready at 6.5, before the third lead came, and is made when the second talk is over
    assert [(row.case[-1], row.start) for row in record.events][:4] == [("0", 1), ("1", 2), ("0", 10.5), ("2", 12)]


def test_a_try_in_vain_teaches_nothing():
    learning = {"people.learning.sell.start": 0.5, "people.learning.sell.effects.speed": 1}
    changes = tried(most=6, work="1 h") | learning | {"people.learning.sell.half_life": 1}
    record = live(small(changes), [1.0], luck=NEVER)
    assert {round(end - start, 9) for start, end in spans(record)} == {2.0}  # half as fast, the sixth as the first


def test_an_absence_cuts_a_try_short_and_it_goes_on_afterwards():
    record = live(small(tried()), [1.0], luck=SECOND, absences={0: [(1.25, 3.0), (7.25, 9.0)]})
    assert spans(record)[:4] == [(1, 1.25), (3, 3.25), (8.25 + 0.75, 10.5), (20.5, 21.5)]


@pytest.mark.parametrize("new_work", ["assigned", "shared"])
def test_an_heir_tries_again_after_the_owner_has_left(new_work):
    two = {"seller": TWO_PEOPLE["seller"] | {"new_work": new_work}}
    record = lived([100.0, np.nan], [1], tried(every="150 h"), two, **SECOND)
    assert [row[0] for row in worked(record)] == ["seller-1", "seller-2", "seller-2"]


@pytest.mark.parametrize(("ownership", "new_work"), WAYS)
def test_where_open_leads_are_limited_one_that_is_not_reached_is_in_nobodys_hand(ownership, new_work):
    role = {"headcount": 1, "activities": ["sell"], "most_open": 1, "ownership": ownership, "new_work": new_work}
    luck = {"stage.talk.reach.0": [0.9, 0.1], "stage.talk.reach.1": 0.1}
    record = live(small(tried(), roles={"seller": role}), [1.0, 2.0], luck=luck)
    # while the first is not reached the second comes in; the next try follows when that is signed at 14.5
    assert [(row.case[-1], row.start) for row in record.events] == [
        *[("0", 1), ("1", 2), ("1", 13.5)],
        *[("0", 14.5), ("0", 26)],
    ]


def test_the_sale_of_one_stage_and_a_limit_do_not_stand_in_each_others_way():
    role = {"headcount": 1, "activities": ["sell"], "most_open": 1, "ownership": "personal"}
    changes = {"market.stages": [{"name": "talk", "work": "1 h", "reach": REACH}]}
    record = live(small(changes, roles={"seller": role}), [1.0, 1.2], luck=SECOND)
    assert (record.leads.state == WON).all()


def test_tries_that_begin_or_end_during_a_run_change_what_is_begun_from_then_on():
    def changed(value: Any, **talk: Any) -> Any:
        change = [{"at": "1.25 h", "set": {"market.stages.0.reach": value}}]
        roles = {"seller": {"headcount": 1, "activities": ["sell"]}}
        made = small(stages(conversion=1, **talk), structures={"plain": {"roles": roles, "interventions": change}})
        return live(made, [1.0], luck=NEVER)

    assert spans(changed(None, reach=REACH))[:2] == [(1, 1.5), (1.5, 2.5)]  # the try in hand is the last
    assert spans(changed(REACH)) == [(1, 2), (12, 13)]  # they are talking already


# --- luck ---------------------------------------------------------------------------------------------------------


def test_whoever_is_likelier_to_be_reached_is_reached_by_no_later_try():
    before: dict[str, int] = {}
    for p in (0.1, 0.3, 0.6, 1):
        changes = tried(probability=p, most=8) | {"market.channels.site.leads_per_month": 60}
        scenario = small(changes)
        record = simulate(scenario, "plain", World(scenario, 0), events=True)
        tries: dict[str, int] = {}
        for row in record.events:
            if row.activity == "talk":
                tries[row.case] = tries.get(row.case, 0) + 1
        lost = record.leads.reason == REASONS.index("not_reached")
        now = {uid: tries[uid] + gone for uid, gone in zip(record.leads.uid, lost, strict=True) if uid in tries}
        early = [uid for uid, at in zip(record.leads.uid, record.leads.arrived, strict=True) if at < 500]
        assert all(now[uid] <= before.get(uid, 99) for uid in early)
        before = now
    assert set(before.values()) == {1}


def test_tries_touch_no_other_luck():
    def won(**talk: Any) -> list[str]:
        scenario = small(stages(**talk) | {"market.channels.site.leads_per_month": 60})
        leads = simulate(scenario, "plain", World(scenario, 0)).leads
        return [leads.uid[row] for row in np.flatnonzero(leads.state == WON) if leads.arrived[row] < 400]

    assert won() == won(reach=REACH | {"most": 1000, "probability": 0.5, "every": "1 h"})


# --- against the formula -----------------------------------------------------------------------------------------

P, MOST = 0.35, 4


def test_tries_share_reached_and_time_until_reached_are_those_of_a_geometric_law_that_is_cut_off():
    reach = {"probability": P, "every": "10 h", "most": MOST, "work": "1 min"}
    changes = stages(conversion=1, work="0 h", reach=reach, thinking="0 h")
    changes["market.stages"][1]["work"] = "0 h"
    changes |= {"market.channels.site.leads_per_month": 500, "experiment.months": 12}
    scenario = small(changes, roles={"seller": {"headcount": 5, "activities": ["sell"]}})
    left = (1 - P) ** MOST
    tries = (1 - left) / P
    flows = workload(scenario, "plain")
    assert flows.roles["seller"].hours["sell"] == pytest.approx(500 * tries / 60)
    assert flows.deals == pytest.approx(500 * (1 - left))
    assert flows.channels["site"].qualified == pytest.approx(500 * (1 - left))
    assert flows.reach[0] == pytest.approx(500 * (1 - left))
    record = simulate(scenario, "plain", World(scenario, 0))
    leads = record.leads
    count = len(leads.uid)
    law = np.array([(1 - P) ** n * P for n in range(MOST - 1)] + [(1 - P) ** (MOST - 1)])
    spread = float(law @ np.arange(1, MOST + 1) ** 2 - tries**2) ** 0.5
    known = leads.arrived < record.end - 100
    assert hours(record, "sell") * 60 / count == pytest.approx(tries, abs=4 * spread / count**0.5 + 100 / 8760)
    gone = (leads.reason[known] == REASONS.index("not_reached")).mean()
    assert gone == pytest.approx(left, abs=4 * (left * (1 - left) / count) ** 0.5)
    # reached by the n-th try: 10 (n - 1) hours and n minutes after the first one
    took = (leads.closed - leads.answered)[known & (leads.state == WON)]
    at = np.arange(MOST) * 10 + np.arange(1, MOST + 1) / 60
    chances = P * (1 - P) ** np.arange(MOST) / (1 - left)
    mean = float(chances @ at)
    error = float(chances @ (at - mean) ** 2 / len(took)) ** 0.5
    assert took.mean() == pytest.approx(mean, abs=4 * error + 0.05)  # now and then all five are at a try


# --- workers and store -------------------------------------------------------------------------------------------


def test_workers_and_store_change_nothing(tmp_path: Path):
    changes = tried() | UNEQUAL | {"market.channels.site.leads_per_month": 70}
    scenario = small(changes)
    alone = run_replications(scenario, replications=6, jobs=1).replications
    with Store(tmp_path / "years.sqlite") as store:
        for jobs in (2, 1):
            again = run_replications(scenario, replications=6, jobs=jobs, store=store).replications
            pd.testing.assert_frame_equal(again, alone, check_exact=True)
    assert alone["lost.not_reached"].sum() > 0


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("probability", 0, "above 0"),
        ("probability", 1.5, "outside 0..1"),
        ("probability", -0.1, "outside 0..1"),
        ("most", 0, "1"),
        ("most", 2.5, "whole number"),
        ("every", "-1 h", "is negative"),
        ("every", 0, "above 0"),
        ("every", "never", "never be tried again"),
        ("work", "-1 min", "is negative"),
        ("probabilty", 0.3, "probability"),
    ],
)
def test_tries_that_cannot_be_are_refused_in_one_message(key, value, why):
    with pytest.raises(ScenarioError) as caught:
        small(tried(**{key: value}))
    assert len(caught.value.problems) == 1
    problem = caught.value.problems[0]
    assert problem.path.startswith(f"market.stages.0.reach.{key}")
    assert problem.line
    assert why in str(caught.value)
