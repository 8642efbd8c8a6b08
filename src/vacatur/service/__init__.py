"""The service: the same answers over HTTP, in our own form and in those that the field's clients speak.

Requests in, documents out. Nothing is decided here that a room below could decide; no name, query or address is logged.
"""
