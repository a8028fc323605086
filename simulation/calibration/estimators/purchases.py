"""Purchases of the known customers, out of orders and won deals, and the season that they show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators.buying import Histories
from simulation.calibration.estimators.spending import Spent
from simulation.calibration.records import UNKNOWN, Records

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SEASON_YEARS = 2.0
"""Years from which on a season is told apart from growth."""


@dataclass(frozen=True)
class Purchases:
    """Purchases in the order of customers and time."""

    customer: Ints
    """Row of the customer of each purchase; shape (purchases,)."""
    day: Floats
    """Days since the records' begin."""
    amount: Floats
    first: Floats
    """Amount of each customer's first deal, NaN where none is recorded; shape (customers,)."""
    new: NDArray[np.bool_]
    """Whether a customer's first purchase is known to be its first; shape (customers,)."""
    end: float
    """Days from the records' begin to their end."""
    begin: pd.Timestamp
    split: bool
    """Whether orders of one day were taken together."""

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.new)

    def histories(self, clock: Floats | None = None) -> Histories:
        """What each customer bought so far, by a clock (cumulative season at each day's begin) or the calendar."""

        def at(day: Floats) -> Floats:
            return day if clock is None else np.interp(day, np.arange(len(clock)), clock)

        first = np.searchsorted(self.customer, np.arange(self.customers))
        last = np.append(first[1:], len(self.customer)) - 1
        day = at(self.day)
        gaps = np.diff(day, prepend=0.0)
        gaps[first] = 1.0
        logs = np.bincount(self.customer, np.log(np.maximum(gaps, 1e-2)), minlength=self.customers).astype(float)
        end = float(at(np.array([self.end]))[0])
        lead = np.where(self.new, np.nan, day[first])
        repeats = (last - first).astype(float)
        return Histories(repeats, day[last] - day[first], np.maximum(end - day[first], 1e-3), lead, logs)

    def spent(self) -> Spent:
        """What each customer spent so far, without first deals that are known: these have a law of their own."""
        deal = np.zeros(len(self.customer), bool)
        first = np.searchsorted(self.customer, np.arange(self.customers))
        deal[first] = np.isfinite(self.first)
        of = np.log(self.amount[~deal])
        count, money, logs, squares = (
            np.bincount(self.customer[~deal], each, self.customers).astype(float)
            for each in (None, self.amount[~deal], of, of**2)
        )
        return Spent(count, money, logs, np.maximum(squares - logs**2 / np.maximum(count, 1.0), 0.0))


def purchases_of(records: Records) -> Purchases:
    """Purchases of the known customers: orders and won deals with an amount above 0, a deal once."""
    orders = records.orders[["customer", "placed", "amount"]].rename(columns={"placed": "at"})
    deals = records.deals
    won = deals[(deals["status"] == "won") & deals["closed"].notna()]
    won = won[["customer", "closed", "amount", "repeat"]].rename(columns={"closed": "at"})
    firsts = won[(won["repeat"] != 1) & (won["customer"] != UNKNOWN)].drop_duplicates("customer")
    # books hold deals too: one is the order of the same customer and, but for a rounding, amount within a day of it
    both = won.reset_index().merge(orders, on="customer", suffixes=("_deal", ""))
    near = (both["at"] - both["at_deal"]).abs() <= pd.Timedelta(days=1)
    same = both[near & ((both["amount"] - both["amount_deal"]).abs() <= 0.01 * both["amount_deal"].abs())]
    already = won.index.isin(same["index"])
    rows = pd.concat([orders, won.loc[~already, ["customer", "at", "amount"]]], ignore_index=True)
    rows = rows[(rows["customer"] != UNKNOWN) & (rows["amount"] > 0) & rows["at"].notna()]
    begin = pd.Timestamp(records.since) if records.since is not None else rows["at"].min()
    begin = pd.Timestamp(begin if pd.notna(begin) else records.as_of).normalize()
    rows = rows[rows["at"] >= begin]
    rows = rows.assign(day=(rows["at"] - begin) / pd.Timedelta(days=1))
    rows = rows.sort_values(["customer", "day"], kind="stable")
    names, customer = np.unique(rows["customer"].to_numpy(np.int64), return_inverse=True)
    day, amount = rows["day"].to_numpy(float), rows["amount"].to_numpy(float)
    again = customer[1:] == customer[:-1]
    apart = (np.floor(day[1:]) - np.floor(day[:-1]))[again]
    split = int((apart == 0).sum()) > max(int((apart == 1).sum()), 1)
    if split and len(day):
        key = np.flatnonzero(np.concatenate([[True], ~again | (np.diff(np.floor(day)) > 0)]))
        customer, day, amount = customer[key], np.floor(day[key]), np.add.reduceat(amount, key)
    first = firsts.set_index("customer")["amount"].reindex(names).to_numpy(float)
    new = np.isin(names, firsts["customer"]) if len(firsts) else np.ones(len(names), bool)
    end = max((pd.Timestamp(records.as_of) - begin) / pd.Timedelta(days=1), float(day.max(initial=0.0)) + 1e-3)
    return Purchases(np.asarray(customer).ravel().astype(np.int64), day, amount, first, new, float(end), begin, split)


def season_of(bought: Purchases, resampling: Resampling) -> tuple[Floats, Floats]:
    """Factors of the calendar months, mean 1, and those of each draw, shape (draws, 12); ones without two years."""
    flat = np.ones(12), np.ones((resampling.draws, 12))
    months = (bought.begin + pd.to_timedelta(bought.day, unit="D")).to_period("M")
    first = bought.begin.to_period("M") + int(bought.begin.day > 1)
    last = (bought.begin + pd.Timedelta(days=bought.end)).to_period("M") - 1
    count = (last - first).n + 1 if last >= first else 0
    if count < SEASON_YEARS * 12:
        return flat
    place = np.asarray(months.astype("int64")) - first.ordinal
    inside = (place >= 0) & (place < count)
    days = np.array([(first + k).days_in_month for k in range(count)], float)
    calendar = np.array([(first + k).month - 1 for k in range(count)])
    kernel = np.r_[0.5, np.ones(11), 0.5] / 12  # of the mean of a year around a month

    def factors(each: Floats | None) -> Floats:
        own = None if each is None else each[bought.customer[inside]]
        daily = np.bincount(place[inside], own, count) / days
        level = np.convolve(daily, kernel, mode="valid")
        ratio = daily[6 : count - 6] / np.maximum(level, 1e-12)
        which, counts = calendar[6 : count - 6], np.bincount(calendar[6 : count - 6], minlength=12)
        mean = np.bincount(which, ratio, 12) / np.maximum(counts, 1)
        mean[counts == 0] = 1.0
        noise = 12 / max(float(daily @ days), 1.0)  # of a count of a month, about
        if counts.max() > 1:
            rest = ratio - mean[which]
            noise = max(noise, float(rest @ rest) / max(len(ratio) - 12, 1) / float(counts.mean()))
        wide = max(float(mean.var()) - noise, 0.0)
        shrunk = 1 + (mean - mean.mean()) * wide / (wide + noise)
        return np.asarray(np.maximum(shrunk, 0.05) / np.maximum(shrunk, 0.05).mean())

    drawn = [
        factors(resampling.weights("customers", bought.customers, r).astype(float)) for r in range(resampling.draws)
    ]
    return factors(None), np.array(drawn).reshape(-1, 12)


def clock_of(season: Floats, begin: pd.Timestamp, days: int) -> Floats:
    """Cumulative season at the begin of each of so many days, and at their end; days."""
    months = pd.date_range(begin, periods=days, freq="D").month.to_numpy() - 1
    return np.concatenate([[0.0], np.cumsum(season[months])])
