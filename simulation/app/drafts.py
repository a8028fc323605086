"""Drafts: departments that are being described, one for each tab, kept by the server while it runs.

A draft is a scenario as it was opened and the changes made to it since; each change can be taken back and made again.
A value that cannot be taken is kept beside its field with what is wrong, and changes nothing.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import told_apart
from simulation.texts import Phrase, joined, texts
from simulation.written.errors import Problem, ScenarioError

MOST = 60
"""Drafts that are kept; the one that was used least lately goes first."""
MOST_CHANGES = 500
MOST_VARIANTS = 4
KEPT = 2
"""States before and behind the one in force that are kept as they are."""
LONGEST_NAME = 60


@dataclass(frozen=True)
class Change:
    """A change. It keeps no scenario, which is large: the states of a draft are made again from their changes.

    Attributes:
        values: what is set, by dotted path; None removes.
        words: what was changed, and 'was → is'.
        instead: what the draft goes on from, where the change puts another scenario in its place.
    """

    values: Mapping[str, Any]
    words: tuple[Phrase, ...]
    instead: Scenario | None = None


@dataclass(frozen=True)
class Wrong:
    """What somebody typed and cannot be taken.

    Attributes:
        typed: as it was typed.
        problems: what is wrong.
    """

    typed: str
    problems: tuple[Problem, ...]

    @property
    def phrase(self) -> Phrase:
        """What is wrong, without file and line, which are nobody's here."""
        from simulation.texts import verbatim
        from simulation.written.errors import beside

        return joined(
            [beside(verbatim(each.message), each.allowed, suggestion=each.suggestion) for each in self.problems], "; "
        )


@dataclass(frozen=True)
class Variant:
    """A department that was saved under a name, to be compared."""

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Taken:
    """A file that was made to be taken away.

    Attributes:
        version: of the draft that it is of.
        name: of the file.
        media: its type.
        content: what is in it.
    """

    version: int
    name: str
    media: str
    content: bytes


@dataclass
class Draft:
    """A department that is being described.

    Attributes:
        id: names it in addresses.
        language: of the page.
        opened: as it was opened.
        name: what it was opened from.
        changes: made and taken back, in their order.
        made: how many of them are in force.
        wrong: what was typed and cannot be taken, by path.
        variants: saved ones.
        found: what jobs brought, by the name of the job; those of an earlier state bear another version.
        version: grows with each change of the scenario.
        look: what the years show so far; None before the first ones.
        look_of: version that the look is of.
        beside, beside_of: the same of the variants, side by side.
        folder: where exports lie that it is to be made of; '' without any. It is not played until it is made.
        taken: files that were made to be taken away, by what they are.
    """

    id: str
    language: str
    opened: Scenario
    name: str
    changes: list[Change] = field(default_factory=list)
    made: int = 0
    wrong: dict[str, Wrong] = field(default_factory=dict)
    variants: list[Variant] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    version: int = 1
    look: Any = None
    look_of: int = 0
    beside: Any = None
    beside_of: int = 0
    folder: str = ""
    taken: dict[str, Taken] = field(default_factory=dict)
    _states: dict[int, Scenario] = field(default_factory=dict, repr=False)

    @property
    def scenario(self) -> Scenario:
        """As it is now."""
        if self.made not in self._states:
            self._remember(self._made_again(self.made))
        return self._states[self.made]

    def _made_again(self, count: int) -> Scenario:
        """The scenario after so many changes."""
        begin = next((n for n in range(count, 0, -1) if self.changes[n - 1].instead is not None), 0)
        base = self.changes[begin - 1].instead if begin else None
        values: dict[str, Any] = {}
        for change in self.changes[begin:count]:
            for path, value in change.values.items():
                values.pop(path, None)  # what is set last is laid on last
                values[path] = value
        scenario = base or self.opened
        return scenario.replace(values) if values else scenario

    def _remember(self, scenario: Scenario) -> None:
        """The scenario as it is now; the states before it are kept as far as somebody is likely to go back."""
        self._states[self.made] = scenario
        for count in [each for each in self._states if abs(each - self.made) > KEPT]:
            del self._states[count]

    @property
    def in_force(self) -> Sequence[Change]:
        """Changes that are in force, the first one first."""
        return self.changes[: self.made]

    def change(self, values: Mapping[str, Any], words: Sequence[Phrase]) -> None:
        """Makes a change.

        Raises:
            ScenarioError: the scenario would not be one; nothing is changed.
        """
        self._put(Change(dict(values), tuple(words)), self.scenario.replace(values))
        self._moved(values)

    def _put(self, change: Change, after: Scenario) -> None:
        """A change behind those in force; what was taken back is gone."""
        del self.changes[self.made :]
        self._states = {count: each for count, each in self._states.items() if count <= self.made}
        if len(self.changes) >= MOST_CHANGES:
            self.opened = self._made_again(1)
            del self.changes[0]
            self._states = {count - 1: each for count, each in self._states.items() if count}
        self.changes.append(change)
        self.made = len(self.changes)
        self._remember(after)

    def undo(self) -> bool:
        """Takes the last change back; whether there was one."""
        if not self.made:
            return False
        self.made -= 1
        self._moved()
        return True

    def redo(self) -> bool:
        """Makes the change again that was taken back last; whether there was one."""
        if self.made >= len(self.changes):
            return False
        self.made += 1
        self._moved()
        return True

    def save(self, name: str) -> bool:
        """Keeps the scenario as it is under a name, in place of one of the same name; whether there was room."""
        name = " ".join("".join(each for each in name if each.isprintable()).split())[:LONGEST_NAME]
        if not name:
            return False
        place = next((n for n, each in enumerate(self.variants) if each.name == name), None)
        made = Variant(name, self.scenario)
        if place is None and len(self.variants) >= MOST_VARIANTS:
            return False
        if place is not None:
            del self.variants[place]
        self.variants.append(made)
        self.version += 1  # what is side by side is another thing now
        if self.look_of == self.version - 1:
            self.look_of = self.version
        return True

    def drop(self, name: str) -> None:
        """Forgets a variant."""
        self.variants = [each for each in self.variants if each.name != name]
        self.beside = None

    def take_up(self, name: str, words: Sequence[Phrase]) -> bool:
        """Goes on from a variant, as a change that can be taken back; whether there is one of the name."""
        for each in self.variants:
            if each.name == name:
                self._put(Change({}, tuple(words), each.scenario), each.scenario)
                self._moved()
                return True
        return False

    def begin_from(self, scenario: Scenario) -> None:
        """Begins with another scenario, as if it had been opened."""
        self.opened, self.changes, self.made, self._states = scenario, [], 0, {}
        self.folder = ""
        self._moved()

    def refuse(self, path: str, typed: str, error: ScenarioError) -> None:
        """Keeps what was typed with what is wrong."""
        self.wrong[path] = Wrong(typed[:200], error.problems)

    def _moved(self, mended: Mapping[str, Any] | None = None) -> None:
        """The scenario is another one; what was typed wrong stays where it was not the change that mended it."""
        self.wrong = {path: each for path, each in self.wrong.items() if mended is not None and path not in mended}
        self.version += 1


class Drafts:
    """All drafts of a server."""

    def __init__(self) -> None:
        """None yet."""
        self._there: OrderedDict[str, Draft] = OrderedDict()

    def open(self, scenario: Scenario, name: str, language: str, beside: Sequence[Scenario] = ()) -> Draft:
        """A new draft.

        Args:
            scenario: it begins with.
            name: what it was opened from.
            language: of its pages.
            beside: others that stand in the same file: all are saved as variants, as far as there is room.
        """
        draft = Draft(secrets.token_hex(8), language, scenario, name)
        if beside:
            several = [scenario, *beside][:MOST_VARIANTS]
            titles = told_apart({str(n): each.provenance.title for n, each in enumerate(several, 1)})
            draft.variants = [
                Variant(texts(language).title(title)[:LONGEST_NAME], each)
                for title, each in zip(titles.values(), several, strict=True)
            ][::-1]  # the others are held against the one saved last
        self._there[draft.id] = draft
        while len(self._there) > MOST:
            self._there.popitem(last=False)
        return draft

    def get(self, id: str) -> Draft | None:
        """A draft; None where there is none of the name."""
        found = self._there.get(id)
        if found is not None:
            self._there.move_to_end(id)
        return found

    def __len__(self) -> int:
        return len(self._there)
