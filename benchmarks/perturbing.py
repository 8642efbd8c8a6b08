"""Names as people write them: one of many small changes, drawn from a seed.

Used by `recall.py`. The matcher's own tables are not used here: what it knows must not decide what it is asked.
"""

import random
import re
from collections.abc import Callable

Change = Callable[[list[str], random.Random], list[str] | None]
"""A change of the words of a name; None where it can't be made."""

SPELT_OTHERWISE = (
    ("ou", "u"), ("u", "ou"), ("kh", "h"), ("q", "k"), ("k", "q"), ("dj", "j"), ("j", "dj"), ("y", "i"), ("i", "y"),
    ("ee", "i"), ("oo", "u"), ("aa", "a"), ("ei", "ey"), ("ai", "ay"), ("sh", "ch"), ("zh", "j"), ("ts", "tz"),
    ("w", "v"), ("v", "w"), ("ph", "f"), ("th", "t"), ("iy", "y"), ("ov", "off"), ("x", "ks"), ("ck", "k"),
    ("o", "u"), ("e", "i"), ("ss", "s"), ("mm", "m"), ("ll", "l"), ("dd", "d"), ("bb", "b"), ("gh", "g"), ("ah", "a"),
    ("c", "k"), ("z", "s"), ("yu", "iu"), ("ya", "ia"),
)  # fmt: skip
TITLES = ("Mr.", "Dr.", "Prof.", "Sheikh", "Haji", "General", "Mullah", "Mrs")
FORMS = ("Ltd", "LLC", "Inc.", "Co., Ltd.", "GmbH", "S.A.", "OOO", "JSC", "Corporation", "Limited", "PLC", "Pty Ltd")
FORM_WORDS = re.compile(
    r"^(ltd|llc|inc|co|corp|corporation|company|limited|gmbh|s\.?a|ooo|jsc|oao|zao|pjsc|ojsc|plc|ag|fze|pvt|private|bv|srl)$"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _typo(words: list[str], draw: random.Random) -> list[str] | None:
    """One letter added, lost, changed, doubled or swapped, in a word of four letters or more."""
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return None
    place = draw.choice(long)
    word = words[place]
    at = draw.randrange(1, len(word))
    kind = draw.randrange(5)
    changed = (
        word[:at] + draw.choice(LETTERS) + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + draw.choice(LETTERS) + word[at + 1 :],
        word[:at] + word[at - 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )[kind]
    return [*words[:place], changed, *words[place + 1 :]]


def _two_typos(words: list[str], draw: random.Random) -> list[str] | None:
    once = _typo(words, draw)
    return once and _typo(once, draw)


def _reorder(words: list[str], draw: random.Random) -> list[str] | None:
    if len(words) < 2:
        return None
    cut = draw.randrange(1, len(words))
    return [*words[cut:], *words[:cut]]


def _last_first(words: list[str], _: random.Random) -> list[str] | None:
    return [f"{words[-1].upper()},", *words[:-1]] if len(words) >= 2 else None


def _omit(words: list[str], draw: random.Random) -> list[str] | None:
    """A word left out of a name of three or more, not the longest."""
    if len(words) < 3:
        return None
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    place = draw.choice([place for place in range(len(words)) if place != longest])
    return [*words[:place], *words[place + 1 :]]


def _join(words: list[str], draw: random.Random) -> list[str] | None:
    if len(words) < 2:
        return None
    place = draw.randrange(len(words) - 1)
    return [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]


def _split(words: list[str], draw: random.Random) -> list[str] | None:
    long = [place for place, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not long:
        return None
    place = draw.choice(long)
    at = draw.randrange(2, len(words[place]) - 1)
    return [*words[:place], words[place][:at], words[place][at:], *words[place + 1 :]]


def _spell_otherwise(words: list[str], draw: random.Random) -> list[str] | None:
    """Up to two letters or pairs of letters as another romanisation writes them."""
    text = " ".join(words).lower()
    fitting = [rule for rule in SPELT_OTHERWISE if rule[0] in text]
    if not fitting:
        return None
    for before, after in draw.sample(fitting, min(2, len(fitting))):
        places = [found.start() for found in re.finditer(before, text)]
        if places:
            at = draw.choice(places)
            text = text[:at] + after + text[at + len(before) :]
    return text.split()


def _initial(words: list[str], draw: random.Random) -> list[str] | None:
    """A word but the last as its initial, in a name of three or more."""
    if len(words) < 3:
        return None
    place = draw.randrange(len(words) - 1)
    return [*words[:place], f"{words[place][0]}.", *words[place + 1 :]]


def _title(words: list[str], draw: random.Random) -> list[str]:
    return [draw.choice(TITLES), *words]


def _other_form(words: list[str], draw: random.Random) -> list[str] | None:
    """The legal form written otherwise, left out or added."""
    bare = [word for word in words if not FORM_WORDS.match(word.lower().strip(".,"))]
    if not bare:
        return None
    return bare if draw.random() < 0.4 else [*bare, draw.choice(FORMS)]


def _more(words: list[str], draw: random.Random) -> list[str]:
    return [*words, draw.choice(("Group", "International", "Trading", "Holding", "Services"))]


def _signs(words: list[str], draw: random.Random) -> list[str]:
    return [draw.choice(("-", " ", ", ", ".")).join(words).swapcase()]


PERSON: dict[str, Change] = {
    "typo": _typo, "two typos": _two_typos, "order": _reorder, "last, first": _last_first, "omitted": _omit,
    "joined": _join, "split": _split, "spelling": _spell_otherwise, "initial": _initial, "title": _title,
    "signs": _signs,
}  # fmt: skip
OTHER: dict[str, Change] = {
    "typo": _typo, "two typos": _two_typos, "order": _reorder, "omitted": _omit, "joined": _join, "split": _split,
    "spelling": _spell_otherwise, "legal form": _other_form, "a word more": _more, "signs": _signs,
}  # fmt: skip


def perturbed(name: str, *, person: bool, seed: int) -> tuple[str, str] | None:
    """(what was done, the name changed), the same for the same name and seed; None for a name that has no words."""
    draw = random.Random(f"{seed}|{name}")
    words = name.replace(",", " ").split()
    changes = PERSON if person else OTHER
    for kind in draw.sample(sorted(changes), len(changes)):
        changed = changes[kind](words, draw) if words else None
        if changed and changed != words:
            return kind, " ".join(changed)
    return None
