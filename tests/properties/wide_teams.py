"""People of wide random scenarios: what is true of them, what they are paid, who does what, what changes when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from simulation.scenario import preset_files
from tests.properties.wide_values import (
    ELAPSED,
    FINITE,
    MONEY,
    ODD_TITLE,
    ODDS,
    RATE,
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

PRESET_ROLES = {
    name: tuple(preset_files.preset("structures", name).plain["roles"]) for name in preset_files.names("structures")
}

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
             "contagion": some(0, 2, 20), "missed_earnings": some(0, 1, 10), "notice": some("14 days", "0 h"),
             "overload_from": some(0.9, 0, 0.5), "usual_overload": some(0, 0.1, 1), "usual_missed": some(0, 0.1, 1)}
        ),
        recruiting=st.fixed_dictionaries(
            {"time": laws(ELAPSED), "cost": MONEY, "policy": some("react", "buffer", "batch"), "every": some("20 days"),
             "buffer": some(1, 0, 3)}
        ),
        onboarding=st.fixed_dictionaries(
            {"training_days": some(5, 0, 100, 0.5), "mentor": some("2 h", "0 h", "40 h"), "head": some("3 h", "0 h"),
             "cost": MONEY, "probation": st.fixed_dictionaries(
                 {"months": some(3, 0.1, 24), "failure": some(0, 0.2), "insight": some(0.5, 0, 1)})}
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


TIERS = some(
    [{"above": 0, "factor": 1.5}],
    [{"above": 0.8, "factor": 0}, {"above": 1, "factor": 3}],
    [{"above": 1e9, "factor": 1}],
)


@st.composite
def commissions(draw: Draw) -> Tree:
    """Variable pay in any of its forms."""
    made: Tree = {"share": draw(some(0.1, 0, 1))}
    optional(
        draw, made, 4, of=some("revenue", "margin"), on=some("deals", "orders", "both"), threshold=some(0, 0.5, 10),
        every=some("month", "quarter", "year"), cap=MONEY, draw_recovered=st.booleans(),
        clawback_months=some(1, 0, 600), repeat_months=some(1, 0, 600),
    )  # fmt: skip
    if chance(draw, 4):
        made["draw"] = draw(MONEY)  # the key has the name of the argument
        made.pop("cap", None)  # a cap below it is refused; both are held by tests/unit/finance/test_commission.py
    if draw(st.booleans()):
        made |= {"tiers": draw(TIERS), "tiers_are": draw(some("marginal", "cliff"))}
    else:
        made["accelerator"] = draw(some(1, 0.1, 2))
    if chance(draw, 4):
        made |= {"attainment_of": "person", "quota": draw(some(1000, 1e-9, 1e12))}
        optional(draw, made, 5, quota_ramp=some([], [0], [0.3, "60 %", 1]))
    return made


PAY = st.fixed_dictionaries(
    {
        "base": MONEY,
        "commission": commissions(),
        "bonus": st.fixed_dictionaries(
            {"amount": MONEY, "every": some("month", "quarter", "year"), "attainment": some(1, 0, 10)}
        ),
        "vacation": some("base", "average"),
        "per_lead": MONEY,
    }
)  # fmt: skip
TERMS = st.fixed_dictionaries(
    dict.fromkeys(
        ("lead", "customer"),
        st.fixed_dictionaries(
            {"loss": SHARE, "delay": ELAPSED, "extra_work": WORKING, "information": some(0, 1, 10, 1e6)}
        ),
    )
)
ACTIVITIES = ("serve", "collect", "qualify", "sell", "paperwork", "upsell", "prospect", "meet")


@st.composite
def structures(draw: Draw, stages: Sequence[str], market: Tree) -> tuple[Tree, list[str], int]:
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
                optional(
                    draw, part, 4, channels=some(*market["channels"]).map(lambda name: [name]),
                    products=some(*market["products"]).map(lambda name: [name]), deal_from=MONEY, deal_below=MONEY,
                )  # fmt: skip
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
            optional(
                draw, entry, 2, pay=PAY, title=ODD_TITLE, hours_per_week=some("20 h", "1 h"), outsourced=st.booleans(),
                learning=st.fixed_dictionaries({"sell": CURVES}), turnover_law=STAYING,
                recruiting=st.fixed_dictionaries({"time": laws(ELAPSED), "cost": MONEY}),
                onboarding=st.fixed_dictionaries({"training_days": some(5, 0), "probation": st.just({"failure": 0})}),
            )  # fmt: skip
            if number and "processes" in market:
                optional(draw, entry, 4, processes=some("default", *market["processes"]).map(lambda name: [name]))
            made["roles"][name] = entry
    if chance(draw, 2) and "head" not in made["roles"]:
        made["roles"]["head"] = {
            "headcount": draw(some(1, 0, 2)), "support": True,
            "leads": {"span": draw(some(8, 0.5, 100)), "coaching": draw(some("2 h", "0 h", "40 h")),
                      "coordination": draw(some("2 h", "0 h", "40 h"))},
            "pay": {"base": draw(MONEY)},
        }  # fmt: skip
    loyalty = st.fixed_dictionaries(
        {"cost_per_customer_per_month": MONEY, "cost_per_month": MONEY, "orders": some(1.2, 0.01, 10), "churn": SHARE}
    )
    optional(
        draw, made, 2, title=ODD_TITLE, structural=ODD_TITLE.map(lambda word: [word]), hand_off=TERMS, loyalty=loyalty
    )
    return made, roles, pods


CRM = st.fixed_dictionaries(
    {"failure": some(0.35, 0, 1), "setup": MONEY, "ceiling": SHARE},
    optional={
        "licence": MONEY,
        "abandoned_after": some("6 months", "1 day", "0 h"),
        **dict.fromkeys(("paperwork", "answer", "service", "hand_off", "departure"), some(0.1, 0, 1)),
    },
)


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
                change["crm"] = draw(CRM)
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
        dip = st.fixed_dictionaries(
            {"depth": some(0.3, 0, 0.99), "recovery": some("3 weeks", "1 h"), "exponent": some(1.3, 1, 5)}
        )
        spike = st.fixed_dictionaries({"factor": some(3, 1, 100), "lasts": some("3 weeks", "1 h")})
        optional(draw, change, 2, dip=dip, attrition_spike=spike, title=ODD_TITLE)
        if chance(draw, 2):
            own = {each: change.pop(each) for each in ("set", "move", "crm", "cost") if each in change}
            change |= {"every": draw(some("week", "month", "year")), "changes": [own, {"cost": draw(MONEY)}]}
        made.append(change)
    return made
