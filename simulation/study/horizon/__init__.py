"""Horizon: whether a longer or shorter run, or what is there at its end, would change the winner.

Start reading at `answer`; `analysis.horizon` says what would change the winner.
"""

from __future__ import annotations

from simulation.study.kind import Kind

HORIZON = Kind(
    name="horizon",
    options=(),
    show="study.horizon.show:SHOWING",
    finding="horizon",
    function="study.horizon.answer:horizon",
    says="""Say whether a longer or shorter run would change the winner.

    Adds up what each structure brings month by month, and says where the first year, the last months or what is there
    at the end name another winner than the whole run.
    """,
    asks="Whether another horizon would change the winner.",
    plan_met=False,
)
