"""What each system would have exported of a simulated year, and the truth behind it, kept apart.

`year` is one structure in one possible year as an outsider sees it; `made` its `Records`, without files; `layouts` the
same as each system writes it; `faults` what goes wrong in a CRM; `truth` what was true. Start with `year`.
"""

from simulation.calibration.exporting.made import records_of
from simulation.calibration.exporting.year import SimulatedYear

__all__ = ["SimulatedYear", "records_of"]
