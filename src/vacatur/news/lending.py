"""What claims of one article lend one another, and what the sentences around a claim tell of its day, court and judge.

A claim keeps what its own sentence states; only an empty slot is filled, and only where nothing in the article differs.
"""

import re
from dataclasses import replace

from vacatur.news.article import Span
from vacatur.news.claim import COURT_KINDS, LISTINGS, Claim
from vacatur.news.dates import DateMention
from vacatur.news.frames import Sign
from vacatur.news.lexicon import TermKind
from vacatur.news.scene import Scene, is_appellate, mask
from vacatur.news.text import dateline, sentence_at

_MADE_PUBLIC = LISTINGS | COURT_KINDS - {"complaint_filed", "appealed"}
_RULED_ON = re.compile(
    rf"(?:[{Sign.COURT}{Sign.APPEALS}]|\b(?:court|judges?|panel))(?: panel| judges?)? (?:(?:ruled|decided|held|"
    rf"said|found|sided)(?: on| late)* "
    rf"(?P<day3>{Sign.DATE}+)|(?:on |late )*(?P<day4>{Sign.DATE}+) (?:ruled|decided|held|said|found|sided|handed))|"
    rf"\b(?:made|issued|delivered|handed down) (?:the|its|his|her|that) (?:decision|ruling|order|judge?ment)(?: on|"
    rf" late)* (?P<day5>{Sign.DATE}+)|"
    rf"\b(?:in|on) (?:an?|the|her|his|its) (?:[\w-]+ ){{0,2}}?(?:ruling|decision|order|opinion)(?: (?:issued|"
    rf"released|dated|on|late|"
    rf"handed down|early|of))* (?P<day>{Sign.DATE}+)|(?P<day2>{Sign.DATE}+)'s (?:ruling|decision|order|opinion)"
)
_ANNOUNCED_ON = re.compile(
    rf"\b(?:decision|move|action|announcement|designations?|additions?|update|rule|step|notice|"
    rf"list)[^,;]{{0,40}},? (?:which )?(?:was |were )?"
    rf"(?:announced|published|issued|released|posted|made public|unveiled|dated)(?: [^,;.]{{0,30}}?)?(?: on| late|"
    rf" early)* (?P<day>{Sign.DATE}+)"
)
_TOOK_EFFECT_ON = re.compile(
    r"\b(?:removals?|delistings?|designations?|listings?|additions?|changes?|moves?) "
    rf"(?:took|takes|taking|came|became) (?:effect|effective|into force)(?: on| as of)* "
    rf"(?:{Sign.DATE}+, )?(?P<day>{Sign.DATE}+)"
)
_ALSO = re.compile(
    r"\b(?:also|too|as well|another|newcomers?|in the same|at the same time|the same day|among (?:the|those|other)|"
    r"likewise|(?:other|new) additions|(?:the|its) (?:decision|move|action|update|addition|step|rule)s? "
    r"(?:also )?(?:targets?|targeted|hits?|covers?|includes?))\b"
)
_CLOCK = re.compile(r"\W*\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?\b")
_LOOKS_BACK = re.compile(r"\b(?:how we got|reminder|background|so far|earlier|recap|had)\b")
_RULINGS = COURT_KINDS - {"complaint_filed", "appealed", "denied"}
_OF_APPEALS = re.compile(r"\b(?:circuit|appeals?|senior) judge [A-Za-z]")


def lend(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """Claims of one party and kind tell of one event unless they differ: they share date, court and judge."""
    shared = [_completed(scene, claim, [other for other in claims if _alike(claim, other)]) for claim in claims]
    return [_dated(scene, claim, shared) for claim in shared]


def _completed(scene: Scene, claim: Claim, same: list[Claim]) -> Claim:
    courts = {other.court for other in same if other.court and not other.court.startswith("US ")}
    dates = {other.date.iso for other in same if other.date}
    if len(dates) > 1 or len(courts) > 1 or len({other.measure for other in same if other.measure}) > 1:
        return claim
    judges = [other.judge for other in same if other.judge]
    return replace(
        claim,
        date=claim.date or next((other.date for other in same if other.date), None),
        judge=claim.judge or (judges[0] if judges else _only_judge(scene, claim)),
        court=next(iter(courts), None)
        or claim.court
        or next((other.court for other in same if other.court), None)
        or _court_nearby(scene, claim),
    )


def _alike(claim: Claim, other: Claim) -> bool:
    return (other.party.key, other.kind, other.negated) == (claim.party.key, claim.kind, claim.negated)


def _only_judge(scene: Scene, claim: Claim) -> str | None:
    """The one judge that the article names, when the sentence next to a trial court's ruling does."""
    judges = {person.name for person in scene.people if person.judge}
    if len(judges) != 1 or claim.negated or claim.kind not in _RULINGS:
        return None
    if claim.court and is_appellate(claim.court) and not _OF_APPEALS.search(scene.folded):
        return None
    here = sentence_at(list(scene.sentences), claim.sentence.start)
    near = scene.sentences[max(0, here - 1) : here + 3]
    told = any(person.judge and s.span.covers(person.span) for person in scene.people for s in near)
    return judges.pop() if told else None


def _court_nearby(scene: Scene, claim: Claim) -> str | None:
    """The one court that the sentences around a ruling name, those about an appeal aside."""
    if claim.kind not in _RULINGS or claim.negated:
        return None
    here = sentence_at(list(scene.sentences), claim.sentence.start)
    near = [s.span for s in scene.sentences[max(0, here - 1) : here + 2] if s.span != claim.sentence]
    told = {
        term.ids[0]
        for span in near
        if not re.search(r"\bappeal(?:ed|s|ing)?\b(?! (?:for|court))", span.of(scene.folded))
        for term in scene.terms_in(span, TermKind.COURT)
        if not term.generic
    }
    return told.pop() if len(told) == 1 else None


def _dated(scene: Scene, claim: Claim, claims: list[Claim]) -> Claim:
    """With the day that a neighbouring sentence gives, where its own has none but that of telling it."""
    if claim.date is not None and not _told_on(scene, claim):
        return claim
    return replace(claim, date=_date_nearby(scene, claim, claims) or claim.date)


def _told_on(scene: Scene, claim: Claim) -> bool:
    assert claim.date is not None  # noqa: S101 asked only of dated claims
    before = scene.folded[max(0, claim.date.span.start - 20) : claim.date.span.start]
    return claim.kind in COURT_KINDS and bool(re.search(r"\b(?:announced|said|reported|disclosed)(?: on)? $", before))


def _date_nearby(scene: Scene, claim: Claim, claims: list[Claim]) -> DateMention | None:
    """The day of a claim whose sentence gives none: of its ruling or announcement, of what it was "also" part of."""
    if claim.negated or claim.kind == "remains_listed":
        return None
    here = sentence_at(list(scene.sentences), claim.sentence.start)
    near = scene.sentences[max(0, here - 2) : here + 3]
    if claim.kind in _MADE_PUBLIC:
        for other in near:
            masked = mask(scene, other.span)
            told = (_RULED_ON.search(masked) if claim.kind in COURT_KINDS else None) or _ANNOUNCED_ON.search(masked)
            if told is None and claim.kind in LISTINGS:
                told = _TOOK_EFFECT_ON.search(masked)
            if told:
                at = other.span.start + told.end(told.lastgroup or 0) - 1
                return next((found for found in scene.dates if found.span.start <= at < found.span.end), None)
    if claim.kind in LISTINGS and _ALSO.search(claim.sentence.of(scene.folded)):
        return _led_by(scene, here, claim) or next(
            (
                other.date
                for other in reversed(claims)
                if other.date
                and (other.kind, other.measures) == (claim.kind, claim.measures)
                and other.trigger < claim.trigger
                and sentence_at(list(scene.sentences), other.sentence.start) >= here - 3
            ),
            None,
        )
    return _by_the_clock(scene, here)


def _led_by(scene: Scene, here: int, claim: Claim) -> DateMention | None:
    """The day in the sentence before that tells of the same list: "… on Monday widened the list. It targets X"."""
    before = scene.sentences[here - 1].span if here else None
    if before is None:
        return None
    same = any(scene.measures.get(t.span) == claim.measures for t in scene.terms_in(before, TermKind.MEASURE))
    lead = dateline(scene.article.text, before)
    return next((d for d in scene.dates if before.covers(d.span) and d.span.start >= lead.end), None) if same else None


def _by_the_clock(scene: Scene, here: int) -> DateMention | None:
    """In a live report the day is that of publication: its paragraphs begin with the time."""
    published = scene.article.published
    paragraph = [s.span for s in scene.sentences if s.paragraph == scene.sentences[here].paragraph]
    clock = _CLOCK.match(paragraph[0].of(scene.folded))
    told = " ".join(span.of(scene.folded) for span in paragraph)
    if clock is None or published is None or published.first != published.last or _LOOKS_BACK.search(told):
        return None
    span = Span(paragraph[0].start + clock.start(), paragraph[0].start + clock.end())
    return DateMention(span, span.of(scene.article.text), published.first, published.last)
