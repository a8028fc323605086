"""People as fate makes them: by seat, whatever role the seat has."""

import numpy as np
import pytest
from scipy import stats

from simulation.department import Department, run
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests.scripted import small

PEOPLE = {
    "people.talent": {"sd": 0.3, "correlation": 0.4},
    "people.absence": {"vacation_days": 28, "vacation_part_days": 14, "sick_days": 12, "sick_spell_days": 4},
    "people.tenure": {"exponential": "18 months"},
    "experiment.months": 12,
}
ALL = list(ACTIVITIES[:7])
STRUCTURES = {
    "universal": {"roles": {"seller": {"headcount": 6, "activities": ALL}}},
    "functional": {
        "roles": {
            "head": {"headcount": 1, "support": True},
            "hunter": {"headcount": 1, "activities": ["qualify"]},
            "closer": {"headcount": 3, "activities": ["sell"]},
            "farmer": {"headcount": 2, "activities": ["serve", "upsell"]},
        }
    },
}


def peopled(changes: dict | None = None) -> Scenario:
    return small(PEOPLE | (changes or {}), structures=STRUCTURES)


def test_a_person_is_the_same_whatever_role_the_seat_has():
    scenario = peopled()
    universal, functional = (Department(scenario, name, World(scenario, 1)) for name in STRUCTURES)
    compared = 0
    for one, other in zip(universal.workforce.people, functional.workforce.people, strict=True):
        assert one.employee.seat.luck == other.employee.seat.luck
        assert one.employee.threshold == other.employee.threshold
        assert one.employee.absences == other.employee.absences != []
        for skill, same in zip(one.skills, other.skills, strict=True):
            if skill is not None and same is not None:
                assert skill.talent == same.talent
                compared += 1
    assert compared == 1 + 3 + 2 * 2
    records = [run(department) for department in (universal, functional)]
    assert np.array_equal(records[0].present, records[1].present[:6])


def test_more_seats_change_nobody():
    crowd = World(peopled(), 0).crowd
    assert np.array_equal(crowd.talent(12)[:5], World(peopled(), 0).crowd.talent(5))
    assert np.array_equal(crowd.tenure(12)[:5], World(peopled(), 0).crowd.tenure(5))


def test_a_later_end_adds_absences_and_changes_none():
    crowd = World(peopled(), 0).crowd
    for seat in range(8):
        year, three = crowd.absences(seat, 8766), crowd.absences(seat, 3 * 8766)
        early = [spell for spell in three if spell[0] < 8766]
        # the last one may be joined with one that begins after the year
        assert early[:-1] == year[:-1]
        assert early[-1][0] == year[-1][0]
        assert len(three) > len(year)


def test_hires_and_seats_are_different_people():
    crowd = World(peopled(), 0).crowd
    talents = np.vstack([crowd.talent(20, hire) for hire in range(3)])
    assert len(np.unique(talents)) == talents.size
    spells = [tuple(crowd.absences(seat, 8766, hire)) for seat in range(10) for hire in range(2)]
    assert len(set(spells)) == 20


def test_talent_has_mean_one_and_the_given_spread_and_correlation():
    n = 4000
    talent = World(peopled(), 0).crowd.talent(n)
    assert talent.shape == (n, len(ACTIVITIES))
    logs = np.log(talent)
    # mean of a lognormal: its standard deviation over sqrt(n)
    error = (np.exp(0.3**2) - 1) ** 0.5 / n**0.5
    assert np.abs(talent.mean(axis=0) - 1).max() < 4 * error
    assert np.abs(logs.std(axis=0) - 0.3).max() < 4 * 0.3 / (2 * n) ** 0.5
    correlation = np.corrcoef(logs.T)[np.triu_indices(len(ACTIVITIES), 1)]
    assert np.abs(correlation - 0.4).max() < 4 * (1 - 0.4**2) / n**0.5


@pytest.mark.parametrize(("correlation", "expected"), [(0, 0.0), (1, 1.0)])
def test_the_ends_of_the_correlation(correlation, expected):
    logs = np.log(World(peopled({"people.talent": {"sd": 0.3, "correlation": correlation}}), 0).crowd.talent(3000))
    found = np.corrcoef(logs.T)[np.triu_indices(len(ACTIVITIES), 1)]
    assert np.abs(found - expected).max() < 4 / 3000**0.5


def test_without_spread_all_people_are_alike():
    crowd = World(peopled({"people.talent": {"sd": 0}}), 0).crowd
    assert np.array_equal(crowd.talent(5), np.ones((5, len(ACTIVITIES))))


def test_tenure_follows_its_law():
    tenure = World(peopled(), 0).crowd.tenure(3000)
    assert stats.kstest(tenure / (18 * 730.5), "expon").pvalue > 1e-3


def test_absences_are_in_order_and_do_not_overlap():
    crowd = World(peopled({"people.absence": {"vacation_days": 60, "sick_days": 90}}), 0).crowd
    for seat in range(20):
        spells = crowd.absences(seat, 2 * 8766)
        assert all(begin < end for begin, end in spells)
        assert all(one[1] < other[0] for one, other in zip(spells, spells[1:], strict=False))


def test_vacation_is_as_long_as_it_should_be_in_parts_of_whole_days():
    crowd = World(peopled({"people.absence": {"vacation_days": 28, "sick_days": 0}}), 0).crowd
    for seat in range(20):
        spells = crowd.absences(seat, 8766)
        assert len(spells) == 2
        assert sum(end - begin for begin, end in spells) == pytest.approx(28 * 24)
        assert all(begin % 24 == 0 for begin, _ in spells)


def test_sick_days_come_out_as_the_mean():
    seats, years = 60, 3
    crowd = World(peopled({"people.absence": {"vacation_days": 0, "sick_days": 12, "sick_spell_days": 4}}), 0).crowd
    end = years * 8766
    found = [
        sum(min(finish, end) - begin for begin, finish in crowd.absences(seat, end)) / 24 / years
        for seat in range(seats)
    ]
    # compound Poisson: variance of a year is rate * 2 * mean spell^2 = 2 * 12 * 4
    assert np.mean(found) == pytest.approx(12, abs=4 * (2 * 12 * 4 / years / seats) ** 0.5)


def test_nobody_is_away_when_absences_are_zero():
    crowd = World(peopled({"people.absence": {"vacation_days": 0, "sick_days": 0}}), 0).crowd
    assert [crowd.absences(seat, 8766) for seat in range(5)] == [[]] * 5
