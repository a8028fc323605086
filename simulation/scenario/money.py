"""The plan and the budget of a scenario."""

import re
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from simulation.mechanisms.effort import EFFORT
from simulation.scenario.channels import FLAT_YEAR, Year
from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, NonNegative, Share


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(worded("month-written"))
    return text


Month = Annotated[str, AfterValidator(_month)]
"""A calendar month, such as '2026-01'."""


class Past(Block):
    """What the year had brought before the run began: a year in progress."""

    months: Annotated[int, Field(ge=1, le=11)] = required("Months of the plan's year that are over.")
    of: Amount = required("An amount, such as last year's plan or its result, in the unit of the plan.")
    share: Share = key(1, "What was reached, as a share of `of`.")

    @property
    def reached(self) -> float:
        """What the months that are over have brought, in the unit of the plan."""
        return self.share * self.of


class Plan(Block):
    """The sales plan."""

    measure: Literal["profit", "revenue", "deals"] = key("revenue", "What is planned.")
    target: Annotated[Amount, Field(gt=0)] = required("Target of a year, in money or deals.")
    seasonality: Year = key(FLAT_YEAR, "Twelve factors, January to December, that average to one.")
    past: Past | None = key(
        None,
        "The part of the year that is over when the run begins: the rest of the target is left for the other months.",
    )
    rolling: bool = key(
        False,
        "true: thresholds, accelerators and bonuses look at the year so far, so that what one month misses the next "
        "ones have to bring; false: at each month or quarter by itself.",
    )
    effort: Share = EFFORT
    targets: dict[str, Annotated[Amount, Field(gt=0)]] = key(
        {}, "Further targets of a year by name, such as an ambitious one; the report says how probable each is."
    )

    results: dict[Month, tuple[Amount, ...]] = key(
        {},
        "What the weeks that are over brought, by month ('2026-01': [120 k, 90 k]; weeks are seven days from the "
        "month's first day on): the command `plan` spreads what is missing over the weeks left. Nothing is simulated "
        "from it.",
    )

    @model_validator(mode="after")
    def _effort_sees_it(self) -> "Plan":
        if self.effort and self.measure == "profit":
            raise ValueError(worded("effort-and-profit"))
        return self


@dataclass(frozen=True)
class ContributionLaw:
    """What an employer pays on top of pay.

    Attributes:
        rate: on pay of one person in a calendar year up to the base.
        base: money a year; infinite where there is none.
        above: rate on pay beyond the base.
    """

    rate: float
    base: float = inf
    above: float = 0.0

    def of_year(self, pay: float) -> float:
        """Contributions on one person's pay of a calendar year, money."""
        return self.rate * min(pay, self.base) + self.above * max(0.0, pay - self.base)


CONTRIBUTION_LAWS: dict[str, ContributionLaw] = {
    "RU_2025": ContributionLaw(0.302, 2_759_000, 0.153),
    "RU_2026": ContributionLaw(0.302, 2_979_000, 0.153),
}
"""By country and year. Russia: Tax Code arts. 425 and 427, 30 % up to the base of a person and 15.1 % above it, and
injury insurance of 0.2 % (an office) on all pay."""

Covered = Literal[
    "base_pay",
    "commission",
    "bonus",
    "vacation_pay",
    "contributions",
    "recruiting",
    "training",
    "severance",
    "crm",
    "channel_cost",
    "channel_share",
    "material",
    "loyalty",
    "changes",
]
"""Accounts that the rest of the scenario makes; a line of the budget may plan them."""


class BudgetLine(Block):
    """One line of a budget table: unit price times quantity."""

    name: str = required("Name of the line.")
    price: Amount = required("Unit price, money.")
    quantity: NonNegative = key(1, "Quantity.")
    per: Literal["unit", "seat", "lead", "deal", "hire"] = key(
        "unit",
        "unit: the quantity as it stands; seat, lead, deal, hire: for each position, each lead, each first deal, each "
        "newcomer.",
    )
    when: Literal["once", "monthly"] = key("monthly", "once or every month (per lead, deal and hire: as they come).")
    start: date | None = key(None, "From this date; the start of the year when empty.")
    until: date | None = key(None, "Until this date (not included); the end of the year when empty.")
    payroll: bool = key(False, "Pay that the roles already carry: checked in the table, not booked twice.")
    covers: Covered | None = key(
        None,
        "An account that other parts of the scenario already make (advertising of a channel: channel_cost): what is "
        "planned for it, not booked twice.",
    )

    @property
    def planned_only(self) -> bool:
        """Whether the amount is booked elsewhere, so that the line only plans it."""
        return self.payroll or self.covers is not None

    @model_validator(mode="after")
    def _one_use(self) -> "BudgetLine":
        if self.payroll and self.covers not in (None, "base_pay"):
            raise ValueError(worded("line-pay-or-covers"))
        return self


class BudgetTable(Block):
    """A table of the budget, with the total that was printed under it."""

    lines: tuple[BudgetLine, ...] = key((), "The lines.")
    printed_total: Amount | None = key(None, "Total as printed; a difference from the rows is a warning.")

    @property
    def total(self) -> float:
        """Sum of the rows that have a fixed quantity, money (once or a month)."""
        return sum(line.price * line.quantity for line in self.lines if line.per == "unit")


_DATED = "fixed-line"


class Budget(Block):
    """The budget in the article's four tables."""

    capital: BudgetTable = key(
        {}, "Things used for years: outlay at the date, straight-line depreciation.", changes=_DATED
    )
    direct: BudgetTable = key({}, "Costs of selling.", changes=_DATED)
    indirect: BudgetTable = key({}, "Costs without which selling cannot go on: rent, utilities.", changes=_DATED)
    other: BudgetTable = key({}, "Setting up, launch, marketing.", changes=_DATED)
    contributions: Share = key(
        0,
        "Employer's contributions on pay (Russia 2026: 0.302 with 0.2 % injury insurance).",
        "Tax Code of Russia, arts. 425 and 427 (30 % up to the yearly base), and injury insurance 0.2 %",
    )
    contributions_above: Share | None = key(
        None, "The same on pay of one person beyond `contributions_base` in a calendar year; the same rate when empty."
    )
    contributions_base: Annotated[Amount, Field(gt=0)] | None = key(
        None, "Pay of one person in a calendar year from which `contributions_above` holds."
    )
    contributions_of: Literal["RU_2025", "RU_2026"] | None = key(
        None,
        "The law of a country and year instead of the three keys above: RU_2026 is 30.2 % up to 2 979 000 RUB a person "
        "and 15.3 % above, injury insurance of an office included.",
        "Tax Code of Russia, arts. 425 and 427",
    )
    depreciation_months: Annotated[NonNegative, Field(gt=0)] = key(
        36, "Months over which capital is written off.", "judgement"
    )

    @property
    def has_costs(self) -> bool:
        """Whether a line books a cost of its own: without any, profit is no more than the margin after pay."""
        tables = (self.capital, self.direct, self.indirect, self.other)
        return any(not line.planned_only for table in tables for line in table.lines)

    @property
    def law(self) -> ContributionLaw:
        """What is paid on top of pay."""
        if self.contributions_of is not None:
            return CONTRIBUTION_LAWS[self.contributions_of]
        if self.contributions_base is None or self.contributions_above is None:
            return ContributionLaw(self.contributions)
        return ContributionLaw(self.contributions, self.contributions_base, self.contributions_above)

    @property
    def contribution_rate(self) -> float:
        """Contributions on one more of pay, of somebody who is below the base."""
        return self.law.rate

    @model_validator(mode="after")
    def _one_law(self) -> "Budget":
        given = {"contributions", "contributions_above", "contributions_base"} & self.model_fields_set
        own = [name for name in sorted(given) if getattr(self, name)]
        if self.contributions_of is not None and own:
            why = worded("contributions-law", own=", ".join(own))
            raise MisfitError(Misfit("contributions_of", why, self.contributions_of, worded("allowed-one-law")))
        if (self.contributions_base is None) != (self.contributions_above is None):
            missing = "contributions_above" if self.contributions_above is None else "contributions_base"
            raise MisfitError(Misfit(missing, worded("contributions-both"), None, worded("allowed-both")))
        return self
