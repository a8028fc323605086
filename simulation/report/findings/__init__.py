"""How findings of `simulation.study` are shown: in the terminal, as charts, as files, and as parts of the page.

One module a kind, with a ``Showing``; `SHOWINGS` has them by kind. Start reading at `showing`, then `write`.
"""

from simulation.report.findings.showing import Showing, showing
from simulation.report.findings.write import write_findings

__all__ = ["Showing", "showing", "write_findings"]
