"""The set phrases of federal dockets: how entries open, what motions ask for, how courts dispose of them.

One reviewed vocabulary, apart from the reading of it in `rulings`, so that a phrase is added without touching code.
Kinds are those of `law.kinds`; each list is in the order in which its patterns are tried.
"""

import re
from dataclasses import dataclass

ASIDE = re.compile(
    r"\(Attachments?:.*?\)(?=\s*\(|\s*$)|\(Entered: [^)]*\)|\[Entered: [^\]]*\]|-*\[Edited [^\]]*\]"
    r"|\bCert Petition Action.*?(?=Ruling|$)|\bNotes: .*|\bModified on .*|\(Main Document .*?\)"
    r"|\(related documents?\(s\)[^)]*\)",
    re.IGNORECASE | re.DOTALL,
)
RECITAL = re.compile(
    r"\b(?:in (?:view|light) of|upon consideration of|having considered|considering|WHEREAS|it appearing)\b"
    r".{0,500}?(?=, (?:the|it|this)\b|;|$)"
    r"|\b(?:pur[a-z]{0,3}u?ant to|in accordance with|consistent with)\b(?:[^,;.]|\.(?=\S))*",
    re.IGNORECASE | re.DOTALL,
)
STRUCK = re.compile(
    r"^\W*(?:COURT DELETED|ENTERED IN ERROR|STRICKEN|VACATED PER|DELETED|TERMINATED|DISREGARD|INCORRECT ENTRY"
    r"|FILED IN ERROR|WITHDRAWN)",
    re.IGNORECASE,
)
LEAD = r"^\W*(?:(?:first|second|third|consent|joint|unopposed|emergency|cross|partial|renewed|sealed|supplemental) )*"
FILING = re.compile(
    LEAD + r"(?:-?MOTION|CROSS[- ]MOTION|APPLICATION|MEMORANDUM (?:in|of (?:law|points))|BRIEF|REPL(?:Y|IES)|RESPONSE"
    r"|OPPOSITION|OBJECTION|NOTICE\b(?! of (?:\w+ )*(?:appeal|(?:voluntary )?dismissal|settlement))"
    r"|DECLARATION|AFFIDAVIT"
    r"|EXHIBIT|PROPOSED|TEXT OF PROPOSED|LETTER|TRANSCRIPT|STATUS REPORT|SUMMONS|CERTIFICATE|CERTIFIED"
    r"|ANSWER|AMENDED(?! (?:order|judgment|opinion|memorandum|mandate))"
    r"|REDACTED|SEALED DOCUMENT|ADMINISTRATIVE RECORD|ENTRY OF PLEA|ERRATA|SUBSTITUTION|MEET AND CONFER"
    r"|RETURN|FORM \d"
    r"|PRACTICES|MAIL|DISCLOSURE|CORPORATE|STATEMENT|SUGGESTION|TRIAL BRIEF|EXCERPTS|AO 121|EXHIBITS"
    r"|REPORT|SUPPLEMENT"
    r"|ERRATUM|JOINT APPENDIX|FILED \(ECF\)|ATTORNEY|ORDER TO SHOW CAUSE|MAGISTRATE JUDGE'S NOTICE|WAIVER|REQUEST"
    r"|LCvR|CIVIL COVER|APPEARANCE|TRANSMISSION|SET/RESET|MINUTE ENTRY FOR (?:STATUS|TELEPHONE))",
    re.IGNORECASE,
)
DECIDED_MOTION = re.compile(r"^[^.;]{0,120}?\b(?i:motion)\b[^.;]{0,80}?\b(?:GRANTED|DENIED|is (?:granted|denied))\b")
COMPLAINT = re.compile(
    LEAD + r"(?:CLASS ACTION )?(?P<what>COMPLAINT(?! received)|PETITION for (?:review|a writ))", re.IGNORECASE
)
APPEAL = re.compile(
    LEAD + r"(?P<what>(?:AMENDED )?NOTICE OF (?:\w+ )?(?:CROSS[- ]?)?APPEAL|DOCKETED CAUSE"
    r"|(?:US )?CIVIL.{0,30}CASE docketed)",
    re.IGNORECASE,
)
DROPPED = re.compile(
    LEAD + r"(?P<what>(?:NOTICE|STIPULATION) of (?:voluntary )?dismissal)(?!/Party)(?!\s*(?:\(?partial|re |as to|of "
    r"(?:counts?|claims?|defendant)))",
    re.IGNORECASE,
)
SETTLED = re.compile(LEAD + r"(?P<what>(?:NOTICE|STIPULATION) (?:and order )?of settlement)", re.IGNORECASE)

DISPOSED = re.compile(
    r"\b(?P<verb>grant(?:ing|ed|s)?|den(?:y|ying|ied|ies))\b"
    r"(?P<part>,? in part(?:,? and (?:den(?:y|ying|ied|ies)|grant(?:ing|ed|s)?),? in part)?)?",
    re.IGNORECASE,
)
STOP = re.compile(r"[;]|(?<!\bDkt)(?<!\bNo)(?<!\bv)(?<!\bMot)(?<!\bet al)(?<![A-Z])\.\s")
PASSIVE = re.compile(r"\b(?:is|are|be|was|were|been|hereby|should be)\W*(?:hereby\W*)?$", re.IGNORECASE)
NEGATED = re.compile(
    r"\b(?:not|should|why|whether|if|may(?! \d)|might|would|unless|propos\w+|request\w*|seek\w*|deadline\w*)\W*"
    r"(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)

PROCEEDINGS = (
    r"(?:proceedings?|(?:the |this |instant )?(?:case|action|litigation|matter|lawsuit)|discovery|briefing|deadlines?"
    r"|further|trial|pre-?trial|sentencing|time|settlement|arbitration|obligations?|answer)"
)
AGENCY = (
    r"(?:designation|listing|agency action|agency'?s? (?:action|decision|order)|final rule|rule\b|determination"
    r"|entity list|blocking|denial order|delisting|(?:Secretary|Department|Commission|FCC|DoD|OFAC|BIS)'?s? "
    r"(?:order|decision|action|determination|designation))"
)
JUDICIAL = r"(?:judgments?|opinions?|decisions?|rulings?|district court'?s? order|orders?\b)"

HOUSEKEEPING = r"(?:scheduling|briefing|discovery|pretrial|case|protective)\b"
"""Orders that run a case and decide nothing in it."""


@dataclass(frozen=True, slots=True)
class Object:
    """What a motion asks for: the act when it is granted, when it is denied, and on what it works."""

    pattern: re.Pattern[str]
    granted: str | None
    denied: str | None
    on: str = ""
    note: str | None = None


def _asked(pattern: str, granted: str | None, denied: str | None, on: str = "", note: str | None = None) -> Object:
    return Object(re.compile(pattern, re.IGNORECASE), granted, denied, on, note)


OBJECTS = (
    _asked(
        r"leave to|extension|extend|pro hac|appear|seal|excess|interven|amic|amend|expedit|clarif|reconsider|continu"
        r"|withdraw|compel|strike|consolidat|adjourn|certify|clerk'?s|default|issue the mandate|in limine|complaint"
        r"|hearing|schedul|protective order|supplement|transfer|recus|counsel|audit|travel|page limit|to file|reopen",
        None,
        None,
    ),
    _asked(r"(?:lift|vacat|dissolv|terminat)\w*(?: the| of the)? (?:administrative )?stay", "stay_lifted", None),
    _asked(
        r"(?:dissolv|vacat|set aside)\w*(?: the| of the)? (?:preliminary |permanent )?"
        r"(?:injunction|temporary restraining)",
        "injunction_dissolved",
        None,
    ),
    _asked(r"recall\w*(?: of)?(?: the)? mandate", "mandate_recalled", None),
    _asked(
        r"temporary restraining order|\bTRO\b",
        "temporary_restraining_order",
        "preliminary_injunction_denied",
        "listing",
        "a temporary restraining order",
    ),
    _asked(r"permanent injunction", "permanent_injunction", None, "listing"),
    _asked(
        r"preliminary injunction|injunctive relief|preliminary inj\b|preliminarily enjoin|injunction pending",
        "preliminary_injunction_granted",
        "preliminary_injunction_denied",
        "listing",
    ),
    _asked(rf"stay(?:ing)?(?: of| the| all| this)* {PROCEEDINGS}", None, None),
    _asked(r"\bstay(?:ing)?\b", "stay_granted", "stay_denied"),
    _asked(r"summary judgment", "summary_judgment", None),
    _asked(r"\bdismiss\w*", "dismissed", None),
    _asked(rf"(?:vacat|set aside)\w*(?: the| of the)? {AGENCY}", "vacated", None, "listing"),
    _asked(r"petitions? for review", "vacated", "summary_judgment_for_government", "listing"),
    _asked(r"(?:voluntary )?remand", "remanded", None),
    _asked(r"settlement|consent (?:judgment|decree)", "settled", None),
)

_WORDED: tuple[tuple[str, str, float, str], ...] = (
    (rf"{AGENCY}[^.;]{{0,120}}?\b(?:is|are)\b[^.;]{{0,20}}?\bvacated\b", "vacated", 0.85, "listing"),
    (
        rf"\bvacat(?:es|ed|ing)\b(?: and setting aside)? (?:the |its |defendants?'? "
        rf"|\w+'s ){{0,2}}[^.;]{{0,30}}?{AGENCY}",
        "vacated",
        0.85,
        "listing",
    ),
    (
        r"(?:injunction|restraining order)[^.;]{0,80}?\b(?:is|are)\b[^.;]{0,20}?(?:vacated|dissolved)"
        r"|\bdissolv(?:ing|es|ed)"
        r"(?: the)? (?:preliminary |permanent )?(?:injunction|temporary)",
        "injunction_dissolved",
        0.85,
        "order",
    ),
    (
        r"\bstay\b[^.;]{0,60}?\b(?:is|are)\b[^.;]{0,20}?(?:lifted|vacated|dissolved)|\b(?:lift|vacat"
        r"|dissolv)(?:ing|es|ed)"
        r"(?: the)? (?:administrative )?stay",
        "stay_lifted",
        0.85,
        "order",
    ),
    (
        rf"{JUDICIAL}[^.;:]{{0,60}}?\b(?:is|are)\b[^.;]{{0,15}}?(?:vacated|reversed)"
        rf"|\b(?:vacat|revers)(?:ing|es|ed)\b"
        rf"(?: the| this| its)? (?:(?!{HOUSEKEEPING})[\w.']+ ){{0,4}}{JUDICIAL}"
        r"|^\W*REVERSED|Ruling: Vacated(?:/Remanded)?",
        "judgment_reversed",
        0.8,
        "order",
    ),
    (r"\bmandate\b[^.;]{0,60}?\brecalled\b|\brecall(?:ing|s|ed)\b(?: the)? mandate", "mandate_recalled", 0.9, "order"),
    (
        r"^\W*(?:USCA |certified )*mandate (?:issued|of (?:the )?(?:USCA|US|U\.S\.|court|united))"
        r"|(?<!the )\bmandate issued\b"
        r"(?! on)|shall (?:serve|constitute|act) as the (?:court's )?mandate|\bissuing the mandate",
        "mandate_issued",
        0.9,
        "",
    ),
    (
        r"(?:designation|listing|agency action|final rule|(?:district court )?order|judgment|injunction"
        r"|opinion)[^.;:]{0,160}?"
        r"\b(?:is|are|be)\b[^.;]{0,25}?\bstayed\b",
        "stay_granted",
        0.8,
        "",
    ),
    (
        r"(?<!the )\badministrative(?:ly)? stay(?:ed)?\b(?=[^.;]{0,30}(?:\bis\b|\bentered|pending|until))",
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
        r"\bdismiss(?:ing|es)\b(?: as moot| with(?:out)? prejudice)? (?:the |this |all )?(?:appeal|case"
        r"|action|complaint|petition"
        r"|challenge|claims)|\b(?:appeal|case|action|complaint|petition|matter)\b[^.;]{0,40}?\b(?:is"
        r"|are)\b[^.;]{0,15}?"
        r"\bdismissed\b|^\W*(?:closed )?dismissed\b|^\W*order (?:of dismissal|dismissing)",
        "dismissed",
        0.8,
        "",
    ),
    (r"\baffirm(?:ing|s|ed)\b(?! by)", "affirmed", 0.75, ""),
    (
        r"\bremand(?:ing|s|ed)\b[^.;]{0,60}?(?:without vacatur|to the (?:agency|department|secretary|bureau"
        r"|office|commission))",
        "remanded",
        0.8,
        "",
    ),
)
VERBS = tuple((re.compile(pattern, re.IGNORECASE), kind, sure, on) for pattern, kind, sure, on in _WORDED)

EVENTS: tuple[tuple[str, str, float], ...] = (
    (r"complaint$|petition for review$", "complaint_filed", 0.9),
    (r"notice of (?:\w+ )?appeal\b", "appeal_filed", 0.9),
    (r"(?:usca )?mandate(?: issued)?$", "mandate_issued", 0.9),
    (r"mandate recalled$", "mandate_recalled", 0.9),
    (r"order dismissing (?:case|appeal)$|notice of voluntary dismissal$|stipulation of dismissal$", "dismissed", 0.8),
)
EVENTS_IF_NUMBERED: tuple[tuple[str, str, float], ...] = (
    (r"temporary restraining order$", "temporary_restraining_order", 0.6),
    (r"preliminary injunction$", "preliminary_injunction_granted", 0.6),
    (r"permanent injunction$", "permanent_injunction", 0.6),
)
