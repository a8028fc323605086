"""Where a command writes and where it computes, checked before anything is simulated."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli.console import refuse
from simulation.texts import Verbatim, phrase_of, worded

if TYPE_CHECKING:
    from simulation.report.output_folder import OutputFolder


def folder_of(wanted: Path) -> OutputFolder:
    """The folder of results, made if it is not there.

    Raises:
        typer.Exit: it is no folder or cannot be written to.
    """
    from simulation.report.output_folder import OutputFolder

    try:
        for each in (wanted, *wanted.parents):
            if each.exists() and not each.is_dir():
                raise refuse(worded("out-no-folder", folder=each))
        return OutputFolder(wanted)
    except OSError as error:
        # the error names the file that was tried first, which says nothing to the user
        raise refuse(Verbatim(f"--out: {wanted}: {error.strerror or error}")) from None


def usable(backend: str | None) -> None:
    """Sees that a joblib backend is there: the one that is named, else the environment's.

    Raises:
        typer.Exit: it is unknown or not installed.
    """
    from simulation.analysis.executor import BACKEND

    of_environment = os.environ.get(BACKEND)
    given = BACKEND if backend in (None, of_environment) else "--backend"  # an option has the environment's value too
    backend = backend or of_environment
    if not backend:
        return
    from joblib import parallel_config

    try:
        if backend == "ray":
            from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

            register_ray()
        with parallel_config(backend=backend):
            from joblib.parallel import get_active_backend

            if not get_active_backend()[0].supports_return_generator:
                raise ValueError(worded("backend-all-at-once"))
    except (ValueError, ImportError) as error:
        raise refuse(worded("backend-unusable", given=given, backend=repr(backend), why=phrase_of(error))) from None


def command_line() -> list[str]:
    """The command line as a record keeps it: without the interpreter and folders of this machine."""
    return [Path(sys.argv[0]).name, *sys.argv[1:]]
