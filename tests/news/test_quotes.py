"""Quotations with exact spans and their speakers."""

import pytest

from vacatur.news.names import NameIndex
from vacatur.news.page import make_article
from vacatur.news.reading import extract
from vacatur.news.record import MemoryRecord


def quotes(text: str, record: MemoryRecord, index: NameIndex) -> list[tuple[str | None, str]]:
    scene, _ = extract(make_article(text), record, index)
    return [(quote.speaker, quote.span.of(text)) for quote in scene.quotes]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We will fight this listing in court," said Adam Welsh, head of policy at DJI.', "Adam Welsh"),
        ('"We will fight this listing in court," DJI said in a statement.', "DJI"),
        ('"We will fight this listing in court," a DJI spokesperson said.', "DJI spokesperson"),
        ('DJI sued. "We will fight this listing in court," a company spokesman said.', "DJI spokesperson"),
        ('DJI sued. "We will fight this listing in court," the drone maker said.', "DJI"),
        ('In a statement, DJI said: "We will fight this listing in court."', "DJI"),
        ('Here is DJI\'s statement:\n\n"We will fight this listing in court."', "DJI"),
        ('Judge Paul Friedman ruled on Friday. "The record speaks for itself here," he wrote.', "Paul Friedman"),
        ('Judge Paul Friedman ruled on Friday. "The record speaks for itself here," Friedman wrote.', "Paul Friedman"),
        ('"The record speaks for itself here," according to Commerce Secretary Gina Raimondo.', "Gina Raimondo"),
        ('"It has no basis," said US Secretary of Commerce Gina M. Raimondo.', "Gina M. Raimondo"),
    ],
)
def test_speaker(text: str, speaker: str, record: MemoryRecord, index: NameIndex) -> None:
    assert [found for found, _ in quotes(text, record, index)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        'DJI was added to the "Entity List".',
        'Xiaomi Corporation ("Xiaomi") sued.',
        'DJI is a so-called "blacklisted drone maker" now.',
        'It was designated as a "Communist Chinese military company".',
    ],
)
def test_terms_of_art_and_defined_names_are_no_quotes(text: str, record: MemoryRecord, index: NameIndex) -> None:
    assert quotes(text, record, index) == []


def test_the_next_paragraph_of_a_statement_has_the_same_speaker(record: MemoryRecord, index: NameIndex) -> None:
    said = ("We make drones for civilian use only.", "We will fight the listing in court.")
    text = f"Here is DJI's statement:\n\n“{said[0]}”\n\n“{said[1]}”"
    assert quotes(text, record, index) == [
        ("DJI", "We make drones for civilian use only."),
        ("DJI", "We will fight the listing in court."),
    ]
