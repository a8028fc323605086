"""The root of a monotone function: scipy has better ones, but half a second goes by until they are loaded."""

from collections.abc import Callable

MOST_STEPS = 200


def root(function: Callable[[float], float], low: float, high: float, tolerance: float = 1e-14) -> float:
    """Where a continuous function is zero between two ends at which its signs differ.

    The false position with halved ends of Anderson and Björck (BIT 13, 1973), which never leaves the bracket.

    Args:
        function: the function.
        low: the lower end.
        high: the upper end.
        tolerance: width of the last step, as a share of the root.

    Raises:
        ValueError: the signs at the ends are the same.
        ArithmeticError: it does not come to an end.
    """
    a, b, at_a, at_b = low, high, function(low), function(high)
    if at_a == 0.0:
        return a
    if at_b == 0.0:
        return b
    if (at_a > 0) == (at_b > 0):
        raise ValueError(f"no change of sign between {low} and {high}")
    for _ in range(MOST_STEPS):
        c = b - at_b * (b - a) / (at_b - at_a)
        at_c = function(c)
        if at_c == 0.0 or abs(c - b) <= tolerance * abs(c):
            return c
        if (at_c > 0) != (at_b > 0):
            a, at_a = b, at_b
        else:
            shrink = 1 - at_c / at_b
            at_a *= shrink if shrink > 0 else 0.5
        b, at_b = c, at_c
    raise ArithmeticError(f"no root within {MOST_STEPS} steps between {low} and {high}")
