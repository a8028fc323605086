"""In which order deals pass their stages: by who comes before whom in histories, else by the age of what is open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

MOST = 60
"""Stages of a pipeline that are held against one another pair by pair; beyond, the median place decides."""


def stages_of(
    deals: pd.DataFrame, entries: pd.DataFrame, given: Sequence[str], as_of: np.datetime64
) -> tuple[str, ...]:
    """Stages in the order in which deals pass them, pipeline by pipeline.

    Of two stages that comes first which more deals entered first; a stage's place is how many it precedes (Copeland).
    Without a history the stage whose open deals are younger (median) comes first.

    Args:
        deals: table of the records.
        entries: table of the records.
        given: the order that the user said, which comes first.
        as_of: the end of the records.
    """
    named = pd.concat([entries[["pipeline", "stage"]], deals[["pipeline", "stage"]]], ignore_index=True)
    named = named[named["stage"] != ""]
    there = set(named["stage"].unique())
    result = [stage for stage in given if stage in there]
    left = there - set(result)
    if not left:
        return tuple(result)
    counts = named.groupby(["stage", "pipeline"], sort=False).size().reset_index(name="rows")
    home = counts.sort_values("rows", kind="stable").groupby("stage", sort=False)["pipeline"].last()
    pipelines = {name: place for place, name in enumerate(dict.fromkeys(named["pipeline"]))}
    places = _by_history(entries) if not entries.empty else {}
    ages = _by_age(deals, as_of)
    last = len(there) + 1.0
    order = sorted(
        left, key=lambda stage: (pipelines[home[stage]], places.get(stage, last), ages.get(stage, np.inf), stage)
    )
    return (*result, *order)


def _by_history(entries: pd.DataFrame) -> dict[str, float]:
    """Place of each stage among those of the histories, 0 for the first; of several rows of a deal the first counts."""
    codes, stages = pd.factorize(entries["stage"])
    rows = pd.DataFrame({"deal": entries["deal"].to_numpy(), "stage": codes, "row": np.arange(len(codes))})
    first = rows.drop_duplicates(["deal", "stage"])
    if len(stages) > MOST:
        middle = first.groupby("deal", sort=False).cumcount().groupby(first["stage"]).median()
        return {str(stages[int(str(code))]): float(place) for code, place in middle.items()}
    deal, _ = pd.factorize(first["deal"])
    never = np.iinfo(np.int32).max
    when = np.full((deal.max() + 1, len(stages)), never, np.int32)
    when[deal, first["stage"]] = first["row"]
    came = when < never
    before = np.zeros(len(stages))
    for one in range(len(stages)):
        mine = came[:, one]
        both = came[mine]
        sooner = ((when[mine, one][:, None] < when[mine]) & both).sum(axis=0)
        later = ((when[mine, one][:, None] > when[mine]) & both).sum(axis=0)
        before[one] = np.sign(sooner - later).sum()
    return {str(stage): float(-count) for stage, count in zip(stages, before, strict=True)}


def _by_age(deals: pd.DataFrame, as_of: np.datetime64) -> dict[str, float]:
    """Median age of the open deals of each stage, days."""
    still = deals[(deals["status"] == "open") & (deals["stage"] != "")]
    ages = (pd.Timestamp(as_of) - still["created"]).dt.total_seconds() / 86_400
    return {str(stage): float(age) for stage, age in ages.groupby(still["stage"]).median().items()}
