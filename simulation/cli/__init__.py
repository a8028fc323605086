"""The commands: parse, call, print; they decide nothing.

May use everything to its left. Start reading at `program.py`, which lists the commands and lets typer speak;
`scenarios.py` holds those that only read a scenario, `simulations.py` run and compare, `kinds.py` the runner of all
kinds of study and of their files, `options.py` makes commands of options, `console.py` says what is printed where, in
which language, and the exit codes. Whatever is slow to load is imported inside the command that needs it, so that
`--help` answers at once.
"""

import gc
import os

__all__ = ["main"]


def main() -> None:
    """Runs the command that the command line asks for; ends the process with its exit code."""
    # what is imported stays: looking through it for garbage, 700 objects at a time, is a sixth of a command's start
    gc.set_threshold(50_000, 20, 20)
    # matrices here are small: threads of the libraries for them would only be started, and wait
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from simulation.analysis import forks
    from simulation.cli import program

    forks.allow()
    program.main()
