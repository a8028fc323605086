"""The version of the model: what, besides the scenario and the seed, decides what a replication brings."""

from __future__ import annotations

import hashlib
import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("written", "mechanisms", "scenario", "expected", "sense", "world", "department", "finance", "analysis")
_LIBRARIES = ("numpy", "scipy", "simpy", "holidays")


@lru_cache(maxsize=1)
def model_digest() -> str:
    """Digest of the code that makes a replication, and of the libraries and the machine whose numbers it contains.

    A change of a line of it gives another digest, so that a store never answers for another model: results that are
    kept too few are simulated again, results that are kept too long would be wrong.
    """
    whole = hashlib.blake2b(digest_size=16)
    root = files("simulation")
    for package in _PACKAGES:
        for name, content in sorted(_sources(root / package, package)):
            whole.update(f"{name}\0{len(content)}\0".encode())
            whole.update(content)
    for library in _LIBRARIES:
        whole.update(f"{library} {_installed(library)}\0".encode())
    # the last digit of an exponential is the machine's and its mathematical library's
    python = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    machine = f"{platform.machine()} {platform.system()} {' '.join(platform.libc_ver())}"
    whole.update(f"{python}\0{machine}".encode())
    return whole.hexdigest()


def _sources(folder: Traversable, place: str) -> list[tuple[str, bytes]]:
    """Every file that is code or data of the model, with its place."""
    found = []
    for each in folder.iterdir():
        name = f"{place}/{each.name}"
        if each.is_dir():
            found += [] if each.name == "__pycache__" else _sources(each, name)
        elif each.name.endswith((".py", ".yaml")):
            found.append((name, each.read_bytes()))
    return found


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
