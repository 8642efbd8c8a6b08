"""What this machine has, for tests that need more than Python: the real files, a browser, a database."""

import importlib.util
import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    return Path(os.environ.get("VACATUR_SHARED", REPOSITORY.parent / "shared"))


def absent(what: str) -> None:
    """Skip on a developer's own machine, fail in CI, which must have everything."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def needs_model() -> None:
    """FollowTheMoney's own library."""
    if importlib.util.find_spec("followthemoney") is None:
        absent("followthemoney, the extra `model`, is not installed")
