"""Claims in a text: frames find the triggers, roles the party, modality and slots the rest.

What an article says of one event in several places is put together in `lending`. The register's acts are not asked.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from vacatur.news.article import Span
from vacatur.news.claim import COURT_KINDS, OF_MANY, Claim
from vacatur.news.frames import Frame, Role, Sign, frames
from vacatur.news.lending import lend
from vacatur.news.mentions import Form, Mention, Referent
from vacatur.news.modality import modality
from vacatur.news.roles import acts_by_court, fill, has_agent, referents
from vacatur.news.rounds import carried_on
from vacatur.news.scene import Scene, mask
from vacatur.news.slots import authority_of, by_measure, court_of, date_of, measures_of, of_party
from vacatur.news.text import dateline

_ORDERS = frozenset({"order_imposed", "order_lifted"})
_FOR_MANY = frozenset({"eo-14203", "eo-13928", "eo-13959", "eo-14032"})
"""Orders under which many are designated: signing one is about nobody in particular."""
_ACTED_BY_AUTHORITY = re.compile(rf"{Sign.AUTHORITY} (?:has|had|have|also|then|later|now|will|would|did|\w+ly| )*$")
_OTHERS = re.compile(r"\b(?:against|of|for) (?:two|three|four|five|six|several|some|many|dozens of|other) [a-z]")
_PRESUPPOSES = re.compile(r"^\W*(?:q: )?when (?:was|were)\b")
_TAKEN_BACK = re.compile(r"(?:it|he|she|they|that|this) (?:has|was|is|did|were|had|have)(?: not|n't)(?: been)?[.!]")
_NOT_A_PARTY = re.compile(
    r"\b(?:any |other |listed |a |all |many |each |every )(?:\w+ ){0,2}(?:compan(?:y|ies)|firms?|"
    r"entit(?:y|ies)|persons?|parties|businesses)(?: (?:that|which) (?:is|are|was|were|"
    r"have been))?(?: never)?(?: been)? $"
    r"|\b(?:users|people|groups|customers|investors|plaintiffs|journalists|activists|those|anyone) (?:who|"
    r"that) (?:had |have )?$"
)
_DIRECT_REVIEW = frozenset({"fcc-usf", "fcc-covered-list", "pafaca", "41usc4713"})
"""Measures whose review goes straight to a court of appeals (28 U.S.C. 2342, 41 U.S.C. 1327): none affirms there."""
_PROVISIONAL = re.compile(r"\b(?:initially|provisionally|tentatively|preliminarily|first) $")
_STILL = re.compile(r"\bstill (?:being )?$")
_BEFORE_COURT = frozenset({"complaint_filed", "upheld", "denied"})
_PRIVATE = re.compile(
    r"\b(?:(?:law)?suits?|cases?|complaints?|actions?) (?:it |he |she )?(?:has |had )?(?:filed |brought |lodged )?"
    rf"against (?:{Sign.PARTY}+(?!'s|[{Sign.PARTY} ]+(?:listing|designation))|(?:its|his|her|their|an?) (?:\w+ )?"
    r"(?:bank|broker|landlord|supplier|customer|insurer|lender|rival|partner))"
)
"""A quarrel between private parties: no authority's listing is before the court."""
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            "relisted",
            "vacated",
            "removal_requested",
            "agreed_to_delist",
            "denied",
            "affirmed",
            "preliminary_injunction_granted",
            "preliminary_injunction_denied",
            "reversed_on_appeal",
            "appealed",
        ),
        start=1,
    )
}
"""Where frames overlap, the kind that ranks higher is the more specific reading; all others rank 0."""


def find_claims(scene: Scene) -> list[Claim]:
    """Every claim that the article makes, in order; an event told several times gives several claims."""
    found: list[Claim] = []
    for index in range(len(scene.sentences)):
        found += _in_sentence(scene, index) or carried_on(scene, index, found)
    told = [claim for claim in found if claim.party.caption or claim.candidates]
    return lend(scene, _told_by_court(_without_shadows(told)))


def _in_sentence(scene: Scene, index: int) -> list[Claim]:
    sentence = scene.sentences[index].span
    lead = dateline(scene.article.text, sentence)
    masked = mask(scene, sentence)
    if masked.rstrip().endswith("?") and not _PRESUPPOSES.match(masked):
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
    if _is_anybody(masked[:at]) or (frame.kind in _BEFORE_COURT and _PRIVATE.search(masked)):
        return
    held = modality(frame, masked, at, verb.of(scene.folded))
    if held is None:
        return
    kind, negated, how = held
    mentions, role = fill(frame, scene, sentence, masked, verb)
    parties, ambiguous = referents(mentions), next((m.candidates for m in mentions if m.candidates), ())
    if role is Role.TOPIC and _is_about_others(frame, masked, at):
        return
    if not mentions and role is Role.TOPIC and scene.topic is not None and not frame.intended:
        parties = (_spoken_of(scene, index) or scene.topic,)
    measures, sure = ((), False) if frame.negated else measures_of(scene, sentence, verb, kind)
    if role is Role.TOPIC and kind in _ORDERS and measures and measures[0] in _FOR_MANY:
        return
    kind = _kind(scene, index, kind, masked, at, verb.end - sentence.start, measures)
    date = None if kind == "remains_listed" else date_of(scene, sentence, masked, verb, triggers, kind)
    court, judge = court_of(scene, kind, sentence, verb) if kind in COURT_KINDS else (None, None)
    authority = authority_of(scene, sentence)
    speaker = scene.speaker_at(verb.start)
    confidence = 1.0 * (0.9 if sure else 0.7) * (_closeness(mentions))
    unnamed = ambiguous or kind in OF_MANY
    for party in parties or ((Referent(None, ""),) if unnamed else ()):
        yield Claim(
            kind=kind,
            party=party,
            sentence=sentence,
            trigger=verb,
            measures=of_party(measures, party),
            date=date,
            court=court,
            judge=judge,
            authority=authority,
            negated=negated,
            modality=how,
            asserted_by=speaker,
            confidence=round(confidence, 2),
            provisional=bool(_PROVISIONAL.search(masked[:at])),
            candidates=ambiguous if not party.id and not party.caption else (),
        )


def _is_anybody(before: str) -> bool:
    """Whether the subject is nobody in particular ("any firm that is"); "DJI, a firm that was" is somebody."""
    found = _NOT_A_PARTY.search(before)
    return found is not None and not before[: found.start()].endswith(f"{Sign.PARTY}, ")


def _kind(scene: Scene, index: int, kind: str, masked: str, at: int, end: int, measures: tuple[str, ...]) -> str:
    """The kind in its surroundings: by "still", by the measure, by who acts, and by what the text takes back."""
    if kind == "designated" and _STILL.search(masked[:at]):
        return "remains_listed"
    if kind == "affirmed" and measures and measures[0] in _DIRECT_REVIEW:
        return "upheld"
    meant = by_measure(_by_agent(kind, masked, at, end), measures)
    return "remains_listed" if meant == "delisted" and _denied_next(scene, index) else meant


def _is_about_others(frame: Frame, masked: str, at: int) -> bool:
    """Whether a sentence that names no party tells of somebody else than the topic: an authority, "two Americans"."""
    by_authority = Role.SUBJECT in frame.party and _ACTED_BY_AUTHORITY.search(masked[:at])
    return bool(by_authority or _OTHERS.search(masked[at:]))


def _denied_next(scene: Scene, index: int) -> bool:
    """Whether the next sentence takes it back, as in 'It has not.'."""
    after = scene.sentences[index + 1] if index + 1 < len(scene.sentences) else None
    return after is not None and bool(_TAKEN_BACK.fullmatch(after.span.of(scene.folded)))


def _told_by_court(claims: list[Claim]) -> list[Claim]:
    """Being "off the list" is the court's doing where the article tells that a court set that listing aside."""
    vacated = {(claim.party.key, claim.measures) for claim in claims if claim.kind == "vacated" and not claim.negated}
    return [
        replace(claim, kind="vacated")
        if claim.kind == "delisted"
        and not claim.authority
        and not claim.date
        and (claim.party.key, claim.measures) in vacated
        else claim
        for claim in claims
    ]


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
