"""Names that are enumerated ("Rusal, its parent En+ and EuroSibEnergo"), so that what befalls one befalls all."""

import re

from vacatur.news.mentions import Form, Mention

_APPOSED = re.compile(
    r"^(?:(?:,| and) (?:[\w'-]+ ){0,5}| )(?:of|from|by|at|behind|for|over) (?:the )?(?:(?!and |or )[\w'-]+ ){0,4}$"
)
_RELATIVE = re.compile(
    r"^(?: \([^)]{2,30}\))?, (?:an?|the|his|her|its|once|formerly) [^;.]{3,90}?\b(?:who|which|that|whose)\b[^;.]{0,60} $"
)
_REST = re.compile(r"^ [a-z]+(?: [a-z]+)?(?=, and |,? and )")
"""What is left of an apposition after the name in it: "who founded the Intellexa consortium, and Sara Hamou"."""
_AND_ON = re.compile(
    r"(?: [a-z]+)?,? and (?:[a-z]+ ){0,4}?(?:on|of|against|from|for|with|to|that of|those of) (?:(?:the|its|his) )?(?:[a-z-]+ ){0,3}"
)
"""Between names that two phrases of one verb hold: "on the magnate Usmanov and on Pumpyansky"."""
"""Between a name and one that only describes it ("the founder of pipe maker TMK", "the owner of TikTok")."""
_JOINS = re.compile(r"\b(?:and|or|along|together|alongside|as well)\b|&|\(")
_GOES_ON = re.compile(
    r"(?:'s)?(?:[,;()\"]| \(| (?:and|or|as well|along|together|alongside|alongside)\b| of [a-z]+(?:,| and\b| -|$)| &| [a-z]+(?:,| and )|$)"
)
"""What follows a name that others follow: one before a verb ends the enumeration ("Assad, whom Sharaa drove out")."""
_ENUMERATED_REACH = 100
_TOGETHER = re.compile(
    r"^(?: \([^)]{2,30}\))?(?:, (?:an?|the|\w+'s) [^,;.]{2,70}(?=,))?(?: of [a-z]+)?(?: ?\(\"?$|(?:'s)?(?:\"?\))?(?:, ?| (?=and|or|"
    r"as well|along|together|alongside|&)))(?:(?:and|or|"
    r"as well as|along with|together with|alongside|&),? )?(?:also )?(?!(?:unlike|like|not|but|said|was|"
    r"were|is|are|has|had|to|for|from|by|on|that|who|which)\b)"
    r"(?:(?!(?:said|was|were|is|are|has|had|have|to|for|from|by|on|in|at|that|who|which|but|after|when|"
    r"while|sued|called|did|declined|asked|put|puts|added|adds|drops|lists|removes|keeps|wins|loses)\b)[\w'-]+,? ){0,6}(?:in [a-z]+, )?$"
)


def groups(folded: str, mentions: list[Mention]) -> dict[int, tuple[Mention, ...]]:
    """For each mention's start, the mentions enumerated with it ("Rusal, its parent En+ and EuroSibEnergo").

    A name in an apposition ("ByteDance, the owner of TikTok, and WeChat") stands alone and does not end the run.
    """
    runs: list[list[Mention]] = []
    alone: list[Mention] = []
    end = 0
    for mention in mentions:
        if mention.form in (Form.PRONOUN, Form.POSSESSIVE):
            continue
        gap = folded[end : mention.span.start] if runs and mention.span.start - end <= _ENUMERATED_REACH else ""
        if alone and alone[-1].span.end == end:
            gap = _REST.sub("", gap)
        if gap and _AND_ON.fullmatch(gap):
            runs[-1].append(mention)
            end = mention.span.end
            continue
        if gap and not _JOINS.search(gap) and not _GOES_ON.match(folded, mention.span.end):
            gap = ""
        if gap and (_APPOSED.match(gap) or _RELATIVE.match(gap)):
            alone.append(mention)
        elif gap and _TOGETHER.match(gap) and (not alone or alone[-1].span.end != end or gap.startswith(",")):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        end = mention.span.end
    return {m.span.start: (m,) for m in alone} | {m.span.start: tuple(run) for run in runs for m in run}
