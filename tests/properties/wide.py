"""Wide random scenarios: odd names, extreme and valid values, all kinds of channels, presets, changes on any day.

What `scenarios` and `staffing` draw is tame enough to be told apart by hand; here everything that a file may say is
drawn, a little of each. A tree need not be valid: what the loader refuses, it has to refuse with its own messages.
Horizons are short and teams small, so that one costs a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.properties.wide_teams import TERMS, interventions, people, structures
from tests.properties.wide_values import (
    BURSTS,
    ELAPSED,
    FINITE,
    MONEY,
    ODD_TITLE,
    ODDS,
    RATE,
    RHYTHM,
    SEASON,
    SHARE,
    WORKING,
    Draw,
    Tree,
    chance,
    laws,
    names,
    optional,
    some,
)

DEALS = some(
    100, 0, 1e-9, 1e12, {"lognormal": {"mean": 100, "cv": 1}}, {"lognormal": {"mean": 1e6, "cv": 100}},
    {"gamma": {"mean": 100, "cv": 0.1}}, {"gamma": {"mean": 100, "cv": 10}}, {"uniform": {"low": 0, "high": 100}},
    {"triangular": {"low": 0, "mode": 0, "high": 10}}, {"empirical": [0, 0, 1e6]},
    {"empirical": {"values": [100, 0, 1e6], "weights": [5, 0, 1e-9]}},
)  # fmt: skip
CALENDARS = some(
    {"around_the_clock": True}, {"country": "RU"}, {"country": "US"}, {"country": "DE", "region": "BY"},
    {"country": "IL", "week": ["sun", "mon", "tue", "wed", "thu"]}, {"hours": "09:00-17:00", "lunch": None},
    {"hours": "20:00-04:00", "lunch": None, "week": ["mon", "wed", "sat"]}, {"hours": "00:00-24:00", "lunch": None},
    {"hours": "22:00-06:00", "lunch": "02:00-02:30"}, {"hours": "09:00-09:01", "lunch": None}, {"week": ["sat"]},
    {"days_off": ["2026-01-05", "2026-01-06"], "working_days": ["2026-01-04", "2026-01-10"]},
    {"week": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": "00:00-23:59", "lunch": "12:00-12:01"},
)  # fmt: skip
STARTS = some(
    "2026-01-01", "2024-02-29", "2026-01-31", "2025-12-31", "2027-07-15", "1970-01-01", "2099-11-30", "2026-08-31"
)


@st.composite
def channels(draw: Draw, products: Sequence[str]) -> Tree:
    """One channel of any kind."""
    kind = draw(some("inbound", "outbound", "partner", "distributor"))
    made: Tree = {"kind": kind}
    optional(
        draw, made, 3, title=ODD_TITLE, quality=ODDS, upsell=ODDS, fit=SHARE, patience=laws(ELAPSED),
        deal_size=some(1, 0.01, 3, 1e6, 1e-9), share_of_revenue=SHARE, share_of_margin=SHARE,
    )  # fmt: skip
    optional(
        draw, made, 1, active=st.just(False), products=st.fixed_dictionaries({p: some(1, 5, 1e-9) for p in products})
    )
    if chance(draw, 2):
        made["cost"] = {"fixed_per_month": draw(MONEY), "per_lead": draw(MONEY)}
    match kind:
        case "inbound" | "partner":
            made["leads_per_month"] = draw(some(5, 0, 1, 30, 60, 1e-6, "720 a year"))
            optional(
                draw, made, 2, seasonality=SEASON, trend_per_year=some(0.5, -0.5, -0.99, 2, "-20 %"),
                overdispersion=some(0.5, 1, 5), declined_at_once=SHARE,
                arrival_hours=some("working hours", "around the clock"), bursts=BURSTS,
            )  # fmt: skip
            if made.get("arrival_hours") != "working hours":
                optional(draw, made, 2, arrivals=RHYTHM)
        case "outbound":
            made |= {"attempt": draw(some("7 min", "3 h", "100 h")), "find_probability": draw(some(0.02, 0.3, 1e-6))}
            contacts = st.fixed_dictionaries({"size": some(50, 0, 1, 10**6), "refresh_per_month": RATE})
            optional(draw, made, 3, contacts=contacts, cost=st.fixed_dictionaries({"per_attempt": MONEY}))
        case _:
            made["orders_per_month"] = draw(some(1, 0, 10, 60))
            optional(
                draw, made, 3, ramp=ELAPSED, discount=SHARE, exits_per_year=some(0.15, 6, 1000), seasonality=SEASON
            )
    return made


@st.composite
def stages(draw: Draw, name: str) -> Tree:
    """One stage of a sale."""
    stage = {"name": name, "work": draw(laws(WORKING))}
    optional(
        draw, stage, 4, conversion=SHARE, thinking=laws(FINITE), patience=laws(ELAPSED), question=SHARE,
        meetings=some(1, 0, 2.5), thinking_lost=st.sampled_from(["same", None]) | laws(FINITE), silent=SHARE,
    )  # fmt: skip
    if chance(draw, 4):
        tries = {"probability": some(0.3, 1, 0.01), "every": some("1 day", "1 min", "3 months")}
        stage["reach"] = draw(st.fixed_dictionaries(tries | {"most": some(6, 1, 40), "work": laws(WORKING)}))
    if stage.get("silent", 0) != 0:
        optional(
            draw,
            stage,
            5,
            expires=some("10 days", "1 min", "never", "5 years"),
            remind=st.fixed_dictionaries({"every": some("1 day", "3 months", "never"), "work": laws(WORKING)}),
        )
    return stage


@st.composite
def customers(draw: Draw) -> Tree:
    """What customers do."""
    made: Tree = {}
    every = some(
        "1 month", "never", {"exponential": "10 days"}, {"lognormal": {"mean": "10 days", "cv": 10}}, "5 years"
    )
    optional(
        draw, made, 4, order_every=every, order_size=some(1, 0.01, 10), order_cv=some(0.3, 0, 5, 100),
        order_work=laws(WORKING), requests_per_month=some(0.5, 0, 10), request_work=laws(WORKING),
        growth_per_year=some(0.5, -0.5, -0.99, 5), churn_per_year=some(0.24, 0, 10, 1000), tolerance=ELAPSED,
        late_churn_per_month=some(0.04, 0, 10, 1000), order_rate_cv=some(0.8, 0, 1, 5),
        churn_cv=some(0.8, 0, 1, 5), size_rate_correlation=some(0.5, 0, -0.99),
        upsell=st.fixed_dictionaries(
            {"every": every, "work": laws(WORKING), "probability": SHARE, "uplift": some(0.1, 0, 10)}
        ),
        payment=st.fixed_dictionaries(
            {"delay": laws(ELAPSED), "late_share": SHARE, "after_reminder": ELAPSED,
             "reminder_work": laws(WORKING)}
        ),
    )  # fmt: skip
    if chance(draw, 3):
        made["churn_per_year"] = 0
        made["drop_out"] = draw(some({"probability": 0.2, "cv": 0.8}, {"probability": 1}, {"probability": 1e-6}))
    return made


RULES = st.fixed_dictionaries({"work": laws(WORKING), "true_positive": SHARE, "false_positive": SHARE})
SPEED = st.fixed_dictionaries({"floor": SHARE, "tau": some("8 h", "1 min", "0.001 h", "100 h")})


@st.composite
def processes(draw: Draw, market: Tree) -> Tree:
    """Another way of selling, and who goes through it: leads for a product, or of a channel."""
    (name,) = names(draw, "proc", 1)
    made: Tree = {"stages": [draw(stages(f"own {each}")) for each in range(draw(some(1, 2)))]}
    optional(
        draw, made, 4, title=ODD_TITLE, qualification=st.none() | RULES, speed_to_lead=st.none() | SPEED,
        customers=customers(), deal=DEALS,
    )  # fmt: skip
    thing = draw(some(*market["products"].values(), *market["channels"].values()))
    thing["process"] = name
    if thing.get("kind") != "distributor":
        differs = st.fixed_dictionaries(
            {}, optional={"work": laws(WORKING), "thinking": laws(FINITE), "conversion": SHARE}
        )
        optional(draw, thing, 5, stages=differs.map(lambda each: {"own 0": each}))
    return {name: made}


@st.composite
def open_leads(draw: Draw, sources: Sequence[str], steps: Sequence[tuple[str, str]]) -> Tree:
    """A row of the open leads of the first day; `steps` are stages, each with its process."""
    process, stage = draw(some(*steps))
    made = {"channel": draw(some(*sources)), "stage": stage, "age": draw(FINITE)}
    optional(draw, made, 3, process=st.just(process), amount=some(100, 1e-9, 1e12, "25 k"), count=some(1, 2, 10))
    optional(draw, made, 3, unseen=some("0 h", "16 h", "3 days"))
    return made


@st.composite
def old_customers(draw: Draw) -> Tree:
    """A row of the customers of the first day."""
    orders, age = draw(some(6, 0, 1, 400)), draw(some(400, 1, 9000))
    made = {"orders": orders, "age": f"{age} h", "last_order": f"{draw(some(0.2, 0, 1)) * age if orders else age} h"}
    optional(draw, made, 3, amount=some(100, 1e-9, 1e12, "25 k"), count=some(1, 2, 10))
    return made


@st.composite
def markets(draw: Draw) -> Tree:
    """A market with all that it may have."""
    products: Tree = {}
    for name in names(draw, "prod", draw(some(1, 1, 2))):
        made = products[name] = {"deal": draw(DEALS), "gross_margin": draw(SHARE)}
        optional(
            draw, made, 3, repeat=st.booleans(), paperwork=laws(WORKING), questions=some(1, 0, 5, 1000),
            title=ODD_TITLE, trade=some("wholesale", "retail", "services"),
            deal_trend_per_year=some(0.2, 0, -0.5, 5),
        )  # fmt: skip
        if chance(draw, 2):
            made |= {"price": draw(some(1.5, 0.01, 100)), "price_response": draw(some(-0.03, 0.03, -3))}
            optional(draw, made, 5, price_orders=some(0, -0.5, -2), price_churn=some(0.01, 0, 1))
    market: Tree = {
        "channels": {name: draw(channels(list(products))) for name in names(draw, "chan", draw(some(1, 1, 2, 3)))},
        "products": products,
    }
    if chance(draw, 8):
        market["stages"] = []
        for name in names(draw, "stage", draw(some(1, 2, 3)), dots=True):
            market["stages"].append(draw(stages(name)))
    if chance(draw, 4):
        market["processes"] = draw(processes(market))
    optional(
        draw, market, 4, qualification=st.none() | RULES, speed_to_lead=st.none() | SPEED,
        material=st.fixed_dictionaries({"effect": SHARE, "cost": MONEY, "cost_per_month": MONEY}),
    )  # fmt: skip
    if chance(draw, 6):
        market["customers"] = draw(customers())
    if chance(draw, 4):
        repeat = any(product.get("repeat", True) for product in products.values())
        market["initial"] = {"customers": draw(some(1, 10)) if repeat else 0, "pipeline": draw(some(1, 0, 10))}
        optional(draw, market["initial"], 3, customer_size=some(1, 0.01, 10), oldest=some("6 years", "1 min"))
        able = [name for name, each in market["channels"].items() if each["kind"] != "distributor"]
        sold = [name for name, product in products.items() if product.get("repeat", True)]
        if able and sold:
            optional(draw, market["initial"], 2, channel=some(*able), product=some(*sold))
            if chance(draw, 3):
                rows = draw(st.lists(old_customers(), max_size=3))
                for row in rows:
                    optional(draw, row, 3, channel=some(*able), product=some(*sold))
                market["initial"]["customers"] = rows
        if able and chance(draw, 3):
            ways = {"default": market, **market.get("processes", {})}
            steps = [(way, each["name"]) for way in ways for each in ways[way].get("stages", [{"name": "closing"}])]
            market["initial"]["pipeline"] = draw(st.lists(open_leads(able, steps), max_size=3))
    return market


@st.composite
def money(draw: Draw) -> Tree:
    """A plan, a budget and last year's figures."""
    made: Tree = {}
    if chance(draw, 4):
        made["plan"] = {"measure": draw(some("revenue", "profit", "deals")), "target": draw(some(1e6, 1, 1e12, 0.01))}
        target = ODD_TITLE.filter(lambda name: "." not in name and name.strip() == name)
        optional(
            draw, made["plan"], 3,
            past=st.fixed_dictionaries({"months": some(3, 11, 1), "of": MONEY, "share": some(1, 0, 3)}),
            rolling=st.booleans(), effort=some(0.3, 0, 1), seasonality=SEASON,
            targets=target.flatmap(lambda name: st.fixed_dictionaries({name: some(1, 1e9)})),
        )  # fmt: skip
    if chance(draw, 4):
        made["budget"] = {}
        for table in ("capital", "direct", "indirect", "other"):
            line = st.fixed_dictionaries(
                {
                    "name": ODD_TITLE,
                    "price": MONEY,
                    "quantity": some(1, 0, 10),
                    "per": some("unit", "seat") if table == "capital" else some("unit", "seat", "lead", "deal", "hire"),
                    "when": st.just("once") if table == "capital" else some("once", "monthly"),
                },
                optional={
                    "start": some("2026-01-15", "1970-01-01"),
                    "until": some("2026-01-31", "2100-01-01"),
                    "payroll": st.booleans(),
                    "covers": some("channel_cost", "recruiting", None),
                },
            )
            rows = st.fixed_dictionaries({"lines": st.lists(line, max_size=2)}, optional={"printed_total": MONEY})
            optional(draw, made["budget"], 5, **{table: rows})
        optional(draw, made["budget"], 3, depreciation_months=some(36, 1, 0.5))
        if draw(st.booleans()):
            made["budget"]["contributions_of"] = draw(some("RU_2025", "RU_2026"))
        else:
            optional(
                draw,
                made["budget"],
                5,
                contributions=SHARE,
                contributions_above=SHARE,
                contributions_base=some(1000, 1e9),
            )
    return made


@st.composite
def histories(draw: Draw, start: str, market: Tree, stages: Sequence[str]) -> Tree:
    """Some figures of the past; of days of their own now and then."""
    count, days, part = some(10, 0, 1000), some(30, 0.5, 400), some(0, 5)
    made: Tree = {}
    optional(
        draw, made, 4, gross_margin=SHARE, deals=count, deals_first_day=part, average_deal=some(100, 1e12, 0.01),
        orders=count, calls_per_month=RATE, qualified=count, cycle_days=days, cycle_p50=days, cycle_p90=days,
        lost=count, lost_first_day=part, open=count, open_first_day=part, customers_start=count, customers_end=count,
        customers_won=count, customers_lost=count, leavers=some(1, 0, 0.5), months_until_plan=some(3, 0.1),
        conversion=some(*stages).flatmap(lambda name: st.fixed_dictionaries({name: SHARE})),
    )  # fmt: skip
    if draw(st.booleans()):
        made |= {"revenue_by_month": [draw(some(1000, 0, 1e12))] * 12} if chance(draw, 4) else {"revenue": 1e6}
    able = [name for name, each in market["channels"].items() if each["kind"] != "distributor"]
    if able and chance(draw, 3):
        one = draw(some(*able))
        made |= {"leads_per_month": {one: draw(RATE)}, "conversion_by_channel": {one: {draw(some(*stages)): 0.5}}}
    if chance(draw, 4):
        made |= {"from": start, "to": draw(some(start, start[:7], f"{int(start[:4]) + 1}-W10"))}
    return made


@st.composite
def wide_trees(draw: Draw) -> Tree:
    """What a scenario file may hold."""
    tree: Tree = {"version": 1}
    optional(
        draw, tree, 3, title=ODD_TITLE, description=ODD_TITLE, locale=some("en", "ru"),
        currency=some("RUB", "USD", "JPY", "KWD", "XXX", "", "₽", "<i>", "BTC", "usd"),
    )  # fmt: skip
    optional(draw, tree, 8, calendar=CALENDARS)
    tree["experiment"] = {"months": draw(some(1, 1, 1, 2)), "replications": 2, "start": draw(STARTS)}
    optional(
        draw, tree["experiment"], 3, seed=some(0, 1, 2**63 - 1), warm_up=some(1), begin=some("mature", "today", "new"),
        measure=some("profit", "revenue", "deals", "customers_end", "profit_with_end_value"),
        level=some(0.95, 0.5000001, 0.999999),
        valuation=st.fixed_dictionaries({"horizon_months": some(24, 0, 1000), "discount_per_year": some(0, 1, 0.2)}),
    )  # fmt: skip
    tree["market"] = draw(markets())
    known = [stage["name"] for stage in tree["market"].get("stages", [{"name": "closing"}])]
    optional(draw, tree, 5, people=people())
    optional(draw, tree, 3, hand_off=TERMS)
    if chance(draw, 2):
        rows = draw(st.lists(some(0, 1, 0.05, "35 %"), min_size=20, max_size=22))
        tree["inputs"] = {"draws": {"hand_off.lead.loss": rows}}
    tree["structures"] = {}
    for name in names(draw, "s", draw(some(1, 1, 2))):
        structure, roles, pods = draw(structures(known, tree["market"]))
        if chance(draw, 4):
            structure["interventions"] = draw(interventions(tree, roles, pods))
        elif not chance(draw, 9):
            tree["interventions"] = [{"at": "1 day", "cost": draw(MONEY), "title": draw(ODD_TITLE)}]
        tree["structures"][name] = structure
        for listed in ("pipeline", "customers"):
            for row in made if isinstance(made := tree["market"].get("initial", {}).get(listed), list) else ():
                optional(draw, row, 3, owner=some(*roles, f"{next(iter(roles))}-1"))
    if chance(draw, 2):
        tree["history"] = draw(histories(tree["experiment"]["start"], tree["market"], known))
    return tree | draw(money())
