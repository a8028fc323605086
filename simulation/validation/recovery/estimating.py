"""The estimators by the names of their estimates."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulation.calibration.estimators import stages
from simulation.validation.recovery.runs import Estimator

ESTIMATORS: Mapping[str, Estimator] = MappingProxyType({"stages": stages.estimate})
