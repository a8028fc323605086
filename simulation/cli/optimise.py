"""The command `optimise`: the best split of each structure, and the best compared with the best."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.checked import checked
from simulation.cli.console import BAD_INPUT, FAILED, problems_reported, refuse, say
from simulation.cli.outputs import folder_of, usable
from simulation.cli.session import Cluster, NoStore, StorePath, laboratory
from simulation.cli.simulations import Backend, Jobs, Language, Measure, Months, Out, Quiet, Seed, Structures
from simulation.cli.telling import tell

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.study.optimise import Plan

Heads = Annotated[
    int | None,
    typer.Option(
        metavar="N", help="Exactly so many people who sell and serve.", show_default="those of the same payroll"
    ),
]
Payroll = Annotated[
    str | None,
    typer.Option(
        metavar="MAX",
        help="Any number of people whose budgeted payroll is at most so much a year, such as 5.5mln.",
        show_default="that of the baseline, within 3 %",
    ),
]
Baseline = Annotated[
    str | None,
    typer.Option(metavar="STRUCTURE", help="The structure whose payroll is kept.", show_default="the scenario's"),
]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--constraint",
        metavar="MEASURE>=LIMIT",
        help="What the mean of a measure must keep, such as 'plan_met>=80%' (may be given several times).",
        show_default=False,
    ),
]
Level = Annotated[
    str, typer.Option(metavar="SHARE", help="Probability that all searches choose right.", show_default="95%")
]
Indifference = Annotated[
    str | None,
    typer.Option(
        metavar="AMOUNT",
        help="The smallest difference that matters, in the unit of the measure.",
        show_default="2 % of the baseline's payroll, or of the measure",
    ),
]
Cap = Annotated[
    int | None,
    typer.Option(
        "--replications", min=2, max=999_999, help="Most replications of a split in the search.", show_default="no cap"
    ),
]
Fresh = Annotated[
    int, typer.Option(min=2, max=100_000, help="Fresh years in which the best are compared with the best.")
]


def optimise(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    structure: Structures = None,
    payroll: Payroll = None,
    heads: Heads = None,
    measure: Measure = None,
    constraint: Limits = None,
    level: Level = "95%",
    indifference: Indifference = None,
    baseline: Baseline = None,
    replications: Cap = None,
    fresh: Fresh = 100,
    seed: Seed = None,
    months: Months = None,
    jobs: Jobs = None,
    backend: Backend = None,
    cluster: Cluster = None,
    store: StorePath = None,
    no_store: NoStore = False,
    out: Out = None,
    lang: Language = None,
    quiet: Quiet = False,
) -> None:
    """Find the best split of each structure and compare the best with the best.

    Searches all headcounts of those who sell and serve, and the alternatives that the scenario lists under `search`.
    """
    with problems_reported():
        from simulation.analysis.cases import changed
        from simulation.study.candidates import SearchError
        from simulation.study.optimise import carried_out
        from simulation.study.selection import SelectionError

        def change(loaded: Scenario) -> Scenario:
            return changed(loaded, seed=seed, months=months)

        loaded, _ = checked(scenario, change)
        plan = _planned(
            loaded, structure, heads, payroll, measure, constraint or [], level, indifference, baseline, replications
        )
        usable(backend)
        folder = folder_of(out) if out is not None else None
        began = time.perf_counter()
        try:
            with laboratory(
                jobs=jobs, backend=backend, cluster=cluster, store=store, no_store=no_store, quiet=quiet
            ) as lab:
                try:
                    found = carried_out(plan, lab, fresh)
                except (SelectionError, SearchError) as error:
                    for failure in lab.failures[:1]:
                        say(f"error: replication {failure.replication}, {failure.structure}: {failure.error}")
                    say(f"error: {error}")
                    raise typer.Exit(FAILED) from None
            if not quiet:
                runs = f"{found.simulated} runs in {time.perf_counter() - began:.1f} s"
                say(f"{runs}, {found.reused} taken from the store" if found.reused else runs)
            left = tell([found], folder, lang, quiet)
            if found.failed:
                say(f"warning: {found.failed} runs failed; the years that they belong to are left out")
            if left.interrupted:
                raise KeyboardInterrupt
        finally:
            if folder is not None:
                folder.abandon()


def _planned(
    scenario: Scenario,
    structures: list[str] | None,
    heads: int | None,
    payroll: str | None,
    measure: str | None,
    constraints: list[str],
    level: str,
    indifference: str | None,
    baseline: str | None,
    replications: int | None,
) -> Plan:
    """What is to be searched; every mistake of the command line in a line of its own.

    Raises:
        typer.Exit: there is a mistake.
    """
    from simulation.analysis.unknown import TermsError
    from simulation.study.candidates import SearchError
    from simulation.study.constraints import amount_of, known_measure, parse_constraint
    from simulation.study.optimise import planned
    from simulation.written.quantities import AMOUNT, SHARE
    from simulation.written.spelling import QuantityError

    wrong: list[str] = []
    money, sure, what = None, 0.95, None
    try:
        money = AMOUNT.parse(payroll, {}) if payroll is not None else None
    except QuantityError as error:
        wrong.append(f"--payroll: {error}")
    try:
        sure = SHARE.parse(level, {})
    except QuantityError as error:
        wrong.append(f"--level: {error}")
    try:
        what = known_measure(scenario, measure)
    except TermsError as error:
        wrong.append(f"--measure: {error}")
    for text in constraints:
        try:
            parse_constraint(scenario, text, 1.0)
        except (SearchError, TermsError) as error:
            wrong.append(f"--constraint: {error}")
    if indifference is not None and what is not None:
        try:
            amount_of(what, indifference, scenario)
        except SearchError as error:
            wrong.append(f"--indifference: {error}")
    if wrong:
        for text in wrong:
            say(f"error: {text}")
        raise typer.Exit(BAD_INPUT)
    try:
        return planned(
            scenario,
            structures=structures,
            heads=heads,
            payroll=money,
            measure=measure,
            constraints=constraints,
            level=sure,
            indifference=indifference,
            baseline=baseline,
            replications=replications,
        )
    except SearchError as error:
        raise refuse(str(error)) from None
