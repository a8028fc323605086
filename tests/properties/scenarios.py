"""Random small scenarios: every mechanism may be on, and any role may do anything, as long as somebody does it.

The default is a few, always the same; HYPOTHESIS_PROFILE=ci, which `.ci/run` sets, looks at four times as many, and
HYPOTHESIS_PROFILE=thorough at many more, at random.
"""

from __future__ import annotations

import copy
import os
from typing import Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from tests.scripted import BASE

Tree = dict[str, Any]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("few", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("thorough", deadline=None, print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "few")
FACTORS = {"few": 0.25, "ci": 1, "thorough": 20}
"""By how much the number of examples that a property names is multiplied."""


def examples(count: int) -> settings:
    """A decorator for a property: so many examples, fewer or more as the profile says."""
    profile = settings.get_profile(PROFILE)
    return settings(profile, max_examples=round(count * FACTORS[PROFILE]), suppress_health_check=SLOW)


def hours(low: float, high: float) -> st.SearchStrategy[str]:
    """A time, in quarters of an hour, so that things often happen at the same moment."""
    return st.integers(round(low * 4), round(high * 4)).map(lambda n: f"{n / 4} h")


def times(low: float, high: float) -> st.SearchStrategy[Any]:
    """A constant or a law of a time above zero."""
    return st.one_of(hours(low, high), hours(max(low, 0.25), high).map(lambda mean: {"exponential": mean}))


def shares(low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[float]:
    return st.integers(round(low * 20), round(high * 20)).map(lambda n: n / 20)


def maybe(strategy: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(otherwise), strategy)


CALENDARS = st.sampled_from(
    [
        {"around_the_clock": True},
        {"hours": "09:00-18:00", "lunch": "13:00-14:00"},
        {"hours": "09:00-17:00", "lunch": None},
        {"country": "RU", "hours": "10:00-19:00"},
        {"hours": "20:00-04:00", "lunch": None, "week": ["mon", "wed", "sat"]},
    ]
)


@st.composite
def channels(draw: st.DrawFn) -> Tree:
    lead = {"fit": draw(st.sampled_from([1, 0.7, 0.4])), "quality": draw(st.sampled_from([-0.5, 0, 0.5]))}
    found: Tree = {
        "site": {
            "kind": "inbound",
            "leads_per_month": draw(st.sampled_from([30, 12, 60, 0])),
            "patience": draw(maybe(times(0.25, 100), "never")),
            "arrival_hours": draw(st.sampled_from(["around the clock", "working hours"])),
            "declined_at_once": draw(st.sampled_from([0, 0.2])),
            **lead,
        }
    }
    if draw(st.booleans()):
        contacts = {"size": draw(st.integers(1, 200)), "refresh_per_month": draw(st.integers(0, 50))}
        found["calls"] = {
            "kind": "outbound",
            "attempt": draw(hours(0.25, 3)),
            "find_probability": draw(st.sampled_from([0.05, 0.3, 1])),
            "contacts": draw(st.sampled_from([None, contacts])),
            **lead,
        }
    if draw(st.booleans()):
        rate, leaves = draw(st.integers(0, 20)), draw(st.sampled_from([0, 6]))
        found["dealer"] = {"kind": "distributor", "orders_per_month": rate, "exits_per_year": leaves}
    if draw(st.booleans()):
        found["firm"] = {"kind": "partner", "leads_per_month": 10, "patience": "50 h"}
    return found


CARE = st.fixed_dictionaries(
    {
        "work": times(0.25, 1),
        "wanted_per_month": st.sampled_from([1, 4]),
        "most_per_month": st.sampled_from([4, 20]),
        "churn": shares(0, 0.5),
        "order_size": shares(0, 0.2),
        "harm": st.sampled_from([0, 0.5]),
    }
)


@st.composite
def stages_of(draw: st.DrawFn, names: tuple[str, ...]) -> list[Tree]:
    """The stages of a process, as many of them as are drawn."""
    return [
        {
            "name": name,
            "work": draw(times(0.25, 6)),
            "thinking": draw(times(0, 60)),
            "conversion": draw(shares(0.5)),
            "patience": draw(maybe(times(0.25, 100), "never")),
            "question": draw(shares(0, 0.2)),
            "thinking_lost": draw(maybe(maybe(times(0, 100), "same"), None)),
            "reach": draw(st.sampled_from([None, None, {"probability": 0.5, "every": "3 h", "most": 4}, {"most": 1}])),
            **draw(
                st.sampled_from([{}, {"silent": 0.5}, {"silent": 0.2, "expires": "60 h", "remind": {"every": "20 h"}}])
            ),
        }
        for name in names[: draw(st.integers(1, len(names)))]
    ]


QUALIFICATION = st.fixed_dictionaries(
    {"work": times(0.25, 3), "true_positive": shares(0.5), "false_positive": shares(0, 0.5)}
)
SPEED = st.fixed_dictionaries({"floor": shares(), "tau": hours(0.25, 20)})
OTHER = "visit"
"""Name of a second process."""


@st.composite
def second_process(draw: st.DrawFn, market: Tree) -> Tree:
    """Another way of selling, which a product or a channel names; what differs for its leads at a stage."""
    made: Tree = {
        "stages": draw(stages_of(("look", "book"))),
        "qualification": draw(maybe(QUALIFICATION, None)),
        "speed_to_lead": draw(maybe(SPEED, None)),
        "deal": draw(st.sampled_from([None, 70])),
    }
    if draw(st.booleans()):
        made["customers"] = {"order_every": draw(times(20, 300)), "order_work": draw(times(0, 3)), "churn_per_year": 1}
    things = [
        *market["products"].values(),
        *(each for each in market["channels"].values() if each["kind"] != "distributor"),
    ]
    draw(st.sampled_from(things))["process"] = OTHER
    return made


def ways(market: Tree, channel: str) -> list[str]:
    """Names of the processes that a channel's leads go through."""
    own = market["channels"][channel].get("process", "default")
    return list(dict.fromkeys(product.get("process", own) for product in market["products"].values()))


def stages_by_process(market: Tree) -> dict[str, list[str]]:
    """Names of the stages of each process that leads go through, the default one first."""
    leads = [name for name, each in market["channels"].items() if each["kind"] != "distributor"]
    used = {way for name in leads for way in ways(market, name)}
    them = {"default": market["stages"]} | {name: each["stages"] for name, each in market["processes"].items()}
    return {name: [stage["name"] for stage in stages] for name, stages in them.items() if name in used}


@st.composite
def markets(draw: st.DrawFn) -> Tree:
    stages = draw(stages_of(("talk", "offer", "sign")))
    products = {
        name: {
            "deal": draw(st.sampled_from([100, {"lognormal": {"mean": 100, "cv": 1}}])),
            "deal_trend_per_year": draw(st.sampled_from([0, 0, 0.5])),
            "gross_margin": 0.4,
            "repeat": draw(st.booleans()),
            "paperwork": draw(times(0, 3)),
        }
        for name in ("thing", "tool")[: draw(st.integers(1, 2))]
    }
    customers = {
        "order_every": draw(maybe(times(20, 300), "never")),
        "order_work": draw(times(0, 3)),
        "order_cv": draw(st.sampled_from([0, 0.5])),
        "requests_per_month": draw(st.sampled_from([0, 1, 5])),
        "request_work": draw(times(0.25, 3)),
        "churn_per_year": draw(st.sampled_from([0, 1, 10])),
        "tolerance": draw(hours(0, 50)),
        "late_churn_per_month": draw(st.sampled_from([0, 1])),
        "order_rate_cv": draw(st.sampled_from([0, 1])),
        "churn_cv": draw(st.sampled_from([0, 1])),
        "upsell": {"every": draw(maybe(times(50, 300), "never")), "work": "1 h"},
        "payment": {"delay": draw(times(0, 50)), "late_share": draw(shares(0, 0.5))},
        "care": draw(maybe(CARE, None)),
    }
    if customers["churn_per_year"] == 0:
        customers["drop_out"] = {"probability": draw(st.sampled_from([0, 0.2])), "cv": draw(st.sampled_from([0, 0.8]))}
    some = any(product["repeat"] for product in products.values())
    market: Tree = {
        "channels": draw(channels()),
        "products": products,
        "stages": stages,
        "processes": {},
        "qualification": draw(maybe(QUALIFICATION, None)),
        "speed_to_lead": draw(maybe(SPEED, None)),
        "customers": customers,
    }
    if draw(st.integers(0, 2)) == 0:
        market["processes"] = {OTHER: draw(second_process(market))}
    there = stages_by_process(market)
    sources = [name for name, each in market["channels"].items() if each["kind"] != "distributor"]
    places = [(name, stage) for name in sources for way in ways(market, name) for stage in there[way]]
    leads = st.fixed_dictionaries(
        {"age": hours(0, 59), "amount": st.sampled_from([None, 80, 5000]), "count": st.integers(1, 3)}
    )
    for name in sources:
        if market["processes"] and draw(st.booleans()):
            stage = draw(st.sampled_from([stage for place, stage in places if place == name]))
            market["channels"][name]["stages"] = {
                stage: {"work": draw(times(0.25, 6)), "conversion": draw(shares(0.5))}
            }
    rows = [
        row | dict(zip(("channel", "stage"), draw(st.sampled_from(places)), strict=True))
        for row in draw(st.lists(leads, max_size=2))
    ]
    market["initial"] = {
        "customers": draw(st.integers(0, 8) | st.lists(old_customers(), max_size=2)) if some else 0,
        "pipeline": draw(st.integers(0, 5) | st.just(rows)),
    }
    return market


@st.composite
def old_customers(draw: st.DrawFn) -> Tree:
    """Customers of the first day with their orders so far."""
    orders, age = draw(st.sampled_from([0, 1, 12])), draw(st.sampled_from([100, 3000]))
    made = {"orders": orders, "age": f"{age} h", "last_order": f"{draw(st.integers(0, age)) if orders else age} h"}
    return made | {"amount": draw(st.sampled_from([None, 80, 5000])), "count": draw(st.integers(1, 4))}


@st.composite
def order_of_work(draw: st.DrawFn) -> Tree:
    """Due times, what is taken newest first, how many open leads anybody has in hand: for a part of the roles."""
    if draw(st.booleans()):
        return {}
    due = st.dictionaries(st.sampled_from(WAITING), maybe(hours(0, 20), "never"), max_size=4)
    return {
        "due": draw(due),
        "newest_first": draw(st.lists(st.sampled_from(WAITING), max_size=2, unique=True)),
        "most_open": draw(st.sampled_from([None, None, 1, 3])),
        "care_per_month": draw(st.sampled_from([None, 2, 30])),
    }


@st.composite
def structures(draw: st.DrawFn, market: Tree, least: int = 0) -> Tree:
    """Any division of labour among one to three roles in which every piece of work is somebody's."""
    there = stages_by_process(market)
    apart = len(there) == 2 and draw(st.integers(0, 2)) == 0  # each process has people of its own
    names = ("one", "two", "three")[: 2 if apart else draw(st.integers(1, 3))]
    of = dict(zip(names, there, strict=True)) if apart else {}
    pods = draw(st.sampled_from([1, 1, 2]))
    duties: dict[str, list[Any]] = {name: [] for name in names}
    work: list[Any] = ["qualify", "serve", "upsell", "collect", "paperwork"]
    work += [{"activity": "sell", "stages": [stage]} for stages in there.values() for stage in stages]
    if "calls" in market["channels"]:
        work.append("prospect")
    if draw(st.booleans()):
        work.append("care")
    for piece in work:
        doers = draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True))
        if of:
            whose = (
                [name for name in names if piece["stages"][0] in there[of[name]]] if isinstance(piece, dict) else names
            )
            doers = list(whose)
        for name in names:
            if name in doers:
                duties[name].append(piece)
            elif not of and piece not in ("prospect", "care") and draw(st.integers(0, 9)) == 0:
                rule = {"queue": draw(st.integers(1, 3)), "wait": draw(hours(0, 3))}
                spec = {"activity": piece} if isinstance(piece, str) else dict(piece)
                duties[name].append(spec | {"overflow": rule})
    roles: Tree = {}
    for name in names:
        order = draw(st.permutations(duties[name]))
        support = not order
        role: Tree = {
            "headcount": pods * max(least, draw(st.sampled_from([1, 2, 3, 0]))),
            "activities": list(order),
            "support": support,
        }
        if not support:
            role["ownership"] = draw(st.sampled_from(["personal", "team"]))
            role["new_work"] = draw(st.sampled_from(["assigned", "shared"]))
            role["cover"] = draw(st.sampled_from([0, 0.5, 1]))
            if draw(st.booleans()):
                role["activities"].insert(draw(st.integers(0, len(order))), "meet")
                role["meetings"] = draw(hours(0.25, 3))
            if "prospect" in order and draw(st.booleans()):
                role["protected"] = {"prospect": draw(hours(0.25, 4))}
            role |= draw(order_of_work())
            if of:
                role["processes"] = [of[name]]
        roles[name] = role
    return {"roles": roles, "pods": pods}


LEARNING = {"start": 0.6, "mastery": 1.3, "half_life": 20, "effects": dict.fromkeys(
    ("speed", "conversion", "deal_size", "filter", "retention", "growth"), 1
)}  # fmt: skip
PEOPLE = st.fixed_dictionaries(
    {
        "talent": st.sampled_from([{"sd": 0}, {"sd": 0.3}]),
        "absence": st.sampled_from(
            [{"vacation_days": 0, "sick_days": 0}, {"vacation_days": 28, "sick_days": 40, "sick_spell_days": 2}]
        ),
        "switching": hours(0, 0.5),
        "switching_groups": st.sampled_from([[], [["prospect", "qualify"], ["serve", "care", "paperwork"]]]),
        "availability": st.sampled_from([1, 0.8]),
        "learning": st.sampled_from(
            [BASE["people"]["learning"], {"sell": LEARNING, "serve": LEARNING, "qualify": LEARNING}]
        ),
    }
)
WAITING = ["qualify", "sell", "serve", "upsell", "collect", "paperwork", "care", "meet"]
TERMS = st.fixed_dictionaries(
    {"loss": shares(0, 0.3), "delay": hours(0, 30), "extra_work": hours(0, 1), "information": shares()}
)


@st.composite
def trees(draw: st.DrawFn, count: int = 1, least: int = 0) -> Tree:
    """What a scenario file with `count` structures would hold; every role has at least `least` people."""
    tree = copy.deepcopy(BASE)
    tree["calendar"] = draw(CALENDARS)
    tree["experiment"] |= {
        "months": draw(st.integers(1, 2)),
        "warm_up": draw(st.sampled_from([0, 0, 1])),
        "begin": draw(st.sampled_from(["new", "today"])),
        "seed": draw(st.integers(0, 1000)),
    }
    tree["market"] = draw(markets())
    tree["people"] |= draw(PEOPLE)
    tree["hand_off"] = {"lead": draw(TERMS), "customer": draw(TERMS)}
    tree["structures"] = {f"s{n}": draw(structures(tree["market"], least)) for n in range(count)}
    known = [name for name, role in tree["structures"]["s0"]["roles"].items() if not role["support"]]
    for listed in ("pipeline", "customers"):
        for row in made if isinstance(made := tree["market"]["initial"][listed], list) else ():
            row["owner"] = draw(st.sampled_from(["", *known])) if known else ""
    return tree


def load(tree: Tree) -> Scenario:
    """The scenario of a tree."""
    return load_text(yaml.safe_dump(tree, sort_keys=False))


def scenarios(count: int = 1, least: int = 0) -> st.SearchStrategy[Scenario]:
    """Random scenarios with `count` structures."""
    return trees(count, least).map(load)
