"""What was made of late, remembered within a bound: made for many keys at once, safe from many threads."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Values by key, the `most` last used of them.

    `make` makes those that are not there, all at once; two threads that miss the same key at once both make it.
    """

    def __init__(self, most: int, make: Callable[[Collection[K]], Mapping[K, V]]) -> None:
        self.most = most
        self.make = make
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def of_many(self, keys: Collection[K]) -> dict[K, V]:
        """The values of `keys`."""
        found: dict[K, V] = {}
        with self._lock:
            for key in keys:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    found[key] = self._kept[key]
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            made = self.make(missing)
            found.update(made)
            with self._lock:
                self._kept.update(made)
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        return found
