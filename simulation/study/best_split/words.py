"""What the search for the best split says, in sentences.

Here too: tables of the search for the best split: tidy, one row a split, a match or a point of the frontier.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulation.analysis import measure_words
from simulation.analysis.intervals import Interval as Estimate
from simulation.analysis.intervals import PairedDifference
from simulation.analysis.quantiles import Proportion, share_phrase
from simulation.analysis.unknown import role_title
from simulation.study.best_split.candidates import Candidate
from simulation.study.best_split.finding import Again, BestSplit, Match, OneSearch
from simulation.texts import Amount, Count, Interval, Percent, Phrase, Term, say

if TYPE_CHECKING:
    import pandas as pd


LISTED = 4
"""Splits that a sentence names at most."""
LITTLE = 0.05
"""Share of runs whose saving is not worth a word."""
MANY = 100_000
"""More years than that are not worth saying."""


def sentences(found: BestSplit) -> tuple[Phrase, ...]:
    """The most important first: the comparison of the bests, then each structure, then how sure and how much work."""
    said: list[Phrase] = []
    for each in found.matches:
        said += [_match(found, each), *([each.doubt] if each.doubt else [])]
    for one in found.searches:
        said += _structure(found, one)
    said += _certainty(found)
    return tuple(said)


def measure_term(found: BestSplit) -> Term:
    """The measure inside a sentence."""
    return measure_words.measure_term(found.measure, bare=measure_words.is_bare([found.scenario]))


def amount(found: BestSplit, value: float) -> Amount:
    """A value of the measure."""
    return Amount(value, found.measure.unit, found.scenario.currency)


def interval(found: BestSplit, low: float, high: float) -> Interval:
    """Two values of the measure."""
    return Interval(low, high, found.measure.unit, found.scenario.currency)


def _joint(found: BestSplit, difference: PairedDifference) -> Interval:
    return interval(found, difference.joint_low, difference.joint_high)


def _match(found: BestSplit, match: Match) -> Phrase:
    winners, difference = found.winners, match.difference
    said = {
        "one": found.titled(match.one),
        "split": winners[match.one].candidate.phrase,
        "other": found.titled(match.other),
        "rival": winners[match.other].candidate.phrase,
        "measure": measure_term(found),
        "difference": amount(found, difference.mean),
        "interval": _joint(found, difference),
        "years": difference.n,
    }
    if difference.told_apart:
        return say("split-ahead", **said)
    needed = difference.replications_needed()
    if needed is None or needed > MANY:
        return say("split-not-apart", **said)
    return say("split-not-apart-yet", **said, needed=Count(max(needed, difference.n + 1)))


def _structure(found: BestSplit, one: OneSearch) -> Iterator[Phrase]:
    if one.winner is None:
        yield _none(found, one)
    else:
        best = one.again[0]
        yield say(
            "split-winner",
            structure=one.title,
            split=one.winner.phrase,
            measure=measure_term(found),
            mean=amount(found, best.mean.mean),
            interval=interval(found, best.mean.low, best.mean.high),
            years=best.mean.n,
        )
        yield from _beside(found, one)
    if one.selection.ended == "cap":
        yield say("split-cap", structure=one.title, cap=found.cap or 0, left=len(one.selection.remaining))
    for cost in one.costs:
        if one.winner is None:
            if cost.without is not None and len(found.constraints) > 1:
                split = cost.without.phrase
                yield say("split-only-without", structure=one.title, limit=cost.constraint.phrase, split=split)
        elif cost.cost is None:
            yield say("split-cost-nothing", structure=one.title, limit=cost.constraint.phrase)
        elif cost.without is not None:
            yield say(
                "split-cost",
                structure=one.title,
                limit=cost.constraint.phrase,
                split=cost.without.phrase,
                cost=amount(found, cost.cost.mean),
                interval=_joint(found, cost.cost),
                measure=measure_term(found),
            )
    if one.ruled_out:
        first = one.ruled_out[0]
        yield say(
            "split-ruled-out",
            structure=one.title,
            out=len(one.ruled_out),
            count=len(one.ruled_out) + len(one.tried),
            split=first.candidate.phrase,
            reason=first.reason,
        )


def _none(found: BestSplit, one: OneSearch) -> Phrase:
    limits = [each.phrase for each in found.constraints]
    if one.nearest is None:
        return say("split-none", structure=one.title, limits=limits)
    split = one.nearest.candidate.phrase
    mean = amount(found, one.nearest.mean.mean)
    said = {"structure": one.title, "limits": limits, "split": split, "mean": mean, "measure": measure_term(found)}
    if one.nearest.plan_met.n:
        return say("split-none-nearest-plan", **said, met=share_phrase(one.nearest.plan_met))
    return say("split-none-nearest", **said)


def _beside(found: BestSplit, one: OneSearch) -> Iterator[Phrase]:
    alike = one.good[1:]
    zone = amount(found, found.indifference)
    if alike:
        names = [each.candidate.phrase for each in alike[:LISTED]]
        more = len(alike) - len(names)
        said = {"structure": one.title, "count": len(alike), "splits": names, "zone": zone}
        yield say("split-alike-more", **said, more=more) if more else say("split-alike", **said)
        if sizes := _sizes(one):
            yield say("split-sizes", structure=one.title, sizes=sizes)
    elif len(one.tried) > 1:
        yield say("split-alone", structure=one.title, zone=zone)
    written = next((each for each in one.again[1:] if each.candidate.written), None)
    if written is not None and written.behind is not None:
        yield _as_written(found, one, written, written.behind)
    elif one.winner is not None and one.winner.written and len(one.tried) > 1:
        yield say("split-as-written-best", structure=one.title)


def _sizes(one: OneSearch) -> list[Phrase]:
    assert one.winner is not None
    made = []
    for role, (low, high) in one.sizes.items():
        title = role_title(one.winner.spec, role)
        made.append(
            say("size-one", role=title, low=low) if low == high else say("size-range", role=title, low=low, high=high)
        )
    return made if any(low != high for low, high in one.sizes.values()) else []


def _as_written(found: BestSplit, one: OneSearch, written: Again, behind: PairedDifference) -> Phrase:
    said = {
        "structure": one.title,
        "split": written.candidate.phrase,
        "difference": amount(found, behind.mean),
        "interval": _joint(found, behind),
        "measure": measure_term(found),
    }
    return say("split-as-written" if written.told_apart else "split-as-written-alike", **said)


def _certainty(found: BestSplit) -> Iterator[Phrase]:
    searched = sum(1 for one in found.searches if len(one.tried) > 1 or found.constraints)
    if searched:
        level, zone = Percent(found.level), amount(found, found.indifference)
        if all(one.selection.ended != "cap" for one in found.searches):
            yield say("split-sure", level=level, zone=zone, searches=searched)
        for limit in found.constraints:
            yield say("split-limit-tolerance", limit=limit.phrase, tolerance=limit.margin)
        yield _effort(found)
    if found.failed:
        yield say("split-failed", failed=found.failed)


def _effort(found: BestSplit) -> Phrase:
    used, brute = found.used, found.brute_force
    if brute < used * (1 + LITTLE):
        return say("split-effort-all", used=Amount(used))
    return say("split-effort", used=Amount(used), brute=Amount(brute), times=Amount(brute / used))


def tables(found: BestSplit) -> dict[str, pd.DataFrame]:
    """`splits`: every split of the search; `fresh`: those measured again; `matches`; `frontier`."""
    import pandas as pd

    made = {
        "splits": pd.DataFrame(_splits(found)),
        "fresh": pd.DataFrame(_fresh(found)),
        "matches": pd.DataFrame(
            [{"structure": m.one, "other": m.other} | _difference(m.difference) for m in found.matches],
            columns=["structure", "other", *_DIFFERENCE],
        ),
    }
    if found.frontier:
        rows = [{**_split(p.candidate), **_mean(p.mean), **_met(p.plan_met)} for p in found.frontier]
        made["frontier"] = pd.DataFrame(rows)
    return made


_DIFFERENCE = ["mean", "joint_low", "joint_high", "n", "family", "confidence_mean_better", "told_apart"]


def _splits(found: BestSplit) -> list[dict[str, Any]]:
    rows = []
    for one in found.searches:
        for each in one.tried:
            reason = each.breaks.text if each.breaks is not None else ""
            behind = each.behind
            rows.append(
                {
                    **_split(each.candidate),
                    "state": each.state,
                    "reason": reason,
                    "years": each.years,
                    **_mean(each.mean),
                    "behind_mean": behind.mean if behind is not None else None,
                    "behind_low": behind.low if behind is not None else None,
                    "behind_high": behind.high if behind is not None else None,
                    **_met(each.plan_met),
                }
            )
        for out in one.ruled_out:
            rows.append({**_split(out.candidate), "state": "ruled out", "reason": str(out.reason), "years": 0})
    return rows


def _fresh(found: BestSplit) -> list[dict[str, Any]]:
    rows = []
    for one in found.searches:
        for each in one.again:
            behind = _difference(each.behind) if each.behind is not None else {}
            rows.append(
                {
                    **_split(each.candidate),
                    "winner": each.candidate is one.winner,
                    "good": each.good,
                    **_mean(each.mean),
                    **{f"behind_{name}": value for name, value in behind.items()},
                    **_met(each.plan_met),
                }
            )
    return rows


def _split(candidate: Candidate) -> dict[str, Any]:
    return {
        "structure": candidate.structure,
        "split": candidate.name,
        "roles": " ".join(f"{role}={count}" for role, count in candidate.heads.items()),
        "options": "; ".join(candidate.options),
        "people": candidate.people,
        "payroll": candidate.payroll,
    }


def _met(found: Proportion) -> dict[str, Any]:
    ends = (found.share, found.low, found.high) if found.n else (math.nan,) * 3
    return dict(zip(("plan_met", "plan_met_low", "plan_met_high"), ends, strict=True))


def _mean(found: Estimate) -> dict[str, Any]:
    return {"mean": found.mean, "low": found.low, "high": found.high, "sd": found.sd, "n": found.n}


def _difference(found: PairedDifference) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _DIFFERENCE}
