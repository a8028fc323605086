"""Newcomers: training, a colleague's hours, the trial time, learning from nothing; and what heads do."""

from typing import Any

import numpy as np
import pytest

from simulation.department.record import LEAVING, Record
from tests.scripted import NO_EFFECT, hours, live, small, spans, worked

STAYS = 1e-9
WEEK = 168.0
QUIET: dict[str, Any] = {
    "people.turnover": {"per_year": 0},
    "people.onboarding": {"training_days": 0, "mentor": "0 h", "head": "0 h", "probation": {"failure": 0}},
    "people.recruiting": {"time": "100 h"},
}
MORE = [{"at": "0 h", "set": {"roles.seller.headcount": 2}}]


def grown(changes: dict[str, Any] | None = None, arrivals: list[float] | None = None, **luck: Any) -> Record:
    """One seller from the first day on, and a second who comes after a search of 100 hours."""
    roles = {"seller": {"headcount": 1, "activities": ["sell"]}}
    structures = {"plain": {"roles": roles, "interventions": MORE}}
    return live(small(QUIET | (changes or {}), structures=structures), arrivals or [], luck=luck)


def onboarding(**keys: Any) -> dict[str, Any]:
    return {"people.onboarding": QUIET["people.onboarding"] | keys}


def test_an_added_position_is_empty_until_somebody_is_found() -> None:
    record = grown()
    assert record.staff.begin.tolist() == [0, 100]
    assert record.staff.hire.tolist() == [0, 1]
    assert record.staffed[0, 0] == pytest.approx(2 - 100 / 744)


def test_training_takes_working_days_without_production() -> None:
    record = grown(onboarding(training_days=2), [90.0] * 90)
    assert record.staff.trained[1] == 100 + 48  # around the clock a working day has 24 hours
    assert min(start for person, start, _ in worked(record) if person == "seller-2.1") >= 148
    assert hours(record, "train") == pytest.approx(48)
    assert record.present[1, 0] == pytest.approx(744 - 148)


def test_a_colleague_shows_the_newcomer_the_work_every_week_of_the_trial_time() -> None:
    record = grown(onboarding(mentor="3 h", probation={"months": 1, "failure": 0}))
    # the weeks that begin at 168, 336, 504 and 672 lie in it
    assert worked(record, "coach") == [("seller-1", week * WEEK, week * WEEK + 3) for week in (1, 2, 3, 4)]


def test_of_several_colleagues_one_shows_the_work_and_only_the_newcomer_takes_hours() -> None:
    roles = {"seller": {"headcount": 3, "activities": ["sell"]}}
    more = [{"at": "0 h", "set": {"roles.seller.headcount": 4}}]
    structures = {"plain": {"roles": roles, "interventions": more}}
    taught = onboarding(mentor="3 h", probation={"months": 1, "failure": 0})
    record = live(small(QUIET | taught, structures=structures), [])
    assert worked(record, "coach") == [("seller-1", week * WEEK, week * WEEK + 3) for week in (1, 2, 3, 4)]


def test_who_fails_the_trial_time_leaves_on_its_last_day() -> None:
    fails = onboarding(probation={"months": 0.5, "failure": 0.2})
    record = grown(fails, **{"people/probation.1": 0.19, "people/probation.2": 0.9})
    assert LEAVING[record.staff.reason[1]] == "probation"
    assert record.expected[0].tolist() == [0.2, 0, 0, 0, 0]  # nobody else was expected to leave
    assert record.staff.end[1] == pytest.approx(100 + 365.25)
    passes = grown(fails, **{"people/probation.1": 0.21})
    assert passes.staff.reason.tolist() == [0, 0]


def test_a_newcomer_begins_to_learn_from_nothing() -> None:
    curve = {"start": 0.5, "mastery": 1.0, "half_life": 1, "effects": NO_EFFECT}
    record = grown({"people.learning.sell": curve, "experiment.begin": "new"}, [100.0] * 6)
    mine = [end - start for person, start, end in worked(record) if person == "seller-2.1"]
    assert mine[:3] == pytest.approx([1 / 0.5, 1 / 0.75, 1 / 0.875])


def led(span: float, changes: dict[str, Any] | None = None, **luck: Any) -> Record:
    """Four sellers and a head."""
    roles = {
        "head": {"headcount": 1, "support": True, "leads": {"span": span, "coaching": "2 h", "coordination": "1 h"}},
        "seller": {"headcount": 4, "activities": ["sell"]},
    }
    market = {"market.stages": [{"name": "sale", "work": "1 h", "conversion": 0.5}]}
    return live(small(QUIET | market | (changes or {}), roles=roles), [1.0], luck=luck)


def test_a_head_with_time_for_all_changes_nothing() -> None:
    record = led(4)
    assert record.head_load[0] == pytest.approx(1)
    assert record.coached[0] == 1


def test_an_overloaded_head_gives_each_the_same_share() -> None:
    record = led(2)
    assert record.head_load[0] == pytest.approx(2)
    assert record.coached[0] == pytest.approx(0.5)


def test_want_of_coaching_lowers_the_odds_of_conversion() -> None:
    # at a half the odds are even; with half of the coaching they fall by exp(-0.5)
    share = 1 / (1 + np.exp(0.5))
    coaching = {"people.coaching": {"learning": 0, "conversion": 1}}
    for luck, state in ((share - 0.01, 1), (share + 0.01, 2)):
        assert led(2, coaching, **{"stage.sale.decision": luck}).leads.state[0] == state
    assert led(4, coaching, **{"stage.sale.decision": 0.49}).leads.state[0] == 1


def test_want_of_coaching_slows_learning() -> None:
    curve = {"start": 0.5, "mastery": 1.0, "half_life": 1, "effects": NO_EFFECT}
    changes = {"people.learning.sell": curve, "people.coaching": {"learning": 0.4, "conversion": 0}}
    roles = {
        "head": {"headcount": 1, "support": True, "leads": {"span": 1, "coaching": "2 h", "coordination": "0 h"}},
        "seller": {"headcount": 2, "activities": ["sell"], "ownership": "personal", "new_work": "assigned"},
    }
    record = live(small(QUIET | changes, roles=roles), [1.0] * 4)
    lengths = [end - start for person, start, end in worked(record) if person == "seller-1"]
    # half coached: each repetition counts 1 - 0.4 x 0.5
    assert lengths == pytest.approx([2, 1 / (1 - 0.5 * 2**-0.8)])


def test_more_kinds_of_roles_take_the_heads_time() -> None:
    roles = {
        "head": {"headcount": 1, "support": True, "leads": {"span": 4, "coaching": "2 h", "coordination": "1 h"}},
        "seller": {"headcount": 2, "activities": ["sell"]},
        "clerk": {"headcount": 1, "activities": ["paperwork"]},
        "farmer": {"headcount": 1, "activities": ["serve"]},
    }
    record = live(small(QUIET, roles=roles), [])
    assert record.head_load[0] == pytest.approx((4 * 2 + 2 * 1) / 8)


def test_without_a_head_in_the_position_nobody_is_coached() -> None:
    roles = {
        "head": {"headcount": 1, "support": True, "leads": {"span": 4}, "turnover_per_year": 8.766},
        "seller": {"headcount": 4, "activities": ["sell"]},
    }
    turnover = {"per_year": 0, "early": 1, "notice": "0 h"}
    never = QUIET | {"people.turnover": turnover, "people.recruiting": {"time": "never"}, "experiment.months": 3}
    record = live(small(never, roles=roles), [], luck={"people/threshold.0": float(np.exp(-0.8))})
    assert record.staff.end[-1] == pytest.approx(800)
    assert record.coached[0] == 1
    assert record.coached[2] == 0


def test_an_owner_gives_some_hours_a_week_and_then_stops() -> None:
    roles = {
        "owner": {
            "headcount": 1,
            "activities": ["sell", "serve"],
            "ownership": "personal",
            "new_work": "assigned",
            "hours_per_week": "42 h",
            "stays": True,
        },
        "seller": {"headcount": 0, "activities": ["sell", "serve"], "ownership": "personal", "new_work": "assigned"},
    }
    change = {"at": "10 days", "set": {"roles.owner.headcount": 0, "roles.seller.headcount": 1}}
    structures = {"plain": {"roles": roles, "interventions": [change]}}
    repeat = {
        "market.products.thing.repeat": True,
        "market.customers.order_every": "300 h",
        "market.customers.order_work": "1 h",
    }
    scenario = small(QUIET | repeat | {"people.recruiting": {"time": "0 h"}}, structures=structures)
    record = live(scenario, [1.0, 10.0])
    # a quarter of each day: the second lead waits until midnight
    assert spans(record, "sale") == [(1, 2), (24, 25)]
    assert LEAVING[record.staff.reason[0]] == "closed"
    assert record.customers.reason == ["", ""]
    assert {row[0] for row in worked(record, "order")} == {"seller-1.1"}
    assert record.present[0, 0] == pytest.approx(10 * 6)
