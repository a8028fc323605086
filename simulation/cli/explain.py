"""The command `explain`: what the difference between two structures consists of."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.checked import checked
from simulation.cli.console import FAILED, problems_reported, say
from simulation.cli.outputs import folder_of, usable
from simulation.cli.precise import precision_asked
from simulation.cli.session import Cluster, NoStore, StorePath, laboratory
from simulation.cli.simulations import (
    Backend,
    Baseline,
    Jobs,
    Language,
    Measure,
    Months,
    Out,
    Quiet,
    Seed,
)
from simulation.cli.telling import tell
from simulation.cli.varying import Sure, Two

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

Years = Annotated[
    int | None,
    typer.Option(
        "--replications",
        min=2,
        max=1_000_000,
        help="Possible years to replay; at the most so many with --precision.",
        show_default="until the intervals are a quarter of the largest bar, at most 64",
    ),
]
Narrow = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="20%",
        help="Go on until the intervals of the bars are so narrow: half-width as a share of the largest bar (20%) or "
        "an amount (200k). --replications is then the most that may be taken.",
        show_default=False,
    ),
]
Measurements = Annotated[
    bool,
    typer.Option(
        "--measurements/--no-measurements",
        help="Say which inputs to measure first; that samples their ranges, which takes as long again.",
    ),
]


def explain(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    structure: Two = None,
    baseline: Baseline = None,
    measure: Measure = None,
    replications: Years = None,
    precision: Narrow = None,
    measurements: Measurements = True,
    seed: Seed = None,
    months: Months = None,
    jobs: Jobs = None,
    backend: Backend = None,
    out: Out = None,
    lang: Language = None,
    quiet: Quiet = False,
    store: StorePath = None,
    no_store: NoStore = False,
    cluster: Cluster = None,
    level: Sure = None,
) -> None:
    """Say why one structure earns more than another.

    Divides the difference among the mechanisms of the model (pooling, specialisation, hand-offs, …): each part with
    its interval, all of them together exactly the difference.
    """
    with problems_reported():
        from simulation.analysis.cases import changed
        from simulation.study.explain.answer import MOST, explain
        from simulation.study.terms import terms

        def change(loaded: Scenario) -> Scenario:
            return changed(loaded, seed=seed, months=months)

        loaded, _ = checked(scenario, change)
        agreed = terms(loaded, structure, baseline, measure, level=level, pair=True, plan_met=False)
        wanted = precision_asked(precision, None, (), replications or MOST)
        usable(backend)
        folder = folder_of(out) if out is not None else None
        began = time.perf_counter()
        try:
            with laboratory(
                jobs=jobs, backend=backend, cluster=cluster, store=store, no_store=no_store, quiet=quiet
            ) as lab:
                try:
                    found = explain(
                        loaded,
                        structures=agreed.structures,
                        baseline=agreed.baseline,
                        measure=agreed.measure,
                        level=agreed.level,
                        replications=None if wanted is not None else replications,
                        precision=wanted,
                        measurements=measurements,
                        lab=lab,
                    )
                except RuntimeError as error:
                    for failure in lab.failures[:1]:
                        say(f"error: replication {failure.replication}, {failure.structure}: {failure.error}")
                    say(f"error: {error}")
                    raise typer.Exit(FAILED) from None
                failed = len(lab.failures)
            if not quiet:
                seconds = time.perf_counter() - began
                say(f"{lab.simulated} runs simulated in {seconds:.1f} s, {lab.reused} taken from the store")
            findings = [found, *([found.measurements] if found.measurements is not None else [])]
            left = tell(findings, folder, lang, quiet, shown=1)
            if failed:
                say(f"warning: {failed} runs failed; the years that they belong to are left out")
            if left.interrupted:
                raise KeyboardInterrupt
        finally:
            if folder is not None:
                folder.abandon()
