"""The interval of one root: a span of three values that follows it, and replications until it is narrow enough.

Here too: where the sign changes between two whole numbers, such as headcounts: each is looked at by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulation.study.threshold.curve import Crossing, LocalCurve, Place, Search, Stretch, sign_changes

Span = tuple[float, float]
Found = tuple[list[Crossing], list[LocalCurve]]

ROUNDS = 60
"""Moves of a span at most; what is found by then is given."""
NARROWEST = 0.02
"""Width of a span at least, as a share of the range."""
WIDE = 6.0
"""A span that is so many times as wide as the interval in it is shrunk."""
CHECKED = 8
"""Replications of the values at which the curve is checked at the end: the same years, so that a few tell."""
CLOSER = 4
"""Times that a span is drawn closer because the curve is off in it; then the interval is widened."""
SUSPECT = 0.05
"""Level of the test for lack of fit, over all values at which it is done."""


def narrowed(search: Search, place: Place, behind: float, ahead: float, span: Span | None = None) -> Found:
    """What is at a place where the sign changes or is open, and the curve there.

    Args:
        search: what is asked for.
        place: where.
        behind: how far the span may move downwards: to the place before this one, or the end of the range.
        ahead: how far it may move upwards.
        span: where to begin; chosen from what was looked at when None.

    Returns:
        Crossings, none where the doubt is gone and there is no root, and the curves that they were read from.
    """
    # whether there is a root at all is asked once, with every year that there may be: to look again and again after a
    # few more would find it missing too often
    n = search.first if place.opposite else search.most
    span = _first_span(search, place, behind, ahead) if span is None else span
    checked: list[Span] = []  # intervals at whose ends the curve was held against the years themselves
    drawn = 0
    for _ in range(ROUNDS):
        local = search.local(*span, n)
        stretches = local.open_stretches()
        off = _lack_of_fit(search, local, span) if stretches else 0.0
        if off:
            hull = stretches[0].low, stretches[-1].high
            closer = _around(search, hull, behind, ahead)
            if drawn < CLOSER and _width(closer) < 0.7 * _width(span):
                span = closer
                drawn += 1
                continue
            local = search.local(*span, n, off)
            stretches = local.open_stretches()
        if not stretches:
            moved = _towards(local, place, span, behind, ahead)
            if moved is None:
                return [], []
            span = moved
            continue
        if len(stretches) > 1 and not place.opposite:
            return _parted(search, place, local, stretches, (behind, ahead))
        hull = stretches[0].low, stretches[-1].high
        search.looks.guess = next(iter(local.roots()), (hull[0] + hull[1]) / 2)
        grown = _grown(span, hull, behind, ahead)
        if grown != span:
            span = grown
            continue
        if _width(span) > WIDE * max(_width(hull), NARROWEST * (search.high - search.low) / WIDE):
            span = _around(search, hull, behind, ahead)
            continue
        # an interval that an end of the range cuts off looks narrower than it is
        edge = 0.1 * _width(hull)
        cut = hull[0] <= search.low or hull[1] >= search.high
        if n >= search.most or (_width(hull) / 2 <= search.precision and not cut):
            if any(each[0] - edge <= hull[0] and hull[1] <= each[1] + edge for each in checked):
                break
            checked.append(hull)
            search.looks.at(_between(local, span, hull), min(CHECKED, n))
            continue
        n = search.next_size(n, _width(hull) / 2)
    else:  # still moving: the last interval stands, and is told to be wider than was asked
        local = search.local(*span, n)
        local = search.local(*span, n, _lack_of_fit(search, local, span))
        stretches = local.open_stretches() or [Stretch(*span)]
        hull = stretches[0].low, stretches[-1].high
    return [_crossing(search, place, local, hull)], [local]


def _crossing(search: Search, place: Place, local: LocalCurve, hull: Span) -> Crossing:
    low, high = hull
    near = 1e-9 * (search.high - search.low)
    open_low, open_high = low <= search.low + near, high >= search.high - near
    before = 0 if open_low else local.sign(local.begin) or place.before
    after = 0 if open_high else local.sign(local.end) or place.after
    roots = [root for root in local.roots() if low - near <= root <= high + near]
    value = min(roots, key=lambda root: abs(root - (low + high) / 2), default=None)
    precise = (high - low) / 2 <= search.precision
    return Crossing(value, low, high, open_low, open_high, before, after, local.n, precise, local.slack)


def _first_span(search: Search, place: Place, behind: float, ahead: float) -> Span:
    """Around the change of sign of the means, half as wide again as their interval; else the whole place."""
    looked = [value for value in search.looks.values if place.begin <= value <= place.end]
    means = np.array([search.looks.difference(value, search.level).mean for value in looked])
    changes = sign_changes(np.array(looked), means)
    slope = abs(float(means[-1] - means[0])) / (place.end - place.begin)
    if not place.opposite or not changes or slope == 0:
        return place.begin, place.end
    root = changes[len(changes) // 2]
    search.looks.guess = root
    there = search.looks.difference(min(looked, key=lambda value: abs(value - root)), search.level)
    least = NARROWEST * (search.high - search.low)
    half = min(max(0.75 * (there.high - there.low) / slope, least), max(place.end - place.begin, least))
    return max(root - half, behind), min(root + half, ahead)


def _between(local: LocalCurve, span: Span, hull: Span) -> list[float]:
    """The ends of the interval and the root, as far as they are not values of the curve themselves."""
    near = 1e-6 * _width(span)
    own = (*span, local.middle)
    return [each for each in (*hull, *local.roots()) if all(abs(each - other) > near for other in own)]


def _lack_of_fit(search: Search, local: LocalCurve, span: Span) -> float:
    """The most that the curve is off at other values inside the span, where that is told from nothing; else 0."""
    inside = [value for value in search.looks.values if span[0] < value < span[1] and value != local.middle]
    worst = 0.0
    for value in inside:
        there = search.looks.all_at(value)
        count = min(len(there), local.years)
        off = there[:count] - local.of_each(value)[:count]
        off = off[~np.isnan(off)]
        if len(off) < 3:
            continue
        mean, error = float(off.mean()), float(off.std(ddof=1)) / math.sqrt(len(off))
        if abs(mean) > _quantile(len(off) - 1, 1.0 - SUSPECT / len(inside)) * error + 1e-12 * local.size:
            worst = max(worst, abs(mean))
    return worst


def _quantile(freedom: int, level: float) -> float:
    from simulation.written.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))


def _towards(local: LocalCurve, place: Place, span: Span, behind: float, ahead: float) -> Span | None:
    """The next span where this one has no zero: on the side on which the sign changes or is open; None for neither."""
    begin, end = span
    width, sign = end - begin, local.sign((begin + end) / 2)
    right = place.after and sign != place.after
    left = not right and place.before and sign != place.before
    if not right and not left:
        left = place.before == 0 and begin > behind
        right = not left and place.after == 0 and end < ahead
    if right and end < ahead:
        new_end = min(end + 0.9 * width, ahead)
        return new_end - width, new_end
    if left and begin > behind:
        new_begin = max(begin - 0.9 * width, behind)
        return new_begin, new_begin + width
    return None


def _grown(span: Span, hull: Span, behind: float, ahead: float) -> Span:
    """The span, wider on the sides on which the interval reaches its end."""
    begin, end = span
    width = end - begin
    if hull[0] <= begin:
        begin = max(behind, begin - 0.75 * width)
    if hull[1] >= end:
        end = min(ahead, end + 0.75 * width)
    return begin, end


def _around(search: Search, hull: Span, behind: float, ahead: float) -> Span:
    """A span of three times the interval."""
    pad = max(_width(hull), NARROWEST * (search.high - search.low) / 2)
    return max(hull[0] - pad, behind), min(hull[1] + pad, ahead)


def _parted(search: Search, place: Place, local: LocalCurve, stretches: Sequence[Stretch], bounds: Span) -> Found:
    """Each stretch by itself, as a place between the told values around it."""
    gaps = [(one.high + two.low) / 2 for one, two in zip(stretches, stretches[1:], strict=False)]
    edges = [place.begin, *gaps, place.end]
    limits = [bounds[0], *gaps, bounds[1]]
    signs = [place.before, *(local.sign(gap) for gap in gaps), place.after]
    crossings: list[Crossing] = []
    curves: list[LocalCurve] = []
    for n, each in enumerate(stretches):
        own = Place(edges[n], edges[n + 1], signs[n], signs[n + 1])
        span = _around(search, (each.low, each.high), limits[n], limits[n + 1])
        found, local_curves = narrowed(search, own, limits[n], limits[n + 1], span)
        crossings += found
        curves += local_curves
    return crossings, curves


def _width(span: Span) -> float:
    return span[1] - span[0]


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
