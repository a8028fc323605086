"""The experiment: which years are replayed, how often, and what decides."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from simulation.scenario.calendar import add_months
from simulation.scenario.office_hours import Day
from simulation.written.base import Block, key
from simulation.written.quantities import NonNegative, Share

Measure = Literal[
    "profit", "gross_margin", "revenue", "deals", "customers_end", "plan_attainment", "profit_with_end_value"
]


class Valuation(Block):
    """One common valuation of what is there at the end: customers and open pipeline."""

    horizon_months: NonNegative = key(24, "Months over which a customer's margin is counted.")
    discount_per_year: Share = key(0.2, "Discount rate a year.")


class Experiment(Block):
    """How the scenario is simulated."""

    start: Annotated[Day, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))] = key(date(2026, 1, 1), "First day.")
    months: Annotated[int, Field(ge=1, le=240)] = key(12, "Horizon, months.")
    warm_up: Annotated[int, Field(ge=0, le=120)] = key(0, "Months simulated before the first day that is counted.")
    replications: Annotated[int, Field(ge=1, le=1_000_000)] = key(100, "Possible years that are replayed.")
    seed: Annotated[int, Field(ge=0, lt=2**63)] = key(2026, "Seed of all luck.")
    begin: Literal["mature", "today", "new"] = key(
        "mature",
        "mature: every structure already practised over the people's tenure; today: the people come from the "
        "structure `today`; new: nobody has practised.",
    )
    today: str = key("", "The structure that people and customers come from when `begin: today`; the first when empty.")
    measure: Measure = key("profit", "The measure that decides the verdict.")
    baseline: str = key(
        "",
        "The structure that others are compared with; when empty the first that is named, else the first.",
    )
    level: Annotated[Share, Field(gt=0.5, lt=1)] = key(0.95, "Level of the intervals.")
    valuation: Valuation = key({}, "Value of customers and pipeline at the end.")

    @property
    def hour_zero(self) -> date:
        """The date from whose midnight all hours count: the first of the warm-up."""
        return add_months(self.start, -self.warm_up)

    @property
    def month_edges(self) -> list[float]:
        """Hours at which the months begin, the warm-up's too, counted from `start`; the last entry is the end."""
        first = self.hour_zero
        return [24.0 * (add_months(self.start, n) - first).days for n in range(-self.warm_up, self.months + 1)]
