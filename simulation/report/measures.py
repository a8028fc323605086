"""The reference of measures, made from their catalogue."""

from __future__ import annotations

from simulation.analysis.catalogue import MEASURES, REASON_TITLES, Measure
from simulation.finance.accounts import ACCOUNTS

_INTRODUCTION = """# Measures

This page is generated from the catalogue of measures; do not edit it. `python run.py measures --out docs/measures.md`
writes it anew.

Every measure is one number of one structure in one simulated year (a replication). Tables and `summary.json` give
its mean over the years; `replications.csv` holds each year's number. A measure that is undefined in a year (a mean
of nothing, the attainment of a plan that is not there) is left out of the mean and empty in the files.

In `summary.json` and in the tables:

| key | meaning |
|---|---|
| `mean` | mean over the simulated years |
| `low`, `high` | interval of the mean at the level of the experiment (95 %), for this number alone: Student's t |
| `sd` | standard deviation between years |
| `p05`, `p50`, `p95` | the low, the middle and the high year: quantiles over the years |
| `joint_low`, `joint_high` | interval of a difference that holds together with all others of the verdict: Bonferroni |
| `share_of_years_better` | how often this structure is strictly better than the baseline in the same year |
| `confidence_mean_better` | how sure it is that its mean is the better one, given the inputs |

A difference is structure less baseline, year by year, in the same simulated years.
"""

_DIRECTIONS = {True: "higher", False: "lower", None: ""}


def measures_page() -> str:
    """The page `docs/measures.md`: every measure with unit, direction and meaning, and the families' members."""
    lines = [_INTRODUCTION, "## All measures\n", "| measure | name in tables | unit | better | meaning |"]
    lines.append("|---|---|---|---|---|")
    lines += [_row(measure) for measure in MEASURES.values()]
    lines += ["\n## Why leads are lost\n", "| measure | reason |", "|---|---|"]
    lines += [f"| `lost.{name}` | {title} |" for name, title in REASON_TITLES.items()]
    lines += ["\n## Accounts of the ledger\n", "| measure | name | meaning |", "|---|---|---|"]
    lines += [
        f"| `account.{account.name}` | {account.title} | {account.meaning} |"
        for account in ACCOUNTS
        if account.group != "cash only"
    ]
    return "\n".join(lines) + "\n"


def _row(measure: Measure) -> str:
    better = _DIRECTIONS[measure.higher_is_better]
    meaning = measure.meaning.replace("|", "\\|")
    return f"| `{measure.name}` | {_code(measure.title)} | {measure.unit} | {better} | {meaning} |"


def _code(title: str) -> str:
    """Angle brackets of a family's title, which a browser would take for a tag."""
    return title.replace("<", "&lt;").replace(">", "&gt;")
