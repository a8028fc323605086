"""Tables of the search for the best split: tidy, one row a split, a match or a point of the frontier."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.analysis.intervals import Interval, PairedDifference
from simulation.analysis.shares import Proportion
from simulation.study.best_split.candidates import Candidate
from simulation.study.best_split.finding import BestSplit

if TYPE_CHECKING:
    import pandas as pd


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


def _mean(found: Interval) -> dict[str, Any]:
    return {"mean": found.mean, "low": found.low, "high": found.high, "sd": found.sd, "n": found.n}


def _difference(found: PairedDifference) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _DIFFERENCE}
