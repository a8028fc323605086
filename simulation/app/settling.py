"""What a form of the page asks for, made: values, steps, structures and channels that come and go, undo and redo.

Every form goes the same way, with scripts and without them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Any

from simulation.app import fields
from simulation.app.drafts import Draft
from simulation.app.typed import text_of
from simulation.scenario import preset_files
from simulation.scenario.describe import resolved
from simulation.scenario.places import along
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.scenario.titles import channel_titles, structure_titles
from simulation.study.variation import headcounts, in_proportion
from simulation.texts import LANGUAGES, Phrase, Texts, Verbatim, say, texts
from simulation.written.errors import Problem, ScenarioError

MOST_STRUCTURES = 6
MOST_CHANNELS = 12
LONGEST_TITLE = 80
FIGURE, SLIDER, TITLE, DO = "f:", "n:", "t:", "do"
"""What the name of a form's value begins with: a figure as it is typed, one of a slider, a title; and what to do."""
WHOLE = ""
"""Where a mistake is kept that belongs to no field."""


def settle(draft: Draft, form: Sequence[tuple[str, str]]) -> bool:
    """Makes what a form asks for; what cannot be is kept beside its field.

    Returns:
        Whether the page has other fields now than before.
    """
    t = texts(draft.language)
    before = _shape(draft.scenario)
    draft.wrong.pop(WHOLE, None)
    for name, typed in form:
        if name.startswith(FIGURE):
            _figure(draft, name[len(FIGURE) :], typed, t)
        elif name.startswith(SLIDER):
            _slider(draft, name[len(SLIDER) :], typed, t)
        elif name.startswith(TITLE):
            _title(draft, name[len(TITLE) :], typed)
    for name, what in form:
        if name == DO:
            _do(draft, what, dict(form), t)
    return _shape(draft.scenario) != before or texts(draft.language) is not t


def tried(scenario: Scenario, form: Sequence[tuple[str, str]], t: Texts) -> Scenario:
    """The scenario with what sliders and fields say, for a look that leaves nothing behind.

    Raises:
        ScenarioError: it would not be one.
    """
    values: dict[str, Any] = {}
    for name, typed in form:
        if name.startswith(FIGURE):
            path = name[len(FIGURE) :]
            values |= fields.settings(scenario, path, typed, t(fields.TYPED))
        elif name.startswith(SLIDER):
            path, number = name[len(SLIDER) :], typed
            values |= fields.settings(scenario, path, fields.as_number(scenario, path, number, t), t(fields.TYPED))
    return scenario.replace(values) if values else scenario


def _shape(scenario: Scenario) -> tuple[Any, ...]:
    structures = tuple((name, tuple(each.roles), each.title) for name, each in scenario.structures.items())
    return structures, tuple(channel_titles(scenario.market).items()), scenario.title


def _figure(draft: Draft, path: str, typed: str, t: Texts) -> None:
    there = fields.current(draft.scenario, path, t)
    if there is not None and typed.strip() == there:
        draft.wrong.pop(path, None)
        return
    try:
        values = fields.settings(draft.scenario, path, typed, t(fields.TYPED))
        value, quantity = fields.read(draft.scenario, path, typed)
        after = text_of(quantity, value, t)
        if after == there:  # the same number, written otherwise
            draft.wrong.pop(path, None)
            return
        draft.change(values, [fields.words_of(draft.scenario, path, there or "–", after)])
    except ScenarioError as error:
        draft.refuse(path if there is not None else WHOLE, typed, error)


def _slider(draft: Draft, path: str, number: str, t: Texts) -> None:
    try:
        _figure(draft, path, fields.as_number(draft.scenario, path, number, t), t)
    except ScenarioError as error:
        draft.refuse(WHOLE, number, error)


def _title(draft: Draft, path: str, typed: str) -> None:
    """Another title of the department, of a channel or of a structure."""
    steps = path.split(".")
    known = path == "title" or (
        steps[-1] == "title" and (steps[0] == "structures" and len(steps) == 3 or path.startswith("market.channels."))
    )
    text = " ".join("".join(each for each in typed if each.isprintable()).split())[:LONGEST_TITLE]
    here = along(draft.scenario, path)
    if not known or not here or not text:
        return
    was = str(here[-1].value or "")
    if text in {was, *(texts(language).title(was) for language in LANGUAGES)}:
        return
    _try(draft, {path: text}, [say("app-change-title", was=Verbatim(was or "–"), now=Verbatim(text))])


def _do(draft: Draft, what: str, form: dict[str, str], t: Texts) -> None:
    name, _, rest = what.partition("|")
    match name:
        case "undo":
            draft.undo()
        case "redo":
            draft.redo()
        case "lang":
            draft.language = rest if rest in LANGUAGES else draft.language
        case "step":
            _step(draft, *rest.rpartition("|")[::2], t)
        case "add-structure":
            _add_structure(draft, rest or form.get("preset", ""))
        case "drop-structure":
            _drop_structure(draft, rest)
        case "add-channel":
            _add_channel(draft, rest, t)
        case "drop-channel":
            _drop_channel(draft, rest)
        case "save":
            if not draft.save(form.get("variant", "")):
                draft.refuse(WHOLE, "", ScenarioError(Problem("", None, "", say("app-no-room"))))
        case "open-variant":
            draft.take_up(rest, [say("app-change-variant", name=Verbatim(rest))])
        case "drop-variant":
            draft.drop(rest)


def _try(draft: Draft, values: dict[str, Any], words: Iterable[Phrase]) -> None:
    try:
        draft.change(values, list(words))
    except ScenarioError as error:
        draft.refuse(WHOLE, "", error)


def _step(draft: Draft, path: str, by: str, t: Texts) -> None:
    """One more or one less of something that is counted."""
    there = fields.current(draft.scenario, path, t)
    if there is None or not path.endswith(".headcount") or by not in ("+1", "-1"):
        return
    now = int(there) + int(by)
    if now < 0:
        return
    _figure(draft, path, str(now), t)


def _add_structure(draft: Draft, preset: str) -> None:
    """A structure of a preset, with as many people as the first one has, at their pay, and its support beside them."""
    scenario = draft.scenario
    if preset not in preset_files.names("structures") or len(scenario.structures) >= MOST_STRUCTURES:
        _try_nothing(draft)
        return
    name = next(each for each in (preset, *(f"{preset}_{n}" for n in range(2, 99))) if each not in scenario.structures)
    first = next(iter(scenario.structures))
    try:
        bare = scenario.replace({f"structures.{name}": {"preset": preset}})
    except ScenarioError as error:
        draft.refuse(WHOLE, "", error)
        return
    there = resolved(scenario)["structures"][first]["roles"]
    own = scenario.structures[first].roles
    sellers = [role.pay.base for role in own.values() if is_counted(role) and role.headcount]
    usual = statistics.median(sellers) if sellers else 0
    usually = headcounts(bare, name)
    people = max(sum(headcounts(scenario, first).values()), len(usually))
    support = {role: there[role] for role, spec in own.items() if not is_counted(spec)}
    words = [say("app-change-added", what=structure_titles(bare)[name])]
    for heads in (in_proportion(usually, people), usually):  # pods cannot share every number of people
        roles: dict[str, Any] = {}
        for role, spec in bare.structures[name].roles.items():
            pay = next((s.roles[role].pay.base for s in scenario.structures.values() if role in s.roles), usual)
            roles[role] = {"headcount": heads.get(role, spec.headcount), "pay": {"base": pay}}
        values = {f"structures.{name}": {"preset": preset, "roles": support | roles}}
        try:
            draft.change(values, words)
        except ScenarioError as error:
            draft.refuse(WHOLE, "", error)
        else:
            draft.wrong.pop(WHOLE, None)
            return


def _try_nothing(draft: Draft) -> None:
    draft.refuse(WHOLE, "", ScenarioError(Problem("", None, "", say("app-no-room"))))


def _drop_structure(draft: Draft, name: str) -> None:
    scenario = draft.scenario
    if name not in scenario.structures or len(scenario.structures) < 2:
        return
    values: dict[str, Any] = {f"structures.{name}": None}
    if name in scenario.search:
        values[f"search.{name}"] = None
    _try(draft, values, [say("app-change-dropped", what=structure_titles(scenario)[name])])


def _add_channel(draft: Draft, kind: str, t: Texts) -> None:
    scenario = draft.scenario
    if kind not in ("inbound", "outbound") or len(scenario.market.channels) >= MOST_CHANNELS:
        _try_nothing(draft)
        return
    name = next(f"channel_{n}" for n in range(1, 99) if f"channel_{n}" not in scenario.market.channels)
    title = t(f"app-new-{kind}")
    made: dict[str, Any] = {"kind": kind, "title": title}
    made |= {"leads_per_month": 20} if kind == "inbound" else {"find_probability": "2 %"}
    _try(draft, {f"market.channels.{name}": made}, [say("app-change-added", what=Verbatim(title))])


def _drop_channel(draft: Draft, name: str) -> None:
    scenario = draft.scenario
    if name not in scenario.market.channels or len(scenario.market.channels) < 2:
        return
    title = channel_titles(scenario.market)[name]
    _try(draft, {f"market.channels.{name}": None}, [say("app-change-dropped", what=title)])
