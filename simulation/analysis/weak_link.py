"""The weak link: where one more person, or one more point of conversion, adds most profit; by simulating it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from simulation.analysis.comparison import simulate
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown
from simulation.scenario.titles import role_titles
from simulation.texts import Phrase, joined, say
from simulation.written.errors import ScenarioError

YEARS = (
    *("share_of_years_better", "share_of_years_better_low", "share_of_years_better_high"),
    *("share_of_years_tied", "confidence_mean_better"),
)
POINT = 0.01
"""One more point of conversion."""


@dataclass(frozen=True)
class Link:
    """One change and what it adds.

    Attributes:
        kind: 'person' (one more position, at its pay) or 'conversion' (one more point, for nothing).
        name: the role, or the stage.
        path: dotted path of what is changed.
        value: its new value.
        difference: profit with the change less profit without, in the same years, money; the joint interval holds for
            all links of the structure together.
    """

    kind: Literal["person", "conversion"]
    name: str
    path: str
    value: float
    difference: PairedDifference


@dataclass(frozen=True)
class WeakLink:
    """The links of a structure, the one that adds most first within each kind.

    `left` holds the changes that the structure does not allow, with the reason.
    """

    structure: str
    people: tuple[Link, ...]
    conversions: tuple[Link, ...]
    years: int
    left: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> Phrase:
        """Which it is, in words; nothing is named that cannot be told from nothing."""
        found = [_sentence(links) for links in (self.people, self.conversions) if links]
        found += [say("weak-link-not-tried", name=name, why=why) for name, why in self.left]
        return joined(found)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""

        def plain(link: Link) -> dict[str, Any]:
            found = asdict(link.difference)
            kept = ("mean", "low", "high", "joint_low", "joint_high", *YEARS)
            return {"name": link.name, "path": link.path, "value": link.value} | {key: found[key] for key in kept}

        return {
            "people": [plain(link) for link in self.people],
            "conversion": [plain(link) for link in self.conversions],
            "left_out": [{"name": name, "why": why} for name, why in self.left],
            "text": str(self.text),
        }


def _sentence(links: tuple[Link, ...]) -> Phrase:
    best = links[0]
    what = say(f"weak-link-one-{best.kind}", name=best.name)
    sure = best.difference.joint_low > 0
    if not sure and best.difference.mean > 0:
        return say("weak-link-unsure", what=what)
    if not sure:
        return say(f"weak-link-no-{best.kind}")
    rest = [link for link in links[1:] if link.difference.joint_high > best.difference.joint_low]
    if rest:
        return say("weak-link-tied", name=best.name, what=what, rest=joined((link.name for link in rest), ", "))
    return say("weak-link-is", name=best.name, what=what)


def weak_link(
    result: Result,
    structure: str,
    *,
    jobs: int | None = None,
    backend: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> WeakLink:
    """Simulate a structure again with one more person in each role, and with one more point at each stage.

    The same years as in the result, so that differences are paired. A person costs the role's pay; a point of
    conversion costs nothing here: compare it with what it would take. Roles that work on no lead or customer are left
    out, and stages that are always passed.

    Args:
        result: a result that has the structure.
        structure: its name.
        jobs: replications at a time, as in ``simulate``.
        backend: joblib's, as there.
        on_done: called with (variants done, variants) after each.

    Raises:
        KeyError: there is no such structure.
        KeyboardInterrupt: it was stopped.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    case = result.cases[structure]
    scenario, key = case.scenario, case.key
    variants: list[tuple[Literal["person", "conversion"], str, str, float]] = []
    titles = role_titles(case.structure)
    for name, role in case.structure.roles.items():
        if role.activities and not role.support:
            path = f"structures.{key}.roles.{name}.headcount"
            variants.append(("person", titles[name], path, role.headcount + 1))
    for number, stage in enumerate(scenario.market.stages):
        if stage.conversion < 1:
            path = f"market.stages.{number}.conversion"
            variants.append(("conversion", stage.name, path, min(1.0, stage.conversion + POINT)))
    base = result.values.of(structure, "profit")
    years = len(base)
    links = []
    left: list[tuple[str, str]] = []
    for number, (kind, name, path, value) in enumerate(variants):
        try:
            changed = scenario.replace({path: value})
        except ScenarioError as error:
            left.append((name, str(error.problems[0].message) if error.problems else str(error)))
            continue
        found = simulate(
            changed,
            [key],
            replications=result.runs.requested,
            seed=scenario.experiment.seed,
            months=scenario.experiment.months,
            jobs=jobs,
            backend=backend,
        )
        if found.runs.partial:
            raise KeyboardInterrupt  # with some of the years the links would not be alike
        profit = found.runs.values(key, "profit")
        kept = [n for n in result.runs.values(structure, "profit").index if n in profit.index]
        difference = paired_difference(
            profit.loc[kept].to_numpy(),
            result.runs.values(structure, "profit").loc[kept].to_numpy(),
            level=result.level,
            family=len(variants),
        )
        links.append(Link(kind, name, path, value, difference))
        if on_done is not None:
            on_done(number + 1, len(variants))

    def ranked(kind: str) -> tuple[Link, ...]:
        return tuple(sorted((link for link in links if link.kind == kind), key=lambda link: -link.difference.mean))

    return WeakLink(structure, ranked("person"), ranked("conversion"), years, tuple(left))
