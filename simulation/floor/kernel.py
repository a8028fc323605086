"""The compiled floor as the host sees it: one year of a department, asked to run until something of the lives is due.

The host gives tables as arrays (32-bit integers and floats, contiguous), which are kept for as long as the kernel
lives, and an object for luck with one method, `asked(what, a, b, c, d)`, that answers with an array or None; see
`luck`. Numbers of people, places, leads and so on are rows of the kernel's tables.
"""

import cython
from cython.cimports.cpython.buffer import PyBUF_READ
from cython.cimports.cpython.bytes import PyBytes_FromStringAndSize
from cython.cimports.cpython.memoryview import PyMemoryView_FromMemory
from cython.cimports.libc.math import INFINITY, NAN
from cython.cimports.libc.stdlib import calloc, free, realloc
from cython.cimports.libc.string import memset

from simulation.floor.clock import (
    at,
    await_opening,
    closes_now,
    finish,
    opens_now,
    take_first,
)
from simulation.floor.customers import (
    begin_customer,
    close_month,
    distributed,
    falls_due,
    has_left,
    hold,
    look_ahead,
    new_customer,
    order_size,
    orders,
    requests,
    reviews,
    spend,
)
from simulation.floor.departures import (
    change_role,
    deal_out,
    follow_new_order,
    furnish,
    hand_over_all,
    hand_over_book,
    lay_again,
    leaves,
    look_what_he_can,
    settle_in,
    settled,
    what_waits,
)
from simulation.floor.draws import (
    quantile,
    uniform_at,
)
from simulation.floor.layout import (
    ACTIVITIES,
    ARRIVES,
    BELL,
    CARE,
    CLOSES,
    COMES_BACK,
    FALLS_DUE,
    GOES_AWAY,
    IS_BACK,
    LEAD,
    MAY_HELP,
    NOTICE,
    OPEN,
    OPENS,
    ORDERS,
    PAPERWORK,
    PAST_DUE,
    PROSPECT,
    REMINDS,
    REQUESTS,
    REVIEWS,
    ROOM_AGAIN,
    SHOWS,
    SPARE,
    UPSETS,
    Arrivals,
    Channel,
    ChannelP,
    Column,
    ColumnP,
    Crew,
    CrewP,
    Customer,
    CustomerP,
    Dent,
    Desk,
    DeskP,
    Employee,
    EmployeeP,
    Event,
    EventP,
    FloorP,
    Habits,
    HabitsP,
    Hand,
    Job,
    JobP,
    Law,
    LawP,
    Lead,
    LeadP,
    Line,
    LineP,
    Noted,
    Office,
    OfficeP,
    PassingP,
    Person,
    PersonP,
    Place,
    Placed,
    PlacedP,
    PlaceP,
    Quantile,
    QuantileP,
    Quest,
    QuestP,
    Reader,
    ReaderP,
    Sale,
    SaleP,
    Series,
    SeriesP,
    Skill,
    SkillP,
    Spell,
    State,
    Step,
    StepP,
    Stock,
    StockP,
    Table,
    TableP,
    Terms,
    TermsP,
    Wait,
    Window,
    WindowP,
    append,
    grown,
)
from simulation.floor.leads import (
    arrives,
    class_of,
    comes_back,
    reminds,
    resume,
    resume_in_vain,
    settle,
    shows,
    size_of,
    work_of,
)
from simulation.floor.luck import (
    ATTEMPTS,
    BY_LAW,
    FRAILTY,
    memory_of,
    numbers,
    whole,
    words,
)
from simulation.floor.people import (
    activity_in_hand,
    await_absence,
    becomes_idle,
    come_in,
    doors_opened,
    finished,
    goes_away,
    has_room_again,
    is_back,
    is_free,
    look_for_work,
    quest_interrupted,
    repace,
    stop,
    unfinished,
    wake,
)
from simulation.floor.prospecting import (
    redraw,
    release,
    tell,
)
from simulation.floor.reviews import (
    FACTORS,
    anybody_may_leave,
    demanded,
    integrate,
    lead_week,
    measure,
    meets,
    press,
    renew_coaching,
    settle_hazards,
    watch,
)
from simulation.floor.skills import (
    set_availability,
    set_proficiency,
    skill_of,
    slow_down,
)
from simulation.floor.work import (
    may_help,
    new_queues,
    past_due,
    take_out,
    waiting,
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

    # --- what goes wrong, luck and time ---------------------------------------------------------------------

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

    # --- what holds for all ---------------------------------------------------------------------------------

    def office(self, opens, closes, before, always_open: cython.bint, first: cython.bint):
        """An office, or the working time of people of the first one; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.offices = cython.cast(
            OfficeP,
            grown(
                floor, floor.offices, floor.offices_count, cython.address(floor.offices_room), 4, cython.sizeof(Office)
            ),
        )
        number: cython.int = floor.offices_count
        self._check()
        floor.offices_count += 1
        office: OfficeP = floor.offices + number
        office.opens = self._floats(opens)
        office.closes = self._floats(closes)
        office.before = self._floats(before)
        office.count = len(opens)
        office.cursor = 0
        office.shift = 0
        office.day = 0
        office.always_open = always_open
        office.open = always_open
        office.at_work = always_open
        office.until = INFINITY
        office.closed_at = -INFINITY
        office.whole = 0
        if first:
            floor.first_opening = office.opens[0]
        else:
            floor.offices[0].at_work += office.at_work
        return number

    def open_and_close(self, number: cython.int):
        """Let an office open and close with its calendar."""
        if not self.floor.offices[number].always_open:
            await_opening(cython.address(self.floor), number)
        self._check()

    def office_of(self, number: cython.int):
        """Whether an office is open, and how many of the first one's people work at this hour."""
        return self.floor.offices[number].open, self.floor.offices[0].at_work

    def working(self, availability: cython.double, switching: cython.double, group_of, activity_of):
        """What holds for everybody's work."""
        floor: FloorP = cython.address(self.floor)
        floor.availability = availability
        floor.switching = switching
        floor.group_of = self._whole(group_of)
        floor.activity_of = self._whole(activity_of)

    def set_ease(self, ease, attempt_ease: cython.double):
        """Factors on the hours of work by step, and on attempts."""
        k: cython.int = 0
        for each in ease:
            self.floor.ease[k] = each
            k += 1
        self.floor.attempt_ease = attempt_ease

    @property
    def lead_losses(self):
        """Factor on what is lost in hand-offs of leads."""
        return self.floor.lead_losses

    @lead_losses.setter
    def lead_losses(self, value: cython.double):
        self.floor.lead_losses = value

    @property
    def customer_losses(self):
        """Factor on what is lost in hand-offs of customers."""
        return self.floor.customer_losses

    @customer_losses.setter
    def customer_losses(self, value: cython.double):
        self.floor.customer_losses = value

    @property
    def uncoached(self):
        """Log-odds of conversion lost for want of coaching."""
        return self.floor.uncoached

    @uncoached.setter
    def uncoached(self, value: cython.double):
        self.floor.uncoached = value

    def selling(self, floors, taus, decays, ends):
        """Decay with the response time by process, and which steps are the last of theirs."""
        floor: FloorP = cython.address(self.floor)
        floor.floors = self._floats(floors)
        floor.taus = self._floats(taus)
        floor.decays = self._whole(decays)
        floor.ends = self._whole(ends)

    def lead_passing(
        self,
        loss: cython.double,
        extra: cython.double,
        information: cython.double,
        delay: cython.double,
        free_: cython.bint,
    ):
        """What a hand-off of leads costs."""
        passing(cython.address(self.floor.lead_passing), loss, extra, information, delay, free_)

    def customer_passing(
        self,
        loss: cython.double,
        extra: cython.double,
        information: cython.double,
        delay: cython.double,
        free_: cython.bint,
    ):
        """What a hand-off of customers costs."""
        passing(cython.address(self.floor.customer_passing), loss, extra, information, delay, free_)

    def buying(self, prices, margins, volumes, repeats, orders_factor: cython.double):
        """What products are worth."""
        floor: FloorP = cython.address(self.floor)
        floor.prices = self._floats(prices)
        floor.margins = self._floats(margins)
        floor.volumes = self._floats(volumes)
        floor.repeats = self._whole(repeats)
        floor.orders_factor = orders_factor

    def customer_habits(self, process: cython.int, churn, odds, growth, row: dict):
        """What customers of a process do; `row` has the single numbers by the name of the field."""
        habits: HabitsP = self.floor.habits + process
        habits.churn = self._floats(churn)
        habits.odds = self._floats(odds)
        habits.growth = self._floats(growth)
        habits.late_churn = row["late_churn"]
        habits.tolerance = row["tolerance"]
        habits.cared_too_often = row["cared_too_often"]
        habits.cared_welcome = row["cared_welcome"]
        habits.order_size = row["order_size"]
        habits.uplift = row["uplift"]
        habits.after_reminder = row["after_reminder"]
        habits.orders = row["orders"]
        habits.unworked = row["unworked"]
        habits.requests = row["requests"]
        habits.reviews = row["reviews"]
        habits.cares = row["cares"]
        habits.care_law = row["care_law"]
        habits.care_most = row["care_most"]
        habits.care_lasts = row["care_lasts"]
        habits.care_harm = row["care_harm"]
        habits.care_size = row["care_size"]

    def set_series(self, process: cython.int, stock: cython.int, numbers_):
        """The series of all streams of a process's customers, of a stock of leads."""
        what: cython.int = 0
        for number in numbers_:
            self.floor.habits[process].series[stock * self.floor.streams + what] = number
            what += 1

    def other_laws(self):
        """Laws have changed: all series are asked for anew."""
        self._forget_series(0)

    @cython.cfunc
    def _forget_series(self, first: cython.int):
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        n: cython.int
        for k in range(floor.processes):
            for n in range(first * floor.streams, floor.stocks_count * floor.streams):
                floor.habits[k].series[n] = -1

    def after_sale(self, process: cython.int, row: dict, papers, papers_constant, nothing_follows):
        """What follows a sale from now on."""
        floor: FloorP = cython.address(self.floor)
        floor.terms = cython.cast(
            TermsP,
            grown(floor, floor.terms, floor.terms_count, cython.address(floor.terms_room), 4, cython.sizeof(Terms)),
        )
        self._check()
        floor.terms_count += 1
        terms: TermsP = floor.terms + (floor.terms_count - 1)
        floor.habits[process].terms = floor.terms_count - 1
        terms.process = process
        terms.late = row["late"]
        terms.delay = row["delay"]
        terms.reminder = row["reminder"]
        terms.delay_constant = row["delay_constant"]
        terms.reminder_constant = row["reminder_constant"]
        terms.paid_at_once = row["paid_at_once"]
        terms.papers = self._floats(papers)
        terms.papers_constant = self._whole(papers_constant)
        terms.nothing_follows = self._whole(nothing_follows)

    def series(self, stock: cython.int, first, later, law):
        """A new series of numbers of customers: keys of the first deal's stream and of the others, and the law."""
        floor: FloorP = cython.address(self.floor)
        floor.series = cython.cast(
            SeriesP,
            grown(
                floor, floor.series, floor.series_count, cython.address(floor.series_room), 32, cython.sizeof(Series)
            ),
        )
        self._check()
        number: cython.int = floor.series_count
        floor.series_count += 1
        series: SeriesP = floor.series + number
        series.stock = stock
        series.first = self._words(first)
        series.later = self._words(later)
        take_law(cython.address(series.law), self._keep(law))
        return number

    # --- leads ----------------------------------------------------------------------------------------------

    def stock(self, rows: cython.int, strips, ordinals, upsets):
        """A new stock of leads, with the strip and the ordinal there of each, and keys of upsets; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.stocks = cython.cast(
            StockP,
            grown(floor, floor.stocks, floor.stocks_count, cython.address(floor.stocks_room), 8, cython.sizeof(Stock)),
        )
        self._check()
        number: cython.int = floor.stocks_count
        floor.stocks_count += 1
        stock: StockP = floor.stocks + number
        stock.rows = rows
        stock.strips = self._whole(strips)
        stock.ordinals = self._whole(ordinals)
        what: cython.int
        for what in range(UPSETS):
            stock.upsets[what] = self._words(upsets[what])
        k: cython.int
        for k in range(floor.processes):
            floor.habits[k].series = cython.cast(
                cython.p_int,
                realloc(floor.habits[k].series, floor.stocks_count * floor.streams * cython.sizeof(cython.int)),
            )
            if floor.habits[k].series == cython.NULL:
                raise MemoryError
        self._forget_series(number)
        return number

    def stock_grows(self, number: cython.int, rows: cython.int):
        """A stock of finds, which are all of one strip, has more leads."""
        self.floor.stocks[number].rows = rows

    def table(self, stock: cython.int, channel: cython.int):
        """A new table of leads; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.tables = cython.cast(
            TableP,
            grown(floor, floor.tables, floor.tables_count, cython.address(floor.tables_room), 8, cython.sizeof(Table)),
        )
        floor.latest = cython.cast(
            cython.p_int,
            grown(
                floor, floor.latest, floor.latest_count, cython.address(floor.latest_room), 8, cython.sizeof(cython.int)
            ),
        )
        self._check()
        number: cython.int = floor.tables_count
        floor.tables_count += 1
        floor.latest_count += 1
        floor.latest[number] = number
        table: TableP = floor.tables + number
        memset(table, 0, cython.sizeof(Table))
        table.stock = stock
        table.channel = channel
        table.deal = cython.cast(ColumnP, calloc(floor.products + 1, cython.sizeof(Column)))
        table.steps = cython.cast(StepP, calloc(floor.stages + 1, cython.sizeof(Step)))
        return number

    def replaced(self, first: cython.int, latest: cython.int):
        """New leads of a channel are of another table from now on."""
        self.floor.latest[first] = latest

    def table_of_channel(self, channel: cython.int, table: cython.int):
        """Finds of a channel are of a table from now on."""
        self.floor.channels[channel].table = table

    @cython.cfunc
    def _laws(self, readings: object) -> cython.int:
        """Take over laws of a column, one behind the other; the number of the first."""
        floor: FloorP = cython.address(self.floor)
        first: cython.int = floor.readings_count
        for reading in readings:
            floor.readings = cython.cast(
                QuantileP,
                grown(
                    floor,
                    floor.readings,
                    floor.readings_count,
                    cython.address(floor.readings_room),
                    64,
                    cython.sizeof(Quantile),
                ),
            )
            self._check()
            floor.readings_count += 1
            take_law(floor.readings + (floor.readings_count - 1), self._keep(reading))
        return first

    @cython.cfunc
    def _column(self, column: ColumnP, given: object):
        memset(column, 0, cython.sizeof(Column))
        column.there = given is not None
        if isinstance(given, tuple):
            keys, readings, which = given
            column.keys = self._words(keys)
            column.law = self._laws(readings)
            column.which = self._whole(which)
        else:
            column.values = self._floats(given)

    def columns(
        self,
        number: cython.int,
        product: cython.int,
        cls: cython.int,
        products,
        ways,
        true_positive,
        false_positive,
        trends,
        deal,
        leave,
        patience,
        late,
        at_once,
        fit,
    ):
        """What the leads of a table are like; `ways`: process, entry, first step and whether they differ, by product.

        A column is an array, None, or what the kernel draws it with: keys by strip, laws, and by lead which of the
        laws is its own (None: the first).
        """
        table: TableP = self.floor.tables + number
        k: cython.int = 0
        table.product = product
        table.cls = cls
        table.products = self._whole(products)
        process, entry, first, differs = ways
        table.process = self._whole(process)
        table.entry = self._whole(entry)
        table.first = self._whole(first)
        table.differs = self._whole(differs)
        table.true_positive = self._floats(true_positive)
        table.false_positive = self._floats(false_positive)
        table.trends = self._floats(trends)
        for column in deal:
            self._column(table.deal + k, column)
            k += 1
        self._column(cython.address(table.leave), leave)
        self._column(cython.address(table.patience), patience)
        self._column(cython.address(table.late), late)
        self._column(cython.address(table.at_once), at_once)
        self._column(cython.address(table.fit), fit)

    def step(self, number: cython.int, step_: cython.int, columns, odds, risk, clocks, tries):
        """What a step is like for the leads of a table.

        `columns`: work, decision, question, thinking and patience; `clocks`: lost, silent, share, expires, every and
        remind, or None; `tries`: work, probability, every, most and keys of luck, or None.
        """
        step: StepP = self.floor.tables[number].steps + step_
        memset(step, 0, cython.sizeof(Step))
        work, decision, question, thinking, patience = columns
        self._column(cython.address(step.work), work)
        self._column(cython.address(step.decision), decision)
        self._column(cython.address(step.question), question)
        self._column(cython.address(step.thinking), thinking)
        self._column(cython.address(step.patience), patience)
        step.odds = self._floats(odds)
        step.risk = self._floats(risk)
        step.expires = INFINITY
        step.every = INFINITY
        if clocks is not None:
            lost, silent, share, expires, every, remind = clocks
            step.clocks = True
            self._column(cython.address(step.lost), lost)
            self._column(cython.address(step.silent), silent)
            step.share = share
            step.expires = expires
            step.every = every
            self._column(cython.address(step.remind), remind)
        if tries is not None:
            attempt, probability, again, most, reach = tries
            step.reach = self._words(reach)
            step.tries = True
            self._column(cython.address(step.attempt), attempt)
            step.probability = probability
            step.again = again
            step.most = most

    def arrivals(self, table: cython.int, times):
        """Let the leads of a table arrive by themselves, one after the other."""
        floor: FloorP = cython.address(self.floor)
        floor.arrivals = cython.cast(
            cython.pointer(Arrivals),
            grown(
                floor,
                floor.arrivals,
                floor.arrivals_count,
                cython.address(floor.arrivals_room),
                8,
                cython.sizeof(Arrivals),
            ),
        )
        self._check()
        number: cython.int = floor.arrivals_count
        floor.arrivals_count += 1
        self._expect_leads(len(times))
        floor.arrivals[number].table = table
        floor.arrivals[number].count = len(times)
        floor.arrivals[number].times = self._floats(times)
        if floor.arrivals[number].count > 0:
            at(floor, floor.arrivals[number].times[0], ARRIVES, number, 0)
        self._check()

    @cython.cfunc
    def _expect_leads(self, count: cython.int):
        """See that so many leads more will find room without anything being moved."""
        floor: FloorP = cython.address(self.floor)
        more: cython.int = floor.leads_expected + count + 2 * SPARE
        floor.leads = cython.cast(
            LeadP,
            grown(floor, floor.leads, floor.leads_count, cython.address(floor.leads_room), more, cython.sizeof(Lead)),
        )
        floor.jobs = cython.cast(
            JobP,
            grown(
                floor,
                floor.jobs,
                floor.jobs_count,
                cython.address(floor.jobs_room),
                2 * SPARE + more,
                cython.sizeof(Job),
            ),
        )
        floor.entered = cython.cast(
            cython.p_double,
            grown(
                floor,
                floor.entered,
                floor.leads_count * (1 + floor.stages),
                cython.address(floor.entered_room),
                more * (1 + floor.stages),
                cython.sizeof(cython.double),
            ),
        )
        floor.leads_expected += count
        self._check()

    def resume(
        self,
        table: cython.int,
        i: cython.int,
        stage: cython.int,
        wait: cython.double,
        holder: cython.int,
        handed: cython.bint,
    ):
        """A lead that is in the pipeline on the first day."""
        resume(cython.address(self.floor), table, i, stage, wait, holder, handed)
        self._check()

    def resume_in_vain(
        self,
        table: cython.int,
        i: cython.int,
        stage: cython.int,
        reason: cython.int,
        left: cython.double,
        silent: cython.double,
        holder: cython.int,
        handed: cython.bint,
    ):
        """A lead of the first day that a stage has lost."""
        resume_in_vain(cython.address(self.floor), table, i, stage, reason, left, silent, holder, handed)
        self._check()

    def there(
        self,
        table: cython.int,
        i: cython.int,
        pod: cython.int,
        product: cython.int,
        cls: cython.int,
        size: cython.double,
        first_order: cython.double,
        first_review: cython.double,
        first_care: cython.double,
        holder: cython.int,
        handed: cython.bint,
    ):
        """A customer who is there on the first day."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int = new_customer(floor, table, i, pod, product, cls, size)
        customer: CustomerP = floor.customers + row
        customer.initial = True
        customer.first_order = first_order
        customer.first_review = first_review
        customer.first_care = first_care
        if holder >= 0:
            hold(floor, row, holder)
            customer.pod = floor.crews[floor.people[holder].crew].pod
        begin_customer(floor, row, handed)
        self._check()

    def distributed(self, channel: cython.int, product: cython.int, size: cython.double, discount: cython.double):
        """An order of a distributor."""
        distributed(cython.address(self.floor), channel, product, size, discount)
        self._check()

    def begun_by(self, p: cython.int):
        """The lead on which somebody works, -1 for none, and the hours of its step."""
        floor: FloorP = cython.address(self.floor)
        if floor.people[p].job < 0 or floor.jobs[floor.people[p].job].kind != LEAD:
            return -1, 0.0
        row: cython.int = floor.jobs[floor.people[p].job].subject
        return row, work_of(floor, floor.leads + row)

    def laid_down(self, busy: set):
        """Leads whose next step was begun and waits, with its hours, but for those somebody works on."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int
        found = []
        for row in range(floor.leads_count):
            if floor.leads[row].state == OPEN and floor.jobs[floor.leads[row].job].rest >= 0.0 and row not in busy:
                found.append((row, work_of(floor, floor.leads + row)))
        return found

    def resize(self, row: cython.int, hours: cython.double, p: cython.int):
        """The step that was begun took so many hours and now takes others: what is left changes in proportion."""
        floor: FloorP = cython.address(self.floor)
        work: cython.double = work_of(floor, floor.leads + row)
        if work == hours or not (0.0 < hours < INFINITY and work < INFINITY):
            return
        if p >= 0:
            repace(floor, p, work / hours)
        else:
            floor.jobs[floor.leads[row].job].rest *= work / hours
        self._check()

    def pause_customers(self):
        """Account for the hazards of all customers until now, before they change."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int
        for row in range(floor.customers_count):
            if not has_left(floor, floor.customers + row, floor.now):
                spend(floor, floor.customers + row, floor.now)

    def resume_customers(self):
        """Go on with changed hazards."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int
        for row in range(floor.customers_count):
            look_ahead(floor, floor.customers + row)

    # --- the order of work ----------------------------------------------------------------------------------

    def draw(self, order):
        """Crews, desks and lines of all pods, or anew when the duties have changed; crews stay the same."""
        floor: FloorP = cython.address(self.floor)
        pod: cython.int
        floor.classes = order.classes
        floor.bands = self._floats(order.bands)
        floor.bands_count = len(order.bands)
        free(floor.desk_at)
        floor.desk_at = cython.cast(
            cython.p_int, calloc(floor.pods * floor.classes * floor.steps + 1, cython.sizeof(cython.int))
        )
        k: cython.int
        for k in range(floor.desks_count):
            floor.desks[k].dead = True
        for pod in range(floor.pods):
            self._furnish(order, pod)
        self._check()

    @cython.cfunc
    def _furnish(self, order, pod: cython.int):
        floor: FloorP = cython.address(self.floor)
        duties, desks = order.duties, order.desks
        first_crew: cython.int = pod * floor.crews_of_pod
        desks_count: cython.int = order.desks_count
        first_desk: cython.int = floor.desks_count
        first_queue: cython.int = new_queues(floor, desks_count)
        widest: cython.int = order.widest
        readers_of: cython.int = order.readers
        k: cython.int
        n: cython.int
        r: cython.int
        at_: cython.p_int = whole(desks.at)
        place: cython.p_int = floor.desk_at + pod * floor.classes * floor.steps
        for k in range(floor.classes * floor.steps):
            place[k] = -1 if at_[k] < 0 else first_desk + at_[k]
        floor.desks = cython.cast(
            DeskP,
            grown(floor, floor.desks, first_desk, cython.address(floor.desks_room), desks_count, cython.sizeof(Desk)),
        )
        floor.readers = cython.cast(
            ReaderP,
            grown(
                floor,
                floor.readers,
                floor.readers_count,
                cython.address(floor.readers_room),
                desks_count * readers_of,
                cython.sizeof(Reader),
            ),
        )
        self._check()
        floor.desks_count += desks_count
        assigned: cython.p_int = whole(desks.assigned)
        newest: cython.p_int = whole(desks.newest)
        calls: cython.p_int = whole(desks.calls)
        crew_of: cython.p_int = whole(desks.crew)
        duty_of: cython.p_int = whole(desks.duty)
        helps_from: cython.p_int = whole(desks.helps_from)
        helps_after: cython.p_double = numbers(desks.helps_after)
        desk: DeskP
        reader: ReaderP
        for k in range(desks_count):
            desk = floor.desks + (first_desk + k)
            desk.queue = first_queue + k
            desk.turn = 0
            desk.dead = False
            desk.assigned = assigned[k]
            desk.newest = newest[k]
            desk.calls = calls[k]
            desk.readers = floor.readers_count
            desk.readers_count = 0
            for r in range(readers_of):
                if crew_of[k * readers_of + r] < 0:
                    continue
                floor.readers_count += 1
                reader = floor.readers + (floor.readers_count - 1)
                reader.crew = first_crew + crew_of[k * readers_of + r]
                reader.duty = duty_of[k * readers_of + r]
                reader.helps = helps_from[k * readers_of + r] >= 0
                reader.helps_from = helps_from[k * readers_of + r]
                reader.helps_after = helps_after[k * readers_of + r]
                desk.readers_count += 1
        role: cython.p_int = whole(duties.role)
        count: cython.p_int = whole(duties.count)
        personal: cython.p_int = whole(duties.personal)
        crew_assigned: cython.p_int = whole(duties.assigned)
        cover: cython.p_double = numbers(duties.cover)
        most_open: cython.p_double = numbers(duties.most_open)
        care: cython.p_double = numbers(duties.care_per_month)
        masks: cython.p_ulonglong = cython.cast(cython.p_ulonglong, memory_of(duties.masks))
        due: cython.p_double = self._floats(duties.due)
        due_by_step: cython.p_double = self._floats(duties.due_by_step)
        does: cython.p_int = self._whole(duties.does)
        activity: cython.p_int = self._whole(duties.activity)
        own_desk: cython.p_int = whole(duties.desk)
        channels: cython.p_int = self._whole(duties.channels)
        channels_of: cython.p_int = self._whole(duties.channels_of)
        any_due: cython.p_int = whole(duties.any_due)
        crew: CrewP
        for n in range(floor.crews_of_pod):
            crew = floor.crews + (first_crew + n)
            crew.role = role[n]
            crew.duties = count[n]
            crew.personal = personal[n]
            crew.assigned = crew_assigned[n]
            crew.cover = cover[n]
            crew.most_open = most_open[n]
            crew.care_per_month = care[n]
            crew.newest = masks[4 * n]
            crew.entries = masks[4 * n + 1]
            crew.due_after_prospecting = masks[4 * n + 2]
            crew.own_time = masks[4 * n + 3]
            crew.any_due = any_due[n]
            crew.due = due + n * widest
            crew.due_by_step = due_by_step + n * floor.steps
            crew.duty_of = does + n * floor.classes * floor.steps
            crew.activity = activity + n * widest
            crew.channels = channels
            crew.channels_of = channels_of + n * (widest + 1)
            free(crew.desk)
            crew.desk = cython.cast(cython.p_int, calloc(widest + 1, cython.sizeof(cython.int)))
            for k in range(crew.duties):
                crew.desk[k] = first_desk + own_desk[n * widest + k]
        self._lines(order, first_crew, first_desk)

    @cython.cfunc
    def _lines(self, order, first_crew: cython.int, first_desk: cython.int):
        floor: FloorP = cython.address(self.floor)
        lines = order.lines
        total: cython.int = len(lines.duty)
        read: cython.int = len(lines.places)
        windows: cython.int = len(order.windows.activity)
        first_line: cython.int = floor.lines_count
        first_place: cython.int = floor.places_read_count
        first_window: cython.int = floor.windows_count
        floor.lines = cython.cast(
            LineP, grown(floor, floor.lines, first_line, cython.address(floor.lines_room), total, cython.sizeof(Line))
        )
        floor.places_read = cython.cast(
            cython.p_int,
            grown(
                floor,
                floor.places_read,
                first_place,
                cython.address(floor.places_read_room),
                read + 1,
                cython.sizeof(cython.int),
            ),
        )
        floor.windows = cython.cast(
            WindowP,
            grown(
                floor,
                floor.windows,
                first_window,
                cython.address(floor.windows_room),
                windows + 1,
                cython.sizeof(Window),
            ),
        )
        self._check()
        floor.lines_count += total
        floor.places_read_count += read
        floor.windows_count += windows
        duty: cython.p_int = whole(lines.duty)
        activity: cython.p_int = whole(lines.activity)
        guard: cython.p_int = whole(lines.guard)
        own: cython.p_int = whole(lines.own)
        desks: cython.p_int = whole(lines.desks)
        desks_count: cython.p_int = whole(lines.desks_count)
        helps_from: cython.p_int = whole(lines.helps_from)
        helps_after: cython.p_double = numbers(lines.helps_after)
        due: cython.p_double = numbers(lines.due)
        newest: cython.p_int = whole(lines.newest)
        places: cython.p_int = whole(lines.places)
        k: cython.int
        line: LineP
        for k in range(read):
            floor.places_read[first_place + k] = first_desk + places[k]
        for k in range(total):
            line = floor.lines + (first_line + k)
            line.duty = duty[k]
            line.activity = activity[k]
            line.guard = guard[k]
            line.own = own[k]
            line.desks = first_place + desks[k]
            line.desks_count = desks_count[k]
            line.helps_from = helps_from[k]
            line.helps_after = helps_after[k]
            line.due = due[k]
            line.newest = newest[k]
        kept: cython.p_int = whole(order.windows.activity)
        hours: cython.p_double = numbers(order.windows.hours)
        for k in range(windows):
            floor.windows[first_window + k].activity = kept[k]
            floor.windows[first_window + k].hours = hours[k]
        lines_of: cython.p_int = whole(lines.of)
        windows_of: cython.p_int = whole(order.windows.of)
        for k in range(floor.crews_of_pod):
            floor.crews[first_crew + k].lines = first_line + lines_of[k]
            floor.crews[first_crew + k].lines_count = lines_of[k + 1] - lines_of[k]
            floor.crews[first_crew + k].windows = first_window + windows_of[k]
            floor.crews[first_crew + k].windows_count = windows_of[k + 1] - windows_of[k]

    def channel(self, number: cython.int, attempt: cython.double, chance: cython.double, left: cython.double):
        """An outbound channel as it begins."""
        channel: ChannelP = self.floor.channels + number
        channel.attempt = attempt
        channel.chance = chance
        channel.left = left

    def crews_at(self, number: cython.int, crews):
        """Which crews prospect at a channel."""
        floor: FloorP = cython.address(self.floor)
        floor.channels[number].crews.count = 0
        for crew in crews:
            append(floor, cython.address(floor.channels[number].crews), crew)

    def contacts(self, number: cython.int):
        """Contacts left on the list of a channel."""
        return self.floor.channels[number].left

    def set_contacts(self, number: cython.int, left: cython.double):
        """Fresh contacts are on the list: those who are idle look again."""
        self.floor.channels[number].left = left
        tell(cython.address(self.floor), number)
        self._check()

    def attempts(self, number: cython.int):
        """Attempts made at a channel."""
        return self.floor.channels[number].attempts

    def adopt_channel(self, number: cython.int, attempt: cython.double, chance: cython.double, people):
        """From now on a channel is another one; attempts that are left to a find are drawn anew where its chance is."""
        floor: FloorP = cython.address(self.floor)
        channel: ChannelP = floor.channels + number
        changed: cython.bint = chance != channel.chance
        p: cython.int
        q: cython.int
        k: cython.int
        channel.attempt = attempt
        channel.chance = chance
        if changed:
            channel.needed_count = 0
        for p in people:
            q = floor.quest_of[p * floor.channels_count + number]
            if q < 0:
                continue
            if floor.people[p].quest != q:
                floor.quests[q].attempt = attempt
                if changed:
                    redraw(floor, q, 0)
                continue
            if changed:
                quest_interrupted(floor, p)
                if floor.quests[q].granted < floor.quests[q].remaining:
                    redraw(floor, q, floor.quests[q].granted)
            repace(floor, p, 1.0)
        for k in range(channel.released.count):
            floor.quests[channel.released.rows[k]].attempt = attempt
            if changed:
                redraw(floor, channel.released.rows[k], 0)
        self._check()

    # --- people ---------------------------------------------------------------------------------------------

    def place(self, role: cython.int):
        """A new place; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.places = cython.cast(
            PlaceP,
            grown(floor, floor.places, floor.places_count, cython.address(floor.places_room), 16, cython.sizeof(Place)),
        )
        self._check()
        floor.places_count += 1
        memset(floor.places + (floor.places_count - 1), 0, cython.sizeof(Place))
        floor.places[floor.places_count - 1].role = role
        return floor.places_count - 1

    def person(self, crew: cython.int, place: cython.int, office: cython.int):
        """Somebody who will work here; the number. `settle_in` gives him queues."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        floor.people = cython.cast(
            PersonP,
            grown(
                floor, floor.people, floor.people_count, cython.address(floor.people_room), 16, cython.sizeof(Person)
            ),
        )
        floor.skills = cython.cast(
            SkillP,
            grown(
                floor,
                floor.skills,
                floor.skills_count,
                cython.address(floor.skills_room),
                16 * ACTIVITIES,
                cython.sizeof(Skill),
            ),
        )
        floor.quest_of = cython.cast(
            cython.p_int,
            grown(
                floor,
                floor.quest_of,
                floor.quest_of_count,
                cython.address(floor.quest_of_room),
                16 * floor.channels_count + 1,
                cython.sizeof(cython.int),
            ),
        )
        self._check()
        number: cython.int = floor.people_count
        floor.people_count += 1
        floor.quest_of_count += floor.channels_count
        for k in range(floor.channels_count):
            floor.quest_of[floor.quest_of_count - 1 - k] = -1
        floor.skills_count += ACTIVITIES
        memset(floor.skills + (floor.skills_count - ACTIVITIES), 0, ACTIVITIES * cython.sizeof(Skill))
        person: PersonP = floor.people + number
        memset(person, 0, cython.sizeof(Person))
        person.crew = crew
        person.place = place
        person.office = office
        person.job = -1
        person.quest = -1
        person.helps_at = -1
        person.last = -1
        person.heir = -1
        person.idle_before = -1
        person.idle_after = -1
        person.prospecting = -1
        person.window_day = -1
        person.away_from = INFINITY
        self._check()
        return number

    def skill(self, p: cython.int, activity: cython.int, values):
        """A skill as the host has it, or None; `values` in the order of `SKILL`."""
        skill: SkillP = skill_of(cython.address(self.floor), p, activity)
        if values is None:
            skill.there = False
            return
        (
            skill.able,
            skill.learns,
            skill.plain,
            skill.proficiency,
            skill.pace,
            skill.shift,
            skill.sharp,
            skill.size,
            skill.hold,
            skill.growth,
            skill.availability,
            skill.talent,
            skill.mastery,
            skill.base,
            skill.keep,
            skill.gap,
            skill.speed,
            skill.conversion,
            skill.filter,
            skill.deal_size,
            skill.retention,
            skill.uplift,
        ) = values
        skill.there = True

    def skill_now(self, p: cython.int, activity: cython.int):
        """What has changed of a skill: gap, keep, proficiency, pace, shift, sharp, size, hold, growth, able, availability."""
        skill: SkillP = skill_of(cython.address(self.floor), p, activity)
        return (
            skill.gap,
            skill.keep,
            skill.proficiency,
            skill.pace,
            skill.shift,
            skill.sharp,
            skill.size,
            skill.hold,
            skill.growth,
            bool(skill.able),
            skill.availability,
        )

    def proficiency(self, p: cython.int, activity: cython.int):
        """Somebody's proficiency in an activity."""
        return skill_of(cython.address(self.floor), p, activity).proficiency

    def set_proficiency(self, p: cython.int, activity: cython.int, proficiency: cython.double):
        """Take over a proficiency."""
        set_proficiency(skill_of(cython.address(self.floor), p, activity), proficiency)

    def slow_down(self, p: cython.int, speed: cython.double):
        """Learn at a share of the usual speed from now on."""
        slow_down(cython.address(self.floor), p, speed)

    def set_availability(self, p: cython.int, availability: cython.double):
        """Take over a changed share of free time."""
        set_availability(cython.address(self.floor), p, availability)

    def set_terms(self, p: cython.int):
        """Take over changed terms of work."""
        person: PersonP = self.floor.people + p
        if person.last >= 0:
            person.last = self.floor.group_of[person.activity]

    def settle_in(self, p: cython.int, crew: cython.int):
        """Let somebody be one of a crew, with queues in its order of preference."""
        settle_in(cython.address(self.floor), p, crew)
        self._check()

    def furnish(self, p: cython.int):
        """Give somebody the queues of his crew anew."""
        furnish(cython.address(self.floor), p)
        self._check()

    def can_do_more(self, p: cython.int):
        """Somebody's first months without proficiency in an activity are over."""
        floor: FloorP = cython.address(self.floor)
        look_what_he_can(floor, p)
        deal_out(floor, floor.people[p].crew)
        if floor.people[p].idle:
            look_for_work(floor, p)
        self._check()

    def deal_out(self, crew: cython.int):
        """Give out the work that waited for somebody to come."""
        deal_out(cython.address(self.floor), crew)
        self._check()

    def career(self, p: cython.int, spells):
        """Let somebody be away and come back; `spells`: begin and end of each absence, in a row."""
        floor: FloorP = cython.address(self.floor)
        person: PersonP = floor.people + p
        count: cython.int = len(spells)
        floor.spells = cython.cast(
            cython.pointer(Spell),
            grown(
                floor,
                floor.spells,
                floor.spells_count,
                cython.address(floor.spells_room),
                count + 1,
                cython.sizeof(Spell),
            ),
        )
        self._check()
        person.spells = floor.spells_count
        person.spells_count = count
        person.spell = 0
        for begin_, end in spells:
            floor.spells_count += 1
            floor.spells[floor.spells_count - 1].begin = begin_
            floor.spells[floor.spells_count - 1].end = end
        await_absence(floor, p)
        self._check()

    def away_from(self, p: cython.int):
        """Begin of the present or next absence."""
        return self.floor.people[p].away_from

    def set_away_from(self, p: cython.int, when: cython.double):
        """Begin of the present or next absence."""
        self.floor.people[p].away_from = when

    def is_free(self, p: cython.int):
        """Whether somebody has no work in hand."""
        return bool(is_free(cython.address(self.floor), p))

    def prospects_now(self, p: cython.int):
        """Whether attempts are in hand."""
        return self.floor.people[p].quest >= 0

    def demanded(self, p: cython.int):
        """Hours that the place has seen of work that somebody asked for, until now: no prospecting, no care."""
        return demanded(cython.address(self.floor), p)

    def look_for_work(self, p: cython.int):
        """Take the first piece of work; only for somebody without work."""
        look_for_work(cython.address(self.floor), p)
        self._check()

    def repace(self, p: cython.int):
        """The pace has changed: what is left of what is in hand follows."""
        repace(cython.address(self.floor), p, 1.0)
        self._check()

    def keep_hours(self, p: cython.int, office: cython.int):
        """Work other hours from now on; what is in hand is laid down, and goes on in them."""
        floor: FloorP = cython.address(self.floor)
        if floor.people[p].office == office:
            return
        if not is_free(floor, p):
            stop(floor, p, floor.now)
        floor.people[p].office = office
        self._check()

    def meets(self, p: cython.int, step: cython.int, hours: cython.double, duty: cython.int):
        """Somebody has a meeting, or hours for others."""
        meets(cython.address(self.floor), p, step, hours, duty)
        self._check()

    def wake(self):
        """Let those who are idle look for work."""
        wake(cython.address(self.floor))
        self._check()

    # --- everybody's week -----------------------------------------------------------------------------------

    def tasks(self, of, activity, weight, level):
        """What practised colleagues of each role are."""
        floor: FloorP = cython.address(self.floor)
        floor.tasks_of = self._whole(of)
        floor.task_activity = self._whole(activity)
        floor.task_weight = self._floats(weight)
        floor.task_level = self._floats(level)

    def heads(self, rules):
        """Who leads and who is led, by role, and what is lost without coaching."""
        floor: FloorP = cython.address(self.floor)
        floor.anybody_leads = rules.anybody
        floor.leads_others = self._whole(rules.leads)
        floor.is_led = self._whole(rules.led)
        floor.head_hours = self._floats(rules.hours)
        floor.coaching = self._floats(rules.coaching)
        floor.coordination = self._floats(rules.coordination)
        floor.mentor_hours = self._floats(rules.mentor)
        floor.head_for_newcomer = self._floats(rules.head)
        floor.coach_learning = rules.learning
        floor.coach_conversion = rules.conversion

    def pressures(self, rules):
        """What presses on people, and what they get of what they sell, by role."""
        floor: FloorP = cython.address(self.floor)
        floor.overload_strength = rules.overload
        floor.overload_from = rules.overload_from
        floor.usual_overload = rules.usual_overload
        floor.missed_strength = rules.missed_earnings
        floor.usual_missed = rules.usual_missed
        floor.anybody_earns = rules.anybody_earns
        floor.share = self._floats(rules.share)
        floor.of_margin = self._whole(rules.of_margin)
        floor.on_deals = self._whole(rules.on_deals)
        floor.on_orders = self._whole(rules.on_orders)
        floor.orders_for = self._floats(rules.orders_for)
        floor.draw = self._floats(rules.draw)
        floor.cap = self._floats(rules.cap)
        floor.base_pay = self._floats(rules.base)
        floor.target_pay = self._floats(rules.target)
        floor.target_factor = self._floats(rules.factor)

    def law(self, kind: cython.int, shape: cython.double, scale: cython.double, begins, spent, hazards):
        """A law by which people stay; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.laws = cython.cast(
            LawP, grown(floor, floor.laws, floor.laws_count, cython.address(floor.laws_room), 8, cython.sizeof(Law))
        )
        self._check()
        floor.laws_count += 1
        law: LawP = floor.laws + (floor.laws_count - 1)
        law.kind = kind
        law.shape = shape
        law.scale = scale
        law.begins = self._floats(begins)
        law.spent = self._floats(spent)
        law.hazards = self._floats(hazards)
        law.pieces = len(hazards)
        return floor.laws_count - 1

    @property
    def argument(self):
        """What a law is asked about."""
        return self.floor.argument

    def employee(self, person: cython.int, hired: cython.double, threshold: cython.double, trained: cython.double):
        """Somebody is in the firm from now on; the number among the employees."""
        floor: FloorP = cython.address(self.floor)
        floor.employees = cython.cast(
            EmployeeP,
            grown(
                floor,
                floor.employees,
                floor.employees_count,
                cython.address(floor.employees_room),
                32,
                cython.sizeof(Employee),
            ),
        )
        self._check()
        e: cython.int = floor.employees_count
        floor.employees_count += 1
        employee: EmployeeP = floor.employees + e
        memset(employee, 0, cython.sizeof(Employee))
        employee.person = person
        employee.hired = hired
        employee.threshold = threshold
        employee.trained = trained
        employee.watched = floor.now
        employee.factor = 1.0
        employee.overload = 1.0
        employee.missed = 1.0
        employee.proficient = NAN
        employee.law = -1
        if person >= 0:
            floor.people[person].employee = e
        append(floor, cython.address(floor.here), e)
        self._check()
        return e

    def employed(
        self,
        e: cython.int,
        role: cython.int,
        place: cython.int,
        office: cython.int,
        law: cython.int,
        on_probation: cython.bint,
        on_notice: cython.bint,
        worked_: cython.double,
    ):
        """What holds for an employee from now on."""
        employee: EmployeeP = self.floor.employees + e
        employee.role = role
        employee.place = place
        employee.office = office
        employee.law = law
        employee.on_probation = on_probation
        employee.on_notice = on_notice
        employee.worked = worked_

    def worked_so_far(self, e: cython.int):
        """Hours on what others asked for, when the load was last looked at."""
        return self.floor.employees[e].worked

    def absences_of(self, e: cython.int, spells):
        """When an employee is away in his own working time."""
        floor: FloorP = cython.address(self.floor)
        employee: EmployeeP = floor.employees + e
        floor.spells = cython.cast(
            cython.pointer(Spell),
            grown(
                floor,
                floor.spells,
                floor.spells_count,
                cython.address(floor.spells_room),
                len(spells) + 1,
                cython.sizeof(Spell),
            ),
        )
        self._check()
        employee.absences = floor.spells_count
        employee.absences_count = len(spells)
        for begin_, end in spells:
            floor.spells_count += 1
            floor.spells[floor.spells_count - 1].begin = begin_
            floor.spells[floor.spells_count - 1].end = end

    def spell_of(self, e: cython.int):
        """When somebody was first proficient in the present role, and what he fell short of it before."""
        return self.floor.employees[e].proficient, self.floor.employees[e].short

    def new_spell(self, e: cython.int):
        """Somebody begins in another role."""
        self.floor.employees[e].proficient = NAN
        self.floor.employees[e].short = 0.0

    def gone(self, e: cython.int):
        """Somebody is in the firm no longer."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int = 0
        floor.employees[e].version += 1
        while k < floor.here.count and floor.here.rows[k] != e:
            k += 1
        if k < floor.here.count:
            floor.here.count -= 1
            while k < floor.here.count:
                floor.here.rows[k] = floor.here.rows[k + 1]
                k += 1

    def week(self, presses: cython.bint):
        """The weekly look at everybody, but for who gives notice; every fourth week what presses on people, too."""
        floor: FloorP = cython.address(self.floor)
        measure(floor)
        lead_week(floor)
        if presses:
            press(floor)
        self._check()
        return bool(anybody_may_leave(floor))

    def renew_coaching(self):
        """Share of the coaching that people get, from who is there now."""
        renew_coaching(cython.address(self.floor))
        self._check()

    @property
    def coached(self):
        """Share of the coaching that people get."""
        return self.floor.coached

    def anybody_may_leave(self):
        """Whether anybody has a hazard of leaving."""
        return bool(anybody_may_leave(cython.address(self.floor)))

    def settle_hazards(self, entered):
        """Integrate everybody's hazard until now; `entered`: what of each enters the account, or None."""
        settle_hazards(cython.address(self.floor), numbers(entered))
        self._check()

    def integrate(self, e: cython.int):
        """The same for one; what enters the account, NaN for nothing."""
        entered: cython.double = integrate(cython.address(self.floor), e)
        self._check()
        return entered

    def expect(self, role: cython.int, share: cython.double):
        """Enter so many leavers expected."""
        self.floor.expected[role * (1 + FACTORS)] += share

    def watch(self, catching, spiked: cython.double):
        """Take all factors anew, and see who leaves before the next review; `catching` by employee, or None."""
        floor: FloorP = cython.address(self.floor)
        factors: cython.p_double = numbers(catching)
        k: cython.int
        for k in range(floor.here.count):
            watch(floor, floor.here.rows[k], 1.0 if factors == cython.NULL else factors[k], spiked)
        self._check()

    def expected(self):
        """Leavers who were expected, by role: as stated, and what each factor adds."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        return [floor.expected[k] for k in range((1 + FACTORS) * floor.roles)]

    def forget_expected(self):
        """Begin the account anew."""
        memset(self.floor.expected, 0, (1 + FACTORS) * self.floor.roles * cython.sizeof(cython.double))

    # --- leaving --------------------------------------------------------------------------------------------

    def leaves(self, p: cython.int):
        """Somebody works here no longer."""
        leaves(cython.address(self.floor), p)
        self._check()

    def hand_over(self, p: cython.int, heirs, rule):
        """Some of a leaver's leads and customers are lost; the rest is shared out among the heirs in turn."""
        floor: FloorP = cython.address(self.floor)
        count: cython.int = len(heirs)
        people: cython.p_int = cython.cast(cython.p_int, calloc(count + 1, cython.sizeof(cython.int)))
        k: cython.int
        for k in range(count):
            people[k] = heirs[k]
        lead_lost, customer_lost, saved, kept, fall, recover = rule
        hand_over_all(floor, p, people, count, lead_lost, customer_lost, saved, kept, fall, recover)
        free(people)
        self._check()

    def hand_over_book(self, p: cython.int):
        """Leads and customers that somebody does not look after any more go through a hand-off between roles."""
        hand_over_book(cython.address(self.floor), p)
        self._check()

    def settled(self, p: cython.int, heirs):
        """Let everything that waits for a leaver wait with the heirs, from now on too."""
        first: cython.int = heirs[0] if heirs else -1
        settled(cython.address(self.floor), p, cython.address(first), 1 if first >= 0 else 0)
        self._check()

    def is_settled(self, p: cython.int):
        """Whether a leaver's work was given to others."""
        return bool(self.floor.people[p].settled)

    def change_role(self, p: cython.int, place: cython.int, crew: cython.int):
        """Somebody goes to another crew; what waited for him."""
        floor: FloorP = cython.address(self.floor)
        base: cython.int = change_role(floor, p, place, crew)
        k: cython.int
        waiting_ = [floor.scratch[k] for k in range(base, floor.scratch_count)]
        floor.scratch_count = base
        self._check()
        return waiting_

    def follow_new_order(self, p: cython.int):
        """The duties of the crew have changed."""
        follow_new_order(cython.address(self.floor), p)

    def release(self, p: cython.int):
        """Others go on with what is left of somebody's attempts."""
        release(cython.address(self.floor), p)

    def lay_again(self, jobs):
        """Let jobs wait with whoever does them now."""
        floor: FloorP = cython.address(self.floor)
        for number in jobs:
            lay_again(floor, number)
            self._check()

    def at_desks(self):
        """Take all work that waits at desks out of them, with the time since when it is ready."""
        floor: FloorP = cython.address(self.floor)
        d: cython.int
        number: cython.int
        found = []
        for d in range(floor.desks_count):
            if floor.desks[d].dead:
                continue
            while floor.queues[floor.desks[d].queue].first >= 0:
                number = take_out(floor, floor.queues[floor.desks[d].queue].first)
                found.append((floor.jobs[number].ready, number))
        return found

    def at_person(self, p: cython.int):
        """The same of what waits for somebody."""
        floor: FloorP = cython.address(self.floor)
        base: cython.int = floor.scratch_count
        k: cython.int
        what_waits(floor, p)
        found = [(floor.jobs[floor.scratch[k]].ready, floor.scratch[k]) for k in range(base, floor.scratch_count)]
        floor.scratch_count = base
        return found

    def stop(self, p: cython.int):
        """Lay down what is in hand."""
        stop(cython.address(self.floor), p, self.floor.now)
        self._check()

    def becomes_idle(self, p: cython.int):
        """Whoever is there and has nothing in hand is idle."""
        floor: FloorP = cython.address(self.floor)
        if is_free(floor, p) and floor.people[p].away_from > floor.now:
            becomes_idle(floor, p)

    def is_waiting(self, number: cython.int):
        """Whether there is still somebody who waits for a job."""
        floor: FloorP = cython.address(self.floor)
        return bool(waiting(floor, floor.jobs + number))

    def classify(self):
        """The bands of deal sizes have changed."""
        floor: FloorP = cython.address(self.floor)
        row: cython.int
        lead: LeadP
        customer: CustomerP
        for row in range(floor.leads_count):
            lead = floor.leads + row
            lead.cls = class_of(
                floor,
                floor.tables[lead.table].channel,
                lead.product,
                size_of(floor, floor.tables + lead.table, lead.product, lead.i, lead.arrived),
            )
        for row in range(floor.customers_count):
            customer = floor.customers + row
            customer.cls = class_of(floor, customer.channel, customer.product, customer.size)

    # --- what is written down -------------------------------------------------------------------------------

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
def passing(
    passing_: PassingP,
    loss: cython.double,
    extra: cython.double,
    information: cython.double,
    delay: cython.double,
    free_: cython.bint,
):
    """Take over what a hand-off costs."""
    passing_.loss = loss
    passing_.extra_work = extra
    passing_.information = information
    passing_.delay = delay
    passing_.free = free_


@cython.cfunc
def take_law(law: QuantileP, reading: object):
    """Take over how a law makes numbers of uniforms, as `compiled.readings` has it; whoever calls keeps its arrays."""
    law.kind = reading.kind
    law.squarings = reading.squarings
    law.low = reading.low
    law.mode = reading.mode
    law.high = reading.high
    law.scale = reading.scale
    law.count = 0 if reading.values is None else len(reading.values)
    law.values = numbers(reading.values)
    law.reached = numbers(reading.reached)


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
