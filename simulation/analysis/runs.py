"""The results of a batch of replications: one run's columns, and all of them as tidy frames.

Here too: where finished replications are kept, as far as an analysis needs to know; `simulation.store` has one.

A run as bytes and back: names once for all runs that share them, numbers as they are, to the last bit.

So a run travels from a worker and lies in a store: a fifth of what a pickle of its names and numbers takes.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.periods import FunnelKey, funnel_keys, week_starts
from simulation.finance.spans import first_day
from simulation.floor.choice import OBJECTS
from simulation.scenario.calendar import add_months
from simulation.scenario.scenario import Scenario
from simulation.written.spelled import spelled

if TYPE_CHECKING:
    import pandas as pd

    from simulation.department.record import LogRow


Floats = NDArray[np.float64]

EVENT_COLUMNS = ("case", "activity", "person", "role", "start", "end", "outcome", "overdue_hours")
"""Columns of one piece of work in ``Runs.events``, after structure and replication."""


@dataclass(frozen=True)
class Run:
    """One structure in one year: measures by name, columns by month, week, of the funnel, of own days; events.

    The floor is the one that it was played on (`floor.choice`); the numbers are the same on each.
    """

    structure: str
    measures: dict[str, float]
    months: dict[str, Floats]
    events: list[LogRow] = field(default_factory=list)
    weeks: dict[str, Floats] = field(default_factory=dict)
    funnel: dict[str, Floats] = field(default_factory=dict)
    own: dict[str, Floats] = field(default_factory=dict)
    floor: str = OBJECTS

    @property
    def tables(self) -> tuple[dict[str, Floats], ...]:
        """Every group of columns that have as many rows."""
        return self.months, self.weeks, self.funnel, self.own


@dataclass(frozen=True)
class Failure:
    """A replication that failed; the whole pair is left out of the results.

    Attributes:
        replication: its number.
        seed: the scenario's seed; number and seed replay it.
        structure: the structure under which it failed.
        error: type and message.
        traceback: where it happened, as text.
    """

    replication: int
    seed: int
    structure: str
    error: str
    traceback: str


@spelled
@dataclass(frozen=True)
class Runs:
    """The results of a batch as tidy frames, in the order of replication and structure.

    Attributes:
        replications: one row per replication and structure: structure, replication, then a column per
            measure.
        months: one row per replication, structure and month: structure, replication, month (first day),
            columns as `measures.monthly_columns`; those of a role are NaN where a structure does not have it.
        weeks: one row per replication, structure and week: structure, replication, week (first day, Mondays; the first
            week may begin later), columns as `periods.weekly_columns`.
        funnel: one row per replication, structure and what ``periods.funnel_keys`` names: structure, replication,
            channel, product, stage, part, columns as `periods.funnel_columns`.
        own: one row per replication and structure: structure, replication, columns as `periods.own_columns`.
        events: one row per piece of work (structure, replication and ``EVENT_COLUMNS``, start and end as
            dates), or None if not asked for.
        failures: one row per failed replication: replication, seed, structure, error, traceback.
        structures: the structures, in their order.
        seed: the seed.
        requested: replications that were to be run.
        partial: whether the batch was stopped before its end; finished replications are kept.
        floors: names of the floors that they were played on.
    """

    replications: pd.DataFrame
    months: pd.DataFrame
    weeks: pd.DataFrame
    funnel: pd.DataFrame
    own: pd.DataFrame
    events: pd.DataFrame | None
    failures: pd.DataFrame
    structures: tuple[str, ...]
    seed: int
    requested: int
    partial: bool
    floors: tuple[str, ...] = ()

    @property
    def finished(self) -> int:
        """Replications with a result for every structure."""
        return int(self.replications["replication"].nunique())

    def values(self, structure: str, measure: str) -> pd.Series[float]:
        """A measure of a structure by replication; NaN where it is undefined or there is no such measure."""
        rows = self.replications[self.replications["structure"] == structure].set_index("replication")
        if measure in rows:
            return rows[measure]
        return rows.index.to_series().astype(float) * float("nan")


def gather(
    scenario: Scenario,
    names: tuple[str, ...],
    done: Mapping[int, list[Run] | Failure],
    total: int,
    events: bool,
    partial: bool,
) -> Runs:
    """The frames of a batch."""
    import pandas as pd

    numbers = sorted(done)
    finished = [(number, run) for number in numbers for run in _runs(done[number])]
    experiment = scenario.experiment
    months = [add_months(experiment.start, n) for n in range(experiment.months)]
    keys = list(funnel_keys(scenario))
    failures = [result for number in numbers if isinstance(result := done[number], Failure)]
    return Runs(
        replications=_replication_frame(finished),
        months=_frame(finished, {"month": _days(months)}, [run.months for _, run in finished]),
        weeks=_frame(finished, {"week": _days(week_starts(scenario)[:-1])}, [run.weeks for _, run in finished]),
        funnel=_frame(
            finished,
            {name: np.array([getattr(key, name) for key in keys], dtype=object) for name in FunnelKey._fields},
            [run.funnel for _, run in finished],
        ),
        own=_frame(finished, {}, [run.own for _, run in finished]),
        events=_event_frame(scenario, finished) if events else None,
        failures=pd.DataFrame(
            [vars(failure) for failure in failures], columns=["replication", "seed", "structure", "error", "traceback"]
        ),
        structures=names,
        seed=scenario.experiment.seed,
        requested=total,
        partial=partial,
        floors=tuple(sorted({run.floor for _, run in finished})),
    )


def together(first: Runs, more: Runs) -> Runs:
    """A batch and the one that continues it, as one."""
    import pandas as pd

    def both(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
        filled = [frame for frame in (a, b) if len(frame)]
        return pd.concat(filled, ignore_index=True) if filled else a

    events = None if first.events is None or more.events is None else both(first.events, more.events)
    return Runs(
        replications=both(first.replications, more.replications),
        months=both(first.months, more.months),
        weeks=both(first.weeks, more.weeks),
        funnel=both(first.funnel, more.funnel),
        own=both(first.own, more.own),
        events=events,
        failures=both(first.failures, more.failures),
        structures=first.structures,
        seed=first.seed,
        requested=first.requested + more.requested,
        partial=first.partial or more.partial,
        floors=tuple(sorted({*first.floors, *more.floors})),
    )


def _runs(result: list[Run] | Failure) -> list[Run]:
    return [] if isinstance(result, Failure) else result


def _keys(finished: list[tuple[int, Run]], repeats: list[int]) -> dict[str, Any]:
    structures = np.array([run.structure for _, run in finished], dtype=object)
    numbers = np.array([number for number, _ in finished], dtype=np.int64)
    return {"structure": np.repeat(structures, repeats), "replication": np.repeat(numbers, repeats)}


def _replication_frame(finished: list[tuple[int, Run]]) -> pd.DataFrame:
    import pandas as pd

    layouts = dict.fromkeys(tuple(run.measures) for _, run in finished)  # one of each structure, seldom more
    place = {name: n for n, name in enumerate(dict.fromkeys(name for layout in layouts for name in layout))}
    places = {layout: [place[name] for name in layout] for layout in layouts}
    table = np.full((len(place), len(finished)), np.nan)
    for row, (_, run) in enumerate(finished):
        table[places[tuple(run.measures)], row] = list(run.measures.values())
    return pd.DataFrame(_keys(finished, [1] * len(finished)) | dict(zip(place, table, strict=True)))


def _days(days: list[date]) -> NDArray[Any]:
    return np.array(days, "datetime64[s]")


def _frame(
    finished: list[tuple[int, Run]], keys: Mapping[str, NDArray[Any]], tables: list[dict[str, Floats]]
) -> pd.DataFrame:
    """One row per run and row of its table, which the keys name; a single one where there are none."""
    import pandas as pd

    rows = len(next(iter(keys.values()), " "))
    frame = _keys(finished, [rows] * len(finished))
    for name, values in keys.items():
        frame[name] = np.tile(values, len(finished))
    undefined = np.full(rows, np.nan)  # a role that the structure does not have
    for name in dict.fromkeys(name for table in tables for name in table):
        frame[name] = np.concatenate([table.get(name, undefined) for table in tables])
    return pd.DataFrame(frame)


def _event_frame(scenario: Scenario, finished: list[tuple[int, Run]]) -> pd.DataFrame:
    import pandas as pd

    rows = [event for _, run in finished for event in run.events]
    frame = pd.DataFrame(rows, columns=list(EVENT_COLUMNS))
    origin = pd.Timestamp(first_day(scenario))
    for name in ("start", "end"):
        frame[name] = origin + pd.to_timedelta(frame[name].astype(float), unit="h").dt.round("s")
    keys = _keys(finished, [len(run.events) for _, run in finished])
    return pd.concat([pd.DataFrame(keys), frame], axis=1)


_FLOAT = np.dtype("<f8")
_EFFORT = 6
"""Of the compression: 1 is three times as fast and takes six per cent more room, 9 seven times as slow for nothing."""


def layout_of(run: Run) -> str:
    """Names of what a run holds, as text: measures, columns of each of its tables and how many rows it has; floor."""
    tables = tuple((tuple(table), len(next(iter(table.values()), ()))) for table in run.tables)
    return _layout_text(tuple(run.measures), tables, run.floor)


def floor_in(layout: str) -> str:
    """The floor that runs of a layout were played on; earlier versions had one and did not name it."""
    found = re.search(r',"(\w+)"\]$', layout)
    return found[1] if found else OBJECTS


def packed(run: Run, effort: int = _EFFORT) -> bytes:
    """The numbers of a run in the order of its layout, compressed with an effort from 0 (as they are) to 9."""
    measures = np.fromiter(run.measures.values(), dtype=_FLOAT, count=len(run.measures))
    columns = [np.asarray(column, dtype=_FLOAT) for table in run.tables for column in table.values()]
    return zlib.compress(b"".join([measures.tobytes(), *(column.tobytes() for column in columns)]), effort)


def opened(body: bytes, layout: str, structure: str) -> Run:
    """The run again; runs of one layout share their names.

    Raises:
        ValueError: the bytes do not fit the layout.
    """
    names, tables, floor = _layout(layout)
    try:
        numbers = np.frombuffer(zlib.decompress(body), dtype=_FLOAT)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    ends = np.cumsum([len(names), *(len(columns) * rows for columns, rows in tables)])
    if len(numbers) != ends[-1]:
        raise ValueError("another length than its layout")
    found = [
        dict(zip(columns, numbers[a:b].reshape(len(columns), rows).astype(np.float64), strict=True))
        for a, b, (columns, rows) in zip(ends, ends[1:], tables, strict=False)
    ]
    months, weeks, funnel, own = found
    measures = dict(zip(names, numbers[: len(names)].tolist(), strict=True))
    return Run(structure, measures, months, [], weeks, funnel, own, floor)


@lru_cache(maxsize=256)
def _layout_text(names: tuple[str, ...], tables: tuple[tuple[tuple[str, ...], int], ...], floor: str) -> str:
    return json.dumps([names, tables, floor], separators=(",", ":"))


@lru_cache(maxsize=256)
def _layout(text: str) -> tuple[tuple[str, ...], list[tuple[tuple[str, ...], int]], str]:
    names, tables, *floor = json.loads(text)
    return tuple(names), [(tuple(columns), int(rows)) for columns, rows in tables], floor[0] if floor else OBJECTS


class Shelf(Protocol):
    """Finished replications by what they depend on (`analysis.identity`), seed and number."""

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """What is there: by number and structure."""

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run], title: str = "") -> None:
        """Takes what one replication brought; what is there already stays. The title is for readers, and no key."""
