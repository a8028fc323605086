"""The command `sweep`: the structures at many values of one or several variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from simulation.cli.console import problems_reported, refuse
from simulation.cli.precise import PrecisionWanted, precision_asked
from simulation.cli.session import Cluster, NoStore, StorePath
from simulation.cli.simulations import (
    Backend,
    Baseline,
    Jobs,
    Language,
    Measure,
    Months,
    Out,
    Quiet,
    Replications,
    Seed,
    Structures,
)
from simulation.cli.varying import Sure, answered, few_enough, loaded, ranges

Vary = Annotated[
    list[str],
    typer.Option(
        "--vary",
        metavar="PATH=a:b:n",
        help="What to vary, from a to b in n values, or PATH=a,b,c; a dotted path of the scenario or a dial "
        "(specialisation, inbound, turnover, team). Several make a design of all.",
        show_default=False,
    ),
]
DesignOf = Annotated[
    Literal["grid", "lhs", "sobol"],
    typer.Option(
        "--design",
        help="Every combination of the values, or --points spread over the ranges: Latin hypercube, Sobol' sequence.",
    ),
]
Points = Annotated[
    int | None,
    typer.Option(
        min=2,
        max=5_000,
        help="Points of lhs or sobol (of sobol rounded up to a power of two).",
        show_default="ten a variable",
    ),
]


def sweep(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    vary: Vary,
    design: DesignOf = "grid",
    points: Points = None,
    structure: Structures = None,
    baseline: Baseline = None,
    measure: Measure = None,
    replications: Replications = None,
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
    precision: PrecisionWanted = None,
    level: Sure = None,
) -> None:
    """See how the answer moves with values of the scenario.

    Compares the structures at each point in the same possible years, and says who wins where and how sure that is.
    """
    with problems_reported():
        from simulation.study.field.designs import size_of
        from simulation.study.field.sweep import sweep as carry_out
        from simulation.study.lab import PLAN_MET
        from simulation.study.terms import terms

        found = loaded(scenario, replications=replications, seed=seed, months=months)
        agreed = terms(found, structure, baseline, measure, level=level)
        given = ranges(found, [("--vary", text) for text in vary])
        if points is not None and design == "grid":
            raise refuse("--points is for --design lhs or sobol; a grid has the values of its ranges (PATH=a:b:n)")
        narrow = precision_asked(precision, None, (), replications)
        if narrow is not None and agreed.measure == PLAN_MET:
            raise refuse(f"--precision: a precision of {PLAN_MET} cannot be asked for; allowed: another measure")
        size = size_of(given, design, points)
        few_enough(size, len(agreed.structures), agreed.replications, "fewer points")
        answered(
            lambda lab: carry_out(
                found,
                given,
                structures=structure,
                baseline=baseline,
                measure=measure,
                design=design,
                points=points,
                precision=narrow,
                level=level,
                lab=lab,
            ),
            jobs=jobs,
            backend=backend,
            cluster=cluster,
            store=store,
            no_store=no_store,
            out=out,
            language=lang,
            quiet=quiet,
        )
