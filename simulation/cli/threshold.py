"""The command `threshold`: the value at which the better of two structures changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.console import problems_reported, refuse
from simulation.cli.session import Cluster, NoStore, StorePath
from simulation.cli.simulations import Backend, Baseline, Jobs, Language, Measure, Months, Out, Quiet, Seed
from simulation.cli.varying import Two, answered, loaded

if TYPE_CHECKING:
    from simulation.study.threshold import Question

Of = Annotated[
    list[str],
    typer.Option(
        "--of",
        metavar="PATH[=low:high]",
        help="What is varied: a dotted path of the scenario or a dial (specialisation, inbound, turnover, team); the "
        "range is that of the scenario or the facts unless given. May be given several times.",
        show_default=False,
    ),
]
Years = Annotated[
    int | None,
    typer.Option(
        "--replications",
        min=10,
        max=1_000_000,
        help="Possible years to replay at each value, at the most.",
        show_default="the scenario's",
    ),
]
Level = Annotated[
    float | None,
    typer.Option(min=0.5, max=0.9999, help="Level of the interval.", show_default="the scenario's"),
]
Narrow = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="5%",
        help="Go on until the interval reaches so far on either side of the threshold, as a share of the range.",
        show_default="5%",
    ),
]


def threshold(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).", show_default=False)],
    of: Of,
    structure: Two = None,
    baseline: Baseline = None,
    measure: Measure = None,
    level: Level = None,
    precision: Narrow = None,
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
) -> None:
    """Find the value at which the better of two structures changes.

    Replays the same possible years at several values and says from where on the other structure is better, with an
    interval, or that the answer does not change inside the range.
    """
    with problems_reported():
        from simulation.analysis.unknown import TermsError
        from simulation.study.threshold import question
        from simulation.study.variation import VariationError

        found = loaded(scenario, seed=seed, months=months)
        share = _share(precision)
        asked: list[Question] = []
        wrong: typer.Exit | None = None
        for text in of:
            try:
                asked.append(
                    question(
                        found,
                        text,
                        structures=structure,
                        baseline=baseline,
                        measure=measure,
                        level=level,
                        replications=replications,
                        precision=share,
                    )
                )
            except VariationError as error:
                wrong = refuse(f"--of: {error}")
            except TermsError:
                raise
            except ValueError as error:  # the same for each: said once
                raise refuse(str(error)) from None
        if wrong is not None:
            raise wrong
        answered(
            *(each.answer for each in asked),
            jobs=jobs,
            backend=backend,
            cluster=cluster,
            store=store,
            no_store=no_store,
            out=out,
            language=lang,
            quiet=quiet,
        )


def _share(text: str | None) -> float | None:
    """A share of the range as typed, None where it is not given.

    Raises:
        typer.Exit: it is none.
    """
    from simulation.written.readers import parse_share
    from simulation.written.spelling import QuantityError

    if text is None:
        return None
    allowed = "allowed: a share of the range such as 5%, above 0 and below 100%"
    try:
        share = parse_share(text, {})
    except QuantityError as error:
        raise refuse(f"--precision: {error.reason}; {allowed}") from None
    if not 0 < share < 1:
        raise refuse(f"--precision: {text} is out of bounds; {allowed}")
    return share
