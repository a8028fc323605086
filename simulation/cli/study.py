"""The command `study`: a file of questions, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.console import FAILED, mistake, output, problems_reported, say, show
from simulation.cli.options import HOW, OUT, How, command
from simulation.cli.session import command_line, folder_of, laboratory, usable
from simulation.cli.telling import print_findings, warn_left, write, wrote
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.report.output_folder import LeftOut, OutputFolder
    from simulation.study.running import Answers


def _study(values: Mapping[str, Any]) -> None:
    file, how = values["file"], How.of(values)
    with problems_reported():
        from simulation.study.file import load_study
        from simulation.study.running import carry_out, problems_of

        asked = load_study(file)
        if problems := list(problems_of(asked)):
            from simulation.written.errors import ScenarioError

            raise ScenarioError(problems)
        usable(how.backend)
        wanted = how.out or (Path(asked.file.report.folder) if asked.file.report.folder else None)
        folder = folder_of(wanted) if wanted is not None else None
        try:

            def told(number: int, kind: str) -> None:
                if not how.quiet:
                    say(worded("question", number=number + 1, all=len(asked.file.questions), kind=kind))

            with laboratory(how) as lab:
                answers = carry_out(asked, lab, told)
            if not how.quiet:
                say(worded("runs-simulated", runs=lab.simulated, reused=lab.reused))
            left = _tell(answers, folder, how.lang or asked.file.report.language, how.quiet)
        finally:
            if folder is not None:
                folder.abandon()
        for problem in answers.problems:
            mistake(problem.phrase)
        if answers.interrupted or left.interrupted:
            raise KeyboardInterrupt
        if answers.problems:
            raise typer.Exit(FAILED)


study = command(
    "study",
    [replace(OUT, shown="shown-the-study-s-own"), *(each for each in HOW if each is not OUT)],
    _study,
    {"file": (Annotated[Path, typer.Argument(help="argument-study", show_default=False)], True)},
)


def _tell(answers: Answers, folder: OutputFolder | None, language: str | None, quiet: bool) -> LeftOut:
    """Writes the answers, then prints them; what fails on the way is named and left out."""
    from simulation.report.output_folder import LeftOut

    left = LeftOut(folder)
    if folder is not None:
        _write(answers, folder, language, quiet, left)
    if not quiet:
        _print(answers, left, language)
    warn_left(left)
    return left


def _print(answers: Answers, left: LeftOut, language: str | None) -> None:
    from rich.text import Text

    from simulation.report.tables import report

    if answers.study.file.title:
        show(Text(answers.study.file.title, style="bold"), Text())
    if answers.comparison is not None:
        show(*report(answers.comparison, output().width, left=left, language=language), Text())
    print_findings(answers.findings, left, language)
    if answers.findings:
        show(Text())


def _write(answers: Answers, folder: OutputFolder, language: str | None, quiet: bool, left: LeftOut) -> None:
    from simulation.report import files
    from simulation.texts import say as phrase

    with left.part("study.yaml"):
        folder.add("study.yaml", Path(answers.study.path).read_text(encoding="utf-8"))
    if answers.comparison is None:
        write(answers.findings, folder, language, quiet, left)
        return
    made = files.write_numbers(answers.comparison, folder, command_line(), left)
    with left.part(phrase("left-out-drawn"), stops=True):
        made += files.write_more(
            answers.comparison,
            folder,
            command_line(),
            left,
            language=language,
            charts=answers.study.file.report.charts,
            findings=answers.findings,
        )
    if not quiet:
        wrote(made, folder)
