"""The kernel's own tests again, with a build of it that checks every access to memory and every undefined behaviour."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from machine import REPOSITORY, absent

SOURCES = REPOSITORY / "src/vacatur/matching/kernel"
FLAGS = "-std=c11 -O1 -g -fPIC -shared -fsanitize=address,undefined -fno-sanitize-recover=all".split()


def library(compiler: str, name: str) -> str:
    """Where the compiler has a library; the bare name if it has none."""
    asked = [compiler, f"-print-file-name={name}"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which Python loads the checked kernel."""
    compiler = shutil.which("gcc")
    if not compiler:
        absent("the checked build of the kernel needs gcc")
    target = tmp_path_factory.mktemp("checked") / "libkernel.so"
    subprocess.run([compiler, *FLAGS, *SOURCES.glob("*.c"), "-o", target, "-lm"], check=True)
    libraries = [
        subprocess.run(
            [compiler, f"-print-file-name={name}"], check=True, capture_output=True, text=True
        ).stdout.strip()
        for name in ("libasan.so", "libubsan.so")
    ]
    if not all(Path(path).is_absolute() for path in libraries):
        absent("gcc came without the sanitizers' libraries")
    options = {"ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}
    return {**os.environ, **options, "LD_PRELOAD": ":".join(libraries), "VACATUR_KERNEL": str(target)}


def run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, cwd=REPOSITORY
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4_000:]


def test_the_kernel_touches_no_memory_that_is_not_its_own(checked: dict[str, str]) -> None:
    run(
        checked,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/matching/test_kernel.py",
        "tests/matching/test_index.py",
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_files_under_right_checksums_are_survived(checked: dict[str, str], seed: int) -> None:
    run(checked, "tests/matching/damage.py", str(seed), "150")
