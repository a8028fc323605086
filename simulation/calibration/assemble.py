"""Facts as a scenario that `compare` runs as it is: figures with ranges and sources, and joint draws of them.

A stage of the records is a stage of the scenario: its clock is the wait for a seller, his work and the customer's
thinking together, so thinking is what the clock has above wait and work (`Correction`, which simulated years tell). A
last stage of a few minutes stands behind those of the records, so that deals that are open in the last of them have a
stage to wait for. Only what the records tell is written as an estimate; what they do not tell is the program's default
or is marked as judgement. Start reading at ``assemble``.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from simulation.calibration.estimates import Figure
from simulation.calibration.estimators.spells import WHOLE
from simulation.calibration.facts import Correction, Facts, of_log
from simulation.calibration.forms import days, number, unique
from simulation.calibration.structures import TODAY, present, sellers_of, structures
from simulation.calibration.writer import OTHER, PRODUCT, Writer
from simulation.calibration.yaml_text import Flow, Noted, yaml_text
from simulation.expected import workload
from simulation.scenario.describe import RECORDS
from simulation.scenario.office_hours import CalendarSpec, worked_days
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import Day, Phrase, say, texts

SCENARIO_FILE, DRAWS_FILE = "scenario.yaml", "draws.parquet"
PIPELINE_FILE, CUSTOMERS_FILE = "pipeline.csv", "customers.csv"
MONTHS, YEARS = 12, 400
"""Horizon of the scenario and its replications: two for each row of the draws, which tell ignorance from chance."""
DEAL_WORK = 8.0
"""Hours of work on a deal that the stages of a scenario have by default, to begin with."""
_LONGEST_REST = 31  # days before the first one in which a working day is looked for


@dataclass(frozen=True)
class Judged:
    """What no record of sales tells and the scenario needs; the owner's figures go before these.

    Attributes:
        margin: gross margin, share of the revenue.
        pay: base pay of a seller a month; None: a third of the margin of a month shared among the sellers.
        load: share of the sellers' time that today's work takes, where no record tells, with its range.
        country: whose public holidays are days off; None: those by the currency that the arrivals were held against.
    """

    margin: float | None = None
    pay: float | None = None
    load: float = 0.65
    load_range: tuple[float, float] = (0.4, 0.85)
    country: str | None = None


@dataclass(frozen=True)
class Assembled:
    """A scenario made of facts.

    Attributes:
        tree: what is written.
        head: comments above it.
        columns: drawn values by dotted path, one a row.
        pipeline: rows of the open deals.
        base: rows of the customers of the first day.
        names: keys of channels by their name in the records.
        stages: names of the stages by those in the records.
        last: name of the stage behind those of the records.
    """

    tree: Mapping[str, Any]
    head: tuple[Phrase, ...]
    columns: Mapping[str, tuple[Any, ...]]
    pipeline: tuple[Mapping[str, Any], ...]
    base: tuple[Mapping[str, Any], ...]
    names: Mapping[str, str]
    stages: Mapping[str, str]
    last: str

    def text(
        self,
        language: str = "en",
        *,
        files: bool = True,
        draws: bool = True,
        trust: str = "untested",
        missed: float | None = None,
    ) -> str:
        """The scenario as YAML.

        Args:
            language: of comments and sources.
            files: whether open deals, customers and draws are files beside it; they stand in it otherwise.
            draws: whether inputs are drawn at all.
            trust: that a back-test earned.
            missed: by how much it missed the wins.
        """
        tree = dict(self.tree)
        market = dict(tree["market"])
        initial = dict(market.get("initial", {}))
        for key, rows, name in (("pipeline", self.pipeline, PIPELINE_FILE), ("customers", self.base, CUSTOMERS_FILE)):
            if rows:
                told: Any = Flow({"file": name}) if files else [Flow(row) for row in rows]
                initial[key] = Noted(told, say(f"calibration-note-{key}", count=sum(int(r["count"]) for r in rows)))
        if initial:
            market["initial"] = initial
        tree["market"] = market
        tree["structures"] = {
            name: Noted(_without_farmers(each), say(f"calibration-note-{_kind(name, tree['structures'])}"))
            for name, each in tree["structures"].items()
        }
        if draws and self.columns:
            columns: Any = DRAWS_FILE if files else Flow({k: list(v) for k, v in self.columns.items()})
            noted = Noted(columns, say("calibration-note-draws", rows=len(next(iter(self.columns.values())))))
            told = {"trust": trust} if missed is None else {"trust": trust, "missed": float(f"{missed:.3f}")}
            if tuple(self.stages) == (WHOLE,):
                told["undivided"] = True
            tree["inputs"] = {"draws": noted, **told}
        return yaml_text(tree, texts(language), self.head if files else ())

    def scenario(self, language: str = "en") -> Scenario:
        """The scenario in memory, without draws; its sources in a language.

        Raises:
            ScenarioError: the facts make no scenario.
        """
        return load_text(self.text(language, files=False, draws=False), RECORDS)

    def write(self, reserve: Callable[[str], Path], language: str = "en", **trust: Any) -> None:
        """Writes scenario, draws, open deals and customers.

        Args:
            reserve: gives the path to write a file of a name to.
            language: of comments and sources.
            **trust: `trust` and `missed` as in `text`.
        """
        if self.columns:
            write_draws(self.columns, reserve(DRAWS_FILE))
        for rows, name in ((self.pipeline, PIPELINE_FILE), (self.base, CUSTOMERS_FILE)):
            if rows:
                reserve(name).write_text(as_rows(rows), encoding="utf-8")
        reserve(SCENARIO_FILE).write_text(self.text(language, **trust), encoding="utf-8")


def write_draws(columns: Mapping[str, tuple[Any, ...]], path: Path) -> None:
    """Joint rows as Parquet: columns are dotted paths, values as a scenario writes them."""
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({name: list(values) for name, values in columns.items()}), path)


def as_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV; a cell is empty where a row says nothing."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def assemble(
    facts: Facts,
    judged: Judged | None = None,
    correction: Correction | None = None,
    *,
    months: int = MONTHS,
    weeks_only: bool = False,
    draft: bool = False,
) -> Assembled:
    """The scenario of the facts: as they work now, and the same people as universals and divided by stages.

    Args:
        facts: what the records say.
        judged: what they do not.
        correction: what simulated years told (`pilot`); nothing when None.
        months: horizon.
        weeks_only: as they work now alone, of practised people who stay, for a forecast of weeks.
        draft: as they work now alone, to be simulated with the values as they are (`pilot`); some draws are left out.
    """
    judged = judged or Judged()
    facts = for_weeks(facts) if weeks_only else facts
    correction = correction or Correction.none(len(facts.stages))
    writer = Writer(facts, correction, drawn=not draft)
    channels = unique(each.name for each in facts.channels)
    stages = unique(each.name for each in facts.stages)
    last = _last_name(stages.values())
    margin = judged.margin if judged.margin is not None else 0.3
    sellers = sellers_of(facts)
    work = _work(facts, correction)
    pay = judged.pay or _pay(facts, margin, sellers)
    market: dict[str, Any] = {
        "channels": {channels[each.name]: writer.channel(each, channels[each.name], stages) for each in facts.channels},
        "qualification": Noted(None, say("calibration-note-qualification")),
        "speed_to_lead": Noted(None, say("calibration-note-speed")),
        "stages": [
            *(writer.stage(n, each, stages[each.name], work[n]) for n, each in enumerate(facts.stages)),
            {"name": last, "work": "10 min", "conversion": 1, "patience": "never"},
        ],
        "products": {PRODUCT: writer.product(margin, judged.margin is not None)},
    }
    if facts.customers is not None:
        market["customers"] = writer.customers()
    repeat = facts.customers is not None
    tree: dict[str, Any] = {
        "version": 1,
        "title": say("calibration-title"),
        "currency": facts.currency or "RUB",
        "calendar": _calendar(facts, judged),
        "experiment": {"start": facts.as_of.isoformat(), "months": months, "replications": YEARS, "measure": "profit"},
        "market": market,
        "people": writer.people(pay),
        "structures": structures(
            writer,
            facts,
            pay,
            list(stages.values()),
            last,
            repeat=repeat,
            outbound=[channels[each.name] for each in facts.channels if each.calls is not None],
            known=judged.pay is not None,
        ),
    }
    if weeks_only:
        people, experiment = _as_it_is()
        tree["people"] |= people
        tree["experiment"] |= experiment
    if weeks_only or draft:
        now = present(facts)
        tree["structures"] = {now: tree["structures"][now]}
    tree = {key: value for key, value in tree.items() if value != {}}
    office = CalendarSpec(country=judged.country or facts.country or None, **(facts.people.calendar or {}))
    closed = _closed_for(facts.as_of, office)
    pipeline = tuple(_open_rows(facts, channels, stages, last, correction, closed))
    head = (
        say("calibration-head", files=", ".join(facts.files), since=Day(facts.since), until=Day(facts.as_of)),
        say("calibration-head-judged"),
    )
    base = tuple(_customer_rows(facts, channels)) if facts.customers is not None else ()
    made = Assembled(tree, head, writer.columns, pipeline, base, channels, stages, last)
    return made if weeks_only or draft else _split(made, sellers)


def _kind(name: str, structures: Iterable[str]) -> str:
    """What is said of a structure: universals are the present one where no other is."""
    return {OTHER: "other", TODAY: "today"}.get(name, "universal" if TODAY in structures else "now")


def _without_farmers(structure: Mapping[str, Any]) -> dict[str, Any]:
    """A structure as it is written: a role of its preset that it does not have is taken away."""
    roles = dict(structure["roles"])
    if structure.get("preset") == OTHER and "farmer" not in roles:
        roles["farmer"] = None
    return {**structure, "roles": roles}


def for_weeks(facts: Facts) -> Facts:
    """The facts that weeks ahead of won deals hang on: customers' orders, people's tenure, roles and calls left out."""
    people = replace(facts.people, law=None, law_draws=(), turnover=Figure("turnover", 0.0), present=())
    channels = tuple(replace(each, calls=None) for each in facts.channels)
    return replace(facts, customers=None, people=people, channels=channels)


def _as_it_is() -> tuple[dict[str, Any], dict[str, Any]]:
    """People who neither learn nor leave, for weeks ahead: what nobody then has to work out."""
    practised = {"start": 1, "mastery": 1, "half_life": 1, "effects": {}}
    learning = {name: Flow(practised) for name in ("sell", "paperwork", "prospect", "qualify", "serve", "upsell")}
    return {"learning": learning, "turnover": Flow({"missed_earnings": 0, "overload": 0})}, {"begin": "new"}


def _split(made: Assembled, sellers: int) -> Assembled:
    """The people of the second structure divided by the hours of work that each role would have."""
    roles = made.tree["structures"][OTHER]["roles"]
    if sellers < len(roles):
        structures = {name: each for name, each in made.tree["structures"].items() if name != OTHER}
        return replace(made, tree={**made.tree, "structures": structures})
    even = {role: 1 for role in roles}
    flows = workload(_with_heads(made, even).scenario(), OTHER)
    hours = {role: flows.roles[role].demand for role in roles}
    for _ in range(sellers - len(roles)):
        most = max(roles, key=lambda role: hours[role] / even[role])
        even[most] += 1
    return _with_heads(made, even)


def _with_heads(made: Assembled, heads: Mapping[str, int]) -> Assembled:
    structures = dict(made.tree["structures"])
    other = dict(structures[OTHER])
    other["roles"] = {role: {**each, "headcount": heads[role]} for role, each in other["roles"].items()}
    structures[OTHER] = other
    return replace(made, tree={**made.tree, "structures": structures})


# --- pieces ---------------------------------------------------------------------------------------------------------


def _last_name(taken: Iterable[str]) -> str:
    name = "signing"
    while name.casefold() in {each.casefold() for each in taken}:
        name += " 2"
    return name


def _pay(facts: Facts, margin: float, sellers: int) -> float:
    """A third of the margin of a month, shared: what makes profit neither a rounding error nor a loss by definition."""
    leads = sum(each.per_month.value for each in facts.channels)
    won = math.prod(stage.share.value for stage in facts.stages)
    month = leads * won * facts.amount.mean.value * margin
    return float(f"{max(month / 3 / sellers, 1.0):.2g}")


def _work(facts: Facts, correction: Correction) -> list[float]:
    """Hours of work on a lead in each stage; where no log tells, the default's hours a deal, spread evenly."""
    each = DEAL_WORK * max(math.prod(s.share.value for s in facts.stages), 0.02) ** 0.5 / len(facts.stages)
    logged = of_log(facts, correction)
    return [each * correction.work if stage.work is None else stage.work.mean.value * logged for stage in facts.stages]


def _calendar(facts: Facts, judged: Judged) -> dict[str, Any]:
    """Working week and hours as the events tell them; the default's where they do not."""
    found: dict[str, Any] = {}
    country = judged.country or facts.country
    if country:
        found["country"] = country
    for name, value in (facts.people.calendar or {}).items():
        found[name] = Flow(value) if isinstance(value, (list, tuple)) else value
    return found


def _closed_for(day: date, calendar: CalendarSpec) -> float:
    """Days since the office was open last, on the morning of a day."""
    if calendar.around_the_clock:
        return 0.0
    last = max(worked_days(calendar, day - timedelta(days=_LONGEST_REST), day - timedelta(days=1)), default=None)
    return 0.0 if last is None else max((day - last).days - calendar.shifts[-1][1] / 24, 0.0)


def _open_rows(
    facts: Facts,
    channels: Mapping[str, str],
    stages: Mapping[str, str],
    last: str,
    correction: Correction,
    closed: float,
) -> Iterable[dict[str, Any]]:
    """Open deals as rows of `market.initial.pipeline`, which name the stage that follows.

    Their age there runs from the end of the work, so what a lead waits and is worked on comes off the time in a stage.
    A card moves while somebody is there: who has answered since the office was open last (`closed` days), or is ahead
    of its card (`Correction.ahead`), is due.
    """
    names = [each.name for each in facts.stages]
    following = {name: stages[after] for name, after in zip(names, names[1:], strict=False)} | {names[-1]: last}
    limit = {each.name: each.expires for each in facts.stages}
    less = dict(zip(names, zip(correction.before, correction.ahead, strict=True), strict=True))
    for deals in facts.open:
        if deals.stage not in following:
            continue
        before, ahead = less[deals.stage]
        age, most = max(deals.age - before, 0.0), limit[deals.stage]
        if most is not None:
            age = min(age, 0.98 * most)
        row: dict[str, Any] = {"channel": channels[deals.channel], "stage": following[deals.stage], "age": days(age)}
        if (unseen := min(closed + ahead, age)) > 0:
            row["unseen"] = days(unseen)
        if deals.amount is not None and deals.amount > 0:
            row["amount"] = number(deals.amount)
        yield {**row, "count": deals.count}


def _customer_rows(facts: Facts, channels: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    assert facts.customers is not None
    for row in facts.customers.base:
        made: dict[str, Any] = {
            "orders": int(row["orders"]),
            "last_order": days(row["last_order"]),
            "age": days(max(row["age"], row["last_order"])),
        }
        if row.get("amount", 0) > 0:
            made["amount"] = number(row["amount"])
        yield {**made, "count": int(row.get("count", 1))}
