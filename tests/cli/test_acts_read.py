"""`vacatur acts read`: documents of courts and agencies become proposals, which count only when a person accepts."""

import json
from pathlib import Path

from cli.conftest import Run

DOCKET = {
    "case_name": "Xiaomi Corporation v. Department of Defense",
    "court": "dcd",
    "docket_number": "1:99-cv-00280",
    "docket_entries": [
        {
            "date_filed": "2030-03-12",
            "document_number": "21",
            "description": "ORDER granting 5 Motion for Preliminary Injunction.",
            "pacer_doc_id": "0451",
        }
    ],
}


def test_an_order_on_a_docket_is_suggested_with_its_words(vacatur: Run, tmp_path: Path) -> None:
    file = tmp_path / "docket.json"
    file.write_text(json.dumps(DOCKET), "utf-8")
    [found] = json.loads(vacatur("acts", "read", str(file), "--measure", "1260h", "--json").stdout)
    assert (found["kind"], found["measures"], found["parties"]) == (
        "preliminary_injunction_granted",
        ["1260h"],
        ["xiaomi"],
    )
    assert "granting 5 Motion for Preliminary Injunction" in found["evidence"]


def test_a_suggestion_counts_when_it_is_recorded_and_accepted_by_a_person(own_vacatur: Run, tmp_path: Path) -> None:
    file = tmp_path / "docket.json"
    file.write_text(json.dumps(DOCKET), "utf-8")
    assert "1 proposed" in own_vacatur("acts", "read", str(file), "--propose").stdout
    assert "0 proposed" in own_vacatur("acts", "read", str(file), "--propose").stdout
    [listed] = json.loads(own_vacatur("acts", "list", "--proposed", "--json").stdout)
    refused = own_vacatur("acts", "accept", listed["act"], "--reason", "order read")
    assert refused.returncode == 2
    assert "give --measure" in refused.stderr
    own_vacatur("acts", "accept", listed["act"], "--measure", "ccmc-1237", "--reason", "order read")
    assert json.loads(own_vacatur("acts", "list", "--proposed", "--json").stdout) == []


def test_a_file_that_is_neither_is_refused_in_one_line(vacatur: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.json"
    file.write_text('{"dear": "reader"}', "utf-8")
    refused = vacatur("acts", "read", str(file))
    assert refused.returncode == 2
    assert "letter.json" in refused.stderr
    assert "Traceback" not in refused.stderr
