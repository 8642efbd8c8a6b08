"""Capitalised names that no register knows: companies by their form, persons by their title, and the undecided.

A recogniser without a model: it proposes spans, and `claims` takes one as a party only where a sentence's build leaves
no other reading.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vacatur.news.article import Span
from vacatur.news.lexicon import lexicon

_CAPITAL = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŌŐŚŞŠŪŰŹŻŽ"
_WORD = (
    rf"(?:[A-Z]\.(?=\s?[A-Z])|(?:\b(?:al|el|ul|as|ash|bin)-|\b[ie](?=[A-Z]))?"
    rf"[{_CAPITAL}][\wÀ-ÿ+&]*(?:-[\wÀ-ÿ]+)*(?:\.(?:io|com|ai|net|org)\b|(?<=People)['’]s|(?<=Workers)['’])?)"
)
_SUFFIX = (
    r"(?:(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|plc|JSC|PJSC|OJSC|OOO|PAO|AO|AG|SA|GmbH|BV|NV|PBC|Pte"
    r"|FZE|FZCO|FZ-LLC|DMCC|Sdn|Bhd|SpA|Oyj?|AB|KK|SARL|SAS|DOO|ZRT|Zrt|Kft|EOOD|OU|Ltda)\b\.?"
    r"|(?:S\.p\.A|S\.A|N\.V|B\.V|A\.[SŞ])\.)"
)
_CHUNK = re.compile(
    rf"{_WORD}(?:(?:,? (?={_SUFFIX}(?! [A-Z]))| (?:of the |of |de la |del |des |du |"
    r"den |der |de |da |do |dos |bin |van |von |al |& )?"
    r"|(?<=Coal|ence|ring|arch|rade|logy|stry|sics|ment|iles|ance) and (?=(?:Consulting|Services|Trad(?:e|ing)|Coke|"
    r"Electricity|Development|Technology|Technologies|Fire|Tactical|Engineering|Construction|Research|Design|Control|"
    r"Systems|Logistics|"
    r"Supply|Industry|Industries|Commerce|Chemicals?|Energy|Power|Electronics|Shipping|Manufacturing|Information|"
    r"Communications|Telecommunications)\b))"
    rf"(?:{_SUFFIX}|{_WORD})"
    r"| \((?:[A-Z][a-z]+|HK)\)(?= [A-Z&]))*(?: \d{1,3}(?=[.,;)]| and\b))?"
)
_INDUSTRY = (
    r"(?:Group|Holdings?|Technolog(?:y|ies)|Industr(?:y|ies)|Systems?|Bank|Labs?|Laborator(?:y|ies)|Motors?|"
    r"Semiconductors?|"
    r"Tele(?:com|communications?)|Communications?|Electronics?|Micro-?electronics|Instruments?|Equipment|Manufacturing|"
    r"Bio(?:logics|tech|technology|sciences)|Pharma(?:ceuticals?)?|Genomics|Aerospace|Aviation|Airlines?|Airways|"
    r"Aircraft|"
    r"Shipping|Shipbuilding|Tankers?|Marine|Logistics|Petroleum|Petrochemicals?|Oil|Gas|Energy|Power|Mining|"
    r"Metals?|Steel|"
    r"Aluminium|Chemicals?|Materials?|Textiles?|Robotics|Software|Networks?|Wireless|Semi|Chips?|Memory|Photonics|"
    r"Optoelectronics|Lasers?|Drones?|Satellites?|Construction|Engineering|Capital|Investments?|Partners|Fund|Trust|"
    r"Insurance|Trading|Exchange|Consult(?:ing|ancy)|Management|Services|Solutions|Security|Intelligence|Research|"
    r"Media|"
    r"Entertainment|Games|Foods?|Solar|Batter(?:y|ies)|Automotive|Railway|Rail|Ports?|Supercomputing|Computing|"
    r"Computers?|"
    r"Digital|Online|Cloud|Data|Navigation|Printing|Academy|Institute|University|College|Foundation|Association|Agency|"
    r"Council|Committee|Alliance|Center|Centre|Initiative|Union|Movement|Front|Network|Forum|Coalition|Federation|"
    r"Bureau|Factory|Plant|Arsenal|Shipyard|Refinery|Enterprises?)"
)
_COMPANY_END = re.compile(
    rf"(?:{_SUFFIX}|\b{_INDUSTRY})$|\b(?:Academy|Institute|University|Bank|Ministry) of\b|^(?:Bank|Banco|Banque) "
)
_COMPANY_BEFORE = re.compile(
    r"(?:compan(?:y|ies)|firms?|maker|makers|manufacturer|producer|supplier|giant|vendor|developer|"
    r"startup|start-up|group|"
    r"subsidiary|affiliate|unit|parent|brand|operator|carrier|foundry|lender|shipbuilder|chipmaker|"
    r"conglomerate|bank|miner|insurer|airline|refiner|exchange|mixer|app|platform|business|outfit|specialist|"
    r"think tank|nonprofit|charity|movement|militia|spinner|dealer|importer|"
    r"designer|builder|producer|trader|university|institute|broker|fund|retailer|champion|player|leader|arm|"
    r"makers|designers|suppliers|producers) (?:called |named )?$"
)
_COMPANY_NOUN = (
    r"(?:compan(?:y|ies)|firm|\w*maker|manufacturer|producer|supplier|giant|group|startup|start-up|vendor|developer|bank|"
    r"lender|miner|insurer|airline|carrier|shipbuilder|exchange|refiner|refinery|conglomerate|subsidiary|affiliate|"
    r"operator|platform|app|broker|retailer|foundry|mixer|trader|dealer|importer|exporter|distributor|contractor|"
    r"specialist|university|institute|charity|militia|movement|front|business|brand|outfit|network|fund|"
    r"reseller|wholesaler|forwarder|shipper|lessor|marketplace|chain|smelter|shipyard|yard|publisher|broadcaster|spinner|"
    r"miller|packager|builder|designer|printer|hospital|school|club)"
)
_MODIFIER = re.compile(r"(?: [a-z]+)? " + _COMPANY_NOUN + r"\b")
_ARTICLE = re.compile(r", (?:an?|the) $")
"""A name between the two only describes: "Tornado Cash, the Ethereum mixer"."""
_APPOSED_COMPANY = re.compile(
    r"\b(?:an?|another|second|third|other|one|the) (?:(?!of\b|by\b|for\b|told\b)[\w-]+ ){0,4}?"
    + _COMPANY_NOUN
    + r"(?: in [a-z]+)?, $"
)
_COMPANY_AFTER = re.compile(
    r"^(?: \([^)]{2,40}\))?, (?:(?!of\b|at\b|for\b|to\b|who\b|which\b|and\b|whose\b|"
    r"[\w-]*(?:president|chair|chief|founder|director|analyst|lawyer|partner|owner|head|boss|counsel|spokes))"
    r"[\w'.-]+ ){0,8}?" + _COMPANY_NOUN + r"s?\b(?!'s)"
    r"|^ (?:shares|stock)\b"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:mr|mrs|ms|dr|tycoon|business(?:man|woman)|entrepreneur|oligarch|billionaire|magnate|financier|banker|"
    r"mogul|founder|"
    r"co-founder|chairman|chairwoman|chief executive|ceo|boss|owner|wife|husband|son|daughter|father|mother|"
    r"brother|sister|"
    r"driver|trader|broker|general|warlord|cleric|sheikh|lawyers?|professors?|activists?|prince|princess|"
    r"partner),?\.? $"
)
_OFFICE_BEFORE = re.compile(
    r"\b(?:prof|sen|rep|gov|gen|judge|justice|magistrate|lord|lady|sir|president|secretary|minister|senator|"
    r"congress(?:man|woman)|"
    r"spokes(?:man|woman|person)|lawyer|attorney|analyst|director|cfo|prosecutor|reporter|manager|mayor|governor|"
    r"commissioner|counsel|critic|researcher|officer|leader|official|head|professor|ambassador|economist|"
    r"strategist|fellow|"
    r"adviser|advisor|chancellor|master|sheriff|residents?|farmers?|workers?|students?),?\.? $"
)
_PERSON_AFTER = re.compile(
    r"^, (?:\d\d,|(?:the |an? |its |his |her )?(?:[\w'-]+ ){0,3}(?:founder|co-founder|owner|wife|husband|son|"
    r"daughter|mother|"
    r"father|brother|sister|businessman|businesswoman|entrepreneur|oligarch|billionaire|magnate|tycoon|"
    r"shareholder|chief|head|"
    r"chairman|chairwoman|director|president|prosecutor|judge|banker|financier)s?\b)"
)
_SPEAKS_AFTER = re.compile(
    r"^,? ?(?:[^.\"]{0,60}, )?(?:said|says|wrote|told|added|argued|posted|tweeted|noted|explained|commented|"
    r"estimates)\b"
)
_OFFICE_AFTER = re.compile(
    r"^, (?:an?|the|its|his|her|their|chief|senior|who (?:represents|advises))? ?(?:[\w'-]+ ){0,4}(?:lawyer|"
    r"attorney|solicitor|barrister|analyst|"
    r"spokes\w+|counsel|partner|professor|economist|secretary|minister|fellow|strategist|representative|adviser)\b"
)
_DOTTED = re.compile(r"\b(?!S\.A\.|N\.V\.|B\.V\.|A\.S\.)(?:[A-Z]\.){2,}(?=\W|$)(?! [A-Z][a-z]+ (?:Inc|Corp|Co|Ltd))")
"""Abbreviations of nations and courts ("U.S.", "D.C."): the word after one begins anew."""

_NAMED_FOR_PLACE = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w&-]+)+")
"""A place with a capitalised word after it: "Beijing Megvii", "Shanghai Micro Electronics"."""

_PARTICIPLE = re.compile(r"(?!united|allied|consolidated|advanced|applied|red|integrated|associated)\w{2,}ed|\w+ly")
_FIRST_WORDS = frozenset({"new", "first", "general", "great", "one", "seven", "national"})
"""Ordinary words that names begin with, where no sentence begins."""

_NO_NAME = re.compile(
    r"[A-Z][a-z]+(?:ed|ing|ly|ians|eans)|[A-Z][\w.]+-(?:based|backed|linked|owned|made|listed|traded|born|led|run|era|style|odd)"
)
_TITLES = re.compile(
    r"(?:[A-Z][\w.]*(?: of)? )*(?:Generals?|Colonels?|Judges?|Justice|President|Secretary|Minister|Senator|Manager|"
    r"Director|Chairman|Chancellor|Commissioner|Ambassador|Spokes(?:man|woman|person)|Officer|Lord|Lady|Sir|Mr|Ms|Mrs|"
    r"Dr)\.? (?=[A-Z])"
)
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ese|ian|ean|ish|ani) [a-z]")
_OF_NATION = re.compile(
    r"\b(?:Corp|Corporation|Company|Bank|Academy|Association|Institute|University|Union|Party|Front|Army|Movement|"
    r"Organi[sz]ation|Council|Muja?hed\w+|Mojahed\w+)$"
)
_SOMEWHERE = re.compile(r"\b(?:in|near|across|outside|around)(?: (?:the|northern|southern|eastern|western))? $")
"""Before a name that is most likely a place: "a trading house in Almaty"."""

_OF_PLACE = re.compile(r" of (?:the )?([A-Z][\w]+)$")


class Sort(StrEnum):
    """What a capitalised name seems to name."""

    COMPANY = "company"
    PERSON = "person"
    OFFICE = "office"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proper:
    """A capitalised name and what it seems to name."""

    span: Span
    sort: Sort


def find_propers(text: str, folded: str, taken: Iterable[Span]) -> list[Proper]:
    """Capitalised names in `text` outside the spans already `taken`, in order; places and bystanders are left out."""
    masked = list(_DOTTED.sub(lambda match: "\n" * len(match.group()), re.sub(r"(?<=[a-z]\.) (?=[A-Z])", "\n", text)))
    elsewhere = [
        Span(*match.span()) for match in lexicon().bystanders.finditer(folded) if text[match.start()].isupper()
    ]
    for span in [*taken, *elsewhere]:
        masked[span.start : span.end] = "\n" * (span.end - span.start)
    found = []
    for match in _CHUNK.finditer("".join(masked)):
        name = _trimmed(text, Span(*match.span()))
        if name is not None and not _is_place(name.of(text)) and not _is_plain_word(text, name):
            if _MODIFIER.match(folded, name.end) and _ARTICLE.search(folded[max(0, name.start - 8) : name.start]):
                continue
            sort = _sort(folded, name, name.of(text))
            if sort is not Sort.OTHER or not _SOMEWHERE.search(folded[max(0, name.start - 12) : name.start]):
                found.append(Proper(name, sort))
    return found


def _is_place(name: str) -> bool:
    """A place, unless it is written as no place is ("WuXi")."""
    return name.casefold() in lexicon().places and not re.search(r"[a-z][A-Z]", name)


def _trimmed(text: str, span: Span) -> Span | None:
    """Without leading words that begin a sentence or name a nation; None when nothing is left."""
    known = lexicon()
    title = _TITLES.match(text, span.start, span.end)
    start = title.end() if title and not _COMPANY_END.search(span.of(text)) else span.start
    opens = _opens_sentence(text, start)
    while start < span.end:
        word = re.compile(r"[^\s]+").match(text, start, span.end)
        if word is None:
            return None
        lower = word.group().lower().rstrip(".,")
        of_place = re.search(r"-(?:based|held|occupied|controlled|backed|owned|led|run)$", lower)
        if not (
            of_place or lower in known.not_names or (opens and (lower in known.openers or _PARTICIPLE.fullmatch(lower)))
        ):
            break
        if not opens and lower in _FIRST_WORDS and text[word.end() : span.end].strip():
            break
        if (
            lower in known.places
            and text[word.end() : span.end].strip()
            and _NAMED_FOR_PLACE.match(text, start, span.end)
        ):
            break
        start = word.end() + 1
    if _NO_NAME.fullmatch(text[start : span.end]) or _DEMONYM.match(text[start : span.end + 3]):
        return None
    if span.end - start < 2 or text[start].isdigit() or re.fullmatch(rf"(?:{_SUFFIX} ?)+", text[start : span.end]):
        return None
    place = _OF_PLACE.search(text, start, span.end)
    before = text[start : place.start()] if place else ""
    formed = re.search(rf"{_SUFFIX}$", before) is not None and not _OF_NATION.search(before)
    elsewhere = place is not None and place[1].lower() in known.not_names | known.places
    abroad = formed or (elsewhere and not _OF_NATION.search(before))
    return Span(start, place.start() if place and abroad else span.end)


def _is_plain_word(text: str, span: Span) -> bool:
    """Whether one capitalised word at the head of a sentence is written small elsewhere in the text."""
    word = span.of(text)
    return (
        " " not in word
        and word.isalpha()
        and _opens_sentence(text, span.start)
        and re.search(rf"(?<!\w){word.lower()}(?!\w)", text) is not None
    )


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    return start == 0 or bool(re.search(r"(?:[.!?:\n][\"”’)\]]* ?|[\"“(\n] ?|[-–—] )$", before))


def _sort(folded: str, span: Span, name: str) -> Sort:
    before = folded[max(0, span.start - 40) : span.start]
    after = folded[span.end : span.end + 90]
    if _COMPANY_END.search(name) or _COMPANY_BEFORE.search(before):
        return Sort.COMPANY
    if _APPOSED_COMPANY.search(before) and after.startswith((",", " and", ".")):
        return Sort.COMPANY
    if _COMPANY_AFTER.match(after) and not _TITLE_BEFORE.search(before):
        return Sort.COMPANY
    if _OFFICE_BEFORE.search(before) or _OFFICE_AFTER.match(after):
        return Sort.OFFICE
    if _TITLE_BEFORE.search(before) or (_PERSON_AFTER.match(after) and " " in name):
        return Sort.PERSON
    return Sort.OFFICE if _SPEAKS_AFTER.match(after) and " " in name else Sort.OTHER
