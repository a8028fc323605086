"""Estimates as facts: what each estimator found, in the terms of a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from simulation.calibration.estimates import LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import stages
from simulation.calibration.estimators.mixture import Mixture
from simulation.calibration.estimators.laws import variation
from simulation.calibration.facts import (
    ChannelFacts,
    Clock,
    Facts,
    Floats,
    OpenDeals,
    PeopleFacts,
    StageFacts,
)
from simulation.calibration.records import Records
from simulation.texts import worded

HOURS = 24.0


def facts_of(records: Records, resampling: Resampling | None = None) -> Facts:
    """All that the records say.

    Args:
        records: as they are known on their last morning.
        resampling: of the bootstrap; 200 draws when None.

    Raises:
        ValueError: too few deals to say anything of.
    """
    return Estimated.of(records, resampling or Resampling()).facts()


class Estimated:
    """What every estimator found of some records."""

    def __init__(self, records: Records, found: Mapping[str, Estimate]) -> None:
        self.records = records
        self.found = found

    @classmethod
    def of(cls, records: Records, resampling: Resampling) -> Estimated:
        """Runs the estimators, one after the other."""
        found = {"stages": stages.estimate(records, resampling)}
        return cls(records, found)

    @property
    def broken(self) -> date | None:
        """The day on which the regime broke; None: it did not."""
        return None

    def facts(self) -> Facts:
        """The facts of a scenario.

        Raises:
            ValueError: too few deals to say anything of.
        """
        model = self.found["stages"].model
        if model is None:
            raise ValueError(self.found["stages"].notes[0])
        return Facts(
            as_of=self.records.as_of,
            since=self._since(),
            files=self.records.files or ("records",),
            currency=self.records.currency,
            stages=tuple(self._stage(model, name) for name in model.stages),
            channels=tuple(self._channels(model)),
            amount=self._amount(),
            people=self._people(),
            open=tuple(self._open(model)),
        )

    def _since(self) -> date:
        created = self.records.deals["created"].dropna()
        return self.records.since or (created.min().date() if len(created) else self.records.as_of)

    def _stage(self, model: stages.StagesModel, name: str) -> StageFacts:
        whole = model.of[name, stages.ALL]
        figures = self.found["stages"].figures
        own = {
            channel: each
            for channel in model.channels
            if (each := model.of[name, channel]) is not whole and len(model.channels) > 1
        }
        share = _drawn(whole.value.share, whole.draws.share, figures.get(f"{name}.share"), whole.cases)
        silent = None
        if np.any(np.asarray(whole.value.silent) > 0) and np.isfinite(whole.value.expires):
            silent = _drawn(whole.value.silent, whole.draws.silent, figures.get(f"{name}.silent"), whole.cases)
        return StageFacts(
            name=name,
            share=share,
            yes=_clock(whole, "yes", figures.get(f"{name}.gap_yes.mean")) if whole.yes else None,
            no=_clock(whole, "no", figures.get(f"{name}.gap_no.mean")) if whole.no else None,
            silent=silent,
            expires=float(whole.value.expires) / HOURS if silent is not None else None,
            by_channel=MappingProxyType(
                {
                    channel: _drawn(each.value.share, each.draws.share, figures.get(f"{name}.{channel}.share"), each.cases)
                    for channel, each in own.items()
                    if each.cases >= LEAST_FOR_SHARE
                }
            ),
            yes_by_channel=MappingProxyType(
                {
                    channel: _clock(each, "yes", figures.get(f"{name}.{channel}.gap_yes.mean"))
                    for channel, each in own.items()
                    if each.yes >= LEAST_FOR_SHARE
                }
            ),
        )

    def _channels(self, model: stages.StagesModel) -> list[ChannelFacts]:
        deals = self.records.deals
        begin, end = pd.Timestamp(self._since()), pd.Timestamp(self.records.as_of)
        months = max((end - begin).days, 1) / 30.4375
        made = []
        for name in model.channels:
            count = int(((deals["channel"] == name) & (deals["created"] >= begin)).sum())
            rng = np.random.default_rng(len(made))
            draws = rng.gamma(max(count, 0.5), 1.0, 200) / months
            made.append(ChannelFacts(name, Figure("rate", count / months, draws, count)))
        return made

    def _amount(self) -> Clock:
        deals = self.records.deals
        won = deals.loc[(deals["status"] == "won") & (deals["amount"] > 0), "amount"].to_numpy(np.float64)
        rng = np.random.default_rng(5)
        picks = won[rng.integers(0, len(won), (200, len(won)))]
        mean = Figure("amount.mean", float(won.mean()), picks.mean(axis=1), len(won))
        cvs = picks.std(axis=1) / picks.mean(axis=1)
        return Clock(mean, Figure("amount.cv", float(won.std() / won.mean()), cvs, len(won)))

    def _people(self) -> PeopleFacts:
        deals = self.records.deals
        late = deals[(deals["created"] >= pd.Timestamp(self.records.as_of) - pd.Timedelta(days=91)) & (deals["owner"] >= 0)]
        return PeopleFacts(Figure("sellers", float(max(late["owner"].nunique(), 1)), None, len(late)))

    def _open(self, model: stages.StagesModel) -> list[OpenDeals]:
        records, now = self.records, pd.Timestamp(self.records.as_of)
        deals = records.deals[records.deals["status"] == "open"]
        entered = records.entries.groupby("deal")["entered"].last().reindex(deals["deal"]).to_numpy()
        since = ((now - deals["created"]) / pd.Timedelta(days=1)).to_numpy(np.float64)
        ages = ((now - pd.Series(entered)) / pd.Timedelta(days=1)).to_numpy(np.float64)
        names = set(model.stages)
        made = []
        for row, age, came in zip(deals.itertuples(), ages, since, strict=True):
            stage = row.stage if row.stage in names else model.stages[0]
            known = age if np.isfinite(age) and not model.whole else came
            amount = float(row.amount) if row.amount > 0 else None
            made.append(OpenDeals(str(row.channel), str(stage), float(max(known, 0)), amount, 1, float(came)))
        return made


def _drawn(value: Floats, draws: Floats, told: Figure | None, cases: int) -> Figure:
    """A figure from a value and its draws; cases and method as the estimate tells them."""
    drawn = np.array(draws, np.float64)
    if told is None:
        return Figure("", float(value), drawn if drawn.ndim else None, cases)
    return replace(told, value=float(value), draws=drawn if drawn.ndim else told.draws, kept=None)


def _clock(of: stages.Clocks, end: str, told: Figure | None) -> Clock:
    """The law of the time to a yes or to a no, days."""
    kind = getattr(of.value, f"{end}_law")
    means = [np.asarray(getattr(each, f"mean_{end}")()) / HOURS for each in (of.value, of.draws)]
    widths = [np.asarray(getattr(each, f"{end}_width"), np.float64) for each in (of.value, of.draws)]
    spreads = [np.exp(width) if kind == "weibull" else variation(kind, width) for width in widths]
    cases = getattr(of, end)
    return Clock(
        mean=_drawn(means[0], _each(means[1], of.draws), told, cases),
        spread=_drawn(spreads[0], _each(spreads[1], of.draws), told, cases),
        kind=kind,
        at_once=float(getattr(of.value, f"{end}_at_once")),
    )


def _each(values: Floats, draws: Mixture) -> Floats:
    """One value for each draw, also where all draws have the same."""
    return np.array(np.broadcast_to(values, np.shape(draws.share)), np.float64)
