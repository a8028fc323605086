"""Parts of libraries without what their packages load on the way.

`scipy.special` loads half of numpy besides (its test tools, its Fortran parser …), `holidays.countries` every country
of the world: more than a command takes for everything else until its first year. What is loaded here is the very same
objects that the packages themselves have.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec


@contextmanager
def without_front(package: str) -> Iterator[None]:
    """Lets modules of a package be imported without running its own `__init__`; it runs when somebody else asks for it.

    Not for use while other threads import the package.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    spec = None if package in sys.modules else find_spec(package)
    if spec is None or spec.submodule_search_locations is None:  # loaded already, or no package at all
        yield
        return
    bare = sys.modules[package] = module_from_spec(spec)
    try:
        yield
    finally:
        if sys.modules.get(package) is bare:
            del sys.modules[package]
