"""Where the real files are, and fixtures that several rooms use."""

import os
from pathlib import Path

import pytest
from needs import absent

REPOSITORY = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    return Path(os.environ.get("VACATUR_SHARED", REPOSITORY.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists and facts; tests that need it are skipped on a machine that has none."""
    folder = shared_folder()
    if not folder.is_dir():
        absent("the real files (../shared) are not on this machine")
    return folder
