"""Estimates as facts: what each estimator found, in the terms of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from simulation.calibration import defaults as plain_defaults
from simulation.calibration.estimates import LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import (
    amounts,
    arrivals,
    attempts,
    checks,
    customers,
    division,
    load,
    pipeline,
    presence,
    regime,
    sellers,
    stages,
    tenure,
    work_times,
)
from simulation.calibration.estimators.laws import variation
from simulation.calibration.estimators.mixture import Mixture
from simulation.calibration.estimators.spells import closed_with_dates, first_day
from simulation.calibration.facts import (
    SOON,
    Calls,
    ChannelFacts,
    Clock,
    CustomerFacts,
    Facts,
    Floats,
    OpenDeals,
    PeopleFacts,
    RoleFacts,
    StageFacts,
)
from simulation.calibration.records import UNKNOWN, Records

HOURS, YEAR_DAYS, MONTH_DAYS = 24.0, 365.25, 30.4375
LEAST_AFTER = 80
"""Closed deals after a break from which on only those are fitted."""
LEAST_DAYS_AFTER = 91
"""Days after a break from which on only those are fitted: a quarter has all parts of a month and its holidays."""
MOST_TALENT = 0.5
"""Spread of talent above which people do not differ in it but in what they are given to do."""
WIDER = 1.5
"""Factor on the spread of all draws where the regime was broken: what broke once may break again."""
FEW_UNANSWERED = 0.05
"""Share of leads lost because no one came below which leads are taken to wait as long as it takes."""
FIRST_WORK = "qualify"
"""What a log may call the work in the first stage, whatever a CRM calls the stage."""
DEFAULT_DEAL = 50_000.0
"""Size of a deal where no amount is recorded at all."""


def facts_of(records: Records, resampling: Resampling | None = None) -> Facts:
    """All that the records say.

    Args:
        records: as they are known on their last morning.
        resampling: of the bootstrap; 200 draws when None.

    Raises:
        ValueError: too few deals to say anything of.
    """
    return estimated(records, resampling or Resampling()).facts()


def estimated(records: Records, resampling: Resampling) -> Estimated:
    """What every estimator finds; where the regime broke, of what came after, as far as that is enough.

    Args:
        records: the records.
        resampling: of the bootstrap.
    """
    coming = arrivals.estimate(records, resampling)
    found = regime.estimate(records, resampling, coming)
    day = found.model.day
    if day is not None:
        late = after(records, day)
        if closed_with_dates(late) >= LEAST_AFTER and (records.as_of - day).days >= LEAST_DAYS_AFTER:
            return Estimated.of(late, resampling, found, day)
    return Estimated.of(records, resampling, found, None, coming)


def after(records: Records, day: date) -> Records:
    """The records from a day on, as if nothing before had been recorded: who was open then comes in late."""
    moment = pd.Timestamp(day)
    deals = records.deals[(records.deals["status"] == "open") | ~(records.deals["closed"] < moment)]
    # tables name deals by their number, and estimators number the rows
    number = pd.Series(np.arange(len(deals)), index=deals["deal"].to_numpy())
    entries = records.entries[records.entries["deal"].isin(number.index)]
    work = records.activities[records.activities["completed"] >= moment]
    return replace(
        records,
        since=day,
        deals=deals.assign(deal=np.arange(len(deals))).reset_index(drop=True),
        entries=entries.assign(deal=entries["deal"].map(number).astype("int64")).reset_index(drop=True),
        activities=work.assign(case=work["case"].map(number).fillna(UNKNOWN).astype("int64")).reset_index(drop=True),
        calls=records.calls[records.calls["day"] >= moment],
        leads=records.leads[(records.leads["status"] == "open") | ~(records.leads["closed"] < moment)],
    )


class Estimated:
    """What every estimator found of some records."""

    def __init__(
        self, records: Records, found: Mapping[str, Estimate], resampling: Resampling, broken: date | None = None
    ) -> None:
        self.records = records
        self.found = found
        self.resampling = resampling
        self.broken = broken

    @classmethod
    def of(
        cls,
        records: Records,
        resampling: Resampling,
        of_regime: Estimate,
        broken: date | None = None,
        coming: Estimate | None = None,
    ) -> Estimated:
        """Runs the estimators, one after the other.

        Args:
            records: that are of one regime.
            resampling: of the bootstrap.
            of_regime: what was found of the regime.
            broken: the day on which it broke; the records are those after it.
            coming: what was found of the arrivals in the same records.
        """
        known = stages.estimate(records, resampling)
        found = {
            "regime": of_regime,
            "stages": known,
            "arrivals": coming or arrivals.estimate(records, resampling),
            "pipeline": pipeline.estimate(records, resampling, known),
            "amounts": amounts.estimate(records, resampling),
        }
        if len(records.orders) or (records.deals["customer"] >= 0).any():
            found["customers"] = customers.estimate(records, resampling)
        if len(records.staff):
            found["tenure"] = tenure.estimate(records, resampling)
        found["presence"] = presence.estimate(records, resampling)
        if len(records.staff):
            found["division"] = division.estimate(records, resampling)
        if len(records.activities):
            found["work"] = work_times.estimate(records, resampling)
            found["load"] = load.estimate(records, resampling, found["presence"], found["work"])
        if (records.deals["owner"] >= 0).any():
            found["sellers"] = sellers.estimate(records, resampling)
        if len(records.calls):
            found["attempts"] = attempts.estimate(records, resampling)
        return cls(records, found, resampling, broken)

    @property
    def checks(self) -> tuple[checks.Check, ...]:
        """What each fit lets expect of the records, beside what they show."""
        return checks.checks(list(self.found.values()), self.resampling)

    @property
    def few(self) -> bool:
        """Whether too few deals are closed to tell shares and clocks."""
        return self.found["stages"].model is None

    def facts(self, defaults: bool = False, worked: bool = False) -> Facts:
        """The facts of a scenario.

        Args:
            defaults: whether stages have the program's defaults where too few deals are closed.
            worked: whether stages have shares and clocks of deals that were worked on, where a log tells, for another
                structure; else those of all deals, for weeks ahead that are held against all deals.

        Raises:
            ValueError: too few deals to say anything of; none is closed, or none is won.
        """
        model = self.found["stages"].model
        if model is None:
            why = plain_defaults.refusal(self.records)
            if why is not None or not defaults:
                raise ValueError(why if defaults else self.found["stages"].notes[0])
        names = plain_defaults.channels_of(self.records) if model is None else model.channels
        return Facts(
            as_of=self.records.as_of,
            since=first_day(self.records),
            files=self.records.files or ("records",),
            currency=self.records.currency,
            stages=(
                plain_defaults.default_stages(self.records, self.resampling)
                if model is None
                else tuple(self._stage(model, name, worked) for name in model.stages)
            ),
            channels=tuple(self._channels(names)),
            amount=self._amount(),
            heaps=self._heaps(),
            trend=self._trend(),
            country=self.found["arrivals"].model.country or None if self.found["arrivals"].model else None,
            people=self._people(),
            open=tuple(plain_defaults.open_deals(self.records) if model is None else self._open(model)),
            customers=self._customers(),
            patient=worked and self._patient(),
            widen=1.0 if self.found["regime"].model.day is None else WIDER,
        )

    def _stage(self, model: stages.StagesModel, name: str, worked: bool) -> StageFacts:
        whole = model.of[name, stages.ALL]
        figures = self.found["stages"].figures
        own = {
            channel: each
            for channel in model.channels
            if (each := model.of[name, channel]) is not whole and len(model.channels) > 1
        }
        # where a log tells when the work ended, clocks are those of the customer from then on
        alone = worked and self._work(name) is not None and (name, stages.ALL) in model.worked
        clocks = model.worked[name, stages.ALL] if alone else whole
        key = f"{name}.worked" if alone else name
        thinking = {
            channel: model.worked[name, channel] if alone and (name, channel) in model.worked else each
            for channel, each in own.items()
        }
        share = _drawn(clocks.value.share, clocks.draws.share, figures.get(f"{key}.share"), clocks.cases)
        silent = None
        if np.any(np.asarray(clocks.value.silent) > 0) and np.isfinite(clocks.value.expires):
            silent = _drawn(clocks.value.silent, clocks.draws.silent, figures.get(f"{key}.silent"), clocks.cases)
        return StageFacts(
            name=name,
            share=share,
            yes=_clock(clocks, "yes", figures.get(f"{key}.gap_yes.mean")) if clocks.yes else None,
            no=_clock(clocks, "no", figures.get(f"{key}.gap_no.mean")) if clocks.no else None,
            silent=silent,
            work=self._work(name),
            expires=float(clocks.value.expires) / HOURS if silent is not None else None,
            by_channel=MappingProxyType(
                {
                    channel: _drawn(
                        each.value.share, each.draws.share, figures.get(f"{key}.{channel}.share"), each.cases
                    )
                    for channel, each in thinking.items()
                    if each.cases >= LEAST_FOR_SHARE
                }
            ),
            yes_by_channel=MappingProxyType(
                {
                    channel: _clock(each, "yes", figures.get(f"{key}.{channel}.gap_yes.mean"))
                    for channel, each in thinking.items()
                    if each.yes >= LEAST_FOR_SHARE and not np.isclose(each.value.mean_yes(), clocks.value.mean_yes())
                }
            ),
            soon=_soon(whole),
            alone=alone,
        )

    def _patient(self) -> bool:
        """Whether a log, or the reasons of losses, show that next to nobody is lost because no one came."""
        figures, model = self.found["stages"].figures, self.found["stages"].model
        told = None if model is None else figures.get(f"{model.stages[0]}.unanswered")
        if told is not None:
            return told.value < FEW_UNANSWERED
        seen = [each.value for each in load.moments_of(self.records) if each.measure == load.UNANSWERED]
        return bool(seen) and seen[0] < FEW_UNANSWERED

    def _channels(self, names: Sequence[str]) -> list[ChannelFacts]:
        """How the leads of each channel that has deals come; counted where there are too few weeks or leads."""
        found = self.found["arrivals"]
        known = found.model.channels if found.model is not None else {}
        sizes = self.found["amounts"].model
        made: list[ChannelFacts] = []
        for name in names:
            of = known.get(name)
            size = None
            if sizes is not None:
                # where sizes are a list, what is not known of their mean is in the factor
                level = np.ones(len(sizes.mean_draws)) if sizes.lognormal else sizes.mean_draws / sizes.mean
                factor, drawn = sizes.factors.get(name, 1.0), sizes.factor_draws.get(name, np.ones(len(level)))
                told = self.found["amounts"].figures.get(f"amount.{name}.factor")
                if len(names) > 1 or not sizes.lognormal:
                    size = _drawn(np.asarray(factor), drawn * level, told, sizes.values.size)
            calls = self._calls(name)
            if of is None:
                made.append(ChannelFacts(name, self._counted(name, len(made)), deal_size=size, calls=calls))
                continue
            figures = {
                key.removeprefix(f"{name}."): each for key, each in found.figures.items() if key.startswith(f"{name}.")
            }
            trend = figures["trend_per_year"]
            seasonal = bool(np.any(of.seasonality != 1))
            made.append(
                ChannelFacts(
                    name,
                    figures["leads_per_month"],
                    weekdays=tuple(of.weekdays.tolist()),
                    hours=tuple(of.hours.tolist()) if found.model.timed else None,
                    holidays=of.holidays if found.model.country else None,
                    seasonality=tuple(of.seasonality.tolist()) if seasonal else None,
                    trend=None if trend.kept is not None else trend,
                    bursts=figures["bursts.cv"],
                    memory=figures["bursts.memory"],
                    deal_size=size,
                    common=found.figures.get("common"),
                    calls=calls,
                    drawn={
                        "weekdays": of.weekday_draws,
                        **({"hours": of.hour_draws} if found.model.timed else {}),
                        **({"seasonality": of.season_draws} if seasonal else {}),
                    },
                )
            )
        return made

    def _calls(self, channel: str) -> Calls | None:
        """How the leads of a channel are sought, where it is the one that calls bring."""
        figures = self.found["attempts"].figures if "attempts" in self.found else {}
        made, find = figures.get("calls_per_month"), figures.get("channel.find")
        if made is None or find is None or not find.value > 0 or attempts.sought(self.records) != channel:
            return None
        return Calls(made, find)

    def _counted(self, name: str, number: int) -> Figure:
        """Leads a month as they were counted, with draws as of a Poisson process."""
        deals = self.records.deals
        begin, end = pd.Timestamp(first_day(self.records)), pd.Timestamp(self.records.as_of)
        months = max((end - begin).days, 1) / MONTH_DAYS
        count = int(((deals["channel"] == name) & (deals["created"] >= begin)).sum())
        luck = self.resampling.generator("counted leads", number)
        # none at all in these months may still be one later: as half a lead, where the draws lie around it
        draws = luck.gamma(max(count, 0.5), 1.0, self.resampling.draws) / months
        return Figure(f"{name}.leads_per_month", max(count, 0.5) / months, draws, count)

    def _amount(self) -> Clock:
        """The law of the sizes of won deals; with too few of them, what those few have."""
        found = self.found["amounts"]
        figures = found.figures
        if found.model is not None:
            return Clock(figures["amount.mean"], figures["amount.cv"])
        deals = self.records.deals
        won = deals.loc[deals["amount"] > 0, "amount"].to_numpy(np.float64)
        mean = float(won.mean()) if len(won) else DEFAULT_DEAL
        cv = float(np.clip(won.std() / won.mean(), 0.1, 5.0)) if len(won) > 1 else 1.0
        kept = figures["amount.mean"].kept
        return Clock(Figure("amount.mean", mean, kept=kept), Figure("amount.cv", cv, kept=kept))

    def _trend(self) -> Figure | None:
        """Growth of amounts a year, where the records tell it."""
        found = self.found["amounts"].figures.get("amount.drift")
        return None if found is None or found.kept is not None else found

    def _heaps(self) -> tuple[tuple[float, float], ...]:
        """Sizes of won deals as a list with weights, where no law fits."""
        model = self.found["amounts"].model
        if model is None or model.lognormal:
            return ()
        law = model.distribution()
        weights = law.weights or (1.0,) * len(law.values)
        return tuple((float(value), float(weight)) for value, weight in zip(law.values, weights, strict=True))

    def _people(self) -> PeopleFacts:
        """Who works and when: by the events, else by the owners of the last quarter's deals."""
        there, tenures = self.found["presence"], self.found.get("tenure")
        heads = there.figures.get("heads")
        if heads is None or heads.kept is not None or not heads.value > 0:
            heads = self._owners()
        more: dict[str, Any] = {}
        if isinstance(there.model, presence.Presence):
            more["calendar"] = there.model.office.calendar()
        if tenures is not None and isinstance(tenures.model, tenure.Tenure):
            more["law"] = tenures.model.form()
            more["law_draws"] = tuple(tenures.model.form(each) for each in tenures.model.draws)
            more["law_figure"] = tenures.figures["per_year"]
        busy = self.found["load"].figures.get("load") if "load" in self.found else None
        if busy is not None and busy.kept is None and busy.value > 0:
            more["load"] = busy
        talent = self.found["sellers"].figures.get("talent.sd") if "sellers" in self.found else None
        if talent is not None and talent.kept is None and talent.value <= MOST_TALENT:
            more["talent"] = talent
        return PeopleFacts(heads, self._present(), **more)

    def _present(self) -> tuple[RoleFacts, ...]:
        """The roles that divide the work today: full seats by the events, of whom none shows by the list of staff."""
        model = self.found["division"].model if "division" in self.found else None
        if not isinstance(model, division.Division):
            return ()
        seats = self.found["presence"].figures
        made = []
        for role in model.roles:
            heads = seats.get(f"heads.{role.name}")
            if heads is None or heads.kept is not None or not role.stages:
                heads = Figure("heads", float(role.people), None, role.people)
            made.append(RoleFacts(role.name, heads, role.stages, role.prospects, role.serves))
        return tuple(made)

    def _owners(self) -> Figure:
        """People who own deals of the last quarter."""
        deals = self.records.deals
        quarter = pd.Timestamp(self.records.as_of) - pd.Timedelta(days=91)
        late = deals[(deals["created"] >= quarter) & (deals["owner"] >= 0)]
        return Figure("sellers", float(max(late["owner"].nunique(), 1)), None, len(late))

    def _work(self, stage: str) -> Clock | None:
        """Hours of a piece of work in a stage, where a log has pieces of its name."""
        if "work" not in self.found:
            return None
        figures = self.found["work"].figures
        model = self.found["stages"].model
        first = model is not None and stage == model.stages[0]
        told = FIRST_WORK if f"{stage}.hours" not in figures and first else stage
        mean, cv = figures.get(f"{told}.hours"), figures.get(f"{told}.cv")
        if mean is None or cv is None or mean.kept is not None:
            return None
        return Clock(mean, cv)

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
    grouped = rows.value_counts(sort=False).reset_index()
    for row in grouped.to_dict("records"):
        yield {str(name): float(value) for name, value in row.items()}


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


def _soon(of: stages.Clocks) -> tuple[float, ...]:
    """Days within which shares of those who go on have done so, counted; empty where few have."""
    told = of.incidence.yes[:, 0]
    if of.yes < LEAST_FOR_SHARE or not told[-1] > 0:
        return ()
    at = np.searchsorted(told / told[-1], SOON)
    return tuple((of.incidence.times[at] / HOURS).tolist())


def _each(values: Floats, draws: Mixture) -> Floats:
    """One value for each draw, also where all draws have the same."""
    return np.array(np.broadcast_to(values, np.shape(draws.share)), np.float64)
