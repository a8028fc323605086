"""Estimates as facts: what each estimator found, in the terms of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from simulation.calibration.estimates import LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import customers, pipeline, stages, tenure
from simulation.calibration.estimators.mixture import Mixture
from simulation.calibration.estimators.laws import variation
from simulation.calibration.facts import (
    ChannelFacts,
    Clock,
    CustomerFacts,
    Facts,
    Floats,
    OpenDeals,
    PeopleFacts,
    StageFacts,
)
from simulation.calibration.records import Records
from simulation.texts import worded

HOURS, YEAR_DAYS = 24.0, 365.25


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
        known = stages.estimate(records, resampling)
        found = {"stages": known, "pipeline": pipeline.estimate(records, resampling, known)}
        if len(records.orders) or (records.deals["customer"] >= 0).any():
            found["customers"] = customers.estimate(records, resampling)
        if len(records.staff):
            found["tenure"] = tenure.estimate(records, resampling)
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
            customers=self._customers(),
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
                    if each.yes >= LEAST_FOR_SHARE and not np.isclose(each.value.mean_yes(), whole.value.mean_yes())
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
        found = self.found.get("tenure")
        law, draws = None, ()
        if found is not None and found.model is not None:
            law = found.model.form()
            draws = tuple(found.model.form(each) for each in found.model.draws)
        tenure_of = {} if law is None else {"law": law, "law_draws": draws, "law_figure": found.figures["per_year"]}
        return PeopleFacts(Figure("sellers", float(max(late["owner"].nunique(), 1)), None, len(late)), **tenure_of)

    def _open(self, model: stages.StagesModel) -> list[OpenDeals]:
        """Open deals one by one, as the spells of the stages have them."""
        found = self.found["pipeline"].model
        if found is None:
            return []
        records, now = self.records, pd.Timestamp(self.records.as_of)
        of = found.deals
        table = records.deals.iloc[of.deal]
        since = ((now - table["created"]) / pd.Timedelta(days=1)).to_numpy(np.float64)
        amounts = table["amount"].to_numpy(np.float64)
        return [
            OpenDeals(
                model.channels[channel],
                model.stages[stage],
                float(age) / HOURS,
                float(amount) if amount > 0 else None,
                since=float(came),
            )
            for stage, channel, age, amount, came in zip(of.stage, of.channel, of.age, amounts, since, strict=True)
        ]

    def _customers(self) -> CustomerFacts | None:
        """What customers do after the first deal; None where too few of them tell."""
        found = self.found.get("customers")
        if found is None or found.model is None:
            return None
        told = found.figures
        every = told["orders_per_year"]
        gaps = None if every.draws is None else YEAR_DAYS / np.maximum(every.draws, 1e-3)
        figures = {"order_every": replace(every, value=YEAR_DAYS / max(every.value, 1e-3), draws=gaps)}
        drops = told["drop_out.probability"].value > 0
        names = ("drop_out.probability", "drop_out.cv") if drops else ("churn_per_year", "churn_cv")
        for name in ("order_rate_cv", *names, "order_cv", "order_size", "size_rate_correlation"):
            figure = told.get(name)
            if figure is not None and figure.kept is None and np.isfinite(figure.value):
                figures[name] = figure
        return CustomerFacts(MappingProxyType(figures), tuple(_base(found.model)), told["order_every.cv"].value)


def _base(model: customers.Buyers) -> Iterator[Mapping[str, float]]:
    """Customers of the last day, those alike together: days to a tenth of their size, amounts to two digits."""
    known, spent = model.known, model.purchases.spent()
    lead = np.where(known.before, known.lead, 0.0)
    # of those who were there before, what they bought first in these records was an order already
    orders = known.repeats.astype(np.int64) + known.before
    last, age = known.seen - known.last, known.seen + np.nan_to_num(lead)
    last = np.where(orders > 0, last, age)
    amount = spent.money / np.maximum(spent.orders, 1)
    rows = pd.DataFrame(
        {
            "orders": orders,
            "last_order": _rough(last),
            "age": np.maximum(_rough(age), _rough(last)),
            "amount": [float(f"{each:.2g}") if each > 0 else 0.0 for each in amount],
        }
    )
    for key, count in rows.value_counts(sort=False).items():
        orders, last_order, age_of, amount_of = key  # type: ignore[misc]
        yield {"orders": orders, "last_order": last_order, "age": age_of, "amount": amount_of, "count": float(count)}


def _rough(days: Floats) -> Floats:
    """Days rounded to about a twentieth of themselves, so that customers who are nearly alike are one row."""
    step = np.maximum(2.0 ** np.floor(np.log2(np.maximum(days, 1.0) / 16)), 0.5)
    return np.asarray(np.round(days / step) * step, np.float64)


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
