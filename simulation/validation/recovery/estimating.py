"""The estimators by the names of their estimates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from simulation.calibration.estimates import Estimate, Resampling
from simulation.calibration.estimators import amounts, arrivals, customers, pipeline, regime, stages, tenure
from simulation.calibration.records import Records

Estimator = Callable[[Records, Resampling], Estimate]
ESTIMATORS: Mapping[str, Estimator] = MappingProxyType(
    {
        "stages": stages.estimate,
        "arrivals": arrivals.estimate,
        "amounts": amounts.estimate,
        "customers": customers.estimate,
        "tenure": tenure.estimate,
        "pipeline": pipeline.estimate,
        "regime": regime.estimate,
    }
)
AFTER = MappingProxyType({"pipeline": (pipeline.estimate, "stages"), "regime": (regime.estimate, "arrivals")})
"""Estimators that take what another has found, so that it is found once."""


def estimated(records: Records, names: Sequence[str], resampling: Resampling) -> dict[str, Estimate]:
    """What estimators find, by name; each estimate is made once."""
    found: dict[str, Estimate] = {}
    for name in names:
        estimator, needed = AFTER.get(name, (None, ""))
        if estimator is not None and needed in found:
            found[name] = estimator(records, resampling, found[needed])
        else:
            found[name] = ESTIMATORS[name](records, resampling)
    return found
