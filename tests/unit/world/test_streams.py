"""Named random streams: pure functions of seed, replication, name and ordinal."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from simulation.world import Streams
from simulation.world.streams import Stream, digest

NAMES = [
    *(f"arrivals/site/{strip}/{what}" for strip in range(4) for what in ("gap", "height")),
    *(f"lead/{channel}/{strip}/stage.closing.decision" for channel in ("site", "calls") for strip in (0, 1, "found")),
    *(f"people/0/talent/{activity}" for activity in ("sell", "serve", "qualify")),
    *(f"absence/{seat}/0/sick.gap" for seat in range(5)),
    "finds/calls/attempts",
    "finds/call/sattempts",
    "",
]


def test_the_digest_of_a_name_is_the_same_number_for_ever():
    assert digest("arrivals/site/0/gap") == 0xB423D8C965B3790B7DD3BF2C79A3F914
    assert digest("") == 0x7076A68E75884D4E40BDEFD94169E6CA


def test_the_numbers_of_a_stream_are_the_same_for_ever():
    expected = [0.2853173571485983, 0.8709636112054976, 0.36185870519358754]
    assert Streams(2026, 7).uniforms("arrivals/site/0/gap", 3).tolist() == pytest.approx(expected, abs=1e-15)


def test_the_numbers_do_not_depend_on_the_process():
    code = "from simulation.world import Streams;print(repr(Streams(3, 1).uniforms('lead/site/0/fit', 2).tolist()))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": salt},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for salt in ("0", "1")
    }
    assert found == {repr(Streams(3, 1).uniforms("lead/site/0/fit", 2).tolist()) + "\n"}


def test_names_have_different_digests():
    names = NAMES + [f"lead/site/0/customer.order.gap/{block}" for block in range(2000)]
    assert len({digest(name) for name in names}) == len(names)


@pytest.mark.parametrize("steps", [(1, 2, 3, 50, 5000), (4999, 5000), (7, 7, 100_000), (3, 1000, 10)])
def test_a_longer_request_extends_what_shorter_ones_gave(steps):
    whole = Stream(1, 2, "x").uniforms(max(steps)).copy()
    grown = Stream(1, 2, "x")
    for count in steps:
        part = grown.uniforms(count)
        assert part.shape == (count,)
        assert np.array_equal(part, whole[:count])


def test_the_order_in_which_streams_are_asked_moves_no_number():
    one, other = Streams(5, 0), Streams(5, 0)
    forth = {name: one.uniforms(name, 20).copy() for name in NAMES}
    back = {name: other.uniforms(name, 20).copy() for name in reversed(NAMES)}
    assert all(np.array_equal(forth[name], back[name]) for name in NAMES)


@pytest.mark.parametrize("name", NAMES[:3])
def test_the_numbers_are_uniform_and_never_zero_or_one(name):
    drawn = Streams(11, 3).uniforms(name, 20_000)
    assert drawn.min() > 0
    assert drawn.max() < 1
    assert stats.kstest(drawn, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 4.5 / len(drawn) ** 0.5


def test_streams_are_not_correlated_with_one_another():
    count = 4000
    rows = [Streams(1, 0).uniforms(name, count) for name in NAMES]
    rows += [Streams(seed, replication).uniforms(NAMES[0], count) for seed, replication in [(1, 1), (2, 0), (2, 1)]]
    found = np.corrcoef(np.array(rows)) - np.eye(len(rows))
    # the largest of about 300 correlations, each normal with standard deviation 1/sqrt(count)
    assert np.abs(found).max() < 4.5 / count**0.5


def test_every_seed_and_replication_has_numbers_of_its_own():
    first = {Streams(seed, replication).uniforms("x", 1)[0] for seed in range(40) for replication in range(40)}
    assert len(first) == 1600
    large = [Streams(2**62 + step, 0).uniforms("x", 1)[0] for step in range(3)]
    assert len(set(large)) == 3
