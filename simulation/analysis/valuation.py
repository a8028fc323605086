"""What is there at the end of a run, valued: customers and open pipeline, at the scenario's one valuation.

Here too: what sales leave before fixed costs: the average at which an hour or a week of work is valued; what a
channel brings: win rate of its leads; acquisition cost, lifetime value, months to pay back of its buyers.

What an administrator is worth: papers taken from those who sell.

An administrator is a role that does papers and reminders of payment and nothing else with leads or customers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.counting import how_many, share_of
from simulation.department.record import OPEN, SALE_KINDS, WON, Record
from simulation.expected import (
    expected_customer_margin,
    initial_channel,
    initial_product,
    lead_value,
    mean_deal,
    mean_order,
    open_at_age,
    pipeline_occupancy,
)
from simulation.expected.old_customers import Known, listed_customers
from simulation.expected.pipeline import passed_on
from simulation.finance.ledger import INDEX, Ledger
from simulation.scenario.channels import Distributor, Outbound
from simulation.scenario.duties import product_shares, shares_at
from simulation.scenario.market import Market
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.scenario.timeline import timeline
from simulation.written.readers import MONTH

MADE_BY_PEOPLE = ("deal", "order")
"""Causes of the sales for which people work; a distributor sells by itself."""


def margin_of_sales(ledger: Ledger, scenario: Scenario) -> float:
    """What deals and orders of the counted period leave, money.

    Gross margin less the shares given to channels and less the commission with its contributions.
    """
    causes = np.array([cause in MADE_BY_PEOPLE for cause in ledger.causes], dtype=np.bool_)
    sales = float(ledger.amount[causes[ledger.cause]].sum()) if len(ledger) else 0.0
    return sales + ledger.total("commission") * (1.0 + scenario.budget.contribution_rate)


def hours_by_role(record: Record, *activities: Activity) -> NDArray[np.float64]:
    """Hours worked on these activities in the counted period, shape (roles,)."""
    columns = [record.activities.index(activity) for activity in activities]
    places = record.busy[:, columns].sum(axis=(1, 2))
    hours = np.zeros(len(record.roles))
    np.add.at(hours, record.seat_role, places)
    return hours


def by_activity(record: Record, table: NDArray[np.float64], role: int) -> dict[str, float]:
    """Sums over the counted period of a table by place, activity and month, for one role (its number)."""
    sums = table[record.seat_role == role].sum(axis=(0, 2))
    return dict(zip(record.activities, sums.tolist(), strict=True))


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Worth:
    """Value of what may be there at the end, per unit of money in the deal or order.

    Attributes:
        customer: by channel and product: value of a customer per unit of revenue of one of its orders.
        lead: by channel, product and stages passed: value of a qualified lead per unit of deal size.
        passes: by channel: share of its leads that pass qualification.
        first: by channel and product: stages of other processes before those of theirs.
    """

    customer: Floats
    lead: Floats
    passes: Floats
    first: Ints


def end_value(record: Record, scenario: Scenario) -> float:
    """Value of customers and open pipeline at the end, money: expected margin still to come, discounted.

    The market is the one at the end: with the prices, and what follows from them, that are in force then.

    A customer is worth the margin of its orders, at their present size, over the valuation's months. An open
    lead that has been answered is worth its chance of being won times the margin of its deal and of the
    customer after it; one that nobody has answered, or that is lost and has not said so, counts nothing. Every
    chance is that of people of proficiency 1, whatever the structure.
    """
    customers, leads = record.customers, record.leads
    there = np.flatnonzero(np.isnan(customers.until))
    rows = np.flatnonzero((leads.state == OPEN) & ~leads.in_vain & ~np.isnan(leads.answered))
    return customers_value(record, scenario, there) + leads_value(record, scenario, rows)


def customers_value(record: Record, scenario: Scenario, rows: Ints) -> float:
    """Value of these customers (rows in ``customers``) as in ``end_value``, money, at their last size of an order."""
    customers = record.customers
    worth = _worth(_at_end(record, scenario)).customer[customers.channel[rows], customers.product[rows]]
    return float(worth @ customers.order_size[rows])


def leads_value(record: Record, scenario: Scenario, rows: Ints) -> float:
    """Value of these answered leads (rows in ``leads``) as in ``end_value``, money, at the stage that they reached."""
    worth, leads = _worth(_at_end(record, scenario)), record.leads
    channel, product = leads.channel[rows], leads.product[rows]
    stage = np.clip(leads.stage[rows], worth.first[channel, product], worth.lead.shape[2] - 1)
    chance = np.where(np.isnan(leads.qualified[rows]), worth.passes[channel], 1.0)
    return float((worth.lead[channel, product, stage] * chance) @ leads.size[rows])


def start_value(scenario: Scenario) -> float:
    """Expected value of the customers and open leads of the first day, money: valued as in ``end_value``.

    Customers: their number times the margin of mean orders over the valuation's months. Leads: spread over
    products and stages as the first day spreads them, or as a list has them, all of them qualified. It knows no
    structure.
    """
    return scenario.once("start value", lambda: _start_value(scenario))


def _start_value(scenario: Scenario) -> float:
    market = scenario.market
    initial, channel, product = market.initial, initial_channel(market), initial_product(market)
    worth, names, value = _worth(scenario), list(market.channels), 0.0
    value += _listed_value(market, worth)
    if not channel:
        return value
    products = list(market.products)
    if isinstance(initial.customers, int) and initial.customers and product:
        size = mean_order(market, channel, product) * initial.customer_size
        value += initial.customers * size * worth.customer[names.index(channel), products.index(product)]
    for (of, what), rows in listed_customers(market).items():
        there = Known.of(rows).there(market.way(of, what).customers) * [row.count for row in rows]
        mean, good = mean_order(market, of, what) * initial.customer_size, market.products[what]
        sizes = np.array([mean if row.amount is None else row.amount * good.price * good.volume for row in rows])
        value += float(there @ sizes) * worth.customer[names.index(of), products.index(what)]
    if isinstance(initial.pipeline, int) and initial.pipeline:
        for name, share in product_shares(market, channel).items():
            occupancy = pipeline_occupancy(scenario, name if len(market.sold) > 1 else None)
            per_size = worth.lead[names.index(channel), list(market.products).index(name)] @ occupancy
            value += initial.pipeline * share * mean_deal(market, channel, name) * per_size
    return float(value)


def _listed_value(market: Market, worth: Worth) -> float:
    """Expected value of open leads that are listed, money, each given that it is still open at its age."""
    numbers = {stage.name: number for number, stage in enumerate(market.sale)}
    channels, products, value = list(market.channels), list(market.products), 0.0
    for channel, stage in dict.fromkeys((row.channel, row.stage) for row in market.initial.rows):
        rows = [row for row in market.initial.rows if (row.channel, row.stage) == (channel, stage)]
        number, ages = numbers[stage], np.array([row.seen for row in rows])
        for name, share in shares_at(market, channel, number).items():
            groups, mean = open_at_age(market, channel, name, number, ages), mean_deal(market, channel, name)
            total = groups.sum(axis=0)
            goes_on = np.divide(groups[0], total, out=np.ones(len(rows)), where=total > 0)
            sizes = np.array([row.count * (mean if row.amount is None else row.amount) for row in rows])
            per_size = worth.lead[channels.index(channel), products.index(name), number]
            value += share * per_size * float(goes_on @ sizes)
    return value


def _at_end(record: Record, scenario: Scenario) -> Scenario:
    """The scenario in force at the end of a run; what begins at that moment does not hold yet."""
    return timeline(scenario, record.structure).at(math.nextafter(record.end, 0.0))


def _worth(scenario: Scenario) -> Worth:
    """The valuation of a scenario."""
    return scenario.once("worth", lambda: _valued(scenario))


def _valued(scenario: Scenario) -> Worth:
    market = scenario.market
    shape = (len(market.channels), len(market.products))
    first = np.zeros(shape, np.int64)
    customer, lead, passes = np.zeros(shape), np.zeros((*shape, len(market.sale))), np.zeros(shape[0])
    for c, (channel, spec) in enumerate(market.channels.items()):
        if isinstance(spec, Distributor):
            continue
        passes[c] = passed_on(market, channel)
        for p, product in enumerate(market.products):
            if (process := market.process_of(channel, product)) in market.sold:
                first[c, p] = market.stages_before(process)
            customer[c, p] = expected_customer_margin(scenario, channel, product, 1.0)
            if (size := mean_deal(market, channel, product)) > 0:
                lead[c, p] = lead_value(scenario, channel, product) / size
    return Worth(customer, lead, passes, first)


NEVER = math.nan
DEAL, ORDER = SALE_KINDS.index("deal"), SALE_KINDS.index("order")
LONGEST_LIFE = 60.0
"""Months that a customer is taken to stay at most, where hardly anybody leaves."""


def channel_economics(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    """Win rate of the leads, and acquisition cost, lifetime value and months to pay back of a buyer, by channel.

    Win rate: won leads of the period over those that are decided, by arrival; the share of the open ones beside it.

    Cost: what is booked on the channel (fixed, per lead, per attempt) and the pay, with contributions, of the hours
    that won its buyers, over its first deals of the period. Hours of prospecting belong to the outbound channels by
    their attempts, hours of qualifying and selling to all channels by their qualified leads (answered ones where nobody
    qualifies); an hour costs what its role is paid over the hours that it worked. Value: gross margin of the first
    deal, less shares given to the channel, and of the orders of a customer's life: margin a month of the channel's
    customers times the expected life, one over the rate at which customers of all channels left, at most 60 months.
    """
    people = _acquisition_pay(record, ledger, scenario)
    found: dict[str, float] = {}
    sales, begin, end = record.sales, record.begin, record.end
    counted = (sales.time >= begin) & (sales.time < end)
    leads = record.leads
    arrived = (leads.arrived >= begin) & (leads.arrived < end) & ~leads.initial
    margins = sales.margin - _shared(record, ledger)
    stayed, left = _customer_months(record, np.ones(len(record.customers.since), dtype=np.bool_))
    life = min(stayed / left, LONGEST_LIFE) if left > 0 else LONGEST_LIFE
    for number, (name, spec) in enumerate(scenario.market.channels.items()):
        if isinstance(spec, Distributor):
            continue
        mine = counted & (sales.channel == number)
        deals, orders = mine & (sales.kind == DEAL), mine & (sales.kind == ORDER)
        count = how_many(deals)
        cost = (_booked(ledger, name) + float(people[number])) / count if count else NEVER
        months, _ = _customer_months(record, np.asarray(record.customers.channel == number))
        monthly = float(margins[orders].sum()) / months if months > 0 else 0.0
        repeat = share_of(sales.customer[deals] >= 0) if count else NEVER
        first = float(margins[deals].mean()) if count else NEVER
        state = leads.state[arrived & (leads.channel == number)]
        still = how_many(state == OPEN)
        found[f"win_rate.{name}"] = how_many(state == WON) / (len(state) - still) if len(state) > still else NEVER
        found[f"open_share.{name}"] = still / len(state) if len(state) else NEVER
        found[f"acquisition_cost.{name}"] = cost
        found[f"lifetime_value.{name}"] = first + repeat * monthly * life
        found[f"payback_months.{name}"] = _payback(cost - first, repeat * monthly, life)
    return found


def by_process(record: Record, scenario: Scenario) -> dict[str, float]:
    """Leads, win rate, deals, revenue and customers of each process; nothing where leads go through one."""
    market = scenario.market
    if len(market.sold) == 1:
        return {}
    names = [[market.process_of(channel, product) for product in market.products] for channel in market.channels]
    sells = [not isinstance(spec, Distributor) for spec in market.channels.values()]
    leads, sales, customers, found = record.leads, record.sales, record.customers, {}
    counted = (sales.time >= record.begin) & (sales.time < record.end)
    arrived = (leads.arrived >= record.begin) & (leads.arrived < record.end) & ~leads.initial
    for name in market.sold:
        mine = np.array([[own == name and sold for own in row] for row, sold in zip(names, sells, strict=True)])
        state = leads.state[arrived & mine[leads.channel, leads.product]]
        decided = float((state != OPEN).sum())
        rows = counted & mine[sales.channel, sales.product]
        found[f"process_leads.{name}"] = float(len(state))
        found[f"process_win_rate.{name}"] = float((state == WON).sum()) / decided if decided else NEVER
        found[f"process_deals.{name}"] = float((rows & (sales.kind == DEAL)).sum())
        found[f"process_revenue.{name}"] = float(sales.revenue[rows].sum())
        there = np.isnan(customers.until) & mine[customers.channel, customers.product]
        found[f"process_customers.{name}"] = float(there.sum())
    return found


def _payback(owed: float, monthly: float, life: float) -> float:
    """Months until a buyer has brought what it cost; 0 with the first deal, NaN where it never does."""
    if math.isnan(owed):
        return NEVER
    if owed <= 0:
        return 0.0
    # those who are left bring monthly * exp(-t / life)
    share = owed / (monthly * life) if monthly > 0 else math.inf
    return -life * math.log1p(-share) if share < 1 else NEVER


def _booked(ledger: Ledger, name: str) -> float:
    """Cost of the channel itself, money, above zero."""
    centre = ledger.centres.index(f"channel/{name}") if f"channel/{name}" in ledger.centres else -1
    rows = (ledger.account == INDEX["channel_cost"]) & (ledger.centre == centre)
    return 0.0 - float(ledger.amount[rows].sum())


def _shared(record: Record, ledger: Ledger) -> Floats:
    """Shares given to channels by sale, money, above zero, shape (sales,)."""
    rows = (ledger.account == INDEX["channel_share"]) & (ledger.reference >= 0)
    shared = np.bincount(ledger.reference[rows], weights=-ledger.amount[rows], minlength=len(record.sales.time))
    return np.asarray(shared, dtype=np.float64)


def _acquisition_pay(record: Record, ledger: Ledger, scenario: Scenario) -> Floats:
    """Pay of the hours that won buyers by channel, money, shape (channels,)."""
    worked = hours_by_role(record, *record.activities)  # type: ignore[arg-type]
    payroll = ledger.entries_of("payroll")
    paid = np.zeros(len(record.roles))
    for number, name in enumerate(record.roles):
        centre = ledger.centres.index(f"role/{name}") if f"role/{name}" in ledger.centres else -1
        paid[number] = -float(ledger.amount[payroll & (ledger.centre == centre)].sum())
    an_hour = np.divide(paid, worked, out=np.zeros_like(paid), where=worked > 0)
    cold = float(hours_by_role(record, "prospect") @ an_hour)
    warm = float(hours_by_role(record, "qualify", "sell") @ an_hour)
    leads = record.leads
    passed = leads.qualified if not np.isnan(leads.qualified).all() else leads.answered
    rows = ~np.isnan(passed) & (leads.arrived >= record.begin) & ~leads.initial
    by_leads = np.bincount(leads.channel[rows], minlength=len(record.channels)).astype(np.float64)
    outbound = np.array([isinstance(spec, Outbound) for spec in scenario.market.channels.values()])
    by_attempts = np.where(outbound, record.attempts.sum(axis=1), 0.0)
    return cold * _parts(by_attempts) + warm * _parts(by_leads)


def _parts(values: Floats) -> Floats:
    total = float(values.sum())
    return values / total if total > 0 else np.zeros_like(values)


def _customer_months(record: Record, mine: NDArray[np.bool_]) -> tuple[float, float]:
    """Months that these customers were there in the period, and how many of them left."""
    customers = record.customers
    until = np.where(np.isnan(customers.until), np.inf, customers.until)[mine]
    since = customers.since[mine]
    hours = np.maximum(np.minimum(until, record.end) - np.maximum(since, record.begin), 0.0)
    left = (until >= record.begin) & (until < record.end)
    return float(hours.sum()) / MONTH, how_many(left)


PAPERS: tuple[Activity, ...] = ("paperwork", "collect")
SELLING: tuple[Activity, ...] = ("prospect", "qualify", "sell")
WITH_CLIENTS: tuple[Activity, ...] = (*SELLING, "serve", "upsell")


def is_administrator(role: Role) -> bool:
    """Whether a role does papers or reminders and nothing else with leads or customers."""
    done = {duty.activity for duty in role.activities} - {"meet", "coach"}
    return bool(done) and done <= set(PAPERS)


def administration(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    """Measures of the administrators of a run; hours and money 0 where there are none or nobody else."""
    roles = scenario.structures[record.structure].roles
    clerks = [number for number, name in enumerate(record.roles) if is_administrator(roles[name])]
    sellers = [
        number
        for number, name in enumerate(record.roles)
        if any(duty.activity in WITH_CLIENTS for duty in roles[name].activities)
    ]
    nothing = {"freed_hours": 0.0, "freed_worth": 0.0, "administrator_cost": 0.0, "administrator_pays_from": math.nan}
    if not clerks or not sellers:
        return nothing
    papers, productive = hours_by_role(record, *PAPERS), hours_by_role(record, *WITH_CLIENTS)
    freed = float(papers[clerks].sum())
    spent = float(productive[sellers].sum())
    worth = margin_of_sales(ledger, scenario) / spent if spent > 0 else math.nan
    cost = _pay(ledger, [record.roles[number] for number in clerks])
    people = record.staffed @ np.diff(record.month_edges)
    of_one = cost / float(people[clerks].sum()) if people[clerks].any() else math.nan
    caused = worth * (freed + float(papers[sellers].sum()))
    by_one = caused / float(people[sellers].sum()) if people[sellers].any() else math.nan
    return {
        "freed_hours": freed,
        "freed_worth": freed * worth if freed else 0.0,
        "administrator_cost": cost,
        "administrator_pays_from": of_one / by_one if by_one > 0 else math.nan,
    }


def _pay(ledger: Ledger, roles: list[str]) -> float:
    """Pay of roles with contributions, money, above zero."""
    centres = [number for number, name in enumerate(ledger.centres) if name in {f"role/{role}" for role in roles}]
    rows = ledger.entries_of("payroll") & np.isin(ledger.centre, centres)
    return 0.0 - float(ledger.amount[rows].sum())
