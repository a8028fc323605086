"""Where the store lies when nobody says so."""

from __future__ import annotations

import os
from pathlib import Path

STORE = "SALES_SIM_STORE"
"""Environment variable with the path of the store, or `off` for none."""
OFF = "off"


def default_path() -> Path | None:
    """The path of the environment's ``SALES_SIM_STORE``, else a file in the user's folder of caches; None for `off`."""
    named = os.environ.get(STORE, "").strip()
    if named.lower() == OFF:
        return None
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("sales-sim", appauthor=False) / "replications.sqlite"
