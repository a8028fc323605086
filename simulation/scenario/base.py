"""The base of every block of a scenario: immutable, and unknown keys are errors."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Block(BaseModel):
    """A mapping in a scenario file: frozen, extra keys forbidden, defaults validated like what a person writes."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, allow_inf_nan=True)


def key(default: Any, meaning: str, source: str = "judgement", **extra: Any) -> Any:
    """A key with a default: its meaning and where the default comes from (both reach the reference page)."""
    return Field(default, description=meaning, json_schema_extra={"source": source}, **extra)


def required(meaning: str, **extra: Any) -> Any:
    """A key that has no default, with its meaning."""
    return Field(description=meaning, **extra)
