"""What a reply is: its subject, its kind, its states and the moves between them.

Values only. What a reader sends becomes a `Draft` here or is refused with the words that he can act on.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from vacatur.errors import UserError
from vacatur.law.kinds import KINDS

LONGEST_TEXT = 8_000
LONGEST_NAME = 80
LONGEST_EMAIL = 254
LONGEST_LINK = 1_000
GATE = "gate"
AUTHOR = "author"
READERS = "readers"
KEEPER = "retention"
NO_PERSON = (GATE, AUTHOR, READERS, KEEPER)
"""Who acts in the log without being a moderator."""

OWN_HOUR = timedelta(hours=1)
"""How long an author can edit or withdraw what he wrote."""


class ReplyError(UserError):
    """A reply that can't be taken, or a move that can't be made; `problems` says why, by field of the form."""

    def __init__(self, problems: Mapping[str, str] | str) -> None:
        self.problems = {"": problems} if isinstance(problems, str) else dict(problems)
        super().__init__("; ".join(self.problems.values()))


class TooManyError(UserError):
    """More replies from one place than the house takes in an hour; nothing was kept."""


class Kind(StrEnum):
    """What a reader means to give: an opinion, a mistake of ours, or a document that we lack."""

    COMMENT = "comment"
    CORRECTION = "correction"
    DOCUMENT = "document"


class State(StrEnum):
    """Where a reply stands. A reply that was deleted has no state: it is gone."""

    PUBLISHED = "published"
    HELD = "held"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done with a reply."""

    PUBLISH = "publish"
    HOLD = "hold"
    SPAM = "spam"
    DELETE = "delete"
    WITHDRAW = "withdraw"


_LEADS_TO = {
    Move.PUBLISH: State.PUBLISHED,
    Move.HOLD: State.HELD,
    Move.SPAM: State.SPAM,
    Move.WITHDRAW: State.WITHDRAWN,
}


def after(state: State, move: Move) -> State | None:
    """The state that `move` leads to from `state`; None when the reply is then gone.

    Raises:
        ReplyError: what its author withdrew can only be deleted.
    """
    if state is State.WITHDRAWN and move is not Move.DELETE:
        raise ReplyError("its author has withdrawn this reply; it can only be deleted")
    return None if move is Move.DELETE else _LEADS_TO[move]


class SubjectKind(StrEnum):
    """What replies can stand under."""

    PARTY = "party"
    ACT = "act"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Subject:
    """The dossier, act or article that a reply is about."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reader says happened, as far as he said: each part may be missing.

    Attributes:
        kind: a key of `law.kinds.KINDS`.
        measure: id of a measure.
        day: when it took effect.
    """

    kind: str | None = None
    measure: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader sent, cleaned and within its bounds."""

    kind: Kind
    text: str
    name: str = ""
    email: str = ""
    link: str = ""
    parent: int | None = None
    claim: Claim = Claim()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reply came from, as the request told; what of it is kept is for the policy to say."""

    address: str
    agent: str = ""
    referrer: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it is stored.

    Attributes:
        client: keyed hash of the address; the address itself, while it is kept, is `address`.
        score: the points of the gate's last verdict; the higher, the more like spam.
        pending: Akismet has still to be asked.
        reports: how many readers reported it.
        decided: who decided last: `gate`, or a person's name; None for the house's own.
        act: id of the proposed act that was made of it.
    """

    id: int
    subject: Subject
    kind: Kind
    state: State
    text: str
    name: str
    email: str
    link: str
    made: datetime
    parent: int | None = None
    claim: Claim = Claim()
    house: bool = False
    edited: datetime | None = None
    address: str | None = None
    agent: str | None = None
    client: str | None = None
    fingerprint: str = ""
    score: float = 0.0
    pending: bool = False
    reports: int = 0
    decided: str | None = None
    act: str | None = None

    def own_until(self) -> datetime:
        """Until when its author can edit or withdraw it."""
        return self.made + OWN_HOUR


def read_draft(given: Mapping[str, str]) -> Draft:
    """The draft in a form's fields: `kind`, `text`, `name`, `email`, `link`, `parent`, `act_kind`, `measure`, `day`.

    Raises:
        ReplyError: something is missing, too long or of the wrong kind; says what, for every field at once.
    """
    problems: dict[str, str] = {}
    text = clean(given.get("text", ""))
    if not text.strip():
        problems["text"] = "Write something first."
    elif len(text) > LONGEST_TEXT:
        problems["text"] = f"At most {LONGEST_TEXT:,} characters, please: these are {len(text):,}."
    name, email, link = (one_line(given.get(field, "")) for field in ("name", "email", "link"))
    if len(name) > LONGEST_NAME:
        problems["name"] = f"At most {LONGEST_NAME} characters, please."
    if email and (len(email) > LONGEST_EMAIL or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email)):
        problems["email"] = "This is not an e-mail address; leave it empty if you like."
    if link and not is_web_address(link):
        problems["link"] = "Give the address of the document with http:// or https://, or leave it empty."
    kind = given.get("kind", Kind.COMMENT)
    if kind not in list(Kind):
        problems["kind"] = "Choose one of the kinds."
    if problems:
        raise ReplyError(problems)
    parent = given.get("parent", "")
    return Draft(
        kind=Kind(kind),
        text=text,
        name=name,
        email=email,
        link=link,
        parent=int(parent) if parent.isascii() and parent.isdigit() and len(parent) < 10 else None,
        claim=_read_claim(given) if kind != Kind.COMMENT else Claim(),
    )


def _read_claim(given: Mapping[str, str]) -> Claim:
    kind, measure, day = (one_line(given.get(field, "")) for field in ("act_kind", "measure", "day"))
    if kind and kind not in KINDS:
        raise ReplyError({"act_kind": "Choose one of the kinds of step."})
    try:
        when = date.fromisoformat(day) if day else None
    except ValueError:
        raise ReplyError({"day": "Give the day as 2021-05-25, or leave it empty."}) from None
    if when is not None and not date(1900, 1, 1) <= when <= date(2200, 1, 1):
        raise ReplyError({"day": "Give a day between 1900 and 2200, or leave it empty."})
    return Claim(kind or None, measure[:100] or None, when)


def clean(text: str) -> str:
    """`text` in composed form, its lines ended alike, without control characters or marks that turn the direction."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in lines if sign in "\n\t" or not _is_harmful(sign))


def one_line(text: str) -> str:
    """`text` cleaned, on one line."""
    return " ".join(clean(text).split())


def is_web_address(text: str) -> bool:
    """Whether `text` is an http or https address with a host, without a user in it."""
    if len(text) > LONGEST_LINK or re.search(r"\s", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def stamp(moment: datetime) -> str:
    """A time as the tables keep it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _is_harmful(sign: str) -> bool:
    turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return unicodedata.category(sign) in ("Cc", "Cs", "Cn") or sign in turns
