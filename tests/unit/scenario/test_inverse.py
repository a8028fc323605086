"""Quantiles by tables: how near they are to scipy's, in both tails, and that one number is the number of the array."""

import struct

import numpy as np
import pytest
from scipy import special

from simulation.written import inverse
from simulation.written.distributions import Distribution
from simulation.written.inverse import DEGREE, FIRST, SHIFT, SIDE, InverseTable

CVS = [0.01, 0.1, 0.3, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0]


def places(n: int = 20_000) -> np.ndarray:
    """Uniforms, as many again in each tail as far as 2^-54 and 1 - 2^-53, and the edges of segments."""
    chance = np.random.default_rng(1)
    edges = np.ldexp(1 + np.arange(16) / 16, np.arange(-54, -1)[:, None]).ravel()
    both = np.concatenate([edges, np.nextafter(edges, 0), [0.5, np.nextafter(0.5, 0), np.nextafter(0.5, 1)]])
    tails = [2.0 ** -chance.uniform(1, 54, n), 1 - 2.0 ** -chance.uniform(1, 53, n)]
    u = np.concatenate([chance.random(n), *tails, both, 1 - both])
    return u[(u >= 2.0**-54) & (u < 1)]


U = places()


def error(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest relative one, where the exact value is no denormal number."""
    return float(np.max(np.abs(found / exact - 1)[exact > 1e-290]))


@pytest.mark.parametrize("cv", CVS)
def test_gamma_quantiles_are_those_of_scipy(cv):
    shape = cv**-2
    found = inverse.gamma(shape)(U)
    with np.errstate(invalid="ignore", divide="ignore"):
        assert error(found, special.gammaincinv(shape, U)) < 1e-12
        assert error(found[U > 0.5], special.gammainccinv(shape, 1 - U[U > 0.5])) < 1e-12


@pytest.mark.parametrize("cv", [30.0, 100.0])
def test_gamma_quantiles_of_the_widest_laws_lose_a_digit(cv):
    with np.errstate(invalid="ignore", divide="ignore"):
        assert error(inverse.gamma(cv**-2)(U), special.gammaincinv(cv**-2, U)) < 1e-11


@pytest.mark.parametrize("cv", [0.1, 0.7, 10.0])
def test_gamma_quantiles_are_given_back_by_the_distribution_function(cv):
    """What the table is tested against is itself only a numerical inverse."""
    shape, low = cv**-2, U[U < 0.5]
    x = inverse.gamma(shape)(low)
    x, low = x[x > 1e-290], low[x > 1e-290]
    slope = np.exp(shape * np.log(x) - x - special.gammaln(shape)) / low  # of log F in log x
    assert np.max(np.abs(special.gammainc(shape, x) / low - 1) / np.maximum(slope, 1)) < 1e-12


@pytest.mark.parametrize("sigma", [0.01, 0.3, 1.0, 3.04])
def test_lognormal_quantiles(sigma):
    assert error(inverse.lognormal(sigma)(U), np.exp(sigma * special.ndtri(U))) < 1e-12


@pytest.mark.parametrize("shape", [0.1, 0.2, 0.5, 1.0, 3.0, 100.0])
def test_weibull_quantiles(shape):
    assert error(inverse.weibull(shape)(U), (-np.log1p(-U)) ** (1 / shape)) < 1e-12


def test_exponential_quantiles_and_log_odds():
    assert error(inverse.exponential()(U), -np.log1p(-U)) < 1e-14
    odds = np.log(U) - np.log1p(-U)
    assert np.max(np.abs(inverse.log_odds()(U) - odds)) < 2e-14
    assert abs(inverse.log_odds().one(0.5)) < 1e-15


TABLES = {
    "exponential": inverse.exponential(),
    "log odds": inverse.log_odds(),
    "gamma": inverse.gamma(2.04),
    "wide gamma": inverse.gamma(0.01),
    "lognormal": inverse.lognormal(0.6),
    "weibull": inverse.weibull(0.11),
}


def as_documented(table: InverseTable, u: float) -> float:
    """The formula of the module's docstring, word for word."""
    v = u if u <= 0.5 else 1.0 - u
    b = struct.unpack("<q", struct.pack("<d", v))[0]
    n = (b >> SHIFT) - FIRST + (SIDE if u > 0.5 else 0)
    t = (b & ((1 << SHIFT) - 1)) * 2.0**-47 - 1.0
    c = table.coefficients
    x = float(c[n, DEGREE])
    for k in range(DEGREE - 1, -1, -1):
        x = x * t + float(c[n, k])
    for _ in range(table.squarings):
        x = x * x
    return x


@pytest.mark.parametrize("name", TABLES)
def test_one_number_and_an_array_and_the_formula_give_the_same_bits(name):
    table, u = TABLES[name], U[::37]
    whole = table(u).tolist()
    assert whole == [table.one(each) for each in u.tolist()] == [as_documented(table, each) for each in u.tolist()]
    assert [table(u[n : n + 1])[0] for n in range(0, len(u), 50)] == whole[::50]
    assert table(u[:60].reshape(3, 20)).tolist() == np.reshape(whole[:60], (3, 20)).tolist()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_two_sides_of_segments_and_does_not_fall(name):
    table = TABLES[name]
    assert table.coefficients.shape == (2 * SIDE, DEGREE + 1)
    assert table.coefficients.flags.c_contiguous
    values = table(np.sort(U))
    assert np.all(np.diff(values) >= -1e-12 * np.abs(values[1:]))


def test_nearer_to_an_end_the_formula_itself_answers():
    near = np.array([2.0**-60, 0.3, 2.0**-1000])
    found = inverse.gamma(2.0)(near)
    assert found.tolist() == [special.gammaincinv(2.0, near[0]), inverse.gamma(2.0).one(0.3), found[2]]
    assert found[2] == pytest.approx(special.gammaincinv(2.0, near[2]), rel=1e-12)
    assert inverse.gamma(2.0).one(2.0**-60) == found[0]
    with np.errstate(divide="ignore"):
        for table, ends in ((inverse.exponential(), [0, np.inf]), (inverse.log_odds(), [-np.inf, np.inf])):
            assert table(np.array([0.0, 1.0])).tolist() == [table.one(0.0), table.one(1.0)] == ends


@pytest.mark.parametrize(
    "law",
    [Distribution.gamma(3, 0.7), Distribution.exponential(3), Distribution.lognormal(3, 2), Distribution.weibull(3, 2)],
    ids=lambda law: law.law,
)
def test_a_law_is_its_table_times_a_scale(law):
    found = law.inverse
    assert found is not None
    table, scale = found
    assert law.quantile(U).tolist() == [scale * table.one(u) for u in U.tolist()]
    middle = (np.arange(10**6) + 0.5) / 10**6
    assert law.quantile(middle).mean() == pytest.approx(3, rel=1e-3)


def test_shapes_share_a_table_and_other_laws_have_none():
    one, other = Distribution.gamma(3, 0.7).inverse, Distribution.gamma(8, 0.7).inverse
    assert one is not None and other is not None and one[0] is other[0]
    for law in (Distribution.constant(2), Distribution.uniform(1, 2), Distribution.gamma(3, 0)):
        assert law.inverse is None
