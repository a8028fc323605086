"""Commands that simulate: run and compare."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulation.cli.console import FAILED, interrupted_by, mistake, output, problems_reported, refuse, say, show
from simulation.cli.meanwhile import Meanwhile, of_comparison
from simulation.cli.options import (
    HOW,
    SAMPLES,
    SCENARIO,
    UNCERTAIN,
    How,
    command,
    over_inputs,
    precision_asked,
    samples_asked,
)
from simulation.cli.session import Progress, checked, command_line, folder_of, on_cluster, store_used, usable, workers
from simulation.cli.telling import print_findings, report_failures, warn_left, wrote
from simulation.cli.telling import replay as replay_one
from simulation.study.compare import COMPARE
from simulation.study.kind import MONTHS, PRECISION, REPLICATIONS, SEED, STRUCTURES, Names, Option
from simulation.texts import Phrase, Shortest, worded

if TYPE_CHECKING:
    from simulation.analysis.comparison import Result
    from simulation.analysis.memory import Memory
    from simulation.analysis.precision import Precision
    from simulation.report.output_folder import OutputFolder
    from simulation.scenario.scenario import Scenario
    from simulation.store import Store
    from simulation.study.compare.best import AtBest
    from simulation.study.kind import Finding
    from simulation.study.lab import Lab
    from simulation.study.transition.answer import Transition
    from simulation.study.weak_link.answer import WeakLink

PRECISION_OF = Option(
    "precision_of", Names, "option-precision-of", metavar="MEASURE", shown="shown-the-measure-that-decides"
)
EVENTS = Option("events", bool, "option-events", False)
WEAK_LINK = Option("weak_link", bool, "option-weak-link", False)
CHARTS = Option("charts", bool, "option-charts", False)
DETAILS = Option("details", bool, "option-details", False)
REPLAY = Option("replay", int, "option-replay", least=0)
EXPORT = Option("export_crm", str, "option-export-crm", metavar="LAYOUT")
FAULTS = Option("faults", Names, "option-faults", metavar="NAME")
WHOLE = (PRECISION_OF, EVENTS, WEAK_LINK, CHARTS, *HOW)
"""Options of commands that report a whole result."""


def _run(values: Mapping[str, Any]) -> None:
    file, replay = values["scenario"], values["replay"]
    settings = _Settings.of(values)
    if values["export_crm"] or values["faults"]:
        _export(file, values, settings)
        return
    if replay is None:
        _simulate([file], settings, against=False)
        return
    with problems_reported():
        loaded = _scenarios([file], settings, against=False)[0]
        replay_one(loaded, settings.structures or list(loaded.structures), replay, settings.lang)


def _export(file: Path, values: Mapping[str, Any], settings: _Settings) -> None:
    """Writes what a CRM would have exported of a possible year; raises the command's exit."""
    with problems_reported():
        if settings.out is None:
            raise refuse(worded("export-no-folder"))
        if not values["export_crm"]:
            raise refuse(worded("faults-no-export"))
        from simulation.calibration.exporting.export import exported

        scenario = _scenarios([file], settings, against=False)[0]
        files = exported(
            scenario,
            values["export_crm"],
            structure=next(iter(settings.structures or ()), None),
            replication=values["replay"] or 0,
            faults=values["faults"] or (),
        )
        made = []
        for name in dict.fromkeys(name for name, _ in files):
            folder = folder_of(settings.out / name)
            try:
                for of, each in files:
                    if of == name:
                        folder.reserve(each.name).write_bytes(each.content)
                made += folder.finish()
            finally:
                folder.abandon()
        if not settings.quiet:
            wrote(made, folder_of(settings.out))


run = command("run", [STRUCTURES, REPLICATIONS, SEED, MONTHS, PRECISION, REPLAY, EXPORT, FAULTS, *WHOLE], _run)


def _compare(values: Mapping[str, Any]) -> None:
    more = values["more"] or []
    samples = samples_asked(values["uncertain"], values["samples"], len(more))
    _simulate([values["scenario"], *more], _Settings.of({**values, "samples": samples}), against=True)


compare = command(
    COMPARE.name,
    [*COMPARE.every, UNCERTAIN, SAMPLES, DETAILS, *WHOLE],
    _compare,
    {
        **SCENARIO,
        "more": (Annotated[list[Path] | None, typer.Argument(help="argument-more", show_default=False)], False),
    },
)


@dataclass(frozen=True, kw_only=True)
class _Settings(How):
    """The values of the options of run and compare.

    Attributes:
        search: how deep each structure's best is looked for; None: 'quick', where that takes little time.
        details: whether all tables are printed, or one screen.
    """

    replications: int | None
    seed: int | None
    months: int | None
    events: bool
    weak_link: bool
    charts: bool
    precision: str | None
    precision_of: list[str] | None
    structures: list[str] | None
    baseline: str | None = None
    measure: str | None = None
    level: float | None = None
    samples: int | None = None
    search: Literal["none", "quick", "full"] | None = "none"
    details: bool = True

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> _Settings:
        """Those among the values of a command."""
        return cls(**{each.name: values[each.name] for each in fields(cls) if each.name in values})


def _simulate(files: Sequence[Path], settings: _Settings, against: bool) -> None:
    """Checks everything that can be checked, simulates, prints and writes; raises the command's exit."""
    from simulation.analysis.memory import Memory

    with problems_reported():
        scenarios = _scenarios(files, settings, against)
        usable(settings.backend)
        settings = replace(settings, jobs=workers(settings.jobs, settings.cluster))
        precision = _precision(scenarios, settings)
        if settings.events and settings.out is None:
            raise refuse(worded("events-no-folder"))
        if settings.charts and settings.out is None:
            raise refuse(worded("charts-no-folder"))
        folder = folder_of(settings.out) if settings.out is not None else None
        told: _Told | None = None
        try:
            with store_used(settings.store, settings.no_store) as store, on_cluster(settings.cluster, settings.backend):
                memory = Memory()
                result = _results(scenarios, settings, against, store, memory, precision)
                if result.runs.finished:
                    told = _Told(result, files, folder, settings, store, memory)
                    told.numbers()
                    told.at_best()
                    if settings.samples is not None and not result.runs.partial:
                        told.over_inputs(settings.samples)
                    told.rest()
        finally:
            if folder is not None:
                folder.abandon()
        report_failures(result)
        if result.runs.partial:
            done, wanted = result.runs.finished, result.runs.requested
            some = worded("interrupted-replications", done=done, wanted=wanted)
            say(some if done else worded("interrupted-none", wanted=wanted))
            raise typer.Exit(interrupted_by())
        if told is None:
            mistake(worded("every-failed"))
            raise typer.Exit(FAILED)
        if told.left.interrupted:
            raise KeyboardInterrupt
        if told.lacking:
            raise typer.Exit(FAILED)


def _scenarios(files: Sequence[Path], settings: _Settings, against: bool) -> list[Scenario]:
    """The scenarios with the command line's settings in them; the mistakes of all are said at once."""
    from simulation.analysis.cases import cases_of, changed
    from simulation.analysis.comparison import compared
    from simulation.written.errors import Problem, ScenarioError
    from simulation.written.source import in_pages

    def change(scenario: Scenario) -> Scenario:
        return changed(scenario, replications=settings.replications, seed=settings.seed, months=settings.months)

    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    # a page of several files is compared as they were
    for file in (Path(name) for each in files for name in in_pages(each)) if against else files:
        try:
            scenarios.append(checked(file, change)[0])
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    by_file = _by_file(scenarios)
    if against:
        compared(by_file, settings.structures, settings.baseline, settings.measure, settings.level)
    else:
        cases_of(by_file, settings.structures)
    return scenarios


def _by_file(scenarios: Sequence[Scenario]) -> dict[str, Scenario]:
    from simulation.analysis.cases import changed, named

    return {label: changed(each) for label, each in named(list(scenarios)).items()}


def _precision(scenarios: Sequence[Scenario], settings: _Settings) -> Precision | None:
    """How narrow intervals have to be, if the command line says so."""
    from simulation.analysis.cases import cases_of, measure_names

    cases = list(cases_of(_by_file(scenarios), settings.structures).values())
    return precision_asked(settings.precision, settings.precision_of, measure_names(cases), settings.replications)


def _results(
    scenarios: Sequence[Scenario],
    settings: _Settings,
    against: bool,
    store: Store | None,
    memory: Memory,
    precision: Precision | None,
) -> Result:
    from simulation.analysis.cases import cases_of
    from simulation.analysis.comparison import compare as compare_structures
    from simulation.analysis.comparison import simulate

    began = time.perf_counter()
    with Progress(quiet=settings.quiet) as progress:
        alone = settings.jobs == 1 or not against
        cases = {} if alone else cases_of(_by_file(scenarios), settings.structures)
        ready = of_comparison(cases.values(), settings.out is not None) if cases else Meanwhile(())

        def update(done: int, total: int) -> None:
            progress.update(done, total)
            ready.update(done)

        shared: dict[str, Any] = {
            "structures": settings.structures,
            "jobs": settings.jobs,
            "events": settings.events,
            "on_done": update,
            "backend": settings.backend,
            "store": memory if store is None and settings.search != "none" else store,
            "precision": precision,
        }
        result: Result = (
            compare_structures(
                list(scenarios), baseline=settings.baseline, measure=settings.measure, level=settings.level, **shared
            )
            if against
            else simulate(scenarios[0], **shared)
        )
    if result.runs.finished and not settings.quiet:
        seconds = time.perf_counter() - began
        years, structures = result.runs.finished, len(result.cases)
        done = {"years": years, "structures": structures, "seconds": Shortest(round(seconds, 1))}
        if store is None:
            say(worded("replications-done", **done))
        else:
            say(worded("replications-done-store", **done, found=store.found, runs=years * structures))
    return result


class _Told:
    """A result written and printed: the numbers before anything that may fail, or be stopped, after them.

    Attributes:
        left: what failed on the way; it is named and left out.
        lacking: whether something that the command line asks for by itself is among it.
    """

    def __init__(
        self,
        result: Result,
        files: Sequence[Path],
        folder: OutputFolder | None,
        settings: _Settings,
        store: Store | None,
        memory: Memory,
    ) -> None:
        from simulation.report.output_folder import LeftOut

        self._files = files
        self._result, self._folder, self._settings = result, folder, settings
        self._store, self._memory = store, memory
        self._made: list[Path] = []
        self._findings: list[Finding] = []
        self._printed = False
        self._best: AtBest | None = None
        self.left = LeftOut(folder)
        self.lacking = False

    def numbers(self) -> None:
        """Writes what was simulated."""
        if self._folder is not None:
            from simulation.report import files

            self._made += files.write_numbers(self._result, self._folder, command_line(), self.left)

    def over_inputs(self, samples: int) -> None:
        """Samples the ranges of the inputs; the plain comparison is printed before that."""
        self._print()
        with self._asked("left-out-uncertain"):
            self._result, found = over_inputs(self._result, self._settings, samples, self._store)
            self._findings.append(found)

    def at_best(self) -> None:
        """Looks for each structure's best, and compares the best."""
        from simulation.analysis.comparison import Comparison
        from simulation.study.compare.searching import is_searched, searched
        from simulation.texts import say as phrase

        result, depth = self._result, self._settings.search
        if not isinstance(result, Comparison) or not is_searched(result, depth):
            return
        with self.left.part(phrase("left-out-at-best"), stops=True), Progress(quiet=self._settings.quiet) as progress:
            self._best = searched(result, depth, self._lab(progress), self._say)

    def _say(self, text: Phrase) -> None:
        if not self._settings.quiet:
            say(text)

    def rest(self) -> None:
        """Simulates what else was asked for, writes what is made of the numbers, and prints."""
        links = self._links() if self._settings.weak_link else None
        if self._folder is not None:
            from simulation.report import files
            from simulation.texts import say as phrase

            transitions = self._transitions()
            with self.left.part(phrase("left-out-drawn"), stops=True):
                self._made += files.write_more(
                    self._result,
                    self._folder,
                    command_line(),
                    self.left,
                    links,
                    transitions=transitions,
                    language=self._settings.lang,
                    charts=self._settings.charts,
                    findings=self._findings,
                    best=self._best,
                )
            if not self._settings.quiet:
                wrote(self._made, self._folder)
        self._print(links)
        if not self._settings.quiet:
            print_findings(self._findings, self.left, self._settings.lang)
        warn_left(self.left)

    def _print(self, links: Mapping[str, WeakLink] | None = None) -> None:
        """Prints the result; a second time only what has come to it since."""
        from simulation.analysis.comparison import Comparison
        from simulation.report.tables import report, report_again

        if self._settings.quiet:
            return
        width, language = output().width, self._settings.lang
        whole = self._settings.details or not isinstance(self._result, Comparison)
        if not self._printed and whole:
            show(*report(self._result, width, links, self.left, language))
        else:
            if not self._printed:
                self._on_one_screen()
            if more := report_again(self._result, links or {}, self.left, width, language):
                show("", *more)
        self._printed = True

    def _on_one_screen(self) -> None:
        from simulation.analysis.comparison import Comparison
        from simulation.report.output_folder import PAGE
        from simulation.report.summary import summary
        from simulation.texts import say as phrase

        assert isinstance(self._result, Comparison)
        page = next((each for each in self._made if each.name == PAGE), None)
        with self.left.part(phrase("left-out-table", name="summary")):
            show(*summary(self._result, output().width, self._settings.lang, self._files, page, self._best))

    def _links(self) -> dict[str, WeakLink]:
        """The weak link of every structure; each takes as many simulations as there are roles and stages."""
        from simulation.study.weak_link.answer import weak_link

        found = {}
        for name in self._result.structures:
            with self._asked("left-out-weak-link", structure=self._result.titles[name]):
                self._go_on()
                with Progress(quiet=self._settings.quiet) as progress:
                    found[name] = weak_link(self._result, name, lab=self._lab(progress))
        return found

    def _transitions(self) -> dict[str, Transition]:
        """The way from today's people to each structure; a few years of each are simulated for it."""
        from simulation.analysis.comparison import Comparison
        from simulation.study.transition.answer import transition
        from simulation.texts import say as phrase

        result = self._result
        if not isinstance(result, Comparison) or result.runs.partial:
            return {}
        found = {}
        for name in (each for each in result.structures if each != result.baseline):
            with self.left.part(phrase("left-out-way", structure=result.titles[name]), stops=True):
                self._go_on()
                with Progress(quiet=self._settings.quiet) as progress:
                    made = transition(result, name, lab=self._lab(progress))
                if made is not None:
                    found[name] = made
        return found

    @contextmanager
    def _asked(self, key: str, **values: str) -> Iterator[None]:
        """A part that the command line asks for."""
        from simulation.texts import say as phrase

        before = len(self.left.missing)
        with self.left.part(phrase(key, **values), stops=True):
            yield
        self.lacking |= len(self.left.missing) > before

    def _go_on(self) -> None:
        """Raises KeyboardInterrupt where somebody has stopped what was before: nothing long is begun then."""
        if self.left.interrupted:
            raise KeyboardInterrupt

    def _lab(self, progress: Progress) -> Lab:
        """Where what else was asked for is simulated."""
        from simulation.study.lab import Lab

        how = self._settings
        return Lab(jobs=how.jobs, backend=how.backend, store=self._store, watch=progress.step, memory=self._memory)
