"""How a text holds what it says: as fact, as a report, as an intention, or not at all.

Looks at the words before a trigger in a masked sentence; what is only wished, feared or denied is no event.
"""

import re
from enum import StrEnum

from vacatur.news.frames import Frame


class Modality(StrEnum):
    """How a text holds a claim: as fact, as somebody's report, as an intention."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    INTENDED = "intended"


_PARENTHETIC = re.compile(r", if (?:need be|necessary|needed|required|it must|it has to),? ")
_STATE = {"delisted": "remains_listed", "order_lifted": "remains_listed"}
_NEGATED = re.compile(
    r"(?:\bnot|\bnever|n't|\bno longer|\bwithout|\bneither [^.;]{0,60}|\bnor|\bhardly|\byet to)(?: (?:be|"
    r"been|being|yet|ever|itself|\w+ly|have|has|had)){0,3} $"
)
_INTENDED = re.compile(
    r"\b(?:will|would|shall|could|may|might|should|can|must|plans?(?: \w+)? to|plann?(?:ed|ing) to|"
    r"intends? to|wants? to|wanted to|hopes? to|hoping to|seeks? to|"
    r"sought to|seeking to|expected to|expects to|set to|about to|due to|likely to|trying to|tries to|"
    r"tried to|threaten(?:s|ed)? to|vow(?:s|ed)? to|"
    r"going to|ready to|prepar(?:es|ed|ing) to|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|mulls?|mulling|"
    r"continue to [^.;]{0,40}|push(?:es|ing)? for|"
    r"asks?|asked|asking|request(?:s|ed|ing)?|urge[sd]?|wishes to|if|unless|whether|were to)(?: (?:also|"
    r"then|now|soon|not|never|have|be|been|being|the|that|a|in|\w+ly|put|own|her|his)){0,4} $"
)
_INFINITIVE = re.compile(r"(?<!able)(?<!managed)(?<!only) (?:to|of)(?: \w+ly)? (?:be |have |being )?$")
_DECIDED = re.compile(
    r"\b(?:decisions?|determination|determined|move|moved|ruling|order|ordered|decided|decide|notice|"
    r"action|step|steps?|proceeded|chose|voted|vote|announced|(?:enough|sufficient|good) (?:evidence|reason|"
    r"grounds))(?: [^\s,;]+){0,6}? to (?:\w+ly )?$"
)
_RETRACTED = re.compile(
    r"\b(?:which|that|this|it) (?:is|was) (?:not true|untrue|false|wrong|fake|incorrect)\b|"
    r"\bfalse(?:ly)? (?:report|claim)"
)
_PREVENTED = re.compile(r"\bfrom (?:\w+ly )?(?:being |further )?$|\b(?:instead of|rather than|short of) (?:being )?$")
_WISHED = re.compile(r"\b(?:to|would) (?:have|get|see) [^.;,]{0,50}$")
_NOUN_BEFORE = re.compile(r"(?:'s|s'|\b(?:the|its|his|her|their|our|this|an?|any)) (?:\w+ )?$")
_MADE_KNOWN = re.compile(r"\b(?:announc|confirm|welcom|hail)(?:ed|es|s) (?:the|its|his) $")
_AWAITED = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ )?(?:expected|due|likely|scheduled|pending|sought)\b|"
    r"\bwould be (?:appropriate|needed|required|enough|fair)\b"
)
_UNDONE = re.compile(
    r"\b(?:refus|declin|annul|vacat|overturn|quash|challeng|set aside|struck|strik|block|halt|"
    r"revers|appeal|suspend)\w*\b"
)
_CONDITION = re.compile(
    r"(?:^|[,;:.\"] |\bthat )(?:if|unless|were|should|whether|in case|had|what if)\b[^;]*$"
    r"|\buntil (?:it|they|he|she|this|that|the \w+) (?:is|are|has been|have been)\b[^,;]*$"
    r"|(?<!as)(?<!even) (?:if|unless|in case) (?:[^\s;,]+ ){0,6}$"
)
_OPENS_CONDITION = re.compile(r"^\W*(?:if|unless|were|should)\b")
_UNDECIDED = re.compile(r"\b(?:if|could|may|might|whether)\b")
_WILL = re.compile(r"\b(?:will|plans? to|intends? to|going to|set to|vow(?:s|ed)? to)(?: (?:also|be|soon|now))* $")
_WILL_SUE = re.compile(r"\b(?:will|would|plans? to|intends? to|vow(?:s|ed)? to|threaten(?:s|ed)? to)(?: \w+)? $")
_THEN = re.compile(r",? (?:could|would|might|may)\b")
_REPORTED = re.compile(
    r"\b(?:reported|reports? (?:say|said|that)|according to|reportedly|allegedly|a website|rumou?rs?|"
    r"sources?|somebody|someone|media)\b"
)


def modality(frame: Frame, masked: str, at: int, verb: str) -> tuple[str, bool, Modality] | None:
    """(kind, negated, modality), or None where nothing is claimed to have happened."""
    before = _PARENTHETIC.sub(" ", masked[max(0, at - 130) : at])
    if _is_hypothetical(masked, before) or _is_unreal(masked, before, at, "" if frame.noun else verb):
        return None
    if frame.intended:
        threatens = _INTENDED.search(before) and not _UNDECIDED.search(before)
        return ("announced_intent_to_sue", False, Modality.INTENDED) if threatens else None
    kind, negated = frame.kind, frame.negated
    if _NEGATED.search(re.split(r", (?:and|but) ", before)[-1]):
        if kind in _STATE:
            return _STATE[kind], False, Modality.ASSERTED
        negated = not negated
    decided = _DECIDED.search(before) and not _UNDONE.search(before)
    if not decided and (_INTENDED.search(before) or (_INFINITIVE.search(before) and kind != "remains_listed")):
        intent = _intent(kind, before)
        return (intent[0], False, intent[1]) if intent and not negated else None
    return kind, negated, Modality.REPORTED if _REPORTED.search(masked) else Modality.ASSERTED


def _is_hypothetical(masked: str, before: str) -> bool:
    """Inside a condition, or under one that opens the sentence."""
    clause = re.split(r"[;]|, but | - ", before)[-1]
    inside = _CONDITION.search(clause) and not re.search(r",[^,]*$", clause.split("if ")[-1])
    return bool(inside or (_OPENS_CONDITION.match(masked) and _THEN.search(masked)))


def _is_unreal(masked: str, before: str, at: int, verb: str) -> bool:
    """Retracted in the same breath, prevented, or only awaited."""
    if _RETRACTED.search(masked) or _WISHED.search(before) or _PREVENTED.search(before):
        return True
    if verb.endswith("ing") and _NOUN_BEFORE.search(before) and not _MADE_KNOWN.search(before):
        return True
    return verb.endswith("ing") and bool(_AWAITED.search(masked[at:]))


def _intent(kind: str, before: str) -> tuple[str, Modality] | None:
    """What an intended kind is to be called, where the label rules have a name for it."""
    if kind in ("delisted", "vacated") and _WILL.search(before):
        return "announced_intent_to_delist", Modality.INTENDED
    if kind == "complaint_filed" and _WILL_SUE.search(before):
        return "announced_intent_to_sue", Modality.INTENDED
    if kind == "agreed_to_delist" or (kind == "remains_listed" and re.search(r"\b(?:will|must) (?:\w+ )?$", before)):
        return kind, Modality.ASSERTED
    return None
