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
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from simulation.calibration.estimates import Figure
from simulation.calibration.facts import ChannelFacts, Clock, Facts, Floats, StageFacts, widened
from simulation.calibration.yaml_text import Flow, Noted, Stated, yaml_text
from simulation.expected import workload
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import Day, Phrase, say, texts
from simulation.written.distributions import Distribution

SCENARIO_FILE, DRAWS_FILE = "scenario.yaml", "draws.parquet"
PIPELINE_FILE, CUSTOMERS_FILE = "pipeline.csv", "customers.csv"
MONTHS, YEARS = 12, 400
"""Horizon of the scenario and its replications: two for each row of the draws, which tell ignorance from chance."""
LEAST_DAYS = 0.02
"""Least mean of a law of thinking, days: half an hour."""
PRODUCT = "product"
NOW, OTHER = "universal", "functional"
LEAST_AT_ONCE = 0.02
"""Share of times that are nothing from which on a law is written as a list of values."""
QUANTILES = 40
"""Values of a law that is written as a list."""
DEAL_WORK = 8.0
"""Hours of work on a deal that the stages of a scenario have by default, to begin with."""


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
class Correction:
    """By how much simulated years differ from the records where nothing is corrected, and so what to write instead.

    Attributes:
        odds: added to the log-odds of each stage's conversion.
        days: taken from the mean of each stage's laws of thinking: wait and work.
        amount: factor on the amounts.
        work: factor on the hours of work.
        load: share of the sellers' time at which leads wait no longer than the records show; None: as it is given.
    """

    odds: tuple[float, ...]
    days: tuple[float, ...]
    amount: float = 1.0
    work: float = 1.0
    load: float | None = None

    @classmethod
    def none(cls, stages: int) -> Correction:
        """Nothing is corrected."""
        return cls((0.0,) * stages, (0.0,) * stages)


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
            name: Noted(_without_farmers(each), say(f"calibration-note-{'now' if name == NOW else 'other'}"))
            for name, each in tree["structures"].items()
        }
        if draws and self.columns:
            columns: Any = DRAWS_FILE if files else Flow({k: list(v) for k, v in self.columns.items()})
            noted = Noted(columns, say("calibration-note-draws", rows=len(next(iter(self.columns.values())))))
            told = {"trust": trust} if missed is None else {"trust": trust, "missed": float(f"{missed:.3f}")}
            tree["inputs"] = {"draws": noted, **told}
        return yaml_text(tree, texts(language), self.head if files else ())

    def scenario(self) -> Scenario:
        """The scenario in memory, without draws.

        Raises:
            ScenarioError: the facts make no scenario.
        """
        return load_text(self.text(files=False, draws=False), "<calibration>")

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
) -> Assembled:
    """The scenario of the facts, with two structures: as they work now, and divided by roles.

    Args:
        facts: what the records say.
        judged: what they do not.
        correction: what simulated years told (`pilot`); nothing when None.
        months: horizon.
        weeks_only: as they work now alone, of practised people who stay, for a forecast of weeks.
    """
    judged = judged or Judged()
    facts = for_weeks(facts) if weeks_only else facts
    correction = correction or Correction.none(len(facts.stages))
    writer = _Writer(facts, correction)
    channels = unique(each.name for each in facts.channels)
    stages = unique(each.name for each in facts.stages)
    last = _last_name(stages.values())
    margin = judged.margin if judged.margin is not None else 0.3
    sellers = max(1, round(facts.people.sellers.value))
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
        "structures": writer.structures(sellers, pay, list(stages.values()), last, repeat, judged.pay is not None),
    }
    if weeks_only:
        people, experiment = _as_it_is()
        tree["people"] |= people
        tree["experiment"] |= experiment
        del tree["structures"][OTHER]
    tree = {key: value for key, value in tree.items() if value != {}}
    tree["title"] = str(tree["title"])
    pipeline = tuple(_open_rows(facts, channels, stages, last))
    head = (
        say("calibration-head", files=", ".join(facts.files), since=Day(facts.since), until=Day(facts.as_of)),
        say("calibration-head-judged"),
    )
    base = tuple(_customer_rows(facts, channels)) if facts.customers is not None else ()
    made = Assembled(tree, head, writer.columns, pipeline, base, channels, stages, last)
    return made if weeks_only else _split(made, sellers)


def _without_farmers(structure: Mapping[str, Any]) -> dict[str, Any]:
    """A structure as it is written: a role of its preset that it does not have is taken away."""
    roles = dict(structure["roles"])
    if structure["preset"] == OTHER and "farmer" not in roles:
        roles["farmer"] = None
    return {**structure, "roles": roles}


def for_weeks(facts: Facts) -> Facts:
    """The facts that weeks ahead of won deals hang on: customers' orders and people's tenure are left out."""
    people = replace(facts.people, law=None, law_draws=(), turnover=Figure("turnover", 0.0))
    return replace(facts, customers=None, people=people)


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


def unique(names: Iterable[str]) -> dict[str, str]:
    """Keys for names, none twice: without dots, which divide paths, and other signs that a path cannot have."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^\w -]+", " ", name).strip()
        plain = re.sub(r"\s+", " ", plain) or "other"
        key, number = plain, 1
        while key.casefold() in {each.casefold() for each in found.values()}:
            number += 1
            key = f"{plain} {number}"
        found[name] = key
    return found


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
    return [stage.work.mean.value if stage.work is not None else each * correction.work for stage in facts.stages]


def _calendar(facts: Facts, judged: Judged) -> dict[str, Any]:
    found: dict[str, Any] = {}
    country = judged.country or facts.country
    if country:
        found["country"] = country
    if facts.people.week:
        found["week"] = Flow(list(facts.people.week))
    if facts.people.hours:
        found["hours"] = facts.people.hours
        if facts.people.hours < "09:01" and facts.people.hours[6:] > "17:59":
            found["lunch"] = "13:00-14:00"
        else:
            found["lunch"] = None
    return found


def _open_rows(
    facts: Facts, channels: Mapping[str, str], stages: Mapping[str, str], last: str
) -> Iterable[dict[str, Any]]:
    """Open deals as rows of `market.initial.pipeline`, which name the stage that follows."""
    names = [each.name for each in facts.stages]
    following = {name: stages[after] for name, after in zip(names, names[1:], strict=False)} | {names[-1]: last}
    limit = {each.name: each.expires for each in facts.stages}
    for deals in facts.open:
        if deals.stage not in following:
            continue
        age, most = deals.age, limit[deals.stage]
        if most is not None:
            age = min(age, 0.98 * most)
        row: dict[str, Any] = {
            "channel": channels[deals.channel],
            "stage": following[deals.stage],
            "age": days(age),
        }
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


def days(value: float) -> str:
    """Days as a scenario writes them."""
    return f"{value:.4g} days" if value < 1000 else f"{value:.0f} days"


def hours(value: float) -> str:
    """Hours of work as a scenario writes them."""
    return f"{60 * value:.3g} min" if value < 2 else f"{value:.3g} h"


def share(value: float) -> str:
    """A share as a scenario writes it."""
    return f"{min(max(value, 0.0), 1.0):.4g}" if value > 1e-4 else "0"


def number(value: float) -> str:
    """A number as a scenario writes it: no exponents."""
    return f"{value:.4g}" if 1e-3 <= abs(value) < 1e4 else f"{value:.0f}"


def logit(p: Floats | float) -> Floats:
    """Log-odds, kept from both ends."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)), np.float64)


def expit(x: Floats | float) -> Floats:
    """Its inverse."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(x, np.float64))), np.float64)


class _Writer:
    """Pieces of the tree, and the columns of the draws on the way."""

    def __init__(self, facts: Facts, correction: Correction) -> None:
        self._facts = facts
        self._correction = correction
        self.columns: dict[str, tuple[Any, ...]] = {}

    def stated(
        self,
        figure: Figure,
        as_text: Callable[[float], str],
        path: str = "",
        change: Callable[[Floats], Floats] | None = None,
        low: float = 0.0,
        high: float = math.inf,
    ) -> Stated | str:
        """A figure with its interval and source; its draws become the column of its path.

        Args:
            figure: with or without draws.
            as_text: how a scenario writes it.
            path: of the column; none when empty.
            change: what is written in place of the figure itself.
            low: least value that the scenario takes.
            high: largest one.
        """

        def made(values: Floats | float) -> Floats:
            values = np.asarray(values, np.float64)
            return np.clip(change(values) if change is not None else values, low, high)

        value = as_text(float(made(figure.value)))
        if figure.kept is not None:
            return Stated(value, source=say("calibration-kept", why=figure.kept))
        source = self.source(figure)
        if figure.draws is None:
            return Stated(value, source=source) if figure.cases else value
        figure = widened(figure, self._facts.widen)
        assert figure.draws is not None
        drawn = made(np.where(np.isfinite(figure.draws), figure.draws, figure.value))
        if path:
            self.columns[path] = tuple(as_text(float(each)) for each in drawn)
        ends = [as_text(float(each)) for each in np.quantile(drawn, [0.05, 0.95])]
        return Stated(value, ends[0], ends[1], source) if ends[0] != ends[1] else Stated(value, source=source)

    def source(self, figure: Figure) -> Phrase:
        """Where a figure comes from: files, cases, days, method."""
        return say(
            "calibration-source",
            files=", ".join(self._facts.files),
            cases=figure.cases,
            since=self._facts.since.isoformat(),
            until=self._facts.as_of.isoformat(),
            method=figure.way or say("calibration-method-counted"),
        )

    def law(self, clock: Clock, path: str, as_text: Callable[[float], str], less: float = 0.0) -> Any:
        """A law of times or amounts, with columns of its mean and spread; a list of values where many are nothing."""

        def change(values: Floats) -> Floats:
            return np.maximum(values - less, LEAST_DAYS) if less else values

        second = "shape" if clock.kind == "weibull" else "cv"
        bounds = (0.15, 20.0) if clock.kind == "weibull" else (0.05, 20.0)
        if clock.at_once < LEAST_AT_ONCE:
            where = f"{path}.{clock.kind}"
            return Flow(
                {
                    clock.kind: {
                        "mean": self.stated(clock.mean, as_text, f"{where}.mean", change),
                        second: self.stated(clock.spread, number, f"{where}.{second}", low=bounds[0], high=bounds[1]),
                    }
                }
            )
        if clock.mean.draws is not None:
            means, spreads = widened(clock.mean, self._facts.widen).draws, clock.spread.draws
            assert means is not None
            if spreads is None:
                spreads = np.full(len(means), clock.spread.value)
            self.columns[path] = tuple(
                {"empirical": values_of(mean, float(np.clip(spread, *bounds)), clock, as_text)}
                for mean, spread in zip(change(np.maximum(means, LEAST_DAYS)), spreads, strict=True)
            )
        mean = float(change(np.asarray(max(clock.mean.value, LEAST_DAYS))))
        spread = float(np.clip(clock.spread.value, *bounds))
        return Noted(Flow({"empirical": values_of(mean, spread, clock, as_text)}), self.source(clock.mean))

    def stage(self, n: int, stage: StageFacts, name: str, work: float) -> dict[str, Any]:
        """A stage."""
        path, shift, less = f"market.stages.{n}", self._correction.odds[n], self._correction.days[n]
        told: Any = Flow({"gamma": {"mean": self._work_of(stage, work, f"{path}.work.gamma.mean"), "cv": 0.7}})
        made: dict[str, Any] = {
            "name": name,
            "work": told,
            "conversion": self.stated(
                stage.share, share, f"{path}.conversion", lambda v: expit(logit(v) + shift), high=1.0
            ),
        }
        if stage.yes is not None:
            made["thinking"] = self.law(stage.yes, f"{path}.thinking", days, less)
        if stage.no is not None:
            made["thinking_lost"] = self.law(stage.no, f"{path}.thinking_lost", days, less)
        if stage.silent is not None and stage.expires is not None:
            made["silent"] = self.stated(stage.silent, share, f"{path}.silent", high=1.0)
            made["expires"] = days(stage.expires)
        made["patience"] = "never"
        made["question"] = 0
        return made

    def _work_of(self, stage: StageFacts, work: float, path: str) -> Any:
        if stage.work is not None:
            return self.stated(stage.work.mean, hours, path)
        load = self._facts.people.load
        if load is not None and load.draws is not None and load.kept is None:
            figure = replace(load, value=work, draws=work * load.draws / load.value)
            return self.stated(figure, hours, path, low=1 / 60)
        return Stated(hours(work), hours(work / 2), hours(1.5 * work), say("calibration-judged-work"))

    def channel(self, channel: ChannelFacts, key: str, stages: Mapping[str, str]) -> dict[str, Any]:
        """A channel."""
        path = f"market.channels.{key}"
        made: dict[str, Any] = {"kind": "inbound"}
        if key != channel.name:
            made["title"] = channel.name or key
        made["leads_per_month"] = self.stated(channel.per_month, number, f"{path}.leads_per_month")
        if channel.seasonality is not None:
            made["seasonality"] = Flow(averaged(channel.seasonality))
        if channel.trend is not None:
            made["trend_per_year"] = self.stated(channel.trend, number, f"{path}.trend_per_year", low=-0.9, high=9.0)
        if channel.declined is not None and channel.declined.value > 0:
            made["declined_at_once"] = self.stated(channel.declined, share, f"{path}.declined_at_once", high=1.0)
        arrivals: dict[str, Any] = {}
        if channel.weekdays is not None:
            arrivals["weekdays"] = averaged(channel.weekdays)
        if channel.hours is not None:
            arrivals["hours"] = averaged(channel.hours)
        if channel.holidays is not None:
            arrivals["holidays"] = float(f"{channel.holidays:.3f}")
        if arrivals:
            made["arrivals"] = Flow(arrivals)
        for name, drawn in channel.drawn.items():
            where = f"{path}.{name}" if name == "seasonality" else f"{path}.arrivals.{name}"
            self.columns[where] = tuple(averaged(tuple(each.tolist())) for each in drawn)
        bursts: dict[str, Any] = {}
        if channel.bursts is not None and (channel.bursts.value > 0 or channel.bursts.draws is not None):
            bursts["cv"] = self.stated(channel.bursts, number, f"{path}.bursts.cv", high=3.0)
            if channel.memory is not None:
                bursts["memory"] = self.stated(channel.memory, share, f"{path}.bursts.memory", high=0.95)
            if channel.common is not None:
                bursts["common"] = self.stated(channel.common, share, f"{path}.bursts.common", high=1.0)
        if bursts:
            made["bursts"] = Flow(bursts)
        if channel.deal_size is not None:
            made["deal_size"] = self.stated(channel.deal_size, number, f"{path}.deal_size", low=0.01)
        own = {}
        for n, stage in enumerate(self._facts.stages):
            differs = self._differs(n, stage, channel.name, f"{path}.stages.{stages[stage.name]}")
            if differs:
                own[stages[stage.name]] = differs
        if own:
            made["stages"] = own
        return made

    def _differs(self, n: int, stage: StageFacts, channel: str, path: str) -> dict[str, Any]:
        """What a channel has of its own at a stage."""
        shift, made = self._correction.odds[n], {}
        if channel in stage.by_channel:
            figure = stage.by_channel[channel]
            made["conversion"] = self.stated(
                figure, share, f"{path}.conversion", lambda v: expit(logit(v) + shift), high=1.0
            )
        if channel in stage.yes_by_channel:
            law = stage.yes_by_channel[channel]
            made["thinking"] = self.law(law, f"{path}.thinking", days, self._correction.days[n])
        return made

    def product(self, margin: float, known: bool) -> dict[str, Any]:
        """What is sold."""
        amount, factor = self._facts.amount, self._correction.amount
        scaled = replace(
            amount,
            mean=replace(
                amount.mean,
                value=amount.mean.value * factor,
                draws=None if amount.mean.draws is None else amount.mean.draws * factor,
            ),
        )
        made: dict[str, Any] = {}
        if self._facts.heaps:
            values, weights = zip(*self._facts.heaps, strict=True)
            told = [number(each * factor) for each in values]
            law = Flow({"empirical": {"values": told, "weights": [float(f"{each:.6g}") for each in weights]}})
            made["deal"] = Noted(law, self.source(amount.mean))
        else:
            made["deal"] = self.law(scaled, f"market.products.{PRODUCT}.deal", number)
        if self._facts.trend is not None:
            path = f"market.products.{PRODUCT}.deal_trend_per_year"
            made["deal_trend_per_year"] = self.stated(self._facts.trend, number, path, low=-0.9, high=9.0)
        source = say("calibration-owner") if known else say("calibration-judged-margin")
        made["gross_margin"] = (
            Stated(share(margin), source=source)
            if known
            else Stated(share(margin), share(margin * 0.6), share(min(margin * 1.5, 0.95)), source)
        )
        made["repeat"] = self._facts.customers is not None
        return made

    def customers(self) -> dict[str, Any]:
        """What customers do after the first deal."""
        assert self._facts.customers is not None
        made: dict[str, Any] = {}
        path = "market.customers"
        for name, figure in self._facts.customers.figures.items():
            if name == "order_every":
                regular = self._facts.customers.regular
                kind = "gamma" if regular < 0.999 else "exponential"
                law = {"mean": self.stated(figure, days, f"{path}.order_every.{kind}.mean", low=0.01)}
                made[name] = Flow({kind: law if kind == "exponential" else {**law, "cv": float(f"{regular:.4g}")}})
            elif name.startswith("drop_out."):
                key = name.partition(".")[2]
                drop = made.setdefault("drop_out", {})
                drop[key] = self.stated(figure, number, f"{path}.{name}", high=1.0 if key == "probability" else 5.0)
            else:
                made[name] = self.stated(
                    figure,
                    number,
                    f"{path}.{name}",
                    low=-0.95 if "correlation" in name else 0.0,
                    high=5.0 if name.endswith("cv") else math.inf,
                )
        if "drop_out" in made:
            made["churn_per_year"] = 0
        return made

    def people(self, pay: float) -> dict[str, Any]:
        """What is true of the people."""
        source = say("calibration-judged-pay")
        made: dict[str, Any] = {
            "recruiting": {"cost": Stated(number(2.7 * pay), number(1.3 * pay), number(4 * pay), source)},
            "onboarding": {"cost": Stated(number(1.6 * pay), number(1.1 * pay), number(2.3 * pay), source)},
        }
        if self._facts.people.law is not None:
            figure = self._facts.people.law_figure
            law: Any = Flow(self._facts.people.law)
            made["turnover"] = {"law": law if figure is None else Noted(law, self.source(figure))}
            made["onboarding"]["probation"] = Flow({"failure": 0})
            if self._facts.people.law_draws:
                self.columns["people.turnover.law"] = tuple(dict(each) for each in self._facts.people.law_draws)
        return made

    def structures(
        self, sellers: int, pay: float, stages: list[str], last: str, repeat: bool, known: bool
    ) -> dict[str, Any]:
        """As they work now, and divided by roles."""
        first, rest = stages[:1], [*stages[1:], last]
        source = say("calibration-owner") if known else say("calibration-judged-pay")
        base = {"pay": Flow({"base": Stated(number(pay), source=source)})}
        after = ["serve", "collect", "upsell"] if repeat else []
        role: dict[str, Any] = {
            "headcount": Noted(sellers, self.source(self._facts.people.sellers)),
            **base,
            "activities": Flow([*after[:2], "sell", "paperwork", *after[2:]]),
        }
        roles: dict[str, Any] = {
            "hunter": {"headcount": 1, **base, "activities": Flow([{"activity": "sell", "stages": first}])},
            "closer": {
                "headcount": 1,
                **base,
                "activities": Flow([{"activity": "sell", "stages": rest}, "paperwork"]),
            },
        }
        if repeat:
            roles["farmer"] = {"headcount": 1, **base, "activities": Flow([*after, "paperwork"])}
        structures: dict[str, Any] = {
            NOW: {"preset": "universal", "roles": {"universal": role}},
            OTHER: {"preset": "functional", "roles": roles},
        }
        figure = self._facts.people.turnover
        for each in structures.values() if self._facts.people.law is not None else ():
            for spec in each["roles"].values():
                spec["turnover_per_year"] = None  # the law of the records goes before that of the preset
        for name, each in structures.items() if figure is not None else ():
            for title, spec in each["roles"].items():
                path = f"structures.{name}.roles.{title}.turnover_per_year"
                spec["turnover_per_year"] = self.stated(figure, number, path, high=12.0)
        return structures


def averaged(factors: tuple[float, ...]) -> list[float]:
    """Factors that average to one also after rounding."""
    mean = sum(factors) / len(factors)
    rounded = [round(each / mean, 4) for each in factors]
    rounded[int(np.argmax(rounded))] += round(len(factors) - sum(rounded), 4)
    return [float(f"{each:.4f}") for each in rounded]


def values_of(mean: float, spread: float, clock: Clock, as_text: Callable[[float], str]) -> list[str]:
    """Equally likely values of a law of which a share is nothing, with this mean of all and spread of the others."""
    zeros = min(round(clock.at_once * QUANTILES), QUANTILES - 2)
    rest = mean * QUANTILES / (QUANTILES - zeros)
    law = {"gamma": Distribution.gamma, "weibull": Distribution.weibull}.get(clock.kind, Distribution.lognormal)
    values = law(rest, spread).quantile((np.arange(QUANTILES - zeros) + 0.5) / (QUANTILES - zeros))
    values = values * rest / values.mean()
    return [as_text(0.0)] * zeros + [as_text(float(each)) for each in values]
