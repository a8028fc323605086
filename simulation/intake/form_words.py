"""What stands in the cells of a form: labels, headings, values and defaults in words, and what a drop-down offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import yaml
from pydantic_core import PydanticUndefined

from simulation.intake.form_entries import Entry, is_truth
from simulation.scenario import preset_files
from simulation.scenario.describe import resolved, told, unit_of
from simulation.scenario.form_titles import DECLARED
from simulation.scenario.path_words import words_for
from simulation.scenario.places import along, places
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, product_titles, structure_titles
from simulation.texts import Phrase, Texts
from simulation.written.choices import in_words, law_title, parameter_title, plainly, title_of
from simulation.written.laws import PARAMETERS
from simulation.written.problems import allowed
from simulation.written.quantities import Quantity, told_span
from simulation.written.schema import Slot, value_at
from simulation.written.spelling import QuantityError
from simulation.written.tree import Node
from simulation.written.workbook import FLOW, LIST, NUMBER, NUMBERS, TEXT, listed


class Cell(NamedTuple):
    """A value as it stands in a cell: its kind, by which it is read again, and what is written."""

    kind: str
    held: Any


class Offer(NamedTuple):
    """What a drop-down offers, and whether something else may be typed."""

    titles: tuple[str, ...]
    open: bool = False


class FormWords:
    """The words of one scenario's form in one language."""

    def __init__(self, scenario: Scenario, t: Texts) -> None:
        """The scenario, and the texts of the language."""
        self.scenario, self.t = scenario, t
        self.resolved = resolved(scenario)
        self.presets = preset_files.expand(_bare(scenario.provenance.tree))
        self.declared: Mapping[str, Sequence[str]] = {
            "structures": list(structure_titles(scenario).values()),
            "market.channels": list(channel_titles(scenario.market).values()),
            "market.products": list(product_titles(scenario.market).values()),
        }

    def section(self, entry: Entry) -> str:
        """What stands above the rows of a block: its title, with the name of the entry."""
        if entry.new:
            return self.t(entry.new)
        if len(entry.path) == 1:
            return self.t("xlsx-whole")
        path = entry.path[: 3 if len(entry.path) > 3 else len(entry.path) - 1]
        if entry.path[:1] == ("structures",) and entry.path[2:3] == ("roles",):
            path = entry.path[:4]
        if len(path) > 1 and self._is_law(path):
            path = path[:-1]
        return self._words(".".join(map(str, path))) or str(path[-1])

    def _is_law(self, path: Sequence[str | int]) -> bool:
        place = along(self.scenario, ".".join(map(str, path)))[-1:]
        return bool(place and place[0].place is not None and place[0].place.slot.distribution is not None)

    def label(self, entry: Entry) -> str:
        """What stands beside a value."""
        if entry.path[-1] == "preset":
            return self.t("xlsx-preset")
        if entry.new:
            return self._of_new(entry)
        law = next((str(step) for step in entry.path[-2:] if step in PARAMETERS), None)
        if law is not None and (above := self._words(self._dotted(entry, 2 if law == entry.path[-2] else 1))):
            name = str(entry.path[-1])
            parameter = self.t.again(parameter_title(PARAMETERS[law][0] if name == law else name))
            return self.t("xlsx-of-law", above=above, parameter=parameter, law=self.t.again(law_title(law)))
        said = self._words(entry.dotted)
        if said:
            return said
        above = self._words(self._dotted(entry, 1)) or self._words(self._dotted(entry, 2))
        own = self.t.again(title_of(entry.path[-1]))
        return f"{above}: {own}" if above else own

    def _of_new(self, entry: Entry) -> str:
        """The title of a key of an entry that is not there yet."""
        *above, _, name = map(str, entry.path)
        key = _titled()[".".join((*above, "*", name))]
        return self.t(key, stage=self.t("xlsx-new-one"))

    @staticmethod
    def _dotted(entry: Entry, depth: int) -> str:
        return ".".join(map(str, entry.path[:-depth]))

    def _words(self, dotted: str) -> str:
        said = words_for(self.scenario, dotted)
        return self.t.again(said) if said is not None else ""

    def unit(self, slot: Slot) -> str:
        """The unit of a value."""
        return self.t.again(told(unit_of(slot, self.scenario.currency)))

    def allowed(self, entry: Entry) -> str:
        """What may be typed, '' where it is only a matter of the drop-down."""
        offer = self.offer(entry)
        if offer.titles and not offer.open:
            return ", ".join(offer.titles)
        return self.t.again(allowed(entry.slot, form=True)) if entry.slot is not None else ""

    def default(self, entry: Entry) -> str:
        """What holds where a cell is left empty, as it could be typed there."""
        slot, t = entry.slot, self.t
        if slot is None:
            return ""
        default = self._holds(entry, slot)
        if default is None and slot.takes_null:
            return t("xlsx-none")
        if default is PydanticUndefined or slot.required or default in ({}, (), [], "", None):
            return ""
        if isinstance(default, bool):
            return t("xlsx-yes" if default else "xlsx-no")
        if isinstance(default, dict) and slot.distribution is not None:
            return in_words(default, t) or ""
        if isinstance(default, (list, tuple, dict)):
            return "; ".join(self._piece(each) for each in default) if not isinstance(default, dict) else ""
        unit = slot.quantity.unit if slot.quantity is not None else ""
        if isinstance(default, (int, float)) and unit in ("share", "share a year"):
            return f"{t.style.shortest(100 * default)} %"
        if isinstance(default, (int, float)) and not isinstance(default, bool):
            return t.style.shortest(default)
        return self._piece(default)

    def _holds(self, entry: Entry, slot: Slot) -> Any:
        """What the scenario has where nothing is written: of its preset, of the default of a block, of the key."""
        if entry.value is None:
            found = value_at(self.resolved, entry.dotted)
            return slot.default if found is None else found
        preset = self.presets.get(entry.dotted)
        return slot.default if preset is None else preset.plain

    def _piece(self, value: Any) -> str:
        said = title_of(value)
        return self.t.again(said) if isinstance(said, Phrase) else plainly(value, self.t)

    def offer(self, entry: Entry) -> Offer:
        """What the drop-down of a value offers; nothing where there is none."""
        t, last = self.t, str(entry.path[-1])
        if last == "preset":
            kind = "roles" if "roles" in entry.path else "structures"
            index = 0 if t.language == "en" else -1
            return Offer(tuple(titles[index] for titles in preset_files.titled(kind).values()))
        if entry.slot is None:
            return Offer(())
        if is_truth(entry.slot):
            return Offer((t("xlsx-yes"), t("xlsx-no")))
        choices = entry.kinds or entry.slot.choices
        if choices and entry.slot.quantity is None:
            titles = tuple(t.again(title_of(each)) for each in choices if each != "")
            return Offer(titles if len(titles) > 1 else ())
        where = DECLARED.get(last)
        return Offer(tuple(map(t.again, self.declared[where])) if where else (), open=True)

    def cell(self, node: Node | None, entry: Entry) -> Cell:
        """Kind and content of a value's cell."""
        slot = entry.slot
        quantity = slot.quantity if slot is not None else None
        if node is None:
            return Cell(TEXT if slot is not None and quantity is None and _is_word(slot) else NUMBER, None)
        value = node.value
        if value is None:
            return Cell(NUMBER, self.t("xlsx-none"))
        if isinstance(value, bool):
            return Cell(NUMBER, self.t("xlsx-yes" if value else "xlsx-no"))
        if isinstance(value, str):
            return self._text(value, entry)
        if isinstance(value, (int, float)) and float(f"{value:.16G}") == value:
            return Cell(NUMBER, value)
        if isinstance(value, date):
            return Cell(FLOW, value.isoformat())
        return self._listed(node, slot) or Cell(FLOW, flow(node.plain))

    def _text(self, value: str, entry: Entry) -> Cell:
        slot = entry.slot
        quantity = slot.quantity if slot is not None else None
        if quantity is None or (slot is not None and value in slot.choices):
            said = self._titled(value, entry)
            return Cell(TEXT, said) if said else Cell(f"{TEXT} empty", "")
        if quantity.unit in ("share", "money"):
            try:
                number = quantity.parse(value, self.scenario.reading)
            except QuantityError:
                return Cell(FLOW, flow(value))
            if float(f"{number:.16G}") == number:
                return Cell(NUMBER, number)
        return Cell(NUMBER, self._span(value, quantity))

    def _titled(self, value: str, entry: Entry) -> str:
        """The title of a value that a form is read with again; the value itself where it has none."""
        last = str(entry.path[-1])
        if last == "preset":
            kind = "roles" if "roles" in entry.path else "structures"
            titles = preset_files.titled(kind).get(value, (value,))
            return titles[0 if self.t.language == "en" else -1]
        if entry.slot is not None and value in (entry.kinds or entry.slot.choices):
            return self.t.again(title_of(value))
        if (where := DECLARED.get(last)) is not None:
            names = _titles_of(self.scenario, where)
            return self.t.again(names[value]) if value in names else value
        return value

    def _span(self, value: str, quantity: Quantity) -> str:
        """A time in words of the language, where it is read as the same; any other text as it stands."""
        said, reading = self.t.again(told_span(value)), self.scenario.reading
        same = quantity.clock and said != value and quantity.parse(value, reading) == _parsed(quantity, said, reading)
        return said if same else value

    def _listed(self, node: Node, slot: Slot | None) -> Cell | None:
        """A list of texts or of numbers as people write it; None where it would be read otherwise."""
        values = node.plain
        if not isinstance(values, (list, tuple)) or not values:
            return None
        values = list(values)
        if all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in values):
            text = "; ".join(plainly(each, self.t) for each in values)
            return Cell(NUMBERS, text) if listed(text, NUMBERS) == values else None
        entry = slot.entry if slot is not None else None
        said = [self._entry(each, entry) for each in values]
        if None in said:
            return None
        text = "; ".join(map(str, said)) + (";" if len(said) == 1 and "," in str(said[0]) else "")
        return Cell(LIST, text) if listed(text, LIST) == said and text[:1] not in "[{" else None

    def _entry(self, value: Any, slot: Slot | None) -> str | None:
        """An entry of a list; None where it cannot stand among others."""
        if isinstance(value, dict):
            return flow(value)
        if not isinstance(value, str) or value[:1] == "{":
            return None
        if slot is not None and value in slot.words:
            return self.t.again(title_of(value))
        return value if slot is None or slot.quantity is None else self._span(value, slot.quantity)


def _bare(tree: Node) -> Node:
    """Of a tree the structures and their roles with nothing but their presets."""

    def bare(each: Node) -> Node:
        held = dict(each.children())
        kept = {"preset": held["preset"]} if "preset" in held else {}
        if "roles" in held:
            kept["roles"] = Node({name: bare(role) for name, role in held["roles"].children()}, each.origin)
        return Node(kept, each.origin)

    structures = dict(tree.children()).get("structures")
    if structures is None:
        return Node({}, tree.origin)
    inside = {name: bare(each) for name, each in structures.children() if not each.removes}
    return Node({"structures": Node(inside, structures.origin)}, tree.origin)


@cache
def _titled() -> Mapping[str, str]:
    """Keys of titles by the pattern of their place, of the first block that has it."""
    return {place.path: place.text for place in reversed(places())}


def _titles_of(scenario: Scenario, where: str) -> Mapping[str, str]:
    if where == "structures":
        return structure_titles(scenario)
    return channel_titles(scenario.market) if where == "market.channels" else product_titles(scenario.market)


def _parsed(quantity: Quantity, text: str, reading: Mapping[str, object]) -> float | None:
    try:
        return quantity.parse(text, reading)
    except QuantityError:
        return None


def _is_word(slot: Slot) -> bool:
    return any(each.annotation is str for each in slot.variants) or bool(slot.choices)


def flow(value: Any) -> str:
    """A value as YAML in one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("...").strip()
