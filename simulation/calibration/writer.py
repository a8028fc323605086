"""Pieces of a scenario's tree made of facts, and the columns of the joint draws on the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from simulation.calibration.estimates import Figure
from simulation.calibration.facts import (
    Calls,
    ChannelFacts,
    Clock,
    Correction,
    Facts,
    Floats,
    StageFacts,
    of_log,
    widened,
)
from simulation.calibration.forms import averaged, days, expit, hours, logit, number, share, values_of
from simulation.calibration.yaml_text import Flow, Noted, Stated
from simulation.texts import Phrase, say

LEAST_DAYS = 0.02
"""Least mean of a law of thinking, days: half an hour."""
PRODUCT = "product"
NOW, OTHER = "universal", "functional"
"""Names of the structures: as they work now, and divided by stages."""
LEAST_AT_ONCE = 0.02
"""Share of times that are nothing from which on a law is written as a list of values."""


def kept_source(why: Phrase) -> Phrase:
    """Where a default comes from, and why it stays; a reason that names the default itself is enough."""
    return why if why.key == "calibration-too-few" else say("calibration-kept", why=why)


class Writer:
    """Pieces of the tree, and the columns of the draws on the way."""

    def __init__(self, facts: Facts, correction: Correction, drawn: bool = True) -> None:
        self._facts = facts
        self._drawn = drawn
        self._correction = correction
        self.columns: dict[str, tuple[Any, ...]] = {}

    def stated(
        self,
        figure: Figure,
        as_text: Callable[[float], str],
        path: str = "",
        change: Callable[[Floats], Floats] | None = None,
        low: float = 0.0,
        high: float = math.inf,
    ) -> Stated | str:
        """A figure with its interval and source; its draws become the column of its path.

        Args:
            figure: with or without draws.
            as_text: how a scenario writes it.
            path: of the column; none when empty.
            change: what is written in place of the figure itself.
            low: least value that the scenario takes.
            high: largest one.
        """

        def made(values: Floats | float) -> Floats:
            values = np.asarray(values, np.float64)
            return np.clip(change(values) if change is not None else values, low, high)

        point = float(made(figure.value))
        value = as_text(point)
        if not self._drawn:
            return value
        source = self.source(figure) if figure.kept is None else kept_source(figure.kept)
        if figure.kept is not None and figure.draws is None:
            return Stated(value, source=source)
        if figure.draws is None:
            return Stated(value, source=source) if figure.cases else value
        figure = widened(figure, self._facts.widen)
        assert figure.draws is not None
        drawn = made(np.where(np.isfinite(figure.draws), figure.draws, figure.value))
        if path:
            self.columns[path] = tuple(as_text(float(each)) for each in drawn)
        # draws may lie to one side of the figure itself, whose range holds it in any case
        least, most = np.quantile(drawn, [0.05, 0.95])
        ends = [as_text(min(float(least), point)), as_text(max(float(most), point))]
        return Stated(value, ends[0], ends[1], source) if ends[0] != ends[1] else Stated(value, source=source)

    def source(self, figure: Figure) -> Phrase:
        """Where a figure comes from: files, cases, days, method."""
        return say(
            "calibration-source",
            files=", ".join(self._facts.files),
            cases=figure.cases,
            since=self._facts.since.isoformat(),
            until=self._facts.as_of.isoformat(),
            method=figure.way or say("calibration-method-counted"),
        )

    def law(self, clock: Clock, path: str, as_text: Callable[[float], str], less: float = 0.0) -> Any:
        """A law of times or amounts, with columns of its mean and spread; a list of values where many are nothing."""

        def change(values: Floats) -> Floats:
            return np.maximum(values - less, LEAST_DAYS) if less else values

        second = "shape" if clock.kind == "weibull" else "cv"
        bounds = (0.15, 20.0) if clock.kind == "weibull" else (0.05, 20.0)
        if clock.at_once < LEAST_AT_ONCE:
            where = f"{path}.{clock.kind}"
            return Flow(
                {
                    clock.kind: {
                        "mean": self.stated(clock.mean, as_text, f"{where}.mean", change),
                        second: self.stated(clock.spread, number, f"{where}.{second}", low=bounds[0], high=bounds[1]),
                    }
                }
            )
        if self._drawn and clock.mean.draws is not None:
            means, spreads = widened(clock.mean, self._facts.widen).draws, clock.spread.draws
            assert means is not None
            if spreads is None:
                spreads = np.full(len(means), clock.spread.value)
            self.columns[path] = tuple(
                {"empirical": values_of(mean, float(np.clip(spread, *bounds)), clock, as_text)}
                for mean, spread in zip(change(np.maximum(means, LEAST_DAYS)), spreads, strict=True)
            )
        mean = float(change(np.asarray(max(clock.mean.value, LEAST_DAYS))))
        spread = float(np.clip(clock.spread.value, *bounds))
        return Noted(Flow({"empirical": values_of(mean, spread, clock, as_text)}), self.source(clock.mean))

    def stage(self, n: int, stage: StageFacts, name: str, work: float) -> dict[str, Any]:
        """A stage."""
        path, shift, less = f"market.stages.{n}", self._correction.odds[n], self._less(n)
        soon = less + self._correction.ahead[n]
        told: Any = Flow({"gamma": {"mean": self._work_of(stage, work, f"{path}.work.gamma.mean"), "cv": 0.7}})
        made: dict[str, Any] = {
            "name": name,
            "work": told,
            "conversion": self.stated(
                stage.share, share, f"{path}.conversion", lambda v: expit(logit(v) + shift), high=1.0
            ),
        }
        if stage.yes is not None:
            made["thinking"] = self.law(stage.yes, f"{path}.thinking", days, soon)
        if stage.no is not None:
            made["thinking_lost"] = self.law(stage.no, f"{path}.thinking_lost", days, less)
        if stage.silent is not None and stage.expires is not None:
            made["silent"] = self.stated(stage.silent, share, f"{path}.silent", high=1.0)
            made["expires"] = days(stage.expires)
        made["patience"] = "never"
        made["question"] = 0
        return made

    def _less(self, n: int) -> float:
        """Days of wait and work in the clocks of a stage; of the customer's alone until somebody sees the answer."""
        days = self._correction.days[n]
        return max(days - self._correction.before[n], 0.0) if self._facts.stages[n].alone else days

    def _work_of(self, stage: StageFacts, work: float, path: str) -> Any:
        if stage.work is not None:
            factor = of_log(self._facts, self._correction)
            return self.stated(stage.work.mean, hours, path, lambda hours: hours * factor, low=1 / 60)
        load = self._facts.people.load
        if load is not None and load.draws is not None:
            drawn = np.clip(load.draws, 0.05, 1.2) / load.value
            figure = replace(load, value=work, draws=work * drawn)
            told = self.stated(figure, hours, path, low=1 / 60)
            if load.kept is not None and isinstance(told, Stated):
                return replace(told, source=load.kept)
            return told
        return Stated(hours(work), hours(work / 2), hours(1.5 * work), say("calibration-judged-work"))

    def channel(self, channel: ChannelFacts, key: str, stages: Mapping[str, str]) -> dict[str, Any]:
        """A channel."""
        path = f"market.channels.{key}"
        made: dict[str, Any] = {"kind": "outbound" if channel.calls is not None else "inbound"}
        if key != channel.name:
            made["title"] = channel.name or key
        if channel.calls is not None:
            return made | self._sought(channel, channel.calls, path) | self._own(channel, path, stages)
        made["leads_per_month"] = self.stated(channel.per_month, number, f"{path}.leads_per_month")
        if channel.seasonality is not None:
            made["seasonality"] = Flow(averaged(channel.seasonality))
        if channel.trend is not None:
            made["trend_per_year"] = self.stated(channel.trend, number, f"{path}.trend_per_year", low=-0.9, high=9.0)
        if channel.declined is not None and channel.declined.value > 0:
            made["declined_at_once"] = self.stated(channel.declined, share, f"{path}.declined_at_once", high=1.0)
        arrivals: dict[str, Any] = {}
        if channel.weekdays is not None:
            arrivals["weekdays"] = averaged(channel.weekdays)
        if channel.hours is not None:
            arrivals["hours"] = averaged(channel.hours)
        if channel.holidays is not None:
            arrivals["holidays"] = float(f"{channel.holidays:.3f}")
        if arrivals:
            made["arrivals"] = Flow(arrivals)
        for name, drawn in channel.drawn.items() if self._drawn else ():
            where = f"{path}.{name}" if name == "seasonality" else f"{path}.arrivals.{name}"
            self.columns[where] = tuple(averaged(tuple(each.tolist())) for each in drawn)
        bursts: dict[str, Any] = {}
        if channel.bursts is not None and (channel.bursts.value > 0 or channel.bursts.draws is not None):
            bursts["cv"] = self.stated(channel.bursts, number, f"{path}.bursts.cv", high=3.0)
            if channel.memory is not None:
                bursts["memory"] = self.stated(channel.memory, share, f"{path}.bursts.memory", high=0.95)
            if channel.common is not None:
                bursts["common"] = self.stated(channel.common, share, f"{path}.bursts.common", high=1.0)
        if bursts:
            made["bursts"] = Flow(bursts)
        return made | self._own(channel, path, stages)

    def _sought(self, channel: ChannelFacts, calls: Calls, path: str) -> dict[str, Any]:
        """How leads are found by attempts: of a length at which as many are made as the records show."""
        made, length = calls.attempts, self._correction.attempt
        drawn = None if made.draws is None else length * made.value / np.maximum(made.draws, 1e-9)
        figure = replace(made, value=length, draws=drawn)
        return {
            "attempt": self.stated(figure, hours, f"{path}.attempt", low=1 / 120),
            "find_probability": self.stated(calls.find, share, f"{path}.find_probability", low=1e-4, high=1.0),
        }

    def _own(self, channel: ChannelFacts, path: str, stages: Mapping[str, str]) -> dict[str, Any]:
        """What deals of a channel have of their own, however they come."""
        made: dict[str, Any] = {}
        if self._facts.patient:
            made["patience"] = Noted("never", say("calibration-note-patience"))
        if channel.deal_size is not None:
            made["deal_size"] = self.stated(channel.deal_size, number, f"{path}.deal_size", low=0.01)
        own = {}
        for n, stage in enumerate(self._facts.stages):
            differs = self._differs(n, stage, channel.name, f"{path}.stages.{stages[stage.name]}")
            if differs:
                own[stages[stage.name]] = differs
        if own:
            made["stages"] = own
        return made

    def _differs(self, n: int, stage: StageFacts, channel: str, path: str) -> dict[str, Any]:
        """What a channel has of its own at a stage."""
        shift, made = self._correction.odds[n], {}
        if channel in stage.by_channel:
            figure = stage.by_channel[channel]
            made["conversion"] = self.stated(
                figure, share, f"{path}.conversion", lambda v: expit(logit(v) + shift), high=1.0
            )
        if channel in stage.yes_by_channel:
            law = stage.yes_by_channel[channel]
            soon = self._less(n) + self._correction.ahead[n]
            made["thinking"] = self.law(law, f"{path}.thinking", days, soon)
        return made

    def product(self, margin: float, known: bool) -> dict[str, Any]:
        """What is sold."""
        amount, factor = self._facts.amount, self._correction.amount
        scaled = replace(
            amount,
            mean=replace(
                amount.mean,
                value=amount.mean.value * factor,
                draws=None if amount.mean.draws is None else amount.mean.draws * factor,
            ),
        )
        made: dict[str, Any] = {}
        if self._facts.heaps:
            values, weights = zip(*self._facts.heaps, strict=True)
            told = [number(each * factor) for each in values]
            law = Flow({"empirical": {"values": told, "weights": [float(f"{each:.6g}") for each in weights]}})
            made["deal"] = Noted(law, self.source(amount.mean))
        else:
            made["deal"] = self.law(scaled, f"market.products.{PRODUCT}.deal", number)
        if self._facts.trend is not None:
            path = f"market.products.{PRODUCT}.deal_trend_per_year"
            made["deal_trend_per_year"] = self.stated(self._facts.trend, number, path, low=-0.9, high=9.0)
        source = say("calibration-owner") if known else say("calibration-judged-margin")
        made["gross_margin"] = (
            Stated(share(margin), source=source)
            if known
            else Stated(share(margin), share(margin * 0.6), share(min(margin * 1.5, 0.95)), source)
        )
        made["repeat"] = self._facts.customers is not None
        return made

    def customers(self) -> dict[str, Any]:
        """What customers do after the first deal."""
        assert self._facts.customers is not None
        made: dict[str, Any] = {}
        path = "market.customers"
        for name, figure in self._facts.customers.figures.items():
            if name == "order_every":
                regular = self._facts.customers.regular
                kind = "gamma" if regular < 0.999 else "exponential"
                law = {"mean": self.stated(figure, days, f"{path}.order_every.{kind}.mean", low=0.01)}
                made[name] = Flow({kind: law if kind == "exponential" else {**law, "cv": float(f"{regular:.4g}")}})
            elif name.startswith("drop_out."):
                key = name.partition(".")[2]
                drop = made.setdefault("drop_out", {})
                drop[key] = self.stated(figure, number, f"{path}.{name}", high=1.0 if key == "probability" else 5.0)
            else:
                made[name] = self.stated(
                    figure,
                    number,
                    f"{path}.{name}",
                    low=-0.95 if "correlation" in name else 0.0,
                    high=5.0 if name.endswith("cv") else math.inf,
                )
        if "drop_out" in made:
            made["churn_per_year"] = 0
        return made

    def people(self, pay: float) -> dict[str, Any]:
        """What is true of the people."""
        source = say("calibration-judged-pay")
        made: dict[str, Any] = {
            "recruiting": {"cost": Stated(number(2.7 * pay), number(1.3 * pay), number(4 * pay), source)},
            "onboarding": {"cost": Stated(number(1.6 * pay), number(1.1 * pay), number(2.3 * pay), source)},
        }
        talent = self._facts.people.talent
        if talent is not None:
            made["talent"] = {"sd": self.stated(talent, number, "people.talent.sd", high=2.0)}
        if self._facts.people.law is not None:
            figure = self._facts.people.law_figure
            law: Any = Flow(self._facts.people.law)
            made["turnover"] = {"law": law if figure is None else Noted(law, self.source(figure))}
            made["onboarding"]["probation"] = Flow({"failure": 0})
            if self._facts.people.law_draws:
                self.columns["people.turnover.law"] = tuple(dict(each) for each in self._facts.people.law_draws)
        return made
