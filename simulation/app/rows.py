"""Variants and flips as the templates draw them: rows of a table, a line with a place on a slider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.app import fields
from simulation.app.look import Against, Beside
from simulation.app.mark import Mark
from simulation.app.typed import roughly
from simulation.scenario.describe import difference
from simulation.scenario.path_words import words_for
from simulation.scenario.scenario import Scenario
from simulation.texts import Amount, Texts
from simulation.written import schema
from simulation.written.errors import ScenarioError
from simulation.written.quantities import NUMBER

MOST_DIFFERING = 30
"""Figures that are listed side by side."""


def first_large(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]


def column(each: Against, look: Beside, t: Texts) -> dict[str, Any]:
    """A variant as the table shows it."""

    def amount(value: float) -> str:
        return t.written(Amount(value, look.unit, look.currency))

    first = each is look.variants[0]
    sign = "−" if each.difference < 0 else "+"
    low, high = (f"{'−' if end < 0 else '+'}{amount(abs(end))}" for end in (each.low, each.high))
    sure = t("app-sure-same") if each.same else t("app-sure-yes") if each.sure else t("app-sure-no")
    return {
        "difference": "–" if first else f"{sign}{amount(abs(each.difference))}",
        "note": "" if first else sure if each.same else f"{low} … {high}, {sure}",
        "tone": "" if first or not each.sure else "good" if each.difference > 0 else "behind",
        "best": t.title(each.best),
        "mean": amount(each.mean),
        "means": {t.title(title): amount(mean) for title, mean in each.means.items()},
    }


def differing(scenarios: Sequence[Scenario], t: Texts) -> list[dict[str, Any]]:
    """Figures in which any of the scenarios differs from the first one, as rows of a table."""
    first, *others = scenarios
    rows: dict[str, dict[int, tuple[str, str]]] = {}
    for n, other in enumerate(others, 1):
        for row in difference(first, other):
            rows.setdefault(row.path, {})[n] = row.first, row.second
    found = []
    for path, told in list(rows.items())[:MOST_DIFFERING]:
        base = next(iter(told.values()))[0]
        values = [base, *(told[n][1] if n in told else base for n in range(1, len(scenarios)))]
        title = next((words for each in scenarios if (words := words_for(each, path)) is not None), None)
        found.append(
            {
                "title": first_large(t.again(title)) if title is not None else path,
                "values": [t.again(v) for v in values],
            }
        )
    return found


def mark_row(each: Mark, scenario: Scenario, t: Texts) -> dict[str, Any]:
    """A flip as the template draws it."""
    try:
        quantity = fields.slot_of(scenario, each.path)[1]
    except ScenarioError:
        quantity = NUMBER  # a dial, or a figure that the page does not show
        if (slot := schema.at(Scenario, scenario.model_dump(mode="json"), each.path)) is not None:
            quantity = slot.quantity or NUMBER
    now, low, high = (roughly(quantity, value, t) for value in (each.now, each.low, each.high))
    title = first_large(t.again(each.title))
    values = {"what": title, "best": t.title(each.best), "rival": t.title(each.rival)}
    wide = each.high - each.low
    if each.at is None:
        return {"path": each.path, "said": t("app-flip-none", low=low, high=high, **values), "place": None}
    away = abs(each.at - each.now)
    told = roughly(quantity, away, t)
    if quantity.unit == "share":
        told = t("app-points", points=max(1, round(100 * away)))
    said = t("app-flip-at", at=roughly(quantity, each.at, t), now=now, away=told, **values)
    return {"path": each.path, "said": said, "place": round(100 * (each.at - each.low) / wide, 1) if wide > 0 else None}
