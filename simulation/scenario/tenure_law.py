"""Draft."""
from __future__ import annotations
from dataclasses import dataclass
from simulation.scenario.readers import YEAR
@dataclass(frozen=True)
class TenureLaw:
    shape: float
    scale: float
    def spent(self, tenure: float) -> float:
        return (tenure / self.scale) ** self.shape if tenure > 0 else 0.0
    def tenure(self, spent: float) -> float:
        return self.scale * spent ** (1 / self.shape)
def tenure_law(per_year, early, probation):
    return TenureLaw(1.0, YEAR / per_year) if per_year else None
