"""`new --numbers`: asks for the twelve numbers of an owner, or reads them from a file, and writes the scenario.

An owner's twelve numbers as a scenario whose simulated years come out like the own one.

The closed form of `intake.from_short_form` lets nobody wait. In the simulation some leads do not get an answer in time
and some customers give up, so it would sell less than the firm did. A few rounds of simulated years say how much less,
number by number, and the closed form aims that much higher.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from simulation.analysis.history import HistoryCheck, check_history
from simulation.cli.console import FAILED, interrupted_by, refuse, say
from simulation.cli.session import usable
from simulation.intake.from_short_form import Aim, derive, text_of
from simulation.intake.short_form import Numbers
from simulation.sense.loader import load_text

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


Answers = dict[str, Any]

QUESTIONS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "1. Who sells",
        (
            ("title", "Name of the department", "My department"),
            ("currency", "Currency (ISO code)", "RUB"),
            ("built", "How is it built today: universal, functional or hybrid", "universal"),
            ("people", "", ""),
        ),
    ),
    (
        "2. Pay",
        (
            ("base_pay", "Base pay of a seller a month, gross", "35 k"),
            ("commission", "Commission, share of the revenue", "0 %"),
        ),
    ),
    (
        "3. Revenue of last year",
        (("revenue_by_month", "January to December, separated by semicolons, or the year's total alone", "30 mln"),),
    ),
    (
        "4. Deals",
        (
            ("deals", "First deals with new clients in the year", "80"),
            ("average_deal", "Mean size of a first deal", "60 k"),
            ("orders", "Orders in the year of clients that had bought before", "600"),
            ("gross_margin", "Gross margin, share of the revenue", "30 %"),
        ),
    ),
    (
        "5. Clients",
        (
            ("customers_start", "Active clients at the begin of the year", "140"),
            ("customers_end", "Active clients at its end", "150"),
            ("customers_lost", "Clients lost in the year", "60"),
        ),
    ),
    (
        "6. Leads that come by themselves",
        (("leads_per_month", "Leads a month by channel, as in site = 120; referral = 20 (0 for none)", "site = 120"),),
    ),
    (
        "7. Cold calls",
        (
            ("calls_per_day", "Calls a working day, of all people together", "0"),
            ("leads_found_per_month", "Leads a month that they find", "0"),
        ),
    ),
    (
        "8. One typical quarter",
        (
            ("qualified_per_quarter", "Leads that were worth selling to", "150"),
            ("proposals_per_quarter", "Proposals made", "90"),
        ),
    ),
    ("9. Time of a sale", (("days_to_deal", "Days from the first talk to the payment", "45"),)),
    ("10. Leavers", (("leavers_in_two_years", "Sellers who left in the last two years", "6"),)),
    ("11. Hiring", (("days_to_hire", "Days from the begin of a search to the newcomer's first day", "49"),)),
    ("12. Newcomers", (("months_until_plan", "Months until a newcomer makes the plan", "6"),)),
)
"""Headings, and of each question its key, its words and its default."""

PEOPLE = {
    "universal": ("Sellers who do everything", "8"),
    "hunter": ("Hunters, who find leads and sort them", "3"),
    "closer": ("Closers, who sell", "3"),
    "farmer": ("Farmers, who look after clients", "2"),
    "closer_farmer": ("Sellers who close and look after their clients", "5"),
    "head": ("Heads, who sell nothing themselves", "1"),
}
"""How each role is asked for, and the default."""


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
        raise refuse(f"{file}: the file exists already and is left as it is")
    if not file.parent.is_dir():
        raise refuse(f"{file}: there is no folder {file.parent}")
    if simulate:
        usable(None)
    numbers = asked() if answers is None else read_numbers(answers)
    if simulate:
        say("matching simulated years to your numbers, which takes about half a minute")
    text = _matched(numbers, jobs) if simulate else _closed_form(numbers)
    with file.open("x", encoding="utf-8") as target:
        target.write(text)
    typer.echo(f"wrote {file}; next: check {file}, then compare {file}")


def _closed_form(numbers: Numbers) -> str:
    from simulation.intake.from_short_form import scenario_of

    return scenario_of(numbers)


def _matched(numbers: Numbers, jobs: int | None) -> str:

    try:
        return matched(numbers, jobs=jobs, on_done=lambda done, total: say(f"  round {done} of {total}"))
    except RuntimeError as error:
        say(f"error: {error}")
        raise typer.Exit(FAILED) from None


def asked() -> Numbers:
    """The numbers as somebody at the keyboard gives them; what makes no sense is asked again.

    Raises:
        typer.Exit: the questions were stopped; nothing is written.
    """
    try:
        return _asked()
    except typer.Abort:
        say("\ninterrupted: nothing was written")
        raise typer.Exit(interrupted_by()) from None


def _asked() -> Numbers:
    from simulation.intake.short_form import Numbers, contradictions

    typer.echo("Your last year, of the whole department. Enter takes what stands in brackets.")
    words = {key: (text, default) for _, questions in QUESTIONS for key, text, default in questions}
    given: dict[str, str] = {}  # as it was typed
    answers: Answers = {}
    for heading, questions in QUESTIONS:
        typer.echo(f"\n{heading}")
        for key, _, _ in questions:
            _ask(key, words, given, answers)
    while True:
        found = list(contradictions(Numbers.model_construct(**_complete(answers))))
        if not found:
            return Numbers.model_validate(answers)
        typer.echo("")
        again: list[str] = []
        for keys, message in found:
            typer.echo(f"That does not go together: {message}.")
            again += [_question(key) for key in keys]
        for key in dict.fromkeys(again):
            _ask(key, words, given, answers)


def _complete(answers: Answers) -> Answers:
    """The answers with the defaults of what was not asked."""
    from simulation.intake.short_form import Numbers

    defaults = {name: field.default for name, field in Numbers.model_fields.items() if not field.is_required()}
    return {**defaults, **answers}


def _question(key: str) -> str:
    """The question that gives a key: revenue is asked by month or in all."""
    key = key.partition(".")[0]
    return "revenue_by_month" if key == "revenue" else key


def _ask(key: str, words: dict[str, tuple[str, str]], given: dict[str, str], answers: Answers) -> None:
    """Asks one question; the answer as typed is the default of the next time."""
    if key == "people":
        answers[key] = _people(answers["built"], answers.get(key, {}))
        return
    text, default = words[key]

    def read(typed: str) -> Any:
        value = _read(key, typed)
        given[key] = typed
        return value

    value = typer.prompt(f"  {text}", default=given.get(key, default), value_proc=read)
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
        text, default = PEOPLE[role]
        least = 1 if role in ROLES[built] else 0

        def read(typed: str, least: int = least) -> int:
            return int(_value("qualified_per_quarter" if least else "orders", typed))

        count = typer.prompt(f"  {text}", default=str(before.get(role, default)), value_proc=read)
        if count:
            found[role] = count
    return found


def _read(key: str, typed: str) -> Any:
    """An answer in the form that ``Numbers`` takes. Raises BadParameter, upon which it is asked again."""
    typed = typed.strip()
    if key == "revenue_by_month":
        return _months(typed)
    if key == "leads_per_month":
        return _leads(typed)
    if key == "currency" and not re.fullmatch(r"[A-Za-z]{3}", typed):
        raise typer.BadParameter(f"{typed!r} is not a currency; three letters such as RUB, EUR, USD")
    if key == "built":
        return _value(key, typed.lower())
    return typed.upper() if key == "currency" else _value(key, typed)


def _months(typed: str) -> list[float]:
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    if len(parts) not in (1, 12):
        raise typer.BadParameter(f"{len(parts)} amounts are neither one total nor twelve months; separate by ;")
    amounts = [float(_value("base_pay", part)) for part in parts]
    if sum(amounts) <= 0:
        raise typer.BadParameter("nothing was sold in the whole year")
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
            raise typer.BadParameter(f"{part.strip()!r} is not a channel and its leads, such as site = 120")
        if key in found:
            raise typer.BadParameter(f"the channel {key!r} is there twice")
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
        raise typer.BadParameter(_why(key, typed, error)) from None


def _why(key: str, typed: str, error: Any) -> str:
    from simulation.intake.short_form import Numbers
    from simulation.written.schema import Slot
    from simulation.written.wording import allowed

    reason = next((each.get("ctx", {}).get("error") for each in error.errors()), None)
    said = getattr(reason, "reason", "") or f"{typed.strip()!r} is not allowed here"
    return f"{said}; allowed: {allowed(Slot.of(Numbers.model_fields[key]))}"


ROUNDS, YEARS = 5, 16
FIRMNESS = 0.8
"""Share of what is missing that one round makes up for, so that the luck of a few years is not chased."""
FURTHEST = 4.0
"""Most that a number is aimed above or below itself."""


def matched(numbers: Numbers, *, jobs: int | None = None, on_done: Callable[[int, int], None] | None = None) -> str:
    """The scenario as YAML, matched to the numbers by simulating.

    Args:
        numbers: what the owner said.
        jobs: as ``run_replications``.
        on_done: called after each round with how many are done and their total.

    Raises:
        ScenarioError: the scenario made from them would not load.
        RuntimeError: every replication failed.
    """
    aim = Aim()
    derived = derive(numbers, aim)
    for number in range(ROUNDS):
        scenario = load_text(text_of(numbers, derived))
        _aim(aim, numbers, check_history(scenario, numbers.built, replications=YEARS, jobs=jobs))
        derived = derive(numbers, aim, derived)
        if on_done is not None:
            on_done(number + 1, ROUNDS)
    return text_of(numbers, derived)


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
