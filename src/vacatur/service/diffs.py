"""What changed between two editions of a list, over HTTP."""

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from vacatur.register.difference import Kind
from vacatur.screening.plain import change_json
from vacatur.service.answers import LONGEST, QuestionOf, document

router = APIRouter(prefix="/api/v1", tags=["native"])


@router.get("/diff/{source}")
def diff(
    asked: QuestionOf,
    source: Annotated[str, Path(max_length=LONGEST)],
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    limit: Annotated[int, Query(ge=1, le=2_000)] = 500,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Parties added, removed and changed between the editions of two days, by id; the counts are over all of them."""
    changes = asked.edition.changes(source, first, last)
    counts = Counter(change.kind for change in changes)
    return document(
        {
            "source": source,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "summary": {kind.value: counts[kind] for kind in Kind},
            "total": len(changes),
            "changes": [change_json(change) for change in changes[offset : offset + limit]],
            **asked.stamp(),
        }
    )
