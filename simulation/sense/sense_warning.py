"""What a check of sense has found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class SenseWarning:
    """What looks wrong.

    Attributes:
        path: dotted path of the key.
        message: what, in words, with the figures.
        level: 'error' where the scenario contradicts itself, 'warning' where it may be meant so.
    """

    path: str
    message: str
    level: Literal["error", "warning"] = "warning"

    def __str__(self) -> str:
        """'path: message'."""
        return f"{self.path}: {self.message}"


def in_digits(amount: float) -> str:
    """An amount for a message: 298 950."""
    return f"{amount:,.2f}".replace(",", " ").removesuffix(".00")
