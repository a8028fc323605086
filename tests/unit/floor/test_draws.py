"""The kernel draws one number at a time: the same bits as whole columns of the World through the same laws."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.department.compiled import readings
from simulation.department.lead_table import Below, Lots
from simulation.floor.choice import EXTENSION, HERE, hindrance
from simulation.world.streams import Streams
from simulation.written import inverse
from simulation.written.inverse import InverseTable
from simulation.written.laws import Distribution
from tests.unit.world.one_number import philox

built = pytest.mark.skipif(hindrance() is not None, reason="the compiled floor is not built here")

LAWS: dict[str, Lots] = {
    "constant": Distribution.constant(3.25),
    "never": Distribution.constant(np.inf),
    "without spread": Distribution.gamma(2.0, 0.0),
    "exponential": Distribution.exponential(7.3),
    "lognormal": Distribution.lognormal(0.7, 0.9),
    "wide lognormal": Distribution.lognormal(0.7, 60.0),
    "gamma": Distribution.gamma(11.0, 0.5),
    "gamma with squarings": Distribution.gamma(11.0, 8.0),
    "weibull": Distribution.weibull(40.0, 1.7),
    "weibull with squarings": Distribution.weibull(40.0, 0.1),
    "uniform": Distribution.uniform(0.3, 0.9),
    "triangular": Distribution.triangular(0.1, 0.4, 2.0),
    "triangular to one side": Distribution.triangular(0.1, 0.1, 2.0),
    "list": Distribution.empirical((3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.6)),
    "weighed list": Distribution.empirical((3.0, 1.0, 4.0, 1.5, 5.0), (0.1, 0.7, 0.0, 0.3, 0.2)),
    "log-odds": inverse.log_odds(),
    "flag": Below(0.3),
}


def drawn(
    keys: object, strips: int, indices: NDArray[np.int64], page: int, law: readings.Reading
) -> NDArray[np.float64]:

    out = np.full(indices.shape, np.nan)
    whole = [np.full(indices.shape, strips, np.int32), indices.astype(np.int32), np.full(indices.shape, page, np.int32)]
    import_module(EXTENSION).draw(np.array(keys, np.uint64), *whole, law, out)
    return out


@built
@pytest.mark.parametrize("page", [0, 1, 15, 16, 2**31 - 1])
def test_uniforms_of_the_kernel_are_those_of_the_streams(page: int) -> None:
    for replication in range(20):
        streams = Streams(replication * 7919, replication)
        names = [f"lead/channel {n}/{n}/stage.x.work" for n in range(3)]
        keys = [streams.key(name) for name in names]
        for strip, name in enumerate(names):
            first = 1_000_003 * strip * replication
            expected = streams.uniforms(name, 203, page, first)
            assert np.array_equal(drawn(keys, strip, first + np.arange(203), page, readings.UNIFORM), expected)


@built
def test_uniforms_of_the_kernel_are_those_of_the_published_block_function() -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):
        key = tuple(rng.integers(0, 2**64, 2, dtype=np.uint64).tolist())
        index, page = rng.integers(0, 2**31, 2).tolist()
        word = philox((1 + index // 4, page, 0, 0), key)[index % 4]
        assert drawn([key], 0, np.array([index]), page, readings.UNIFORM)[0] == max((word >> 11) * 2.0**-53, 2.0**-54)


@built
@pytest.mark.parametrize("name", LAWS)
def test_quantiles_of_the_kernel_are_those_of_the_law(name: str) -> None:
    law = LAWS[name]
    streams = Streams(11, 4)
    indices = np.arange(40_000)
    u = streams.uniforms(name, len(indices), 3)
    expected = law(u) if isinstance(law, InverseTable) else law.quantile(u)
    found = drawn([streams.key(name)], 0, indices, 3, readings.reading(law))
    assert np.array_equal(found, expected)
    assert len(np.unique(found)) > 1 or (isinstance(law, Distribution) and law.is_constant)


def test_numbers_that_the_kernel_writes_out_are_those_of_the_tables() -> None:
    source = (HERE / "draws.py").read_text(encoding="utf-8")
    first, side, terms = re.search(r"TERMS = \((\d+), (\d+), (\d+)\)", source).groups()  # type: ignore[union-attr]
    assert (int(first), int(side), int(terms)) == (inverse.FIRST, inverse.SIDE, inverse.DEGREE + 1)
    names = (HERE / "names.py").read_text(encoding="utf-8")
    kinds = re.search(r"\((AS_IT_IS[^)]*)\) = range\(8\)", names).group(1)  # type: ignore[union-attr]
    assert [getattr(readings, kind.strip()) for kind in kinds.split(",")] == list(range(8))


@pytest.mark.skipif(hindrance() is not None, reason="the compiled floor is not built here")
def test_the_upper_half_of_a_product_is_exact_without_numbers_of_128_bits(tmp_path: Path) -> None:
    """What compilers without them get: the other branch of `wide.pxd`, compiled by itself."""
    import ctypes
    import shutil
    import subprocess

    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no compiler here")
    text = (HERE / "wide.pxd").read_text(encoding="utf-8").split('"""')[1]
    lines = "\n".join(line[4:] for line in text.splitlines()).replace("static ", "")
    (tmp_path / "wide.c").write_text("#undef __SIZEOF_INT128__\n" + lines)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", tmp_path / "wide.so", tmp_path / "wide.c"], check=True)
    half = ctypes.CDLL(str(tmp_path / "wide.so")).sales_sim_upper_half
    half.restype, half.argtypes = ctypes.c_uint64, [ctypes.c_uint64, ctypes.c_uint64]
    rng = np.random.default_rng(8)
    pairs = [(2**64 - 1, 2**64 - 1), (2**32, 2**32), (0, 5), *rng.integers(0, 2**64, (500, 2), np.uint64).tolist()]
    for a, b in pairs:
        assert half(a, b) == a * b >> 64
