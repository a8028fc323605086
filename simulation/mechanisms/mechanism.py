"""What a mechanism says of itself beside its keys and its rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mechanism:
    """One of the ways in which a structure can make a difference.

    Its paragraph in docs/model.md is the one that names it after 'Neutral:'.

    Attributes:
        name: of its neutral setting, as its keys give it (`Neutral`).
        player: what it is a part of where a difference is divided among reasons (`explain`).
        rule: where it acts in a run, dotted names in `simulation`: lines that are hot, or what calls the rules here.
        closed_form: where the closed form has it, a dotted name in `simulation`; or '' and `left_out` says why it has
            not.
        left_out: why the closed form leaves it out.
        measures: the measures that tell most of it.
    """

    name: str
    player: str
    rule: tuple[str, ...]
    closed_form: str = ""
    left_out: str = ""
    measures: tuple[str, ...] = ()
