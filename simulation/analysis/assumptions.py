"""What a verdict hangs on although nobody wrote it down as an assumption.

Shared figures that act in some structures only: the loss in hand-offs acts only where work passes between roles, and
learning by repetitions favours whoever does fewer things; both are among the least measured inputs (facts with
source: the scenario reference). And figures of people that differ between the roles of the structures (turnover,
recruiting, onboarding), and what changes during the run in one structure only.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping

from simulation.analysis.cases import Case
from simulation.finance.spans import first_day
from simulation.scenario.people import People
from simulation.scenario.structures import Role, Structure, onboarding_of, recruiting_of, tenure_form, turnover_per_year
from simulation.scenario.timeline import DatedChange, timeline
from simulation.scenario.titles import role_titles
from simulation.texts import Amount, Digits, Percent, Phrase, joined, say
from simulation.written.readers import DAY

CORE = ("qualify", "sell", "serve")  # what a lead and the customer it becomes go through
SHOWN = 3
"""Changes of a structure that are named one by one."""


def acting_assumptions(cases: Mapping[str, Case]) -> tuple[str, ...]:
    """What acts in some of the structures only, in words; nothing for a single structure."""
    if len(cases) < 2:
        return ()
    passing = [case for case in cases.values() if passes_work_on(case.structure)]
    found: list[Phrase] = []
    if passing and len(passing) < len(cases):
        terms = passing[0].scenario.passing(passing[0].structure)
        losses = []
        if terms.lead.loss > 0:
            losses.append(say("share-of-leads", share=Percent(terms.lead.loss)))
        if terms.customer.loss > 0:
            losses.append(say("share-of-customers", share=Percent(terms.customer.loss)))
        if losses:
            found.append(say("assumed-hand-off", losses=losses, who=[case.title for case in passing]))
    if _breadths(cases) and _learns(cases):
        found.append(say("assumed-learning"))
    return (*found, *_people(cases), *_changes(cases))


def passes_work_on(structure: Structure) -> bool:
    """Whether a lead or customer has to pass from one role to another: no role does all that the department does."""
    done = [{duty.activity for duty in role.activities} for role in structure.roles.values() if not role.support]
    core = set(CORE) & set().union(*done)
    return not any(core <= activities for activities in done)


def _breadths(cases: Mapping[str, Case]) -> bool:
    """Whether the structures' roles do differently many activities."""
    breadths = {
        max(len({duty.activity for duty in role.activities}) for role in case.structure.roles.values())
        for case in cases.values()
    }
    return len(breadths) > 1


def _learns(cases: Mapping[str, Case]) -> bool:
    """Whether proficiency grows with repetitions and changes anything in the core activities."""
    for case in cases.values():
        for activity in CORE:
            learning = getattr(case.scenario.people.learning, activity)
            if learning.start != learning.mastery and any(learning.effects.model_dump().values()):
                return True
    return False


# --- figures of people that differ between roles ------------------------------------------------------------------

Value = float | Phrase
Read = Callable[[People, Role], Value]

# key of what it is, where a role's own figure and the people's stand, and what it says
_FIGURES: tuple[tuple[str, str, str, Read], ...] = (
    ("turnover", "turnover_per_year", "turnover.per_year", turnover_per_year),
    ("staying", "turnover_law", "turnover.law", lambda p, r: say(f"staying-{tenure_form(p, r).kind}")),
    ("search", "recruiting", "recruiting", lambda p, r: recruiting_of(p, r).time.mean),
    ("hire", "recruiting", "recruiting", lambda p, r: recruiting_of(p, r).cost),
    ("hiring", "recruiting", "recruiting", lambda p, r: _policy(p, r)),
    ("training", "onboarding", "onboarding", lambda p, r: onboarding_of(p, r).training_days),
    ("trial", "onboarding", "onboarding", lambda p, r: onboarding_of(p, r).probation.failure),
    ("course", "onboarding", "onboarding", lambda p, r: onboarding_of(p, r).cost),
)


def _people(cases: Mapping[str, Case]) -> list[Phrase]:
    """Figures of coming and going that are not the same for the roles of every structure."""
    if not any(
        turnover_per_year(case.scenario.people, role) for case in cases.values() for role in _roles(case).values()
    ):
        return []  # nobody leaves, so nobody has to be found
    found = []
    for what, own, shared, read in _FIGURES:
        values = {
            name: {role: read(case.scenario.people, spec) for role, spec in _roles(case).items()}
            for name, case in cases.items()
        }
        if len({frozenset(each.values()) for each in values.values()}) > 1:
            said = _said(cases, values, what)
            sources = _sources(cases, own, shared)
            values_of = {"what": say(f"assumed-{what}"), "said": said}
            if sources is None:
                found.append(say("assumed-figure", **values_of))
            else:
                found.append(say("assumed-figure-sourced", **values_of, sources=sources))
    return found


def _roles(case: Case) -> dict[str, Role]:
    """The roles with people who work on leads and customers."""
    roles = case.structure.roles.items()
    return {name: role for name, role in roles if not role.support and not role.outsourced and role.headcount}


def _policy(people: People, role: Role) -> Phrase:
    return say(f"hiring-{recruiting_of(people, role).policy}")


def _said(cases: Mapping[str, Case], values: Mapping[str, Mapping[str, Value]], what: str) -> Phrase:
    """'Hunter 75 %, Universal 45 %'; the structure is named where one title stands for two values."""
    rows = [
        (role_titles(case.structure)[role], case, value)
        for name, case in cases.items()
        for role, value in values[name].items()
    ]
    clear = {title for title, _, _ in rows if len({value for other, _, value in rows if other == title}) == 1}
    said = [
        say("role-figure", role=title, figure=_figure(value, what, case))
        if title in clear
        else say("role-of-figure", role=title, structure=case.title, figure=_figure(value, what, case))
        for title, case, value in rows
    ]
    return joined(dict.fromkeys(said), ", ")


def _figure(value: Value, what: str, case: Case) -> object:
    if isinstance(value, str):
        return value
    match what:
        case "turnover" | "trial":
            return Percent(value)
        case "search" if value == math.inf:
            return say("some-never")
        case "search":
            return say("some-days", days=f"{value / DAY:.0f}")
        case "training":
            return say("some-working-days", days=Digits(f"{value:g}"))
        case _:
            return Amount(value, "money", case.scenario.currency)


def _sources(cases: Mapping[str, Case], own: str, shared: str) -> Phrase | None:
    """Sources of the figures, None where they have none; those of the presets in any language, as their titles."""
    found: list[str] = []
    for case in cases.values():
        try:
            figures = case.scenario.provenance.figures
        except AttributeError:  # made by hand, not loaded
            continue
        places = [f"structures.{case.key}.roles.{role}.{own}" for role in _roles(case)]
        for path, figure in figures.items():
            if figure.source and any(f"{path}.".startswith(f"{place}.") for place in (*places, f"people.{shared}")):
                found.append(figure.source)
    return joined(dict.fromkeys(found), "; ") if found else None


# --- what changes in one structure only -----------------------------------------------------------------------------


def _changes(cases: Mapping[str, Case]) -> list[Phrase]:
    """Changes during the run that not every structure goes through."""
    planned = {name: _felt(case) for name, case in cases.items()}
    keys = {name: {_key(change, settings) for change, settings in changes} for name, changes in planned.items()}
    shared = set.intersection(*keys.values())
    found = []
    for name, case in cases.items():
        own = [(change, settings) for change, settings in planned[name] if _key(change, settings) not in shared]
        if not own:
            continue
        begin = first_day(case.scenario)
        said = [say("on-a-date", date=_date(begin, change), what=_what(change, settings)) for change, settings in own]
        if len(said) > SHOWN:
            more = say("more-until", count=len(said) - SHOWN, date=_date(begin, own[-1][0]))
            said = [*said[:SHOWN], more]
        found.append(say("assumed-changes", structure=case.title, changes=joined(said, ", ")))
    return found


def _felt(case: Case) -> list[tuple[DatedChange, dict[str, object]]]:
    """The changes that a structure feels, with the settings that concern it, by their path inside the structure."""
    found = []
    prefix = f"structures.{case.key}."
    for change in timeline(case.scenario, case.key).changes:
        settings = {
            path.removeprefix(prefix): value
            for path, value in change.settings.items()
            if path.startswith(prefix) or not path.startswith("structures.")
        }
        if settings or change.moves or change.crm or change.cost or change.dip or change.spike:
            found.append((change, settings))
    return found


def _key(change: DatedChange, settings: Mapping[str, object]) -> str:
    parts = (change.at, sorted(settings.items()), change.moves, change.crm, change.cost, change.dip, change.spike)
    return repr(parts)


def _date(begin: dt.date, change: DatedChange) -> str:
    return str(begin + dt.timedelta(hours=change.at))


def _what(change: DatedChange, settings: Mapping[str, object]) -> str:
    """A change in words: its title, or what it does."""
    if change.title:
        return change.title
    words: list[str] = [say("people-move", count=move.people, role=move.role, to=move.to) for move in change.moves]
    if change.crm is not None:
        words.append(say("crm-roll-out"))
    words += [f"{path.removeprefix('roles.')} = {value}" for path, value in settings.items()]
    return say("some-changes", changes=words) if words else say("no-setting")
