"""Payloads about court cases, of whatever shape, as cases with their docket entries.

Shapes: a docket of CourtListener or juriscraper; a list of them (juriscraper's parse of an RSS feed); CourtListener's
docket entries, search results and webhook payloads; a PACER RSS feed. What the words mean is judged elsewhere.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard

from vacatur.law.moments import Moment
from vacatur.sources.base import SourceError
from vacatur.sources.federal_register import ADVICE, MAX_BYTES, load_json, text_of

SITE = "https://www.courtlistener.com"
_PLAINTIFF = re.compile(r"plaintiff|petitioner|^appellant|^movant", re.IGNORECASE)
_DEFENDANT = re.compile(r"defendant|respondent|^appellee", re.IGNORECASE)
_VERSUS = re.compile(r"\s+v(?:s?\.|\s)\s*", re.IGNORECASE)
_RSS_TITLE = re.compile(r"^\s*(?P<number>\S+)\s+(?P<name>.*)$", re.DOTALL)
_RSS_EVENT = re.compile(r"\[(?P<event>[^\]]*)\]")
_RSS_ENTRY = re.compile(r">\s*(?P<number>\d+)\s*</a>")
_RSS_ID = re.compile(r"partId=(?P<part>\d+)|/doc1/(?P<document>\d+)|/docs1/(?P<appeal>\d+)")
_RSS_COURT = re.compile(r"//ecf\.(?P<court>[a-z0-9]+)\.uscourts\.gov")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a docket: its text, or only the name of the event where the court gives no more."""

    id: str
    filed: Moment
    published: Moment
    number: str = ""
    text: str = ""
    event: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CourtCase:
    """One case: `court` is the id that CourtListener and PACER use (`dcd`)."""

    court: str
    number: str
    name: str
    judge: str = ""
    plaintiffs: tuple[str, ...] = ()
    defendants: tuple[str, ...] = ()
    url: str = ""
    entries: tuple[Entry, ...] = ()


def read_cases(data: bytes, document: str, known: Mapping[str, CourtCase]) -> list[CourtCase]:
    """The cases in a payload.

    Args:
        data: JSON or XML.
        document: its name, for messages.
        known: cases by CourtListener's docket id, for entries that say only that id.

    Raises:
        SourceError: none of the shapes that are known, or damaged.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _rss(data, document)
    content = load_json(data, document)
    if isinstance(content, dict) and isinstance(content.get("payload"), dict):
        content = content["payload"]
    if isinstance(content, dict) and isinstance(content.get("results"), list):
        return _results(content["results"], document, known)
    if isinstance(content, dict):
        content = [content]
    if isinstance(content, list) and all(_is_docket(item) for item in content):
        return [_docket(item, document) for item in content]
    raise SourceError(document, "is no docket, no docket entries and no search results of a court", advice=ADVICE)


def _is_docket(item: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(item, dict) and "docket_number" in item and "docket_entries" in item


def _docket(item: Mapping[str, Any], document: str) -> CourtCase:
    case = _case(item)
    return replace(case, entries=tuple(_entries(item.get("docket_entries") or [], document)))


def _case(item: Mapping[str, Any]) -> CourtCase:
    name = text_of(item, "case_name") or text_of(item, "caseName")
    parties = item.get("parties") or []
    plaintiffs, defendants = sides_of(name)
    url = text_of(item, "absolute_url") or text_of(item, "docket_absolute_url")
    return CourtCase(
        court=text_of(item, "court_id"),
        number=text_of(item, "docket_number") or text_of(item, "docketNumber"),
        name=name,
        judge=text_of(item, "assigned_to_str") or text_of(item, "assignedTo"),
        plaintiffs=tuple(_side(parties, _PLAINTIFF)) or plaintiffs,
        defendants=tuple(_side(parties, _DEFENDANT)) or defendants,
        url=SITE + url if url.startswith("/") else url,
    )


def sides_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Plaintiff and defendant as the name of a case has them; a case "In re" has none."""
    halves = _VERSUS.split(name, maxsplit=1)
    if len(halves) != 2:
        return (), ()
    first, second = (re.sub(r",? et al\.?$", "", half).strip() for half in halves)
    return (first,), (second,)


def _side(parties: Iterable[object], role: re.Pattern[str]) -> Iterable[str]:
    for party in parties:
        if not isinstance(party, dict):
            continue
        types = party.get("party_types")
        roles = [text_of(one, "name") for one in types if isinstance(one, dict)] if isinstance(types, list) else []
        if any(role.search(one) for one in (*roles, text_of(party, "type"))):
            yield text_of(party, "name")


def _entries(items: Iterable[object], document: str) -> Iterable[Entry]:
    for place, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise SourceError(document, f"docket entry {place} is no object", advice=ADVICE)
        entry = _entry(item, place, document)
        if entry is not None:
            yield entry


def _entry(item: Mapping[str, Any], place: int, document: str) -> Entry | None:
    filed = _moment(text_of(item, "date_filed") or text_of(item, "entry_date_filed"), document, place)
    entered = _moment(text_of(item, "date_entered") or text_of(item, "date_filed"), document, place)
    if filed is None:
        return None
    papers = item.get("recap_documents")
    first = papers[0] if isinstance(papers, list) and papers and isinstance(papers[0], dict) else item
    number = text_of(item, "entry_number") or text_of(item, "document_number")
    native = text_of(item, "docket_entry_id") or text_of(item, "id") or text_of(item, "pacer_seq_no")
    url = text_of(first, "absolute_url")
    return Entry(
        id=number or native or f"{filed:%Y%m%d}-{place}",
        filed=filed,
        published=max(entered or filed, filed, key=str),
        number=number,
        text=html.unescape(text_of(item, "description")),
        event=text_of(item, "short_description") or (text_of(first, "description") if first is not item else ""),
        url=SITE + url if url.startswith("/") else "",
    )


def _results(items: list[Any], document: str, known: Mapping[str, CourtCase]) -> list[CourtCase]:
    """Results of a search hold cases, those of an alert or of the entries' endpoint hold entries of one docket."""
    found: dict[str, CourtCase] = {}
    for place, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise SourceError(document, f"result {place} is no object", advice=ADVICE)
        if _is_docket(item):
            _add(found, f"docket {place}", _docket(item, document), ())
        elif isinstance(item.get("recap_documents"), list) and "docketNumber" in item:
            entries = {entry.id: entry for entry in _entries(item["recap_documents"], document)}
            _add(found, text_of(item, "docket_id"), _case(item), entries.values())
        elif "docket" in item and "description" in item:
            docket = text_of(item, "docket").rstrip("/").rsplit("/", 1)[-1]
            case = known.get(docket) or CourtCase("", f"docket {docket}", f"CourtListener docket {docket}")
            entry = _entry(item, place, document)
            _add(found, docket, case, [entry] if entry else [])
        elif "caseName" not in item and "case_name" not in item:
            raise SourceError(document, f"result {place} is no case and no docket entry", advice=ADVICE)
    return list(found.values())


def _add(found: dict[str, CourtCase], key: str, case: CourtCase, entries: Iterable[Entry]) -> None:
    """Put entries to the case under `key`, which is `case` when there is none yet."""
    held = found.get(key, case)
    found[key] = replace(held, entries=(*held.entries, *entries))


def _moment(stated: str, document: str, place: int) -> Moment | None:
    """A day, or a time with its zone, as the payload states it."""
    if not stated:
        return None
    try:
        if len(stated) == 10:
            return date.fromisoformat(stated)
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise SourceError(document, f"entry {place}: {stated!r} is no day or time", advice=ADVICE) from None
    return moment if moment.tzinfo else moment.date()


def _rss(data: bytes, document: str) -> list[CourtCase]:
    from lxml import etree  # noqa: PLC0415 - JSON does without it

    if len(data) > MAX_BYTES:
        raise SourceError(document, f"is longer than {MAX_BYTES} bytes", advice=ADVICE)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(document, f"is no readable XML: {error.msg}", line=error.lineno, advice=ADVICE) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(document, "has a document type (DTD), which no feed of a court has", line=1, advice=ADVICE)
    if root.tag != "rss":
        raise SourceError(document, "is XML, but no RSS feed", line=1, advice=ADVICE)
    court = _RSS_COURT.search(str(root.findtext("channel/link") or ""))
    cases: dict[str, CourtCase] = {}
    for place, item in enumerate(root.iterfind("channel/item"), 1):
        fields = {tag: html.unescape(str(item.findtext(tag) or "")) for tag in ("title", "description", "guid", "link")}
        title = _RSS_TITLE.match(html.unescape(fields["title"]))
        filed = _rss_time(str(item.findtext("pubDate") or ""), document, place)
        if title is None or filed is None:
            continue
        plaintiffs, defendants = sides_of(title["name"])
        case = CourtCase(
            court["court"] if court else "", title["number"], title["name"].strip(), "", plaintiffs, defendants
        )
        _add(cases, title["number"], replace(case, url=fields["link"]), _rss_entries(fields, filed, place))
    return list(cases.values())


def _rss_entries(fields: Mapping[str, str], filed: datetime, place: int) -> Iterable[Entry]:
    number = _RSS_ENTRY.search(fields["description"])
    paper = _RSS_ID.search(fields["guid"] + " " + fields["description"])
    native = next((group for group in paper.groups() if group), "") if paper else ""
    for event in _RSS_EVENT.finditer(fields["description"]):
        yield Entry(
            id=(number["number"] if number else native) or f"{filed:%Y%m%d%H%M%S}-{place}",
            filed=filed,
            published=filed,
            number=number["number"] if number else "",
            event=event["event"].strip(),
            url=fields["link"],
        )


def _rss_time(stated: str, document: str, place: int) -> datetime | None:
    if not stated.strip():
        return None
    try:
        moment = parsedate_to_datetime(stated.strip())
    except ValueError:
        raise SourceError(document, f"item {place}: {stated!r} is no time", advice=ADVICE) from None
    return moment if moment.tzinfo else None
