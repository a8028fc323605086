"""A mixture of competing risks: a share says yes, each after a time of its own law, and the others say no or never do.

As the model has it (docs/model.md, 'Yes, no and silence'; Larson and Dinse 1985): with the share p, laws F of the times
to a yes and to a no, the share s of the others who never say so and the age x at which a deal is closed, the
likelihood of a deal is p f_yes(t) for a yes, (1 - p)(1 - s) f_no(t) for a no, and
S(t) = p (1 - F_yes(t)) + (1 - p)(s + (1 - s)(1 - F_no(t))) for one that is open at t or is closed because t = x;
whoever came under observation at an age a is divided by S(a). Some answer at once: those with age 0 are counted, and
the laws are of the others. The search has gradients; the draws of a bootstrap are one Newton step of the weighted
likelihood from its maximum, theta_r = theta + I^-1 U(w_r) (the delta method of the bootstrap: Efron and Tibshirani
1993, ch. 22).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from simulation.calibration.estimators import laws
from simulation.calibration.estimators.laws import FAMILIES, Family
from simulation.written.distributions import Distribution

Floats = NDArray[np.float64]
P, S, YES_PLACE, YES_WIDTH, NO_PLACE, NO_WIDTH = range(6)
"""Places in the vector of parameters: log-odds of the share and of silence, then both laws as `laws` has them."""
_NEVER = -20.0
"""Log-odds of silence where nobody is silent."""
_STEP = 1e-4
_ROUNDS = 80  # of a search
_NEAR = 12.0  # points of AIC beyond which no sample is like to choose other laws
_LEAP = 3.0  # a draw goes no further than this in any parameter: beyond it a Newton step means nothing
_WIDE = 1.5  # standard deviation of the weak prior of a law's width, on its logarithm


@dataclass(frozen=True)
class Counts:
    """Weighted numbers of spells at each time: columns are the records as they are and then each draw.

    `times` are above 0, rising, shape (times,); the arrays of shape (times, 1 + draws). Those who answered at once
    stand beside: `at_once_yes`, `at_once_no` and `from_start` (all who were seen from their start), shape (1 + draws,).
    """

    times: Floats
    yes: Floats
    no: Floats
    censored: Floats
    entered: Floats
    at_once_yes: Floats
    at_once_no: Floats
    from_start: Floats

    def first(self) -> Counts:
        """The records as they are, without the draws."""
        names = ("yes", "no", "censored", "entered", "at_once_yes", "at_once_no", "from_start")
        return Counts(self.times, **{name: getattr(self, name)[..., :1] for name in names})

    def __add__(self, other: Counts) -> Counts:
        names = ("yes", "no", "censored", "entered", "at_once_yes", "at_once_no", "from_start")
        return Counts(self.times, **{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class Mixture:
    """The fitted mixture. Numbers are arrays of one shape: () for the estimate, (draws,) for its draws."""

    yes_law: Family
    no_law: Family
    share: Floats
    """Of all: who say yes, at once or, where nothing expires before, later."""
    yes_place: Floats
    yes_width: Floats
    no_place: Floats
    no_width: Floats
    yes_at_once: Floats
    """Of those who say yes, at once."""
    no_at_once: Floats
    """Of those who say no, at once."""
    silent: Floats
    """Of those who do not say yes: never say so."""
    expires: float = math.inf
    """Age at which those without an answer are closed, hours."""

    def survivals(self, hours: Floats | float) -> tuple[Floats, Floats]:
        """Shares of those who say yes, and of the others, who have not answered by ages; they broadcast with the draws.

        At age 0 those are left who do not answer at once.
        """
        yes = (1 - self.yes_at_once) * laws.survival(self.yes_law, self.yes_place, self.yes_width, hours)
        no = (1 - self.no_at_once) * laws.survival(self.no_law, self.no_place, self.no_width, hours)
        return yes, self.silent + (1 - self.silent) * no

    def still_open(self, hours: Floats | float) -> Floats:
        """Share that is open at an age: neither won nor lost nor expired."""
        yes, no = self.survivals(hours)
        return np.where(np.asarray(hours) >= self.expires, 0.0, self.share * yes + (1 - self.share) * no)

    def yes_by(self, hours: Floats | float) -> Floats:
        """Share that has said yes by an age."""
        return np.asarray(self.share * (1 - self.survivals(np.minimum(hours, self.expires))[0]))

    def no_by(self, hours: Floats | float) -> Floats:
        """Share that has said no, or was closed without an answer, by an age."""
        return np.asarray(1 - self.yes_by(hours) - self.still_open(hours))

    @property
    def observed_share(self) -> Floats:
        """Share that says yes before it expires: what counting would find."""
        return self.yes_by(math.inf) if self.expires < math.inf else self.share

    def still_yes(self, age: Floats | float) -> Floats:
        """Chance that a deal that is open at an age says yes in time."""
        left = self.still_open(age)
        return np.where(left > 1e-12, (self.observed_share - self.yes_by(age)) / np.maximum(left, 1e-12), 0.0)

    def mean_yes(self) -> Floats:
        """Mean time to a yes, hours, those at once among them."""
        return np.asarray((1 - self.yes_at_once) * laws.mean(self.yes_law, self.yes_place, self.yes_width))

    def mean_no(self) -> Floats:
        """Mean time to a no that is said, hours."""
        return np.asarray((1 - self.no_at_once) * laws.mean(self.no_law, self.no_place, self.no_width))

    def until_yes(self, points: int = 100) -> Distribution:
        """Law of the time to a yes for a scenario: the fitted law; with those at once as `empirical` with weights."""
        return _written(self.yes_law, float(self.yes_place), float(self.yes_width), float(self.yes_at_once), points)

    def until_no(self, points: int = 100) -> Distribution:
        """Law of the time to a no for a scenario, in the same form."""
        return _written(self.no_law, float(self.no_place), float(self.no_width), float(self.no_at_once), points)

    def beside(self, draws: Mixture) -> Mixture:
        """The estimate and its draws in one, shape (1 + draws,)."""
        size = np.shape(draws.share)[0]
        both = {name: np.r_[getattr(self, name), np.broadcast_to(getattr(draws, name), (size,))] for name in NUMBERS}
        return replace(draws, **_numbers(both))

    def row(self, draw: int) -> Mixture:
        """One of the draws."""
        values = {name: np.asarray(getattr(self, name)) for name in NUMBERS}
        return replace(self, **_numbers({name: v[draw] if v.ndim else v for name, v in values.items()}))


NUMBERS = ("share", "yes_place", "yes_width", "no_place", "no_width", "yes_at_once", "no_at_once", "silent")
"""Fields of a mixture that differ by draw."""


def _mixed(kept: Mixture, other: Mixture, rows: NDArray[np.bool_]) -> Mixture:
    """Draws of one mixture, some of them taken from another and told in the laws of the first."""
    values = {name: np.where(rows, getattr(other, name), getattr(kept, name)) for name in NUMBERS}
    for law, mine, end in ((other.yes_law, kept.yes_law, "yes"), (other.no_law, kept.no_law, "no")):
        if law != mine:
            place, width = getattr(other, f"{end}_place"), getattr(other, f"{end}_width")
            told = laws.with_moments(mine, laws.mean(law, place, width), laws.variation(law, width))
            for name, value in zip((f"{end}_place", f"{end}_width"), told, strict=True):
                values[name] = np.where(rows, value, getattr(kept, name))
    return replace(kept, **_numbers(values))


def _numbers(values: Mapping[str, Floats]) -> Any:
    """Values of fields, of a type that `replace` takes for any field."""
    return dict(values)


@dataclass(frozen=True)
class Fit:
    """A mixture at the maximum of its likelihood."""

    families: tuple[Family, Family]
    silence: bool
    expires: float
    theta: Floats
    """Parameters of the estimate, shape (6,)."""
    covariance: Floats
    """Of the parameters, shape (6, 6); 0 for those that are held."""
    pull: Floats
    """Gradient of the weak prior at the estimate, shape (6,)."""
    loss: float
    """Half the deviance: minus the log-likelihood, the weak prior left out."""

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * (self.loss + 5 + self.silence)

    def value(self, counts: Counts) -> Mixture:
        """The mixture, those of the counts who answer at once among them."""
        return _mixture(self.theta[:, None], counts, slice(0, 1), self).row(0)

    def aics(self, counts: Counts) -> Floats:
        """The criterion in each draw: of the weighted likelihood at its own maximum, to the second order."""
        data = _Data(counts, self.expires)
        _, scores, logs = data.cells(self.theta, self.families)
        weights = data.weights[:, 1:]
        slope = np.einsum("pk,kr->pr", scores, weights) - self.pull[:, None]
        gain = np.einsum("pr,pq,qr->r", slope, self.covariance, slope) / 2
        return np.asarray(2 * (5 + self.silence - np.einsum("k,kr->r", logs, weights) - gain))

    def draws(self, counts: Counts) -> Mixture:
        """The mixture in each draw: one Newton step from the estimate."""
        data = _Data(counts, self.expires)
        _, scores = data.likelihood(self.theta, self.families)
        moved = self.covariance @ (np.einsum("pk,kr->pr", scores, data.weights[:, 1:]) - self.pull[:, None])
        return _mixture(self.theta[:, None] + np.clip(moved, -_LEAP, _LEAP), counts, slice(1, None), self)


def fit(
    counts: Counts,
    families: tuple[Family, Family],
    silence: bool = False,
    expires: float = math.inf,
    start: Floats | None = None,
    free: Sequence[int] | None = None,
) -> Fit:
    """The mixture with given laws, by maximum likelihood.

    Args:
        counts: of the spells; those of the nos that stand at `expires` or later are taken as closed without an answer.
        families: the laws of the time to a yes and to a no.
        silence: whether some never say no.
        expires: age at which deals are closed, hours; inf where none are.
        start: parameters to begin with; those that are not free stay there.
        free: which of them are searched; all that matter when None.
    """
    data = _Data(counts.first(), expires)
    theta = _begin(data, families, silence) if start is None else np.array(start, float)
    if free is None:
        free = [P, *([S] if silence else []), YES_PLACE, YES_WIDTH, NO_PLACE, NO_WIDTH]
    chosen = np.asarray(free)
    centre = theta.copy()

    def loss(x: Floats) -> tuple[float, Floats]:
        at = theta.copy()
        at[chosen] = x
        value, scores = data.likelihood(at, families)
        weight, pull = _prior(at, centre)
        # no matrix product: one so small is not worth waking the other processors for
        return value + weight, pull[chosen] - np.einsum("pk,k->p", scores, data.full)[chosen]

    low, high = (np.array(limits)[chosen] for limits in zip(*_bounds(data, theta), strict=True))
    best = _least(loss, theta[chosen], low, high, max(float(data.yes.sum() + data.no.sum()), 1.0))
    theta[chosen] = best
    information = np.empty((len(chosen), len(chosen)))
    for n in range(len(chosen)):
        step = np.zeros(len(chosen))
        step[n] = _STEP
        information[n] = (loss(best + step)[1] - loss(best - step)[1]) / (2 * _STEP)
    values, vectors = np.linalg.eigh((information + information.T) / 2)
    covariance = np.zeros((6, 6))
    # a direction that the records say nothing of is as wide as the weak prior would leave it
    covariance[np.ix_(chosen, chosen)] = (vectors / np.maximum(values, 0.05)) @ vectors.T
    value, _ = data.likelihood(theta, families)
    return Fit(families, silence, expires, theta, covariance, _prior(theta, centre)[1], value)


@dataclass(frozen=True)
class Choice:
    """The laws with the least AIC, and those that another sample might have chosen."""

    best: Fit
    others: tuple[Fit, ...]

    def draws(self, counts: Counts) -> Mixture:
        """The mixture in each draw, with the laws that have the least AIC there.

        A draw whose laws are others is told in the best ones, with the same means and coefficients of variation: the
        doubt about the law is a doubt about both (Efron 2014, estimation after model selection).
        """
        kept = self.best.draws(counts)
        least = self.best.aics(counts)
        for other in self.others:
            aic = other.aics(counts)
            better = aic < least
            if better.any():
                least = np.where(better, aic, least)
                kept = _mixed(kept, other.draws(counts), better)
        return kept


def chosen(counts: Counts, silence: bool = True, expires: float = math.inf) -> Choice:
    """The laws with the least AIC: one after the other, from lognormal times on; then whether some are silent."""
    counts = counts.first()
    quiet = expires < math.inf and silence
    tried = [fit(counts, (family, FAMILIES[0]), quiet, expires) for family in FAMILIES]
    best = min(tried, key=lambda found: found.aic)
    yes, no = best.families
    tried += [fit(counts, (yes, family), quiet, expires) for family in FAMILIES if family != no]
    best = min(tried, key=lambda found: found.aic)
    if silence and not quiet and counts.censored.sum() >= 0.05 * counts.yes.sum():
        silent = [fit(counts, (yes, family), True, expires) for family in FAMILIES]
        found = min(silent, key=lambda found: found.aic)
        # two points more than AIC asks for: a wide law of the no and silence look alike until deals are old
        if found.aic < best.aic - 2:
            best, tried = found, silent
    near = (each for each in tried if each is not best and each.aic < best.aic + _NEAR)
    return Choice(best, tuple(near))


def expiry(times: Floats, no: Floats, yes: Floats) -> float:
    """Age at which deals are closed without an answer, where many nos stand at one age and hardly any end after it.

    A window about an age must hold a tenth of all nos and ten of them, six times as many as windows of its width beside
    it, and hardly anything (a fiftieth of all ends) may come after it. Where the days are counted from the last work
    on a deal and not from its entry, the nos are spread by nights and week-ends: the narrowest window that holds is
    taken, from half a day to both sides (or a hundredth of the age) up to three days or a twentieth.
    """
    total = no.sum()
    if total < 20:
        return math.inf
    own = times[no > 0.02 * total] if np.any(no > 0.02 * total) else times[no > 0]
    ended = no + yes
    summed = [np.concatenate([[0.0], np.cumsum(each)]) for each in (no, ended)]

    def between(which: int, low: Floats, high: Floats) -> Floats:
        """How many ends lie in [low, high]."""
        counted = summed[which]
        return counted[np.searchsorted(times, high, "right")] - counted[np.searchsorted(times, low, "left")]

    for days, part in ((0.5, 0.01), (1.0, 0.02), (2.0, 0.03), (3.0, 0.05)):
        half = np.maximum(part * own, 24.0 * days)
        inside = between(0, own - half, own + half)
        beside = (between(0, own - 3 * half, own + 3 * half) - inside) / 2
        after = ended.sum() - between(1, np.zeros(len(own)), own + half)
        found = (own > 3 * half) & (inside >= np.maximum(max(0.1 * total, 10.0), 6 * beside))
        found &= after <= 0.02 * ended.sum()
        if found.any():
            best = int(np.argmax(np.where(found, inside, -1.0)))
            return _begin_of_heap(times, no, float(own[best]), float(half[best]))
    return math.inf


def _begin_of_heap(times: Floats, no: Floats, inside: float, half: float) -> float:
    """Where a heap about an age begins: at the one moment at which most of it stands, else where it first is dense.

    Args:
        times: ages.
        no: how many said no at each.
        inside: an age inside the heap.
        half: half the width of its window.
    """
    near = np.flatnonzero((np.abs(times - inside) <= half) & (no > 0))
    if no[near].max() >= 0.5 * no[near].sum():
        return float(times[near[np.argmax(no[near])]])
    step = max(0.0025 * inside, 6.0)
    reach = max(half, 72.0, 0.05 * inside)
    usual = 3 * float(no[(times >= inside - 3 * reach) & (times < inside - reach)].sum()) * step / (2 * reach)
    begin, sparse = inside, 0
    for place in range(int(reach / step)):
        below = (times >= inside - (place + 1) * step) & (times < inside - place * step) & (no > 0)
        if no[below].sum() > usual:
            begin, sparse = float(times[below][0]), 0
        elif (sparse := sparse + 1) >= _NIGHT:
            break
    return begin


_NIGHT = 4
"""Steps of a quarter of a day in a row without anybody that a heap may have inside: a night, and the hours after it."""


class _Data:
    """Counts by kind in one row of cells, as the likelihood wants them."""

    def __init__(self, counts: Counts, expires: float) -> None:
        late = counts.times >= expires * (1 - 1e-9)
        ended = np.where(late[:, None], 0.0, counts.no)
        left = counts.censored + counts.no - ended - counts.entered
        self.times = np.minimum(counts.times, expires)
        self.weights = np.concatenate([counts.yes, ended, left])
        used = np.flatnonzero((counts.yes + counts.no + counts.censored + counts.entered)[:, 0])
        if len(used) < len(late):  # in no draw is anything where nothing is in the records
            self.times = self.times[used]
            self.weights = self.weights[np.concatenate([used, used + len(late), used + 2 * len(late)])]
        self.full = self.weights[:, 0]
        self.yes, self.no = np.split(self.full, 3)[:2]

    def likelihood(self, theta: Floats, families: tuple[Family, Family]) -> tuple[float, Floats]:
        """Minus the log-likelihood of the records as they are, and the scores of each cell, shape (6, 3 * times)."""
        value, scores, _ = self.cells(theta, families)
        return value, scores

    def cells(self, theta: Floats, families: tuple[Family, Family]) -> tuple[float, Floats, Floats]:
        """The same, and the log-likelihood of each cell; 0 where the records have nothing."""
        p, s = special.expit(theta[P]), special.expit(theta[S])
        yes = laws.terms(families[0], theta[YES_PLACE], theta[YES_WIDTH], self.times)
        no = laws.terms(families[1], theta[NO_PLACE], theta[NO_WIDTH], self.times)
        log_p, log_q = -np.logaddexp(0, -theta[P]), -np.logaddexp(0, theta[P])
        log_s, log_say = -np.logaddexp(0, -theta[S]), -np.logaddexp(0, theta[S])
        by_yes, by_no = log_p + yes.survival, log_q + log_say + no.survival
        by_silence = np.full(len(self.times), log_q + log_s)
        total = np.logaddexp(np.logaddexp(by_yes, by_no), by_silence)
        logs = np.concatenate([log_p + yes.density, log_q + log_say + no.density, total])
        w_yes, w_no = np.exp(by_yes - total), np.exp(by_no - total)
        w_quiet = np.exp(by_silence - total)
        k = len(self.times)
        scores = np.zeros((6, 3 * k))
        scores[P] = np.concatenate([np.full(k, 1 - p), np.full(k, -p), w_yes - p])
        scores[S] = np.concatenate([np.zeros(k), np.full(k, -s), w_quiet * (1 - s) - w_no * s])
        scores[YES_PLACE : YES_WIDTH + 1, :k] = yes.density_slope
        scores[YES_PLACE : YES_WIDTH + 1, 2 * k :] = w_yes * yes.survival_slope
        scores[NO_PLACE : NO_WIDTH + 1, k : 2 * k] = no.density_slope
        scores[NO_PLACE : NO_WIDTH + 1, 2 * k :] = w_no * no.survival_slope
        used = self.full != 0
        return -float(self.full[used] @ logs[used]), scores, np.where(used, logs, 0.0)


def _begin(data: _Data, families: tuple[Family, Family], silence: bool) -> Floats:
    yes, no = float(data.yes.sum()), float(data.no.sum())
    theta = np.zeros(6)
    theta[P] = math.log((yes + 0.5) / (no + 0.5))
    theta[S] = -1.5 if silence else _NEVER
    both = data.yes + data.no
    if not both.any():
        both = np.ones(len(data.times))
    for place, ends, family in ((YES_PLACE, data.yes, families[0]), (NO_PLACE, data.no, families[1])):
        theta[place : place + 2] = laws.start(data.times, ends if np.count_nonzero(ends) > 1 else both, family)
    return theta


def _bounds(data: _Data, theta: Floats) -> list[tuple[float, float]]:
    low, high = math.log(data.times.min()) - 5, math.log(data.times.max()) + 5
    places = [(min(low, theta[n]), max(high, theta[n])) for n in (YES_PLACE, NO_PLACE)]
    return [(-12, 12), (_NEVER, 8), places[0], (-3.5, 3.5), places[1], (-3.5, 3.5)]


def _prior(theta: Floats, centre: Floats) -> tuple[float, Floats]:
    """Weak pulls that keep what the records hardly tell finite: half a case to a share, widths of common laws."""
    p = special.expit(theta[P])
    value = -0.5 * (-np.logaddexp(0, -theta[P]) - np.logaddexp(0, theta[P]))
    pull = np.zeros(6)
    pull[P] = -0.5 * (1 - 2 * p)
    for n in (YES_WIDTH, NO_WIDTH):
        value += 0.5 * (theta[n] / _WIDE) ** 2
        pull[n] = theta[n] / _WIDE**2
    for n in (YES_PLACE, NO_PLACE):
        value += 0.5 * ((theta[n] - centre[n]) / (2 * _WIDE)) ** 2
        pull[n] = (theta[n] - centre[n]) / (2 * _WIDE) ** 2
    if theta[S] > _NEVER + 1:
        value += 0.5 * ((theta[S] + 1.5) / (2 * _WIDE)) ** 2
        pull[S] = (theta[S] + 1.5) / (2 * _WIDE) ** 2
    return float(value), pull


def _least(
    loss: Callable[[Floats], tuple[float, Floats]], x: Floats, low: Floats, high: Floats, cases: float
) -> Floats:
    """Where a loss of a few parameters is least, between limits: BFGS (Nocedal and Wright 2006, ch. 6).

    Steps are halved until they help. The libraries' own search wakes all processors for matrices of five rows.
    """
    inverse = np.eye(len(x)) / cases
    value, slope = loss(x)
    for _ in range(_ROUNDS):
        step = -inverse @ slope
        step *= min(1.0, 1.5 / max(float(np.abs(step).max()), 1e-12))
        for _ in range(20):
            tried = np.clip(x + step, low, high)
            there, slope_there = loss(tried)
            if there <= value + 1e-4 * float(slope @ (tried - x)):
                break
            step = step / 2
        else:
            break
        moved, turned = tried - x, slope_there - slope
        x, gain, value, slope = tried, value - there, there, slope_there
        if gain < 1e-7 * (1 + abs(value) / 1000):
            break
        along = float(moved @ turned)
        if along > 1e-12:
            side = np.eye(len(x)) - np.outer(moved, turned) / along
            inverse = side @ inverse @ side.T + np.outer(moved, moved) / along
    return x


def _mixture(theta: Floats, counts: Counts, columns: slice, of: Fit) -> Mixture:
    """The whole mixture, those who answer at once put back: parameters of shape (6, draws)."""
    seen = np.maximum(counts.from_start[columns], 1e-9)
    now_yes, now_no = counts.at_once_yes[columns] / seen, counts.at_once_no[columns] / seen
    later = np.maximum(1 - now_yes - now_no, 0.0)
    p, s = special.expit(theta[P]), special.expit(theta[S]) if of.silence else np.zeros(theta.shape[1])
    share = now_yes + later * p
    lost = now_no + later * (1 - p)
    silent = later * (1 - p) * s / np.maximum(lost, 1e-12)
    said = lost * (1 - silent)
    return Mixture(
        *of.families,
        share,
        theta[YES_PLACE],
        theta[YES_WIDTH],
        theta[NO_PLACE],
        theta[NO_WIDTH],
        np.where(share > 0, now_yes / np.maximum(share, 1e-12), 0.0),
        np.where(said > 0, now_no / np.maximum(said, 1e-12), 0.0),
        silent,
        of.expires,
    )


def _written(family: Family, place: float, width: float, at_once: float, points: int) -> Distribution:
    if at_once < 0.005:
        return laws.distribution(family, place, width)
    if at_once > 0.995:
        return Distribution.constant(0.0)
    levels = (np.arange(points) + 0.5) / points
    times = laws.quantile(family, place, width, levels)
    times *= float(laws.mean(family, place, width)) / max(float(times.mean()), 1e-12)
    return Distribution.empirical([0.0, *times.tolist()], [at_once, *np.full(points, (1 - at_once) / points).tolist()])
