"""Text without meaning: folding that keeps offsets, what to strip from a hostile page, paragraphs and sentences.

Pure functions over strings; nothing here knows of parties or law.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from vacatur.news.article import Span

LONGEST_SENTENCE = 1_200
"""Characters after which a sentence is cut at a space, so that a page of one endless line costs no more than others."""

_FOLDED = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"}
    | dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\u3000\t", " ")
)

_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Jr|Sr|Inc|Corp|Co|Ltd|Pte|Sdn|Bros|No|Nos|Art|Sec|vs?|cf"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Cir|Cal|Tex|Fed|Reg|Supp|Dep't|Dept|Univ|Tech|Def|al|"
    r"approx|Me|Pa|Va)"
    r"|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)
_OPENERS = re.compile(
    r"(?:The|A|An|It|Its|In|On|At|He|She|They|This|That|These|But|And|However|According|After|As|While|If|We|You|I|For|"
    r"When|There|His|Her|Their|Both|Neither|Under|By|Since|With|From|Last|Earlier|Meanwhile)\b"
)
_BOUNDARY = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|[。！？]")

_DATELINE = re.compile(
    r"^\W*[A-Z][A-Z .,/]{2,40}(?:, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?(?: \([^)]{2,30}\)|"
    r" /[^/]{2,30}/)? ?(?:--?|–|—) ?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, and the index of the paragraph it stands in."""

    span: Span
    paragraph: int


def fold(text: str) -> str:
    """Lower-case `text` and make quotation marks, dashes and spaces plain, character by character: offsets hold."""
    plain = text.translate(_FOLDED)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in plain)


def visible(text: str) -> str:
    """Drop what a reader cannot see and an attacker can use: control, zero-width, bidirectional and tag characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
    )


def lines(text: str, within: Span | None = None) -> list[Span]:
    """The lines of `text` that are not blank, without the white space around them."""
    span = within or Span(0, len(text))
    return [
        Span(span.start + match.start(), span.start + match.end())
        for match in re.finditer(r"\S(?:[^\n]*[^\s])?", span.of(text))
    ]


def sentences(text: str, body: tuple[Span, ...]) -> list[Sentence]:
    """The sentences of `body`, in order. A line is a paragraph; no sentence runs over a line's end."""
    found: list[Sentence] = []
    for paragraph, line in enumerate(line for span in body for line in lines(text, span)):
        for span in _split(text, line):
            found.extend(Sentence(piece, paragraph) for piece in _cut(text, span))
    return found


def dateline(text: str, span: Span) -> Span:
    """The dateline that a sentence begins with ("WASHINGTON, May 6 -"); empty when there is none."""
    match = _DATELINE.match(text[span.start : min(span.end, span.start + 120)])
    return Span(span.start, span.start + match.end()) if match else Span(span.start, span.start)


def sentence_at(found: list[Sentence], offset: int) -> int:
    """The index of the sentence that `offset` falls in, or of the one before it."""
    return max(0, bisect_right(found, offset, key=lambda sentence: sentence.span.start) - 1)


def _split(text: str, line: Span) -> list[Span]:
    spans: list[Span] = []
    start = line.start
    for match in _BOUNDARY.finditer(text, line.start, line.end):
        end = match.end()
        after = re.compile(r"\s*").match(text, end)
        following = after.end() if after else end
        if following >= line.end or _goes_on(text, match.start(), following):
            continue
        spans.append(Span(start, end))
        start = following
    if start < line.end:
        spans.append(Span(start, line.end))
    return spans


def _goes_on(text: str, dot: int, following: int) -> bool:
    """Whether the full stop at `dot` ends an abbreviation inside a sentence."""
    if text[following].islower():
        return True
    if text[dot] != ".":
        return False
    before = text[max(0, dot - 12) : dot]
    return bool(_ABBREVIATION.search(before)) and not _OPENERS.match(text, following)


def _cut(text: str, span: Span) -> list[Span]:
    pieces: list[Span] = []
    start = span.start
    while span.end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        end = space if space > start else start + LONGEST_SENTENCE
        pieces.append(Span(start, end))
        start = end + 1 if space > start else end
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces
