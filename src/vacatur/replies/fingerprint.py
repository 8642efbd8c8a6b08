"""A fingerprint of a text by which near-duplicates are found: SimHash (Charikar 2002), 64 bits.

Texts that differ in a few words have fingerprints that differ in a few bits. Web addresses count by their host, since
spam carries another number in each copy.
"""

import hashlib
from itertools import pairwise

from vacatur.replies.words import without_links, words

BITS = 64


def fingerprint(text: str) -> str:
    """The fingerprint of `text`, as 16 hexadecimal signs."""
    told = words(without_links(text))
    pieces = {*told, *(f"{left} {right}" for left, right in pairwise(told))} or {text}
    sums = [0] * BITS
    for piece in pieces:
        hashed = int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=8).digest())
        for bit in range(BITS):
            sums[bit] += 1 if hashed >> bit & 1 else -1
    return f"{sum(1 << bit for bit in range(BITS) if sums[bit] > 0):016x}"


def distance(left: str, right: str) -> int:
    """In how many bits two fingerprints differ."""
    return (int(left, 16) ^ int(right, 16)).bit_count()
