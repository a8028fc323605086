"""What columns may mean in each kind of table; `names` has the headings by which the systems know them.

A heading is compared as `words.alike` makes it: small letters, ё = е. Exact names come first, then a name whose words
all stand in the heading, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from simulation.calibration.readers import names
from simulation.texts import Phrase, worded

Holds = Literal["time", "amount", "number", "words", "person", "customer", "key", "yes-no", "private", "text"]
"""What stands in a column: words are kept as they are, people, customers and keys become numbers, private and text are
never kept."""

_LINE = re.compile(r"^(\w+)(?: \(([\w-]+)\))?: ")


def _read(text: str) -> dict[str, tuple[Holds, tuple[str, ...]]]:
    """Meanings of a text of `names`, each with what it holds and its names."""
    result: dict[str, tuple[Holds, tuple[str, ...]]] = {}
    for row in text.replace("\n    ", " ").strip().split("\n"):
        found = _LINE.match(row)
        if found is None:
            raise ValueError(row)
        listed = tuple(name.strip() for name in row[found.end() :].split("; "))
        result[found[1]] = cast(Holds, found[2] or "private"), listed
    return result


PRIVATE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {meaning: listed for meaning, (_, listed) in _read(names.PRIVATE).items()}
)
"""Columns that are recognised in order never to be kept."""


@dataclass(frozen=True)
class Layout:
    """A kind of table.

    Attributes:
        name: 'deals', 'history', 'activities', 'orders', 'staff', 'calls', 'leads'.
        meanings: what a column may mean, what it then holds, and its names.
        needs: groups of meanings; one of each group has to be there.
        marks: meanings that tell this kind from others, with what each weighs.
    """

    name: str
    meanings: Mapping[str, tuple[Holds, tuple[str, ...]]]
    needs: tuple[tuple[str, ...], ...]
    marks: Mapping[str, float]

    def holds(self, meaning: str) -> Holds:
        """What stands in a column of this meaning."""
        if meaning.startswith(ENTERED):
            return "time"
        if meaning in PRIVATE or meaning == IGNORED:
            return "private"
        return self.meanings[meaning][0]


ENTERED = "entered:"
"""Begins the meaning of a column that says when a deal entered a stage; the stage stands behind it."""
IGNORED = "ignored"
"""Meaning of a column that is not read."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        layout.name: layout
        for layout in (
            Layout(
                "deals",
                _read(names.DEALS),
                (("status", "stage"), ("created",)),
                {"created": 1, "closed": 1, "status": 1, "stage": 1, "pipeline": 1, "amount": 0.5, "won_time": 1},
            ),
            Layout(
                "history",
                _read(names.HISTORY),
                (("deal",), ("stage",), ("entered",)),
                {"deal": 0.5, "entered": 1, "from": 3},
            ),
            Layout(
                "activities",
                _read(names.ACTIVITIES),
                (("activity",), ("completed", "started"), ("case", "person")),
                {"activity": 1.5, "started": 1, "transition": 2, "case": 0.5},
            ),
            Layout(
                "orders", _read(names.ORDERS), (("customer", "customer_id"), ("placed",)), {"placed": 1, "order": 1.0}
            ),
            Layout("staff", _read(names.STAFF), (("person",), ("hired",)), {"hired": 2, "left": 1.5, "role": 0.5}),
            Layout(
                "calls",
                _read(names.CALLS),
                (("person",), ("day",), ("calls",)),
                {"calls": 2, "reached": 1, "leads": 0.5},
            ),
            Layout(
                "leads",
                _read(names.LEADS),
                (("status", "stage"), ("created",)),
                {"created": 1, "closed": 1, "status": 1, "stage": 1},
            ),
        )
    }
)
"""The kinds of table, by name."""

SYSTEMS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "bitrix24-leads": (
            "leads",
            (("название лида", "id лида", "lead name"), ("стадия", "статус лида", "статус", "status")),
        ),
        "amocrm": ("deals", (("этап сделки",), ("дата создания сделки", "дата создания"))),
        "bitrix24": ("deals", (("стадия сделки",), ("дата создания", "ответственный", "сумма"))),
        "salesforce": ("history", (("opportunity id", "opportunity name"), ("from stage",), ("to stage",))),
        "hubspot": ("deals", (("record id", "id записи"), ("deal stage", "стадия сделки", "этап сделки", "dealstage"))),
        "pipedrive": ("deals", ()),
        "xes": ("activities", (("concept:name",), ("time:timestamp",))),
    }
)
"""Headings by which a system is known, each group by one of its names, and the kind of its table. Pipedrive is known by
its prefix."""
DAY_FIRST = frozenset({"amocrm", "bitrix24", "bitrix24-leads"})
"""Systems that write the day first, always."""


def kinds() -> dict[str, Phrase]:
    """The kinds of table, each in words."""
    return {name: worded(f"reading-kind-{name}") for name in LAYOUTS}


def meanings(kind: str) -> dict[str, Phrase]:
    """What a column of a kind of table may mean, each in words; 'ignored' for one that is not read.

    Raises:
        KeyError: there is no such kind.
    """
    return {meaning: worded(f"reading-means-{meaning}") for meaning in (*LAYOUTS[kind].meanings, *PRIVATE, IGNORED)}
