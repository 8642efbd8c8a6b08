"""Documents of the Federal Register, as its API gives them, to proposed acts.

Reads what https://www.federalregister.gov/developers/documentation/api/v1 returns: one document, many, search results,
and documents on public inspection, whose `filed_at` is when anyone could know (44 U.S.C. 1507: filing is notice). The
words are judged in `notices`. Pure over bytes: nothing is fetched, and no register is asked.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vacatur.law.acts import Act, Document, PublishedBasis
from vacatur.law.moments import Moment
from vacatur.sources.base import SourceError
from vacatur.sources.citations import cited_in
from vacatur.sources.notices import Step, read_notice, read_order
from vacatur.sources.proposals import PartyNames, Proposal, finish

ADVICE = "Nothing was proposed; fetch the document again"
MAX_BYTES = 64 * 2**20
_DATE = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
_EFFECTIVE = re.compile(
    rf"\b(?:effective|applicable|takes? effect|took effect)\b[^.;]{{0,60}}?\b(?P<day>{_DATE})", re.IGNORECASE
)
_NAMED = re.compile(
    r"\bdebarment of (?P<a>[^;]+?),? under\b|\bin the matter of:? (?P<b>[^;]+?)(?:;|$)"
    r"|\bthat each of (?P<c>.+?) met the criteria|\bthe designation of (?P<d>[^;]+?) as\b",
    re.IGNORECASE,
)
_OFAC = "foreign assets control"


@dataclass(frozen=True, slots=True)
class Notice:
    """One document of the Federal Register: the fields that matter here, "" and None where the API gave none."""

    number: str
    title: str
    abstract: str = ""
    published: date | None = None
    filed: datetime | None = None
    effective: date | None = None
    signed: date | None = None
    dates: str = ""
    citation: str = ""
    agencies: tuple[str, ...] = ()
    executive_order: int | None = None
    notes: str = ""
    corrects: str = ""
    url: str = ""
    pdf: str = ""


def read_federal_register(
    data: bytes,
    document: str,
    names: PartyNames | None = None,
    filed: Mapping[str, datetime] | None = None,
) -> list[Proposal]:
    """The acts that documents of the Federal Register suggest.

    Args:
        data: the API's JSON: a document, a list of them, or search results.
        document: its name, for messages.
        names: names by which parties are linked.
        filed: when documents were filed for public inspection, by document number (`read_filings`).

    Raises:
        SourceError: no JSON, or JSON of another shape.
    """
    proposals: list[Proposal] = []
    for notice in read_notices(data, document):
        when = notice.filed or (filed or {}).get(notice.number)
        proposals += propose(notice, names or PartyNames({}), when)
    return finish(proposals)


def read_filings(data: bytes, document: str) -> dict[str, datetime]:
    """When documents were filed for public inspection, by document number.

    Raises:
        SourceError: as `read_federal_register`.
    """
    return {notice.number: notice.filed for notice in read_notices(data, document) if notice.filed}


def read_notices(data: bytes, document: str) -> list[Notice]:
    """The documents in one answer of the API, each number once.

    Raises:
        SourceError: as `read_federal_register`.
    """
    content = load_json(data, document)
    if isinstance(content, dict):
        content = content.get("results", [content] if "document_number" in content else None)
    if not isinstance(content, list):
        raise SourceError(document, "is no answer of the Federal Register API: it has no documents", advice=ADVICE)
    notices: dict[str, Notice] = {}
    for place, item in enumerate(content, 1):
        notice = _notice(item, document, place)
        notices.setdefault(notice.number, notice)
    return list(notices.values())


def propose(notice: Notice, names: PartyNames, filed: datetime | None = None) -> list[Proposal]:
    """The acts that one document suggests; `filed` is when it was put on public inspection."""
    if notice.published is None and notice.effective is None and filed is None:
        return []
    text = f"{notice.title}\n{notice.abstract}"
    mentions = names.mentions(text)
    linked = frozenset().union(*(mention.parties for mention in mentions))
    unlinked = [mention.text for mention in mentions if not mention.parties]
    for match in _NAMED.finditer(text):
        named = next(group for group in match.groups() if group)
        if not names.mentions(named):
            unlinked.append(named)
    return [_proposal(notice, step, text, linked, tuple(dict.fromkeys(unlinked)), filed) for step in _steps(notice)]


def _steps(notice: Notice) -> Sequence[Step]:
    if notice.executive_order:
        return read_order(notice.executive_order, notice.title, notice.notes)
    by_ofac = any(_OFAC in agency.lower() for agency in notice.agencies) or _OFAC in notice.abstract.lower()
    by_state = "department of state sanctions action" in notice.title.lower()
    treasury = by_ofac or by_state or "ofac" in notice.title.lower()
    return read_notice(notice.title, notice.abstract, "ofac-sdn" if treasury else None)


def _proposal(
    notice: Notice,
    step: Step,
    text: str,
    linked: frozenset[str],
    unlinked: tuple[str, ...],
    filed: datetime | None,
) -> Proposal:
    effective, basis = _effective(notice, filed)
    published: Moment | None = filed or notice.published
    ordered = f"Executive Order {notice.executive_order}, " if notice.executive_order else ""
    act = Act(
        id=f"fr-{notice.number}-{step.kind.replace('_', '-')}-{step.measure}",
        kind=step.kind,
        measures=(step.measure,),
        parties=linked,
        effective=effective,
        published=published,
        published_basis=PublishedBasis.STATED if published else PublishedBasis.ASSUMED,
        authority=notice.agencies[-1] if notice.agencies else ("President" if ordered else None),
        citation=f"{ordered}{notice.citation or f'FR Doc. {notice.number}'}",
        summary=notice.title,
        note=basis,
        documents=tuple(Document(notice.title, url) for url in (notice.url, notice.pdf) if url),
        proposed=True,
        refs=tuple(ref for ref in (notice.number, notice.corrects) if ref),
    )
    return Proposal(
        act, step.confidence, text[step.start : step.end], step.why, unlinked, notice.number, cited_in(text)
    )


def _effective(notice: Notice, filed: datetime | None) -> tuple[Moment, str | None]:
    """The legal day, and how it is known where the API does not state it."""
    if notice.effective:
        return notice.effective, None
    if notice.executive_order and notice.signed:
        return notice.signed, "Effective on signing, unless the order says otherwise"
    if match := _EFFECTIVE.search(notice.dates):
        return datetime.strptime(match["day"], "%B %d, %Y").date(), "Effective day read in the DATES paragraph"
    day = notice.published or (filed.date() if filed else None)
    if day is None:
        raise ValueError(f"document {notice.number} has no day")
    return (
        day,
        "No effective day is stated: that of publication is assumed; a notice of sanctions tells of an earlier one",
    )


def _notice(item: object, document: str, place: int) -> Notice:
    if not isinstance(item, dict) or not text_of(item, "document_number") or not text_of(item, "title"):
        raise SourceError(document, f"result {place} has no document number or no title", advice=ADVICE)
    number = text_of(item, "executive_order_number") or text_of(item, "presidential_document_number")
    agencies = item.get("agencies")
    is_order = text_of(item, "subtype") in ("", "Executive Order") and number.isdigit()
    return Notice(
        number=text_of(item, "document_number"),
        title=text_of(item, "title"),
        abstract=text_of(item, "abstract"),
        published=day_of(item, "publication_date", document),
        filed=_filed(item, document),
        effective=day_of(item, "effective_on", document),
        signed=day_of(item, "signing_date", document),
        dates=text_of(item, "dates"),
        citation=text_of(item, "citation"),
        agencies=tuple(text_of(one, "name") for one in agencies if isinstance(one, dict))
        if isinstance(agencies, list)
        else (),
        executive_order=int(number) if is_order else None,
        notes=text_of(item, "disposition_notes") or text_of(item, "executive_order_notes"),
        corrects=text_of(item, "correction_of").rsplit("/", 1)[-1],
        url=text_of(item, "html_url"),
        pdf=text_of(item, "pdf_url"),
    )


def _filed(item: Mapping[str, Any], document: str) -> datetime | None:
    stated = text_of(item, "filed_at")
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise SourceError(document, f"filed_at is no time: {stated!r}", advice=ADVICE) from None
    if moment.tzinfo is None:
        raise SourceError(document, f"filed_at has no zone: {stated!r}", advice=ADVICE)
    return moment


def load_json(data: bytes, document: str) -> Any:
    """The JSON in `data`.

    Raises:
        SourceError: too long, cut, no JSON, or nested beyond belief.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(document, f"is longer than {MAX_BYTES} bytes", advice=ADVICE)
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise SourceError(document, f"is cut or no JSON ({error.msg})", line=error.lineno, advice=ADVICE) from None
    except (UnicodeDecodeError, RecursionError):
        raise SourceError(document, "is no readable JSON", advice=ADVICE) from None


def text_of(item: Mapping[str, Any], key: str) -> str:
    """A text or number of a JSON object with white space folded; "" for anything else."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def day_of(item: Mapping[str, Any], key: str, document: str) -> date | None:
    """A day of a JSON object; None where there is none.

    Raises:
        SourceError: a text that is no day.
    """
    stated = text_of(item, key)
    if not stated:
        return None
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        raise SourceError(document, f"{key} is no day: {stated!r}", advice=ADVICE) from None
