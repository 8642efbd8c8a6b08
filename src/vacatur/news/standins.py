"""Words that stand for a party: "the phone maker", "both firms", "it", and whom they mean in their place."""

import re
from collections.abc import Mapping

from vacatur.news.article import Article, Span
from vacatur.news.enumeration import groups
from vacatur.news.mentions import Form, Mention, Referent, main_party
from vacatur.news.side import SIDE_AFTER
from vacatur.news.text import Sentence, sentence_at

_NOUN = (
    r"(?:company|firm|\w*maker|manufacturer|producer|supplier|giant|group|startup|"
    r"start-up|vendor|developer|bank|miner|mixer|insurer|airline|shipbuilder|exchange|refiner|university|institute|outfit|"
    r"entrepreneur|financier|banker|investor|mogul|brand|entity|builder|specialist|designer|champion|unit|lab|subsidiary|"
    r"academy|fund|bidder|oilman|prosecutor|industrialist|"
    r"corporation|chipmaker|foundry|app|platform|business(?:man|woman)|tycoon|oligarch|billionaire|"
    r"magnate|official|designee|"
    r"son|father|brother|justice|governor|minister|senator|lawmaker|commander|cleric|preacher|mill|spinner|publisher|network|lessor|dealer|importer|exporter|distributor|contractor|movement|"
    r"driver|conglomerate|carrier|operator|shipper|retailer|automaker|lender|plaintiff|owner|"
    r"spyware firm|trader|organi[sz]ation)"
)
_DESCRIPTION = re.compile(
    rf"\b(?:(?:this|that) (?:company|firm|group)\b|the (?!u\.?s\.? |american |other |same |parent |"
    rf"owned )(?:(?!the |this |that |\w+ed |took |put |has |had |was |is |and |to |of |on |in |by |"
    rf"said )[\w'.-]+ ){{0,3}}?{_NOUN}\b(?! (?:list|owner|behind|whose)))"
)
_PERSONAL = (
    "man",
    "woman",
    "tycoon",
    "magnate",
    "oligarch",
    "billionaire",
    "entrepreneur",
    "financier",
    "banker",
    "mogul",
    "industrialist",
    "the son",
    "the father",
    "the brother",
    "the justice",
    "governor",
    "minister",
    "senator",
    "lawmaker",
    "commander",
    "cleric",
    "preacher",
)
"""Descriptions of persons."""
_TELLING = (
    "bank",
    "institute",
    "university",
    "academy",
    "exchange",
    "fund",
    "lab",
    "airline",
    "movement",
    "front",
    "party",
)
"""Nouns that stand in a name for what it is: "the bank" is Bank Mellat, whoever was named last."""
_COUNTS = {"both": 2, "two": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
_GROUP_REACH = 14
_APPOSITION = re.compile(r"(?: \([^)]{2,30}\))?, (?:an?|the|its) ([^,.;]{3,60})")
_LEADING = 60
_PERSON_REACH = 3
_PRONOUN = re.compile(r"\b(?:it|he|she|him|her(?= (?:from|to|on|off|in|and|for|at|by|with|under)\b|[,.;]))\b")
_POSSESSIVE = re.compile(r"\b(?:its|his|her)\b")
_THEM = r"(?:compan(?:ies|y)|firms|men|makers|brands|banks|apps|groups|vendors|manufacturers|entities|businesses)"
_PLURAL = re.compile(
    rf"\b(?:both(?: (?:of (?:which|them|whom)|(?:[a-z]+ )?{_THEM}))?|they|"
    rf"the (?:two|three|four|five|pair|duo|trio)(?: (?:[a-z]+ )?{_THEM})?|"
    r"the (?:makers|manufacturers|brands|plaintiffs)|"
    r"the (?:companies|firms|men)|all (?:two|three|four|five|six|of them)|(?<!among )them)\b"
)


def with_standins(
    article: Article, folded: str, named: list[Mention], found_sentences: list[Sentence]
) -> list[Mention]:
    """Every mention of a party: the names given, and the words that stand for them, in order."""
    words = _find(folded, article.body, [mention.span for mention in named])
    return _resolve(folded, named, words, found_sentences, article.title)


def _find(folded: str, body: tuple[Span, ...], taken: list[Span]) -> list[tuple[Span, Form]]:
    found: list[tuple[Span, Form]] = []
    for pattern, form in (
        (_DESCRIPTION, Form.DESCRIPTION),
        (_PLURAL, Form.DESCRIPTION),
        (_PRONOUN, Form.PRONOUN),
        (_POSSESSIVE, Form.POSSESSIVE),
    ):
        for match in pattern.finditer(folded):
            span = Span(*match.span())
            described = form is Form.DESCRIPTION and any(
                folded[span.end : other.start] in (" ", ", ") for other in taken if 0 < other.start - span.end <= 2
            )
            apposed = form is Form.DESCRIPTION and any(
                folded[o.end : span.start] == ", " for o in taken if o.end + 2 == span.start
            )
            described = described or apposed
            if any(part.covers(span) for part in body) and not described and not any(span.meets(o) for o in taken):
                found.append((span, form))
                taken = [*taken, span]
    return sorted(found)


def _resolve(
    folded: str,
    named: list[Mention],
    words: list[tuple[Span, Form]],
    found_sentences: list[Sentence],
    title: str,
) -> list[Mention]:
    """Give each stand-in its party: the first of its sentence before it, else of the one before, else the topic."""
    together = groups(folded, named)
    topic = main_party(named, title)
    resolved = list(named)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in named:
        if mention.sure and mention.parties and not mention.side:
            by_sentence.setdefault(sentence_at(found_sentences, mention.span.start), []).append(mention)
    for span, form in words:
        here = sentence_at(found_sentences, span.start)
        word = folded[span.start : span.end]
        plural = bool(_PLURAL.fullmatch(word))
        near = [mention for mention in by_sentence.get(here, []) if mention.span.end <= span.start]
        for back in (1, 2):
            near = near or by_sentence.get(here - back, [])
        if word.endswith(("which", "whom")):
            near = [mention for mention in named if mention.span.end <= span.start][-1:]
        if plural:
            who = _counted(word, named, together, found_sentences, span) or _several(near, together)
        elif _wants_person(word):
            who = _person(named, span, found_sentences, topic) or _single(near, word, topic)
        else:
            own = _described(named, folded, span, word) or _namesake(named, span, word)
            telling = word.endswith(_TELLING) or " " in word[4:]
            who = (own if telling else ()) or _single(near, word, topic) or own
        if who:
            side = form is Form.POSSESSIVE or bool(SIDE_AFTER.match(folded[span.end : span.end + 40]))
            mention = Mention(span, form, who, side=side)
            resolved.append(mention)
            if form is Form.POSSESSIVE:
                continue
            by_sentence.setdefault(here, []).append(mention)
            by_sentence[here].sort(key=lambda mention: mention.span)
    return sorted(resolved, key=lambda mention: mention.span)


def _counted(
    word: str,
    named: list[Mention],
    together: Mapping[int, tuple[Mention, ...]],
    found_sentences: list[Sentence],
    span: Span,
) -> tuple[Referent, ...]:
    """The latest names enumerated, where "both" or "the three" says how many they are."""
    wanted = next((count for name, count in _COUNTS.items() if re.search(rf"\b{name}\b", word)), None)
    if wanted is None:
        return ()
    here = sentence_at(found_sentences, span.start)
    start = found_sentences[max(0, here - _GROUP_REACH)].span.start
    for mention in reversed([m for m in named if start <= m.span.start and m.span.end <= span.start and not m.side]):
        parties = {who.key: who for other in together.get(mention.span.start, ()) for who in other.parties}
        if len(parties) == wanted and (not word.endswith("men") or any(who.person for who in parties.values())):
            return tuple(parties.values())
    return ()


def _several(near: list[Mention], together: Mapping[int, tuple[Mention, ...]]) -> tuple[Referent, ...]:
    for mention in reversed(near):
        run = together.get(mention.span.start, ())
        if len(run) > 1:
            return tuple({who.key: who for other in run for who in other.parties}.values())
        if len(mention.parties) > 1:
            return mention.parties
    return tuple({who.key: who for mention in near for who in mention.parties}.values())


def _described(named: list[Mention], folded: str, span: Span, word: str) -> tuple[Referent, ...]:
    """The party that was introduced in these words: "chip designer Cambricon … the chip designer"."""
    wanted = word.removeprefix("the ").removeprefix("this ").removeprefix("that ").split()
    if len(wanted) == 1:
        return ()
    for mention in reversed([m for m in named if m.span.end <= span.start and len(m.parties) == 1 and not m.side]):
        before = folded[max(0, mention.span.start - 60) : mention.span.start].rpartition("\n")[2].split()[-4:]
        after = _APPOSITION.match(folded, mention.span.end)
        for words in (before, after[1].split() if after else []):
            if wanted[-1] in words and all(part in words for part in wanted):
                return mention.parties
    return ()


def _namesake(named: list[Mention], span: Span, word: str) -> tuple[Referent, ...]:
    """The party named last in whose name the word stands: "the bank" is Tinkoff Bank."""
    noun = word.rpartition(" ")[2]
    bearing = [m for m in named if m.span.end <= span.start and len(m.parties) == 1 and m.sure]
    return next((m.parties for m in reversed(bearing) if noun in m.parties[0].caption.casefold().split()), ())


def _wants_person(word: str) -> bool:
    return word in ("he", "she", "him", "his", "her") or word.endswith(_PERSONAL)


def _person(
    named: list[Mention], span: Span, found_sentences: list[Sentence], topic: Referent | None
) -> tuple[Referent, ...]:
    """The person whom "he" means: the one that this sentence or the one before begins with, else the article's."""
    here = sentence_at(found_sentences, span.start)
    start = found_sentences[max(0, here - _PERSON_REACH)].span.start
    earlier = [m for m in named if start <= m.span.start and m.span.end <= span.start and len(m.parties) == 1]
    persons = [m for m in earlier if m.parties[0].person and not m.side]
    sentence = found_sentences[here].span
    maybe = [m for m in earlier if sentence.covers(m.span) and not m.sure and not m.parties[0].id]
    likely = _opening(persons, found_sentences, here) or _near_person(persons, topic)
    return likely or (maybe[-1].parties if maybe else ())


def _opening(persons: list[Mention], found_sentences: list[Sentence], here: int) -> tuple[Referent, ...]:
    """The person whom this sentence begins with; where it names none, the one whom the sentence before does."""
    for index in (here, here - 1):
        sentence = found_sentences[index].span if index >= 0 else None
        inside = [m for m in persons if sentence is not None and sentence.covers(m.span)]
        first = {m.parties[0].key: m.parties for m in inside if m.span.start - inside[0].span.start <= _LEADING}
        begins = [m for m in inside if sentence is not None and m.span.start - sentence.start <= _LEADING]
        if begins and (index == here or len(first) == 1):
            return begins[0].parties
        if inside:
            return ()
    return ()


def _near_person(persons: list[Mention], topic: Referent | None) -> tuple[Referent, ...]:
    """The article's person where the sentences just before name it, else the surest that they name, the latest."""
    if topic is not None and topic.person and any(m.parties[0].key == topic.key for m in persons):
        return (topic,)
    known = [m for m in persons if m.parties[0].id] or [m for m in persons if m.sure]
    if known:
        return known[-1].parties
    if topic is not None and topic.person:
        return (topic,)
    return persons[-1].parties if persons else ()


def _single(near: list[Mention], word: str, topic: Referent | None) -> tuple[Referent, ...]:
    wants_person = _wants_person(word)
    for mention in sorted(near, key=lambda mention: mention.form is Form.PRONOUN):
        if len(mention.parties) == 1 and (mention.parties[0].person or not mention.parties[0].id) >= wants_person:
            if mention.parties[0].person and not wants_person and not word.endswith(("official", "driver", "designee")):
                continue
            return mention.parties
    if topic is not None and topic.person == wants_person:
        return (topic,)
    return ()
