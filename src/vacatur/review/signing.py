"""The key that signs checkpoints of the decision log: Ed25519, in a file that only its owner may read."""

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from vacatur.errors import UserError
from vacatur.register import Register

VARIABLE = "VACATUR_AUDIT_KEY"
PURPOSE = b"vacatur decision log 1\n"
"""Signed before every content, so that a signature made here means nothing elsewhere."""


class SigningKeyError(UserError):
    """A key file that can't be read, written or used; says which and what to do."""


class Signer:
    """A private key; `public` is the public one as base64 of its 32 bytes."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def sign(self, content: str) -> str:
        """The signature of `content`, as base64."""
        return b64encode(self._key.sign(PURPOSE + content.encode())).decode()


def is_signed(content: str, signature: str, public: str) -> bool:
    """Whether `signature` is that of `content` by the owner of `public`; False for anything that is no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(b64decode(public, validate=True))
        key.verify(b64decode(signature, validate=True), PURPOSE + content.encode("utf-8", "surrogatepass"))
    except (InvalidSignature, NotBase64, ValueError):
        return False
    return True


def key_file(register: Register) -> Path:
    """Where the signing key of `register` is: `VACATUR_AUDIT_KEY`, else a file of the register's folder."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else register.folder / f"{register.stem}.audit.key"


def signer_of(register: Register) -> Signer:
    """The signer of `register`; its key is made at the first use, beside the register.

    Raises:
        SigningKeyError: the key file can't be read or made.
    """
    path = key_file(register)
    if not path.exists():
        try:
            make_key(path)
        except SigningKeyError:
            if not path.exists():  # another process was faster
                raise
    return read_key(path)


def make_key(path: Path) -> Signer:
    """A new key in a new file that only its owner may read (0600), its public half in `PATH.pub`.

    Raises:
        SigningKeyError: there is a file already, which is kept, or the folder can't be written to.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        path.with_name(path.name + ".pub").write_bytes(public)
    except FileExistsError:
        raise SigningKeyError(f"{path}: there is a key already; it was kept") from None
    except OSError as error:
        raise SigningKeyError(f"can't write the signing key {path}: {error.strerror}") from None
    return Signer(key)


def read_key(path: Path) -> Signer:
    """The signer of a key file.

    Raises:
        SigningKeyError: it is no Ed25519 private key, or others may read it.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise SigningKeyError(f"others may read the signing key {path}: chmod 600 it, or make another")
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise SigningKeyError(f"can't read the signing key {path}: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyError(f"{path}: not an Ed25519 key; make one with: vacatur audit keygen")
    return Signer(key)


def read_public_key(text: str) -> str:
    """A public key as base64, given as such, or as the name of a PEM file.

    Raises:
        SigningKeyError: it is neither.
    """
    path = Path(text)
    try:
        if len(text) < 1000 and path.is_file():
            key = load_pem_public_key(path.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                return b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
        elif len(b64decode(text, validate=True)) == 32:
            return text
    except (OSError, ValueError):
        pass
    raise SigningKeyError(f"not an Ed25519 public key: {text[:100]!r} (give a PEM file, or base64 of 32 bytes)")
