"""What shows itself in a notebook."""

from __future__ import annotations


class Shown:
    """A value that a notebook shows as a page would: `report.notebook` says how, and is read when it is asked for."""

    def _repr_html_(self) -> str:
        import simulation  # the public face finds the report, which this package knows nothing of

        return str(simulation.html(self))
