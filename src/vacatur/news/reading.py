"""The reading of one article, from page to claims and quotes: extraction alone, fixed before any act is asked."""

from collections.abc import Iterable

from vacatur.news.article import Article
from vacatur.news.claims import Claim, find_claims
from vacatur.news.dates import find_dates
from vacatur.news.lexicon import find_terms
from vacatur.news.mentions import capitalised_in, find_mentions, groups, main_party, named_in
from vacatur.news.names import NameIndex, build_index, find_names
from vacatur.news.people import find_people
from vacatur.news.quotes import find_quotes
from vacatur.news.record import Record
from vacatur.news.scene import Scene, resolve_measures
from vacatur.news.text import fold, sentences


def index_of(record: Record) -> NameIndex:
    """The automaton over a record's names; build it once for many articles."""
    return build_index(record.names())


def extract(article: Article, record: Record, index: NameIndex) -> tuple[Scene, list[Claim]]:
    """All that an article says, with offsets into its text. Of the record only names and parties are used."""
    folded = fold(article.text)
    found_sentences = sentences(article.text, article.body)
    terms = [term for term in find_terms(folded) if any(span.covers(term.span) for span in article.body)]
    dates = [d for d in find_dates(article.text, folded, article.published) if any(s.covers(d.span) for s in article.body)]
    hits = find_names(index, article.text, folded)
    parties = {id: record.party(id) for id in _ids(hit.parties for hit in hits)}
    named = named_in(article, folded, hits, terms, parties)
    propers = capitalised_in(article, folded, named, terms)
    people = find_people(article.text, folded, propers)
    judges = {person.span for person in people if person.judge}
    mentions = find_mentions(
        article, folded, named, [p for p in propers if p.span not in judges], found_sentences
    )
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


def _ids(groups_of_ids: Iterable[tuple[str, ...]]) -> set[str]:
    return {id for ids in groups_of_ids for id in ids}
