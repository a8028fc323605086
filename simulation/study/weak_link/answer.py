"""The weak link: where one more person, or one more point of conversion, adds most profit; by simulating it.

Here too: the weak links of structures: what one more person, or one more point of conversion, adds to profit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

import numpy as np

from simulation.analysis.cases import Case as AsRun
from simulation.analysis.comparison import simulate
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import role_titles
from simulation.study.lab import Case, Lab, years_of
from simulation.texts import Digits, Phrase, joined, say, verbatim, worded
from simulation.written.errors import ScenarioError

if TYPE_CHECKING:
    import pandas as pd


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


def weak_links(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    replications: int | None = None,
    lab: Lab | None = None,
) -> WeakLinks:
    """The weak link of each structure; each takes as many simulations as there are roles and stages.

    Args:
        scenario: the scenario, its seed in it.
        structures: names; all when None.
        replications: years of each; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        UnknownName: a structure that is not there.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    lab = lab or Lab()
    result = years_of(lab.whole(say("progress-weak-link"), simulate, scenario, structures, replications=replications))
    return WeakLinks(result, {name: weak_link(result, name, lab=lab) for name in result.structures})


def weak_link(result: Result, structure: str, *, lab: Lab | None = None) -> WeakLink:
    """Simulate a structure again with one more person in each role, and with one more point at each stage.

    The same years as in the result, so that differences are paired. A person costs the role's pay; a point of
    conversion costs nothing here: compare it with what it would take. Roles that work on no lead or customer are left
    out, and stages that are always passed.

    Args:
        result: a result that has the structure.
        structure: its name.
        lab: where it is simulated; one of its own when None.

    Raises:
        KeyError: there is no such structure.
        RuntimeError: a change failed in every year.
        KeyboardInterrupt: it was stopped.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    case, lab = result.cases[structure], lab or Lab()
    tried: list[tuple[Change, Scenario]] = []
    left: list[tuple[str, str]] = []
    for change in _changes(case):
        try:
            tried.append((change, case.scenario.varied({change.path: change.value})))
        except ScenarioError as error:
            left.append((change.name, verbatim(error.problems[0].message)))
    base = result.runs.values(structure, "profit")
    lab.what, lab.leader = say("weak-link-progress", structure=result.titles[structure]), ""
    cases = [Case(changed, case.key) for _, changed in tried]
    profits = lab.measure(cases, [int(number) for number in base.index], ["profit"])[:, :, 0]
    links = []
    for (change, _), profit in zip(tried, profits, strict=True):
        there = np.isfinite(profit)
        if not there.any():
            raise RuntimeError(worded("every-year-failed-at", path=change.path, value=Digits(f"{change.value:g}")))
        difference = paired_difference(
            profit[there], base.to_numpy()[there], level=result.level, family=len(tried) + len(left)
        )
        links.append(Link(change.kind, change.name, change.path, change.value, difference))

    def ranked(kind: str) -> tuple[Link, ...]:
        return tuple(sorted((link for link in links if link.kind == kind), key=lambda link: -link.difference.mean))

    return WeakLink(structure, ranked("person"), ranked("conversion"), len(base), tuple(left))


class Change(NamedTuple):
    """One person, or one point, more."""

    kind: Literal["person", "conversion"]
    name: str
    path: str
    value: float


def _changes(case: AsRun) -> Iterator[Change]:
    """What may be more: people of roles that work on leads or customers, conversion of stages that not all pass."""
    titles = role_titles(case.structure)
    for name, role in case.structure.roles.items():
        if role.activities and not role.support:
            yield Change("person", titles[name], f"structures.{case.key}.roles.{name}.headcount", role.headcount + 1)
    market = case.scenario.market
    for path, stage in zip(market.sale_paths, market.sale, strict=True):
        if stage.conversion < 1:
            yield Change("conversion", stage.name, f"{path}.conversion", min(1.0, stage.conversion + POINT))


NUMBERS = ("mean", "low", "high", "joint_low", "joint_high")
COLUMNS = ["structure", "kind", "name", "path", "value", *NUMBERS]


@dataclass(frozen=True)
class WeakLinks:
    """The weak link of each structure.

    Attributes:
        result: the years of the structures as they are.
        links: by structure.
    """

    result: Result
    links: Mapping[str, WeakLink]
    kind: ClassVar[str] = "weak_link"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.result.scenario

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What each weak link is."""
        titles = self.result.titles
        return [say("weak-link-of", structure=titles[name], text=each.text) for name, each in self.links.items()]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "replications": self.result.runs.finished,
            "level": self.result.level,
            "structures": {name: each.to_dict() for name, each in self.links.items()},
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each structure and change; money."""
        import pandas as pd

        rows = [
            [name, link.kind, link.name, link.path, link.value, *(getattr(link.difference, key) for key in NUMBERS)]
            for name, each in self.links.items()
            for link in (*each.people, *each.conversions)
        ]
        return {"": pd.DataFrame(rows, columns=COLUMNS)}
