"""The firm's own last year: outcomes, which `check` holds against simulated years. Nothing is simulated from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from simulation.scenario.market import Distributor, Market
from simulation.texts import worded
from simulation.written.base import Block, key
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Count, NonNegative, PerMonth, Share
from simulation.written.spelling import nearest

MONTHS = 12


class History(Block):
    """Your last year as your books and your CRM have it. Every key may be left out; what is given is checked."""

    revenue_by_month: tuple[Amount, ...] | None = key(
        None, "Revenue of the twelve months, January to December, money.", min_length=MONTHS, max_length=MONTHS
    )
    revenue: Annotated[Amount, Field(gt=0)] | None = key(
        None, "Revenue of the year, where the months are not known, money."
    )
    gross_margin: Share | None = key(None, "Gross margin as a share of the year's revenue.")
    deals: Count | None = key(None, "First deals with new clients in the year.")
    average_deal: Annotated[Amount, Field(gt=0)] | None = key(None, "Mean size of a first deal, money.")
    orders: Count | None = key(None, "Orders in the year of clients that had bought before.")
    leads_per_month: dict[str, PerMonth] = key(
        {}, "Leads a month by channel: those that came by themselves, or that calls found."
    )
    calls_per_month: PerMonth | None = key(None, "Attempts (dials, visits) a month of the whole department.")
    qualified: Count | None = key(None, "Leads that were found worth selling to, in the year.")
    cycle_days: Annotated[NonNegative, Field(gt=0)] | None = key(
        None, "Mean time from the lead's coming to the first deal, calendar days."
    )
    customers_start: Count | None = key(
        None, "Active clients at the begin of the year; `check` lets its years begin with as many."
    )
    customers_end: Count | None = key(None, "Active clients at its end.")
    customers_won: Count | None = key(None, "Clients gained in the year.")
    customers_lost: Count | None = key(None, "Clients lost in the year.")
    leavers: NonNegative | None = key(None, "People who left in the year (of two years: half of them).")
    months_until_plan: Annotated[NonNegative, Field(gt=0)] | None = key(
        None, "Months until a newcomer does what a practised colleague does, mean of the roles."
    )

    @property
    def year_revenue(self) -> float | None:
        """Revenue of the year, money; None where it is not given."""
        return self.revenue if self.revenue_by_month is None else sum(self.revenue_by_month)

    @property
    def empty(self) -> bool:
        """Whether nothing is given."""
        return not any(value not in (None, {}) for value in self.__dict__.values())

    @model_validator(mode="after")
    def _consistent(self) -> History:
        found = list(_contradictions(self))
        if found:
            raise MisfitError(found)
        return self


def _contradictions(history: History) -> Iterator[Misfit]:
    months, year = history.revenue_by_month, history.revenue
    if months is not None and year is not None:
        yield Misfit("revenue", worded("history-months-give"), year, worded("allowed-one-of-two-keys"))
    if months is not None and sum(months) <= 0:
        yield Misfit("revenue_by_month", worded("nothing-sold"), None, worded("allowed-twelve-amounts"))
    start, end = history.customers_start, history.customers_end
    won, lost = history.customers_won, history.customers_lost
    if start is None or end is None or won is None or lost is None:
        return
    if start + won - lost != end:
        message = worded("history-clients", start=start, won=won, lost=lost, lost2=start + won - lost, end=end)
        yield Misfit("customers_end", message, end, worded("allowed-four-numbers"))


def _known_channels(history: History, info: ValidationInfo) -> History:
    """The history as it is. Raises MisfitError for channels that the market of the same scenario does not have."""
    market = info.data.get("market")  # absent where the market itself is wrong, which is told already
    if isinstance(market, Market):
        able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
        found = []
        for name in history.leads_per_month:
            why = worded("distributor-no-leads", name=repr(name))
            if name not in market.channels:
                why = worded("no-channel", name=repr(name))
            if name not in able:
                near = nearest(name, able) or ""
                found.append(Misfit(f"leads_per_month.{name}", why, name, ", ".join(able), near))
        if found:
            raise MisfitError(found)
    return history


LastYear = Annotated[History, AfterValidator(_known_channels)]
"""The history of a scenario, whose channels are those of its market."""
