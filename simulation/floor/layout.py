"""What the compiled floor is made of: records with named fields, tables of them that grow, and names for numbers.

A number that names a row (of a person, a job, a lead) is -1 where there is none. A table has its rows under its name,
how many there are under NAME_count, and for how many there is room under NAME_room. Rows are written by the modules
beside this one; `floor.make_room` sees before each event that there is room for what one event can bring, so that
pointers to rows hold for as long as an event lasts.
"""

import cython
from cython.cimports.libc.stdlib import realloc

URGENT, NORMAL = range(2)
"""Classes of events: doors of the office, and what somebody who has left does no more, come before all else."""

(
    BELL,
    ARRIVES,
    COMES_BACK,
    SHOWS,
    ROOM_AGAIN,
    REMINDS,
    PAST_DUE,
    MAY_HELP,
    ORDERS,
    REQUESTS,
    REVIEWS,
    FALLS_DUE,
    OPENS,
    CLOSES,
    GOES_AWAY,
    IS_BACK,
    NOTICE,
) = range(17)
"""Kinds of events."""

(LEAD, NUDGE, MEETING, REQUEST, ORDER, CARE_CALL, PROPOSAL, DEAL_PAPERS, ORDER_PAPERS, DUNNING) = range(10)
"""Kinds of jobs; a nudge is a word to a lead that is silent, a dunning a reminder of a payment."""

OPEN, WON, LOST = range(3)
"""States of a lead, as in `department.record`."""
(
    _NOT_LOST,
    UNANSWERED,
    ANSWERED_LATE,
    DISQUALIFIED_UNFIT,
    DISQUALIFIED_FIT,
    LOST_IN_HAND_OFF,
    WAITED,
    QUESTION,
    DECLINED,
    UNFIT,
    LEAVER,
    EXPIRED,
    DECLINED_AT_ONCE,
    NOT_REACHED,
) = range(14)
"""Why a lead was lost, as in `department.record`."""
STAYS, CHURN, IN_HAND_OFF, WITH_LEAVER = range(4)
"""Why a customer has left."""
DEAL, REORDER, DISTRIBUTED = range(3)
"""Kinds of sales."""

ACTIVITIES = 11
PROSPECT, CARE = 0, 10
"""Activities, as in `scenario.people`; `tests/unit/floor` compares these numbers."""
QUALIFY = 0
"""Step of the first contact."""
NO_GUARD, ROOM, HELP = range(3)
"""What guards a line of the order of preference."""

HAND_OFF, DEPARTURE, MOVED, CUSTOMER_HAND_OFF, CUSTOMER_DEPARTURE, UPSETS = range(6)
"""Streams of upsets, and how many there are."""
(
    ORDER_GAP,
    ORDER_WORK,
    ORDER_SIZE,
    REQUEST_GAP,
    REQUEST_WORK,
    UPSELL_GAP,
    UPSELL_WORK,
    UPSELL_DECISION,
    CARE_WORK,
    PAYMENT,
    LATE,
    REMINDER,
    DROP_OUT,
    PAPERWORK,
) = range(14)
"""Streams of a customer's numbers; papers of product p are stream PAPERWORK + p."""

(DONE, INTERRUPTED, HAS_LEFT, BOUGHT_MORE, DECLINES, NO_FIND, FOUND, GOES_ON, IS_WON, NO_ANSWER, IS_LOST) = range(11)
"""How a piece of work ended, for the event log; IS_LOST + reason for a lost lead."""

NO_MEMORY, NO_ROOM, TWICE_IN_A_QUEUE, NO_LUCK = range(1, 5)
"""What can go wrong."""

(AS_IT_IS, CONSTANT, TABLED, EVEN, TRIANGULAR, OF_A_LIST, WEIGHED, BELOW) = range(8)
"""Kinds of laws: the uniform itself, one number, what `written.laws` has, 1 for uniforms below a share."""

CONTACTS = 12
SPARE = 256
MONTH = 730.5
LONGEST = 1e6
SHIFT_BREAK = 6.0
SLACK = 1e-9
MOST_RAISED = 20.0
MOST_ODDS = 700.0

Due = cython.struct(time=cython.double, order=cython.longlong, event=cython.int)
Event = cython.struct(kind=cython.int, a=cython.int, b=cython.int, c=cython.int, d=cython.int, e=cython.int)
Office = cython.struct(
    opens=cython.p_double,
    closes=cython.p_double,
    before=cython.p_double,
    count=cython.int,
    cursor=cython.int,
    shift=cython.int,
    whole=cython.int,
    at_work=cython.int,
    day=cython.int,
    open=cython.bint,
    always_open=cython.bint,
    until=cython.double,
    closed_at=cython.double,
)
Queue = cython.struct(first=cython.int, last=cython.int)
Job = cython.struct(
    ready=cython.double,
    deadline=cython.double,
    rest=cython.double,
    kind=cython.int,
    step=cython.int,
    owner=cython.int,
    queue=cython.int,
    before=cython.int,
    after=cython.int,
    subject=cython.int,
    serial=cython.int,
    covered=cython.bint,
    teaches=cython.bint,
    laid=cython.double,
    work=cython.double,
    due_ready=cython.double,
    due_hours=cython.double,
    due_at=cython.double,
    asked=cython.bint,
    customer=cython.int,
    luck=cython.double,
    number=cython.int,
    row=cython.int,
    sale=cython.int,
    place=cython.int,
    result=cython.int,
    stock=cython.int,
    i=cython.int,
    pod=cython.int,
    cls=cython.int,
    holder=cython.int,
    terms=cython.int,
    series=cython.int,
    law=cython.int,
    revenue=cython.double,
    since=cython.double,
)
Reader = cython.struct(
    crew=cython.int, duty=cython.int, helps=cython.bint, helps_from=cython.int, helps_after=cython.double
)
Desk = cython.struct(
    queue=cython.int,
    readers=cython.int,
    readers_count=cython.int,
    turn=cython.longlong,
    assigned=cython.bint,
    newest=cython.bint,
    calls=cython.bint,
    dead=cython.bint,
)
Line = cython.struct(
    duty=cython.int,
    activity=cython.int,
    guard=cython.int,
    own=cython.bint,
    desks=cython.int,
    desks_count=cython.int,
    helps_from=cython.int,
    helps_after=cython.double,
    due=cython.double,
    newest=cython.bint,
)
Window = cython.struct(activity=cython.int, hours=cython.double)
Crew = cython.struct(
    role=cython.int,
    pod=cython.int,
    duties=cython.int,
    personal=cython.bint,
    assigned=cython.bint,
    unable=cython.bint,
    any_due=cython.bint,
    cover=cython.double,
    most_open=cython.double,
    care_per_month=cython.double,
    newest=cython.ulonglong,
    entries=cython.ulonglong,
    own_time=cython.ulonglong,
    due_after_prospecting=cython.ulonglong,
    due=cython.p_double,
    due_by_step=cython.p_double,
    duty_of=cython.p_int,
    activity=cython.p_int,
    desk=cython.p_int,
    channels=cython.p_int,
    channels_of=cython.p_int,
    lines=cython.int,
    lines_count=cython.int,
    windows=cython.int,
    windows_count=cython.int,
    people=cython.p_int,
    people_count=cython.int,
    people_room=cython.int,
    idle_first=cython.int,
    idle_last=cython.int,
    prospecting_first=cython.int,
    prospecting_last=cython.int,
)
Skill = cython.struct(
    there=cython.bint,
    able=cython.bint,
    learns=cython.bint,
    plain=cython.bint,
    proficiency=cython.double,
    pace=cython.double,
    shift=cython.double,
    sharp=cython.double,
    size=cython.double,
    hold=cython.double,
    growth=cython.double,
    availability=cython.double,
    talent=cython.double,
    mastery=cython.double,
    base=cython.double,
    keep=cython.double,
    gap=cython.double,
    speed=cython.double,
    conversion=cython.double,
    filter=cython.double,
    deal_size=cython.double,
    retention=cython.double,
    uplift=cython.double,
)
Rows = cython.struct(rows=cython.p_int, count=cython.int, room=cython.int)
Person = cython.struct(
    crew=cython.int,
    place=cython.int,
    office=cython.int,
    own=cython.int,
    own_count=cython.int,
    job=cython.int,
    quest=cython.int,
    activity=cython.int,
    duty=cython.int,
    helps_at=cython.int,
    last=cython.int,
    version=cython.int,
    in_hand=cython.int,
    heir=cython.int,
    gone=cython.bint,
    settled=cython.bint,
    idle=cython.bint,
    idle_before=cython.int,
    idle_after=cython.int,
    prospecting=cython.int,
    prospecting_before=cython.int,
    prospecting_after=cython.int,
    window_day=cython.int,
    career=cython.int,
    spells=cython.int,
    spells_count=cython.int,
    spell=cython.int,
    employee=cython.int,
    cannot=cython.ulonglong,
    away_from=cython.double,
    until=cython.double,
    since=cython.double,
    timed=cython.double,
    beyond=cython.double,
    lead_in=cython.double,
    nominal=cython.double,
    paced=cython.double,
    made=cython.double,
    overdue=cython.double,
    window_from=cython.double,
    leads=Rows,
    customers=Rows,
)
Spell = cython.struct(begin=cython.double, end=cython.double)
Place = cython.struct(
    busy=cython.double[ACTIVITIES],
    repetitions=cython.double[ACTIVITIES],
    waited=cython.double[ACTIVITIES],
    stretches=cython.longlong,
    role=cython.int,
    earned=cython.double,
)
Quest = cython.struct(
    channel=cython.int,
    ordinal=cython.int,
    remaining=cython.longlong,
    granted=cython.longlong,
    attempt=cython.double,
    pace=cython.double,
    redrawn=cython.int,
)
Channel = cython.struct(
    table=cython.int,
    attempt=cython.double,
    chance=cython.double,
    left=cython.double,
    attempts=cython.longlong,
    next=cython.int,
    released=Rows,
    crews=Rows,
    needed=cython.p_double,
    needed_count=cython.int,
)
Quantile = cython.struct(
    kind=cython.int,
    count=cython.int,
    squarings=cython.int,
    low=cython.double,
    mode=cython.double,
    high=cython.double,
    scale=cython.double,
    values=cython.p_double,
    reached=cython.p_double,
)
Column = cython.struct(
    there=cython.bint, law=cython.int, values=cython.p_double, keys=cython.p_ulonglong, which=cython.p_int
)
Step = cython.struct(
    work=Column,
    decision=Column,
    question=Column,
    thinking=Column,
    lost=Column,
    silent=Column,
    remind=Column,
    patience=Column,
    attempt=Column,
    odds=cython.p_double,
    risk=cython.p_double,
    clocks=cython.bint,
    share=cython.double,
    expires=cython.double,
    every=cython.double,
    tries=cython.bint,
    probability=cython.double,
    again=cython.double,
    most=cython.double,
    reach=cython.p_ulonglong,
)
Table = cython.struct(
    stock=cython.int,
    channel=cython.int,
    product=cython.int,
    cls=cython.int,
    products=cython.p_int,
    process=cython.p_int,
    entry=cython.p_int,
    first=cython.p_int,
    true_positive=cython.p_double,
    false_positive=cython.p_double,
    trends=cython.p_double,
    deal=cython.pointer(Column),
    leave=Column,
    patience=Column,
    late=Column,
    at_once=Column,
    fit=Column,
    differs=cython.p_int,
    steps=cython.pointer(Step),
)
Stock = cython.struct(rows=cython.int, strips=cython.p_int, ordinals=cython.p_int, upsets=cython.p_ulonglong[UPSETS])
Series = cython.struct(stock=cython.int, first=cython.p_ulonglong, later=cython.p_ulonglong, law=Quantile)
Arrivals = cython.struct(table=cython.int, count=cython.int, times=cython.p_double)
Lead = cython.struct(
    job=cython.int,
    table=cython.int,
    i=cython.int,
    pod=cython.int,
    product=cython.int,
    cls=cython.int,
    state=cython.int,
    reason=cython.int,
    in_vain=cython.bint,
    initial=cython.bint,
    reached=cython.bint,
    tried=cython.bint,
    missed=cython.int,
    departures=cython.int,
    hand_offs=cython.int,
    keeper=cython.int,
    hands_first=cython.int,
    hands_last=cython.int,
    hands_count=cython.int,
    arrived=cython.double,
    answered=cython.double,
    qualified=cython.double,
    closed=cython.double,
    shift=cython.double,
    extra=cython.double,
    size=cython.double,
    call=cython.double,
)
Hand = cython.struct(person=cython.int, next=cython.int)
Wait = cython.struct(since=cython.double, next=cython.int)
Dent = cython.struct(depth=cython.double, since=cython.double, until=cython.double, next=cython.int)
Customer = cython.struct(
    leaves=cython.double,
    unhappy=cython.double,
    until=cython.double,
    available_from=cython.double,
    stock=cython.int,
    i=cython.int,
    pod=cython.int,
    process=cython.int,
    product=cython.int,
    cls=cython.int,
    holder=cython.int,
    initial=cython.bint,
    waits_first=cython.int,
    waits_last=cython.int,
    rate=cython.double,
    size=cython.double,
    hold=cython.double,
    lasting=cython.double,
    spent=cython.double,
    threshold=cython.double,
    at=cython.double,
    extra=cython.double,
    cared_until=cython.double,
    price=cython.double,
    since=cython.double,
    drop_out=cython.double,
    last_care=cython.double,
    first_order=cython.double,
    first_review=cython.double,
    first_care=cython.double,
    channel=cython.int,
    lead=cython.int,
    reason=cython.int,
    hand_offs=cython.int,
    departures=cython.int,
    dents_first=cython.int,
    content=cython.bint,
    unworked=cython.bint,
    hands_count=cython.int,
    hands=cython.int[CONTACTS],
)
Habits = cython.struct(
    churn=cython.p_double,
    odds=cython.p_double,
    growth=cython.p_double,
    series=cython.p_int,
    late_churn=cython.double,
    tolerance=cython.double,
    cared_too_often=cython.double,
    cared_welcome=cython.double,
    order_size=cython.double,
    uplift=cython.double,
    after_reminder=cython.double,
    orders=cython.bint,
    unworked=cython.bint,
    requests=cython.bint,
    reviews=cython.bint,
    cares=cython.bint,
    care_law=cython.int,
    care_most=cython.double,
    care_lasts=cython.double,
    care_harm=cython.double,
    care_size=cython.double,
    terms=cython.int,
)
Terms = cython.struct(
    process=cython.int,
    late=cython.double,
    delay=cython.double,
    reminder=cython.double,
    delay_constant=cython.bint,
    reminder_constant=cython.bint,
    paid_at_once=cython.bint,
    papers=cython.p_double,
    papers_constant=cython.p_int,
    nothing_follows=cython.p_int,
)
Sale = cython.struct(
    time=cython.double,
    revenue=cython.double,
    margin=cython.double,
    paid=cython.double,
    kind=cython.int,
    lead=cython.int,
    customer=cython.int,
    channel=cython.int,
    product=cython.int,
    place=cython.int,
)
Placed = cython.struct(
    placed=cython.double,
    worth=cython.double,
    worked=cython.double,
    billed=cython.double,
    customer=cython.int,
)
Noted = cython.struct(
    start=cython.double,
    end=cython.double,
    overdue=cython.double,
    kind=cython.int,
    stock=cython.int,
    i=cython.int,
    step=cython.int,
    person=cython.int,
    crew=cython.int,
    outcome=cython.int,
)
Passing = cython.struct(
    loss=cython.double,
    extra_work=cython.double,
    information=cython.double,
    delay=cython.double,
    free=cython.bint,
)

Law = cython.struct(
    kind=cython.int,
    pieces=cython.int,
    shape=cython.double,
    scale=cython.double,
    begins=cython.p_double,
    spent=cython.p_double,
    hazards=cython.p_double,
)
Employee = cython.struct(
    person=cython.int,
    role=cython.int,
    place=cython.int,
    office=cython.int,
    law=cython.int,
    version=cython.int,
    absences=cython.int,
    absences_count=cython.int,
    periods=cython.int,
    on_probation=cython.bint,
    on_notice=cython.bint,
    looked_at=cython.bint,
    hired=cython.double,
    threshold=cython.double,
    trained=cython.double,
    spent=cython.double,
    watched=cython.double,
    factor=cython.double,
    overload=cython.double,
    missed=cython.double,
    worked=cython.double,
    proficient=cython.double,
    short=cython.double,
    factors=cython.double[4],
    got=cython.double[3],
    due=cython.double[3],
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
    larger: cython.p_void = realloc(rows, wanted * size)
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
