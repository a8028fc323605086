"""The command `map`: which structure wins in each cell of two variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.console import problems_reported, refuse
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
    Seed,
    Structures,
)
from simulation.cli.varying import Sure, answered, few_enough, loaded, ranges

Along = Annotated[
    str,
    typer.Option("--x", metavar="PATH=a:b:n", help="What varies along the map, and its values.", show_default=False),
]
Upwards = Annotated[
    str,
    typer.Option("--y", metavar="PATH=a:b:n", help="What varies upwards, and its values.", show_default=False),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--replications",
        min=1,
        max=1_000_000,
        help="Possible years of a cell at most; cells whose winner is clear earlier get fewer.",
        show_default="the scenario's",
    ),
]
Resplit = Annotated[
    bool, typer.Option("--resplit", help="In each cell give every structure its best split of the same people first.")
]


def winner_map(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    x: Along,
    y: Upwards,
    resplit: Resplit = False,
    level: Sure = None,
    structure: Structures = None,
    baseline: Baseline = None,
    measure: Measure = None,
    replications: Most = None,
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
) -> None:
    """Map which structure wins over two values of the scenario.

    Replays the same possible years in each cell, more of them where the winner is open, and says where the border runs.
    """
    with problems_reported():
        from simulation.study.field.winner_map import winner_map as carry_out
        from simulation.study.terms import terms

        found = loaded(scenario, replications=replications, seed=seed, months=months)
        agreed = terms(found, structure, baseline, measure, level=level)
        along, upwards = ranges(found, [("--x", x), ("--y", y)])
        if along.variable == upwards.variable:
            raise refuse(f"--x and --y both vary {along.variable.name}")
        cells = len(set(along.values)) * len(set(upwards.values))
        few_enough(cells, len(agreed.structures), agreed.replications, "fewer cells", upto=True)
        answered(
            lambda lab: carry_out(
                found,
                along,
                upwards,
                structures=structure,
                baseline=baseline,
                measure=measure,
                resplit=resplit,
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
