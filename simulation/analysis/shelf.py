"""Where finished replications are kept, as far as an analysis needs to know; `simulation.store` has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from simulation.analysis.runs import Run


class Shelf(Protocol):
    """Finished replications by what they depend on (`analysis.identity`), seed and number."""

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """What is there: by number and structure.

        Args:
            prints: fingerprint of each structure asked for.
            seed: seed of all luck.
            numbers: of the replications.
        """

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run], title: str = "") -> None:
        """Takes what one replication brought under some structures; what is there already stays.

        Args:
            prints: fingerprint of each structure.
            seed: seed of all luck.
            number: of the replication.
            runs: what came out.
            title: of the scenario, for whoever looks at the shelf; no key.
        """
