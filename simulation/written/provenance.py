"""Where the values of a scenario come from."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.written.figures import Figure
from simulation.written.tree import Node


@dataclass(frozen=True)
class Provenance:
    """What a loaded scenario remembers of its making.

    Attributes:
        name: the file as the user named it, or the name of the text.
        title: the scenario's title, the name without one.
        files: all files read: the user's own, then those it extends.
        figures: figures with their range and source under their dotted paths, in the unit used inside.
        origins: 'file:line', 'preset NAME', 'override' or 'default' of each dotted path that was written.
        tree: the tree as written (figures and presets still in it), from which ``Scenario.replace`` starts.
        merged: the tree that was checked: presets and partly given defaults filled in.
    """

    name: str
    title: str
    files: tuple[str, ...]
    figures: dict[str, Figure]
    origins: dict[str, str]
    tree: Node
    merged: Node

    def origin(self, path: str) -> str:
        """Where the value at a dotted path comes from; 'default' where nobody wrote it."""
        node, found = self.merged.find(path)
        inside_a_plain_value = not isinstance(node.value, (dict, list))
        return str(node.origin) if found and (found == path or inside_a_plain_value) else "default"
