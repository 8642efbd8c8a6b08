"""Review over HTTP: only with the scope, under the name of the key, and nothing that is sent is more than text."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from httpx import Client

from vacatur.law.acts import Act
from vacatur.register import Register
from vacatur.register import review as acts
from vacatur.review.cases import case_id, open_cases
from vacatur.review.verify import verify_lines
from vacatur.screening.batch import BatchScreener
from vacatur.screening.customers import Customer
from vacatur.screening.indexing import open_index
from vacatur.screening.screen import Screener
from vacatur.screening.standing import Asked
from vacatur.service.keys import add_key

CASES = "/api/v1/review/cases"


@pytest.fixture(scope="module")
def case(register: Register) -> str:
    index = open_index(register)
    screener = Screener(register, index, Asked(date(2021, 4, 1), date.today(), index.transaction))
    row = Customer(1, {"id": "api", "name": "Xiaomi"})
    result = next(iter(BatchScreener(screener, limit=1, threshold=0.7).screen([row])))
    open_cases(register, [result], index.content_hash)
    return case_id("id:api", "xiaomi")


@pytest.fixture(scope="module")
def reviewer(client: Client, register: Register) -> Iterator[Client]:
    headers = {"Authorization": f"Bearer {add_key(register, 'R. Eviewer', ('review',))}"}
    with Client(base_url=client.base_url, headers=headers, timeout=60) as reviewer:
        yield reviewer


@pytest.mark.parametrize("path", ["/review", "/review/log", "/review/acts", CASES, "/api/v1/review/log"])
def test_nothing_is_read_without_the_scope(client: Client, key: str, path: str) -> None:
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code == 403


def test_nothing_is_decided_without_the_scope(client: Client, key: str, case: str) -> None:
    decision = {"outcome": "false_match", "reason": "x"}
    headers = {"Authorization": f"Bearer {key}"}
    assert client.post(f"{CASES}/{case}/decisions", json=decision).status_code == 401
    assert client.post(f"{CASES}/{case}/decisions", json=decision, headers=headers).status_code == 403
    assert client.post(f"/review/cases/{case}", data=decision, headers=headers).status_code == 403


def test_a_case_is_decided_under_the_name_of_the_key(reviewer: Client, case: str) -> None:
    shown = reviewer.get(f"{CASES}/{case}").json()
    decision = {"outcome": "false_match", "reason": "another", "seen": shown["answers"][-1]["digest"]}
    entry = reviewer.post(f"{CASES}/{case}/decisions", json=decision).json()
    assert (entry["actor"], entry["stage"]) == ("R. Eviewer", "settled")
    assert [item["id"] for item in reviewer.get(CASES, params={"state": "decided"}).json()["cases"]] == [case]
    assert reviewer.get(f"{CASES}/{case}/report.pdf").content.startswith(b"%PDF-")
    log = reviewer.get("/review/log").content
    assert verify_lines(log.split(b"\n")[:-1]).broken is None


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ({"outcome": "x" * 400, "reason": "x"}, 400),
        ({"outcome": "false_match", "reason": "\u0000\u200b "}, 400),
        ({"outcome": "false_match", "reason": "x", "seen": "0" * 64}, 400),
        ({"outcome": "false_match"}, 422),
        ({"outcome": "false_match", "reason": "x" * 5000}, 422),
        ({"outcome": "false_match", "reason": "x", "by": "Somebody Else"}, 422),
    ],
)
def test_what_is_no_decision_is_refused(reviewer: Client, case: str, decision: dict[str, str], status: int) -> None:
    assert reviewer.post(f"{CASES}/{case}/decisions", json=decision).status_code == status


@pytest.mark.parametrize("case_", ["..%2f..%2fetc%2fpasswd", "%00", "x' OR 1=1 --", "<script>"])
def test_what_is_no_case_is_not_found(reviewer: Client, case_: str) -> None:
    for path in (f"{CASES}/{case_}", f"/review/cases/{case_}", f"/review/cases/{case_}/report.pdf"):
        answer = reviewer.get(path)
        assert answer.status_code == 404
        assert "<script>" not in answer.text or answer.headers["content-type"] == "application/json"


def test_what_a_reason_holds_stays_text(reviewer: Client, case: str) -> None:
    reason = "<img src=x onerror=alert(1)> \x1b[31m =cmd|' /C calc'!A0"
    assert reviewer.post(f"{CASES}/{case}/decisions", json={"outcome": "need_more", "reason": reason}).is_success
    for path in (f"/review/cases/{case}", f"/review/cases/{case}/report"):
        page = reviewer.get(path).text
        assert "<img" not in page
        assert "\x1b" not in page


def test_a_decided_case_comes_back_by_itself_after_an_update(reviewer: Client, register: Register, case: str) -> None:
    decision = {"outcome": "false_match", "reason": "another"}
    assert reviewer.post(f"{CASES}/{case}/decisions", json=decision).json()["stage"] == "settled"
    act = Act(
        id="test-comes-back",
        kind="stay_granted",
        measures=("ccmc-1237",),
        parties=frozenset({"xiaomi"}),
        effective=date(2021, 3, 20),
        published=date(2021, 3, 20),
        citation="Test v. Test",
    )
    acts.import_acts(register, [act], origin="test", actor="test", reason="test")
    until = time.monotonic() + 60
    while (shown := reviewer.get(f"{CASES}/{case}").json())["state"] == "decided" and time.monotonic() < until:
        time.sleep(0.1)
    acts.retract(register, act.id, actor="test", reason="only a test")
    assert shown["state"] == "open"
    assert any("ccmc-1237" in change for change in shown["answers"][-1]["changes"])
