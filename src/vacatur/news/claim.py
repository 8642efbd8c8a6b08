"""A claim: what a text says happened to a party, with every slot that it states and none that it does not.

Values only; how claims are found is in `claims`, what the register makes of them in `verdict`.
"""

from dataclasses import dataclass

from vacatur.news.article import Span
from vacatur.news.dates import DateMention
from vacatur.news.mentions import Referent
from vacatur.news.modality import Modality


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `measures` are the measures that may be meant, one when it is clear; `date` as the text gives it.

    `sentence` is where it is said; `trigger` the words that say it; `asserted_by` the speaker of a quotation that it
    stands in; `confidence` falls with every slot that had to be inferred. `provisional`: a first or proposed step, so
    that another day of the final one is no contradiction.
    """

    kind: str
    party: Referent
    sentence: Span
    trigger: Span
    measures: tuple[str, ...] = ()
    date: DateMention | None = None
    court: str | None = None
    judge: str | None = None
    authority: str | None = None
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    asserted_by: str | None = None
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()
    provisional: bool = False

    @property
    def measure(self) -> str | None:
        """The measure, when it is clear which."""
        return self.measures[0] if len(self.measures) == 1 else None


COURT_KINDS = frozenset(
    [
        "vacated",
        "reversed_on_appeal",
        "preliminary_injunction_granted",
        "preliminary_injunction_denied",
        "upheld",
        "denied",
        "affirmed",
        "complaint_filed",
        "appealed",
    ]
)
"""Kinds that a court makes, or that are brought before one."""

BROUGHT = frozenset({"complaint_filed", "appealed"})
"""Kinds that a party brings before a court: no judge has ruled yet."""

OF_MANY = frozenset({"designated", "relisted", "delisted", "remains_listed"})
"""Kinds that may be told of many at once, whose names follow."""

LISTINGS = frozenset({"designated", "relisted", "delisted"})
"""Kinds that an authority makes by changing its list."""
