"""What a file is, by what stands in it and not by its name; and its text, in whichever encoding it came."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path

from simulation.calibration.readers.problems import refuse
from simulation.texts import Phrase, worded
from simulation.written.spelling import nearest

LARGEST = 1_000_000_000
"""Bytes of a file."""
LONGEST_LINE = 1_000_000
"""Bytes of a line: a row of an export has some thousand."""
HEAD = 65_536
ALLOWED = "reading-allowed-files"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|meta|head|body|style)\b", re.IGNORECASE)
_TAG = re.compile(rb"<(?:[a-z!?][^>]*)>", re.IGNORECASE)


def opened(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        RecordsError: there is no such file, it is a folder or no regular file, may not be read, is empty or too large.
    """
    place = Path(path)
    try:
        if place.is_dir():
            refuse(path, worded("file-is-folder"))
        if place.exists() and not place.is_file():
            refuse(path, worded("file-not-regular"))
        size = place.stat().st_size
        if size > LARGEST:
            refuse(path, worded("reading-too-large", largest=LARGEST // 1_000_000))
        raw = place.read_bytes()
    except FileNotFoundError:
        refuse(path, worded("file-missing"), near=_near(place))
    except PermissionError:
        refuse(path, worded("file-forbidden"))
    except (OSError, ValueError) as error:
        refuse(path, worded("file-unreadable", error=getattr(error, "strerror", None) or error))
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        refuse(path, worded("reading-empty-file"), allowed=worded("reading-allowed-files"))
    return raw


def _near(place: Path) -> str | None:
    """A file beside the missing one with a name like it."""
    try:
        names = os.listdir(place.parent) if place.parent.is_dir() else []
    except OSError:
        return None
    near = nearest(place.name, names, cutoff=0.7)
    return str(place.parent / near) if near else None


def kind(path: str, raw: bytes) -> str:
    """What the bytes are: 'zip', 'ole', 'html', 'xml' or 'text'.

    Raises:
        RecordsError: it is something else (a PDF, a picture), or has no letters in it.
    """
    head = raw[:HEAD]
    for begin, name in _FOREIGN:
        if head.startswith(begin):
            refuse(path, worded("reading-foreign", kind=name), allowed=worded("reading-allowed-files"))
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    text = _plain(head).lstrip()
    if text.startswith(b"<"):
        if text.startswith((b"<?xml", b"<log")) and not _HTML.search(text[:4096]):
            return "xml"
        if _HTML.search(text):
            return "html"
        if _TAG.match(text):
            return "xml"
    if text.startswith((b"{", b"[{", b"[\n")):
        refuse(path, worded("reading-foreign", kind="JSON"), allowed=worded("reading-allowed-files"))
    return "text"


def _plain(head: bytes) -> bytes:
    """The begin of a file without its mark, in letters of one byte where it was written in two."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="ignore").encode("utf-8")
    return head.removeprefix(codecs.BOM_UTF8)


def _of_two_bytes(head: bytes) -> bool:
    """Whether nearly all of the bytes, two by two, are letters of English or Russian and what stands between them."""
    for name in ("utf-16-le", "utf-16-be"):
        signs = head[: len(head) // 2 * 2].decode(name, errors="replace")
        known = sum(" " <= sign <= "~" or sign in "\r\n\t" or "\u0400" <= sign <= "\u045f" for sign in signs)
        if known > 0.9 * len(signs):
            return True
    return False


def as_utf8(path: str, raw: bytes, declared: str = "") -> tuple[bytes, str, list[Phrase]]:
    """A text in UTF-8 without a mark, the name of the encoding in which it came, and remarks.

    UTF-8 with or without mark, UTF-16 with mark, cp1251 with a note, in this order.

    Args:
        path: the file as the user named it.
        raw: its bytes.
        declared: the encoding that an HTML page says it has, tried before cp1251.

    Raises:
        RecordsError: UTF-16 without a mark, or no text in any of them.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16").encode("utf-8"), "UTF-16", []
        except (UnicodeDecodeError, UnicodeEncodeError):
            refuse(path, worded("reading-damaged-utf16"), allowed=worded("reading-allowed-encodings"))
    if b"\0" in raw:
        told = worded("reading-utf16-no-mark") if _of_two_bytes(raw[:HEAD]) else worded("reading-binary")
        refuse(path, told, allowed=worded("reading-allowed-encodings"))
    plain = raw.removeprefix(codecs.BOM_UTF8)
    if plain.isascii():
        return plain, "UTF-8", []
    try:
        codecs.lookup("utf-8").decode(plain)
        return plain, "UTF-8", []
    except UnicodeDecodeError as error:
        wrong = error.start
    line = plain.count(b"\n", 0, wrong) + 1
    if plain is not raw:  # the mark says UTF-8
        refuse(path, worded("reading-damaged-utf8"), line=line, allowed=worded("reading-allowed-encodings"))
    name = "cp1251"
    if declared and declared.lower().replace("_", "-") not in ("utf-8", "windows-1251", "cp1251"):
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            name = "cp1251"
    try:
        text = plain.decode(name)
    except UnicodeDecodeError:
        refuse(path, worded("reading-no-encoding"), line=line, allowed=worded("reading-allowed-encodings"))
    if any(sign < " " and sign not in "\t\r\n\f\x0b" for sign in set(text)):
        refuse(path, worded("reading-binary"), allowed=worded("reading-allowed-encodings"))
    return text.encode("utf-8"), name, [worded("reading-note-encoding", file=Path(path).name, encoding=name)]
