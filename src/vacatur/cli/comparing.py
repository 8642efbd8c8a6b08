"""`vacatur compare` and `calibrate`: how alike two names are, and what a threshold means on labelled pairs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vacatur.cli.common import JsonOption, UnaskedRegisterOption, UsageError, print_json

if TYPE_CHECKING:
    from vacatur.matching.calibration import Measured


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(compare)
    app.command()(calibrate)


def compare(
    left: Annotated[str | None, typer.Argument(help="One name.", show_default=False)] = None,
    right: Annotated[str | None, typer.Argument(help="The other name.", show_default=False)] = None,
    schema: Annotated[str | None, typer.Option(help="FollowTheMoney schema: Company, Person …")] = None,
    file: Annotated[Path | None, typer.Option(help="Compare many: csv with left, right, perhaps schema.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where --file goes, with a column score: csv, xlsx, parquet.")
    ] = None,
    json: JsonOption = False,
    _register: UnaskedRegisterOption = None,
) -> None:
    """Score two names against each other and explain the score, word by word; or the pairs of a file.

    Examples:
      vacatur compare "Huawei Technologies Co., Ltd." "Hua Wei Technology" --schema Company
      vacatur compare --file pairs.csv --out scores.csv
    """
    if file is not None:
        if out is None or left is not None:
            raise UsageError("--file needs --out FILE, and no names beside it")
        _compare_file(file, out, schema, as_json=json)
        return
    if left is None or right is None:
        raise UsageError("compare needs two names, or --file PAIRS.csv --out SCORES.csv")
    _compare_two(left, right, schema, as_json=json)


def _compare_two(left: str, right: str, schema: str | None, *, as_json: bool) -> None:
    from vacatur.matching.compare import compare as score
    from vacatur.screening.plain import evidence_json

    match = score(left, right, schema)
    if as_json:
        explanation = [evidence_json(item) for item in match.evidence]
        print_json({"left": left, "right": right, "schema": schema, "score": match.score, "explanation": explanation})
        return
    sys.stdout.write(f"{match.score:.3f}\n")
    for item in match.evidence:
        note = f"   {item.note}" if item.note else ""
        sys.stdout.write(f"  {item.score:+.3f}  {item.feature:<16} {item.query or '–'} → {item.matched or '–'}{note}\n")


def _compare_file(file: Path, out: Path, schema: str | None, *, as_json: bool) -> None:
    from dataclasses import replace

    from vacatur.screening.customers import TableWriter
    from vacatur.screening.pairs import read_pairs

    TableWriter.check(out)
    header, pairs = read_pairs(file)
    rows = without = 0
    with TableWriter(out, [*(name for name in header if name != "score"), "score"]) as table:
        kept = [place for place, name in enumerate(header) if name != "score"]
        for pair in pairs:
            score = replace(pair, schema=pair.schema or schema).score
            rows, without = rows + 1, without + (score is None)
            table.write([[*(pair.cells[place] for place in kept), "" if score is None else score]])
    if as_json:
        print_json({"rows": rows, "without_score": without, "out": str(out)})
    else:
        sys.stderr.write(f"{rows:,} pairs compared, {without:,} of them without two names; written to {out}\n")


def calibrate(
    file: Annotated[Path, typer.Argument(help="csv with left, right, match (true, false), perhaps schema.")],
    json: JsonOption = False,
    _register: UnaskedRegisterOption = None,
) -> None:
    """Measure what a threshold means on your own labelled pairs, and which one fits them best.

    Example:
      vacatur calibrate labelled.csv
    """
    from vacatur.matching.calibration import measure, recommended
    from vacatur.screening.pairs import labelled_scores

    scored = labelled_scores(file)
    best = recommended(scored)
    table = measure(scored)
    if json:
        print_json(
            {
                "pairs": len(scored),
                "matches": sum(match for _, match in scored),
                "thresholds": [_plain(one) for one in table],
                "recommended": _plain(best),
            }
        )
        return
    sys.stdout.write(f"{len(scored):,} pairs, {sum(match for _, match in scored):,} of them matches\n\n")
    sys.stdout.write("threshold  precision  recall     F1   false hits  missed\n")
    for one in table:
        sys.stdout.write(
            f"{one.threshold:9.2f}  {_share(one.precision):>9}  {_share(one.recall):>6}  {one.f1:5.3f}"
            f"  {one.false_hits:10,}  {one.missed:6,}\n"
        )
    sys.stdout.write(
        f"\nrecommended: {best.threshold:.2f} (precision {_share(best.precision)}, recall {_share(best.recall)},"
        f" F1 {best.f1:.3f})\n"
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _plain(one: "Measured") -> dict[str, float | int | None]:
    shares = {"precision": one.precision, "recall": one.recall, "f1": one.f1}
    rounded = {name: None if value is None else round(value, 4) for name, value in shares.items()}
    return {"threshold": one.threshold, **rounded, "false_hits": one.false_hits, "missed": one.missed}
