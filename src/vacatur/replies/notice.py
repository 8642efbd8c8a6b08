"""How readers' data is processed, said from the settings in force.

`kept` lists every column of the table of replies that can hold something, so that a test can hold the notice against
the table, and a setting that changes what is stored changes what is said.
"""

from dataclasses import dataclass

from vacatur.replies.asking import SENT
from vacatur.replies.policy import Policy
from vacatur.replies.reports import THAT_HOLD

INTEREST = "our legitimate interest in {} (Article 6(1)(f) GDPR)"
CONSENT = "you give it of your own free will (Article 6(1)(a) GDPR)"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data that is kept.

    Attributes:
        columns: where, in the table of replies (or another table, by its name).
        what: in words.
        why: the purpose.
        basis: the legal basis.
        until: for how long.
        public: whether every visitor sees it.
    """

    columns: tuple[str, ...]
    what: str
    why: str
    basis: str
    until: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice: what is kept, what a third party is sent (nothing while `sent` is empty), and who answers."""

    kept: tuple[Kept, ...]
    sent: tuple[str, ...]
    operator: str
    contact: str
    spam_days: int
    holds_all: bool


def notice(policy: Policy) -> Notice:
    """The notice under a policy."""
    return Notice(
        kept=tuple(_kept(policy)),
        sent=tuple(SENT.values()) if policy.akismet else (),
        operator=policy.operator,
        contact=policy.contact,
        spam_days=policy.spam_days,
        holds_all=policy.hold_all,
    )


def _kept(policy: Policy) -> list[Kept]:
    answering = INTEREST.format("a public record that its readers can correct")
    safety = INTEREST.format("keeping spam and abuse off this site")
    as_long = "as long as your reply is here; you can erase it at any time"
    spam = f"spam: {policy.spam_days} days"
    found = [
        Kept(
            ("text", "link", "claim", "kind"),
            "Your text, the address of the document that you gave, and what you said happened",
            "to show it, and to check the record against it",
            answering,
            f"{as_long}; {spam}",
            public=True,
        ),
        Kept(("name",), "Your name, if you give one", "to show whose reply it is", CONSENT, f"{as_long}; {spam}", True),
        Kept(
            ("email",),
            "Your e-mail address, if you give one",
            "so that we can ask you back",
            CONSENT,
            f"{as_long}; {spam}",
        ),
        Kept(
            ("made", "edited", "subject_kind", "subject", "parent", "state", "house"),
            "When you sent and changed it, and where it stands",
            "to show it in its place",
            answering,
            f"{as_long}; {spam}",
            public=True,
        ),
    ]
    if policy.keep_address:
        found.append(
            Kept(
                ("address", "agent"),
                "Your IP address and the name that your browser gives itself",
                "to recognise floods of spam" + (", and to ask Akismet" if policy.akismet else ""),
                safety,
                f"{policy.address_days} days; {spam}",
            )
        )
    found += [
        Kept(
            ("client",),
            "A keyed hash of your IP address, from which the address can't be read",
            "to count the replies from one address, and to find copies",
            safety,
            f"{as_long}; {spam}",
        ),
        Kept(
            ("fingerprint", "score", "pending", "decided"),
            "A fingerprint of your text, what our filter found about it, and who decided",
            "to find copies, and so that a person can judge the filter",
            safety,
            f"{as_long}; {spam}; of each decision of a person, who took it, when and why stays",
        ),
        Kept(
            ("reply_words",),
            "Keyed hashes of the words of replies on which a moderator decided",
            "so that our filter learns; nobody's text can be read from them",
            safety,
            "without end; what was learnt from your reply is unlearnt when you erase it",
        ),
        Kept(
            ("reports", "reply_reports"),
            "If you report a reply: your reason and a keyed hash of your IP address",
            f"so that {THAT_HOLD} readers can hold what no person has read yet",
            safety,
            "as long as the reply is here",
        ),
        Kept(
            ("act",),
            "If a correction is proposed to the register: the number of your reply and the document that you gave",
            "the register names the source of what it records, and forgets nothing; your name is not written there",
            answering,
            "without end",
            public=True,
        ),
    ]
    return found
