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
    """A family of streams: its name, what the ordinals in it count, and what each number is."""

    name: str
    ordinal: str
    number: str


STANDS_FOR = {
    "CHANNEL": ("[^/]+", "a channel of the scenario"),
    "STRIP": ("[0-9]+|found|pipeline|base", ""),
    "STAGE": ("[^/]+", "a stage of the sale"),
    "STEP": ("[0-9]+", "number of a step: 0 is qualification, s the s-th stage"),
    "BLOCK": ("[0-9]+", "16 ordinals of a customer that are drawn together: number n stands in block n div 16"),
    "ACTIVITY": ("[a-z]+", "an activity"),
    "SEAT": ("[0-9]+", "number of a position, across the working roles in the order of the structure"),
    "HIRE": ("[0-9]+", "how many people sat there before: 0 is there on the first day"),
    "N": ("[0-9]+", "a count: the n-th time"),
}
"""What a word in capitals matches, and what it is; STRIP is told below the table."""

_IN_BLOCK = "16 x lead + ordinal in the block"
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
    Named(f"{_LEAD}/stage.STAGE.reach.N", "lead", "whether the n-th try (from 0) reaches the customer at a stage"),
    Named(f"{_LEAD}/stage.STAGE.patience", "lead", "patience before a stage"),
    Named(f"{_LEAD}/hand_off.STEP", "lead", "luck of being handed over to another role before a step"),
    Named(f"{_LEAD}/departure.N", "lead", "luck when somebody leaves who holds it, its n-th upset (from 0)"),
    Named(f"{_LEAD}/moved.N", "lead", "luck when its owner does its next step no longer, its n-th upset (from 0)"),
    Named(f"{_LEAD}/deal.paperwork", "lead", "papers of the first deal"),
    Named(f"{_LEAD}/deal.payment", "lead", "delay of the first deal's payment"),
    Named(f"{_LEAD}/deal.late", "lead", "whether it is paid late"),
    Named(f"{_LEAD}/deal.reminder", "lead", "work of the reminder"),
    Named(f"{_LEAD}/customer.leave", "lead", "unit-exponential threshold of the customer's leaving"),
    Named(f"{_LEAD}/customer.rate", "lead", "how often the customer orders, among all customers"),
    Named(f"{_LEAD}/customer.churn", "lead", "its own hazard of leaving, among those of all customers"),
    Named(f"{_LEAD}/customer.last", "lead", "its probability of leaving after an order, among those of all customers"),
    Named(f"{_LEAD}/customer.hand_off", "lead", "luck of the customer's first hand-off between roles"),
    Named(f"{_LEAD}/customer.hand_off.N", "lead", "the same for each later one (from 1)"),
    Named(f"{_LEAD}/customer.departure.N", "lead", "luck when somebody leaves who had contacts with it (from 0)"),
    Named(f"{_LEAD}/customer.order.gap/BLOCK", _IN_BLOCK, "time to the customer's n-th order"),
    Named(f"{_LEAD}/customer.order.work/BLOCK", _IN_BLOCK, "its work"),
    Named(f"{_LEAD}/customer.order.size/BLOCK", _IN_BLOCK, "its size"),
    Named(f"{_LEAD}/customer.paperwork/BLOCK", _IN_BLOCK, "its papers"),
    Named(f"{_LEAD}/customer.payment/BLOCK", _IN_BLOCK, "the delay of its payment"),
    Named(f"{_LEAD}/customer.late/BLOCK", _IN_BLOCK, "whether it is paid late"),
    Named(f"{_LEAD}/customer.reminder/BLOCK", _IN_BLOCK, "work of the reminder"),
    Named(f"{_LEAD}/customer.drop_out/BLOCK", _IN_BLOCK, "whether the customer leaves after it"),
    Named(f"{_LEAD}/customer.request.gap/BLOCK", _IN_BLOCK, "time to the n-th request"),
    Named(f"{_LEAD}/customer.request.work/BLOCK", _IN_BLOCK, "its work"),
    Named(f"{_LEAD}/customer.upsell.gap/BLOCK", _IN_BLOCK, "time to the n-th proposal"),
    Named(f"{_LEAD}/customer.upsell.work/BLOCK", _IN_BLOCK, "its work"),
    Named(f"{_LEAD}/customer.upsell.decision/BLOCK", _IN_BLOCK, "whether the customer buys more"),
    Named(f"{_LEAD}/customer.care.work/BLOCK", _IN_BLOCK, "work of the n-th contact that nobody asked for"),
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
    Named("finds/CHANNEL/attempts", "find", "attempts that the channel's n-th find needs"),
    Named(
        "finds/CHANNEL/attempts/N",
        "find",
        "attempts still needed after the chance of a find changed for the n-th time since it was begun",
    ),
    Named("distributor/CHANNEL/exit", "0", "unit-exponential threshold of walking away"),
    Named("people/HIRE/tenure", "seat", "tenure on the first day"),
    Named("people/HIRE/talent", "seat", "talent, what is common to all activities"),
    Named("people/HIRE/talent/ACTIVITY", "seat", "talent, the activity's own part"),
    Named("people/HIRE/threshold", "seat", "unit-exponential threshold of leaving the firm"),
    Named("people/HIRE/recruiting", "seat", "quantile of the search that ends with this hire"),
    Named("people/HIRE/probation", "seat", "what probation sees besides talent"),
    Named("absence/SEAT/HIRE/vacation", "part", "where the part of the vacation lies in its window"),
    Named("absence/SEAT/HIRE/sick.gap", "spell", "time in health before the spell"),
    Named("absence/SEAT/HIRE/sick.length", "spell", "length of the spell"),
    Named("crm/failure", "CRM roll-out of the structure", "whether it fails"),
)


def known(name: str) -> Named | None:
    """The family that a stream belongs to; None where the map does not know it."""
    return next((named for named, pattern in _patterns() if pattern.fullmatch(name)), None)


def table() -> str:
    """The map as a table in Markdown, with what the words in capitals stand for."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| stream | ordinal | number |"
    yield "|---|---|---|"
    for named in STREAMS:
        yield f"| `{named.name}` | {named.ordinal} | {named.number} |"
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
