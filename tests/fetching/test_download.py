"""One address into one file, from a real server: conditions, redirects, patience, limits, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from publisher import Page, Publisher, publisher

from vacatur.fetching.addresses import FetchError, LookupFailedError
from vacatur.fetching.download import Downloader, Limits, Validators, refuse_wrong_kind
from vacatur.fetching.patience import Patience, retry_after

LIST = b"".join(b"%d,COMPANY %d\r\n" % (number, number) for number in range(5_000))


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as found:
        yield found


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def downloader(site: Publisher, waits: list[float]) -> Downloader:
    limits = Limits(size=1_000_000, seconds=60)
    return Downloader(frozenset({site.host}), limits, sleep=waits.append, chance=Random(1))


def test_a_file_comes_whole_with_what_to_ask_again_by(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    url = site.put("/sdn.csv", Page(LIST, etag=True, headers={"Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}))
    found = downloader.get(url, tmp_path / "sdn.csv", progress=lambda done, total: seen.append((done, total)))
    assert found is not None
    assert (tmp_path / "sdn.csv").read_bytes() == LIST
    assert found.validators.last_modified == "Tue, 24 Nov 2026 10:00:00 GMT"
    assert seen[-1] == (len(LIST), len(LIST))
    assert downloader.get(url, tmp_path / "again", found.validators) is None
    assert not (tmp_path / "again").exists()


def test_a_changed_file_is_sent_again(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    url = site.put("/sdn.csv", Page(LIST, etag=True))
    assert downloader.get(url, tmp_path / "sdn.csv", Validators('"another"')) is not None


def test_what_is_sent_packed_is_kept_unpacked(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    downloader.get(site.put("/sdn.csv", Page(LIST, gzipped=True)), tmp_path / "sdn.csv")
    assert (tmp_path / "sdn.csv").read_bytes() == LIST


def test_a_redirect_to_a_short_lived_address_is_followed_and_not_remembered(
    site: Publisher, downloader: Downloader, tmp_path: Path
) -> None:
    site.put("/signed?expires=1", Page(LIST))
    url = site.put("/api/SDN.CSV", Page(status=302, headers={"Location": "/signed?expires=1"}))
    found = downloader.get(url, tmp_path / "sdn.csv")
    assert found is not None
    assert found.url == url
    assert (tmp_path / "sdn.csv").read_bytes() == LIST


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/x", "http://10.0.0.8/x", "http://169.254.169.254/latest", "file:///etc/passwd"]
)
def test_a_redirect_inside_is_not_followed(
    site: Publisher, downloader: Downloader, tmp_path: Path, target: str
) -> None:
    url = site.put("/sdn.csv", Page(status=302, headers={"Location": target}))
    with pytest.raises(FetchError, match=r"public|unusual port|only http"):
        downloader.get(url, tmp_path / "sdn.csv")


def test_redirects_end(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    url = site.put("/sdn.csv", Page(status=302, headers={"Location": "/sdn.csv"}))
    with pytest.raises(FetchError, match="more than 5 redirects"):
        downloader.get(url, tmp_path / "sdn.csv")


def test_an_address_that_is_not_trusted_must_be_public(site: Publisher, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="unusual port"):
        Downloader().get(site.put("/sdn.csv", Page(LIST)), tmp_path / "sdn.csv")
    assert not site.asked


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_publisher_is_asked_again_after_growing_waits(
    site: Publisher, downloader: Downloader, waits: list[float], tmp_path: Path, status: int
) -> None:
    url = site.put("/sdn.csv", Page(status=status), Page(status=status), Page(LIST))
    assert downloader.get(url, tmp_path / "sdn.csv") is not None
    assert 0.5 <= waits[0] <= 1.0 <= waits[1] <= 2.0


def test_retry_after_is_honoured(site: Publisher, downloader: Downloader, waits: list[float], tmp_path: Path) -> None:
    url = site.put("/sdn.csv", Page(status=429, headers={"Retry-After": "2"}), Page(LIST))
    assert downloader.get(url, tmp_path / "sdn.csv") is not None
    assert waits == [2.0]


def test_a_publisher_that_wants_hours_is_left_alone(
    site: Publisher, downloader: Downloader, waits: list[float], tmp_path: Path
) -> None:
    url = site.put("/sdn.csv", Page(status=503, headers={"Retry-After": "7200"}))
    with pytest.raises(FetchError, match=r"503.*come back in 7200 seconds"):
        downloader.get(url, tmp_path / "sdn.csv")
    assert waits == []


def test_patience_ends(site: Publisher, downloader: Downloader, waits: list[float], tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"answered 500 .*attempt 4 of 4"):
        downloader.get(site.put("/sdn.csv", Page(status=500)), tmp_path / "sdn.csv")
    assert len(waits) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_is_taken_at_once(
    site: Publisher, downloader: Downloader, waits: list[float], tmp_path: Path, status: int
) -> None:
    with pytest.raises(FetchError, match=f"answered {status}"):
        downloader.get(site.put("/sdn.csv", Page(b"<html>no</html>", status)), tmp_path / "sdn.csv")
    assert (len(site.asked), waits) == (1, [])


def test_a_file_cut_in_the_middle_is_fetched_again(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    url = site.put("/sdn.csv", Page(LIST, cut_at=20_000), Page(LIST))
    assert downloader.get(url, tmp_path / "sdn.csv") is not None
    assert (tmp_path / "sdn.csv").read_bytes() == LIST


def test_a_file_cut_each_time_leaves_nothing(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="cut off"):
        downloader.get(site.put("/sdn.csv", Page(LIST, cut_at=20_000)), tmp_path / "sdn.csv")
    assert not (tmp_path / "sdn.csv").exists()


def test_a_slow_publisher_is_waited_for_and_an_endlessly_slow_one_is_not(
    site: Publisher, downloader: Downloader, tmp_path: Path
) -> None:
    assert downloader.get(site.put("/slow.csv", Page(b"1,A\r\n", drip=0.01)), tmp_path / "slow.csv") is not None
    downloader.limits = Limits(seconds=3.0)
    with pytest.raises(FetchError, match="took more than 3 seconds"):
        downloader.get(site.put("/drip.csv", Page(LIST, drip=0.05)), tmp_path / "drip.csv")
    assert not (tmp_path / "drip.csv").exists()


def test_one_that_falls_silent_is_asked_again(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    downloader.limits = Limits(idle=2.0)
    url = site.put("/sdn.csv", Page(LIST, silent=4.0), Page(LIST))
    assert downloader.get(url, tmp_path / "sdn.csv") is not None
    assert len(site.asked) == 2


def test_an_endless_body_is_refused(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        downloader.get(site.put("/sdn.csv", Page(endless=True)), tmp_path / "sdn.csv")
    assert not (tmp_path / "sdn.csv").exists()


def test_what_announces_too_much_is_not_even_begun(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="announces 2,000,000 bytes"):
        downloader.get(site.put("/sdn.csv", Page(b"0" * 2_000_000)), tmp_path / "sdn.csv")


def test_a_compression_bomb_is_refused(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    downloader.limits = Limits()
    bomb = Page(b"\0" * 40_000_000, gzipped=True)
    with pytest.raises(FetchError, match="bomb"):
        downloader.get(site.put("/list", bomb), tmp_path / "list")
    assert not (tmp_path / "list").exists()


def test_an_empty_file_is_no_list(site: Publisher, downloader: Downloader, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="empty file"):
        downloader.get(site.put("/sdn.csv", Page(b"")), tmp_path / "sdn.csv")


def test_nobody_there_is_said_so(downloader: Downloader, tmp_path: Path) -> None:
    with publisher() as gone:
        url, host = gone.put("/sdn.csv", Page(LIST)), gone.host
    downloader.trusted = frozenset({host})
    with pytest.raises(FetchError, match="no connection"):
        downloader.get(url, tmp_path / "sdn.csv")


@pytest.mark.parametrize(
    ("url", "media_type", "start", "right"),
    [
        ("https://a.example/sdn.csv", "text/html", b"<!DOCTYPE html><p>Sorry", False),
        ("https://a.example/sdn.csv", "text/csv", b"\r\n<html lang=en>", False),
        ("https://a.example/sdn.csv", "text/html; charset=utf-8", b'36,"AEROCARIBBEAN"', True),
        ("https://a.example/sdn.csv", "application/octet-stream", b"36,", True),
        ("https://a.example/a.xml", "application/xml", b'\xef\xbb\xbf<?xml version="1.0"?>', True),
        ("https://a.example/a.xml", "text/xml", b"\x1f\x8b\x08", True),
        ("https://a.example/a.xml", "application/json", b'{"error": "quota"}', False),
        ("https://a.example/a.json", "text/plain", b"Service unavailable", False),
        ("https://a.example/a.PDF", "application/pdf", b"%PDF-1.7", True),
        ("https://a.example/a.PDF", "text/html", b"<html>", False),
        ("https://a.example/content?token=x", "text/html", b"<html>", True),
        ("https://a.example/coveredlist", "text/html", b"<!doctype html>", True),
    ],
)
def test_a_file_must_begin_as_its_name_says(url: str, media_type: str, start: bytes, right: bool) -> None:
    if right:
        refuse_wrong_kind(url, media_type, start)
    else:
        with pytest.raises(FetchError, match="publisher sent"):
            refuse_wrong_kind(url, media_type, start)


def test_retry_after_may_be_seconds_or_a_date() -> None:
    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Wed, 25 Nov 2026 12:00:30 GMT", now) == 30
    assert retry_after("Wed, 25 Nov 2026 11:00:00 GMT", now) == 0
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None
    assert retry_after("9" * 400, now) is not None


def test_waits_grow_to_a_bound_and_end() -> None:
    patience = Patience(attempts=6, first=1, longest=5)
    waits = [patience.wait(attempt, Random(attempt)) for attempt in range(1, 7)]
    assert waits[-1] is None
    for most, wait in zip([1, 2, 4, 5, 5], waits, strict=False):
        assert wait is not None
        assert most / 2 <= wait <= most


def test_a_host_that_is_not_found_at_once_is_asked_for_again(tmp_path: Path) -> None:
    asked, waits = [], []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        raise LookupFailedError(f"{host}: no such host (name resolution failed)")

    downloader = Downloader(resolver=resolver, sleep=waits.append, chance=Random(1))
    with pytest.raises(FetchError, match=r"no such host .* \(attempt 4 of 4\)"):
        downloader.get("https://lists.example.org/list.csv", tmp_path / "list.csv")
    assert len(asked) == 4
    assert waits == sorted(waits)
    assert len(waits) == 3
