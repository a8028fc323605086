"""Named random streams: pure functions of seed, replication, name, entity and ordinal."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulation.world import Stock, Streams
from simulation.world.stock import Law, Of, Upset
from simulation.world.streams import LEAST, key_of
from tests.unit.world.one_number import number, of_entity, of_series, philox

NAMES = [
    *(f"arrivals/site/{strip}/{what}" for strip in range(4) for what in ("gap", "height")),
    *(f"lead/{channel}/{strip}/stage.closing.decision" for channel in ("site", "calls") for strip in (0, 1, "found")),
    *(f"people/talent/{activity}" for activity in ("sell", "serve", "qualify")),
    *(f"absence/{seat}/sick.gap" for seat in range(5)),
    "finds/calls/attempts",
    "finds/call/sattempts",
    "",
]
KEY = (0xEA4A41C130CD39B8, 0x2567DC0850873DB1)
NUMBERS = [0.23093476889333464, 0.14364703610214413, 0.8182681921768493]


def test_the_key_of_a_stream_is_the_same_for_ever():
    assert key_of(2026, 7, "arrivals/site/0/gap") == KEY
    assert Streams(2026, 7).key("arrivals/site/0/gap") == KEY


def test_the_numbers_of_a_stream_are_the_same_for_ever():
    assert Streams(2026, 7).uniforms("arrivals/site/0/gap", 3).tolist() == NUMBERS


def test_the_block_function_gives_the_words_that_its_authors_give():
    """Random123's known answers for philox4x64, ten rounds."""
    assert philox((0, 0, 0, 0), (0, 0))[0] == 0x16554D9ECA36314C
    full = 2**64 - 1
    assert philox((full, full, full, full), (full, full))[0] == 0x87B092C3013FE90B


@pytest.mark.parametrize("name", ["arrivals/site/0/gap", "finds/звонки/attempts"])
@pytest.mark.parametrize("page", [0, 1, 2**40])
def test_a_number_can_be_made_alone(name, page):
    streams, count = Streams(2026, 7), 23
    alone = [number(2026, 7, name, index, page) for index in range(count)]
    assert streams.uniforms(name, count, page).tolist() == alone
    for first in range(9):
        assert streams.uniforms(name, 6, page, first).tolist() == alone[first : first + 6]
    far = 2**50 + 3
    assert streams.uniforms(name, 2, page, far).tolist() == [number(2026, 7, name, far + n, page) for n in range(2)]


def test_attributes_upsets_and_series_are_numbers_by_entity_and_ordinal():
    strips, ordinals = np.array([1, 0, 1, 0]), np.array([400, 0, 3, 7])
    stock = Stock(Streams(5, 2), "site", ["0", "1"], strips, ordinals, [1.0, 2.0, 3.0, 4.0])
    where = [(f"lead/site/{strip}", int(lead)) for strip, lead in zip(strips, ordinals, strict=True)]
    assert stock.column("fit") == [of_entity(5, 2, f"{strip}/fit", lead) for strip, lead in where]
    gaps = stock.drawn(Of.ORDER_GAP, Law(lambda u: u))
    for i, (strip, lead) in enumerate(where):
        for n in (0, 1, 9):
            assert stock.upset(Upset.CUSTOMER_DEPARTURE, i, n) == of_entity(
                5, 2, f"{strip}/customer.departure", lead, n
            )
        for n in (0, 1, 15, 16, 40):
            assert gaps.at(i, n) == of_series(5, 2, f"{strip}/customer.order.gap", lead, n)


def test_zero_becomes_the_least_number(monkeypatch):
    streams = Streams(1, 0)
    monkeypatch.setattr(streams, "_random", lambda count: np.zeros(count))
    assert streams.uniforms("x", 2).tolist() == [LEAST, LEAST]


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


def test_seeds_replications_and_names_have_different_keys():
    keys = {
        key_of(seed, replication, name)
        for name in (*NAMES, "1/x", "2/1/x")
        for seed in range(30)
        for replication in range(30)
    }
    assert len(keys) == 900 * (len(NAMES) + 2)
    assert len({word for key in keys for word in key}) == 2 * len(keys)


@pytest.mark.parametrize("steps", [(1, 2, 3, 50, 5000), (4999, 5000), (7, 7, 100_000), (3, 1000, 10)])
def test_a_longer_request_extends_what_shorter_ones_gave(steps):
    whole = Streams(1, 2).uniforms("x", max(steps))
    grown = Streams(1, 2)
    for count in steps:
        part = grown.uniforms("x", count)
        assert part.shape == (count,)
        assert np.array_equal(part, whole[:count])


def test_the_order_in_which_streams_are_asked_moves_no_number():
    one, other = Streams(5, 0), Streams(5, 0)
    forth = {(name, page): one.uniforms(name, 20, page) for name in NAMES for page in range(3)}
    back = {place: other.uniforms(place[0], 20, place[1]) for place in reversed(forth)}
    assert all(np.array_equal(forth[place], back[place]) for place in forth)
    assert one.asked == other.asked == set(NAMES)


def test_every_seed_and_replication_has_numbers_of_its_own():
    first = {Streams(seed, replication).uniforms("x", 1)[0] for seed in range(40) for replication in range(40)}
    assert len(first) == 1600
    large = [Streams(2**62 + step, 0).uniforms("x", 1)[0] for step in range(3)]
    assert len(set(large)) == 3
