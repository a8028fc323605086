"""Weeks that bring more leads than others: a gamma factor of mean 1 a week, with memory and a part common to channels.

The factor is the sum of two independent beta-gamma autoregressions of order one (Lewis, McKenzie and Hugus 1989),
X(t) = B(t) X(t - 1) + G(t) with B ~ Beta(k m, k (1 - m)) and G ~ Gamma(k (1 - m)): each X is exactly Gamma(k), and the
correlation with the week before is the memory m. Shapes add up to 1 / cv^2; the common part has its share of them.
"""

from __future__ import annotations

import numpy as np

from simulation.scenario.arrivals import Bursts
from simulation.world.streams import Floats, Streams
from simulation.written.special import betaincinv, gammaincinv


def weekly(streams: Streams, channel: str, bursts: Bursts, weeks: int) -> Floats:
    """Factors on the rates of the weeks of a run, mean 1, shape (weeks,); `bursts.cv` is above 0."""
    shape = bursts.cv**-2
    own = _walk(streams, f"arrivals/{channel}/week", shape * (1 - bursts.common), bursts.memory, weeks)
    return (own + _walk(streams, "arrivals/week", shape * bursts.common, bursts.memory, weeks)) / shape


def _walk(streams: Streams, name: str, shape: float, memory: float, weeks: int) -> Floats:
    """A stationary walk whose values are Gamma(shape) of scale 1; 0 throughout where the shape is 0."""
    values = np.zeros(weeks)
    if shape <= 0:
        return values
    uniforms = streams.uniforms(name, weeks)
    values[:] = gammaincinv(shape * (1 - memory), uniforms)
    values[0] = gammaincinv(shape, uniforms[0])
    if memory > 0:
        kept = betaincinv(shape * memory, shape * (1 - memory), streams.uniforms(f"{name}/kept", weeks))
        for week in range(1, weeks):
            values[week] += kept[week] * values[week - 1]
    return values
