"""The luck and the base rates of a stock of leads, ready for the dynamics: lists by lead, tables by step."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import exp, inf, nan
from typing import NamedTuple

import numpy as np

from simulation.department.blueprint import Blueprint
from simulation.department.plan.leads import Leads
from simulation.department.plan.market import logit
from simulation.department.plan.table import padded
from simulation.department.rules import Rules, Version
from simulation.department.steps import QUALIFY
from simulation.expected.old_customers import listed_customers
from simulation.mechanisms.filter import Qualification, fit_of_passed
from simulation.mechanisms.reach import Reach
from simulation.scenario.channels import Arrivals, ChannelBase, Outbound
from simulation.scenario.customers import OldCustomer
from simulation.scenario.duties import shares_at
from simulation.scenario.market import Market
from simulation.scenario.scenario import Scenario
from simulation.scenario.stages import Stage
from simulation.world import Stock, World
from simulation.world.frailty import Frailty
from simulation.world.stock import Numbered, Transform
from simulation.world.streams import Floats
from simulation.written.distributions import Distribution
from simulation.written.inverse import InverseTable, log_odds
from simulation.written.odds import bounded

Column = Sequence[float]


class Below(NamedTuple):
    """The law of a flag: 1 where a uniform lies below a share, else 0."""

    share: float

    def quantile(self, u: Floats) -> Floats:
        """Flags of uniforms."""
        return (u < self.share).astype(float)


Lots = Distribution | InverseTable | Below
"""What makes a column's numbers of uniforms."""


def transform_of(law: Lots | None) -> Transform | None:
    """What makes the numbers of a column; None: they are the uniforms."""
    if law is None or isinstance(law, InverseTable):
        return law
    return law.quantile


class Clocks(NamedTuple):
    """When a stage's noes come, if not at once; None: a mechanism that is off."""

    lost: Column | None  # hours until the customer says no
    silent: Column | None  # luck: below the share of those who never say it
    share: float
    expires: float  # hours after which an unanswered lead is closed
    every: float  # hours from one reminder to a silent one to the next
    remind: Column | None  # working hours of a reminder

    def until_no(self, i: int) -> float:
        """Hours until lead i says no; infinite where it never does."""
        if self.silent is not None and self.silent[i] < self.share:
            return inf
        return 0.0 if self.lost is None else self.lost[i]


class Tries:
    """Tries to reach the customers before the work on a stage."""

    __slots__ = ("every", "luck", "most", "probability", "work")

    def __init__(self, reach: Reach, work: Column, luck: Numbered) -> None:
        self.every, self.most = reach.every, reach.most
        self.work = work  # working hours of each try
        self.probability, self.luck = reach.probability, luck

    def reaches(self, i: int, before: int) -> bool:
        """Whether the try after so many in vain reaches lead i."""
        return self.luck.at(i, before) < self.probability


def base_of(market: Market, channel: str) -> list[tuple[str, OldCustomer]]:
    """The product and the row of each customer of a channel that a list has."""
    listed = listed_customers(market).items()
    return [(product, row) for (of, product), rows in listed if of == channel for row in rows for _ in range(row.count)]


_MARKETS: list[Market] = []
_MOST = 32


def _the_same(scenario: Scenario) -> Market:
    """The scenario's market; one object for all scenarios of late that have equal ones."""

    def found() -> Market:
        for each in _MARKETS:
            if each == scenario.market:
                return each
        if len(_MARKETS) >= _MOST:
            del _MARKETS[0]
        _MARKETS.append(scenario.market)
        return scenario.market

    return scenario.once("the same market", found)


class LeadTables:
    """The tables of all channels, made when first asked for: those for new leads, and those of the first day."""

    kind: type[LeadTable]

    def __init__(self, rules: Rules, world: World, blueprint: Blueprint) -> None:
        self.all: list[LeadTable] = []
        self.present: dict[tuple[str, str], LeadTable] = {}  # those for new leads, by channel and kind
        self.latest: dict[LeadTable, LeadTable] = {}  # of channels that have changed since, by the first one
        self._first: dict[tuple[str, str], LeadTable] = {}
        self._rules = rules
        self._world = world
        self._blueprint = blueprint

    def of(self, channel: str, what: str = "") -> LeadTable:
        """Luck and rates of a channel's new leads, or of those there on the first day (`what`)."""
        key = (channel, what)
        if key not in self.present:
            scenario = self._rules.scenario
            initial = scenario.market.initial
            if what:
                count = initial.pipeline if isinstance(initial.pipeline, int) else len(initial.listed(channel))
                if what == "base":
                    count = initial.base if not initial.buyers else len(base_of(scenario.market, channel))
                stock = self._world.initial(what, channel, count)
            else:
                stock = self._world.leads(channel, self._rules.specs(channel))
            made = self._made(channel, stock, what)
            self.present[key] = self._first[key] = made
            self.all.append(made)
        return self.present[key]

    def _made(self, channel: str, stock: Stock, what: str) -> LeadTable:
        """A table; where nothing changes during the run, and size makes no class, the same for all structures."""
        scenario = self._rules.scenario
        if len(self._rules.timeline.scenarios) > 1 or self._blueprint.bands:
            return self.kind(scenario, self._blueprint, channel, stock, what, self._rules.version())
        market = _the_same(scenario)
        key = (self.kind, id(market), channel, what)
        made = stock.kept.get(key)
        if made is None:
            made = self.kind(scenario, self._blueprint, channel, stock, what, self._rules.version())
            made.market = market  # its id stays its own as long as the table is there
            stock.kept[key] = made
        assert isinstance(made, LeadTable)
        return made

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on products, stages and rules are as the scenario has them."""
        for table in self.all:
            table.adopt(scenario, version)

    def replace(self, channel: str, what: str, table: LeadTable) -> None:
        """New leads of a channel are of another kind from now on."""
        key = (channel, what)
        self.latest[self._first[key]] = table
        self.present[key] = table
        self.all.append(table)


class LeadTable:
    """Columns of one stock of leads. None stands for a mechanism that is off, so that it costs nothing.

    Indexed by step: `work`, `decision` (log-odds of the lead's own luck, compared with `odds[step][product]`),
    `questions` (compared with `question_of[step][product]`), `thinking` (after the step), `patience_of` and `tries`
    (before it).
    """

    market: Market | None = None  # with which it is kept for others

    def __init__(
        self,
        scenario: Scenario,
        blueprint: Blueprint,
        channel: str,
        stock: Stock,
        what: str = "",
        version: Version = (),
    ) -> None:
        market = scenario.market
        spec: ChannelBase = market.channels[channel]
        names = tuple(market.products)
        self.spec = spec
        self.version: Version = version
        self._made = version
        self.stock = stock
        self.channel = tuple(market.channels).index(channel)
        self.initial = bool(what)  # there on the first day
        self.found = isinstance(spec, Outbound) and not what  # made by prospecting
        self.number = 0  # set by the recorder
        self._blueprint = blueprint
        self.ensure = stock.ensure
        self._listed = market.initial.listed(channel) if what == "pipeline" else ()
        self._amounts = np.array([nan if row.amount is None else row.amount for row in self._listed])
        self.buyers = base_of(market, channel) if what == "base" else []
        self._products(scenario, spec, names)

        never = spec.patience.is_constant and spec.patience.mean == np.inf
        self.patience = None if never else self.values("patience", spec.patience, version)
        ways = [market.way(channel, name) for name in names]
        decays = any(way.speed_to_lead is not None and way.speed_to_lead.floor < 1 for way in ways)
        self.late = self.column("late") if decays else None
        declined = spec.declined_at_once if isinstance(spec, Arrivals) else 0.0
        self.at_once = None if declined <= 0 else self.column("at_once", Below(declined), f"{declined}")
        passed = what == "pipeline"
        fits = {n: fit_of_passed(way.qualification, spec.fit) if passed else spec.fit for n, way in enumerate(ways)}
        self.fit = None if all(fit >= 1 for fit in fits.values()) else self._fit(fits)
        # by product: how its customers differ, where they do
        known: list[tuple[Market, Frailty]] = []
        self.frailty: list[Frailty | None] = []
        for way in ways:
            one = next((each for other, each in known if other.customers is way.customers), None)
            if one is None and (self.buyers or not way.customers.alike):
                rows = [row for _, row in self.buyers]
                known.append((way, one := Frailty(way, stock, what == "base", rows)))
            self.frailty.append(one)
        self._stages(scenario, names)

    def forget(self) -> None:
        """Let go of everything: there is no room for it."""
        vars(self).clear()

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on products, stages and rules as the scenario has them; what the leads are like stays."""
        # the leads' own kind is part of the name: another table of the channel may have other leads and the same change
        self.version = (self._made, version)
        names = tuple(scenario.market.products)
        self._products(scenario, self.spec, names)
        self._stages(scenario, names)

    def _products(self, scenario: Scenario, spec: ChannelBase, names: tuple[str, ...]) -> None:
        market, stock, blueprint = scenario.market, self.stock, self._blueprint
        channel = list(market.channels)[self.channel]
        weights = np.array([spec.products.get(name, 0.0) if spec.products else 1.0 for name in names])
        wanted = np.flatnonzero(weights)
        self.product = int(wanted[0])
        self.products: list[int] | None = None
        if len(wanted) > 1:
            shares = np.cumsum(weights) / weights.sum()
            self.products = stock.column(  # type: ignore[assignment]
                "product",
                lambda u: np.searchsorted(shares, u, side="right").astype(np.int64),
            )
            if self._listed and len(market.sold) > 1:
                self.products = self._asked_at(market, channel, names)
        self.trends = [market.products[name].trend for name in names]
        self.deal: list[Column] = []
        for name in names:
            product = market.products[name]
            law = market.way(channel, name).products[name].deal.scaled(spec.deal_size * product.price)
            self.deal.append(self._sizes(law, (name, self.version)))
        self.leave = self.column("customer.leave")  # uniform, of the hazard at which a customer leaves
        self.classes: int | None = None
        if len(wanted) == 1 and not blueprint.bands:
            self.classes = blueprint.class_of(self.channel, self.product, 0.0)

    def _fit(self, fits: dict[int, float]) -> Column:
        """Which leads are fit, by the shares among those that ask for each product."""

        def below(n: int) -> Column:
            return self.column("fit", Below(fits[n]), f"{fits[n]}")

        if self.products is None or len(set(fits.values())) == 1:
            return below(self.product)
        return self.mixed([below(n) for n in fits], self.products)

    def _asked_at(self, market: Market, channel: str, names: tuple[str, ...]) -> list[int]:
        """What listed leads ask for, among the products whose sale comes to the stage at which each stands."""
        number_of, luck, asked = (
            {stage.name: n for n, stage in enumerate(market.sale)},
            self.stock.column("product"),
            [],
        )
        for i, row in enumerate(self._listed):
            shares = shares_at(market, channel, number_of[row.stage])
            place = int(np.searchsorted(np.cumsum([*shares.values()]), luck[i], side="right"))
            asked.append(names.index([*shares][min(place, len(shares) - 1)]))
        return asked

    def column(self, name: str, law: Lots | None = None, variant: Hashable = "") -> Column:
        """A column of the stock: uniforms, or what a law makes of them; `variant` tells changed laws apart."""
        return self.stock.column(name, transform_of(law), variant)

    def values(self, name: str, law: Distribution, version: Version = ()) -> Column:
        """A column drawn from a law. `version` tells changed laws apart."""
        return self.column(name, law, ("constant", version) if law.is_constant else version)

    def mixed(self, columns: list[Column], which: list[int]) -> Column:
        """One column of several of this table: lead i has what column number `which[i]` has."""
        return self.stock.mixed(columns, which)

    def _sizes(self, law: Distribution, variant: Hashable) -> Column:
        """Sizes of deals by a law, but for leads whose amounts are known."""
        amounts = self._amounts
        if np.isnan(amounts).all():
            return self.column("deal", law, variant)
        return self.stock.column("deal", lambda u: np.where(np.isnan(amounts), law.quantile(u), amounts), variant)

    def columns(self) -> Leads:
        """The same as arrays; the luck is that of the World's stock, shared by all structures."""
        stock = self.stock
        count = len(stock)
        one = stock.array(self.products) if self.products is not None else np.full(count, self.product)
        return Leads(
            arrived=stock.arrived,
            product=one.astype(np.int64),
            deal=stock.stacked(self.deal, 0.0),
            patience=stock.stacked([self.patience], np.inf)[0],
            late=stock.stacked([self.late], -1.0)[0],
            fit=stock.stacked([self.fit], 1.0)[0],
            leave=stock.array(self.leave),
            work=stock.stacked([column or None for column in self.work], 0.0),
            decision=stock.stacked(self.decision, -np.inf),
            question=stock.stacked(self.questions, 1.0),
            thinking=stock.stacked(self.thinking, 0.0),
            thinking_lost=stock.stacked([c and c.lost for c in self.clocks], 0.0),
            silent=stock.stacked([c and c.silent for c in self.clocks], 1.0),
            silent_share=np.array([c.share if c else 0.0 for c in self.clocks]),
            expires=np.array([c.expires if c else inf for c in self.clocks]),
            remind_every=np.array([c.every if c else inf for c in self.clocks]),
            remind=stock.stacked([c and c.remind for c in self.clocks], 0.0),
            reach=np.array([each.probability if each else 1.0 for each in self.tries]),
            reach_every=np.array([each.every if each else inf for each in self.tries]),
            reach_most=np.array([each.most if each else 1 for each in self.tries], np.int64),
            attempt=stock.stacked([None if each is None else each.work for each in self.tries], 0.0),
            at_once=stock.stacked([self.at_once], 0.0)[0],
            waits=stock.stacked(self.patience_of, np.inf),
            odds=padded(self.odds, np.inf, float),
            risk=padded(self.question_of, 0.0, float),
            true_positive=np.array(self.true_positive),
            false_positive=np.array(self.false_positive),
        )

    def size(self, product: int, i: int, at: float) -> float:
        """Size of a deal with lead i of this stock at a time."""
        size, trend = self.deal[product][i], self.trends[product]
        return size * exp(trend * at) if trend else size

    def class_of(self, product: int, i: int, at: float) -> int:
        """Class of lead i of this stock, which came at a time."""
        return self._blueprint.class_of(self.channel, product, self.size(product, i, at))

    def _stages(self, scenario: Scenario, names: tuple[str, ...]) -> None:
        market, channel = scenario.market, list(scenario.market.channels)[self.channel]
        self.process = [0] * len(names)  # by product: number of the process that its leads go through
        self.entry = [1] * len(names)  # by product: step of the first stage
        self.first = [1] * len(names)  # by product: step with which a lead begins
        self.true_positive, self.false_positive = [np.inf] * len(names), [np.inf] * len(names)
        self.work: list[Column] = [[]]
        self.decision: list[Column | None] = [None]
        self.questions: list[Column | None] = [None]
        self.question_of: list[list[float]] = [[]]
        self.odds: list[list[float]] = [[]]
        self.thinking: list[Column | None] = [None]
        self.clocks: list[Clocks | None] = [None]
        self.patience_of: list[Column | None] = [None]
        self.tries: list[Tries | None] = [None]
        ways = {n: market.way(channel, name) for n, name in enumerate(names)}
        sorting: dict[int, Distribution] = {}
        for number, process in enumerate(market.sold):
            mine = {n: way for n, way in ways.items() if market.process_of(channel, names[n]) == process}
            entry = len(self.work)
            for n, way in mine.items():
                self.process[n], self.entry[n], self.first[n] = number, entry, entry
                if (rules := way.qualification) is not None:
                    self.first[n] = QUALIFY
                    sorting[n] = rules.work
                    self._sorts(n, rules, way.channels[channel].fit)
            stages = range(len(market.process(process).stages))
            for stage in stages:
                self._stage({n: (way, way.stages[stage]) for n, way in mine.items()}, names, last=stage == stages[-1])
        if sorting:
            self.work[QUALIFY] = self._values("qualify.work", sorting)

    def _sorts(self, product: int, rules: Qualification, fit: float) -> None:
        """How leads for a product are qualified."""
        self.true_positive[product] = logit(rules.true_positive)
        self.false_positive[product] = logit(rules.false_positive)
        if rules.true_positive < 1 or (rules.false_positive < 1 and fit < 1):
            self.decision[QUALIFY] = self.column("qualify.decision", log_odds())

    def _stage(self, ways: dict[int, tuple[Market, Stage]], names: tuple[str, ...], last: bool) -> None:
        """A stage, as leads for each of the products see it whose sales go through its process."""
        odds, risks = [np.inf] * len(names), [0.0] * len(names)
        for n, (way, stage) in ways.items():
            good = way.products[names[n]]
            price = good.buying if last else 0.0
            odds[n] = logit(stage.conversion) + bounded(self.spec.quality + price)
            missed = stage.question * (1 - way.material.effect)
            risks[n] = 1 - (1 - missed) ** good.questions
        self.odds.append(odds)
        self.question_of.append(risks)
        specs = {n: stage for n, (_, stage) in ways.items()}
        if not specs:  # nobody of this channel comes here
            self.work.append([])
            for column in (self.decision, self.questions, self.thinking, self.patience_of):
                column.append(None)
            self.clocks.append(None)
            self.tries.append(None)
            return
        stage = next(iter(specs.values()))
        key = f"stage.{stage.name}"
        self.work.append(self._values(f"{key}.work", {n: each.work for n, each in specs.items()}))
        certain = all(value == np.inf for value in odds)
        self.decision.append(None if certain else self.column(f"{key}.decision", log_odds()))
        self.questions.append(self.column(f"{key}.question") if any(risks) else None)
        laws = {n: each.thinking for n, each in specs.items()}
        idle = last or all(law.is_constant and law.mean == 0 for law in laws.values())
        self.thinking.append(None if idle else self._values(f"{key}.thinking", laws))
        self.clocks.append(self._clocks(specs, key, last))
        self.tries.append(None if stage.reach is None else self._tries(key, stage.reach))
        never = stage.patience.is_constant and stage.patience.mean == np.inf
        self.patience_of.append(None if never else self.values(f"{key}.patience", stage.patience, self.version))

    def _tries(self, key: str, reach: Reach) -> Tries:
        work = self.values(f"{key}.try", reach.work, self.version)
        return Tries(reach, work, Numbered(self.stock, f"{key}.reach"))

    def _clocks(self, specs: dict[int, Stage], key: str, last: bool) -> Clocks | None:
        stage = next(iter(specs.values()))
        laws = {n: each.lost_law(last) for n, each in specs.items()}
        late = any(law is not None for law in laws.values())
        if not late and stage.silent <= 0 and stage.expires == inf:
            return None
        at_once, remind = Distribution.constant(0.0), stage.remind
        lost = {n: at_once if law is None else law for n, law in laws.items()}
        return Clocks(
            lost=self._values(f"{key}.thinking_lost", lost) if late else None,
            silent=self.column(f"{key}.silent") if stage.silent > 0 else None,
            share=stage.silent,
            expires=stage.expires,
            every=inf if remind is None else remind.every,
            remind=None if remind is None else self.values(f"{key}.remind", remind.work, self.version),
        )

    def _values(self, name: str, laws: dict[int, Distribution]) -> Column:
        """A column by laws of the products: one for all leads, or each lead's by the product that it asks for."""
        asked = {n: law for n, law in laws.items() if self.products is not None or n == self.product} or laws
        one = next(iter(asked.values()))
        if self.products is None or all(law == one for law in asked.values()):
            return self.values(name, one, self.version)
        columns = [self.values(name, one, (self.version, "of"))] * (max(asked) + 1)
        for n, law in asked.items():
            columns[n] = self.values(name, law, (self.version, "of", n))
        columns += columns[:1] * (len(self.deal) - len(columns))
        return self.mixed(columns, self.products)


LeadTables.kind = LeadTable
