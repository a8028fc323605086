"""`new --numbers`: asks for the twelve numbers of an owner, or reads them from a file, and writes the scenario.

An owner's twelve numbers as a scenario whose simulated years come out like the own one.

The closed form of `intake.from_short_form` lets nobody wait. In the simulation some leads do not get an answer in time
and some customers give up, so it would sell less than the firm did. A few rounds of simulated years say how much less,
number by number, and the closed form aims that much higher.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import typer

from simulation.analysis.history import HistoryCheck, check_history
from simulation.cli.console import FAILED, interrupted_by, mistake, refuse, say, spoken, tell, words
from simulation.cli.session import usable
from simulation.intake.from_short_form import Aim, derive, text_of
from simulation.intake.short_form import Numbers
from simulation.intake.short_form_text import Derived
from simulation.sense.loader import load_text
from simulation.texts import Phrase, phrase_of, worded
from simulation.written.errors import beside

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from simulation.calibration.estimators.load import Load
    from simulation.scenario.scenario import Scenario


Answers = dict[str, Any]

QUESTIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("title", "My department"), ("currency", "RUB"), ("built", "universal"), ("people", "")),
    (("base_pay", "35 k"), ("commission", "0 %")),
    (("revenue_by_month", "30 mln"),),
    (("deals", "80"), ("average_deal", "60 k"), ("orders", "600"), ("gross_margin", "30 %")),
    (("customers_start", "140"), ("customers_end", "150"), ("customers_lost", "60")),
    (("leads_per_month", "site = 120"),),
    (("calls_per_day", "0"), ("leads_found_per_month", "0")),
    (("qualified_per_quarter", "150"), ("proposals_per_quarter", "90")),
    (("days_to_deal", "45"),),
    (("leavers_in_two_years", "6"),),
    (("days_to_hire", "49"),),
    (("months_until_plan", "6"),),
    (("answered_within_day", "?"), ("overhead_hours_per_week", "?")),
)
"""Of the questions under each heading their keys and defaults; the words are those of `ask-KEY`."""

UNKNOWN = ("answered_within_day", "overhead_hours_per_week")
"""Keys whose answer may be that nobody knows."""
PEOPLE = {"universal": "8", "hunter": "3", "closer": "3", "farmer": "2", "closer_farmer": "5", "head": "1"}
"""The default number of people in each role."""


def new_from_numbers(file: Path, answers: Path | None, simulate: bool, jobs: int | None) -> None:
    """Writes the scenario that follows from the numbers; a file that exists is left as it is.

    Args:
        file: the file to write.
        answers: YAML with the answers; they are asked for when None.
        simulate: whether simulated years are matched to the numbers too.
        jobs: replications at a time.

    Raises:
        ScenarioError: the answers are wrong.
        typer.Exit: the file exists, or somebody stopped.
    """
    from simulation.intake.short_form import read_numbers

    if file.exists():
        raise refuse(worded("file-exists", file=file))
    if not file.parent.is_dir():
        raise refuse(worded("no-folder", file=file, folder=file.parent))
    if simulate:
        usable(None)
    numbers = asked() if answers is None else read_numbers(answers)
    if simulate:
        say(worded("matching"))
    text = _matched(numbers, jobs) if simulate else _closed_form(numbers)
    with file.open("x", encoding="utf-8") as target:
        target.write(spoken(text))
    tell(worded("wrote-numbers", file=file))


def _closed_form(numbers: Numbers) -> Phrase:
    """The scenario whose closed form gives the numbers; the load from the share answered in time, where it is known."""
    from simulation.calibration.estimators.load import closed_form

    derived = derive(numbers)
    share = numbers.answered_within_day
    if share is not None:
        load = closed_form(_at_load(numbers, Aim(), derived), numbers.built, share, LOADS)
        if load == load:  # somebody answers leads
            derived = derive(numbers, None, derived, load)
            derived.rough = True
    return text_of(numbers, derived)


def _at_load(numbers: Numbers, aim: Aim, derived: Derived) -> Callable[[float], Scenario]:
    """The scenario made from the numbers at any load of the busiest role."""
    return lambda load: load_text(text_of(numbers, derive(numbers, aim, replace(derived), load)))


def _matched(numbers: Numbers, jobs: int | None) -> Phrase:
    try:
        if numbers.answered_within_day is not None:
            say(worded("matching-load", years=POINTS * LOAD_YEARS, loads=POINTS))
        return matched(
            numbers,
            jobs=jobs,
            on_done=lambda done, total: say(worded("matching-round", done=done, total=total)),
            on_load=lambda found, seconds: _tell_load(found, seconds),
        )
    except RuntimeError as error:
        mistake(phrase_of(error))
        raise typer.Exit(FAILED) from None


def _tell_load(found: Load, seconds: float) -> None:
    for note in found.notes:
        tell(note)
    say(worded("matching-load-done", seconds=max(round(seconds), 1), years=found.years))


def asked() -> Numbers:
    """The numbers as somebody at the keyboard gives them; what makes no sense is asked again.

    Raises:
        typer.Exit: the questions were stopped; nothing is written.
    """
    try:
        return _asked()
    except typer.Abort:
        say("")
        say(worded("interrupted-nothing"))
        raise typer.Exit(interrupted_by()) from None


def _asked() -> Numbers:
    from simulation.intake.short_form import Numbers, contradictions

    tell(worded("ask-begin"))
    defaults = {key: default for questions in QUESTIONS for key, default in questions}
    given: dict[str, str] = {}  # as it was typed
    answers: Answers = {}
    for number, questions in enumerate(QUESTIONS, 1):
        tell("")
        tell(worded(f"ask-{number}"))
        for key, _ in questions:
            _ask(key, defaults, given, answers)
    while True:
        found = list(contradictions(Numbers.model_construct(**_complete(answers))))
        if not found:
            return Numbers.model_validate(answers)
        typer.echo("")
        again: list[str] = []
        for keys, message in found:
            tell(worded("ask-contradiction", what=message))
            again += [_question(key) for key in keys]
        for key in dict.fromkeys(again):
            _ask(key, defaults, given, answers)


def _complete(answers: Answers) -> Answers:
    """The answers with the defaults of what was not asked."""
    from simulation.intake.short_form import Numbers

    defaults = {name: field.default for name, field in Numbers.model_fields.items() if not field.is_required()}
    return {**defaults, **answers}


def _question(key: str) -> str:
    """The question that gives a key: revenue is asked by month or in all."""
    key = key.partition(".")[0]
    return "revenue_by_month" if key == "revenue" else key


def _ask(key: str, defaults: dict[str, str], given: dict[str, str], answers: Answers) -> None:
    """Asks one question; the answer as typed is the default of the next time."""
    if key == "people":
        answers[key] = _people(answers["built"], answers.get(key, {}))
        return

    def read(typed: str) -> Any:
        value = _read(key, typed)
        given[key] = typed
        return value

    value = _prompt(f"ask-{key.replace('_', '-')}", given.get(key, defaults[key]), read)
    if key == "revenue_by_month":
        answers.pop("revenue", None)
        answers.pop(key, None)
        answers["revenue" if len(value) == 1 else key] = value[0] if len(value) == 1 else tuple(value)
    else:
        answers[key] = value


def _people(built: str, before: dict[str, int]) -> dict[str, int]:
    from simulation.intake.short_form import ROLES, SUPPORT

    found = {}
    for role in (*ROLES[built], *SUPPORT):
        least = 1 if role in ROLES[built] else 0

        def read(typed: str, least: int = least) -> int:
            return int(_value("qualified_per_quarter" if least else "orders", typed))

        count = _prompt(f"ask-people-{role.replace('_', '-')}", str(before.get(role, PEOPLE[role])), read)
        if count:
            found[role] = count
    return found


def _prompt(key: str, default: str, read: Callable[[str], Any]) -> Any:
    """Asks until the answer can be read; what is wrong with one that cannot is said."""
    while True:
        typed = typer.prompt(f"  {words()(key)}", default=default)
        try:
            return read(typed)
        except UnreadError as error:
            tell(worded("wrong-error", what=phrase_of(error)))


class UnreadError(ValueError):
    """An answer that cannot be read, upon which it is asked again."""


def _read(key: str, typed: str) -> Any:
    """An answer in the form that ``Numbers`` takes. Raises UnreadError."""
    typed = typed.strip()
    if key == "revenue_by_month":
        return _months(typed)
    if key == "leads_per_month":
        return _leads(typed)
    if key in UNKNOWN and typed in ("", "?", "-"):
        return None
    if key == "currency" and not re.fullmatch(r"[A-Za-z]{3}", typed):
        raise UnreadError(worded("ask-no-currency", typed=repr(typed)))
    if key == "built":
        return _value(key, typed.lower())
    return typed.upper() if key == "currency" else _value(key, typed)


def _months(typed: str) -> list[float]:
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    if len(parts) not in (1, 12):
        raise UnreadError(worded("ask-amounts", amounts=len(parts)))
    amounts = [float(_value("base_pay", part)) for part in parts]
    if sum(amounts) <= 0:
        raise UnreadError(worded("nothing-sold"))
    return amounts


def _leads(typed: str) -> dict[str, float]:
    if typed in ("", "0", "none"):
        return {}
    found: dict[str, float] = {}
    for part in re.split(r"[;\n]", typed):
        if not part.strip():
            continue
        name, _, number = part.rpartition("=")
        key = re.sub(r"\W+", "_", name.strip().lower()).strip("_")
        if not key:
            raise UnreadError(worded("ask-no-channel", typed=repr(part.strip())))
        if key in found:
            raise UnreadError(worded("ask-channel-twice", name=repr(key)))
        found[key] = float(_value("calls_per_day", number))
    return found


def _value(key: str, typed: str) -> Any:
    """A single answer checked as the file's would be."""
    from pydantic import TypeAdapter, ValidationError

    from simulation.intake.short_form import Numbers

    field: FieldInfo = Numbers.model_fields[key]
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    try:
        return adapter.validate_python(typed.strip())
    except ValidationError as error:
        raise UnreadError(_why(key, typed, error)) from None


def _why(key: str, typed: str, error: Any) -> Phrase:
    from simulation.intake.short_form import Numbers
    from simulation.written.problems import allowed
    from simulation.written.schema import Slot

    reason = next((each.get("ctx", {}).get("error") for each in error.errors()), None)
    said = getattr(reason, "reason", "") or worded("not-allowed-here", value=repr(typed.strip()))
    return beside(said, allowed(Slot.of(Numbers.model_fields[key])))


ROUNDS, YEARS = 5, 16
POINTS, LOAD_YEARS = 8, 12
"""Loads that are tried where the share answered in time is known, and simulated years of each."""
LOADS = (0.3, 1.1)
"""Loads that a department may have which answers for last year's numbers."""
FIRMNESS = 0.8
"""Share of what is missing that one round makes up for, so that the luck of a few years is not chased."""
FURTHEST = 4.0
"""Most that a number is aimed above or below itself."""


def matched(
    numbers: Numbers,
    *,
    jobs: int | None = None,
    on_done: Callable[[int, int], None] | None = None,
    on_load: Callable[[Load, float], None] | None = None,
) -> Phrase:
    """The scenario as YAML, matched to the numbers by simulating.

    Where the share of leads answered within a day is known, the load is found first, from simulated years at several
    loads: with it people have the time that they had, and what waiting costs is matched after it.

    Args:
        numbers: the answers.
        jobs: replications at a time.
        on_done: told of each finished round, and of how many.
        on_load: told of the load, and of the seconds that it took.

    Raises:
        ScenarioError: the scenario made from them would not load.
        RuntimeError: every replication failed.
    """
    aim = Aim()
    derived = derive(numbers, aim)
    load: float | None = None
    if numbers.answered_within_day is not None:
        began = perf_counter()
        found = _load(numbers, numbers.answered_within_day, derived, jobs)
        load = found.value
        derived = derive(numbers, aim, derived, load)
        derived.found = found.interval
        if on_load is not None:
            on_load(found, perf_counter() - began)
    for number in range(ROUNDS):
        scenario = load_text(text_of(numbers, derived))
        _aim(aim, numbers, check_history(scenario, numbers.built, replications=YEARS, jobs=jobs))
        derived = derive(numbers, aim, derived, load)
        if on_done is not None:
            on_done(number + 1, ROUNDS)
    return text_of(numbers, derived)


def _load(numbers: Numbers, share: float, derived: Derived, jobs: int | None) -> Load:
    """The load at which simulated years answer as many leads within a day; a share that is typed is right to 0.05."""
    from simulation.calibration.estimators.load import WITHIN, Moment, find
    from simulation.study.lab import Lab

    make = _at_load(numbers, Aim(), derived)
    seen = [Moment(WITHIN, share, SAID)]
    return find(make, numbers.built, seen, lab=Lab(jobs=jobs), points=POINTS, years=LOAD_YEARS, between=LOADS)


SAID = 0.05
"""Standard error of a share that somebody says from memory."""


def _aim(aim: Aim, numbers: Numbers, check: HistoryCheck) -> None:
    """Aims each number higher or lower by what the simulated years miss it."""
    found = {row.key: row.mean for row in check.rows}

    def turned(now: float, wanted: float, simulated: float) -> float:
        if wanted <= 0 or simulated <= 0:
            return now
        return min(max(now * (wanted / simulated) ** FIRMNESS, 1 / FURTHEST), FURTHEST)

    given = {row.key: row.given for row in check.rows}
    for field, key in (
        ("qualified", "qualified"),
        ("deals", "deals"),
        ("days", "cycle_days"),
        ("lost", "customers_lost"),
        ("orders", "orders"),
        ("calls", "calls_per_month"),
    ):
        if key in found:
            setattr(aim, field, turned(getattr(aim, field), given[key], found[key]))
    rest = numbers.year_revenue - numbers.deals * numbers.average_deal
    if "revenue" in found and "average_deal" in found:
        repeated = found["revenue"] - found["deals"] * found["average_deal"]
        aim.order_revenue = turned(aim.order_revenue, rest, repeated)
