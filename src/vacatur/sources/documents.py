"""One door to the readers of documents: a file's bytes → the acts that it suggests, whoever published it."""

from collections.abc import Sequence
from dataclasses import replace

from vacatur.law.acts import Act
from vacatur.sources.courtlistener import read_court_documents
from vacatur.sources.federal_register import load_json, read_federal_register
from vacatur.sources.proposals import PartyNames, Proposal


def read_document(data: bytes, name: str, names: PartyNames, measures: Sequence[str] = ()) -> list[Proposal]:
    """The acts suggested by JSON of the Federal Register or a docket, or by a court's RSS feed.

    Args:
        data: the document.
        name: its name, for messages.
        names: names by which parties are linked.
        measures: what the cases in it are about, where that is known; else it is read from their words.

    Raises:
        SourceError: it is none of these; says what to do.
    """
    if data.lstrip()[:1] != b"<" and _is_federal_register(load_json(data, name)):
        return read_federal_register(data, name, names)
    return [_under(proposal, measures) for proposal in read_court_documents(data, name, names)]


def act_of(proposal: Proposal) -> Act:
    """The act to record, with what a person needs to judge it in its note."""
    unlinked = f"named but not linked: {', '.join(proposal.named)}" if proposal.named else None
    notes = (proposal.act.note, f"read by machine: {proposal.why}", f"words: “{proposal.evidence}”", unlinked)
    return replace(proposal.act, note="; ".join(note for note in notes if note))


def _is_federal_register(content: object) -> bool:
    items = content.get("results", [content]) if isinstance(content, dict) else content
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and "document_number" in first and "title" in first


def _under(proposal: Proposal, measures: Sequence[str]) -> Proposal:
    return replace(proposal, act=replace(proposal.act, measures=tuple(measures))) if measures else proposal
