"""The market: channels that bring leads, products, stages of a sale, qualification. It knows no structure."""

from math import ceil, inf
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from simulation.mechanisms import price
from simulation.mechanisms.filter import Qualification
from simulation.mechanisms.price import ANSWER, NO_ANSWER, PRICE, PRICE_CHURN, PRICE_ORDERS, PRICE_RESPONSE
from simulation.mechanisms.prospecting import ACTIVE, ATTEMPT, CONTACTS, FIND_PROBABILITY, ContactList
from simulation.mechanisms.reach import REACH, Reach
from simulation.mechanisms.response import PATIENCE, PATIENCE_OF_A_STAGE, SPEED_TO_LEAD, SpeedToLead
from simulation.mechanisms.upsell import BY_CHANNEL
from simulation.scenario.arrivals import Bursts, Rhythm
from simulation.scenario.customers import Customers, Initial
from simulation.texts import worded
from simulation.written.base import FIRST_DAY, NAME, Block, Neutral, key, required
from simulation.written.distributions import Distribution, ElapsedDistribution, MoneyDistribution, WorkingDistribution
from simulation.written.errors import Misfit, MisfitError
from simulation.written.laws import share_below
from simulation.written.quantities import (
    Amount,
    Elapsed,
    Growth,
    LogOdds,
    NonNegative,
    PerMonth,
    PerYear,
    Positive,
    Share,
    Working,
)
from simulation.written.readers import YEAR, yearly_force

_SEASON = "fixed-season"
_ARRIVALS = "fixed-arrivals"
_KIND = "fixed-channel-kind"
_PRODUCT = "fixed-product"
_PROCESS = "fixed-process"
DEFAULT = "default"
"""Name of the process that `market.stages` and the keys beside it describe."""

QUALIFY = "qualify"
"""The step before the first stage, where leads are qualified."""
FLAT_YEAR = (1.0,) * 12
Year = Annotated[tuple[NonNegative, ...], Field(min_length=12, max_length=12)]


class ChannelCost(Block):
    """What a channel costs."""

    fixed_per_month: Amount = key(0, "Fixed cost a month (advertising, fees).")
    per_lead: Amount = key(0, "Cost of each lead that arrives or is found.")
    per_attempt: Amount = key(0, "Cost of each attempt (outbound only).")


class Differs(Block):
    """What differs at a stage for the leads of one channel or product; null: as the stage has it."""

    work: WorkingDistribution | None = key(None, "The seller's work instead, working time.", changes=True)
    thinking: ElapsedDistribution | None = key(None, "The customer's thinking instead, elapsed time.", changes=True)
    conversion: Share | None = key(None, "Base probability that the stage leads on instead.", changes=True)


class ChannelBase(Block):
    """What every channel has."""

    title: str = key("", "Name in reports; the key itself when empty.", changes=NAME)
    quality: LogOdds = key(0, "Shift in the log-odds of conversion at every stage (referral > 0).", changes=True)
    fit: Share = key(
        1,
        "Share of the channel's leads that could buy at all; hidden until they are qualified.",
        changes=True,
        drives={"conversion": "+1", "qualified": "+1", "deals": "+2", "customers_won": "+4"},
    )
    deal_size: Positive = key(
        1, "Factor on the deal size (a promotion buyer < 1).", changes=True, drives={"average_deal": "+2"}
    )
    upsell: LogOdds = BY_CHANNEL
    patience: ElapsedDistribution = PATIENCE
    process: str = key(
        "",
        "Process of its leads whose product names none; the default one when empty.",
        changes=_PROCESS,
    )
    stages: dict[str, Differs] = key(
        {}, "What differs at stages for its leads, by stage; what the product says comes first.", new="new-differs"
    )
    products: dict[str, NonNegative] = key(
        {},
        "Weights of the products that its leads ask for; all products equally when empty.",
        changes="fixed-products",
    )
    cost: ChannelCost = key({}, "What the channel costs.", changes=True)
    share_of_revenue: Share = key(0, "Share of the revenue of its customers that is given away.", changes=True)
    share_of_margin: Share = key(0, "Share of the gross margin of its customers that is given away.", changes=True)
    active: bool = key(True, "false switches the channel off.", changes=True)


class Arrivals(ChannelBase):
    """A channel whose leads arrive by themselves."""

    leads_per_month: PerMonth = required(
        "Mean leads a month for the whole market, whoever is at work.",
        changes=True,
        drives={
            "arrivals": "+1",
            "qualified": "+4",
            "deals": "+3",
            "lost": "+2",
            "open": "+5",
            "customers_won": "+5",
            "customers_end": "+4",
            "revenue": "+7",
        },
    )
    seasonality: Year = key(
        FLAT_YEAR, "Twelve factors, January to December, that average to one.", changes=_SEASON, drives={"season": "1"}
    )
    trend_per_year: Growth = key(
        0,
        "Growth of the rate a year: +10 % is 1.1 times as many leads after each year.",
        changes=_SEASON,
        drives={"arrivals": "+2", "season": "2"},
    )
    overdispersion: NonNegative = key(
        0, "Coefficient of variation of a gamma factor on each month's rate; 0 is pure Poisson.", changes=_ARRIVALS
    )
    arrival_hours: Literal["around the clock", "working hours"] = key(
        "around the clock", "When leads arrive; the monthly total is the same.", changes=_ARRIVALS
    )
    declined_at_once: Share = key(
        0, "Share of the channel's leads that are lost as they arrive, without anybody's work.", changes=True
    )
    arrivals: Rhythm = key({}, "When in the week and in the day leads come; evenly unless said otherwise.")
    bursts: Bursts = key({}, "How unevenly the weeks bring leads, beyond chance; not at all unless said otherwise.")

    @model_validator(mode="after")
    def _one_clock(self) -> "Arrivals":
        if self.arrival_hours == "working hours" and not self.arrivals.even:
            why, allow = worded("arrivals-hours"), worded("allowed-one-of-two-keys")
            other = Misfit("arrival_hours", why, self.arrival_hours, allow)
            raise MisfitError(Misfit("arrivals", why, None, allow, other=other))
        return self


class Inbound(Arrivals):
    """Passive: advertising, site, referral, exhibition, walk-in. Must be answered; waits."""

    kind: Literal["inbound"] = required("The kind of channel.", changes=_KIND)


class Partner(Arrivals):
    """Another firm's clients: no spend, a share of the margin goes to the partner."""

    kind: Literal["partner"] = required("The kind of channel.", changes=_KIND)
    share_of_margin: Share = key(
        0.25, "Share of the gross margin that goes to the partner.", "judgement: 20-30 %", changes=True
    )


class Outbound(ChannelBase):
    """Active: telemarketing, cold calls, field visits. Leads are made by people's attempts."""

    active: bool = ACTIVE
    kind: Literal["outbound"] = required("The kind of channel.", changes=_KIND)
    attempt: Working = ATTEMPT
    find_probability: Annotated[Share, Field(gt=0)] = FIND_PROBABILITY
    contacts: ContactList | None = CONTACTS


class Distributor(ChannelBase):
    """Another firm sells for us: orders arrive without our sellers' work; may walk away at any time."""

    kind: Literal["distributor"] = required("The kind of channel.", changes=_KIND)
    orders_per_month: PerMonth = required("Mean orders a month at full volume.", changes=True, drives={"revenue": "+8"})
    ramp: Elapsed = key(
        "0 h",
        "Time to full volume, linear from zero; 0 is full volume from the start.",
        changes="fixed-distributor-ramp",
    )
    discount: Share = key(
        0.2, "Discount on the price that is given to the distributor.", "judgement: 20-30 %", changes=True
    )
    exits_per_year: PerYear = key(
        0.15,
        "Hazard that the distributor walks away, a year.",
        changes="fixed-distributor-leaves",
    )
    seasonality: Year = key(
        FLAT_YEAR, "Twelve factors, January to December, that average to one.", changes=_SEASON, drives={"season": "1"}
    )


Channel = Annotated[Inbound | Outbound | Partner | Distributor, Field(discriminator="kind")]


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
        "", "Process that its sales go through; the one of the lead's channel when empty.", changes=_PROCESS
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


class Remind(Block):
    """What a lead whose customer is silent asks for, again and again, until it is closed."""

    every: Annotated[Elapsed, Field(gt=0)] = key("2 weeks", "From one reminder to the next, elapsed time.")
    work: WorkingDistribution = key("10 min", "Work of one reminder, working time; of all to a lead the same.")


class Stage(Block):
    """One stage of a sale: tries to reach the customer, work, then the customer's thinking, then the next stage."""

    name: str = required("Name of the stage.", changes=NAME)
    work: WorkingDistribution = required(
        "The seller's work, working time.", changes=True, drives={"finds": "-3", "calls": "-2", "deals": "-5"}
    )
    thinking: ElapsedDistribution = key(
        "0 h",
        "The customer's thinking after this stage, before the next can begin, elapsed time.",
        changes=True,
        drives={"cycle_days": "+1", "open": "+2", "open_first_day": "+2", "deals_first_day": "-3"},
    )
    conversion: Share = key(
        1,
        "Base probability that the stage leads on to the next (or to the deal).",
        changes=True,
        drives={
            "conversion": "+1",
            "deals": "+1",
            "lost": "-1",
            "deals_first_day": "+2",
            "lost_first_day": "-3",
            "customers_won": "+3",
            "customers_end": "+3",
            "revenue": "+6",
        },
    )
    thinking_lost: Literal["same"] | ElapsedDistribution | None = key(
        None,
        "Time from the end of this stage's work until the customer says no, elapsed time; null: at once; same: the law "
        "of `thinking`.",
        changes=True,
        drives={"open": "+1", "open_first_day": "+3", "lost_first_day": "-2"},
    )
    silent: Share = key(
        0,
        "Share of those lost at this stage who never say so: they stay open until they expire.",
        changes=True,
        drives={"open": "+3", "open_first_day": "+4", "lost_first_day": "-4"},
    )
    expires: Annotated[Elapsed, Field(gt=0)] = key(
        "never",
        "Elapsed time from the end of this stage's work after which a lead is closed whose customer has not answered.",
        changes=True,
        drives={"cycle_days": "+3", "open": "+4", "open_first_day": "+5", "lost_first_day": "-5"},
    )
    remind: Remind | None = key(
        None,
        "Reminders while a customer is silent: work of whoever has the lead, or of the team, which changes nothing.",
        changes=True,
    )
    reach: Reach | None = REACH
    patience: ElapsedDistribution = PATIENCE_OF_A_STAGE
    question: Share = key(0, "Probability that a question left unanswered ends it; lowered by material.", changes=True)
    meetings: NonNegative = key(
        0,
        "Meetings or video calls with the client that its work holds, on average; the plan counts them.",
        changes="fixed-meetings",
    )

    @property
    def until_no(self) -> Distribution | None:
        """Law of the time until the customer says no; None: at once."""
        law = self.thinking if self.thinking_lost == "same" else self.thinking_lost
        return None if law is None or (law.is_constant and law.mean == 0) else law

    def lost_law(self, last: bool) -> Distribution | None:
        """The same of a stage in its place: after the last one nobody thinks about a yes whose law could be taken."""
        return None if last and self.thinking_lost == "same" else self.until_no

    @property
    def in_time(self) -> float:
        """Share of those who will say yes who do so before the lead expires."""
        return share_below(self.thinking, self.expires)

    def reminders(self, left: float) -> float:
        """Reminders to a customer who never says no, where there are so many hours until the end of the run."""
        if self.remind is None:
            return 0.0
        often = self.expires / self.remind.every
        return left / self.remind.every if self.expires == inf else max(0, ceil(often) - 1)


def _names_differ(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    names = [stage.name for stage in stages]
    twice = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        why = worded("stages-same-name")
        raise MisfitError(Misfit(f"{twice}.name", why, names[twice], worded("allowed-other-name")))
    return stages


Stages = Annotated[tuple[Stage, ...], AfterValidator(_names_differ)]
"""The stages of one process, in order."""


class Material(Block):
    """FAQ, cases, customer training: fewer unanswered questions, at a cost."""

    effect: Share = key(0, "Share of unanswered questions that the material answers.", changes=True)
    cost: Amount = key(0, "Cost of making it, once, money.", changes="fixed-paid-once")
    cost_per_month: Amount = key(0, "Cost of keeping it, a month.", changes=True)


def _default_stages() -> tuple[dict[str, object], ...]:
    """Five stages of the article: 0.22 of the fit qualified leads are won, in 45 days and 8 h of work a deal.

    The 0.22 counts unanswered questions and the patience that ends before the doors open; what waits for a
    free person is lost on top (`docs/calibration.md`).
    """
    rows = (
        ("contact", "15 min", "5 days", 0.88, 0),
        ("needs", "30 min", "9 days", 0.83, 1),
        ("proposal", "1 h", "13 days", 0.78, 1),
        ("objections", "40 min", "14 days", 0.75, 0),
        ("closing", "45 min", "0 h", 0.79, 0),
    )
    return tuple(
        {
            "name": name,
            "work": {"gamma": {"mean": work, "cv": 0.7}},
            "thinking": {"lognormal": {"mean": thinking, "cv": 0.7}} if thinking != "0 h" else "0 h",
            "conversion": conversion,
            "patience": {"exponential": "14 days"},
            "question": 0.05,
            "meetings": meetings,
        }
        for name, work, thinking, conversion, meetings in rows
    )


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
        None, "How the response time acts on conversion; null: not at all.", changes=True
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
        _default_stages(),
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
