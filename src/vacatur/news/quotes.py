"""Quotations: their exact spans, and who speaks.

A quotation is what stands between quotation marks and is somebody's words; terms of art, nicknames and names defined
in brackets are not. The speaker is looked for where English puts one: after the quotation, before it, in the line that
introduces it, and else with the quotation before.
"""

import re
from dataclasses import dataclass

from vacatur.news.article import Article, Span
from vacatur.news.lexicon import Term
from vacatur.news.mentions import Mention
from vacatur.news.people import Person
from vacatur.news.text import lines
from vacatur.news.voices import SAY, SAYS, Voices, voices_in

_SINGLE = re.compile(r"(?:(?<=\s)|^)['‘]([^'‘’\n]{2}(?:[^'‘’\n]|['’](?=\w)){18,400})['’](?=[\s,.;!?]|$)")
"""A quotation between single marks, as in some British papers; an apostrophe inside stands before a letter."""
_NAMING = re.compile(
    r"(?:so-called|known as|dubbed|nicknamed|termed|the terms?|the words?|definition of|defined as|"
    r"labell?ed(?: as)?|(?:designated|listed|named|"
    r"identified|designation|listing|blacklisted)(?: (?:\w+ ){0,4})?as an?|list of|register of|titled|"
    r"entitled|for (?:allegedly )?being an?)\W*$"
)
_INTRODUCES = re.compile(
    r"(?:statement|said|says|wrote|writes|told [^:]{0,60}|added|follows|quote|reads|words|judge|letter|blog)\s*:?\s*$"
)
_SAID_X = re.compile(r", (?:said|says|wrote|argued|ruled|found|added|noted|according to) ")
_BOUND = re.compile(r"[.;!?:](?=\s|$)|\n")
_TOLD_TO = re.compile(
    r"'s (?:own )?words,? ?$| (?:to|on) [^.:;]{2,40}: ?$|"
    r"'s? (?:[\w-]+ ){0,2}(?:opinion|ruling|statement|letter|post|email|brief|judge?ment|order|decision): ?$"
)
_RELATIVE = re.compile(r"\b(?:that|which|who) (?:has |had )?\Z")
_SAME_BREATH = re.compile(r",? (?:and|but|by|because|or)\b[^.\n]{0,60}", re.IGNORECASE)
_SHORT = 5
"""A quotation of fewer words needs somebody who says it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the span between its marks, and its speaker in the article's words (None when nobody is named)."""

    span: Span
    speaker: str | None


def find_quotes(
    article: Article, folded: str, people: list[Person], mentions: list[Mention], terms: list[Term]
) -> list[Quote]:
    """Every quotation in the article's body, in order."""
    voices = voices_in(article.text, folded, people, mentions, terms)
    marked = [
        span for part in article.body for line in lines(article.text, part) for span in _marked(article.text, line)
    ]
    found: list[Quote] = []
    for span in marked:
        speaker = _speaker(article.text, folded, span, voices, marked, found)
        if _is_speech(article.text, folded, span, speaker is not None):
            found.append(Quote(span, speaker))
    return found


def _marked(text: str, line: Span) -> list[Span]:
    """What stands between quotation marks in one line; one left open at its end runs to the end."""
    spans: list[Span] = []
    opened: int | None = None
    for match in re.finditer(r"[\"“”„«»]", line.of(text)):
        at = line.start + match.start()
        mark = match.group()
        opens = mark in "“„«" or (mark == '"' and opened is None)
        if opens:
            opened = at + 1
        elif opened is not None:
            spans.append(Span(opened, at))
            opened = None
    spans += [
        Span(line.start + match.start(1), line.start + match.end(1))
        for match in _SINGLE.finditer(line.of(text))
        if not any(span.start <= line.start + match.start() < span.end for span in spans)
    ]
    if opened is not None and line.end - opened > 40 and opened - line.start <= 2:
        spans.append(Span(opened, line.end))
    return sorted(span for span in spans if span.of(text).strip())


def _is_speech(text: str, folded: str, span: Span, spoken: bool) -> bool:
    inner = span.of(text)
    words = inner.split()
    before = folded[max(0, span.start - 61) : span.start - 1]
    if before.rstrip().endswith(("(", "(the", " or the", "(together,", "(collectively,")) or _NAMING.search(before):
        return False
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    if (
        len(words) <= 8
        and capitals >= len(words) - sum(word in ("of", "the", "and", "in", "for") for word in words)
        and not inner.rstrip().endswith((",", ".", "!", "?"))
    ):
        return False
    if len(words) >= _SHORT:
        return True
    ends_spoken = inner.rstrip().endswith((",", ".", "!", "?"))
    around = folded[max(0, span.start - 90) : span.start], folded[span.end : span.end + 40]
    return spoken and (ends_spoken or any(SAY.search(part) for part in around))


def _speaker(text: str, folded: str, span: Span, voices: Voices, marked: list[Span], found: list[Quote]) -> str | None:
    after_limit = min((other.start - 1 for other in marked if other.start > span.end), default=len(folded))
    line_end = folded.find("\n", span.end)
    after_limit = min(after_limit, line_end if line_end >= 0 else len(folded))
    return (
        _after(folded, span, after_limit, voices)
        or _before(folded, span, marked, voices)
        or _introduced(folded, span, voices, found)
        or _carried(text, folded, span, marked, found)
        or _later(folded, span, after_limit, voices)
    )


def _after(folded: str, span: Span, limit: int, voices: Voices) -> str | None:
    """`," said X` or `," X said`, in the clause that follows the closing mark."""
    start = span.end + 1
    if not folded[max(span.start, span.end - 1) : span.end].endswith((",", "?", "!", "-")) and not folded[
        start : start + 2
    ].startswith(","):
        return None
    bound = next((m.start() for m in _BOUND.finditer(folded, start, limit) if not _initial(folded, m.start())), limit)
    said = SAY.search(folded, start, bound)
    if said is None:
        return None
    left = voices.within(start, said.start())
    if left:
        return _nearest_person(left)
    right = voices.within(said.end(), bound)
    return _in_noun_phrase(folded, said.end(), right)


def _later(folded: str, span: Span, limit: int, voices: Voices) -> str | None:
    """`was "arbitrary" and wrong, said X` further on in the sentence."""
    bound = next(
        (m.start() for m in _BOUND.finditer(folded, span.end, limit) if not _initial(folded, m.start())), limit
    )
    said = _SAID_X.search(folded, span.end, bound)
    if said is not None:
        return _in_noun_phrase(folded, said.end(), voices.within(said.end(), bound))
    for voice in voices.within(span.end, bound):
        if folded[voice[0].start - 6 : voice[0].start].endswith((", ", ", the ")) and SAYS.match(folded, voice[0].end):
            return voice[1]
    return None


def _before(folded: str, span: Span, marked: list[Span], voices: Voices) -> str | None:
    """`X said: "…"`, `X called it "…"`, `what it calls "…"` in the sentence that leads up to the opening mark."""
    earlier = max((other.end + 1 for other in marked if other.end < span.start), default=0)
    line = folded.rfind("\n", 0, span.start) + 1
    start = max(earlier, line)
    bounds = [
        m.end()
        for m in _BOUND.finditer(folded, start, span.start - 1)
        if not _initial(folded, m.start()) and folded[m.start()] != ":"
    ]
    start = max([start, *bounds])
    said = list(SAY.finditer(folded, start, span.start))
    relative = [verb for verb in said if _RELATIVE.search(folded, start, verb.start())]
    for verb in [*reversed([verb for verb in said if verb not in relative]), *reversed(relative)]:
        if verb.group() == "according to":
            right = voices.within(verb.end(), span.start)
            if right:
                return right[0][1]
            continue
        next_to = voices.within(verb.end(), span.start)
        if (
            next_to
            and next_to[0][0].start - verb.end() <= 1
            and next_to[0][2] <= 1
            and verb.group() in ("said", "says")
        ):
            return next_to[0][1]
        left = voices.within(start, verb.start())
        if left and folded[: verb.start()].endswith(("what it ", "what they ")):
            return left[0][1]
        if left and verb.group().endswith("ing"):
            return next((voice for voice in left if voice[2] <= 1), left[0])[1]
        if left:
            clause = folded[left[-1][0].end : verb.start()]
            best = [voice for voice in left if voice[2] <= 1 and verb.start() - voice[0].end < 70] or left
            return best[-1][1] if len(clause) < 90 else left[0][1]
    return _headed(folded, start, span, said, voices)


def _headed(folded: str, start: int, span: Span, said: list[re.Match[str]], voices: Voices) -> str | None:
    """`X to Y: "…"`, `From X's opinion: "…"`, `Said X: "…"`."""
    told = _TOLD_TO.search(folded, start, span.start - 1)
    if told and (left := voices.within(start, told.start())):
        return left[-1][1]
    colon = folded[span.start - 3 : span.start - 1].strip().endswith(":")
    right = voices.within(said[-1].end(), span.start) if said and colon else []
    return right[0][1] if right else None


def _introduced(folded: str, span: Span, voices: Voices, found: list[Quote]) -> str | None:
    """`Here is X's statement:` on the line before a quotation that opens its own."""
    line = folded.rfind("\n", 0, span.start)
    if line < 0 or folded[line + 1 : span.start - 1].strip():
        return None
    above = folded[:line].rstrip()
    last = above[above.rfind("\n") + 1 :]
    if not last.endswith(":") and not _INTRODUCES.search(last[-80:]):
        return None
    clause = max(last.rfind(". "), 0)
    voice = voices.within(len(above) - len(last) + clause, len(above))
    return voice[-1][1] if voice else None


def _carried(text: str, folded: str, span: Span, marked: list[Span], found: list[Quote]) -> str | None:
    """The speaker goes on: nothing but white space, or the same paragraph, since the quotation before."""
    if not found:
        return None
    between = text[found[-1].span.end + 1 : span.start - 1]
    alone = not between.strip() or bool(_SAME_BREATH.fullmatch(between))
    starts_sentence = bool(re.search(r"[.!?]\s*$", between)) and "\n" not in between
    return found[-1].speaker if alone or (starts_sentence and text[span.start].isupper()) else None


def _nearest_person(left: list[tuple[Span, str, int]]) -> str:
    people = [voice for voice in left if voice[2] <= 1]
    return (people or left)[-1][1]


def _in_noun_phrase(folded: str, start: int, right: list[tuple[Span, str, int]]) -> str | None:
    """The person at the head of what follows the verb: titles and offices before a name, and "of X" after it, aside."""
    near = [voice for voice in right if voice[0].start - start <= 90]
    people = [voice for voice in near if voice[2] <= 1]
    best = people or near
    return best[0][1] if best else None


def _initial(folded: str, dot: int) -> bool:
    """Whether the full stop at `dot` belongs to an initial or a short title."""
    return folded[dot] == "." and bool(
        re.search(r"(?:\b[a-z]|\b(?:mr|mrs|ms|dr|u\.s|inc|corp|co|ltd|sen|gov|jr))$", folded[max(0, dot - 6) : dot])
    )
