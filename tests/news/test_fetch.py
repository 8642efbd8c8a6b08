"""The guard of addresses: nothing that is not public is ever connected to, first or after a redirect.

The pages are served by a real server on loopback, which is the one private address that these tests trust.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vacatur.fetching.addresses import FetchError, Resolve, public_address
from vacatur.news.fetch import Fetched, Fetcher


def answers(*addresses: str) -> Resolve:
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


Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web server on loopback: what it answers by path, and the paths that it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                with suppress(OSError):
                    site.answers.get(self.path, page(404))(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.netloc = f"127.0.0.1:{self.server.server_port}"

    def fetch(self, path: str, **limits: float) -> Fetched:
        fetcher = Fetcher(trusted=frozenset({self.netloc}), **limits)  # type: ignore[arg-type]
        return fetcher.fetch(f"http://{self.netloc}{path}")


def page(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.server.shutdown()
    served.server.server_close()


def test_a_page_is_fetched(site: Site) -> None:
    site.answers["/x?y=1"] = page(200, b"<p>hello</p>", content_type="text/html")
    found = site.fetch("/x?y=1")
    assert (found.url, found.media_type, found.body) == (f"http://{site.netloc}/x?y=1", "text/html", b"<p>hello</p>")
    assert site.asked == ["/robots.txt", "/x?y=1"]


def test_loopback_is_refused_unless_it_is_trusted(site: Site) -> None:
    with pytest.raises(FetchError, match="unusual port"):
        Fetcher().fetch(f"http://{site.netloc}/x")
    with pytest.raises(FetchError, match="not on the public internet"):
        Fetcher().fetch("http://127.0.0.1/x")
    assert site.asked == []


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.answers["/robots.txt"] = page(200, b"User-agent: *\nDisallow: /private/")
    site.answers["/private/x"] = site.answers["/public"] = page(200, b"hello")
    with pytest.raises(FetchError, match=r"robots\.txt asks not"):
        site.fetch("/private/x")
    assert site.fetch("/public").body == b"hello"
    assert "/private/x" not in site.asked


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.answers["/robots.txt"] = page(503)
    with pytest.raises(FetchError, match="can't be read"):
        site.fetch("/x")


def test_a_chain_of_redirects_is_followed_to_its_page(site: Site) -> None:
    site.answers["/a"] = page(301, location="/b")
    site.answers["/b"] = page(307, location=f"http://{site.netloc}/c")
    site.answers["/c"] = page(200, b"there")
    assert site.fetch("/a").url == f"http://{site.netloc}/c"


def test_redirects_end(site: Site) -> None:
    site.answers["/a"] = page(302, location="/a")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        site.fetch("/a")


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1/secret",
        "http://127.0.0.2/secret",
        "http://10.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/secret",
        "http://localhost/secret",
        "http://2130706433/secret",
        "http://0x7f.1/secret",
        "file:///etc/passwd",
        "ftp://127.0.0.1/secret",
        "http://user:word@127.0.0.1/secret",
    ],
)
def test_a_redirect_to_the_inside_is_refused(site: Site, inside: str) -> None:
    site.answers["/a"] = page(302, location=inside)
    with pytest.raises(FetchError, match=r"not on the public internet|only http|a user|no such host"):
        site.fetch("/a")


def test_a_redirect_to_another_port_of_the_same_machine_is_refused(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        site.answers["/a"] = page(302, location=f"http://127.0.0.1:{other.getsockname()[1]}/")
        with pytest.raises(FetchError, match="unusual port"):
            site.fetch("/a")


def test_a_page_that_is_too_large_is_not_read_to_its_end(site: Site) -> None:
    site.answers["/endless"] = endless = page(200)

    def pour(handler: BaseHTTPRequestHandler) -> None:
        endless(handler)
        while True:
            handler.wfile.write(b"x" * 65_536)

    site.answers["/endless"] = pour
    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        site.fetch("/endless", size=1_000_000)


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_site_that_drips_is_hung_up_on(site: Site, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if where == "body" else b"X: "))
        for _ in range(600):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.answers["/slow"] = drip
    with pytest.raises(FetchError, match="took more than"):
        site.fetch("/slow", seconds=1.0)


def test_what_is_not_http_is_an_error_that_says_so(site: Site) -> None:
    site.answers["/odd"] = lambda handler: handler.wfile.write(b"\x00\xffnot http\r\n\r\n") and None
    with pytest.raises(FetchError, match="odd"):
        site.fetch("/odd")
    with pytest.raises(FetchError, match="answered 404"):
        site.fetch("/none")
