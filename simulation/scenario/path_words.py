"""Words for the values of a scenario, so that sentences need no paths.

The title of a key stands in the catalogues (`keys.ftl`) under the block that declares it and its name; one entry of a
block or mapping may have a title of its own there (`key-HandOff-lead-loss`, `key-Role-due-sell`). Free names in a path
(a channel, a product, a role) follow in brackets, said by their titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.mechanisms.specialisation import LearningByActivity
from simulation.scenario.places import Place, Step, along
from simulation.scenario.timeline import set_path
from simulation.scenario.titles import channel_titles, product_titles, role_titles, structure_titles
from simulation.texts import Phrase, joined, say, texts

STAGES = ("market.stages", "market.processes.*.stages")

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario


def words_for(scenario: Scenario, path: str) -> Phrase | None:
    """What a value is called in sentences; None where it is but one parameter of a law, other than its mean."""
    steps = along(scenario, path)
    keys = [n for n, step in enumerate(steps) if step.place is not None]
    if not keys or path.count(".") > sum(step.name.count(".") + 1 for step in steps) - 1:
        return None
    last = keys[-1]
    place = steps[last].place
    assert place is not None
    inside = [step.name for step in steps[last + 1 :]]
    if place.slot.distribution is not None and inside:
        if inside[-1] != "mean":
            return None
        steps, inside = steps[: last + 1], []
    key, named = place.text, steps
    above = steps[last - 1].place if last else None
    if above is not None and f"{above.text}-{place.key}" in texts("en"):
        key = f"{above.text}-{place.key}"
    elif len(inside) == 1 and f"{key}-{inside[0]}" in texts("en"):
        key, named = f"{key}-{inside[0]}", steps[: last + 1]
    stage = ""
    names: list[str] = []
    for n, step in enumerate(named):
        if step.place is not None and step.place.block is LearningByActivity and n != last:
            names.append(say(f"activity-{step.name}"))
        elif step.place is None:
            title = _title(scenario, named[:n], step)
            if (holder := named[n - 1].place) is not None and holder.pattern in STAGES:
                stage = title
            else:
                names.append(title)
    title = say(key, stage=stage)
    return say("key-of", title=title, names=joined(reversed(names), ", ")) if names else title


def _title(scenario: Scenario, before: Sequence[Step], step: Step) -> str:
    """The title of what a free name stands for, else the name; of an entry of a list its name, else its number."""
    holder = before[-1].place if before else None
    titles = _titles(scenario, holder, before) if holder is not None else {}
    if step.name in titles:
        return titles[step.name]
    if f"activity-{step.name}" in texts("en"):
        return say(f"activity-{step.name}")
    said = (getattr(step.value, each, "") for each in ("name", "title"))
    own = next((each for each in said if isinstance(each, str) and each), "")
    if "." in step.name and holder is not None:  # a path, in a table or among what is set
        path = set_path(scenario, ".".join((*(each.name for each in before), step.name)))
        own = own or words_for(scenario, path if holder.key == "set" else step.name) or ""
    number = str(int(step.name) + 1) if step.name.isdigit() else step.name
    return own or number


def _titles(scenario: Scenario, holder: Place, before: Sequence[Step]) -> dict[str, str]:
    match holder.path, holder.pattern:
        case "market.channels", _:
            return channel_titles(scenario.market)
        case "market.products", _:
            return product_titles(scenario.market)
        case "structures", _:
            return structure_titles(scenario)
        case _, "market.channels.*.products":
            return product_titles(scenario.market)
        case _, "structures.*.roles":
            return role_titles(before[-2].value)
    return {}
