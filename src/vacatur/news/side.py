"""Who stands aside in a sentence: the channel of a post, a supplier, a customer, a rival, a unit of somebody.

A name is not a party: what is marked here fills no role in a claim.
"""

import re

_SIDE_BEFORE = re.compile(
    r"(?:\b(?:sells?|sold|selling|supply|supplies|supplied|ship(?:s|ped)?|divert|"
    r"export)\b[^.;]{0,60}\b(?:to|such as|like)"
    r"|\b(?:suppliers?|customers?|clients?|investors?|rivals?|competitors?|dealers?|shops?|retailers?|"
    r"banks|creators|users|partners|"
    r"sponsors?|chipmakers|companies that buy)\b[^.;,]{0,25}\b(?:such as|like|including|include[sd]?|are|"
    r"is|among them|were)"
    r"|\b(?:wrote|posted?|said|says|shared|video|message|tweet(?:ed)?|published|announced|sent|reported|"
    r"report|live|statement|face)\b[^.;,]{0,30}\b(?:on|via|by|through|over)"
    r"|\b(?:used|made|bought|paid|supplied|built|written|advised|represented|owned|founded) (?:by|with)"
    r"|\b(?:units?|subsidiar(?:y|ies)|affiliates?|arms?) of(?: (?:the|a))?(?: [a-z-]+| chinese| russian){0,4}"
    r"|\bas (?:he|she|it|they|the court|the judge) (?:had |has )?(?:did|done) (?:for|with|to|in)"
    r"|\b(?:via|on a|my|chips? (?:by|from)|tools? (?:by|from|for)|shares? (?:of|in)|according to|"
    r"instead of|buying [^.;]{0,30} from)"
    r")(?: (?:the|its|its own|older|a))? (?:[^.;,]{0,40}(?:,| and| or) ){0,2}$"
    r"|\b(?:by|former)(?: (?:the|its|its own|older|a))? (?:[^.;,]{0,40}(?: and| or) )?$"
    r"|\b(?:rivals?|competitors?|customers|clients|suppliers|peers) (?:[^.;,]{2,25} and )?$"
)
SIDE_AFTER = re.compile(
    r"^'s (?:[\w-]+ )?(?:wife|husband|sons?|daughters?|brother|sister|father|mother|children|family|"
    r"executives?|founders?|officials?|managers?|directors?|subsidiar(?:y|ies)|affiliates|units?|suppliers?|customers|shares?|products?|"
    r"rivals?|parent|owners?|chief|ceo|boss|gear|equipment|technology|app)\b|^(?:'s)? (?:laptops?|phones?|"
    r"handsets?|chips?|servers?|tips?|groups? chats?|users?|channel|accounts?|posts?|veterans?|"
    r"managers?)\b"
)
_UNIT_OF = re.compile(
    r"\b(?:an?|the|its|two|three) (?:[\w-]+ ){0,2}(?:units?|subsidiar(?:y|ies)|affiliates?|arms?) of (?:[\w-]+ ){0,5}$"
)
_NOT_SIDE_BEFORE = re.compile(
    r"\b(?:sanctions|restrictions|ban|imposed|blacklisted|sanctioned|listed|designated|added|removed|placed|"
    r"put)\b[^.;]{0,50}$"
    r"|\b(?:(?:law)?suits?|cases?|actions?|appeals?|challenges?|petitions?|bids?|requests?|applications?|"
    r"complaints?|efforts?|"
    r"claims?|motions?|attempts?|brought|filed|lodged|submitted) by\b[^.;,]{0,40}$"
)


def is_side(folded: str, start: int, end: int) -> bool:
    """Whether the name from `start` to `end` of a folded text stands aside, by the words around it in its line."""
    line = folded[max(0, start - 110) : start].rpartition("\n")[2]
    if SIDE_AFTER.match(folded[end : end + 40]) or _UNIT_OF.search(line):
        return True
    return bool(_SIDE_BEFORE.search(line)) and not _NOT_SIDE_BEFORE.search(line)
