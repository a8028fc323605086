"""The compiled floor as the host sees it: one year of a department, asked to run until something of the lives is due.

The host gives tables as arrays (32-bit integers and floats, contiguous), which are kept for as long as the kernel
lives, and an object for luck with one method, `asked(what, a, b, c, d)`, that answers with an array or None; see
`luck`. Numbers of people, places, leads and so on are rows of the kernel's tables.
"""

import cython
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memset

from simulation.floor.arrivals import (
    arrives,
)
from simulation.floor.clock import (
    closes_now,
    opens_now,
    take_first,
)
from simulation.floor.customers import (
    falls_due,
    orders,
    requests,
    reviews,
)
from simulation.floor.days import (
    come_in,
    doors_opened,
    goes_away,
    is_back,
)
from simulation.floor.layout import (
    ChannelP,
    CrewP,
    CustomerP,
    EventP,
    FloorP,
    HabitsP,
    JobP,
    LeadP,
    PlacedP,
    QuestP,
    SaleP,
    State,
    grown,
)
from simulation.floor.leads import (
    comes_back,
    reminds,
    shows,
)
from simulation.floor.luck import (
    ATTEMPTS,
    BY_LAW,
    FRAILTY,
    numbers,
    whole,
    words,
)
from simulation.floor.names import (
    ARRIVES,
    BELL,
    CLOSES,
    COMES_BACK,
    FALLS_DUE,
    GOES_AWAY,
    IS_BACK,
    MAY_HELP,
    NOTICE,
    OPENS,
    ORDERS,
    PAPERWORK,
    PAST_DUE,
    REMINDS,
    REQUESTS,
    REVIEWS,
    ROOM_AGAIN,
    SHOWS,
    SPARE,
)
from simulation.floor.pieces import (
    finished,
    has_room_again,
)
from simulation.floor.records import (
    Channel,
    Crew,
    Customer,
    Dent,
    Event,
    Habits,
    Hand,
    Job,
    Lead,
    Placed,
    Quest,
    Sale,
    Wait,
)
from simulation.floor.reviews import (
    FACTORS,
)
from simulation.floor.work import (
    may_help,
    past_due,
)

WHAT = {
    1: "no memory",
    2: "no room",
    3: "a job twice in a queue",
    4: "no luck",
    5: "no such row",
}


def make_room(floor: FloorP) -> cython.void:
    """See that there is room for all rows that one event can bring, so that rows stay where they are during it."""
    spare: cython.int = SPARE + floor.people_count
    if floor.jobs_count + spare > floor.jobs_room:
        floor.jobs = cython.cast(
            JobP,
            grown(floor, floor.jobs, floor.jobs_count, cython.address(floor.jobs_room), 4 * spare, cython.sizeof(Job)),
        )
    if floor.leads_count + SPARE > floor.leads_room:
        floor.leads = cython.cast(
            LeadP,
            grown(
                floor, floor.leads, floor.leads_count, cython.address(floor.leads_room), 4 * SPARE, cython.sizeof(Lead)
            ),
        )
    if (floor.leads_count + SPARE) * (1 + floor.stages) > floor.entered_room:
        floor.entered = cython.cast(
            cython.p_double,
            grown(
                floor,
                floor.entered,
                floor.leads_count * (1 + floor.stages),
                cython.address(floor.entered_room),
                4 * SPARE * (1 + floor.stages),
                cython.sizeof(cython.double),
            ),
        )
    if floor.hands_count + SPARE > floor.hands_room:
        floor.hands = cython.cast(
            cython.pointer(Hand),
            grown(
                floor, floor.hands, floor.hands_count, cython.address(floor.hands_room), 4 * SPARE, cython.sizeof(Hand)
            ),
        )
    if floor.waits_count + SPARE > floor.waits_room:
        floor.waits = cython.cast(
            cython.pointer(Wait),
            grown(
                floor, floor.waits, floor.waits_count, cython.address(floor.waits_room), 4 * SPARE, cython.sizeof(Wait)
            ),
        )
    if floor.dents_count + SPARE > floor.dents_room:
        floor.dents = cython.cast(
            cython.pointer(Dent),
            grown(
                floor, floor.dents, floor.dents_count, cython.address(floor.dents_room), 4 * SPARE, cython.sizeof(Dent)
            ),
        )
    if floor.customers_count + SPARE > floor.customers_room:
        floor.customers = cython.cast(
            CustomerP,
            grown(
                floor,
                floor.customers,
                floor.customers_count,
                cython.address(floor.customers_room),
                2 * SPARE,
                cython.sizeof(Customer),
            ),
        )
    if floor.sales_count + SPARE > floor.sales_room:
        floor.sales = cython.cast(
            SaleP,
            grown(
                floor, floor.sales, floor.sales_count, cython.address(floor.sales_room), 4 * SPARE, cython.sizeof(Sale)
            ),
        )
    if floor.placed_count + SPARE > floor.placed_room:
        floor.placed = cython.cast(
            PlacedP,
            grown(
                floor,
                floor.placed,
                floor.placed_count,
                cython.address(floor.placed_room),
                4 * SPARE,
                cython.sizeof(Placed),
            ),
        )
    if floor.quests_count + spare > floor.quests_room:
        floor.quests = cython.cast(
            QuestP,
            grown(
                floor,
                floor.quests,
                floor.quests_count,
                cython.address(floor.quests_room),
                2 * spare,
                cython.sizeof(Quest),
            ),
        )


def run(floor: FloorP, until: cython.double, order: cython.longlong) -> cython.void:
    """Let happen what comes before a moment, and what was set for that moment with a lower number."""
    event: Event
    while floor.heap_count > 0 and floor.error == 0 and floor.gives_notice < 0:
        if floor.heap[0].time > until or (floor.heap[0].time == until and floor.heap[0].order >= order):
            break
        event = floor.events[floor.heap[0].event]
        floor.now = floor.heap[0].time
        take_first(floor)
        floor.events_done += 1
        make_room(floor)
        happens(floor, cython.address(event))


def happens(floor: FloorP, event: EventP) -> cython.void:
    """What an event brings about."""
    kind: cython.int = event.kind
    a: cython.int = event.a
    if kind == BELL:
        finished(floor, a, event.b)
    elif kind == COMES_BACK:
        comes_back(floor, a)
    elif kind == ARRIVES:
        arrives(floor, a, event.b)
    elif kind == ORDERS:
        orders(floor, a, event.b)
    elif kind == REQUESTS:
        requests(floor, a, event.b)
    elif kind == REVIEWS:
        reviews(floor, a, event.b)
    elif kind == FALLS_DUE:
        if floor.jobs[a].serial == event.b:
            falls_due(floor, a)
    elif kind == SHOWS:
        shows(floor, a, event.b, event.c)
    elif kind == ROOM_AGAIN:
        has_room_again(floor, a)
    elif kind == REMINDS:
        reminds(floor, a)
    elif kind == PAST_DUE:
        past_due(floor, a, event.b, event.c, event.d, event.e)
    elif kind == MAY_HELP:
        may_help(floor, a, event.b, event.c)
    elif kind == OPENS:
        opens_now(floor, a)
        if a == 0:
            doors_opened(floor)
        else:
            come_in(floor, a)
    elif kind == CLOSES:
        closes_now(floor, a)
    elif kind == GOES_AWAY:
        goes_away(floor, a, event.b)
    elif kind == IS_BACK:
        is_back(floor, a, event.b)
    elif kind == NOTICE and floor.employees[a].version == event.b and not floor.employees[a].on_notice:
        floor.gives_notice = a


@cython.cclass
class Kernel:
    """One year. Every method leaves the kernel ready for the next; what went wrong raises RuntimeError."""

    floor: State
    luck: object
    arrays: list
    blocks: list
    last: object
    raised = cython.declare(object, visibility="public")

    def __cinit__(self):
        memset(cython.address(self.floor), 0, cython.sizeof(State))
        self.arrays = []
        self.last = None
        self.raised = None

    def __init__(self, luck, sizes: dict):
        """`sizes`: numbers of steps, stages, products and so on, by the name of the field."""
        floor: FloorP = cython.address(self.floor)
        self.luck = luck
        floor.host = cython.cast(cython.p_void, self)
        floor.jobs_free = -1
        floor.events_free = -1
        floor.waits_free = -1
        floor.attempt_ease = 1.0
        floor.gives_notice = -1
        floor.coached = 1.0
        floor.roles = sizes["roles"]
        floor.seen = cython.cast(cython.p_int, calloc(floor.roles + 1, cython.sizeof(cython.int)))
        floor.expected = cython.cast(
            cython.p_double, calloc((1 + FACTORS) * (floor.roles + 1), cython.sizeof(cython.double))
        )
        floor.lead_losses = 1.0
        floor.customer_losses = 1.0
        floor.steps = sizes["steps"]
        floor.stages = sizes["stages"]
        floor.products = sizes["products"]
        floor.channels_count = sizes["channels"]
        floor.processes = sizes["processes"]
        floor.pods = sizes["pods"]
        floor.crews_of_pod = sizes["crews"]
        floor.streams = PAPERWORK + floor.products
        floor.order_step = sizes["order"]
        floor.request_step = sizes["request"]
        floor.upsell_step = sizes["upsell"]
        floor.collect_step = sizes["collect"]
        floor.paperwork_step = sizes["paperwork"]
        floor.coach_step = sizes["coach"]
        floor.meet_step = sizes["meet"]
        floor.care_step = sizes["care"]
        floor.logs = sizes["logs"]
        floor.notes_hands = sizes["notes_hands"]
        floor.limited = sizes["limited"]
        floor.cares = sizes["cares"]
        floor.in_shifts = sizes["in_shifts"]
        floor.crews_count = floor.pods * floor.crews_of_pod
        floor.crews = cython.cast(CrewP, calloc(floor.crews_count + 1, cython.sizeof(Crew)))
        floor.channels = cython.cast(ChannelP, calloc(floor.channels_count + 1, cython.sizeof(Channel)))
        floor.habits = cython.cast(HabitsP, calloc(floor.processes + 1, cython.sizeof(Habits)))
        floor.ease = cython.cast(cython.p_double, calloc(floor.steps + 1, cython.sizeof(cython.double)))
        floor.qualified_by = cython.cast(cython.p_double, calloc(sizes["roles"] + 1, cython.sizeof(cython.double)))
        c: cython.int
        for c in range(floor.steps):
            floor.ease[c] = 1.0
        for c in range(floor.crews_count):
            floor.crews[c].pod = c // floor.crews_of_pod
            floor.crews[c].idle_first = -1
            floor.crews[c].idle_last = -1
            floor.crews[c].prospecting_first = -1
            floor.crews[c].prospecting_last = -1
        make_room(floor)
        self._check()

    def __dealloc__(self):
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        for k in range(floor.crews_count):
            free(floor.crews[k].people)
            free(floor.crews[k].desk)
        for k in range(floor.channels_count):
            free(floor.channels[k].released.rows)
            free(floor.channels[k].crews.rows)
        for k in range(floor.people_count):
            free(floor.people[k].leads.rows)
            free(floor.people[k].customers.rows)
        for k in range(floor.tables_count):
            free(floor.tables[k].deal)
            free(floor.tables[k].steps)
        for k in range(floor.processes):
            free(floor.habits[k].series)
        free(floor.crews)
        free(floor.channels)
        free(floor.habits)
        free(floor.ease)
        free(floor.qualified_by)
        free(floor.desk_at)
        free(floor.scratch)
        free(floor.heap)
        free(floor.events)
        free(floor.offices)
        free(floor.queues)
        free(floor.jobs)
        free(floor.readers)
        free(floor.desks)
        free(floor.lines)
        free(floor.places_read)
        free(floor.windows)
        free(floor.people)
        free(floor.skills)
        free(floor.quest_of)
        free(floor.spells)
        free(floor.places)
        free(floor.quests)
        free(floor.tables)
        free(floor.stocks)
        free(floor.series)
        free(floor.readings)
        free(floor.arrivals)
        free(floor.latest)
        free(floor.leads)
        free(floor.entered)
        free(floor.hands)
        free(floor.waits)
        free(floor.dents)
        free(floor.customers)
        free(floor.terms)
        free(floor.sales)
        free(floor.placed)
        free(floor.log)
        free(floor.seen)
        free(floor.expected)
        free(floor.employees)
        free(floor.laws)
        free(floor.samples)
        free(floor.loads)
        free(floor.here.rows)
        free(floor.present.rows)

    # --- what goes wrong, luck and time ----------------------------------------------------------------------

    @cython.cfunc
    def _check(self):
        floor: FloorP = cython.address(self.floor)
        if floor.error:
            if self.raised is not None:
                raise self.raised
            raise RuntimeError(
                f"the compiled floor stopped at {floor.now} h: {WHAT.get(floor.error, floor.error)}"
                f" (kind {floor.error_kind}, case {floor.error_case})"
            )
        make_room(floor)

    def asked(self, what: cython.int, a: cython.int, b: cython.int, c: cython.int, d: cython.int):
        """What the kernel asks for in the middle of an event."""
        found = self.luck.asked(what, a, b, c, d)
        if what == ATTEMPTS or what == FRAILTY or what == BY_LAW:
            self.last = found
        elif found is not None:
            self.arrays.append(found)
        return found

    def __next__(self):
        """The next number of an event."""
        self.floor.number += 1
        return self.floor.number - 1

    def __iter__(self):
        return self

    def run(self, until: cython.double, urgency: cython.longlong, number: cython.longlong):
        """Let happen what comes before an event of the lives; then it is its time, and -1 is answered.

        Where somebody gives notice before, it is that moment, and his row among the employees is answered.
        """
        floor: FloorP = cython.address(self.floor)
        with cython.nogil:
            run(floor, until, (urgency << 60) + number)
        gives_notice: cython.int = floor.gives_notice
        floor.gives_notice = -1
        if floor.error == 0 and gives_notice < 0:
            floor.now = until
        self._check()
        return gives_notice

    def run_before(self, end: cython.double):
        """Let happen what comes before a moment, as `run`."""
        return self.run(end, 0, -1)

    @property
    def now(self):
        """The time."""
        return self.floor.now

    def set_now(self, now: cython.double):
        """It is a time."""
        self.floor.now = now

    @property
    def events(self):
        """Events so far."""
        return self.floor.events_done

    @cython.cfunc
    def _keep(self, array: object) -> object:
        self.arrays.append(array)
        return array

    @cython.cfunc
    def _floats(self, array: object) -> cython.p_double:
        return numbers(self._keep(array))

    @cython.cfunc
    def _words(self, array: object) -> cython.p_ulonglong:
        return words(self._keep(array))

    @cython.cfunc
    def _whole(self, array: object) -> cython.p_int:
        return whole(self._keep(array))
