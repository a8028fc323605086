"""Runs the server: on the loopback address, until Ctrl-C, which ends everything within two seconds."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulation.app.safety import TOKEN, Doors
from simulation.app.server import Server, application

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

ADDRESS = "127.0.0.1"
LEAST_TOKEN = 24
"""Letters of a secret that somebody chooses."""
CONNECTIONS = 400
"""At a time; more are refused."""


def listening(address: str, port: int) -> socket.socket:
    """A socket that listens; at any free port where `port` is 0.

    Raises:
        OSError: it cannot.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # on Windows this would let two programs have one port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((address, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def serve(
    there: socket.socket,
    *,
    language: str,
    store: str,
    first: tuple[list[Scenario], str] | None,
    token: str = "",
    public: str = "",
    cores: int | None = None,
    began: Callable[[str], None],
) -> None:
    """Serves until Ctrl-C.

    Args:
        there: a socket that listens.
        language: of whoever has not chosen one.
        store: file of finished years; '' keeps none.
        first: scenarios to begin with, all of one file, and its name.
        token: the secret of the start address; one is made up when empty.
        public: address under which a proxy shows it.
        cores: to work on; those that there are when None, two at the most.
        began: told the start address once the server answers.
    """
    import uvicorn

    port = int(there.getsockname()[1])
    doors = Doors(port, token or secrets.token_urlsafe(24), public.rstrip("/"))
    server = Server(language, store, min(2, cores or os.cpu_count() or 1), first)
    config = uvicorn.Config(
        application(server, doors),
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="none",
        loop="asyncio",
        http="h11",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64_000,
    )
    address = doors.public or f"http://{ADDRESS}:{port}"
    running = _Running(config, server, lambda: began(f"{address}/?{TOKEN}={doors.token}"))
    try:
        running.run([there])
    except KeyboardInterrupt:
        pass  # uvicorn raises it again once it has ended
    finally:
        server.end()
        there.close()


class _Running:
    """A server of uvicorn that says when it answers, and ends its streams when it is told to end."""

    def __init__(self, config: Any, server: Server, began: Callable[[], None]) -> None:
        """Nothing is served yet."""
        import uvicorn

        loop: Any = None

        class Quiet(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                began()

            def handle_exit(self, sig: int, frame: Any) -> None:
                super().handle_exit(sig, frame)
                loop.call_soon_threadsafe(server.leave)

            async def serve(self, sockets: list[socket.socket] | None = None) -> None:
                nonlocal loop
                loop = asyncio.get_running_loop()
                await super().serve(sockets)

        self._server = Quiet(config)

    def run(self, sockets: list[socket.socket]) -> None:
        """Serves until it is told to end."""
        self._server.run(sockets)
