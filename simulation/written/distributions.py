"""Distributions as a person writes them.

``{lognormal: {mean: 30 min, cv: 0.7}}``, ``{exponential: 14 days}``, or a plain value for a constant.
``ElapsedDistribution``, ``WorkingDistribution``, ``MoneyDistribution`` and ``NumberDistribution`` are types
for fields of a pydantic model; they differ in the unit of what is written, and leave hours, money or plain
numbers inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from simulation.texts import worded
from simulation.written.laws import LIMITS, OPTIONAL, PARAMETERS, PLAIN, Distribution, Law
from simulation.written.quantities import AMOUNT, ELAPSED, NONNEGATIVE, NUMBER, WORKING, Quantity
from simulation.written.readers import Context
from simulation.written.spelling import QuantityError, nearest, quoted

__all__ = [
    "Distribution",
    "DistributionOf",
    "ElapsedDistribution",
    "Law",
    "MoneyDistribution",
    "NumberDistribution",
    "WorkingDistribution",
    "written",
]

EXAMPLES = ("{exponential: {mean: M}}", "{lognormal: {mean: M, cv: 0.7}}", "{uniform: {low: A, high: B}}")


@dataclass(frozen=True)
class DistributionOf:
    """Marker inside ``Annotated`` for a distribution whose values are quantities of one kind.

    Attributes:
        quantity: how a single value (a mean, a low, a high) is read and written.
    """

    quantity: Quantity

    def parse(self, value: object, context: Context | None = None) -> Distribution:
        """A distribution from what stands in a scenario; a ``Distribution`` passes as it is."""
        if isinstance(value, Distribution):
            return value
        if not isinstance(value, Mapping):
            return Distribution.constant(self.quantity.parse(value, context or {}))
        laws = ", ".join(PARAMETERS)
        if len(value) != 1:
            unknown = next((str(key) for key in value if key not in PARAMETERS), "")
            near = nearest(unknown, PARAMETERS)
            raise QuantityError(worded("law-one"), laws, EXAMPLES, near)
        law, given = next(iter(value.items()))
        if law not in PARAMETERS:
            near = nearest(str(law), PARAMETERS)
            raise QuantityError(worded("law-unknown", law=quoted(law)), laws, EXAMPLES, near)
        if not isinstance(given, Mapping):
            if len(needed(law)) > 1:
                needs = " and ".join(needed(law))
                raise QuantityError(worded("law-needs", law=law, needs=needs), f"{{{law}: {{{_template(law)}}}}}")
            given = {PARAMETERS[law][0]: given}
        return self._from_parameters(law, given, context or {})

    def _from_parameters(self, law: str, given: Mapping[Any, Any], context: Context) -> Distribution:
        allowed = ", ".join(PARAMETERS[law])
        for name in given:
            if name not in PARAMETERS[law]:
                near = nearest(str(name), PARAMETERS[law])
                raise QuantityError(worded("law-no-parameter", law=law, name=quoted(name)), allowed, (), near)
        data: dict[str, Any] = {"law": law}
        for name in PARAMETERS[law]:
            if name not in given and name in OPTIONAL:
                continue
            if name not in given:
                raise QuantityError(worded("law-needs-one", law=law, name=name), f"{{{law}: {{{_template(law)}}}}}")
            try:
                data["mean" if name == "value" else name] = self._parameter(name, given[name], context)
            except QuantityError as error:
                inner = f"{law}.{name}" if isinstance(given, dict) else law
                raise QuantityError(error.reason, error.allowed, error.examples, error.suggestion, inner) from None
        if "weights" in data and (len(data["weights"]) != len(data["values"]) or not sum(data["weights"]) > 0):
            counts = {"weights": len(data["weights"]), "values": len(data["values"])}
            raise QuantityError(worded("law-weights", **counts), worded("allowed-weights"), (), None, f"{law}.weights")
        return Distribution.model_validate(data)

    def _parameter(self, name: str, value: object, context: Context) -> float | tuple[float, ...]:
        if name in ("values", "weights"):
            if not isinstance(value, (list, tuple)) or not value:
                raise QuantityError(
                    worded("not-a-list-of-values", value=quoted(value)), worded("allowed-list-of-values")
                )
            quantity = self.quantity if name == "values" else NONNEGATIVE
            return tuple(quantity.parse(each, context) for each in value)
        found = (NUMBER if name in PLAIN else self.quantity).parse(value, context)
        least, most, message = LIMITS.get(name, (found, found, ""))
        if not least <= found <= most:
            raise QuantityError(worded(message), f"{least:g} ... {most:g}")
        return found

    def write(self, distribution: Distribution) -> Any:
        """What a scenario would hold for it: the same form that ``parse`` reads."""
        return written(distribution, self.quantity.write)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Hook of pydantic: reads a law with its parameters, writes it back in the same form."""

        def read(value: object, info: ValidationInfo) -> Distribution:
            return self.parse(value, info.context if isinstance(info.context, Mapping) else {})

        write = core_schema.plain_serializer_function_ser_schema(
            lambda value, info: self.write(value) if info.mode == "json" else written(value, float), info_arg=True
        )
        return core_schema.with_info_before_validator_function(read, handler(source), serialization=write)

    def json_schema(self, one: dict[str, Any]) -> dict[str, Any]:
        """JSON Schema of ``{law: parameters}``; ``one`` is that of a parameter with the quantity's unit."""
        laws: list[dict[str, Any]] = []
        for law, names in PARAMETERS.items():
            forms: dict[str, Any] = {name: {"type": "number", "minimum": 0} if name in PLAIN else one for name in names}
            for name in {"values", "weights"} & set(forms):
                forms[name] = {"type": "array", "items": forms[name], "minItems": 1}
            full = {"type": "object", "properties": forms, "required": list(needed(law)), "additionalProperties": False}
            form = {"anyOf": [full, forms[names[0]]]} if len(needed(law)) == 1 else full
            laws.append({"type": "object", "properties": {law: form}, "required": [law], "additionalProperties": False})
        extra = {"unit": self.quantity.unit} | ({"clock": self.quantity.clock} if self.quantity.clock else {})
        return {"anyOf": laws} | extra


def needed(law: str) -> tuple[str, ...]:
    """Parameters that a law cannot do without."""
    return tuple(name for name in PARAMETERS[law] if name not in OPTIONAL)


def _template(law: str) -> str:
    return ", ".join(f"{name}: …" for name in needed(law))


def written(distribution: Distribution, write: Callable[[float], Any]) -> Any:
    """A distribution in the form of a scenario, each value put through ``write``."""
    if distribution.law == "constant":
        return write(distribution.mean)
    if distribution.law == "empirical":
        values = [write(value) for value in distribution.values or ()]
        weights = distribution.weights
        return {"empirical": values if weights is None else {"values": values, "weights": list(weights)}}
    parameters = {name: getattr(distribution, name) for name in PARAMETERS[distribution.law]}
    return {distribution.law: {name: value if name in PLAIN else write(value) for name, value in parameters.items()}}


ElapsedDistribution = Annotated[Distribution, DistributionOf(ELAPSED)]
"""Distribution of a time on the wall, in hours."""
WorkingDistribution = Annotated[Distribution, DistributionOf(WORKING)]
"""Distribution of an amount of work, in working hours."""
MoneyDistribution = Annotated[Distribution, DistributionOf(AMOUNT)]
"""Distribution of an amount of money not below zero."""
NumberDistribution = Annotated[Distribution, DistributionOf(NUMBER)]
"""Distribution of a plain number."""
