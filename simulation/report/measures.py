"""The reference of measures, made from their catalogue."""

from __future__ import annotations

from importlib.resources import files

from simulation.analysis.catalogue import MEASURES, REASON_TITLES, Measure
from simulation.finance.ledger import ACCOUNTS

_DIRECTIONS = {True: "higher", False: "lower", None: ""}


def measures_page() -> str:
    """The page `docs/measures.md`: every measure with its unit, direction and meaning."""
    introduction = files("simulation.report").joinpath("measures_introduction.md").read_text("utf-8")
    lines = [introduction, "## All measures\n", "| measure | name in tables | unit | better | meaning |"]
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
