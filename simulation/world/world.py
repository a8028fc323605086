"""The World of one replication: everything that does not depend on the structure."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.prospecting import attempts_needed
from simulation.scenario.calendar import CalendarSpec, WorkingCalendar
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.scenario import Scenario
from simulation.world.arrivals import arrive
from simulation.world.people import Crowd
from simulation.world.rates import Specs, distributor_exit, in_force
from simulation.world.stock import GROW, Stock
from simulation.world.streams import Streams


class World:
    """All luck of replication `replication` of the scenario; structures that share a World are paired.

    Times are hours since `start` 00:00, which lies the warm-up before the experiment's first day.
    """

    def __init__(self, scenario: Scenario, replication: int) -> None:
        experiment = scenario.experiment
        self.scenario = scenario
        self.replication = replication
        self.streams = Streams(experiment.seed, replication)
        self.start = experiment.hour_zero
        self.crowd = Crowd(self.streams, scenario.people)
        self._stocks: dict[tuple[str, str], Stock] = {}
        self._attempts: dict[tuple[str, float, int], list[int]] = {}  # by channel, chance and how often drawn anew
        self._dated: dict[str, list[tuple[Specs, Stock]]] = {}  # of channels that change during the run

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working calendar from the start to beyond the end."""
        experiment = self.scenario.experiment
        return shared_calendar(self.scenario, self.start, experiment.warm_up + experiment.months)

    @cached_property
    def month_edges(self) -> list[float]:
        """Hours at which the months begin, the warm-up's too; the last entry is the end of the simulation."""
        return self.scenario.experiment.month_edges

    @property
    def end(self) -> float:
        """End of the simulation, hours."""
        return self.month_edges[-1]

    def forget(self) -> None:
        """Let go of everything at once, for there is no room: its parts know one another, so nobody else would."""
        for stock in self._all_stocks():
            stock.forget()
        vars(self).clear()

    @property
    def leads_so_far(self) -> int:
        """How many leads and customers are known by now."""
        return sum(map(len, self._all_stocks()))

    def _all_stocks(self) -> list[Stock]:
        return [*self._stocks.values(), *(stock for known in self._dated.values() for _, stock in known)]

    def leads(self, channel: str, specs: Specs | None = None) -> Stock:
        """The leads of a channel: those that arrive until the end, or the finds so far asked for.

        Args:
            channel: name of the channel.
            specs: its specification in force from each time on, hours since the start, the first from -inf; None: the
                scenario's own throughout. Equal ones share a stock. Finds do not depend on it.

        Raises:
            ValueError: the kind of the channel or its `arrival_hours` change.
        """
        own = self.scenario.market.channels[channel]
        if specs is not None and isinstance(own, Arrivals | Distributor):
            specs = in_force(specs, self.end)
            if specs != ((-inf, own),):
                return self._leads_that_change(channel, specs)
        key = (channel, "")
        if key not in self._stocks:
            if isinstance(own, Arrivals | Distributor):
                stock = arrive(
                    self.streams, channel, ((-inf, own),), self.calendar, self.start, self.end, self.scenario.calendar
                )
            else:
                stock = Stock.of(self.streams, channel, "found", 0)
            self._stocks[key] = stock
        return self._stocks[key]

    def _leads_that_change(self, channel: str, specs: Specs) -> Stock:
        known = self._dated.setdefault(channel, [])
        for others, stock in known:  # a list, because a specification compares by value but has no hash
            if others == specs:
                return stock
        stock = arrive(self.streams, channel, specs, self.calendar, self.start, self.end, self.scenario.calendar)
        known.append((specs, stock))
        return stock

    def initial(self, what: str, channel: str, count: int) -> Stock:
        """Those there on the first day: `what` is 'pipeline' or 'base' (customers)."""
        key = (channel, what)
        if key not in self._stocks:
            self._stocks[key] = Stock.of(self.streams, channel, what, count)
        return self._stocks[key]

    def attempts_to_find(self, channel: str, find: int, probability: float | None = None, again: int = 0) -> int:
        """Attempts that the channel's `find`-th find needs (geometric), counted from the previous find.

        `probability` is that of finding a lead in one attempt, above 0; None: the scenario's own. A likelier find never
        needs more attempts. `again`: the same find, drawn anew for the n-th time because the probability changed.
        """
        if probability is None:
            spec = self.scenario.market.channels[channel]
            assert isinstance(spec, Outbound)
            probability = spec.find_probability
        if probability >= 1:
            return 1
        known = self._attempts.setdefault((channel, probability, again), [])
        while len(known) <= find:
            known += self.attempts(channel, GROW, probability, again, len(known)).tolist()
        return known[find]

    def attempts(
        self, channel: str, finds: int, probability: float, again: int = 0, first: int = 0
    ) -> NDArray[np.int64]:
        """The same of so many finds of the channel from number `first` on, shape (finds,)."""
        return attempts_needed(self.streams.uniforms(f"finds/{channel}/attempts", finds, again, first), probability)

    def distributor_exit(self, channel: str, specs: Specs | None = None) -> float:
        """Time at which the distributor walks away, hours; `specs` as in `leads`."""
        return distributor_exit(self.streams, channel, specs or ((-inf, self.scenario.market.channels[channel]),))

    def crm_luck(self, ordinal: int) -> float:
        """Luck of a structure's CRM roll-out number `ordinal` (from 0), uniform in (0, 1): it fails below `failure`."""
        return float(self.streams.uniforms("crm/failure", 1, first=ordinal)[0])


_CALENDARS: dict[tuple[str, str, float], WorkingCalendar] = {}


def shared_calendar(scenario: Scenario, start: date, months: int) -> WorkingCalendar:
    """The calendar of a scenario, built once per process."""
    return scenario.once(("calendar", start, months), lambda: _built(scenario.calendar, start, months))


def calendar_of(spec: CalendarSpec, beside: WorkingCalendar) -> WorkingCalendar:
    """The calendar of people with hours of their own, over the same time as the office's."""
    return _built(spec, beside.start, beside.months)


def _built(spec: CalendarSpec, start: date, months: float) -> WorkingCalendar:
    """Building a calendar asks for every public holiday."""
    key = (spec.model_dump_json(), str(start), months)
    if key not in _CALENDARS:
        if len(_CALENDARS) > 64:
            _CALENDARS.clear()
        _CALENDARS[key] = WorkingCalendar.build(spec, start, months)
    return _CALENDARS[key]
