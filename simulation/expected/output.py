"""What of the closed form's flows there is time for: margin that a structure can bring where some have too much to do.

Work flows on from those who had time for it: leads that nobody answers make no sales, sales that nobody closes no
orders, and what has no papers is not paid. Nobody waits, nothing varies; what one has no time for goes to others who
may do the same work and have time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulation.expected.result import Monthly, RoleLoad, Workload
from simulation.scenario.people import DISCRETIONARY

_ROUNDS = 60
_AFTER_SALE = ("serve", "upsell", "collect")


@dataclass(frozen=True)
class Output:
    """What gets done.

    Attributes:
        margin: gross margin a month after the shares of channels, money.
        done: share of the demanded work that there is time for, by activity; 1 where none is demanded.
        made: pieces of work that each role does, by activity.
    """

    margin: float
    done: Mapping[str, float]
    made: Mapping[str, Mapping[str, float]]

    @property
    def all_done(self) -> bool:
        """Whether there is time for everything."""
        return all(share > 1 - 1e-6 for share in self.done.values())


def output(flows: Workload) -> Output:
    """What a structure brings in the time that its people have."""
    old = flows.old_customers / flows.customers if flows.customers > 0 else 1.0
    first, sold, served, papers = 1.0, 1.0, 1.0, 1.0
    done: dict[str, float] = {}
    made: dict[str, dict[str, float]] = {}
    for _ in range(_ROUNDS):
        before = (first, sold, served, papers)
        won = first * sold
        kept, sales = 1 - (1 - old) * (1 - won), flows.deals + flows.orders
        billed = (flows.deals * won + flows.orders * kept * served) / sales if sales > 0 else 1.0
        done, made = _done(flows, {"sell": first, **dict.fromkeys(_AFTER_SALE, kept), "paperwork": billed})
        first, sold = done.get("qualify", 1.0), done.get("sell", 1.0)
        served, papers = done.get("serve", 1.0), done.get("paperwork", 1.0)
        if max(abs(a - b) for a, b in zip(before, (first, sold, served, papers), strict=True)) < 1e-9:
            break
    won = first * sold
    deals = flows.new_margin * won * papers
    orders = flows.order_margin * (1 - (1 - old) * (1 - won)) * served * papers
    whole = flows.margin
    margin = deals + orders + flows.distributor_margin
    return Output(margin - (flows.given_away * margin / whole if whole > 0 else 0.0), done, made)


def repetitions(flows: Workload) -> Monthly:
    """Repetitions a month of one person by role and activity, in the time that there is."""
    made = output(flows).made
    return {
        name: {a: pieces / role.people if role.people else 0.0 for a, pieces in made[name].items()}
        for name, role in flows.roles.items()
    }


def _done(flows: Workload, asked: Mapping[str, float]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Share of what is asked for of each activity that there is time for, and the pieces that each role does."""
    loads = {name: _scaled(load, asked) for name, load in flows.roles.items()}
    made = {name: _made(load, flows.roles[name], asked) for name, load in loads.items()}
    missing: dict[tuple[str, str], float] = {}
    slack: dict[str, float] = {}
    for name, load in loads.items():
        spent = load.switching
        for activity, pieces in load.pieces.items():
            if activity in DISCRETIONARY or pieces <= 0:
                continue
            share = made[name][activity] / pieces
            spent += share * load.hours[activity]
            missing[(name, activity)] = (1 - share) * load.hours[activity]
        slack[name] = max(0.0, load.capacity - spent)
    whole: dict[str, float] = {}
    left: dict[str, float] = {}
    for (name, activity), hours in missing.items():
        for other in loads[name].beside.get(activity, ()):
            taken = min(hours, slack.get(other, 0.0))
            slack[other] = slack.get(other, 0.0) - taken
            hours -= taken
        whole[activity] = whole.get(activity, 0.0) + loads[name].hours[activity]
        left[activity] = left.get(activity, 0.0) + hours
    return {activity: 1 - left[activity] / hours if hours > 0 else 1.0 for activity, hours in whole.items()}, made


def _made(load: RoleLoad, whole: RoleLoad, asked: Mapping[str, float]) -> dict[str, float]:
    """Pieces of work that a role does of what reaches it."""
    if not load.sells_what_it_sorts:
        return load.done
    first = asked.get("sell", 1.0)
    both = _scaled(whole, {**asked, "sell": 1.0}).done  # all sales asked for: their time limits what can be sorted
    leads, sales = whole.pieces["qualify"], whole.pieces["sell"]
    if leads <= 0 or sales <= 0 or both["qualify"] >= leads:
        return load.done
    return both | {"sell": min(both["qualify"] / leads, first) * sales}


def _scaled(load: RoleLoad, asked: Mapping[str, float]) -> RoleLoad:
    return replace(
        load,
        hours={a: hours * asked.get(a, 1.0) for a, hours in load.hours.items()},
        pieces={a: pieces * asked.get(a, 1.0) for a, pieces in load.pieces.items()},
    )
