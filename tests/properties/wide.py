"""Wide random scenarios: odd names, extreme and valid values, all kinds of channels, presets, changes on any day.

What `scenarios` and `staffing` draw is tame enough to be told apart by hand; here everything that a file may say is
drawn, a little of each. A tree need not be valid: what the loader refuses, it has to refuse with its own messages.
Horizons are short and teams small, so that one costs a tenth of a second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from simulation.scenario import preset_files

Tree = dict[str, Any]
Draw = st.DrawFn

ODD = (
    "site", "Сайт", "עברית", "a/b", "2/3/3", "../up", "..", "site.ru", "v1.0", "x'y", 'q"q', "con", "a b  c",
    "<b>x</b>", "=1+1", "@cmd", "-5", "+1", "$x^2$", "$\\frac{", "_^_", "[bold]x", "{x}", "%s%d", "a:b", "a-b",
    "a|b", "a;b,c", "x" * 60, "ﷺ", "\u202eabc", "🔥🔥", "Нуль", "null", "true", "1", "2026-01-01", "#hash",
    "&amp;", "*star*", "`tick`", "~", "total", "structure", "customers", "order", "channel:site", "line/x",
    "C:\\x", "résumé", "日本", "́́combining", "\u200bzero", "a\nb", "Universal", "universal",
)  # fmt: skip
PRESET_ROLES = {
    name: tuple(preset_files.preset("structures", name).plain["roles"]) for name in preset_files.names("structures")
}


def some(*values: Any) -> st.SearchStrategy[Any]:
    """One of these values."""
    return st.sampled_from(values)


def chance(draw: Draw, tenths: int) -> bool:
    """True so often; shrinks to False."""
    return draw(st.integers(0, 9)) >= 10 - tenths


def names(draw: Draw, stem: str, count: int, dots: bool = False) -> list[str]:
    """Different names, odd ones among them; keys have no dots."""
    made: list[str] = []
    for number in range(count):
        name = f"{stem}{number}"
        if chance(draw, 4):
            odd = draw(some(*ODD)).strip()
            name = name if "." in odd and not dots else odd
        while name in made:
            name += "x"
        made.append(name)
    return made


def optional(draw: Draw, tree: Tree, tenths: int, **values: st.SearchStrategy[Any]) -> None:
    """Give some of the keys, each so often."""
    for key, strategy in values.items():
        if chance(draw, tenths):
            tree[key] = draw(strategy)


SHARE = some(0.5, 0, 1, 0.05, 0.95, "35 %", 1e-9, 1 - 1e-12, 1e-300)
RATE = some(5, 0, 1, 20, 60, 0.001, 1e-9)
MONEY = some(100, 0, 1, "25 k", "1.5 mln", 1e-9, 1e12, 0.01)
ODDS = some(0, 0.5, -0.5, 5, -5, 50, -50, 1000, -1000)
FINITE = some("15 min", "0 h", "1 min", "3 h", "1 day", "10 days", "3 months", "5 years", "0.001 h")
ELAPSED = some("1 day", "0 h", "1 min", "3 h", "10 days", "3 months", "5 years", "never", "1 second")
WORKING = some("1 h", "0 h", "1 min", "15 min", "3 h", "2 working days", "100 h", "0.01 h")
SEASON = some([1] * 12, [12] + [0] * 11, [0] * 6 + [2] * 6)
ODD_TITLE = some(*ODD)


@st.composite
def laws(draw: Draw, mean: st.SearchStrategy[Any]) -> Any:
    """A time, or a law of it."""
    middle = draw(mean)
    if middle == "never":
        return middle
    cv = some(0.3, 0, 1, 10, 100)
    match draw(st.integers(0, 8)):
        case 4:
            return {"exponential": middle}
        case 5:
            return {draw(some("lognormal", "gamma")): {"mean": middle, "cv": draw(cv)}}
        case 6:
            return {"uniform": {"low": "0 h", "high": middle}}
        case 7:
            return {"weibull": {"mean": middle, "shape": draw(some(1, 0.1, 0.5, 10, 100))}}
        case 8:
            return {"empirical": [middle, "1 h"]}
    return middle


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
                arrival_hours=some("working hours", "around the clock"),
            )  # fmt: skip
        case "outbound":
            made |= {"attempt": draw(some("7 min", "3 h", "100 h")), "find_probability": draw(some(0.02, 0.3, 1e-6))}
            contacts = st.fixed_dictionaries({"size": some(50, 0, 1, 10**6), "refresh_per_month": RATE})
            optional(draw, made, 3, contacts=contacts)
        case _:
            made["orders_per_month"] = draw(some(1, 0, 10, 60))
            optional(
                draw, made, 3, ramp=ELAPSED, discount=SHARE, exits_per_year=some(0.15, 6, 1000), seasonality=SEASON
            )
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
        )  # fmt: skip
        if chance(draw, 2):
            made |= {"price": draw(some(1.5, 0.01, 100)), "price_response": draw(some(-0.03, 0.03, -3))}
    market: Tree = {
        "channels": {name: draw(channels(list(products))) for name in names(draw, "chan", draw(some(1, 1, 2, 3)))},
        "products": products,
    }
    if chance(draw, 8):
        market["stages"] = []
        for name in names(draw, "stage", draw(some(1, 2, 3)), dots=True):
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
            market["stages"].append(stage)
    rules = st.fixed_dictionaries({"work": laws(WORKING), "true_positive": SHARE, "false_positive": SHARE})
    speed = st.fixed_dictionaries({"floor": SHARE, "tau": some("8 h", "1 min", "0.001 h", "100 h")})
    optional(
        draw, market, 4, qualification=st.none() | rules, speed_to_lead=st.none() | speed,
        material=st.fixed_dictionaries({"effect": SHARE, "cost": MONEY, "cost_per_month": MONEY}),
    )  # fmt: skip
    if chance(draw, 6):
        market["customers"] = made = {}
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
            payment=st.fixed_dictionaries({"delay": laws(ELAPSED), "late_share": SHARE, "after_reminder": ELAPSED}),
        )  # fmt: skip
        if chance(draw, 3):
            made["churn_per_year"] = 0
            made["drop_out"] = draw(some({"probability": 0.2, "cv": 0.8}, {"probability": 1}, {"probability": 1e-6}))
    if chance(draw, 4):
        repeat = any(product.get("repeat", True) for product in products.values())
        market["initial"] = {"customers": draw(some(1, 10)) if repeat else 0, "pipeline": draw(some(1, 0, 10))}
    return market


CURVES = st.fixed_dictionaries(
    {
        "start": some(0.5, 0.01, 1, 3),
        "mastery": some(1.2, 0.01, 10),
        "half_life": some(200, 0.01, 1, 1e6),
        "effects": st.fixed_dictionaries(
            dict.fromkeys(
                ("speed", "conversion", "deal_size", "filter", "retention", "growth"), some(0.2, 0, 1, 3, 300)
            )
        ),
    }
)


@st.composite
def people(draw: Draw) -> Tree:
    """What is true of people, all of it at times."""
    made: Tree = {}
    optional(
        draw, made, 3,
        talent=st.fixed_dictionaries({"sd": some(0.1, 0, 1, 3, 30), "correlation": some(0.5, 0, 1)}),
        absence=st.fixed_dictionaries(
            {"vacation_days": some(28, 0, 100), "vacation_part_days": some(14, 1, 0.5),
             "sick_days": some(8, 0, 100, 360), "sick_spell_days": some(5, 0.1, 50)}
        ),
        tenure=some("1 day", "0 h", {"exponential": "18 months"}, {"lognormal": {"mean": "1 year", "cv": 10}}),
        switching=some("8 min", "0 h", "3 h"),
        availability=some(0.85, 1, 0.01),
        turnover=st.fixed_dictionaries(
            {"per_year": some(0.5, 0, 3), "early": st.just(1), "overload": some(0, 0.5, 10),
             "contagion": some(0, 2, 20), "missed_earnings": some(0, 1, 10), "notice": some("14 days", "0 h")}
        ),
        recruiting=st.fixed_dictionaries(
            {"time": laws(ELAPSED), "cost": MONEY, "policy": some("react", "buffer", "batch"), "every": some("20 days")}
        ),
        onboarding=st.fixed_dictionaries(
            {"training_days": some(5, 0, 100, 0.5), "mentor": some("2 h", "0 h", "40 h"), "head": some("3 h", "0 h"),
             "cost": MONEY, "probation": st.fixed_dictionaries({"months": some(3, 0.1, 24), "failure": some(0, 0.2)})}
        ),
        departure=st.fixed_dictionaries(
            {"reassign_after": FINITE, "leads_lost": SHARE, "customers_lost": SHARE, "colleague_saves": SHARE,
             "orders_fall": SHARE, "orders_recover": some("12 months", "1 min", "5 years"),
             "clients_to": some("colleagues", "successor"), "severance": some(0, 3)}
        ),
        coaching=st.fixed_dictionaries({"learning": SHARE, "conversion": some(0.2, 0, 10)}),
        learning=st.fixed_dictionaries({"qualify": CURVES, "sell": CURVES, "serve": CURVES}),
    )  # fmt: skip
    if "turnover" in made and chance(draw, 3):
        made["turnover"]["law"] = draw(STAYING)
        made.setdefault("onboarding", {}).setdefault("probation", {})["failure"] = 0
    return made


STAYING = some(
    {"kind": "lognormal", "cv": 1}, {"kind": "lognormal", "cv": 0.01}, {"kind": "lognormal", "cv": 100},
    {"kind": "piecewise", "until": [], "hazards": [1]},
    {"kind": "piecewise", "until": ["1 min", "1 day", "1 year"], "hazards": [1e3, 0, 1e3, 1e-3]},
    {"kind": "table", "at": ["3 months", "1 year"], "stay": [1, 0.01]},
)  # fmt: skip
"""Laws of staying from records."""


PAY = st.fixed_dictionaries(
    {
        "base": MONEY,
        "commission": st.fixed_dictionaries(
            {"share": some(0.1, 0, 1), "of": some("revenue", "margin"), "on": some("deals", "orders", "both"),
             "threshold": some(0, 0.5, 10), "accelerator": some(1, 0.1, 2)}
        ),
        "bonus": st.fixed_dictionaries(
            {"amount": MONEY, "every": some("month", "quarter", "year"), "attainment": some(1, 0, 10)}
        ),
        "vacation": some("base", "average"),
        "per_lead": MONEY,
    }
)  # fmt: skip
ACTIVITIES = ("serve", "collect", "qualify", "sell", "paperwork", "upsell", "prospect", "meet")


@st.composite
def structures(draw: Draw, stages: Sequence[str]) -> tuple[Tree, list[str], int]:
    """A structure by preset or by hand, the keys of its roles, and its pods."""
    made: Tree = {"roles": {}}
    if draw(st.booleans()):
        preset = made["preset"] = draw(some(*PRESET_ROLES))
        pods = 2 if preset == "pods" else 1
        for role in PRESET_ROLES[preset]:
            entry: Tree = {"headcount": pods * draw(some(1, 0, 2))}
            optional(
                draw, entry, 2, pay=PAY, ownership=some("personal", "team"), new_work=some("assigned", "shared"),
                cover=some(0, 0.5, 1), title=ODD_TITLE,
            )  # fmt: skip
            if chance(draw, 6):
                made["roles"][role] = entry
        roles = list(PRESET_ROLES[preset])
    else:
        pods = made["pods"] = draw(some(1, 1, 2))
        roles = names(draw, "role", draw(some(1, 2, 3)))
        for number, name in enumerate(roles):
            order: list[Any] = list(draw(st.permutations(ACTIVITIES)))
            if number:  # the first role does everything, so that nothing is nobody's
                order = order[: draw(st.integers(1, 7))]
                help_ = {
                    "activity": order[0],
                    "overflow": {"queue": draw(some(1, 0, 3)), "wait": draw(some("0 h", "1 h"))},
                }
                part = {"activity": "sell", "stages": [draw(some(*stages))]}
                if order[0] not in ("meet", "prospect") and chance(draw, 3):
                    order[0] = help_
                elif chance(draw, 2):
                    order = [part, *(each for each in order if each != "sell")]
            entry = {
                "headcount": pods * draw(some(1, 0, 2)),
                "activities": order,
                "ownership": draw(some("personal", "team")),
                "new_work": draw(some("assigned", "shared")),
                "cover": draw(some(0, 0.5, 1)),
            }
            if "sell" in order and chance(draw, 2):
                entry["ramp"] = {"sell": draw(some([0, 1], ["0 %", "50 %", 1], [0.5, 1]))}
            if "meet" in order:
                entry["meetings"] = draw(some("1 h", "0 h", "39 h"))
            if "prospect" in order and chance(draw, 2):
                entry["protected"] = {"prospect": draw(some("0.5 h", "0.01 h"))}
            optional(draw, entry, 2, pay=PAY, title=ODD_TITLE, hours_per_week=some("20 h", "1 h"))
            made["roles"][name] = entry
    if chance(draw, 2) and "head" not in made["roles"]:
        made["roles"]["head"] = {
            "headcount": draw(some(1, 0, 2)), "support": True,
            "leads": {"span": draw(some(8, 0.5, 100)), "coaching": draw(some("2 h", "0 h", "40 h"))},
            "pay": {"base": draw(MONEY)},
        }  # fmt: skip
    optional(draw, made, 2, title=ODD_TITLE, structural=ODD_TITLE.map(lambda word: [word]))
    return made, roles, pods


@st.composite
def interventions(draw: Draw, tree: Tree, roles: Sequence[str], pods: int) -> list[Tree]:
    """A few changes, on the first day, the last one or between."""
    experiment = tree["experiment"]
    first = dt.date.fromisoformat(experiment["start"])
    last = first + dt.timedelta(days=int(30.4 * experiment["months"]) - 1)
    made: list[Tree] = []
    for _ in range(draw(some(1, 2))):
        change: Tree = {"at": draw(some(str(first), str(last), "0 h", "1 day", "10 days", "1 min"))}
        channel = draw(some(*tree["market"]["channels"]))
        key = {"distributor": "orders_per_month", "outbound": "active"}.get(
            tree["market"]["channels"][channel]["kind"], "leads_per_month"
        )
        one = draw(some(*roles))
        match draw(st.integers(0, 7)):
            case 0:
                change["set"] = {f"roles.{one}.headcount": pods * draw(some(0, 1, 2))}
            case 1 if len(roles) > 1:
                other = draw(some(*(role for role in roles if role != one)))
                change["move"] = [{"role": one, "to": other, "people": pods}]
            case 2:
                change["crm"] = {"failure": draw(some(0.35, 0, 1)), "setup": draw(MONEY), "ceiling": draw(SHARE)}
            case 3:
                change["set"] = {
                    f"market.channels.{channel}.{key}": draw(some(True, False) if key == "active" else RATE)
                }
            case 4:
                after_orders = "drop_out" in tree["market"].get("customers", {})
                change["set"] = {"market.customers.churn_per_year": 0 if after_orders else draw(some(0, 1, 1000))}
            case 5:
                change["set"] = {"market.stages.0.conversion": draw(SHARE), "people.availability": draw(some(0.01, 1))}
            case 6:
                change["set"] = {f"market.channels.{channel}.quality": draw(ODDS)}
            case _:
                change["cost"] = draw(MONEY)
        dip = st.fixed_dictionaries({"depth": some(0.3, 0, 0.99), "recovery": some("3 weeks", "1 h")})
        spike = st.fixed_dictionaries({"factor": some(3, 1, 100), "lasts": some("3 weeks", "1 h")})
        optional(draw, change, 2, dip=dip, attrition_spike=spike, title=ODD_TITLE)
        made.append(change)
    return made


@st.composite
def money(draw: Draw) -> Tree:
    """A plan, a budget and last year's figures."""
    made: Tree = {}
    if chance(draw, 4):
        made["plan"] = {"measure": draw(some("revenue", "profit", "deals")), "target": draw(some(1e6, 1, 1e12, 0.01))}
        target = ODD_TITLE.filter(lambda name: "." not in name and name.strip() == name)
        optional(
            draw, made["plan"], 3, rolling=st.booleans(), effort=some(0.3, 0, 1), seasonality=SEASON,
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
                }
            )
            optional(draw, made["budget"], 5, **{table: st.fixed_dictionaries({"lines": st.lists(line, max_size=2)})})
        optional(
            draw, made["budget"], 3, contributions_of=some("RU_2025", "RU_2026"), depreciation_months=some(36, 1, 0.5)
        )
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
    stages = [stage["name"] for stage in tree["market"].get("stages", [{"name": "closing"}])]
    optional(draw, tree, 5, people=people())
    terms = st.fixed_dictionaries(
        {"loss": SHARE, "delay": ELAPSED, "extra_work": WORKING, "information": some(0, 1, 10, 1e6)}
    )
    optional(draw, tree, 3, hand_off=st.fixed_dictionaries({"lead": terms, "customer": terms}))
    tree["structures"] = {}
    for name in names(draw, "s", draw(some(1, 1, 2))):
        structure, roles, pods = draw(structures(stages))
        if chance(draw, 4):
            structure["interventions"] = draw(interventions(tree, roles, pods))
        tree["structures"][name] = structure
    return tree | draw(money())
