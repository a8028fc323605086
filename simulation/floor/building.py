"""How the package is built: setuptools' backend (PEP 517 and 660), with the compiled floor where it can be had.

The system's compiler builds it; where there is none, `ziglang`, a compiler as a wheel, is asked for. Where the build
fails all the same, the package is installed without: it says so once, and runs on the object floor with equal results.
``SALES_SIM_BUILD`` chooses another build, which then has to succeed. See docs/building.md.
"""

from __future__ import annotations

import difflib
import json
import os
import platform
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import setuptools
from setuptools import build_meta
from setuptools.build_meta import (
    build_sdist,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)
from setuptools.command.build_ext import build_ext

from simulation.floor.choice import BUILT, HERE, compiled_modules, digest_of_sources

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

BUILD = "SALES_SIM_BUILD"
"""Environment variable: one of ``KINDS``, or `off`. Unset: a release, which may fail."""
SANITIZERS = "-fsanitize=address,undefined"
UNCHECKED = {"boundscheck": False, "wraparound": False, "initializedcheck": False}
CHECKED = {"boundscheck": True, "wraparound": False, "initializedcheck": True}
KINDS: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "release": (UNCHECKED, ["-O3", "-g0"], []),
    "debug": (CHECKED, ["-O1", "-g", "-UNDEBUG"], []),
    "sanitize": (
        UNCHECKED,
        ["-O1", "-g", "-fno-omit-frame-pointer", "-fno-sanitize-recover", SANITIZERS],
        [SANITIZERS],
    ),
}
"""Kinds of a build: Cython's directives (a module says none of these itself), flags of the compiler and the linker."""
EXACT = ["-ffp-contract=off", "-fno-fast-math"]
"""What makes a number equal in every bit to Python's: nothing contracted, nothing reordered."""
MICROSOFT = {"release": ["/O2", "/fp:precise"], "debug": ["/Od", "/Zi", "/fp:precise"]}
ZIG = "ziglang>=0.13"
ZIG_MACHINES = {"x86_64", "aarch64", "arm64"}


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """What a build takes besides what pyproject.toml says: a compiler where this machine has none."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_compiler_needed()]


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    """As for a wheel."""
    return [*build_meta.get_requires_for_build_editable(config_settings), *_compiler_needed()]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """A wheel with the extensions in it."""
    with _extensions():
        return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """The extensions beside their sources, and a wheel that points there."""
    with _extensions():
        return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


class BuildFloor(build_ext):
    """Compiles the floor, and notes beside it of which sources; or why it could not."""

    def finalize_options(self) -> None:
        """Files are compiled side by side."""
        super().finalize_options()
        self.parallel = self.parallel or True

    def run(self) -> None:
        """Translates to C, compiles."""
        failed = ""
        try:
            self._translate()
            super().run()
        except (Exception, SystemExit) as error:  # whatever is missing here: the object floor does without
            if os.environ.get(BUILD):
                raise
            failed = " ".join(str(error).split()) or type(error).__name__
            print(f"the compiled floor cannot be built: {failed}", file=sys.stderr)
        note = {"kind": _kind(), "sources": digest_of_sources(), "failed": failed}
        place = Path(self.get_ext_fullpath(self.extensions[0].name)).parent
        place.mkdir(parents=True, exist_ok=True)
        (place / BUILT).write_text(json.dumps(note) + "\n", encoding="utf-8")

    def _translate(self) -> None:
        from Cython.Build import cythonize

        directives, compile_flags, link_flags = KINDS[_kind()]
        microsoft = self.compiler == "msvc" or (self.compiler is None and os.name == "nt")
        made = cythonize(
            self.extensions,
            build_dir=self.build_temp,
            compiler_directives=directives | {"language_level": 3},
            force=True,
        )
        sources = {each.name: each.sources for each in made}
        for each in self.extensions:
            each.sources = sources[each.name]
            each.extra_compile_args = MICROSOFT[_kind()] if microsoft else [*compile_flags, *EXACT]
            each.extra_link_args = link_flags


@contextmanager
def _extensions() -> Iterator[None]:
    """A context in which setuptools builds the extensions, with a compiler that works, in a folder that is removed."""
    modules = [] if _kind() == "off" else compiled_modules()
    root = HERE.parents[1]
    extensions = [
        setuptools.Extension(".".join(each.relative_to(root).with_suffix("").parts), [str(each.relative_to(root))])
        for each in modules
    ]
    before, environment = setuptools.setup, dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        if extensions:
            _use_compiler(folder)
        setuptools.setup = partial(
            before,
            ext_modules=extensions,
            cmdclass={"build_ext": BuildFloor},
            options={"build": {"build_base": folder}},  # nothing of an earlier build gets into this one
        )
        try:
            yield
        finally:
            setuptools.setup = before
            os.environ.clear()
            os.environ.update(environment)


def _kind() -> str:
    kind = os.environ.get(BUILD, "") or "release"
    allowed = [*KINDS, "off"]
    if kind not in allowed:
        near = difflib.get_close_matches(kind, allowed, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise SystemExit(f"{BUILD}: there is no build {kind!r}; allowed: {', '.join(allowed)}{meant}")
    return kind


def _compiler_needed() -> list[str]:
    """The requirement of a compiler, where there is something to compile, nothing to do it with, and none was named.

    On Windows there is none: what zig links there has a mathematical library of its own, with other last digits.
    """
    if _kind() == "off" or not compiled_modules() or os.name == "nt" or os.environ.get("CC") or _system_compiler():
        return []
    return [ZIG] if platform.machine() in ZIG_MACHINES else []


def _system_compiler() -> str:
    """The command of the first C compiler that works, Python's own before others; '' for none."""
    for command in (sysconfig.get_config_var("CC") or "cc", "cc", "gcc", "clang"):
        try:
            asked = [*shlex.split(command), "-x", "c", "-fsyntax-only", "-"]
            # a compiler without the headers of C is none, nor is macOS's stand-in that asks to install one
            if subprocess.run(asked, input=b"#include <math.h>\n", capture_output=True, check=False).returncode == 0:
                return command
        except OSError:
            pass
    return ""


def _use_compiler(folder: str) -> None:
    """Names the compiler in the environment, where setuptools looks for it."""
    if os.name == "nt" or os.environ.get("CC"):
        return
    command = _system_compiler()
    if command:
        if command != sysconfig.get_config_var("CC"):
            os.environ["CC"] = command
            os.environ.setdefault("LDSHARED", f"{command} {_SHARED}")
        return
    # the newest instructions of this machine stay out: the folder may go to another one
    zig = f"{shlex.quote(sys.executable)} -m ziglang cc -mcpu=baseline"
    os.environ |= {"CC": zig, "LDSHARED": f"{zig} {_SHARED}", "ZIG_LOCAL_CACHE_DIR": folder}
    os.environ.setdefault("ZIG_GLOBAL_CACHE_DIR", folder)


_SHARED = "-bundle -undefined dynamic_lookup" if sys.platform == "darwin" else "-shared"
