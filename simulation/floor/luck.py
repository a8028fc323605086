"""Luck: the one place where the kernel asks for numbers of the World.

Columns of leads are arrays that the host has given. What has no last one (upsets, series of customers, attempts,
tries) is asked of the host when it is first wanted, a whole block at a time, and kept; a row of a block that nobody has
drawn yet is NaN. The host is a `luck` object, see `kernel.Kernel`.
"""

import cython
from cython.cimports.cpython.buffer import Py_buffer, PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cython.cimports.libc.math import NAN

from simulation.floor.layout import (
    ChannelP,
    CustomerP,
    FloorP,
    SeriesP,
    StepP,
    StockP,
    fail,
)
from simulation.floor.names import (
    KEPT_ORDINALS,
    NO_LUCK,
)


@cython.cfunc
def memory_of(array: object) -> cython.p_void:
    """Where an array that the host keeps has its numbers."""
    view = cython.declare(Py_buffer)
    PyObject_GetBuffer(array, cython.address(view), PyBUF_SIMPLE)
    found: cython.p_void = view.buf
    PyBuffer_Release(cython.address(view))
    return found


@cython.cfunc
def numbers(array: object) -> cython.p_double:
    """The numbers of an array of floats; NULL for None."""
    if array is None:
        return cython.NULL
    return cython.cast(cython.p_double, memory_of(array))


@cython.cfunc
def whole(array: object) -> cython.p_int:
    """The numbers of an array of 32-bit integers; NULL for None."""
    if array is None:
        return cython.NULL
    return cython.cast(cython.p_int, memory_of(array))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def asked(
    floor: FloorP, what: cython.int, a: cython.int, b: cython.int, c: cython.int, d: cython.int
) -> cython.p_double:
    """An array of numbers, or what it does to draw them; an error of the host stops the year."""
    found: cython.p_double = cython.NULL
    with cython.gil:
        try:
            host = cython.cast(object, floor.host)
            found = numbers(host.asked(what, a, b, c, d))
        except BaseException as error:
            host.raised = error
            fail(floor, NO_LUCK, what, a)
    return found


UPSET, BLOCK, ROW, FIRST_OF_SALE, ATTEMPTS, REACH, FRAILTY, MORE_FINDS, SERIES, MORE_BLOCKS, FINDS, BY_LAW = range(12)
"""What is asked of the host."""


def upset(floor: FloorP, what: cython.int, stock_: cython.int, i: cython.int, ordinal: cython.int) -> cython.double:
    """Luck of a lead or customer at an upset, its `ordinal`-th: a uniform."""
    stock: StockP = floor.stocks + stock_
    column: cython.p_double
    if ordinal < KEPT_ORDINALS:
        column = stock.upsets[what * KEPT_ORDINALS + ordinal]
        if column == cython.NULL:
            column = asked(floor, UPSET, stock_, what, ordinal, 0)
            stock.upsets[what * KEPT_ORDINALS + ordinal] = column
    else:
        column = asked(floor, UPSET, stock_, what, ordinal, 0)
    return NAN if column == cython.NULL else column[i]


def drawn(floor: FloorP, number: cython.int, i: cython.int, ordinal: cython.int) -> cython.double:
    """Number `ordinal` of a customer's series; NaN where the host has failed, which ends the year."""
    if number < 0:
        return NAN
    series: SeriesP = floor.series + number
    block: cython.int = ordinal >> 4
    rows: cython.p_double
    if block >= series.blocks_count:
        asked(floor, MORE_BLOCKS, number, block, 0, 0)
        series = floor.series + number
        if block >= series.blocks_count:
            return NAN
    rows = series.blocks[block]
    if rows == cython.NULL:
        rows = asked(floor, BLOCK, number, block, 0, 0)
        if rows == cython.NULL:
            return NAN
        series.blocks[block] = rows
    value: cython.double = rows[(i << 4) + (ordinal & 15)]
    if value != value:
        asked(floor, ROW, number, block, i, 0)
        value = rows[(i << 4) + (ordinal & 15)]
    return value


def of_sale(floor: FloorP, number: cython.int, i: cython.int, sale: cython.int) -> cython.double:
    """Number of sale `sale` of a lead: 0 is the first deal, n the n-th order."""
    if sale > 0 or number < 0:
        return drawn(floor, number, i, sale)
    series: SeriesP = floor.series + number
    if series.first == cython.NULL:
        series.first = asked(floor, FIRST_OF_SALE, number, 0, 0, 0)
        if series.first == cython.NULL:
            return NAN
    return series.first[i]


def attempts_to_find(floor: FloorP, number: cython.int, find: cython.int, again: cython.int) -> cython.longlong:
    """Attempts that a find of a channel needs."""
    channel: ChannelP = floor.channels + number
    answer: cython.p_double
    if again == 0 and find >= channel.needed_count:
        asked(floor, FINDS, number, find, 0, 0)
    if again == 0 and find < channel.needed_count:
        return cython.cast(cython.longlong, channel.needed[find])
    answer = asked(floor, ATTEMPTS, number, find, again, 0)
    return 1 if answer == cython.NULL else cython.cast(cython.longlong, answer[0])


def reaches(floor: FloorP, table: cython.int, number: cython.int, i: cython.int, before: cython.int) -> cython.bint:
    """Whether the try after so many in vain reaches a lead."""
    step: StepP = floor.tables[table].steps + number
    column: cython.p_double
    if before < KEPT_ORDINALS:
        column = step.reach[before]
        if column == cython.NULL:
            column = asked(floor, REACH, table, number, before, 0)
            step.reach[before] = column
    else:
        column = asked(floor, REACH, table, number, before, 0)
    return column != cython.NULL and column[i] < step.probability


def frailty(floor: FloorP, customer: CustomerP, table: cython.int) -> cython.void:
    """How a customer differs from others."""
    answer: cython.p_double = asked(floor, FRAILTY, table, customer.product, customer.i, 0)
    if answer != cython.NULL:
        customer.rate = answer[0]
        customer.drop_out = answer[1]
        customer.lasting = 1.0 / answer[2]


def more_finds(floor: FloorP, table: cython.int, count: cython.int) -> cython.void:
    """A channel has more leads found than its columns know."""
    asked(floor, MORE_FINDS, table, count, 0, 0)
