"""What is told to the tabs that are open: events that arrive by themselves (server-sent events).

Of each kind of event only the newest is kept for a tab that is slow: nobody needs an old picture, and who reads nothing
costs no memory.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

MOST_OPEN = 64
"""Streams at a time, of all tabs together."""
MOST_OF_A_DRAFT = 6
BEAT = 15.0
"""Seconds after which a stream says that it is still there."""


class TooManyError(Exception):
    """There are as many streams as there may be."""


class _Listener:
    def __init__(self) -> None:
        self.news: dict[str, str] = {}
        self.woken = asyncio.Event()


class Streams:
    """All open streams, by draft."""

    def __init__(self) -> None:
        """None is open."""
        self._open: dict[str, list[_Listener]] = {}
        self._closing = False

    def listened(self, draft: str) -> bool:
        """Whether a tab of a draft is open."""
        return bool(self._open.get(draft))

    @property
    def count(self) -> int:
        """How many are open."""
        return sum(map(len, self._open.values()))

    def tell(self, draft: str, kind: str, value: Any) -> None:
        """Tells all tabs of a draft; what was not told yet of the same kind is forgotten."""
        text = json.dumps(value, ensure_ascii=False)
        for listener in self._open.get(draft, ()):
            listener.news.pop(kind, None)
            listener.news[kind] = text
            listener.woken.set()

    def close(self) -> None:
        """Ends every stream; none is opened any more. Called in the loop."""
        self._closing = True
        for listeners in self._open.values():
            for listener in listeners:
                listener.woken.set()

    def enter(self, draft: str) -> _Listener:
        """Opens one; the oldest of a draft that has too many ends.

        Raises:
            TooManyError: there are as many as there may be.
        """
        if self._closing or self.count >= MOST_OPEN:
            raise TooManyError
        listeners = self._open.setdefault(draft, [])
        if len(listeners) >= MOST_OF_A_DRAFT:
            oldest = listeners.pop(0)
            oldest.woken.set()
        listener = _Listener()
        listeners.append(listener)
        return listener

    async def read(self, draft: str, listener: _Listener) -> AsyncIterator[bytes]:
        """What is told, as a browser's EventSource takes it."""
        try:
            yield b"retry: 2000\n\n"
            while not self._closing and listener in self._open.get(draft, ()):
                while listener.news:
                    kind = next(iter(listener.news))
                    text = listener.news.pop(kind)
                    yield f"event: {kind}\ndata: {text}\n\n".encode()
                listener.woken.clear()
                if self._closing or listener.news:
                    continue
                try:
                    await asyncio.wait_for(listener.woken.wait(), BEAT)
                except TimeoutError:
                    yield b": there\n\n"
        finally:
            there = self._open.get(draft, [])
            if listener in there:
                there.remove(listener)
            if not there:
                self._open.pop(draft, None)
