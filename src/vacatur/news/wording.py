"""Claims in words, for a terminal and for a page."""

KINDS = {
    "designated": "designation",
    "relisted": "listed anew",
    "delisted": "removal",
    "vacated": "set aside by a court",
    "reversed_on_appeal": "reversal on appeal",
    "preliminary_injunction_granted": "preliminary injunction",
    "preliminary_injunction_denied": "preliminary injunction denied",
    "complaint_filed": "complaint",
    "appealed": "appeal",
    "upheld": "upheld by a court",
    "denied": "denied",
    "affirmed": "affirmed on appeal",
    "settled": "settlement",
    "order_imposed": "order imposed",
    "order_lifted": "order lifted",
    "remains_listed": "still listed",
    "removal_requested": "removal requested",
    "agreed_to_delist": "agreement to remove",
    "announced_intent_to_delist": "removal announced",
    "announced_intent_to_sue": "intent to sue",
}

_DENIED = {"vacated": "no reversal", "delisted": "no removal", "designated": "not listed"}


def kind_words(kind: str, *, negated: bool = False) -> str:
    """A kind of claim in words; what the text denies is said to be denied."""
    words = KINDS.get(kind, kind.replace("_", " "))
    return _DENIED.get(kind, f"no {words}") if negated else words
