"""Claims: what a text says happened to a party, with every slot that it states and none that it does not.

Frames find the triggers; roles find the party; here a claim gets its modality, measure, date, court and judge, and
claims of one event lend one another the slots that they lack. The register's acts are not asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vacatur.news.article import Span
from vacatur.news.dates import DateMention
from vacatur.news.frames import Frame, Role, frames
from vacatur.news.lexicon import TermKind, lexicon
from vacatur.news.mentions import Form, Mention, Referent
from vacatur.news.modality import Modality, modality
from vacatur.news.roles import acts_by_court, fill, has_agent, referents
from vacatur.news.scene import Scene, is_appellate, mask, measure_by_authority
from vacatur.news.text import dateline, sentence_at


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `measures` are the measures that may be meant, one when it is clear; `date` as the text gives it.

    `sentence` is where it is said; `trigger` the words that say it; `asserted_by` the speaker of a quotation that it
    stands in; `confidence` falls with every slot that had to be inferred.
    """

    kind: str
    party: Referent
    sentence: Span
    trigger: Span
    measures: tuple[str, ...] = ()
    date: DateMention | None = None
    court: str | None = None
    judge: str | None = None
    authority: str | None = None
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    asserted_by: str | None = None
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()

    @property
    def measure(self) -> str | None:
        """The measure, when it is clear which."""
        return self.measures[0] if len(self.measures) == 1 else None


COURT_KINDS = frozenset(
    [
        "vacated",
        "reversed_on_appeal",
        "preliminary_injunction_granted",
        "preliminary_injunction_denied",
        "upheld",
        "denied",
        "affirmed",
        "complaint_filed",
        "appealed",
    ]
)
"""Kinds that a court makes, or that are brought before one."""


_APP_ORDERS = ("eo-13942", "eo-13943")
_LISTINGS = frozenset({"designated", "relisted", "delisted"})
_SANCTIONS = ("ofac-sdn", "eo-14203", "eo-13928", "uk-sanctions")
_NEAR = 160
"""Characters after a trigger within which a list is taken to be its own."""
_BEFORE = re.compile(r"\b(?:once before|previously|before that|for the first time)\b")
_RULINGS = frozenset({"preliminary_injunction_granted", "preliminary_injunction_denied", "upheld", "vacated"})
BROUGHT = frozenset({"complaint_filed", "appealed"})
"""Kinds that a party brings before a court: no judge has ruled yet."""

_NOT_A_PARTY = re.compile(
    r"\b(?:any |other |listed |a |all |many |each |every )(?:\w+ ){0,2}(?:compan(?:y|ies)|firms?|"
    r"entit(?:y|ies)|persons?|parties|businesses)(?: (?:that|which) (?:is|are|was|were|"
    r"have been))?(?: never)?(?: been)? $"
)
_NOT_EVENT_DATE = re.compile(
    r"\b(?:until|till|by|before|from|due(?: on)?|effective (?:until|from)|through|between|than|expires?|"
    r"starting|deadline of|back to|since)(?: (?:the|early|late|mid))? ?$"
)
_SINCE = re.compile(r"\bsince (?:early |late |mid-?)?$")
_BREAK = re.compile(r"[,;:]|\b(?:after|because|while|but|and|when|which|who|that|before|said|says|as)\b")


def find_claims(scene: Scene) -> list[Claim]:
    """Every claim that the article makes, in order; an event told several times gives several claims."""
    found = [claim for index in range(len(scene.sentences)) for claim in _in_sentence(scene, index)]
    return _lend(scene, _without_shadows(found))


def _in_sentence(scene: Scene, index: int) -> list[Claim]:
    sentence = scene.sentences[index].span
    lead = dateline(scene.article.text, sentence)
    masked = mask(scene, sentence)
    if masked.rstrip().endswith("?"):
        return []
    hits: list[tuple[Frame, Span]] = []
    for frame in frames():
        for match in frame.verb.finditer(masked):
            verb = Span(sentence.start + match.start(), sentence.start + match.end())
            if verb.start >= lead.end and _fits(frame, masked, match.start(), match.end()):
                hits.append((frame, verb))
    triggers = sorted(
        {v for frame, v in hits if modality(frame, masked, v.start - sentence.start, v.of(scene.folded)) is not None}
    )
    claims: list[Claim] = []
    for frame, verb in hits:
        claims.extend(_claims(scene, index, masked, frame, verb, triggers))
    return claims


def _fits(frame: Frame, masked: str, start: int, end: int) -> bool:
    if frame.then is not None and not frame.then.search(masked[end : end + 230]):
        return False
    if frame.when is not None and not frame.when.search(masked):
        return False
    if frame.unless is not None and frame.unless.search(masked):
        return False
    if frame.not_after is not None and frame.not_after.search(masked[max(0, start - 60) : start]):
        return False
    return has_agent(frame, masked, start, end, masked[start:end])


def _claims(scene: Scene, index: int, masked: str, frame: Frame, verb: Span, triggers: list[Span]) -> Iterable[Claim]:
    sentence = scene.sentences[index].span
    at = verb.start - sentence.start
    if _NOT_A_PARTY.search(masked[:at]):
        return
    held = modality(frame, masked, at, verb.of(scene.folded))
    if held is None:
        return
    kind, negated, how = held
    mentions, role = fill(frame, scene, sentence, masked, verb)
    parties, ambiguous = referents(mentions), next((m.candidates for m in mentions if m.candidates), ())
    if not mentions and role is Role.TOPIC and scene.topic is not None and not frame.intended:
        parties = (_spoken_of(scene, index) or scene.topic,)
    if kind == "announced_intent_to_sue" and role is Role.TOPIC:
        return
    measures, sure = ((), False) if frame.negated else _measures(scene, sentence, verb, kind)
    kind = _by_measure(_by_agent(kind, masked, at, verb.end - sentence.start), measures)
    date = None if kind == "remains_listed" else _date(scene, sentence, masked, verb, triggers)
    court, judge = _court(scene, kind, sentence, verb) if kind in COURT_KINDS else (None, None)
    authority = _authority(scene, sentence)
    speaker = scene.speaker_at(verb.start)
    confidence = 1.0 * (0.9 if sure else 0.7) * (_closeness(mentions))
    for party in parties or ((Referent(None, ""),) if ambiguous else ()):
        yield Claim(
            kind=kind,
            party=party,
            sentence=sentence,
            trigger=verb,
            measures=_of_party(measures, party),
            date=date,
            court=court,
            judge=judge,
            authority=authority,
            negated=negated,
            modality=how,
            asserted_by=speaker,
            confidence=round(confidence, 2),
            candidates=ambiguous if not party.id and not party.caption else (),
        )


def _spoken_of(scene: Scene, index: int) -> Referent | None:
    """The one party of the sentence before, in the same paragraph: a sentence that names nobody goes on about it."""
    before = scene.sentences[index - 1] if index else None
    if before is None or before.paragraph != scene.sentences[index].paragraph:
        return None
    told = [mention for mention in scene.mentions if before.span.covers(mention.span) and mention.sure]
    parties = {who.key: who for m in told if not m.side and m.form is not Form.PRONOUN for who in m.parties}
    return next(iter(parties.values())) if len(parties) == 1 else None


def _closeness(mentions: tuple[Mention, ...]) -> float:
    if not mentions:
        return 0.6
    return {Form.NAME: 1.0, Form.SHORT: 0.95, Form.UNLISTED: 0.8}.get(mentions[0].form, 0.85)


def _by_agent(kind: str, masked: str, start: int, end: int) -> str:
    """What a court takes off a list, it has set aside."""
    if kind == "delisted" and acts_by_court(masked, start, end):
        return "vacated"
    return kind


def _of_party(measures: tuple[str, ...], party: Referent) -> tuple[str, ...]:
    """Of two orders of one day, each about an app of its own, the one about the party."""
    known = lexicon().measures
    if len(measures) == 1 and measures[0] in _APP_ORDERS:
        own = [name for name in _APP_ORDERS if (about := known[name].about) and about.search(party.caption.lower())]
        return (own[0],) if own else measures
    return measures


def _by_measure(kind: str, measures: tuple[str, ...]) -> str:
    """To be put under an order is to have it imposed; to come out from under it, to have it lifted."""
    word = lexicon().measures.get(measures[0]) if len(measures) == 1 else None
    if word is not None and word.shape == "order" and word.id not in ("eo-14203", "eo-13928", "10usc3252", "41usc4713"):
        return {"designated": "order_imposed", "delisted": "order_lifted"}.get(kind, kind)
    if word is not None and word.shape == "list" and kind in ("order_imposed", "order_lifted"):
        return {"order_imposed": "designated", "order_lifted": "delisted"}[kind]
    return kind


def _measures(scene: Scene, sentence: Span, verb: Span, kind: str) -> tuple[tuple[str, ...], bool]:
    """The measure meant, and whether the sentence itself says it."""
    last = scene.latest_measure(sentence.end if kind == "settled" else verb.start)
    if kind == "settled":
        return last, False
    word = verb.of(scene.folded)
    authorities = [term.ids[0] for term in scene.terms_in(sentence, TermKind.AUTHORITY)]
    terms = [term for term in scene.terms_in(sentence, TermKind.MEASURE) if scene.measures.get(term.span)]
    after = [term for term in terms if 0 <= term.span.start - verb.start <= _NEAR]
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
    if last in (("1260h",), ("ccmc-1237",)) and _BEFORE.search(sentence.of(scene.folded)):
        return ("ccmc-1237", "1260h"), False
    day = scene.article.published.last if scene.article.published else None
    own = measure_by_authority(authorities, last, day) if "blacklist" in word or kind in _LISTINGS else ()
    return own or last, False


def _sanctions(authorities: list[str], last: tuple[str, ...]) -> tuple[str, ...]:
    """What "sanctioned" means: the sanctions that the article spoke of, else those of the authority named."""
    if "eu" in authorities:
        return ("eu-269-2014",)
    return last if last and last[0] in _SANCTIONS else ("ofac-sdn",)


def _date(scene: Scene, sentence: Span, masked: str, verb: Span, triggers: list[Span]) -> DateMention | None:
    """The date that belongs to the trigger.

    Each date belongs to the trigger nearest to it, save one that opens the sentence: that one belongs to every trigger
    without a date of its own.
    """
    lead = dateline(scene.article.text, sentence)
    inside = [d for d in scene.dates if sentence.covers(d.span) and d.span.start >= lead.end]
    usable = [d for d in inside if _is_event_date(scene, sentence, d, verb)]
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
        if 0 < len(between) <= 70 and set(_BREAK.findall(between)) <= {"and"}:
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


def _is_event_date(scene: Scene, sentence: Span, found: DateMention, verb: Span) -> bool:
    before = scene.folded[max(sentence.start, found.span.start - 25) : found.span.start]
    if not _NOT_EVENT_DATE.search(before):
        return True
    return bool(_SINCE.search(before)) and "been" in verb.of(scene.folded)


def _distance(masked: str, sentence: Span, found: DateMention, verb: Span) -> float:
    low, high = sorted([(found.span.start, found.span.end), (verb.start, verb.end)])
    between = masked[max(0, low[1] - sentence.start) : max(0, high[0] - sentence.start)]
    return len(between) + 25 * len(_BREAK.findall(between)) + (15 if found.span.start < verb.start else 0)


def _court(scene: Scene, kind: str, sentence: Span, verb: Span) -> tuple[str | None, str | None]:
    courts = scene.terms_in(sentence, TermKind.COURT)
    if kind in BROUGHT:
        courts = [term for term in courts if 0 <= term.span.start - verb.end <= 60]
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
    return named.pop() if court == "US appeals court" and len(named) == 1 else court


def _authority(scene: Scene, sentence: Span) -> str | None:
    found = [term.ids[0] for term in scene.terms_in(sentence, TermKind.AUTHORITY)]
    telling = [name for name in found if name not in ("usa", "president", "congress", "justice")] or found
    return telling[0] if telling else None


_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            "relisted",
            "vacated",
            "removal_requested",
            "agreed_to_delist",
            "affirmed",
            "denied",
            "preliminary_injunction_granted",
            "preliminary_injunction_denied",
            "reversed_on_appeal",
        ),
        start=1,
    )
}
"""Where frames overlap, the kind that ranks higher is the more specific reading; all others rank 0."""


def _without_shadows(claims: list[Claim]) -> list[Claim]:
    """One claim a party and trigger: where frames overlap the more specific kind stands."""
    best: dict[tuple[str, int, bool], Claim] = {}
    for claim in claims:
        key = (claim.party.key, claim.trigger.end, claim.kind == "upheld")
        other = best.get(key)
        if other is None or _RANK.get(claim.kind, 0) > _RANK.get(other.kind, 0):
            best[key] = claim
    kept: dict[tuple[str, str, int, str | None], Claim] = {}
    for claim in best.values():
        kept.setdefault(
            (claim.party.key, claim.kind, claim.sentence.start, claim.date.words if claim.date else None), claim
        )
    return sorted(kept.values(), key=lambda claim: (claim.trigger, claim.party.key))


def _only_judge(scene: Scene, claim: Claim) -> str | None:
    """The one judge that the article names, when the sentence next to a trial court's ruling does."""
    judges = {person.name for person in scene.people if person.judge}
    if len(judges) != 1 or claim.negated or claim.kind not in _RULINGS or (claim.court and is_appellate(claim.court)):
        return None
    here = sentence_at(list(scene.sentences), claim.sentence.start)
    near = scene.sentences[max(0, here - 1) : here + 2]
    told = any(person.judge and s.span.covers(person.span) for person in scene.people for s in near)
    return judges.pop() if told else None


def _lend(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """Claims of one party and kind tell of one event unless they differ: they share date, court and judge."""
    return [_completed(scene, claim, [other for other in claims if _alike(claim, other)]) for claim in claims]


def _alike(claim: Claim, other: Claim) -> bool:
    return (other.party.key, other.kind, other.negated) == (claim.party.key, claim.kind, claim.negated)


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
        court=next(iter(courts), None) or claim.court or next((other.court for other in same if other.court), None),
    )
