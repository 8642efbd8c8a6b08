"""What the law room speaks of: measures and what they forbid, acts and what they do.

Values only; how acts work on one another is in `law.rule`.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from vacatur.law.kinds import KINDS, Effect
from vacatur.law.moments import NEVER, Instant, Moment, closes, starts


class Checked(StrEnum):
    """Whether someone read the fact in its document (`seen`) or only remembered it (`recalled`)."""

    SEEN = "seen"
    RECALLED = "recalled"


class PublishedBasis(StrEnum):
    """Where an act's publication day comes from: a document, or the assumption that it was its effective day."""

    STATED = "stated"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Document:
    """A page or file that an act rests on; `url` is None for what has only a title (a reporter citation)."""

    title: str
    url: str | None = None
    checked: Checked = Checked.SEEN


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that a measure forbids or requires.

    `starts`/`until` bound it for everyone (`until` is the last day, inclusive); `delay_days` counts from the day of
    a party's own designation, so a ban that begins sixty days after listing has `delay_days=60`. `kind` is its name
    within the measure; relief and licences that reach a part of a measure name it by `kind`. One that is `part_of`
    another is told apart only for parties of whom an act names it.
    """

    kind: str
    forbids: str
    binds: str
    starts: Moment | None = None
    until: Moment | None = None
    delay_days: int = 0
    note: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The bounds that one designation sets for one consequence of its measure, in place of the measure's own."""

    kind: str
    starts: Moment | None = None
    until: Moment | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """How far a measure reaches what the parties on it own, while this rule applies.

    `percent` is the share that it takes; `exactly` says whether that very share is enough ("50 per cent or more") or
    only more ("more than 50"). `together` adds up the shares of several listed owners. `under` is the measure that
    carries the rule, where it can be suspended by itself; `until` is the last day, inclusive.
    """

    percent: Decimal
    exactly: bool = True
    together: bool = True
    starts: date | None = None
    until: date | None = None
    under: str | None = None
    documents: tuple[Document, ...] = ()

    def reaches(self, share: Decimal) -> bool:
        """Whether `share`, in per cent, is enough."""
        return share >= self.percent if self.exactly else share > self.percent


@dataclass(frozen=True, slots=True)
class Measure:
    """A list or order under which an authority restricts parties.

    `rests_on` is the measure whose listings this one bites on (the securities ban of EO 13959 rests on the CCMC
    list). `covered_from` is the first day that the record reaches; before it a status is *unknown*, not *never listed*.
    `ownership` are its rules about what listed parties own, one after the other in time.
    """

    id: str
    name: str
    authority: str
    zone: str = "America/New_York"
    legal_basis: str | None = None
    rests_on: str | None = None
    covered_from: date | None = None
    consequences: tuple[Consequence, ...] = ()
    ownership: tuple[OwnershipRule, ...] = ()
    url: str | None = None
    documents: tuple[Document, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One dated legal step by an authority or a court.

    Attributes:
        id: unique in a register; stays the same when the act is recorded anew.
        kind: a key of `law.kinds.KINDS`.
        measures: ids of the measures it concerns.
        parties: ids of the parties it reaches; None when it reaches all.
        effective: when it takes legal effect: a day of `zone`, or a time.
        until: last day on which it has effect, inclusive; None without end.
        published: when the public could know it; None: the effective day, with `published_basis` *assumed*.
        targets: ids of the acts it works on; empty for relief and removals that work on every earlier designation.
        effect: None takes the usual effect of the kind.
        sequence: order among acts of one moment; the later works on the earlier.
        annulled_from: reaches back to this day, as an annulment *ab initio* does; `effective` is the day of decision.
        only: kinds of the consequences it reaches, when relief or a licence covers a part; empty means all.
        spans: for a designation, its own beginnings and ends of the measure's consequences.
        since_at_latest: for a listing only observed, the vintage that first shows it.
        ended_between: for a removal only observed, last vintage with and first without the entry.
        proposed: not accepted by a person yet; counts in no status.
        refs: ids under which the same event is known elsewhere.

    Raises:
        ValueError: an unknown kind, no measure, or an end before the beginning.
    """

    id: str
    kind: str
    measures: tuple[str, ...]
    effective: Moment
    zone: str = "America/New_York"
    parties: frozenset[str] | None = None
    until: Moment | None = None
    published: Moment | None = None
    published_basis: PublishedBasis = PublishedBasis.STATED
    targets: tuple[str, ...] = ()
    effect: Effect | None = None
    sequence: int = 0
    annulled_from: Moment | None = None
    only: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    authority: str | None = None
    court: str | None = None
    judge: str | None = None
    case: str | None = None
    citation: str | None = None
    summary: str = ""
    scope: str | None = None
    note: str | None = None
    documents: tuple[Document, ...] = ()
    since_at_latest: date | None = None
    ended_between: tuple[date, date] | None = None
    proposed: bool = False
    refs: tuple[str, ...] = ()

    decided: Instant = field(init=False, repr=False, compare=False)
    begins: Instant = field(init=False, repr=False, compare=False)
    ends: Instant = field(init=False, repr=False, compare=False)
    known_from: Instant = field(init=False, repr=False, compare=False)
    does: Effect = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"act {self.id}: unknown kind {self.kind!r}")
        if not self.measures:
            raise ValueError(f"act {self.id}: names no measure")
        set_once = object.__setattr__
        if self.published is None:
            set_once(self, "published_basis", PublishedBasis.ASSUMED)
        set_once(self, "decided", starts(self.effective, self.zone))
        set_once(self, "begins", starts(self.annulled_from or self.effective, self.zone))
        set_once(self, "ends", NEVER if self.until is None else closes(self.until, self.zone))
        set_once(self, "known_from", starts(self.published or self.effective, self.zone))
        set_once(self, "does", self.effect or KINDS[self.kind].effect)
        if self.ends < self.begins:
            raise ValueError(f"act {self.id}: ends on {self.until} before it begins on {self.effective}")

    def reaches(self, party: str) -> bool:
        """Whether the act is about `party` (an act for all reaches everyone)."""
        return self.parties is None or party in self.parties

    @property
    def checked(self) -> Checked:
        """*seen* only when a document was read and none of the act's documents is merely recalled."""
        if self.documents and all(document.checked is Checked.SEEN for document in self.documents):
            return Checked.SEEN
        return Checked.RECALLED

    @property
    def label(self) -> str:
        """The kind in words: "preliminary injunction"."""
        return KINDS[self.kind].label
