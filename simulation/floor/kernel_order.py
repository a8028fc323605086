"""What the host tells the kernel of the order of work: crews, desks, lines and channels."""

import cython
from cython.cimports.libc.stdlib import calloc, free

from simulation.floor.layout import (
    ChannelP,
    CrewP,
    DeskP,
    FloorP,
    LineP,
    ReaderP,
    WindowP,
    append,
    grown,
)
from simulation.floor.luck import (
    memory_of,
    numbers,
    whole,
)
from simulation.floor.pieces import (
    quest_interrupted,
    repace,
)
from simulation.floor.prospecting import (
    redraw,
    tell,
)
from simulation.floor.queues import (
    new_queues,
)
from simulation.floor.records import (
    Desk,
    Line,
    Reader,
    Window,
)


class Kernel:
    """More of the kernel: `build` puts it together."""

    # --- the order of work -----------------------------------------------------------------------------------

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
