"""The guard of addresses: only what is on the public internet is ever connected to.

An address comes from outside, or leads on to one that does, so it may point inside: every host is resolved here and
refused when any of its addresses is not public; the caller connects to the very address that was checked.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from vacatur.errors import UserError

PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to addresses, as text."""


class FetchError(UserError):
    """An address that was not fetched: which, and why."""


class LookupFailedError(FetchError):
    """A host that was not found: it may be that it does not exist, or that the network is away for a moment."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver.

    Raises:
        LookupFailedError: there are none, or nobody could be asked.
        FetchError: what can't be the name of a host.
    """
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise LookupFailedError(f"{host}: no such host ({error})") from None
    except UnicodeError as error:
        raise FetchError(f"{host}: not the name of a host ({error})") from None


def public_address(url: str, resolver: Resolve = resolve) -> str:
    """The public address to connect to for `url`.

    Raises:
        FetchError: not http(s), another port than the scheme's, a user in the address, or a host with any address that
            is private, local, reserved or otherwise not on the public internet.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError(f"{url}: not an address") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise FetchError(f"{url}: only http and https addresses are fetched")
    if parts.username is not None or port not in (None, PORTS[parts.scheme]):
        raise FetchError(f"{url}: addresses with a user or an unusual port are not fetched")
    addresses = resolver(parts.hostname, PORTS[parts.scheme])
    if not addresses:
        raise FetchError(f"{parts.hostname}: no such host")
    for address in addresses:
        if not is_public(address):
            raise FetchError(f"{url}: {parts.hostname} is {address}, which is not on the public internet")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the public internet."""
    try:
        found = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)
