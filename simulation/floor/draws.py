"""One number of the World when it is asked for: Philox4x64-10, then a law's quantile.

docs/randomness.md, "One number", says it all; `world.streams` and `written.laws` make the same numbers, to the bit, as
whole columns. A stream of leads has a key (two words) for each strip of their stock.
"""

import cython
from cython.cimports.libc.math import sqrt
from cython.cimports.libc.string import memcpy
from cython.cimports.simulation.floor.wide import upper_half

from simulation.floor.layout import (
    FloorP,
    QuantileP,
    StockP,
)
from simulation.floor.names import (
    BELOW,
    CONSTANT,
    EVEN,
    OF_A_LIST,
    TABLED,
    TRIANGULAR,
    WEIGHED,
)

ROUNDS = 10
A_UPPER, A_LOWER = (0xD2E7470E, 0xE14C6C93)
C_UPPER, C_LOWER = (0xCA5A8263, 0x95121157)
LOW_UPPER, LOW_LOWER = (0x9E3779B9, 0x7F4A7C15)
HIGH_UPPER, HIGH_LOWER = (0xBB67AE85, 0x84CAA73B)
"""Factors and steps of the key of Philox, each as its two halves."""
WORD_OF_UNIFORM = 1.1102230246251565e-16
LEAST_UNIFORM = 5.551115123125783e-17
"""2^-53 and 2^-54."""

FIRST_SEGMENT, SEGMENTS, TERMS = (15504, 849, 8)
"""As in `written.inverse`: FIRST, SIDE and DEGREE + 1."""
UNIT_OF_REST = 7.105427357601002e-15
"""2^(1 - SHIFT) of it: 2^-47."""


def half_words(upper: cython.ulonglong, lower: cython.ulonglong) -> cython.ulonglong:
    """A word of its two halves."""
    return (upper << 32) | lower


def philox(
    keys: cython.p_ulonglong, strip: cython.int, index: cython.ulonglong, page: cython.ulonglong
) -> cython.ulonglong:
    """Word `index` of a page of the stream of a strip."""
    a: cython.ulonglong = 1 + (index >> 2)
    b: cython.ulonglong = page
    c: cython.ulonglong = 0
    d: cython.ulonglong = 0
    low: cython.ulonglong = keys[2 * strip]
    high: cython.ulonglong = keys[2 * strip + 1]
    first: cython.ulonglong
    second: cython.ulonglong
    by_a: cython.ulonglong = half_words(A_UPPER, A_LOWER)
    by_c: cython.ulonglong = half_words(C_UPPER, C_LOWER)
    low_step: cython.ulonglong = half_words(LOW_UPPER, LOW_LOWER)
    high_step: cython.ulonglong = half_words(HIGH_UPPER, HIGH_LOWER)
    k: cython.int
    _k: cython.int
    for _k in range(ROUNDS):
        first = upper_half(a, by_a)
        second = upper_half(c, by_c)
        b = second ^ b ^ low
        d = first ^ d ^ high
        first = a * by_a
        a = b
        b = c * by_c
        c = d
        d = first
        low += low_step
        high += high_step
    k = cython.cast(cython.int, index & 3)
    if k == 0:
        return a
    if k == 1:
        return b
    return c if k == 2 else d


def uniform_at(
    keys: cython.p_ulonglong, strip: cython.int, index: cython.ulonglong, page: cython.ulonglong
) -> cython.double:
    """Number `index` of a page of the stream of a strip, in (0, 1)."""
    word: cython.longlong = cython.cast(cython.longlong, philox(keys, strip, index, page) >> 11)
    return LEAST_UNIFORM if word == 0 else word * WORD_OF_UNIFORM


def uniform_of(
    floor: FloorP, keys: cython.p_ulonglong, stock_: cython.int, i: cython.int, ordinal: cython.int
) -> cython.double:
    """Number `ordinal` of lead i of a stock, of a plain stream."""
    stock: StockP = floor.stocks + stock_
    if stock.strips == cython.NULL:
        return uniform_at(keys, 0, i, ordinal)
    return uniform_at(keys, stock.strips[i], stock.ordinals[i], ordinal)


def uniform_in_series(
    floor: FloorP, keys: cython.p_ulonglong, stock_: cython.int, i: cython.int, ordinal: cython.int
) -> cython.double:
    """Number `ordinal` of lead i of a stock, of a stream of series."""
    stock: StockP = floor.stocks + stock_
    strip: cython.int = 0
    index: cython.longlong = i
    if stock.strips != cython.NULL:
        strip = stock.strips[i]
        index = stock.ordinals[i]
    return uniform_at(keys, strip, (index << 4) + (ordinal & 15), ordinal >> 4)


def quantile(law: QuantileP, u: cython.double) -> cython.double:
    """What a law makes of a uniform in (0, 1)."""
    k: cython.int
    least: cython.int
    most: cython.int
    if law.kind == TABLED:
        return law.scale * tabled(law, u)
    if law.kind == CONSTANT:
        return law.low
    if law.kind == EVEN:
        return law.low + (law.high - law.low) * u
    if law.kind == TRIANGULAR:
        if u * (law.high - law.low) < law.mode - law.low:
            return law.low + sqrt(u * (law.high - law.low) * (law.mode - law.low))
        return law.high - sqrt((1.0 - u) * (law.high - law.low) * (law.high - law.mode))
    if law.kind == OF_A_LIST:
        k = cython.cast(cython.int, u * law.count)
        return law.values[k if k < law.count else law.count - 1]
    if law.kind == WEIGHED:
        u = u * law.reached[law.count - 1]
        least = 0
        most = law.count - 1
        while least < most:
            k = (least + most) >> 1
            if law.reached[k] > u:
                most = k
            else:
                least = k + 1
        return law.values[least]
    if law.kind == BELOW:
        return 1.0 if u < law.low else 0.0
    return u


def tabled(law: QuantileP, u: cython.double) -> cython.double:
    """A polynomial in the segment where u lies, squared so often."""
    v: cython.double = u if u <= 0.5 else 1.0 - u
    bits: cython.ulonglong = 0
    rest: cython.ulonglong = 1
    n: cython.longlong
    _k: cython.int
    t: cython.double
    x: cython.double
    c: cython.p_double
    memcpy(cython.address(bits), cython.address(v), cython.sizeof(cython.double))
    n = cython.cast(cython.longlong, bits >> 48) - FIRST_SEGMENT
    if u > 0.5:
        n += SEGMENTS
    rest = (rest << 48) - 1
    t = cython.cast(cython.longlong, bits & rest) * UNIT_OF_REST - 1.0
    c = law.values + n * TERMS
    x = c[7] * t + c[6]
    x = x * t + c[5]
    x = x * t + c[4]
    x = x * t + c[3]
    x = x * t + c[2]
    x = x * t + c[1]
    x = x * t + c[0]
    for _k in range(law.squarings):
        x = x * x
    return x
