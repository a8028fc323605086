"""The short form: who, what, leads, pay, clients, advertising, rent, on one screen.

The numbers are those of `intake.short_form`, the scenario is derived from them by the closed form as `new --numbers`
does it; advertising and rent are laid upon it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulation.app.fields import MOST_PLAYED
from simulation.intake.from_short_form import scenario_of
from simulation.intake.short_form import ROLES, Numbers
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import Phrase, Shortest, Texts, verbatim, worded
from simulation.written.errors import Misfit, MisfitError, ScenarioError, beside
from simulation.written.problems import allowed
from simulation.written.quantities import AMOUNT
from simulation.written.schema import Slot

SHORT = "short form"
LEADS, ADVERTISING, RENT, HEAD = "leads_a_month", "advertising", "rent", "head"
GROUPS: dict[str, tuple[str, ...]] = {
    "who": ("title", "built", *dict.fromkeys(role for roles in ROLES.values() for role in roles), HEAD),
    "sales": ("revenue", "deals", "average_deal", "orders", "gross_margin"),
    "leads": (LEADS, "calls_per_day", "leads_found_per_month", "qualified_per_quarter", "proposals_per_quarter"),
    "clients": ("customers_start", "customers_end", "customers_lost"),
    "money": ("base_pay", "commission", ADVERTISING, RENT),
    "time": ("days_to_deal", "leavers_in_two_years", "days_to_hire", "months_until_plan"),
}
"""What is asked, by group, in the order of the page."""
BUILT = tuple(ROLES)
USUAL: dict[str, str] = {
    "built": "universal",
    "universal": "8",
    "head": "1",
    "orders": "0",
    "calls_per_day": "0",
    "leads_found_per_month": "0",
    "customers_start": "0",
    "customers_end": "0",
    "customers_lost": "0",
    "commission": "0 %",
    "advertising": "0",
    "rent": "0",
    "days_to_deal": "45",
    "leavers_in_two_years": "0",
    "days_to_hire": "49",
    "months_until_plan": "6",
}
"""What stands in a field before anybody types."""
PEOPLE = {role for roles in ROLES.values() for role in roles} | {HEAD}
AMOUNTS = (ADVERTISING, RENT)


def department(form: Mapping[str, str], t: Texts) -> Scenario | dict[str, str]:
    """A department from a form, or what is wrong with it, in words, by the field it belongs to.

    Args:
        form: what was typed, by field.
        t: the language of the words.
    """
    wrong: dict[str, str] = {}
    built = form.get("built", "universal")
    built = built if built in BUILT else "universal"
    people: dict[str, int] = {}
    given: dict[str, Any] = {"built": built, "people": people}
    more: dict[str, float] = {}
    for name in (each for group in GROUPS.values() for each in group):
        typed = form.get(name, "").strip()[:200]
        if name == "built" or (name in PEOPLE and name not in (*ROLES[built], HEAD)):
            continue
        try:
            value = _read(name, typed)
        except ValueError as error:
            wrong[name] = t.again(getattr(error, "phrase", None) or str(error))
            continue
        if value is None:
            continue
        if name in PEOPLE:
            people[name] = value
        elif name in AMOUNTS:
            more[name] = value
        elif name == LEADS:
            given["leads_per_month"] = {"site": value} if value else {}
        else:
            given[name] = value
    if wrong:
        return wrong
    try:
        scenario = load_text(scenario_of(Numbers.model_validate(given)), SHORT)
        return scenario.replace(_laid(scenario, more, t)) if more else scenario
    except ValidationError as error:
        return _misfits(error, t)
    except ScenarioError as error:
        return {"": t.again(error.phrase)}


def _read(name: str, typed: str) -> Any:
    """A value as the file of numbers would be read; None where nothing was typed and nothing has to be.

    Raises:
        ValueError: it cannot be read; it has a phrase.
    """
    if name in AMOUNTS:
        return AMOUNT.parse(typed or "0", {})
    key = {LEADS: "calls_per_day"}.get(name, "orders" if name in PEOPLE else name)
    field = Numbers.model_fields[key]
    if not typed and name not in (LEADS, *PEOPLE):
        if field.is_required() or name == "revenue":
            raise _Unread(worded("app-short-needed"))
        return None
    if name == "title":
        return typed
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    try:
        value = adapter.validate_python(typed or "0")
        if isinstance(value, int | float) and value > MOST_PLAYED and _is_counted(name):
            raise _Unread(worded("app-too-many", most=Shortest(MOST_PLAYED)))
        return value
    except ValidationError as error:
        reason = next((each.get("ctx", {}).get("error") for each in error.errors()), None)
        said = getattr(reason, "reason", "") or worded("not-allowed-here", value=repr(typed))
        raise _Unread(beside(verbatim(said), allowed(Slot.of(field).variants[0]))) from None


def _is_counted(name: str) -> bool:
    """Whether each of what a field tells is played by itself."""
    return name in (LEADS, *PEOPLE) or name.startswith("customers_")


class _Unread(ValueError):
    def __init__(self, phrase: Phrase) -> None:
        super().__init__(str(phrase))
        self.phrase = phrase


def _misfits(error: ValidationError, t: Texts) -> dict[str, str]:
    """What does not go together, beside the first field that it is about."""
    known = {each for group in GROUPS.values() for each in group}
    found: dict[str, str] = {}
    for each in error.errors():
        inner = each.get("ctx", {}).get("error")
        misfits = inner.misfits if isinstance(inner, MisfitError) else [Misfit("", each["msg"])]
        for misfit in misfits:
            name = misfit.path.removeprefix("people.")
            name = {"leads_per_month": LEADS, "revenue_by_month": "revenue", "people": HEAD}.get(name, name)
            place = name if name in known else ""
            found[place] = "; ".join(filter(None, (found.get(place, ""), t.again(misfit.message))))
    return found


def _laid(scenario: Scenario, more: Mapping[str, float], t: Texts) -> dict[str, Any]:
    """Advertising and rent as values of the scenario."""
    values: dict[str, Any] = {}
    if more.get(ADVERTISING) and scenario.market.channels:
        channel = next(iter(scenario.market.channels))
        values[f"market.channels.{channel}.cost.fixed_per_month"] = more[ADVERTISING]
    if more.get(RENT):
        values["budget.indirect.lines"] = [{"name": t("app-short-rent-line"), "price": more[RENT]}]
    return values
