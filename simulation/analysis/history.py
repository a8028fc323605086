"""How well the simulation of today's structure reproduces the firm's own last year.

Each number of `history:` is held against the same number of many simulated years. A year is one draw, so it need not
equal the mean: it fits where nine of ten simulated years lie. Start reading at ``check_history``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from simulation.analysis.cases import Case, Engine, OnDone, changed
from simulation.analysis.comparison import simulate
from simulation.analysis.history_inputs import FOLLOWS, Input, Inputs, in_words
from simulation.analysis.history_numbers import DRIVERS, RANGE, HistoryRow, Number, Years, months_of, numbers_of, row_of
from simulation.analysis.results import Result
from simulation.analysis.runs import Shelf
from simulation.analysis.unknown import unknown
from simulation.analysis.verdict import told_apart_amounts
from simulation.scenario.calendar import add_months
from simulation.scenario.history import MONTHS, MOST_MONTHS, History, window_of
from simulation.scenario.scenario import Scenario
from simulation.texts import Amount, Digits, Inside, Percent, Phrase, joined, say, worded
from simulation.written.errors import Problem, ScenarioError

FEWEST = 19
"""Years below which the range is that of all years: nine of ten need a tail of one in twenty on each side."""
MONTHS_INSIDE = 9
"""Months of twelve inside their ranges, of which 97 % of right seasons have as many (binomial, 12 at 0.9)."""


@dataclass(frozen=True)
class HistoryCheck:
    """The own year against simulated ones.

    Attributes:
        structure: the structure that was simulated.
        title: its name in sentences.
        currency: of money.
        years: simulated years.
        level: level of the intervals.
        begin: clients on the first day of the simulated years.
        own_begin: clients at the begin of the own year, or None where it is not given.
        rows: number by number, each after those that it follows from.
        months: revenue month by month, January to December; empty where it is not given.
        season: inputs to look at where the year fits and its months do not.
        remarks: what to know beside.
        partial: whether the simulation was stopped before its end.
        days: first and last day of what is held against the simulation; None: its first twelve months.
    """

    structure: str
    title: str
    currency: str
    years: int
    level: float
    begin: int
    own_begin: int | None
    rows: tuple[HistoryRow, ...]
    months: tuple[HistoryRow, ...]
    season: tuple[Input, ...]
    remarks: tuple[str, ...]
    partial: bool = False
    days: tuple[date, date] | None = None

    @property
    def span(self) -> str:
        """'year' or 'days': what the texts call what is held against the simulation."""
        return _span(self.days)

    @property
    def outside(self) -> tuple[HistoryRow, ...]:
        """The numbers that the simulation does not reproduce."""
        return tuple(row for row in self.rows if not row.inside)

    @property
    def fits(self) -> bool:
        """Whether the own year could be one of the simulated ones.

        No number lies far outside, and no more lie outside than of so many right ones would by chance in 19 of 20
        cases.
        """
        return not any(row.far for row in self.rows) and len(self.outside) <= by_chance(len(self.rows))

    @property
    def headline(self) -> Phrase:
        """'The model gives 31 mln RUB of revenue a year, you had 28 mln: ...', or of the first number that is given."""
        row = next((row for row in self.rows if row.key == "revenue"), self.rows[0])
        ours, theirs = told_apart_amounts(row.mean, row.given, row.unit, self.currency)
        revenue = say("history-revenue" if self.span == "year" else "history-revenue-days", amount=ours)
        what = revenue if row.key == "revenue" else _of_number(ours, row)
        more: str = ""
        if row.given > 0 and abs(row.ratio - 1) >= 0.005:
            share = Percent(abs(row.ratio - 1))
            more = say("history-more" if row.ratio > 1 else "history-less", share=share)
        low, high = Amount(row.p05, row.unit, self.currency), Amount(row.p95, row.unit, self.currency)
        span = say("history-inside" if row.inside else "history-outside", low=low, high=high, span=self.span)
        return say("history-headline", what=what, theirs=theirs, more=more, range=span)

    @property
    def verdict(self) -> Phrase:
        """Whether the year fits, in one or two sentences."""
        count, off, span = len(self.rows), len(self.outside), self.span
        if count > 1:
            numbers = say("history-numbers", inside=count - off, count=count, span=span)
        elif off and self.fits:
            return say("history-alone", span=span)
        else:
            numbers = say("history-number-lies-not" if off else "history-number-lies", span=span)
        if self.fits:
            fits = say("history-fits", numbers=numbers, span=span)
            return joined([fits, say("history-by-chance", count=count, chance=by_chance(count))]) if off else fits
        off_far = [row for row in self.outside if row.far]
        worst = [Inside(row.title) for row in off_far or self.outside]
        return say("history-fits-not", numbers=numbers, worst=worst, span=span)

    @property
    def advice(self) -> tuple[str, ...]:
        """For each number that does not fit, what to look at, in order."""
        found: list[str] = []
        for row in self.outside:
            ours, theirs = told_apart_amounts(row.mean, row.given, row.unit, self.currency)
            looked = in_words(row.inputs) or say("history-nothing-drives")
            said = {"title": row.title, "ours": ours, "theirs": theirs, "looked": looked}
            follows = [Inside(each) for each in row.follows]
            if follows:
                found.append(say("history-advice-follows", follows=follows, **said))
            else:
                found.append(say("history-advice", **said))
        if self.season:
            inside = sum(row.inside for row in self.months)
            found.append(say("history-season", inside=inside, looked=in_words(self.season)))
        return tuple(found)

    @property
    def text(self) -> str:
        """All of it in words."""
        return "\n".join([self.headline, self.verdict, *self.advice, *self.remarks])


def _span(days: tuple[date, date] | None) -> str:
    """'year' for twelve whole months, 'days' for any others."""
    return "year" if days is None or days[1] + timedelta(days=1) == add_months(days[0], MONTHS) else "days"


def by_chance(count: int) -> int:
    """How many of so many right numbers lie outside a nine-of-ten range, at most, in 19 of 20 cases (binomial)."""
    from scipy.stats import binom

    return int(binom.ppf(0.95, count, 1 - RANGE))


def check_history(
    scenario: Scenario,
    structure: str | None = None,
    *,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    on_done: OnDone | None = None,
    backend: str | None = None,
    engine: Engine | None = None,
    store: Shelf | None = None,
) -> HistoryCheck:
    """Simulates today's structure and says how well its years reproduce the own one.

    The years are twelve months long, or as long as the days of the history take. They begin with the clients that the
    own year began with (`customers_start`, where it is given); all else is the scenario as it is.

    Args:
        scenario: a scenario with `history`.
        structure: the structure of last year; `experiment.today`, else the first one, when None.
        replications: in place of the experiment's own; so is seed.
        seed: seed of all luck.
        jobs: as ``run_replications``, and so are on_done, backend and engine.
        on_done: called after each replication with how many are done and their total.
        backend: a joblib backend.
        engine: what simulates one structure in one World.
        store: finished replications to take from and to add to; none when None.

    Raises:
        ScenarioError: the scenario has no history, or one that says nothing.
        KeyError: there is no such structure.
        RuntimeError: every replication failed.
        KeyboardInterrupt: it was stopped before the first year was finished; later the years so far are kept.
    """
    history = history_of(scenario)
    name = structure or todays(scenario)
    if name not in scenario.structures:
        raise unknown("structure", name, scenario.structures)
    begin = scenario.experiment.start
    scenario = _played_days(changed(scenario, replications=replications, seed=seed), history)
    start = history.customers_start
    if start is not None and start != scenario.market.initial.base:
        scenario = scenario.replace({"market.initial.customers": start})
    result = simulate(scenario, [name], jobs=jobs, on_done=on_done, backend=backend, engine=engine, store=store)
    found = check_of(result, name)
    if found is None:
        if result.runs.partial:
            raise KeyboardInterrupt
        failures = result.runs.failures
        first = str(failures["error"].iloc[0]) if len(failures) else worded("history-none-finished")
        raise RuntimeError(worded("history-no-year", first=first))
    first_day = scenario.experiment.start
    if first_day == begin:
        return found
    return replace(found, remarks=(say("history-remark-moved", first=first_day, start=begin), *found.remarks))


def _played_days(scenario: Scenario, history: History) -> Scenario:
    """The scenario in the months that hold the history's days.

    A run that begins later begins with them, with the people of its own first day (hired so much earlier); what it
    changes on dates is left out.
    """
    if history.days is None:
        return changed(scenario, months=MONTHS)
    first, last = history.days
    start = scenario.experiment.start
    if first < start:
        moved: dict[str, object] = {"experiment.start": first}
        if scenario.interventions:
            moved["interventions"] = []
        for name, each in scenario.structures.items():
            if each.interventions:
                moved[f"structures.{name}.interventions"] = []
            for number, row in enumerate(each.staff):
                if row.hired is not None:
                    moved[f"structures.{name}.staff.{number}.hired"] = row.hired - (start - first)
        scenario, start = scenario.replace(moved), first
    months = next(n for n in range(1, MOST_MONTHS + 1) if add_months(start, n) > last)
    return changed(scenario, months=months)


def todays(scenario: Scenario) -> str:
    """The structure that people are in today: `experiment.today`, else the first."""
    return scenario.experiment.today or next(iter(scenario.structures))


def history_of(scenario: Scenario) -> History:
    """The own year of a scenario.

    Raises:
        ScenarioError: it has none, or one that says nothing.
    """
    history = scenario.history
    if history is None or history.empty:
        node = scenario.provenance.tree.get("history")
        line = node.origin.line if node is not None else None
        why = worded("history-none")
        allow = worded("allowed-history")
        raise ScenarioError(Problem(scenario.provenance.name, line, "history", why, None, allow))
    return history


def check_of(result: Result, structure: str | None = None) -> HistoryCheck | None:
    """The check from years that are simulated already, such as those of a comparison; nothing is simulated.

    Args:
        result: what was simulated.
        structure: name in the result; today's structure of the first scenario when None.

    Returns:
        None where the scenario has no history, the structure is not in the result, fewer than twelve months (or not the
        days of the history) were simulated or no year was finished. The years begin as the scenario says, not with
        `customers_start`.
    """
    scenario = result.scenario
    wanted = structure or todays(scenario)
    case = next((each for name, each in result.cases.items() if name == wanted), None) or next(
        (each for each in result.cases.values() if each.key == wanted and each.scenario is scenario), None
    )
    if case is None or case.scenario.history is None or case.scenario.history.empty:
        return None
    history = case.scenario.history
    if not result.runs.finished:
        return None
    if history.days is None and case.scenario.experiment.months < MONTHS:
        return None
    if history.in_parts and window_of(history, case.scenario.experiment) is None:
        return None
    return _check(result, case, case.scenario.history)


def _check(result: Result, case: Case, history: History) -> HistoryCheck:
    years = Years(result.runs, case)
    given = list(numbers_of(history, years, case))
    rows = [row_of(number, len(given), result.level) for number in given]
    kept = [(number, row) for number, row in zip(given, rows, strict=True) if row.n > 0]
    inputs = Inputs(case.scenario, case.key)
    settled = [
        (number.drivers, inputs.first(number.drivers, number.channel, number.stage))
        for number, row in kept
        if row.inside
    ]
    if history.customers_start is not None:
        settled.append(("", {"market.initial.customers"}))
    off = {number.drivers: row for number, row in kept if not row.inside and number.key not in DRIVERS}
    done = tuple(row if row.inside else _explained(number, row, inputs, settled, off) for number, row in kept)
    months = months_of(history, years, result.level)
    unlike = sum(row.inside for row in months) < MONTHS_INSIDE and bool(months)
    fits = all(row.inside for row in done if row.key == "revenue")
    remarks = [
        say("history-never", title=number.title, given=Digits(f"{number.given:g}"), span=_span(history.days))
        for number, row in zip(given, rows, strict=True)
        if row.n == 0
    ]
    return HistoryCheck(
        structure=case.name,
        title=case.title,
        currency=case.scenario.currency,
        years=years.count,
        level=result.level,
        begin=case.scenario.market.initial.base,
        own_begin=history.customers_start,
        rows=done,
        months=months,
        season=inputs.of("season", too_high=False) if unlike and fits else (),
        remarks=(*remarks, *_remarks(case, history, years)),
        partial=result.runs.partial,
        days=history.days,
    )


def _remarks(case: Case, history: History, years: Years) -> Iterator[Phrase]:
    begin, start = case.scenario.market.initial.base, history.customers_start
    if start is not None and start != begin:
        yield say("history-remark-begin", begin=begin, own=start, span=_span(history.days))
    if case.scenario.interventions or case.structure.interventions:
        yield say("history-remark-changes", span=_span(history.days))
    if years.count < FEWEST:
        yield say("history-remark-few", years=years.count, span=_span(history.days))
    outbound = years.outbound
    missing = [name for name in outbound if name not in history.leads_per_month]
    if missing and len(missing) < len(outbound):
        yield say("history-remark-calls", names=missing)


def _explained(
    number: Number, row: HistoryRow, inputs: Inputs, settled: list[tuple[str, set[str]]], off: dict[str, HistoryRow]
) -> HistoryRow:
    """The row with what to look at, and with what it follows from among the numbers that do not fit.

    Parts and quantiles of one thing do not settle it for each other.
    """
    alike = number.drivers if number.drivers in DRIVERS.values() else None
    known = {path for drivers, paths in settled if drivers != alike for path in paths}
    too_high = row.mean > row.given
    follows = []
    for signed in FOLLOWS.get(number.drivers, ()):
        before = off.get(signed[1:])
        if before is not None and ((before.mean > before.given) == too_high) == (signed[0] == "+"):
            follows.append(before.title)
    look = inputs.of(number.drivers, too_high, known, number.channel, number.stage)
    return replace(row, inputs=look, follows=tuple(follows))


def _of_number(ours: Amount, row: HistoryRow) -> Phrase:
    return say("history-number", amount=ours, title=row.title)
