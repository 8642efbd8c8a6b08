"""Chinese military companies as the Department of Defense prints them, to parties with their listed parents.

An entry is a name with short or former names in brackets behind it: `China Mobile Limited (China Mobile)`, `AVIC
Airborne Systems Co., Ltd. (formerly China Avionics Systems Co., Ltd.)`; marks of footnotes may follow. The department
numbers nobody: the id of a party is `<source>-<slug of the name without its brackets>`, the same from every form of the
list. A subsidiary printed under its parent gives an Ownership link without figures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from vacatur.parties import Entry, Listing, Party, make_party
from vacatur.sources._us_documents import slug

MARKS = " *†‡§.;,"
"""What may stand behind an entry without belonging to it; a dot that ends an abbreviation is kept."""

NAME_PARTS = frozenset(
    ("limited", "ltd", "ltd.", "group", "holdings", "china", "beijing", "shanghai", "hong kong", "bvi", "usa")
)
"""Words in brackets at the end of a name that belong to the name."""

FORMER = re.compile(r"^(?:formerly|previously)(?:\s+known)?(?:\s+as)?\s+", re.IGNORECASE)
ALSO = re.compile(r"^(?:also known as|a\.?k\.?a\.?,?|now|d/b/a)\s+", re.IGNORECASE)
SUBSIDIARIES = re.compile(r"\(\s*and\s+[^:()]*\bsubsidiar(?:y|ies)\b[^:()]*:\s*", re.IGNORECASE)
LEGAL_FORM = re.compile(
    r"^(?:and\s+)?(?:Ltd|Limited|LLC|L\.L\.C|Inc|Co\b|Corp|Company|PLC|S\.A|S\.L|GmbH|Americas$)", re.IGNORECASE
)
ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,9}$")


@dataclass(frozen=True, slots=True)
class Company:
    """One entry of an edition; `parent` is the printed name of the company that it stands under.

    `listed_on` is the day of listing where the file states one.
    """

    name: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    parent: str | None = None
    remarks: str | None = None
    listed_on: date | None = None

    @property
    def slug(self) -> str:
        """The company within an edition."""
        return slug(self.name)


def read_company(printed: str, parent: str | None = None, remarks: str | None = None) -> Company | None:
    """The company of an entry as printed; None when nothing is left of it."""
    text = strip_marks(printed.replace("[", "(").replace("]", ")"))
    found: dict[str, list[str]] = {"alias": [], "weak": [], "former": []}
    while (start := last_bracket(text)) > 0:
        inside = text[start + 1 : -1].strip()
        if inside.casefold() in NAME_PARTS:
            break
        _sort(inside, found)
        text = strip_marks(text[:start])
    if not any(c.isalnum() for c in text):
        return None
    return Company(
        text,
        tuple(reversed(found["alias"])),
        tuple(reversed(found["weak"])),
        tuple(reversed(found["former"])),
        parent,
        remarks,
    )


def read_family(printed: str, remarks: str | None = None) -> Iterator[Company]:
    """The company of a Federal Register paragraph and those in `(and two subsidiaries: A Co., Ltd.; and B Inc.)`."""
    tail = SUBSIDIARIES.search(printed)
    parent = read_company(printed[: tail.start()] if tail else printed, remarks=remarks)
    if parent is None:
        return
    yield parent
    if tail:
        for name in split_names(printed[tail.end() :].strip(MARKS).removesuffix(")")):
            if child := read_company(name, parent.name):
                yield child


def split_names(printed: str) -> list[str]:
    """The names of an enumeration, parted at semicolons, else at commas outside brackets that no legal form follows."""
    pieces, depth = [""], 0
    mark = ";" if ";" in printed else ","
    for character in printed:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == mark and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += character
    names: list[str] = []
    for piece in pieces:
        if names and mark == "," and LEGAL_FORM.match(piece.strip()):
            names[-1] += "," + piece
        elif text := re.sub(r"^\s*and\s+", "", piece).strip():
            names.append(text)
    return names


def strip_marks(printed: str) -> str:
    """An entry without the marks of footnotes and the stop behind it; `Co., Ltd.` keeps its dot."""
    text = " ".join(printed.split()).strip(MARKS.replace(".", ""))
    bare = text.rstrip(MARKS)
    return text if text.endswith(".") and not bare.endswith(")") and text[len(bare) :] == "." else bare


def last_bracket(text: str) -> int:
    """Where the bracket that ends `text` opens; -1 when it ends in none."""
    if not text.endswith(")"):
        return -1
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


def edition_entries(source: str, listing: Listing, companies: Iterable[Company]) -> Iterator[Entry]:
    """The entries of one edition: a party for each company, listed; parents that are not; the links between them."""
    listed: dict[str, Company] = {}
    parents: dict[str, Company] = {}
    for company in companies:
        listed.setdefault(company.slug, company)
        if company.parent and (parent := read_company(company.parent)):
            parents.setdefault(parent.slug, parent)
    for key, company in listed.items():
        yield Entry(_party(source, company), (replace(listing, remarks=company.remarks, listed_on=company.listed_on),))
        if company.parent and (parent := read_company(company.parent)) and parent.slug != key:
            yield Entry(
                make_party(
                    f"{source}-{parent.slug}-owns-{key}",
                    "Ownership",
                    {"owner": [f"{source}-{parent.slug}"], "asset": [f"{source}-{key}"], "role": ["listed parent"]},
                )
            )
    for key, parent in parents.items():
        if key not in listed:
            yield Entry(_party(source, parent))


def _party(source: str, company: Company) -> Party:
    return make_party(
        f"{source}-{company.slug}",
        "Company",
        {
            "name": [company.name],
            "alias": company.aliases,
            "previousName": company.former,
            "weakAlias": company.weak,
        },
    )


def _sort(inside: str, found: dict[str, list[str]]) -> None:
    """Put the content of a bracket where it belongs: a former name, an acronym, or another name."""
    if former := FORMER.match(inside):
        found["former"].append(inside[former.end() :])
    elif also := ALSO.match(inside):
        found["alias"].append(inside[also.end() :])
    else:
        found["weak" if ACRONYM.match(inside) else "alias"].append(inside)
