"""What the sequential selection does in cases where nothing is left to chance."""

from collections.abc import Sequence

import numpy as np
import pytest

from simulation.study.best_split.selection import Floats, Limit, SelectionError, Values, select


def table(rows: Sequence[Sequence[float]], *others: Sequence[Sequence[float]]) -> Values:
    """Values that repeat: row i is system i, its years come round again; further tables are of other measures."""
    arrays = np.array([rows, *others], dtype=float)

    def values(systems: Sequence[int], numbers: Sequence[int]) -> Floats:
        places = [number % arrays.shape[2] for number in numbers]
        return arrays[:, list(systems)][:, :, places].transpose(1, 2, 0)

    return values


YEARS = [3.0, 1.0, 2.0, 4.0, 0.0]


def shifted(*by: float) -> list[list[float]]:
    """Systems that differ in every year by the same."""
    return [[year + shift for year in YEARS] for shift in by]


def test_a_single_system_needs_no_replication() -> None:
    found = select(table(shifted(0)), 1, indifference=1)
    assert (found.best, found.ended, found.used) == (0, "alone", 0)


def test_systems_that_differ_by_the_same_in_every_year_are_told_apart_at_the_first_look() -> None:
    found = select(table(shifted(0, 2, 1)), 3, indifference=0.1, first=5)
    assert (found.best, found.ended, found.used) == (1, "alone", 15)
    assert [each.fate for each in found.systems] == ["beaten", "selected", "beaten"]
    assert found.systems[0].by == 1


def test_where_less_is_better_the_least_is_selected() -> None:
    assert select(table(shifted(0, 2, 1)), 3, indifference=0.1, first=5, higher=False).best == 0


def test_equal_systems_end_the_search_and_all_remain() -> None:
    found = select(table(shifted(0, 0, -1)), 3, indifference=0.5, first=5)
    assert (found.best, found.ended, found.remaining) == (0, "zone", (0, 1))
    assert [each.fate for each in found.systems] == ["selected", "open", "beaten"]


def test_the_cap_ends_the_search_and_names_what_remains() -> None:
    rows = [[0.0, 10.0, 0.0, 10.0], [10.1, 0.1, 10.1, 0.1]]
    found = select(table(rows), 2, indifference=0.05, first=4, step=4, most=8)
    assert (found.ended, found.remaining, found.longest) == ("cap", (0, 1), 8)


def test_brute_force_gives_every_system_as_many_as_the_longest() -> None:
    rows = [*shifted(0, -10), [0.1, 3.9, 1.1, 0.1, 4.9]]
    found = select(table(rows), 3, indifference=1, first=5, step=5)
    assert found.systems[1].given == 5
    assert found.brute_force == 3 * found.longest > found.used


def test_a_year_that_failed_for_one_is_dropped_for_all() -> None:
    rows = shifted(0, 1)
    rows[0][2] = np.nan
    found = select(table(rows), 2, indifference=0.1, first=4)
    assert found.best == 1
    assert [each.n for each in found.systems] == [4, 4]
    assert all(each.given == 5 for each in found.systems)


def test_years_that_all_fail_end_the_search_with_an_error() -> None:
    with pytest.raises(SelectionError, match="undefined"):
        select(table([[np.nan] * 5, YEARS]), 2, indifference=1)


def test_who_breaks_a_limit_is_left_out_however_good() -> None:
    spend = [[9.0] * 5, [1.0] * 5, [2.0] * 5]
    found = select(table(shifted(5, 1, 2), spend), 3, indifference=0.1, first=5, limits=[Limit(False, 5, 1)])
    assert found.best == 2
    assert [each.fate for each in found.systems] == ["breaks", "beaten", "selected"]


def test_where_nobody_keeps_the_limit_nobody_is_selected() -> None:
    spend = [[9.0] * 5, [8.0] * 5]
    found = select(table(shifted(5, 1), spend), 2, indifference=0.1, first=5, limits=[Limit(False, 5, 1)])
    assert (found.best, found.ended) == (None, "none")


def test_a_single_system_is_held_against_its_limits_too() -> None:
    kept = select(table(shifted(5), [[1.0] * 5]), 1, indifference=0.1, first=5, limits=[Limit(False, 5, 1)])
    broken = select(table(shifted(5), [[9.0] * 5]), 1, indifference=0.1, first=5, limits=[Limit(False, 5, 1)])
    assert (kept.best, broken.best) == (0, None)


def test_years_that_all_met_the_plan_do_not_show_at_once_that_it_is_met_often_enough() -> None:
    limit = Limit(True, 0.8, 0.05, shares=True)
    found = select(table(shifted(1), [[1.0] * 5]), 1, indifference=0.1, first=5, step=5, limits=[limit])
    assert found.best == 0
    assert found.longest > 5


def test_the_watch_hears_who_is_left_and_who_is_ahead() -> None:
    heard: list[tuple[tuple[int, ...], int | None]] = []
    rows = [*shifted(0, -10), [0.1, 3.9, 1.1, 0.1, 4.9]]
    select(
        table(rows), 3, indifference=1, first=5, step=5, watch=lambda left, leader: heard.append((tuple(left), leader))
    )
    assert heard[0] == ((0, 1, 2), None)
    assert heard[1][0] == (0, 2)
    assert heard[1][1] in (0, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"indifference": 0}, "indifference zone is above 0"),
        ({"level": 1}, "a level is above 0 and below 1"),
        ({"first": 1}, "at least 2 replications"),
        ({"most": 3}, "a cap of 3 replications"),
        ({"limits": [Limit(True, 1, 0)]}, "the tolerance of a limit is above 0"),
    ],
)
def test_arguments_without_sense_are_refused(change: dict[str, object], said: str) -> None:
    given: dict[str, object] = {"indifference": 1, **change}
    with pytest.raises(ValueError, match=said):
        select(table(shifted(0, 1)), 2, **given)  # type: ignore[arg-type]
