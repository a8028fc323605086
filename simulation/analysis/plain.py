"""What an owner is told first: who is ahead and by how much, whether that is sure enough to act, what to do next.

The verdict (`analysis.verdict`) has the same in a statistician's words. Where nothing is told apart, what is said is
how much money is at stake at the most: more years would only tell that smaller and smaller sums differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulation.analysis.cases import Case
from simulation.analysis.catalogue import describe
from simulation.analysis.measure_words import measure_term
from simulation.analysis.results import Comparison
from simulation.analysis.verdict import Verdict, told_apart_amounts
from simulation.expected import budgeted_payroll
from simulation.scenario.search import is_counted
from simulation.scenario.titles import role_titles
from simulation.texts import Amount, Phrase, joined, say

Act = Literal["yes", "measure", "same", "open"]
"""Whether to act: yes; measure first; it makes no difference; or nothing was compared."""

MATTERS = 0.1
"""Share of a year's budgeted payroll below which a difference of money changes nothing that an owner would do; of the
better mean, where the measure is no money."""
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Plain:
    """The answer in plain words.

    Attributes:
        act: whether to act.
        headline: who is ahead by how much.
        sure: how sure that is, and what is at stake.
        next: what to do.
        stake: the most that the choice may be worth either way, in the unit of the measure: the farther end of the
            joint interval of the difference; NaN where nothing is compared.
    """

    act: Act
    headline: Phrase
    sure: Phrase
    next: Phrase
    stake: float


def plain(comparison: Comparison) -> Plain:
    """The answer of a comparison in plain words."""
    verdict = comparison.verdict
    if verdict.difference is None:
        nothing, more = say("plain-nothing"), say("plain-next-more")
        return Plain(act="open", headline=verdict.text, sure=nothing, next=more, stake=math.nan)
    act = _act(comparison, verdict)
    return Plain(
        act=act,
        headline=_headline(comparison, verdict, act),
        sure=_sure(comparison, verdict, act),
        next=_next(comparison, verdict, act),
        stake=_stake(verdict),
    )


def _stake(verdict: Verdict) -> float:
    found = verdict.difference
    assert found is not None
    return max(abs(found.joint_low), abs(found.joint_high)) if found.n > 1 else math.nan


def _act(comparison: Comparison, verdict: Verdict) -> Act:
    if verdict.told_apart:
        return "yes"
    stake = _stake(verdict)
    return "same" if verdict.tied or stake <= _matters(comparison, verdict) else "measure"


def _matters(comparison: Comparison, verdict: Verdict) -> float:
    """What a difference has to be worth over the run before it changes a decision."""
    if describe(verdict.measure).unit != "money":
        return MATTERS * abs(comparison.mean(verdict.best, verdict.measure))
    case = comparison.cases[comparison.baseline]
    years = case.scenario.experiment.months / MONTHS
    return MATTERS * years * budgeted_payroll(case.scenario, case.key)


def _headline(comparison: Comparison, verdict: Verdict, act: Act) -> Phrase:
    best, rival = verdict.best, verdict.rival
    unit, currency = describe(verdict.measure).unit, comparison.scenario.currency
    found = verdict.difference
    assert found is not None
    means = {name: comparison.mean(name, verdict.measure) for name in (best, rival)}
    first, second = told_apart_amounts(means[best], means[rival], unit, currency)
    said = {
        "best": comparison.titles[best],
        "rival": comparison.titles[rival],
        "measure": measure_term(verdict.measure, bare=comparison.bare),
        "first": first,
        "second": second,
        "difference": Amount(abs(found.mean), unit, currency),
    }
    if verdict.tied:
        return say("plain-tied", **said)
    if act == "yes":
        return say("plain-best", **said)
    contenders = [comparison.titles[name] for name in verdict.contenders]
    return say("plain-level" if act == "same" else "plain-ahead", **said, names=contenders)


def _sure(comparison: Comparison, verdict: Verdict, act: Act) -> Phrase:
    found = verdict.difference
    assert found is not None
    best, rival = comparison.titles[verdict.best], comparison.titles[verdict.rival]
    unit, currency = describe(verdict.measure).unit, comparison.scenario.currency
    if verdict.tied:
        return say("plain-sure-tied", years=found.n)
    if found.n < 2:
        return say("plain-sure-one")
    if math.isnan(found.share_of_years_better):  # years of their own
        better = say("plain-unpaired")
    else:
        count = round(found.share_of_years_better * found.n)
        better = say("plain-years", best=best, rival=rival, count=count, years=found.n)
    ends = {
        "low": Amount(abs(found.joint_low), unit, currency),
        "high": Amount(abs(found.joint_high), unit, currency),
        "stake": Amount(_stake(verdict), unit, currency),
        "best": best,
        "rival": rival,
    }
    key = {"yes": "plain-sure-yes", "same": "plain-sure-same", "measure": "plain-sure-measure"}[act]
    return joined((say(key, **ends), better), " ")


def _next(comparison: Comparison, verdict: Verdict, act: Act) -> Phrase:
    baseline, best = comparison.baseline, verdict.best
    titles = comparison.titles
    if act == "measure":
        return say("plain-next-measure")
    if act == "same" and baseline in verdict.contenders:
        return say("plain-next-same", baseline=titles[baseline])
    if act == "same":
        names = [titles[name] for name in verdict.contenders]
        return say("plain-next-any", names=names, baseline=titles[baseline])
    if best == baseline:
        return say("plain-next-keep", best=titles[best])
    people = people_of(comparison.cases[best])
    return say("plain-next-build", best=titles[best], baseline=titles[baseline], people=people)


def people_of(case: Case) -> Phrase:
    """Who sells and serves in a structure: '2 × Hunter, 3 × Closer'."""
    titles = role_titles(case.structure)
    counted: Mapping[str, int] = {
        name: role.headcount for name, role in case.structure.roles.items() if is_counted(role) and role.headcount
    }
    return joined([say("plain-people", count=count, role=titles[name]) for name, count in counted.items()], ", ")
