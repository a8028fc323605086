"""YAML text to a tree of nodes that know their lines; no tag is constructed, no alias bomb expanded.

What differs from PyYAML's own reading, because people mean it otherwise: only true and false are booleans (NO
is a country), 09:00 is a text and not 540, 010 is ten, 1e6 is a number, dates are dates. A key stands once.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

import yaml

from simulation.texts import worded
from simulation.written.errors import Problem, ScenarioError
from simulation.written.tree import SETTINGS, Node, Origin

MOST_NODES = 100_000
DEEPEST = 50
_TAG = "tag:yaml.org,2002:"
_PATTERNS = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"~|null|Null|NULL|", "~nN\0"),
    "int": (r"[-+]?[0-9][0-9_]*", "-+0123456789"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader(_Loader):  # type: ignore[misc]
    """The safe loader with the resolution of plain words narrowed to what people mean."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _name, (_pattern, _first) in _PATTERNS.items():
    _Reader.add_implicit_resolver(
        _TAG + _name, re.compile(f"^(?:{_pattern})$"), [c if c != "\0" else "" for c in _first]
    )


def read_text(text: str, file: str) -> Node:
    """The tree of a YAML text.

    Args:
        text: YAML with a mapping at its top.
        file: name for messages.

    Raises:
        ScenarioError: not YAML, empty, a tag, a duplicate key, no mapping at the top, too large or too deep.
    """
    return _Converter(file).convert(text)


class _Converter:
    """Turns composed YAML nodes into ours and counts them, because an alias can stand for thousands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.left = MOST_NODES
        self.open: set[int] = set()

    def convert(self, text: str) -> Node:
        top = self._compose(text)
        if top is None or (isinstance(top, yaml.ScalarNode) and top.tag == _TAG + "null"):
            self._refuse(None, "", worded("yaml-empty"))
        if not isinstance(top, yaml.MappingNode):
            self._refuse(1, "", worded("yaml-no-mapping"))
        return self._node(top, "", 0)

    def _refuse(self, line: int | None, path: str, message: str, value: object = None) -> NoReturn:
        raise ScenarioError(Problem(self.file, line, path, message, value))

    def _compose(self, text: str) -> yaml.Node | None:
        try:
            self._check_depth(text)
            result: yaml.Node | None = yaml.compose(text, Loader=_Reader)
            return result
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else None
            self._refuse(line, "", worded("yaml-character"))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if "nesting" in str(error.problem):  # newer readers have a limit of their own, above ours
                self._refuse(mark.line + 1 if mark else None, "", worded("yaml-deep", deepest=DEEPEST))
            what = " ".join(str(part) for part in (error.context, error.problem) if part)
            self._refuse(mark.line + 1 if mark else None, "", worded("yaml-invalid", what=what))
        except yaml.YAMLError as error:
            self._refuse(None, "", worded("yaml-invalid", what=error))

    def _check_depth(self, text: str) -> None:
        """Refuses deep nesting and great numbers before composing, which is recursive and kept in memory."""
        depth, count = 0, 0
        for event in yaml.parse(text, Loader=_Reader):
            count += isinstance(event, yaml.NodeEvent)
            if count > 2 * MOST_NODES:
                self._refuse(_line(event), "", worded("yaml-many", most_nodes=MOST_NODES))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    self._refuse(_line(event), "", worded("yaml-deep", deepest=DEEPEST))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _node(self, node: yaml.Node, path: str, depth: int) -> Node:
        line = node.start_mark.line + 1
        self.left -= 1
        if self.left < 0:
            self._refuse(line, path, worded("yaml-many-expanded", most_nodes=MOST_NODES))
        if id(node) in self.open:
            self._refuse(line, path, worded("yaml-alias-circle"))
        if depth > DEEPEST:
            self._refuse(line, path.split(".")[0], worded("yaml-deep", deepest=DEEPEST))
        self.open.add(id(node))
        try:
            return self._contents(node, path, depth)
        finally:
            self.open.discard(id(node))

    def _contents(self, node: yaml.Node, path: str, depth: int) -> Node:
        line = node.start_mark.line + 1
        origin = Origin(self.file, line)
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return Node(self._mapping(node, path, depth), origin)
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            items = [self._node(item, f"{path}.{index}", depth + 1) for index, item in enumerate(node.value)]
            return Node(items, origin)
        if isinstance(node, yaml.ScalarNode):
            return Node(self._scalar(node, path), origin)
        self._refuse(line, path, worded("yaml-tag", shown=_shown(node.tag)))

    def _mapping(self, node: yaml.MappingNode, path: str, depth: int) -> dict[str, Node]:
        result: dict[str, Node] = {}
        inherited: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key, line = self._key(key_node, path), key_node.start_mark.line + 1
            inner = f"{path}.{key}" if path else key
            if key == "<<":
                for name, value in self._merged(value_node, inner, depth).items():
                    inherited.setdefault(name, value)
                continue
            if key in result:
                first = result[key].origin.line
                self._refuse(line, inner, worded("yaml-key-twice", key=key, first=first))
            value = self._node(value_node, inner, depth + 1)
            result[key] = Node(value.value, Origin(self.file, line))
        return {**inherited, **result}

    def _merged(self, node: yaml.Node, path: str, depth: int) -> dict[str, Node]:
        """The keys that ``<<: *anchor`` brings; of a list of anchors the first one wins."""
        tree = self._node(node, path, depth + 1)
        sources = tree.value if isinstance(tree.value, list) else [tree]
        result: dict[str, Node] = {}
        for source in sources:
            if not isinstance(source.value, dict):
                self._refuse(source.origin.line, path, worded("yaml-merge"))
            for key, value in source.value.items():
                result.setdefault(key, value)
        return result

    def _key(self, node: yaml.Node, path: str) -> str:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(line, path, worded("yaml-key-no-word"))
        if not node.tag.startswith(_TAG) or node.tag.removeprefix(_TAG) not in (*_PATTERNS, "str"):
            self._refuse(line, path, worded("yaml-tag", shown=_shown(node.tag)))
        key = str(node.value).strip()
        if not key:
            self._refuse(line, path, worded("yaml-key-empty"))
        if "." in key and not SETTINGS.fullmatch(path):
            told = "yaml-key-dot-only-set" if "interventions." in path else "yaml-key-dot"
            self._refuse(line, path, worded(told, key=repr(key)), key)
        return key

    def _scalar(self, node: yaml.ScalarNode, path: str) -> object:
        line, text = node.start_mark.line + 1, str(node.value)
        kind = node.tag.removeprefix(_TAG) if node.tag.startswith(_TAG) else node.tag
        match kind:
            case "str":
                return text
            case "null":
                return None
            case "bool" if text.lower() in ("true", "false"):
                return text.lower() == "true"
            case "int" | "float" | "timestamp":
                try:
                    return _number(text) if kind != "timestamp" else date.fromisoformat(text)
                except (ValueError, OverflowError):
                    told = "yaml-not-a-date" if kind == "timestamp" else "not-a-number"
                    self._refuse(line, path, worded(told, value=repr(text[:40])), text)
        self._refuse(line, path, worded("yaml-tag", shown=_shown(node.tag)))


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


def _number(text: str) -> int | float:
    text = text.replace("_", "").lower()
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _shown(tag: str) -> str:
    return "!!" + tag.removeprefix(_TAG) if tag.startswith(_TAG) else tag
