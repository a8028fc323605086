"""The options of all commands that simulate, besides those of what is asked: how, where to, and in which language.

Here too: commands made of options: what a kind of study lists becomes an option of its command, with its help and
bounds; the options that ask for narrow intervals in place of a number of replications; `compare --uncertain`: the
ranges of the inputs sampled together with chance.
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulation.cli.console import problems_reported, refuse, say
from simulation.cli.session import Progress, known
from simulation.cli.telling import report_failure
from simulation.study.kind import Names, Option
from simulation.texts import Shortest, Verbatim, joined, phrase_of, worded

if TYPE_CHECKING:
    from simulation.analysis.precision import Precision
    from simulation.analysis.results import Result
    from simulation.store import Store
    from simulation.study.uncertainty.finding import Uncertainty


Arguments = Mapping[str, tuple[Any, bool]]
"""Arguments by name: what typer takes, and whether they have to be given."""

SCENARIO: Arguments = {
    "scenario": (Annotated[Path, typer.Argument(help="argument-scenario", show_default=False)], True)
}

Body = Callable[[Mapping[str, Any]], None]


def command(name: str, options: Sequence[Option], body: Body, arguments: Arguments = SCENARIO) -> Callable[..., None]:
    """A command of arguments and options."""

    def made(**values: Any) -> None:
        body(values)

    parameters = [
        _parameter(each, kind, inspect.Parameter.empty if needed else None)
        for each, (kind, needed) in arguments.items()
    ]
    parameters += [_parameter(each.name, annotated(each), _default(each)) for each in options]
    made.__name__ = made.__qualname__ = name
    made.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    made.__annotations__ = {each.name: each.annotation for each in parameters}
    return made


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _default(option: Option) -> Any:
    return inspect.Parameter.empty if option.required else option.default


def annotated(option: Option) -> Any:
    """The type and the option of a parameter, as typer takes them."""
    many = option.type == Names or option.questions
    one = str if option.type == Names or option.type == str | float or option.choices else option.type
    kind: Any = list[str] if many else one
    if option.default is None and not option.required:
        kind = kind | None
    return Annotated[
        kind,
        typer.Option(
            option.typed,
            help=option.help,
            metavar=f"[{'|'.join(option.choices)}]" if option.choices else option.metavar,
            callback=_looked_at(option) if option.choices else None,
            min=option.least,
            max=option.most,
            envvar=option.variable or None,
            show_default=option.shown,
        ),
    ]


def _looked_at(option: Option) -> Callable[[Any], Any]:
    """What refuses a value that is not in the option's list, as every unknown name is refused."""

    def among(value: Any) -> Any:
        with problems_reported():
            return option.among(value)

    return among


JOBS = Option("jobs", int, "option-jobs", shown="shown-all-cores", least=1)
BACKEND = Option("backend", str, "option-backend", shown="loky", variable="SALES_SIM_BACKEND")
CLUSTER = Option("cluster", str, "option-cluster", metavar="ADDRESS")
STORE = Option("store", Path, "option-store", metavar="FILE", shown="shown-sales-sim-store-else-the-user-s-cache")
NO_STORE = Option("no_store", bool, "option-no-store", False)
OUT = Option("out", Path, "option-out", metavar="DIR")
LANG = Option("lang", Literal["en", "ru"], "option-lang", shown="shown-the-scenario-s-locale")
QUIET = Option("quiet", bool, "option-quiet", False)
SPOKEN = replace(LANG, help="option-lang-here", shown="shown-locale")
"""Of commands that show nothing but words of their own."""
HOW = (JOBS, BACKEND, CLUSTER, STORE, NO_STORE, OUT, LANG, QUIET)


@dataclass(frozen=True, kw_only=True)
class How:
    """The values of `HOW`."""

    jobs: int | None = None
    backend: str | None = None
    cluster: str | None = None
    store: Path | None = None
    no_store: bool = False
    out: Path | None = None
    lang: str | None = None
    quiet: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> How:
        """Those among the values of a command."""
        return cls(**{each.name: values[each.name] for each in HOW})


def precision_asked(
    text: str | None, of: Sequence[str] | None, measures: Collection[str], most: int | None
) -> Precision | None:
    """What the command line asks for; None where it asks for nothing.

    Args:
        text: share or amount as typed.
        of: names of measures.
        measures: names that there are.
        most: replications at the most; the default when None.

    Raises:
        typer.Exit: it cannot be understood.
    """
    from simulation.analysis.precision import MOST, parse_precision

    if text is None:
        if of:
            raise refuse(worded("precision-of-alone"))
        return None
    for name in of or ():
        known("--precision-of", "measure", name, measures)
    try:
        return parse_precision(text, tuple(of or ()), most or MOST)
    except ValueError as error:
        raise refuse(joined((Verbatim("--precision"), phrase_of(error)), ": ")) from None


UNCERTAIN = Option("uncertain", bool, "option-uncertain", False)
SAMPLES = Option(
    "samples", int, "option-samples", shown="shown-200-or-eight-an-input-where-that-is-more", least=20, most=100_000
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
        seconds = Shortest(round(time.perf_counter() - began, 1))
        say(worded("runs-over-inputs", runs=lab.simulated, seconds=seconds, reused=lab.reused))
    return replace(result, over_inputs=found.verdict), found
