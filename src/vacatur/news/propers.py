"""Capitalised names that no register knows: companies by their form, persons by their title, and the undecided.

A recogniser without a model: it proposes spans, and `claims` takes one as a party only where a sentence's build leaves
no other reading.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vacatur.news.article import Span
from vacatur.news.lexicon import lexicon

_WORD = r"(?:[A-Z]\.(?=\s?[A-Z])|[A-Z][\wÀ-ÿ+&]*(?:-[\wÀ-ÿ]+)*)"
_SUFFIX = (
    r"(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|plc|JSC|OJSC|OOO|AO|AG|SA|GmbH|BV|NV|PBC|Pte)\b\.?"
)
_CHUNK = re.compile(
    rf"{_WORD}(?:(?:,? (?={_SUFFIX}(?! [A-Z]))| (?:of the |of |de |da |do |dos |bin |van |von |al |& )?"
    rf"|(?<=Coal|ence|ring|arch|rade|logy|stry) and )(?:{_SUFFIX}|{_WORD}))*"
)
_COMPANY_END = re.compile(rf"(?:{_SUFFIX}|\b(?:Group|Holdings?|Technolog(?:y|ies)|Industries|Systems|Bank|Labs?|Motors|"
                          r"Semiconductors?|Telecom|Electronics|Academy|Institute|University))$|\b(?:Academy|Institute|"
                              r"University|Bank|Ministry) of\b")  # fmt: skip
_COMPANY_BEFORE = re.compile(
    r"(?:compan(?:y|ies)|firms?|maker|makers|manufacturer|producer|supplier|giant|vendor|developer|"
    r"startup|start-up|group|"
    r"subsidiary|affiliate|unit|parent|brand|operator|carrier|foundry|lender|shipbuilder|chipmaker|"
    r"conglomerate) (?:called )?$"
)
_TITLE_BEFORE = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen)\.|\b(?:judge|justice|president|secretary|minister|"
    r"senator|chairman|chairwoman|"
    r"chief executive|ceo|cfo|founder|co-founder|spokes(?:man|woman|person)|lawyer|attorney|analyst|director|tycoon|"
    r"businessman|businesswoman|oligarch|billionaire|magnate|driver|boss|head|wife|husband|son|daughter|"
    r"official|prosecutor|"
    r"professor|trader|broker|partner|leader|officer|commissioner|counsel|critic|researcher),?) $"
)


_PLACES = frozenset(
    {
        "xinjiang",
        "beijing",
        "shanghai",
        "shenzhen",
        "moscow",
        "tehran",
        "hong",
        "chinese",
        "china",
        "russian",
        "russia",
        "national",
    }
)
"""Words that begin the names of institutions as often as they only describe one."""


_NO_NAME = re.compile(r"[A-Z][a-z]+(?:ed|ing|ly)")
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ese|ian|ean|ish|ani) [a-z]")
_OF_PLACE = re.compile(r" of (?:the )?([A-Z][\w]+)$")


class Sort(StrEnum):
    """What a capitalised name seems to name."""

    COMPANY = "company"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proper:
    """A capitalised name and what it seems to name."""

    span: Span
    sort: Sort


def find_propers(text: str, folded: str, taken: Iterable[Span]) -> list[Proper]:
    """Capitalised names in `text` outside the spans already `taken`, in order."""
    masked = list(re.sub(r"(?<=[a-z]\.) (?=[A-Z])", "\n", text))
    for span in taken:
        masked[span.start : span.end] = "\n" * (span.end - span.start)
    found = []
    for match in _CHUNK.finditer("".join(masked)):
        name = _trimmed(text, Span(*match.span()))
        if name is not None:
            found.append(Proper(name, _sort(text, folded, name)))
    return found


def _trimmed(text: str, span: Span) -> Span | None:
    """Without leading words that begin a sentence or name a nation; None when nothing is left."""
    start = span.start
    while start < span.end:
        word = re.compile(r"[^\s]+").match(text, start, span.end)
        if word is None:
            return None
        lower = word.group().lower().rstrip(".")
        if lower not in lexicon().not_names or (lower in _PLACES and _COMPANY_END.search(text[start : span.end])):
            break
        start = word.end() + 1
    if _NO_NAME.fullmatch(text[start : span.end]) or _DEMONYM.match(text[start : span.end + 3]):
        return None
    if span.end - start < 2 or re.fullmatch(rf"(?:{_SUFFIX} ?)+", text[start : span.end]):
        return None
    place = _OF_PLACE.search(text, start, span.end)
    return Span(start, place.start() if place and place[1].lower() in lexicon().not_names else span.end)


def _sort(text: str, folded: str, span: Span) -> Sort:
    before = folded[max(0, span.start - 40) : span.start]
    words = span.of(text).split()
    if _COMPANY_END.search(span.of(text)) or _COMPANY_BEFORE.search(before):
        return Sort.COMPANY
    if _TITLE_BEFORE.search(before) and len(words) <= 5:
        return Sort.PERSON
    return Sort.OTHER
