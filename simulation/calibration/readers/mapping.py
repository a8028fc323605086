"""What the user decided about his columns: a small YAML file beside the result, which the next import reads.

version: 1
dates: day-first              # or month-first, where the dates do not tell
decimals: comma               # or point, where the amounts do not tell
currency: RUB                 # amounts in others are left out
files:                        # where the kind of table was guessed wrong
- {file: export.csv, table: history}
columns:
  deals:
  - {column: Источник, means: channel}
  - {column: Телефон, means: ignored}
statuses:                     # how a deal stands by its status or stage: open, won or lost
- {word: Отложено, means: lost}
stages: [Contact, Proposal]   # their order
rename:                       # stages that got another name
- {stage: Presentation, now: Demo}
allow: [negative, future]     # rows that are left out instead of refused
"""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NoReturn, cast

import yaml

from simulation.calibration.readers.moments import ORDERS, Order
from simulation.calibration.readers.money import DECIMALS, Decimals
from simulation.calibration.readers.problems import RecordsError
from simulation.calibration.readers.vocabulary import ENTERED, IGNORED, LAYOUTS, PRIVATE
from simulation.texts import LANGUAGES, texts, worded
from simulation.written.errors import Problem
from simulation.written.source import text_of
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import Node
from simulation.written.yamltext import read_text

VERSION = 1
ALLOW = ("negative", "future", "currency", "formulas", "stuck", "one-sided")
"""What may be allowed: negative amounts, dates in the future, other currencies, whose rows are then left out; formulas
for the values that they came to; a stage that nobody leaves; records without a won or without a closed deal."""
STANDING = ("open", "won", "lost", "qualified")
KEYS = ("version", "dates", "decimals", "currency", "files", "columns", "statuses", "stages", "rename", "allow")
PAIRS = {
    "files": ("file", "table"),
    "columns": ("column", "means"),
    "statuses": ("word", "means"),
    "rename": ("stage", "now"),
}
"""How the two sides of a pair are called, by key."""
_EMPTY: Map[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Mapping:
    """What the user decided, or what a reading came to; every part may be empty.

    Attributes:
        dates: 'day-first' or 'month-first', or None.
        decimals: 'point' or 'comma', or None.
        currency: ISO code of the amounts that count, or ''.
        files: kind of table by name of file.
        columns: meaning of each heading, by kind of table.
        statuses: how a deal stands by the word of its status or stage.
        stages: their order.
        rename: new name of a stage by its old one.
        allow: what is not refused, of `ALLOW`.
    """

    dates: Order | None = None
    decimals: Decimals | None = None
    currency: str = ""
    files: Map[str, str] = field(default_factory=lambda: _EMPTY)
    columns: Map[str, Map[str, str]] = field(default_factory=lambda: _EMPTY)
    statuses: Map[str, str] = field(default_factory=lambda: _EMPTY)
    stages: tuple[str, ...] = ()
    rename: Map[str, str] = field(default_factory=lambda: _EMPTY)
    allow: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Mapping:
        """The mapping in a file.

        Raises:
            RecordsError: it cannot be read, or says something that is not allowed.
        """
        name = os.fspath(path)
        return cls.of_text(text_of(name, None), name)

    @classmethod
    def of_text(cls, text: str, name: str = "mapping.yaml") -> Mapping:
        """The mapping in a YAML text.

        Args:
            text: the YAML.
            name: of the file, for messages.

        Raises:
            ScenarioError: no YAML.
            RecordsError: something that is not allowed.
        """
        return _Reader(name).mapping(read_text(text, name))

    @property
    def text(self) -> str:
        """The mapping as YAML, with a line in each language on what it is for; what is empty is left out."""
        told: dict[str, Any] = {"version": VERSION}
        for key in KEYS[1:]:
            value = getattr(self, key)
            if key == "columns":
                value = {kind: _pairs(columns, PAIRS[key]) for kind, columns in value.items() if columns}
            elif key in PAIRS:
                value = _pairs(value, PAIRS[key])
            if value:
                told[key] = list(value) if isinstance(value, tuple) else value
        remarks = "".join(f"# {texts(language)('reading-mapping-remark')}\n" for language in LANGUAGES)
        return remarks + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def _pairs(words: Map[str, str], names: tuple[str, str]) -> list[dict[str, str]]:
    """Pairs as they are written, one a line: headings have dots and colons in them, which keys of YAML may not have."""
    return [dict(zip(names, pair, strict=True)) for pair in words.items()]


class _Reader:
    """Reads the parts of a mapping; says file and line of what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, node: Node, path: str, message: str, allowed: str = "", near: str | None = None) -> NoReturn:
        line = node.origin.line
        raise RecordsError(Problem(self.name, line, path, message, allowed=allowed, suggestion=near or ""))

    def mapping(self, root: Node) -> Mapping:
        parts: dict[str, Node] = root.value
        for key, node in parts.items():
            if key not in KEYS:
                self.refuse(node, key, worded("unknown-key", key=key), ", ".join(KEYS), nearest(key, KEYS))
        version = parts.get("version")
        if version is not None and version.value != VERSION:
            self.refuse(version, "version", worded("not-allowed-here", value=quoted(version.plain)), str(VERSION))
        return Mapping(
            dates=cast(Order | None, self._one(parts, "dates", ORDERS)),
            decimals=cast(Decimals | None, self._one(parts, "decimals", DECIMALS)),
            currency=self._text(parts["currency"], "currency").upper() if "currency" in parts else "",
            files=self._words(parts.get("files"), "files", "files", tuple(LAYOUTS)),
            columns=self._columns(parts.get("columns")),
            statuses=self._words(parts.get("statuses"), "statuses", "statuses", STANDING),
            stages=self._list(parts.get("stages"), "stages"),
            rename=self._words(parts.get("rename"), "rename", "rename", None),
            allow=self._list(parts.get("allow"), "allow", ALLOW),
        )

    def _one(self, parts: Map[str, Node], key: str, allowed: tuple[str, ...]) -> str | None:
        if key not in parts or parts[key].value is None:
            return None
        return self._among(parts[key], key, allowed)

    def _among(self, node: Node, path: str, allowed: tuple[str, ...] | None) -> str:
        value = self._text(node, path)
        if allowed is not None and value not in allowed:
            told = worded("not-allowed-here", value=quoted(value))
            self.refuse(node, path, told, ", ".join(allowed), nearest(value, allowed))
        return value

    def _text(self, node: Node, path: str) -> str:
        if isinstance(node.value, (dict, list)) or node.value is None:
            self.refuse(node, path, worded("not-a-text", word=quoted(node.plain)), worded("allowed-text"))
        return str(node.value)

    def _words(self, node: Node | None, path: str, key: str, allowed: tuple[str, ...] | None) -> Map[str, str]:
        return {left: right.value for left, right in self._pairs(node, path, key, allowed).items()}

    def _pairs(self, node: Node | None, path: str, key: str, allowed: tuple[str, ...] | None) -> dict[str, Node]:
        """The right sides of pairs by the left ones."""
        if node is None or node.value is None:
            return {}
        one, other = PAIRS[key]
        shape = worded("reading-allowed-pairs", one=one, other=other)
        if not isinstance(node.value, list):
            self.refuse(node, path, worded("reading-no-pairs"), shape)
        result: dict[str, Node] = {}
        for number, each in enumerate(node.value):
            at = f"{path}.{number}"
            if not isinstance(each.value, dict) or set(each.value) != {one, other}:
                self.refuse(each, at, worded("reading-no-pairs"), shape)
            left = self._text(each.value[one], f"{at}.{one}")
            if left in result:
                self.refuse(each, at, worded("reading-pair-twice", name=left))
            right = each.value[other]
            result[left] = Node(self._among(right, f"{at}.{other}", allowed), right.origin)
        return result

    def _columns(self, node: Node | None) -> Map[str, Map[str, str]]:
        if node is None or node.value is None:
            return _EMPTY
        if not isinstance(node.value, dict):
            self.refuse(node, "columns", worded("reading-no-kinds"), ", ".join(LAYOUTS))
        result = {}
        for kind, inner in node.value.items():
            at = f"columns.{kind}"
            if kind not in LAYOUTS:
                told = worded("not-allowed-here", value=quoted(kind))
                self.refuse(inner, at, told, ", ".join(LAYOUTS), nearest(kind, LAYOUTS))
            meanings = (*LAYOUTS[kind].meanings, *PRIVATE, IGNORED)
            once: set[str] = set()
            columns = self._pairs(inner, at, "columns", None)
            for place in columns.values():
                meaning = str(place.value)
                if not meaning.startswith(ENTERED):
                    self._among(place, at, meanings)
                if meaning in once:
                    self.refuse(place, at, worded("reading-meaning-twice", meaning=meaning))
                if meaning not in PRIVATE and meaning != IGNORED:
                    once.add(meaning)
            result[kind] = {header: str(place.value) for header, place in columns.items()}
        return result

    def _list(self, node: Node | None, path: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        if node is None or node.value is None:
            return ()
        if not isinstance(node.value, list):
            self.refuse(node, path, worded("reading-no-list"))
        return tuple(self._among(each, f"{path}.{n}", allowed) for n, each in enumerate(node.value))
