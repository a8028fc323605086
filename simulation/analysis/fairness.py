"""Whether a comparison is fair: same market, money, commission rules, support and payroll.

Here too: choices that a director can change on Monday and that differ between structures: order, ownership, new work.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Literal

from simulation.analysis.cases import Case, Runs
from simulation.analysis.cautions import Caution, Code
from simulation.analysis.summaries import Table
from simulation.analysis.unknown import work
from simulation.expected import budgeted_payroll
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.scenario.people import ACTIVITIES, DISCRETIONARY, Activity
from simulation.scenario.structures import Role, Structure
from simulation.texts import Amount, Percent, Phrase, say

FEW = 20
"""Replications below which the spread between years is hardly known."""


def fairness_cautions(cases: Mapping[str, Case], baseline: str, table: Table) -> list[Caution]:
    """Cautions where structures differ from the baseline in more than who does what."""
    return [
        *_payroll(cases, baseline),
        *_commission(cases, baseline),
        *_support(cases, baseline),
        *_heads(cases, baseline),
        *choice_cautions(cases, baseline),
        *_scenarios(cases, baseline),
        *_unpaired(cases, baseline, table),
    ]


def run_cautions(runs: Runs) -> list[Caution]:
    """Cautions about the replications themselves: stopped early, failed, few."""
    found = []
    if runs.partial:
        text = say("caution-partial", finished=runs.finished, requested=runs.requested)
        found.append(Caution("partial", text, (), {"finished": runs.finished, "requested": runs.requested}))
    failed = len(runs.failures)
    if failed:
        numbers = runs.failures["replication"].tolist()
        shown = f"{', '.join(map(str, numbers[:5]))}{', …' if failed > 5 else ''}"
        text = say("caution-failures", failed=failed, requested=runs.requested, numbers=shown)
        found.append(Caution("failures", text, (), {"failed": failed, "requested": runs.requested}))
    if runs.finished < FEW:
        text = say("caution-few", years=runs.finished)
        found.append(Caution("few", text, (), {"finished": runs.finished}))
    return found


def _payroll(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    pay = {name: budgeted_payroll(case.scenario, case.key) for name, case in cases.items()}
    base, found = pay[baseline], []
    for name, case in cases.items():
        if abs(pay[name] - base) <= PAYROLL_TOLERANCE * base:
            continue
        currency = case.scenario.currency
        key = "more" if pay[name] > base else "less"
        more = say(f"share-{key}", share=Percent(abs(pay[name] / base - 1))) if base else say("just-more")
        text = say(
            "caution-payroll",
            structure=case.title,
            payroll=Amount(pay[name], "money", currency),
            more=more,
            baseline=cases[baseline].title,
            base=Amount(base, "money", currency),
            tolerance=Percent(PAYROLL_TOLERANCE),
        )
        found.append(Caution("payroll", text, (name, baseline), {"payroll": pay[name], "baseline": base}))
    return found


def _commission(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    rules = {name: _rules(case.structure) for name, case in cases.items()}
    found = []
    for name, case in cases.items():
        mine, theirs = rules[name], rules[baseline]
        if all(mine[kind] == theirs[kind] for kind in mine if mine[kind] and theirs[kind]):
            continue  # what nobody does in one of them is paid by no rule
        text = say(
            "caution-commission",
            structure=case.title,
            rules=_in_words(rules[name]),
            baseline=cases[baseline].title,
            others=_in_words(rules[baseline]),
        )
        found.append(Caution("commission", text, (name, baseline)))
    return found


def _rules(structure: Structure) -> dict[str, frozenset[tuple[float, str, str]]]:
    """Commission on first deals and on orders: (share, of, everything else) of those who do them."""
    rules: dict[str, set[tuple[float, str, str]]] = {"deals": set(), "orders": set()}
    for role in structure.roles.values():
        terms, does = role.pay.commission, {duty.activity for duty in role.activities}
        for kind, activity in (("deals", "sell"), ("orders", "serve")):
            if role.headcount and activity in does:
                paid = terms.share > 0 and terms.on in (kind, "both")
                rest = terms.model_dump_json(exclude={"share", "of", "on"})
                rules[kind].add((terms.share, terms.of, rest) if paid else (0, "", ""))
    return {kind: frozenset(found) for kind, found in rules.items()}


def _in_words(rules: Mapping[str, frozenset[tuple[float, str, str]]]) -> Phrase:
    parts = []
    for kind, found in rules.items():
        rates = [
            say(f"rate-of-{of}", share=Percent(share)) if share else say("rate-nothing")
            for share, of, _ in sorted(found)
        ]
        rate: Phrase = say("rate-nothing")
        for n, each in enumerate(dict.fromkeys(rates)):
            rate = each if n == 0 else say("one-or-other", one=rate, other=each)
        parts.append(say(f"rate-on-{kind}", rate=rate))
    return say("some-changes", changes=parts)


def _support(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    support = {name: _supporters(case.structure) for name, case in cases.items()}
    return [
        Caution(
            "support",
            say(
                "caution-support",
                structure=case.title,
                count=_counted(support[name]),
                baseline=cases[baseline].title,
                others=_counted(support[baseline]),
            ),
            (name, baseline),
        )
        for name, case in cases.items()
        if support[name] != support[baseline]
    ]


def _supporters(structure: Structure) -> list[tuple[int, float]]:
    roles = structure.roles.values()
    return sorted((role.headcount, role.pay.base) for role in roles if role.support and role.headcount)


def _counted(supporters: list[tuple[int, float]]) -> Phrase:
    return say("support-positions", count=sum(number for number, _ in supporters))


def _heads(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    led = {name: has_head(case.structure) for name, case in cases.items()}
    found = []
    for name, case in cases.items():
        if led[name] == led[baseline]:
            continue
        with_, without = (case, cases[baseline]) if led[name] else (cases[baseline], case)
        text = say("caution-head", one=with_.title, other=without.title)
        found.append(Caution("head", text, (name, baseline)))
    return found


def has_head(structure: Structure) -> bool:
    """Whether somebody leads the others."""
    return any(role.leads is not None and role.headcount for role in structure.roles.values())


def _scenarios(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    """What differs between scenario files, each file named once."""
    base, found = cases[baseline].scenario, []
    seen = [base]
    for name, case in cases.items():
        other = case.scenario
        if any(other is one for one in seen):
            continue
        seen.append(other)
        a, b = other.experiment, base.experiment
        blocks: tuple[tuple[Code, str, bool], ...] = (
            ("market", "caution-market", (other.market, other.calendar) != (base.market, base.calendar)),
            ("money", "caution-money", _money(case) != _money(cases[baseline])),
            ("people", "caution-people", (other.people, other.hand_off) != (base.people, base.hand_off)),
            (
                "experiment",
                "caution-experiment",
                (a.months, a.start, a.warm_up, a.begin, a.today, a.valuation)
                != (b.months, b.start, b.warm_up, b.begin, b.today, b.valuation),
            ),
        )
        file, against = case.file, cases[baseline].file
        for code, key, differs in blocks:
            if differs:
                text = say(key, file=file, other=against)
                found.append(Caution(code, text, (name, baseline)))
    return found


def _money(case: Case) -> tuple[object, ...]:
    return case.scenario.budget, case.scenario.plan, case.scenario.currency


def _unpaired(cases: Mapping[str, Case], baseline: str, table: Table) -> list[Caution]:
    apart = [name for name in cases if not table.paired(name, baseline)]
    if not apart:
        return []
    text = say("caution-unpaired", names=[cases[name].title for name in apart], baseline=cases[baseline].title)
    return [Caution("unpaired", text, tuple(apart))]


SHOWN = 3
"""Differences in the order of work that are named."""
_NEVER_OWNED = {"meet", "coach", "train", *DISCRETIONARY}


def choice_cautions(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    """Cautions where structures differ from the baseline in the order of work, in ownership or in who gets new work.

    Only of work that is done in both, and of two activities only where somebody does both of them in each.
    """
    base, found = cases[baseline], []
    for name, case in cases.items():
        if name == baseline:
            continue
        pairs = _turned(case.structure, base.structure)
        if pairs:
            orders = [say("work-before", first=work(first), then=work(then)) for first, then in pairs[:SHOWN]]
            text = say(
                "caution-order",
                structure=case.title,
                baseline=base.title,
                orders=orders,
                more="yes" if len(pairs) > SHOWN else "no",
            )
            found.append(Caution("order", text, (name, baseline)))
        rules = [_by_activity(each.structure, _rules_of_work) for each in (case, base)]
        works = [work(a) for a in ACTIVITIES if a in rules[0] and a in rules[1] and rules[0][a] != rules[1][a]]
        if works:
            text = say("caution-due", structure=case.title, baseline=base.title, works=works)
            found.append(Caution("order", text, (name, baseline)))
        found += _settled("ownership", ("personal", "team"), case, base)
        found += _settled("new_work", ("assigned", "shared"), case, base)
    return found


def _turned(one: Structure, other: Structure) -> list[tuple[str, str]]:
    """Pairs of activities that the first structure does in this order and the second one the other way round."""
    mine, theirs = _orders(one), _orders(other)
    return [pair for pair in mine if pair not in theirs and pair[::-1] in theirs and pair[::-1] not in mine]


def _orders(structure: Structure) -> dict[tuple[str, str], None]:
    """Pairs of activities (before, after) as the roles with people prefer them."""
    found: dict[tuple[str, str], None] = {}
    for role in structure.roles.values():
        if role.headcount:
            found |= dict.fromkeys(combinations(dict.fromkeys(duty.activity for duty in role.activities), 2))
    return found


def _settled(
    code: Literal["ownership", "new_work"], values: tuple[str, str], case: Case, base: Case
) -> Iterable[Caution]:
    """A caution for each way round in which work is settled differently."""
    mine, theirs = (_by_activity(each.structure, lambda role, _: getattr(role, code)) for each in (case, base))
    for here, there in (values, values[::-1]):
        works: list[Phrase] = [work(a) for a in ACTIVITIES if mine.get(a) == {here} and theirs.get(a) == {there}]
        if works:
            first, second = (case, base) if here == values[0] else (base, case)
            text = say(f"caution-{code.replace('_', '-')}", one=first.title, other=second.title, works=works)
            yield Caution(code, text, (case.name, base.name))


def _rules_of_work(role: Role, activity: Activity) -> tuple[float, bool, float]:
    """When work of an activity is due, whether the newest comes first, hours kept for it."""
    return role.due.get(activity, math.inf), activity in role.newest_first, role.protected.get(activity, 0.0)


def _by_activity(structure: Structure, settled: Callable[[Role, Activity], object]) -> dict[str, set[object]]:
    """How work of each activity that waits for somebody is settled in the roles with people."""
    found: dict[str, set[object]] = {}
    for role in structure.roles.values():
        for duty in role.activities if role.headcount else ():
            if duty.activity not in _NEVER_OWNED:
                found.setdefault(duty.activity, set()).add(settled(role, duty.activity))
    return found
