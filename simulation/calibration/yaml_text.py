"""A scenario as YAML for people: blocks, figures with range and source in one line, comments where they explain."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.texts import Phrase, Texts

WIDTH = 116
"""Columns of a comment's line."""


@dataclass(frozen=True)
class Stated:
    """A value with its range and where it comes from, written in one line.

    Attributes:
        value: as the scenario writes it ('9.3 days').
        low: lower end of the range, as written; None: there is no range.
        high: its upper end.
        source: where it comes from.
    """

    value: str
    low: str | None = None
    high: str | None = None
    source: Phrase | None = None


@dataclass(frozen=True)
class Flow:
    """A mapping or list that is written in one line."""

    value: Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True)
class Noted:
    """A value with a comment above it."""

    value: Any
    comment: Phrase


def yaml_text(tree: Mapping[str, Any], words: Texts, head: Sequence[Phrase] = ()) -> str:
    """The tree as YAML with comments and sources in a language.

    Args:
        tree: nested mappings and lists; leaves are plain values, `Stated`, `Flow`; any of them `Noted`.
        words: the language.
        head: comments above everything.
    """
    lines = [line for each in head for line in _comment(words.again(each), 0)]
    lines += _block(tree, 0, words)
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and indent + len(line) + len(word) + 3 > WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [f"{' ' * indent}# {each}" for each in [*lines, line] if each]


def _block(tree: Mapping[str, Any], indent: int, words: Texts) -> list[str]:
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, Noted):
            lines += _comment(words.again(value.comment), indent)
            value = value.value
        name = f"{' ' * indent}{scalar(key)}:"
        if isinstance(value, Mapping) and value:
            lines += [name, *_block(value, indent + 2, words)]
        elif isinstance(value, list) and value:
            lines.append(name)
            for each in value:
                if isinstance(each, Mapping):
                    first, *rest = _block(each, indent + 4, words)
                    lines += [f"{' ' * (indent + 2)}- {first.lstrip()}", *rest]
                else:
                    lines.append(f"{' ' * (indent + 2)}- {inline(each, words)}")
        else:
            lines.append(f"{name} {inline(value, words)}")
    return lines


def inline(value: Any, words: Texts) -> str:
    """A value in one line."""
    if isinstance(value, Noted):
        return inline(value.value, words)
    if isinstance(value, Flow):
        return inline(value.value, words)
    if isinstance(value, Stated):
        said = words.again(value.source) if value.source is not None else ""
        if value.low is None and not said:
            return scalar(value.value)
        pieces = [f"value: {scalar(value.value)}"]
        if value.low is not None and value.high is not None:
            pieces.append(f"range: [{scalar(value.low)}, {scalar(value.high)}]")
        if said:
            pieces.append(f"source: {json.dumps(said, ensure_ascii=False)}")
        return f"{{{', '.join(pieces)}}}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key)}: {inline(each, words)}' for key, each in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(inline(each, words) for each in value)}]"
    return scalar(words.again(value) if isinstance(value, Phrase) else value)


def scalar(value: Any) -> str:
    """A plain value: numbers as they are, texts in quotes where YAML would read them otherwise."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:.6g}" if isinstance(value, float) else str(value)
    text = str(value)
    simple = text and all(sign.isalnum() or sign in "_- ./%" for sign in text) and text == text.strip()
    words = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "never"} - {"never"}
    if simple and text.lower() not in words and (text[0].isalnum()) and ": " not in text:
        return text
    return json.dumps(text, ensure_ascii=False)
