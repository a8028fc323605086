"""The verdict: which structure is best, how sure that is, and what it hangs on.

Every piece stands in a field; `text` puts them together in English, and a report may put them together
otherwise.

Here too: two amounts of a sentence, with as many digits as it takes to see that they differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.intervals import PairedDifference
from simulation.analysis.measure_words import measure_term
from simulation.analysis.quantiles import Proportion, share_phrase
from simulation.analysis.summaries import Table, difference
from simulation.scenario.structures import Role, Structure
from simulation.scenario.titles import role_titles, told_apart
from simulation.texts import Amount, Count, Percent, Phrase, Sure, joined, say, texts
from simulation.texts.values import Unit
from simulation.written.shown import Shown
from simulation.written.spelled import spelled

MANY = 1_000_000
"""More replications than anybody would run: the difference is then called nothing."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who is best, and how sure that is: what every verdict says, in a comparison and at each point of a study.

    Attributes:
        best: the structure with the best mean; '' where no replication finished.
        rival: the one that is hardest to tell apart from the best; '' where there is none.
        told_apart: whether the best differs from every other one with joint confidence.
        confidence: how sure it is that the best mean is the best: exactly for two structures and one look; else at
            least this much (one less the sum of the doubts about each other one, times the looks: Bonferroni).
        difference: best less rival, with the interval that holds for all pairs of structures together.
        contenders: the structures that cannot be told apart from the best, the best among them.
    """

    best: str
    rival: str
    told_apart: bool
    confidence: float
    difference: PairedDifference | None
    contenders: tuple[str, ...]

    @property
    def winner(self) -> str:
        """The structure that is told apart as the best, '' where that is open."""
        return self.best if self.told_apart else ""


def standing(
    means: Mapping[str, float], less: Callable[[str, str], PairedDifference], *, higher: bool, looks: int = 1
) -> Standing:
    """Who is best among structures with known means.

    Args:
        means: of the measure, by structure; two or more. The first of equal ones is the best.
        less: one structure less another, with intervals that are joint over all pairs: the best is picked after
            seeing the results.
        higher: whether a higher value is better.
        looks: how often the same comparison could have been ended; the doubt is shared out (Bonferroni).
    """
    best = (max if higher else min)(means, key=lambda name: means[name])
    against = {name: less(best, name) for name in means if name != best}
    rival = min(against, key=lambda name: _sureness(against[name]))
    doubt = sum(1.0 - _sureness(each) for each in against.values())
    contenders = (best, *(name for name, each in against.items() if not each.told_apart))
    return Standing(
        best=best,
        rival=rival,
        told_apart=len(contenders) == 1,
        confidence=max(0.0, 1.0 - doubt * looks),
        difference=against[rival],
        contenders=contenders,
    )


@spelled
@dataclass(frozen=True, kw_only=True, repr=False)
class Verdict(Shown, Standing):
    """Which structure is best by one measure.

    Attributes:
        measure: the measure that decides.
        tied: whether best and rival were equal in every year.
        replications: years compared.
        replications_needed: about how many would tell the best from its rival with a probability of 80 %, if
            mean and spread stayed; None where they are told apart, or no number would do.
        assumptions: what differs between the structures besides who does what.
        pieces: the sentences of the text by their role: 'finding', 'certainty', 'years', 'given',
            'assumptions'.
    """

    measure: str
    tied: bool
    replications: int
    replications_needed: int | None
    assumptions: tuple[str, ...]
    pieces: Mapping[str, str]

    def __repr__(self) -> str:
        """The finding, in a line."""
        return f"Verdict({str(self.pieces.get('finding', self.best))!r})"

    @property
    def text(self) -> Phrase:
        """The verdict as one paragraph."""
        return joined(self.pieces.values())


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
    bare: bool = False,
) -> Verdict:
    """The verdict over all structures of a table.

    The best is picked after seeing the results, so every pair of structures counts as compared: the joint
    intervals hold for all pairs and all measures read (Bonferroni).

    Raises KeyError for an unknown measure, ValueError for no structure.
    """
    names = list(titles)
    if not names:
        raise ValueError("a verdict needs a structure")
    higher = describe(measure).upwards
    means = {name: mean for name in names if not math.isnan(mean := _mean(table, name, measure))}
    if not means:
        piece = {"finding": say("verdict-no-value", measure=measure_term(measure, bare=bare))}
        return _verdict(measure, assumptions, piece)
    if len(means) == 1:
        (best,) = means
        finding = say("verdict-alone", best=titles[best])
        return _verdict(measure, assumptions, {"finding": finding}, best=best, confidence=math.nan)
    family = len(means) * (len(means) - 1) // 2 * measures_read
    stands = standing(means, lambda a, b: difference(table, a, b, measure, level, family), higher=higher)
    found = stands.difference
    assert found is not None
    verdict = Verdict(
        **vars(stands)
        | {
            "confidence": stands.confidence if found.n > 1 else math.nan,
            "measure": measure,
            "tied": bool(found.share_of_years_tied == 1.0),
            "replications": found.n,
            "replications_needed": None if stands.told_apart else found.replications_needed(),
            "assumptions": tuple(assumptions),
            "pieces": {},
        }
    )
    return replace(verdict, pieces=_pieces(verdict, titles, means, currency, sampled, bare))


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
    called = titles or told_apart({name: structure.title for name, structure in structures.items()})
    if len(structures) < 2:
        return ()
    found: list[str] = []
    for name, structure in structures.items():
        found += [say("of-a-structure", structure=called[name], what=words) for words in structure.structural]
    own = {name: _own_figures(structure) for name, structure in structures.items()}
    for name, figures in own.items():
        for words, value in figures.items():
            if any(others.get(words) != value for others in own.values()):
                found.append(say("of-a-structure", structure=called[name], what=words))
    return tuple(dict.fromkeys(found))


def _own_figures(structure: Structure) -> dict[Phrase, object]:
    """Figures that a structure sets for itself: in words, and their values."""
    figures: dict[Phrase, object] = {}
    if structure.hand_off is not None:
        figures[say("own-hand-offs")] = structure.hand_off
    if structure.loyalty is not None:
        figures[say("own-loyalty")] = structure.loyalty
    titles = role_titles(structure)
    for name, role in structure.roles.items():
        figures |= _own_of_role(titles[name], role)
    return figures


def _own_of_role(name: str, role: Role) -> dict[Phrase, object]:
    figures: dict[Phrase, object] = {}
    if role.learning:
        figures[say("own-learning", role=name, activities=list(role.learning))] = role.learning
    if role.ramp:
        figures[say("own-ramp", role=name, activities=list(role.ramp))] = role.ramp
    if role.cover > 0 and role.ownership == "personal":
        figures[say("own-cover", role=name, share=Percent(role.cover))] = role.cover
    return figures


def _verdict(
    measure: str, assumptions: Sequence[str], pieces: Mapping[str, str], best: str = "", confidence: float = math.nan
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


def _pieces(
    verdict: Verdict, titles: Mapping[str, str], means: Mapping[str, float], currency: str, sampled: bool, bare: bool
) -> dict[str, str]:
    found = verdict.difference
    assert found is not None  # only a comparison has sentences
    unit, structures = describe(verdict.measure).unit, len(means)
    best, rival = titles[verdict.best], titles[verdict.rival]

    def value(x: float) -> Amount:
        return Amount(x, unit, currency)

    both = told_apart_amounts(means[verdict.best], means[verdict.rival], unit, currency)
    said = {
        "best": best,
        "rival": rival,
        "measure": measure_term(verdict.measure, bare=bare),
        "first": both[0],
        "second": both[1],
    }
    interval = say(
        "verdict-interval", level=Percent(found.level), low=value(found.joint_low), high=value(found.joint_high)
    )
    pieces: dict[str, str] = dict.fromkeys(("finding", "certainty", "years", "given", "assumptions"), "")
    if verdict.told_apart:
        pieces["finding"] = say("verdict-best", **said, difference=value(found.mean), interval=interval)
        pieces["certainty"] = say("verdict-sure", sure=_sure(verdict, structures))
    elif verdict.tied:
        pieces["finding"] = say("verdict-tied", **said)
    else:
        pieces["finding"] = _not_told_apart(verdict, titles, said, interval)
        pieces["certainty"] = _more_years(verdict, structures)
    if found.n > 1 and not verdict.tied and not math.isnan(found.share_of_years_better):
        share, low, high = (getattr(found, f"share_of_years_better{end}") for end in ("", "_low", "_high"))
        better = share_phrase(Proportion(share, low, high, found.n))
        tied = "yes" if found.share_of_years_tied > 0 else "no"
        equal = Percent(found.share_of_years_tied)
        pieces["years"] = say("verdict-years", **said, share=better, tied=tied, equal=equal)
    if not sampled:
        pieces["given"] = say("verdict-given")
    if verdict.assumptions:
        pieces["assumptions"] = say("verdict-hangs-on", assumptions=joined(verdict.assumptions, "; "))
    return pieces


def _not_told_apart(
    verdict: Verdict, titles: Mapping[str, str], said: Mapping[str, object], interval: Phrase
) -> Phrase:
    names = [titles[name] for name in verdict.contenders]
    if verdict.replications > 1:
        return say("verdict-not-told-apart", **said, names=names, years=verdict.replications, interval=interval)
    return say("verdict-one-year", **said, names=names, years=verdict.replications)


def _more_years(verdict: Verdict, structures: int) -> str:
    if verdict.replications < 2:
        return ""
    sure = say("verdict-sure-ahead", sure=_sure(verdict, structures))
    if verdict.confidence < 0.5:
        sure = say("verdict-open")
    needed = verdict.replications_needed
    if needed is None or needed > MANY:
        return say("verdict-never-told", sure=sure)
    return say("verdict-years-needed", sure=sure, count=Count(max(needed, verdict.replications + 1)))


def _sure(verdict: Verdict, structures: int) -> Sure:
    """How sure the best mean is; among more than two structures it is a lower bound."""
    return Sure(verdict.confidence, bound=structures > 2)


MOST_DIGITS = 6
"""Most digits that are added to tell two amounts apart."""


def told_apart_amounts(first: float, second: float, unit: Unit, currency: str = "") -> tuple[Amount, Amount]:
    """Two values of a measure, with as many digits as it takes to see that they differ."""
    write = texts("en").written
    for more in range(MOST_DIGITS + 1):
        both = Amount(first, unit, currency, more), Amount(second, unit, currency, more)
        if first == second or write(both[0]) != write(both[1]):
            return both
    return Amount(first, unit, currency), Amount(second, unit, currency)
