"""Which parts a department is put together of."""

from __future__ import annotations

from simulation.department.parts import Parts
from simulation.floor.choice import COMPILED, Floor


def parts_of(floor: Floor) -> type[Parts]:
    """The parts of a floor; those of the compiled one are imported when they are first asked for."""
    if floor == COMPILED:
        from simulation.department.compiled.parts import CompiledParts

        return CompiledParts
    return Parts
