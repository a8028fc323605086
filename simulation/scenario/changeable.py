"""Which values may change during a run, and why the others may not: each key says it itself (`changes`, `new`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from simulation.mechanisms.price import ANSWER, NO_ANSWER
from simulation.scenario.places import along, as_typed, places
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.scenario.timeline import from_root
from simulation.texts import Phrase, joined, worded
from simulation.written.errors import beside
from simulation.written.schema import Slot, fields
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import join


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot change.

    Attributes:
        reason: in words.
        allowed: what may stand instead, or ''.
        suggestion: the nearest path that may change, as it is written at the same place, or ''.
    """

    reason: str
    allowed: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        """One sentence."""
        return str(beside(self.reason, self.allowed, suggestion=self.suggestion))


def refusal(scenario: Scenario, structure: str | None, path: str) -> str | None:
    """Why the value at a path cannot change during a run, in words, or None where it may.

    Args:
        scenario: the scenario.
        structure: the structure whose intervention sets it (the path may begin at the structure), or None.
        path: dotted path as it is written.
    """
    found = look(scenario, structure, path)
    return None if found is None else str(found)


def look(scenario: Scenario, structure: str | None, path: str) -> Refusal | None:
    """The same as ``refusal``, taken apart."""
    if not path or not all(path.split(".")):
        return Refusal(worded("not-a-path", path=quoted(path)), worded("allowed-path"))
    absolute = path if structure is None else from_root(scenario, structure, path)
    parts = absolute.split(".")
    if structure is not None and parts[0] == "structures" and parts[1:2] != [structure]:
        return Refusal(worded("change-other-structure", structure=repr(structure)))
    if structure is None and parts[0] not in Scenario.model_fields and parts[0] in Structure.model_fields:
        written = (f"structures.{name}.{path}" for name in scenario.structures)
        return Refusal(
            worded("change-from-root", parts=parts[0]),
            suggestion=next((each for each in written if look(scenario, None, each) is None), ""),
        )
    missing = _missing(scenario, structure, parts)
    if missing is not None:
        return missing
    return _judged(scenario, absolute)


def flattened(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The single values inside nested mappings, with dotted paths."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from flattened(inner, join(path, str(key)))
    else:
        yield path, value


def _judged(scenario: Scenario, path: str) -> Refusal | None:
    """What the keys say of a path from the root, of which it is known that it exists: the innermost that says it."""
    said = [each.place.facts.changes for each in along(scenario, path) if each.place is not None]
    change = next((each for each in reversed(said) if each), "")
    parts = path.split(".")
    if change is True:
        return _price(scenario, parts)
    if change:
        return Refusal(worded(change))
    inside = (each.path for each in places() if each.facts.changes is True)
    deeper = next((each for each in inside if _below(each.split("."), parts)), "")
    if deeper:
        hint = ".".join(as_typed(deeper).split(".")[len(parts) :])
        return Refusal(worded("change-whole-block", path=path), worded("allowed-path-inside", path=path, hint=hint))
    return Refusal(worded("change-never"))


def _below(pattern: list[str], parts: list[str]) -> bool:
    """Whether a place of the schema lies below a path."""
    return len(pattern) > len(parts) and all(want in ("*", part) for want, part in zip(pattern, parts, strict=False))


def _price(scenario: Scenario, parts: list[str]) -> Refusal | None:
    price = parts[:2] == ["market", "products"] and parts[3:] == ["price"]
    if not price or scenario.market.products[parts[2]].price_response != 0:
        return None
    why = worded("price-response-0", why=worded(NO_ANSWER))
    return Refusal(why, worded("allowed-price-response", what=worded(ANSWER)))


# --- paths that lead nowhere ----------------------------------------------------------------------------------------


def _missing(scenario: Scenario, structure: str | None, parts: list[str]) -> Refusal | None:
    """What is wrong with a path that the scenario does not have."""
    here: Any = scenario
    slot = Slot(Scenario)
    for index, part in enumerate(parts):
        known = _keys(here, slot)
        if known is None:
            return None if slot.inside(part) is not None else _nowhere(parts, index, ())
        if part not in known:
            return _unknown(scenario, structure, parts, index, known, here)
        here, slot = _step(here, slot, part)
    return None


def _keys(here: Any, slot: Slot) -> tuple[str, ...] | None:
    """The names that may follow, or None inside a distribution and after a single value."""
    if slot.distribution is not None:
        return None
    if isinstance(here, BaseModel):
        return tuple(type(here).model_fields)
    if slot.is_mapping:
        choices = slot.keys.choices if slot.keys is not None else ()
        return tuple(map(str, choices)) or tuple(here or ())
    if slot.models:
        return tuple(fields(slot.models[0])) if slot.entry is None else ()
    if slot.entry is not None:
        return tuple(map(str, range(len(here or ()))))
    return None


def _step(here: Any, slot: Slot, part: str) -> tuple[Any, Slot]:
    if isinstance(here, BaseModel):
        return getattr(here, part), fields(type(here))[part]
    inner = slot.inside(part)
    if isinstance(here, Mapping):
        here = here.get(part)
    elif isinstance(here, (list, tuple)):
        here = here[int(part)]
    else:
        here = None
    return here, inner if inner is not None else Slot(Any)


def _absent(part: str, place: str) -> Phrase:
    return worded("no-such-in", name=part, place=place) if place else worded("no-such", name=part)


def _nowhere(parts: list[str], index: int, known: Iterable[str]) -> Refusal:
    place = ".".join(parts[:index])
    return Refusal(_absent(parts[index], place))


def _unknown(
    scenario: Scenario, structure: str | None, parts: list[str], index: int, known: tuple[str, ...], here: Any
) -> Refusal:
    """A name that is not there: what there is, and the nearest path that may change."""
    place = ".".join(parts[:index])
    part = parts[index]
    names = known
    # people write the name of a stage or a position; the path takes its number
    named = isinstance(here, tuple) and bool(here) and all(hasattr(entry, "name") for entry in here)
    if named:
        names = tuple(entry.name for entry in here)
    near = nearest(part, [*names, *(Structure.model_fields if structure is not None and not place else ())])
    number = {name: str(k) for k, name in enumerate(names)} if named else {}
    suggestion = ""
    if near is not None:
        candidate = [*parts[:index], number.get(near, near), *parts[index + 1 :]]
        written = ".".join(candidate)
        if structure is not None:
            written = written.removeprefix(f"structures.{structure}.")
        deeper = look(scenario, structure, written)
        suggestion = written if deeper is None else deeper.suggestion
    steps = along(scenario, place)
    new = steps[-1].place.facts.new if steps and steps[-1].place is not None else ""
    shown = ", ".join(f"{k} ({name})" for k, name in enumerate(names)) if number else ", ".join(names)
    reason = _absent(part, place)
    if new and not suggestion:
        reason = joined((reason, worded(new)), "; ")
    return Refusal(reason, shown, suggestion)
