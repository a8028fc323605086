"""The twelve numbers that an owner can give, from which `new --numbers` makes a scenario.

The questions are those of a form of one page: who sells and what they are paid, last year's sales, clients, leads,
calls, the stages of one quarter, how long things take, who left. Start reading at ``read_numbers``; what is made of
the numbers stands in ``from_numbers``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.scenario.office_hours import CalendarSpec
from simulation.texts import Digits, worded
from simulation.written import source
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Count, NonNegative, PerMonth, Share
from simulation.written.schema import Slot
from simulation.written.validating import filled, validated

ROLES: dict[str, tuple[str, ...]] = {
    "universal": ("universal",),
    "functional": ("hunter", "closer", "farmer"),
    "hybrid": ("hunter", "closer_farmer"),
}
"""Roles of each way in which a department may be built today, as the presets of structures name them."""
SUPPORT = ("head",)
"""Roles that may stand beside them and sell nothing."""
MOST_OVERHEAD = 0.7
"""Most of a week that sellers may spend on no lead or client."""
SLACK = 0.05
"""Share by which numbers of different books may contradict each other."""

PositiveAmount = Annotated[Amount, Field(gt=0)]
PositiveCount = Annotated[Count, Field(ge=1)]
Days = Annotated[NonNegative, Field(gt=0)]


class Numbers(Block):
    """Answers to the questions of `new --numbers`; all of last year, of the whole department."""

    title: str = key("My department", "Name of the department.")
    currency: str = key("RUB", "Currency of all money, ISO code.")
    built: Literal["universal", "functional", "hybrid"] = key("universal", "How the department is built today.")
    people: dict[str, Count] = required("People in each role.")
    base_pay: Amount = required("Base pay of a seller a month, gross.")
    commission: Share = key(0, "Commission of a seller, share of the revenue.")
    head_pay: Amount | None = key(None, "Pay of a head a month, gross; one and a half times a seller's when empty.")
    revenue_by_month: tuple[Amount, ...] | None = key(
        None, "Revenue of the twelve months, January to December.", min_length=12, max_length=12
    )
    revenue: PositiveAmount | None = key(None, "Revenue of the year, where the months are not known.")
    deals: PositiveCount = required("First deals with new clients in the year.")
    average_deal: PositiveAmount = required("Mean size of a first deal.")
    orders: Count = key(0, "Orders in the year of clients that had bought before.")
    gross_margin: Share = required("Gross margin as a share of the revenue.")
    customers_start: Count = key(0, "Active clients at the begin of the year.")
    customers_end: Count = key(0, "Active clients at its end.")
    customers_lost: Count = key(0, "Clients lost in the year.")
    leads_per_month: dict[str, PerMonth] = key({}, "Leads a month that come by themselves, by channel.")
    calls_per_day: NonNegative = key(0, "Cold calls a working day, of all people together.")
    leads_found_per_month: NonNegative = key(0, "Leads a month that these calls find.")
    qualified_per_quarter: PositiveCount = required("Leads worth selling to in one typical quarter.")
    proposals_per_quarter: PositiveCount = required("Proposals made in that quarter.")
    days_to_deal: Days = key(45, "Days from the first talk to the payment.")
    leavers_in_two_years: Count = key(0, "Sellers who left in the last two years.")
    days_to_hire: Days = key(49, "Days from the begin of a search to the newcomer's first day.")
    months_until_plan: Days = key(6, "Months until a newcomer makes the plan.")
    answered_within_day: Share | None = key(
        None, "Share of the leads that get an answer within 24 hours, from which the load follows; null: not known."
    )
    overhead_hours_per_week: NonNegative | None = key(
        None,
        "Hours a week that a seller spends on papers, advertising and other overhead, on no lead or client; null: not "
        "known.",
    )

    @property
    def year_revenue(self) -> float:
        """Revenue of the year, money."""
        return sum(self.revenue_by_month) if self.revenue_by_month is not None else self.revenue or 0.0

    @property
    def customers_won(self) -> int:
        """Clients gained in the year."""
        return self.customers_end - self.customers_start + self.customers_lost

    @property
    def sellers(self) -> int:
        """People who sell."""
        return sum(self.people.get(role, 0) for role in ROLES[self.built])

    @property
    def leads(self) -> float:
        """All leads a month, found ones too."""
        return sum(self.leads_per_month.values()) + self.leads_found_per_month

    @model_validator(mode="after")
    def _consistent(self) -> Numbers:
        found = [Misfit(keys[0], message) for keys, message in contradictions(self)]
        if found:
            raise MisfitError(found)
        return self


def read_numbers(path: str | os.PathLike[str]) -> Numbers:
    """The answers in a YAML file of the keys of ``Numbers``.

    Raises:
        ScenarioError: with every mistake found, each with file, line and key.
    """
    tree, _ = source.read_file(path)
    return validated(filled(tree, Slot(Numbers)), Numbers, {})[1]


def contradictions(numbers: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    """Answers that do not go together: their keys, the one to point at first, and why."""
    yield from _people(numbers)
    yield from _sales(numbers)
    yield from _clients(numbers)
    yield from _funnel(numbers)
    yield from _time(numbers)


def _people(n: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    allowed = (*ROLES[n.built], *SUPPORT)
    for role in n.people:
        if role not in allowed:
            yield (
                (f"people.{role}", "people"),
                worded("form-no-such-role", built=n.built, allowed=", ".join(allowed), role=repr(role)),
            )
    for role in ROLES[n.built]:
        if not n.people.get(role):
            yield ("people",), worded("form-role-empty", role=repr(role), built=n.built)
    if n.leavers_in_two_years > 4 * n.sellers > 0:
        message = worded("form-leavers-many", leavers_in_two_years=n.leavers_in_two_years, sellers=n.sellers)
        yield ("leavers_in_two_years", "people"), message


def _sales(n: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    if n.revenue_by_month is None and n.revenue is None:
        yield ("revenue", "revenue_by_month"), worded("form-no-revenue")
        return
    if n.revenue_by_month is not None and n.revenue is not None:
        yield ("revenue",), worded("form-two-revenues")
    first, total = n.deals * n.average_deal, n.year_revenue
    if total <= 0:
        yield ("revenue_by_month",), worded("nothing-sold")
    elif first > total * (1 + SLACK):
        message = worded(
            "form-deals-above",
            deals=n.deals,
            average_deal=_money(n.average_deal),
            first=_money(first),
            total=_money(total),
        )
        yield ("average_deal", "deals", "revenue"), message
    elif n.orders == 0 and first < total * (1 - SLACK):
        message = worded("form-no-rest", first=_money(first), total=_money(total))
        yield ("orders", "deals", "average_deal"), message


def _money(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", " ")


def _clients(n: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    start, end, lost = n.customers_start, n.customers_end, n.customers_lost
    if n.customers_won < 0:
        yield (
            ("customers_end", "customers_start", "customers_lost"),
            worded("form-clients-less", start=start, lost=lost, start2=start - lost, end=end),
        )
    elif n.customers_won > n.deals * (1 + SLACK):
        yield (
            ("customers_end", "customers_start", "customers_lost", "deals"),
            worded("form-clients-more", start=start, lost=lost, end=end, customers_won=n.customers_won, deals=n.deals),
        )
    if n.orders and not start + end:
        yield ("customers_end", "orders"), worded("form-orders-no-clients", orders=n.orders)
    if lost > start + n.deals:
        yield ("customers_lost", "customers_start"), worded("form-lost-more", lost=lost, start=start, deals=n.deals)


def _funnel(n: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in n.leads_per_month:
        if not name.strip() or "." in name:
            yield ("leads_per_month",), worded("form-channel-name", name=repr(name))
    if not n.leads_per_month and not n.calls_per_day:
        yield ("leads_per_month", "calls_per_day"), worded("form-no-leads")
        return
    if (n.calls_per_day > 0) != (n.leads_found_per_month > 0):
        message = worded("form-calls-and-leads")
        yield ("leads_found_per_month", "calls_per_day"), message
    days = 20
    if n.leads_found_per_month > n.calls_per_day * days > 0:
        message = worded(
            "form-calls-few",
            calls_per_day=Digits(f"{n.calls_per_day:g}"),
            leads_found_per_month=Digits(f"{n.leads_found_per_month:g}"),
        )
        yield ("leads_found_per_month", "calls_per_day"), message
    deals, more = n.deals / 4, 1 + SLACK
    steps = (
        ("qualified_per_quarter", "form-few-leads", 3 * n.leads, n.qualified_per_quarter),
        ("proposals_per_quarter", "form-few-qualified", n.qualified_per_quarter, n.proposals_per_quarter),
        ("proposals_per_quarter", "form-few-proposals", n.proposals_per_quarter, deals),
    )
    for where, told, most, count in steps:
        if count > most * more:
            keys = tuple(dict.fromkeys((where, "qualified_per_quarter", "leads_per_month", "deals")))
            yield keys, worded(told, count=Digits(f"{count:g}"), most=Digits(f"{most:g}"))


def _time(n: Numbers) -> Iterator[tuple[tuple[str, ...], str]]:
    most = MOST_OVERHEAD * CalendarSpec().hours_per_week
    if n.overhead_hours_per_week is not None and n.overhead_hours_per_week > most:
        said = {"hours": f"{n.overhead_hours_per_week:g}", "most": f"{most:g}"}
        yield ("overhead_hours_per_week",), worded("form-overhead-many", **said)
    if n.answered_within_day is not None and not n.leads_per_month:
        yield ("answered_within_day", "leads_per_month"), worded("form-answered-no-leads")
