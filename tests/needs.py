"""What some tests need beside the package itself, and what becomes of them where it is absent."""

import importlib.util
import os

import pytest


def absent(what: str) -> None:
    """Skip on a developer's own machine, fail in CI, which must have everything."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def needs_model() -> None:
    """FollowTheMoney's own library."""
    if importlib.util.find_spec("followthemoney") is None:
        absent("followthemoney, the extra `model`, is not installed")
