"""Luck: the one place where the kernel asks for numbers of the World.

Columns of leads, upsets, series of customers and tries the kernel draws by itself, see `draws`, but for columns that
the host has given as arrays; what it cannot draw to the bit (attempts, frailty) it asks of the host, a `luck`
object, see `kernel.Kernel`.
"""

import cython
from cython.cimports.cpython.buffer import Py_buffer, PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cython.cimports.libc.math import NAN

from simulation.floor.draws import (
    quantile,
    uniform_in_series,
    uniform_of,
)
from simulation.floor.layout import (
    ChannelP,
    ColumnP,
    CustomerP,
    FloorP,
    SeriesP,
    StepP,
    TableP,
    fail,
)
from simulation.floor.names import (
    CONSTANT,
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
def words(array: object) -> cython.p_ulonglong:
    """The numbers of an array of unsigned 64-bit integers; NULL for None."""
    if array is None:
        return cython.NULL
    return cython.cast(cython.p_ulonglong, memory_of(array))


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


ATTEMPTS, FRAILTY, MORE_FINDS, SERIES, FINDS, BY_LAW = range(6)
"""What is asked of the host."""


def of_lead(floor: FloorP, table: TableP, column: ColumnP, i: cython.int) -> cython.double:
    """The number that a column has for a lead of a table."""
    law: cython.int = column.law
    if column.values != cython.NULL:
        return column.values[i]
    if column.which != cython.NULL:
        law += column.which[i]
    if floor.readings[law].kind == CONSTANT:
        return floor.readings[law].low
    return quantile(floor.readings + law, uniform_of(floor, column.keys, table.stock, i, 0))


def upset(floor: FloorP, what: cython.int, stock: cython.int, i: cython.int, ordinal: cython.int) -> cython.double:
    """Luck of a lead or customer at an upset, its `ordinal`-th: a uniform."""
    return uniform_of(floor, floor.stocks[stock].upsets[what], stock, i, ordinal)


def drawn(floor: FloorP, number: cython.int, i: cython.int, ordinal: cython.int) -> cython.double:
    """Number `ordinal` of a customer's series; NaN where the host has failed, which ends the year."""
    if number < 0:
        return NAN
    series: SeriesP = floor.series + number
    return quantile(cython.address(series.law), uniform_in_series(floor, series.later, series.stock, i, ordinal))


def of_sale(floor: FloorP, number: cython.int, i: cython.int, sale: cython.int) -> cython.double:
    """Number of sale `sale` of a lead: 0 is the first deal, n the n-th order."""
    series: SeriesP = floor.series + number
    if sale > 0 or number < 0:
        return drawn(floor, number, i, sale)
    return quantile(cython.address(series.law), uniform_of(floor, series.first, series.stock, i, 0))


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
    return uniform_of(floor, step.reach, floor.tables[table].stock, i, before) < step.probability


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
