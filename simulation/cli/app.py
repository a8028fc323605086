"""The command `app`: the owner's page, served on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.cli.console import OK, problems_reported, refuse, tell, words
from simulation.cli.options import NO_STORE, SPOKEN, STORE, annotated
from simulation.cli.session import checked
from simulation.texts import Verbatim, worded

Lang: Any = annotated(SPOKEN)
TOKEN = "SALES_SIM_TOKEN"
"""Environment variable with a secret of one's own; on a command line everybody of the machine could read it."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def app(
    scenario: Annotated[Path | None, typer.Argument(help="argument-app-scenario", show_default=False)] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="option-app-port", show_default="shown-any-free")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="option-app-browser")] = True,
    host: Annotated[str, typer.Option(help="option-app-host")] = LOOPBACK[0],
    public_url: Annotated[str, typer.Option(help="option-app-public", show_default=False)] = "",
    store: annotated(STORE) = None,  # type: ignore[valid-type]
    no_store: annotated(NO_STORE) = False,  # type: ignore[valid-type]
    lang: Lang = None,
) -> None:
    """Opens the owner's page in the browser: describe a department, move its figures, see what follows."""
    with problems_reported():
        token = os.environ.get(TOKEN, "")
        _allowed(host, public_url, token)
        first = None
        from simulation.written.source import in_pages

        if scenario is not None:
            first = [checked(Path(name))[0] for name in in_pages(scenario)], scenario.name
        from simulation.app.running import listening, serve

        try:
            there = listening(LOOPBACK[0] if host == "localhost" else host, port)
        except OSError as error:
            raise refuse(worded("app-no-port", port=port, why=Verbatim(error.strerror or error))) from None
        serve(
            there,
            language=words().language,
            store=_store(store, no_store),
            first=first,
            token=token,
            public=public_url,
            began=lambda address: _began(address, browser),
        )
    sys.stdout.flush()
    os._exit(OK)  # everything has ended; to take apart what was loaded would only keep whoever pressed Ctrl-C waiting


def _allowed(host: str, public_url: str, token: str) -> None:
    """Refuses to be seen by others without a secret that somebody chose.

    Raises:
        typer.Exit: it would be.
    """
    from urllib.parse import urlsplit

    from simulation.app.running import LEAST_TOKEN

    parts = urlsplit(public_url)
    if public_url and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/")):
        raise refuse(worded("app-public-url", url=public_url))
    if (host not in LOOPBACK or public_url) and len(token) < LEAST_TOKEN:
        raise refuse(worded("app-needs-token", variable=TOKEN, letters=LEAST_TOKEN))
    if host not in LOOPBACK and not public_url:
        raise refuse(worded("app-needs-public"))


def _store(path: Path | None, none: bool) -> str:
    """File of finished years; '' for none."""
    if none:
        if path is not None:
            raise refuse(worded("store-contradiction"))
        return ""
    from simulation.store import default_path

    place = path or default_path()
    return "" if place is None else str(place)


def _began(address: str, browser: bool) -> None:
    tell(worded("app-began", address=address))
    sys.stdout.flush()
    if browser:
        import threading
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
