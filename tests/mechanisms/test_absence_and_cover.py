"""Absence: nobody covers a universal's clients, who wait or leave; a team's clients do not notice."""

import numpy as np
import pytest

from simulation.department import Record, simulate
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.mechanisms.isolation import hours, isolated, lost, rising, run, won
from tests.scripted import small

PATIENCE, THINKING = 48.0, 480.0  # hours
SELLER = {"headcount": 5, "activities": ["sell"]}
STRUCTURES = {
    "personal": {"roles": {"seller": SELLER | {"ownership": "personal"}}},
    "covered": {"roles": {"seller": SELLER | {"ownership": "personal", "cover": 1}}},
    "team": {"roles": {"seller": SELLER}},
}


def away(vacation: float, sick: float = 0) -> Scenario:
    """Few leads, twenty days of thinking, and then patience for two days."""
    changes = {
        "market.stages": [
            {"name": "talk", "work": "1 min", "thinking": f"{THINKING} h"},
            {"name": "sign", "work": "1 min", "patience": f"{PATIENCE} h"},
        ],
        "market.channels.site.leads_per_month": 500,
        "people.absence": {"vacation_days": vacation, "vacation_part_days": 14, "sick_days": sick},
        "experiment.months": 12,
    }
    return isolated(small(changes, structures=STRUCTURES), "absence", "response", "pooling")


def lived(scenario: Scenario, structure: str) -> tuple[Record, World]:
    world = World(scenario, 0)
    return simulate(scenario, structure, world, events=True), world


def expected_losses(record: Record, world: World) -> set[str]:
    """The leads that fall due while their owner is away, longer before the return than their patience."""
    gone = set()
    for case, step, person, _, _, end, *_ in record.events:
        if step == "talk":
            due = end + THINKING
            for begin, finish in world.crowd.absences(int(person.rsplit("-", 1)[1]) - 1, world.end):
                if begin <= due < finish - PATIENCE and due + PATIENCE < record.end:
                    gone.add(case)
    return gone


@pytest.mark.parametrize(("vacation", "sick"), [(14, 0), (28, 0), (56, 0), (28, 20)])
def test_clients_of_somebody_who_is_away_leave_when_their_patience_ends_before_the_return(vacation, sick):
    record, world = lived(away(vacation, sick), "personal")
    expected = expected_losses(record, world)
    found = lost(record, "waited")
    assert len(expected) > 50
    # a few fall due in the minute in which somebody goes or comes
    assert len(found ^ expected) <= 5


def test_the_more_vacation_the_more_clients_leave_who_belong_to_one_person():
    gone = [len(lost(run(away(vacation), "personal"), "waited")) for vacation in (14, 28, 56)]
    assert rising([0, *gone])


@pytest.mark.parametrize("structure", ["team", "covered"])
def test_colleagues_who_may_serve_them_lose_nobody(structure):
    present = won(run(away(0), structure))
    for vacation in (14, 28, 56):
        record = run(away(vacation), structure)
        assert not lost(record, "waited")
        # all but some at the very end are won
        assert len(set(present) ^ set(won(record))) < 0.01 * len(present)


def test_presence_is_the_calendar_less_the_absences():
    present = [run(away(vacation), "team").present.sum() for vacation in (0, 14, 28, 56)]
    year = 365 * 24
    assert present == pytest.approx([5 * (year - days * 24) for days in (0, 14, 28, 56)], rel=0.005)


def test_at_the_neutral_setting_owning_clients_loses_none():
    for scenario in (away(0), isolated(away(56, 30), "response")):
        records = [run(scenario, name) for name in STRUCTURES]
        assert won(records[0]).keys() == won(records[1]).keys()
        assert len(won(records[0]).keys() ^ won(records[2]).keys()) <= 2
        assert [hours(record) for record in records] == pytest.approx([hours(records[0])] * 3, abs=0.1)
        assert not any(lost(record, "waited") for record in records)
    # with one queue for all besides, they are equal to the minute
    assert np.array_equal(records[0].leads.closed, records[2].leads.closed, equal_nan=True)
    assert np.array_equal(records[0].busy, records[2].busy)
