"""The options of all commands that simulate, besides those of what is asked: how, where to, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from simulation.study.kind import Option

JOBS = Option("jobs", int, "option-jobs", shown="shown-all-cores", least=1)
BACKEND = Option(
    "backend",
    str,
    "option-backend",
    shown="loky",
    variable="SALES_SIM_BACKEND",
)
CLUSTER = Option(
    "cluster",
    str,
    "option-cluster",
    metavar="ADDRESS",
)
STORE = Option(
    "store",
    Path,
    "option-store",
    metavar="FILE",
    shown="shown-sales-sim-store-else-the-user-s-cache",
)
NO_STORE = Option("no_store", bool, "option-no-store", False)
OUT = Option("out", Path, "option-out", metavar="DIR")
LANG = Option("lang", Literal["en", "ru"], "option-lang", shown="shown-the-scenario-s-locale")
QUIET = Option("quiet", bool, "option-quiet", False)
SPOKEN = replace(LANG, help="option-lang-here", shown="shown-locale")
"""Of commands that show nothing but words of their own."""
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
