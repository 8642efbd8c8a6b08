"""The slots of one claim as its own sentence fills them: measure, date, court and judge, authority.

Each is what stands nearest to the trigger and can belong to it; what is said elsewhere is lent in `lending`.
"""

import re

from vacatur.news.article import Span
from vacatur.news.claim import BROUGHT, LISTINGS
from vacatur.news.dates import DateMention
from vacatur.news.lexicon import TermKind, lexicon
from vacatur.news.mentions import Referent
from vacatur.news.scene import Scene, is_appellate, measure_by_authority
from vacatur.news.text import dateline

_SANCTIONS = ("ofac-sdn", "eo-14203", "eo-13928", "uk-sanctions")
_SANCTIONS_OF = {"eu": "eu-269-2014", "uk": "uk-sanctions"}
_ON_APPEAL = frozenset({"affirmed", "reversed_on_appeal"})
_NEAR = 160
"""Characters after a trigger within which a list is taken to be its own."""
_BEFORE = re.compile(r"\b(?:once before|previously|before that|for the first time)\b")
_NOT_EVENT_DATE = re.compile(
    r"\b(?:until|till|by|before|from|due(?: on)?|effective (?:until|from)|through|between|than|expires?|"
    r"starting|deadline of|back to|following|since)(?: (?:the|early|late|mid))? ?$"
)
_SINCE = re.compile(r"\bsince (?:early |late |mid-?)?$")
_OF_A_THING = re.compile(
    r"^(?: and \S+)? (?:listings?|designations?|orders?|decisions?|rules?|awards?|reports?|laws?|settlement)\b"
)
_THING_OF = re.compile(
    r"\b(?:judge?ments?|rulings?|decisions?|orders?|listings?|designations?|acts?|rules?|laws?|letters?|settlements?)"
    r" of (?:early |late |mid-?)?$"
)
_SIGNED = re.compile(r"\b(?:signed|issued|adopted|published|argued|wrote) (?:on |in )?$")
_TOLD_THAT = re.compile(
    r"\b(?:ruled|said|found|held|argued|wrote|told|announced|decided)\b.*\b(?:when|after|because)\b"
)
_REDUCED = re.compile(r"(?:law)?suits?|cases?|challenges?|complaints?|actions?")
"""A trigger in a noun phrase ("the challenge brought by Huawei"): a day before it is that of the sentence's verb."""
_SUBORDINATE = re.compile(r"\b(?:after|because|since|following)\b")
_BREAK = re.compile(r"[,;:]|\b(?:after|because|while|but|and|when|which|who|that|before|said|says|as)\b")
_APP_ORDERS = ("eo-13942", "eo-13943")


def of_party(measures: tuple[str, ...], party: Referent) -> tuple[str, ...]:
    """Of two orders of one day, each about an app of its own, the one about the party."""
    known = lexicon().measures
    if len(measures) == 1 and measures[0] in _APP_ORDERS:
        own = [name for name in _APP_ORDERS if (about := known[name].about) and about.search(party.caption.lower())]
        return (own[0],) if own else measures
    return measures


def by_measure(kind: str, measures: tuple[str, ...]) -> str:
    """To be put under an order is to have it imposed; to come out from under it, to have it lifted."""
    word = lexicon().measures.get(measures[0]) if len(measures) == 1 else None
    if word is not None and word.shape == "order" and word.id not in ("eo-14203", "eo-13928", "10usc3252", "41usc4713"):
        return {"designated": "order_imposed", "delisted": "order_lifted"}.get(kind, kind)
    if word is not None and word.shape == "list" and kind in ("order_imposed", "order_lifted"):
        return {"order_imposed": "designated", "order_lifted": "delisted"}[kind]
    return kind


def measures_of(scene: Scene, sentence: Span, verb: Span, kind: str) -> tuple[tuple[str, ...], bool]:
    """The measure meant, and whether the sentence itself says it."""
    last = scene.latest_measure(sentence.end if kind == "settled" else verb.start)
    if kind == "settled":
        return last, False
    word = verb.of(scene.folded)
    said = sorted(
        scene.terms_in(sentence, TermKind.AUTHORITY),
        key=lambda term: (term.span.start > verb.start, abs(term.span.start - verb.start)),
    )
    authorities = [term.ids[0] for term in said]
    terms = [term for term in scene.terms_in(sentence, TermKind.MEASURE) if scene.measures.get(term.span)]
    after = [term for term in terms if 0 <= term.span.start - verb.start <= _NEAR]
    if authorities[:1] == ["other"] and not any(not term.generic for term in after):
        return ("elsewhere",), True
    if "sanction" in word and not after:
        return _sanctions(authorities, last), False
    chosen = min(
        after or terms,
        key=lambda term: (bool(after) and term.generic and not term.ids, abs(term.span.start - verb.start)),
        default=None,
    )
    if chosen is not None:
        ids = scene.measures[chosen.span]
        if ids == ("eo-13959",) and ("ccmc-1237",) in scene.measures.values():
            return ("ccmc-1237",), False
        return ids, not chosen.generic
    day = scene.article.published.last if scene.article.published else None
    own: tuple[str, ...] = ()
    if last in (("1260h",), ("ccmc-1237",)) and _BEFORE.search(sentence.of(scene.folded)):
        own = ("ccmc-1237", "1260h")
    elif "blacklist" in word or kind in LISTINGS:
        own = measure_by_authority(authorities, last, day)
    return own or last, False


def _sanctions(authorities: list[str], last: tuple[str, ...]) -> tuple[str, ...]:
    """What "sanctioned" means: the sanctions that the article spoke of, else those of the authority named."""
    own = next((_SANCTIONS_OF[name] for name in authorities if name in _SANCTIONS_OF), None)
    if own is not None:
        return (own,)
    return last if last and last[0] in _SANCTIONS else ("ofac-sdn",)


def date_of(
    scene: Scene, sentence: Span, masked: str, verb: Span, triggers: list[Span], kind: str
) -> DateMention | None:
    """The date that belongs to the trigger.

    Each date belongs to the trigger nearest to it, save one that opens the sentence: that one belongs to every trigger
    without a date of its own.
    """
    lead = dateline(scene.article.text, sentence)
    inside = [d for d in scene.dates if sentence.covers(d.span) and d.span.start >= lead.end]
    usable = [d for d in inside if _is_event_date(scene, sentence, d, verb, kind)]
    mine: list[tuple[float, DateMention]] = []
    for found in usable:
        cost = _distance(masked, sentence, found, verb)
        nearest = min(_distance(masked, sentence, found, other) for other in triggers)
        if cost <= nearest:
            mine.append((cost, found))
    if mine:
        return min(mine, key=lambda item: item[0])[1]
    for found in usable:
        between = masked[verb.end - sentence.start : max(0, found.span.start - sentence.start)]
        if 0 < len(between) <= 70 and set(_BREAK.findall(between)) <= {"and", ","}:
            return found
    first = usable[0] if usable and usable[0].span.start - lead.end <= 12 else None
    return (
        first
        if first
        and not re.search(
            r"\b(?:after|because|which|who|since)\b",
            masked[first.span.end - sentence.start : verb.start - sentence.start],
        )
        else None
    )


def _is_event_date(scene: Scene, sentence: Span, found: DateMention, verb: Span, kind: str) -> bool:
    before = scene.folded[max(sentence.start, found.span.start - 25) : found.span.start]
    if _OF_A_THING.match(scene.folded[found.span.end : found.span.end + 30]) and "settlement" not in verb.of(
        scene.folded
    ):
        return False
    if found.span.start > verb.end:
        if _THING_OF.search(before) or _SIGNED.search(scene.folded[verb.end : found.span.start]):
            return False
    else:
        between = scene.folded[found.span.end : verb.start]
        if _REDUCED.match(verb.of(scene.folded)) or _TOLD_THAT.search(between) or _SUBORDINATE.search(between):
            return False
    if not _NOT_EVENT_DATE.search(before):
        return True
    return bool(_SINCE.search(before)) and (kind == "designated" or "been" in verb.of(scene.folded))


def _distance(masked: str, sentence: Span, found: DateMention, verb: Span) -> float:
    low, high = sorted([(found.span.start, found.span.end), (verb.start, verb.end)])
    between = masked[max(0, low[1] - sentence.start) : max(0, high[0] - sentence.start)]
    return len(between) + 25 * len(_BREAK.findall(between)) + (15 if found.span.start < verb.start else 0)


def court_of(scene: Scene, kind: str, sentence: Span, verb: Span) -> tuple[str | None, str | None]:
    """The court and the judge that the sentence names, the nearest to the trigger."""
    courts = scene.terms_in(sentence, TermKind.COURT)
    if kind in BROUGHT:
        courts = [term for term in courts if 0 <= term.span.start - verb.end <= 60]
    if kind in _ON_APPEAL:
        courts = [term for term in courts if is_appellate(term.ids[0])] or courts
    specific = [term for term in courts if not term.generic]
    generic = [term for term in courts if term.generic and term.ids[0] != "court"]
    nearest = min(specific or generic, key=lambda term: abs(term.span.start - verb.start), default=None)
    judges = [
        person for person in scene.people if person.judge and sentence.covers(person.span) and kind not in BROUGHT
    ]
    judge = min(judges, key=lambda person: abs(person.span.start - verb.start), default=None)
    return (_by_name(scene, nearest.ids[0]) if nearest else None), (judge.name if judge else None)


def _by_name(scene: Scene, court: str) -> str:
    """A general word for a court of appeal is the one court of appeal that the article names, if there is just one."""
    named = {t.ids[0] for t in scene.terms if t.kind is TermKind.COURT and not t.generic and is_appellate(t.ids[0])}
    if court == "US Supreme Court" and "UK Supreme Court" in named:
        return "UK Supreme Court"
    return named.pop() if court == "US appeals court" and len(named) == 1 else court


def authority_of(scene: Scene, sentence: Span) -> str | None:
    """The authority that the sentence names; a department rather than the government or the president."""
    found = [term.ids[0] for term in scene.terms_in(sentence, TermKind.AUTHORITY)]
    telling = [name for name in found if name not in ("usa", "president", "congress", "justice")] or found
    return telling[0] if telling else None
