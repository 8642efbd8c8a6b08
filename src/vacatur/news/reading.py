"""The reading of one article: from page to claims with their verdicts, in one call, and as the contract's JSON."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vacatur.law.acts import Act
from vacatur.law.moments import Instant
from vacatur.news.article import Article
from vacatur.news.citations import Citation, find_citations
from vacatur.news.claim import Claim
from vacatur.news.claims import find_claims
from vacatur.news.dates import find_dates
from vacatur.news.enumeration import groups
from vacatur.news.lexicon import find_terms, lexicon
from vacatur.news.mentions import (
    Form,
    Mention,
    Referent,
    capitalised_in,
    main_party,
    named_in,
    names_and_short_names,
)
from vacatur.news.names import NameIndex, build_index, find_names
from vacatur.news.page import read_page
from vacatur.news.people import find_people
from vacatur.news.propose import proposed_acts
from vacatur.news.quotes import Quote, find_quotes
from vacatur.news.record import Record
from vacatur.news.related import Related
from vacatur.news.scene import Scene, resolve_measures
from vacatur.news.standins import with_standins
from vacatur.news.suggest import Model, verified
from vacatur.news.text import fold, sentences
from vacatur.news.verdict import CheckedClaim, Verdict, check
from vacatur.screening.plain import act_json


@dataclass(frozen=True, slots=True)
class Reading:
    """All that came of one article. Offsets are into `article.text`.

    `parties` are those whom the text ties to a list, measure or dispute; `proposed` the acts that it reports and the
    register lacks; `acts` those that the verdicts rest on, by id; `measures` the names of the register's measures;
    `suggested` what a language model pointed at, apart from the claims and judged by the register alone.
    """

    article: Article
    mentions: tuple[Mention, ...]
    parties: tuple[Referent, ...]
    claims: tuple[CheckedClaim, ...]
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    proposed: tuple[Act, ...] = ()
    related: tuple[Related, ...] = ()
    acts: Mapping[str, Act] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    suggested: tuple[CheckedClaim, ...] = ()


def read_article(
    page: bytes | str | Article,
    record: Record,
    *,
    index: NameIndex | None = None,
    url: str | None = None,
    published: date | None = None,
    now: Instant | None = None,
    model: Model | None = None,
) -> Reading:
    """Read a page and check its claims.

    Args:
        page: HTML, text, JSON or a feed, as bytes or text; or an article that is already read.
        record: the register to check against.
        index: `index_of(record)`, when many articles are read.
        url: where the page came from.
        published: its day of publication, when the page does not say.
        now: what "as known now" means; the present moment by default.
        model: a language model to suggest further claims; none by default.

    Raises:
        PageError: the page holds no article.
        ModelError: the model gave no usable answer.
    """
    article = page if isinstance(page, Article) else read_page(page, url=url, published=published)
    scene, claims = extract(article, record, index if index is not None else index_of(record))
    moment = int(time.time()) if now is None else now
    checked = check(claims, record, article.published, moment)
    pointed = verified(scene, model.ask(article.text), claims) if model is not None else []
    suggested = check(pointed, record, article.published, moment)
    return Reading(
        article=article,
        mentions=scene.mentions,
        parties=_parties(claims),
        claims=tuple(checked),
        quotes=scene.quotes,
        citations=tuple(find_citations(article.text)),
        proposed=tuple(proposed_acts(article, checked)),
        acts=_evidence([*checked, *suggested], record, moment),
        measures={name: measure.name for name, measure in record.measures.items()},
        suggested=tuple(suggested),
    )


def _evidence(checked: Iterable[CheckedClaim], record: Record, now: Instant) -> dict[str, Act]:
    cited: dict[str, set[str]] = {}
    for item in checked:
        if item.claim.party.id is not None:
            cited.setdefault(item.claim.party.id, set()).update(item.then.evidence, item.now.evidence)
    return {act.id: act for party, ids in cited.items() if ids for act in record.acts_of(party, now) if act.id in ids}


def index_of(record: Record) -> NameIndex:
    """The automaton over a record's names; build it once for many articles."""
    return build_index(record.names())


def extract(article: Article, record: Record, index: NameIndex) -> tuple[Scene, list[Claim]]:
    """All that an article says, with offsets into its text. Of the record only names and parties are used."""
    folded = fold(article.text)
    found_sentences = sentences(article.text, article.body)
    terms = [term for term in find_terms(folded) if any(span.covers(term.span) for span in article.body)]
    dates = [
        found
        for found in find_dates(article.text, folded, article.published)
        if any(span.covers(found.span) for span in article.body)
    ]
    hits = find_names(index, article.text, folded)
    parties = {party: record.party(party) for party in _ids(hit.parties for hit in hits)}
    named = named_in(article, folded, hits, terms, parties)
    propers = capitalised_in(article, folded, named, terms)
    people = find_people(article.text, folded, propers)
    judges = {person.span for person in people if person.judge}
    eligible = [proper for proper in propers if proper.span not in judges]
    mentions = with_standins(article, folded, names_and_short_names(article, folded, named, eligible), found_sentences)
    scene = Scene(
        article=article,
        folded=folded,
        sentences=tuple(found_sentences),
        mentions=tuple(mentions),
        groups=groups(folded, mentions),
        terms=tuple(terms),
        dates=tuple(dates),
        people=tuple(people),
        quotes=tuple(find_quotes(article, folded, people, mentions, terms)),
        topic=main_party(mentions, article.title),
        measures=resolve_measures(article, folded, terms, found_sentences, dates),
    )
    return scene, find_claims(scene)


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as the contract's `read` document."""
    article = reading.article
    tied = {party.key for party in reading.parties}
    published = article.published
    return {
        "article": {
            "title": article.title,
            "published": published_text(article),
            "published_basis": published.basis if published else None,
            "author": article.author,
            "url": article.url,
            "text": article.text,
        },
        "parties": [_party(party) for party in reading.parties],
        "mentions": [
            _mention(article, mention, tied)
            for mention in reading.mentions
            if mention.form is not Form.POSSESSIVE
            and (mention.sure or any(party.key in tied for party in mention.parties))
        ],
        "claims": [_claim(reading, checked) for checked in reading.claims],
        "suggested": [_claim(reading, checked) for checked in reading.suggested],
        "quotes": [
            {
                "speaker": quote.speaker,
                "text": quote.span.of(article.text),
                "start": quote.span.start,
                "end": quote.span.end,
            }
            for quote in reading.quotes
        ],
        "citations": [
            {"kind": c.kind, "text": c.text, "start": c.span.start, "end": c.span.end} for c in reading.citations
        ],
        "related": [
            {"id": item.id, "title": item.title, "url": item.url, "score": item.score, "likeness": item.likeness}
            for item in reading.related
        ],
        "proposed": [
            {
                "act": act.id,
                "kind": act.kind,
                "measure": act.measures[0],
                "parties": sorted(act.parties or ()),
                "effective": str(act.effective),
                "sentence": act.summary,
                "source": act.documents[0].url or act.documents[0].title,
            }
            for act in reading.proposed
        ],
    }


def published_text(article: Article) -> str | None:
    """When the article appeared, as precisely as it says: a day, a month or a year."""
    return _day(article.published.first, article.published.last) if article.published else None


def _parties(claims: Iterable[Claim]) -> tuple[Referent, ...]:
    return tuple({claim.party.key: claim.party for claim in claims if claim.party.caption}.values())


def _party(party: Referent) -> dict[str, Any]:
    return {"id": party.id, "caption": party.caption}


def _mention(article: Article, mention: Mention, tied: set[str]) -> dict[str, Any]:
    """A mention; `party` is null for a bystander, for an ambiguous name and for a word that stands for several."""
    meant = mention.parties[0] if len(mention.parties) == 1 else None
    is_party = meant is not None and not mention.side and meant.key in tied
    return {
        "text": mention.span.of(article.text),
        "start": mention.span.start,
        "end": mention.span.end,
        "party": _party(meant) if meant is not None and is_party else None,
        "score": {Form.NAME: 1.0, Form.SHORT: 0.95, Form.UNLISTED: 0.6}.get(mention.form, 0.8),
        "form": mention.form,
        "role": "party" if is_party else "bystander" if meant else "ambiguous" if mention.candidates else "several",
        "candidates": [*mention.candidates, *(p.id or p.caption for p in mention.parties if len(mention.parties) > 1)],
    }


def _claim(reading: Reading, checked: CheckedClaim) -> dict[str, Any]:
    claim = checked.claim
    cited = dict.fromkeys((*checked.then.evidence, *checked.now.evidence))
    return {
        "sentence": claim.sentence.of(reading.article.text),
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "party": _party(claim.party) if claim.party.caption else None,
        "measure": checked.measure,
        "measures": list(claim.measures),
        "measure_name": reading.measures.get(checked.measure or ""),
        "kind": claim.kind,
        "date": claim.date.iso if claim.date else None,
        "court": claim.court,
        "judge": claim.judge,
        "authority": lexicon().authorities.get(claim.authority or ""),
        "negated": claim.negated,
        "modality": claim.modality,
        "asserted_by": claim.asserted_by,
        "confidence": claim.confidence,
        **_verdict(checked.then),
        "as_known_now": _verdict(checked.now),
        "acts": [act_json(reading.acts[name]) for name in cited if name in reading.acts],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"verdict": verdict.outcome, "evidence": list(verdict.evidence), "note": verdict.note or None}


def _day(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def _ids(several: Iterable[tuple[str, ...]]) -> set[str]:
    return {party for ids in several for party in ids}
