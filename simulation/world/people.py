"""People as fate makes them: by seat and ordinal of the hire, the same whatever role the seat has."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from simulation.mechanisms.absence import from_then_on
from simulation.mechanisms.probation import Probation
from simulation.scenario.people import ACTIVITIES, People
from simulation.world.streams import Floats, Streams
from simulation.written.distributions import Distribution
from simulation.written.special import ndtri


class Crowd:
    """Who the n-th hire of each seat is; hire 0 is there on the first day.

    A run asks by seat and hire, both integers; what was drawn is kept, because every structure asks for the same.
    """

    def __init__(self, streams: Streams, people: People) -> None:
        self._streams = streams
        self._people = people
        self._traits: dict[tuple[str, int], Floats] = {}  # by seat
        self._tenures: dict[int, Floats] = {}  # by hire
        self._talents: dict[int, Floats] = {}
        self._searches: list[tuple[Distribution, dict[int, Floats]]] = []  # by law, then by hire and seat
        self._spells: dict[tuple[int, int, float], list[tuple[float, float]]] = {}

    def tenure(self, seats: int, hire: int = 0) -> Floats:
        """Time in the firm on the first day, hours, shape (seats,)."""
        known = self._tenures.get(hire)
        if known is None or len(known) < seats:
            known = self._people.tenure.quantile(self._streams.uniforms("people/tenure", seats, hire))
            self._tenures[hire] = known
        return known[:seats]

    def talent(self, seats: int, hire: int = 0) -> Floats:
        """Talent with mean 1, shape (seats, activities): lognormal with a common and an own part per activity."""
        if self._people.talent.sd == 0:
            return np.ones((seats, len(ACTIVITIES)))
        common = ndtri(self._streams.uniforms("people/talent", seats, hire))
        own = [ndtri(self._streams.uniforms(f"people/talent/{activity}", seats, hire)) for activity in ACTIVITIES]
        return self._people.talent.of(common, np.column_stack(own))

    def talent_of(self, seat: int, hire: int) -> Floats:
        """Talent of one person, shape (activities,)."""
        known = self._talents.get(hire)
        if known is None or len(known) <= seat:
            known = self._talents[hire] = self.talent(seat + 1, hire)
        return known[seat]

    def threshold(self, seat: int, hire: int) -> float:
        """What the integral of the hazard must reach for the person to leave: a unit-exponential number."""
        return float(-np.log(self._trait("threshold", seat, hire)[seat]))

    def recruiting_time(self, seat: int, hire: int, law: Distribution) -> float:
        """Hours of the search that ends with hire number `hire` (1 or more) of the seat, from the law of its role."""
        if law.is_constant:
            return law.mean
        uniforms = self._trait("recruiting", seat, hire)
        hours = next((known for other, known in self._searches if other is law or other == law), None)
        if hours is None:
            hours = {}
            self._searches.append((law, hours))
        if hire not in hours or len(hours[hire]) <= seat:
            hours[hire] = law.quantile(uniforms)
        return float(hours[hire][seat])

    def fails_probation(self, seat: int, hire: int, probation: Probation, activities: Collection[str]) -> bool:
        """Whether the person fails; where people are alike, or the role has no activities, luck decides."""
        if probation.failure == 0:
            return False
        merit, talent = None, self._people.talent
        chosen = [number for number, activity in enumerate(ACTIVITIES) if activity in activities]
        if talent.sd > 0 and chosen and probation.insight > 0:
            merit = talent.merit(np.log(self.talent_of(seat, hire)[chosen]))
        return probation.fails(merit, float(ndtri(self._trait("probation", seat, hire)[seat])))

    def _trait(self, what: str, seat: int, hire: int) -> Floats:
        """Uniforms of a trait of a hire, by seat; at least up to this one."""
        known = self._traits.get((what, hire))
        if known is None or len(known) <= seat:
            known = self._traits[what, hire] = self._streams.uniforms(f"people/{what}", seat + 1, hire)
        return known

    def absences(self, seat: int, end: float, hire: int = 0, since: float = 0.0) -> list[tuple[float, float]]:
        """Absences (from, to) in hours that begin at `since` or later and before `end`, in order and without overlap.

        `since` is the first day of the person; a spell under way then is dropped.
        """
        key = (seat, hire, end)
        if key not in self._spells:
            self._spells[key] = self._people.absence.drawn(
                end, lambda what, count: self._streams.uniforms(f"absence/{seat}/{what}", count, hire)
            )
        return from_then_on(self._spells[key], since)
