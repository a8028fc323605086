"""The options of all commands that simulate, besides those of what is asked: how, where to, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from simulation.study.kind import Option

JOBS = Option("jobs", int, "Replications at a time; results do not depend on it.", shown="all cores", least=1)
BACKEND = Option(
    "backend",
    str,
    "joblib backend: loky, threading, dask, ray.",
    shown="loky",
    variable="SALES_SIM_BACKEND",
)
CLUSTER = Option(
    "cluster",
    str,
    "Play replications on a Dask cluster: tcp://HOST:PORT, or local:4 for four workers here.",
    metavar="ADDRESS",
)
STORE = Option(
    "store",
    Path,
    "Where finished replications are kept and taken from.",
    metavar="FILE",
    shown="SALES_SIM_STORE, else the user's cache",
)
NO_STORE = Option("no_store", bool, "Take nothing from a store and keep nothing.", False)
OUT = Option("out", Path, "Write the results to this folder.", metavar="DIR")
LANG = Option("lang", Literal["en", "ru"], "Language of all that is shown and written.", shown="the scenario's locale")
QUIET = Option("quiet", bool, "No progress, no tables; warnings and mistakes only.", False)
HOW = (JOBS, BACKEND, CLUSTER, STORE, NO_STORE, OUT, LANG, QUIET)


@dataclass(frozen=True, kw_only=True)
class How:
    """The values of `HOW`."""

    jobs: int | None = None
    backend: str | None = None
    cluster: str | None = None
    store: Path | None = None
    no_store: bool = False
    out: Path | None = None
    lang: str | None = None
    quiet: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> How:
        """Those among the values of a command."""
        return cls(**{each.name: values[each.name] for each in HOW})
