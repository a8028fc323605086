"""The map of streams: which numbers a run may ask for, by the name of the stream that they come from.

`STREAMS` is the only list. The table in docs/randomness.md is made from it (`python -m simulation.world.stream_map`
prints it), and a test holds it against the streams that runs really ask for. A name is a path; a word in capitals
stands for one of many (see `STANDS_FOR`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Named(NamedTuple):
    """A family of streams: its name, whose each number is and which of theirs, and what it is."""

    name: str
    entity: str
    number: str
    ordinal: str = ""  # empty: there is one, number 0


STANDS_FOR = {
    "CHANNEL": ("[^/]+", "a channel of the scenario"),
    "STRIP": ("[0-9]+|found|pipeline|base", ""),
    "STAGE": ("[^/]+", "a stage of the sale"),
    "ACTIVITY": ("[a-z]+", "an activity"),
    "SEAT": ("[0-9]+", "number of a position, across the working roles in the order of the structure"),
}
"""What a word in capitals matches, and what it is; STRIP is told below the table."""

_16 = "16 in a row: "
_LEAD = "lead/CHANNEL/STRIP"
_BASE = "lead/CHANNEL/base"
_FIRST = "lead/CHANNEL/pipeline"

STREAMS = (
    Named("arrivals/CHANNEL/STRIP/gap", "candidate", "unit-exponential gap to the next candidate of the rate strip"),
    Named("arrivals/CHANNEL/STRIP/height", "candidate", "place of the candidate inside the rate strip (thinning)"),
    Named("arrivals/CHANNEL/month", "month", "gamma factor of an overdispersed month"),
    Named("arrivals/CHANNEL/week", "week", "what a week brings anew to the channel's own bursts"),
    Named("arrivals/CHANNEL/week/kept", "week", "what is kept of the week before in them"),
    Named("arrivals/week", "week", "what a week brings anew to the bursts that all channels share"),
    Named("arrivals/week/kept", "week", "what is kept of the week before in them"),
    Named(f"{_LEAD}/product", "lead", "which product it asks for"),
    Named(f"{_LEAD}/deal", "lead", "size of its deal"),
    Named(f"{_LEAD}/fit", "lead", "hidden fit"),
    Named(f"{_LEAD}/patience", "lead", "patience for the first answer"),
    Named(f"{_LEAD}/at_once", "lead", "whether it is lost as it arrives"),
    Named(f"{_LEAD}/late", "lead", "luck of a late answer"),
    Named(f"{_LEAD}/qualify.work", "lead", "work of qualifying"),
    Named(f"{_LEAD}/qualify.decision", "lead", "luck of the decision"),
    Named(f"{_LEAD}/stage.STAGE.work", "lead", "work at a stage"),
    Named(f"{_LEAD}/stage.STAGE.decision", "lead", "conversion at a stage"),
    Named(f"{_LEAD}/stage.STAGE.question", "lead", "whether a question is left unanswered at a stage"),
    Named(f"{_LEAD}/stage.STAGE.thinking", "lead", "thinking after a stage"),
    Named(f"{_LEAD}/stage.STAGE.thinking_lost", "lead", "time until a no after a stage"),
    Named(f"{_LEAD}/stage.STAGE.silent", "lead", "whether a lead that is lost at a stage never says so"),
    Named(f"{_LEAD}/stage.STAGE.remind", "lead", "work of a reminder to a lead that is silent after a stage"),
    Named(f"{_LEAD}/stage.STAGE.try", "lead", "work of a try to reach the customer at a stage"),
    Named(f"{_LEAD}/stage.STAGE.reach", "lead", "whether a try reaches the customer at a stage", "try"),
    Named(f"{_LEAD}/stage.STAGE.patience", "lead", "patience before a stage"),
    Named(f"{_LEAD}/hand_off", "lead", "luck of being handed over to another role before a step", "step"),
    Named(f"{_LEAD}/departure", "lead", "luck when somebody leaves who holds it", "upset"),
    Named(f"{_LEAD}/moved", "lead", "luck when its owner does its next step no longer", "upset"),
    Named(f"{_LEAD}/deal.paperwork", "lead", "papers of the first deal"),
    Named(f"{_LEAD}/deal.payment", "lead", "delay of the first deal's payment"),
    Named(f"{_LEAD}/deal.late", "lead", "whether it is paid late"),
    Named(f"{_LEAD}/deal.reminder", "lead", "work of the reminder"),
    Named(f"{_LEAD}/customer.leave", "lead", "unit-exponential threshold of the customer's leaving"),
    Named(f"{_LEAD}/customer.rate", "lead", "how often the customer orders, among all customers"),
    Named(f"{_LEAD}/customer.churn", "lead", "its own hazard of leaving, among those of all customers"),
    Named(f"{_LEAD}/customer.last", "lead", "its probability of leaving after an order, among those of all customers"),
    Named(f"{_LEAD}/customer.hand_off", "lead", "luck of the customer's hand-off between roles", "hand-off"),
    Named(f"{_LEAD}/customer.departure", "lead", "luck when somebody leaves who had contacts with it", "departure"),
    Named(f"{_LEAD}/customer.order.gap", "lead", "time to the customer's n-th order", _16 + "order"),
    Named(f"{_LEAD}/customer.order.work", "lead", "its work", _16 + "order"),
    Named(f"{_LEAD}/customer.order.size", "lead", "its size", _16 + "order"),
    Named(f"{_LEAD}/customer.paperwork", "lead", "its papers", _16 + "sale"),
    Named(f"{_LEAD}/customer.payment", "lead", "the delay of its payment", _16 + "sale"),
    Named(f"{_LEAD}/customer.late", "lead", "whether it is paid late", _16 + "sale"),
    Named(f"{_LEAD}/customer.reminder", "lead", "work of the reminder", _16 + "sale"),
    Named(f"{_LEAD}/customer.drop_out", "lead", "whether the customer leaves after it", _16 + "order"),
    Named(f"{_LEAD}/customer.request.gap", "lead", "time to the n-th request", _16 + "request"),
    Named(f"{_LEAD}/customer.request.work", "lead", "its work", _16 + "request"),
    Named(f"{_LEAD}/customer.upsell.gap", "lead", "time to the n-th proposal", _16 + "proposal"),
    Named(f"{_LEAD}/customer.upsell.work", "lead", "its work", _16 + "proposal"),
    Named(f"{_LEAD}/customer.upsell.decision", "lead", "whether the customer buys more", _16 + "proposal"),
    Named(f"{_LEAD}/customer.care.work", "lead", "work of the n-th contact that nobody asked for", _16 + "contact"),
    Named(f"{_FIRST}/pipeline.stage", "lead", "at which stage a lead of the first day stands"),
    Named(f"{_FIRST}/pipeline.which", "lead", "the interval of thinking that it is in; of a list, how it goes on"),
    Named(
        f"{_FIRST}/pipeline.where",
        "lead",
        "where in the interval the first day lies; of a list, how long yet",
    ),
    Named(f"{_BASE}/first.order.which", "customer", "the interval to the first order that the first day lies in"),
    Named(f"{_BASE}/first.order.where", "customer", "where in the interval"),
    Named(f"{_BASE}/first.upsell.which", "customer", "the interval to the first proposal that the first day lies in"),
    Named(f"{_BASE}/first.upsell.where", "customer", "where in the interval"),
    Named(f"{_BASE}/customer.age", "customer", "for how long it has been a customer on the first day"),
    Named(f"{_BASE}/customer.there", "customer", "whether a customer of a list has not left before the first day"),
    Named(f"{_BASE}/customer.first.care", "customer", "where the first day lies between two contacts of care"),
    Named(
        "finds/CHANNEL/attempts",
        "find",
        "attempts that the channel's n-th find needs; after its chance has changed, attempts still needed",
        "changes of the chance since it was begun",
    ),
    Named("distributor/CHANNEL/exit", "the channel", "unit-exponential threshold of walking away"),
    Named("people/tenure", "seat", "tenure on the first day", "hire"),
    Named("people/talent", "seat", "talent, what is common to all activities", "hire"),
    Named("people/talent/ACTIVITY", "seat", "talent, the activity's own part", "hire"),
    Named("people/threshold", "seat", "unit-exponential threshold of leaving the firm", "hire"),
    Named("people/recruiting", "seat", "quantile of the search that ends with this hire", "hire"),
    Named("people/probation", "seat", "what probation sees besides talent", "hire"),
    Named("absence/SEAT/vacation", "part", "where the part of the vacation lies in its window", "hire"),
    Named("absence/SEAT/sick.gap", "spell", "time in health before the spell", "hire"),
    Named("absence/SEAT/sick.length", "spell", "length of the spell", "hire"),
    Named("crm/failure", "CRM roll-out of the structure", "whether it fails"),
)


def known(name: str) -> Named | None:
    """The family that a stream belongs to; None where the map does not know it."""
    return next((named for named, pattern in _patterns() if pattern.fullmatch(name)), None)


def table() -> str:
    """The map as a table in Markdown, with what the words in capitals stand for."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| stream | entity | ordinal | number |"
    yield "|---|---|---|---|"
    for named in STREAMS:
        yield f"| `{named.name}` | {named.entity} | {named.ordinal} | {named.number} |"
    yield ""
    for word, (_, what) in STANDS_FOR.items():
        if what:
            yield f"* {word}: {what}"


@cache
def _patterns() -> list[tuple[Named, re.Pattern[str]]]:
    words = re.compile("|".join(rf"\b{word}\b" for word in STANDS_FOR))

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(
            "".join(
                f"(?:{STANDS_FOR[part][0]})" if part in STANDS_FOR else re.escape(part)
                for part in re.split(f"({words.pattern})", name)
            )
        )

    return [(named, pattern(named.name)) for named in STREAMS]


if __name__ == "__main__":
    print(table(), end="")
