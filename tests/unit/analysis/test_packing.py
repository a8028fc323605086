"""A run as bytes: every bit comes back."""

import math
import struct

import numpy as np
import pytest

from simulation.analysis.runs import Run, layout_of, opened, packed
from tests.unit.store.shelves import same


def there_and_back(run: Run) -> Run:
    return opened(packed(run), layout_of(run), run.structure)


def test_every_bit_comes_back() -> None:
    strange = struct.unpack("<d", bytes.fromhex("010000000000f87f"))[0]  # a NaN with something in it
    numbers = [0.1, -0.0, math.inf, -math.inf, math.nan, strange, 5e-324, 1.7976931348623157e308, 1 / 3]
    run = Run(
        "pair",
        {f"m{n}": value for n, value in enumerate(numbers)},
        {"cash": np.array(numbers), "leads": np.array(numbers[::-1])},
    )
    assert same(there_and_back(run), run)


def test_a_run_without_months_or_without_measures_comes_back() -> None:
    for run in (Run("pair", {"profit": 1.5}, {}), Run("pair", {}, {"cash": np.array([1.0, 2.0])}), Run("pair", {}, {})):
        assert same(there_and_back(run), run)


def test_months_without_a_month_come_back() -> None:
    run = Run("pair", {"profit": 1.0}, {"cash": np.array([]), "leads": np.array([])})
    assert same(there_and_back(run), run)


def test_what_comes_back_can_be_written_to() -> None:
    back = there_and_back(Run("pair", {}, {"cash": np.array([1.0])}))
    back.months["cash"][0] = 2.0
    assert back.months["cash"].tolist() == [2.0]


def test_runs_of_one_layout_share_their_names() -> None:
    runs = [there_and_back(Run("pair", {"some long name": float(n)}, {})) for n in range(2)]
    assert next(iter(runs[0].measures)) is next(iter(runs[1].measures))


def test_bytes_that_are_no_run_are_refused() -> None:
    run = Run("pair", {"profit": 1.0}, {"cash": np.array([1.0])})
    with pytest.raises(ValueError, match="decompress"):
        opened(b"nonsense", layout_of(run), "pair")
    with pytest.raises(ValueError, match="another length"):
        opened(packed(Run("pair", {"profit": 1.0}, {})), layout_of(run), "pair")
