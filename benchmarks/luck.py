"""What the luck of a year costs: `python benchmarks/luck.py`.

(g) processor time of drawing all that the two structures of scenarios/department_of_ten.yaml ask of the World in a
    year, by counter-based streams and tables of quantiles, against what was done before and is kept here (`Before`): a
    PCG64 generator opened for each name, blocks of all leads, quantiles by scipy's inverse functions. What is asked is
    written down while the structures live the year; both answer the same questions, turn by turn.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy.special import gammaincinv, ndtri  # noqa: E402

from simulation.department import simulate  # noqa: E402
from simulation.department.plan.market import logits  # noqa: E402
from simulation.scenario.scenario import Scenario  # noqa: E402
from simulation.sense.loader import load  # noqa: E402
from simulation.world import Stock, Streams, World  # noqa: E402
from simulation.world.stock import Numbered, Series, Transform  # noqa: E402
from simulation.written.distributions import Distribution  # noqa: E402

Floats = NDArray[np.float64]
YEARS = 7
SHIPPED = ROOT / "scenarios" / "department_of_ten.yaml"


class Questions:
    """What the structures of a scenario ask of one World."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self.seed, self.replication = scenario.experiment.seed, replication
        self.plain: list[tuple[str, int, int, int]] = []  # of streams that are not of leads
        self.columns: dict[tuple[Any, ...], tuple[Stock, str, Transform | None, Any]] = {}
        self.series: dict[int, tuple[Series, dict[tuple[int, int], None]]] = {}
        self.upsets: dict[tuple[Any, ...], tuple[Stock, str, int, int]] = {}
        with self._listening():
            world = World(scenario, replication)
            for structure in scenario.structures:
                simulate(scenario, structure, world)
        asked = [stock for stock, *_ in (*self.columns.values(), *self.upsets.values())]
        asked += [one._stock for one, _ in self.series.values()]
        self.stocks = list({id(stock): stock for stock in asked}.values())

    @contextmanager
    def _listening(self) -> Iterator[None]:
        uniforms, column, at, upset = Streams.uniforms, Stock.column, Series.at, Numbered.at

        def streams(this: Streams, name: str, count: int, page: int = 0, first: int = 0) -> Floats:
            if not name.startswith("lead/"):
                self.plain.append((name, count, page, first))
            return uniforms(this, name, count, page, first)

        def columns(this: Stock, name: str, transform: Transform | None = None, variant: Any = "") -> list[float]:
            self.columns[id(this), name, variant] = (this, name, transform, variant)
            return column(this, name, transform, variant)

        def series(this: Series, i: int, ordinal: int) -> float:
            self.series.setdefault(id(this), (this, {}))[1][i, ordinal] = None
            return at(this, i, ordinal)

        def upsets(this: Numbered, i: int, ordinal: int) -> float:
            self.upsets.setdefault((id(this), i, ordinal), (this._stock, this.name, i, ordinal))
            return upset(this, i, ordinal)

        with (
            patch.object(Streams, "uniforms", streams),
            patch.object(Stock, "column", columns),
            patch.object(Series, "at", series),
            patch.object(Numbered, "at", upsets),
        ):
            yield

    def now(self) -> float:
        """Answer them all by today's streams; the sum of the answers."""
        streams = Streams(self.seed, self.replication)
        total = sum(float(streams.uniforms(*asked)[0]) for asked in self.plain)
        fresh = {
            id(old): Stock(streams, old.channel, old._strips, old._strip_of, old._ordinals, old.arrivals)
            for old in self.stocks
        }
        for old, name, transform, variant in self.columns.values():
            total += fresh[id(old)].column(name, transform, variant)[0] if len(old) else 0.0
        numbered: dict[tuple[int, str], Numbered] = {}
        for old, name, i, ordinal in self.upsets.values():
            key = (id(old), name)
            if key not in numbered:
                numbered[key] = Numbered(fresh[id(old)], name)
            total += numbered[key].at(i, ordinal)
        for one, asked_for in self.series.values():
            at = fresh[id(one._stock)].drawn(one.what, one.law).at
            total += sum(at(i, ordinal) for i, ordinal in asked_for)
        return total

    def before(self) -> float:
        """Answer them all as it was done before; the sum of the answers."""
        streams = Before(self.seed, self.replication)
        total = sum(
            float(streams.uniforms(f"{name}/{page}", first + count)[0]) for name, count, page, first in self.plain
        )
        fresh = {id(old): Gathered(streams, old) for old in self.stocks}
        for old, name, transform, _ in self.columns.values():
            total += fresh[id(old)].column(name, transform)[0] if len(old) else 0.0
        for old, name, i, ordinal in self.upsets.values():
            total += fresh[id(old)].column(f"{name}.{ordinal}")[i]
        for one, asked_for in self.series.values():
            row = fresh[id(one._stock)].row
            total += sum(row(one, i, ordinal >> 4)[ordinal & 15] for i, ordinal in asked_for)
        return total


class Before:
    """Streams as they were: a generator for each name, its numbers kept from the first on."""

    def __init__(self, seed: int, replication: int) -> None:
        self._seed, self._replication = seed, replication
        self._streams: dict[str, tuple[np.random.Generator, Floats]] = {}

    def uniforms(self, name: str, count: int) -> Floats:
        """The first numbers of a stream, shape (count,)."""
        if name not in self._streams:
            digest = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=16).digest(), "little")
            entropy = np.random.SeedSequence([self._seed, self._replication, digest])
            self._streams[name] = np.random.Generator(np.random.PCG64(entropy)), np.empty(0)
        generator, drawn = self._streams[name]
        have = len(drawn)
        if count > have:
            more = generator.random(max(count - have, min(have, 1 << 16)))
            np.maximum(more, 2.0**-54, out=more)
            drawn = np.concatenate((drawn, more)) if have else more
            self._streams[name] = generator, drawn
        return drawn[:count]


class Gathered:
    """A stock as it was: a column for each upset, blocks of 16 ordinals of all leads."""

    def __init__(self, streams: Before, stock: Stock) -> None:
        self._streams, self._stock = streams, stock
        self._base = tuple(stock._strips) == ("base",)
        self._parts: list[tuple[str, NDArray[np.intp], NDArray[np.int64], int]] | None = None
        self._columns: dict[tuple[str, Transform | None], list[float]] = {}
        self._blocks: dict[str, Floats] = {}
        self._rows: dict[tuple[int, int], dict[int, list[float]]] = {}

    def column(self, name: str, transform: Transform | None = None) -> list[float]:
        """An attribute of all leads."""
        if (name, transform) not in self._columns:
            self._columns[name, transform] = by_formula(transform, self._gather(name, 1)).tolist()
        return self._columns[name, transform]

    def row(self, one: Series, i: int, block: int) -> list[float]:
        """Sixteen numbers of a series of lead i."""
        rows = self._rows.setdefault((id(one), block), {})
        if i not in rows:
            name = f"customer.{one._name}/{block}"
            if name not in self._blocks:
                self._blocks[name] = self._gather(name, 16).reshape(-1, 16)
            if self._base:
                rows |= enumerate(by_formula(one.law.quantile, self._blocks[name].reshape(-1)).reshape(-1, 16).tolist())
            else:
                rows[i] = by_formula(one.law.quantile, self._blocks[name][i]).tolist()
        return rows[i]

    def _gather(self, name: str, width: int) -> Floats:
        stock = self._stock
        if self._parts is None:
            self._parts = []
            for number, strip in enumerate(stock._strips):
                rows = np.flatnonzero(stock._strip_of == number)
                if len(rows):
                    ordinals = stock._ordinals[rows]
                    self._parts.append((strip, rows, ordinals, int(ordinals.max()) + 1))
        out = np.empty((len(stock), width))
        for strip, rows, ordinals, count in self._parts:
            drawn = self._streams.uniforms(f"lead/{stock.channel}/{strip}/{name}", count * width)
            out[rows] = drawn.reshape(-1, width)[ordinals]
        return out.reshape(-1)


def by_formula(transform: Transform | None, u: Floats) -> Floats:
    """What a transform makes of uniforms, by the inverse functions that were used before."""
    if transform is None:
        return u
    if transform is logits:
        return np.asarray(np.log(u) - np.log1p(-u))
    law = getattr(transform, "__self__", None)
    if not isinstance(law, Distribution) or law.is_constant or law.cv is None and law.law != "exponential":
        return np.asarray(transform(u))
    if law.cv is None:
        return np.asarray(-law.mean * np.log1p(-u))
    if law.law == "gamma":
        return np.asarray(law.mean * law.cv**2 * gammaincinv(law.cv**-2.0, u))
    variance = math.log1p(law.cv**2)
    return np.asarray(np.exp(math.log(law.mean) - variance / 2 + math.sqrt(variance) * ndtri(u)))


def _timed(answer: Callable[[], float]) -> float:
    gc.collect()
    begin = time.process_time()
    answer()
    return time.process_time() - begin


def costs(years: int = YEARS) -> None:
    """Measure (g)."""
    scenario = load(SHIPPED)
    print(f"\nLuck of a year of {SHIPPED.name}, asked for by {' and '.join(scenario.structures)}")
    now, before, ratios = [], [], []
    for replication in range(years + 1):
        questions = Questions(scenario, replication)
        spent = _timed(questions.now), _timed(questions.before)
        if replication:  # tables are made once per process
            now.append(spent[0])
            before.append(spent[1])
            ratios.append(spent[1] / spent[0])
    numbers = sum(len(each) for _, each in questions.series.values())
    asked = len(questions.columns), numbers, len(questions.upsets)
    print("  asked for: {} columns, {} numbers of series, {} of upsets".format(*asked))
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(f"  (g) {statistics.median(now) * 1e3:6.2f} ms; before {statistics.median(before) * 1e3:6.2f} ms")
    print(f"      before : now {middle:5.2f}, half of the years {low:.2f} ... {high:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=YEARS)
    costs(parser.parse_args().years)
