"""Plain values as text for files: JSON, YAML and CSV; and what every record of a run begins with."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.version import __version__

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("numpy", "scipy", "pandas", "simpy", "holidays")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the begin of a formula."""
NUMBER = re.compile(r"[+-]?[\d][\d ,._\u00a0\u202f]*([eE][+-]?\d+)?( ?%)?|[+-]+|")
"""What is a number or a dash all the same, and no formula."""


def as_json(value: Any) -> str:
    """JSON for people and programs: indented, what is undefined or infinite is null."""
    return json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_yaml(value: Any) -> str:
    """YAML in the order given, in the characters of every language."""
    import yaml

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)
    return text


def _finite(value: Any) -> Any:
    """Plain values of JSON: numpy's numbers as Python's, NaN and infinity as None."""
    if isinstance(value, Mapping):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_csv(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as CSV. A text that a spreadsheet would take for a formula is quoted by an apostrophe.

    So are titles of columns; numbers stay as they are. See OWASP, CSV Injection: texts that begin with `=`, `+`, `-`,
    `@`, a tab or a carriage return.
    """
    texts = frame.select_dtypes(include=["object", "string", "category"]).columns
    safe = frame.assign(**{name: frame[name].astype(object).map(_no_formula) for name in texts})
    safe.rename(columns=_no_formula).to_csv(path, index=False)


def _no_formula(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(FORMULA) or NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def made_by(command: Iterable[str], files: Iterable[str], seed: int) -> dict[str, Any]:
    """What `run.json` begins with: the version, the date, the command line, the files of the scenarios, the seed."""
    return {
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
        "scenario_files": list(dict.fromkeys(files)),
        "seed": seed,
    }


def packages() -> dict[str, str]:
    """Versions of the packages that numbers depend on; '' where one is not installed."""
    return {name: version_of(name) for name in PACKAGES}


def version_of(name: str) -> str:
    """Version of an installed package, '' where it is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
