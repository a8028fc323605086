"""The director's control sheet 2Q1D: quantity, quality and direction of each function, by month and per person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.intervals import mean_interval
from simulation.analysis.results import Result

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Function:
    """A function of sales, and what it is controlled by.

    Attributes:
        title: its name.
        activities: who does one of these is counted as its people.
        quantity: column of the months that counts its output, and what that is in words.
        quality: columns whose ratio is its quality (numerator, denominator), and what that is in words.
        complement: whether the quality is one minus the ratio.
    """

    title: str
    activities: tuple[str, ...]
    quantity: tuple[str, str]
    quality: tuple[str, str, str]
    complement: bool = False


FUNCTIONS: dict[str, Function] = {
    "prospecting": Function(
        "Prospecting", ("prospect",), ("leads_found", "leads found"), ("leads_found", "attempts", "finds of attempts")
    ),
    "conversion": Function(
        "Lead conversion", ("qualify", "sell"), ("deals", "first deals"), ("deals", "leads_in", "deals of leads")
    ),
    "base": Function(
        "Base development",
        ("serve", "upsell", "care"),
        ("orders", "orders"),
        ("customers_lost", "customers_begin", "customers kept"),
        True,
    ),
}


def control_2q1d(result: Result) -> pd.DataFrame:
    """The control sheet of every structure.

    Columns: structure, function, month (first day; NaT: the whole time), quantity and quantity_low, quantity_high (mean
    over the years with its interval), per_person (a month; over the people of all roles that do the function's work),
    quality (a share; ratio of the means), direction (share by which the quantity changed against the month before; of
    the whole time: from its first to its second half).
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for name in result.structures:
        months = result.runs.months[result.runs.months["structure"] == name]
        for key, function in FUNCTIONS.items():
            rows += _rows(result, name, key, function, months)
    return pd.DataFrame(rows)


def _rows(result: Result, structure: str, key: str, function: Function, months: pd.DataFrame) -> list[dict[str, Any]]:
    import pandas as pd

    case = result.cases[structure]
    roles = [
        name
        for name, role in case.structure.roles.items()
        if any(duty.activity in function.activities for duty in role.activities)
    ]

    def table(column: str) -> Floats:
        if column not in months:
            return np.zeros((0, case.scenario.experiment.months))
        return months.pivot(index="replication", columns="month", values=column).to_numpy(dtype=np.float64)

    quantity, people = table(function.quantity[0]), sum(table(f"headcount.{role}").mean(axis=0) for role in roles)
    over, under = (table(column).mean(axis=0) for column in function.quality[:2])
    starts = list(months["month"].unique())
    means = quantity.mean(axis=0)
    found = []
    for n, month in enumerate(starts):
        interval = mean_interval(quantity[:, n], result.level)
        before = means[n - 1] if n else np.nan
        found.append(
            {
                "structure": structure,
                "function": key,
                "month": month,
                "quantity": interval.mean,
                "quantity_low": interval.low,
                "quantity_high": interval.high,
                "per_person": _ratio(means[n], float(np.asarray(people)[n])) if roles else np.nan,
                "quality": _quality(function, float(over[n]), float(under[n])),
                "direction": _ratio(means[n], before) - 1.0,
            }
        )
    half = len(starts) // 2
    whole = mean_interval(quantity.sum(axis=1), result.level)
    first, second = float(means[:half].sum()), float(means[len(starts) - half :].sum())
    found.append(
        {
            "structure": structure,
            "function": key,
            "month": pd.NaT,
            "quantity": whole.mean,
            "quantity_low": whole.low,
            "quantity_high": whole.high,
            "per_person": _ratio(whole.mean, float(np.asarray(people).sum())) if roles else np.nan,
            "quality": _quality(function, float(over.sum()), float(under.sum())),
            "direction": _ratio(second, first) - 1.0,
        }
    )
    return found


def _quality(function: Function, over: float, under: float) -> float:
    ratio = _ratio(over, under)
    return 1.0 - ratio if function.complement else ratio


def _ratio(over: float, under: float) -> float:
    return over / under if under > 0 else np.nan
