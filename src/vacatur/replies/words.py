"""The words of a reader's text, for likeness and learning: folded, in any script."""

import re
import unicodedata
from urllib.parse import urlsplit

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{2,}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]+", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of `text`, in their order; of scripts without spaces, the pairs of signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: list[str] = []
    for word in _WORD.findall(folded):
        if _UNSPACED.fullmatch(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return found


def links(text: str) -> list[str]:
    """The web addresses in `text`, as they were written."""
    return [link.rstrip(".,;:!?") for link in _LINK.findall(text)]


def without_links(text: str) -> str:
    """`text` with each web address cut down to its host."""
    return _LINK.sub(lambda link: f" {host_of(link.group())} ", text)


def host_of(link: str) -> str:
    """The host of a web address, in lower case; empty where there is none."""
    try:
        return (urlsplit(link if "://" in link else f"//{link}").hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
