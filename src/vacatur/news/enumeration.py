"""Names that are enumerated ("Rusal, its parent En+ and EuroSibEnergo"), so that what befalls one befalls all.

What stands between two names decides: a list goes on where a comma, a semicolon or an "and" follows the one name, and
nothing but a short description precedes the next. A name inside a description ("the founder of TMK") stands alone.
"""

import re

from vacatur.news.mentions import Form, Mention

_REACH = 170
"""Characters between two names of one list: a description may stand between them."""

_OPENS = re.compile(
    r"(?:'s)?\"?\)?(?: \([^)]{2,40}\))?(?: (?:of|in|from) (?:the )?[a-z]+(?: [a-z]+)?)?"
    r"(?:[,;]| \(| -| and\b| or\b| &| as well as\b| along with\b| together with\b| alongside\b)"
)
"""What follows a name that others follow."""

_DELIMITER = re.compile(
    r"[,;(] ?|\b(?:and also|and|or|along with|together with|as well as|alongside)\b,? ?|& ?|(?<=\w) - "
)
_DESCRIPTION = re.compile(r"\"?(?:also )?(?:[\w'’.-]+ ){0,6}(?:in [a-z]+, )?\"?")
_CLAUSE = re.compile(
    r"\b(?:said|says|was|were|is|are|has|had|have|to|for|from|by|on|in|at|of|with|that|who|which|whose|whom|but|after|"
    r"when|while|because|where|sued|called|did|does|declined|asked|put|puts|added|adds|drops|lists|removes|keeps|wins|"
    r"loses|than|behind|around|under|near|between|about|unlike|like|not|if|as|over|against|then|he|she|they|it)\b"
)
"""Words that make of what precedes a name more than its description."""

_AND_ON = re.compile(
    r"(?: [a-z]+)?,? and (?:[a-z]+ ){0,4}?(?:on|of|against|from|for|with|to|that of|those of) "
    r"(?:(?:the|its|his) )?(?:[a-z-]+ ){0,3}"
)
"""Between names that two phrases of one verb hold: "on the magnate Usmanov and on Pumpyansky"."""

_APPOSITION = re.compile(
    r"(?:'s)?(?: \([^)]{2,40}\))?, (?:an?|the|its|his|her|their|one|once|now|formerly|who|which|whose|whom|that|where|"
    r"best|known|part|owned|led|run|based|backed|headed|founded|controlled|\w+ed|\w+'s|[a-z]+ (?:of|for|at))\b"
)
_FINITE = re.compile(r"(?:said|says|was|were|is|are|has|had|have|but|did|does|declined|asked|and|he|she|they|it)\b")
_INNER = (" and ", " or ")
"""Between a name inside a description and one that goes with it: "an early backer of Tencent and Baidu,"."""

_ENDS = re.compile(r"(?:'s)?\"?(?:[,;()]| \(| -| (?:and|or|of|as well|along|together|alongside)\b| &|[.:]|$)")
"""What follows a name inside a list; another word after it begins a clause ("Assad, whom Sharaa drove out")."""


def groups(folded: str, mentions: list[Mention]) -> dict[int, tuple[Mention, ...]]:
    """For each mention's start, the mentions enumerated with it ("Rusal, its parent En+ and EuroSibEnergo").

    A name in an apposition ("ByteDance, the owner of TikTok, and WeChat") stands alone and does not end the run.
    """
    runs: list[list[Mention]] = []
    alone: list[Mention] = []
    for mention in mentions:
        if mention.form in (Form.PRONOUN, Form.POSSESSIVE):
            continue
        gap = _gap(folded, runs, mention)
        beside = folded[alone[-1].span.end : mention.span.start] if alone else ""
        if gap is not None and beside in _INNER:
            alone.append(mention)
        elif gap is not None and _goes_on(folded, gap, mention):
            runs[-1].append(mention)
        elif gap is not None and _OPENS.match(gap) and _is_inside(gap):
            alone.append(mention)
        else:
            runs.append([mention])
    return {m.span.start: (m,) for m in alone} | {m.span.start: tuple(run) for run in runs for m in run}


def _gap(folded: str, runs: list[list[Mention]], mention: Mention) -> str | None:
    """The text since the last name of the run, when the run can go on."""
    if not runs or mention.span.start - runs[-1][-1].span.end > _REACH:
        return None
    gap = folded[runs[-1][-1].span.end : mention.span.start]
    return None if "\n" in gap or re.search(r"[.!?] ", gap) else gap


def _goes_on(folded: str, gap: str, mention: Mention) -> bool:
    if _AND_ON.fullmatch(gap):
        return True
    delimiters = list(_DELIMITER.finditer(gap))
    if not _OPENS.match(gap) or not delimiters:
        return False
    last = delimiters[-1]
    described = gap[last.end() :]
    if not _DESCRIPTION.fullmatch(described) or _CLAUSE.search(described):
        return False
    return (
        not last.group().startswith(",") or gap == ", " or bool(_ENDS.match(folded, mention.span.end)) or " and " in gap
    )


def _is_inside(gap: str) -> bool:
    """Whether a name stands in a description of the one before it: "X, the owner of Y", "X, who runs Y"."""
    delimiters = list(_DELIMITER.finditer(gap))
    if not delimiters or not _APPOSITION.match(gap):
        return False
    inner = gap[delimiters[-1].end() :]
    return delimiters[-1].group().startswith((",", "(")) and bool(_CLAUSE.search(inner)) and not _FINITE.match(inner)
