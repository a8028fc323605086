"""The plan and the budget of a scenario."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from simulation.scenario.base import Block, key, required
from simulation.scenario.market import FLAT_YEAR, Year
from simulation.scenario.quantities import Amount, NonNegative, Share


class Plan(Block):
    """The sales plan."""

    measure: Literal["profit", "revenue", "deals"] = key("revenue", "What is planned.")
    target: Annotated[Amount, Field(gt=0)] = required("Target of a year, in money or deals.")
    seasonality: Year = key(FLAT_YEAR, "Twelve factors, January to December, that average to one.")


class BudgetLine(Block):
    """One line of a budget table: unit price times quantity."""

    name: str = required("Name of the line.")
    price: Amount = required("Unit price, money.")
    quantity: NonNegative = key(1, "Quantity.")
    per: Literal["unit", "seat", "lead", "deal"] = key(
        "unit", "unit: the quantity as it stands; seat, lead, deal: for each position, each lead, each first deal."
    )
    when: Literal["once", "monthly"] = key("monthly", "once or every month (per lead and deal: as they come).")
    start: date | None = key(None, "From this date; the start of the year when empty.")
    until: date | None = key(None, "Until this date (not included); the end of the year when empty.")
    payroll: bool = key(False, "Pay that the roles already carry: checked in the table, not booked twice.")


class BudgetTable(Block):
    """A table of the budget, with the total that was printed under it."""

    lines: tuple[BudgetLine, ...] = key((), "The lines.")
    printed_total: Amount | None = key(None, "Total as printed; a difference from the rows is a warning.")

    @property
    def total(self) -> float:
        """Sum of the rows that have a fixed quantity, money (once or a month)."""
        return sum(line.price * line.quantity for line in self.lines if line.per == "unit")


class Budget(Block):
    """The budget in the article's four tables."""

    capital: BudgetTable = key({}, "Things used for years: outlay at the date, straight-line depreciation.")
    direct: BudgetTable = key({}, "Costs of selling.")
    indirect: BudgetTable = key({}, "Costs without which selling cannot go on: rent, utilities.")
    other: BudgetTable = key({}, "Setting up, launch, marketing.")
    contributions: Share = key(
        0,
        "Employer's contributions on pay (Russia 2026: 0.302 with 0.2 % injury insurance).",
        "Tax Code of Russia, arts. 425 and 427 (30 % up to the yearly base), and injury insurance 0.2 %",
    )
    depreciation_months: Annotated[NonNegative, Field(gt=0)] = key(
        36, "Months over which capital is written off.", "judgement"
    )
