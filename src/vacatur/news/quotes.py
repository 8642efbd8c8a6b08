"""Quotations: their exact spans, and who speaks.

A quotation is what stands between quotation marks and is somebody's words; terms of art, nicknames and names defined
in brackets are not. The speaker is looked for where English puts one: after the quotation, before it, in the line that
introduces it, and else with the quotation before.
"""

import re
from dataclasses import dataclass

from vacatur.news.article import Article, Span
from vacatur.news.lexicon import Term, TermKind
from vacatur.news.mentions import Form, Mention
from vacatur.news.people import Person
from vacatur.news.text import lines

_SAY = re.compile(
    r"\b(?:said|says|say|wrote|writes|told|tells|added|adds|explained|explains|noted|notes|stated|states|"
    r"argued|argues|posted|tweeted|"
    r"commented|declared|concluded|insisted|warned|asked|replied|announced|underlined|stressed|"
    r"emphasi[sz]ed|reiterated|vowed|"
    r"acknowledged|claimed|claims|ruled|found|put it|puts it|is written|reads|read|calls?|called|"
    r"described|dismissed|denounced|"
    r"citing|cited|accuse[sd]|alleg(?:ed|es)|rejected|"
    r"finding|saying|writing|adding|calling|arguing|noting|concluding|warning|insisting|"
    r"opposes|according to|urge[sd]?|thank(?:ed|s)|celebrated|hail(?:ed|s)|prais(?:ed|es)|promised|pledged|"
    r"joked|lamented|remarked|condemned|blamed|welcomed|protested|admitted|conceded|predicted|confirmed|denied|denies|repeated|demanded|"
    r"criticized|criticised|"
    r"(?:spoke|speaks|spoken|talked|warned) of|went on|jokes|thundered|shrugged|wants|"
    r"continued|responded|complained|quipped|recalled|believes?|thinks?)\b"
)
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
_SAYS = re.compile(r" (?:has |had )?(?:said|says|wrote|argued|ruled|found|added|noted|remarked)\b")
_SPEAKS = re.compile(rf"(?:, [^,.]{{2,60}})?,? (?:has |had |also |later )?(?:{_SAY.pattern})")
_SPOKE = re.compile(r"\b(?:said|says|wrote|judge) $")
_SAID_X = re.compile(r", (?:said|says|wrote|argued|ruled|found|added|noted|according to) ")
_SPOKESPERSON = re.compile(r"\bspokes(?:person|man|woman|people)\b|\brepresentative\b|\bpress (?:service|office)\b")
_SOMEBODY = re.compile(
    r"\b(?:(?:[Oo]ne|[Aa]|[Aa]n|[Aa]nother|[Tt]he) (?:[\w-]+ ){0,2}?"
    r"(?:broker|trader|analysts?|official|lawyer|executive|source|diplomat|investor|employee|person|partner|manager|dealer|consultant|engineer|researcher|banker|"
    r"spokes(?:man|woman|person) for an? (?:[a-z-]+ ){0,3}[a-z]+))\b|\banalysts at one [a-z ]{3,30}(?=,)"
)
_STATE = re.compile(
    r"\b(?:[A-Z][\w.]+'s|[Tt]he [A-Z]\w+) (?:(?:foreign|commerce|justice|defen[cs]e|trade|finance) )?"
    r"(?:embassy|ministry|government|foreign minister|prime minister|delegation|mission)\b"
)
_CAPITAL = re.compile(r"\b(?:Beijing|Moscow|Tehran|Havana|Caracas|Minsk|Pyongyang|Damascus)\b")
"""Capitals that speak for their governments; others are authorities of the lexicon."""
_COUNSEL = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?P<who>(?:lawyer|attorney|solicitor|barrister|counsel)s?)\b(?!,? [A-Z])"
)
_DOCUMENT = re.compile(
    r"\bthe (?:statement|notice|note|letter|announcement|order|opinion|ruling|filing|panel|judges)\b"
)
_BEGINS = re.compile(r"(?:^|[.!?\n\"] ?\"?)(?:\W*the |an? )?$")
_AGENCY = re.compile(r"\bthe (?:agency|department|ministry|commission|bureau|complaint|lawsuit|petition)\b")
_PLEADINGS = ("the complaint", "the lawsuit", "the petition")
_PRONOUN = re.compile(r"\bthe (?:magistrate |district )?judge\b|\b(?:he|she|him)\b")
_BOUND = re.compile(r"[.;!?:](?=\s|$)|\n")
_OF = re.compile(r" (?:for|of|at|from) (?:the )?")
_EMPLOYER = re.compile(r"\b(?:spokes(?:person|man|woman)|lawyer|representative)s? (?:for|of|at) (?:the )?$")
_NAMES = (Form.NAME, Form.SHORT, Form.UNLISTED)
_TOLD_TO = re.compile(
    r"'s (?:own )?words,? ?$| (?:to|on) [^.:;]{2,40}: ?$|"
    r"'s? (?:[\w-]+ ){0,2}(?:opinion|ruling|statement|letter|post|email|brief|judge?ment|order|decision): ?$"
)
_RELATIVE = re.compile(r"\b(?:that|which|who) (?:has |had )?\Z")
_ASIDE = re.compile(r", (?:which|who|whose|whom) [^,;.]{3,120},")
_SUBJECT_REACH = 400
_SHORT = 5
"""A quotation of fewer words needs somebody who says it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: the span between its marks, and its speaker in the article's words (None when nobody is named)."""

    span: Span
    speaker: str | None


@dataclass(frozen=True, slots=True)
class _Voices:
    """Whoever could be speaking: spans with what to call them, and how directly each is named (0 is a person)."""

    found: tuple[tuple[Span, str, int], ...]

    def within(self, start: int, end: int) -> list[tuple[Span, str, int]]:
        return [voice for voice in self.found if start <= voice[0].start and voice[0].end <= end]


def find_quotes(
    article: Article, folded: str, people: list[Person], mentions: list[Mention], terms: list[Term]
) -> list[Quote]:
    """Every quotation in the article's body, in order."""
    voices = _voices(article.text, folded, people, mentions, terms)
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
    return spoken and (ends_spoken or any(_SAY.search(part) for part in around))


def _voices(text: str, folded: str, people: list[Person], mentions: list[Mention], terms: list[Term]) -> _Voices:
    bodies = [m.span for m in mentions if m.sure and m.parties and not m.parties[0].person]
    people = [person for person in people if not any(person.span.meets(span) for span in bodies)]
    found = [(person.span, person.name, 0) for person in people]
    found += _party_voices(text, mentions)
    for term in terms:
        if term.kind is TermKind.AUTHORITY or (
            term.kind is TermKind.COURT and re.search("court|circuit|panel|justices", term.span.of(folded))
        ):
            found.append((term.span, re.sub(r"^[Tt]he ", "", term.span.of(text)), 3))
    found = _courts_by_name(text, terms, found)
    found += _agency_voices(folded, found)
    found += [(Span(*match.span()), match.group(), 2) for match in _CAPITAL.finditer(text)]
    found += [
        (Span(*match.span()), match.group(), 1)
        for match in _SOMEBODY.finditer(text)
        if not any(text[voice[0].end : match.start()] == ", " for voice in found if voice[0].end + 2 == match.start())
    ]
    found += [(Span(*match.span()), match.group(), 2) for match in _STATE.finditer(text)]
    asides = [Span(*match.span()) for match in _ASIDE.finditer(folded)]
    found = [voice for voice in found if not any(aside.covers(voice[0]) for aside in asides)]
    for match in _SPOKESPERSON.finditer(folded):
        if any(voice[0].covers(Span(*match.span())) for voice in found):
            continue
        owner = _owner(folded, match.start(), match.end(), found)
        said_by = "press service" if match.group().startswith("press") else "spokesperson"
        found.append((Span(*match.span()), f"{owner} {said_by}" if owner else said_by, 1))
    for match in _COUNSEL.finditer(text):
        ranks = (0,) if match.group().lower().startswith(("his", "her")) else (0, 2)
        earlier = [voice for voice in found if voice[2] in ranks and voice[0].end <= match.start()]
        owner = max(earlier)[1] if earlier else None
        if owner:
            found.append((Span(*match.span()), f"{owner} {match['who']}", 1))
    found = [voice for voice in found if not _EMPLOYER.search(folded[max(0, voice[0].start - 30) : voice[0].start])]
    persons = [
        Person(m.span, m.parties[0].caption if m.form is Form.SHORT else m.span.of(text))
        for m in mentions
        if len(m.parties) == 1 and m.parties[0].person and m.form in _NAMES
    ]
    found += _pronoun_voices(folded, sorted([*people, *persons], key=lambda person: person.span))
    return _Voices(tuple(sorted(found, key=lambda voice: (voice[0], voice[2]))))


def _party_voices(text: str, mentions: list[Mention]) -> list[tuple[Span, str, int]]:
    """Parties, each by the name that the article calls it first."""
    first_name: dict[str, str] = {}
    for mention in mentions:
        if mention.form in (Form.NAME, Form.UNLISTED) and len(mention.parties) == 1:
            first_name.setdefault(mention.parties[0].key, mention.span.of(text))
    return [
        (
            mention.span,
            mention.span.of(text) if mention.form in _NAMES else first_name.get(party.key, party.caption),
            0 if party.person else 2,
        )
        for mention in mentions
        if len(mention.parties) == 1
        and mention.sure
        and mention.form is not Form.POSSESSIVE
        and not (mention.form is Form.PRONOUN and mention.parties[0].person)
        for party in mention.parties
    ]


def _courts_by_name(text: str, terms: list[Term], found: list[tuple[Span, str, int]]) -> list[tuple[Span, str, int]]:
    """A general word for a court ("the panel") speaks as the court that was named first: the one that ruled."""
    named = [t for t in terms if t.kind is TermKind.COURT and not t.generic]
    general = {t.span for t in terms if t.kind is TermKind.COURT and t.generic}
    return [
        (span, next((t.span.of(text) for t in named if t.span.end <= span.start), name), rank)
        if span in general
        else (span, name, rank)
        for span, name, rank in found
    ]


def _agency_voices(folded: str, found: list[tuple[Span, str, int]]) -> list[tuple[Span, str, int]]:
    """The agency is the authority named last; the complaint speaks for the party named last."""
    voices = []
    for match in _AGENCY.finditer(folded):
        wanted = 2 if match.group() in _PLEADINGS else 3
        earlier = [name for span, name, rank in found if rank == wanted and span.end <= match.start()]
        if earlier:
            voices.append((Span(*match.span()), earlier[-1], 3))
    for match in _DOCUMENT.finditer(folded):
        author = _subject_before(folded, match.start(), found)
        if author:
            voices.append((Span(*match.span()), author, 3))
    return voices


def _subject_before(folded: str, start: int, found: list[tuple[Span, str, int]]) -> str | None:
    """The body that an earlier sentence begins with, the nearest: whose "a spokesman" or "the statement" is."""
    bodies = [v for v in sorted(found) if v[2] >= 2 and v[0].end <= start and start - v[0].end < _SUBJECT_REACH]
    return next(
        (
            name
            for span, name, _ in reversed(bodies)
            if span.of(folded) not in ("it", "they")
            and (_BEGINS.search(folded[max(0, span.start - 8) : span.start]) or _SAYS.match(folded, span.end))
        ),
        None,
    )


def _pronoun_voices(folded: str, people: list[Person]) -> list[tuple[Span, str, int]]:
    """The judge, "he" and "she" as the person of that sort named last."""
    judges = [person for person in people if person.judge]
    voices = []
    for match in _PRONOUN.finditer(folded):
        pool = judges if "judge" in match.group() else people
        earlier = [person for person in pool if person.span.end <= match.start()]
        if pool is people:
            near = [person for person in earlier if match.start() - person.span.end < _SUBJECT_REACH]
            leading = [person for person in near if _leads(folded, person.span)]
            earlier = leading or earlier
        if earlier or (pool and pool is judges):
            voices.append((Span(*match.span()), (earlier or pool)[-1].name, 0))
    return voices


def _leads(folded: str, span: Span) -> bool:
    """Whether a name begins its sentence or is said to speak: the one whom "he" goes on about."""
    said = folded[max(0, span.start - 12) : span.start]
    return bool(_BEGINS.search(said) or _SPEAKS.match(folded, span.end) or _SPOKE.search(said))


def _owner(folded: str, start: int, end: int, found: list[tuple[Span, str, int]]) -> str | None:
    """Whose spokesperson: "a DJI spokesperson", "a spokesperson for DJI", else the latest party before."""
    near = [voice for voice in found if 0 <= start - voice[0].end <= 3 and voice[2] != 1]
    near = near or [
        v for v in found if v[2] != 1 and re.fullmatch(r" (?:for|of|at|from) (?:the )?", folded[end : v[0].start])
    ]
    if not near and re.search(r"\b(?:department|ministry|agency|commission) $", folded[max(0, start - 14) : start]):
        near = [voice for voice in found if voice[0].end <= start and voice[2] == 3][-1:]
    if near:
        return near[0][1]
    subject = _subject_before(folded, start, found)
    return subject or next((v[1] for v in reversed(found) if v[0].end <= start and v[2] == 2), None)


def _speaker(text: str, folded: str, span: Span, voices: _Voices, marked: list[Span], found: list[Quote]) -> str | None:
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


def _after(folded: str, span: Span, limit: int, voices: _Voices) -> str | None:
    """`," said X` or `," X said`, in the clause that follows the closing mark."""
    start = span.end + 1
    if not folded[max(span.start, span.end - 1) : span.end].endswith((",", "?", "!", "-")) and not folded[
        start : start + 2
    ].startswith(","):
        return None
    bound = next((m.start() for m in _BOUND.finditer(folded, start, limit) if not _initial(folded, m.start())), limit)
    said = _SAY.search(folded, start, bound)
    if said is None:
        return None
    left = voices.within(start, said.start())
    if left:
        return _nearest_person(left)
    right = voices.within(said.end(), bound)
    return _in_noun_phrase(folded, said.end(), right)


def _later(folded: str, span: Span, limit: int, voices: _Voices) -> str | None:
    """`was "arbitrary" and wrong, said X` further on in the sentence."""
    bound = next(
        (m.start() for m in _BOUND.finditer(folded, span.end, limit) if not _initial(folded, m.start())), limit
    )
    said = _SAID_X.search(folded, span.end, bound)
    if said is not None:
        return _in_noun_phrase(folded, said.end(), voices.within(said.end(), bound))
    for voice in voices.within(span.end, bound):
        if folded[voice[0].start - 6 : voice[0].start].endswith((", ", ", the ")) and _SAYS.match(folded, voice[0].end):
            return voice[1]
    return None


def _before(folded: str, span: Span, marked: list[Span], voices: _Voices) -> str | None:
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
    said = list(_SAY.finditer(folded, start, span.start))
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


def _headed(folded: str, start: int, span: Span, said: list[re.Match[str]], voices: _Voices) -> str | None:
    """`X to Y: "…"`, `From X's opinion: "…"`, `Said X: "…"`."""
    told = _TOLD_TO.search(folded, start, span.start - 1)
    if told and (left := voices.within(start, told.start())):
        return left[-1][1]
    colon = folded[span.start - 3 : span.start - 1].strip().endswith(":")
    right = voices.within(said[-1].end(), span.start) if said and colon else []
    return right[0][1] if right else None


def _introduced(folded: str, span: Span, voices: _Voices, found: list[Quote]) -> str | None:
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
    alone = not between.strip()
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
