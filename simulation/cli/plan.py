"""The command `plan`: what the year's target takes, in closed form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.building import annotated
from simulation.cli.checked import checked
from simulation.cli.choices import known
from simulation.cli.console import FAILED, output, problems_reported, refuse, say, show
from simulation.cli.options import LANG
from simulation.cli.outputs import folder_of
from simulation.cli.scenarios import File
from simulation.cli.telling import warn_left
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.scenario.money import Plan
    from simulation.scenario.scenario import Scenario


def plan(
    scenario: File,
    structure: Annotated[list[str] | None, typer.Option(help="option-plan-structure", show_default=False)] = None,
    target: Annotated[
        str,
        typer.Option(help="option-plan-target", show_default=False),
    ] = "",
    out: Annotated[Path | None, typer.Option(help="option-plan-out", show_default=False)] = None,
    lang: annotated(LANG) = None,  # type: ignore[valid-type]
) -> None:
    """What the plan takes, step by step, without simulating.

    The year's target by quarter, month and week, and from it deals, leads, calls, hours, people and payroll; what is
    short.
    """
    with problems_reported():
        loaded, _ = checked(scenario)
        wanted = _structures(loaded, structure or [])
        goal = _goal(loaded, target)
        from simulation.finance.planning import bottom_up
        from simulation.report.plan_tables import plan_report
        from simulation.texts import language_of, texts

        plans = {name: bottom_up(loaded, name, goal) for name in wanted}
        words = texts(lang or language_of(loaded.locale))
        show(*plan_report(loaded, plans, words, output().width))
        if out is not None:
            from simulation.report.left_out import LeftOut
            from simulation.report.plot import plan_funnel
            from simulation.report.plot.saving import save
            from simulation.report.plot.style import figure_of

            folder = folder_of(out)
            left = LeftOut(folder)
            try:
                for name, found in plans.items():
                    file = folder.named(f"plan-{name}", ".png")
                    with left.part(file):
                        save(figure_of(plan_funnel(loaded, found, lang=words.language)), folder.reserve(file), "png")
                written = folder.finish(failed=left.failed)
            finally:
                folder.abandon()
            warn_left(left)
            if not written:
                raise typer.Exit(FAILED)
            say(worded("wrote", files=", ".join(str(path) for path in written)))


def _structures(scenario: Scenario, wanted: list[str]) -> list[str]:
    for name in wanted:
        known("--structure", "structure", name, scenario.structures)
    return wanted or list(scenario.structures)


def _goal(scenario: Scenario, target: str) -> Plan:
    plan = scenario.plan
    if plan is None and not target:
        raise refuse(worded("no-plan"))
    if plan is not None and target in ("", *plan.targets):
        return plan.model_copy(update={"target": plan.targets[target]}) if target else plan
    # read as the file would be, so that a mistake is told in the same words
    found = scenario.replace({"plan.target": target} if plan is not None else {"plan": {"target": target}}).plan
    assert found is not None
    return found
