"""Builds the matching kernel: a plain shared library, with the machine's C compiler or else with `ziglang` from PyPI.

All else is in pyproject.toml. The library needs no headers of Python's, so that pip alone installs the package.
"""

import os
import shlex
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

SOURCES = Path("src/vacatur/matching/kernel")
FLAGS = ["-std=c11", "-O3", "-fPIC", "-shared", "-fvisibility=hidden"]
TOGETHER = ["-flto"]
"""All files are optimised as one, which spares a twentieth of a search; some compilers lack the linker for it."""
SUFFIX = {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")


def compiler() -> list[str] | None:
    """The command of the machine's C compiler (`CC`, or one on the path); None if it has none."""
    named = shlex.split(os.environ.get("CC", ""))
    found = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    return named or ([found] if found else None)


def sources_digest() -> str:
    """SHA-256 of the sources, as `matching/kernel/library.py` computes it to tell a library that was left behind."""
    files = sorted(path for path in SOURCES.iterdir() if path.suffix in (".c", ".h"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


class BuildKernel(build_ext):
    """Compiles the sources into one library beside them, or into the wheel."""

    def build_extension(self, ext: Extension) -> None:
        """Compile and link in one go."""
        target = Path(self.get_ext_fullpath(ext.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        command = compiler() or [sys.executable, "-m", "ziglang", "cc"]
        libraries = [] if sys.platform == "win32" else ["-lm"]
        made_from = f'-DVACATUR_SOURCES="{sources_digest()}"'
        command += [*FLAGS, made_from, *ext.sources, "-o", str(target), *libraries]
        if subprocess.run([*command, *TOGETHER], check=False).returncode:  # noqa: S603
            subprocess.run(command, check=True)  # noqa: S603

    def get_ext_filename(self, fullname: str) -> str:
        """A library's name: it is of one platform, and of no version of Python."""
        return str(Path(*fullname.split("."))) + SUFFIX


class PlatformWheel(bdist_wheel):
    """A wheel for any Python 3 of one platform."""

    def get_tag(self) -> tuple[str, str, str]:
        """The tag, without what extensions of CPython's own would have in it."""
        return "py3", "none", super().get_tag()[2]


setup(
    ext_modules=[
        Extension(
            "vacatur.matching.kernel.libkernel",
            sources=sorted(str(path) for path in SOURCES.glob("*.c")),
            depends=sorted(str(path) for path in SOURCES.glob("*.h")),
        )
    ],
    cmdclass={"build_ext": BuildKernel, "bdist_wheel": PlatformWheel},
    setup_requires=[] if compiler() else ["ziglang>=0.13"],
)
