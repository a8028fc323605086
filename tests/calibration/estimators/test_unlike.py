"""Customers who differ in how regularly they buy: gradients, recovery, what they will buy, and when it is needed."""

import numpy as np
import pytest

from simulation.calibration.estimators.buying import KINDS, Cells, Histories, Law
from simulation.calibration.estimators.customers_drawn import ahead, from_the_start
from simulation.calibration.estimators.unlike import Mixed, _terms, best
from tests.calibration.estimators.drawn import histories

START = {"pareto": [-0.2, -3.4, 0.2, -6.0], "drop": [-0.2, -3.4, -1.0, 1.0], "stay": [-0.2, -3.4]}
ODDS = [0.3, -0.4, 0.1]


def mixed(rng: np.random.Generator, count: int, shares: tuple[float, ...], **more: object) -> Histories:
    """Customers of whom so many buy at every first, second ... beat."""
    parts = [
        histories(rng, round(count * share), rate=(0.8, 1 / 30), regular=k, **more)  # type: ignore[arg-type]
        for k, share in enumerate(shares, start=1)
        if share
    ]
    return Histories(*(np.concatenate([getattr(p, f) for p in parts]) for f in Histories.__dataclass_fields__))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", [False, True])
def test_the_gradient_is_that_of_the_likelihood(kind: str, before: bool) -> None:
    known, start = mixed(np.random.default_rng(2), 120, (0.5, 0.5), before=before), np.array([*START[kind], *ODDS])
    terms = _terms(known, kind)
    slope = terms(start)[1]
    for k in range(len(start)):
        step = np.zeros(len(start))
        step[k] = 1e-5
        up, down = (terms(start + sign * step)[0] for sign in (1, -1))
        np.testing.assert_allclose(slope[:, k], (up - down) / 2e-5, atol=1e-5)


def test_one_regularity_alone_is_the_law_of_customers_who_are_alike() -> None:
    known = mixed(np.random.default_rng(3), 200, (0.5, 0.5))
    cells = Cells.of(known, intervals=True)
    law = cells.fit("stay", 1)
    alone = _terms(cells.known, "stay")(np.array([*law.theta, -60.0, -60.0, -60.0]))[0]
    assert cells.weights() @ alone == pytest.approx(law.log_likelihood, abs=0.1)


def test_shares_of_regularities_and_who_has_which_are_found() -> None:
    """Of 1,500 customers two thirds buy at random and a third every third beat: shares within four standard errors."""
    rng = np.random.default_rng(5)
    known = mixed(rng, 1500, (2 / 3, 0, 1 / 3))
    law, refit = best(known)
    assert isinstance(law, Mixed) and law.kind == "stay"
    found = law.figures
    assert found["orders_per_year"] == pytest.approx(365.25 / 30, rel=0.12)
    assert found["order_every.cv"] == pytest.approx(np.sqrt(2 / 3 + 1 / 9), abs=0.03)
    draws = np.array([refit(np.bincount(rng.integers(0, 1500, 1500), minlength=1500)).shares for _ in range(40)])
    error = draws.std(axis=0)
    assert abs(law.shares[0] - 2 / 3) < 4 * error[0] and error[0] < 0.1
    busy = known.repeats > 10
    told = law.among(known)[:, 0]
    assert told[:1000][busy[:1000]].mean() > 0.85 and told[1000:][busy[1000:]].mean() < 0.2
    assert (law.drawn(known, rng) == 0).mean() == pytest.approx(law.shares[0], abs=0.05)


def test_a_pause_of_who_buys_at_random_is_not_taken_for_the_end() -> None:
    """Nobody leaves; half buy like clockwork. As if all were alike some seem gone, with a k of their own nobody is."""
    known = mixed(np.random.default_rng(6), 2000, (0.5, 0, 0, 0.5))
    law, _ = best(known)
    alike = Cells.of(known).best()
    assert isinstance(law, Mixed) and alike.aic > law.aic + 100
    assert law.there(known).mean() > 0.995 and alike.there(known).mean() < 0.985


def test_what_they_will_buy_is_what_such_customers_buy() -> None:
    rng = np.random.default_rng(8)
    law = Mixed("stay", np.array([np.log(50.0), np.log(1 / 30), -8.0, -8.0, 0.0]))  # k of 1 or 4, rates nearly alike
    seen = np.full(4000, 300.0)
    counts = from_the_start(law, seen, rng)
    assert counts.mean() == pytest.approx(9.8, abs=0.4)  # with k = 4 three beats of the first interval are missing
    known = mixed(rng, 4000, (0.5, 0, 0, 0.5), seen=(300.0, 300.1))
    onward = ahead(Mixed("stay", np.array([np.log(0.8), np.log(1 / 30), -8.0, -8.0, 0.0])), known, 90.0, rng)
    assert onward.mean() == pytest.approx(3.0, rel=0.06)
    mean, shape = law.rates(known)
    one, four = Law("stay", 1, law.theta[:2]).rates(known), Law("stay", 4, law.theta[:2]).rates(known)
    assert (np.minimum(one[0], four[0]) <= mean + 1e-12).all() and (mean <= np.maximum(one[0], four[0]) + 1e-12).all()
    assert (shape >= one[1] - 1e-9).all()


def test_customers_who_are_alike_are_not_told_apart() -> None:
    for seed in range(3):
        law, _ = best(histories(np.random.default_rng(seed), 600, rate=(0.8, 1 / 30), regular=2))
        assert isinstance(law, Law) and law.regular == 2
