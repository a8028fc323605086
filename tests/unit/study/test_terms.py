"""Who is compared with whom, who wins in one set of years, and how sure that is."""

import numpy as np
import pytest

from simulation.study.points import as_dict, contest
from simulation.study.terms import Terms, terms
from tests.unit.study import formulas

TWO = Terms(("a", "b"), "a", "profit", 4, 0.95)
THREE = Terms(("a", "b", "c"), "a", "profit", 4, 0.95)


def test_the_best_is_told_apart_where_the_interval_of_the_difference_leaves_out_zero() -> None:
    found = contest(np.array([[1.0, 2.0, 3.0, 4.0], [2.0, 3.1, 3.9, 5.0]]), TWO)
    assert found.winner == found.best == "b"
    less = found.differences["b"]
    # differences 1, 1.1, .9, 1: mean 1, sd .0816, t(3, .975) = 3.182
    assert less.mean == pytest.approx(1.0)
    assert less.high - less.mean == pytest.approx(3.182 * np.sqrt(0.02 / 3) / 2, rel=1e-3)
    assert found.confidence > 0.99
    assert found.contenders == ("b",)


def test_a_winner_that_is_not_told_apart_is_open() -> None:
    found = contest(np.array([[1.0, 2.0, 3.0, 4.0], [3.0, 1.0, 5.0, 2.0]]), TWO)
    assert (found.winner, found.best, found.rival) == ("", "b", "a")
    assert found.contenders == ("b", "a")
    assert 0.5 < found.confidence < 0.95


def test_a_lower_value_wins_where_lower_is_better() -> None:
    costs = Terms(("a", "b"), "a", "costs", 3, 0.95)
    found = contest(np.array([[5.0, 6.0, 7.0], [4.0, 5.0, 6.1]]), costs)
    assert found.winner == "b"


def test_a_year_that_failed_under_one_structure_is_left_out_for_all() -> None:
    values = np.array([[1.0, 2.0, 30.0, 4.0], [2.0, 3.0, np.nan, 5.0], [1.0, 2.0, 3.0, 4.0]])
    found = contest(values, THREE)
    assert found.years == 3
    assert found.means["a"].mean == pytest.approx(7 / 3)
    assert found.means["c"].n == 3


def test_every_look_and_every_pair_takes_its_share_of_the_doubt() -> None:
    luck = np.random.default_rng(5).normal(size=(3, 30))
    values = luck + np.array([[0.0], [0.5], [0.0]])
    once, often = contest(values, THREE), contest(values, THREE, looks=4)
    assert (once.differences["b"].family, often.differences["b"].family) == (3, 12)
    assert often.differences["b"].joint_low < once.differences["b"].joint_low
    assert 1 - often.confidence == pytest.approx(min(1.0, 4 * (1 - once.confidence)))


def test_equal_structures_are_open_and_nothing_is_undefined_in_a_file() -> None:
    found = contest(np.ones((2, 5)), TWO)
    assert (found.winner, found.confidence) == ("", 0.5)
    none = contest(np.full((2, 3), np.nan), TWO)
    assert (none.best, none.years, none.difference) == ("", 0, None)
    assert as_dict(none)["means"]["a"] == {"mean": None, "low": None, "high": None}
    assert as_dict(contest(np.ones((2, 1)), TWO))["differences"]["b"]["low"] is None


def test_the_chance_of_a_wrong_winner_keeps_below_half_the_doubt_over_all_looks() -> None:
    """500 sequences of looks at two structures, the first a little better; ended at the first look that tells."""
    luck, wrong = np.random.default_rng(3), 0
    for _ in range(500):
        pair = luck.normal(size=(2, 40)) + np.array([[0.02], [0.0]])
        for years in (10, 20, 40):
            found = contest(pair[:, :years], TWO, looks=3)
            if found.told_apart:
                wrong += found.winner == "b"
                break
    # at most 2.5 % each: with 500 tries 12.5 expected at the most, sd 3.5
    assert wrong <= 12.5 + 3 * 3.5


def test_terms_are_the_scenario_s_where_nobody_says_otherwise() -> None:
    scenario = formulas.scenario(three=True)
    assert terms(scenario) == Terms(("universal", "functional", "pool"), "universal", "profit", 40, 0.95)
    some = terms(scenario, ["pool", "functional"], baseline="pool", measure="revenue", replications=5, level=0.9)
    assert some == Terms(("functional", "pool"), "pool", "revenue", 5, 0.9)


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"structures": ["nobody", "pool"]}, KeyError, "there is no structure 'nobody'"),
        ({"structures": ["pool"]}, ValueError, "a comparison needs two structures"),
        ({"structures": ["pool", "functional"], "baseline": "universal"}, KeyError, "not among the structures"),
        ({"measure": "happiness"}, KeyError, "happiness"),
        ({"replications": 0}, ValueError, "not 0"),
        ({"level": 1.0}, ValueError, "not 1"),
    ],
)
def test_terms_that_make_no_sense_are_refused(given: dict, kind: type[Exception], words: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(kind, match=words):
        terms(formulas.scenario(three=True), **given)
