"""The reading of one article: page to verdicts in one call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vacatur.news.article import Article
from vacatur.news.claims import Claim, find_claims
from vacatur.news.dates import find_dates
from vacatur.news.lexicon import TermKind, find_terms
from vacatur.news.mentions import Mention, find_mentions, groups, main_party, propers_of
from vacatur.news.names import NameIndex, find_names
from vacatur.news.people import find_people
from vacatur.news.quotes import Quote, find_quotes
from vacatur.news.scene import Scene, resolve_measures
from vacatur.news.text import fold, sentences
from vacatur.parties import Party
