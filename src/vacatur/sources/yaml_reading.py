"""YAML read strictly, with the line of everything: what the readers of acts, parties and measures share.

The text is composed to nodes, which know their lines, and never constructed to Python objects. Mistakes are collected,
not raised one by one, so that a person mends a file in one go. Nothing about acts or parties enters here.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

import yaml

from vacatur.law.moments import Moment, parse_moment
from vacatur.sources.base import SourceError

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

DEEPEST = 40
"""Deeper nesting than any of our forms has; the parser itself would overflow on a hostile file."""

NULL = "tag:yaml.org,2002:null"


class MistakesError(SourceError):
    """All that is wrong with a file, or with files read together: one `SourceError` a mistake, in `mistakes`."""

    def __init__(self, mistakes: Iterable[SourceError]) -> None:
        self.mistakes = tuple(mistakes)
        first = self.mistakes[0]
        super().__init__(first.document, first.reason, line=first.line, advice=first.advice)

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


class Mistakes:
    """What was found wrong so far in one document."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.found: list[SourceError] = []

    def add(self, node: yaml.Node, reason: str, advice: str = "") -> None:
        """Note one mistake at the line of `node`."""
        self.found.append(SourceError(self.document, reason, line=line_of(node), advice=advice))

    def raise_any(self) -> None:
        """Raise `MistakesError` when there is any."""
        if self.found:
            raise MistakesError(self.found)


def line_of(node: yaml.Node) -> int:
    """The line on which `node` begins, counted from one."""
    return node.start_mark.line + 1 if node.start_mark else 0


def compose(text: str, document: str) -> yaml.Node | None:
    """The root of a document's nodes; None when it is empty.

    Raises:
        MistakesError: the text is no YAML, or nested beyond reason.
    """
    try:
        refuse_depth(text, document)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"not YAML: {error.problem or error.context}"
        raise MistakesError([SourceError(document, reason, line=mark.line + 1 if mark else None)]) from None
    except yaml.YAMLError as error:
        raise MistakesError([SourceError(document, f"not YAML: {error}")]) from None


def refuse_depth(text: str, document: str) -> None:
    """Refuse a text that nests deeper than `DEEPEST`: composing recurses in C, where too deep is a crash."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else None
                raise MistakesError([SourceError(document, "nested too deeply", line=line)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class Fields:
    """One mapping read key by key: every key is asked for once, and `close` names those nobody asked for."""

    def __init__(self, node: yaml.Node, mistakes: Mistakes, what: str) -> None:
        self.node, self.mistakes, self.what = node, mistakes, what
        self.nodes: dict[str, yaml.Node] = {}
        self.asked: dict[str, None] = {}
        if not isinstance(node, yaml.MappingNode):
            mistakes.add(node, f"{what} should be `key: value` lines")
            return
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self.nodes:
                mistakes.add(key, f"{what}: {name!r} is given twice")
            self.nodes[name] = value

    def close(self) -> None:
        """Name every key that is not one of this form's."""
        for name in [name for name in self.nodes if name not in self.asked]:
            self.mistakes.add(self.nodes[name], f"{self.what}: unknown key {name!r}", f"Known: {', '.join(self.asked)}")

    def get(self, name: str, *, needed: bool = False) -> yaml.Node | None:
        """The node under `name`; None, with a mistake when it is needed, where there is none or it is empty."""
        self.asked[name] = None
        node = self.nodes.get(name)
        if node is None:
            if needed:
                self.mistakes.add(self.node, f"{self.what}: {name!r} is missing")
            return None
        if node.tag == NULL or node.value in ("", []):
            self.mistakes.add(node, f"{self.what}: {name!r} is empty", "Leave the key out or give it a value")
            return None
        return node

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """A single text, its white space folded."""
        node = self.get(name, needed=needed)
        return None if node is None else self.scalar(node, name)

    def scalar(self, node: yaml.Node, name: str) -> str | None:
        """The text of one scalar node."""
        if isinstance(node, yaml.ScalarNode) and node.tag != NULL:
            return " ".join(str(node.value).split())
        self.mistakes.add(node, f"{self.what}: {name!r} should be a single value")
        return None

    def items(self, name: str, *, needed: bool = False) -> list[yaml.Node]:
        """The nodes of a list; a single value stands for a list of one."""
        node = self.get(name, needed=needed)
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one."""
        read = [self.scalar(node, name) for node in self.items(name, needed=needed)]
        return tuple(text for text in read if text)

    def known(self, name: str, allowed: Iterable[str], noun: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts that must all be among `allowed`."""
        found = []
        for node in self.items(name, needed=needed):
            text = self.scalar(node, name)
            if text is not None and text not in allowed:
                self.mistakes.add(node, f"{self.what}: unknown {noun} {text!r}", nearest(text, allowed))
            elif text is not None:
                found.append(text)
        return tuple(found)

    def moment(self, name: str, *, needed: bool = False) -> Moment | None:
        """A day, or a time that states its offset from UTC."""
        return self._parsed(name, legal_moment, needed=needed)

    def day(self, name: str) -> date | None:
        """A day."""
        return self._parsed(name, date.fromisoformat)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number."""
        found = self._parsed(name, int)
        return default if found is None else found

    def decimal(self, name: str) -> Decimal | None:
        """An exact number above 0."""
        return self._parsed(name, _exact)

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """One of the values of an enumeration."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return choices(text)
        except ValueError:
            self.mistakes.add(self.nodes[name], f"{self.what}: unknown {name} {text!r}", f"Known: {', '.join(choices)}")
            return None

    def _parsed(self, name: str, parse: Callable[[str], Value], *, needed: bool = False) -> Value | None:
        text = self.text(name, needed=needed)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.mistakes.add(self.nodes[name], f"{self.what}: {name!r}: {error}")
            return None


def _exact(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise ValueError(f"not a number above 0: {text!r}")
    return number


def legal_moment(text: str) -> Moment:
    """A day or a time; unlike elsewhere a time must state its offset, for a bare one would silently be UTC.

    Raises:
        ValueError: neither, or a time without offset.
    """
    moment = parse_moment(text)
    if isinstance(moment, datetime) and datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(f"time without an offset: {text!r} (expected 2021-03-12T16:15-05:00)")
    return moment


def nearest(text: str, allowed: Iterable[str]) -> str:
    """Advice that names the closest known words."""
    from difflib import get_close_matches  # noqa: PLC0415 (only when something is wrong)

    close = get_close_matches(text, list(allowed), n=3)
    return f"Did you mean {' or '.join(close)}?" if close else ""
