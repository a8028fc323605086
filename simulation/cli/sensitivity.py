"""The command `sensitivity`: what the answer hangs on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulation.cli.console import FAILED, problems_reported, refuse, say
from simulation.cli.session import Cluster, NoStore, StorePath
from simulation.cli.simulations import Backend, Baseline, Jobs, Language, Measure, Months, Out, Quiet, Seed
from simulation.cli.varying import Sure, Two, answered, few_enough, loaded

if TYPE_CHECKING:
    from simulation.study.lab import Lab
    from simulation.study.sensitivity.answer import Sensitivity

Way = Annotated[
    Literal["tornado", "morris", "sobol"],
    typer.Option(
        "--method",
        help="tornado: each input alone at both ends of its range; morris: effects all over the ranges; sobol: shares "
        "of the variance.",
    ),
]
Inputs = Annotated[
    list[str] | None,
    typer.Option(
        "--input",
        metavar="NAME[=low:high]",
        help="Only this input, with this range (may be given several times); a dotted path or a dial (specialisation, "
        "inbound, turnover, team).",
        show_default="all that have a range",
    ),
]
Years = Annotated[
    int | None,
    typer.Option(
        "--replications",
        min=1,
        max=1_000_000,
        help="Possible years of each point; of a tornado, of the inputs that move most (others have ten at most).",
        show_default="40 tornado, 4 morris, 2 sobol",
    ),
]
Points = Annotated[
    int | None,
    typer.Option(
        min=4,
        max=65_536,
        help="Ways through the ranges (morris), base points (sobol, a power of two).",
        show_default="10 morris, 64 sobol",
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=1_000,
        help="Inputs that a tornado measures with all replications, or that sobol varies; chosen by a first look.",
        show_default="12 tornado, 8 sobol",
    ),
]


def sensitivity(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    method: Way = "tornado",
    inputs: Inputs = None,
    top: Top = None,
    points: Points = None,
    structure: Two = None,
    baseline: Baseline = None,
    measure: Measure = None,
    replications: Years = None,
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
    """Say which uncertain inputs the answer hangs on.

    Moves the inputs inside of their ranges and says how far the difference between two structures follows, and whether
    the winner changes.
    """
    with problems_reported():
        from simulation.study.question import asked
        from simulation.study.sensitivity.answer import runs_of
        from simulation.study.sensitivity.answer import sensitivity as carry_out
        from simulation.study.variation import VariationError

        found = loaded(scenario, seed=seed, months=months)
        try:
            question = asked(found, structure, baseline, measure, inputs, level)
        except VariationError as error:
            raise refuse(f"--input: {error}") from None
        try:
            design, years = runs_of(method, len(question.inputs), replications, points, top)
        except ValueError as error:
            raise refuse(str(error)) from None
        few_enough(design, 2, years, "fewer --input, --points")

        def study(lab: Lab) -> Sensitivity:
            try:
                return carry_out(
                    found,
                    method=method,
                    structures=question.structures,
                    baseline=question.baseline,
                    measure=measure,
                    inputs=inputs,
                    replications=replications,
                    points=points,
                    top=top,
                    level=level,
                    lab=lab,
                )
            except RuntimeError as error:
                for failure in lab.failures[:1]:
                    say(f"error: replication {failure.replication}, {failure.structure}: {failure.error}")
                say(f"error: {error}")
                raise typer.Exit(FAILED) from None

        answered(
            study,
            jobs=jobs,
            backend=backend,
            cluster=cluster,
            store=store,
            no_store=no_store,
            out=out,
            language=lang,
            quiet=quiet,
        )
