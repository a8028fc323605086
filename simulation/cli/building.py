"""Commands made of options: what a kind of study lists becomes an option of its command, with its help and bounds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.study.kind import Names, Option

Arguments = Mapping[str, tuple[Any, bool]]
"""Arguments by name: what typer takes, and whether they have to be given."""

SCENARIO: Arguments = {
    "scenario": (Annotated[Path, typer.Argument(help="argument-scenario", show_default=False)], True)
}

Body = Callable[[Mapping[str, Any]], None]


def command(name: str, options: Sequence[Option], body: Body, arguments: Arguments = SCENARIO) -> Callable[..., None]:
    """A command of arguments and options.

    Args:
        name: of the command.
        options: what it takes.
        body: called with the values by the names of arguments and options.
        arguments: what stands without the name of an option.
    """

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
    one = str if option.type == Names or option.type == str | float else option.type
    kind: Any = list[str] if many else one
    if option.default is None and not option.required:
        kind = kind | None
    return Annotated[
        kind,
        typer.Option(
            option.typed,
            help=option.help,
            metavar=option.metavar,
            min=option.least,
            max=option.most,
            envvar=option.variable or None,
            show_default=option.shown,
        ),
    ]
