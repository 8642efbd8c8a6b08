"""Where a company keeps copies: official addresses turned into those of a mirror inside.

`VACATUR_MIRROR=http://mirror.example/lists/` turns `https://data.trade.gov/a/b.csv?x=1` into
`http://mirror.example/lists/data.trade.gov/a/b.csv?x=1`. `VACATUR_MIRROR_OFAC_SDN=…` gives one source's main file an
address of its own, and no other is tried. Hosts named so are trusted: they may be private and on any port.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from vacatur.fetching.addresses import PORTS, FetchError

VARIABLE = "VACATUR_MIRROR"


@dataclass(frozen=True, slots=True)
class Mirrors:
    """What the environment says: the mirror of everything, and addresses of single sources' main files."""

    base: str | None = None
    own: Mapping[str, str] | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Mirrors":
        """Read the variables; raises `FetchError` for one that is no http(s) address."""
        own = {
            name.removeprefix(VARIABLE + "_"): _checked(name, value)
            for name, value in environment.items()
            if name.startswith(VARIABLE + "_") and value
        }
        base = environment.get(VARIABLE)
        return cls(_checked(VARIABLE, base).rstrip("/") + "/" if base else None, own)

    def main_files(self, source: str, urls: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses of a source's main file, in the order in which to try them."""
        own = (self.own or {}).get(source.upper().replace("-", "_"))
        return (own,) if own else tuple(self.address(url) for url in urls)

    def address(self, url: str) -> str:
        """Where an official address is fetched from."""
        if not self.base or url.startswith(self.base):
            return url
        return self.base + url.partition("://")[2]

    @property
    def trusted(self) -> frozenset[str]:
        """Hosts with their ports that may be private, as they were named by whoever runs Vacatur."""
        named = [self.base, *(self.own or {}).values()]
        return frozenset(urlsplit(url).netloc for url in named if url)


def _checked(name: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise FetchError(f"{name}: {url!r} is no http or https address")
    return url
