"""The compiled library and the signatures of its functions."""

import ctypes
import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from vacatur.errors import UserError

SUFFIX = {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")
PATH = Path(__file__).with_name(f"libkernel{SUFFIX}")
OTHER_BUILD = "VACATUR_KERNEL"
"""The variable that names another build of the library: that of the tests, which checks every access."""

FINE, FOREIGN, OTHER_FORMAT, CUT, DAMAGED, OTHER_RULES, NO_MEMORY = range(7)
"""Why the kernel refuses something (file.h)."""

_POINTER, _BYTES, _U32, _U64, _I64 = (
    ctypes.c_void_p,
    ctypes.c_char_p,
    ctypes.c_uint32,
    ctypes.c_uint64,
    ctypes.c_int64,
)
_SIGNATURES = {
    "rules_new": (_POINTER, (_BYTES, _U64)),
    "rules_free": (None, (_POINTER,)),
    "tokenise": (_U64, (_POINTER, _BYTES, _U32, _POINTER, _U64)),
    "builder_new": (_POINTER, (_POINTER,)),
    "builder_free": (None, (_POINTER,)),
    "builder_add": (_U32, (_POINTER, _BYTES, _U64)),
    "builder_write": (ctypes.c_int32, (_POINTER, _BYTES, _I64, _BYTES)),
    "index_open": (_POINTER, (_POINTER, _POINTER, _U64, ctypes.POINTER(_U32))),
    "index_close": (None, (_POINTER,)),
    "facts": (None, (_POINTER, _POINTER)),
    "weight": (_U32, (_POINTER, _BYTES, _U32)),
    "party": (_U64, (_POINTER, _U32, _POINTER, _U64)),
    "name": (_U64, (_POINTER, _U32, _POINTER, _U64)),
    "scratch_new": (_POINTER, (_POINTER,)),
    "scratch_free": (None, (_POINTER,)),
    "sources": (_BYTES, ()),
    "search": (_I64, (_POINTER, _BYTES, _U64, _U32, _U32, _U32, _POINTER, _U64)),
}


@cache
def kernel() -> ctypes.CDLL:
    """The library, loaded once.

    Raises:
        UserError: it was not built, or is of another version of the package.
    """
    path = Path(os.environ.get(OTHER_BUILD) or PATH)
    try:
        library = ctypes.CDLL(str(path))
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(library, f"vacatur_{name}")
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise UserError(f"{path}: the matching kernel is not built ({error}). Install the package again.") from None
    if path == PATH and _left_behind(library.vacatur_sources()):
        raise UserError(f"{path}: the matching kernel was built from other sources. Install the package again.")
    return library


def _left_behind(made_from: bytes) -> bool:
    """Whether the sources beside the library, in a checkout, are no longer those that it was compiled from.

    Called through changed signatures it would crash.
    """
    files = sorted(path for path in PATH.parent.iterdir() if path.suffix in (".c", ".h"))
    return bool(files) and sha256(b"".join(path.read_bytes() for path in files)).hexdigest().encode() != made_from
