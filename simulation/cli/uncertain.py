"""`compare --uncertain`: the ranges of the inputs sampled together with chance."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.cli.console import refuse, say
from simulation.cli.options import How
from simulation.cli.progress import Progress
from simulation.cli.replays import report_failure
from simulation.study.kind import Option
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.analysis.results import Result
    from simulation.store import Store
    from simulation.study.uncertainty.finding import Uncertainty

UNCERTAIN = Option(
    "uncertain",
    bool,
    "option-uncertain",
    False,
)
SAMPLES = Option(
    "samples",
    int,
    "option-samples",
    shown="shown-200-or-eight-an-input-where-that-is-more",
    least=20,
    most=100_000,
)
BY_ITSELF = 0
"""Samples of somebody who gives no number."""


def samples_asked(uncertain: bool, samples: int | None, more: int) -> int | None:
    """Points that the command line asks for, `BY_ITSELF` where it gives no number; None without --uncertain.

    Args:
        uncertain: whether --uncertain is there.
        samples: what --samples says.
        more: scenarios besides the first.

    Raises:
        typer.Exit: the options contradict each other.
    """
    if not uncertain:
        if samples is not None:
            raise refuse(worded("samples-alone"))
        return None
    if more:
        raise refuse(worded("uncertain-one-file"))
    return samples or BY_ITSELF


def over_inputs(result: Result, how: How, samples: int, store: Store | None) -> tuple[Result, Uncertainty]:
    """A comparison whose verdict says how sure it is over the ranges of the inputs, and the finding about them.

    Raises:
        RuntimeError: too many years failed.
    """
    from simulation.analysis.comparison import Comparison
    from simulation.study.lab import Lab
    from simulation.study.uncertainty.answer import uncertainty

    assert isinstance(result, Comparison)
    began = time.perf_counter()
    with Progress(quiet=how.quiet) as progress:
        lab = Lab(jobs=how.jobs, backend=how.backend, store=store, watch=progress.step)
        try:
            found = uncertainty(
                result.scenario,
                structures=result.structures,
                baseline=result.baseline,
                measure=result.measure,
                level=result.level,
                samples=samples or None,
                lab=lab,
            )
        except RuntimeError:
            for failure in lab.failures[:1]:
                report_failure(failure)
            raise
    if not how.quiet:
        seconds = f"{time.perf_counter() - began:.1f}"
        say(worded("runs-over-inputs", runs=lab.simulated, seconds=seconds, reused=lab.reused))
    return replace(result, over_inputs=found.verdict), found
