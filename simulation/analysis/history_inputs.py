"""Which inputs of a scenario drive which number of a year, in the order in which to look at them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from simulation.scenario.describe import Shown, show, told
from simulation.scenario.market import DEFAULT, QUALIFY
from simulation.scenario.places import held, places
from simulation.scenario.scenario import Scenario
from simulation.texts import Phrase, Verbatim, joined, say, worded

MOST = 12
"""Inputs that are kept for one number."""
GROUPS = 3
"""Groups of them that a sentence names."""

_ENDS = {"raise": ("never",), "lower": ("0", "0 %", "0 h", "0 min")}
"""What cannot be changed any further in a direction."""

NUMBERS = tuple(dict.fromkeys(number for place in places() for number in place.facts.drives))
"""The numbers that inputs drive: each key of the schema says which (`drives`).

Positions drive none of them here: an owner knows how many people there were."""

FOLLOWS: dict[str, tuple[str, ...]] = {
    "finds": ("+calls",),
    "qualified": ("+arrivals", "+finds"),
    "deals": ("+arrivals", "+finds", "+qualified", "+conversion"),
    "customers_won": ("+deals",),
    "customers_end": ("+deals", "+customers_won", "-customers_lost"),
    "orders": ("+customers_won", "-customers_lost", "+customers_end"),
    "revenue": ("+deals", "+average_deal", "+customers_end", "+orders", "+average_order"),
}
"""Number -> those before it that it follows from; `+` where more of it means more of the number, `-` where less."""


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
    value: Phrase
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
        found.append(say(key, path=path, values=joined((each.value for each in members), ", ")))
    return joined(found, "; ")


class Inputs:
    """The inputs of a scenario for one structure, by the number that they drive."""

    def __init__(self, scenario: Scenario, structure: str) -> None:
        """Looks every value up once."""
        self._scenario, self._structure = scenario, structure
        self._rows = {row.path: row for row in show(scenario)}
        self._places = [
            place for place, _ in held(scenario) if place.facts.drives and self._acts(place.path.split("."))
        ]

    def of(
        self, number: str, too_high: bool, settled: Iterable[str] = (), channel: str = "", stage: str = ""
    ) -> tuple[Input, ...]:
        """What to look at for a number that the simulation does not reproduce, in order.

        Args:
            number: one of ``NUMBERS``.
            too_high: whether the simulation gives more than there was.
            settled: paths that another number, which fits, has shown to be right; they come in where nothing else does.
            channel: the channel of the number, or ''.
            stage: the stage of the number, or ''.
        """
        known = set(settled)
        every = list(self._matching(number, channel, stage, too_high))
        return tuple([each for each in every if each.path not in known] or every)[:MOST]

    def first(self, number: str, channel: str = "", stage: str = "") -> set[str]:
        """Paths of the first inputs of a number: those that a fitting number shows to be right."""
        return {each.path for each in self._matching(number, channel, stage, too_high=False, last=1)}

    def _matching(
        self, number: str, channel: str, stage: str, too_high: bool, last: float = math.inf
    ) -> Iterator[Input]:
        """The inputs that drive a number, in their order, those with a rank up to the last."""
        ranked = [(place, place.facts.drives[number]) for place in self._places if number in place.facts.drives]
        for place, said in sorted(ranked, key=lambda each: _rank(each[1])):
            parts = place.path.split(".")
            of_another = parts[0] == "structures" and parts[1] != self._structure
            of_another |= bool(channel) and parts[:2] == ["market", "channels"] and parts[2] != channel
            if stage:
                market = self._scenario.market
                of_stage = {path: each.name for path, each in zip(market.sale_paths, market.sale, strict=True)}
                name = of_stage.get(".".join(parts[:-1]), QUALIFY)
                of_another |= name != stage
            if of_another or _rank(said) > last:
                continue
            more = {"+": "lower" if too_high else "raise", "-": "raise" if too_high else "lower"}
            for path in (place.path, f"{place.path}.mean"):
                row = self._rows.get(path)
                change = more.get(said[0], "")
                if row is not None and row.value != "null" and row.value not in _ENDS.get(change, ()):
                    group = place.pattern.replace("structures.*", f"structures.{self._structure}")
                    yield Input(path, _read(row), change, group)

    def _acts(self, parts: list[str]) -> bool:
        """Whether a path belongs to something that is there: an active channel, a role that works with people in it."""
        scenario = self._scenario
        checks: dict[tuple[str, ...], Callable[[str], bool]] = {
            ("market", "channels"): lambda name: scenario.market.channels[name].active,
            ("market", "processes"): lambda name: name in scenario.market.sold,
        }
        market = scenario.market
        if parts[:2] in (["market", "stages"], ["market", "qualification"], ["market", "speed_to_lead"]):
            return DEFAULT in market.sold
        if parts[:2] == ["market", "customers"]:
            return any(market.buyers(name) is market.customers for name in market.sold)
        test = checks.get(tuple(parts[:2]))
        if test is not None and len(parts) > 2:
            return test(parts[2])
        if parts[0] == "structures" and parts[2:3] == ["roles"] and len(parts) > 4:
            role = scenario.structures[parts[1]].roles[parts[3]]
            return not role.support and role.headcount > 0
        return True


def _rank(said: str) -> int:
    """The place in the order in which to look: 2 of '+2'."""
    return int(said.lstrip("+-"))


def _read(row: Shown) -> Phrase:
    mean = re.search(r", mean ([^,]+)", row.value)  # of a distribution its mean says enough
    if mean is not None:
        return worded("history-mean", value=mean[1])
    silent = row.unit in ("", "share", "elapsed time", "working time", "log-odds")
    return joined((Verbatim(row.value), *(() if silent else (told(row.unit),))))
