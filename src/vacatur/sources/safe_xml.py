"""XML from outside, read element by element: no DTD, no entities, no endless depth or text, memory flat.

What the elements mean belongs to the module of the list. libxml2 (through lxml) bounds nesting at 256 and a text at
10 MB unless told otherwise, which nobody does here; entities are never resolved, and a document type refuses the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from vacatur.sources.base import SourceError
from vacatur.sources.opening import open_plain


def read_elements(path: Path, *tags: str) -> Iterator[etree._Element]:
    """Each element called one of `tags` (local names), complete; it is emptied when the next is asked for.

    Name every element that repeats without end, also those that don't matter: what is not named stays in memory.

    Raises:
        SourceError: no well-formed XML, cut, with a document type, nested or long beyond reason; says the line.
    """
    root_of(path)
    with open_plain(path) as plain, told(path):
        events = etree.iterparse(
            plain,
            tag=["{*}" + tag for tag in tags],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
                parent.remove(before)


def root_of(path: Path) -> tuple[str, str]:
    """(local name, namespace) of the document element.

    Raises:
        SourceError: as `read_elements`.
    """
    with open_plain(path) as plain, told(path):
        for _, element in etree.iterparse(plain, events=("start",), resolve_entities=False, no_network=True):
            refuse_doctype(element, path.name)
            namespace, _, local = str(element.tag).rpartition("}")
            return local, namespace.removeprefix("{")
    raise SourceError(path.name, "has no element")


def looks_like_xml(path: Path) -> bool:
    """Whether a file begins as XML does."""
    with open_plain(path) as plain:
        return plain.peek(64)[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace."""
    # QName fails on an undeclared prefix; the parser lets it by
    return str(element.tag).rpartition("}")[2]


def line_of(element: etree._Element) -> int | None:
    """The line on which an element begins, where the parser kept it."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def child(element: etree._Element, path: str) -> str:
    """The text under a path of local names (`general/remarks`), stripped; empty when there is none."""
    return str(element.findtext(anywhere(path)) or "").strip()


def children(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """The elements under a path of local names."""
    yield from element.iterfind(anywhere(path))


def anywhere(path: str) -> str:
    """A path of local names as one of any namespace."""
    return "/".join("{*}" + name for name in path.split("/"))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the parser's errors into ours."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise SourceError(
            path.name,
            f"no readable XML: {error.msg}",
            line=error.lineno or None,
            advice="The file is cut or damaged; fetch it again",
        ) from error


def refuse_doctype(element: etree._Element, name: str) -> None:
    """Refuse a document with a DTD: no list has one, and attacks by entities need one."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise SourceError(name, "has a document type (DTD), which no list has", line=1)
