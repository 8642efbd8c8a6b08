"""Files that strangers send: screened within limits, seen by their owners alone, interrupted without loss."""

import fcntl
import io
import json
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Client

from vacatur.register import Register
from vacatur.service.jobs import RESULTS, Job, Jobs
from vacatur.service.keys import add_key
from vacatur.service.settings import Settings

JOBS = "/api/v1/jobs"
ROWS = b"id,name\nC-1,Xiaomi\nC-2,Nobody at all\n"


@pytest.fixture(scope="module")
def owner(client: Client, register: Register) -> Iterator[Client]:
    headers = {"Authorization": f"Bearer {add_key(register, 'owner', ('screen', 'review'))}"}
    with Client(base_url=client.base_url, headers=headers, timeout=60) as owner:
        yield owner


def send(client: Client, content: bytes = ROWS, name: str = "c.csv", **data: object) -> dict[str, object]:
    answer = client.post(JOBS, files={"file": (name, content)}, data=data)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def ended(client: Client, job: object) -> dict[str, object]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = client.get(f"{JOBS}/{job}").json()
        if found["state"] != "running":
            return dict(found)
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def test_a_file_is_screened(owner: Client) -> None:
    job = send(owner, on="2021-04-01")
    done = ended(owner, job["id"])
    assert (done["state"], done["rows"], done["rows_with_hits"]) == ("done", 2, 1)
    for form, kind in RESULTS.items():
        answer = owner.get(f"{JOBS}/{job['id']}/hits.{form}")
        assert answer.headers["content-type"] == kind
        assert "attachment" in answer.headers["content-disposition"]
    lines = [json.loads(line) for line in owner.get(f"{JOBS}/{job['id']}/hits.jsonl").text.splitlines()]
    assert [line["customer"]["id"] for line in lines] == ["C-1", "C-2"]
    assert job["id"] in [item["id"] for item in owner.get(JOBS).json()["jobs"]]
    assert owner.delete(f"{JOBS}/{job['id']}").status_code == 204
    assert owner.get(f"{JOBS}/{job['id']}").status_code == 404


def test_another_columns_name_is_mapped(owner: Client) -> None:
    job = send(owner, b"Firma\nXiaomi\n", map="name=Firma")
    assert ended(owner, job["id"])["rows_with_hits"] == 1


def test_a_job_is_seen_by_its_owner_alone(owner: Client, client: Client, key: str, register: Register) -> None:
    job = send(owner)["id"]
    other = {"Authorization": f"Bearer {add_key(register, 'other', ('screen',))}"}
    for headers in ({}, other):
        for method, path in (("GET", ""), ("GET", "/hits.csv"), ("POST", "/cancel"), ("DELETE", "")):
            assert client.request(method, f"{JOBS}/{job}{path}", headers=headers).status_code == 404
    assert client.get(f"/screening/{job}").status_code == 404
    assert client.get(JOBS, headers=other).json() == {"jobs": []}


def test_cases_are_opened_only_with_the_scope(client: Client) -> None:
    answer = client.post(JOBS, files={"file": ("c.csv", ROWS)}, data={"review": "true"})
    assert answer.status_code == 403


@pytest.mark.parametrize("job", ["..%2f..%2fr.db", "%2e%2e%2f", "a" * 22, "a" * 21 + "%00", "slot-0.lock"])
def test_what_is_no_job_reaches_no_file(client: Client, job: str) -> None:
    for path in (f"{JOBS}/{job}", f"{JOBS}/{job}/hits.csv", f"/screening/{job}"):
        assert client.get(path).status_code == 404


def test_no_other_file_of_a_job_is_given_out(owner: Client) -> None:
    job = send(owner)["id"]
    ended(owner, job)
    for form in ("json", "..%2fjob.json", "csv%00", ".part"):
        assert owner.get(f"{JOBS}/{job}/hits.{form}").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "..\\..\\x.csv", "<img src=x onerror=alert(1)>.csv", "a\r\nX-Evil: 1.csv", "\x1b[31m.csv"],
)
def test_a_file_name_is_only_shown(owner: Client, register: Register, name: str) -> None:
    job = send(owner, name=name)
    assert "/" not in str(job["file"])
    assert "\\" not in str(job["file"])
    page = owner.get(f"/screening/{job['id']}")
    assert "<img" not in page.text
    assert "\x1b" not in page.text
    assert "x-evil" not in page.headers
    folder = register.folder / f"{register.stem}.jobs" / str(job["id"])
    assert {file.name for file in folder.glob("upload*")} == {"upload.csv"}
    owner.delete(f"{JOBS}/{job['id']}")


def test_no_name_of_a_file_or_customer_is_logged(owner: Client, capfd: pytest.CaptureFixture[str]) -> None:
    job = send(owner, b"name\nVery Secret Customer\n", name='secret"\n{"event": "forged"}.csv')["id"]
    ended(owner, job)
    said = "".join(capfd.readouterr())
    assert "/api/v1/jobs" in said
    assert not [word for word in ("ecret", "forged", str(job)) if word in said]


@pytest.mark.parametrize("path", [JOBS, "/screening"])
def test_another_site_can_send_no_file(client: Client, path: str) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post(path, files={"file": ("c.csv", ROWS)}, headers=headers).status_code == 403


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/a.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(450):
            file.write(b"\x00" * 1_000_000)
    return out.getvalue()


def billion_laughs() -> bytes:
    from openpyxl import Workbook

    plain, out = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["name"])
    book.save(plain)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.infolist():
            text = source.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                text = (
                    f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]><worksheet xmlns="http://schemas.openxmlformats.org/'
                    'spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c>'
                    "</row></sheetData></worksheet>"
                ).encode()
            archive.writestr(item.filename, text)
    return out.getvalue()


def test_a_workbook_that_unpacks_without_end_is_refused(client: Client) -> None:
    packed = bomb()
    assert len(packed) < 1_000_000
    answer = client.post(JOBS, files={"file": ("b.xlsx", packed)})
    assert answer.status_code == 400
    assert "unpacks to 450,000,000 bytes" in answer.json()["detail"]


def test_a_workbook_whose_words_grow_without_end_is_refused(client: Client) -> None:
    answer = client.post(JOBS, files={"file": ("b.xlsx", billion_laughs())})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.exe", b"x"),
        ("c", b"x"),
        ("c.csv", b""),
        ("c.xlsx", b"PK\x03\x04broken"),
        ("c.parquet", b"PAR1broken"),
        ("c.xlsx", b"\x00" * 1000),
    ],
)
def test_what_is_no_file_of_customers_is_refused(client: Client, register: Register, name: str, content: bytes) -> None:
    answer = client.post(JOBS, files={"file": (name, content)})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert str(register.folder) not in answer.text


def test_a_file_without_a_name_or_identifier_fails_in_words(owner: Client) -> None:
    done = ended(owner, send(owner, b"a,b\n1,2\n")["id"])
    assert done["state"] == "failed"
    assert str(done["error"]).startswith("c.csv: no column is called name or identifier")


def test_what_is_larger_than_it_may_be_is_refused(client: Client, settings: Settings) -> None:
    content = b"x" * (settings.max_upload + 1)
    assert client.post(JOBS, content=content).status_code == 413
    assert client.post("/screening/x/start", content=b"x" * (settings.max_body + 1)).status_code == 413


def test_what_a_row_holds_becomes_no_formula(owner: Client) -> None:
    job = send(owner, b'id,name\n=1+1,Xiaomi\n@x,"-Huawei"\n')["id"]
    ended(owner, job)
    text = owner.get(f"{JOBS}/{job}/hits.csv").text
    assert ",'=1+1," in text
    assert ",'@x," in text


class TestStates:
    """A job whose process died, was stopped, or grew old."""

    @pytest.fixture
    def jobs(self, tmp_path: Path) -> Iterator[Jobs]:
        jobs = Jobs(tmp_path / "jobs", Settings(register=f"sqlite:///{tmp_path / 'r.db'}", job_rows=1000))
        yield jobs
        jobs.close()

    def wait(self, jobs: Jobs, job: Job) -> Job:
        until = time.monotonic() + 60
        while (found := jobs.get(job.id, None)).state == "running" and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def test_one_that_was_killed_is_interrupted_and_starts_again(self, jobs: Jobs) -> None:
        job = jobs.start(jobs.add("c.csv", b"name\n" + b"Xiaomi\n" * 900, None), {"name": "name"})
        assert job.state == "running"
        jobs.close()
        again = jobs.get(job.id, None)
        assert again.state == "interrupted"
        assert self.wait(jobs, jobs.start(again, again.about["mapping"])).state == "done"

    def test_one_that_is_stopped_ends(self, jobs: Jobs) -> None:
        job = jobs.start(jobs.add("c.csv", b"name\n" + b"Xiaomi\n" * 900, None), {"name": "name"})
        jobs.cancel(job)
        assert self.wait(jobs, job).state == "cancelled"

    def test_one_with_more_rows_than_it_may_have_fails(self, jobs: Jobs) -> None:
        job = jobs.start(jobs.add("c.csv", b"name\n" + b"x\n" * 1001, None), {"name": "name"})
        assert self.wait(jobs, job).progress["error"] == "c.csv: has more than 1,000 rows"

    def test_one_that_runs_is_not_started_twice(self, jobs: Jobs) -> None:
        job = jobs.add("c.csv", ROWS, None)
        with (job.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            assert jobs.get(job.id, None).state == "running"
            with pytest.raises(Exception, match="screened already"):
                jobs.start(job, {})
        assert jobs.get(job.id, None).state == "uploaded"

    def test_what_is_old_is_removed(self, jobs: Jobs) -> None:
        job = jobs.add("c.csv", ROWS, None)
        about = json.loads((job.folder / "job.json").read_bytes())
        (job.folder / "job.json").write_text(json.dumps(about | {"made": 0}))
        jobs.sweep()
        assert not job.folder.exists()

    def test_a_folder_is_its_owners(self, jobs: Jobs) -> None:
        job = jobs.add("c.csv", ROWS, None)
        assert os.stat(job.folder).st_mode & 0o077 == 0
