"""What one cell of the Entity List, UVL or MEU List says of a party: name, aliases, former names, addresses.

The form is that of Supplements No. 4, 6 and 7 to 15 CFR part 744: a name, "a.k.a., the following N aliases:" with one
alias a line after a dash, the addresses separated by "; and", "(See alternate address under COUNTRY)". Entries without
aliases run name and address together with a comma; there the name ends where an address begins to read like one.
Pure functions over text; where the cell stands in a file is the business of `bis_xml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vacatur.sources.countries import country_code

DASHES = "—–-•"
ALIASES = re.compile(
    r",?\s*\b(?P<kind>a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|also known as|formerly known as)[,:]?\s*"
    r"(?:the\s+following\s+)?(?:[\w-]+\s+)?(?:alias(?:es)?|names?)\s*:?\s*$",
    re.IGNORECASE,
)
"""The end of a line that announces aliases: `…, a.k.a., the following two aliases:`."""

INLINE_ALIAS = re.compile(
    r",?\s*\(?\b(?P<kind>a\.?k\.?a\.?|f\.?k\.?a\.?|d[./]?b[./]?a\.?|also known as|formerly known as)[,:]?\s+",
    re.IGNORECASE,
)
"""An alias within a name: `Training 2 Business Academy, a.k.a. T2BA`."""

CROSS_REFERENCE = re.compile(
    r"\(?\s*(?:For\s+(?:alternate|additional)\s+address(?:es)?,?\s+see|"
    r"See\s+(?:also\s+)?(?:alternate|alternative|additional)?\s*address(?:es)?\s+(?:under|in))\s+"
    r"(?P<countries>[^();]{0,120}(?:\([^()]{0,40}\))?)\s*(?:\)|\.?$)\.?",
    re.IGNORECASE,
)
"""`(See alternate addresses under Pakistan).`: the same party stands under another country as well."""

LEGAL_FORM = re.compile(
    r"^(?:co|company|corp|corporation|inc|incorporated|limited|ltd|llc|l\.l\.c|llp|lp|plc|jsc|pjsc|ojsc|cjsc|ooo|oao|ao|"
    r"zao|pao|gmbh|ag|kg|sa|s\.a|s\.a\.r\.l|sarl|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|oy|oyj|ab|as|a\.s|a\.ş|kft|sro|"
    r"s\.r\.o|d\.o\.o|doo|ltda|pte|pty|pvt|private|sdn|bhd|fze|fzco|fz-llc|fzc|dmcc|est|ltd\.? ?şti|ltd\.? sti|"
    r"joint stock company|limited liability company|inc\.? ?ltd|jr|sr|ii|iii)\b[\w. ]{0,24}\.?(?:\s*\([^()]*\))?\.?$",
    re.IGNORECASE,
)
"""A piece between commas that still belongs to the name: `…, Ltd.`, `…, Inc. (XYZ)`."""

ORGANISATION = re.compile(
    r"^[^\d]*(?:^\s*(?:joint stock company|npo|institute of)\b"
    r"|\b(?:institution|branch|academy of sciences)\s*$)[^\d]*$",
    re.IGNORECASE,
)
"""A piece between commas that names a part of an organisation, not a street: `…, Institute of Basic Medicine`."""

BRACKETED = re.compile(
    r"\s*\((?P<kind>a\.?k\.?a\.?|f\.?k\.?a\.?|formerly|also known as)[,:]?\s+(?P<names>[^()]*(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)
"""`(a.k.a. Open Joint Stock Company Gazprom; OAO Gazprom)`."""

ACRONYM = re.compile(r"^(?P<name>.*\S)\s*\(\s*[“\"]?(?P<short>[A-Z][A-Za-z0-9&.-]{1,14})[”\"]?\s*\)$")
SUBORDINATE = re.compile(r"^(?P<parent>.*?)\s*subordinate institutions?\s*:\s*(?P<name>.+)$", re.IGNORECASE)
ADDRESS_BREAK = re.compile(
    r"\s*;\s*(?:and\b[,\s]*)?|\s+(?=Alt(?:ernate)? Address:)|[,.]\s+and\s+(?=[A-Z0-9#][^,;]*,[^,;]*,)"
)
KINDS = {"f": "previousName", "formerly": "previousName"}


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a cell is about; `mentions` are country codes under which the list says the party stands as well."""

    name: str
    weak: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    note: str | None = None


def read_subject(lines: Sequence[str]) -> Subject | None:
    """The party of a cell given by its lines (as broken by the publisher); None when the cell names nobody."""
    text, mentions = split_mentions([line for line in split_inline_dashes(lines) if line])
    if not text or is_reserved(text[0]):
        return None
    found: dict[str, list[str]] = {"alias": [], "previousName": []}
    text[0] = _take_bracketed(text[0], found)
    announced = ALIASES.search(text[0])
    rest = text[1:]
    if announced:
        head = text[0][: announced.start()]
        addresses = _take_aliases(rest, _kind(announced["kind"]), found)
    else:
        head, inline = (text[0], []) if len(text) > 1 and rest[0][0] not in DASHES else _split_one_line(text[0])
        addresses = [*inline, *_take_aliases(rest, "alias", found)]
    name, weak, note = _read_name(head, found)
    if not name:
        return None
    return Subject(
        name,
        weak=weak,
        aliases=tuple(found["alias"]),
        former=tuple(found["previousName"]),
        addresses=tuple(address for line in addresses for address in split_addresses(line)),
        mentions=mentions,
        note=note,
    )


def read_names(printed: str) -> Subject:
    """The names in a cell that holds no address: `SIBERIAN AIRLINES D/B/A S7 AIRLINES`, `PEARL (A.K.A. CHU) LI`."""
    found: dict[str, list[str]] = {"alias": [], "previousName": []}
    name, weak, note = _read_name(_take_bracketed(" ".join(printed.split()), found), found)
    return Subject(name, weak, tuple(found["alias"]), tuple(found["previousName"]), note=note)


def is_reserved(text: str) -> bool:
    """Whether a cell holds no party: blank, `[Reserved]`, or the stars of an amendment."""
    return not text.strip(" *.[]") or text.strip(" .[]").casefold() == "reserved"


def split_inline_dashes(lines: Sequence[str]) -> list[str]:
    """The lines, with aliases that lost their own line (`…aliases: —A; and —B.`) put on one each."""
    return [
        " ".join(piece.split())
        for line in lines
        for piece in re.split(r"(?<=[:;.d])\s+(?=—\s*\S)", " ".join(line.split()))
    ]


def split_mentions(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines without cross-references, and the codes of the countries these name."""
    codes: dict[str, None] = {}
    kept: list[str] = []
    for line in lines:
        for reference in CROSS_REFERENCE.finditer(line):
            codes.update(dict.fromkeys(country_codes(reference["countries"])))
        left = CROSS_REFERENCE.sub("", line).strip()
        if left.strip(" .;,()"):
            kept.append(left)
    return kept, tuple(codes)


def country_codes(printed: str) -> list[str]:
    """The codes of the countries in `France, Netherlands, and Hong Kong`; what is no country is left out."""
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|/", re.sub(r"\bthe\b", "", printed, flags=re.IGNORECASE))
    codes = [code for piece in pieces if (code := destination_code(piece))]
    return codes or list(filter(None, [destination_code(printed)]))


def destination_code(printed: str) -> str | None:
    """The code of a destination as the lists print it: `CHINA, PEOPLE'S REPUBLIC OF`, `CRIMEA REGION OF UKRAINE`."""
    text = " ".join(printed.split()).strip(" .()")
    if text.casefold().endswith("region of ukraine"):
        return "ua"
    head, comma, tail = text.partition(",")
    return country_code(text) or (
        country_code(f"{tail.strip()} {head.strip()}") or country_code(head) if comma else None
    )


def split_addresses(line: str) -> list[str]:
    """The addresses of a line that separates them by `; and`, or by `, and` before what reads like an address."""
    parts = (re.sub(r"^(?:Alt(?:ernate)? )?Address:\s*", "", part.strip()) for part in ADDRESS_BREAK.split(line))
    return [address for part in parts if (address := part.strip(" ;,").removesuffix(".").strip())]


def _kind(printed: str) -> str:
    return KINDS.get(printed.casefold(), KINDS.get(printed[0].casefold(), "alias"))


def _take_bracketed(line: str, found: dict[str, list[str]]) -> str:
    """The line without names given in brackets, which go into `found`."""
    for group in BRACKETED.finditer(line):
        names = re.split(r";\s*(?:and\s+)?", group["names"])
        found[_kind(group["kind"])].extend(tidy for name in names if (tidy := _tidy(name)))
    return BRACKETED.sub("", line)


def _take_aliases(lines: Sequence[str], kind: str, found: dict[str, list[str]]) -> list[str]:
    """Sort the lines after the name: dashed ones are aliases, into `found`; the rest are addresses, returned."""
    addresses: list[str] = []
    for place, line in enumerate(lines):
        following = ALIASES.search(line)
        if following:
            kind = _kind(following["kind"])
            line = line[: following.start()].strip(" ;,")  # noqa: PLW2901 - what stood before the announcement
        if not line:
            continue
        if line[0] not in DASHES:
            addresses.append(line)
            continue
        alias = line.lstrip(DASHES + " ")
        if place == len(lines) - 1 and not addresses:
            alias, address = _split_last_alias(alias)
            addresses.extend(address)
        found[kind].append(_tidy(re.sub(r"[;,]?\s*\band\s*$", "", alias)))
    return addresses


def _split_last_alias(alias: str) -> tuple[str, list[str]]:
    """Part an address that runs on after the last alias: `Knowledge Atlas Co., Ltd. Floor 10, Building 9, …`."""
    ending = re.match(r"(?P<alias>.+?[\w)]{2,}\.)\s+(?P<address>[A-Z0-9#][^,]*(?:,[^,]+){2,})$", alias)
    return (ending["alias"], [ending["address"]]) if ending else (alias, [])


def _split_one_line(line: str) -> tuple[str, list[str]]:
    """Part `NAME, ADDRESS`: the name is the first piece between commas, and every legal form that follows it."""
    pieces = line.split(",")
    end = 1
    while end < len(pieces) and (
        LEGAL_FORM.match(pieces[end].strip())
        or ORGANISATION.match(pieces[end])
        or ",".join(pieces[:end]).count("(") > ",".join(pieces[:end]).count(")")
    ):
        end += 1
    address = ",".join(pieces[end:]).strip()
    return ",".join(pieces[:end]), [address] if address else []


def _read_name(head: str, found: dict[str, list[str]]) -> tuple[str, tuple[str, ...], str | None]:
    """(name, weak aliases, note) of the words before the aliases; names given in passing go into `found`."""
    head, note = _tidy(head), None
    part = SUBORDINATE.match(head)
    if part:
        head, note = part["name"], f"Subordinate institution of {part['parent'].strip(' ,')}"
    pieces = INLINE_ALIAS.split(head)
    for kind, alias in zip(pieces[1::2], pieces[2::2], strict=True):
        text = _tidy(alias)
        found[_kind(kind)].append(text if text.count("(") >= text.count(")") else text.rstrip(")").strip())
    name = _tidy(pieces[0])
    short = ACRONYM.match(name)
    if short and is_short_form(short["short"], short["name"]):
        return short["name"], (short["short"],), note
    return name, (), note


def is_short_form(short: str, name: str) -> bool:
    """Whether `short` abbreviates `name` (`EBCC`, `Emal Bilal Construction Company`) and is no place in brackets."""
    initials = re.findall(r"[A-Z0-9]", short)
    return len(initials) > 1 and bool(name) and initials[0] == name[0].upper() and short not in ("HK", "UK", "USA")


def _tidy(text: str) -> str:
    """A name without the punctuation of the list around it; the dot of an abbreviated form stays."""
    tidy = text.strip(' ;,:“”"')
    keeps_dot = re.search(r"\b(?:co|ltd|inc|corp|llc|bros|sti|jr|sr|[a-z])\.$", tidy, re.IGNORECASE)
    return tidy if keeps_dot else tidy.rstrip(".").strip()
