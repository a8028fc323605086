"""Laws of buying again: gradients, recovery, and that refits are what a search finds."""

import numpy as np
import pytest

from simulation.calibration.estimators.buying import KINDS, Cells, Histories, Law, terms_of
from tests.calibration.estimators.drawn import histories

START = {"pareto": [-0.2, -3.4, 0.2, -6.0], "drop": [-0.2, -3.4, -1.0, 1.0], "stay": [-0.2, -3.4]}
HAZARD: dict[str, tuple[float, float] | None] = {"pareto": (1.5, 1 / 400), "drop": None, "stay": None}
LEAVES: dict[str, tuple[float, float] | None] = {"pareto": None, "drop": (1.0, 4.0), "stay": None}


def both(regular: int) -> Histories:
    """New customers and such as were there before."""
    rng = np.random.default_rng(2)
    parts = [histories(rng, 60, rate=(0.8, 1 / 30), regular=regular, before=before) for before in (False, True)]
    return Histories(*(np.concatenate([getattr(p, f) for p in parts]) for f in Histories.__dataclass_fields__))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("regular", [1, 2, 3])
def test_the_gradient_is_that_of_the_likelihood(kind: str, regular: int) -> None:
    known, start = both(regular), np.array(START[kind])
    _, slope, _ = terms_of(Law(kind, regular, start), known)
    for k in range(len(start)):
        step = np.zeros(len(start))
        step[k] = 1e-5
        up, down = (terms_of(Law(kind, regular, start + sign * step), known)[0] for sign in (1, -1))
        np.testing.assert_allclose(slope[:, k], (up - down) / 2e-5, atol=1e-5)


def test_the_closed_form_of_pareto_nbd_is_met() -> None:
    """Against the likelihood by Gauss's hypergeometric function (Fader and Hardie 2005, note 9), where a >= b."""
    from scipy.special import gammaln, hyp2f1

    r, a, s, b = 0.7, 12.0, 0.9, 9.0
    x, last, seen = np.array([0.0, 1.0, 7.0]), np.array([0.0, 30.0, 250.0]), np.array([100.0, 300.0, 260.0])
    theta = np.array([np.log(r), np.log(r / a), np.log(s), np.log(s / b)])
    none = np.full(3, np.nan)
    mine, _, there = terms_of(Law("pareto", 1, theta), Histories(x, last, seen, none, np.zeros(3)))

    def a0(t: np.ndarray) -> np.ndarray:
        c = r + s + x
        return hyp2f1(c, s + 1, c + 1, (a - b) / (a + t)) / (a + t) ** c

    gone = s / (r + s + x) * (a0(last) - a0(seen))
    still = 1 / ((a + seen) ** (r + x) * (b + seen) ** s)
    front = gammaln(r + x) - gammaln(r) + r * np.log(a) + s * np.log(b)
    np.testing.assert_allclose(mine, front + np.log(still + gone), atol=1e-9)
    np.testing.assert_allclose(there, still / (still + gone), atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("regular", "before"), [(1, False), (2, False), (1, True)])
def test_the_law_that_made_the_orders_is_found(kind: str, regular: int, before: bool) -> None:
    rng = np.random.default_rng(7)
    shape, leaves = 0.8, LEAVES[kind]
    if kind == "drop" and before:  # whose base would otherwise depend on how long ago the oldest came
        shape, leaves = 2.5, (3.0, 12.0)
    rate = (shape, 1 / 30)
    known = histories(rng, 1500, rate=rate, regular=regular, before=before, hazard=HAZARD[kind], leaves=leaves)
    law = Cells.of(known).best()
    assert (law.kind, law.regular) == (kind, regular)
    found = law.figures
    assert found["orders_per_year"] == pytest.approx(365.25 / 30, rel=0.12)
    assert found["order_rate_cv"] == pytest.approx(shape**-0.5, rel=0.12)
    if kind == "pareto":
        assert found["churn_per_year"] == pytest.approx(365.25 / 400, rel=0.3)
    if kind == "drop":
        assert found["drop_out.probability"] == pytest.approx(0.2, rel=0.2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_refit_is_what_a_search_finds(kind: str) -> None:
    rng = np.random.default_rng(11)
    known = histories(rng, 500, rate=(0.8, 1 / 30), hazard=HAZARD[kind], leaves=LEAVES[kind])
    cells = Cells.of(known)
    refit = cells.again(cells.fit(kind))
    for _ in range(3):
        weights = np.bincount(rng.integers(0, 500, 500), minlength=500).astype(float)
        mine, searched = refit(weights), cells.fit(kind, 1, weights)
        assert mine.log_likelihood == pytest.approx(searched.log_likelihood, abs=0.05)


def test_customers_who_are_all_alike_are_said_to_be() -> None:
    rng = np.random.default_rng(3)
    law = Cells.of(histories(rng, 800, rate=(1e6, 1 / 30))).fit("stay")
    assert law.figures["order_rate_cv"] < 0.15
    assert Law("stay", 1, np.array([np.log(399.0), -3.0])).figures["order_rate_cv"] == 0.0
