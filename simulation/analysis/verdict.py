"""The verdict: which structure is best, how sure that is, and what it hangs on.

Every piece stands in a field; `text` puts them together in English, and a report may put them together
otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.differences import Table, better_is_higher, difference
from simulation.analysis.intervals import PairedDifference
from simulation.analysis.phrases import amount, certainty, listed, percent, rounded_up, told_apart_amounts
from simulation.scenario.structures import Role, Structure

MANY = 1_000_000
"""More replications than anybody would run: the difference is then called nothing."""


@dataclass(frozen=True)
class Verdict:
    """Which structure is best by one measure.

    Attributes:
        measure: the measure that decides.
        best: the structure with the best mean; '' where no replication finished.
        rival: the one that is hardest to tell apart from the best; '' where there is none.
        told_apart: whether the best differs from every other one with joint confidence.
        tied: whether best and rival were equal in every year.
        confidence: how sure it is that the best mean is the best: exactly for two structures; for more, at
            least this much (one less the sum of the doubts about each other one, Bonferroni).
        difference: best less rival, with the interval that holds for all pairs of structures together.
        contenders: the structures that cannot be told apart from the best, the best among them.
        replications: years compared.
        replications_needed: about how many would tell the best from its rival with a probability of 80 %, if
            mean and spread stayed; None where they are told apart, or no number would do.
        assumptions: what differs between the structures besides who does what.
        pieces: the sentences of the text by their role: 'finding', 'certainty', 'years', 'given',
            'assumptions'.
    """

    measure: str
    best: str
    rival: str
    told_apart: bool
    tied: bool
    confidence: float
    difference: PairedDifference | None
    contenders: tuple[str, ...]
    replications: int
    replications_needed: int | None
    assumptions: tuple[str, ...]
    pieces: Mapping[str, str]

    @property
    def text(self) -> str:
        """The verdict as one paragraph."""
        return " ".join(piece for piece in self.pieces.values() if piece)


def judge(
    table: Table,
    titles: Mapping[str, str],
    measure: str,
    *,
    level: float = 0.95,
    measures_read: int = 1,
    assumptions: Sequence[str] = (),
    currency: str = "",
    sampled: bool = False,
) -> Verdict:
    """The verdict over all structures of a table.

    The best is picked after seeing the results, so every pair of structures counts as compared: the joint
    intervals hold for all pairs and all measures read (Bonferroni).

    Args:
        table: measures by structure and replication.
        titles: names of the structures in sentences, in their order.
        measure: the measure that decides.
        level: level of the intervals.
        measures_read: verdict measures that are read together.
        assumptions: what the structures differ in besides who does what.
        currency: of money.
        sampled: whether the inputs' ranges were sampled, so that the verdict is not 'given these inputs'.

    Raises KeyError for an unknown measure, ValueError for no structure.
    """
    names = list(titles)
    if not names:
        raise ValueError("a verdict needs a structure")
    describe(measure)
    sign = 1.0 if better_is_higher(measure) else -1.0
    means = {name: _mean(table, name, measure) * sign for name in names}
    known = [name for name in names if not math.isnan(means[name])]
    if not known:
        piece = {"finding": f"No year gave a value of {_named(measure)}, so nothing can be said."}
        return _verdict(measure, assumptions, piece)
    best = max(known, key=lambda name: means[name])
    others = [name for name in known if name != best]
    if not others:
        finding = f"{titles[best]} stands alone: there is nothing to compare it with."
        return _verdict(measure, assumptions, {"finding": finding}, best=best, confidence=math.nan)
    family = len(known) * (len(known) - 1) // 2 * measures_read
    against = {name: difference(table, best, name, measure, level, family) for name in others}
    rival = min(others, key=lambda name: _sureness(against[name]))
    confidence = max(0.0, 1.0 - sum(1.0 - _sureness(d) for d in against.values()))
    found = against[rival]
    contenders = (best, *(name for name in others if not against[name].told_apart))
    told_apart = len(contenders) == 1
    verdict = Verdict(
        measure=measure,
        best=best,
        rival=rival,
        told_apart=told_apart,
        tied=bool(found.share_of_years_tied == 1.0),
        confidence=confidence if found.n > 1 else math.nan,
        difference=found,
        contenders=contenders,
        replications=found.n,
        replications_needed=None if told_apart else found.replications_needed(),
        assumptions=tuple(assumptions),
        pieces={},
    )
    pieces = _pieces(verdict, titles, means, sign, currency, len(known), sampled)
    return Verdict(**{**vars(verdict), "pieces": pieces})


def structural_assumptions(
    structures: Mapping[str, Structure], titles: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What differs between structures besides who does what, in words; their own `structural` words first.

    Named are figures that hold for one structure only: its own hand-offs, loyalty programme, learning curves,
    ramps and cover of absent colleagues.

    Args:
        structures: the structures by name.
        titles: their names in sentences; the structures' own titles when None.
    """
    called = titles or {name: structure.title or name for name, structure in structures.items()}
    if len(structures) < 2:
        return ()
    found: list[str] = []
    for name, structure in structures.items():
        found += [f"{called[name]}: {words}" for words in structure.structural]
    own = {name: _own_figures(structure) for name, structure in structures.items()}
    for name, figures in own.items():
        for words, value in figures.items():
            if any(others.get(words) != value for others in own.values()):
                found.append(f"{called[name]}: {words}")
    return tuple(dict.fromkeys(found))


def _own_figures(structure: Structure) -> dict[str, object]:
    """Figures that a structure sets for itself: in words, and their values."""
    figures: dict[str, object] = {}
    if structure.hand_off is not None:
        figures["has its own figures for hand-offs"] = structure.hand_off
    if structure.loyalty is not None:
        figures["has a loyalty programme"] = structure.loyalty
    for name, role in structure.roles.items():
        figures |= _own_of_role(role.title or name, role)
    return figures


def _own_of_role(name: str, role: Role) -> dict[str, object]:
    figures: dict[str, object] = {}
    if role.learning:
        figures[f"{name} has its own learning curve for {listed(list(role.learning))}"] = role.learning
    if role.ramp:
        figures[f"{name} has its own ramp for {listed(list(role.ramp))}"] = role.ramp
    if role.cover > 0 and role.ownership == "personal":
        figures[f"colleagues cover an absent {name} at {percent(role.cover)} efficiency"] = role.cover
    return figures


def _verdict(
    measure: str,
    assumptions: Sequence[str],
    pieces: Mapping[str, str],
    best: str = "",
    confidence: float = math.nan,
) -> Verdict:
    """A verdict without a comparison."""
    return Verdict(
        measure=measure,
        best=best,
        rival="",
        told_apart=False,
        tied=False,
        confidence=confidence,
        difference=None,
        contenders=(best,) if best else (),
        replications=0,
        replications_needed=None,
        assumptions=tuple(assumptions),
        pieces=pieces,
    )


def _mean(table: Table, name: str, measure: str) -> float:
    values = table.of(name, measure)
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else math.nan


def _sureness(found: PairedDifference) -> float:
    return 0.0 if math.isnan(found.confidence_mean_better) else found.confidence_mean_better


def _named(measure: str) -> str:
    return describe(measure).title.lower()


def _pieces(
    verdict: Verdict,
    titles: Mapping[str, str],
    means: Mapping[str, float],
    sign: float,
    currency: str,
    structures: int,
    sampled: bool,
) -> dict[str, str]:
    found = verdict.difference
    assert found is not None  # only a comparison has sentences
    unit = describe(verdict.measure).unit
    best, rival = titles[verdict.best], titles[verdict.rival]

    def value(x: float) -> str:
        return amount(x, unit, currency)

    both = told_apart_amounts(means[verdict.best] * sign, means[verdict.rival] * sign, unit, currency)
    against = f"{both[0]} against {both[1]}"
    interval = f"joint {percent(found.level)} interval {value(found.joint_low)} to {value(found.joint_high)}"
    pieces = dict.fromkeys(("finding", "certainty", "years", "given", "assumptions"), "")
    if verdict.told_apart:
        pieces["finding"] = (
            f"{best} is best by {_named(verdict.measure)}: {against} under {rival}, "
            f"a difference of {value(found.mean)} ({interval})."
        )
        pieces["certainty"] = f"It is {_sure(verdict, structures)} sure that its mean is the best one."
    elif verdict.tied:
        pieces["finding"] = f"{best} and {rival} come out the same in every year: {against}."
    else:
        pieces["finding"] = _not_told_apart(verdict, titles, against, interval)
        pieces["certainty"] = _more_years(verdict, structures)
    if found.n > 1 and not verdict.tied and not math.isnan(found.share_of_years_better):
        pieces["years"] = f"{best} did better than {rival} in {percent(found.share_of_years_better)} of the years."
    if not sampled:
        pieces["given"] = "All this is given these inputs; how uncertain the inputs are is not in it."
    if verdict.assumptions:
        pieces["assumptions"] = (
            f"It hangs on what the structures are assumed to differ in: {'; '.join(verdict.assumptions)}."
        )
    return pieces


def _not_told_apart(verdict: Verdict, titles: Mapping[str, str], against: str, interval: str) -> str:
    years = "replication" if verdict.replications == 1 else "replications"
    names = listed([titles[name] for name in verdict.contenders])
    text = f"{names} cannot be told apart with {verdict.replications} {years}"
    if verdict.replications < 2:
        text += ": one year says nothing about the spread"
    best, rival = titles[verdict.best], titles[verdict.rival]
    ahead = f"{best} is ahead by {_named(verdict.measure)}, {against} under {rival}"
    return f"{text}. {ahead} (difference: {interval})." if verdict.replications > 1 else f"{text}. {ahead}."


def _more_years(verdict: Verdict, structures: int) -> str:
    if verdict.replications < 2:
        return ""
    text = f"It is {_sure(verdict, structures)} sure that the mean of the one ahead is the best one"
    if verdict.confidence < 0.5:
        text = "Which of them has the best mean is open"
    needed = verdict.replications_needed
    if needed is None or needed > MANY:
        return f"{text}; the difference is so small that no sensible number of replications would tell."
    count = rounded_up(max(needed, verdict.replications + 1))
    return (
        f"{text}; about {count} replications would be needed (with so many, a difference of this size is told in "
        "four cases out of five)."
    )


def _sure(verdict: Verdict, structures: int) -> str:
    """How sure the best mean is; among more than two structures it is a lower bound."""
    sure = certainty(verdict.confidence)
    return f"at least {sure.removeprefix('about ')}" if structures > 2 and sure.startswith("about ") else sure
