"""Which inputs of a scenario drive which number of a year, in the order in which to look at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from simulation.scenario.describe import Shown, show
from simulation.scenario.scenario import Scenario
from simulation.texts import Phrase, joined, say

MOST = 12
"""Inputs that are kept for one number."""
GROUPS = 3
"""Groups of them that a sentence names."""

_LEADS = "+market.channels.*.leads_per_month"
_FIT = "+market.channels.*.fit"
_CONVERSION = "+market.stages.*.conversion"
_WORK = "-market.stages.*.work"
_CHURN = "market.customers.churn_per_year"

DRIVERS: dict[str, tuple[str, ...]] = {
    "arrivals": ("+market.channels.{channel}.leads_per_month", "+market.channels.{channel}.trend_per_year"),
    "finds": ("+market.channels.{channel}.find_probability", "-market.channels.{channel}.attempt", _WORK),
    "calls": ("-market.channels.*.attempt", _WORK, "-market.customers.order_work", "+people.availability"),
    "qualified": (
        _FIT,
        "+market.qualification.true_positive",
        "+market.qualification.false_positive",
        _LEADS,
        "+market.channels.*.find_probability",
        "+market.channels.*.patience",
    ),
    "deals": (
        _CONVERSION,
        _FIT,
        _LEADS,
        "+market.channels.*.find_probability",
        _WORK,
        "-hand_off.lead.loss",
        "-structures.{structure}.hand_off.lead.loss",
    ),
    "average_deal": ("+market.products.*.deal", "+market.channels.*.deal_size", "+market.products.*.price"),
    "cycle_days": ("+market.stages.*.thinking", "+hand_off.lead.delay"),
    "customers_won": ("+market.products.*.repeat", "-hand_off.customer.loss", _CONVERSION, _FIT, _LEADS),
    "customers_lost": (
        f"+{_CHURN}",
        "+market.customers.late_churn_per_month",
        "-market.customers.tolerance",
        "+people.departure.customers_lost",
    ),
    "customers_end": ("+market.initial.customers", f"-{_CHURN}", _CONVERSION, _LEADS),
    "leavers": (
        "+structures.{structure}.roles.*.turnover_per_year",
        "+people.turnover.per_year",
        "+people.turnover.overload",
        "+people.onboarding.probation.failure",
    ),
    "months_until_plan": (
        *(f"+people.learning.{activity}.half_life" for activity in ("sell", "serve", "qualify", "prospect")),
        *(f"-people.learning.{activity}.start" for activity in ("sell", "serve", "qualify", "prospect")),
    ),
    "orders": (
        "-market.customers.order_every",
        "+market.initial.customers",
        f"-{_CHURN}",
    ),
    "average_order": ("+market.customers.order_size", "+market.products.*.deal", "+market.initial.customer_size"),
    "revenue": (
        "+market.products.*.deal",
        "-market.customers.order_every",
        "+market.customers.order_size",
        "+market.initial.customers",
        "+market.initial.customer_size",
        _CONVERSION,
        _LEADS,
        "+market.channels.*.orders_per_month",
        f"-{_CHURN}",
    ),
    "gross_margin": ("+market.products.*.gross_margin", "+market.products.*.price"),
    "season": ("market.channels.*.seasonality", "market.channels.*.trend_per_year"),
}
"""Number -> patterns of dotted paths; `+` where more of the input means more of the number, `-` where less.

Positions are not among them: an owner knows how many people there were."""

FOLLOWS: dict[str, tuple[str, ...]] = {
    "finds": ("+calls",),
    "qualified": ("+arrivals", "+finds"),
    "deals": ("+arrivals", "+finds", "+qualified"),
    "customers_won": ("+deals",),
    "customers_end": ("+deals", "+customers_won", "-customers_lost"),
    "orders": ("+customers_won", "-customers_lost", "+customers_end"),
    "revenue": ("+deals", "+average_deal", "+customers_end", "+orders", "+average_order"),
}
"""Number -> those before it that it follows from; signs as in ``DRIVERS``."""


@dataclass(frozen=True)
class Input:
    """An input to look at.

    Attributes:
        path: dotted path.
        value: its present value with its unit, for reading.
        change: 'raise' or 'lower' for the simulation to come nearer; '' where that has no direction.
        group: the path with `*` in place of names, the same for inputs that are looked at together.
    """

    path: str
    value: str
    change: str = ""
    group: str = ""

    def __str__(self) -> str:
        """'lower market.customers.churn_per_year (0.24 per year)'."""
        return f"{self.change} {self.path} ({self.value})".strip()


def in_words(inputs: Iterable[Input], most: int = GROUPS) -> Phrase:
    """The first inputs, those of a group together: 'raise market.stages.*.conversion (88 %, 83 %)'."""
    groups: dict[str, list[Input]] = {}
    for each in inputs:
        groups.setdefault(each.group or each.path, []).append(each)
    found = []
    for name, members in list(groups.items())[:most]:
        path = members[0].path if len(members) == 1 else name
        key = f"history-look-{members[0].change}" if members[0].change else "history-look"
        found.append(say(key, path=path, values=", ".join(each.value for each in members)))
    return joined(found, "; ")


class Inputs:
    """The inputs of a scenario for one structure, by the number that they drive."""

    def __init__(self, scenario: Scenario, structure: str) -> None:
        """Looks every value up once."""
        self._scenario, self._structure = scenario, structure
        self._rows = {row.path: row for row in show(scenario)}
        self._parts = {path: path.split(".") for path in self._rows}

    def of(self, number: str, too_high: bool, settled: Iterable[str] = (), channel: str = "") -> tuple[Input, ...]:
        """What to look at for a number that the simulation does not reproduce, in order.

        Args:
            number: key of ``DRIVERS``.
            too_high: whether the simulation gives more than there was.
            settled: paths that another number, which fits, has shown to be right; they come in where nothing else does.
            channel: the channel of the number, or ''.
        """
        known = set(settled)
        every = list(self._matching(DRIVERS[number], channel, too_high))
        return tuple([each for each in every if each.path not in known] or every)[:MOST]

    def first(self, number: str, channel: str = "") -> set[str]:
        """Paths of the first inputs of a number: those that a fitting number shows to be right."""
        return {each.path for each in self._matching(DRIVERS[number][:1], channel, too_high=False)}

    def _matching(self, patterns: Iterable[str], channel: str, too_high: bool) -> Iterator[Input]:
        for pattern in patterns:
            sign, path = (pattern[0], pattern[1:]) if pattern[0] in "+-" else ("", pattern)
            wanted = path.format(structure=self._structure, channel=channel).split(".")
            for name, parts in self._parts.items():
                row = self._rows[name]
                if len(parts) >= len(wanted) and all(w in ("*", p) for w, p in zip(wanted, parts, strict=False)):
                    whole = len(parts) == len(wanted)
                    if (whole or parts[len(wanted) :] == ["mean"]) and row.value != "null" and self._acts(parts):
                        change = {"": "", "+": "lower" if too_high else "raise", "-": "raise" if too_high else "lower"}
                        yield Input(name, _read(row), change[sign], ".".join(wanted))

    def _acts(self, parts: list[str]) -> bool:
        """Whether a path belongs to something that is there: an active channel, a role that works with people in it."""
        scenario = self._scenario
        checks: dict[tuple[str, ...], Callable[[str], bool]] = {
            ("market", "channels"): lambda name: scenario.market.channels[name].active,
        }
        test = checks.get(tuple(parts[:2]))
        if test is not None and len(parts) > 2:
            return test(parts[2])
        if parts[0] == "structures" and parts[2:3] == ["roles"] and len(parts) > 4:
            role = scenario.structures[parts[1]].roles[parts[3]]
            return not role.support and role.headcount > 0
        return True


def _read(row: Shown) -> str:
    mean = re.search(r", mean ([^,]+)", row.value)  # of a distribution its mean says enough
    if mean is not None:
        return f"mean {mean[1]}"
    silent = row.unit in ("", "share", "elapsed time", "working time", "log-odds")
    return row.value if silent else f"{row.value} {row.unit}"
