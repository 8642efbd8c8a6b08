"""A case as one report that an auditor can read alone: blocks of plain text, which a page, a PDF or a terminal shows.

Everything in it comes from the case itself: the answer as it was stored, and the entries of the log. Nothing is asked
anew, so that the same case gives the same report for ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vacatur.review.cases import Opened, StoredAnswer
from vacatur.review.log import Entry

STATE_WORDS = {
    "open": "open: waits for a decision",
    "more": "waits for more information",
    "second": "waits for a second person",
    "decided": "decided",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with facts (label, value) and a table beneath it, either of which may be empty."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A title and its blocks, in reading order."""

    title: str
    blocks: tuple[Block, ...]


def report_of(opened: Opened) -> Report:
    """The report of a case."""
    customer = opened.case.fields.get("name") or opened.case.fields.get("identifier", "")
    return Report(f"Case {opened.case.id}: {customer} and {opened.case.caption}", tuple(_blocks(opened)))


def report_lines(opened: Opened) -> Iterator[str]:
    """The report as lines of text."""
    report = report_of(opened)
    yield report.title
    for block in report.blocks:
        yield ""
        yield block.title
        yield from (f"    {label}: {value}" for label, value in block.facts)
        yield from (f"    {'   '.join(cell or '–' for cell in row)}" for row in block.rows)


def _blocks(opened: Opened) -> Iterator[Block]:
    case, answer = opened.case, opened.answer
    outcome = f" · {_plain(case.outcome)}" if case.outcome else ""
    yield Block("Where it stands", facts=(("state", STATE_WORDS[case.state] + outcome), ("opened", case.opened)))
    yield from answer_blocks(answer)
    if len(opened.answers) > 1:
        rows = ((item.at, "; ".join(item.changes) or "opened", item.digest) for item in opened.answers)
        yield Block("How the case came back", columns=("at", "what had changed", "answer (SHA-256)"), rows=tuple(rows))
    if not opened.entries:
        yield Block("Decisions", facts=(("none", "nobody decided yet"),))
    for entry in opened.entries:
        yield _decision(entry)


def answer_blocks(answer: StoredAnswer) -> Iterator[Block]:
    """The answer that is decided on: question, customer, party, score, statuses, coverage."""
    document = answer.document
    hit, question = document["hit"], document["question"]
    yield Block(
        "The question",
        facts=(
            ("asked for", _query(question)),
            ("on (the legal moment)", question["on"]),
            ("known (as the public could know)", question["known"]),
            ("recorded (transaction of the register)", str(question["recorded"])),
            ("index searched (hash)", document["index"]),
            ("this answer (SHA-256)", answer.digest),
            ("answered", answer.at),
        ),
    )
    yield Block("The customer", facts=tuple((key, value) for key, value in document["customer"].items() if value))
    yield Block("The party", facts=tuple(_party(document)))
    yield Block(
        f"Why they met: score {hit['score']:.3f}",
        facts=(("name that met", hit["matched_name"]),),
        columns=("asked", "met", "how", "score", "note"),
        rows=tuple(
            (item["query"], item["matched"], item["feature"], f"{item['score']:+.3f}", item["note"])
            for item in hit["explanation"]
        ),
    )
    for status in hit["statuses"]:
        yield _status(status)
    if not hit["statuses"]:
        yield Block("Statuses", facts=(("none", "no listing on record"),))
    yield Block(
        "What the answer rests on",
        facts=tuple(("note", note) for note in document["notes"]),
        columns=("source", "edition", "entries", ""),
        rows=tuple(
            (item["source"], item["vintage"], f"{item['entries']:,}", "stale" if item["stale"] else "")
            for item in document["coverage"]
        ),
    )


def _query(question: Mapping[str, Any]) -> str:
    asked = {key: value for key, value in question.items() if key not in ("on", "known", "recorded")}
    return "; ".join(f"{key} {', '.join(value) if isinstance(value, list) else value}" for key, value in asked.items())


def _party(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    party = document["hit"]["party"]
    yield "name", party["caption"]
    yield "id", ", ".join([party["id"], *party["referents"]])
    yield "kind", party["schema"]
    for name, values in sorted(document["party"]["properties"].items()):
        yield name, "; ".join(values)
    yield "this record of it (SHA-256)", document["basis"]["party_version"]


def _status(status: Mapping[str, Any]) -> Block:
    rows = [_act(act, "") for act in status["because"]] + [_act(act, "unconfirmed: ") for act in status["reported"]]
    return Block(
        f"Status under {status['measure']['name']}",
        facts=tuple(_status_facts(status)),
        columns=("effective", "act", "citation", "documents"),
        rows=tuple(rows),
    )


def _status_facts(status: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "state", _state(status)
    yield "authority", status["measure"]["authority"]
    for name in ("since", "since_at_latest", "annulled_from"):
        if status[name]:
            yield _plain(name), status[name]
    if status["ended_between"]:
        yield "ended between", " and ".join(status["ended_between"])
    for item in status["consequences"]:
        yield "binding" if item["binding"] else "not binding", f"{item['forbids']} (binds {item['binds']})"
    for item in status["next"]:
        yield "next", f"{item['date']} {item['what']}"
    for item in status["conflicts"]:
        yield "conflict", f"{item['source']} {item['vintage']}: {item['what']}"


def _state(status: Mapping[str, Any]) -> str:
    partly = f" in part ({', '.join(status['relieved'])})" if status["extent"] == "partial" else ""
    deferred = "; enforcement deferred, binding all the same" if status["enforcement"] else ""
    return f"{_plain(status['state'])}{partly}{deferred}"


def _act(act: Mapping[str, Any], mark: str) -> tuple[str, str, str, str]:
    given = [part for part in (act["case"], act["citation"], act["court"]) if part]
    source = ", ".join(part for part in given if not any(part in other for other in given if other != part))
    documents = "; ".join(_document(item) for item in act["documents"]) or f"none on record ({act['checked']})"
    return act["effective"] or act["published"] or "", f"{mark}{act['label']} [{act['act']}]", source, documents


def _document(document: Mapping[str, Any]) -> str:
    return " ".join(part for part in (document["title"], document["url"], f"({document['checked']})") if part)


def _decision(entry: Entry) -> Block:
    content = entry.content
    stage = {"first": " (first of two persons)", "settled": " (settles the case)", "open": ""}[content["stage"]]
    facts = [
        ("decided", _plain(content["outcome"]) + stage),
        ("by", content["actor"] + (f" (key {content['key']})" if content["key"] else "")),
        ("at", content["at"]),
        ("reason", content["reason"]),
        ("score then", content["score"]),
        ("statuses then", _then(content["basis"]["statuses"])),
        ("on the answer (SHA-256)", content["answer"]),
        ("transaction of the register then", str(content["recorded"])),
        ("index searched (hash)", content["index"]),
        ("hash of the entry before", content["previous"]),
        ("hash of this entry", entry.hash),
    ]
    return Block(f"Decision: entry {entry.sequence} of the log", facts=tuple(facts))


def _then(statuses: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{item['measure']}: {_plain(item['state'])}" for item in statuses) or "none"


def _plain(word: str) -> str:
    return word.replace("_", " ")
