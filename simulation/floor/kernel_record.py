"""What the kernel has to tell: figures of months, and its tables at the end."""

import cython
from cython.cimports.cpython.buffer import PyBUF_READ
from cython.cimports.cpython.bytes import PyBytes_FromStringAndSize
from cython.cimports.cpython.memoryview import PyMemoryView_FromMemory
from cython.cimports.libc.math import NAN

from simulation.floor.arrivals import (
    size_of,
)
from simulation.floor.clock import (
    finish,
)
from simulation.floor.draws import (
    quantile,
    uniform_at,
)
from simulation.floor.kernel_rules import (
    take_law,
)
from simulation.floor.layout import (
    ChannelP,
    CrewP,
    FloorP,
    JobP,
    LeadP,
    PersonP,
    PlaceP,
    ReaderP,
)
from simulation.floor.leads import (
    settle,
)
from simulation.floor.luck import (
    numbers,
    whole,
    words,
)
from simulation.floor.names import (
    ACTIVITIES,
    CARE,
    PROSPECT,
)
from simulation.floor.people import (
    activity_in_hand,
    is_free,
    unfinished,
)
from simulation.floor.queues import (
    waiting,
)
from simulation.floor.records import (
    Customer,
    Lead,
    Noted,
    Placed,
    Quantile,
    Sale,
)
from simulation.floor.sales import (
    close_month,
    order_size,
)


class Kernel:
    """More of the kernel: `build` puts it together."""

    # --- what is written down --------------------------------------------------------------------------------

    def settle(self, end: cython.double):
        """At the end: leads whose patience has ended unnoticed have left at their deadline."""
        settle(cython.address(self.floor), end)
        self._check()

    def close_month(self, edge: cython.double, people, work, waiting_, qualified):
        """Write down what has been done so far; work in hand counts up to this moment. How many customers there are.

        `work`: busy, repetitions and waited, shape (3, places, activities); `waiting_` by activity; `qualified` by role.
        """
        floor: FloorP = cython.address(self.floor)
        out: cython.p_double = numbers(work)
        count: cython.int = floor.places_count * ACTIVITIES
        place: PlaceP
        person: PersonP
        p: cython.int
        k: cython.int
        n: cython.int
        for p in range(floor.places_count):
            place = floor.places + p
            for k in range(ACTIVITIES):
                out[p * ACTIVITIES + k] = place.busy[k]
                out[count + p * ACTIVITIES + k] = place.repetitions[k]
                out[2 * count + p * ACTIVITIES + k] = place.waited[k]
        for p in people:
            person = floor.people + p
            if not is_free(floor, p):
                out[person.place * ACTIVITIES + activity_in_hand(floor, person)] -= unfinished(floor, person, edge)
        out = numbers(waiting_)
        for k in range(ACTIVITIES):
            out[k] = 0.0
        for k in range(floor.desks_count):
            if not floor.desks[k].dead:
                count_waiting(floor, floor.desks[k].queue, edge, out)
        for p in range(floor.people_count):
            for n in range(floor.people[p].own_count):
                count_waiting(floor, floor.people[p].own + n, edge, out)
        out[CARE] = 0.0
        out = numbers(qualified)
        for k in range(len(qualified)):
            out[k] = floor.qualified_by[k]
        return close_month(floor, edge)

    def past_due(self, now: cython.double):
        """Pieces of work that wait past their due time, by role and activity."""
        floor: FloorP = cython.address(self.floor)
        found: dict = {}
        p: cython.int
        n: cython.int
        crew: CrewP
        reader: ReaderP
        for p in range(floor.people_count):
            if floor.people[p].settled:
                continue
            crew = floor.crews + floor.people[p].crew
            for n in range(floor.people[p].own_count):
                self._count_past_due(found, crew.role, crew.due[n], floor.people[p].own + n, now)
        for p in range(floor.desks_count):
            if not floor.desks[p].dead:
                reader = floor.readers + floor.desks[p].readers
                crew = floor.crews + reader.crew
                self._count_past_due(found, crew.role, crew.due[reader.duty], floor.desks[p].queue, now)
        return found

    @cython.cfunc
    def _count_past_due(
        self, found: dict, role: cython.int, hours: cython.double, queue: cython.int, now: cython.double
    ):
        floor: FloorP = cython.address(self.floor)
        number: cython.int = floor.queues[queue].first
        job: JobP
        while number >= 0:
            job = floor.jobs + number
            if job.ready + hours > now or finish(floor.offices, job.ready, hours) > now:
                return
            if job.deadline >= now and waiting(floor, job):
                key = (role, floor.activity_of[job.step])
                found[key] = found.get(key, 0) + 1
            number = job.after

    @property
    def tables(self):
        """How many tables of leads there are."""
        return self.floor.tables_count

    @property
    def places(self):
        """How many places there are."""
        return self.floor.places_count

    @property
    def stretches(self):
        """Stretches of attempts made."""
        floor: FloorP = cython.address(self.floor)
        total: cython.longlong = 0
        k: cython.int
        for k in range(floor.places_count):
            total += floor.places[k].stretches
        return total

    def order_size(self, row: cython.int, now: cython.double):
        """Expected revenue of one order of a customer at a time."""
        floor: FloorP = cython.address(self.floor)
        return order_size(floor, floor.customers + row, now)

    def repetitions(self):
        """All pieces of work done, attempts left out."""
        floor: FloorP = cython.address(self.floor)
        total: cython.double = 0.0
        own: cython.double
        k: cython.int
        n: cython.int
        for k in range(floor.places_count):
            own = 0.0
            for n in range(ACTIVITIES):
                own += floor.places[k].repetitions[n]
            total += own - floor.places[k].repetitions[PROSPECT]
        return total

    def written(self, name: str):
        """A table as bytes that last until something happens, with how many rows it has, by its name."""
        floor: FloorP = cython.address(self.floor)
        if name == "leads":
            return bytes_of(floor.leads, floor.leads_count * cython.sizeof(Lead)), floor.leads_count
        if name == "steps":
            return steps_of(floor), floor.leads_count
        if name == "entered":
            return (
                bytes_of(floor.entered, floor.leads_count * (1 + floor.stages) * cython.sizeof(cython.double)),
                floor.leads_count,
            )
        if name == "sales":
            return bytes_of(floor.sales, floor.sales_count * cython.sizeof(Sale)), floor.sales_count
        if name == "customers":
            return bytes_of(floor.customers, floor.customers_count * cython.sizeof(Customer)), floor.customers_count
        if name == "placed":
            return bytes_of(floor.placed, floor.placed_count * cython.sizeof(Placed)), floor.placed_count
        if name == "samples":
            return bytes_of(floor.samples, floor.samples_count * cython.sizeof(cython.double)), floor.samples_count
        if name == "loads":
            return bytes_of(floor.loads, floor.loads_count * cython.sizeof(cython.double)), floor.loads_count
        if name == "log":
            return bytes_of(floor.log, floor.log_count * cython.sizeof(Noted)), floor.log_count
        raise KeyError(name)

    def came_into(self, out):
        """When each lead came into each step, shape (leads, steps); see `department.columns.Columns`."""
        floor: FloorP = cython.address(self.floor)
        when: cython.p_double = numbers(out)
        width: cython.int = 1 + floor.stages
        row: cython.int
        k: cython.int
        step_: cython.int
        first: cython.int
        known: cython.bint
        lead: LeadP
        for row in range(floor.leads_count):
            lead = floor.leads + row
            step_ = floor.jobs[lead.job].step
            first = floor.tables[lead.table].first[lead.product]
            known = False
            for k in range(width):
                when[k] = floor.entered[row * width + k] if k <= step_ else NAN
                if k == first and not lead.initial and when[k] != when[k] and k <= step_:
                    when[k] = lead.arrived
                if when[k] == when[k]:
                    known = True
            if lead.initial and not known:
                when[step_] = lead.arrived
            when += width

    def sizes(self, out):
        """Sizes of deals, also of those that are not made: by their own luck, at their arrival."""
        floor: FloorP = cython.address(self.floor)
        size: cython.p_double = numbers(out)
        row: cython.int
        lead: LeadP
        for row in range(floor.leads_count):
            if size[row] != size[row]:
                lead = floor.leads + row
                size[row] = size_of(floor, floor.tables + lead.table, lead.product, lead.i, lead.arrived)

    def order_sizes(self, at_, out):
        """Expected revenue of one order of each customer at a time."""
        floor: FloorP = cython.address(self.floor)
        when: cython.p_double = numbers(at_)
        size: cython.p_double = numbers(out)
        row: cython.int
        for row in range(floor.customers_count):
            size[row] = order_size(floor, floor.customers + row, when[row])

    def needed(self, number: cython.int, attempts):
        """How many attempts each of the first finds of a channel needs, as long as its chance stays."""
        channel: ChannelP = self.floor.channels + number
        channel.needed = self._floats(attempts)
        channel.needed_count = len(attempts)

    def sales_since(self, row: cython.int):
        """Sales from a row on: time, kind, customer, place, revenue and margin of each."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        return [
            (
                floor.sales[k].time,
                floor.sales[k].kind,
                floor.sales[k].customer,
                floor.sales[k].place,
                floor.sales[k].revenue,
                floor.sales[k].margin,
            )
            for k in range(row, floor.sales_count)
        ]

    def customer_since(self, row: cython.int):
        """Whether a customer was there on the first day, and since when it is one."""
        return bool(self.floor.customers[row].initial), self.floor.customers[row].since


@cython.cfunc
def bytes_of(rows: cython.p_void, size: cython.size_t) -> object:
    """The rows of a table, as long as the kernel lives and nothing happens."""
    if size == 0:
        return b""
    return PyMemoryView_FromMemory(cython.cast(cython.p_char, rows), size, PyBUF_READ)


@cython.cfunc
def steps_of(floor: FloorP) -> object:
    """The step that each lead has come to, as 32-bit integers."""
    found: bytes = PyBytes_FromStringAndSize(cython.NULL, floor.leads_count * cython.sizeof(cython.int))
    steps: cython.p_int = cython.cast(cython.p_int, cython.cast(cython.p_char, found))
    k: cython.int
    for k in range(floor.leads_count):
        steps[k] = floor.jobs[floor.leads[k].job].step
    return found


def count_waiting(floor: FloorP, queue: cython.int, now: cython.double, counts: cython.p_double) -> cython.void:
    """Count what waits in a queue, by activity; not those whose patience has ended."""
    number: cython.int = floor.queues[queue].first
    job: JobP
    while number >= 0:
        job = floor.jobs + number
        if job.deadline >= now and waiting(floor, job):
            counts[floor.activity_of[job.step]] += 1.0
        number = job.after


@cython.cfunc
def offset(a: cython.p_void, b: cython.p_void) -> object:
    """Bytes from one place in memory to another."""
    return cython.cast(cython.size_t, b) - cython.cast(cython.size_t, a)


def draw(keys, strips, indices, pages, reading, out):
    """Numbers of a stream through a law, one by one into `out`; see `draws`. For whoever checks them.

    `keys`: two words for each strip; `strips`, `indices` and `pages`: where each number stands, 32-bit integers.
    """
    law = cython.declare(Quantile)
    key: cython.p_ulonglong = words(keys)
    strip: cython.p_int = whole(strips)
    index: cython.p_int = whole(indices)
    page: cython.p_int = whole(pages)
    found: cython.p_double = numbers(out)
    k: cython.int
    take_law(cython.address(law), reading)
    for k in range(len(out)):
        found[k] = quantile(cython.address(law), uniform_at(key, strip[k], index[k], page[k]))


def layouts():
    """The tables that `Kernel.written` gives: size of a row, and by name of a field its kind and place."""
    lead = cython.declare(Lead)
    sale = cython.declare(Sale)
    customer = cython.declare(Customer)
    order = cython.declare(Placed)
    row = cython.declare(Noted)
    a: cython.p_void
    a = cython.address(lead)
    leads = {
        "table": ("i4", offset(a, cython.address(lead.table))),
        "i": ("i4", offset(a, cython.address(lead.i))),
        "product": ("i4", offset(a, cython.address(lead.product))),
        "state": ("i4", offset(a, cython.address(lead.state))),
        "reason": ("i4", offset(a, cython.address(lead.reason))),
        "in_vain": ("i4", offset(a, cython.address(lead.in_vain))),
        "initial": ("i4", offset(a, cython.address(lead.initial))),
        "arrived": ("f8", offset(a, cython.address(lead.arrived))),
        "answered": ("f8", offset(a, cython.address(lead.answered))),
        "qualified": ("f8", offset(a, cython.address(lead.qualified))),
        "closed": ("f8", offset(a, cython.address(lead.closed))),
        "size": ("f8", offset(a, cython.address(lead.size))),
        "hand_offs": ("i4", offset(a, cython.address(lead.hand_offs))),
    }
    a = cython.address(sale)
    sales = {
        "time": ("f8", offset(a, cython.address(sale.time))),
        "revenue": ("f8", offset(a, cython.address(sale.revenue))),
        "margin": ("f8", offset(a, cython.address(sale.margin))),
        "paid": ("f8", offset(a, cython.address(sale.paid))),
        "kind": ("i4", offset(a, cython.address(sale.kind))),
        "lead": ("i4", offset(a, cython.address(sale.lead))),
        "customer": ("i4", offset(a, cython.address(sale.customer))),
        "channel": ("i4", offset(a, cython.address(sale.channel))),
        "product": ("i4", offset(a, cython.address(sale.product))),
        "place": ("i4", offset(a, cython.address(sale.place))),
    }
    a = cython.address(customer)
    customers = {
        "stock": ("i4", offset(a, cython.address(customer.stock))),
        "i": ("i4", offset(a, cython.address(customer.i))),
        "channel": ("i4", offset(a, cython.address(customer.channel))),
        "product": ("i4", offset(a, cython.address(customer.product))),
        "initial": ("i4", offset(a, cython.address(customer.initial))),
        "since": ("f8", offset(a, cython.address(customer.since))),
        "until": ("f8", offset(a, cython.address(customer.until))),
        "reason": ("i4", offset(a, cython.address(customer.reason))),
    }
    a = cython.address(order)
    placed = {
        "placed": ("f8", offset(a, cython.address(order.placed))),
        "worth": ("f8", offset(a, cython.address(order.worth))),
        "worked": ("f8", offset(a, cython.address(order.worked))),
        "billed": ("f8", offset(a, cython.address(order.billed))),
        "customer": ("i4", offset(a, cython.address(order.customer))),
    }
    a = cython.address(row)
    log = {
        "start": ("f8", offset(a, cython.address(row.start))),
        "end": ("f8", offset(a, cython.address(row.end))),
        "overdue": ("f8", offset(a, cython.address(row.overdue))),
        "kind": ("i4", offset(a, cython.address(row.kind))),
        "stock": ("i4", offset(a, cython.address(row.stock))),
        "i": ("i4", offset(a, cython.address(row.i))),
        "step": ("i4", offset(a, cython.address(row.step))),
        "person": ("i4", offset(a, cython.address(row.person))),
        "crew": ("i4", offset(a, cython.address(row.crew))),
        "outcome": ("i4", offset(a, cython.address(row.outcome))),
    }
    return {
        "leads": (cython.sizeof(Lead), leads),
        "sales": (cython.sizeof(Sale), sales),
        "customers": (cython.sizeof(Customer), customers),
        "placed": (cython.sizeof(Placed), placed),
        "log": (cython.sizeof(Noted), log),
    }
