"""Court dockets to proposed acts: CourtListener's API and webhooks, RECAP dockets, and the courts' RSS feeds.

The shapes are those of https://www.courtlistener.com/help/api/rest/v4/ (dockets, docket entries, search results of
RECAP), of its webhooks (https://www.courtlistener.com/help/api/webhooks/), of juriscraper's dockets, and of the RSS 2.0
feeds of PACER. `court_payloads` turns all of them into cases with entries; here each entry's words (`rulings`) become
acts. Pure over bytes: nothing is fetched, no register is asked, and no webhook is answered.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from vacatur.law.acts import Act, Document
from vacatur.law.kinds import Effect
from vacatur.law.moments import Moment
from vacatur.sources.base import SourceError
from vacatur.sources.citations import cite_entry, cited_in, court_name, docket_number, executive_orders
from vacatur.sources.court_payloads import CourtCase, Entry, read_cases
from vacatur.sources.federal_register import ADVICE, load_json, text_of
from vacatur.sources.notices import lists_in
from vacatur.sources.proposals import UNIDENTIFIED, PartyNames, Proposal, finish
from vacatur.sources.rulings import Ruling, read_event, read_rulings

EVENTS = {
    "1": "docket alert",
    "2": "search alert",
    "3": "recap fetch",
    "4": "old docket alerts report",
    "5": "pray and pay",
}
"""What CourtListener's webhooks tell, by `event_type`."""

_JUDGE = re.compile(r"\bJ(?:udge|UDGE) (?P<name>[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|[A-Z]\.)){1,3})")
_ELSEWHERE = re.compile(
    r"\b(?:order (?:from|of) the (?P<court>Supreme Court|District Court)\b.{0,20}?dated (?P<day>\d{1,2}/\d{1,2}/\d{4})"
    r"|copy of (?P<court2>District Court) order filed on (?P<day2>\d{1,2}/\d{1,2}/\d{4})"
    r"|(?P<court3>Supreme Court) Case Info.*?Ruling: [\w/ ]+, (?P<day3>\d{1,2}/\d{1,2}/\d{4}))",
    re.IGNORECASE | re.DOTALL,
)
_UNTIL = re.compile(
    r"\b(?:until|through|expires? on|up to and including)\s+(?P<day>\d{1,2}/\d{1,2}/\d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})"
)
_DAYS = ("%m/%d/%Y", "%B %d, %Y")
_RELIEF = frozenset(
    {"temporary_restraining_order", "preliminary_injunction_granted", "permanent_injunction", "stay_granted", "vacated"}
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook: its key (the same when CourtListener sends it again), what it tells, and what it suggests."""

    key: str
    event: str
    version: int
    created: datetime | None
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...] = ()


def read_court_documents(
    data: bytes,
    document: str,
    names: PartyNames | None = None,
    measures: Mapping[str, Sequence[str]] | None = None,
    cases: Mapping[str, CourtCase] | None = None,
) -> list[Proposal]:
    """The acts that a docket, docket entries, search results or an RSS feed suggest.

    Args:
        data: JSON of CourtListener or juriscraper, or the XML of a court's RSS feed.
        document: its name, for messages.
        names: names by which parties are linked.
        measures: for a case that is watched, by docket number, the measures it is about.
        cases: cases by CourtListener's docket id, for entries that say only the id of their docket.

    Raises:
        SourceError: what is none of these; says which document and what to do.
    """
    proposals: list[Proposal] = []
    for case in read_cases(data, document, cases or {}):
        proposals += propose(case, names or PartyNames({}), measures or {})
    return proposals


def read_webhook(
    body: bytes,
    headers: Mapping[str, str],
    names: PartyNames | None = None,
    measures: Mapping[str, Sequence[str]] | None = None,
    cases: Mapping[str, CourtCase] | None = None,
) -> Delivery:
    """What one webhook of CourtListener says; whoever receives it drops a delivery whose key was seen before.

    Args:
        body: the request's body.
        headers: its headers; `Idempotency-Key` is needed, in any case of letters.
        names: as for `read_court_documents`.
        measures: as there.
        cases: as there.

    Raises:
        SourceError: no key, or a body that is no webhook.
    """
    where = "webhook of CourtListener"
    key = next((value for name, value in headers.items() if name.lower() == "idempotency-key"), "").strip()
    if not key:
        raise SourceError(
            where, "has no Idempotency-Key header", advice="Refuse it: it can't be told from a repetition"
        )
    content = load_json(body, where)
    envelope = content.get("webhook") if isinstance(content, dict) else None
    payload = content.get("payload") if isinstance(content, dict) else None
    if not isinstance(envelope, dict) or not isinstance(payload, dict):
        raise SourceError(where, "has no payload or no webhook in it", advice=ADVICE)
    event = EVENTS.get(text_of(envelope, "event_type"), f"event {text_of(envelope, 'event_type')}")
    created = _time(text_of(envelope, "date_created"))
    version = int(text_of(envelope, "version") or 0)
    if event not in ("docket alert", "search alert"):
        return Delivery(key, event, version, created, (), (f"a {event} tells of no act",))
    proposals = read_court_documents(body, where, names, measures, cases)
    if created is not None:
        proposals = [replace(one, act=replace(one.act, published=_earlier(one.act, created))) for one in proposals]
    return Delivery(key, event, version, created, tuple(proposals))


def propose(case: CourtCase, names: PartyNames, measures: Mapping[str, Sequence[str]]) -> list[Proposal]:
    """The acts that the entries of one case suggest, in legal order, each step once."""
    texts = {entry.number: entry.text for entry in case.entries if entry.number}
    plaintiffs, defendants = "; ".join(case.plaintiffs), "; ".join(case.defendants)
    found: dict[tuple[str, Moment, str], Proposal] = {}
    for place, entry in enumerate(sorted(case.entries, key=lambda one: str(one.filed))):
        if entry.text:
            rulings = read_rulings(entry.text, lambda number: texts.get(number, ""), plaintiffs, defendants)
        else:
            rulings = read_event(entry.event, bool(entry.number))
        for ruling in rulings:
            proposal = _proposal(case, entry, ruling, place, names, measures)
            found.setdefault((ruling.kind, proposal.act.effective, proposal.act.court or ""), proposal)
    return finish(found.values())


def _proposal(
    case: CourtCase,
    entry: Entry,
    ruling: Ruling,
    place: int,
    names: PartyNames,
    measures: Mapping[str, Sequence[str]],
) -> Proposal:
    said = entry.text or entry.event
    linked, unlinked = _parties(case, names)
    court, effective = _decided(case, entry)
    number = docket_number(case.number)
    about = _measures(case, said, measures.get(number) or measures.get(case.number) or ())
    day = effective.date() if isinstance(effective, datetime) else effective
    judge = _JUDGE.search(said)
    act = Act(
        id="-".join(filter(None, (f"court-{case.court}-{number}-{entry.id}", ruling.kind.replace("_", "-")))),
        kind=ruling.kind,
        measures=about,
        parties=linked,
        effective=effective,
        until=_until(said, effective) if ruling.kind in _RELIEF else None,
        published=max(entry.published, effective, key=str),
        effect=Effect.NONE if ruling.kind == "stay_granted" and ruling.on != "listing" else None,
        sequence=place,
        court=court,
        judge=judge["name"] if judge else case.judge or None,
        case=f"{case.name}, No. {number}",
        citation=cite_entry(case.name, number, entry.number or None, case.court, day),
        summary=" ".join(said.split())[:500],
        scope="Granted in part" if ruling.partial else None,
        note=_note(ruling),
        documents=(
            Document(f"Docket of {case.name}, entry {entry.number or entry.id}", entry.url or case.url or None),
        ),
        proposed=True,
        refs=(f"{case.court}/{number}/{entry.id}",),
    )
    return Proposal(
        act, ruling.confidence, said[ruling.start : ruling.end].strip(), ruling.why, unlinked, entry.id, cited_in(said)
    )


def _note(ruling: Ruling) -> str | None:
    partial = "Granted in part: on accepting it, name in `only` the consequences it reaches" if ruling.partial else None
    return "; ".join(text for text in (ruling.note, partial) if text) or None


def _parties(case: CourtCase, names: PartyNames) -> tuple[frozenset[str], tuple[str, ...]]:
    """The plaintiffs that are known by name, and those that are not: relief is for who asked for it."""
    linked: set[str] = set()
    unlinked: list[str] = []
    for plaintiff in case.plaintiffs:
        parties = names.of(plaintiff) or frozenset().union(*(one.parties for one in names.mentions(plaintiff)))
        linked |= parties
        if not parties:
            unlinked.append(plaintiff)
    return frozenset(linked), tuple(unlinked)


def _decided(case: CourtCase, entry: Entry) -> tuple[str, Moment]:
    """Which court decided and when: another one, where the entry only passes its order on."""
    match = _ELSEWHERE.search(entry.text)
    if match is None:
        return court_name(case.court), entry.filed
    court = match["court"] or match["court2"] or match["court3"]
    day = _day(match["day"] or match["day2"] or match["day3"])
    name = court_name("scotus") if court.lower() == "supreme court" else "District Court"
    return name, day or entry.filed


def _measures(case: CourtCase, said: str, given: Sequence[str]) -> tuple[str, ...]:
    """The measures given for the case, else those that the entry or the case's name calls by name."""
    if given:
        return tuple(given)
    text = f"{said} {case.name}"
    named = [measure for _, _, measure in lists_in(text)]
    named += [f"eo-{number}" for number in executive_orders(text)]
    return tuple(dict.fromkeys(named)) or (UNIDENTIFIED,)


def _until(said: str, effective: Moment) -> date | None:
    match = _UNTIL.search(said)
    day = _day(match["day"]) if match else None
    began = effective.date() if isinstance(effective, datetime) else effective
    return day if day and day >= began else None


def _day(printed: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(printed, form).date()
        except ValueError:
            continue
    return None


def _time(stated: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _earlier(act: Act, created: datetime) -> Moment | None:
    """The publication of an act that a webhook tells: not later than the webhook was made."""
    published = act.published
    if published is None or isinstance(published, datetime):
        return published
    return min(published, created.date())
