"""The store of parties, measures, acts, presences and documents, in which nothing is ever overwritten.

Rows are added, never changed, but for the transaction that retracted them. Statuses are computed, never stored.
`Register` opens one (SQLite file or PostgreSQL) and writes in transactions; `Snapshot` reads it as it stood at one.
"""

from vacatur.register.register import Register, RegisterError
from vacatur.register.snapshot import Snapshot

__all__ = ["Register", "RegisterError", "Snapshot"]
