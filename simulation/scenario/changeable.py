"""Which values may change during a run, and why the others may not.

One table says it: the first rule whose pattern a path begins with decides. `*` stands for any name or index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from simulation.scenario.market import ANSWER, NO_ANSWER
from simulation.scenario.nodes import join
from simulation.scenario.numerals import nearest, quoted
from simulation.scenario.scenario import Scenario
from simulation.scenario.slots import Slot, fields
from simulation.scenario.structures import Structure
from simulation.scenario.timeline import from_root


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot change.

    Attributes:
        reason: in words.
        allowed: what may stand instead, or ''.
        suggestion: the nearest path that may change, as it is written at the same place, or ''.
    """

    reason: str
    allowed: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        """One sentence."""
        text = self.reason + (f"; allowed: {self.allowed}" if self.allowed else "")
        return text + (f"; did you mean {self.suggestion!r}?" if self.suggestion else "")


_MAY = ""
_NAME = "a name does not change during a run"
_FACTS = "how people learn and how they differ are facts about people, whatever the department does"
_CALENDAR = (
    "a customer's own calendar of orders and requests is made at the start; change `order_size` or `churn_per_year`"
)
_ORDER_WORK = "how much work an order or request makes is a fact about the market; a CRM (`crm`) may save a share of it"
_SEASON = "seasonality and trend describe the whole horizon"
_FIRST_DAY = "the first day is over when the change comes"


def _each(start: str, keys: str, why: str = _MAY) -> dict[str, str]:
    return {f"{start}.{key}": why for key in keys.split()}


_CHANNEL, _CUSTOMERS, _ROLE = "market.channels.*", "market.customers", "structures.*.roles.*"
RULES: dict[str, str] = {
    **dict.fromkeys(
        ("version", "title", "description", "currency", "locale"), "this describes the scenario and not the department"
    ),
    "calendar": "the calendar holds for the whole run; compare two scenarios instead",
    "experiment": "how the scenario is simulated is settled before it begins",
    "plan": "the plan is set for the year; what happens is measured against it",
    **_each("budget", "capital direct indirect other", "a line of the budget has `start` and `until` of its own"),
    "budget": "rates of the budget hold for the whole run",
    "history": "this is what has been",
    "search": "this says what `optimise` tries; no run reads it",
    "interventions": "an intervention cannot change interventions; write another one beside it",
    # the market
    **_each(_CHANNEL, "leads_per_month orders_per_month active quality fit deal_size upsell patience cost"),
    **_each(_CHANNEL, "share_of_revenue share_of_margin discount attempt find_probability contacts.refresh_per_month"),
    **_each(_CHANNEL, "seasonality trend_per_year", f"{_SEASON}; change `leads_per_month` or `orders_per_month`"),
    **_each(_CHANNEL, "overdispersion arrival_hours", "when leads come is settled for the whole horizon"),
    f"{_CHANNEL}.title": _NAME,
    f"{_CHANNEL}.kind": "a channel stays of its kind; switch it off (`active: false`) and another one on",
    f"{_CHANNEL}.products": "what leads ask for belongs to a channel; switch on another channel with other products",
    f"{_CHANNEL}.contacts": f"{_FIRST_DAY}, and the list has its size then; change `contacts.refresh_per_month`",
    f"{_CHANNEL}.ramp": "a distributor's ramp begins when it is first active; change `orders_per_month`",
    f"{_CHANNEL}.exits_per_year": "when a distributor walks away is settled at the start; set `active: false` on a day",
    **_each("market.products.*", "price price_response price_orders price_churn gross_margin paperwork questions"),
    "market.products.*.title": _NAME,
    **_each(
        "market.products.*",
        "deal repeat trade",
        "what a product is stays as it is; change `price`, or a channel's `deal_size`, or switch on a channel that "
        "asks for another product",
    ),
    **_each("market.stages.*", "work thinking conversion patience question"),
    "market.stages.*.name": _NAME,
    "market.stages.*.meetings": "only the command `plan` counts meetings; what they take is part of `work`",
    **_each("market.qualification", "work true_positive false_positive"),
    **_each("market.speed_to_lead", "floor tau"),
    **_each("market.material", "effect cost_per_month"),
    "market.material.cost": "this is paid once at the start; give the change its own `cost`",
    **_each(_CUSTOMERS, "order_size churn_per_year late_churn_per_month upsell.probability upsell.uplift payment care"),
    **_each(_CUSTOMERS, "order_work request_work upsell.work", _ORDER_WORK),
    f"{_CUSTOMERS}.tolerance": "what customers are used to does not change during a run",
    f"{_CUSTOMERS}.upsell.every": _CALENDAR,
    **_each(_CUSTOMERS, "order_every order_cv requests_per_month growth_per_year", _CALENDAR),
    "market.initial": _FIRST_DAY,
    # the people
    **_each("people", "switching switching_groups availability turnover recruiting onboarding departure coaching"),
    **_each("people", "learning talent", _FACTS),
    "people.absence": "vacations and sick days are planned for the whole run",
    "people.tenure": f"{_FIRST_DAY}; this is the time in the firm then",
    "hand_off": _MAY,
    # the structures
    **_each("structures.*", "hand_off loyalty"),
    "structures.*.title": _NAME,
    "structures.*.structural": "these words are for the verdict on the whole run",
    "structures.*.pods": "pods are formed at the start; compare two structures instead",
    "structures.*.interventions": "an intervention cannot change interventions; write another one beside it",
    **_each(_ROLE, "headcount pay activities ownership new_work cover protected meetings turnover_per_year"),
    **_each(_ROLE, "due newest_first most_open care_per_month"),
    **_each(_ROLE, "recruiting onboarding leads"),
    f"{_ROLE}.hours_per_week": "the week of a position holds for the whole run; give a second role with the other "
    "week and move people, or change `people.availability`",
    f"{_ROLE}.title": _NAME,
    **_each(_ROLE, "learning ramp", _FACTS),
    **_each(
        _ROLE,
        "support outsourced stays",
        "what a role is stays as it is; give the other role from the start with `headcount: 0` and move people",
    ),
}
"""Pattern to the reason why such a value cannot change; '' where it may."""

NEW = {
    "market.channels": "a new channel stands in the file from the start, with `active: false` until it opens",
    "market.products": "a new product stands in the file from the start; switch a channel on that asks for it",
    "market.stages": (
        "the number of stages is the same for the whole run; one that is not there yet has `work: 0 h` and "
        "`conversion: 1`"
    ),
    "structures": "structures are compared with one another; none comes during a run",
    "roles": "give the role from the start with `headcount: 0`",
}
"""Where names cannot come during a run, and what to do instead."""


def refusal(scenario: Scenario, structure: str | None, path: str) -> str | None:
    """Why the value at a path cannot change during a run, in words, or None where it may.

    Args:
        scenario: the scenario.
        structure: the structure whose intervention sets it (the path may begin at the structure), or None.
        path: dotted path as it is written.
    """
    found = look(scenario, structure, path)
    return None if found is None else str(found)


def look(scenario: Scenario, structure: str | None, path: str) -> Refusal | None:
    """The same as ``refusal``, taken apart."""
    if not path or not all(path.split(".")):
        return Refusal(f"{quoted(path)} is not a dotted path", "such as structures.NAME.roles.NAME.headcount")
    absolute = path if structure is None else from_root(scenario, structure, path)
    parts = absolute.split(".")
    if structure is not None and parts[0] == "structures" and parts[1:2] != [structure]:
        return Refusal(f"an intervention of {structure!r} cannot change another structure; write it at the top level")
    if structure is None and parts[0] not in Scenario.model_fields and parts[0] in Structure.model_fields:
        written = (f"structures.{name}.{path}" for name in scenario.structures)
        return Refusal(
            f"at the top level a path begins at the root, and there is no `{parts[0]}`; write the structure's name, "
            "or put the intervention into the structure",
            suggestion=next((each for each in written if look(scenario, None, each) is None), ""),
        )
    missing = _missing(scenario, structure, parts)
    if missing is not None:
        return missing
    return _judged(scenario, absolute)


def flattened(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The single values inside nested mappings, with dotted paths."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from flattened(inner, join(path, str(key)))
    else:
        yield path, value


def _judged(scenario: Scenario, path: str) -> Refusal | None:
    """What the table says of a path from the root, of which it is known that it exists."""
    parts = path.split(".")
    for pattern, why in RULES.items():
        if not _begins(parts, pattern.split(".")):
            continue
        if why:
            return Refusal(why)
        return _price(scenario, parts)
    inside = [pattern for pattern, why in RULES.items() if not why and _begins(pattern.split("."), parts)]
    key = ".".join(inside[0].split(".")[len(parts) :]) if inside else ""
    hint = key.replace("*", "NAME")
    if hint:
        return Refusal(f"`{path}` is a whole block; name what changes in it", f"a path such as {path}.{hint}")
    return Refusal("this cannot change during a run")


def _begins(parts: list[str], pattern: list[str]) -> bool:
    """Whether a path begins with a pattern; `*` on either side stands for any name."""
    return len(parts) >= len(pattern) and all(
        want in ("*", part) or part == "*" for part, want in zip(parts, pattern, strict=False)
    )


def _price(scenario: Scenario, parts: list[str]) -> Refusal | None:
    price = parts[:2] == ["market", "products"] and parts[3:] == ["price"]
    if not price or scenario.market.products[parts[2]].price_response != 0:
        return None
    return Refusal(f"{NO_ANSWER}: `price_response` of the product is 0", f"`price_response` beside it: {ANSWER}")


# --- paths that lead nowhere ----------------------------------------------------------------------------------------


def _missing(scenario: Scenario, structure: str | None, parts: list[str]) -> Refusal | None:
    """What is wrong with a path that the scenario does not have."""
    here: Any = scenario
    slot = Slot(Scenario)
    for index, part in enumerate(parts):
        known = _keys(here, slot)
        if known is None:
            return None if slot.inside(part) is not None else _nowhere(parts, index, ())
        if part not in known:
            return _unknown(scenario, structure, parts, index, known, here)
        here, slot = _step(here, slot, part)
    return None


def _keys(here: Any, slot: Slot) -> tuple[str, ...] | None:
    """The names that may follow, or None inside a distribution and after a single value."""
    if slot.distribution is not None:
        return None
    if isinstance(here, BaseModel):
        return tuple(type(here).model_fields)
    if slot.is_mapping:
        choices = slot.keys.choices if slot.keys is not None else ()
        return tuple(map(str, choices)) or tuple(here or ())
    if slot.models:
        return tuple(fields(slot.models[0])) if slot.entry is None else ()
    if slot.entry is not None:
        return tuple(map(str, range(len(here or ()))))
    return None


def _step(here: Any, slot: Slot, part: str) -> tuple[Any, Slot]:
    if isinstance(here, BaseModel):
        return getattr(here, part), fields(type(here))[part]
    inner = slot.inside(part)
    if isinstance(here, Mapping):
        here = here.get(part)
    elif isinstance(here, (list, tuple)):
        here = here[int(part)]
    else:
        here = None
    return here, inner if inner is not None else Slot(Any)


def _nowhere(parts: list[str], index: int, known: Iterable[str]) -> Refusal:
    place = ".".join(parts[:index])
    return Refusal(f"there is no `{parts[index]}` in `{place}`" if place else f"there is no `{parts[index]}`")


def _unknown(
    scenario: Scenario, structure: str | None, parts: list[str], index: int, known: tuple[str, ...], here: Any
) -> Refusal:
    """A name that is not there: what there is, and the nearest path that may change."""
    place = ".".join(parts[:index])
    part = parts[index]
    names = known
    if place == "market.stages":  # people write the name of a stage; the path takes its number
        names = tuple(stage.name for stage in scenario.market.stages)
    near = nearest(part, [*names, *(Structure.model_fields if structure is not None and not place else ())])
    number = {name: str(k) for k, name in enumerate(names)} if place == "market.stages" else {}
    suggestion = ""
    if near is not None:
        candidate = [*parts[:index], number.get(near, near), *parts[index + 1 :]]
        written = ".".join(candidate)
        if structure is not None:
            written = written.removeprefix(f"structures.{structure}.")
        deeper = look(scenario, structure, written)
        suggestion = written if deeper is None else deeper.suggestion
    container = "roles" if parts[index - 1] == "roles" and index == 3 else place
    new = NEW.get(container, "")
    shown = ", ".join(f"{k} ({name})" for k, name in enumerate(names)) if number else ", ".join(names)
    where = f" in `{place}`" if place else ""
    reason = f"there is no `{part}`{where}" + (f"; {new}" if new and not suggestion else "")
    return Refusal(reason, shown, suggestion)
