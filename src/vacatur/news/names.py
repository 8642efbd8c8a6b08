"""The register's names, found in a text: one automaton over all of them, asked once per article.

Leftmost-longest Aho-Corasick over folded text; each match is then held against the letters of the name (an acronym
needs its capitals, a name its first one) and against word boundaries. A name of several parties keeps them all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from vacatur.news.article import Span
from vacatur.news.lexicon import lexicon
from vacatur.news.text import fold

_LEGAL_FORM = re.compile(
    r"[,\s]+\(?(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|jsc|pjsc|ojsc|oao|"
    r"ooo|pao|ao|ag|sa|"
    r"gmbh|bv|nv|pbc|holdings?|group|technolog(?:y|ies))\.?\)?$",
    re.IGNORECASE,
)
_FORM_INSIDE = re.compile(r"(\S+ \S+(?: \S+)*?),? (?:Co|Corp|Corporation|Inc|Ltd|Limited)\b\.?,? (?=\w)")
_QUALIFIER = re.compile(r"\s*\((?:[^()]*)\)\s*$")
_JOINERS = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")


_LONG_ACRONYM = 5
"""Letters from which the press writes an acronym as a name ("Comac")."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name of the register in a text: where, and who bears it; `weak` when it is nobody's proper name."""

    span: Span
    parties: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names, folded, with who bears each and how each is written."""

    automaton: AhoCorasick | None = field(repr=False)
    bearers: tuple[tuple[str, ...], ...] = field(repr=False)
    spellings: tuple[tuple[str, ...], ...] = field(repr=False)
    weak: frozenset[int] = frozenset()


def build_index(names: Iterable[tuple[str, str, str]]) -> NameIndex:
    """Index (name, party id, kind of name); a weak alias counts only beside a better name of its party.

    From "Xiaomi Corporation" also "Xiaomi" is indexed where what is left is no common word; a name in the register
    outranks one that is only derived.
    """
    given: dict[str, dict[str, set[str]]] = {}
    derived: dict[str, dict[str, set[str]]] = {}
    aliases: dict[str, dict[str, set[str]]] = {}
    for name, party, kind in names:
        if kind == "weakAlias":
            aliases.setdefault(fold(name), {}).setdefault(party, set()).add(name)
            continue
        for form, pool in _forms(name, given, derived):
            if _telling(form):
                pool.setdefault(fold(form), {}).setdefault(party, set()).add(form)
    for key, bearers in derived.items():
        given.setdefault(key, bearers)
    weak = {key for key in aliases if key not in given}
    given.update({key: aliases[key] for key in weak})
    keys = sorted(given)
    return NameIndex(
        AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest) if keys else None,
        tuple(tuple(sorted(given[key])) for key in keys),
        tuple(tuple(sorted({form for forms in given[key].values() for form in forms})) for key in keys),
        frozenset(number for number, key in enumerate(keys) if key in weak),
    )


def find_names(index: NameIndex, text: str, folded: str) -> list[NameHit]:
    """Every name of the register in `text`, in order; `folded` is `fold(text)`."""
    if index.automaton is None:
        return []
    return [
        NameHit(Span(start, end), index.bearers[number], number in index.weak)
        for number, start, end in index.automaton.find_matches_as_indexes(folded)
        if _on_boundaries(folded, start, end)
        and any(_same_case(form, text[start:end]) for form in index.spellings[number])
    ]


def stripped(name: str) -> str:
    """`name` without a trailing qualifier in brackets and without its legal forms; unchanged where nothing is left."""
    short = _QUALIFIER.sub("", name).strip()
    while (shorter := _LEGAL_FORM.sub("", short).rstrip(" ,.")) and shorter != short:
        short = shorter
    return short or name


Pool = dict[str, dict[str, set[str]]]


def _forms(name: str, given: Pool, derived: Pool) -> Iterable[tuple[str, Pool]]:
    for part in name.split(" / "):
        plain = _QUALIFIER.sub("", part).strip() or part
        yield plain, given
        short = plain
        while (shorter := _LEGAL_FORM.sub("", short).rstrip(" ,.")) and shorter != short:
            short = shorter
            yield short, derived
        inner = _FORM_INSIDE.match(short)
        if inner is not None:
            yield inner[1], derived
        words = short.split()
        if len(words) == 3 and all(word[0].isupper() and word[1:].islower() and "." not in word for word in words):
            yield f"{words[0]} {words[2]}", derived


def _telling(form: str) -> bool:
    if not form.isascii():
        return len(form) >= 2
    words = form.split()
    return (
        len(form) >= 3
        and any(char.isalpha() for char in form)
        and (len(words) > 1 or form.lower() not in lexicon().common_words)
    )


def _on_boundaries(folded: str, start: int, end: int) -> bool:
    return not (
        (start and _joined(folded[start - 1], folded[start]))
        or (end < len(folded) and _joined(folded[end - 1], folded[end]))
    )


def _joined(left: str, right: str) -> bool:
    """Whether two neighbouring letters stand in one word; scripts written without spaces have no such boundary."""
    return (
        (left.isalnum() or left == "_")
        and (right.isalnum() or right == "_")
        and not (_JOINERS.match(left) or _JOINERS.match(right))
    )


def _same_case(form: str, found: str) -> bool:
    if found == form or not form.isascii():
        return True
    if form.isupper() and len(form) <= 6:
        return len(form) >= _LONG_ACRONYM and found == form.capitalize()
    return found[:1].isupper() or not form[:1].isupper()
