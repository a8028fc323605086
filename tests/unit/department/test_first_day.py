"""The first day: an empty start, or customers, an open pipeline and people's practice."""

import numpy as np
import pytest

from simulation.department import simulate
from simulation.department.plan.people import repetitions_at_start, working_seats
from simulation.department.record import WON
from simulation.expected import practice
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.scripted import NO_EFFECT, live, small, spans, worked

TWO = [
    {"name": "talk", "work": "1 h", "thinking": "100 h"},
    {"name": "sign", "work": "2 h"},
]
REPEAT = {
    "market.products.thing.repeat": True,
    "market.customers.order_every": "100 h",
    "market.customers.order_work": "2 h",
}
ONE = {"seller": {"headcount": 1, "activities": ["sell", "serve"]}}


def practice_of(scenario: Scenario, structure: str, world: World) -> list[dict[str, float]]:
    """Repetitions that each person has made before the first day, by seat and activity."""
    seats = working_seats(scenario.structures[structure])
    months = world.crowd.tenure(len(seats)) / 730.5
    return [
        repetitions_at_start(scenario, structure, role, seat, float(months[seat]))
        for seat, (role, _) in enumerate(seats)
    ]


def test_an_empty_start_is_empty():
    record = live(small(REPEAT, roles=ONE))
    assert len(record.leads.uid) == len(record.customers.uid) == len(record.sales.time) == 0
    assert record.busy.sum() == 0


def test_the_pipeline_of_the_first_day_comes_back_from_thinking():
    changes = {"market.stages": TWO, "market.initial": {"pipeline": 2}}
    # the first is due for the first stage at once, the second has 30 of its 100 hours of thinking left
    luck = {"pipeline.stage": [0.000001, 0.999999], "pipeline.where": [0.9, 0.3]}
    record = live(small(changes, roles=ONE), luck=luck)
    assert record.leads.initial.tolist() == [True, True]
    assert list(record.leads.uid) == ["site/pipeline/0", "site/pipeline/1"]
    assert spans(record, "talk") == [(0, 1)]
    # the second is signed when its thinking is over; the first one, who has talked until 1, when his is
    assert spans(record, "sign") == [(30, 32), (101, 103)]


def test_the_pipeline_is_spread_as_a_steady_flow_would_be():
    # half of those who talk come to sign; thinking takes a hundred hours, the work hardly any
    changes = {
        "market.stages": [
            {"name": "talk", "work": "1 min", "thinking": "100 h", "conversion": 0.5},
            {"name": "want", "work": "1 min", "thinking": "300 h", "conversion": 0.5},
            {"name": "sign", "work": "1 min"},
        ],
        "market.initial": {"pipeline": 2000},
        "market.channels.site.leads_per_month": 1,
    }
    scenario = small(changes, roles={"seller": {"headcount": 1, "activities": ["sell"]}})
    record = simulate(scenario, "plain", World(scenario, 0), events=True)
    first: dict[str, str] = {}
    for case, activity, *_ in sorted(record.events, key=lambda row: row[4]):
        first.setdefault(case, activity)
    count = sum(1 for case, activity in first.items() if "pipeline" in case and activity == "sign")
    # by Little's law: reached by 1, 0.5 and 0.25, after 0, 100 and 300 h of thinking, and a day for the work of each
    share = 0.25 * 324 / (24 + 0.5 * 124 + 0.25 * 324)
    assert count / 2000 == pytest.approx(share, abs=4 * (share * (1 - share) / 2000) ** 0.5)


def test_the_pipeline_is_answered_and_qualified_already():
    rules = {"work": "1 h", "true_positive": 0.5, "false_positive": 0.5}
    changes = {"market.initial": {"pipeline": 1}, "market.qualification": rules}
    changes |= {"market.speed_to_lead": {"floor": 0, "tau": "1 min"}}
    roles = {"seller": {"headcount": 1, "activities": ["qualify", "sell"]}}
    record = live(small(changes, roles=roles), luck={"late": 0.99, "qualify.decision": 0.99})
    assert record.leads.state.tolist() == [WON]
    assert spans(record, "qualify") == []


def test_customers_and_pipeline_are_the_same_under_every_structure():
    structures = {
        "one": {"roles": {"seller": {"headcount": 4, "activities": ["sell", "serve"], "ownership": "personal"}}},
        "two": {
            "roles": {
                "closer": {"headcount": 2, "activities": ["sell"]},
                "farmer": {"headcount": 2, "activities": ["serve"], "new_work": "assigned"},
            }
        },
    }
    changes = REPEAT | {
        "market.products.thing.deal": {"exponential": 100},
        "market.stages": TWO,
        "market.initial": {"customers": 20, "pipeline": 15},
        "market.customers.churn_per_year": 3,
    }
    scenario = small(changes, structures=structures)
    one, two = (simulate(scenario, name, World(scenario, 0)) for name in structures)
    assert list(one.leads.uid) == list(two.leads.uid)
    assert one.leads.size.tolist() == two.leads.size.tolist()
    first, second = ([uid for uid in r.customers.uid if "base" in uid] for r in (one, two))
    assert first == second
    assert len(first) == 20
    # those who are served in time leave at the same time
    assert np.array_equal(one.customers.until[:20], two.customers.until[:20], equal_nan=True)
    assert np.isfinite(one.customers.until[:20]).any()


def test_customers_of_the_first_day_are_shared_among_those_who_serve():
    roles = {
        "seller": {"headcount": 3, "activities": ["serve", "sell"], "ownership": "personal", "new_work": "assigned"}
    }
    record = live(small(REPEAT | {"market.initial": {"customers": 6}}, roles=roles))
    held: dict[str, set[str]] = {}
    for case, _, person, *_ in record.events:
        held.setdefault(person, set()).add(case)
    assert sorted(len(cases) for cases in held.values()) == [2, 2, 2]


# --- practice -----------------------------------------------------------------------------------------------------

CURVE = {"start": 0.5, "mastery": 1, "half_life": 100, "effects": NO_EFFECT}
STRUCTURES = {
    "universal": {"roles": {"seller": {"headcount": 2, "activities": ["qualify", "sell"]}}},
    "functional": {
        "roles": {
            "hunter": {"headcount": 1, "activities": ["qualify"]},
            "closer": {"headcount": 1, "activities": ["sell"]},
        }
    },
}


def practised(begin: str, today: str = "", leads: float = 100):
    changes = {
        "market.qualification": {"work": "1 h", "true_positive": 1, "false_positive": 1},
        "people.learning.sell": CURVE,
        "people.learning.qualify": CURVE,
        "people.tenure": "10 months",
        "market.channels.site.leads_per_month": leads,
        "experiment.begin": begin,
        "experiment.today": today,
    }
    return small(changes, structures=STRUCTURES)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_new_people_have_practised_nothing(structure):
    scenario = practised("new")
    assert all(not any(row.values()) for row in practice_of(scenario, structure, World(scenario, 0)))


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_mature_structure_has_practised_its_own_work_over_the_tenure(structure):
    scenario = practised("mature")
    found = practice_of(scenario, structure, World(scenario, 0))
    monthly = practice(scenario, structure)
    roles = [name for name, role in STRUCTURES[structure]["roles"].items() for _ in range(role["headcount"])]
    for row, role in zip(found, roles, strict=True):
        assert row == pytest.approx({activity: 10 * rate for activity, rate in monthly[role].items()})
        assert any(row.values())


def test_a_specialist_has_practised_his_activity_more():
    scenario = practised("mature")
    seller = practice_of(scenario, "universal", World(scenario, 0))[0]
    hunter, closer = practice_of(scenario, "functional", World(scenario, 0))
    # all leads go to one instead of two
    assert hunter["qualify"] == pytest.approx(2 * seller["qualify"], rel=0.02)
    assert closer["sell"] == pytest.approx(2 * seller["sell"], rel=0.02)
    assert not hunter.get("sell")


def test_people_of_today_bring_the_practice_of_the_structure_they_come_from():
    scenario = practised("today", "universal")
    world = World(scenario, 0)
    old = practice_of(practised("mature"), "universal", world)
    assert practice_of(scenario, "universal", world) == old
    new = practice_of(scenario, "functional", world)
    assert new == old


def test_practice_shows_in_the_first_piece_of_work():
    def first_sale(begin: str) -> float:
        scenario = practised(begin, leads=30)
        start, end = spans(live(scenario, [1.0], structure="functional"), "sale")[0]
        return end - start

    assert first_sale("new") == pytest.approx(2)
    n = 10 * practice(practised("mature", leads=30), "functional")["closer"]["sell"]
    assert first_sale("mature") == pytest.approx(1 / (0.5 + 0.5 * (1 - 2 ** (-n / 100))))


# --- customers at a reorganisation --------------------------------------------------------------------------------

REORGANISED = {
    "now": {"roles": {"seller": {"headcount": 2, "activities": ["sell", "serve"]}}},
    "then": {
        "roles": {
            "closer": {"headcount": 1, "activities": ["sell"]},
            "farmer": {"headcount": 1, "activities": ["serve"]},
        }
    },
}


def reorganised(begin: str):
    changes = REPEAT | {
        "market.initial": {"customers": 4},
        "hand_off.customer": {"delay": "50 h", "loss": 0.3, "extra_work": "1 h"},
        "experiment.begin": begin,
        "experiment.today": "now",
    }
    return small(changes, structures=REORGANISED)


def test_customers_are_handed_over_when_people_of_today_change_roles():
    scenario = reorganised("today")
    luck = {"customer.hand_off": [0.2, 0.2, 0.9, 0.9]}
    stay = live(scenario, structure="now", luck=luck)
    assert stay.customers.reason == [""] * 4
    moved = live(scenario, structure="then", luck=luck)
    # every other customer was with the seller who is now a closer
    assert moved.customers.reason == ["hand_off", "", "", ""]
    assert moved.customers.until[0] == 0
    assert moved.customers_at.tolist() == [3]
    took = sorted(end - start for _, start, end in worked(moved, "order")[:3])
    assert took == [2, 2, 3]


@pytest.mark.parametrize("begin", ["mature", "new"])
def test_nobody_is_handed_over_when_the_structures_are_not_new(begin):
    record = live(reorganised(begin), structure="then", luck={"customer.hand_off": 0.01})
    assert record.customers.reason == [""] * 4


def test_the_pipeline_of_the_first_day_is_as_fit_as_leads_that_were_qualified():
    changes = {
        "market.qualification": {"work": "1 min", "true_positive": 0.9, "false_positive": 0.1},
        "market.channels.site.fit": 0.35,
        "market.initial": {"pipeline": 4000},
        "market.channels.site.leads_per_month": 1,
    }
    scenario = small(changes, roles={"seller": {"headcount": 1, "activities": ["qualify", "sell"]}})
    record = simulate(scenario, "plain", World(scenario, 0))
    expected = 0.35 * 0.9 / (0.35 * 0.9 + 0.65 * 0.1)  # Bayes
    share = record.leads.fit[record.leads.initial].mean()
    assert share == pytest.approx(expected, abs=4 * (expected * (1 - expected) / 4000) ** 0.5)


def test_nobodys_patience_runs_before_the_doors_first_open():
    changes = {
        "calendar": {"hours": "09:00-17:00", "lunch": None, "days_off": ["2026-01-01", "2026-01-02"]},
        "experiment.start": "2026-01-01",
        "market.stages": [{"name": "talk", "work": "1 h", "patience": "10 h"}],
        "market.initial": {"pipeline": 1},
        "market.channels.site.leads_per_month": 0,
    }
    record = live(small(changes, roles=ONE))
    # Monday the fifth is the first working day; a patience of ten hours would have ended on New Year's morning
    assert record.leads.state.tolist() == [WON]
    assert spans(record, "talk") == [(4 * 24 + 9, 4 * 24 + 10)]
