"""The scenario that is made of an owner's twelve numbers, as commented YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.intake.short_form import ROLES, SUPPORT, Numbers
from simulation.scenario.office_hours import CalendarSpec
from simulation.texts import Phrase, Verbatim, joined, lines, worded

STAGES = (("contact", 0.25, 5.0), ("needs", 0.5, 9.0), ("proposal", 1.0, 13.0), ("objections", 0.67, 14.0))
"""Stages but the last: name, hours of work and days of thinking where the scenario has none of its own (the market's
default)."""
CLOSING = ("closing", 0.75)
BEFORE_PROPOSAL = 2
"""Stages that lie before a proposal."""
QUALIFYING, ORDER, REQUEST = 0.5, 0.5, 1.0
"""Hours of work of one first contact, order and request by default."""
HALF_LIVES = {"prospect": 2000.0, "qualify": 150.0, "sell": 200.0, "serve": 250.0}
"""Repetitions after which half of what can be learned is learned, by default."""
CONTRIBUTED = {"RUB": "RU_2026"}
"""Law of the employer's contributions by currency."""


@dataclass
class Derived:
    """What is derived from the numbers; see the comments in the text for how.

    Attributes:
        fit: share of the leads that could buy.
        true_positive: share of these that is found to be worth selling to.
        false_positive: share of the others that is taken for such.
        question: share of leads at each stage that go because of an unanswered question.
        early: conversion of each stage before the proposal.
        late: conversion of each stage from the proposal on.
        deal: mean deal at list price, money.
        repeat: share of first deals whose buyer comes again.
        churn: clients' own hazard of leaving, a year.
        order_every: months between orders of one client.
        order_size: an order as a factor of the first deal.
        find: probability that a call finds a lead.
        attempt: minutes of one call.
        work: factor on the working times.
        thinking: factor on the customers' thinking times.
        learning: factor on the half-lives of learning.
        pipeline: open leads on the first day.
        turnover: leavers a year for each seller.
        load: planned load of the busiest role, when everybody is practised.
        found: the interval of 90 % of the load, where how long leads wait told it in simulated years.
        rough: whether the closed form told the load from that.
        second: positions of the roles of the structure to compare with; empty for none.
    """

    fit: float = 0.5
    true_positive: float = 0.9
    false_positive: float = 0.1
    question: float = 0.05
    early: float = 0.85
    late: float = 0.77
    deal: float = 1.0
    repeat: float = 1.0
    churn: float = 0.24
    order_every: float = 1.0
    order_size: float = 1.0
    find: float = 0.02
    attempt: float = 7.0
    work: float = 1.0
    thinking: float = 1.0
    learning: float = 1.0
    pipeline: float = 0.0
    turnover: float = 0.0
    load: float = 0.75
    found: tuple[float, float] | None = None
    rough: bool = False
    second: Mapping[str, int] | None = None


def second_of(numbers: Numbers) -> str:
    """Preset of the structure that today's is compared with; '' where there are too few people for another one."""
    if numbers.built != "universal":
        return "universal"
    farmed = numbers.customers_won + numbers.customers_end > 0
    if farmed and numbers.sellers >= len(ROLES["functional"]):
        return "functional"
    return "hybrid" if numbers.sellers >= len(ROLES["hybrid"]) else ""


def availability(numbers: Numbers) -> float:
    """Share of the working time that is left for leads and clients, where the overhead is known."""
    return 1 - (numbers.overhead_hours_per_week or 0.0) / CalendarSpec().hours_per_week


def significant(value: float, digits: int = 3) -> str:
    """A number with so many digits, without an exponent: '0.0183', '1250'."""
    text = f"{float(f'{value:.{digits}g}'):.10f}".rstrip("0").rstrip(".")
    return text or "0"


def grouped(value: float) -> str:
    """An amount with spaces between the thousands: '60 000'."""
    return f"{value:,.0f}".replace(",", " ")


def calls_channel(numbers: Numbers) -> str:
    """Name of the channel of cold calls: one that no other channel has."""
    return "calls" if "calls" not in numbers.leads_per_month else "cold_calls"


def commented(line: str, key: str, **values: Any) -> Phrase:
    """A line of YAML, or the space before, and a comment."""
    return joined((Verbatim(f"{line}# "), worded(key, **values)), "")


def written(numbers: Numbers, derived: Derived, days_per_month: float, customers: int) -> Phrase:
    """The scenario as YAML, whose comments every language can say.

    Args:
        numbers: what the owner said.
        derived: what was derived from it.
        days_per_month: working days of a mean month.
        customers: clients on the first day.
    """
    parts = (
        _head(numbers, derived),
        _market(numbers, derived, customers),
        _people(numbers, derived),
        _structures(numbers, derived),
        _rest(numbers, days_per_month),
    )
    return lines(line for part in parts for line in part)


def _head(n: Numbers, d: Derived) -> Iterable[str]:
    yield commented("", "form-made")
    yield commented("", "form-default")
    yield commented("", "form-check")
    yield commented("", "form-compare")
    yield commented("", "starter-keys-alone")
    yield "version: 1"
    yield f"title: {json.dumps(n.title, ensure_ascii=False)}"
    yield f"currency: {json.dumps(n.currency)}"
    yield ""
    yield "calendar:"
    yield (
        commented("  country: RU                       ", "starter-country")
        if n.currency == "RUB"
        else "  country: null"
    )
    yield ""
    yield "experiment:"
    yield "  start: 2026-01-01"
    yield "  months: 12"
    yield "  replications: 100"
    yield commented("  begin: today                      ", "form-begin")
    yield f"  today: {n.built}"
    yield ""


def _market(n: Numbers, d: Derived, customers: int) -> Iterable[str]:
    leads, passed = n.leads, n.qualified_per_quarter / 3
    yield "market:"
    yield "  channels:"
    weights = ""
    if n.customers_won and d.repeat < 1:
        weights = f", products: {{service: {significant(d.repeat)}, once: {significant(1 - d.repeat)}}}"
    yield commented("    ", "form-fit", passed=significant(passed), leads=significant(leads))
    for name, count in n.leads_per_month.items():
        yield f"    {_key(name)}:"
        yield f"      {{kind: inbound, leads_per_month: {significant(count, 5)}, fit: {significant(d.fit)}{weights}}}"
        yield commented("      ", "form-cost")
    if n.calls_per_day:
        yield f"    {calls_channel(n)}:"
        calls = significant(n.calls_per_day)
        yield commented("      ", "form-calls", found=significant(n.leads_found_per_month), calls=calls)
        yield (
            f"      {{kind: outbound, attempt: {significant(d.attempt)} min, find_probability: {significant(d.find)}, "
            f"fit: {significant(d.fit)}{weights}}}"
        )
    yield "  qualification:"
    yield f"    work: {_gamma(QUALIFYING * d.work)}"
    yield f"    true_positive: {significant(d.true_positive)}"
    yield f"    false_positive: {significant(d.false_positive)}"
    yield from _stages(n, d)
    yield from _products(n, d)
    yield from _customers(n, d, customers)


def _stages(n: Numbers, d: Derived) -> Iterable[str]:
    passed, offers = n.qualified_per_quarter, n.proposals_per_quarter
    yield commented("  ", "form-conversion", passed=passed, offers=offers, deals=n.deals)
    yield commented("  ", "form-in-time")
    yield commented("  ", "form-thinking", days=significant(n.days_to_deal))
    yield commented("  ", "form-busy", work=significant(d.work), load=f"{d.load:.0%}")
    if d.found is not None and n.answered_within_day is not None:
        low, high = (f"{each:.0%}" for each in d.found)
        yield commented("  ", "form-rest-found", share=f"{n.answered_within_day:.0%}", low=low, high=high)
    elif d.rough and n.answered_within_day is not None:
        yield commented("  ", "form-rest-rough", share=f"{n.answered_within_day:.0%}")
    else:
        yield commented("  ", "form-rest-calls" if n.calls_per_day else "form-rest-guess")
    yield "  stages:"
    rest = f"patience: {{exponential: 14 days}}, question: {significant(d.question)}"
    for index, (name, work, days) in enumerate(STAGES):
        conversion = d.early if index < BEFORE_PROPOSAL else d.late
        yield (
            f"    - {{name: {name}, work: {_gamma(work * d.work)}, "
            f"thinking: {{lognormal: {{mean: {significant(days * d.thinking)} days, cv: 0.7}}}},"
        )
        yield f"       conversion: {significant(conversion)}, {rest}}}"
    name, work = CLOSING
    yield f"    - {{name: {name}, work: {_gamma(work * d.work)},"
    yield f"       conversion: {significant(d.late)}, {rest}}}"


def _products(n: Numbers, d: Derived) -> Iterable[str]:
    yield "  products:"
    yield commented("    ", "form-deal", deal=grouped(n.average_deal))
    deal = f"deal: {{lognormal: {{mean: {grouped(d.deal)}, cv: 1}}}}, gross_margin: {significant(n.gross_margin)}"
    again = "" if n.customers_won else ", repeat: false"
    yield f"    service: {{{deal}{again}}}"
    if n.customers_won and d.repeat < 1:
        yield commented("    ", "form-once", deals=n.deals, clients=n.customers_won)
        yield f"    once: {{{deal}, repeat: false}}"


def _customers(n: Numbers, d: Derived, customers: int) -> Iterable[str]:
    if not n.customers_won and not customers:
        yield f"  initial: {{pipeline: {d.pipeline:.0f}}}"
        yield ""
        return
    mean = (n.customers_start + n.customers_end) / 2
    rest = n.year_revenue - n.deals * n.average_deal
    yield "  customers:"
    if n.orders:
        yield commented("    ", "form-orders", orders=n.orders, clients=significant(mean), rest=grouped(rest))
        yield f"    order_every: {{exponential: {significant(d.order_every)} months}}"
        yield f"    order_size: {significant(d.order_size)}"
    else:
        yield "    order_every: never"
    yield commented("    ", "form-lost", lost=n.customers_lost, clients=significant(mean))
    yield f"    churn_per_year: {significant(d.churn)}"
    yield commented(f"    order_work: {_gamma(ORDER * d.work)}          ", "form-factor")
    yield f"    request_work: {_gamma(REQUEST * d.work)}"
    yield commented("  ", "form-initial")
    yield f"  initial: {{customers: {customers}, pipeline: {d.pipeline:.0f}}}"
    yield ""


def _people(n: Numbers, d: Derived) -> Iterable[str]:
    yield "people:"
    if n.overhead_hours_per_week is not None:
        hours = significant(n.overhead_hours_per_week)
        yield commented(f"  availability: {significant(availability(n))}              ", "form-overhead", hours=hours)
    if d.turnover > 0:
        months = min(max(12 / d.turnover, 6.0), 60.0)
        yield commented(f"  tenure: {{exponential: {significant(months)} months}}   ", "form-tenure")
    yield "  recruiting:"
    yield f"    time: {{lognormal: {{mean: {significant(n.days_to_hire)} days, cv: 0.5}}}}"
    if n.currency == "RUB":
        yield commented("    cost: 150 k           ", "form-hire-default")
    else:
        yield commented("    cost: 0               ", "form-hire")
    yield commented("  learning:                         ", "form-learning", months=significant(n.months_until_plan))
    for activity, repetitions in HALF_LIVES.items():
        yield f"    {activity}: {{half_life: {significant(repetitions * d.learning)}}}"
    yield ""


def _structures(n: Numbers, d: Derived) -> Iterable[str]:
    yield commented("structures:                         ", "form-today")
    yield from _structure(n, d, n.built, n.people)
    if not second_of(n):
        yield commented("  ", "form-too-few")
    if d.second:
        yield commented("  ", "form-same-people", people=n.sellers)
        yield from _structure(n, d, second_of(n), {**d.second, **_support(n)})
    yield ""


def _support(n: Numbers) -> dict[str, int]:
    return {role: count for role, count in n.people.items() if role in SUPPORT}


def _structure(n: Numbers, d: Derived, preset: str, people: Mapping[str, int]) -> Iterable[str]:
    yield f"  {preset}:"
    yield f"    preset: {preset}"
    yield "    roles:"
    head = n.base_pay * 1.5 if n.head_pay is None else n.head_pay
    for role, count in people.items():
        if not count:
            continue
        base = head if role == "head" else n.base_pay
        share = f", commission: {{share: {significant(n.commission)}}}" if n.commission and role not in SUPPORT else ""
        named = f"preset: {role}, " if role in SUPPORT else ""
        leaving = "" if role in SUPPORT else f", turnover_per_year: {significant(d.turnover)}"
        yield f"      {role}: {{{named}headcount: {count}, pay: {{base: {grouped(base)}{share}}}{leaving}}}"


def _rest(n: Numbers, days_per_month: float) -> Iterable[str]:
    law = CONTRIBUTED.get(n.currency)
    if law:
        yield commented(f"budget: {{contributions_of: {law}}}     ", "form-contributions")
    yield commented("plan:                               ", "form-plan")
    yield f"  measure: revenue\n  target: {grouped(n.year_revenue)}"
    if n.revenue_by_month is not None:
        yield commented("  ", "form-season")
        yield f"  seasonality: [{', '.join(_season(n.revenue_by_month))}]"
        yield commented("  ", "form-season-leads")
    yield ""
    yield commented("history:                            ", "form-history")
    if n.revenue_by_month is not None:
        yield "  revenue_by_month:"
        yield f"    [{', '.join(map(grouped, n.revenue_by_month[:6]))},"
        yield f"     {', '.join(map(grouped, n.revenue_by_month[6:]))}]"
    else:
        yield f"  revenue: {grouped(n.year_revenue)}"
    yield f"  gross_margin: {significant(n.gross_margin)}"
    yield f"  deals: {n.deals}\n  average_deal: {grouped(n.average_deal)}"
    if n.orders:
        yield f"  orders: {n.orders}"
    yield "  leads_per_month:"
    for name, count in n.leads_per_month.items():
        yield f"    {_key(name)}: {significant(count, 5)}"
    if n.calls_per_day:
        yield f"    {calls_channel(n)}: {significant(n.leads_found_per_month, 5)}"
        made = n.calls_per_day * days_per_month
        a_day = significant(n.calls_per_day)
        yield commented(f"  calls_per_month: {made:.0f}             ", "form-calls-a-day", calls=a_day)
    yield commented(f"  qualified: {4 * n.qualified_per_quarter}                    ", "form-qualified")
    yield f"  cycle_days: {significant(n.days_to_deal)}"
    if n.customers_won or n.customers_end:
        yield f"  customers_start: {n.customers_start}\n  customers_end: {n.customers_end}"
        yield commented(f"  customers_won: {n.customers_won}                 ", "form-won")
        yield f"  customers_lost: {n.customers_lost}"
    yield commented(f"  leavers: {significant(n.leavers_in_two_years / 2)}                        ", "form-leavers")
    yield f"  months_until_plan: {significant(n.months_until_plan)}"


def _season(months: Iterable[float]) -> list[str]:
    values = list(months)
    mean = sum(values) / len(values)
    return [significant(value / mean, 4) for value in values]


def _gamma(hours: float) -> str:
    minutes = 60 * hours
    text = f"{significant(hours)} h" if hours >= 2 else f"{significant(minutes)} min"
    return f"{{gamma: {{mean: {text}, cv: 0.7}}}}"


def _key(name: str) -> str:
    """A name as a key of YAML."""
    return (
        name
        if name.isidentifier() and name.lower() not in ("yes", "no", "on", "off", "true", "false", "null")
        else json.dumps(name, ensure_ascii=False)
    )
