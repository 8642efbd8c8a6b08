"""The words of a docket entry → what the court or a party did in it.

Clerks write dockets in set phrases ("ORDER granting 12 Motion for Preliminary Injunction", "MANDATE ISSUED"): an entry
is either a filing, of which only a complaint, an appeal and a dismissal by the plaintiff are steps of their own, or it
speaks for a court, and then each disposition (granted, denied, vacated …) is read with its object. Recitals,
attachments and proposed orders are not the court's words. What is not plain gives nothing. Pure functions over text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """One step in an entry: a kind of `law.kinds`, and the span of the text that says so.

    `on` is what the step works on ("listing", "order" of a court, or "" where the words leave it open); `partial` that
    it was granted in part only.
    """

    kind: str
    start: int
    end: int
    confidence: float
    why: str
    on: str = ""
    partial: bool = False
    note: str | None = None


_ASIDE = re.compile(
    r"\(Attachments?:.*?\)(?=\s*\(|\s*$)|\(Entered: [^)]*\)|\[Entered: [^\]]*\]|-*\[Edited [^\]]*\]"
    r"|\bCert Petition Action.*?(?=Ruling|$)|\bNotes: .*|\bModified on .*|\(Main Document .*?\)|\(related documents?\(s\)[^)]*\)",
    re.IGNORECASE | re.DOTALL,
)
_RECITAL = re.compile(
    r"\b(?:in (?:view|light) of|upon consideration of|having considered|considering|WHEREAS|it appearing)\b"
    r".{0,500}?(?=, (?:the|it|this)\b|;|$)"
    r"|\b(?:pur[a-z]{0,3}u?ant to|in accordance with|consistent with)\b(?:[^,;.]|\.(?=\S))*",
    re.IGNORECASE | re.DOTALL,
)
_STRUCK = re.compile(
    r"^\W*(?:COURT DELETED|ENTERED IN ERROR|STRICKEN|VACATED PER|DELETED|TERMINATED|DISREGARD|INCORRECT ENTRY"
    r"|FILED IN ERROR|WITHDRAWN)",
    re.IGNORECASE,
)
_LEAD = r"^\W*(?:(?:first|second|third|consent|joint|unopposed|emergency|cross|partial|renewed|sealed|supplemental) )*"
_FILING = re.compile(
    _LEAD + r"(?:-?MOTION|CROSS[- ]MOTION|APPLICATION|MEMORANDUM (?:in|of (?:law|points))|BRIEF|REPL(?:Y|IES)|RESPONSE"
    r"|OPPOSITION|OBJECTION|NOTICE\b(?! of (?:\w+ )*(?:appeal|(?:voluntary )?dismissal|settlement))|DECLARATION|AFFIDAVIT"
    r"|EXHIBIT|PROPOSED|TEXT OF PROPOSED|LETTER|TRANSCRIPT|STATUS REPORT|SUMMONS|CERTIFICATE|CERTIFIED|ANSWER|AMENDED"
    r"|REDACTED|SEALED DOCUMENT|ADMINISTRATIVE RECORD|ENTRY OF PLEA|ERRATA|SUBSTITUTION|MEET AND CONFER|RETURN|FORM \d"
    r"|PRACTICES|MAIL|DISCLOSURE|CORPORATE|STATEMENT|SUGGESTION|TRIAL BRIEF|EXCERPTS|AO 121|EXHIBITS|REPORT|SUPPLEMENT"
    r"|ERRATUM|JOINT APPENDIX|FILED \(ECF\)|ATTORNEY|ORDER TO SHOW CAUSE|MAGISTRATE JUDGE'S NOTICE|WAIVER|REQUEST"
    r"|LCvR|CIVIL COVER|APPEARANCE|TRANSMISSION|SET/RESET|MINUTE ENTRY FOR (?:STATUS|TELEPHONE))",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    _LEAD + r"(?:CLASS ACTION )?(?P<what>COMPLAINT(?! received)|PETITION for (?:review|a writ))", re.IGNORECASE
)
_APPEAL = re.compile(
    _LEAD
    + r"(?P<what>(?:AMENDED )?NOTICE OF (?:\w+ )?(?:CROSS[- ]?)?APPEAL|DOCKETED CAUSE|(?:US )?CIVIL.{0,30}CASE docketed)",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    _LEAD + r"(?P<what>(?:NOTICE|STIPULATION) of (?:voluntary )?dismissal)(?!/Party)(?!\s*(?:\(?partial|re |as to|of "
    r"(?:counts?|claims?|defendant)))",
    re.IGNORECASE,
)
_SETTLED = re.compile(_LEAD + r"(?P<what>(?:NOTICE|STIPULATION) (?:and order )?of settlement)", re.IGNORECASE)

_DISPOSED = re.compile(
    r"\b(?P<verb>grant(?:ing|ed|s)?|den(?:y|ying|ied|ies))\b"
    r"(?P<part>,? in part(?:,? and (?:den(?:y|ying|ied|ies)|grant(?:ing|ed|s)?),? in part)?)?",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;]|(?<!\bDkt)(?<!\bNo)(?<!\bv)(?<!\bMot)(?<!\bet al)(?<![A-Z])\.\s")
_PASSIVE = re.compile(r"\b(?:is|are|be|was|were|been|hereby|should be)\W*(?:hereby\W*)?$", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|should|why|whether|if|may|might|would|unless|propos\w+|request\w*|seek\w*|deadline\w*)\W*"
    r"(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)

_PROCEEDINGS = (
    r"(?:proceedings?|(?:the |this |instant )?(?:case|action|litigation|matter|lawsuit)|discovery|briefing|deadlines?"
    r"|further|trial|pre-?trial|sentencing|time|settlement|arbitration|obligations?|answer)"
)
_AGENCY = (
    r"(?:designation|listing|agency action|agency'?s? (?:action|decision|order)|final rule|rule\b|determination"
    r"|entity list|blocking|denial order|delisting|(?:Secretary|Department|Commission|FCC|DoD|OFAC|BIS)'?s? "
    r"(?:order|decision|action|determination|designation))"
)
_JUDICIAL = r"(?:judgments?|opinions?|decisions?|rulings?|district court'?s? order|orders?\b)"


@dataclass(frozen=True, slots=True)
class _Object:
    """What a motion asks for: the act when it is granted, when it is denied, and on what it works."""

    pattern: re.Pattern[str]
    granted: str | None
    denied: str | None
    on: str = ""
    note: str | None = None


def _object(pattern: str, granted: str | None, denied: str | None, on: str = "", note: str | None = None) -> _Object:
    return _Object(re.compile(pattern, re.IGNORECASE), granted, denied, on, note)


_OBJECTS = (
    _object(
        r"leave to|extension|extend|pro hac|appear|seal|excess|interven|amic|amend|expedit|clarif|reconsider|continu"
        r"|withdraw|compel|strike|consolidat|adjourn|certify|clerk'?s|default|issue the mandate|in limine|complaint"
        r"|hearing|schedul|protective order|supplement|transfer|recus|counsel|audit|travel|page limit|to file|reopen",
        None,
        None,
    ),
    _object(r"(?:lift|vacat|dissolv|terminat)\w*(?: the| of the)? (?:administrative )?stay", "stay_lifted", None),
    _object(
        r"(?:dissolv|vacat|set aside)\w*(?: the| of the)? (?:preliminary |permanent )?"
        r"(?:injunction|temporary restraining)",
        "injunction_dissolved",
        None,
    ),
    _object(r"recall\w*(?: of)?(?: the)? mandate", "mandate_recalled", None),
    _object(
        r"temporary restraining order|\bTRO\b",
        "temporary_restraining_order",
        "preliminary_injunction_denied",
        "listing",
        "a temporary restraining order",
    ),
    _object(r"permanent injunction", "permanent_injunction", None, "listing"),
    _object(
        r"preliminary injunction|injunctive relief|preliminary inj\b|preliminarily enjoin|injunction pending",
        "preliminary_injunction_granted",
        "preliminary_injunction_denied",
        "listing",
    ),
    _object(rf"stay(?:ing)?(?: of| the| all| this)* {_PROCEEDINGS}", None, None),
    _object(r"\bstay(?:ing)?\b", "stay_granted", "stay_denied"),
    _object(r"summary judgment", "summary_judgment", None),
    _object(r"\bdismiss\w*", "dismissed", None),
    _object(rf"(?:vacat|set aside)\w*(?: the| of the)? {_AGENCY}", "vacated", None, "listing"),
    _object(r"petitions? for review", "vacated", "summary_judgment_for_government", "listing"),
    _object(r"(?:voluntary )?remand", "remanded", None),
    _object(r"settlement|consent (?:judgment|decree)", "settled", None),
)

_VERBS: tuple[tuple[str, str, float, str], ...] = (
    (rf"{_AGENCY}[^.;]{{0,120}}?\b(?:is|are)\b[^.;]{{0,20}}?\bvacated\b", "vacated", 0.85, "listing"),
    (
        rf"\bvacat(?:es|ed|ing)\b(?: and setting aside)? (?:the |its |defendants?'? |\w+'s ){{0,2}}[^.;]{{0,30}}?{_AGENCY}",
        "vacated",
        0.85,
        "listing",
    ),
    (
        r"(?:injunction|restraining order)[^.;]{0,80}?\b(?:is|are)\b[^.;]{0,20}?(?:vacated|dissolved)|\bdissolv(?:ing|es|ed)"
        r"(?: the)? (?:preliminary |permanent )?(?:injunction|temporary)",
        "injunction_dissolved",
        0.85,
        "order",
    ),
    (
        r"\bstay\b[^.;]{0,60}?\b(?:is|are)\b[^.;]{0,20}?(?:lifted|vacated|dissolved)|\b(?:lift|vacat|dissolv)(?:ing|es|ed)"
        r"(?: the)? (?:administrative )?stay",
        "stay_lifted",
        0.85,
        "order",
    ),
    (
        rf"{_JUDICIAL}[^.;]{{0,60}}?\b(?:is|are)\b[^.;]{{0,15}}?(?:vacated|reversed)|\b(?:vacat|revers)(?:ing|es|ed)\b"
        rf"(?: the| this| its)? (?:[\w.']+ ){{0,4}}{_JUDICIAL}|^\W*REVERSED|Ruling: Vacated(?:/Remanded)?",
        "judgment_reversed",
        0.8,
        "order",
    ),
    (r"\bmandate\b[^.;]{0,60}?\brecalled\b|\brecall(?:ing|s|ed)\b(?: the)? mandate", "mandate_recalled", 0.9, "order"),
    (
        r"^\W*(?:USCA |certified )*mandate (?:issued|of (?:the )?(?:USCA|US|U\.S\.|court|united))|\bmandate issued\b"
        r"(?! on)|shall (?:serve|constitute|act) as the (?:court's )?mandate|\bissuing the mandate",
        "mandate_issued",
        0.9,
        "",
    ),
    (
        r"(?:designation|listing|agency action|final rule|(?:district court )?order|judgment|injunction|opinion)[^.;]{0,160}?"
        r"\b(?:is|are|be)\b[^.;]{0,25}?\bstayed\b",
        "stay_granted",
        0.8,
        "",
    ),
    (
        r"\badministrative(?:ly)? stay(?:ed)?\b(?=[^.;]{0,30}(?:\bis\b|\bentered|pending|until))",
        "stay_granted",
        0.7,
        "",
    ),
    (r"\bpreliminarily (?:enjoin|restrain)\w*", "preliminary_injunction_granted", 0.85, "listing"),
    (r"\bpermanently (?:enjoin|restrain)\w*", "permanent_injunction", 0.85, "listing"),
    (
        r"\btemporarily (?:enjoin|restrain)\w*|^\W*temporary restraining order",
        "temporary_restraining_order",
        0.8,
        "listing",
    ),
    (r"^\W*(?:order (?:of|for) )?preliminary injunction\b", "preliminary_injunction_granted", 0.7, "listing"),
    (r"^\W*permanent injunction\b", "permanent_injunction", 0.7, "listing"),
    (
        r"\bdismiss(?:ing|es)\b(?: as moot| with(?:out)? prejudice)? (?:the |this |all )?(?:appeal|case|action|complaint|petition"
        r"|challenge|claims)|\b(?:appeal|case|action|complaint|petition|matter)\b[^.;]{0,40}?\b(?:is|are)\b[^.;]{0,15}?"
        r"\bdismissed\b|^\W*(?:closed )?dismissed\b|^\W*order (?:of dismissal|dismissing)",
        "dismissed",
        0.8,
        "",
    ),
    (r"\baffirm(?:ing|s|ed)\b(?! by)", "affirmed", 0.75, ""),
    (
        r"\bremand(?:ing|s|ed)\b[^.;]{0,60}?(?:without vacatur|to the (?:agency|department|secretary|bureau|office|commission))",
        "remanded",
        0.8,
        "",
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), kind, sure, on) for pattern, kind, sure, on in _VERBS)

_SHORT: tuple[tuple[str, str, float], ...] = (
    (r"complaint$|petition for review$", "complaint_filed", 0.9),
    (r"notice of (?:\w+ )?appeal\b", "appeal_filed", 0.9),
    (r"(?:usca )?mandate(?: issued)?$", "mandate_issued", 0.9),
    (r"mandate recalled$", "mandate_recalled", 0.9),
    (r"order dismissing (?:case|appeal)$|notice of voluntary dismissal$|stipulation of dismissal$", "dismissed", 0.8),
)
_SHORT_IF_NUMBERED: tuple[tuple[str, str, float], ...] = (
    (r"temporary restraining order$", "temporary_restraining_order", 0.6),
    (r"preliminary injunction$", "preliminary_injunction_granted", 0.6),
    (r"permanent injunction$", "permanent_injunction", 0.6),
)


def read_rulings(
    text: str, earlier: Callable[[str], str] = lambda number: "", plaintiffs: str = "", defendants: str = ""
) -> list[Ruling]:
    """What an entry's text says was done, in the order of the text; one of a kind.

    Args:
        text: the docket text of the entry.
        earlier: the text of an earlier entry by its number, "" when there is none; a ruling on "22 Motion" is read
            with what entry 22 asked for.
        plaintiffs: their names in one text, to tell for whom a judgment is; `defendants` likewise.
    """
    if _STRUCK.search(text):
        return []
    quiet = _RECITAL.sub(_blank, _ASIDE.sub(_blank, text))
    if (opened := _opening(quiet)) is not None:
        return [opened]
    if _FILING.search(quiet):
        return []
    sides = {"plaintiff": plaintiffs, "government": defendants}
    found = [*_disposed(quiet, earlier, sides), *_worded(quiet)]
    kinds: dict[str, Ruling] = {}
    for ruling in sorted(found, key=lambda one: (-one.confidence, one.start)):
        kinds.setdefault(ruling.kind, ruling)
    return sorted(kinds.values(), key=lambda one: one.start)


def read_event(event: str, numbered: bool) -> list[Ruling]:
    """What the name of a docket event says ("Mandate Recalled"), where there is no text.

    An "Order on Motion to Stay" says nothing: the outcome is not in it. Without a number, "Preliminary Injunction" is
    the minute of a hearing.
    """
    for pattern, kind, sure in (*_SHORT, *(_SHORT_IF_NUMBERED if numbered else ())):
        if match := re.match(pattern, event.strip(), re.IGNORECASE):
            return [Ruling(kind, *match.span(), sure, f"the docket event is called {match.group()!r}")]
    return []


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _opening(quiet: str) -> Ruling | None:
    """The step that a filing is by itself."""
    for pattern, kind in (
        (_APPEAL, "appeal_filed"),
        (_COMPLAINT, "complaint_filed"),
        (_DROPPED, "dismissed"),
        (_SETTLED, "settled"),
    ):
        if match := pattern.search(quiet):
            return Ruling(kind, *match.span("what"), 0.9, f"the entry opens with {match['what']!r}")
    return None


def _disposed(quiet: str, earlier: Callable[[str], str], sides: Mapping[str, str]) -> Iterator[Ruling]:
    """Motions granted and denied: the object stands after "granting", and before "is granted"."""
    verbs = list(_DISPOSED.finditer(quiet))
    for place, verb in enumerate(verbs):
        if _NEGATED.search(quiet[: verb.start()]):
            continue
        before = quiet[verbs[place - 1].end() if place else 0 : verb.start()]
        after = quiet[verb.end() : verbs[place + 1].start() if place + 1 < len(verbs) else len(quiet)]
        start, end = _segment(before, after, verb, passive=bool(_PASSIVE.search(before)))
        asked = quiet[start:end]
        granted = verb["verb"].lower().startswith("grant")
        context = " ".join([asked, *(earlier(number) for number in re.findall(r"\b\d{1,4}\b", asked))])
        yield from _ruled(
            asked, context, (min(start, verb.start()), max(end, verb.end())), granted, verb["part"], sides
        )


def _segment(before: str, after: str, verb: re.Match[str], *, passive: bool) -> tuple[int, int]:
    """Where the object of a disposition stands."""
    stops = [match.end() for match in _STOP.finditer(before)]
    cut = stops[-1] if stops else 0
    backward = (verb.start() - len(before) + cut, verb.start())
    stop = _STOP.search(after)
    forward = (verb.end(), verb.end() + (stop.start() if stop else len(after)))
    wordless = verb["verb"].lower() in ("granted", "denied") and not re.match(r"\W*\[?\d|\W*(?:the|plaintiff)", after)
    return backward if passive or wordless else forward


def _ruled(
    asked: str, context: str, span: tuple[int, int], granted: bool, part: str | None, sides: Mapping[str, str]
) -> Iterator[Ruling]:
    hits = [(match.start(), -len(match.group()), item) for item in _OBJECTS if (match := item.pattern.search(asked))]
    if not hits:
        return
    item = min(hits, key=lambda hit: hit[:2])[2]
    kind = item.granted if granted else item.denied
    on = item.on
    if kind in ("stay_granted", "stay_denied"):
        if re.search(rf"stay(?:ing)?(?: of| the| all| this)* {_PROCEEDINGS}", context, re.IGNORECASE):
            return
        on = _stayed(context)
    if kind == "summary_judgment":
        kind = _won(context, sides)
    if kind is None or (part and kind == "dismissed"):
        return
    unsure = 0.15 if part else 0.0
    word = "granted" if granted else "denied"
    note = f"{item.note} was {word}" if item.note and not granted else None
    yield Ruling(
        kind, *span, 0.9 - unsure, f"{word}{part or ''}: {' '.join(asked.split())[:120]}", on, bool(part), note
    )


def _stayed(context: str) -> str:
    """Whether a stay is of an order of a court, of the agency's action, or does not say."""
    if re.search(_AGENCY, context, re.IGNORECASE):
        return "listing"
    if re.search(rf"injunction|restraining|{_JUDICIAL}|pending appeal", context, re.IGNORECASE):
        return "order"
    return ""


def _won(context: str, sides: Mapping[str, str]) -> str | None:
    """Whose motion for summary judgment it was: by the word, else by the name of who moved."""
    by = {"plaintiff": r"plaintiffs?'?", "government": r"defendants?'?|government|united states|respondents?"}
    for side, word in by.items():
        if re.search(
            rf"\b(?:{word})\W*(?:s\b)?(?:\W+\w+){{0,3}}?\W+motion|motion[^.;]*\bby (?:{word})", context, re.IGNORECASE
        ):
            return f"summary_judgment_for_{side}"
    moved = re.search(r"\bby ([^.(]{4,80})", context)
    if moved is None:
        return None
    mover = moved[1].casefold().split(",")[0].strip()
    return next((f"summary_judgment_for_{side}" for side, names in sides.items() if mover in names.casefold()), None)


def _worded(quiet: str) -> Iterator[Ruling]:
    """Dispositions by verbs of their own: vacated, dissolved, lifted, recalled, enjoined, dismissed."""
    for pattern, kind, sure, on in _COMPILED:
        for match in pattern.finditer(quiet):
            if not _NEGATED.search(quiet[: match.start()]) and not _NEGATED.search(_head(match.group())):
                work = _stayed(match.group()) if kind == "stay_granted" else on
                yield Ruling(
                    kind, *match.span(), sure, f"the court's words: {' '.join(match.group().split())[:120]}", work
                )


def _head(phrase: str) -> str:
    """A phrase without its last word: where "not" may stand before a participle."""
    return phrase[: phrase.rfind(" ") + 1]
