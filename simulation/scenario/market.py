"""The market: products, processes, and what a channel's leads for a product meet. It knows no structure."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.mechanisms import price
from simulation.mechanisms.filter import Qualification
from simulation.mechanisms.price import ANSWER, NO_ANSWER, PRICE, PRICE_CHURN, PRICE_ORDERS, PRICE_RESPONSE
from simulation.mechanisms.response import SPEED_TO_LEAD, SpeedToLead
from simulation.scenario.channels import Channel, Distributor
from simulation.scenario.customers import Customers, Initial
from simulation.scenario.stages import FIXED_PROCESS, Differs, Stage, Stages, default_stages
from simulation.texts import worded
from simulation.written.base import FIRST_DAY, NAME, Block, Neutral, key, required
from simulation.written.distributions import MoneyDistribution, WorkingDistribution
from simulation.written.quantities import Amount, Growth, LogOdds, NonNegative, Positive, Share
from simulation.written.readers import YEAR, yearly_force

_PRODUCT = "fixed-product"
DEFAULT = "default"
"""Name of the process that `market.stages` and the keys beside it describe."""

QUALIFY = "qualify"
"""The step before the first stage, where leads are qualified."""


class Product(Block):
    """What is sold."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    deal: MoneyDistribution = required(
        "Size of the first deal at list price, money.",
        changes=_PRODUCT,
        drives={"average_deal": "+1", "average_order": "+2", "revenue": "+1"},
    )
    deal_trend_per_year: Growth = key(
        0,
        "Growth of the sizes a year from the start of the run on: a deal is as large as on the day on which it is "
        "closed, an order (a distributor's too) as on its own day; a band of sizes takes a lead by its size on its "
        "first day.",
        changes=_PRODUCT,
        drives={"average_deal": "+3", "average_order": "+3"},
    )
    gross_margin: Share = required(
        "Gross margin as a share of the revenue at list price.", changes=True, drives={"gross_margin": "+1"}
    )
    repeat: bool = key(
        True,
        "Whether a customer orders again; false is a one-off sale.",
        changes=_PRODUCT,
        drives={"customers_won": "+1"},
    )
    trade: Literal["wholesale", "retail", "services"] = key("services", "Label for reports.", changes=_PRODUCT)
    paperwork: WorkingDistribution = key(
        "0 h", "Paperwork for each deal and each order, working time.", changes=True, neutral=Neutral("paperwork", 0)
    )
    questions: NonNegative = key(
        1,
        "Complexity: number of questions per stage; 0 removes unanswered questions.",
        changes=True,
        neutral=Neutral("questions", 0),
    )
    process: str = key(
        "", "Process that its sales go through; the one of the lead's channel when empty.", changes=FIXED_PROCESS
    )
    stages: dict[str, Differs] = key({}, "What differs at stages for its sales, by stage.", new="new-differs")
    price: Positive = PRICE
    price_response: LogOdds = PRICE_RESPONSE
    price_orders: Annotated[float, Field(le=0)] = PRICE_ORDERS
    price_churn: NonNegative = PRICE_CHURN

    @model_validator(mode="after")
    def _a_price_needs_a_response(self) -> "Product":
        if self.price != 1 and self.price_response == 0:
            raise ValueError(worded("price-without-response", why=worded(NO_ANSWER), what=worded(ANSWER)))
        return self

    @property
    def trend(self) -> float:
        """Force by which sizes grow, an hour: they are exp(trend * t) times as large after t hours of the run."""
        return yearly_force(self.deal_trend_per_year) / YEAR

    @property
    def volume(self) -> float:
        """Volume of an old customer's order at this price, as a factor of the one at list price."""
        return price.volume(self.price, self.price_orders)

    @property
    def buying(self) -> float:
        """Log-odds by which the last stage of a sale converts better at this price than at list price."""
        return price.buying(self.price, self.price_response)

    @property
    def leaving(self) -> float:
        """Factor on an old customer's own hazard of leaving at this price."""
        return price.leaving(self.price, self.price_churn)


class Material(Block):
    """FAQ, cases, customer training: fewer unanswered questions, at a cost."""

    effect: Share = key(0, "Share of unanswered questions that the material answers.", changes=True)
    cost: Amount = key(0, "Cost of making it, once, money.", changes="fixed-paid-once")
    cost_per_month: Amount = key(0, "Cost of keeping it, a month.", changes=True)


class Process(Block):
    """One way of selling beside the default one: its qualification, stages, speed to lead and kind of customer."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    qualification: Qualification | None = key(
        None, "Qualification before the first stage; null: leads go straight to the first stage."
    )
    stages: Stages = required(
        "The stages of a sale, in order; no name that a stage of another process has.", min_length=1, new="new-stage"
    )
    speed_to_lead: SpeedToLead | None = key(
        None,
        "How the response time acts on conversion; null: not at all.",
        changes=True,
        neutral=Neutral("response", None),
    )
    customers: Customers | None = key(
        None, "What its customers do after the first deal; null: as `market.customers` has it."
    )
    deal: MoneyDistribution | None = key(
        None, "Size of the first deal at list price, money; null: the product's own.", changes=_PRODUCT
    )


class Market(Block):
    """Everything outside the firm."""

    channels: dict[str, Channel] = required(
        "The channels by name.",
        min_length=1,
        new="new-channel",
    )
    products: dict[str, Product] = required(
        "The products by name.",
        min_length=1,
        new="new-product",
    )
    stages: Stages = key(
        default_stages(),
        "The stages of a sale, in order.",
        "conversion .22 (.10-.35: HubSpot, First Page Sage), 8 h, 45 days, 2 meetings a deal: judgement",
        min_length=1,
        new="new-stage",
    )
    qualification: Qualification | None = key(
        {}, "Qualification before the first stage; null: leads go straight to the first stage."
    )
    speed_to_lead: SpeedToLead | None = SPEED_TO_LEAD
    processes: dict[str, Process] = key(
        {}, "Other ways of selling beside this one, by name; a product or channel names its own.", new="new-process"
    )
    material: Material = key({}, "Material that answers customers' questions.")
    customers: Customers = key({}, "What customers do after the first deal.")
    initial: Initial = key({}, "Customers and open pipeline at the start.", changes=FIRST_DAY)

    def process_of(self, channel: str, product: str) -> str:
        """Name of the process of a channel's leads for a product: the product's, else the channel's, else `default`."""
        return self.products[product].process or self.channels[channel].process or DEFAULT

    def way(self, channel: str, product: str) -> "Market":
        """The market as a channel's leads for a product meet it: with the stages and rules of their process alone."""
        differ = self.products[product].stages or self.channels[channel].stages
        return _way(self, channel, product) if self.processes or differ else self

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Each channel that brings leads with each product that they ask for."""
        return tuple(
            (channel, product)
            for channel, spec in self.channels.items()
            if not isinstance(spec, Distributor)
            for product in self.products
            if not any(spec.products.values()) or spec.products.get(product, 0.0) > 0
        )

    @property
    def sold(self) -> tuple[str, ...]:
        """Names of the processes that leads go through, the default one first."""
        return _sold(self) if self.processes else (DEFAULT,)

    @property
    def sale(self) -> tuple[Stage, ...]:
        """The stages of all processes that leads go through, one process after the other, as numbers count them."""
        return (
            tuple(stage for name in self.sold for stage in self.process(name).stages) if self.processes else self.stages
        )

    def process(self, name: str) -> "Market | Process":
        """A process by its name."""
        return self if name == DEFAULT else self.processes[name]

    @property
    def sale_paths(self) -> tuple[str, ...]:
        """Dotted path of each stage of ``sale``."""
        where = {name: "market" if name == DEFAULT else f"market.processes.{name}" for name in self.sold}
        return tuple(f"{where[name]}.stages.{n}" for name in self.sold for n in range(len(self.process(name).stages)))

    def buyers(self, name: str) -> Customers:
        """What customers of a process do."""
        return self.process(name).customers or self.customers

    def stages_before(self, name: str) -> int:
        """Number of the first stage of a process among those of all."""
        return sum(len(self.process(each).stages) for each in self.sold[: self.sold.index(name)])

    @property
    def steps(self) -> tuple[str, ...]:
        """Names of what a lead passes on its way: `qualify` where somebody qualifies, and the stages."""
        names = tuple(stage.name for stage in self.sale)
        if all(self.process(name).qualification is None for name in self.sold):
            return names
        return (QUALIFY, *(f"{name} (stage)" if name == QUALIFY else name for name in names))


_KNOWN: dict[tuple[int, str, str], tuple[Market, Market]] = {}
"""Ways by market (kept, so that its id stays its own), channel and product."""


def _way(market: Market, channel: str, product: str) -> Market:
    """What ``Market.way`` gives, made once."""
    known = _KNOWN.get((id(market), channel, product))
    if known is None:
        if len(_KNOWN) > 1024:
            _KNOWN.clear()
        known = _KNOWN[id(market), channel, product] = market, _made(market, channel, product)
    return known[1]


def _made(market: Market, channel: str, product: str) -> Market:
    name, good, lead = market.process_of(channel, product), market.products[product], market.channels[channel]
    process = market.process(name)
    stages = []
    for stage in process.stages:
        said = [
            by[stage.name] for by in (lead.stages, good.stages) if stage.name in by
        ]  # the product has the last word
        differs = {k: value for each in said for k in Differs.model_fields if (value := getattr(each, k)) is not None}
        stages.append(stage.model_copy(update=differs) if differs else stage)
    deal = None if isinstance(process, Market) else process.deal
    plain = good.model_copy(update={"process": "", "stages": {}, "deal": good.deal if deal is None else deal})
    return market.model_copy(
        update={
            "processes": {},
            "stages": tuple(stages),
            "qualification": process.qualification,
            "speed_to_lead": process.speed_to_lead,
            "customers": market.buyers(name),
            "products": {**market.products, product: plain},
            "channels": {**market.channels, channel: lead.model_copy(update={"process": "", "stages": {}})},
        }
    )


def _sold(market: Market) -> tuple[str, ...]:
    used = {market.process_of(*pair) for pair in market.asked}
    initial = market.initial
    if initial.customers and initial.channel in market.channels:
        used |= {market.process_of(initial.channel, product) for product in [initial.product] if product}
    for row in initial.buyers:
        channel, product = row.channel or initial.channel, row.product or initial.product
        if channel in market.channels and product in market.products:
            used.add(market.process_of(channel, product))
    return tuple(name for name in (DEFAULT, *market.processes) if name in used)
