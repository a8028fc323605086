"""A whole divided among players: the axioms, and the games whose answer is known."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.study.explain.shapley import EXACT, Asked, Parts, added, along, decompose, exact, order_of

Game = Callable[[int, int], float]
"""A coalition and a year to its worth."""


def played(game: Game, asked: Sequence[Asked]) -> np.ndarray:
    return np.array([game(mask, year) for mask, year in asked])


def divided(game: Game, players: int, years: int, **more: object) -> Parts:
    return decompose(lambda asked: played(game, asked), players, years, **more)  # type: ignore[arg-type]


def table(players: int, seed: int = 0) -> np.ndarray:
    """A game without any structure: every coalition is worth whatever comes."""
    return np.random.default_rng(seed).normal(size=2**players)


def test_gloves_are_worth_what_the_textbook_says():
    # one right glove (player 2), two left ones: a pair is worth 1 (Shapley values 1/6, 1/6, 2/3)
    worths = np.array([float(mask & 4 > 0 and mask & 3 > 0) for mask in range(8)])
    assert exact(worths) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_an_order_goes_from_nobody_to_all_and_each_player_gets_its_own_step():
    assert along((2, 0, 1)) == (0, 4, 5, 7)
    assert added((2, 0, 1), np.array([1.0, 2.0, 4.0, 8.0])).tolist() == [2.0, 4.0, 1.0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 7), st.integers(1, 6), st.integers(0, 1000))
def test_the_parts_add_up_to_the_whole_in_every_block(players: int, years: int, seed: int):
    worths = np.random.default_rng(seed).normal(scale=1e6, size=(2**players, years + 1))
    found = divided(lambda mask, year: worths[mask, year], players, years, seed=seed)
    assert found.bars.shape == (len(found.whole), players + 1)
    assert found.bars.sum(axis=1) == pytest.approx(found.whole, abs=1e-6)
    for block, whole in zip(found.years, found.whole, strict=True):
        assert whole == pytest.approx(worths[-1, list(block)].mean())


def test_with_few_players_every_coalition_of_every_year_is_asked_for():
    worths = table(EXACT)
    found = divided(lambda mask, year: worths[mask] * (year + 1), EXACT, 3)
    assert found.exact
    assert found.years == ((0,), (1,), (2,))
    for year, parts in enumerate(found.parts):
        assert parts == pytest.approx(exact(worths) * (year + 1))


def test_with_more_players_a_block_is_an_order_and_its_reverse_in_two_years():
    asked: list[Asked] = []

    def worth(wanted: Sequence[Asked]) -> np.ndarray:
        asked.extend(wanted)
        return np.zeros(len(wanted))

    found = decompose(worth, 6, 3, seed=5)
    assert found.years == ((0, 1), (2, 3))
    order = order_of(6, 1, 5)
    assert asked[14:] == [*((mask, 2) for mask in along(order)), *((mask, 3) for mask in along(order[::-1]))]


def test_sampled_orders_come_to_the_exact_values():
    worths = table(6)
    found = divided(lambda mask, year: worths[mask], 6, 2000, seed=3)
    errors = found.parts.std(axis=0, ddof=1) / len(found.parts) ** 0.5
    assert (np.abs(found.parts.mean(axis=0) - exact(worths)) < 4 * errors).all()


def test_a_player_without_effect_gets_exactly_nothing():
    worths = table(5)
    few = divided(lambda mask, year: worths[mask & 7], 4, 2)
    many = divided(lambda mask, year: worths[mask & 31], 6, 20)
    assert not few.parts[:, 3].any()
    assert not many.parts[:, 5].any()
    assert many.parts[:, :5].any(axis=0).all()


def test_a_player_whose_effect_is_only_chance_has_an_interval_around_zero():
    noise = np.random.default_rng(8).normal(size=(64, 200))
    found = divided(lambda mask, year: float(mask & 31) + noise[mask, year], 6, 200)
    part = found.parts[:, 5]
    assert abs(part.mean()) < 4 * part.std(ddof=1) / len(part) ** 0.5
    assert part.std() > 0


def test_players_that_can_take_each_others_place_get_the_same():
    by_size = np.random.default_rng(2).normal(size=8)

    def game(mask: int, year: int) -> float:
        return float(by_size[mask.bit_count()])

    assert divided(game, 4, 1).parts[0] == pytest.approx([(by_size[4] - by_size[0]) / 4] * 4)
    sampled = divided(game, 7, 1000, seed=1).parts
    apart = sampled - (by_size[7] - by_size[0]) / 7
    assert (np.abs(apart.mean(axis=0)) < 4 * apart.std(axis=0, ddof=1) / len(apart) ** 0.5).all()


@pytest.mark.parametrize("players", [3, 6])
def test_the_parts_of_two_games_together_are_the_sums_of_their_parts(players: int):
    one, other = table(players, 1), table(players, 2)
    apart = [divided(lambda mask, year, w=w: w[mask], players, 8, seed=4).parts for w in (one, other)]
    both = divided(lambda mask, year: one[mask] + other[mask], players, 8, seed=4).parts
    assert both == pytest.approx(apart[0] + apart[1])


def test_steps_as_small_as_rounding_are_nothing():
    sums = np.random.default_rng(0).normal(scale=1e-9, size=64)
    assert not divided(lambda mask, year: 1e6 + sums[mask], 6, 4).parts.any()


def test_without_players_all_of_it_is_left():
    found = divided(lambda mask, year: 3.0 + year, 0, 2)
    assert found.parts.shape == (2, 0)
    assert found.bars.tolist() == [[3.0], [4.0]]


def test_a_block_with_an_unknown_value_is_left_out():
    found = divided(lambda mask, year: np.nan if (mask, year) == (0, 3) else 1.0, 6, 6)
    assert found.years == ((0, 1), (4, 5))
    assert found.failed == 1
    assert np.isfinite(found.bars).all()


def test_it_stops_as_soon_as_what_was_found_is_enough():
    looked: list[int] = []

    def enough(found: Parts) -> bool:
        looked.append(found.count)
        return found.count >= 24

    found = divided(lambda mask, year: float(mask), 6, 100, first=16, step=8, enough=enough)
    assert looked == [16, 24]
    assert found.count == 24


@pytest.mark.parametrize("players", [1, 3, EXACT + 1, 7])
def test_a_player_who_leads_gets_what_he_alone_is_worth_and_the_others_share_the_rest(players: int):
    worths = table(players)
    leader = players - 1
    found = divided(lambda mask, year: worths[mask], players, 4000 if players > EXACT + 1 else 2, leads=True, seed=1)
    assert found.exact == (players <= EXACT + 1)
    assert found.parts[:, leader] == pytest.approx(worths[1 << leader] - worths[0])
    rest = exact(worths[1 << leader :])  # of the game among the others, once he is there
    errors = found.parts[:, :leader].std(axis=0, ddof=1) / len(found.parts) ** 0.5
    assert (np.abs(found.parts[:, :leader].mean(axis=0) - rest) <= 4 * errors + 1e-9).all()
    assert found.bars.sum(axis=1) == pytest.approx(found.whole)


def test_orders_that_a_player_leads_begin_with_him_and_are_reversed_behind_him():
    asked: list[Asked] = []

    def worth(wanted: Sequence[Asked]) -> np.ndarray:
        asked.extend(wanted)
        return np.zeros(len(wanted))

    decompose(worth, 7, 2, leads=True, seed=5)
    order = order_of(6, 0, 5)
    there = [*((mask, 0) for mask in along((6, *order))), *((mask, 1) for mask in along((6, *order[::-1])))]
    assert asked == there
