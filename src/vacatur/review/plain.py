"""Cases as plain JSON values, for the command line and the API."""

from typing import Any

from vacatur.review.cases import Case, Opened, StoredAnswer
from vacatur.review.log import Entry


def case_json(case: Case) -> dict[str, Any]:
    """A case as the queue shows it."""
    return {
        "id": case.id,
        "state": case.state,
        "outcome": case.outcome,
        "customer": case.fields,
        "party": {"id": case.party, "caption": case.caption},
        "opened": case.opened,
        "moved": case.moved,
    }


def opened_json(opened: Opened) -> dict[str, Any]:
    """A case with every answer and decision."""
    return {
        **case_json(opened.case),
        "answers": [answer_json(item) for item in opened.answers],
        "decisions": [entry_json(entry) for entry in opened.entries],
    }


def answer_json(answer: StoredAnswer) -> dict[str, Any]:
    """An answer that a case was opened or came back with."""
    return {"at": answer.at, "digest": answer.digest, "changes": list(answer.changes), **answer.document}


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry of the log with its hash."""
    return {**entry.content, "hash": entry.hash}
