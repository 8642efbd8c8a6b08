"""The guard of addresses: nothing that is not public is ever connected to, first or after a redirect."""

from collections.abc import Sequence

import pytest

from vacatur.news import fetch as room
from vacatur.news.fetch import FetchError, fetch, public_address


def answers(*addresses: str) -> room.Resolve:
    def resolver(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolver


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 an address to refuse
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:0a00:0001::1",
        "not an address",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        public_address("https://example.com/x", answers("93.184.216.34", address))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "https://user:word@example.com/",
        "http://example.com:8080/",
        "gopher://x",
        "http://",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_only_plain_web_addresses(url: str) -> None:
    with pytest.raises(FetchError, match=r"\w+"):
        public_address(url, answers("93.184.216.34"))


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    assert public_address("https://example.com/", answers("93.184.216.34")) == "93.184.216.34"


def _site(monkeypatch: pytest.MonkeyPatch, pages: dict[str, tuple[int, dict[str, str], bytes]]) -> list[str]:
    asked: list[str] = []

    def get(url: str, resolver: room.Resolve, deadline: float, most: int) -> tuple[int, dict[str, str], bytes]:
        public_address(url, resolver)
        asked.append(url)
        return pages.get(url, (404, {}, b""))

    monkeypatch.setattr(room, "_get", get)
    return asked


def test_robots_txt_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    robots = b"User-agent: *\nDisallow: /private/"
    asked = _site(monkeypatch, {"https://example.com/robots.txt": (200, {}, robots)})
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetch("https://example.com/private/x", answers("93.184.216.34"))
    assert asked == ["https://example.com/robots.txt"]


def test_a_redirect_goes_through_the_same_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    _site(monkeypatch, {"https://example.com/x": (302, {"location": "http://inside.example/"}, b"")})

    def resolver(host: str, port: int) -> Sequence[str]:
        return ("10.0.0.1",) if host == "inside.example" else ("93.184.216.34",)

    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch("https://example.com/x", resolver)


def test_redirects_end(monkeypatch: pytest.MonkeyPatch) -> None:
    _site(monkeypatch, {"https://example.com/x": (302, {"location": "/x"}, b"")})
    with pytest.raises(FetchError, match="redirects"):
        fetch("https://example.com/x", answers("93.184.216.34"))


def test_a_page_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    _site(monkeypatch, {"https://example.com/x": (200, {"content-type": "text/html"}, b"<p>hello</p>")})
    page = fetch("https://example.com/x", answers("93.184.216.34"))
    assert (page.url, page.media_type, page.body) == ("https://example.com/x", "text/html", b"<p>hello</p>")
