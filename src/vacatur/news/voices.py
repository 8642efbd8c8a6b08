"""Who could be speaking in a text: persons, parties, authorities, courts, documents, and words that stand for them.

Spans with what to call each; which of them says a quotation is decided in `quotes`.
"""

import re
from dataclasses import dataclass

from vacatur.news.article import Span
from vacatur.news.lexicon import Term, TermKind
from vacatur.news.mentions import Form, Mention
from vacatur.news.people import Person

SAY = re.compile(
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
SAYS = re.compile(r" (?:has |had )?(?:said|says|wrote|argued|ruled|found|added|noted|remarked)\b")
_SPEAKS = re.compile(rf"(?:, [^,.]{{2,60}})?,? (?:has |had |also |later )?(?:{SAY.pattern})")
_OBJECT = re.compile(r"\b(?:to|of|by|with|for|from|against|on|than)(?: (?:the|his|her|its))? (?:[a-z-]+ ){0,3}$")
_SPOKE = re.compile(r"\b(?:said|says|wrote|judge) $")
_SPOKESPERSON = re.compile(r"\bspokes(?:person|man|woman|people)\b|\brepresentative\b|\bpress (?:service|office)\b")
_SOMEBODY = re.compile(
    r"\b(?:(?:[Oo]ne|[Aa]|[Aa]n|[Aa]nother|[Tt]he) (?:[\w-]+ ){0,2}?"
    r"(?:broker|trader|analysts?|official|lawyer|executive|source|diplomat|investor|employee|person|partner|manager|"
    r"dealer|adviser|advisor|aide|attorney|campaigner|compliance officer|envoy|consultant|engineer|researcher|banker|"
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
_WHOSE = re.compile(r"\b(his|her|its|their) $")
_AGENCY = re.compile(r"\bthe (?:agency|department|ministry|commission|bureau|complaint|lawsuit|petition)\b")
_PLEADINGS = ("the complaint", "the lawsuit", "the petition")
_PRONOUN = re.compile(r"\bthe (?:magistrate |district )?judge\b|\b(?:he|she|him)\b")
_EMPLOYER = re.compile(r"\b(?:spokes(?:person|man|woman)|lawyer|representative)s? (?:for|of|at) (?:the )?$")
_NAMES = (Form.NAME, Form.SHORT, Form.UNLISTED)
_ASIDE = re.compile(r", (?:which|who|whose|whom) [^,;.]{3,120},")
_SUBJECT_REACH = 400


@dataclass(frozen=True, slots=True)
class Voices:
    """Whoever could be speaking: spans with what to call them, and how directly each is named (0 is a person)."""

    found: tuple[tuple[Span, str, int], ...]

    def within(self, start: int, end: int) -> list[tuple[Span, str, int]]:
        """Those that lie between two offsets, in order."""
        return [voice for voice in self.found if start <= voice[0].start and voice[0].end <= end]


def voices_in(text: str, folded: str, people: list[Person], mentions: list[Mention], terms: list[Term]) -> Voices:
    """Whoever could be speaking in `text`; `folded` is `fold(text)`."""
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
    return Voices(tuple(sorted(found, key=lambda voice: (voice[0], voice[2]))))


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
            and (_BEGINS.search(folded[max(0, span.start - 8) : span.start]) or SAYS.match(folded, span.end))
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
            acting = [p for p in near if not _OBJECT.search(folded[max(0, p.span.start - 40) : p.span.start])]
            earlier = leading or acting or earlier
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
    whose = _WHOSE.search(folded[max(0, start - 8) : start])
    if whose is not None:
        ranks = (2, 3) if whose[1] in ("its", "their") else (0,)
        return next((v[1] for v in sorted(found, reverse=True) if v[0].end <= start and v[2] in ranks), None)
    subject = _subject_before(folded, start, found)
    return subject or next((v[1] for v in reversed(found) if v[0].end <= start and v[2] == 2), None)
