"""Rounds: one event told over several sentences, in which a later sentence only says whom it befell.

"The Department added 28 organisations to its list. Eight are companies: X, Y and Z." The event of the sentence before
is lent to the names of this one; what the event was, is read in `claims`.
"""

import re
from dataclasses import replace

from vacatur.news.article import Span
from vacatur.news.claim import OF_MANY, Claim
from vacatur.news.frames import Sign
from vacatur.news.mentions import Form
from vacatur.news.roles import referents
from vacatur.news.scene import Scene, mask
from vacatur.news.text import sentence_at

_ECHO = re.compile(
    rf"(?:so (?:do|does|did|are|is|has|have|had|was|were)|the same (?:goes|is true|applies|holds) (?:for|to|of)|"
    rf"likewise,?|"
    rf"ditto(?: for)?) (?=(?:[a-z]+ ){{0,4}}{Sign.PARTY})"
)
_COUNT = r"two|three|four|five|six|seven|eight|nine|ten|\d+"
_HIT = r"named|listed|hit|added|sanctioned|targeted|removed|affected|designated|blacklisted"
_ENUMERATES = re.compile(
    rf"^\W*(?:(?:(?:the|all|its|their) )?(?:(?:new|biggest|best[- ]known|largest|main|first) )?(?:others?|rest|"
    rf"{_COUNT}|list|compan(?:y|ies)|firms|names|entities|additions|newcomers|targets|they|these|those|group|pair|trio|move|decision|"
    r"action)|(?:also )?(?:among|on) (?:them|it|these)|"
    rf"among (?:those|the) (?:\w+ )?(?:{_COUNT}|{_HIT}|on|compan\w+|firms|newcomers|additions|targets|entities|names)|"
    rf"(?:also|others?) (?:on|in|included|{_HIT}))"
    rf"\b[^.;:{Sign.PARTY}]{{0,60}}?\b(?:are|is|were|was|includ(?:es?|ed|ing)|hits?|targets?|covers?|names?)\b"
    rf"(?! not\b)(?:[^.;:{Sign.PARTY}]{{0,40}}:)? (?:also )?(?=(?:[^.;:,{Sign.PARTY}]+ )?{Sign.PARTY})"
)
"""A sentence that only names: "They include …", "The others are …", "Among the eight are …"."""

_ENUMERATION_REACH = 3


def carried_on(scene: Scene, index: int, told: list[Claim]) -> list[Claim]:
    """The claims of a sentence that only names further parties of what the ones before told."""
    return _echoed(scene, index, told) or _enumerated(scene, index, told)


def _enumerated(scene: Scene, index: int, told: list[Claim]) -> list[Claim]:
    """Whom "28 organisations were listed. Eight are companies: X, Y and Z." or "The others were X and Y." names."""
    sentence = scene.sentences[index].span
    before = [claim for claim in told if claim.kind in OF_MANY and not claim.negated]
    if not before:
        return []
    here, last = scene.sentences[index].paragraph, sentence_at(list(scene.sentences), before[-1].sentence.start)
    if index - last > _ENUMERATION_REACH or here - scene.sentences[last].paragraph > 1:
        return []
    match = _ENUMERATES.match(_names_only(scene, sentence))
    if match is None:
        return []
    start = Span(sentence.start, sentence.start + match.end())
    named = [m for m in scene.mentions if m.form not in (Form.DESCRIPTION, Form.PRONOUN, Form.POSSESSIVE)]
    first = next((m for m in named if start.end <= m.span.start < sentence.end and not m.side), None)
    if first is None:
        return []
    run = [m for m in scene.groups.get(first.span.start, (first,)) if m.span.start >= start.end]
    return [replace(before[-1], party=who, sentence=sentence, trigger=start) for who in referents(tuple(run))]


def _echoed(scene: Scene, index: int, told: list[Claim]) -> list[Claim]:
    """What "So do X and Y" says of X and Y: what the sentence before said last."""
    sentence = scene.sentences[index].span
    if not index or not told or told[-1].sentence != scene.sentences[index - 1].span:
        return []
    match = _ECHO.match(mask(scene, sentence))
    if match is None:
        return []
    start = Span(sentence.start, sentence.start + match.end())
    first = next((m for m in scene.mentions if sentence.covers(m.span) and not m.side), None)
    run = scene.groups.get(first.span.start, (first,)) if first is not None else ()
    return [replace(told[-1], party=who, sentence=sentence, trigger=start) for who in referents(run)]


def _names_only(scene: Scene, sentence: Span) -> str:
    """The masked sentence with the words that stand for a party as they are: "the companies are X and Y"."""
    letters = list(mask(scene, sentence))
    for mention in scene.mentions:
        if sentence.covers(mention.span) and mention.form in (Form.DESCRIPTION, Form.PRONOUN):
            start, end = mention.span.start - sentence.start, mention.span.end - sentence.start
            letters[start:end] = mention.span.of(scene.folded)
    return "".join(letters)
