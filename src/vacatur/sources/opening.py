"""Files as publishers hand them out, opened as plain bytes: bare, gzipped, or one file in a zip.

Knows about wrapping only, never about what is inside. Sizes are bounded, so that a small file that unpacks without
end is refused instead of filling memory or disk.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias, cast

from vacatur.sources.base import SourceError

MAX_BYTES = 4 * 2**30
"""Largest unpacked size read, in bytes: the largest official list today is about 120 MB."""

MAX_RATIO = 500
"""Largest unpacked size for one packed byte; lists shrink to a tenth or twentieth."""

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


PlainBytes: TypeAlias = "io.BufferedReader[BoundedReader]"
"""The bytes of a document, unpacked."""


class BoundedReader(io.RawIOBase):
    """Bytes of `stream`, with a `SourceError` when there are more than `limit` or the packing is broken."""

    def __init__(self, stream: IO[bytes], document: str, limit: int) -> None:
        self.stream, self.document, self.left = stream, document, limit

    def readable(self) -> bool:
        """Always: this is an input."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            block = self.stream.read(len(view))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise SourceError(self.document, f"can't be unpacked: {error}", advice="Fetch the file again") from error
        self.left -= len(block)
        if self.left < 0:
            raise SourceError(self.document, "unpacks to more than any list does; refused as a compression bomb")
        view[: len(block)] = block
        return len(block)


@contextmanager
def open_plain(path: Path) -> Iterator[PlainBytes]:
    """Open `path` as plain bytes, unpacking gzip or a zip with one file in it.

    Raises:
        SourceError: missing, unreadable or empty; a web page instead of a list; a broken or boundless packing.
    """
    name = path.name
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(name, f"can't be opened: {error.strerror}") from error
    with file:
        try:
            head = file.read(4)
        except OSError as error:
            raise SourceError(name, f"can't be read: {error.strerror}") from error
        file.seek(0)
        limit = MAX_BYTES
        if head.startswith((GZIP, ZIP)):
            limit = min(limit, max(path.stat().st_size * MAX_RATIO, 2**20))
        with (
            unpacked(file, head, name) as stream,
            io.BufferedReader(BoundedReader(stream, name, limit), 2**18) as plain,
        ):
            refuse_pages(plain, name)
            yield plain


@contextmanager
def unpacked(file: IO[bytes], head: bytes, name: str) -> Iterator[IO[bytes]]:
    """The stream inside `file`, by its first bytes."""
    if head.startswith(GZIP):
        with gzip.open(file) as unzipped:
            yield cast("IO[bytes]", unzipped)
    elif head.startswith(ZIP):
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(name, f"is no whole zip file: {error}", advice="Fetch the file again") from error
        with archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) != 1:
                raise SourceError(name, f"holds {len(members)} files where one is expected")
            try:
                stream = archive.open(members[0])
            except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError) as error:
                raise SourceError(name, f"can't be unpacked: {error}", advice="Fetch the file again") from error
            with stream:
                yield stream
    else:
        yield file


def refuse_pages(plain: PlainBytes, name: str) -> None:
    """Refuse an empty file, and the error or login page that a server sent in place of the list."""
    start = plain.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.strip(b"\x1a"):
        raise SourceError(name, "is empty", advice="The download failed; fetch it again")
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceError(
            name, "is a web page, not a list", line=1, advice="The server sent an error page; fetch again"
        )
