"""The tables. One schema for SQLite and PostgreSQL, one module a subject, all on one `metadata`.

`core` holds parties, acts and presences. A subject that needs tables of its own (watching, decisions, replies …) adds
a module here and imports it below, so that opening a register makes every table and a migration knows of it.
"""

from vacatur.register.schema.articles import article_parties, articles
from vacatur.register.schema.core import (
    EVERYONE,
    act_parties,
    acts,
    by_code_point,
    documents,
    entries,
    identifiers,
    links,
    measures,
    meta,
    metadata,
    presences,
    revisions,
    transactions,
    vintages,
)
from vacatur.register.schema.deliveries import deliveries
from vacatur.register.schema.deltas import deltas
from vacatur.register.schema.ends import link_ends
from vacatur.register.schema.keys import service_keys, service_signed_out
from vacatur.register.schema.replies import (
    replies,
    reply_decisions,
    reply_lessons,
    reply_reports,
    reply_tasks,
    reply_words,
)
from vacatur.register.schema.review import case_answers, cases, checkpoints, decision_log
from vacatur.register.schema.updates import checks, held
from vacatur.register.schema.watch import (
    watch_dates,
    watch_deliveries,
    watch_hits,
    watch_notices,
    watch_runs,
    watched,
)

__all__ = [
    "EVERYONE",
    "act_parties",
    "acts",
    "article_parties",
    "articles",
    "by_code_point",
    "case_answers",
    "cases",
    "checkpoints",
    "checks",
    "decision_log",
    "deliveries",
    "deltas",
    "documents",
    "entries",
    "held",
    "identifiers",
    "link_ends",
    "links",
    "measures",
    "meta",
    "metadata",
    "presences",
    "replies",
    "reply_decisions",
    "reply_lessons",
    "reply_reports",
    "reply_tasks",
    "reply_words",
    "revisions",
    "service_keys",
    "service_signed_out",
    "transactions",
    "vintages",
    "watch_dates",
    "watch_deliveries",
    "watch_hits",
    "watch_notices",
    "watch_runs",
    "watched",
]
