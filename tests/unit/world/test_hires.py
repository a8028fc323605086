"""Who is hired: threshold, search, probation and absences of the n-th hire of a seat, whatever role the seat has."""

import numpy as np
import pytest
from scipy import stats

import simulation.world.people as people_module
from simulation.mechanisms.probation import Probation
from simulation.scenario.people import ACTIVITIES
from simulation.world import World
from simulation.world.people import Crowd
from simulation.written.distributions import Distribution
from tests.scripted import small

SD, CORRELATION = 0.3, 0.4
SELLING = ("qualify", "sell", "upsell")
SETS = {"one": ("sell",), "three": SELLING, "all": ACTIVITIES}
YEAR = 8766.0


def crowd(changes: dict | None = None, replication: int = 0) -> Crowd:
    base = {"people.talent": {"sd": SD, "correlation": CORRELATION}, "experiment.months": 12}
    return World(small(base | (changes or {})), replication).crowd


def everybody(seats: int = 20, hires: int = 150) -> list[tuple[int, int]]:
    return [(seat, hire) for seat in range(seats) for hire in range(1, hires + 1)]


def talents(who: Crowd, activities: tuple[str, ...]) -> np.ndarray:
    """Mean logarithm of talent over the activities, standardised, of `everybody()`."""
    columns = [ACTIVITIES.index(activity) for activity in activities]
    logs = np.array([np.log(who.talent_of(*person)[columns]).mean() for person in everybody()])
    variance = SD**2 * (CORRELATION + (1 - CORRELATION) / len(activities))
    return (logs + SD**2 / 2) / variance**0.5


def failed(who: Crowd, probation: Probation, activities: tuple[str, ...]) -> np.ndarray:
    return np.array([who.fails_probation(*person, probation, activities) for person in everybody()])


def test_one_persons_talent_is_the_row_of_the_seat():
    who = crowd()
    for hire in (0, 1, 7):
        table = who.talent(25, hire)
        for seat in (0, 3, 24):
            assert np.array_equal(who.talent_of(seat, hire), table[seat])
            assert np.array_equal(crowd().talent_of(seat, hire), table[seat])


def test_without_spread_a_hire_is_like_everybody():
    assert np.array_equal(crowd({"people.talent": {"sd": 0}}).talent_of(4, 2), np.ones(len(ACTIVITIES)))


def test_new_activities_change_no_talent_of_the_others(monkeypatch):
    assert ACTIVITIES[-3:] == ("coach", "train", "care")
    now = crowd().talent(30, 1)
    for later in (1, 3):
        monkeypatch.setattr(people_module, "ACTIVITIES", ACTIVITIES[:-later])
        assert np.array_equal(crowd().talent(30, 1), now[:, :-later])


def test_a_hire_is_the_same_whoever_else_is_asked_for_and_in_whatever_order():
    law, trial = Distribution.lognormal(1000, 0.5), Probation(failure=0.5)

    def known(who: Crowd, seat: int, hire: int) -> tuple:
        return (
            who.threshold(seat, hire),
            who.recruiting_time(seat, hire, law),
            who.fails_probation(seat, hire, trial, SELLING),
            who.absences(seat, YEAR, hire, 100.0),
            who.talent_of(seat, hire).tolist(),
        )

    one, other = crowd(), crowd()
    forth = {person: known(one, *person) for person in everybody(6, 5)}
    back = {person: known(other, *person) for person in reversed(everybody(6, 5))}
    assert forth == back
    assert len({row[0] for row in forth.values()}) == len({row[1] for row in forth.values()}) == 30
    assert known(crowd(replication=1), 0, 1)[:2] != forth[0, 1][:2]


def test_a_threshold_is_a_unit_exponential_number():
    who = crowd()
    assert stats.kstest([who.threshold(*person) for person in everybody()], "expon").pvalue > 1e-3


def test_the_traits_of_a_hire_are_independent():
    who, law = crowd(), Distribution.exponential(1.0)
    threshold = [who.threshold(*person) for person in everybody()]
    search = [who.recruiting_time(*person, law) for person in everybody()]
    unlucky = failed(who, Probation(failure=0.5, insight=0), SELLING)
    found = np.corrcoef(np.vstack([threshold, search, unlucky, talents(who, SELLING)]))[np.triu_indices(4, 1)]
    assert np.abs(found).max() < 4.5 / len(everybody()) ** 0.5


def test_a_search_takes_as_long_as_its_law_says():
    law = Distribution.lognormal(49 * 24, 0.5)
    who = crowd()
    found = np.array([who.recruiting_time(*person, law) for person in everybody()])
    sigma = np.log1p(0.25) ** 0.5
    median = 49 * 24 * np.exp(-(sigma**2) / 2)
    assert stats.kstest(found, stats.lognorm(sigma, scale=median).cdf).pvalue > 1e-3


def test_a_role_with_twice_the_search_waits_twice_as_long_for_the_same_hire():
    who = crowd()
    for person in everybody(5, 5):
        short, long = (who.recruiting_time(*person, Distribution.exponential(mean)) for mean in (100.0, 200.0))
        assert long == pytest.approx(2 * short, rel=1e-12)


@pytest.mark.parametrize(
    "law", [Distribution.constant(72.0), Distribution.constant(0.0)], ids=["three days", "at once"]
)
def test_a_search_of_a_given_length_takes_it(law):
    assert {crowd().recruiting_time(seat, 1, law) for seat in range(5)} == {law.mean}


@pytest.mark.parametrize("insight", [0, 0.5, 1])
@pytest.mark.parametrize("activities", SETS.values(), ids=SETS)
@pytest.mark.parametrize("failure", [0.05, 0.3])
def test_as_many_fail_on_probation_as_the_scenario_says(insight, activities, failure):
    found = failed(crowd(), Probation(failure=failure, insight=insight), activities)
    error = (failure * (1 - failure) / len(found)) ** 0.5
    assert found.mean() == pytest.approx(failure, abs=4 * error)


@pytest.mark.parametrize("correlation", [0, 1])
def test_as_many_fail_whatever_the_correlation_of_talents(correlation):
    who = crowd({"people.talent": {"sd": 0.7, "correlation": correlation}})
    found = failed(who, Probation(failure=0.2, insight=0.9), SELLING)
    assert found.mean() == pytest.approx(0.2, abs=4 * (0.16 / len(found)) ** 0.5)


@pytest.mark.parametrize("activities", SETS.values(), ids=SETS)
def test_full_insight_weeds_out_exactly_the_least_talented(activities):
    who = crowd()
    found = failed(who, Probation(failure=0.2, insight=1), activities)
    talent = talents(who, activities)
    assert 0 < found.sum() < len(found)
    assert talent[found].max() < talent[~found].min()
    assert talent[found].max() < stats.norm.ppf(0.2) <= talent[~found].min()


@pytest.mark.parametrize("insight", [0, 0.3, 0.5, 0.9])
def test_who_fails_is_less_talented_in_proportion_to_the_insight(insight):
    who, failure = crowd(), 0.25
    found = failed(who, Probation(failure=failure, insight=insight), SELLING)
    below = talents(who, SELLING)[found]
    # mean of a normal given that another one, correlated by the insight, lies in its lowest share
    expected = -insight * stats.norm.pdf(stats.norm.ppf(failure)) / failure
    assert below.mean() == pytest.approx(expected, abs=4 / found.sum() ** 0.5)


def test_a_higher_failure_share_fails_the_same_people_and_more():
    who = crowd()
    found = [failed(who, Probation(failure=share, insight=0.5), SELLING) for share in (0.05, 0.2, 0.6)]
    for fewer, more in zip(found, found[1:], strict=False):
        assert fewer.sum() < more.sum()
        assert not (fewer & ~more).any()


@pytest.mark.parametrize("insight", [0, 0.5, 1])
def test_nobody_fails_when_the_failure_share_is_zero(insight):
    assert not failed(crowd(), Probation(failure=0, insight=insight), SELLING).any()


@pytest.mark.parametrize("insight", [0.5, 1])
def test_luck_decides_where_people_are_alike_or_the_role_has_no_activities(insight):
    trial, luck = Probation(failure=0.3, insight=insight), Probation(failure=0.3, insight=0)
    alike = crowd({"people.talent": {"sd": 0}})
    by_luck = failed(crowd(), luck, SELLING)
    assert np.array_equal(failed(alike, trial, SELLING), by_luck)
    assert np.array_equal(failed(crowd(), trial, ()), by_luck)
    assert by_luck.mean() == pytest.approx(0.3, abs=4 * (0.21 / len(by_luck)) ** 0.5)


def test_without_insight_the_role_does_not_matter():
    luck = Probation(failure=0.3, insight=0)
    assert np.array_equal(failed(crowd(), luck, ("sell",)), failed(crowd(), luck, ACTIVITIES))


def test_neither_the_order_nor_a_repetition_of_the_activities_matters():
    who, trial = crowd(), Probation(failure=0.4, insight=1)
    for person in everybody(10, 10):
        verdicts = {
            who.fails_probation(*person, trial, given) for given in (SELLING, SELLING[::-1], [*SELLING, "sell"])
        }
        assert len(verdicts) == 1


ABSENCE = {"vacation_days": 56, "vacation_part_days": 7, "sick_days": 60, "sick_spell_days": 4}


def joined(spells: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for begin, end in sorted(spells):
        if out and begin <= out[-1][1]:
            begin, last = out.pop()
            end = max(end, last)
        out.append((begin, end))
    return out


def test_who_is_hired_later_takes_no_absence_that_began_before():
    both = crowd({"people.absence": ABSENCE})
    single = [crowd({"people.absence": ABSENCE | {key: 0}}) for key in ("vacation_days", "sick_days")]
    under_way = 0
    for seat, hire in everybody(8, 4):
        # each kind alone has no spells that overlap
        parts = [spell for one in single for spell in one.absences(seat, YEAR, hire)]
        for since in (0.0, 1000.0, 4321.5, 8000.0):
            own = both.absences(seat, YEAR, hire, since)
            assert own == joined([spell for spell in parts if spell[0] >= since])
            under_way += sum(begin < since < end for begin, end in parts)
    assert under_way > 10


def test_an_absence_that_begins_on_the_first_day_is_taken():
    who = crowd({"people.absence": ABSENCE})
    spells = who.absences(3, YEAR, 2)
    assert who.absences(3, YEAR, 2, spells[1][0]) == spells[1:]


def test_absences_of_the_first_day_are_those_of_a_hire_at_zero():
    who = crowd({"people.absence": ABSENCE})
    for seat in range(10):
        assert who.absences(seat, YEAR, 0, 0.0) == who.absences(seat, YEAR) == who.absences(seat, YEAR, 0, -5000.0)


def test_nobody_who_comes_after_the_end_is_ever_away():
    assert crowd({"people.absence": ABSENCE}).absences(0, YEAR, 1, YEAR) == []
