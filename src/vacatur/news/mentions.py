"""Who is spoken of: the register's names, the article's own short names, and words that stand for a party.

A mention is a span with the parties it may mean. What is ambiguous stays so, with its candidates. A name that is only
the channel of a post, a supplier, a customer or a rival is marked `side` and fills no role in a claim.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from vacatur.news.article import Article, Span
from vacatur.news.lexicon import Term, TermKind, lexicon
from vacatur.news.names import NameHit, stripped
from vacatur.news.propers import Proper, Sort, find_propers
from vacatur.news.side import is_side
from vacatur.news.text import dateline, fold, lines
from vacatur.parties import Party


class Form(StrEnum):
    """How a text refers to a party."""

    NAME = "name"
    SHORT = "short"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    POSSESSIVE = "possessive"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Referent:
    """A party that a text speaks of; `id` is None for one that the register does not know."""

    id: str | None
    caption: str
    person: bool = False

    @property
    def key(self) -> str:
        """Equal for mentions of one party."""
        return self.id or f"?{self.caption.casefold()}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to parties: several when it is plural ("both firms"); `candidates` when it is ambiguous.

    `sure` is False for a capitalised name of which only the sentence can tell whether it is a party at all.
    """

    span: Span
    form: Form
    parties: tuple[Referent, ...]
    candidates: tuple[str, ...] = ()
    side: bool = False
    sure: bool = True


_DEFINED = re.compile(
    r"^(?: ?\([A-Z]{2,8}: ?[\w.]+\))?,? ?\((?:hereinafter |collectively,? |together,? |also known as |"
    r"known as |formerly )?(?:the )?"
    r"[\"“”']?(?P<short>[A-Z][\w+&.-]*(?: [A-Z][\w+&.-]*){0,3})[\"“”']?"
    r"(?:,? (?:or|and) (?:the )?[\"“](?P<other>[A-Z]\w+)[\"”])?\)"
)
_KNOWN_AS = re.compile(
    r"^,? (?:also |better |formerly )?known as (?:the )?[\"“]?(?P<short>[A-Z][\w+&.-]*(?: [A-Z][\w+&.-]*){0,3})"
)
_LONGER_NAME = re.compile(
    r" (?:[A-Z][\w-]*|&|and)(?: (?:[A-Z][\w-]*|&|and))* (?:Management|International|Shipping|Investments?|"
    r"Trading|Marine|Logistics|Finance|Alliance|Association|Foundation|Council|Union|Fund|Users Alliance)\b"
)
_NEXT_WORD = re.compile(r" [A-Z][\w-]*")
_ELDER = re.compile(r",? (?:senior|Sr\b|père|the elder)")
_GIVEN_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+) $")
_NEXT_NAME = re.compile(r" ([A-Z][a-z]+)\b")
_LEGAL_FORM_AFTER = re.compile(
    r"(?:\.?,? (?:Co|Corp|Corporation|Company|Inc|Ltd|Limited|LLC|plc|PLC|Group|Holdings?|Technologies|USA)\b\.?)+"
)
_MODIFIES = re.compile(
    r" (?:[a-z-]+ ){0,3}(?:compan(?:y|ies)|firm|maker|vendor|giant|unit|subsidiary|affiliate|app|startup|ace|"
    r"driver|star|boss|"
    r"chief|founder|executive|spokes\w+|lawyer|owner|player|provider|developer) "
)
_EXTENSION = re.compile(r"(?:group|holdings?|usa|us|america|international|europe|technology|technologies|corporation)")
"""What a longer name may add to a shorter one that the article used before it."""


def named_in(
    article: Article, folded: str, hits: Iterable[NameHit], terms: Iterable[Term], parties: Mapping[str, Party]
) -> list[Mention]:
    """The register's names in the article's body, in order.

    Args:
        article: the article.
        folded: `fold(article.text)`.
        hits: the register's names in the text.
        terms: lists, authorities and courts in the text: no party hides in them.
        parties: the register's parties by id, at least those of `hits`.
    """
    inside = [hit for hit in hits if any(span.covers(hit.span) for span in article.body)]
    blocked = [term.span for term in terms if not term.generic]
    kept = [hit for hit in inside if not _inside_term(hit.span, blocked)]
    kept = [hit for hit in kept if not _LONGER_NAME.match(article.text, hit.span.end)]
    kept = [hit for hit in kept if not _in_another_name(article.text, hit, parties)]
    strong = {party for hit in kept if not hit.weak for party in hit.parties}
    kept = [hit for hit in kept if not hit.weak or strong.issuperset(hit.parties)]
    return _settle([_of_hit(replace(hit, span=_in_full(article.text, hit, parties)), parties) for hit in kept])


def capitalised_in(article: Article, folded: str, named: Iterable[Mention], terms: Iterable[Term]) -> list[Proper]:
    """Capitalised names in the article's body that neither the register nor the lexicon knows."""
    taken = [*(mention.span for mention in named), *(term.span for term in terms)]
    taken += [dateline(article.text, line) for part in article.body for line in lines(article.text, part)]
    units = [term.span.end for term in terms if term.kind is TermKind.AUTHORITY]
    propers = [
        proper
        for proper in find_propers(article.text, folded, taken)
        if not any(folded[end : proper.span.start] == "'s " for end in units)
    ]
    return [proper for proper in propers if any(span.covers(proper.span) for span in article.body)]


def names_and_short_names(
    article: Article, folded: str, named: list[Mention], propers: Iterable[Proper]
) -> list[Mention]:
    """The register's names, the article's own short names for them, and names unknown to the register, in order.

    Args:
        article: the article.
        folded: `fold(article.text)`.
        named: what `named_in` found.
        propers: what `capitalised_in` found, without those that can be no party (judges).
    """
    named = named + _unlisted(article.text, list(propers), named)
    named += _defined(article.text, named)
    ordered = _without_modifiers(folded, _first_wins(named))
    return [_with_side(folded, mention) for mention in ordered]


def _in_another_name(text: str, hit: NameHit, parties: Mapping[str, Party]) -> bool:
    """Whether a surname stands in the name of a namesake: "Norbert Basengezi Katintima" is not Marcellin Basengezi."""
    if _ELDER.match(text, hit.span.end):
        return True
    if " " in hit.span.of(text) or not all(parties[party].schema == "Person" for party in hit.parties):
        return False
    around = [
        match[1]
        for match in (_GIVEN_NAME.search(text, 0, hit.span.start), _NEXT_NAME.match(text, hit.span.end))
        if match
    ]
    own = {word for party in hit.parties for name in parties[party].names for word in fold(name).split()}
    strange = [word for word in around if fold(word) not in own | lexicon().not_names | lexicon().openers]
    return bool(strange)


def _in_full(text: str, hit: NameHit, parties: Mapping[str, Party]) -> Span:
    """A short name with the words after it that the full name has ("Quectel Wireless"), and its legal form."""
    names = [fold(name) for party in hit.parties for name in parties[party].names]
    span = hit.span
    while (word := _NEXT_WORD.match(text, span.end)) and any(
        name.startswith(fold(text[hit.span.start : word.end()])) for name in names
    ):
        span = Span(span.start, word.end())
    return _with_legal_form(text, span)


def _with_legal_form(text: str, span: Span) -> Span:
    """A name with the legal form that follows it in the text, as "Co Ltd" after a register's "Huawei Technologies"."""
    form = _LEGAL_FORM_AFTER.match(text, span.end)
    return Span(span.start, form.end()) if form else span


def _of_hit(hit: NameHit, parties: Mapping[str, Party]) -> Mention:
    if len(hit.parties) > 1:
        return Mention(hit.span, Form.NAME, (), candidates=hit.parties)
    return Mention(hit.span, Form.NAME, (referent(parties[hit.parties[0]]),))


def referent(party: Party) -> Referent:
    """A register's party as a referent."""
    return Referent(party.id, party.caption, party.schema == "Person")


def _inside_term(span: Span, terms: list[Span]) -> bool:
    return any(term.covers(span) and term != span for term in terms)


def _settle(named: list[Mention]) -> list[Mention]:
    """An ambiguous name means the one candidate that the article also names unambiguously, if there is just one."""
    clear = {mention.parties[0].id: mention.parties[0] for mention in named if mention.parties}
    settled = []
    for mention in named:
        meant = [clear[party] for party in mention.candidates if party in clear]
        settled.append(replace(mention, parties=(meant[0],), candidates=()) if len(meant) == 1 else mention)
    return settled


def _unlisted(text: str, propers: list[Proper], named: list[Mention]) -> list[Mention]:
    """Names unknown to the register; one that begins or ends another stands for it ("Hesai" for Hesai Technology)."""
    known = {stripped(mention.span.of(text)).casefold() for mention in named}
    fuller = [m for m in named if len(m.parties) == 1 and not m.parties[0].person and len(m.span.of(text).split()) > 1]
    whole: list[tuple[str, Referent]] = []
    companies: set[str] = set()
    often = Counter(stripped(proper.span.of(text)).casefold() for proper in propers)
    persons = {
        stripped(proper.span.of(text)).casefold() for proper in propers if proper.sort in (Sort.PERSON, Sort.OFFICE)
    }
    surnames = {name.rpartition(" ")[2] for name in persons}
    settled: set[str] = set()
    found = []
    for proper in propers:
        name = proper.span.of(text)
        short = stripped(name).casefold()
        if short in known:
            continue
        longer = next((m for m in fuller if m.span.of(text).casefold().startswith(name.casefold() + " ")), None)
        if longer is not None and proper.sort is not Sort.PERSON:
            found.append(Mention(proper.span, Form.SHORT, longer.parties))
            continue
        surname = next(
            (
                m
                for m in named
                if m.parties
                and m.parties[0].person
                and m.sure
                and stripped(m.span.of(text)).casefold().endswith(" " + short)
            ),
            None,
        )
        if surname is not None:
            found.append(Mention(proper.span, Form.SHORT, surname.parties))
            continue
        bracketed = next(
            (
                m
                for m in named
                if m.parties and re.fullmatch(r" \((?:the )?[\"“]?", text[proper.span.end : m.span.start])
            ),
            None,
        )
        if bracketed is not None:
            found.append(Mention(proper.span, Form.SHORT, bracketed.parties))
            continue
        same = next(
            (
                who
                for full, who in sorted(whole, key=lambda item: item[1].person)
                if full == short
                or (full.startswith(short + " ") and name.casefold() == short)
                or full.endswith((" " + short, " al-" + short, " el-" + short))
                or (short.startswith(full + " ") and _EXTENSION.fullmatch(short[len(full) + 1 :]))
            ),
            None,
        )
        who = same or Referent(
            None,
            name,
            proper.sort in (Sort.PERSON, Sort.OFFICE)
            or short in persons
            or (" " in name and short.rpartition(" ")[2] in surnames and proper.sort is Sort.OTHER),
        )
        sure = (
            proper.sort is Sort.COMPANY
            or (proper.sort is Sort.PERSON and (" " in name or who.key in persons))
            or who.key in companies
            or who.key in settled
            or (proper.sort is Sort.OTHER and often[short] > 1)
        )
        if same is None:
            whole.append((short, who))
            companies |= {who.key} if proper.sort is Sort.COMPANY else set()
        settled |= {who.key} if sure else set()
        found.append(Mention(proper.span, Form.UNLISTED, (who,), sure=sure))
    return [replace(m, sure=True) if m.parties[0].key in settled and m.form is Form.UNLISTED else m for m in found]


def _defined(text: str, named: list[Mention]) -> list[Mention]:
    """Short names that the article defines in brackets after a name, wherever it uses them later."""
    found = []
    for mention in named:
        found += _surnames(text, mention)
        tail = text[mention.span.end : mention.span.end + 80]
        match = _DEFINED.match(tail) or _KNOWN_AS.match(tail)
        if match is None or not mention.parties:
            continue
        for short in filter(None, match.groupdict().values()):
            pattern = rf"(?<!\w){'[Tt]he ' if short == 'Company' else ''}{re.escape(short)}(?!\w)"
            found += [
                Mention(Span(*use.span()), Form.SHORT, mention.parties)
                for use in re.finditer(pattern, text)
                if use.start() >= mention.span.end
            ]
    return found


def _surnames(text: str, mention: Mention) -> list[Mention]:
    """A person named in full is called by the last name elsewhere."""
    words = mention.span.of(text).split()
    if not mention.parties or not mention.parties[0].person or len(words) < 2 or not mention.sure:
        return []
    uses = re.finditer(rf"(?P<before>[A-Z][\w.-]* )?(?<!\w)(?P<name>(?:[Dd]e )?{re.escape(words[-1])})(?!\w)", text)
    titles = (
        "Mr. ",
        "Ms. ",
        "Mrs. ",
        "Dr. ",
        "The ",
        "But ",
        "And ",
        "When ",
        "While ",
        "If ",
        "Justice ",
        "De ",
        "de ",
    )
    return [
        Mention(Span(*use.span("name")), Form.SHORT, mention.parties)
        for use in uses
        if use["before"] is None or use["before"] in titles
    ]


def _first_wins(mentions: list[Mention]) -> list[Mention]:
    """In order of text without overlaps: the register's names first, then longer before shorter."""
    rank = {Form.NAME: 0, Form.SHORT: 1, Form.UNLISTED: 1}
    kept: list[Mention] = []
    for mention in sorted(
        mentions, key=lambda m: (rank[m.form], m.span.start - m.span.end, m.form is Form.UNLISTED, m.span.start)
    ):
        if not any(mention.span.meets(other.span) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.span)


def _without_modifiers(folded: str, ordered: list[Mention]) -> list[Mention]:
    """A name that only describes the next one ("IoT module vendor Quectel", "F1 ace Nikita Mazepin") is not sure."""
    return [
        replace(mention, sure=False)
        if mention.form is Form.UNLISTED and _MODIFIES.fullmatch(folded[mention.span.end : following.span.start])
        else mention
        for mention, following in pairwise(ordered)
    ] + ordered[-1:]


def _with_side(folded: str, mention: Mention) -> Mention:
    return replace(mention, side=is_side(folded, mention.span.start, mention.span.end))


def main_party(named: list[Mention], title: str) -> Referent | None:
    """Whom the article is about: named in its title, else first and most often named in the text."""
    weights: Counter[str] = Counter()
    who: dict[str, Referent] = {}
    folded_title = title.casefold()
    for place, mention in enumerate(m for m in named if m.sure and len(m.parties) == 1 and not m.side):
        party = mention.parties[0]
        who.setdefault(party.key, party)
        in_title = stripped(party.caption).casefold() in folded_title or (party.id or "?") in folded_title
        weights[party.key] += 1 + 3 * (place == 0) + 3 * (in_title and party.key not in weights)
    if not weights and (first := next((m for m in named if m.sure and len(m.parties) == 1), None)) is not None:
        return first.parties[0]
    best = max(weights, key=lambda key: weights[key], default=None)
    return who[best] if best else None
