"""What can be varied: a value of the scenario by its dotted path, or a dial that moves several values together.

A dial stands for what no single key says. Its name is one word, so that it cannot be a path:

=================  ===================================================================================================
``specialisation``  strength of all learning curves: 0 makes beginners worth as much as masters, 1 is as written; in
                    between and beyond, start and mastery keep their distance to 1 in proportion (docs/calibration.md
                    says which gain that is)
``inbound``         factor on the leads a month of every inbound channel
``turnover``        factor on the turnover a year of every role
``team``            people who sell and serve: every structure has that many, in the proportions that it was given
=================  ===================================================================================================

Here too: who can be counted more or fewer: the roles that sell and serve, and their headcounts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.scenario.channels import Arrivals
from simulation.scenario.describe import resolved
from simulation.scenario.path_words import words_for
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.places import numbered
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.scenario.structures import tenure_form, turnover_per_year
from simulation.scenario.timeline import set_path
from simulation.texts import Amount, Digits, Percent, Phrase, Verbatim, joined, say, texts, worded
from simulation.written import schema
from simulation.written.base import Plausible
from simulation.written.errors import beside
from simulation.written.quantities import COUNT, NUMBER, Quantity
from simulation.written.readers import parse_number
from simulation.written.spelling import QuantityError, nearest

__all__ = ["headcounts", "in_proportion", "is_counted"]


def headcounts(scenario: Scenario, structure: str) -> dict[str, int]:
    """Headcount of every role that may be counted otherwise, in the order of the structure."""
    roles = scenario.structures[structure].roles
    return {name: role.headcount for name, role in roles.items() if is_counted(role)}


def in_proportion(heads: Mapping[str, int], people: int) -> dict[str, int]:
    """So many people in the proportions of others, by largest remainder (Hamilton); nobody's role is emptied.

    Args:
        heads: headcounts whose proportions are kept; roles without people stay without.
        people: how many there are to be.
    """
    whole = sum(heads.values())
    filled = [name for name, count in heads.items() if count]
    if whole == 0 or people < len(filled):
        raise ValueError(worded("heads-few", people=people, filled=len(filled)))
    share = {name: people * heads[name] / whole for name in filled}
    made = {name: max(1, int(share[name])) for name in filled}
    # largest remainder first; where the least of one each took too many, the largest roles give back
    while sum(made.values()) < people:
        made[max(filled, key=lambda n: share[n] - made[n])] += 1
    while sum(made.values()) > people:
        made[max((n for n in filled if made[n] > 1), key=lambda n: made[n] - share[n])] -= 1
    return {name: made.get(name, 0) for name in heads}


Settings = dict[str, Any]

LEAST = 0.02
"""The lowest proficiency that a dial may give a beginner: none at all would never finish any work."""


MOST_NAMED = 6
"""Most numbers inside of a value that a message lists."""


class VariationError(ValueError):
    """A name or a value that cannot be varied; the message says what is allowed and names the nearest."""


@dataclass(frozen=True)
class Variable:
    """Something that can be varied.

    Attributes:
        name: dotted path or name of a dial.
        quantity: how a value is read and written.
        whole: whether only whole numbers make sense.
        current: the value that the scenario has, in the unit used inside.
        words: what it is called in sentences, where there are words.
    """

    name: str
    quantity: Quantity
    whole: bool
    current: float
    words: Phrase | None = None

    @property
    def many(self) -> bool:
        """Whether an English verb after the title stands in the plural."""
        title = self.title
        return texts("en").marked(title.values.get("title", title).key, "many")

    def parse(self, text: object, context: Mapping[str, Any] | None = None) -> float:
        """A value as a person writes it, in the unit used inside.

        Raises:
            VariationError: it is no such quantity.
        """
        try:
            value = self.quantity.parse(text, context or {})
        except QuantityError as error:
            raise VariationError(joined((Verbatim(self.name), error.phrase), ": ")) from None
        return self.rounded(value)

    def rounded(self, value: float) -> float:
        """The value, whole where it has to be."""
        return float(round(value)) if self.whole else float(value)

    def written(self, value: float) -> str | float:
        """A value as a scenario writes it."""
        return int(round(value)) if self.whole else self.quantity.write(float(value))

    def amount(self, value: float, currency: str = "") -> Amount | Percent:
        """A value for a sentence or an axis."""
        unit = self.quantity.unit
        if unit.startswith("share"):
            return Percent(value)
        if unit == "money":
            return Amount(value, "money", currency)
        if self.quantity.clock:
            if self.quantity.clock == "elapsed" and abs(value) >= 48:
                return Amount(value / 24, "days")
            return Amount(value, "working hours" if self.quantity.clock == "working" else "hours")
        return Amount(value)

    @property
    def title(self) -> Phrase:
        """What it is called in sentences: its words, else its path."""
        return self.words or say("variable-path", path=self.name)


def variable(scenario: Scenario, name: str) -> Variable:
    """What a name stands for in a scenario.

    Raises:
        VariationError: there is nothing of the name, or it is not a number.
    """
    if name in DIALS:
        dial = DIALS[name]
        return Variable(name, NUMBER, dial.whole, dial.current(scenario), say(f"variable-{name}"))
    tree = scenario.model_dump(mode="json")
    slot = schema.at(type(scenario), tree, set_path(scenario, name))
    found = schema.value_at(tree, set_path(scenario, name))
    if slot is None or found is None:
        raise VariationError(_without(scenario, name, tree))
    quantity = slot.quantity or NUMBER
    whole = isinstance(found, int) and not isinstance(found, bool) and slot.quantity in (None, COUNT)
    try:
        if isinstance(found, bool):
            raise QuantityError("")
        current = quantity.parse(found, scenario.reading)
    except QuantityError:
        inside = [each for each in names(scenario) if each.startswith(f"{name}.")]
        few = ", ".join(inside) if len(inside) <= MOST_NAMED else ""
        raise VariationError(beside(worded("no-number", name=name), few)) from None
    return Variable(name, quantity, whole, current, words_for(scenario, name))


def names(scenario: Scenario) -> list[str]:
    """Every name that can be varied: the dials, then the paths of what has a value, in the order of the schema."""
    return [*DIALS, *(path for path, value in _paths(scenario).items() if value is not None)]


_NO_NUMBERS = {"version", "seed", "title", "description", "name", "source", "kind", "preset"}


def _paths(scenario: Scenario) -> dict[str, Any]:
    """Single values by path, in the order of the schema; None where a key has none."""
    found: dict[str, Any] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{path}.{key}" if path else str(key))
        elif isinstance(value, (list, tuple)):
            for index, inner in enumerate(value):
                walk(inner, f"{path}.{index}")
        elif path.split(".")[-1] not in _NO_NUMBERS:
            found[path] = value

    walk(resolved(scenario), "")
    return found


def _without(scenario: Scenario, name: str, tree: Mapping[str, Any]) -> Phrase:
    """Why a path has no value: it or what it lies in is null, an entry goes by its number, or nothing is called so."""
    paths = _paths(scenario)
    for empty in (path for path, value in paths.items() if value is None):
        if name == empty or name.startswith(f"{empty}."):
            return worded("no-value", name=empty)
    near, entries = numbered(tree, name)
    if entries:
        return beside(worded("no-path", name=repr(name)), entries, suggestion=near)
    known, (parent, _, last) = names(scenario), name.rpartition(".")
    for alike in (
        [each for each in known if parent and each.startswith(f"{parent}.") and each.split(".")[-1] == last],
        known,
        [each for each in known if parent and each.split(".")[-1] == last],  # a wrong step in the middle
    ):
        near = near or nearest(name, alike) or ""
    return beside(worded("no-variable", name=repr(name), dials=", ".join(DIALS)), suggestion=near)


def settings(scenario: Scenario, values: Mapping[Variable, float]) -> Settings:
    """What must be set for variables to have values: dotted paths as a scenario writes them."""
    made: Settings = {}
    for each, value in values.items():
        if each.name in DIALS:
            made |= DIALS[each.name].settings(scenario, value)
        else:
            made[each.name] = each.written(value)
    return made


def varied(scenario: Scenario, values: Mapping[Variable, float]) -> Scenario:
    """The scenario with variables at values.

    Raises:
        ScenarioError: a value that is not allowed there.
    """
    made = settings(scenario, values)
    return scenario.varied(made) if made else scenario


# --- dials ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dial:
    """A value that moves several.

    Attributes:
        settings: scenario and value to values at dotted paths.
        current: the value that leaves a scenario as it is.
        whole: whether only whole numbers make sense.
        plausible: how far it may lie off, where every comparison hangs on it.
    """

    settings: Callable[[Scenario, float], Settings]
    current: Callable[[Scenario], float] = lambda scenario: 1.0
    whole: bool = False
    plausible: Plausible | None = None


def _specialisation(scenario: Scenario, strength: float) -> Settings:
    if strength < 0:
        raise VariationError(worded("specialisation-below", strength=Digits(f"{strength:g}")))
    made: Settings = {}

    def bend(path: str, start: float, mastery: float) -> None:
        if (start, mastery) != (1.0, 1.0):
            made[f"{path}.start"] = max(LEAST, 1.0 - strength * (1.0 - start))
            made[f"{path}.mastery"] = max(LEAST, 1.0 + strength * (mastery - 1.0))

    for activity in ACTIVITIES:
        curve = getattr(scenario.people.learning, activity)
        bend(f"people.learning.{activity}", curve.start, curve.mastery)
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            for own, curve in spec.learning.items():
                bend(f"structures.{name}.roles.{role}.learning.{own}", curve.start, curve.mastery)
    return made


def _inbound(scenario: Scenario, factor: float) -> Settings:
    return {
        f"market.channels.{name}.leads_per_month": channel.leads_per_month * factor
        for name, channel in scenario.market.channels.items()
        if isinstance(channel, Arrivals)
    }


def _turnover(scenario: Scenario, factor: float) -> Settings:
    made: Settings = {"people.turnover.per_year": scenario.people.turnover.per_year * factor}
    for name, structure in scenario.structures.items():
        for role, spec in structure.roles.items():
            if spec.turnover_per_year is not None or tenure_form(scenario.people, spec).per_year is not None:
                made[f"structures.{name}.roles.{role}.turnover_per_year"] = (
                    turnover_per_year(scenario.people, spec) * factor
                )
    return made


def _team(scenario: Scenario, people: float) -> Settings:
    made: Settings = {}
    for name in scenario.structures:
        for role, heads in in_proportion(headcounts(scenario, name), round(people)).items():
            made[f"structures.{name}.roles.{role}.headcount"] = heads
    return made


def _team_now(scenario: Scenario) -> float:
    return float(max(sum(headcounts(scenario, name).values()) for name in scenario.structures))


DIALS: dict[str, Dial] = {
    "specialisation": Dial(
        _specialisation,
        plausible=Plausible(4, 0.0, 1.6, "judgement: gain .15, 0-.30; direction from Staats & Gino 2012"),
    ),
    "inbound": Dial(_inbound),
    "turnover": Dial(_turnover),
    "team": Dial(_team, _team_now, whole=True),
}
"""Dials by name."""


# --- ranges that somebody typed ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Range:
    """A variable and the values that it is to have.

    Attributes:
        variable: what is varied.
        values: in the unit used inside, in the order given.
    """

    variable: Variable
    values: tuple[float, ...]

    @property
    def low(self) -> float:
        """The lowest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The highest value."""
        return max(self.values)


POINTS = 5
"""Values of a range that does not say how many."""
MOST_POINTS = 10_000


def parse_range(scenario: Scenario, text: str) -> Range:
    """A range as a person types it: ``PATH=low:high``, ``PATH=low:high:points`` or ``PATH=a,b,c``.

    Values are written as in a scenario (``hand_off.lead.loss=5%:40%:8``, ``hand_off.lead.delay=2 h:3 days``).

    Raises:
        VariationError: anything in it cannot be understood; the message says what is allowed.
    """
    name, given, rest = text.rpartition("=")  # a key may hold one, a value does not
    if not given or not name.strip() or not rest.strip():
        raise VariationError(worded("range-no-values", text=repr(text)))
    what = variable(scenario, name.strip())
    context = scenario.reading
    if ":" not in rest:
        return Range(what, tuple(what.parse(each.strip(), context) for each in re.split(r",(?!\d{3}\b)", rest)))
    parts = [each.strip() for each in rest.split(":")]
    if len(parts) not in (2, 3):
        raise VariationError(worded("range-parts", text=repr(text), parts=len(parts)))
    low, high = (what.parse(each, context) for each in parts[:2])
    points = POINTS
    if len(parts) == 3:
        try:
            points = int(parse_number(parts[2], {}))
        except QuantityError:
            points = 0
        if not 2 <= points <= MOST_POINTS:
            raise VariationError(worded("range-points", text=repr(text), parts=repr(parts[2]), most_points=MOST_POINTS))
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise VariationError(worded("range-ends", text=repr(text)))
    steps = [what.rounded(low + (high - low) * n / (points - 1)) for n in range(points)]
    return Range(what, tuple(dict.fromkeys(steps)))
