"""Where the sign changes between two whole numbers, such as headcounts: each is looked at by itself."""

from __future__ import annotations

from simulation.study.threshold.crossing import Crossing, Place, Search


def whole_crossing(search: Search, place: Place, behind: int, ahead: int) -> list[Crossing]:
    """The change of sign at a place, between two neighbouring whole numbers.

    The interval goes from the last number whose sign is told as before to the first whose sign is told as behind: each
    of the two is wrong with at most half of the error, so that both hold with the level.

    Args:
        search: what is asked for.
        place: where.
        behind: how far to look downwards.
        ahead: how far to look upwards.
    """
    if not place.opposite:
        return _doubt(search, place)
    n = search.first
    one, two = int(place.begin), int(place.end)
    while two - one > 1:  # bisection on the means
        middle = (one + two) // 2
        search.looks.guess = float(middle)
        search.looks.at([float(middle)], n)
        one, two = (middle, two) if _mean(search, middle) * place.before > 0 else (one, middle)
    while True:
        low, high = one, two
        while low > behind and _sign(search, low, n) != place.before:
            low -= 1
        while high < ahead and _sign(search, high, n) != place.after:
            high += 1
        told = _sign(search, low, n) == place.before, _sign(search, high, n) == place.after
        one = max((k for k in range(low, high) if _mean(search, k) * place.before > 0), default=low)
        two = one + 1
        half = (high - low) / 2
        precise = high - low == 1 or half <= search.precision
        if n >= search.most or precise:
            break
        n = search.next_size(n, half)
    return [
        Crossing(
            value=one + 0.5,
            low=float(low),
            high=float(high),
            open_low=not told[0] and low <= search.low,
            open_high=not told[1] and high >= search.high,
            before=place.before if told[0] else 0,
            after=place.after if told[1] else 0,
            replications=n,
            precise=precise,
        )
    ]


def _doubt(search: Search, place: Place) -> list[Crossing]:
    """Numbers at which the sign is not told, all of the replications spent."""
    inner = [k for k in range(int(place.begin), int(place.end) + 1)]
    open_ = [k for k in inner if not _sign(search, k, search.most)]
    signs = {k: _sign(search, k, search.most) for k in inner}
    changes = [k for k in inner[:-1] if signs[k] * signs[k + 1] == -1]
    if not open_ and not changes:
        return []
    low = min([*open_, *changes])
    high = max([*open_, *(k + 1 for k in changes)])
    first, last = (max(low - 1, inner[0]), min(high + 1, inner[-1])) if open_ else (low, high)
    return [
        Crossing(
            value=next((k + 0.5 for k in range(first, last) if _mean(search, k) * _mean(search, k + 1) < 0), None),
            low=float(first),
            high=float(last),
            open_low=signs[first] == 0,
            open_high=signs[last] == 0,
            before=signs[first],
            after=signs[last],
            replications=search.most,
            precise=False,
        )
    ]


def _sign(search: Search, number: int, n: int) -> int:
    search.looks.at([float(number)], n)
    return search.looks.sign(float(number), search.level)


def _mean(search: Search, number: int) -> float:
    return search.looks.difference(float(number), search.level).mean
