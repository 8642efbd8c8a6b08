"""What the tests of the lists of the UN, the UK and the EU and of FollowTheMoney streams share."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from us_fixtures import check_model, damaged, listed, read, survives

from vacatur.parties import Entry
from vacatur.sources.base import Reading, Source

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

__all__ = ["FUZZ", "check_model", "damaged", "listed", "read", "read_text", "survives"]


def read_text(source: Source, folder: Path, text: str, vintage: date | None = None) -> tuple[list[Entry], Reading]:
    """What a source reads of a file with this text."""
    path = folder / "list.dat"
    path.write_text(text, encoding="utf-8", newline="")
    return read(source, path, vintage)
