"""How good forecasts from records are where the truth is known: `python -m simulation.validation.forecasts`.

Records of a department that goes on as it was are cut at earlier dates, as in a back-test, and the marks of all exports
together are held against what is asked of them. `steady.yaml` is the department; start reading at `marks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.calibration.adapt import facts_of
from simulation.calibration.backtest import Backtest, Split, backtested, judged_by
from simulation.calibration.exporting import records_of
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load

STEADY = Path(__file__).parent / "steady.yaml"
SPLITS, HORIZON = 4, "8w"


@dataclass(frozen=True)
class Mark:
    """One thing that is asked of forecasts.

    Attributes:
        name: of it.
        value: that was found.
        low, high: between which it has to lie.
    """

    name: str
    value: float
    low: float
    high: float

    @property
    def passed(self) -> bool:
        """Whether it lies there."""
        return bool(self.low <= self.value <= self.high)


def tested(
    scenario: Scenario, structure: str, exports: Iterable[int], years: int, on_done: Callable[[int], None] | None = None
) -> Backtest:
    """The back-tests of several possible years of records as one."""
    splits: list[Split] = []
    for number in exports:
        found = backtested(
            records_of(scenario, structure, number), facts_of, splits=SPLITS, horizon=HORIZON, years=years
        )
        splits += found.splits
        if on_done is not None:
            on_done(number)
    return judged_by(tuple(splits), int(HORIZON[:-1]))


def marks(found: Backtest) -> tuple[Mark, ...]:
    """What is asked of a back-test (issue 'Your own records in')."""
    scores, weekly = found.scores, found.scores["weekly_wins"]
    return (
        Mark("wins from open deals: off", scores["open_wins"].bias, -0.15, 0.15),
        Mark("wins from new leads: off", scores["new_wins"].bias, -0.15, 0.15),
        Mark("open at the end: off", scores["open_end"].bias, -0.15, 0.15),
        Mark("days to a deal, half within: off", scores["cycle_p50"].bias, -0.10, 0.10),
        Mark("weeks inside of 90 %", weekly.coverage[2], 0.80, 0.98),
        *(
            Mark(f"error by that of rule {name}", weekly.crps / each.crps, 0.0, 1.0)
            for name, each in found.baselines.items()
        ),
    )


def steady() -> Scenario:
    """The department that goes on as it was."""
    return load(STEADY)


def rows(found: Sequence[Mark]) -> list[str]:
    """A line a mark."""
    return [
        f"{' ' if each.passed else '!'} {each.name:36} {each.value:8.3f}   asked {each.low:.2f} … {each.high:.2f}"
        for each in found
    ]
