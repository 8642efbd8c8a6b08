"""The words of a Federal Register notice → what an authority did, under which measure.

A title or a sentence of an abstract names an action ("adding", "removed", "updates to the identifying information")
and a list; each action belongs to the list that follows it, else to the one before it. Agencies repeat their formulas
to the letter for years, so patterns over them reach far; what is not plain gives nothing. Pure functions over text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vacatur.sources.proposals import UNIDENTIFIED


@dataclass(frozen=True, slots=True)
class Step:
    """One action under one measure, and the span of the text that says so."""

    kind: str
    measure: str
    start: int
    end: int
    confidence: float
    why: str


def _any(*patterns: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), word) for pattern, word in patterns)


LISTS = _any(
    (r"(?:Uyghur Forced Labor Prevention Act|UFLPA)(?: \(UFLPA\))? Entity List|\bUFLPA\b", "uflpa"),
    (r"\bEntity List\b", "entity-list"),
    (r"\bMilitary[- ]End[- ]User(?: \(MEU\))? List|\bMEU List", "bis-meu"),
    (r"\bUnverified List|\bUVL\b", "bis-uvl"),
    (r"\bSpecially Designated Nationals|\bSDN List\b", "ofac-sdn"),
    (r"\bSectoral Sanctions Identifications?", "ofac-ssi"),
    (r"\bForeign Sanctions Evaders", "ofac-fse"),
    (r"\bMenu[- ]Based Sanctions", "ofac-mbs"),
    (r"\bChinese Military[- ]Industrial Complex", "eo-14032"),
    (r"\bCommunist Chinese military compan", "ccmc-1237"),
    (r"(?<!Communist )\bChinese military compan", "1260h"),
    (r"\bCovered List\b", "fcc-covered-list"),
    (r"\bstatutor(?:y|ily) debar\w*", "state-dtc"),
    (r"\bNonproliferation (?:Measures|Sanctions)\b", "state-isn"),
    (r"\bForeign Terrorist Organization", "fto"),
    (r"\bSpecially Designated Global Terrorist", "sdgt"),
    (r"\bdenial order|\bexport privileges", "bis-denial-order"),
)
"""Lists and orders as notices name them, and the measure each is; the first that fits a place counts."""

_TITLE_ACTIONS = _any(
    (r"\badditions?\b", "designated"),
    (r"\bremovals?\b", "delisted"),
    (r"\brevisions?\b|\bmodifications?\b|\bamendments? to\b|\bamendment of the\b", "amended"),
    (r"\bdesignation of\b", "designated"),
    (r"\brescission\b|\brevocation\b", "revoked"),
    (r"\bimposition of\b|^.{0,40}(?<!of )\bstatutory debarment (?:under|of)\b", "designated"),
    (r"\borders? (?:temporarily )?denying\b|(?<!renewing )(?<!terminating )\btemporary denial\b", "order_imposed"),
    (r"\brenewing\b|\brenewal\b", "redesignated"),
    (r"\bterminating\b|\bvacating\b", "order_lifted"),
)
_ABSTRACT_ACTIONS = _any(
    (r"\badd(?:ing|s|ed)\b(?! (?:regulations|a note|language|text))", "designated"),
    (
        r"\bplaced on\b|\bimposed sanctions\b|\bimposition of measures\b|\bhas imposed statutory debarment\b",
        "designated",
    ),
    (
        r"\bdetermined to be subject to specific prohibitions\b|\bselected (?:certain )?sanctions\b"
        r"|\bmet the criteria for sanctions\b",
        "designated",
    ),
    (r"\bremov(?:ing|es|ed)\b|\ba removal of\b|\bunblocked\b|\bno longer subject to the prohibitions\b", "delisted"),
    (r"\bno longer blocked\b", "delisted"),
    (r"\brescinded\b", "revoked"),
    (
        r"\bupdat(?:e|es|ing|ed)\b(?: \w+){0,3}?(?: to the| the)? (?:identifying )?(?:information|entries|entry)\b"
        r"|\bupdates to \d+ entries|\bupdating [\w' ]{1,30}entr(?:y|ies)\b|\brevising the entry\b"
        r"|\b(?:have|has) been updated\b"
        r"|\bmodif(?:ying|ies)\b|\brevis(?:ing|es)\b(?! the (?:EAR|Export))|\bamends? the entr(?:y|ies)\b",
        "amended",
    ),
    (r"\bcorrect(?:ing|s)?\b", "corrected"),
)
_CORRECTION = re.compile(r";\s*corrections?\s*$|^correction to\b|\bcorrections? of existing entr", re.IGNORECASE)
_NO_ACT = re.compile(
    r"\b(?:comment request|information collection|application for|advance notice|authorization of certain)\b",
    re.IGNORECASE,
)
"""A notice that asks or announces only, or that concerns no one on a list."""

_UNCERTAIN = re.compile(
    r"\bmay lead to\b|\bproposes?\b|\bprocess for\b|^That (?:final |interim )?rule\b", re.IGNORECASE
)
"""A part of a title or a sentence that tells of what may come, or of an earlier rule."""

_CLAIMS_NOTHING_NEW = frozenset({"delisted", "amended"})
"""Actions beside which "placed on" only says which persons are meant."""

_WHOLE: tuple[tuple[str, str, str, float], ...] = (
    (r"\bpreliminary injunction ordered\b", "preliminary_injunction_granted", UNIDENTIFIED, 0.7),
    (r"\bcourt order; stay of effectiveness\b", "stay_granted", UNIDENTIFIED, 0.7),
    (r"\b(?:implementation of|court|judicial|due to|partial|^)\s*vacatur\b", "vacated", UNIDENTIFIED, 0.6),
    (
        r"\bTikTok enforcement delay\b|\bapplication of protecting americans from foreign adversary controlled",
        "enforcement_deferred",
        "pafaca",
        0.9,
    ),
    (r"\bpublication of\b.{0,120}\bgeneral licenses?\b", "general_license", "", 0.85),
    (r"^continuation of the national emergency\b", "continued", UNIDENTIFIED, 0.8),
)
_AMENDING = re.compile(r"\bamend(?:ing|ment (?:of|to)) executive order (?P<number>\d{5})", re.IGNORECASE)
_ORDER_TITLE = re.compile(
    r"\b(?:blocking (?:the )?property|suspending entry|imposing|reimposing|addressing the threat|prohibiting)\b",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\b(?P<verb>Amends|Revokes|Supersedes|Revoked|Amended)\b:(?P<orders>[^:]*?)(?=;? *(?:[A-Z]\w+:)|$)"
)
_NOTED = {"Amends": "amended", "Revokes": "revoked", "Supersedes": "revoked"}


def read_notice(title: str, abstract: str = "", agency_list: str | None = None) -> list[Step]:
    """The actions of a notice, one of each (kind, measure).

    Args:
        title: as published.
        abstract: "" when there is none.
        agency_list: the measure meant where an action names no list (an OFAC notice means the SDN list).

    Returns:
        steps whose spans are in the title and abstract with a line break between.
    """
    if _NO_ACT.search(title):
        return []
    found = list(_of_title(title, agency_list))
    for start, end in _sentences(abstract):
        found += _of_sentence(abstract[start:end], len(title) + 1 + start, agency_list)
    kinds: dict[tuple[str, str], Step] = {}
    for step in _without_headings(found, len(title)):
        kinds.setdefault((step.kind, step.measure), step)
    return list(kinds.values())


def _without_headings(steps: list[Step], title_ends: int) -> Iterator[Step]:
    """Leave out the "Revisions to the Unverified List" of a title whose abstract tells additions and removals alone."""
    told = {(step.kind, step.measure) for step in steps if step.start > title_ends}
    headed = {(step.kind, step.measure) for step in steps if step.start <= title_ends}
    for step in steps:
        moves = {("designated", step.measure), ("delisted", step.measure)}
        heading = step.kind == "amended" and step.start <= title_ends and not moves & headed
        if not (heading and moves & told and ("amended", step.measure) not in told):
            yield step


def read_order(number: int, title: str, notes: str = "") -> list[Step]:
    """What an executive order does: imposes restrictions of its own, amends or revokes others.

    Args:
        number: of the order.
        title: as published.
        notes: the Federal Register's disposition notes ("Amends: EO 13581, July 24, 2011").

    Returns:
        steps whose spans are in the title; for what only the notes say, the whole title.
    """
    found: list[Step] = []
    whole = (0, len(title))
    if (match := _ORDER_TITLE.search(title)) and not _AMENDING.search(title):
        found.append(Step("order_imposed", f"eo-{number}", *match.span(), 0.8, "the title of an executive order"))
    for match in _NOTES.finditer(notes):
        verb = match["verb"]
        orders = re.findall(r"\bEO (\d{5})", match["orders"]) if verb in _NOTED else []
        found += [Step(_NOTED[verb], f"eo-{one}", *whole, 0.8, f"disposition notes: {verb} EO {one}") for one in orders]
    return found or [
        Step("amended", f"eo-{m['number']}", *m.span(), 0.8, "the title") for m in _AMENDING.finditer(title)
    ]


def lists_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, measure) of every list or order named, in order, the more telling name at each place."""
    found: list[tuple[int, int, str]] = []
    for pattern, measure in LISTS:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((*match.span(), measure))
    return sorted(found)


def _of_title(title: str, agency_list: str | None) -> Iterator[Step]:
    named = lists_in(title)
    for pattern, kind, measure, sure in _WHOLE:
        if match := re.search(pattern, title, re.IGNORECASE):
            listed = measure or (named[0][2] if named else UNIDENTIFIED)
            yield Step(kind, listed, *match.span(), sure, f"the title says {match.group()!r}")
    for match in _AMENDING.finditer(title):
        yield Step("amended", f"eo-{match['number']}", *match.span(), 0.85, f"the title says {match.group()!r}")
    correction = _CORRECTION.search(title)
    if correction and (named or agency_list):
        measure = named[0][2] if named else str(agency_list)
        yield Step("corrected", measure, *correction.span(), 0.9, "the title calls it a correction")
        if not title[: correction.start()] or correction.end() == len(title):
            return
    start = 0
    for part in title.split(";"):
        if not _UNCERTAIN.search(part):
            yield from _paired(
                part, start, lists_in(part) or [one for one in named if not start], _TITLE_ACTIONS, None, 0.95
            )
        start += len(part) + 1


def _of_sentence(sentence: str, offset: int, agency_list: str | None) -> Iterator[Step]:
    if _UNCERTAIN.search(sentence):
        return
    steps = list(_paired(sentence, offset, lists_in(sentence), _ABSTRACT_ACTIONS, agency_list, 0.85))
    kinds = {step.kind for step in steps}
    relative = re.compile(r"\bplaced on\b", re.IGNORECASE)
    for step in steps:
        said = sentence[step.start - offset : step.end - offset]
        if relative.match(said) and kinds & _CLAIMS_NOTHING_NEW:
            continue
        yield step


def _paired(
    text: str,
    offset: int,
    named: list[tuple[int, int, str]],
    actions: Iterable[tuple[re.Pattern[str], str]],
    default: str | None,
    sure: float,
) -> Iterator[Step]:
    """Each action with the list after it, else the list before it, else the default."""
    found = sorted((match.start(), match.end(), kind) for pattern, kind in actions for match in pattern.finditer(text))
    for start, end, kind in found:
        after = [one for one in named if one[1] > start]
        before = next((one for one in reversed(named) if one[0] <= start), None)
        near = _joined(text, after) or ([before] if before else [])
        if not near and default is not None:
            yield Step(kind, default, offset + start, offset + end, sure - 0.15, f"{text[start:end]!r}, no list named")
        for first, last, measure in near:
            span = offset + min(start, first), offset + max(end, last)
            yield Step(kind, measure, *span, sure, f"{text[start:end]!r} with the list named")


def _joined(text: str, named: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The first list and those that a comma or "and" joins to it."""
    kept = named[:1]
    for one in named[1:]:
        between = text[kept[-1][1] : one[0]]
        if (
            len(between) > 45
            or not re.search(r",|\band\b", between)
            or re.search(r"[.;]|ing\b|\bto\b|\bfrom\b", between)
        ):
            break
        kept.append(one)
    return kept


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"(?<![A-Z])(?<!\bNo)(?<!\bInc)(?<!\bLtd)(?<!\bCo)\.\s+(?=[A-Z])", text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)
