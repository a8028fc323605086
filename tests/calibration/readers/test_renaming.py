"""When two names are one stage, and when they are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from simulation.calibration.readers import renaming

END = np.datetime64("2025-12-01", "s")


def entries(name: Callable[[str, bool, np.random.Generator], list[str]], seed: int = 1) -> pd.DataFrame:
    """Eight hundred deals of eleven months through talk, offer, terms, contract; `name` says what follows in July."""
    rng = np.random.default_rng(seed)
    change = pd.Timestamp("2025-07-01")
    rows = []
    for deal in range(800):
        at = pd.Timestamp("2025-01-06") + pd.Timedelta(days=float(rng.uniform(0, 300)))
        for stage in ("talk", "offer", "terms", "contract"):
            for called in name(stage, at >= change, rng):
                if at < pd.Timestamp(END):
                    rows.append((deal, called, at))
                at += pd.Timedelta(days=float(rng.exponential(2)))
            if rng.random() > 0.8:
                break
    return pd.DataFrame(rows, columns=["deal", "stage", "entered"])


def pairs(frame: pd.DataFrame, known: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return {(each.old, each.new) for each in renaming.joined(frame, END, known)}


def test_a_new_name_at_the_same_place_is_the_same_stage() -> None:
    frame = entries(lambda stage, late, rng: ["quote" if late and stage == "offer" else stage])
    assert pairs(frame) == {("offer", "quote")} and pairs(frame, ("offer",)) == set()
    one = renaming.without_repeats(renaming.renamed(frame, {"offer": "quote"}))
    assert set(one["stage"]) == {"talk", "quote", "terms", "contract"} and len(one) == len(frame)


def test_cards_that_were_moved_to_the_new_name_stand_there_once() -> None:
    """Whoever is in the stage on the day of the change has both names, one after the other."""
    frame = entries(lambda stage, late, rng: ["quote" if late and stage == "offer" else stage])
    last = frame.groupby("deal")["entered"].transform("max")
    there = frame[(frame["stage"] == "offer") & (frame["entered"] == last)].head(40)
    moved = pd.DataFrame({"deal": there["deal"], "stage": "quote", "entered": pd.Timestamp("2025-07-01 09:00")})
    both = pd.concat([frame, moved]).sort_values(["deal", "entered"], kind="stable").reset_index(drop=True)
    assert pairs(both) == {("offer", "quote")}
    assert len(renaming.without_repeats(renaming.renamed(both, {"offer": "quote"}))) == len(frame)


def test_a_stage_that_was_divided_is_none_that_got_another_name() -> None:
    def divided(stage: str, late: bool, rng: np.random.Generator) -> list[str]:
        return [str(rng.choice(["quote", "tender"]))] if late and stage == "offer" else [stage]

    assert pairs(entries(divided)) == set()


def test_another_way_through_the_sale_is_no_new_name() -> None:
    """In July the offer goes, and a trial comes, from which half of the deals go straight to the contract."""

    def other(stage: str, late: bool, rng: np.random.Generator) -> list[str]:
        if late and stage == "offer":
            return ["trial"]
        return [] if late and stage == "terms" and rng.random() < 0.5 else [stage]

    frame = entries(other)
    assert [(each.old, each.new) for each in renaming.candidates(frame, END)] == [("offer", "trial")]
    assert pairs(frame) == set()


def test_nothing_is_joined_where_nothing_changed() -> None:
    for seed in range(5):
        assert pairs(entries(lambda stage, late, rng: [stage], seed)) == set()
    assert renaming.joined(entries(lambda stage, late, rng: [stage])[:0], END, ()) == ()
