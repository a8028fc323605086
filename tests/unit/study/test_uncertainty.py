"""Ignorance and chance together: parts of the doubt, the certainty of a choice, and the worth of knowing inputs."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from simulation.analysis.doubt import parts
from simulation.study.lab import Lab
from simulation.study.uncertainty import worth
from simulation.study.uncertainty.answer import latin_hypercube, measurements, picked_interval, uncertainty
from simulation.study.variation import VariationError
from tests.records import record
from tests.unit.study.toy import INPUTS, engine, toy

Floats = NDArray[np.float64]
SEEDS = 24
EFFECTS = np.array([1.0, 0.6, 0.3])
"""Of the first inputs of the linear and normal case; any others have none."""
MEAN, CHANCE = 0.5, 3.0


def sample(seed: int, points: int = 270, inputs: int = 12, mean: float = MEAN) -> tuple[Floats, Floats]:
    """Ranks and differences of shape (points, 2): mean + effects of normal inputs + normal chance of each year."""
    ranks = latin_hypercube(points, inputs, seed)
    means = mean + norm.ppf(ranks[:, : len(EFFECTS)]) @ EFFECTS
    chance = np.random.default_rng([seed, 1]).standard_normal((points, 2))
    return ranks, means[:, None] + CHANCE * chance


def perfect(mean: float, sd: float) -> float:
    """E max(D, 0) - max(E D, 0) of a normal difference: the unit normal loss (Raiffa & Schlaifer 1961)."""
    return float(sd * norm.pdf(mean / sd) - abs(mean) * norm.cdf(-abs(mean) / sd))


def near(values: list[float], truth: float) -> bool:
    """Whether the mean over the seeds lies within four of its standard errors of the truth, or within a twentieth."""
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return abs(float(np.mean(values)) - truth) < max(4 * error, 0.05 * truth)


SD = float(np.sqrt((EFFECTS**2).sum()))
SHARE = SD**2 / (SD**2 + CHANCE**2)


def test_doubt_is_divided_as_the_variances_are() -> None:
    found = [parts(sample(seed)[1], 0.95, seed) for seed in range(SEEDS)]
    assert near([each.ignorance for each in found], SD**2)
    assert near([each.chance for each in found], CHANCE**2)
    assert near([each.share for each in found], SHARE)
    covered = sum(each.low <= SHARE <= each.high for each in found)
    assert covered >= SEEDS * 0.95 - 3 * math.sqrt(SEEDS * 0.95 * 0.05)


def test_certainty_is_the_probability_that_the_true_mean_is_above_zero() -> None:
    assert near([worth.certainty(sample(seed, mean=1.0)[1]) for seed in range(SEEDS)], float(norm.cdf(1.0 / SD)))


def test_without_ignorance_certainty_is_that_of_a_paired_comparison() -> None:
    from simulation.analysis.intervals import paired_difference

    # half the chance of a point in its two years, turned round: the means of the points differ less than by chance
    rng = np.random.default_rng(3)
    means = 0.05 + 0.1 * rng.standard_normal(100)
    values = np.stack([means - 3.0, means + 3.0], axis=1)
    paired = paired_difference(means, np.zeros(100))
    assert worth.certainty(values) == pytest.approx(paired.confidence_mean_better)


def test_without_chance_certainty_is_the_share_of_points() -> None:
    means = np.repeat([-1000.0, 1000.0], [25, 75])
    assert worth.certainty(np.stack([means, means], axis=1)) == pytest.approx(0.75, abs=1e-3)
    assert parts(np.stack([means, means], axis=1), 0.95, 1).share == 1.0


def test_equal_structures_leave_no_doubt_to_divide() -> None:
    nothing = np.zeros((30, 2))
    assert worth.certainty(nothing) == 0.5
    assert math.isnan(parts(nothing, 0.95, 1).share)


def test_means_drawn_together_have_the_spread_that_is_wanted() -> None:
    means = np.random.default_rng(1).standard_normal((200, 2)) @ np.array([[2.0, 0.3], [0.0, 1.0]])
    target = np.array([[1.0, -0.2], [-0.2, 0.5]])
    moved = worth.drawn_together(means, target)
    assert np.cov(moved, rowvar=False) == pytest.approx(target)
    assert moved.mean(axis=0) == pytest.approx(means.mean(axis=0))


@pytest.mark.parametrize(("points", "inputs", "seeds"), [(270, 6, 24), (60, 45, 12)])
def test_worth_of_knowledge_is_that_of_the_normal_case(points: int, inputs: int, seeds: int) -> None:
    every, each_of = [], []
    for seed in range(seeds):
        ranks, values = sample(seed, points, inputs)
        ahead = values[:, :, None] * (1.0 if values.mean() >= 0 else -1.0)
        every.append(worth.of_everything(ahead, 0.95, seed))
        each_of.append(worth.of_each(ranks, ahead, every[-1], 0.95, seed))
    assert near([found.value for found in every], perfect(MEAN, SD))
    if points > 200:  # with few points a small worth is poorly known, but never promised by noise
        for n, effect in enumerate(EFFECTS):
            truth = perfect(MEAN, float(effect))
            assert abs(np.mean([found[n].worth.value for found in each_of]) - truth) < 0.15 * truth + 0.01
            covered = sum(found[n].worth.low <= truth <= found[n].worth.high for found in each_of)
            assert covered >= seeds * 0.95 - 3 * math.sqrt(seeds * 0.95 * 0.05)
    without = [found[n] for found in each_of for n in range(len(EFFECTS), inputs)]
    assert np.mean([k.worth.value for k in without]) < 0.1 * perfect(MEAN, SD)
    named = sum(any(k.doubt < 0.05 for k in found[len(EFFECTS) :]) for found in each_of)
    assert named <= seeds * 0.05 + 3 * math.sqrt(seeds * 0.05 * 0.95)


def test_a_wrong_choice_gets_rarer_by_what_the_normal_case_says() -> None:
    rng = np.random.default_rng(5)
    inputs = rng.standard_normal((400_000, len(EFFECTS)))
    true, known = MEAN + inputs @ EFFECTS, MEAN + inputs[:, 0] * EFFECTS[0]
    truth = float(np.mean(true < 0) - np.mean((true < 0) != (known < 0)))
    found = []
    for seed in range(SEEDS // 2):
        ranks, values = sample(seed, 400, 3)
        every = worth.of_everything(values[:, :, None], 0.95, seed)
        found.append(worth.of_each(ranks, values[:, :, None], every, 0.95, seed)[0].fall)
    error = float(np.std(found, ddof=1)) / math.sqrt(len(found))
    assert abs(float(np.mean(found)) - truth) < 4 * error + 0.02


def test_three_structures_are_chosen_among_all_at_once() -> None:
    # best at 0; others behind by 1 + 2 z1 and 1 + 2 z2: what it is worth to know z1 alone does not count z2
    worths = []
    for seed in range(12):
        ranks = latin_hypercube(300, 3, seed)
        z = norm.ppf(ranks)
        chance = np.random.default_rng([seed, 2]).standard_normal((300, 2, 2))
        ahead = (1.0 + 2.0 * z[:, None, :2]) + 0.5 * chance
        every = worth.of_everything(ahead, 0.95, seed)
        found = worth.of_each(ranks, ahead, every, 0.95, seed)
        assert every.value > max(k.worth.value for k in found)
        worths.append([k.worth.value for k in found])
    single = perfect(1.0, 2.0)
    for n in (0, 1):
        assert near([each[n] for each in worths], single)
    assert max(each[2] for each in worths) < 0.02 * single


def test_knowing_one_input_is_never_worth_more_than_knowing_all() -> None:
    for seed in range(5):
        ranks, values = sample(seed, 40, 20)
        every = worth.of_everything(values[:, :, None], 0.95, seed)
        for each in worth.of_each(ranks, values[:, :, None], every, 0.95, seed):
            assert each.worth.low <= each.worth.value <= each.worth.high
            assert each.worth.value <= every.value


def test_each_rank_has_its_own_stratum() -> None:
    ranks = latin_hypercube(50, 7, 11)
    assert (np.sort((ranks * 50).astype(int), axis=0) == np.arange(50)[:, None]).all()
    assert (latin_hypercube(50, 7, 11) == ranks).all()


def test_the_interval_of_the_best_holds_although_it_was_picked() -> None:
    """Eight structures that are all the same: the mean interval of best less worst by itself misses 0 in half of all.

    The best and its nearest are the easiest pair; best and worst are the hardest that looking could pick.
    """
    structures, tries = 8, 400
    alone, picked = 0, 0
    for seed in range(tries):
        values = np.random.default_rng([seed, 7]).standard_normal((60, structures))
        order = values.mean(axis=0).argsort()
        difference = values[:, order[-1]] - values[:, order[0]]
        alone += picked_interval(difference, 0.95, 2).low <= 0.0
        picked += picked_interval(difference, 0.95, structures).low <= 0.0
    assert alone / tries < 0.6
    assert picked / tries >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / tries)


def test_of_two_structures_the_interval_is_students() -> None:
    from simulation.analysis.intervals import mean_interval

    values = np.random.default_rng(2).standard_normal(30)
    assert picked_interval(values, 0.9, 2) == mean_interval(values, 0.9)


def lab() -> Lab:
    return Lab(jobs=1, engine=engine)


def test_the_input_that_decides_is_named_and_one_without_effect_never() -> None:
    found = uncertainty(toy(), measure="revenue", inputs=INPUTS, samples=40, lab=lab())
    assert found.best == "other" and found.rival == "pair"
    assert [each.input.name for each in found.named] == ["hand_off.lead.loss"]
    assert measurements(found) == ((found.named[0].input, found.named[0].worth.value),)
    without = next(each for each in found.measurements if each.input.name == "people.switching")
    assert without.worth.value == pytest.approx(0.0, abs=0.02 * found.everything.value)
    assert 0.0 <= found.years_better.low <= found.years_better.mean <= found.years_better.high <= 1.0
    assert found.doubt.share > 0.95  # chance is a fiftieth of what the inputs do
    assert found.named[0].worth.value == pytest.approx(found.everything.value, rel=0.1)
    assert "leads lost in a hand-off" in " ".join(found.sentences)


def test_what_nothing_distinguishes_is_not_named() -> None:
    found = uncertainty(toy(), measure="revenue", inputs=["people.switching"], samples=20, lab=lab())
    assert found.named == () and found.certainty > 0.999
    assert any(said.key == "uncertainty-nothing" for said in found.sentences)


def test_where_less_is_better_the_lower_one_is_chosen() -> None:
    found = uncertainty(toy(), measure="account.cost_of_goods", inputs=INPUTS, samples=20, lab=lab())
    assert found.best == "pair" and found.difference.mean < 0
    assert found.certainty > 0.5 and found.gains.mean() > 0


def test_points_of_failed_years_are_left_out() -> None:
    def failing(scenario, structure, world, events):  # type: ignore[no-untyped-def]
        if world.replication == 3:
            raise ZeroDivisionError("nobody is left")
        return record(scenario, structure, sales=[{"revenue": 1000.0 * (1 + world.streams.uniforms("toy", 1)[0])}])

    found = uncertainty(toy(), measure="revenue", samples=24, lab=Lab(jobs=1, engine=failing))
    assert found.left_out == 1 and found.points == 23
    assert any(said.key == "uncertainty-left-out" for said in found.sentences)


def test_what_cannot_be_asked_is_refused() -> None:
    for wrong in ({"samples": 19}, {"years_each": 1}, {"structures": ["pair"]}):
        with pytest.raises(ValueError, match=r"too few|2 or more|two structures"):
            uncertainty(toy(), lab=lab(), **wrong)  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="nobody"):
        uncertainty(toy(), structures=["pair", "nobody"], lab=lab())
    with pytest.raises(VariationError, match="has no"):
        uncertainty(toy(), inputs=["hand_of.lead.loss"], lab=lab())
