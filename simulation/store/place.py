"""Where the store lies when nobody says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.store.database import Store

STORE = "SALES_SIM_STORE"
"""Environment variable with the path of the store, or `off` for none."""
OFF = "off"


def open_store(path: str | os.PathLike[str] | None = None) -> Store:
    """The store of a file, also as a context; the default one when None.

    Raises:
        StoreError: it cannot be used, or the environment says that there is none.
    """
    from simulation.store.database import Store
    from simulation.store.opening import StoreError

    place = default_path() if path is None else Path(path)
    if place is None:
        raise StoreError(worded("store-off-unnamed", store=STORE, off=OFF))
    return Store(place)


def default_path() -> Path | None:
    """The path of the environment's ``SALES_SIM_STORE``, else a file in the user's folder of caches; None for `off`."""
    named = os.environ.get(STORE, "").strip()
    if named.lower() == OFF:
        return None
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("sales-sim", appauthor=False) / "replications.sqlite"
