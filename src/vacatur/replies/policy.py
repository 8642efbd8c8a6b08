"""What an operator has settled about replies: how long what is kept, and how strict the gate is.

The gate, the store and the notice to readers all act on these same values, so that the notice says what is done.
"""

from dataclasses import dataclass, field

from vacatur.errors import UserError


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings in force.

    Attributes:
        open: whether readers can reply at all.
        operator: who answers for the house, with an address by post where the law wants one.
        contact: where a reader writes to: an e-mail or web address.
        keep_address: whether the IP address and the user agent are kept at all (the keyed hash always is).
        address_days: after how many days both are dropped.
        spam_days: after how many days spam is deleted.
        hold_all: whether a person reads every reply before it is shown.
        per_hour: replies that one address may send in an hour.
        flood: replies in a minute from all addresses from which on every reply is held.
        least_seconds: a form sent back sooner was not filled in by a person.
        akismet_key: key to Akismet; empty: Akismet is off, and nothing leaves the house.
        site: public address of the house's front page.

    Raises:
        UserError: settings that contradict one another; says which.
    """

    open: bool = True
    operator: str = ""
    contact: str = ""
    keep_address: bool = True
    address_days: int = 30
    spam_days: int = 15
    hold_all: bool = False
    per_hour: int = 10
    flood: int = 60
    least_seconds: float = 3.0
    akismet_key: str = field(default="", repr=False)
    site: str = "http://localhost:8000"

    def __post_init__(self) -> None:
        if self.akismet_key and not self.keep_address:
            raise UserError(
                "Akismet needs the address of a reply's author: unset VACATUR_AKISMET_KEY,"
                " or set VACATUR_REPLIES_KEEP_ADDRESS to true"
            )

    @property
    def akismet(self) -> bool:
        """Whether replies are checked by Akismet."""
        return bool(self.akismet_key)
