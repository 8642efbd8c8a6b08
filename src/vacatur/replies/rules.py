"""The readable rules of `rules.yaml`, and what they say about a draft."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from vacatur.replies.measures import MEASURES, Text, addresses, fold
from vacatur.replies.model import Draft
from vacatur.replies.words import host_of


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the file: a measure that reaches a number, or phrases."""

    points: float
    words: str
    measure: str = ""
    at_least: float = 1.0
    phrases: re.Pattern[str] | None = None

    def met_by(self, text: Text) -> str | None:
        """An example of what meets the rule in `text`, perhaps empty; None when nothing does."""
        if self.phrases is not None:
            match = self.phrases.search(text.folded)
            return match.group() if match else None
        found = MEASURES[self.measure](text)
        number, example = (found, "") if isinstance(found, int | float) else (len(found), next(iter(found), ""))
        return example if number >= self.at_least else None


@dataclass(frozen=True, slots=True)
class Rules:
    """The file, read."""

    official: frozenset[str]
    shorteners: frozenset[str]
    rules: tuple[Rule, ...]


@cache
def packaged() -> Rules:
    """The rules that come with the package."""
    data = yaml.safe_load((files("vacatur.replies") / "rules.yaml").read_text("utf-8"))
    return Rules(
        frozenset(data["official"]),
        frozenset(data["shorteners"]),
        tuple(
            Rule(
                points=float(item["points"]),
                words=item["words"],
                measure=item.get("measure", ""),
                at_least=float(item.get("at_least", 1)),
                phrases=re.compile("|".join(item["phrases"])) if "phrases" in item else None,
            )
            for item in data["rules"]
        ),
    )


def read(draft: Draft) -> Text:
    """What rules see of a draft: its text, and the link that was given apart among its links."""
    written = [*addresses(draft.text), *([draft.link] if draft.link else [])]
    hosts = tuple(host for host in dict.fromkeys(map(host_of, written)) if host)
    official = tuple(host for host in hosts if _is_of(host, packaged().official))
    return Text(
        body=draft.text,
        folded=fold(draft.text),
        name=draft.name,
        official=official,
        shortened=tuple(host for host in hosts if _is_of(host, packaged().shorteners)),
        other=tuple(host for host in hosts if host not in official),
    )


def judge(text: Text) -> list[tuple[float, str]]:
    """Points and words of every rule that `text` meets, in the order of the file."""
    met = [(rule, rule.met_by(text)) for rule in packaged().rules]
    return [(rule.points, rule.words.format(found=_shown(found))) for rule, found in met if found is not None]


def _is_of(host: str, listed: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[place:]) in listed for place in range(len(labels)))


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
