"""Precision and recall of the acts proposed from real documents.

`PYTHONPATH=src:tests python tests/sources/evaluate_documents.py` prints them. It needs the real files
(VACATUR_SHARED, else ../shared beside the repository).
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from document_labels import TEST_ENTRIES, TEST_NOTICES, TRAIN_ENTRIES, TRAIN_NOTICES

from vacatur.sources.court_payloads import read_cases
from vacatur.sources.courtlistener import read_court_documents
from vacatur.sources.evaluation import Evaluation, evaluate
from vacatur.sources.federal_register import read_federal_register

NOTICES = "legal_samples/federal_register/restricted_party_notices.json"
Labels = Mapping[str, Mapping[str, tuple[str, ...]]]


def evaluate_notices(shared: Path, labels: Mapping[str, tuple[str, ...]]) -> Evaluation:
    """The notices of the Federal Register that are labelled, by kind and measure."""
    proposed = defaultdict(set)
    for proposal in read_federal_register((shared / NOTICES).read_bytes(), NOTICES):
        proposed[proposal.entry].add(f"{proposal.act.kind}:{proposal.act.measures[0]}")
    return evaluate(labels, proposed)


def evaluate_entries(shared: Path, labels: Labels) -> Evaluation:
    """Every entry of the dockets that are labelled, by kind."""
    wanted: dict[str, tuple[str, ...]] = {}
    proposed = defaultdict(set)
    for file, told in labels.items():
        data = (shared / file).read_bytes()
        for case in read_cases(data, file, {}):
            for entry in case.entries:
                names = (entry.id, f"{case.number}/{entry.id}", f"{case.number}/*")
                wanted[f"{file}/{case.number}/{entry.id}"] = next((told[name] for name in names if name in told), ())
        for proposal in read_court_documents(data, file):
            number = proposal.act.case.rsplit(" ", 1)[-1]
            proposed[f"{file}/{number}/{proposal.entry}"].add(proposal.act.kind)
    return evaluate(wanted, proposed)


def main() -> None:
    shared = Path(os.environ.get("VACATUR_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
    for name, found in (
        ("notices, train", evaluate_notices(shared, TRAIN_NOTICES)),
        ("notices, test", evaluate_notices(shared, TEST_NOTICES)),
        ("docket entries, train", evaluate_entries(shared, TRAIN_ENTRIES)),
        ("docket entries, test", evaluate_entries(shared, TEST_ENTRIES)),
    ):
        print(f"{name}\n{found.table()}\nwrong: {found.wrong}\nmissed: {found.missed}\n")


if __name__ == "__main__":
    main()
