"""Files of pairs of names: csv with `left`, `right`, perhaps `schema`, and for calibration `match`.

The columns of `name_bench` (`name1`, `name2`, `is_match`) are read as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vacatur.errors import UserError
from vacatur.matching.compare import compare
from vacatur.screening.customers import csv_rows

COLUMNS = {
    "left": ("left", "name1"),
    "right": ("right", "name2"),
    "schema": ("schema",),
    "match": ("match", "ismatch", "label"),
}
"""Headers by field, without case, spaces and underscores."""

TRUE = frozenset({"true", "1", "yes", "y", "match", "t"})
FALSE = frozenset({"false", "0", "no", "n", "nomatch", "f"})


class PairsFileError(UserError):
    """A file of pairs that can't be read; says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row: its number (the first row of data is 1), all its cells, and the fields that are read."""

    row: int
    cells: tuple[str, ...]
    left: str
    right: str
    schema: str | None
    label: str

    @property
    def score(self) -> float | None:
        """The score of the two names; None where one is missing."""
        return compare(self.left, self.right, self.schema).score if self.left and self.right else None


def read_pairs(path: Path) -> tuple[list[str], Iterator[PairRow]]:
    """The header, and the rows as a stream.

    Raises:
        PairsFileError: the file is missing or empty, or lacks a column.
    """
    if not path.is_file():
        raise PairsFileError(f"{path}: no such file")
    rows = csv_rows(path, None, None)
    header = [str(cell).strip() for cell in next(rows, ())]
    if not header:
        raise PairsFileError(f"{path}: the file is empty")
    plain = ["".join(name.casefold().split()).replace("_", "") for name in header]
    places = {
        field: next((plain.index(name) for name in names if name in plain), None) for field, names in COLUMNS.items()
    }
    for field in ("left", "right"):
        if places[field] is None:
            raise PairsFileError(f"{path}: no column is called {field} (there are: {', '.join(header[:20])})")
    return header, _pairs(rows, places, len(header))


def _pairs(rows: Iterator[Sequence[object]], places: dict[str, int | None], width: int) -> Iterator[PairRow]:
    for number, row in enumerate(rows, start=1):
        cells = tuple(str(cell) for cell in row[:width]) + ("",) * (width - len(row))
        fields = {field: cells[place].strip() if place is not None else "" for field, place in places.items()}
        yield PairRow(number, cells, fields["left"], fields["right"], fields["schema"] or None, fields["match"])


def labelled_scores(path: Path) -> list[tuple[float, bool]]:
    """(score, whether it is a match) of every row.

    Raises:
        PairsFileError: as `read_pairs`; a row without a name or with a label that is neither true nor false; no match
            or no other pair at all.
    """
    scored = []
    for pair in read_pairs(path)[1]:
        label = "".join(pair.label.casefold().split())
        score = pair.score
        if score is None or label not in TRUE | FALSE:
            what = "a name is missing" if score is None else f"match is {pair.label!r}, neither true nor false"
            raise PairsFileError(f"{path}: row {pair.row}: {what}")
        scored.append((score, label in TRUE))
    if len({match for _, match in scored}) < 2:
        raise PairsFileError(f"{path}: calibration needs pairs that match and pairs that do not")
    return scored
