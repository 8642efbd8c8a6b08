"""Searches index files that are damaged under right checksums: `python damage.py SEED COUNT`, ends with 0 if it lives.

Run by test_sanitized.py with a kernel that checks every access to memory.
"""

import random
import struct
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from matching.lists import WORDS

from vacatur.matching.index import Index, IndexFileError, build_index
from vacatur.matching.model import IndexedName, IndexedParty, Query

MASK = 2**64 - 1
TABLE = 72
"""Where the table of sections begins: after magic, format, sections, bytes, transaction, content hash and rules."""


def mixed(number: int) -> int:
    number = ((number ^ number >> 30) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ number >> 27) * 0x94D049BB133111EB) & MASK
    return number ^ number >> 31


def checksum(content: bytes) -> int:
    """checksum_of in file.c."""
    p, q = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F
    lanes = [p, q, p ^ q, (p + q) & MASK]
    whole = len(content) // 32 * 32
    for at in range(0, whole, 32):
        for lane, eight in enumerate(struct.unpack_from("<4Q", content, at)):
            summed = (lanes[lane] + eight * q) & MASK
            lanes[lane] = ((summed << 31 | summed >> 33) & MASK) * p & MASK
    total = len(content)
    for lane in lanes:
        total = mixed(total ^ lane)
    for byte in content[whole:]:
        total = mixed(total ^ byte)
    return total


def damaged(content: bytes, source: random.Random) -> bytes:
    """The file with some numbers changed, and its checksums right."""
    changed = bytearray(content)
    (sections,) = struct.unpack_from("<I", changed, 12)
    header = TABLE + 24 * sections
    for _ in range(source.choice((1, 3, 30, 300))):
        at = source.randrange(header + 8, len(changed) - 4) // 4 * 4
        value = source.choice((0, 1, 2**31, 2**32 - 1, source.randrange(2**32), source.randrange(500)))
        struct.pack_into("<I", changed, at, value)
    for section in range(sections):
        begin, size, _ = struct.unpack_from("<3Q", changed, TABLE + 24 * section)
        if source.random() < 0.02:
            begin, size = source.choice(
                ((begin + 8, size), (begin, size // 2), (begin, 0), (2**63, size), (begin, 2**64 - 1))
            )
        part = bytes(changed[begin : begin + (size + 7) // 8 * 8]) if size < len(changed) else b""
        struct.pack_into("<3Q", changed, TABLE + 24 * section, begin, size, checksum(part))
    struct.pack_into("<Q", changed, header, checksum(bytes(changed[:header])))
    return bytes(changed)


def main(seed: int, count: int) -> None:
    source = random.Random(seed)
    parties = [
        IndexedParty(
            f"p{number}",
            source.choice(["Person", "Company"]),
            tuple(
                IndexedName(" ".join(source.choices(WORDS, k=3)), source.choice(["name", "weakAlias"])) for _ in "ab"
            ),
            ("cn",),
            ("1980",),
            ("male",),
            (("isin", f"X{number}"), ("leiCode", "L")),
        )
        for number in range(40)
    ]
    queries = [Query(" ".join(source.choices(WORDS, k=3)), countries=("us",), birth_date="1990") for _ in range(12)]
    queries += [Query(identifiers=(("", "X7"), ("leiCode", "M"))), Query("smic", gender="female")]
    opened = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        build_index(path, parties, transaction=1)
        content = path.read_bytes()
        Index.open(path)
        for _ in range(count):
            path.write_bytes(damaged(content, source))
            try:
                index = Index.open(path)
            except IndexFileError:
                continue
            opened += 1
            for found in index.search_many(queries, 20, 0.3):
                for match in found:
                    assert match.evidence is not None
            assert sum(1 for _ in index.names(known=0, recorded=9)) >= 0
    print(f"{opened} of {count} opened")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
