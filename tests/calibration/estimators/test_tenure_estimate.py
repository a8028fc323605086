"""How long people stay: the curve, the laws, delayed entry, length bias, coverage and bands for others."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import staying, tenure
from simulation.calibration.estimators.staying import Spells
from simulation.calibration.records import Records, table
from simulation.mechanisms.tenure_forms import FromRecords
from simulation.mechanisms.turnover import Turnover
from tests.calibration.estimators.drawn import AS_OF, staff

LAWS = {
    "exponential": lambda rng, n: rng.exponential(18, n),
    "lognormal": lambda rng, n: rng.lognormal(2.7, 0.9, n),
    "weibull": lambda rng, n: 20 * rng.weibull(0.6, n),
}
SINCE = dt.date(2024, 1, 1)


def spells(seed: int, late: bool) -> Spells:
    rng = np.random.default_rng(seed)
    return tenure.spells_of(staff(rng, 300, rng.lognormal(2.7, 0.9, 300), since=SINCE if late else None))[0]


@pytest.mark.parametrize("late", [False, True])
def test_the_curve_is_that_of_statsmodels(late: bool) -> None:
    surv = pytest.importorskip("statsmodels.duration.survfunc")
    known = spells(1, late)
    at = np.array([6.0, 12.0, 24.0])
    mine = staying.kaplan_meier(known, at, np.ones((1, len(known.ended))))[0]
    oracle = surv.SurvfuncRight(known.ended, known.left, entry=known.entered if late else None)
    theirs = [oracle.surv_prob[oracle.surv_times <= months][-1] for months in at]
    np.testing.assert_allclose(mine, theirs, rtol=1e-9)


@pytest.mark.parametrize("kind", ["weibull", "lognormal"])
def test_the_gradients_are_those_of_the_likelihoods(kind: str) -> None:
    terms, theta = staying._terms(kind, spells(2, True)), np.array([2.5, -0.2])
    _, slope = terms(theta)
    for k in range(2):
        step = np.zeros(2)
        step[k] = 1e-6
        np.testing.assert_allclose(slope[:, k], (terms(theta + step)[0] - terms(theta - step)[0]) / 2e-6, atol=1e-4)


@pytest.mark.parametrize("kind", LAWS)
@pytest.mark.parametrize("told", [True, False])
def test_a_list_without_those_who_left_before_it_began_is_not_biased(kind: str, told: bool) -> None:
    """Whether the day of its begin is told or has to be read from the leavers."""
    rng = np.random.default_rng(3)
    months = LAWS[kind](rng, 4000)
    found = tenure.estimate(staff(rng, 4000, months, since=SINCE, told=told), Resampling(draws=20))
    assert found.model.delayed
    for at in (6, 12, 24):
        assert found.figures[f"stay.{at}"].value == pytest.approx((months > at).mean(), abs=0.035)
    assert found.model.law.stays(np.array([12.0]))[0] == pytest.approx((months > 12).mean(), abs=0.03)


def test_a_whole_list_enters_nobody_late() -> None:
    rng = np.random.default_rng(4)
    found = tenure.estimate(staff(rng, 300, rng.exponential(18, 300)), Resampling(draws=5))
    assert not found.model.delayed


def test_a_list_of_those_employed_says_that_it_is_biased() -> None:
    hired = np.array(["2020-01-01"] * 30, "datetime64[s]")
    rows = table("staff", {"person": np.arange(30), "role": np.array(["a"] * 30, object), "hired": hired})
    found = tenure.estimate(Records(as_of=AS_OF, staff=rows), Resampling(draws=5))
    assert [note.key for note in found.notes] == ["people-tenure-employed-only"]
    assert all(figure.kept is not None for figure in found.figures.values())


def test_few_leavers_keep_the_default() -> None:
    rng = np.random.default_rng(5)
    found = tenure.estimate(staff(rng, 12, rng.exponential(18, 12)), Resampling(draws=5))
    assert found.model is None and found.notes[0].key == "people-tenure-few"
    assert tenure.estimate(Records(as_of=AS_OF), Resampling(draws=5)).model is None


@pytest.mark.parametrize("kind", LAWS)
def test_the_law_that_made_the_tenures_is_found_and_a_scenario_takes_it(kind: str) -> None:
    rng = np.random.default_rng(6)
    months = LAWS[kind](rng, 3000)
    found = tenure.estimate(staff(rng, 3000, months), Resampling(draws=10))
    if kind != "exponential":  # which is a special case of others, and by chance they are a little likelier
        assert found.model.law.name == f"people-stay-{kind}"
    form = Turnover.model_validate({"law": found.model.form()}).law
    assert isinstance(form, FromRecords)
    months_in_hours, law = 730.5, form.at_own_level()
    for at in (3, 6, 12, 24):
        assert np.exp(-law.spent(at * months_in_hours)) == pytest.approx((months > at).mean(), abs=0.03)
    assert found.figures["per_year"].value == pytest.approx(12 / found.model.law.mean)


@pytest.mark.parametrize("kind", LAWS)
def test_the_bands_hold_in_random_folds(kind: str) -> None:
    """Of 60 random folds nine in ten lie in the band of 90 % for so many others; 85 % at least are asked for."""
    hits = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        whole = staff(rng, 240, LAWS[kind](rng, 240)).staff
        parts = rng.permutation(len(whole)).reshape(4, -1)
        rest = Records(as_of=AS_OF, staff=whole.iloc[np.concatenate(parts[1:])])
        fold = Records(as_of=AS_OF, staff=whole.iloc[parts[0]])
        model = tenure.estimate(rest, Resampling(draws=80)).model
        known = tenure.spells_of(fold)[0]
        real = staying.kaplan_meier(known, np.array([6.0, 12.0, 24.0]), np.ones((1, len(known.ended))))[0]
        for at, share in zip((6, 12, 24), real, strict=True):
            low, high = model.band(at, len(fold.staff))
            hits += bool(low <= share <= high)
    assert 47 <= hits <= 60  # 54 expected, standard error 2.3 and more where the three depend on each other


def test_intervals_cover_the_truth() -> None:
    """Sixty small firms: S(12) and the leavers a year lie in the interval in 54, standard error 2.3."""
    hits = {"stay.12": 0, "per_year": 0}
    truth = {"stay.12": np.exp(-12 / 18), "per_year": 12 / 18}
    for seed in range(60):
        rng = np.random.default_rng(100 + seed)
        found = tenure.estimate(staff(rng, 80, rng.exponential(18, 80)), Resampling(seed=seed, draws=80))
        for key in hits:
            low, high = found.figures[key].interval
            hits[key] += low <= truth[key] <= high
    assert hits["stay.12"] >= 48 and hits["per_year"] >= 44, hits  # the law is chosen too, which no interval holds


def test_roles_are_told_apart_only_where_they_differ() -> None:
    def two(first: float, second: float) -> set[str]:
        rng = np.random.default_rng(8)
        one, other = (staff(rng, 120, rng.exponential(mean, 120)).staff for mean in (first, second))
        rows = pd.concat([one, other.assign(person=other["person"] + 120, role="other")], ignore_index=True)
        found = tenure.estimate(Records(as_of=AS_OF, staff=rows), Resampling(draws=5))
        return {key for key in found.figures if key.startswith("per_year.")}

    assert two(18, 18) == set()
    assert two(10, 36) == {"per_year.seller", "per_year.other"}


def test_the_shares_after_six_and_twelve_months_are_checked() -> None:
    rng = np.random.default_rng(9)
    found = tenure.estimate(staff(rng, 200, rng.exponential(18, 200)), Resampling(draws=60))
    assert [check.at for check in found.model.checks] == ["6", "12"] and all(c.inside for c in found.model.checks)
