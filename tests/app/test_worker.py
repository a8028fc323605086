"""The process that simulates: few years first, called off at once, ended and started anew, nothing stale."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from multiprocessing import Pipe
from typing import Any

import pytest

from simulation.analysis.cases import run_replications
from simulation.analysis.comparison import compare
from simulation.app.drafts import Drafts
from simulation.app.flips import flips, last_year
from simulation.app.hiding import without
from simulation.app.jobs import Jobs
from simulation.app.look import Look
from simulation.app.schedule import Schedule
from simulation.app.settling import settle
from simulation.app.short import department
from simulation.app.streams import MOST_OPEN, Streams, TooManyError
from simulation.app.taking import copy
from simulation.app.variants import look as look_beside
from simulation.app.worker import Worker
from simulation.app.worker_process import CalledOffError, Desk, Said, Task
from simulation.app.years import Memory, look
from simulation.sense.loader import load_text
from simulation.texts import texts
from tests.app.conftest import SMALL


@pytest.fixture(scope="module")
def scenario() -> Any:
    return load_text(SMALL)


@pytest.fixture
def desk() -> Any:
    near, far = Pipe()
    yield Desk(near, 1, None, Memory())
    near.close()
    far.close()


def test_a_look_has_the_years_of_a_comparison(desk: Desk, scenario: Any) -> None:
    found = look(desk, scenario, 8, 8)
    whole = compare(scenario, replications=8, jobs=1)
    for name, values in found.values.items():
        assert values == whole.runs.values(name, found.measure).tolist()
    assert found.last and found.best == whole.verdict.best and found.told == whole.verdict.told_apart
    assert (found.low, found.high) == (whole.verdict.difference.joint_low, whole.verdict.difference.joint_high)  # type: ignore[union-attr]


def test_an_early_look_calls_a_winner_only_where_hardly_any_doubt_is_left(desk: Desk, scenario: Any) -> None:
    early, last = look(desk, scenario, 8, 100), look(desk, scenario, 8, 8)
    assert early.values == last.values
    assert early.high - early.low > 1.5 * (last.high - last.low)


def test_a_change_of_one_structure_plays_that_one_alone(desk: Desk, scenario: Any, monkeypatch: Any) -> None:
    look(desk, scenario, 4, 8)
    asked: list[tuple[str, ...]] = []

    def noted(desk: Desk, made: Any, names: tuple[str, ...], numbers: Any, took: Any) -> None:
        asked.append(names)
        _played(made, names, numbers, took)

    monkeypatch.setattr("simulation.app.years.play", noted)
    changed = scenario.replace({"structures.universal.roles.universal.headcount": 4})
    found = look(desk, changed, 4, 8)
    assert asked == [("universal",)]
    whole = run_replications(changed, replications=4, jobs=1)
    for name, values in found.values.items():
        assert values == whole.values(name, found.measure).tolist()


def _played(made: Any, names: tuple[str, ...], numbers: Any, took: Any) -> None:
    from simulation.analysis.executor import played

    for number in numbers:
        took(number, played(made, names, number, False))


def test_a_memory_forgets_what_was_used_least_lately(scenario: Any) -> None:
    memory = Memory(most=4)
    runs = run_replications(scenario, replications=1, jobs=1)
    assert runs.finished == 1
    from simulation.analysis.executor import played

    prints = {"universal": "u", "functional": "f"}
    for number in range(4):
        memory.keep(prints, 1, number, played(scenario, ("universal", "functional"), number, False))
    assert sorted(memory.find(prints, 1, range(4))) == [2, 3]


def test_a_task_ends_between_two_years_when_it_is_called_off(desk: Desk, scenario: Any) -> None:
    near, far = Pipe()
    there = Desk(near, 7, None, Memory())
    from simulation.app.worker_process import STOP

    far.send(Task(7, STOP))
    with pytest.raises(CalledOffError):
        look(there, scenario, 8, 8)
    far.close()
    with pytest.raises(CalledOffError):
        look(Desk(near, 8, None, Memory()), scenario, 8, 8)  # nobody is there any more
    near.close()


def test_where_the_answer_flips_is_between_values_at_which_it_is_another(desk: Desk, scenario: Any) -> None:
    for mark in flips(desk, scenario):
        assert mark.low <= mark.now <= mark.high
        assert mark.at is None or mark.low <= mark.at <= mark.high
        assert mark.best != mark.rival


def test_last_year_is_told_by_the_study_that_asks_it(desk: Desk) -> None:
    own = load_text(SMALL.replace("months: 2", "months: 12") + "history: {revenue: 9 mln, deals: 150}\n")
    fits, said = last_year(desk, own)
    assert isinstance(fits, bool) and len(said) == 2


def test_variants_are_held_against_the_first_in_the_same_years(desk: Desk, scenario: Any) -> None:
    more = scenario.replace({"market.channels.site.leads_per_month": 130})
    found = look_beside(desk, {"before": scenario, "": more, "same": scenario}, 8, 8)
    first, second, third = found.variants
    assert (first.difference, first.same) == (0, True) and (third.difference, third.same) == (0, True)
    assert second.difference == pytest.approx(second.mean - first.mean)
    assert second.low < second.difference < second.high


def test_a_copy_without_pay_says_nothing_of_pay(desk: Desk) -> None:
    paid = SMALL.replace("35 k", "41 357").replace(
        "people:", "budget: {direct: {lines: [{name: salaries, price: 124 071, payroll: true}]}}\npeople:"
    )
    name, media, content = copy(desk, load_text(paid), {}, "ru")
    text = content.decode()
    digits = "".join(each for each in text if each.isdigit() or each in "<>")
    for amount in ("41357", "124071"):
        assert amount not in digits
    assert "Универсальный менеджер 3" in text and name.endswith(".html") and media.startswith("text/html")


WAYS = (
    *(
        "60 тыс. руб.",
        "60 000 ₽",
        "60000",
        "60k",
        "60 К",
        "60 т.р.",
        "$60,000",
        "60.000",
        "60 тысяч",
        "60-k",
        "0,06 млн",
    ),
    *("шестьдесят тысяч", "sixty thousand", "720 тыс. в год", "60,0 тыс", "RUB 60\u00a0000", "60т"),
)


@pytest.mark.parametrize("way", WAYS)
def test_an_amount_of_pay_is_hidden_however_it_is_written(way: str) -> None:
    left = without(f"Отдел ({way}) 2025, 61 тыс. лидов, 7 %", {60_000.0, 0.05})
    assert "…" in left and "2025, 61 тыс. лидов, 7 %" in left
    assert not re.search(r"(?<!\d)[67]\d?[0  .,-]?0|60|sixty|шестьдесят|720", left.partition(")")[0])
    assert without("5 % с продаж", {0.05}) == "… с продаж"


def test_a_copy_without_pay_says_nothing_of_pay_in_titles_and_holds_no_department(desk: Desk) -> None:
    paid = (
        SMALL.replace("Three sellers", "Трое по 41 тыс. руб.")
        .replace("35 k", "41 357")
        .replace("site: {", "site: {title: 'Сайт (бонус 41357)', ")
        .replace("preset: universal", "preset: universal\n    title: Универсалы за 41 357 ₽  # 41 тыс. каждому")
        .replace("preset: functional", "preset: functional\n    title: 41.4k", 1)
        .replace("version: 1", "version: 1\ndescription: Каждому по 41 тысяче")
    )
    given = {"x": "structures.universal.roles.universal.pay.base", "y": "market.channels.site.leads_per_month"}
    name, _, content = copy(desk, load_text(paid), given, "ru")
    text = content.decode().replace("\u00a0", " ")
    for sign in ("41 тыс", "41.4", "41,4", "41357", "41 357", "<template", "41 тысяч", "game-data"):
        assert sign not in text, sign
    assert "41" not in name and "Универсалы за …" in text and "Самого отдела внутри нет" in text


NUMBERS = {
    "title": "Мебель",
    "universal": "3",
    "revenue": "15 млн",
    "deals": "110",
    "average_deal": "60 тыс. руб.",
    "orders": "330",
    "gross_margin": "30 %",
    "customers_start": "60",
    "customers_end": "62",
    "customers_lost": "25",
    "leads_a_month": "45",
    "qualified_per_quarter": "55",
    "proposals_per_quarter": "40",
    "base_pay": "40 000 ₽",
    "advertising": "40 тыс.",
    "rent": "50 тыс.",
}


def test_the_short_form_makes_a_department_with_advertising_and_rent() -> None:
    made = department(NUMBERS, texts("ru"))
    assert not isinstance(made, dict), made
    assert made.market.channels["site"].cost.fixed_per_month == 40_000
    assert [(line.name, line.price) for line in made.budget.indirect.lines] == [("аренда", 50_000)]
    assert made.title == "Мебель"


@pytest.mark.parametrize(
    ("field", "typed", "beside"),
    [
        ("gross_margin", "30", "gross_margin"),
        ("revenue", "", "revenue"),
        ("deals", "many", "deals"),
        ("universal", "0", "head"),
        ("customers_end", "600", "customers_end"),
        ("rent", "-5", "rent"),
    ],
)
def test_what_the_short_form_cannot_take_is_said_beside_its_field(field: str, typed: str, beside: str) -> None:
    found = department({**NUMBERS, field: typed}, texts("ru"))
    assert isinstance(found, dict) and list(found) == [beside]


# --- the processes themselves -----------------------------------------------------------------------------------------


def with_worker(does: Callable[[Worker], Awaitable[None]], cores: int = 1) -> None:
    async def whole() -> None:
        worker = Worker("", cores)
        worker.start()
        try:
            await does(worker)
        finally:
            worker.end()
            worker.gone(1)

    asyncio.run(whole())


async def until(true: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def test_one_process_is_called_off_fails_dies_and_works_again(scenario: Any, monkeypatch: Any) -> None:
    heard: list[Said] = []

    async def does(worker: Worker) -> None:
        from simulation.app import worker as module

        first = worker.ask("app.years:look", heard.append, scenario=scenario, until=100, total=100)
        second = worker.ask("app.years:look", heard.append, scenario=scenario, until=4, total=8)
        await until(lambda: heard)
        assert [each.number for each in heard] == [second] and first != second  # nothing stale is heard
        assert isinstance(heard[0].value, Look) and heard[0].value.years == 4
        assert worker.started == 1  # it let go by itself
        heard.clear()
        worker.ask("app.years:nothing", heard.append)
        await until(lambda: heard)
        assert heard[0].what == "failed"
        heard.clear()
        monkeypatch.setattr(module, "GRACE", 0.05)
        pid = worker.pid
        assert pid is not None
        import os
        import signal

        worker.ask("app.years:look", heard.append, scenario=scenario, until=100, total=100)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: heard)
        assert heard[0].what == "failed" and worker.started == 2
        heard.clear()
        worker.ask("app.years:look", heard.append, scenario=scenario, until=4, total=8)
        await until(lambda: heard)
        assert heard[0].what == "done"
        # one that does not listen: stopped, so it cannot even be told
        heard.clear()
        stuck = worker.pid
        assert stuck is not None
        running = worker._running
        assert running is not None
        os.kill(stuck, signal.SIGSTOP)
        worker.ask("app.years:look", heard.append, scenario=scenario, until=100, total=100)
        worker.call_off()
        last = worker.ask("app.years:look", heard.append, scenario=scenario, until=4, total=8)
        await until(lambda: worker.started == 3)
        # somebody reads it still: closed, its number would be the next pipe's, whose words that one would take
        assert not running.pipe.closed
        await until(lambda: heard)
        assert (heard[0].number, heard[0].what) == (last, "done")
        assert worker.pid != stuck and worker.started == 3
        await until(lambda: running.pipe.closed)

    with_worker(does)


def test_what_years_leave_behind_goes_with_the_department(scenario: Any) -> None:
    import gc
    import weakref

    from simulation.analysis.executor import played
    from simulation.analysis.worlds import world_of
    from simulation.app import leftovers
    from simulation.department.plan import plan
    from simulation.world import Stock

    left = leftovers.Leftovers()
    try:
        for number in range(2):
            left.begin(b"one", leftovers.MANY)
            played(scenario, tuple(scenario.structures), number, False)
        world = world_of(scenario, 1)
        stocks = [weakref.ref(each) for each in gc.get_referents(world._stocks) if isinstance(each, Stock)]
        assert stocks and plan._KNOWN
        left.begin(b"one", leftovers.MANY)
        assert world_of(scenario, 1) is world  # of this very department
        del world
        left.begin(b"two", 1)
        assert not plan._KNOWN and all(each() is None for each in stocks)
        left.begin(b"three", 1)
        played(scenario, tuple(scenario.structures), 0, False)
        left.begin(b"four", 1)
        assert plan._KNOWN  # a few years are not worth it
        left.end()
        assert plan._KNOWN
    finally:
        left.sweep()
        gc.unfreeze()


def test_two_cores_play_the_same_years_as_one(scenario: Any) -> None:
    heard: list[Said] = []

    async def does(worker: Worker) -> None:
        worker.ask("app.years:look", heard.append, scenario=scenario, until=12, total=12)
        await until(lambda: heard)

    with_worker(does, cores=2)
    found = heard[0].value
    whole = run_replications(scenario, replications=12, jobs=1)
    for name, values in found.values.items():
        assert values == whole.values(name, found.measure).tolist()


class Pretended:
    """A worker that answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any], Callable[[Said], None]]] = []
        self.off = 0

    def ask(self, does: str, heard: Callable[[Said], None], **given: Any) -> int:
        self.asked.append((does, given, heard))
        return len(self.asked)

    def call_off(self) -> None:
        self.off += 1

    def end(self) -> None:
        pass


def _look(years: int, total: int) -> Look:
    return Look(years, total, "profit", "money", "RUB", {}, {}, {}, "", "", False, "open", (), 0)


def test_drafts_take_turns_and_an_answer_to_an_earlier_state_is_never_shown(scenario: Any) -> None:
    pretended = Pretended()
    seen: list[tuple[str, int]] = []
    schedule = Schedule(pretended, lambda draft, what, look: seen.append((draft.id, draft.version)))  # type: ignore[arg-type]
    drafts = Drafts()
    one, two = drafts.open(scenario, "one", "en"), drafts.open(scenario, "two", "en")
    schedule.want(one)
    schedule.want(two)
    assert len(pretended.asked) == 1
    stale = pretended.asked[0][2]
    settle(one, [("do", "step|structures.universal.roles.universal.headcount|+1")])
    schedule.want(one)
    assert pretended.off == 1
    stale(Said(1, "done", _look(4, 8)))
    assert seen == [] and one.look is None
    while len(pretended.asked) < 6:
        _, given, heard = pretended.asked[-1]
        before = len(pretended.asked)
        heard(Said(0, "done", _look(given["until"], given["total"])))
        if len(pretended.asked) == before:
            break
    assert sorted(seen) == sorted([(one.id, 2), (one.id, 2), (two.id, 1), (two.id, 1)])
    assert [given["until"] for _, given, _ in pretended.asked[1:]] == [4, 4, 8, 8]  # nobody waits for the other's last
    assert schedule.idle and one.look.last and two.look.last


def test_there_is_one_job_and_one_that_waits(scenario: Any) -> None:
    pretended = Pretended()
    jobs = Jobs(pretended, Streams(), lambda draft, kind: None)  # type: ignore[arg-type]
    drafts = Drafts()
    three = [drafts.open(scenario, str(n), "en") for n in range(3)]
    assert [jobs.start(draft, {"kind": "sensitivity"}) for draft in three] == [True, True, False]
    assert three[2].id in jobs.full
    first, second = jobs.of(three[0]), jobs.of(three[1])
    assert first is not None and second is not None
    assert (first.state, second.state) == ("running", "waiting")
    jobs.stop(three[0], "sensitivity")
    assert (first.state, second.state, pretended.off) == ("stopped", "running", 1)
    pretended.asked[0][2](Said(1, "done", "too late"))
    assert first.result is None
    pretended.asked[1][2](Said(2, "step", ("looking", 5, 10)))
    assert (second.done, second.total) == (5, 10)
    pretended.asked[1][2](Said(2, "done", "<p>found</p>"))
    assert (second.state, second.result) == ("done", "<p>found</p>")
    assert not jobs.start(three[0], {"kind": "os:system"})


def test_a_stream_keeps_but_the_newest_of_each_kind_and_there_is_an_end_to_streams() -> None:
    async def whole() -> list[bytes]:
        streams = Streams()
        slow = streams.enter("a")
        for number in range(1_000):
            streams.tell("a", "years", {"n": number})
        streams.tell("a", "jobs", {"n": 1})
        assert len(slow.news) == 2
        for number in range(MOST_OPEN - 1):
            streams.enter(f"b{number}")
        with pytest.raises(TooManyError):
            streams.enter("c")
        found = []
        async for part in streams.read("a", slow):
            found.append(part)
            if len(found) == 3:
                streams.close()
        return found

    told = asyncio.run(whole())
    assert told[1] == b'event: years\ndata: {"n": 999}\n\n' and told[2].startswith(b"event: jobs")


def test_a_question_that_cannot_be_asked_is_refused_in_words(desk: Desk, scenario: Any) -> None:
    from simulation.app.asking import answer

    with pytest.raises(RuntimeError):
        answer(desk, scenario, "threshold", {"of": "market.nothing=1:2"}, "en")


class Silent(Desk):
    """A desk at which nobody listens."""

    def say(self, what: str, value: Any = None) -> None:
        """Says nothing: a pipe that nobody reads is full after some hundred words."""


@pytest.mark.slow
def test_each_structure_at_its_best_is_answered_as_the_comparison_answers_it(scenario: Any) -> None:
    from simulation.app.asking import at_their_best
    from simulation.report.answer import answer_of
    from simulation.study.compare.at_best import at_best
    from simulation.study.lab import Lab

    near, far = Pipe()
    html = at_their_best(Silent(near, 1), scenario, {}, "en")
    drawn = compare(scenario, jobs=1)
    found = answer_of(drawn, at_best(drawn, "quick", Lab(jobs=1)))
    assert str(found.headline) in html and str(found.next).replace("'", "&#39;") in html
    near.close()
    far.close()
