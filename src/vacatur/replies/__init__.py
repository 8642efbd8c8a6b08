"""Readers answer: replies under dossiers, acts and articles, a gate against spam, moderators, and an honest notice.

What a reader wrote is his: it is kept apart from the register, can be taken back, and only its number ever enters the
register. Nothing a reader writes changes a status: a correction becomes a proposed act that a person judges.
No request, page or cookie is known here; the clock is always given.
"""
