"""The scenario: the root of what the user writes, checked and fully resolved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import PrivateAttr

from simulation.mechanisms.hand_off import HandOff
from simulation.scenario.calendar import CalendarSpec
from simulation.scenario.experiment import Experiment
from simulation.scenario.history import LastYear
from simulation.scenario.inputs import Inputs
from simulation.scenario.interventions import Intervention
from simulation.scenario.market import Market
from simulation.scenario.money import Budget, Plan
from simulation.scenario.people import People
from simulation.scenario.search import StructureSearch
from simulation.scenario.structures import Structure
from simulation.written.base import ANOTHER, Block, Neutral, key, required
from simulation.written.shown import Shown

if TYPE_CHECKING:
    from simulation.written.figures import Provenance


T = TypeVar("T")
_DESCRIBES = "fixed-description"


class Scenario(Shown, Block):
    """A scenario: an immutable value. After loading no default, unit or reference is left to resolve."""

    version: Literal[1] = required("Version of the scenario format.", changes=_DESCRIBES)
    title: str = key("", "Title in reports.", changes=_DESCRIBES)
    description: str = key("", "What the scenario is about.", changes=_DESCRIBES)
    currency: str = key("RUB", "Currency of all money, ISO code.", changes=_DESCRIBES)
    locale: str = key("en", "Language of reports and numbers: en, ru.", changes=_DESCRIBES)
    calendar: CalendarSpec = key({}, "When people work.", changes="fixed-calendar")
    experiment: Experiment = key({}, "How the scenario is simulated.", changes="fixed-experiment")
    market: Market = required("Everything outside the firm.")
    people: People = key({}, "What is true of the people in every structure.")
    hand_off: HandOff = key({}, "Hand-offs between roles.", changes=True)
    structures: dict[str, Structure] = required("The structures by name.", min_length=1, new="new-structure")
    interventions: tuple[Intervention, ...] = key(
        (), "What changes during the run, under every structure.", changes=ANOTHER, neutral=Neutral("interventions", ())
    )
    plan: Plan | None = key(None, "The sales plan; null: none.", changes="fixed-plan")
    budget: Budget = key({}, "The budget.", changes="fixed-rates")
    search: dict[str, StructureSearch] = key(
        {},
        "What `optimise` may try, by structure; runs do not read it.",
        changes="fixed-search",
    )
    history: LastYear | None = key(
        None,
        "Your own last year, which `check` holds the simulation against; null: none.",
        changes="fixed-history",
    )

    inputs: Inputs | None = key(
        None,
        "Inputs that are drawn together, a row of a table for each possible year; null: none.",
        changes="fixed-draws",
    )

    _provenance: Provenance | None = PrivateAttr(default=None)
    _worked_out: dict[Hashable, Any] = PrivateAttr(default_factory=dict)

    @property
    def provenance(self) -> Provenance:
        """Where each value comes from, and the figures with ranges and sources."""
        if self._provenance is None:
            raise AttributeError("this scenario was not loaded from a file or text")
        return self._provenance

    @property
    def reading(self) -> dict[str, object]:
        """What a written quantity is read with: the length of a working day, and the currency."""
        return {"hours_per_day": self.calendar.hours_per_day, "currency": self.currency}

    def __repr__(self) -> str:
        """The title and the structures, in a line."""
        return f"Scenario({self.title!r}: {', '.join(self.structures)}; {self.experiment.months} months)"

    __str__ = __repr__

    def once(self, what: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from this scenario alone, worked out when it is asked for first.

        Args:
            what: names it, with everything besides the scenario that it depends on.
            work_out: gives it; what is given is shared, and nobody may change it.
        """
        known = self._worked_out
        if what not in known:
            known[what] = work_out()
        found: T = known[what]
        return found

    def passing(self, structure: Structure) -> HandOff:
        """What hand-offs cost in a structure."""
        return structure.hand_off or self.hand_off

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Scenario:
        """A copy with some of its blocks replaced, unchecked; what follows from it is its own."""
        copy = super().model_copy(update=update, deep=deep)
        copy._worked_out = {}
        return copy

    def __getstate__(self) -> dict[Any, Any]:
        """What is pickled: not what follows from the scenario, which is worked out again where it is asked for."""
        state = super().__getstate__()
        return {**state, "__pydantic_private__": {**(state["__pydantic_private__"] or {}), "_worked_out": {}}}

    def __eq__(self, other: object) -> bool:
        """Whether all values are equal, wherever they come from."""
        return isinstance(other, Scenario) and self.__dict__ == other.__dict__

    def replace(self, values: Mapping[str, object]) -> Scenario:
        """A new scenario with the values at dotted paths replaced, checked again as if the file said so."""
        from simulation.sense.loader import replaced  # the one look ahead: what is replaced is checked as a file is

        return replaced(self, values)

    def varied(self, values: Mapping[str, object]) -> Scenario:
        """The same for runs alone: without the alternatives of `optimise`, whose check takes half the time."""
        from simulation.sense.loader import replaced

        return replaced(self, values, alternatives=False)
