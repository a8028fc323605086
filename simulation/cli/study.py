"""The command `study`: a file of questions, answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.console import output, problems_reported, refuse, say, show
from simulation.cli.outputs import command_line, folder_of, usable
from simulation.cli.session import Cluster, NoStore, StorePath, laboratory
from simulation.cli.simulations import Backend, Jobs, Language, Quiet

if TYPE_CHECKING:
    from simulation.report.output_folder import OutputFolder
    from simulation.study.running import Answers


def study(
    file: Annotated[
        Path, typer.Argument(help="A study file (YAML), such as scenarios/studies/*.yaml.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the results to this folder.", show_default="the study's own"),
    ] = None,
    jobs: Jobs = None,
    backend: Backend = None,
    cluster: Cluster = None,
    store: StorePath = None,
    no_store: NoStore = False,
    lang: Language = None,
    quiet: Quiet = False,
) -> None:
    """Answer the questions of a study file.

    The file says which scenario, what to vary and what to report, so that the same study can be done again later; what
    was simulated before is taken from the store.
    """
    with problems_reported():
        from simulation.study.file import load_study
        from simulation.study.running import carry_out, problems_of

        asked = load_study(file)
        if problems := list(problems_of(asked)):
            from simulation.scenario.errors import ScenarioError

            raise ScenarioError(problems)
        usable(backend)
        wanted = out or (Path(asked.file.report.folder) if asked.file.report.folder else None)
        folder = folder_of(wanted) if wanted is not None else None
        try:

            def told(number: int, kind: str) -> None:
                if not quiet:
                    say(f"question {number + 1} of {len(asked.file.questions)}: {kind}")

            with laboratory(
                jobs=jobs, backend=backend, cluster=cluster, store=store, no_store=no_store, quiet=quiet
            ) as lab:
                answers = carry_out(asked, lab, told)
            if answers.comparison is not None and not answers.comparison.runs.finished:
                raise refuse("every replication of the comparison failed, there is no result")
            if not quiet:
                _print(answers)
                say(f"{lab.simulated} runs simulated, {lab.reused} taken from the store")
            if folder is not None:
                _write(answers, folder, lang or asked.file.report.language, quiet)
        finally:
            if folder is not None:
                folder.abandon()


def _print(answers: Answers) -> None:
    from rich.text import Text

    from simulation.report.findings.showing import showing
    from simulation.report.tables import report

    width = output().width
    if answers.study.file.title:
        show(Text(answers.study.file.title, style="bold"), Text())
    if answers.comparison is not None:
        show(*report(answers.comparison, width), Text())
    for finding in answers.findings:
        show(*showing(finding).terminal(finding, width), Text())


def _write(answers: Answers, folder: OutputFolder, language: str | None, quiet: bool) -> None:
    from simulation.report import files
    from simulation.report.findings.write import write_findings

    text = answers.study.path
    folder.add("study.yaml", Path(text).read_text(encoding="utf-8"))
    if answers.comparison is not None:
        made = files.write(
            answers.comparison,
            folder,
            command_line(),
            language=language,
            charts=answers.study.file.report.charts,
            findings=answers.findings,
        )
    else:
        made = write_findings(answers.findings, folder, command_line(), language)
    if not quiet:
        say(f"wrote {', '.join(path.name for path in made)} to {folder.path}")
