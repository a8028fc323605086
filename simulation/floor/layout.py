"""The state of a year: what holds for all, and the tables that grow; pointers to rows, and how tables grow."""

import cython
from cython.cimports.libc.stdlib import free, malloc, realloc
from cython.cimports.libc.string import memcpy

from simulation.floor.names import (
    NO_MEMORY,
)
from simulation.floor.records import (
    Arrivals,
    Channel,
    Column,
    Crew,
    Customer,
    Dent,
    Desk,
    Due,
    Employee,
    Event,
    Habits,
    Hand,
    Job,
    Law,
    Lead,
    Line,
    Noted,
    Office,
    Passing,
    Person,
    Place,
    Placed,
    Quantile,
    Quest,
    Queue,
    Reader,
    Rows,
    Sale,
    Series,
    Skill,
    Spell,
    Step,
    Stock,
    Table,
    Terms,
    Wait,
    Window,
)

State = cython.struct(
    host=cython.p_void,
    error=cython.int,
    error_kind=cython.int,
    error_case=cython.int,
    now=cython.double,
    first_opening=cython.double,
    number=cython.longlong,
    events_done=cython.longlong,
    # what holds for all
    steps=cython.int,
    stages=cython.int,
    products=cython.int,
    channels_count=cython.int,
    processes=cython.int,
    pods=cython.int,
    classes=cython.int,
    crews_count=cython.int,
    crews_of_pod=cython.int,
    streams=cython.int,
    order_step=cython.int,
    request_step=cython.int,
    upsell_step=cython.int,
    collect_step=cython.int,
    paperwork_step=cython.int,
    coach_step=cython.int,
    meet_step=cython.int,
    care_step=cython.int,
    logs=cython.bint,
    notes_hands=cython.bint,
    limited=cython.bint,
    cares=cython.bint,
    in_shifts=cython.bint,
    availability=cython.double,
    switching=cython.double,
    attempt_ease=cython.double,
    uncoached=cython.double,
    lead_losses=cython.double,
    customer_losses=cython.double,
    orders_factor=cython.double,
    turn=cython.longlong,
    lead_passing=Passing,
    customer_passing=Passing,
    ease=cython.p_double,
    activity_of=cython.p_int,
    group_of=cython.p_int,
    ends=cython.p_int,
    floors=cython.p_double,
    taus=cython.p_double,
    decays=cython.p_int,
    bands=cython.p_double,
    bands_count=cython.int,
    prices=cython.p_double,
    margins=cython.p_double,
    volumes=cython.p_double,
    repeats=cython.p_int,
    desk_at=cython.p_int,
    qualified_by=cython.p_double,
    habits=cython.pointer(Habits),
    crews=cython.pointer(Crew),
    channels=cython.pointer(Channel),
    overdue_job=cython.int,
    scratch=cython.p_int,
    scratch_count=cython.int,
    scratch_room=cython.int,
    # everybody's week
    roles=cython.int,
    anybody_leads=cython.bint,
    anybody_earns=cython.bint,
    gives_notice=cython.int,
    sales_read=cython.int,
    argument=cython.double,
    coached=cython.double,
    coach_learning=cython.double,
    coach_conversion=cython.double,
    overload_strength=cython.double,
    overload_from=cython.double,
    usual_overload=cython.double,
    missed_strength=cython.double,
    usual_missed=cython.double,
    logs_of_factors=cython.double[4],
    expected=cython.p_double,
    seen=cython.p_int,
    tasks_of=cython.p_int,
    task_activity=cython.p_int,
    task_weight=cython.p_double,
    task_level=cython.p_double,
    leads_others=cython.p_int,
    is_led=cython.p_int,
    head_hours=cython.p_double,
    coaching=cython.p_double,
    coordination=cython.p_double,
    mentor_hours=cython.p_double,
    head_for_newcomer=cython.p_double,
    share=cython.p_double,
    of_margin=cython.p_int,
    on_deals=cython.p_int,
    on_orders=cython.p_int,
    orders_for=cython.p_double,
    draw=cython.p_double,
    cap=cython.p_double,
    base_pay=cython.p_double,
    target_pay=cython.p_double,
    target_factor=cython.p_double,
    here=Rows,
    present=Rows,
    # tables that grow
    employees=cython.pointer(Employee),
    employees_count=cython.int,
    employees_room=cython.int,
    laws=cython.pointer(Law),
    laws_count=cython.int,
    laws_room=cython.int,
    samples=cython.p_double,
    samples_count=cython.int,
    samples_room=cython.int,
    loads=cython.p_double,
    loads_count=cython.int,
    loads_room=cython.int,
    heap=cython.pointer(Due),
    heap_count=cython.int,
    heap_room=cython.int,
    events=cython.pointer(Event),
    events_count=cython.int,
    events_room=cython.int,
    events_free=cython.int,
    offices=cython.pointer(Office),
    offices_count=cython.int,
    offices_room=cython.int,
    queues=cython.pointer(Queue),
    queues_count=cython.int,
    queues_room=cython.int,
    jobs=cython.pointer(Job),
    jobs_count=cython.int,
    jobs_room=cython.int,
    jobs_free=cython.int,
    jobs_serial=cython.int,
    readers=cython.pointer(Reader),
    readers_count=cython.int,
    readers_room=cython.int,
    desks=cython.pointer(Desk),
    desks_count=cython.int,
    desks_room=cython.int,
    lines=cython.pointer(Line),
    lines_count=cython.int,
    lines_room=cython.int,
    places_read=cython.p_int,
    places_read_count=cython.int,
    places_read_room=cython.int,
    windows=cython.pointer(Window),
    windows_count=cython.int,
    windows_room=cython.int,
    people=cython.pointer(Person),
    people_count=cython.int,
    people_room=cython.int,
    skills=cython.pointer(Skill),
    skills_count=cython.int,
    skills_room=cython.int,
    quest_of=cython.p_int,
    quest_of_count=cython.int,
    quest_of_room=cython.int,
    spells=cython.pointer(Spell),
    spells_count=cython.int,
    spells_room=cython.int,
    places=cython.pointer(Place),
    places_count=cython.int,
    places_room=cython.int,
    quests=cython.pointer(Quest),
    quests_count=cython.int,
    quests_room=cython.int,
    tables=cython.pointer(Table),
    tables_count=cython.int,
    tables_room=cython.int,
    stocks=cython.pointer(Stock),
    stocks_count=cython.int,
    stocks_room=cython.int,
    readings=cython.pointer(Quantile),
    readings_count=cython.int,
    readings_room=cython.int,
    series=cython.pointer(Series),
    series_count=cython.int,
    series_room=cython.int,
    arrivals=cython.pointer(Arrivals),
    arrivals_count=cython.int,
    arrivals_room=cython.int,
    latest=cython.p_int,
    latest_count=cython.int,
    latest_room=cython.int,
    leads_expected=cython.int,
    leads=cython.pointer(Lead),
    leads_count=cython.int,
    leads_room=cython.int,
    entered=cython.p_double,
    entered_count=cython.int,
    entered_room=cython.int,
    hands=cython.pointer(Hand),
    hands_count=cython.int,
    hands_room=cython.int,
    waits=cython.pointer(Wait),
    waits_count=cython.int,
    waits_room=cython.int,
    waits_free=cython.int,
    dents=cython.pointer(Dent),
    dents_count=cython.int,
    dents_room=cython.int,
    customers=cython.pointer(Customer),
    customers_count=cython.int,
    customers_room=cython.int,
    terms=cython.pointer(Terms),
    terms_count=cython.int,
    terms_room=cython.int,
    sales=cython.pointer(Sale),
    sales_count=cython.int,
    sales_room=cython.int,
    placed=cython.pointer(Placed),
    placed_count=cython.int,
    placed_room=cython.int,
    log=cython.pointer(Noted),
    log_count=cython.int,
    log_room=cython.int,
)


FloorP = cython.typedef(cython.pointer(State))
EventP = cython.typedef(cython.pointer(Event))
DueP = cython.typedef(cython.pointer(Due))
OfficeP = cython.typedef(cython.pointer(Office))
QueueP = cython.typedef(cython.pointer(Queue))
JobP = cython.typedef(cython.pointer(Job))
ReaderP = cython.typedef(cython.pointer(Reader))
DeskP = cython.typedef(cython.pointer(Desk))
LineP = cython.typedef(cython.pointer(Line))
WindowP = cython.typedef(cython.pointer(Window))
CrewP = cython.typedef(cython.pointer(Crew))
SkillP = cython.typedef(cython.pointer(Skill))
RowsP = cython.typedef(cython.pointer(Rows))
PersonP = cython.typedef(cython.pointer(Person))
PlaceP = cython.typedef(cython.pointer(Place))
QuestP = cython.typedef(cython.pointer(Quest))
ChannelP = cython.typedef(cython.pointer(Channel))
StepP = cython.typedef(cython.pointer(Step))
TableP = cython.typedef(cython.pointer(Table))
StockP = cython.typedef(cython.pointer(Stock))
ColumnP = cython.typedef(cython.pointer(Column))
QuantileP = cython.typedef(cython.pointer(Quantile))
SeriesP = cython.typedef(cython.pointer(Series))
EmployeeP = cython.typedef(cython.pointer(Employee))
LawP = cython.typedef(cython.pointer(Law))
LeadP = cython.typedef(cython.pointer(Lead))
CustomerP = cython.typedef(cython.pointer(Customer))
HabitsP = cython.typedef(cython.pointer(Habits))
TermsP = cython.typedef(cython.pointer(Terms))
SaleP = cython.typedef(cython.pointer(Sale))
PlacedP = cython.typedef(cython.pointer(Placed))
NotedP = cython.typedef(cython.pointer(Noted))
PassingP = cython.typedef(cython.pointer(Passing))


def fail(floor: FloorP, what: cython.int, kind: cython.int, case: cython.int) -> cython.void:
    """Stop the year: the first thing that goes wrong is kept, with its case, for the host to tell."""
    if floor.error == 0:
        floor.error = what
        floor.error_kind = kind
        floor.error_case = case


def grown(
    floor: FloorP, rows: cython.p_void, count: cython.int, room: cython.p_int, more: cython.int, size: cython.size_t
) -> cython.p_void:
    """The rows of a table with room for so many more, which hold nothing yet; without memory the year stops."""
    if count + more <= room[0]:
        return rows
    wanted: cython.int = room[0] + (room[0] >> 1)
    if wanted < count + more:
        wanted = count + more
    larger: cython.p_void
    if count < room[0] >> 1:  # room that nobody has used yet need not be moved
        larger = malloc(wanted * size)
        if larger != cython.NULL:
            memcpy(larger, rows, count * size)
            free(rows)
    else:
        larger = realloc(rows, wanted * size)
    if larger == cython.NULL:
        fail(floor, NO_MEMORY, 0, wanted)
        return rows
    room[0] = wanted
    return larger


def keep(floor: FloorP, list_: RowsP, row: cython.int) -> cython.void:
    """Append a row to a list of rows; the same one again at its end is not noted twice."""
    if list_.count > 0 and list_.rows[list_.count - 1] == row:
        return
    append(floor, list_, row)


def append(floor: FloorP, list_: RowsP, row: cython.int) -> cython.void:
    """Append a row to a list of rows."""
    list_.rows = cython.cast(
        cython.p_int,
        grown(
            floor,
            list_.rows,
            list_.count,
            cython.address(list_.room),
            1 + (list_.count >> 1),
            cython.sizeof(cython.int),
        ),
    )
    if list_.count < list_.room:
        list_.rows[list_.count] = row
        list_.count += 1


def scratched(floor: FloorP, row: cython.int) -> cython.void:
    """Put a row on the stack of what an event goes through."""
    floor.scratch = cython.cast(
        cython.p_int,
        grown(
            floor,
            floor.scratch,
            floor.scratch_count,
            cython.address(floor.scratch_room),
            1,
            cython.sizeof(cython.int),
        ),
    )
    if floor.scratch_count < floor.scratch_room:
        floor.scratch[floor.scratch_count] = row
        floor.scratch_count += 1
