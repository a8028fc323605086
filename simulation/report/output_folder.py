"""Writing files so that a reader never sees half of one: a temporary name first, then the real one.

Names of files are made safe here and nowhere else: `named` turns any text into one that every system takes, and no two
texts into the same.

Here too: what may fail after a result is there: it is named and left out, and nothing else is lost for it.

Here too: plain values as text for files (JSON, YAML, CSV), and what every record of a run begins with.
"""

from __future__ import annotations

import json
import math
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.texts import Phrase, say, worded
from simulation.version import __version__

if TYPE_CHECKING:
    import pandas as pd


PACKAGES = ("numpy", "scipy", "pandas", "simpy", "holidays")
PAGE = "report.html"
"""The file of the page for an owner."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the begin of a formula."""
NUMBER = re.compile(r"[+-]?[\d][\d ,._\u00a0\u202f]*([eE][+-]?\d+)?( ?%)?|[+-]+|")
"""What is a number or a dash all the same, and no formula."""


def as_json(value: Any) -> str:
    """JSON for people and programs: indented, what is undefined or infinite is null."""
    return json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_yaml(value: Any) -> str:
    """YAML in the order given, in the characters of every language."""
    import yaml

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110)
    return text


def _finite(value: Any) -> Any:
    """Plain values of JSON: numpy's numbers as Python's, NaN and infinity as None."""
    if isinstance(value, Mapping):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_csv(frame: pd.DataFrame, path: Path) -> None:
    """Writes a frame as CSV. A text that a spreadsheet would take for a formula is quoted by an apostrophe.

    So are titles of columns; numbers stay as they are. See OWASP, CSV Injection: texts that begin with `=`, `+`, `-`,
    `@`, a tab or a carriage return.
    """
    texts = frame.select_dtypes(include=["object", "string", "category"]).columns
    safe = frame.assign(**{name: frame[name].astype(object).map(_no_formula) for name in texts})
    safe.rename(columns=_no_formula).to_csv(path, index=False)


def _no_formula(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(FORMULA) or NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def made_by(command: Iterable[str], files: Iterable[str], seed: int) -> dict[str, Any]:
    """What `run.json` begins with: the version, the date, the command line, the files of the scenarios, the seed."""
    return {
        "version": __version__,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
        "scenario_files": list(dict.fromkeys(files)),
        "seed": seed,
    }


def packages() -> dict[str, str]:
    """Versions of the packages that numbers depend on; '' where one is not installed."""
    return {name: version_of(name) for name in PACKAGES}


def version_of(name: str) -> str:
    """Version of an installed package, '' where it is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


OnFailure = Callable[[str, OSError], None]
"""Told of a file by its name, and of what went wrong with it."""

LONGEST_NAME = 60
"""Characters of a safe name: some file systems take 255 bytes, and a letter may be four of them."""


class OutputFolder:
    """A folder that takes files all at once.

    ``add`` writes under temporary names, ``finish`` gives them their names; an error or an interrupt in
    between leaves what was there before as it was.
    """

    def __init__(self, folder: Path) -> None:
        """Makes the folder and sees that it can be written to.

        Raises:
            OSError: it cannot be made or written to.
        """
        self.path = folder
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        self._made: list[Path] = []
        self._waiting: dict[str, Path] = {}
        self._written: set[str] = set()
        self._names: dict[str, str] = {}  # the text that each safe name was made of
        try:
            for each in reversed(missing):
                each.mkdir()
                self._made.insert(0, each)
            self._temporary("probe").unlink()
        except OSError:
            self.abandon()
            raise

    @property
    def waiting(self) -> frozenset[str]:
        """Names of the files that have been begun and not finished."""
        return frozenset(self._waiting)

    def named(self, text: str, ending: str = "") -> str:
        """A name for a file from any text: letters, digits, dots, dashes and underscores of it; its own for each text.

        Args:
            text: what it is about, such as a chart and the structure that it shows.
            ending: with its dot.
        """
        plain = safe(text)
        for number in count(1):
            name = plain if number == 1 else f"{plain}-{number}"
            # two names that differ in case only are one file on many systems
            if self._names.setdefault(f"{name}{ending}".casefold(), text) == text:
                return f"{name}{ending}"
        raise AssertionError("numbers do not end")

    def drop(self, names: Iterable[str]) -> None:
        """Gives up files that were begun."""
        for name in names:
            self._waiting.pop(name).unlink(missing_ok=True)

    def add(self, name: str, text: str) -> None:
        """Takes a text file (UTF-8) under a name."""
        self.reserve(name).write_text(text, encoding="utf-8")

    def reserve(self, name: str) -> Path:
        """A path to write the file of that name to before ``finish``."""
        if name not in self._waiting:
            self._waiting[name] = self._temporary(name)
        return self._waiting[name]

    def clear(self, names: Iterable[str], failed: OnFailure | None = None) -> None:
        """Removes what an earlier run left under these names; never what this run has written or is about to.

        Args:
            names: of files; those that are not there do not matter.
            failed: told of a file that cannot be removed; that is raised when None.
        """
        for name in sorted(set(names) - self._written - set(self._waiting)):
            try:
                (self.path / name).unlink(missing_ok=True)
            except OSError as error:
                if failed is None:
                    raise
                failed(name, error)

    def finish(self, stale: Iterable[str] = (), failed: OnFailure | None = None) -> list[Path]:
        """Removes those that an earlier run left, gives every file its name; returns the files.

        What is stale goes first: whoever looks in between sees too little, never old and new side by side. May be
        called again for more files.

        Args:
            stale: names of files that an earlier run may have left.
            failed: told of a file that cannot be given its name (a program may hold the earlier one), which is dropped
                alone; that is raised when None.
        """
        self.clear(stale, failed)
        made = []
        for name, temporary in list(self._waiting.items()):
            try:
                temporary.replace(self.path / name)
            except OSError as error:
                if failed is None:
                    raise
                self.drop([name])
                failed(name, error)
                continue
            del self._waiting[name]
            self._written.add(name)
            made.append(self.path / name)
        return made

    def abandon(self) -> None:
        """Removes what has no name yet, and the folder if it was made for this and is empty."""
        for temporary in self._waiting.values():
            temporary.unlink(missing_ok=True)
        self._waiting = {}
        for folder in self._made:
            if not any(folder.iterdir()):
                folder.rmdir()
        self._made = []

    def _temporary(self, name: str) -> Path:
        handle, path = tempfile.mkstemp(prefix=f".{name[:40]}.", suffix=".part", dir=self.path)
        os.close(handle)
        os.chmod(path, 0o666 & ~_umask())
        return Path(path)


def safe(text: str) -> str:
    """A text as a part of a file name: what other signs than letters, digits, `.`, `-`, `_` it has become dashes."""
    plain = re.sub(r"[^\w.-]+", "-", text).strip(".-") or "unnamed"
    return plain[:LONGEST_NAME].rstrip(".-")


def write_text(path: Path, text: str) -> None:
    """Writes one file: it is whole, or as it was before. Raises OSError where it cannot be written."""
    folder = OutputFolder(path.parent)
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "this is a directory", str(path))
        folder.add(path.name, text)
        folder.finish()
    except BaseException:
        folder.abandon()
        raise


def _umask() -> int:
    """The mask of new files; a temporary file is private, a result is as readable as any other file."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


LONGEST = 300
"""Characters of a reason."""


@dataclass(frozen=True)
class Missing:
    """A part that could not be made.

    Attributes:
        what: the part: the name of a file, or a phrase that each language can say.
        why: the error in a line, or a phrase.
    """

    what: str
    why: str

    @property
    def text(self) -> Phrase:
        """Both, in a line; a page says it in its language."""
        return say("left-out", what=self.what, why=self.why)

    def to_dict(self) -> dict[str, str]:
        """Both for a JSON file."""
        return {"what": str(self.what), "why": str(self.why)}


class LeftOut:
    """Makes parts one after the other; one that fails is remembered in `missing`, and its files are dropped.

    Attributes:
        missing: what could not be made, in the order in which it was tried.
        interrupted: whether somebody stopped a part (Ctrl-C): what else takes long need not be begun.
    """

    def __init__(self, folder: OutputFolder | None = None) -> None:
        self.missing: list[Missing] = []
        self.interrupted = False
        self._folder = folder

    @contextmanager
    def part(self, what: str, *, stops: bool = False, but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """A context that ends quietly when what is made in it fails; files reserved in it are then dropped.

        Args:
            what: the part, as in `Missing`.
            stops: whether Ctrl-C ends this part alone; it ends everything otherwise.
            but: errors that concern more than this part and go on.

        Raises:
            BrokenPipeError: nobody reads what is printed any more.
        """
        through: tuple[type[Exception], ...] = (BrokenPipeError, *but)
        before = self._folder.waiting if self._folder is not None else frozenset()
        try:
            yield
        except through:
            raise
        except Exception as error:  # a picture or a sentence that fails must not take the result with it
            self.failed(what, error)
            self._drop(before)
        except KeyboardInterrupt:
            if not stops:
                raise
            self.interrupted = True
            self.skip(what)
            self._drop(before)

    def failed(self, what: str, error: Exception) -> None:
        """Remembers a part that failed."""
        found = Missing(what, reason(error))
        if found not in self.missing:  # an earlier file that can be neither removed nor replaced
            self.missing.append(found)

    def skip(self, what: str) -> None:
        """Remembers a part that was stopped, or not begun because somebody stopped one before."""
        self.missing.append(Missing(what, say("left-out-interrupted")))

    def _drop(self, before: frozenset[str]) -> None:
        if self._folder is not None:
            self._folder.drop(self._folder.waiting - before)


def reason(error: Exception) -> str:
    """An error in a line, which another language calls an error and quotes; the disk's without the hidden file."""
    if isinstance(error, OSError) and error.strerror:
        return worded("left-out-disk", said=error.strerror)
    lines = str(error).strip().splitlines() or [""]
    return worded("left-out-error", said=f"{type(error).__name__}: {lines[0]}".strip()[:LONGEST])
