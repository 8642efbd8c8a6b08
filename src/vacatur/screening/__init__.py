"""Hits: a party found for a query, with the legal status of every listing on the day asked about.

Joins matching and law over one register. Knows no terminal, no web.
"""
