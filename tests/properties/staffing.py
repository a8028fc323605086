"""Random people on top of random scenarios: turnover, hiring, onboarding, departures, heads, and changes on dates."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.properties.scenarios import Tree, shares, trees

LAWS = st.sampled_from(
    [
        {"kind": "weibull"},
        {"kind": "weibull"},
        {"kind": "lognormal", "cv": 0.7},
        {"kind": "lognormal", "cv": 1.5, "own_level": True, "mean": "40 days"},
        {"kind": "piecewise", "until": ["10 days", "20 days"], "hazards": [12, 0, 6]},
        {"kind": "table", "at": ["5 days", "30 days"], "stay": [0.9, 0.5], "own_level": True},
    ]
)
TURNOVER = st.fixed_dictionaries(
    {
        "per_year": st.sampled_from([0, 1, 6, 20]),
        "early": st.just(1),
        "law": LAWS,
        "notice": st.sampled_from(["0 h", "5 days", "14 days"]),
        "contagion": st.sampled_from([0, 2]),
        "overload": st.sampled_from([0, 1]),
    }
)
RECRUITING = st.fixed_dictionaries(
    {
        "time": st.sampled_from(["0 h", "5 days", {"lognormal": {"mean": "15 days", "cv": 0.5}}, "never"]),
        "policy": st.sampled_from(["react", "buffer", "batch"]),
        "every": st.just("20 days"),
    }
)
DEPARTURE = st.fixed_dictionaries(
    {
        "reassign_after": st.sampled_from(["0 h", "2 days"]),
        "leads_lost": shares(),
        "customers_lost": shares(),
        "orders_fall": shares(0, 0.5),
        "clients_to": st.sampled_from(["colleagues", "successor"]),
    }
)


@st.composite
def onboarding(draw: st.DrawFn, often: bool) -> Tree:
    """`often`: people leave so often, or by such a law, that a trial time that they fail leaves no room for it."""
    return {
        "training_days": draw(st.sampled_from([0, 3])),
        "mentor": draw(st.sampled_from(["0 h", "2 h"])),
        "head": "1 h",
        "probation": {
            "months": draw(st.sampled_from([0.3, 1])),
            "failure": 0 if often else draw(st.sampled_from([0, 0.5])),
        },
    }


@st.composite
def interventions(draw: st.DrawFn, roles: Tree, pods: int) -> list[Tree]:
    """Up to four changes of any kind; headcounts never fall below zero."""
    work = [name for name, role in roles.items() if not role.get("support")]
    heads = {name: role["headcount"] for name, role in roles.items()}
    made: list[Tree] = []
    day = 0
    for _ in range(draw(st.integers(0, 4))):
        day += draw(st.integers(0, 40))
        change: Tree = {}
        kind = draw(st.sampled_from(["size", "move", "owners", "order", "market", "crm", "dip"]))
        one = draw(st.sampled_from(work))
        if kind == "size":
            heads[one] = pods * draw(st.integers(0, 3))
            change["set"] = {f"roles.{one}.headcount": heads[one]}
        elif kind == "move" and len(work) > 1:
            to = draw(st.sampled_from([name for name in work if name != one]))
            people = min(heads[one], pods)
            if people:
                heads[one] -= people
                heads[to] += people
                change["move"] = [{"role": one, "to": to, "people": people}]
        elif kind == "owners":
            change["set"] = {
                f"roles.{one}.ownership": draw(st.sampled_from(["personal", "team"])),
                f"roles.{one}.new_work": draw(st.sampled_from(["assigned", "shared"])),
                f"roles.{one}.cover": draw(st.sampled_from([0, 0.5])),
            }
        elif kind == "order":
            change["set"] = {f"roles.{one}.activities": list(draw(st.permutations(roles[one]["activities"])))}
        elif kind == "market":
            change["set"] = {
                "market.channels.site.leads_per_month": draw(st.sampled_from([0, 10, 100])),
                "market.channels.site.quality": draw(st.sampled_from([0, 1])),
                "market.customers.churn_per_year": draw(st.sampled_from([0, 5])),
                "market.stages.0.work": "1 h",
            }
        elif kind == "crm":
            change["crm"] = {"failure": 0.3, "midpoint": "10 days", "spread": "3 days", "departure": 0.5}
        elif kind == "dip":
            change |= {"dip": {"depth": 0.3}, "attrition_spike": {"factor": 3}}
        if change:
            made.append({"at": f"{day} days"} | change)
    return made


OWN_HOURS = st.fixed_dictionaries(
    {},
    optional={
        "hours": st.sampled_from(["12:00-21:00", "07:00-11:00", "22:00-06:00"]),
        "week": st.sampled_from([["sat"], ["mon", "tue", "wed", "thu", "fri", "sat"], ["tue", "thu"]]),
    },
)


@st.composite
def staff(draw: st.DrawFn, roles: Tree) -> list[Tree]:
    """Named positions of some roles."""
    rows = []
    for name, role in roles.items():
        for number in range(draw(st.integers(0, role["headcount"])) if draw(st.booleans()) else 0):
            row = {"name": f"{name} {number}", "role": name}
            if "hours_per_week" not in role:
                row |= draw(OWN_HOURS)
            if draw(st.booleans()):
                row["hired"] = draw(st.sampled_from(["2020-02-29", "2023-06-01", "2025-01-01"]))
            if draw(st.booleans()):
                row["base"] = draw(st.sampled_from([0, 500]))
            if draw(st.booleans()):
                done = [duty if isinstance(duty, str) else duty["activity"] for duty in role["activities"]]
                able = [activity for activity in done if activity not in role.get("ramp", {})]
                if able:
                    row["repetitions"] = {draw(st.sampled_from(able)): draw(st.sampled_from([0, 30, 1e5]))}
            rows.append(row)
    return rows


@st.composite
def people_trees(draw: st.DrawFn, count: int = 1, least: int = 0) -> Tree:
    """What a scenario file with `count` structures and everything about people would hold."""
    tree: dict[str, Any] = draw(trees(count, least))
    tree["experiment"] |= {
        "months": draw(st.integers(1, 4)),
        "begin": draw(st.sampled_from(["new", "mature", "today"])),
    }
    tree["market"]["customers"].pop("drop_out", None)  # changes of the market raise the hazard of leaving
    people = tree["people"]
    people["tenure"] = draw(st.sampled_from(["0 h", "100 days", {"exponential": "6 months"}]))
    people["turnover"] = turnover = draw(TURNOVER)
    if "own_level" in turnover["law"]:
        turnover["per_year"] = 0
    people["recruiting"] = draw(RECRUITING)
    people["onboarding"] = draw(onboarding(turnover["per_year"] > 5 or turnover["law"]["kind"] != "weibull"))
    people["departure"] = draw(DEPARTURE)
    for structure in tree["structures"].values():
        roles = structure["roles"]
        working = [name for name, role in roles.items() if not role.get("support")]
        if draw(st.booleans()):
            leads = {"span": draw(st.sampled_from([1, 3]))}
            roles["boss"] = {
                "headcount": 1,
                "support": True,
                "leads": leads,
                "turnover_per_year": draw(st.sampled_from([0, 3])),
            }
        for name in working:
            if draw(st.integers(0, 5)) == 0:
                roles[name]["hours_per_week"] = draw(st.sampled_from(["10 h", "24 h"]))  # the shortest calendar has 24
            elif draw(st.integers(0, 3)) == 0:
                roles[name] |= draw(OWN_HOURS)
            elif roles[name]["headcount"] and draw(st.booleans()):
                roles[name]["shifts"] = [{"people": draw(st.integers(1, roles[name]["headcount"]))} | draw(OWN_HOURS)]
            roles[name]["stays"] = draw(st.integers(0, 5)) == 0
        structure["staff"] = draw(staff({name: roles[name] for name in working}))
        structure["interventions"] = draw(interventions(roles, structure["pods"])) if working else []
    return tree
