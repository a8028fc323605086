"""Points of a design as a table: what each structure brings there, the differences, and who is better."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.report.numbers import Scale, scale_of
from simulation.report.page.blocks import Cell, Row
from simulation.report.plot.field import differences_scale
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.points import Contest, Point, told
from simulation.study.terms import Terms
from simulation.study.variation import Variable
from simulation.texts import Percent, Sure, Texts


class PointTable:
    """The rows of points in a language.

    Attributes:
        means: scale of the means.
        less: scale of the differences.
    """

    def __init__(
        self,
        scenario: Scenario,
        variables: Sequence[Variable],
        points: Sequence[Point],
        agreed: Terms,
        texts: Texts,
    ) -> None:
        """Scales are made for all points together."""
        self._scenario, self._variables, self._points, self._terms, self._t = scenario, variables, points, agreed, texts
        self.titles = structure_titles(scenario, agreed.structures)
        means = [each for point in points for each in point.contest.means.values()]
        unit = agreed.known.unit
        widths = [(each.high - each.low) / 2 for each in means]
        self.means: Scale = scale_of(unit, [each.mean for each in means], widths, scenario.currency, texts.language)
        self.less: Scale = differences_scale(scenario, agreed, points, texts)

    @property
    def header(self) -> list[str]:
        """Titles of the columns, that of the labels first."""
        t, base = self._t, self._terms.baseline
        less = [t("sweep-header-difference", one=self.titles[n], other=self.titles[base]) for n in self._terms.others]
        units = [self.means.unit] * len(self.titles) + [self.less.unit] * len(less)
        names = [*(t.title(self.titles[name]) for name in self._terms.structures), *less]
        return [
            self.label_title,
            *(f"{name}, {unit}" if unit else name for name, unit in zip(names, units, strict=True)),
            t("sweep-header-winner"),
            t("sweep-header-sure"),
        ]

    @property
    def label_title(self) -> str:
        """What the labels are."""
        return "; ".join(self._t.again(each.title) for each in self._variables)

    @property
    def labels(self) -> list[str]:
        """The values of each point."""
        columns = [
            told(what, [point.values[n] for point in self._points], self._scenario.currency)
            for n, what in enumerate(self._variables)
        ]
        return ["; ".join(self._t.written(column[k]) for column in columns) for k in range(len(self._points))]

    def winner(self, found: Contest) -> str:
        """Who is better, or that it is open and who is ahead."""
        if found.told_apart:
            return self._t.title(self.titles[found.best])
        return self._t("sweep-open-cell")

    def sure(self, found: Contest) -> str:
        """How sure it is."""
        known = found.told_apart or found.looks == 1
        return self._t.written(Sure(found.confidence, bound=self._bound(found))) if known and found.best else "–"

    def _bound(self, found: Contest) -> bool:
        return found.looks > 1 or self._terms.pairs > 1

    def cells(self, point: Point) -> list[Cell]:
        """The cells of a point, without its label."""
        found = point.contest
        made = [
            Cell(
                self.means.text(found.means[name].mean),
                self.means.interval(found.means[name].low, found.means[name].high),
            )
            for name in self._terms.structures
        ]
        for name in self._terms.others:
            less = found.differences[name]
            interval = self.less.interval(less.joint_low, less.joint_high, signed=True)
            made.append(Cell(self.less.text(less.mean, signed=True), interval, strong=less.told_apart))
        ahead = "" if found.told_apart or not found.best else self._t("sweep-ahead", structure=self.titles[found.best])
        made.append(Cell(self.winner(found), ahead, words=True))
        made.append(Cell(self.sure(found)))
        return made

    def rows(self, most: int) -> list[Row]:
        """The rows of the page, the first so many points."""
        return [
            Row(label, self.cells(point)) for label, point in list(zip(self.labels, self._points, strict=True))[:most]
        ]

    @property
    def note(self) -> str:
        """What the intervals are."""
        return self._t("sweep-unit-note", level=Percent(self._terms.level))
