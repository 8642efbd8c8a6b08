"""What some tests need beside the package itself."""

import os

import pytest


def needs_model() -> None:
    """Skip without FollowTheMoney's own library on a developer's machine; CI must have it (extra `model`)."""
    if not os.environ.get("CI"):
        pytest.importorskip("followthemoney", reason="the extra `model` is not installed")
