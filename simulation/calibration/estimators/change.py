"""Whether a weekly series changes: a step, a straight drift or a wave of the year, against chance with memory.

A series is given by its scores and what variance chance alone gives them (information): leads less those expected,
decisions less their chances, ends less cumulative hazards. With V the information until a week and S the scores, a step
after week k gains (S_k - S V_k / V)^2 / (V_k (1 - V_k / V)) in twice the log-likelihood (Andrews 1993); the largest one
counts. Weeks vary more than chance and remember: the gain is divided by the dispersion in the long run,
phi (1 + rho) / (1 - rho), estimated with the step taken out, so that a step does not hide itself. Its law under no
change comes from series with the same information, and with the memory corrected for its bias (Kendall 1954), that go
through the same sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TRIM = 0.1
"""Share of the information at both ends where no step is looked for."""
LEAST_WEEKS = 12
_TRIALS = 999
_MOST_TRIALS, _FEW = 12 * _TRIALS, 20
"""Trials go on until so many gained as much, or there are so many: the small chances are those that count (Besag and
Clifford 1991, Biometrika 78, 301-304)."""


@dataclass(frozen=True)
class Change:
    """What a series shows."""

    step_week: int
    """First week after the step."""
    step: float
    """How much the score per information is larger after it: a difference of logarithms, or of log-odds."""
    step_p: float
    step_gain: float
    """Gain in twice the log-likelihood, by the dispersion."""
    drift: float
    """Slope of a straight line over the whole time, in the same unit."""
    drift_p: float
    drift_gain: float
    wave_gain: float
    """Gain of a wave with the period of a year; 0 where there is less than three quarters of one."""

    @property
    def stepped(self) -> bool:
        """Whether a step tells more than a drift or a wave: AIC, where the time of a step counts as a parameter."""
        return self.step_gain - 4 >= max(self.drift_gain - 2, self.wave_gain - 4)


def change(scores: Floats, information: Floats, luck: np.random.Generator) -> Change | None:
    """Looks for a change in a weekly series; None where there are too few weeks with anything in them.

    Args:
        scores: mean 0 under no change, shape (weeks,).
        information: their variances by chance alone.
        luck: of the series that the law under no change comes from.
    """
    if np.count_nonzero(information > 0) < LEAST_WEEKS or len(scores) < LEAST_WEEKS:
        return None
    scores, information = np.asarray(scores, float), np.maximum(np.asarray(information, float), 1e-9)
    gain, place, spread, memory = _scan(scores[None], information)
    weeks = len(scores)
    time = np.linspace(-0.5, 0.5, len(scores))
    slope, along = _along(scores[None], information, time[None])
    # the same dispersion for both, so that they can be compared
    drift_gain = along[0] / spread[0]
    above, played = np.zeros(2), 0
    while played < _TRIALS or (played < _MOST_TRIALS and above.min() < _FEW):
        drawn = _unchanged(memory[0], information, luck)
        gains, _, spread_drawn, _ = _scan(drawn, information)
        _, along_drawn = _along(drawn, information, time[None])
        above += (gains >= gain[0]).sum(), (along_drawn / spread_drawn >= drift_gain).sum()
        played += _TRIALS
    step_p, drift_p = ((1 + above) / (1 + played)).tolist()
    weeks = len(scores)
    wave_gain = 0.0
    if weeks >= 39:
        angle = np.asarray(np.arange(weeks) * (2 * np.pi * 7 / 365.25), np.float64)
        wave_gain = float(_wave(scores, information, angle)) / float(spread[0])
    k = int(place[0]) + 1
    step = scores[k:].sum() / information[k:].sum() - scores[:k].sum() / information[:k].sum()
    return Change(k, float(step), step_p, float(gain[0]), float(slope[0]), drift_p, float(drift_gain), wave_gain)


def _unchanged(memory: float, information: Floats, luck: np.random.Generator) -> Floats:
    """Series without a change, with a memory like that of one, as far as it is known; shape (trials, weeks)."""
    weeks = len(information)
    middle = min((memory + 2 / weeks) / (1 - 6 / weeks), 0.9)
    true = np.clip(middle + ((1 - middle**2) / weeks) ** 0.5 * luck.standard_normal(_TRIALS), 0.0, 0.95)
    noise = luck.standard_normal((_TRIALS, weeks))
    for week in range(1, weeks):
        noise[:, week] = true * noise[:, week - 1] + (1 - true**2) ** 0.5 * noise[:, week]
    return np.asarray(noise * np.sqrt(information))


def _scan(scores: Floats, information: Floats) -> tuple[Floats, NDArray[np.int64], Floats, Floats]:
    """Largest gain of a step in each row, the last week before it, the dispersion in the long run, and the memory."""
    total = information.sum()
    part = np.cumsum(information)
    s = np.cumsum(scores, axis=1)
    middle = (part > TRIM * total) & (part < (1 - TRIM) * total)
    if not middle.any():
        middle = np.arange(len(part)) == len(part) // 2
    gain = np.where(middle, (s - s[:, -1:] * part / total) ** 2 / np.maximum(part * (1 - part / total), 1e-12), -1.0)
    place = gain.argmax(1)
    rows = np.arange(len(scores))
    before, all_before = s[rows, place], part[place]
    first = before / all_before
    second = (s[:, -1] - before) / (total - all_before)
    level = np.where(np.arange(scores.shape[1]) <= place[:, None], first[:, None], second[:, None])
    left = (scores - level * information) / np.sqrt(information)
    variance = (left**2).sum(1) / max(scores.shape[1] - 3, 1)
    memory = (left[:, 1:] * left[:, :-1]).sum(1) / np.maximum((left**2).sum(1), 1e-12)
    memory = np.clip(memory, 0.0, 0.9)
    spread = np.maximum(variance, 1e-9) * (1 + memory) / (1 - memory)
    return gain[rows, place] / spread, place, spread, memory


def _along(scores: Floats, information: Floats, by: Floats) -> tuple[Floats, Floats]:
    """Slope along a covariate, and its gain, in each row."""
    weight = information / information.sum()
    x = by - (by * weight).sum(1, keepdims=True)
    rest = scores - scores.sum(1, keepdims=True) * weight
    size = (information * x * x).sum(1)
    top = (rest * x).sum(1)
    return top / size, top**2 / size


def _wave(scores: Floats, information: Floats, angle: Floats) -> float:
    """Gain of a sine and a cosine."""
    weight = information / information.sum()
    x = np.stack([np.sin(angle), np.cos(angle)])
    x -= (x * weight).sum(1, keepdims=True)
    top = x @ (scores - scores.sum() * weight)
    return float(top @ np.linalg.solve(np.einsum("iw,w,jw->ij", x, information, x), top))
