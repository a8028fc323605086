"""How the package is built: setuptools' backend (PEP 517 and 660), with the compiled floor where it can be had.

The system's compiler builds it; where there is none, `ziglang`, a compiler as a wheel, is asked for. Where the build
fails all the same, the package is installed without: it says so once, and runs on the object floor with equal results.
``SALES_SIM_BUILD`` chooses another build, which then has to succeed. See docs/building.md.

`python -m simulation.floor.building` builds the extension in place, with the Cython and setuptools that are there.
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
from importlib import import_module
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

from simulation.floor.choice import BUILT, EXTENSION, HERE, digest_of_sources

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
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
KINDS: dict[str, tuple[bool, list[str], list[str]]] = {
    "release": (False, ["-O3", "-g0"], []),
    "debug": (True, ["-O1", "-g", "-UNDEBUG"], []),
    "sanitize": (False, ["-O1", "-g", "-fno-omit-frame-pointer", *SANITIZERS], SANITIZERS),
}
"""Kinds of a build: whether every index is checked, flags of the compiler, flags of the linker."""
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
    """A wheel with the extension in it."""
    with _extension():
        return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """The extension beside its sources, and a wheel that points there."""
    with _extension():
        return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


class BuildFloor(build_ext):
    """Compiles the floor, and notes beside it of which sources; or why it could not."""

    def run(self) -> None:
        """Translates to C, compiles."""
        failed = ""
        try:
            self._translate(self.extensions[0])
            super().run()
        except (Exception, SystemExit) as error:  # whatever is missing here: the object floor does without
            if os.environ.get(BUILD):
                raise
            failed = " ".join(str(error).split()) or type(error).__name__
            print(f"the compiled floor cannot be built: {failed}", file=sys.stderr)
        place = Path(self.get_ext_fullpath(EXTENSION)).parent
        place.mkdir(parents=True, exist_ok=True)
        note = {"kind": _kind(), "compiler": _compiler_named(), "sources": digest_of_sources(), "failed": failed}
        (place / BUILT).write_text(json.dumps(note) + "\n", encoding="utf-8")

    def _translate(self, extension: setuptools.Extension) -> None:
        from Cython.Build import cythonize

        parts = import_module("simulation.floor.build")
        checked, compiling, linking = KINDS[_kind()]
        os.environ[parts.CHECKED] = str(int(checked))
        unit = Path(extension.sources[0])
        unit.write_text(parts.source(), encoding="utf-8")
        extension.sources = cythonize(extension, quiet=True)[0].sources
        microsoft = self.compiler == "msvc" or (self.compiler is None and os.name == "nt")
        extension.extra_compile_args = MICROSOFT[_kind()] if microsoft else [*compiling, *EXACT]
        extension.extra_link_args = linking


@contextmanager
def _extension() -> Iterator[dict[str, Any]]:
    """A context in which setuptools builds the extension, with a compiler that works, in a folder that is removed."""
    before, environment = setuptools.setup, dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        more: dict[str, Any] = {"options": {"build": {"build_base": folder}}}  # nothing of an earlier build gets in
        if _wanted():
            _use_compiler(folder)
            more["cmdclass"] = {"build_ext": BuildFloor}
            more["ext_modules"] = [setuptools.Extension(EXTENSION, [os.path.join(folder, "_compiled.py")])]
        setuptools.setup = partial(before, **more)
        try:
            yield more
        finally:
            setuptools.setup = before
            os.environ.clear()
            os.environ.update(environment)


def _wanted() -> bool:
    """Whether there is something to compile, and nobody said not to."""
    return _kind() != "off" and (HERE / "build.py").exists()


def _kind() -> str:
    kind = os.environ.get(BUILD, "") or "release"
    allowed = [*KINDS, "off"]
    if kind not in allowed:
        near = difflib.get_close_matches(kind, allowed, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise SystemExit(f"{BUILD}: there is no build {kind!r}; allowed: {', '.join(allowed)}{meant}")
    return kind


def _compiler_named() -> str:
    return os.environ.get("CC") or sysconfig.get_config_var("CC") or "msvc"


def _compiler_needed() -> list[str]:
    """The requirement of a compiler, where there is something to compile, nothing to do it with, and none was named.

    On Windows there is none: what zig links there has a mathematical library of its own, with other last digits.
    """
    if not _wanted() or os.name == "nt" or os.environ.get("CC") or _system_compiler():
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

if __name__ == "__main__":
    os.chdir(HERE.parents[1])
    with _extension() as how:
        command = setuptools.Distribution(how).get_command_obj("build_ext")
        command.inplace = True
        command.ensure_finalized()
        command.run()
