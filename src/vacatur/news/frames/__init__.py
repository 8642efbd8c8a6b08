"""Frames: the ways of saying that something happened to a party, as data (the YAML files beside), compiled once.

A frame's patterns run over a folded sentence whose mentions are masked: each character of a mention is replaced by
the sign of what it is, so that offsets hold and a pattern can say "a list" or "a judge".
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


class Sign(StrEnum):
    """What a masked character belongs to: private-use characters, which no visible text holds."""

    PARTY = "\ue001"
    MEASURE = "\ue002"
    AUTHORITY = "\ue003"
    COURT = "\ue004"
    APPEALS = "\ue008"
    JUDGE = "\ue005"
    DATE = "\ue006"
    ORDER = "\ue007"


class Role(StrEnum):
    """Where a frame finds its party."""

    THEME = "theme"
    PASSIVE = "passive"
    SUBJECT = "subject"
    OBJECT = "object"
    INSIDE = "inside"
    NEAR = "near"
    POSSESSOR = "possessor"
    OWNER = "owner"
    TOPIC = "topic"


class Agent(StrEnum):
    """Who must be doing it."""

    COURT = "court"
    AUTHORITY = "authority"
    PASSIVE = "passive"


_FILES = ("listings.yaml", "removals.yaml", "injunctions.yaml", "rulings.yaml", "suits.yaml")
_LIST_SIGNS = f"[{Sign.MEASURE}{Sign.ORDER}]+"
_DET = r"(?:the|an?|its|his|her|their|this|that|those|these|[\ue001\ue003]+'s|\w+'s?)"
_MACROS = {
    "{P}": f"{Sign.PARTY}+",
    "{L}": _LIST_SIGNS,
    "{O}": f"{Sign.ORDER}+",
    "{A}": f"{Sign.AUTHORITY}+(?![{Sign.AUTHORITY}{Sign.COURT}{Sign.APPEALS}])",
    "{C}": f"[{Sign.COURT}{Sign.APPEALS}]+",
    "{AC}": f"{Sign.APPEALS}+",
    "{J}": f"{Sign.JUDGE}+",
    "{D}": rf"(?:(?:in|on|the|early|late) )?{Sign.DATE}+",
    "{det}": rf"{_DET} ",
    "{list}": rf"(?:[^\s;.]+ ){{0,6}}?[\"(]*{_LIST_SIGNS}",
    "{list0}": rf"(?:[^\s;.]+ ){{0,4}}?[\"(]*{_LIST_SIGNS}",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying it; `docs/news.md` and the head of this module explain the fields."""

    kind: str
    verb: re.Pattern[str]
    party: tuple[Role, ...]
    then: re.Pattern[str] | None = None
    when: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    agent: tuple[Agent, ...] = ()
    negated: bool = False
    intended: bool = False
    noun: bool = False


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """The frames that ship with the package."""
    return tuple(
        _frame(item)
        for name in _FILES
        for item in yaml.safe_load(files("vacatur.news.frames").joinpath(name).read_text("utf-8"))
    )


def _frame(item: dict[str, Any]) -> Frame:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(_expand(item[key])) if key in item else None

    return Frame(
        kind=item["kind"],
        verb=re.compile(_expand(item["verb"])),
        party=tuple(Role(role) for role in item["party"]),
        then=pattern("then"),
        when=pattern("when"),
        unless=pattern("unless"),
        not_after=pattern("not_after"),
        agent=tuple(Agent(agent) for agent in item.get("agent", ())),
        negated=item.get("negated", False),
        intended=item.get("intended", False),
        noun=item.get("noun", False),
    )


def _expand(text: str) -> str:
    for name, meaning in _MACROS.items():
        text = text.replace(name, meaning)
    return text.replace(r"(?<=\ue002)", rf"(?<=[{Sign.MEASURE}{Sign.ORDER}])")
