"""A mixture of competing risks, fitted: which share says yes, and how long a yes and a no take.

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from simulation.calibration.estimators import laws
from simulation.calibration.estimators.counting import Counts
from simulation.calibration.estimators.laws import FAMILIES, Family
from simulation.calibration.estimators.mixture import Floats, Mixture, mixed

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
                kept = mixed(kept, other.draws(counts), better)
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
