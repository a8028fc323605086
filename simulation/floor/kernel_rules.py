"""What the host tells the kernel: what holds for all, and what leads and customers are like."""

import cython
from cython.cimports.libc.math import INFINITY
from cython.cimports.libc.stdlib import calloc, realloc
from cython.cimports.libc.string import memset

from simulation.floor.arrivals import (
    resume,
    resume_in_vain,
)
from simulation.floor.clock import (
    at,
    await_opening,
)
from simulation.floor.customer import (
    has_left,
    look_ahead,
    spend,
)
from simulation.floor.customers import (
    begin_customer,
    hold,
    new_customer,
)
from simulation.floor.layout import (
    ColumnP,
    CustomerP,
    FloorP,
    HabitsP,
    JobP,
    LeadP,
    OfficeP,
    PassingP,
    QuantileP,
    SeriesP,
    StepP,
    StockP,
    TableP,
    TermsP,
    grown,
)
from simulation.floor.leads import (
    work_of,
)
from simulation.floor.luck import (
    numbers,
)
from simulation.floor.names import (
    ARRIVES,
    LEAD,
    OPEN,
    SPARE,
    UPSETS,
)
from simulation.floor.pieces import (
    repace,
)
from simulation.floor.records import (
    Arrivals,
    Column,
    Job,
    Lead,
    Office,
    Quantile,
    Series,
    Step,
    Stock,
    Table,
    Terms,
)
from simulation.floor.sales import (
    distributed,
)


class Kernel:
    """More of the kernel: `build` puts it together."""

    # --- what holds for all ----------------------------------------------------------------------------------

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

    # --- leads -----------------------------------------------------------------------------------------------

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
