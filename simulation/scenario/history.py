"""The firm's own past: outcomes of a year or of any days, which `check` holds against simulated ones.

Nothing is simulated from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, create_model, model_validator

from simulation.scenario.calendar import add_months
from simulation.scenario.channels import Distributor
from simulation.scenario.experiment import Experiment
from simulation.scenario.market import Market
from simulation.texts import worded
from simulation.written.base import Block, key
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Count, NonNegative, PerMonth, Share
from simulation.written.spelling import QuantityError, nearest, quoted

MONTHS = 12
MOST_MONTHS = 240
BY_CHANNEL = "conversion_by_channel"
PARTED = ("deals_first_day", "lost", "lost_first_day", "open", "open_first_day")
"""Keys of what a year leaves of the leads that were open when it began, and of the others."""


Shares = dict[str, Share]


def _first(value: Any) -> Any:
    return _spans(value)[0]


def _last(value: Any) -> Any:
    return _spans(value)[1]


def _spans(value: Any) -> tuple[Any, Any]:
    """First and last day of a month ('2026-03') or a week ('2026-W10', ISO 8601); of anything else the value itself."""
    text = str(value).strip()
    if found := re.fullmatch(r"(\d{4})-W([0-4]\d|5[0-3])", text):
        year, week = int(found[1]), int(found[2])
        if 1 <= week <= date(year, 12, 28).isocalendar().week:  # 28 December lies in a year's last week
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text):
        first = date(int(found[1]), int(found[2]), 1)
        return first, add_months(first, 1) - timedelta(days=1)
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise QuantityError(worded("not-allowed-here", value=quoted(value)), worded("allowed-history-day"))
    return value, value


Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
_FROM: dict[str, Any] = {  # a word of Python, which no class can be written with
    "from": (
        Annotated[Day, BeforeValidator(_first)] | None,
        key(
            None,
            "First day of what is given: a date, a month (2026-03) or a week (2026-W10); null: of a year. Days before "
            "the run's start are played from their first one on, with the department as it is at the start.",
        ),
    )
}
_Window = create_model("History", __base__=Block, **_FROM)


class History(_Window):
    """Your past as your books and your CRM have it: the last year, or the days `from` ... `to`.

    Every key may be left out; what is given is checked. Where it is said 'of the year', those days count.
    """

    to: Annotated[Day, BeforeValidator(_last)] | None = key(
        None, "Its last day, which belongs to it: a date, a month or a week."
    )
    revenue_by_month: tuple[Amount, ...] | None = key(
        None, "Revenue of the twelve months, January to December, money.", min_length=MONTHS, max_length=MONTHS
    )
    revenue: Annotated[Amount, Field(gt=0)] | None = key(
        None, "Revenue of the year, where the months are not known, money."
    )
    gross_margin: Share | None = key(None, "Gross margin as a share of the year's revenue.")
    deals: Count | None = key(None, "First deals with new clients in the year.")
    deals_first_day: Count | None = key(
        None, "Those of the deals whose lead was open when the year began; the others are new."
    )
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
    cycle_p50: Annotated[NonNegative, Field(gt=0)] | None = key(
        None, "Days within which half of these first deals came, calendar days."
    )
    cycle_p90: Annotated[NonNegative, Field(gt=0)] | None = key(
        None, "Days within which nine of ten of them came, calendar days."
    )
    conversion: Shares = key({}, "By stage: share of the leads decided in it in the year that passed it.")
    conversion_by_channel: dict[str, Shares] = key({}, "The same by channel and stage.")
    lost: Count | None = key(None, "Leads lost in the year, whenever they came.")
    lost_first_day: Count | None = key(None, "Those of them that were open when the year began.")
    open: Count | None = key(None, "Leads open at the end of the year.")
    open_first_day: Count | None = key(None, "Those of them that were open already when it began.")
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
    def days(self) -> tuple[date, date] | None:
        """First and last day of what is given; None: the first twelve months of the run."""
        first, last = getattr(self, "from"), self.to
        return None if first is None or last is None else (first, last)

    @property
    def in_parts(self) -> bool:
        """Whether something is given that a run is asked for by itself: days of its own, stages, parts."""
        own = (*PARTED, "conversion", "conversion_by_channel", "cycle_p50", "cycle_p90", "from")
        return any(getattr(self, name) not in (None, {}) for name in own)

    @property
    def year_revenue(self) -> float | None:
        """Revenue of the year, money; None where it is not given."""
        return self.revenue if self.revenue_by_month is None else sum(self.revenue_by_month)

    @property
    def empty(self) -> bool:
        """Whether nothing is given."""
        return not any(value not in (None, {}) for name, value in self if name not in ("from", "to"))

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
    yield from _wrong_days(history)
    for total, part in (("deals", "deals_first_day"), ("lost", "lost_first_day"), ("open", "open_first_day")):
        whole, of_it = getattr(history, total), getattr(history, part)
        if whole is not None and of_it is not None and of_it > whole:
            why = worded("history-part", part=of_it, whole=whole, key=total)
            yield Misfit(part, why, of_it, f"0 ... {whole}", other=Misfit(total, why, whole, f">= {of_it}"))
    if history.cycle_p50 is not None and history.cycle_p90 is not None and history.cycle_p50 > history.cycle_p90:
        why, half, most = worded("history-cycle"), history.cycle_p50, history.cycle_p90
        other = Misfit("cycle_p50", why, half, f"<= {most:g}")
        yield Misfit("cycle_p90", why, most, f">= {half:g}", other=other)
    start, end = history.customers_start, history.customers_end
    won, lost = history.customers_won, history.customers_lost
    if start is None or end is None or won is None or lost is None:
        return
    if start + won - lost != end:
        message = worded("history-clients", start=start, won=won, lost=lost, lost2=start + won - lost, end=end)
        yield Misfit("customers_end", message, end, worded("allowed-four-numbers"))


def _wrong_days(history: History) -> Iterator[Misfit]:
    """What is wrong with the window."""
    first, last = getattr(history, "from"), history.to
    if (first is None) != (last is None):
        yield Misfit(
            "to" if last is None else "from", worded("history-both-days"), None, worded("allowed-history-days")
        )
    if history.days is None:
        return
    first, last = history.days
    if last < first:
        yield Misfit("to", worded("history-backwards", first=first, last=last), last, worded("allowed-history-days"))
    elif last >= add_months(first, MOST_MONTHS):
        yield Misfit("to", worded("history-too-long", months=MOST_MONTHS), last, worded("allowed-history-days"))
    elif history.revenue_by_month is not None and (
        first.day > 1 or last != add_months(first, MONTHS) - timedelta(days=1)
    ):
        allow = worded("allowed-history-year")
        yield Misfit("revenue_by_month", worded("history-months-outside", first=first, last=last), None, allow)


def window_of(history: History | None, experiment: Experiment) -> tuple[date, date] | None:
    """First day of what is held against the run, and the day after the last one.

    None where the run need not be asked by itself, or does not have all of these days.
    """
    if not isinstance(history, History) or not history.in_parts:
        return None
    begin, end = experiment.start, add_months(experiment.start, experiment.months)
    first, after = begin, add_months(begin, MONTHS)
    if history.days is not None:
        first, after = history.days[0], history.days[1] + timedelta(days=1)
    return (first, after) if begin <= first and after <= end else None


def _known_channels(history: History, info: ValidationInfo) -> History:
    """The history as it is. Raises MisfitError for channels that the market of the same scenario does not have."""
    market = info.data.get("market")  # absent where the market itself is wrong, which is told already
    if isinstance(market, Market):
        able = [name for name, each in market.channels.items() if not isinstance(each, Distributor)]
        found = []
        for key_, names in (("leads_per_month", history.leads_per_month), (BY_CHANNEL, history.conversion_by_channel)):
            for name in names:
                why = worded("distributor-no-leads", name=repr(name))
                if name not in market.channels:
                    why = worded("no-channel", name=repr(name))
                if name not in able:
                    found.append(Misfit(f"{key_}.{name}", why, name, ", ".join(able), nearest(name, able) or ""))
        steps, sold = market.steps, [way for way in market.sold for _ in market.process(way).stages]
        whose = dict(zip(reversed(steps), reversed(sold), strict=False))  # without qualification, the first step
        for channel, place, shares in _conversions(history):
            ways = {market.process_of(*pair) for pair in market.asked if channel in ("", pair[0])} & {*market.sold}
            ways = ways or {*market.sold}
            sorts = any(market.process(way).qualification is not None for way in ways)
            stages = [name for name in steps if whose.get(name) in ways or (name not in whose and sorts)]
            for name in shares:
                if name not in stages:
                    why, near = worded("no-stage", name=repr(name)), nearest(name, stages) or ""
                    if name in whose:
                        why = worded("stage-of-another", stage=repr(name), process=repr(whose[name]))
                    found.append(Misfit(f"{place}.{name}", why, name, ", ".join(stages), near))
        if found:
            raise MisfitError(found)
    return history


def _conversions(history: History) -> Iterator[tuple[str, str, Shares]]:
    yield "", "conversion", history.conversion
    for channel, shares in history.conversion_by_channel.items():
        yield channel, f"{BY_CHANNEL}.{channel}", shares


def _within_reach(history: History, info: ValidationInfo) -> History:
    """The history as it is. Raises MisfitError for days after the last one to which the scenario's run can go on."""
    experiment = info.data.get("experiment")
    if isinstance(experiment, Experiment) and history.days is not None:
        reached = add_months(experiment.start, MOST_MONTHS) - timedelta(days=1)
        first, last = history.days
        if first >= experiment.start and last > reached:
            why = worded("history-unreached", last=last, start=experiment.start, months=MOST_MONTHS)
            raise MisfitError(Misfit("to", why, last, worded("allowed-until", last=reached)))
    return history


LastYear = Annotated[History, AfterValidator(_known_channels), AfterValidator(_within_reach)]
"""The history of a scenario, whose channels are those of its market and whose days a run can have."""
