"""All that was found in one article, and the questions that a claim asks of it: which measure, which date, whose words.

Still extraction: what a generic phrase ("the list", "the military blacklist") means follows from the article alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from vacatur.news.article import Article, Span
from vacatur.news.dates import DateMention
from vacatur.news.frames import Sign
from vacatur.news.lexicon import Term, TermKind, lexicon
from vacatur.news.mentions import Form, Mention, Referent
from vacatur.news.people import Person
from vacatur.news.quotes import Quote
from vacatur.news.text import Sentence, sentence_at

_EARLIER = re.compile(r"\b(?:earlier|previous|older|predecessor|another|similar|different|separate)\b")
_OWN = re.compile(r"\b(?:its|their|own|listing)\b")
_BY_AUTHORITY = {
    "dod": ("1260h", "ccmc-1237"),
    "bis": ("entity-list",),
    "ofac": ("ofac-sdn",),
    "state": ("fto",),
    "fcc": ("fcc-covered-list",),
    "dhs": ("uflpa",),
    "eu": ("eu-269-2014",),
    "uk": ("uk-sanctions",),
    "un": ("un-1267",),
}
"""What an authority is taken to have acted under when a text names the authority alone."""
_WHOSE = {"eu": "eu", "european": "eu", "uk": "uk", "british": "uk", "un": "un", "pentagon": "dod"}
_AMERICAN = frozenset({"ofac", "president", "bis", "dod", "state", "fcc", "congress"})
_TERROR = {"eu": "eu-2001-931", "uk": "uk-proscription", "state": "fto"}
"""What an authority's "list" is where the text speaks of lists of terrorists."""

_QAIDA = {"eu": "eu-881-2002", "un": "un-1267"}

_Placed = TypeVar("_Placed", Mention, Person)

_ORDER = re.compile(r"\b(?:orders?|ban)\b")


@dataclass(frozen=True, slots=True)
class Scene:
    """One article with everything found in it; `measures` says what each term for a measure means here."""

    article: Article
    folded: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    groups: Mapping[int, tuple[Mention, ...]]
    terms: tuple[Term, ...]
    dates: tuple[DateMention, ...]
    people: tuple[Person, ...]
    quotes: tuple[Quote, ...]
    topic: Referent | None
    measures: Mapping[Span, tuple[str, ...]]

    def terms_in(self, span: Span, kind: TermKind) -> list[Term]:
        """The terms of a kind inside `span`."""
        return [term for term in within(self.terms, span) if term.kind is kind]

    def speaker_at(self, offset: int) -> str | None:
        """Who says what stands at `offset`, when it is inside a quotation."""
        for quote in self.quotes:
            if quote.span.start <= offset < quote.span.end:
                return quote.speaker
        return None

    def latest_measure(self, before: int) -> tuple[str, ...]:
        """The measure that the paragraph spoke of last; the first of the article where the paragraph spoke of none."""
        here = self.sentences[sentence_at(list(self.sentences), before)].paragraph
        spans = sorted(s for s, ids in self.measures.items() if ids and not _EARLIER.search(s.of(self.folded)))
        earlier = [span for span in spans if span.start < before]
        if earlier and self.sentences[sentence_at(list(self.sentences), earlier[-1].start)].paragraph == here:
            return self.measures[earlier[-1]]
        main = next((span for span in spans if len(self.measures[span]) == 1), spans[0] if spans else None)
        return self.measures[main] if main else ()


def within(items: Iterable[Term], span: Span) -> list[Term]:
    """The items that lie inside `span`."""
    return [item for item in items if span.start <= item.span.start and item.span.end <= span.end]


def resolve_measures(
    article: Article, folded: str, terms: Iterable[Term], found: Iterable[Sentence], dates: Iterable[DateMention]
) -> dict[Span, tuple[str, ...]]:
    """What each term for a measure means: itself, or by phrase, day, authority and what was said before."""
    all_terms, all_dates = list(terms), list(dates)
    named = [term for term in all_terms if term.kind is TermKind.MEASURE]
    seen = {term.ids[0] for term in named if not term.generic}
    meaning: dict[Span, tuple[str, ...]] = {}
    body = "\n".join(span.of(folded) for span in article.body)
    main: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    paragraph = 0
    for sentence in found:
        if sentence.paragraph != paragraph:
            last, paragraph = main, sentence.paragraph
        inside = within(named, sentence.span)
        spelt = next((term.ids for term in inside if not term.generic and not last), ())
        authorities = [t.ids[0] for t in within(all_terms, sentence.span) if t.kind is TermKind.AUTHORITY]
        if any(t.kind is TermKind.COURT and "EU" in t.ids[0] for t in within(all_terms, sentence.span)):
            authorities.append("eu")
        day = _day(article, sentence.span, all_dates)
        for term in inside:
            ids = term.ids
            if term.generic:
                nearest = _authorities_of(folded, sentence.span, term.span, all_terms, authorities)
                told = _about(term.ids, sentence.span.of(folded)) or (() if last else _about(term.ids, body))
                ids = _generic(folded, replace(term, ids=told), last or (() if told else spelt), day, nearest, seen)
            meaning[term.span] = ids
            if (
                len(ids) == 1
                and not (last and term.span.of(folded) == "sanctions")
                and not _EARLIER.search(term.span.of(folded))
            ):
                last = ids
                main = main or ids
    return meaning


def _authorities_of(folded: str, sentence: Span, phrase: Span, terms: list[Term], authorities: list[str]) -> list[str]:
    """Whose list a phrase means: the authority that it names ("the EU list"), else for "its list" the one before."""
    named = next((whose for word, whose in _WHOSE.items() if re.search(rf"\b{word}\b", phrase.of(folded))), None)
    if named is not None:
        return [named]
    before = [t.ids[0] for t in within(terms, sentence) if t.kind is TermKind.AUTHORITY and t.span.end <= phrase.start]
    return before[-1:] if before and _OWN.search(phrase.of(folded)) else authorities


def measure_by_authority(authorities: Iterable[str], last: tuple[str, ...], day: date | None) -> tuple[str, ...]:
    """The measure that an authority alone points to: one already spoken of when it is that authority's."""
    known = lexicon().measures
    for authority in authorities:
        if last and last[0] in _TERROR.values() and authority in _TERROR:
            return (_TERROR[authority],)
        if last and last[0] in _QAIDA.values() and authority in _QAIDA:
            return (_QAIDA[authority],)
        if len(last) == 1 and last[0] in known and known[last[0]].authority == authority:
            return last
        if authority in _BY_AUTHORITY:
            return _in_time(_BY_AUTHORITY[authority], day)
    return ()


def mask(scene: Scene, span: Span) -> str:
    """The folded sentence with each mention replaced, character by character, by the sign of what it is."""
    letters = list(scene.folded[span.start : span.end])
    for part, sign in _signs(scene, span):
        if span.covers(part):
            letters[part.start - span.start : part.end - span.start] = sign * (part.end - part.start)
    return "".join(letters)


def _from(items: tuple[_Placed, ...], span: Span) -> tuple[_Placed, ...]:
    """Those of `items`, which are in order, that begin inside `span`: a long article has thousands."""
    first = bisect_left(items, span.start, key=lambda item: item.span.start)
    return items[first : bisect_left(items, span.end, lo=first, key=lambda item: item.span.start)]


def _signs(scene: Scene, span: Span) -> Iterator[tuple[Span, Sign]]:
    """What to mask in a sentence; a later one covers an earlier."""
    terms = within(scene.terms, span)
    measures = [term.span for term in terms if term.kind is TermKind.MEASURE]
    for term in terms:
        if term.kind is TermKind.AUTHORITY and not any(term.span.meets(part) for part in measures):
            yield term.span, Sign.AUTHORITY
    for term in terms:
        if term.kind is TermKind.COURT:
            yield term.span, Sign.APPEALS if is_appellate(term.ids[0]) else Sign.COURT
    yield from ((person.span, Sign.JUDGE) for person in _from(scene.people, span) if person.judge)
    yield from ((found.span, Sign.DATE) for found in scene.dates)
    yield from ((m.span, Sign.PARTY) for m in _from(scene.mentions, span) if m.form is not Form.POSSESSIVE)
    for part in measures:
        yield part, Sign.ORDER if _is_order(scene, part) else Sign.MEASURE


def _is_order(scene: Scene, part: Span) -> bool:
    known = lexicon().measures
    ids = scene.measures.get(part, ())
    if ids and ids[0] in known:
        return known[ids[0]].shape == "order"
    return bool(_ORDER.search(part.of(scene.folded)))


def is_appellate(court: str) -> bool:
    """Whether a court of the lexicon hears appeals."""
    return court.endswith("Cir.") or court in (
        "US Supreme Court",
        "US appeals court",
        "EU Court of Justice",
        "UK Supreme Court",
        "UK Court of Appeal",
    )


def _day(article: Article, span: Span, dates: list[DateMention]) -> date | None:
    """The day that a sentence speaks of: its own first dated day, else the article's."""
    own = [d.first for d in dates if span.covers(d.span) and d.first is not None]
    return own[0] if own else (article.published.last if article.published else None)


def _generic(
    folded: str, term: Term, last: tuple[str, ...], day: date | None, authorities: list[str], seen: set[str]
) -> tuple[str, ...]:
    phrase = term.span.of(folded)
    known = lexicon().measures
    if _EARLIER.search(phrase):
        return ("ccmc-1237",) if last == ("1260h",) else ()
    if not term.ids:
        elsewhere = bool(authorities) and not any(
            known[name].authority in authorities for name in last if name in known
        )
        own = _OWN.search(phrase) or any(re.search(rf"\b{word}\b", phrase) for word in _WHOSE)
        theirs = measure_by_authority(authorities, last, day) if last and elsewhere and own else ()
        if last:
            return theirs or last
        return measure_by_authority(authorities, last, day) or (tuple(seen) if len(seen) == 1 else ())
    theirs = tuple(name for name in term.ids if known[name].authority in authorities) or tuple(
        name for name in term.ids if "usa" in authorities and known[name].authority in _AMERICAN
    )
    candidates = tuple(name for name in theirs or term.ids if name in seen) or theirs or term.ids
    if last and last[0] in (theirs or term.ids) and _lasted(last[0], day):
        return last
    return _in_time(candidates, day)


def _about(ids: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The measures of `ids` that `text` can be about."""
    known = lexicon().measures
    return tuple(name for name in ids if (about := known[name].about) is None or about.search(text))


def _in_time(ids: tuple[str, ...], day: date | None) -> tuple[str, ...]:
    """The first of `ids` that can be meant on `day`; all of them when the day is not known and they differ in time."""
    if day is None:
        return ids if len(ids) == 1 else ids[:1] if not _bounded(ids) else ids
    return tuple(name for name in ids if _lasted(name, day))[:1]


def _bounded(ids: tuple[str, ...]) -> bool:
    known = lexicon().measures
    return any(known[name].first.year > 1 or known[name].last.year < 9999 for name in ids if name in known)


def _lasted(measure: str, day: date | None) -> bool:
    known = lexicon().measures[measure]
    return day is None or known.first <= day <= known.last
