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
    asks="Whether another horizon would change the winner.",
    plan_met=False,
)
