"""What a Federal Register rule orders about an Entity List, UVL or MEU List, as acts: additions and removals.

The amending instructions ("Under CANADA, by adding, in alphabetical order, entries for “CPUNTO Inc.” …") say for each
country whose entry is added, revised or removed; the table below them only prints added and revised entries.
Source: Office of the Federal Register, Document Drafting Handbook, amendatory language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vacatur.law.acts import Act, Document
from vacatur.sources._us_documents import slug
from vacatur.sources.bis_cells import destination_code
from vacatur.sources.bis_xml import Rule

STEP = re.compile(
    r"\b(?:under|for)\s+(?P<country>[A-Z][A-Z ,'’()-]{2,60}?[A-Z)])(?=[,:;]|\s+by\b|\s*$)"
    r"|\b(?P<verb>adding|revising|removing)\b"
    r"|“\s*(?P<name>[^“”]+?)[,;.]?\s*”",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Order:
    """One name in an amending instruction: what is done (`adding`, `revising`, `removing`), under which country."""

    verb: str
    country: str | None
    name: str


def orders_of(instructions: Iterable[str]) -> Iterator[Order]:
    """The names in amending instructions; country and verb hold until the next ones."""
    country, verb = None, ""
    for text in instructions:
        for step in STEP.finditer(text):
            if step["country"] and step["country"].isupper():
                country = destination_code(step["country"]) or country
            elif step["verb"]:
                verb = step["verb"].lower()
            elif step["name"] and verb:
                yield Order(verb, country, step["name"].strip())


def added_names(rule: Rule) -> frozenset[str]:
    """The slugs of the names that a rule adds."""
    return frozenset(slug(order.name) for order in orders_of(rule.orders) if order.verb == "adding")


def rule_acts(rule: Rule, source: str, measure: str, added: Iterable[str]) -> Iterator[Act]:
    """The designation of the parties `added` (ids) and the removal of those a rule removes, from its effective day."""
    if rule.effective is None:
        return
    removed = [order for order in orders_of(rule.orders) if order.verb == "removing"]
    reached = {
        "designated": frozenset(added),
        "delisted": frozenset("-".join(filter(None, (source, slug(o.name), o.country))) for o in removed),
    }
    for kind, parties in reached.items():
        if parties:
            yield Act(
                id=f"{source}-{slug(rule.document or rule.subject)}-{kind}",
                kind=kind,
                measures=(measure,),
                effective=rule.effective,
                parties=parties,
                published=rule.filed,
                authority="Bureau of Industry and Security",
                citation=rule.document or None,
                summary=rule.subject,
                documents=(Document(title=rule.subject or rule.document),),
            )
