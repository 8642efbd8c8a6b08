"""One way to write a document as bytes, so that equal content has equal hashes everywhere.

Canonical JSON in the manner of RFC 8785: keys sorted by code point, no white space, UTF-8 unescaped. What is hashed for
others to verify holds no floats, about whose writing implementations differ.
"""

import json
from hashlib import sha256
from typing import Any


def canonical(document: Any) -> str:
    """The document's one text."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(document: Any) -> str:
    """SHA-256 of the document's text, in hex."""
    return digest_of_text(canonical(document))


def digest_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
